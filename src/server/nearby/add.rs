//! `POST /wxa/addnearbypoi`: a place is added or changed, and audited.
//!
//! Official page: "Add a place" (`addNearbyPoi`). `kf_info`, `pic_list` and `service_infos` are JSON written as a text.
//! Calls come one second apart. `poi_id` names a place that is changed. Since 2019 the place needs an id of the map.
//!
//! Unverified: 44990 for calls that are closer; the form of before July 2018 (`related_name`, `related_credential`,
//! `related_address`, `related_proof_material`); numbers and lengths of services; a changed place is hidden until it
//! is approved.
//!
//! Differs from the platform: the world does not know the name of an app's subject, so `qualification_list` is never
//! required; what it names is not looked at; nor is what `pic_list` names.

use serde_json::{Value as Json, json};

use super::body::{TEXT_BYTES_MAX, list, nested, poi_id, required, text, text_in, wrong};
use super::{fault, open};
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::nearby::{AddPlace, CountAddCall, PlaceFacts, Service};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("addNearbyPoi", Verb::Post, "/wxa/addnearbypoi", handle);

/// Until this day the old form is taken.
const OLD_FORM_UNTIL: Date = Date::new(2018, 7, 1);
/// From this day a place needs an id of the map.
const MAP_FROM: Date = Date::new(2019, 1, 1);
/// Pictures of a place.
const PICTURES_MAX: usize = 9;
/// Services of a place.
const SERVICES_MAX: usize = 20;
/// Characters of the description of a service.
const DESCRIPTION_CHARS_MAX: usize = 10;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    open(world, asked)?;
    let counted = world.apply(CountAddCall(&asked.app_id));
    counted.map_err(|_| {
        errcode::SECOND_LIMIT
            .because("calls of this interface come one second apart, by the clock of the world")
    })?;
    let day = world.profile().compat_date;
    let is_old = day < OLD_FORM_UNTIL && asked.member("related_name")?.is_some();
    let facts = if is_old {
        old_form(asked)?
    } else {
        new_form(asked)?
    };
    if day >= MAP_FROM && facts.map_id.is_empty() {
        return Err(errcode::MAP_LOOKUP_FAILED.because("`map_poi_id` is missing"));
    }
    let credential = facts.credential.clone();
    let added = world.apply(AddPlace {
        app_id: asked.app_id.clone(),
        poi_id: poi_id(asked)?,
        facts,
    });
    let (poi_id, audit_id) = added.map_err(fault)?;
    Ok(Answer::with(json!({
        "data": {
            "audit_id": audit_id,
            "poi_id": poi_id,
            "related_credential": credential,
        },
    })))
}

fn old_form(asked: &Asked<'_>) -> Result<PlaceFacts, Fault> {
    required(asked, "related_proof_material")?;
    let name = required(asked, "related_name")?;
    Ok(PlaceFacts {
        store_name: name.clone(),
        company: name,
        address: required(asked, "related_address")?,
        credential: credential(asked, "related_credential")?,
        ..PlaceFacts::default()
    })
}

fn new_form(asked: &Asked<'_>) -> Result<PlaceFacts, Fault> {
    if text(asked, "is_comm_nearby")? != "1" {
        return Err(wrong("`is_comm_nearby` is \"1\""));
    }
    check_service_window(asked)?;
    Ok(PlaceFacts {
        store_name: required(asked, "store_name")?,
        address: required(asked, "address")?,
        hours: hours(asked)?,
        phone: required(asked, "contract_phone")?,
        company: required(asked, "company_name")?,
        credential: credential(asked, "credential")?,
        map_id: text(asked, "map_poi_id")?,
        pictures: pictures(asked)?,
        services: services(asked)?,
    })
}

/// Checks `kf_info`: whoever opens the customer service gives it a name and a face.
fn check_service_window(asked: &Asked<'_>) -> Result<(), Fault> {
    let Some(info) = nested(asked, "kf_info")? else {
        return Ok(());
    };
    let is_open = info.get("open_kf").and_then(Json::as_bool);
    let is_open = is_open.ok_or_else(|| wrong("`open_kf` of `kf_info` is true or false"))?;
    let is_empty = |name| text_in(&info, name).is_empty();
    if is_open && (is_empty("kf_headimg") || is_empty("kf_name")) {
        return Err(wrong("`kf_info` has no `kf_headimg` or no `kf_name`"));
    }
    Ok(())
}

fn hours(asked: &Asked<'_>) -> Result<String, Fault> {
    let text = required(asked, "hour")?;
    let number = |text: &str, below: u32| {
        let is_short = text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit());
        is_short && text.parse::<u32>().is_ok_and(|number| number < below)
    };
    let is_time = |text: &str| {
        let parts = text.split_once(':');
        parts.is_some_and(|(hour, minute)| number(hour, 24) && number(minute, 60))
    };
    let parts = text.split_once('-');
    if !parts.is_some_and(|(from, to)| is_time(from) && is_time(to)) {
        return Err(wrong("`hour` is written 10:00-22:00"));
    }
    Ok(text)
}

fn credential(asked: &Asked<'_>, name: &str) -> Result<String, Fault> {
    let text = required(asked, name)?;
    let digits = text.bytes().all(|it| it.is_ascii_digit());
    let code = text
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let fits = match text.len() {
        15 => digits,
        9 | 10 | 18 => code,
        _ => false,
    };
    if !fits {
        return Err(wrong(format!(
            "`{name}` is a licence of 15 digits, an organisation code of 9 characters, or a code of 18"
        )));
    }
    Ok(text)
}

fn pictures(asked: &Asked<'_>) -> Result<Vec<String>, Fault> {
    let list = list(asked, "pic_list", "list", PICTURES_MAX)?;
    let address = |value: Json| match value {
        Json::String(text)
            if text.starts_with("http") && text.contains("://") && text.len() <= TEXT_BYTES_MAX =>
        {
            Ok(text)
        }
        _ => Err(wrong("`list` of `pic_list` holds web addresses")),
    };
    list.into_iter().map(address).collect()
}

fn services(asked: &Asked<'_>) -> Result<Vec<Service>, Fault> {
    let list = list(asked, "service_infos", "service_infos", SERVICES_MAX)?;
    list.iter().map(service).collect()
}

fn service(value: &Json) -> Result<Service, Fault> {
    let number = |name: &str| {
        let number = text_in(value, name).parse::<i64>();
        number.map_err(|_| wrong(format!("`{name}` of a service is no number")))
    };
    let known = |name: &str| {
        let text = text_in(value, name);
        if text.is_empty() || text.len() > TEXT_BYTES_MAX {
            return Err(wrong(format!(
                "`{name}` of a service is missing or too long"
            )));
        }
        Ok(text)
    };
    let (id, kind) = (number("id")?, number("type")?);
    if !matches!(kind, 1 | 2) {
        return Err(wrong(
            "`type` of a service is 1 (the platform's) or 2 (an own one)",
        ));
    }
    let description = text_in(value, "desc");
    if description.chars().count() > DESCRIPTION_CHARS_MAX {
        return Err(wrong(format!(
            "`desc` of a service has {DESCRIPTION_CHARS_MAX} characters at most"
        )));
    }
    Ok(Service {
        id,
        kind,
        name: known("name")?,
        app_id: known("appid")?,
        path: known("path")?,
        description,
    })
}

#[cfg(test)]
#[path = "add_tests.rs"]
pub(super) mod tests;

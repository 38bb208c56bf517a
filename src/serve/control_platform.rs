//! What the platform decides, and what goes wrong with it, as calls of the control interface.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::control::{Told, app_of, body};
use crate::server::Request;
use crate::world::World;
use crate::world::message::library::{AddToLibrary, Entry};
use crate::world::message::template_book::Family;
use crate::world::open_api::app_rules::{ServerRules, SetServerRules};
use crate::world::open_api::content_check::{ContentRules, SetContentRules};
use crate::world::open_api::fault::InjectFault;
use crate::world::open_api::nearby::{
    Audit, DecidePoi, NearbyRules, PLACES_MAX, Place, SetNearbyRules,
};

/// How many faults may wait.
const FAULTS_MAX: usize = 1_000;
/// How long an answer may be held back, in milliseconds.
const DELAY_MS_MAX: u64 = 600_000;
/// Statuses of answers.
const STATUSES: std::ops::RangeInclusive<u16> = 200..=599;
/// What a fault can have.
const FAULT_MEMBERS: [&str; 7] = [
    "path", "times", "errcode", "errmsg", "status", "delayMs", "isCut",
];

/// `{"path": "/sns/*", "times": 2, "errcode": -1}`, or `status`, `delayMs`, `isCut`.
pub(super) fn inject(world: &mut World, request: &Request) -> Told {
    let given: Json = body(request)?;
    let mut names = given.as_object().into_iter().flat_map(|it| it.keys());
    if let Some(name) = names.find(|name| !FAULT_MEMBERS.contains(&name.as_str())) {
        let known = FAULT_MEMBERS.join(", ");
        return Err(format!("a fault has no `{name}`; there are {known}"));
    }
    let fault: InjectFault = serde_json::from_value(given).map_err(|error| error.to_string())?;
    check_fault(&fault)?;
    if world.faults().len() >= FAULTS_MAX {
        return Err(format!(
            "{FAULTS_MAX} faults wait already; DELETE faults takes all back"
        ));
    }
    world.apply(fault);
    Ok(json!(world.faults()))
}

fn check_fault(fault: &InjectFault) -> Result<(), String> {
    let effect = &fault.effect;
    if !fault.path.starts_with('/') && fault.path != "*" {
        let path = &fault.path;
        return Err(format!("`path` begins with /, or is *, not `{path}`"));
    }
    if fault.times == Some(0) {
        return Err("`times` is 1 or more; leave it out for every request".to_owned());
    }
    if effect.errcode.is_none() && effect.status.is_none() && effect.delay_ms == 0 && !effect.is_cut
    {
        return Err("give `errcode`, `status`, `delayMs` or `isCut`".to_owned());
    }
    if effect.status.is_some_and(|it| !STATUSES.contains(&it)) {
        return Err("`status` is 200 to 599".to_owned());
    }
    if effect.delay_ms > DELAY_MS_MAX {
        return Err(format!("`delayMs` is at most {DELAY_MS_MAX}"));
    }
    Ok(())
}

/// `{"appid": "wx…", "ipWhitelist": […], …}`.
pub(super) fn server_rules(world: &mut World, request: &Request) -> Told {
    let mut body: Json = body(request)?;
    let app_id = app_of(world, &mut body)?;
    let rules: ServerRules = serde_json::from_value(body).map_err(|error| error.to_string())?;
    world.apply(SetServerRules(app_id.clone(), rules));
    Ok(json!(world.server_rules(&app_id)))
}

/// `{"words": {"…": {"suggest": "risky", "label": 20001}}, …}`: how content is judged from now on.
pub(super) fn content_rules(world: &mut World, request: &Request) -> Told {
    let rules: ContentRules = body(request)?;
    world
        .apply(SetContentRules(rules))
        .map_err(|error| error.to_string())?;
    Ok(json!(world.content_rules()))
}

/// Every app of the world by its appid, the program first.
fn app_ids(world: &World) -> Vec<String> {
    let own = std::iter::once(world.app().app_id.clone());
    let others = world.other_apps().iter().map(|app| app.app_id.clone());
    own.chain(others).collect()
}

/// The places of all apps.
pub(super) fn nearby(world: &World) -> Json {
    let apps = app_ids(world);
    let places = apps.iter().flat_map(|app_id| world.places_of(app_id));
    places.map(place).collect()
}

fn place(place: &Place) -> Json {
    let (state, reason) = match &place.audit {
        Audit::Waiting(_) => ("waiting", ""),
        Audit::Refused(reason) => ("refused", reason.as_str()),
        Audit::Approved => ("approved", ""),
    };
    let due = match place.audit {
        Audit::Waiting(due) => due,
        Audit::Refused(_) | Audit::Approved => None,
    };
    json!({
        "poi_id": place.poi_id,
        "appid": place.app_id,
        "audit_id": place.audit_id,
        "audit": state,
        "reason": reason,
        "due": due,
        "isShown": place.is_shown,
        "store_name": place.facts.store_name,
        "address": place.facts.address,
        "credential": place.facts.credential,
        "map_poi_id": place.facts.map_id,
    })
}

/// `{"appid": "wx…", "places": 3, "audit_ms": null, …}`: what an app's places follow from now on.
pub(super) fn nearby_rules(world: &mut World, request: &Request) -> Told {
    let mut body: Json = body(request)?;
    let app_id = app_of(world, &mut body)?;
    let rules: NearbyRules = serde_json::from_value(body).map_err(|error| error.to_string())?;
    if rules.places > PLACES_MAX {
        return Err(format!("`places` is at most {PLACES_MAX}"));
    }
    if rules.audit_ms.is_some_and(|ms| ms < 0) {
        return Err("`audit_ms` is a number of milliseconds from 0".to_owned());
    }
    world.apply(SetNearbyRules(app_id.clone(), rules));
    Ok(json!(world.nearby_rules(&app_id)))
}

/// `{"poi_id": 112333}`, with `"refused": "why"`: the audit of a place ends now.
pub(super) fn decide_poi(world: &mut World, request: &Request) -> Told {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        poi_id: u64,
        refused: Option<String>,
    }
    let Body { poi_id, refused } = body(request)?;
    world
        .apply(DecidePoi { poi_id, refused })
        .map_err(|error| format!("{error}; GET nearby lists all"))?;
    let apps = app_ids(world);
    let mut places = apps.iter().flat_map(|app_id| world.places_of(app_id));
    let decided = places.find(|place| place.poi_id == poi_id);
    Ok(decided.map(place).unwrap_or_default())
}

/// The templates of all apps: those that a project declares, and those that servers made.
pub(super) fn templates(world: &World) -> Json {
    let mut all = Vec::new();
    for app_id in app_ids(world) {
        for family in [Family::Subscribed, Family::Message] {
            let listed = world.listed_templates(&app_id, family);
            all.extend(listed.into_iter().map(|listed| {
                json!({
                    "appid": app_id,
                    "id": listed.template.id,
                    "title": listed.template.title,
                    "kind": listed.template.kind,
                    "content": listed.template.content,
                    "example": listed.example,
                })
            }));
        }
    }
    all.into()
}

/// `{"number": 100, "title": "…", "kind": "one-time", "category": [616, "…"], "keywords": […]}`: an entry of the
/// library of templates, new or in place of one.
pub(super) fn add_to_library(world: &mut World, request: &Request) -> Told {
    let entry: Entry = body(request)?;
    let number = entry.number;
    if number == 0 || entry.title.is_empty() || entry.keywords.is_empty() {
        return Err("an entry has a `number` from 1, a `title` and `keywords`".to_owned());
    }
    world
        .apply(AddToLibrary(entry))
        .map_err(|error| error.to_string())?;
    Ok(json!(world.library_entry(number)))
}

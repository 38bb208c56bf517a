//! `GET` and `POST /wxa/getnearbypoilist`: the places of the app.
//!
//! Official page: "List places" (`getNearbyPoiList`). The first years called it by `GET`, later ones by `POST`; both
//! are taken on all days, with `page` and `page_rows` in the query or the body. The list is JSON written as a text.
//!
//! Unverified: without `page` the first one comes, without `page_rows` a page of [`ROWS`]; places that were refused
//! count against the quota.

use serde_json::{Value as Json, json};

use super::body::wrong;
use super::open;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::nearby::{Audit, Place};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getNearbyPoiList",
    Verb::Any,
    "/wxa/getnearbypoilist",
    handle,
);

/// Rows of a page that does not say how many.
const ROWS: usize = 20;
/// Rows of a page at most.
const ROWS_MAX: usize = 1_000;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    open(world, asked)?;
    if asked.request.query_value("page").is_none() && asked.request.method == "POST" {
        asked.json()?;
    }
    let page = number(asked, "page", 1, usize::MAX)?;
    let rows = number(asked, "page_rows", ROWS, ROWS_MAX)?;
    let (max, left) = world.place_quota(&asked.app_id);
    let places = world.places_of(&asked.app_id);
    let places = places.skip((page - 1).saturating_mul(rows)).take(rows);
    let list: Vec<Json> = places.map(row).collect();
    let inner = json!({ "poi_list": list }).to_string();
    Ok(Answer::with(json!({
        "data": {
            "left_apply_num": left,
            "max_apply_num": max,
            "data": inner,
        },
    })))
}

/// A number from 1.
fn number(asked: &Asked<'_>, name: &str, usual: usize, max: usize) -> Result<usize, Fault> {
    let text = asked.param(name);
    if text.is_empty() {
        return Ok(usual);
    }
    let number = text.trim().parse().ok();
    let fits = number.filter(|number| (1..=max).contains(number));
    fits.ok_or_else(|| {
        if max == ROWS_MAX {
            wrong(format!("`{name}` is a number from 1 to {max}"))
        } else {
            wrong(format!("`{name}` is a number from 1"))
        }
    })
}

fn row(place: &Place) -> Json {
    let reason = match &place.audit {
        Audit::Refused(reason) => reason.as_str(),
        Audit::Waiting(_) | Audit::Approved => "",
    };
    json!({
        "poi_id": place.poi_id.to_string(),
        "qualification_address": place.facts.address,
        "qualification_num": place.facts.credential,
        "audit_status": place.audit.number(),
        "display_status": i32::from(place.is_shown),
        "refuse_reason": reason,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::add::tests::{add, place};
    use crate::profile::{Date, Profile};
    use crate::server::testing::{Client, code, code_of};
    use crate::world::open_api::nearby::{AUDIT_MS, DecidePoi};

    const PATH: &str = "/wxa/getnearbypoilist";

    fn inner(answer: &Json) -> Json {
        let text = answer["data"]["data"].as_str().expect("a text");
        serde_json::from_str(text).expect("JSON in the text")
    }

    fn three(profile: Profile) -> Client {
        let mut client = Client::new(profile);
        for number in 1..=3 {
            let body = place(&format!("12345678901234{number}"));
            assert_eq!(code_of(&add(&mut client, &body)), 0);
        }
        client
    }

    #[test]
    fn places_come_with_their_audit_as_a_text() {
        let mut client = three(Profile::default());
        let refuse = DecidePoi {
            poi_id: 112_333,
            refused: Some("太暗".into()),
        };
        client.world.apply(refuse).expect("in audit");
        let approve = DecidePoi {
            poi_id: 112_334,
            refused: None,
        };
        client.world.apply(approve).expect("in audit");
        let answer = client.read("/wxa/getnearbypoilist?page=1&page_rows=20");
        let row = |number: u32, audit: u32, shown: u32, reason: &str| {
            json!({
                "poi_id": (112_332 + number).to_string(),
                "qualification_address": "广州",
                "qualification_num": format!("12345678901234{number}"),
                "audit_status": audit,
                "display_status": shown,
                "refuse_reason": reason,
            })
        };
        let list = json!({"poi_list": [row(1, 4, 0, "太暗"), row(2, 5, 1, ""), row(3, 3, 0, "")]});
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "data": {"left_apply_num": 7, "max_apply_num": 10, "data": list.to_string()},
        });
        assert_eq!(answer.to_string(), expected.to_string());
        client.wait(AUDIT_MS);
        let later = inner(&client.read("/wxa/getnearbypoilist?page=1&page_rows=20"));
        assert_eq!(later["poi_list"][2]["audit_status"], 5);
    }

    #[test]
    fn both_methods_and_both_places_are_taken_in_all_years() {
        for profile in [Profile::default(), Profile::on(Date::new(2018, 12, 4))] {
            let mut client = three(profile);
            let ids = |answer: &Json| {
                let list = inner(answer)["poi_list"].clone();
                let list = list.as_array().expect("a list").clone();
                list.iter()
                    .map(|it| it["poi_id"].to_string())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let second = r#""112335""#;
            assert_eq!(
                ids(&client.read(&format!("{PATH}?page=2&page_rows=2"))),
                second
            );
            assert_eq!(
                ids(&client.call(PATH, &json!({"page": 2, "page_rows": 2}))),
                second
            );
            assert_eq!(
                ids(&client.call(PATH, &json!({"page": "2", "page_rows": "2"}))),
                second
            );
            let url = client.with_token(&format!("{PATH}?page=2&page_rows=2"));
            assert_eq!(ids(&client.post(&url, "").body_json()), second);
            assert_eq!(ids(&client.read(&format!("{PATH}?page=3&page_rows=2"))), "");
            assert_eq!(ids(&client.read(PATH)).split(' ').count(), 3);
            let far = format!("{PATH}?page={}&page_rows=1000", usize::MAX);
            assert_eq!(ids(&client.read(&far)), "");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let mut client = Client::new(Profile::default());
        assert_eq!(code(&client.get(PATH)), 41001);
        for query in [
            "page=0",
            "page=x",
            "page_rows=0",
            "page_rows=1001",
            "page=-1",
        ] {
            let answer = client.read(&format!("{PATH}?{query}"));
            assert_eq!(code_of(&answer), 20002, "{query}");
        }
        let url = client.with_token(PATH);
        assert_eq!(code(&client.post(&url, "")), 44002);
        assert_eq!(code(&client.post(&url, "page=1")), 47001);
        assert_eq!(code(&client.post(&url, "{}")), 0);
        assert_eq!(code(&client.get(&url)), 0);
    }
}

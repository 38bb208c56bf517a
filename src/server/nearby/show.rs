//! `POST /wxa/setnearbypoishowstatus`: a place is shown or hidden.
//!
//! Official page: "Show or hide a place" (`setShowStatus`). `status` is 0 to hide and 1 to show.
//!
//! Unverified: 92006 for one that is shown already and 92008 for one that is hidden already; 92007 for one that was
//! refused.

use super::body::{poi_id, required, wrong};
use super::{fault, open};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::nearby::ShowPlace;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "setShowStatus",
    Verb::Post,
    "/wxa/setnearbypoishowstatus",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    open(world, asked)?;
    let poi_id = poi_id(asked)?.ok_or_else(|| wrong("`poi_id` is missing"))?;
    let is_shown = match &*required(asked, "status")? {
        "0" => false,
        "1" => true,
        _ => return Err(wrong("`status` is 0 to hide and 1 to show")),
    };
    let shown = world.apply(ShowPlace {
        app_id: &asked.app_id,
        poi_id,
        is_shown,
    });
    shown.map_err(fault)?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::super::add::tests::{add, place};
    use crate::profile::Profile;
    use crate::server::testing::{Client, code, code_of};
    use crate::world::open_api::nearby::{AUDIT_MS, DecidePoi};

    const PATH: &str = "/wxa/setnearbypoishowstatus";

    fn set(client: &mut Client, poi_id: &Json, status: impl Into<Json>) -> i64 {
        let status: Json = status.into();
        code_of(&client.call(PATH, &json!({"poi_id": poi_id, "status": status})))
    }

    #[test]
    fn an_approved_place_is_hidden_and_shown() {
        let mut client = Client::new(Profile::default());
        let added = add(&mut client, &place("123456789012345"));
        let id = json!(added["data"]["poi_id"].to_string());
        let waiting = client.call(PATH, &json!({"poi_id": id, "status": 1}));
        assert_eq!(code_of(&waiting), 92005);
        assert!(
            waiting["errmsg"]
                .as_str()
                .is_some_and(|it| it.starts_with("地点正在审核中 rid: "))
        );
        client.wait(AUDIT_MS);
        assert_eq!(
            set(&mut client, &id, 1),
            92006,
            "shown since it was approved"
        );
        assert_eq!(set(&mut client, &id, "0"), 0);
        assert_eq!(client.world.places_shown().count(), 0);
        assert_eq!(set(&mut client, &id, 0), 92008);
        assert_eq!(
            set(&mut client, &added["data"]["poi_id"], "1"),
            0,
            "a number"
        );
        assert_eq!(client.world.places_shown().count(), 1);
    }

    #[test]
    fn a_refused_place_stays_hidden() {
        let mut client = Client::new(Profile::default());
        let added = add(&mut client, &place("123456789012345"));
        let id = added["data"]["poi_id"].clone();
        let refuse = DecidePoi {
            poi_id: id.as_u64().expect("a number"),
            refused: Some("dark".into()),
        };
        client.world.apply(refuse).expect("in audit");
        assert_eq!(set(&mut client, &id, 1), 92007);
        assert_eq!(set(&mut client, &id, 0), 92007);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let mut client = Client::new(Profile::default());
        assert_eq!(code(&client.get(PATH)), 43002);
        assert_eq!(code(&client.post(PATH, "{}")), 41001);
        let url = client.with_token(PATH);
        for (body, expected) in [
            ("", 44002),
            ("poi_id=1", 47001),
            (r#"{"status": 1}"#, 20002),
            (r#"{"poi_id": "1"}"#, 20002),
            (r#"{"poi_id": "1", "status": 2}"#, 20002),
            (r#"{"poi_id": "1", "status": true}"#, 20002),
            (r#"{"poi_id": "1", "status": 1}"#, 93010),
        ] {
            assert_eq!(code(&client.post(&url, body)), expected, "{body}");
        }
    }
}

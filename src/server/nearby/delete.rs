//! `POST /wxa/delnearbypoi`: a place is given up.
//!
//! Official page: "Delete a place" (`deleteNearbyPoi`).
//!
//! Unverified: a place can be given up whatever its audit said, and makes room for another.

use super::body::{poi_id, wrong};
use super::{fault, open};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::nearby::DeletePlace;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("deleteNearbyPoi", Verb::Post, "/wxa/delnearbypoi", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    open(world, asked)?;
    let poi_id = poi_id(asked)?.ok_or_else(|| wrong("`poi_id` is missing"))?;
    let deleted = world.apply(DeletePlace(&asked.app_id, poi_id));
    deleted.map_err(fault)?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::add::tests::{add, place};
    use crate::profile::Profile;
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::open_api::nearby::AUDIT_MS;
    use crate::world::registry::{Register, Registered};

    const PATH: &str = "/wxa/delnearbypoi";

    #[test]
    fn a_place_is_gone_and_makes_room() {
        let mut client = Client::new(Profile::default());
        let added = add(&mut client, &place("123456789012345"));
        let poi_id = added["data"]["poi_id"].to_string();
        assert_eq!(client.world.place_quota(APP), (10, 9));
        let answer = client.call(PATH, &json!({"poi_id": poi_id}));
        assert_eq!(answer.to_string(), r#"{"errcode":0,"errmsg":"ok"}"#);
        assert_eq!(client.world.place_quota(APP), (10, 10));
        assert_eq!(
            code_of(&client.call(PATH, &json!({"poi_id": poi_id}))),
            93010
        );
        client.wait(AUDIT_MS);
        client.read("/wxa/getnearbypoilist");
        assert!(
            client.world.handovers().is_empty(),
            "its audit ended with it"
        );
        let again = add(&mut client, &place("123456789012345"));
        assert_ne!(
            again["data"]["poi_id"].to_string(),
            poi_id,
            "ids are never used again"
        );
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
            ("{}", 20002),
            (r#"{"poi_id": ""}"#, 20002),
            (r#"{"poi_id": [1]}"#, 20002),
            (r#"{"poi_id": "x"}"#, 93010),
            (r#"{"poi_id": 1}"#, 93010),
        ] {
            assert_eq!(code(&client.post(&url, body)), expected, "{body}");
        }
        let added = add(&mut client, &place("123456789012345"));
        let body = json!({"poi_id": added["data"]["poi_id"]}).to_string();
        let other = Registered {
            app_id: "wx2".into(),
            ..Registered::default()
        };
        client.world.apply(Register(other)).expect("another app");
        let url = client.with_token_of("wx2", PATH);
        assert_eq!(code(&client.post(&url, &*body)), 93010, "another app's");
        let url = client.with_token(PATH);
        assert_eq!(code(&client.post(&url, body)), 0, "a number");
    }
}

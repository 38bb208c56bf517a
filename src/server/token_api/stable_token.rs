//! `POST /cgi-bin/stable_token`: the living token of the app.
//!
//! Official page: "Get stable access token". 10,000 calls a minute, 500,000 a day. It came in 2023.
//!
//! Unverified: the day on which it came.

use serde_json::json;

use super::check_secret;
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::server::{errcode, routes};
use crate::world::World;
use crate::world::open_api::access_token::GetStableToken;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getStableAccessToken",
    Verb::Post,
    "/cgi-bin/stable_token",
    handle,
)
.open()
.since(Date::new(2023, 1, 1))
.per_minute(10_000)
.per_day(500_000);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    if asked.text("grant_type")? != "client_credential" {
        return Err(errcode::INVALID_GRANT_TYPE.into());
    }
    let app_id = asked.text("appid")?;
    check_secret(world, asked.request, &app_id, &asked.text("secret")?)?;
    let force = asked.flag("force_refresh")?.unwrap_or_default();
    routes::count(world, &ENDPOINT, &app_id)?;
    let minted = world.apply(GetStableToken { app_id, force });
    Ok(Answer::Data(json!({
        "access_token": minted.text,
        "expires_in": minted.expires_in_s,
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::Profile;
    use crate::server::testing::{APP, Client, code, code_of};

    fn ask(client: &mut Client, force: bool) -> Json {
        let secret = client.world.app_secret(APP);
        let body = json!({
            "grant_type": "client_credential", "appid": APP, "secret": secret, "force_refresh": force,
        });
        client
            .post("/cgi-bin/stable_token", body.to_string())
            .body_json()
    }

    #[test]
    fn the_same_token_comes_until_it_is_forced() {
        let mut client = Client::new(Profile::default());
        let first = ask(&mut client, false);
        assert_eq!(
            (first["expires_in"].as_i64(), first.get("errcode")),
            (Some(7_200), None)
        );
        client.wait(6_855_000);
        let again = ask(&mut client, false);
        assert_eq!(again["access_token"], first["access_token"]);
        assert_eq!(again["expires_in"], 345);
        let forced = ask(&mut client, true);
        assert_ne!(forced["access_token"], first["access_token"]);
        let former = first["access_token"].as_str().expect("a text");
        assert!(client.world.token_owner(former).is_err());
    }

    #[test]
    fn what_is_wrong_is_told_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        let mut code_for = |body: &str| code(&client.post("/cgi-bin/stable_token", body));
        assert_eq!(code_for(""), 44002);
        assert_eq!(code_for("grant_type=client_credential"), 47001);
        assert_eq!(code_for("{}"), 40002);
        assert_eq!(code_for(r#"{"grant_type":"client_credential"}"#), 41002);
        let of =
            |rest: &str| format!(r#"{{"grant_type":"client_credential","appid":"{APP}"{rest}}}"#);
        assert_eq!(code_for(&of("")), 41004);
        assert_eq!(code_for(&of(r#","secret":"x""#)), 40125);
        assert_eq!(code(&client.get("/cgi-bin/stable_token")), 43002);
        assert_eq!(code_of(&ask(&mut client, false)), 0);
    }
}

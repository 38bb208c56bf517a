//! `GET /cgi-bin/token`: a new token.
//!
//! Official page: "Get access token". 2000 calls a day were published for a long time.
//!
//! Unverified: `POST` is taken too; a wrong secret gives 40125, as in all replies that developers posted since
//! 2018.

use serde_json::json;

use super::check_secret;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::server::{errcode, routes};
use crate::world::World;
use crate::world::open_api::access_token::MintAccessToken;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getAccessToken", Verb::Any, "/cgi-bin/token", handle)
        .open()
        .per_day(2_000);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let value = |name: &str| asked.request.query_value(name).unwrap_or_default();
    if value("grant_type") != "client_credential" {
        return Err(errcode::INVALID_GRANT_TYPE.into());
    }
    let app_id = value("appid");
    check_secret(world, asked.request, &app_id, &value("secret"))?;
    routes::count(world, &ENDPOINT, &app_id)?;
    let minted = world.apply(MintAccessToken(app_id));
    Ok(Answer::Data(json!({
        "access_token": minted.text,
        "expires_in": minted.expires_in_s,
    })))
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;
    use crate::server::testing::{APP, Client, code};
    use crate::world::open_api::app_rules::{ServerRules, SetServerRules};

    fn url(client: &Client) -> String {
        let secret = client.world.app_secret(APP).expect("it runs");
        format!("/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={secret}")
    }

    #[test]
    fn a_token_comes_without_errcode_and_is_good() {
        let mut client = Client::new(Profile::default());
        let url = url(&client);
        let response = client.get(&url);
        let body = response.body_json();
        assert_eq!(
            (body["expires_in"].as_i64(), body.get("errcode")),
            (Some(7_200), None)
        );
        let token = body["access_token"].as_str().expect("a text");
        assert_eq!(client.world.token_owner(token).as_deref(), Ok(APP));
        assert_eq!(
            response.header("content-type"),
            Some("application/json; encoding=utf-8")
        );
    }

    #[test]
    fn what_is_wrong_is_told_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        let base = "/cgi-bin/token?grant_type=client_credential";
        for (url, expected) in [
            ("/cgi-bin/token".to_owned(), 40002),
            ("/cgi-bin/token?grant_type=x".to_owned(), 40002),
            (base.to_owned(), 41002),
            (format!("{base}&appid=wx0"), 40013),
            (format!("{base}&appid={APP}"), 41004),
            (format!("{base}&appid={APP}&secret=x"), 40125),
        ] {
            assert_eq!(code(&client.get(&url)), expected, "{url}");
        }
    }

    #[test]
    fn the_console_can_close_it() {
        let client = Client::new(Profile::default());
        let url = url(&client);
        let refused = |rules| {
            let mut world = client.world.clone();
            world.apply(SetServerRules(APP.into(), rules));
            let mut client = Client { world };
            client.get(&url)
        };
        let elsewhere = ServerRules {
            ip_whitelist: vec!["10.0.0.1".into()],
            ..ServerRules::default()
        };
        let response = refused(elsewhere);
        assert_eq!(code(&response), 40164);
        let text = response.body_json()["errmsg"].to_string();
        assert!(
            text.contains("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist"),
            "{text}"
        );
        let base = ServerRules::default;
        assert_eq!(
            code(&refused(ServerRules {
                is_secret_frozen: true,
                ..base()
            })),
            40243
        );
        assert_eq!(
            code(&refused(ServerRules {
                is_token_forbidden: true,
                ..base()
            })),
            50004
        );
        assert_eq!(
            code(&refused(ServerRules {
                is_frozen: true,
                ..base()
            })),
            50007
        );
        let banned = ServerRules {
            is_banned: true,
            ..base()
        };
        assert_eq!(
            code(&refused(banned)),
            0,
            "a token comes, interfaces refuse it"
        );
    }

    #[test]
    fn two_thousand_a_day() {
        let mut client = Client::new(Profile::default());
        let url = url(&client);
        for _ in 0..2_000 {
            assert_eq!(code(&client.get(&url)), 0);
        }
        assert_eq!(code(&client.get(&url)), 45009);
        client.wait(86_400_000);
        assert_eq!(code(&client.get(&url)), 0);
    }
}

//! `POST /cgi-bin/clear_quota/v2`: what the app called counts as not called, without a token.
//!
//! Official page: "Clear quota with `AppSecret`" (`clearQuotaByAppSecret`), for an app whose calls for tokens are
//! used up. The example has the parameters in the query, the table in the body: both are read. Ten times a month,
//! together with `clear_quota`.
//!
//! Unverified: the day on which it came; a wrong secret is 40125.

use super::clear_quota::reset;
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::server::token_api::check_pair;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "clearQuotaByAppSecret",
    Verb::Post,
    "/cgi-bin/clear_quota/v2",
    handle,
)
.open()
.since(Date::new(2022, 9, 1));

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let app_id = asked.param("appid");
    check_pair(world, &app_id, &asked.param("appsecret"))?;
    reset(world, &app_id, None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client, code};

    const PATH: &str = "/cgi-bin/clear_quota/v2";

    #[test]
    fn query_and_body_are_read_and_the_secret_is_checked() {
        let mut client = Client::new(Profile::default());
        let secret = client.world.app_secret(APP).expect("it runs");
        client.get("/cgi-bin/token");
        for (query, body, expected) in [
            ("", json!({ "appid": APP, "appsecret": secret }), 0),
            (&*format!("?appid={APP}&appsecret={secret}"), json!({}), 0),
            ("", json!({}), 41002),
            ("?appid=wx0&appsecret=x", json!({}), 40013),
            (&*format!("?appid={APP}"), json!({}), 41004),
            (&*format!("?appid={APP}&appsecret=x"), json!({}), 40125),
        ] {
            let response = client.post(&format!("{PATH}{query}"), body.to_string());
            assert_eq!(code(&response), expected, "{query} {body}");
        }
        assert_eq!(code(&client.get(PATH)), 43002);
    }

    #[test]
    fn it_works_when_no_token_can_be_had_any_more() {
        let mut client = Client::new(Profile::default());
        let secret = client.world.app_secret(APP).expect("it runs");
        let token =
            format!("/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={secret}");
        for _ in 0..2_000 {
            client.get(&token);
        }
        assert_eq!(code(&client.get(&token)), 45009);
        let url = format!("{PATH}?appid={APP}&appsecret={secret}");
        let response = client.post(&url, "");
        assert_eq!(
            response.body_json(),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        assert_eq!(code(&client.get(&token)), 0);
    }

    #[test]
    fn it_is_not_there_in_earlier_years() {
        let mut client = Client::new(Profile::on(Date::new(2022, 8, 31)));
        assert_eq!(code(&client.post(PATH, "{}")), 40066);
    }
}

//! `POST /cgi-bin/openapi/quota/get`: how often an interface may be called in a day, and how often it was.
//!
//! Official page: "Query API quota" (`getApiQuota`). `rate_limit` tells calls in a period of seconds; it comes for
//! interfaces that have such a limit.
//!
//! Unverified: the day on which it came. `component_rate_limit`, for service providers, does not come.
//!
//! Differs from the platform: an interface without a published limit has none here; it tells
//! [`UNPUBLISHED_LIMIT`].

use serde_json::json;

use super::interface_of;
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getApiQuota",
    Verb::Post,
    "/cgi-bin/openapi/quota/get",
    handle,
)
.since(Date::new(2021, 10, 1));

/// What is told of an interface that has no limit.
const UNPUBLISHED_LIMIT: u32 = 10_000_000;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let interface = interface_of(world, &asked.text("cgi_path")?)?;
    let (minute, day) = interface.limits;
    let limit = day.unwrap_or(UNPUBLISHED_LIMIT);
    let used = world.calls_today(&asked.app_id, interface.path);
    let mut told = json!({
        "quota": {
            "daily_limit": limit,
            "used": used,
            "remain": limit.saturating_sub(used),
        },
    });
    if let Some(minute) = minute {
        told["rate_limit"] = json!({ "call_count": minute, "refresh_second": 60 });
    }
    Ok(Answer::with(told))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::UNPUBLISHED_LIMIT;
    use crate::profile::{Date, Profile};
    use crate::server::routes::endpoints;
    use crate::server::testing::{APP, Client, code, code_of};

    const PATH: &str = "/cgi-bin/openapi/quota/get";

    fn quota(client: &mut Client, cgi_path: &str) -> Json {
        client.call(PATH, &json!({ "cgi_path": cgi_path }))
    }

    #[test]
    fn what_was_called_today_is_told() {
        let mut client = Client::new(Profile::default());
        let secret = client.world.app_secret(APP).expect("it runs");
        let token =
            format!("/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={secret}");
        for _ in 0..3 {
            client.get(&token);
        }
        let expected = |used: u32| {
            json!({
                "errcode": 0,
                "errmsg": "ok",
                "quota": { "daily_limit": 2_000, "used": used, "remain": 2_000 - used },
            })
        };
        assert_eq!(quota(&mut client, "/cgi-bin/token"), expected(3));
        client.wait(86_400_000);
        assert_eq!(quota(&mut client, "/cgi-bin/token"), expected(0));
    }

    #[test]
    fn limits_of_a_minute_and_no_limits_are_told_too() {
        let mut client = Client::new(Profile::default());
        let answer = quota(&mut client, "/wxa/resetusersessionkey");
        let rate = json!({ "call_count": 60_000, "refresh_second": 60 });
        assert_eq!(answer["rate_limit"], rate);
        assert_eq!(answer["quota"]["daily_limit"], UNPUBLISHED_LIMIT);
        let own = quota(&mut client, PATH);
        assert_eq!(own["quota"]["used"], 2, "this call and the one before");
        assert_eq!(own.get("rate_limit"), None);
    }

    #[test]
    fn every_interface_of_the_tables_is_known() {
        let mut client = Client::new(Profile::default());
        let day = client.world.profile().compat_date;
        for endpoint in endpoints() {
            let answer = quota(&mut client, endpoint.path);
            let ended = endpoint.until.is_some_and(|until| day >= until);
            let expected = match endpoint.path {
                path if path.starts_with("/sns/") => 76022,
                _ if ended => 76021,
                _ => 0,
            };
            assert_eq!(code_of(&answer), expected, "{}", endpoint.path);
            if let (0, Some(limit)) = (expected, endpoint.limits.1) {
                assert_eq!(answer["quota"]["daily_limit"], limit, "{}", endpoint.path);
            }
        }
    }

    #[test]
    fn what_is_no_path_is_told() {
        let mut client = Client::new(Profile::default());
        for path in [
            "",
            "cgi-bin/token",
            "https://api.weixin.qq.com/cgi-bin/token",
            "/x",
        ] {
            assert_eq!(code_of(&quota(&mut client, path)), 76021, "{path}");
        }
        let url = client.with_token(PATH);
        let response = client.post(&url, r#"{"cgi_path":"/cgi-bin/tokem"}"#);
        assert_eq!(response.why, "did you mean /cgi-bin/token?");
        let text = response.body_json()["errmsg"].to_string();
        assert!(
            text.contains("cgi_path not found, please check rid: "),
            "{text}"
        );
        assert_eq!(code(&client.post(&url, "{}")), 76021);
        assert_eq!(code(&client.post(&url, "")), 44002);
        let mut old = Client::new(Profile::on(Date::new(2021, 9, 30)));
        assert_eq!(code_of(&quota(&mut old, "/cgi-bin/token")), 40066);
        let mut young = Client::new(Profile::on(Date::new(2021, 10, 1)));
        assert_eq!(code_of(&quota(&mut young, "/cgi-bin/stable_token")), 76021);
    }
}

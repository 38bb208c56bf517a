//! `POST /cgi-bin/openapi/rid/get`: the request behind the `rid` of an error.
//!
//! Official page: "Query rid information" (`getRidInfo`). An app sees its own requests of the last seven days, but
//! none under `/sns/`. `request_url` is the query alone.
//!
//! Unverified: the day on which it came; a request that had no good token belongs to no app, 76003.
//!
//! Differs from the platform: [`REQUESTS_KEPT_MAX`](crate::world::open_api::request_log::REQUESTS_KEPT_MAX) requests
//! are remembered, an older one is 76001; `cost_in_ms` is 0, as an answer takes no time of the world; of tokens and
//! secrets in the query only the first characters stay.

use serde_json::json;

use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::{Millis, World};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("getRidInfo", Verb::Post, "/cgi-bin/openapi/rid/get", handle)
        .since(Date::new(2021, 10, 1));

/// How long requests can be asked for, in milliseconds.
const KNOWN_MS: i64 = 7 * 86_400_000;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let rid = asked.text("rid")?.to_ascii_lowercase();
    let at = moment_of(&rid).ok_or_else(|| {
        errcode::INVALID_RID.because("a rid is three groups of eight hexadecimal digits")
    })?;
    if world.now().since(at) > KNOWN_MS {
        return Err(errcode::RID_EXPIRED.because("requests are kept for seven days"));
    }
    let known = world.requests().rev().find(|known| known.rid == rid);
    let known = known.ok_or_else(|| {
        errcode::RID_NOT_FOUND.because("no request has this rid, or too many came since")
    })?;
    if known.url.starts_with("/sns/") {
        let why = "requests under /sns/ cannot be asked for";
        return Err(errcode::CGI_PATH_NOT_ALLOWED.because(why));
    }
    if known.app_id != asked.app_id {
        let why = match known.app_id.as_str() {
            "" => "the request had no good access_token, so it belongs to no app".to_owned(),
            other => format!("it is a request of {other}"),
        };
        return Err(errcode::RID_OF_OTHER_APP.because(why));
    }
    let query = known.url.split_once('?').map_or("", |(_, query)| query);
    Ok(Answer::with(json!({
        "request": {
            "invoke_time": known.at.0.div_euclid(1_000),
            "cost_in_ms": 0,
            "request_url": query,
            "request_body": known.body,
            "response_body": known.response,
            "client_ip": known.client_ip,
        },
    })))
}

/// The moment that a rid begins with, to the second; `None` for what is no rid.
fn moment_of(rid: &str) -> Option<Millis> {
    let is_group = |it: &str| it.len() == 8 && it.bytes().all(|it| it.is_ascii_hexdigit());
    let groups: Vec<&str> = rid.split('-').collect();
    if groups.len() != 3 || !groups.iter().all(|it| is_group(it)) {
        return None;
    }
    let seconds = i64::from_str_radix(groups[0], 16).ok()?;
    Some(Millis(seconds * 1_000))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::KNOWN_MS;
    use crate::profile::{Date, Profile};
    use crate::server::response::Response;
    use crate::server::testing::{Client, code, code_of};
    use crate::world::open_api::request_log::REQUESTS_KEPT_MAX;
    use crate::world::registry::{Register, Registered};

    const PATH: &str = "/cgi-bin/openapi/rid/get";
    const OTHER: &str = "wx2222222222222222";

    /// The id at the end of an error.
    fn rid_of(response: &Response) -> String {
        let body = response.body_json();
        let text = body["errmsg"].as_str().expect("a text");
        text.rsplit(' ').next().expect("an id").to_owned()
    }

    /// A request that fails.
    fn fail(client: &mut Client) -> Response {
        let url = client.with_token("/cgi-bin/clear_quota?a=1");
        client.post(&url, r#"{"appid":"wx2"}"#)
    }

    fn ask(client: &mut Client, rid: &str) -> Json {
        client.call(PATH, &json!({ "rid": rid }))
    }

    #[test]
    fn the_request_is_told_as_it_was() {
        let mut client = Client::new(Profile::default());
        let at = client.world.now().0 / 1_000;
        let failed = fail(&mut client);
        client.wait(KNOWN_MS);
        let answer = ask(&mut client, &rid_of(&failed).to_uppercase());
        let url = answer["request"]["request_url"].clone();
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "request": {
                "invoke_time": at,
                "cost_in_ms": 0,
                "request_url": url,
                "request_body": r#"{"appid":"wx2"}"#,
                "response_body": String::from_utf8_lossy(&failed.body),
                "client_ip": "127.0.0.1",
            },
        });
        assert_eq!(answer, expected);
        let url = url.as_str().expect("a text");
        assert!(
            url.starts_with("a=1&access_token=") && url.ends_with('…'),
            "{url}"
        );
    }

    #[test]
    fn an_id_that_is_none_old_or_unknown_is_told() {
        let mut client = Client::new(Profile::default());
        for rid in [
            "",
            "x",
            "12345678-12345678",
            "1234567g-12345678-12345678",
            "-1345678-12345678-12345678",
        ] {
            assert_eq!(code_of(&ask(&mut client, rid)), 76002, "{rid}");
        }
        assert_eq!(
            code_of(&ask(&mut client, "5b14a800-00000000-00000000")),
            76004
        );
        let now = client.world.now().0 / 1_000;
        let unknown = format!("{now:08x}-00000000-00000000");
        assert_eq!(code_of(&ask(&mut client, &unknown)), 76001);
        let rid = rid_of(&fail(&mut client));
        let mut later = Client {
            world: client.world.clone(),
        };
        later.wait(KNOWN_MS + 1_000);
        assert_eq!(code_of(&ask(&mut later, &rid)), 76004);
        for _ in 0..REQUESTS_KEPT_MAX {
            client.get("/wxa/nothing");
        }
        assert_eq!(
            code_of(&ask(&mut client, &rid)),
            76001,
            "too many came since"
        );
    }

    #[test]
    fn requests_of_others_are_not_told() {
        let mut client = Client::new(Profile::default());
        let other = Registered {
            app_id: OTHER.into(),
            ..Registered::default()
        };
        client
            .world
            .apply(Register(other))
            .expect("it does not run");
        let url = client.with_token_of(OTHER, "/cgi-bin/clear_quota");
        let foreign = rid_of(&client.post(&url, "{}"));
        let nobody = rid_of(&client.get("/wxa/checksession?access_token=x"));
        let login = rid_of(&client.get("/sns/jscode2session"));
        for (rid, expected) in [(&foreign, 76003), (&nobody, 76003), (&login, 76022)] {
            assert_eq!(code_of(&ask(&mut client, rid)), expected, "{rid}");
        }
        let url = client.with_token_of(OTHER, PATH);
        let response = client.post(&url, json!({ "rid": foreign }).to_string());
        assert_eq!(code(&response), 0);
        let mut old = Client::new(Profile::on(Date::new(2021, 9, 30)));
        assert_eq!(code_of(&ask(&mut old, &foreign)), 40066);
    }
}

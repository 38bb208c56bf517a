//! `POST /cgi-bin/openapi/quota/clear`: the calls of one interface count as not made.
//!
//! Official page: "Clear quota of one API" (`clearApiQuota`). 50 times a month, of whichever interface.
//!
//! Unverified: the day on which it came; 48006 when no reset is left.

use super::clear_quota::reset;
use super::interface_of;
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "clearApiQuota",
    Verb::Post,
    "/cgi-bin/openapi/quota/clear",
    handle,
)
.since(Date::new(2024, 1, 1));

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let interface = interface_of(world, &asked.text("cgi_path")?)?;
    reset(world, &asked.app_id, Some(interface.path))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::open_api::quota::CountCall;

    const PATH: &str = "/cgi-bin/openapi/quota/clear";

    #[test]
    fn only_the_interface_is_reset_fifty_times_a_month() {
        let mut client = Client::new(Profile::default());
        for path in ["/cgi-bin/token", "/cgi-bin/stable_token"] {
            let (app_id, limits) = (APP, (None, None));
            let counted = client.world.apply(CountCall {
                app_id,
                path,
                limits,
            });
            assert_eq!(counted, Ok(()));
        }
        let body = json!({ "cgi_path": "/cgi-bin/token" });
        let ok = json!({ "errcode": 0, "errmsg": "ok" });
        assert_eq!(client.call(PATH, &body), ok);
        assert_eq!(client.world.calls_today(APP, "/cgi-bin/token"), 0);
        assert_eq!(client.world.calls_today(APP, "/cgi-bin/stable_token"), 1);
        for _ in 1..50 {
            assert_eq!(code_of(&client.call(PATH, &body)), 0);
        }
        assert_eq!(code_of(&client.call(PATH, &body)), 48006);
        let all = json!({ "appid": APP });
        assert_eq!(
            code_of(&client.call("/cgi-bin/clear_quota", &all)),
            0,
            "its own count"
        );
    }

    #[test]
    fn a_path_that_is_none_uses_up_nothing() {
        let mut client = Client::new(Profile::default());
        for (path, expected) in [("", 76021), ("/x", 76021), ("/sns/jscode2session", 76022)] {
            for _ in 0..60 {
                let body = json!({ "cgi_path": path });
                assert_eq!(code_of(&client.call(PATH, &body)), expected, "{path}");
            }
        }
        let body = json!({ "cgi_path": "/cgi-bin/token" });
        assert_eq!(code_of(&client.call(PATH, &body)), 0);
        let url = client.with_token(PATH);
        assert_eq!(code(&client.post(&url, "")), 44002);
        let mut old = Client::new(Profile::on(Date::new(2023, 12, 31)));
        assert_eq!(code_of(&old.call(PATH, &body)), 40066);
    }
}

//! `POST /cgi-bin/clear_quota`: what the app called counts as not called.
//!
//! Official page: "Clear quota" (`clearQuota`). `appid` must be the app of the token. Ten times a month, together
//! with `clear_quota/v2`.
//!
//! Unverified: without `appid` it is 41002; calls of the running minute are forgotten too.

use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::quota_reset::ResetQuota;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("clearQuota", Verb::Post, "/cgi-bin/clear_quota", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let app_id = asked.text("appid")?;
    if app_id.is_empty() {
        return Err(errcode::APPID_MISSING.into());
    }
    if app_id != asked.app_id {
        let why = format!("the access_token is of {}", asked.app_id);
        return Err(errcode::INVALID_APPID.because(why));
    }
    reset(world, &app_id, None)
}

/// Sets back the calls of an app, of one interface or of all.
///
/// # Errors
/// 48006 when it has no reset left in this month.
pub(super) fn reset(world: &mut World, app_id: &str, path: Option<&str>) -> Result<Answer, Fault> {
    let done = world.apply(ResetQuota { app_id, path });
    done.map_err(|error| errcode::CLEAR_QUOTA_LIMIT.because(error.to_string()))?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::{APP, Client, code, code_of};

    const PATH: &str = "/cgi-bin/clear_quota";

    #[test]
    fn the_calls_of_the_day_count_from_nothing_again() {
        let mut client = Client::new(Profile::default());
        let secret = client.world.app_secret(APP).expect("it runs");
        let token =
            format!("/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={secret}");
        for _ in 0..2_000 {
            assert_eq!(code(&client.get(&token)), 0);
        }
        assert_eq!(code(&client.get(&token)), 45009);
        let body = json!({ "appid": APP });
        assert_eq!(
            client.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        assert_eq!(code(&client.get(&token)), 0);
        assert_eq!(client.world.calls_today(APP, "/cgi-bin/token"), 1);
    }

    #[test]
    fn ten_times_a_month_together_with_the_secret() {
        let mut client = Client::new(Profile::default());
        let secret = client.world.app_secret(APP).expect("it runs");
        let by_secret = format!("{PATH}/v2?appid={APP}&appsecret={secret}");
        let body = json!({ "appid": APP });
        for _ in 0..5 {
            assert_eq!(code_of(&client.call(PATH, &body)), 0);
            assert_eq!(code(&client.post(&by_secret, "")), 0);
        }
        assert_eq!(code_of(&client.call(PATH, &body)), 48006);
        assert_eq!(code(&client.post(&by_secret, "")), 48006);
        client.wait(31 * 86_400_000);
        assert_eq!(code_of(&client.call(PATH, &body)), 0, "another month");
    }

    #[test]
    fn only_the_own_app_is_reset() {
        let mut client = Client::new(Profile::default());
        for (body, expected) in [
            (json!({}), 41002),
            (json!({ "appid": "wx2" }), 40013),
            (json!({ "appid": [] }), 47001),
        ] {
            assert_eq!(code_of(&client.call(PATH, &body)), expected, "{body}");
        }
        let url = client.with_token(PATH);
        assert_eq!(code(&client.post(&url, "")), 44002);
        assert_eq!(code(&client.get(&url)), 43002);
        assert_eq!(code(&client.post(PATH, "{}")), 41001);
    }
}

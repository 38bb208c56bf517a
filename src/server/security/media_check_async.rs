//! `POST /wxa/media_check_async`: a check of a picture or sound at an address, whose result is pushed.
//!
//! Official page: "Check media asynchronously" (`mediaCheckAsync`). The answer is the id of the check; the result comes
//! to the program's server as the event `wxa_media_check`. Version 2 names the user and the scene, and its result has
//! another form. 2000 calls a minute, 200,000 a day. Pictures are JPEG, PNG, BMP and GIF, sounds MP3, AAC, AC3, WMA,
//! FLAC, Vorbis, Opus and WAV, of 10 MB at most.
//!
//! Unverified: the day from which it exists; 47001 without an address; 45002 for one that is longer than
//! [`ADDRESS_BYTES_MAX`] bytes; how often one address is checked before 87020
//! ([`REPEATS_MAX`](crate::world::open_api::content_check::REPEATS_MAX)); an address that is no web address is told as
//! one that cannot be loaded.
//!
//! Differs from the platform: nothing is fetched, so format and size are not looked at; the verdict is a rule of the
//! world ([`content_check`](crate::world::open_api::content_check)).

use serde_json::json;

use super::{check_user, is_v2, required, scene};
use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::content_check::{
    ADDRESS_BYTES_MAX, AskMediaCheck, AskProblem, REPEATS_MAX, WAITING_MAX,
};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "mediaCheckAsync",
    Verb::Post,
    "/wxa/media_check_async",
    handle,
)
.since(Date::new(2019, 6, 1))
.per_minute(2_000)
.minute_code(errcode::MINUTE_LIMIT)
.per_day(200_000);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let is_v2 = is_v2(world, asked)?;
    let address = required(asked, "media_url")?;
    if !matches!(&*asked.text("media_type")?, "1" | "2") {
        let why = "`media_type` is 1 for sound and 2 for a picture";
        return Err(errcode::INVALID_MEDIA_TYPE.because(why));
    }
    if address.len() > ADDRESS_BYTES_MAX {
        let why = format!("{} bytes; at most {ADDRESS_BYTES_MAX}", address.len());
        return Err(errcode::CONTENT_TOO_LONG.because(why));
    }
    if is_v2 {
        let open_id = required(asked, "openid")?;
        scene(asked)?;
        check_user(world, &asked.app_id, &open_id)?;
    }
    let trace_id = world.apply(AskMediaCheck {
        app_id: asked.app_id.clone(),
        address,
        is_v2,
    });
    let trace_id = trace_id.map_err(|problem| match problem {
        AskProblem::Repeated => {
            errcode::REPEATED_MEDIUM.because(format!("{REPEATS_MAX} an hour for one address"))
        }
        AskProblem::Full => errcode::SYSTEM_ERROR.because(format!(
            "{WAITING_MAX} checks wait; results come when the clock moves"
        )),
    })?;
    Ok(Answer::with(json!({ "trace_id": trace_id })))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::handover::Recipient;
    use crate::world::open_api::content_check::{
        ContentRules, DELAY_MS, RunDueChecks, SetContentRules, Suggest, Verdict, WAITING_MAX,
    };
    use crate::world::session::MintLoginCode;

    const PATH: &str = "/wxa/media_check_async";

    fn client() -> Client {
        let mut client = Client::new(Profile::default());
        let caller = client.world.caller();
        client.world.apply(MintLoginCode(caller));
        let verdict = Verdict {
            suggest: Suggest::Risky,
            label: 20_002,
        };
        let rules = ContentRules {
            addresses: [("http://bad/*".to_owned(), verdict)].into(),
            ..ContentRules::default()
        };
        client.world.apply(SetContentRules(rules)).expect("rules");
        client
    }

    fn second(client: &Client, address: &str) -> Json {
        json!({
            "media_url": address, "media_type": 2, "version": 2, "scene": 1,
            "openid": client.open_id(),
        })
    }

    #[test]
    fn the_id_comes_at_once_and_the_result_later() {
        let mut client = client();
        let body = second(&client, "http://bad/1.png");
        let answer = client.call(PATH, &body);
        let names: Vec<&String> = answer.as_object().expect("members").keys().collect();
        assert_eq!(names, ["errcode", "errmsg", "trace_id"]);
        assert_eq!((code_of(&answer), &answer["errmsg"]), (0, &json!("ok")));
        let trace_id = answer["trace_id"].as_str().expect("a text").to_owned();
        assert_eq!(
            trace_id.split('-').map(str::len).collect::<Vec<_>>(),
            [8, 8, 8]
        );
        assert!(client.world.handovers().is_empty());
        client.wait(DELAY_MS);
        assert_eq!(client.world.apply(RunDueChecks), 1);
        let handed = &client.world.handovers()[0];
        assert_eq!(handed.to, Recipient::Server(APP.into()));
        assert_eq!(handed.message["trace_id"], trace_id);
        assert_eq!(handed.message["version"], 2);
        assert_eq!(
            handed.message["result"],
            json!({"suggest": "risky", "label": 20_002})
        );
    }

    #[test]
    fn version_one_has_its_own_form_and_needs_no_user() {
        let mut client = client();
        let body = json!({"media_url": "http://bad/1.mp3", "media_type": "1"});
        let answer = client.call(PATH, &body);
        let trace_id = answer["trace_id"].as_str().expect("a text").to_owned();
        assert_eq!((trace_id.len(), trace_id.contains('-')), (32, false));
        client.wait(DELAY_MS);
        client.world.apply(RunDueChecks);
        let message = &client.world.handovers()[0].message;
        assert_eq!(
            (&message["isrisky"], &message["status_code"]),
            (&json!(1), &json!(0))
        );
        assert_eq!(message["trace_id"], trace_id);
    }

    #[test]
    fn what_is_wrong_is_told_in_the_order_of_the_checks() {
        let mut client = client();
        assert_eq!(code(&client.get(PATH)), 43002);
        assert_eq!(code(&client.post(PATH, "{}")), 41001);
        let url = client.with_token(PATH);
        for (body, expected) in [
            ("", 44002),
            ("media_url=a", 47001),
            (r#"{"media_type": 2}"#, 47001),
            (r#"{"media_url": "http://a/1"}"#, 40004),
            (r#"{"media_url": "http://a/1", "media_type": 3}"#, 40004),
        ] {
            assert_eq!(code(&client.post(&url, body)), expected, "{body}");
        }
        let good = second(&client, "http://a/1");
        let mut with = |name: &str, value: Json| {
            let mut body = good.clone();
            body[name] = value;
            code_of(&client.call(PATH, &body))
        };
        assert_eq!(with("openid", Json::Null), 47001);
        assert_eq!(with("scene", Json::Null), 47001);
        assert_eq!(with("scene", json!(5)), 40129);
        assert_eq!(with("openid", json!("o")), 40003);
        assert_eq!(with("media_type", json!(0)), 40004);
        let address = |chars: usize| json!(format!("http://{}", "x".repeat(chars - 7)));
        assert_eq!(with("media_url", address(2_048)), 0);
        assert_eq!(with("media_url", address(2_049)), 45002);
        assert_eq!(client.world.apply(RunDueChecks), 0);
        client.wait(DELAY_MS);
        assert_eq!(
            client.world.apply(RunDueChecks),
            1,
            "what failed is not checked"
        );
        client.wait(2 * 3_600_000);
        assert_eq!(code_of(&client.call(PATH, &good)), 61010);
    }

    #[test]
    fn it_came_in_2019_and_version_two_in_2021() {
        let body = json!({
            "media_url": "http://a/1", "media_type": 2, "version": 2, "scene": 1, "openid": "o",
        });
        let on = |year, month, day| {
            let mut client = Client::new(Profile::on(Date::new(year, month, day)));
            client.call(PATH, &body)
        };
        assert_eq!(code_of(&on(2019, 5, 31)), 40066);
        let first = on(2019, 6, 1);
        assert_eq!(code_of(&first), 0, "version 1: no user");
        assert_eq!(first["trace_id"].as_str().map(str::len), Some(32));
        assert_eq!(code_of(&on(2021, 5, 26)), 40003);
    }

    #[test]
    fn one_address_is_checked_ten_times_an_hour() {
        let mut client = client();
        let body = json!({"media_url": "http://a/1", "media_type": 2});
        for _ in 0..10 {
            assert_eq!(code_of(&client.call(PATH, &body)), 0);
        }
        assert_eq!(code_of(&client.call(PATH, &body)), 87020);
    }

    #[test]
    fn calls_and_waiting_checks_are_limited() {
        let mut client = client();
        let url = client.with_token(PATH);
        let mut number = 0;
        let mut send = |client: &mut Client| {
            number += 1;
            let body = json!({"media_url": format!("http://a/{number}"), "media_type": 2});
            code(&client.post(&url, body.to_string()))
        };
        for _ in 0..WAITING_MAX / 2_000 {
            for _ in 0..2_000 {
                assert_eq!(send(&mut client), 0);
            }
            assert_eq!(send(&mut client), 44991);
            client.wait(60_000);
        }
        assert_eq!(send(&mut client), -1);
        assert_eq!(client.world.apply(RunDueChecks), WAITING_MAX);
        assert_eq!(send(&mut client), 0);
    }
}

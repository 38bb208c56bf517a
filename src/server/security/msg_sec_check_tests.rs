use serde_json::{Value as Json, json};

use crate::profile::{Date, Profile};
use crate::server::testing::{APP, Client, code, code_of};
use crate::world::Caller;
use crate::world::enter_options::EnterOptions;
use crate::world::foreground::{ColdStart, Kill};
use crate::world::open_api::content_check::{ContentRules, SetContentRules, Suggest, Verdict};
use crate::world::registry::{Register, Registered};
use crate::world::session::MintLoginCode;

const PATH: &str = "/wxa/msg_sec_check";
const PROBE: &str = "特3456书yuuo莞6543李zxcz蒜7782法fgnv级";

fn verdict(suggest: Suggest, label: u32) -> Verdict {
    Verdict { suggest, label }
}

/// A user who logged in, and words with verdicts.
fn client() -> Client {
    let mut client = Client::new(Profile::default());
    let caller = client.world.caller();
    client.world.apply(MintLoginCode(caller));
    let mut rules = ContentRules::default();
    for (word, suggest, label) in [
        ("a-good", Suggest::Pass, 20_006),
        ("b-odd", Suggest::Review, 20_003),
        ("c-bad", Suggest::Risky, 20_002),
        ("d-bad", Suggest::Risky, 20_001),
        ("坏\"话", Suggest::Risky, 20_001),
    ] {
        rules.words.insert(word.into(), verdict(suggest, label));
    }
    client.world.apply(SetContentRules(rules)).expect("rules");
    client
}

fn second(client: &Client, changes: Json) -> Json {
    let mut body = json!({
        "version": 2, "openid": client.open_id(), "scene": 2, "content": "hello",
    });
    if let (Json::Object(body), Json::Object(changes)) = (&mut body, changes) {
        body.extend(changes);
    }
    body
}

#[test]
fn version_one_fails_for_a_risky_text() {
    let mut client = client();
    let pass = client.call(PATH, &json!({"content": "hello b-odd a-good"}));
    assert_eq!(pass.to_string(), r#"{"errcode":0,"errmsg":"ok"}"#);
    assert_eq!(
        code_of(&client.call(PATH, &json!({"content": "xc-bady"}))),
        87014
    );
    let probe = client.call(PATH, &json!({"content": PROBE}));
    assert_eq!(code_of(&probe), 87014);
    assert!(
        probe["errmsg"]
            .as_str()
            .is_some_and(|it| it.starts_with("risky content rid: "))
    );
    let quoted = client.call(PATH, &json!({"content": "坏\"话"}));
    assert_eq!(code_of(&quoted), 87014);
}

#[test]
fn version_one_is_the_only_one_before_2021() {
    let mut old = Client::new(Profile::on(Date::new(2018, 6, 4)));
    let body = json!({"version": 2, "content": PROBE});
    let response = old.call(PATH, &body);
    assert_eq!(code_of(&response), 87014);
    assert!(
        response["errmsg"]
            .as_str()
            .is_some_and(|it| it.starts_with("risky content hint: ["))
    );
    assert_eq!(
        code_of(&old.call(PATH, &json!({"version": 2, "content": "a"}))),
        0
    );
    let mut new = Client::new(Profile::on(Date::new(2021, 5, 26)));
    assert_eq!(code_of(&new.call(PATH, &body)), 47001, "no openid");
}

#[test]
fn what_is_written_with_escapes_passes() {
    let mut client = client();
    let escaped: String = PROBE
        .chars()
        .map(|char| match u32::from(char) {
            0..=127 => char.to_string(),
            code => format!("\\u{code:04x}"),
        })
        .collect();
    let url = client.with_token(PATH);
    let escaped = format!(r#"{{"content": "{escaped}"}}"#);
    let read: Json = serde_json::from_str(&escaped).expect("JSON");
    assert_eq!(read["content"], PROBE, "the same text");
    assert_eq!(code(&client.post(&url, escaped)), 0);
    let raw = format!(r#"{{"content": "{PROBE}"}}"#);
    assert_eq!(code(&client.post(&url, raw)), 87014);
    let ascii = r#"{"content": "\u0063-bad"}"#;
    assert_eq!(code(&client.post(&url, ascii)), 87014);
}

#[test]
fn version_two_tells_what_it_found() {
    let mut client = client();
    let body = second(&client, json!({"content": "a-good c-bad b-odd d-bad"}));
    let answer = client.call(PATH, &body);
    let trace_id = answer["trace_id"].as_str().expect("a text").to_owned();
    assert_eq!(
        trace_id.split('-').map(str::len).collect::<Vec<_>>(),
        [8, 8, 8]
    );
    let word = |keyword: &str, suggest: &str, label: u32, level: u32| {
        json!({
            "strategy": "keyword", "errcode": 0, "suggest": suggest, "label": label,
            "level": level, "keyword": keyword,
        })
    };
    let expected = json!({
        "errcode": 0,
        "errmsg": "ok",
        "result": {"suggest": "risky", "label": 20_002},
        "detail": [
            {"strategy": "content_model", "errcode": 0, "suggest": "risky", "label": 20_002, "prob": 90},
            word("a-good", "pass", 20_006, 20),
            word("b-odd", "review", 20_003, 60),
            word("c-bad", "risky", 20_002, 90),
            word("d-bad", "risky", 20_001, 90),
        ],
        "trace_id": trace_id,
    });
    assert_eq!(answer.to_string(), expected.to_string(), "in this order");
}

#[test]
fn version_two_looks_at_every_text() {
    let mut client = client();
    let mut result = |changes| {
        let body = second(&client, changes);
        client.call(PATH, &body)["result"].clone()
    };
    let pass = json!({"suggest": "pass", "label": 100});
    let review = json!({"suggest": "review", "label": 20_003});
    assert_eq!(result(json!({})), pass);
    assert_eq!(
        result(json!({"content": "a-good"})),
        pass,
        "a word that is fine"
    );
    for name in ["content", "title", "nickname"] {
        assert_eq!(result(json!({name: "b-odd"})), review, "{name}");
    }
    assert_eq!(
        result(json!({"signature": "b-odd"})),
        pass,
        "not of a comment"
    );
    assert_eq!(result(json!({"signature": "b-odd", "scene": "1"})), review);
    assert_eq!(
        result(json!({"content": "b-", "title": "odd"})),
        pass,
        "two texts"
    );
    assert_eq!(
        result(json!({"version": "2", "scene": "2"})),
        pass,
        "numbers as texts"
    );
}

#[test]
fn an_answer_tells_ten_words_at_most() {
    let mut client = client();
    let mut rules = ContentRules::default();
    for number in 10..40 {
        let word = format!("w{number}");
        rules.words.insert(word, verdict(Suggest::Review, 20_003));
    }
    let all: Vec<String> = rules.words.keys().cloned().collect();
    client.world.apply(SetContentRules(rules)).expect("rules");
    let body = second(&client, json!({"content": all.join(" ")}));
    let answer = client.call(PATH, &body);
    assert_eq!(answer["detail"].as_array().map(Vec::len), Some(11));
}

#[test]
fn what_is_wrong_is_told_in_the_order_of_the_checks() {
    let mut client = client();
    assert_eq!(code(&client.get(PATH)), 43002);
    assert_eq!(code(&client.post(PATH, "{}")), 41001);
    let url = client.with_token(PATH);
    for (body, expected) in [
        ("", 44002),
        ("content=a", 47001),
        ("{}", 47001),
        (r#"{"content": ""}"#, 47001),
        (r#"{"content": ["a"]}"#, 47001),
        (r#"{"content": "a", "version": []}"#, 47001),
        (r#"{"content": "a", "version": 3}"#, 0),
        (r#"{"content": 5}"#, 0),
        (r#"{"version": 2, "openid": "o", "scene": 1}"#, 47001),
        (r#"{"version": 2, "content": "a", "scene": 1}"#, 47001),
        (r#"{"version": 2, "content": "a", "openid": "o"}"#, 47001),
        (
            r#"{"version": 2, "content": "a", "openid": "o", "scene": 0}"#,
            40129,
        ),
        (
            r#"{"version": 2, "content": "a", "openid": "o", "scene": 5}"#,
            40129,
        ),
        (
            r#"{"version": 2, "content": "a", "openid": "o", "scene": "x"}"#,
            40129,
        ),
        (
            r#"{"version": 2, "content": "a", "openid": "o", "scene": 4}"#,
            40003,
        ),
    ] {
        assert_eq!(code(&client.post(&url, body)), expected, "{body}");
    }
}

#[test]
fn texts_have_their_limits() {
    let mut client = client();
    let first = |client: &mut Client, bytes: usize| {
        code_of(&client.call(PATH, &json!({"content": "x".repeat(bytes)})))
    };
    assert_eq!(first(&mut client, 500 * 1_024), 0);
    assert_eq!(first(&mut client, 500 * 1_024 + 1), 45002);
    for name in ["content", "title", "nickname", "signature"] {
        let mut of_chars = |chars: usize| {
            let body = second(&client, json!({name: "字".repeat(chars)}));
            code_of(&client.call(PATH, &body))
        };
        assert_eq!(of_chars(2_500), 0, "{name}");
        assert_eq!(of_chars(2_501), 45002, "{name}");
    }
}

#[test]
fn the_user_is_one_of_the_app_and_was_active_within_two_hours() {
    let mut client = client();
    let other = Registered {
        app_id: "wx2".into(),
        ..Registered::default()
    };
    client.world.apply(Register(other)).expect("another app");
    let ask = |client: &mut Client, open_id: &str| {
        let body = second(client, json!({"openid": open_id}));
        code_of(&client.call(PATH, &body))
    };
    let user = client.world.user().id.clone();
    let own = client.open_id();
    let elsewhere = client.world.open_id(&Caller::new("wx2", &*user));
    assert_eq!(ask(&mut client, &elsewhere), 43104);
    assert_eq!(ask(&mut client, "oNobody"), 40003);
    let url = client.with_token_of("wx2", PATH);
    let body = second(&client, json!({}));
    assert_eq!(
        code(&client.post(&url, body.to_string())),
        43104,
        "of the running one"
    );
    client.wait(2 * 3_600_000);
    assert_eq!(ask(&mut client, &own), 0);
    client.wait(1);
    assert_eq!(ask(&mut client, &own), 61010);
    client.world.apply(ColdStart(EnterOptions::new("", 1001)));
    assert_eq!(ask(&mut client, &own), 0, "the program is open");
    client.wait(3 * 3_600_000);
    assert_eq!(ask(&mut client, &own), 0, "it is still open");
    client.world.apply(Kill);
    assert_eq!(ask(&mut client, &own), 61010, "opened three hours ago");
    let never = Client::new(Profile::default());
    let mut never = Client { world: never.world };
    let own = never.open_id();
    assert_eq!(ask(&mut never, &own), 61010);
}

#[test]
fn four_thousand_a_minute() {
    let mut client = client();
    let url = client.with_token(PATH);
    for _ in 0..4_000 {
        assert_eq!(code(&client.post(&url, r#"{"content":"a"}"#)), 0);
    }
    let response = client.post(&url, r#"{"content":"a"}"#);
    assert_eq!(code(&response), 44991);
    assert_eq!(response.why, "4000 a minute");
    client.wait(60_000);
    assert_eq!(code(&client.post(&url, r#"{"content":"a"}"#)), 0);
    assert_eq!(client.world.calls_today(APP, PATH), 4_001);
}

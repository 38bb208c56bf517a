use serde_json::{Value as Json, json};

use super::{
    ADDRESSES_COUNTED_MAX, AskMediaCheck, AskProblem, ContentRules, DELAY_MS, LABELS, REPEATS_MAX,
    REPEATS_MS, RULES_MAX, RulesError, RunDueChecks, SetContentRules, Suggest, Verdict,
    WAITING_MAX,
};
use crate::crypto::digest::sha256;
use crate::profile::Profile;
use crate::world::handover::Recipient;
use crate::world::{AdvanceTo, AppFacts, World};

fn world() -> World {
    World::new(Profile::default(), AppFacts::default(), 1)
}

fn verdict(suggest: Suggest, label: u32) -> Verdict {
    Verdict { suggest, label }
}

fn ask(world: &mut World, address: &str, is_v2: bool) -> Result<String, AskProblem> {
    world.apply(AskMediaCheck {
        app_id: "wx1".into(),
        address: address.into(),
        is_v2,
    })
}

fn wait(world: &mut World, ms: i64) {
    world.apply(AdvanceTo(world.now().plus(ms)));
}

/// The event about an address.
fn event(rules: ContentRules, address: &str, is_v2: bool) -> Json {
    let mut world = world();
    assert_eq!(world.apply(SetContentRules(rules)), Ok(()));
    ask(&mut world, address, is_v2).expect("it waits");
    wait(&mut world, DELAY_MS);
    assert_eq!(world.apply(RunDueChecks), 1);
    world.handovers()[0].message.clone()
}

fn rules() -> ContentRules {
    ContentRules {
        addresses: [
            ("http://a/*".to_owned(), verdict(Suggest::Review, 20_003)),
            ("http://a/bad/*".to_owned(), verdict(Suggest::Risky, 20_002)),
            ("http://a/bad/good".to_owned(), Verdict::PASS),
        ]
        .into(),
        contents: [(sha256(b"x"), verdict(Suggest::Risky, 20_006))].into(),
        unreachable: ["http://gone/*".to_owned()].into(),
        ..ContentRules::default()
    }
}

#[test]
fn a_result_comes_once_it_is_due_and_once_only() {
    let mut world = world();
    assert_eq!(world.next_check_due(), None);
    let trace_id = ask(&mut world, "http://a/1", true).expect("it waits");
    assert_eq!(world.next_check_due(), Some(world.now().plus(DELAY_MS)));
    wait(&mut world, DELAY_MS - 1);
    assert_eq!(world.apply(RunDueChecks), 0);
    assert!(world.handovers().is_empty());
    wait(&mut world, 1);
    assert_eq!(
        (world.apply(RunDueChecks), world.apply(RunDueChecks)),
        (1, 0)
    );
    assert_eq!((world.handovers().len(), world.next_check_due()), (1, None));
    let handed = &world.handovers()[0];
    assert_eq!(handed.to, Recipient::Server("wx1".into()));
    let expected = json!({
        "ToUserName": world.original_id("wx1"),
        "FromUserName": handed.message["FromUserName"],
        "CreateTime": world.now().0 / 1_000,
        "MsgType": "event",
        "Event": "wxa_media_check",
        "appid": "wx1",
        "trace_id": trace_id,
        "version": 2,
        "detail": [{
            "strategy": "content_model", "errcode": 0, "suggest": "pass", "label": 100, "prob": 90,
        }],
        "errcode": 0,
        "errmsg": "ok",
        "result": {"suggest": "pass", "label": 100},
    });
    assert_eq!(
        handed.message.to_string(),
        expected.to_string(),
        "in this order"
    );
    let from = handed.message["FromUserName"].as_str().expect("a text");
    assert!(from.len() == 28 && from.starts_with('o'), "{from}");
}

#[test]
fn the_form_of_version_one_tells_risk_alone() {
    let told = |address| {
        let event = event(rules(), address, false);
        let trace_id = event["trace_id"].as_str().expect("a text").to_owned();
        assert!(trace_id.len() == 32 && trace_id.chars().all(super::is_hex));
        assert_eq!(event["extra_info_json"], "");
        assert_eq!(
            (&event["appid"], &event["detail"]),
            (&json!("wx1"), &json!([]))
        );
        assert_eq!((event.get("result"), event.get("version")), (None, None));
        (event["isrisky"].clone(), event["status_code"].clone())
    };
    assert_eq!(told("http://b/1"), (json!(0), json!(0)));
    assert_eq!(told("http://a/bad/1"), (json!(1), json!(0)));
    assert_eq!(told("http://a/1"), (json!(0), json!(0)), "to be reviewed");
    assert_eq!(told("http://gone/1"), (json!(0), json!(4_294_966_288_u32)));
}

#[test]
fn the_longest_rule_for_an_address_counts_then_a_hash_in_it() {
    let hash = sha256(b"x");
    for (address, errcode, suggest, label) in [
        ("http://b/1".to_owned(), 0, "pass", 100),
        ("http://a/1".to_owned(), 0, "review", 21_000),
        ("http://a/bad/1".to_owned(), 0, "risky", 20_002),
        ("http://a/bad/good".to_owned(), 0, "pass", 100),
        (format!("https://b/{hash}.png"), 0, "risky", 20_006),
        (format!("https://b/0{hash}.png"), 0, "pass", 100),
        ("http://gone/1".to_owned(), -1_008, "pass", 100),
        ("cloud://1".to_owned(), -1_008, "pass", 100),
    ] {
        let event = event(rules(), &address, true);
        assert_eq!(event["errcode"], errcode, "{address}");
        assert_eq!(event["detail"][0]["errcode"], errcode, "{address}");
        let expected = json!({"suggest": suggest, "label": label});
        assert_eq!(event["result"], expected, "{address}");
    }
}

#[test]
fn what_is_due_first_comes_first() {
    let mut world = world();
    ask(&mut world, "http://a/late", true).expect("it waits");
    let quick = ContentRules {
        delay_ms: 0,
        ..ContentRules::default()
    };
    assert_eq!(world.apply(SetContentRules(quick)), Ok(()));
    let first = ask(&mut world, "http://a/1", true).expect("it waits");
    let second = ask(&mut world, "http://a/2", true).expect("it waits");
    assert_eq!(world.apply(RunDueChecks), 2);
    let told = world
        .handovers()
        .iter()
        .map(|it| it.message["trace_id"].clone());
    assert_eq!(told.collect::<Vec<_>>(), [first, second]);
    wait(&mut world, DELAY_MS);
    assert_eq!(world.apply(RunDueChecks), 1);
}

#[test]
fn an_address_is_checked_so_often_within_an_hour() {
    let mut world = world();
    for _ in 0..REPEATS_MAX {
        assert!(ask(&mut world, "http://a/1", true).is_ok());
    }
    assert_eq!(
        ask(&mut world, "http://a/1", true),
        Err(AskProblem::Repeated)
    );
    assert!(ask(&mut world, "http://a/2", true).is_ok(), "another one");
    let of_other = AskMediaCheck {
        app_id: "wx2".into(),
        address: "http://a/1".into(),
        is_v2: true,
    };
    assert!(world.apply(of_other).is_ok(), "another app");
    wait(&mut world, REPEATS_MS - 1);
    assert_eq!(
        ask(&mut world, "http://a/1", true),
        Err(AskProblem::Repeated)
    );
    wait(&mut world, 1);
    assert!(ask(&mut world, "http://a/1", true).is_ok());
}

#[test]
fn nothing_grows_without_end() {
    let mut world = world();
    for number in 0..WAITING_MAX {
        assert!(ask(&mut world, &format!("http://a/{number}"), false).is_ok());
    }
    assert_eq!(ask(&mut world, "http://b/", false), Err(AskProblem::Full));
    let checks = &world.open_api.checks;
    assert_eq!(checks.repeats.len(), ADDRESSES_COUNTED_MAX);
    assert_eq!(checks.repeated.len(), ADDRESSES_COUNTED_MAX);
    wait(&mut world, DELAY_MS);
    assert_eq!(world.apply(RunDueChecks), WAITING_MAX);
    assert!(ask(&mut world, "http://b/", false).is_ok());
}

#[test]
fn the_usual_rules_know_the_probe_texts() {
    let world = world();
    let found = |text: &str| world.words_found(text).count();
    assert_eq!(found("a 特3456书yuuo莞6543李zxcz蒜7782法fgnv级 b"), 1);
    assert_eq!(found("完2347全dfji试3726测asad感3847知qwez到"), 1);
    assert_eq!(found("hello"), 0);
    assert_eq!(world.verdict_of(b"x"), Verdict::PASS);
}

#[test]
fn a_file_is_known_by_its_hash() {
    let mut world = world();
    assert_eq!(world.apply(SetContentRules(rules())), Ok(()));
    assert_eq!(world.verdict_of(b"x"), verdict(Suggest::Risky, 20_006));
    assert_eq!(world.verdict_of(b"y"), Verdict::PASS);
}

#[test]
fn rules_that_cannot_be_change_nothing() {
    let mut world = world();
    let mut refused = |change: fn(&mut ContentRules)| {
        let mut rules = ContentRules::default();
        change(&mut rules);
        let result = world.apply(SetContentRules(rules));
        assert_eq!(*world.content_rules(), ContentRules::default());
        result.expect_err("no rules")
    };
    let empty = refused(|rules| {
        rules.words.insert(String::new(), Verdict::PASS);
    });
    assert_eq!(empty, RulesError::Empty);
    let empty = refused(|rules| {
        rules.unreachable.insert(String::new());
    });
    assert_eq!(empty, RulesError::Empty);
    let label = refused(|rules| {
        rules.words.insert("a".into(), verdict(Suggest::Risky, 1));
    });
    assert_eq!(label, RulesError::Label(1));
    let hash = refused(|rules| {
        rules.contents.insert("A0".into(), Verdict::PASS);
    });
    assert_eq!(hash, RulesError::Hash("A0".into()));
    assert_eq!(refused(|rules| rules.delay_ms = -1), RulesError::Delay);
    let many = refused(|rules| {
        let names = (0..=RULES_MAX).map(|number| (number.to_string(), Verdict::PASS));
        rules.addresses = names.collect();
    });
    assert_eq!(many, RulesError::TooMany);
    assert!(LABELS.contains(&Verdict::PASS.label));
}

#[test]
fn rules_are_read_from_json() {
    let text = r#"{"words": {"bad": {"suggest": "review", "label": 20003}}, "delay_ms": 5}"#;
    let rules: ContentRules = serde_json::from_str(text).expect("rules");
    assert_eq!(rules.words["bad"], verdict(Suggest::Review, 20_003));
    assert_eq!((rules.words.len(), rules.delay_ms), (1, 5));
    assert!(serde_json::from_str::<ContentRules>(r#"{"word": {}}"#).is_err());
}

//! Random requests to the control interface: none panics, and each gets an answer.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value as Json;

use super::{APP, CONTROL, all_calls, answer, world};
use crate::server::{Request, Response};

const NAMES: &[&str] = &[
    "addresses",
    "advance",
    "answer",
    "appid",
    "audit_ms",
    "cardExt",
    "cardId",
    "contents",
    "delayMs",
    "delay_ms",
    "encodingAesKey",
    "errcode",
    "gender",
    "isBanned",
    "isCut",
    "keywords",
    "mode",
    "name",
    "nickname",
    "number",
    "out_trade_no",
    "params",
    "path",
    "places",
    "poi_id",
    "prepay_id",
    "refused",
    "sessionFrom",
    "status",
    "templates",
    "text",
    "times",
    "title",
    "to",
    "token",
    "url",
    "user",
    "words",
];

fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        APP,
        "li",
        "user",
        "accept",
        "cancel",
        "3d",
        "99999999999999999999d",
        "/sns/*",
        "*",
        "http://127.0.0.1:1/p",
        "safe",
        "one-time",
        "",
        "<script>",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (-2..1_000_i64).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        word().prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            members(inner),
        ]
    })
}

fn members(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    let known = prop::sample::select(NAMES).prop_map(str::to_owned);
    let name = prop_oneof![9 => known, 1 => any::<String>()];
    let members = prop::collection::vec((name, value), 0..5);
    members.prop_map(|members| members.into_iter().collect())
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => members(json()).prop_map(|it| it.to_string().into_bytes()),
        1 => json().prop_map(|it| it.to_string().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..64),
        1 => Just(Vec::new()),
    ]
}

fn path() -> impl Strategy<Value = (String, String)> {
    let calls = all_calls().into_iter();
    let calls = calls.map(|(method, path)| (method.to_uppercase(), path));
    let known = prop::sample::select(calls.collect::<Vec<_>>());
    let any_path = (any::<String>(), any::<String>());
    let any_path = any_path.prop_map(|(method, path)| (method, format!("{CONTROL}{path}")));
    prop_oneof![19 => known, 1 => any_path]
}

/// As many cases as PROPTEST_CASES says, always the same ones.
#[test]
fn every_request_gets_an_answer() {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let requests = prop::collection::vec((path(), body()), 1..6);
    let result = runner.run(&requests, |requests| {
        let mut world = world();
        for ((method, path), body) in requests {
            let request = Request {
                method,
                ..Request::post(&path, body)
            };
            check(&request, &answer(&mut world, &request))?;
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn check(request: &Request, response: &Response) -> Result<(), TestCaseError> {
    let kind = response.header("content-type").unwrap_or_default();
    let told = response.body_json();
    match response.status {
        200 => prop_assert!(!kind.is_empty(), "{:?}", request),
        400 | 404 | 405 => prop_assert!(told["error"].is_string(), "{:?}", request),
        other => prop_assert!(false, "{} {:?}", other, request),
    }
    prop_assert!(
        kind != "application/json" || !told.is_null(),
        "{:?}",
        request
    );
    Ok(())
}

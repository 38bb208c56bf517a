//! A test run that holds every outcome and every kind of failure.

use serde_json::{Value as Json, json};
use wxsim::diagnostic::{Diagnostic, Place};
use wxsim::report::suite::{Failure, FailureKind, FileResult, Outcome, SuiteResult, TestResult};
use wxsim::runtime::trace::Entry;

/// What the code of the made-up program names.
pub(crate) fn named() -> Vec<String> {
    let names = [
        "wx.getLocation",
        "showModal",
        "requestPayment",
        "saveImageToPhotosAlbum",
        "nothing",
    ];
    names.map(str::to_owned).to_vec()
}

/// The run.
pub(crate) fn suite() -> SuiteResult {
    SuiteResult {
        files: vec![good(), cart(), errors(), broken()],
        wall_ms: 4321,
        is_cut: true,
    }
}

/// Entries from their events, each with its time.
fn trace(events: &[(i64, Json)]) -> Vec<Entry> {
    let numbered = (1..).zip(events);
    let entries = numbered.map(|(n, (t, event)): (u64, _)| {
        let mut entry = json!({ "n": n, "t": t, "task": 0 });
        let members = event.as_object().expect("an event is an object").clone();
        entry.as_object_mut().expect("an object").extend(members);
        serde_json::from_value(entry).unwrap_or_else(|problem| panic!("{event}: {problem}"))
    });
    entries.collect()
}

fn start() -> (i64, Json) {
    let profile = json!({ "compat_date": "2026-07-30", "sdk": "3.17.0", "client": "8.0.74", "platform": "ios" });
    (
        0,
        json!({
            "type": "start", "wxsim": "0.1.0", "seed": 7, "profile": profile,
            "appId": "wx1", "unixMs": 1_785_373_200_000_i64,
        }),
    )
}

fn step(t: i64, step: &str) -> (i64, Json) {
    (t, json!({ "type": "step", "step": step }))
}

fn call(t: i64, call: u32, api: &str) -> (i64, Json) {
    (
        t,
        json!({ "type": "call", "call": call, "api": api, "options": { "a": 1 } }),
    )
}

fn reply(t: i64, call: u32, api: &str, words: &str) -> (i64, Json) {
    let result = json!({ "errMsg": format!("{api}:{words}") });
    (
        t,
        json!({ "type": "reply", "call": call, "api": api, "result": result }),
    )
}

fn asked(t: i64, question: u32, key: &str, text: &str) -> (i64, Json) {
    (
        t,
        json!({ "type": "question", "question": question, "call": 1, "key": key, "text": text }),
    )
}

fn answered(t: i64, question: u32, key: &str, answer: &Json) -> (i64, Json) {
    (
        t,
        json!({ "type": "answer", "question": question, "key": key, "answer": answer, "choice": 1 }),
    )
}

fn error(t: i64, kind: &str, message: &str) -> (i64, Json) {
    let frame =
        json!({ "function": "onPay", "file": "pages/cart/cart.js", "line": 3, "column": 5 });
    (
        t,
        json!({
            "type": "error", "kind": kind, "place": "pages/cart/cart onPay", "fault": "app",
            "name": "TypeError", "message": message, "stack": [frame],
            "source_line": "    this.order.pay();", "sourceLine": "    this.order.pay();",
        }),
    )
}

fn test(titles: &[&str], outcome: Outcome, events: &[(i64, Json)]) -> TestResult {
    TestResult {
        titles: titles.iter().map(|it| (*it).to_owned()).collect(),
        place: Some(Place::at("shop/tests/cart.test.js", 12, 1, 4)),
        outcome,
        wall_ms: 12.0,
        virtual_ms: events.last().map_or(0, |(t, _)| *t),
        trace: trace(events),
        ..TestResult::default()
    }
}

/// A test that failed in one way.
fn bad(title: &str, failure: Failure, events: &[(i64, Json)]) -> TestResult {
    let mut test = test(&["cart", title], failure.kind.outcome(), events);
    test.failures = vec![failure];
    test.replay = format!("wxsim test shop/tests/cart.test.js --name 'cart › {title}' --seed 7");
    test
}

const APP: &str = "Page({\n  onPay() {\n    this.order.pay();\n  }\n});\n";
const TEST: &str = "test('pays', async ({ app, user }) => {\n  await user.tap('#buy');\n\n  expect(app).toHaveData({ 状态: '已支付', total: 100 });\n});\n";

fn failure(kind: FailureKind, message: &str) -> Failure {
    Failure::new(kind, message)
}

/// A failure in the app's code.
fn in_app(kind: FailureKind, message: &str) -> Failure {
    let mut failure = failure(kind, message);
    let mut place = Place::at("pages/cart/cart.js", 3, 5, 4);
    let source = (1..)
        .zip(APP.lines())
        .map(|(line, text)| (line, text.to_owned()));
    failure.source = source.collect();
    place = place.with_source("    this.order.pay();");
    failure.place = Some(place);
    failure.stack = vec![
        "pages/cart/cart.js:3:5 onPay".into(),
        "pages/cart/cart.js:2:3".into(),
    ];
    failure
}

fn assertion() -> Failure {
    let diff = "  {\n-   total: 100,\n+   total: 90,\n    状态: '已支付',\n  }";
    let message =
        format!("expect(app).toHaveData(expected)\n\n- Expected  - 1\n+ Received  + 1\n\n{diff}");
    let mut failure = failure(FailureKind::Assertion, &message);
    failure.matcher = "toHaveData".into();
    failure.diff = diff.into();
    failure.place = Some(Place::at("shop/tests/cart.test.js", 4, 15, 10));
    let source = (1..)
        .zip(TEST.lines())
        .map(|(line, text)| (line, text.to_owned()));
    failure.source = source.collect();
    failure
}

/// A launch and a tap that asks for the location and is refused, and later allowed on the settings page.
fn refused() -> Vec<(i64, Json)> {
    vec![
        start(),
        step(0, "launch pages/cart/cart"),
        (
            0,
            json!({ "type": "enter", "kind": "launch", "options": { "path": "pages/cart/cart", "scene": 1001 } }),
        ),
        (0, json!({ "type": "task", "cause": "render" })),
        step(50, "tap #buy"),
        call(50, 1, "getLocation"),
        asked(50, 1, "scope.userLocation", "我们需要你的位置"),
        answered(1050, 1, "scope.userLocation", &json!("deny")),
        reply(1060, 1, "getLocation", "fail auth deny"),
        (
            1060,
            json!({ "type": "setData", "route": "pages/cart/cart", "page": 1, "data": { "total": 90 } }),
        ),
        step(259_201_060, "settings {\"scope.userLocation\":true}"),
        (
            259_201_060,
            json!({ "type": "request", "call": 2, "method": "POST", "url": "https://shop.example/pay?id=1" }),
        ),
    ]
}

fn good() -> FileResult {
    let mut slow = test(&["home", "opens"], Outcome::Passed, &refused());
    slow.variant = vec![("persona".into(), "deny-all".into())];
    slow.tags = vec!["@slow".into()];
    slow.wall_ms = 1240.0;
    FileResult {
        path: "shop/tests/good.test.js".into(),
        project: "shop".into(),
        tests: vec![
            test(
                &["home", "asks"],
                Outcome::Passed,
                &[start(), step(0, "back")],
            ),
            slow,
        ],
        wall_ms: 40,
        ..FileResult::default()
    }
}

fn with(events: Vec<(i64, Json)>, more: &[(i64, Json)]) -> Vec<(i64, Json)> {
    events.into_iter().chain(more.iter().cloned()).collect()
}

/// What tests find wrong.
fn cart() -> FileResult {
    let mut soft = bad("pays", assertion(), &refused());
    soft.tags = vec!["@pay".into()];
    soft.failures.push(failure(
        FailureKind::Assertion,
        "expect(received).toBe(expected)\n\nExpected: 1\nReceived: \"<b>]]>&\"",
    ));
    let mut tests = vec![soft, in_vain(), without_route()];
    tests.extend(mistakes_of_the_app());
    tests.extend(mistakes_of_the_test());
    FileResult {
        path: "shop/tests/cart.test.js".into(),
        project: "shop".into(),
        tests,
        diagnostics: vec![
            Diagnostic::warning("the page has no title")
                .at(Place::at("pages/cart/cart.json", 2, 3, 1))
                .help("add navigationBarTitleText"),
        ],
        wall_ms: 812,
        ..FileResult::default()
    }
}

/// A question that nobody answers.
fn in_vain() -> TestResult {
    let t = 259_201_070;
    let unanswered = json!({ "type": "unanswered", "question": 2, "key": "pay", "answers": ["pay", "cancel", "ignore"] });
    let more = [
        step(t, "tap #pay"),
        call(t, 3, "requestPayment"),
        asked(t, 2, "pay", "￥1.00"),
        (t, unanswered),
    ];
    let failure = failure(FailureKind::UnansweredQuestion, "nobody answers `pay`");
    bad("asks in vain", failure, &with(refused(), &more))
}

/// A request and a collection that nobody declared.
fn without_route() -> TestResult {
    let t = 259_201_070;
    let unrouted = json!({ "type": "unrouted", "call": 2, "method": "POST", "url": "https://shop.example/pay?id=1" });
    let undeclared = json!({ "type": "undeclared", "call": 3, "name": "db.orders" });
    let failed = reply(t + 10, 2, "request", "fail url not in domain list");
    let message = "no route answers POST https://shop.example/pay";
    let failure = failure(FailureKind::UnmatchedRequest, message);
    bad(
        "has no route",
        failure,
        &with(refused(), &[(t, unrouted), (t, undeclared), failed]),
    )
}

fn mistakes_of_the_app() -> Vec<TestResult> {
    let message = "cannot read 'pay' of undefined";
    let threw = [
        error(259_201_070, "exception", message),
        step(259_201_090, "back"),
    ];
    let rejected = [error(259_201_070, "rejection", "no order")];
    let console =
        json!({ "type": "console", "level": "error", "text": "##[error]bad \u{1b}[31m thing" });
    let exception = in_app(FailureKind::AppException, &format!("TypeError: {message}"));
    let rejection = in_app(
        FailureKind::UnhandledRejection,
        "Uncaught (in promise) TypeError: no order",
    );
    let complaint = failure(
        FailureKind::ConsoleError,
        "console.error: ##[error]bad \u{1b}[31m thing",
    );
    vec![
        bad("throws", exception, &with(refused(), &threw)),
        bad("rejects", rejection, &with(refused(), &rejected)),
        bad(
            "complains",
            complaint,
            &[start(), step(0, "tap #buy"), (50, console)],
        ),
    ]
}

fn mistakes_of_the_test() -> Vec<TestResult> {
    let mut stuck = failure(
        FailureKind::Stuck,
        "nothing can happen any more, and the test still waits",
    );
    stuck.help = "let time pass with clock.advance(), or answer what was asked".into();
    let action = failure(
        FailureKind::Action,
        "no element is `#none`; there are #buy, #pay",
    );
    let snapshot = failure(
        FailureKind::Snapshot,
        "the snapshot `home 1` is new\nand the run may not write it",
    );
    vec![
        bad(
            "waits",
            stuck,
            &[start(), step(0, "tap #buy"), step(10, "advance 1h")],
        ),
        bad("taps nothing", action, &[start(), step(0, "tap #none")]),
        bad("<script>alert('1 & 2')</script> | # `x`", snapshot, &[]),
    ]
}

/// What cannot be run to its end, and what is not run.
fn errors() -> FileResult {
    let mut threw = failure(
        FailureKind::TestException,
        "ReferenceError: total is not defined",
    );
    threw.place =
        Some(Place::at("shop/tests/errors.test.js", 3, 9, 0).with_source("  const x = total;"));
    threw.stack = vec!["shop/tests/errors.test.js:3:9".into()];
    let events = [start(), step(0, "tap #buy")];
    let limit = |kind, text: &str| bad(text, failure(kind, text), &events);
    FileResult {
        path: "shop/tests/errors.test.js".into(),
        project: "shop".into(),
        tests: vec![
            bad("is wrong itself", threw, &[]),
            limit(FailureKind::TimeLimit, "it took longer than 5 s"),
            limit(FailureKind::MemoryLimit, "it used more than 256 MiB"),
            limit(FailureKind::StackOverflow, "the native stack overflowed"),
            limit(FailureKind::Crashed, "the process ended with signal 6"),
            test(&["is skipped"], Outcome::Skipped, &[]),
            test(&["is to be written # soon"], Outcome::Todo, &[]),
        ],
        wall_ms: 3400,
        ..FileResult::default()
    }
}

/// A file that does not load.
fn broken() -> FileResult {
    let mut problem = failure(FailureKind::Load, "SyntaxError: unexpected token `)`");
    problem.place =
        Some(Place::at("shop/tests/broken.test.js", 1, 6, 1).with_source("test()) => {"));
    FileResult {
        path: "shop/tests/broken.test.js".into(),
        project: "shop".into(),
        problem: Some(problem),
        wall_ms: 3,
        ..FileResult::default()
    }
}

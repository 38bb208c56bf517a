//! The examples of the API rows run, and give the replies that the documentation shows.

use std::collections::BTreeMap;

use serde_json::json;
use wxsim::api::{APIS, rows};
use wxsim::runtime::Policy;
use wxsim::runtime::trace::{Entry, Event};
use wxsim::spec::{Example, Form, shown_name};
use wxsim::world::scope::Scope;

use crate::play::Play;

/// A user who agrees to everything.
fn agreeable() -> Policy {
    let mut policy = Policy::default();
    let scopes = Scope::ALL.map(|scope| format!("{}=allow", scope.name()));
    let others = [
        "modal=confirm",
        "actionSheet=0",
        "settings={}",
        "privacy=agree",
        "profile=allow",
        "location=choose",
        "poi=city",
        "licensePlate=choose",
        "contact=ok",
        "conversation=return",
        "feedback=cancel",
        "calendar=ok",
        "subscribe=allow",
        "soter=recognised",
        "address=choose",
        "invoiceTitle=choose",
        "invoice=choose",
        "card=ok",
        "phoneCall=confirm",
        "media=choose",
        "file=choose",
        r#"scan={"result":"hello"}"#,
        "edit=ok",
        "openProgram=allow",
        "program=back",
    ]
    .map(str::to_owned);
    for rule in scopes.iter().chain(&others) {
        policy.add_text(rule).expect("the words of the vocabulary");
    }
    policy
}

/// The APIs that app.json declares; two of them exclude each other.
fn private_infos(js: &str) -> Vec<&'static str> {
    let fuzzy = js.contains("getFuzzyLocation");
    vec![
        if fuzzy {
            "getFuzzyLocation"
        } else {
            "getLocation"
        },
        "chooseLocation",
        "choosePoi",
        "chooseAddress",
        "startLocationUpdate",
        "startLocationUpdateBackground",
    ]
}

/// Runs an example as the handler of a tap; a tab bar with `home` and `mine` is there.
fn run(example: &Example) -> Result<Vec<Entry>, String> {
    let page = |name: &str| format!("pages/{name}/{name}");
    let tab = |name: &str| json!({ "pagePath": page(name), "text": name });
    let pages = ["index", "other", "home", "mine"].map(page);
    let mut play = Play {
        go: example.js.to_owned(),
        app_json: BTreeMap::from([
            ("pages".to_owned(), json!(pages)),
            (
                "requiredPrivateInfos".to_owned(),
                json!(private_infos(example.js)),
            ),
            (
                "permission".to_owned(),
                json!({ "scope.userLocation": { "desc": "to find shops" } }),
            ),
            (
                "tabBar".to_owned(),
                json!({ "list": [tab("home"), tab("mine")] }),
            ),
        ]),
        steps: vec!["gesture go".to_owned()],
        ..Play::default()
    };
    for name in ["home", "mine"] {
        let path = page(name);
        play.files.insert(format!("{path}.js"), "Page({})".into());
        play.files.insert(format!("{path}.wxml"), "<view/>".into());
    }
    play.config.policy = agreeable();
    let routes = [
        r#"* https://example.com/* = 200 {"hello":"world"}"#,
        "WS wss://example.com/* = open echo",
    ];
    let routes = routes.iter().map(|route| route.parse().expect(route));
    play.config.routes = routes.collect();
    play.run()
}

/// What is wrong with an example; `None` when it does what the row says.
fn problem(example: &Example) -> Option<String> {
    let entries = match run(example) {
        Ok(entries) => entries,
        Err(problem) => return Some(problem),
    };
    let error = entries.iter().find_map(|entry| match &entry.event {
        Event::Error { exception, .. } => Some(exception.text()),
        Event::Unanswered { key, .. } => Some(format!("nobody answers {key}")),
        _ => None,
    });
    let replies = entries.iter().filter_map(|entry| match &entry.event {
        Event::Reply { result, .. } => result["errMsg"].as_str(),
        _ => None,
    });
    let replies = replies.collect::<Vec<_>>().join("\n");
    let differs =
        (replies != example.replies).then(|| format!("{:?}, not {:?}", replies, example.replies));
    error.or(differs)
}

#[test]
fn every_example_gives_its_replies() {
    let examples =
        rows().flat_map(|api| api.spec.examples.iter().map(move |example| (api, example)));
    let wrong: Vec<String> = examples
        .filter_map(|(api, example)| {
            let problem = problem(example)?;
            Some(format!(
                "{}, “{}”: {problem}",
                shown_name(api.spec.name),
                example.title
            ))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_api_has_an_example_that_uses_it() {
    let unused: Vec<&str> = APIS
        .iter()
        .filter(|api| {
            if matches!(api.spec.form, Form::Button { .. }) {
                return false;
            }
            let end = if api.spec.form == Form::Holder {
                ""
            } else {
                "("
            };
            let call = format!("wx.{}{end}", api.spec.name);
            !api.spec
                .examples
                .iter()
                .any(|example| example.js.contains(&call))
        })
        .map(|api| api.spec.name)
        .collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn an_example_that_fails_or_throws_is_seen() {
    let example = |js, replies| Example {
        title: "",
        js,
        replies,
    };
    for wrong in [
        example("wx.login()", ""),
        example("wx.login()", "login:fail"),
        example("throw new Error('no')", ""),
        example(
            "wx.getStorage({ key: 'k' })",
            "getStorage:fail data not found",
        ),
        example("wx.nothing()", ""),
        example("}", ""),
    ] {
        assert!(problem(&wrong).is_some(), "{}", wrong.js);
    }
    assert_eq!(problem(&example("wx.login()", "login:ok")), None);
}

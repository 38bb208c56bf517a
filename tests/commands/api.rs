//! `wxsim api`

use std::collections::BTreeSet;

use serde_json::Value as Json;
use wxsim::api::names::NAMES;
use wxsim::api::unmodelled::RETIRED;
use wxsim::api::{APIS, CLASSES};

use crate::support::Wxsim;

fn api(arguments: &[&str]) -> Wxsim {
    Wxsim::new().arg("api").args(arguments)
}

#[test]
fn the_table_has_every_member_under_its_support() {
    let ended = api(&[]).finishes(0);
    let words: BTreeSet<&str> = ended.stdout.split([' ', ',', '\n']).collect();
    let missing: Vec<&str> = NAMES
        .iter()
        .map(|name| name.name)
        .filter(|name| !words.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
    ended.prints(&["modelled (", "partial (", "unsupported (", "  login  "]);
}

#[test]
fn every_row_can_be_shown() {
    for row in APIS {
        let name = row.spec.name;
        let ended = api(&[name]).finishes(0);
        ended.prints(&[
            &format!("{}\n", wxsim::spec::shown_name(name)),
            row.spec.summary,
            "support ",
            "since ",
        ]);
    }
}

#[test]
fn a_name_is_taken_as_people_write_it() {
    for name in ["getLocation", "wx.getLocation", "getlocation"] {
        let parts = &[
            "wx.getLocation\n",
            "support      modelled",
            "scope        scope.userLocation",
            "getLocation:fail auth deny",
            "wx.getLocation({ type: 'wgs84' })",
        ];
        api(&[name]).finishes(0).prints(parts);
    }
    api(&["navigateTo"]).finishes(0).prints(&[
        "url: String, required",
        "navigateTo:fail parameter error: …",
        "navigateTo:fail page \"…\" is not found",
    ]);
    let unsupported = api(&["createInferenceSession"]).finishes(0);
    unsupported.prints(&["support      unsupported", "Is not simulated"]);
}

#[test]
fn methods_of_objects_are_shown_as_members_of_wx_are() {
    let send = api(&["SocketTask.send"]).finishes(0);
    send.prints(&["SocketTask.send\n", "support ", "send:fail"]);
    let missing = CLASSES
        .iter()
        .flat_map(|class| class.missing.iter().map(move |name| (class.name, name)));
    for (class, name) in missing {
        let shown = api(&[&format!("{class}.{name}")]).finishes(0);
        shown.prints(&["support      unsupported", "since        base library "]);
    }
}

#[test]
fn an_unknown_name_is_answered_with_near_ones() {
    let ended = api(&["checkSesion"]).finishes(2);
    ended.complains(&["`checkSesion`", "is it checkSession"]);
    let method = api(&["readFile"]).finishes(2);
    method.complains(&["FileSystemManager.readFile"]);
    api(&["zzzzzzzzzz"])
        .finishes(2)
        .complains(&["`wxsim api` lists"]);
}

#[test]
fn the_json_is_one_array_of_all_members() {
    let ended = api(&["--json"]).finishes(0);
    let all: Vec<Json> = serde_json::from_str(&ended.stdout).expect("an array");
    let names: BTreeSet<&str> = all.iter().filter_map(|it| it["name"].as_str()).collect();
    let buttons = names.iter().filter(|name| wxsim::spec::is_of_view(name));
    let methods = CLASSES
        .iter()
        .map(|class| class.methods.len() + class.missing.len());
    let expected = NAMES.len() + RETIRED.len() + buttons.count() + methods.sum::<usize>();
    assert_eq!((all.len(), names.len()), (expected, expected));
    for name in [
        "SocketTask.send",
        "FileSystemManager.readFile",
        "FileSystemManager.open",
    ] {
        assert!(names.contains(name), "{name}");
    }
    for one in &all {
        let support = one["support"].as_str().expect("a text");
        assert!(
            ["modelled", "partial", "unsupported"].contains(&support),
            "{one}"
        );
        assert_eq!(
            one["since"].as_str().map(|it| it.split('.').count()),
            Some(3),
            "{one}"
        );
    }
    let one = api(&["wx.login", "--json"]).finishes(0);
    let one: Json = serde_json::from_str(&one.stdout).expect("an array");
    assert_eq!(
        (&one[0]["name"], one.as_array().map(Vec::len)),
        (&"login".into(), Some(1))
    );
}

//! `wxsim rules`

use serde_json::Value as Json;

use crate::support::Wxsim;

fn rules(arguments: &[&str]) -> Wxsim {
    Wxsim::new().arg("rules").args(arguments)
}

#[test]
fn all_rules_are_listed_in_both_languages() {
    let all = rules(&[]).finishes(0);
    all.prints(&["P01 error prompt-before-intent", "P35 ", "不弹出任何授权"]);
    let json = rules(&["--json"]).finishes(0);
    let all: Json = serde_json::from_str(&json.stdout).expect("an array");
    assert_eq!(all.as_array().map(Vec::len), Some(wxsim::rules::ALL.len()));
    assert_eq!(all[0]["id"], "P01");
    assert_eq!(all[0]["judged"][0], "run");
}

#[test]
fn one_is_told_by_id_and_by_name() {
    for word in ["P06", "p06", "tap-only"] {
        rules(&[word]).finishes(0).prints(&[
            "P06 tap-only  (error)",
            "rule         ",
            "怎么办       ",
            "judged       in every run",
            "source       https://",
        ]);
    }
    let wrong = rules(&["tap-onli"]).finishes(2);
    wrong.complains(&["there is no rule `tap-onli`", "is it tap-only?"]);
}

//! `wxsim explain`

use serde_json::Value as Json;

use crate::support::Wxsim;

fn explain(arguments: &[&str]) -> Wxsim {
    Wxsim::new().arg("explain").args(arguments)
}

#[test]
fn an_errmsg_is_explained_in_both_languages() {
    for text in ["authorize:fail auth deny", "authorize:fail:auth deny"] {
        explain(&[text]).finishes(0).prints(&[
            "auth deny  (errno 103)",
            "meaning      The user refuses the scope",
            "what to do   ",
            "含义         用户拒绝授权",
            "怎么办       ",
            "given by     wx.authorize",
        ]);
    }
    // Without quotes the shell makes words of it.
    let words = explain(&["getStorage:fail", "data", "not", "found"]).finishes(0);
    words.prints(&["data not found\n", "given by     wx.getStorage"]);
}

#[test]
fn an_errno_and_a_scope_are_explained() {
    explain(&["103"])
        .finishes(0)
        .prints(&["jsapi user authorize denied  (errno 103)"]);
    let scope = explain(&["scope.userLocation"]).finishes(0);
    scope.prints(&["scope.userLocation\n", "given by     wx.getLocation"]);
}

#[test]
fn an_unknown_text_is_answered_with_near_ones() {
    let ended = explain(&["authorize:fail auth denied"]).finishes(1);
    ended.complains(&["nothing is known", "`auth deny`"]);
    explain(&["424242424"])
        .finishes(1)
        .complains(&["nothing is known"]);
    explain(&[]).finishes(2);
}

#[test]
fn the_json_is_an_array() {
    let ended = explain(&["103", "--json"]).finishes(0);
    let all: Json = serde_json::from_str(&ended.stdout).expect("an array");
    assert_eq!(all[0]["errno"], 103);
    assert!(all[0]["meaning"]["zh"].is_string() && all[0]["advice"]["en"].is_string());
    assert_eq!(all[0]["apis"][0], "authorize");
    assert_eq!(explain(&["what?", "--json"]).finishes(1).stdout, "[]\n");
}

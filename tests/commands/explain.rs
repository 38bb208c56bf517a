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
fn a_number_of_the_servers_is_explained() {
    for code in ["-1", "40029", "40163", "40226", "41008", "45011"] {
        explain(&[code]).finishes(0).prints(&[
            &format!("  (errcode {code})\n"),
            "given by     ",
            "怎么办       ",
        ]);
    }
    let answer = r#"{"errcode":40163,"errmsg":"code been used, rid: 5-5-5"}"#;
    explain(&[answer])
        .finishes(0)
        .prints(&["code been used  (errcode 40163)", "sns/jscode2session"]);
    // The same number, or the same words, can be of the client and of a server.
    explain(&["1"])
        .finishes(0)
        .prints(&["cancel  (errno 1)", "data not exit  (errcode 1)"]);
    explain(&["invalid openid"])
        .finishes(0)
        .prints(&["(errno 1004)", "(errcode 40003)"]);
    let json = explain(&["--json", "-1"]).finishes(0);
    let all: Json = serde_json::from_str(&json.stdout).expect("an array");
    assert_eq!(
        (&all[0]["errcode"], &all[0]["errno"]),
        (&(-1).into(), &Json::Null)
    );
    assert_eq!(all[0]["endpoints"], Json::Array(Vec::new()));
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

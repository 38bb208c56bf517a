//! What a WXS module may and may not have.

use super::check_wxs;

/// `line:column message; help`, or nothing when the module compiles.
fn complaint(source: &str) -> String {
    match check_wxs("a.wxs", source, 1) {
        Ok(_) => String::new(),
        Err(error) => {
            let place = error.place.as_ref().map(ToString::to_string);
            let place = place.unwrap_or_default();
            format!("{place} {}", error.message)
        }
    }
}

#[test]
fn the_documented_language_compiles() {
    for source in [
        "var a = 1, b; a += b; module.exports = { a: a, 'b': b, 1: 2, };",
        "function f(x) { return function () { return arguments.length + x; }; }",
        "for (var i = 0; i < 3; i++) { if (i) continue; else break; }",
        "do { i--; } while (i > 0 && !done || i !== 3); while (i) i = i >>> 1;",
        "switch (typeof a) { case 'x': break; default: void delete a.b; }",
        "var m = require('./m.wxs'); a = b ? c : (d, e); a ^= ~b; a %= 2;",
        "var r = getRegExp('x', 'g'), d = getDate(2020, 0, 1);",
        "return;",
        "function f(a, b = 1) { return { a, b, c() {} }; }",
        "var exports = {}; exports.a = 1;",
    ] {
        assert_eq!(complaint(source), "", "{source}");
    }
}

#[test]
fn what_the_language_lacks_is_refused_at_its_place() {
    for (source, wanted) in [
        ("var a;\n  let b = 1;", "a.wxs:2:3 WXS has no `let`"),
        ("const b = 1;", "a.wxs:1:1 WXS has no `const`"),
        ("var d = new Date();", "a.wxs:1:9 WXS has no `new`"),
        ("try { f(); } catch (e) {}", "a.wxs:1:1 WXS has no `try`"),
        ("throw 1;", "a.wxs:1:1 WXS has no `throw`"),
        ("for (var k in o) {}", "a.wxs:1:1 WXS has no `for … in`"),
        ("var f = (x) => x;", "a.wxs:1:9 WXS has no arrow functions"),
        ("var f = `a`;", "a.wxs:1:9 WXS has no template strings"),
        (
            "var f = /a/g;",
            "a.wxs:1:9 WXS has no literals of regular expressions",
        ),
        ("f(...a);", "a.wxs:1:3 WXS has no spread"),
        (
            "function f(...a) {}",
            "a.wxs:1:12 WXS has no rest parameters",
        ),
        ("var { a } = o;", "a.wxs:1:5 WXS has no destructuring"),
        ("[a] = o;", "a.wxs:1:1 WXS has no destructuring"),
        ("class A {}", "a.wxs:1:1 WXS has no classes"),
        (
            "var o = { get a() { return 1; } };",
            "a.wxs:1:11 WXS has no getters and setters",
        ),
        ("var o = { [a]: 1 };", "a.wxs:1:11 WXS has no computed keys"),
        ("a?.b;", "a.wxs:1:1 WXS has no `?.`"),
        ("a ?? b;", "a.wxs:1:1 WXS has no `??`"),
        ("a ||= b;", "a.wxs:1:1 WXS has no logical assignment"),
        ("a ** b;", "a.wxs:1:1 WXS has no `**`"),
        ("a in b;", "a.wxs:1:1 WXS has no `in`"),
        (
            "async function f() {}",
            "a.wxs:1:1 WXS has no async functions",
        ),
        (
            "exports.a = 1;",
            "a.wxs:1:1 `exports` is not defined in WXS",
        ),
    ] {
        assert_eq!(complaint(source), wanted, "{source}");
    }
    assert!(complaint("var a = ;").starts_with("a.wxs:1:9 syntax error"));
}

#[test]
fn the_first_mistake_is_told() {
    assert_eq!(
        complaint("exports.a = 1;\nlet b;"),
        "a.wxs:1:1 `exports` is not defined in WXS"
    );
    assert_eq!(
        complaint("let b;\nexports.a = () => 1;"),
        "a.wxs:1:1 WXS has no `let`"
    );
}

#[test]
fn a_comment_may_stay_open_at_the_end() {
    let source = "module.exports = 1;\n/* let a;\nvar b";
    let checked = check_wxs("a.wxs", source, 1).expect("it compiles");
    assert_eq!(checked.code, format!("{source}*/"));
    assert_eq!(complaint("let a;\n/* open"), "a.wxs:1:1 WXS has no `let`");
}

#[test]
fn lines_of_an_inline_module_are_those_of_its_template() {
    let error = check_wxs("pages/a/a.wxml", "\n  let a;", 7).expect_err("refused");
    let place = error.place.expect("it has one");
    assert_eq!(place.to_string(), "pages/a/a.wxml:8:3");
    assert_eq!(place.source_line, "  let a;");
}

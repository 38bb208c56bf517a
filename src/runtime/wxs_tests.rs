//! WXS modules of small projects: the language's globals, `require`, errors, event handlers.

use std::rc::Rc;

use super::{Report, WxsModules};
use crate::engine::Limits;
use crate::package::{MemoryFiles, load};
use crate::runtime::code::Code;
use crate::value::Callable;
use crate::view::Modules;
use crate::view::program::ModuleCode;
use crate::view::value::Val;

/// The modules of a project with one page and these files.
fn project(files: &[(&str, &str)]) -> WxsModules {
    let page = [
        ("app.json", r#"{"pages":["pages/a/a"]}"#),
        ("app.js", ""),
        ("pages/a/a.js", ""),
    ];
    let files = Rc::new(MemoryFiles::new(page.iter().chain(files).copied()));
    let project = Rc::new(load(&*files).project.expect("it can run"));
    let limits = Limits {
        loop_iterations: 1_000,
        call_depth: 100,
        ..Limits::default()
    };
    let mut modules = WxsModules::new(Code::new(project, files), 8 * 3600, 7, limits);
    modules.set_now(1_528_041_600_123);
    modules
}

fn file(modules: &mut WxsModules, path: &str) -> Val {
    modules.exports(&ModuleCode::File(path.into()), "pages/a/a.wxml")
}

fn member(value: &Val, name: &str) -> Val {
    let Val::Object(fields) = value else {
        panic!("no object: {value:?}");
    };
    fields.get(name).cloned().unwrap_or_default()
}

fn function(value: &Val, name: &str) -> Callable {
    match member(value, name) {
        Val::Function(function) => function,
        other => panic!("{name} is {other:?}"),
    }
}

/// Console lines, and errors as `headline @ place of the innermost frame (what ran)`.
fn reports(modules: &mut WxsModules) -> Vec<String> {
    let told = |report: Report| match report {
        Report::Console(text) => text,
        Report::Error(error, place) => {
            let frame = error.stack.first().map(crate::value::Frame::place);
            let frame = frame.unwrap_or_default();
            format!("{} @ {frame} ({place})", error.headline())
        }
    };
    modules.take_reports().into_iter().map(told).collect()
}

/// The JSON of an expression in a module.
fn evaluate(expression: &str) -> String {
    let code = format!("module.exports = {expression};");
    let mut modules = project(&[("m.wxs", &code)]);
    let value = file(&mut modules, "m.wxs");
    assert_eq!(reports(&mut modules), [""; 0], "{expression}");
    let json = value.to_value().to_json();
    json.map_or("undefined".to_owned(), |json| json.to_string())
}

#[test]
fn constructor_is_a_name_and_arrays_still_copy() {
    for (expression, wanted) in [
        (
            "[1, 's', true, {}, [], function () {}, getDate(), getRegExp('a')].map(function (v) { \
             return v.constructor; })",
            r#"["Number","String","Boolean","Object","Array","Function","Date","RegExp"]"#,
        ),
        ("[3, 1].concat([2], 5).sort()", "[1,2,3,5]"),
        (
            "[1, 2, 3].slice(1).filter(function (v) { return v > 2; })",
            "[3]",
        ),
        ("[1, 2, 3].splice(1, 1)", "[2]"),
        ("'a1b2'.split(getRegExp('[0-9]'))", r#"["a","b",""]"#),
        (
            "'a1b2'.replace(getRegExp('[0-9]', 'g'), function (d) { return d * 2; })",
            r#""a2b4""#,
        ),
        ("'a1b2'.match(getRegExp('[0-9]', 'g'))", r#"["1","2"]"#),
        (
            "[[1].map(function () { return [].constructor; }), [].constructor]",
            r#"[["Array"],"Array"]"#,
        ),
        ("(function () { return arguments.length; })(1, 2, 3)", "3"),
        (
            "['' + {}, '' + function () {}, {}.toString(), [1, [2]].toString()]",
            r#"["[object Object]","[function Function]","[object Object]","1,2"]"#,
        ),
    ] {
        assert_eq!(evaluate(expression), wanted, "{expression}");
    }
}

#[test]
fn only_the_documented_library_is_there() {
    for name in [
        "wx",
        "getApp",
        "setTimeout",
        "Object",
        "Array",
        "String",
        "RegExp",
        "Promise",
        "Symbol",
        "globalThis",
        "eval",
        "Function",
        "module.id",
    ] {
        assert_eq!(
            evaluate(&format!("typeof {name}")),
            r#""undefined""#,
            "{name}"
        );
    }
    for name in [
        "''.includes",
        "''.padStart",
        "[].find",
        "[].includes",
        "{}.hasOwnProperty",
        "Math.trunc",
        "Number.isInteger",
        "evaluate.call",
        "evaluate.apply",
        "evaluate.bind",
    ] {
        let name = name.replace("evaluate", "(function () {})");
        assert_eq!(
            evaluate(&format!("typeof {name}")),
            r#""undefined""#,
            "{name}"
        );
    }
}

#[test]
fn the_documented_library_works() {
    for (expression, wanted) in [
        (
            "[Math.max(1, 2), Math.PI > 3, Number('4'), Number.MAX_VALUE > 1]",
            "[2,true,4,true]",
        ),
        (
            "[parseInt('12px'), isNaN(NaN), isFinite(Infinity)]",
            "[12,true,false]",
        ),
        ("decodeURIComponent(encodeURIComponent('你'))", r#""你""#),
        (
            "JSON.parse(JSON.stringify({ a: [1, function () {}] }))",
            r#"{"a":[1,null]}"#,
        ),
        ("JSON.parse(undefined)", "undefined"),
        ("Date.now()", "1528041600123"),
        ("getDate(0).getHours()", "8"),
        ("getDate('2018/06/04 00:00:00').getTime()", "1528041600000"),
        (
            "getDate(2018, 5, 4).getTime() === Date.parse('2018-06-04T00:00:00+08:00')",
            "true",
        ),
        ("getDate().getTime()", "1528041600123"),
        ("getRegExp('a(b)', 'i').exec('xAB')[1]", r#""B""#),
    ] {
        assert_eq!(evaluate(expression), wanted, "{expression}");
    }
    let first = evaluate("Math.random()");
    assert_eq!(first, evaluate("Math.random()"), "the seed decides");
    assert!(first.starts_with("0."), "{first}");
}

#[test]
fn modules_are_singletons_and_find_each_other() {
    let mut modules = project(&[
        (
            "a.wxs",
            "var m = require('./lib/b.wxs'); m.n += 1; module.exports = { n: m.n };",
        ),
        (
            "c.wxs",
            "module.exports = { n: require('/lib/b.wxs').n, again: require('./a.wxs').n };",
        ),
        (
            "lib/b.wxs",
            "console.log('b runs', 1, {}); module.exports.n = 1;",
        ),
        (
            "lib/x.wxs",
            "exported = 1; module.exports.y = require('./y.wxs').seen;",
        ),
        (
            "lib/y.wxs",
            "var x = require('../lib/x.wxs'); module.exports.seen = typeof x + exported;",
        ),
    ]);
    assert_eq!(member(&file(&mut modules, "a.wxs"), "n"), Val::Number(2.0));
    let other = file(&mut modules, "c.wxs");
    assert_eq!(member(&other, "n"), Val::Number(2.0));
    assert_eq!(member(&other, "again"), Val::Number(2.0));
    assert_eq!(
        member(&file(&mut modules, "lib/x.wxs"), "y"),
        Val::text("object1"),
        "a circle sees what is there, names without `var` are everybody's"
    );
    assert_eq!(reports(&mut modules), ["b runs 1 [object Object]"]);
}

#[test]
fn a_function_runs_on_values_of_the_view() {
    let mut modules = project(&[(
        "m.wxs",
        "module.exports = {
           add: function (a, b) { return a + b; },
           same: function (v) { v.push(4); return v; },
           of: function (date) { return [date.constructor, date.getTime()]; },
           called: function (f) { return [typeof f, f(1)]; },
           back: function (f) { return f; },
         };",
    )]);
    let exports = file(&mut modules, "m.wxs");
    let mut call = |name: &str, arguments: &[Val]| {
        let function = function(&exports, name);
        modules.call(&function, arguments)
    };
    assert_eq!(
        call("add", &[Val::Number(1.0), Val::text("x")]),
        Val::text("1x")
    );
    assert_eq!(
        call("add", &[Val::Number(1.0)]).to_value().class(),
        "Number"
    );
    let list = Val::array([Val::Number(1.0)]);
    let longer = Val::array([Val::Number(1.0), Val::Number(4.0)]);
    assert_eq!(call("same", std::slice::from_ref(&list)), longer);
    assert_eq!(
        list,
        Val::array([Val::Number(1.0)]),
        "a module changes its own copy"
    );
    assert_eq!(
        call("of", &[Val::Date(5.0)]),
        Val::array([Val::text("Date"), Val::Number(5.0)])
    );
    // A function of the logic layer is opaque here and goes back as it came.
    let logic = Val::Function(Callable::new("onTap", Rc::new(())));
    assert_eq!(
        call("called", std::slice::from_ref(&logic)),
        Val::array([Val::text("function"), Val::Undefined])
    );
    assert_eq!(call("back", std::slice::from_ref(&logic)), logic);
    let Val::Function(logic) = logic else {
        unreachable!("made above");
    };
    assert_eq!(modules.call(&logic, &[]), Val::Undefined);
    assert_eq!(reports(&mut modules), [""; 0]);
}

#[test]
fn a_big_argument_is_shared_only_where_nothing_changes_it() {
    let mut modules = project(&[
        (
            "read.wxs",
            "module.exports = { last: function (list) { return list[list.length - 1]; } };",
        ),
        (
            "write.wxs",
            "module.exports = { add: function (list) { list.push(1); return list.length; } };",
        ),
        (
            "uses.wxs",
            "var w = require('./write.wxs'); module.exports.add = function (list) {
            return w.add(list); };",
        ),
    ]);
    let numbers = |to: u32| Val::array((0..=to).map(|number| Val::Number(f64::from(number))));
    let rows = numbers(99);
    let last = function(&file(&mut modules, "read.wxs"), "last");
    for _ in 0..2 {
        assert_eq!(
            modules.call(&last, std::slice::from_ref(&rows)),
            Val::Number(99.0)
        );
    }
    for path in ["write.wxs", "uses.wxs"] {
        let add = function(&file(&mut modules, path), "add");
        for _ in 0..2 {
            let length = modules.call(&add, std::slice::from_ref(&rows));
            assert_eq!(
                length,
                Val::Number(101.0),
                "each call of {path} has its own copy"
            );
        }
    }
    // A change of the data in place is a change for the next call.
    let Val::Array(mut items) = rows else {
        unreachable!("made above");
    };
    Rc::make_mut(&mut items)[99] = Val::text("new");
    assert_eq!(modules.call(&last, &[Val::Array(items)]), Val::text("new"));
    for to in 20..120 {
        let length = modules.call(&last, &[numbers(to)]);
        assert_eq!(
            length,
            Val::Number(f64::from(to)),
            "many lists after each other"
        );
    }
    assert_eq!(reports(&mut modules), [""; 0]);
}

#[test]
fn an_exception_has_its_place_and_gives_undefined() {
    let mut modules = project(&[(
        "m.wxs",
        "module.exports = {\n  name: function (user) {\n    return user.name.first;\n  },\n\
         endless: function () { while (true) {} },\n\
         deep: function f() { return f(); } };",
    )]);
    let exports = file(&mut modules, "m.wxs");
    let name = function(&exports, "name");
    let user = Val::object([("name", Val::Null)]);
    for _ in 0..3 {
        let arguments = std::slice::from_ref(&user);
        assert_eq!(modules.call(&name, arguments), Val::Undefined);
    }
    assert_eq!(
        modules.call(&function(&exports, "endless"), &[]),
        Val::Undefined
    );
    assert_eq!(
        modules.call(&function(&exports, "deep"), &[]),
        Val::Undefined
    );
    assert_eq!(
        reports(&mut modules),
        [
            "TypeError: cannot convert 'null' or 'undefined' to object @ m.wxs:3:22 \
             (at WXS function name)",
            "LimitError: a loop ran 1000 times in one call @ m.wxs:5:22 \
             (at WXS function endless)",
            "LimitError: 100 calls are nested @ m.wxs:6:30 (at WXS function f)",
        ],
        "the same error is told once"
    );
}

#[test]
fn an_inline_module_has_the_lines_of_its_template() {
    let mut modules = project(&[("pages/a/m.wxs", "module.exports = 'm';")]);
    let inline = |code: &str, line| ModuleCode::Inline {
        code: code.into(),
        line,
    };
    let code = "\nvar f = {}; module.exports.f = function () {\n  return f.x.y;\n};\n\
                module.exports.m = require('./m.wxs');";
    let first = modules.exports(&inline(code, 5), "pages/a/a.wxml");
    let second = modules.exports(&inline("module.exports = 2;", 5), "pages/a/a.wxml");
    assert_eq!(second, Val::Number(2.0), "two modules on one line");
    assert_eq!(member(&first, "m"), Val::text("m"));
    assert_eq!(modules.call(&function(&first, "f"), &[]), Val::Undefined);
    assert_eq!(
        reports(&mut modules),
        [
            "TypeError: cannot convert 'null' or 'undefined' to object @ pages/a/a.wxml:7:14 \
          (at WXS function f)"
        ]
    );
    assert_eq!(
        modules.exports(&inline(code, 5), "pages/a/a.wxml"),
        first,
        "it ran once"
    );
}

#[test]
fn a_module_that_fails_exports_nothing_and_the_others_go_on() {
    let mut modules = project(&[
        (
            "a.wxs",
            "var b = require('./b.wxs'), c = require('./c.wxs');\nmodule.exports = 'a' + b;",
        ),
        ("b.wxs", "var ok = 1;\nlet no = 2;"),
        ("c.wxs", "module.exports = {};\nmodule.exports.x.y = 1;"),
        (
            "d.wxs",
            "require('./gone.wxs'); require('./b'); require('../e.wxs'); module.exports = 4;",
        ),
    ]);
    assert_eq!(file(&mut modules, "a.wxs"), Val::text("aundefined"));
    assert_eq!(
        reports(&mut modules),
        [
            "SyntaxError: WXS has no `let`: write `var` @ b.wxs:2:1 (at WXS require)",
            "TypeError: cannot convert 'null' or 'undefined' to object @ c.wxs:2:1 \
             (at WXS require)",
        ]
    );
    assert_eq!(file(&mut modules, "b.wxs"), Val::Undefined);
    assert_eq!(reports(&mut modules), [""; 0], "told already");
    assert_eq!(file(&mut modules, "d.wxs"), Val::Number(4.0));
    assert_eq!(file(&mut modules, "none.wxs"), Val::Undefined);
    assert_eq!(
        reports(&mut modules),
        [
            "Error: module 'gone.wxs' is not defined, require args is './gone.wxs' in d.wxs \
             @ d.wxs:1:8 (at WXS require)",
            "Error: WXS requires only .wxs files by their whole name, require args is './b' in \
             d.wxs @ d.wxs:1:31 (at WXS require)",
            "Error: the path leads out of the mini program's code, require args is '../e.wxs' in \
             d.wxs @ d.wxs:1:47 (at WXS require)",
            "Error: module 'none.wxs' is not defined @  (at WXS module none.wxs)",
        ]
    );
}

#[path = "wxs_handler_tests.rs"]
mod handlers;

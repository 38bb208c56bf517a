use super::{Prepared, prepare};
use crate::package::nesting::{ELSE_IF_MAX, OPERATOR_CHAIN_MAX, SOURCE_NESTING_MAX};

#[track_caller]
fn prepared(path: &str, source: &str) -> Prepared {
    prepare(path, source).unwrap_or_else(|error| panic!("{error}"))
}

/// The code on one line, without indentation.
#[track_caller]
fn flat(path: &str, source: &str) -> String {
    let prepared = prepared(path, source);
    assert!(!prepared.code.contains("await __vite"), "{}", prepared.code);
    prepared
        .code
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[track_caller]
fn has_all(code: &str, parts: &[&str]) {
    for part in parts {
        assert!(code.contains(part), "{part}\n  is not in\n{code}");
    }
}

fn getter(name: &str, value: &str) -> String {
    format!(
        "Object.defineProperty(__vite_ssr_exports__, \"{name}\", {{ enumerable: true, \
         configurable: true, get() {{ return {value}; }} }});"
    )
}

#[test]
fn a_script_stays_as_it_is() {
    for source in [
        "",
        "const a = require('./a')\r\nmodule.exports = { a }\r\n",
        "// import x from 'y'\nlet a = \"export default 1\" // using it",
        "/*\nimport a from 'b'\n*/ exports.a = 1",
        "let t = `\nexport const a = 1\n`",
        "import('./a').then(f)",
        "x = { import: 1, export: 2, using: 3 }; x.using = 4",
        "return",
        "<!-- annex B\nvar public = 010",
        "let = unfinished (",
    ] {
        let found = prepared("a.js", source);
        assert_eq!(found.code, source);
        assert!(
            found.map.is_none() && !found.is_module && !found.has_exports,
            "{source}"
        );
    }
}

#[test]
fn the_first_lines_hash_bang_becomes_a_comment_of_the_same_length() {
    assert_eq!(
        prepared("a.js", "#!/bin/node\nf()").code,
        "///bin/node\nf()"
    );
}

#[test]
fn using_as_a_name_is_renamed_in_place() {
    for (source, want) in [
        ("function using(){} using()", "function usin_(){} usin_()"),
        (
            "x = {using, a: using}; o.using = using",
            "x = {using:usin_, a: usin_}; o.using = usin_",
        ),
        (
            "const {using = 1} = o; ({using} = o)",
            "const {using:usin_ = 1} = o; ({using:usin_} = o)",
        ),
        (
            "using: for(;;) break using // using",
            "usin_: for(;;) break usin_ // using",
        ),
        ("var usin_, using", "var usin_, usin$"),
        ("exports.using = 'using'", "exports.using = 'using'"),
        ("(using", "(using"),
    ] {
        assert_eq!(prepared("a.js", source).code, want);
    }
    let code = flat("a.js", "export function using() {}\nusing()");
    has_all(
        &code,
        &[&getter("using", "usin_"), "function usin_() {} usin_();"],
    );
}

#[test]
fn imports_come_first_and_names_are_read_at_each_use() {
    let code = flat(
        "a.js",
        "go(a, b, c.x);\nimport a, { b } from './x'; import * as c from '/y'; import 'side';\n\
         b(); o = { b }; a.z();",
    );
    has_all(
        &code,
        &[
            "const __vite_ssr_import_0__ = __vite_ssr_import__(\"./x\", { importedNames: [\"default\", \"b\"] });",
            "const __vite_ssr_import_1__ = __vite_ssr_import__(\"/y\");",
            "= __vite_ssr_import__(\"side\"); go(",
            "go(__vite_ssr_import_0__.default, __vite_ssr_import_0__.b, __vite_ssr_import_1__.x);",
            "(0, __vite_ssr_import_0__.b)();",
            "o = { b: __vite_ssr_import_0__.b };",
            "__vite_ssr_import_0__.default.z();",
        ],
    );
}

#[test]
fn a_default_and_a_namespace_in_one_import_are_both_bound() {
    let code = flat("a.js", "import d, * as n from 'x';\nd(n)");
    has_all(
        &code,
        &["(0, __vite_ssr_import_0__.default)(__vite_ssr_import_1__);"],
    );
    let code = flat("a.ts", "import d, * as n from 'x';\nd(n)");
    has_all(
        &code,
        &["(0, __vite_ssr_import_0__.default)(__vite_ssr_import_1__);"],
    );
}

#[test]
fn every_form_of_export_becomes_a_getter() {
    let found = prepared(
        "a.js",
        "export let live = 1; live++;\nexport { live as again };\nexport default class {}\n\
         export function f() {}\nexport * from 'all';\nexport * as ns from 'ns';\n\
         export { p as q, default as r } from 'named';",
    );
    assert!(found.is_module && found.has_exports && found.map.is_some());
    let code = found.code.split_whitespace().collect::<Vec<_>>().join(" ");
    has_all(
        &code,
        &[
            &getter("live", "live"),
            &getter("again", "live"),
            &getter("default", "__vite_ssr_export_default__"),
            &getter("f", "f"),
            &getter("ns", "__vite_ssr_import_1__"),
            &getter("q", "__vite_ssr_import_2__.p"),
            &getter("r", "__vite_ssr_import_2__.default"),
            "__vite_ssr_exportAll__(__vite_ssr_import_0__);",
            "let live = 1; live++;",
        ],
    );
    let first_import = code.find("= __vite_ssr_import__").expect("imports");
    assert!(
        code.find("\"default\"").expect("a getter") < first_import,
        "for circular imports"
    );
}

#[test]
fn module_syntax_mixes_with_module_exports() {
    let found = prepared(
        "a.js",
        "import a from './a'\nconst b = require('./b')\nmodule.exports = a(b)",
    );
    assert!(found.is_module && !found.has_exports);
    has_all(
        &found.code,
        &["module.exports = (0, __vite_ssr_import_0__.default)(b);"],
    );
    assert!(!prepared("a.js", "export {}").has_exports);
    assert!(prepared("a.js", "exports.x = 1; export const y = 2").has_exports);
    has_all(
        &flat(
            "a.js",
            "export default 1\nif (a) return; import('./b'); import.meta.url",
        ),
        &[
            "return;",
            "__vite_ssr_dynamic_import__(\"./b\");",
            "__vite_ssr_import_meta__.url;",
        ],
    );
}

#[test]
fn typescript_loses_its_types() {
    let code = flat(
        "a.ts",
        "import type { T } from './types'; import { type U, v, OnlyType } from './v';\n\
         interface I { a: T }\nenum E { A, B = 'b' }\nconst enum C { X = 4 }\nabstract class P<T> {\n\
         declare d: string; plain: number; kept = 1;\n\
         constructor(private a: number, public b?: OnlyType) {} abstract m(): void }\n\
         function f(this: any, x?: number): x is number { return <any>x! satisfies unknown }\n\
         namespace N { export const n = 1 }\nlet u: U = v as U;\nexport { E, type I };\n\
         export default function <T>(a: T) { return C.X }",
    );
    has_all(
        &code,
        &[
            "__vite_ssr_import__(\"./v\", { importedNames: [\"v\"] })",
            "E[E[\"A\"] = 0] = \"A\"; E[\"B\"] = \"b\";",
            "this.a = a; this.b = b;",
            "kept = 1;",
            "function f(x)",
            "N.n = 1",
            "let u = __vite_ssr_import_0__.v;",
            &getter("E", "E"),
        ],
    );
    for gone in [
        "./types",
        "interface",
        "plain",
        "declare",
        "abstract",
        "satisfies",
        "\"I\"",
    ] {
        assert!(!code.contains(gone), "{gone} in {code}");
    }
}

#[test]
fn typescript_without_modules_is_a_script() {
    let found = prepared(
        "a.ts",
        "const a: number = require('./a')\nmodule.exports = { a }",
    );
    assert!(!found.is_module && !found.has_exports && found.map.is_some());
    has_all(
        &found.code,
        &["const a = require(\"./a\");", "module.exports = { a };"],
    );
    let found = prepared("a.ts", "import type { A } from './a'\nPage({} as A)");
    assert!(found.is_module && !found.has_exports);
    assert_eq!(found.code.trim(), "\"use strict\";\nPage({});");
    let found = prepared("a.ts", "import fs = require('./fs')\nexport = fs.x");
    has_all(
        &found.code,
        &["const fs = require(\"./fs\");", "module.exports = fs.x;"],
    );
    assert!(
        prepared("a.ts", "let i = <number>x; function using() {}")
            .code
            .contains("usin_")
    );
}

#[test]
fn positions_lead_back_to_the_authors_file() {
    let source = "import { b } from './b'\r\n\r\n// 注释\r\nexport function f() {\r\n  return b.c().d\r\n}\r\n";
    let found = prepared("a.js", source);
    let map = found.map.expect("a map");
    let (at, line) = found
        .code
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains(".c()"))
        .expect("the call is there");
    let column = |text: &str| u32::try_from(line.find(text).expect("there") + 1).expect("small");
    let line = u32::try_from(at + 1).expect("small");
    assert_eq!(map.original(line, column("return")), Some((5, 3)));
    assert_eq!(
        map.original(line, column("c()")).map(|(line, _)| line),
        Some(5)
    );
    assert_eq!(
        map.original(line, 1),
        Some((5, 3)),
        "before the first piece"
    );
    assert_eq!(map.original(0, 0), None);
    assert_eq!(
        map.original(1, 1).map(|(line, _)| line),
        None,
        "the getter is not the author's"
    );
    assert_eq!(map.original(100_000, 1), None);

    let found = prepared("a.ts", "interface A {\n  x: 1\n}\nlet a: A\nthrow a");
    let at = found
        .code
        .lines()
        .position(|line| line == "throw a;")
        .expect("there");
    let line = u32::try_from(at + 1).expect("small");
    assert_eq!(found.map.expect("a map").original(line, 1), Some((5, 1)));
}

#[test]
fn a_syntax_error_has_its_place_and_line() {
    for (path, source, begins) in [
        (
            "a.js",
            "import a from 'b'\nlet = = 1\n",
            "a.js:2:7: error: syntax error",
        ),
        (
            "a.js",
            "export default {\n  a: 1\n  b: 2\n}",
            "a.js:3:3: error: syntax error",
        ),
        ("b.ts", "let a: = 1", "b.ts:1:8: error: syntax error"),
        (
            "a.js",
            "export { nothing }",
            "a.js:1:10: error: syntax error",
        ),
        (
            "a.js",
            "export let a; let a",
            "a.js:1:12: error: syntax error",
        ),
        (
            "a.js",
            "import a from 'a'\nawait a()",
            "a.js:2:1: error: `await` at the top",
        ),
        (
            "a.ts",
            "export {}\nfor await (const a of b) {}",
            "a.ts:2:1: error: `await` at the top",
        ),
        ("a.ts", "@dec class A {}", "a.ts:1:1: error: decorators"),
        (
            "a.ts",
            "export const a = 1\n{ using b = a }",
            "a.ts:2:3: error: `using`",
        ),
        ("d.json", "{\"a\":}", "d.json:1:6: error: this is not JSON"),
    ] {
        let error = prepare(path, source).expect_err(source);
        assert!(error.to_string().starts_with(begins), "{error}");
        assert!(!error.help.is_empty());
        let place = error.place.expect("a place");
        assert_eq!(
            Some(place.source_line.as_str()),
            source.lines().nth(place.line as usize - 1)
        );
    }
    let inside = "export async function f() { await a; for await (const b of c) {} }";
    assert!(prepare("a.js", inside).is_ok());
}

#[test]
fn json_becomes_a_module() {
    let found = prepared("d.json", "{\"a\": [1]}\n");
    assert_eq!(found.code, "module.exports = {\"a\": [1]}\n");
    assert!(prepare("d.json", "").is_err());
    assert!(prepare("d.json", &"[".repeat(100_000)).is_err());
}

#[test]
fn deep_code_is_refused_before_a_parser_sees_it() {
    for (deep, limit) in [
        ("[".repeat(500_000), "SOURCE_NESTING_MAX"),
        ("a+".repeat(500_000) + "a", "OPERATOR_CHAIN_MAX"),
        (
            "if(a){}".to_owned() + &"else if(a){}".repeat(100_000),
            "ELSE_IF_MAX",
        ),
    ] {
        for (path, source) in [
            ("a.js", deep.clone()),
            ("a.js", format!("export {{}}\n{deep}")),
            ("a.ts", deep),
        ] {
            let error = prepare(path, &source).expect_err("too deep");
            assert!(error.message.contains(limit), "{error}");
        }
    }
}

/// What passes the limits must not overflow the stack of a worker; 2 MB was enough when measured.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test cannot choose the stack of its own thread"
)]
fn code_at_the_limits_is_compiled_on_a_large_stack() {
    let large = std::thread::Builder::new().stack_size(64 << 20);
    let thread = large.spawn(compile_code_at_the_limits).expect("a thread");
    thread.join().expect("no overflow and no failure");
}

fn compile_code_at_the_limits() {
    let n = SOURCE_NESTING_MAX - 1;
    let m = OPERATOR_CHAIN_MAX - 1;
    for source in [
        "[".repeat(n) + &"]".repeat(n),
        "(".repeat(n) + "a" + &")".repeat(n),
        "{".repeat(n) + &"}".repeat(n),
        "(function(){".repeat(n / 2) + &"})".repeat(n / 2),
        "a+".repeat(m) + "a",
        "a=".repeat(m) + "a",
        "!".repeat(m) + "a",
        "a?b:".repeat(m / 2) + "a",
        "if(a)".repeat(m / 2) + "a",
        "f".to_owned() + &"()".repeat(m),
        "if(a){}".to_owned() + &"else if(a){}".repeat(ELSE_IF_MAX - 1),
    ] {
        for path in ["a.js", "a.ts"] {
            let source = format!("export {{}};\n{source}");
            assert!(prepare(path, &source).is_ok(), "{}", &source[..30]);
        }
    }
}

#[test]
fn damaged_modules_never_panic() {
    let sound = "import d, * as n from './x';\nexport class A { #p = `${d}你`; static { n() } }\n\
        export default async (a = /[/]\\//) => { for await (const using of a) yield_?.[0] ??= 1n }";
    let mut seed = 4_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize
    };
    let pieces = [
        "{", "}", "(", ")", "`", "'", "/", "export ", "import ", "using ", "await ", "<", "@", "é",
        "\n", "\0", "=>", "enum ", "declare ",
    ];
    for round in 0..1500 {
        let mut text: Vec<char> = sound.chars().collect();
        for _ in 0..=random() % 3 {
            let at = random() % text.len();
            let piece = pieces[random() % pieces.len()];
            text.splice(at..(at + random() % 3).min(text.len()), piece.chars());
        }
        let text: String = text.into_iter().collect();
        let path = if round % 2 == 0 { "a.js" } else { "a.ts" };
        let _ = prepare(path, &text);
    }
}

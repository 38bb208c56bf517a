//! The seam: values across it, limits, rejections, errors with places, the virtual clock.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Engine, Host, Limits, ModuleSource, Throw};
use crate::value::{Exception, Value};

/// A host with two operations and a few modules.
#[derive(Default)]
struct Toy {
    modules: BTreeMap<&'static str, &'static str>,
    /// How often a module's source was read.
    reads: Cell<u32>,
    now_unix_ms: Cell<i64>,
}

impl Host for Toy {
    fn operations(&self) -> &'static [&'static str] {
        &["same", "fail"]
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        match index {
            0 => Ok(arguments.into_iter().next().unwrap_or_default()),
            _ => Err(Throw::type_error("the host refuses")),
        }
    }

    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw> {
        self.reads.set(self.reads.get() + 1);
        let code = self.modules.get(path);
        let code = code.ok_or_else(|| Throw::error(format!("no module {path}")))?;
        Ok(ModuleSource {
            code: (*code).to_owned(),
            strict: false,
            original: None,
        })
    }

    fn now_unix_ms(&self) -> i64 {
        self.now_unix_ms.get()
    }

    fn utc_offset_s(&self) -> i32 {
        8 * 3600
    }
}

const PRELUDE: &[(&str, &str)] = &[(
    "toy:00",
    "(function (host, kit) {
       globalThis.host = host;
       globalThis.heard = [];
       kit.bridge = {
         same: (value) => host.same(value),
         run: (path) => host.compile(path)(),
         isFile: (stats) => stats.isFile(),
         rejected: (reason) => { heard.push(reason); },
       };
     })",
)];

/// Budgets that a small script exceeds.
const SMALL: Limits = Limits {
    loop_iterations: 1_000,
    call_depth: 50,
    stack_values: 10_000,
    microtasks: 100,
    tasks: 1_000,
};

fn engine(toy: &Rc<Toy>, limits: Limits) -> Engine {
    let host: Rc<dyn Host> = Rc::<Toy>::clone(toy);
    Engine::start(host, limits, PRELUDE, &[]).expect("the toy prelude runs")
}

fn evaluate(code: &str) -> Value {
    engine(&Rc::default(), Limits::default())
        .evaluate("test.js", code)
        .unwrap_or_else(|error| panic!("{code}: {}", error.text()))
}

fn failure(code: &str) -> Exception {
    engine(&Rc::default(), SMALL)
        .evaluate("test.js", code)
        .expect_err(code)
}

#[test]
fn a_result_can_have_methods_that_give_a_value() {
    let mut engine = engine(&Rc::default(), SMALL);
    let stats = Value::object([("isFile", Value::Gives(Box::new(true.into())))]);
    assert_eq!(engine.call("isFile", &[stats]), Ok(Value::Bool(true)));
}

#[test]
fn plain_values_come_back_as_they_went() {
    let mut engine = engine(&Rc::default(), Limits::default());
    let values = [
        Value::Undefined,
        Value::Null,
        Value::Bool(true),
        Value::Number(-0.5),
        Value::Number(f64::INFINITY),
        "text 你好 \u{1f600}".into(),
        Value::Array(vec![
            Value::Null,
            Value::Undefined,
            Value::Array(Vec::new()),
        ]),
        Value::object([
            ("z", 1_u32.into()),
            ("a", Value::object([])),
            ("0", "first".into()),
        ]),
        Value::Date(1_528_041_600_000.0),
        Value::Bytes("ArrayBuffer", vec![0, 255, 7]),
        Value::Bytes("TypedArray", vec![1, 2, 3]),
    ];
    for value in values {
        let back = engine
            .call("same", std::slice::from_ref(&value))
            .expect("it echoes");
        let wanted = match value {
            // Whole-number keys come first in an object, by the language's own rule.
            Value::Object(mut members) => {
                members.sort_by_key(|(key, _)| key != "0");
                Value::Object(members)
            }
            other => other,
        };
        assert_eq!(back, wanted);
    }
    let nan = engine
        .call("same", &[Value::Number(f64::NAN)])
        .expect("it echoes");
    assert!(nan.as_f64().is_some_and(f64::is_nan));
}

#[test]
fn a_cycle_is_marked_and_a_shared_object_is_not() {
    assert_eq!(
        evaluate("const a = { n: 1 }; a.list = [a]; a"),
        Value::object([
            ("n", 1_u32.into()),
            ("list", Value::Array(vec![Value::Cycle]))
        ])
    );
    let shared = Value::object([("x", 1_u32.into())]);
    assert_eq!(
        evaluate("const s = { x: 1 }; [s, s]"),
        Value::Array(vec![shared.clone(), shared])
    );
}

#[test]
fn what_has_no_plain_form_crosses_by_its_class() {
    let opaque = |class: &str| Value::Opaque(class.to_owned());
    assert!(matches!(evaluate("(function f() {})"), Value::Function(f) if f.name == "f"));
    assert_eq!(evaluate("new Map([[1, 2]])"), opaque("Map"));
    assert_eq!(evaluate("Promise.resolve()"), opaque("Promise"));
    assert_eq!(evaluate("Symbol('s')"), opaque("Symbol"));
    assert_eq!(evaluate("12n"), opaque("BigInt"));
    assert_eq!(
        evaluate("({ get seen() { return 1 }, [Symbol('s')]: 2 })"),
        Value::object([("seen", 1_u32.into())]),
        "members that a getter gives, none under symbols"
    );
    assert_eq!(
        evaluate("Object.defineProperty({ a: 1 }, 'b', { value: 2 })"),
        Value::object([("a", 1_u32.into())]),
        "enumerable members only"
    );
}

#[test]
fn an_error_crosses_with_class_message_and_place() {
    let Value::Error(error) =
        evaluate("function make() {\n  return new RangeError('far');\n}\nmake()")
    else {
        panic!("no error");
    };
    assert_eq!(error.headline(), "RangeError: far");
    let thrown = failure("\n  null.x");
    assert_eq!(thrown.name, "TypeError");
    assert_eq!(
        thrown
            .stack
            .first()
            .map(|frame| (frame.file.as_str(), frame.line)),
        Some(("test.js", 2))
    );
    assert_eq!(failure("throw 'text'").headline(), "text");
    assert_eq!(failure("throw { a: 1 }").headline(), "{a: 1}");
}

#[test]
fn a_host_failure_is_an_error_of_its_class() {
    assert_eq!(
        evaluate(
            "try { host.fail(); } catch (error) { [error instanceof TypeError, error.message] }"
        ),
        Value::Array(vec![true.into(), "the host refuses".into()])
    );
}

#[test]
fn every_limit_ends_the_script_and_is_named() {
    let limit = |code: &str| failure(code).limit;
    assert_eq!(limit("while (true) {}").as_deref(), Some("loop-iterations"));
    assert_eq!(
        limit("(function f() { f(); })()").as_deref(),
        Some("call-depth")
    );
    assert_eq!(
        limit("try { for (;;) {} } catch { 1 } finally { 2 }").as_deref(),
        Some("loop-iterations"),
        "a script cannot catch it"
    );
    assert_eq!(limit("throw new RangeError('own')"), None);
    let mut engine = engine(&Rc::default(), SMALL);
    engine
        .evaluate("a.js", "for (;;) {}")
        .expect_err("the limit");
    let after = engine
        .evaluate("a.js", "1 + 1")
        .expect("the engine goes on");
    assert_eq!(after, 2_u32.into());
}

#[test]
fn an_endless_chain_of_microtasks_is_cut_at_its_limit() {
    let mut engine = engine(&Rc::default(), SMALL);
    let code = "let n = 0; const next = () => { n += 1; Promise.resolve().then(next); }; next()";
    engine.evaluate("a.js", code).expect("it starts");
    let errors = engine.run_microtasks();
    let limits: Vec<_> = errors.iter().map(|error| error.limit.as_deref()).collect();
    assert_eq!(limits, [Some("microtasks")]);
    assert_eq!(
        engine.evaluate("a.js", "n").expect("a number"),
        101_u32.into()
    );
    assert!(engine.run_microtasks().is_empty(), "the rest is forgotten");
}

#[test]
fn a_rejection_is_reported_once_and_only_when_nobody_handled_it() {
    let mut engine = engine(&Rc::default(), Limits::default());
    let code = "const late = Promise.reject('late');
        Promise.resolve().then(() => late.catch(() => {}));
        Promise.reject('caught').catch(() => {});
        Promise.reject('lost');
        Promise.reject('passed on').then(() => {});";
    engine.evaluate("a.js", code).expect("it runs");
    for _ in 0..2 {
        assert!(engine.run_microtasks().is_empty());
        engine.report_rejections("rejected").expect("it listens");
    }
    let heard = engine.evaluate("a.js", "heard").expect("the list");
    assert_eq!(heard, Value::Array(vec!["lost".into(), "passed on".into()]));
}

#[test]
fn a_syntax_error_names_file_line_and_column() {
    let toy = Rc::new(Toy {
        modules: BTreeMap::from([
            ("lib/second.js", "const one = 1;\nconst two = ;"),
            ("lib/first.js", "const two = ;"),
            ("fine.js", "return 7;"),
        ]),
        ..Toy::default()
    });
    let mut engine = engine(&toy, Limits::default());
    let mut run = |path: &str| engine.call("run", &[path.into()]);
    let second = run("lib/second.js").expect_err("a mistake");
    assert_eq!(second.name, "SyntaxError");
    assert!(
        second.message.starts_with("lib/second.js:2:13: "),
        "{}",
        second.message
    );
    let first = run("lib/first.js").expect_err("a mistake");
    assert!(
        first.message.starts_with("lib/first.js:1:13: "),
        "{}",
        first.message
    );
    assert_eq!(
        run("gone.js").expect_err("nothing there").message,
        "no module gone.js"
    );
    assert_eq!(run("fine.js").expect("it runs"), 7_u32.into());
}

#[test]
fn a_module_is_read_and_compiled_once() {
    let toy = Rc::new(Toy {
        modules: BTreeMap::from([("a.js", "return 1;")]),
        ..Toy::default()
    });
    let mut engine = engine(&toy, Limits::default());
    engine.compile("a.js").expect("it compiles");
    for _ in 0..3 {
        assert_eq!(
            engine.call("run", &["a.js".into()]).expect("it runs"),
            1_u32.into()
        );
    }
    assert_eq!(toy.reads.get(), 1);
}

#[test]
fn code_from_strings_is_refused() {
    for code in [
        "eval('1')",
        "new Function('return 1')",
        "(() => {}).constructor('1')",
    ] {
        assert_eq!(failure(code).name, "EvalError", "{code}");
    }
}

#[test]
fn time_is_the_hosts_and_the_zone_is_fixed() {
    let toy = Rc::new(Toy::default());
    toy.now_unix_ms.set(1_528_041_600_123);
    let mut engine = engine(&toy, Limits::default());
    let now = engine.evaluate("a.js", "Date.now()").expect("a number");
    assert_eq!(now, Value::Number(1_528_041_600_123.0));
    toy.now_unix_ms.set(0);
    let code = "[Date.now(), new Date().getHours(), new Date().getTimezoneOffset()]";
    let parts = engine.evaluate("a.js", code).expect("numbers");
    assert_eq!(
        parts,
        Value::Array(vec![0_u32.into(), 8_u32.into(), Value::Number(-480.0)])
    );
}

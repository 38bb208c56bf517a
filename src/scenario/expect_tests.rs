//! `expect`, `fn` and `spyOn` in the engine: what passes, and what messages say.

use std::rc::Rc;

use super::{LATER, PRELUDE};
use crate::engine::{Engine, Host, Limits, ModuleSource, Throw};
use crate::near::near;
use crate::value::Value;

/// The scripts of `expect` that are read at every start.
const EXPECT: &[&str] = &["wxsim:t14", "wxsim:t20", "wxsim:t22"];

/// What the scripts ask of the simulator, and nothing else.
struct Words;

impl Host for Words {
    fn operations(&self) -> &'static [&'static str] {
        &["nearest"]
    }

    fn call(&self, _: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        let [Value::String(name), Value::Array(known)] = arguments.as_slice() else {
            return Err(Throw::type_error("a name and a list of names"));
        };
        let known = known.iter().filter_map(Value::as_str);
        let nearest = near(name, known);
        Ok(match nearest.first() {
            Some(near) => format!("did you mean `{near}`?").into(),
            None => "there is nothing like it".into(),
        })
    }

    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw> {
        Err(Throw::error(format!("no module {path}")))
    }

    fn now_unix_ms(&self) -> i64 {
        0
    }

    fn utc_offset_s(&self) -> i32 {
        8 * 3600
    }
}

/// The part of the test context that `expect` uses; `waited` and `counts` tell what it did.
const CONTEXT: &str = "(function (host, kit) {
  kit.isObject = (value) => typeof value === 'object' && value !== null;
  kit.isFunction = (value) => typeof value === 'function';
  kit.ELEMENT = Symbol('element');
  kit.options = {};
  kit.softFailures = [];
  globalThis.kit = kit;
  globalThis.waited = 0;
  globalThis.counts = { assertions: 0, wanted: undefined };
  kit.counted = () => { counts.assertions += 1; };
  kit.expectCount = (wanted) => { counts.wanted = wanted; };
  kit.wait = (ms) => { waited += ms; return Promise.resolve(); };
  let outcome;
  globalThis.start = (code) => {
    outcome = 'it never came to an end';
    code(kit.expect, kit.fn, kit.spyOn).then(
      () => { outcome = ''; },
      (error) => { outcome = `${error instanceof Error ? error.message : error}`; });
  };
  kit.bridge = { outcome: () => outcome };
})";

struct Context(Engine);

impl Context {
    fn new() -> Self {
        let scripts: Vec<_> = [("context", CONTEXT)]
            .into_iter()
            .chain(
                PRELUDE
                    .iter()
                    .copied()
                    .filter(|(name, _)| EXPECT.contains(name)),
            )
            .collect();
        let engine = Engine::start(Rc::new(Words), Limits::default(), &scripts, LATER);
        Self(engine.expect("the scripts run"))
    }

    /// The message that the code fails with, empty when it passes.
    fn run(&mut self, code: &str) -> String {
        let code = format!("start(async (expect, fn, spyOn) => {{ {code}\n}})");
        self.0
            .evaluate("case.js", &code)
            .unwrap_or_else(|error| panic!("{code}: {}", error.text()));
        assert_eq!(self.0.run_microtasks(), Vec::new(), "{code}");
        let outcome = self.0.call("outcome", &[]).expect("it is a text");
        outcome.as_str().expect("it is a text").to_owned()
    }
}

#[test]
fn assertions_pass_and_fail_as_listed() {
    let cases = include_str!("../../tests/external/expect/cases.txt");
    let mut context = Context::new();
    let lines = |block: &str, mark: &str| {
        let marked = block.lines().filter_map(|line| line.strip_prefix(mark));
        let lines: Vec<&str> = marked
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        lines.join("\n")
    };
    let mut count = 0;
    for block in cases.split("\n\n").filter(|block| block.starts_with('>')) {
        let code = lines(block, ">");
        assert_eq!(context.run(&code), lines(block, "|"), "{code}");
        count += 1;
    }
    assert!(count > 200, "{count} cases");
}

/// Runs the code in a new context and gives the message.
fn message(code: &str) -> String {
    Context::new().run(code)
}

#[track_caller]
fn passes(code: &str) {
    assert_eq!(message(code), "", "{code}");
}

#[test]
fn a_wrong_name_is_told_with_the_nearest() {
    let cases = [
        (
            "expect(1).toEqaul(1)",
            "expect(value) has no `toEqaul`; did you mean `toEqual`?",
        ),
        (
            "expect(1).toBeCalledd()",
            "expect(value) has no `toBeCalledd`; did you mean `toBeCalled`?",
        ),
        (
            "expect(1).resolve.toBe(1)",
            "expect(value) has no `resolve`; did you mean `resolves`?",
        ),
        (
            "expect(1).not.toBeNul()",
            "expect(value) has no `toBeNul`; did you mean `toBeNull`?",
        ),
        (
            "expect.stringContain('x')",
            "expect has no `stringContain`; did you mean `stringContaining`?",
        ),
        (
            "expect.not.anyThing()",
            "expect.not has no `anyThing`; there is nothing like it",
        ),
        ("expect.sof(1)", "expect has no `sof`; did you mean `soft`?"),
        (
            "spyOn({ pay() {} }, 'pya')",
            "spyOn: the object has no `pya`; did you mean `pay`?",
        ),
    ];
    let mut context = Context::new();
    for (code, wanted) in cases {
        assert_eq!(context.run(code), wanted, "{code}");
    }
    passes(
        "await expect(1); const { toBe, then, toJSON } = expect(1); expect(String(expect(1))).toBe('[object Object]')",
    );
}

#[test]
fn a_failure_has_its_parts_beside_the_message() {
    passes(
        "let error;
         try { expect({ a: 1 }).toEqual({ a: 2 }); } catch (thrown) { error = thrown; }
         expect(error).toBeInstanceOf(kit.AssertionError);
         expect(error instanceof Error).toBe(true);
         expect(error.name).toBe('AssertionError');
         expect(error.matcher).toBe('toEqual');
         expect(error.expected).toBe('{\\n  \"a\": 2,\\n}');
         expect(error.actual).toBe('{\\n  \"a\": 1,\\n}');
         expect(error.diff).toBe('  {\\n-   \"a\": 2,\\n+   \"a\": 1,\\n  }');
         try { expect(1).toBe(2); } catch (thrown) { error = thrown; }
         expect([error.expected, error.actual, error.diff]).toEqual(['2', '1', '']);",
    );
}

#[test]
fn a_failure_that_comes_later_has_the_place_of_the_call() {
    passes(
        "let error;
         const gone = Promise.reject(new Error('gone'));
         await expect(gone).resolves.toBe(1).catch((thrown) => { error = thrown; });
         expect(error.stack).toContain('case.js:3');
         await expect(Promise.resolve(1)).resolves.toBe(2).catch((thrown) => { error = thrown; });
         expect(error.stack).toContain('case.js:5');",
    );
}

#[test]
fn soft_failures_are_kept_and_the_test_goes_on() {
    passes(
        "expect.soft(1, 'one').toBe(2);
         expect.soft(1).toBe(1);
         await expect.soft(Promise.resolve(3)).resolves.not.toBe(3);
         await expect.soft(Promise.reject(1), 'two').resolves.toBe(1);
         const told = kit.softFailures.map(({ message }) => message.split('\\n')[0]);
         expect(told).toEqual(['one', 'expect(received).resolves.not.toBe(expected) // Object.is equality', 'two']);",
    );
    assert_eq!(
        message("expect.soft(1).toMatch('x')"),
        "expect(received).toMatch(expected)\n\nthe received value must be a string, it is 1"
            .replace("\\n", "\n"),
        "a wrong use is no failed assertion"
    );
}

#[test]
fn a_poll_asks_again_in_virtual_time() {
    passes(
        "let n = 0;
         await expect.poll(() => (n += 1)).toBe(4);
         expect(waited).toBe(300);
         await expect.poll(async () => { n += 1; if (n < 7) throw new Error('not yet'); return n; }, { interval: 50 }).not.toBe(6);
         expect(waited).toBe(400);",
    );
    assert_eq!(
        message("await expect.poll(() => 1, { timeout: 250, message: 'the queue' }).toBe(2)"),
        "the queue\n\nexpect(received).toBe(expected) // Object.is equality\n\nExpected: 2\nReceived: 1\n\n\
         asked again for 250 ms"
    );
    passes(
        "await expect.poll(() => 1, { timeout: 250 }).toBe(2).catch(() => {}); expect(waited).toBe(200);",
    );
}

#[test]
fn every_assertion_counts_once() {
    passes(
        "expect.assertions(7);
         expect(counts.wanted).toBe(7);
         expect.hasAssertions();
         expect(counts.wanted).toBe(true);
         expect([1]).not.toContain(2);
         await expect(Promise.resolve(1)).resolves.toBe(1);
         let n = 0;
         await expect.poll(() => (n += 1)).toBe(3);
         expect.soft(1).toBe(2);
         expect(counts.assertions).toBe(6);",
    );
}

#[test]
fn added_matchers_know_how_they_are_called() {
    passes(
        "let self;
         kit.addMatchers({
           toSee(received, ...args) { self = { ...this, received, args }; return { pass: true }; },
           toTell() { return { pass: false, message: () => 'told', expected: { a: 1 }, actual: 'text' }; },
         });
         expect(1).toSee(2, 3);
         expect([self.received, self.args, self.isNot, self.promise]).toEqual([1, [2, 3], false, '']);
         expect(self.equals({ a: 1 }, { a: expect.any(Number) })).toBe(true);
         expect(self.format({ a: 1 })).toBe('{\\n  \"a\": 1,\\n}');
         await expect(Promise.resolve(1)).resolves.toSee();
         expect(self.promise).toBe('resolves');
         let error;
         try { expect(1).toTell(); } catch (thrown) { error = thrown; }
         const { message, matcher, expected, actual } = error;
         expect({ message, matcher, expected, actual }).toEqual({
           message: 'told', matcher: 'toTell', expected: '{\\n  \"a\": 1,\\n}', actual: 'text' });",
    );
    assert_eq!(
        message("kit.addMatchers({ toDo: () => ({ pass: true }) }); expect(1).not.toDo()"),
        "expect(received).not.toDo()"
    );
}

/// Values and how they are written.
const VALUES: &[(&str, &str)] = &[
    ("'你好 \"x\"'", "\"你好 \"x\"\""),
    (
        "[undefined, null, -0, 1n, NaN, true]",
        "[\n  undefined,\n  null,\n  -0,\n  1n,\n  NaN,\n  true,\n]",
    ),
    (
        "{ b: 1, a: [], [Symbol('s')]: {} }",
        "{\n  \"a\": [],\n  \"b\": 1,\n  Symbol(s): {},\n}",
    ),
    ("new Date(0)", "1970-01-01T00:00:00.000Z"),
    (
        "[new Date(NaN), /a/g, new TypeError('no')]",
        "[\n  Date { NaN },\n  /a/g,\n  [TypeError: no],\n]",
    ),
    (
        "new Map([[{ k: 1 }, 'v']])",
        "Map {\n  {\n    \"k\": 1,\n  } => \"v\",\n}",
    ),
    (
        "[() => {}, function pay() {}, class Shop {}, fn(), fn().mockName('buy')]",
        "[\n  [Function anonymous],\n  [Function pay],\n  [Function Shop],\n  [MockFunction fn()],\n  [MockFunction buy],\n]",
    ),
    (
        "new (class Shop { constructor() { this.open = true; } })()",
        "Shop {\n  \"open\": true,\n}",
    ),
    ("new Uint8Array([1, 2])", "Uint8Array [\n  1,\n  2,\n]"),
    (
        "(() => { const a = {}; a.self = a; return a; })()",
        "{\n  \"self\": [Circular],\n}",
    ),
    (
        "(() => { const a = {}; return [a, a]; })()",
        "[\n  {},\n  {},\n]",
    ),
    (
        "expect.objectContaining({ a: expect.any(String) })",
        "ObjectContaining {\n  \"a\": Any<String>,\n}",
    ),
    (
        "({ [kit.ELEMENT]: true, page: 1, node: 2, label: 'button 购买' })",
        "<button 购买>",
    ),
    ("Promise.resolve(1)", "Promise {}"),
];

#[test]
fn values_read_as_they_are_written() {
    let mut context = Context::new();
    for (value, text) in VALUES {
        let code = format!("const text = kit.format({value}); throw text");
        assert_eq!(context.run(&code), *text, "{value}");
    }
    let deep =
        "let deep = 1; for (let n = 0; n < 60; n += 1) deep = [deep]; throw kit.format(deep, true)";
    assert_eq!(
        context.run(deep),
        format!("{}[Array]{}", "[".repeat(40), "]".repeat(40))
    );
    let one_line = "throw kit.format({ a: ['x\\ny', new Set([1])], b: {} }, true)";
    assert_eq!(
        context.run(one_line),
        r#"{"a": ["x\ny", Set {1}], "b": {}}"#
    );
}

#[test]
fn elements_are_the_same_by_their_place() {
    passes(
        "const element = (page, node) => ({ [kit.ELEMENT]: true, page, node, label: 'view', get text() { throw new Error('read'); } });
         expect(element(1, 2)).toEqual(element(1, 2));
         expect([element(1, 2)]).not.toEqual([element(1, 3)]);
         expect({ at: element(1, 2) }).toMatchObject({ at: element(1, 2) });",
    );
}

#[test]
fn a_long_difference_is_cut() {
    let code = "const big = (n) => Array.from({ length: 2000 }, (_, at) => at * n); expect(big(1)).toEqual(big(2))";
    let message = message(code);
    assert_eq!(message.lines().count(), 2 + 3 + 201);
    assert!(message.ends_with("more lines @@"), "{message}");
}

/// Texts that differ between runs and what is kept of them.
const DRAWN: &[(&str, &str)] = &[
    (
        r#""code": "GfYQcQATyyNuTtfNHHcbl58BNss6V95i","#,
        r#""code": "<code>","#,
    ),
    (
        r#""openid": "oHfpWHl-Ub35LF0nvVxsSZDiMORV""#,
        r#""openid": "<openid>""#,
    ),
    (
        "openid oHfpWHl-Ub35LF0nvVxsSZDiMORV pays",
        "openid <openid> pays",
    ),
    ("[oYxGTUHCfIgxjz8X7Qqm2NV3SThQ]", "[<openid>]"),
    (
        "prepay_id=wx20260730090000e12772118d3cb1ce856b",
        "prepay_id=<prepay_id>",
    ),
    (
        r#""timeStamp": "1528041600", "now": 1528041600000"#,
        r#""timeStamp": "<time>", "now": <time>"#,
    ),
    ("2018-06-04T01:00:00.000Z", "<time>"),
    ("at 2018-06-04 09:00:00", "at <time>"),
    (
        r#""paySign": "C380BEC2BFD727A4B6845133519F3AD6""#,
        r#""paySign": "<paySign>""#,
    ),
    ("sign c380bec2bfd727a4b6845133519f3ad6", "sign <hash>"),
    (r#""iv": "r7BXXKkLb8qrSNn05n0qiA==","#, r#""iv": "<iv>","#),
    (r#"["r7BXXKkLb8qrSNn05n0qiA=="]"#, r#"["<base64>"]"#),
    (
        r#""url": "wxfile://tmp_sie4jIfeXyD3UANMFFZfdAi2MGGPNIAw.mp4""#,
        r#""url": "wxfile://tmp_<file>.mp4""#,
    ),
    (
        "shareTicket: TKWKQcVOpm4XBD1gNruNvQl0jQntScF8",
        "shareTicket: <shareTicket>",
    ),
    ("made TKWKQcVOpm4XBD1gNruNvQl0jQntScF8", "made <token>"),
    ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "<uuid>"),
];

/// Texts that look a little like those.
const NOT_DRAWN: &[&str] = &[
    "13800000000",
    r#""path": "pages/goodsDetail/goodsDetailPage2""#,
    r#""handler": "onOrderListItemLongPress""#,
    r#""code": "ORDERPAID""#,
    "pages/order/order?id=20180604",
    "2018-06-04",
    "https://example.com/api/v2/orders",
    r#""errMsg": "getLocation:fail auth deny""#,
    "wx1234567890abcdef",
    "src/components/product-card-with-long-name",
    r#""price": 1999.5"#,
];

#[test]
fn what_runs_do_not_have_in_common_is_marked() {
    let mut context = Context::new();
    for (text, wanted) in DRAWN {
        let code = format!("throw kit.redact({text:?})");
        assert_eq!(context.run(&code), *wanted, "{text}");
    }
    for text in NOT_DRAWN {
        let code = format!("throw kit.redact({text:?})");
        assert_eq!(context.run(&code), *text);
    }
}

/// A store of snapshots of which one is known.
const STORE: &str = "const asked = [];
  let stored;
  kit.snapshot = (kind, hint, text, inline) => {
    asked.push([kind, hint, text, inline]);
    const expected = inline ?? stored;
    return { pass: expected === text, expected, isNew: expected === undefined, name: 't 1' };
  };";

#[test]
fn snapshots_are_written_and_compared_as_text() {
    let store = |code: &str| message(&format!("{STORE}\n{code}"));
    assert_eq!(
        store(
            "stored = '{\\n  \"at\": <time>,\\n  \"n\": 1,\\n}';
             expect({ n: 1, at: 1528041600000 }).toMatchSnapshot('the order');
             expect(asked).toEqual([['file', 'the order', stored, undefined]]);
             kit.options = { snapshot: { redact: false } };
             stored = '1528041600000';
             expect(1528041600000).toMatchSnapshot();
             kit.options = {};
             expect({ n: 1, list: ['x'] }).toMatchInlineSnapshot(`
               {
                 \"list\": [
                   \"x\",
                 ],
                 \"n\": 1,
               }
             `);
             stored = '{\\n  \"id\": Any<Number>,\\n}';
             expect({ id: 7 }).toMatchSnapshot({ id: expect.any(Number) });"
        ),
        ""
    );
    assert_eq!(
        store("stored = '{\\n  \"n\": 2,\\n}'; expect({ n: 1 }).toMatchSnapshot('the order')"),
        "expect(received).toMatchSnapshot(hint)\n\nSnapshot name: t 1\n\n- Expected  - 1\n+ Received  + 1\n\n  {\n-   \"n\": 2,\n+   \"n\": 1,\n  }"
    );
    assert_eq!(
        store("expect('text').toMatchSnapshot()"),
        "expect(received).toMatchSnapshot()\n\nThe snapshot `t 1` is new, and none is written here (--ci); the received value reads\n\n\"text\""
    );
    assert_eq!(
        store("expect({ id: 'x' }).toMatchSnapshot({ id: expect.any(Number) })"),
        "expect(received).toMatchSnapshot(properties)\n\n- Expected  - 1\n+ Received  + 1\n\n  {\n-   \"id\": Any<Number>,\n+   \"id\": \"x\",\n  }"
    );
    assert_eq!(
        store("expect(1).not.toMatchSnapshot()"),
        "expect(received).not.toMatchSnapshot()\n\na snapshot cannot be compared with `.not`"
    );
}

#[test]
fn all_mocks_can_be_cleared_reset_and_restored() {
    passes(
        "const shop = { open: () => 1 };
         const spy = spyOn(shop, 'open').mockReturnValue(2);
         const other = fn(() => 3);
         shop.open();
         other();
         fn.clearAll();
         expect(spy).not.toHaveBeenCalled();
         expect([shop.open(), other()]).toEqual([2, 3]);
         fn.resetAll();
         expect([shop.open(), other()]).toEqual([undefined, undefined]);
         fn.restoreAll();
         expect(shop.open()).toBe(1);",
    );
}

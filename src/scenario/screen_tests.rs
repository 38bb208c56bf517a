//! `screen`, `within` and `renderComponent`, as test code has them.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::Path;
use std::rc::Rc;

use serde_json::Value as Json;

use super::host_page::{self, Wanted, host_page};
use super::screen;
use crate::engine::{Engine, Host, Limits, ModuleSource, Throw};
use crate::package::{DiskFiles, Files, MemoryFiles, load};
use crate::runtime::{Config, ElementRef, Sim};
use crate::value::Value;
use crate::world::enter_options::EnterOptions;

/// What the scripts need of the others of the test context, as small as it can be.
const KIT: &str = "(function (host, kit) {
  Object.assign(kit, { Error, TypeError, bridge: {}, isArray: Array.isArray, keys: Object.keys, assign: Object.assign, define: Object.defineProperty });
  kit.isFunction = (value) => typeof value === 'function';
  kit.ELEMENT = Symbol('element');
  kit.AssertionError = class AssertionError extends Error {};
  kit.print = (text) => host.print(text);
  const waiting = new Map();
  let last = 0;
  kit.act = (verb, ...args) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    host.act(last, verb, args);
  });
  kit.bridge.acted = (number, ok, value) => {
    const { resolve, reject } = waiting.get(number);
    if (ok) resolve(value); else reject(new Error(value));
  };
  kit.wait = (ms) => kit.act('step', `advance ${ms}ms`);
  kit.tap = (one) => kit.act('element', 'tap', one.page, one.node, null);
  kit.matchers = {};
  kit.addMatchers = (own) => Object.assign(kit.matchers, own);
  const json = (value) => JSON.stringify(value);
  kit.equals = (one, other) => json(one) === json(other);
  globalThis.kit = kit;
  globalThis.told = (run) => {
    Promise.resolve().then(() => run(kit)).then((value) => host.done(json(value) ?? 'undefined'), (error) => host.done(`${error}`));
  };
})";

const OPERATIONS: &[&str] = &[
    "elements",
    "elementsNear",
    "element",
    "elementVisible",
    "elementTarget",
    "tree",
    "emitted",
    "act",
    "done",
    "print",
    "report",
];

type Action = (Value, String, Vec<Value>);

struct Toy {
    sim: RefCell<Sim>,
    files: Rc<dyn Files>,
    actions: RefCell<VecDeque<Action>>,
    done: RefCell<Option<String>>,
    printed: RefCell<Vec<String>>,
}

impl Host for Toy {
    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        let text = |at: usize| {
            arguments
                .get(at)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        match OPERATIONS[index] {
            "act" => {
                let action = (
                    arguments[0].clone(),
                    text(1).to_owned(),
                    arguments[2].items().to_vec(),
                );
                self.actions.borrow_mut().push_back(action);
            }
            "done" => *self.done.borrow_mut() = Some(text(0).to_owned()),
            "print" => self.printed.borrow_mut().push(text(0).to_owned()),
            name => {
                let answer = screen::answer(&mut self.sim.borrow_mut(), name, &arguments);
                return answer
                    .expect("an operation of the screen")
                    .map_err(Throw::error);
            }
        }
        Ok(Value::Undefined)
    }

    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw> {
        Err(Throw::error(path))
    }

    fn now_unix_ms(&self) -> i64 {
        0
    }

    fn utc_offset_s(&self) -> i32 {
        0
    }
}

impl Toy {
    fn perform(&self, verb: &str, arguments: &[Value]) -> Result<Value, String> {
        let text = |at: usize| arguments[at].as_str().unwrap_or_default();
        let number =
            |at: usize| serde_json::from_value(arguments[at].to_json().unwrap_or_default());
        let mut sim = self.sim.borrow_mut();
        let said = |error: &dyn std::fmt::Display| error.to_string();
        let step = |sim: &mut Sim, text: &str| {
            let step = text.parse().map_err(|error| said(&error))?;
            sim.step(&step).map_err(|error| said(&error))
        };
        match verb {
            "step" => step(&mut sim, text(0))?,
            "evaluate" => step(&mut sim, &format!("evaluate {}", text(0)))?,
            "element" => {
                let page = number(1).map_err(|error| said(&error))?;
                let node = number(2).map_err(|error| said(&error))?;
                let done = sim.step_on(text(0), ElementRef { page, node }, &Json::Null);
                done.map_err(|error| said(&error))?;
            }
            "render" => {
                let wanted = arguments[0].to_json().unwrap_or_default();
                let wanted: Wanted =
                    serde_json::from_value(wanted).map_err(|error| said(&error))?;
                let project = load(&*self.files).project.expect("the project is complete");
                let host = host_page(&project, Rc::clone(&self.files), &wanted);
                let host = host.map_err(|error| said(&error))?;
                *sim = started(Rc::clone(&host.files));
                return Ok(Value::from(&host.start(&mut sim)));
            }
            other => panic!("the scripts do `{other}`"),
        }
        Ok(Value::Undefined)
    }
}

fn started(files: Rc<dyn Files>) -> Sim {
    let project = load(&*files).project.expect("the project is complete");
    Sim::new(Rc::new(project), files, Config::default(), None).expect("the simulator starts")
}

/// A test context over a program that has started.
struct Context {
    toy: Rc<Toy>,
    engine: Engine,
}

impl Context {
    fn new(files: Rc<dyn Files>, page: &str) -> Self {
        let mut sim = started(Rc::clone(&files));
        sim.launch(EnterOptions::at(page, 1001));
        let toy = Rc::new(Toy {
            sim: RefCell::new(sim),
            files,
            actions: RefCell::default(),
            done: RefCell::default(),
            printed: RefCell::default(),
        });
        let prelude = [("wxsim:kit", KIT), screen::SCRIPT, host_page::SCRIPT];
        let host: Rc<dyn Host> = Rc::<Toy>::clone(&toy);
        let engine = Engine::start(host, Limits::default(), &prelude, &[]);
        let engine = engine.unwrap_or_else(|error| panic!("{}", error.text()));
        Self { toy, engine }
    }

    /// The JSON of what an expression of a test gives, or the text of what it throws.
    fn run(&mut self, code: &str) -> String {
        *self.toy.done.borrow_mut() = None;
        let code = format!("told(async ({{ screen, within, renderComponent, tap }}) => {code})");
        self.engine
            .evaluate("test", &code)
            .expect("it is written well");
        loop {
            let errors = self.engine.run_microtasks();
            assert!(errors.is_empty(), "{errors:?}");
            if let Some(done) = self.toy.done.take() {
                return done;
            }
            let action = self.toy.actions.borrow_mut().pop_front();
            let (number, verb, arguments) =
                action.unwrap_or_else(|| panic!("{code} waits for ever"));
            let (ok, value) = match self.toy.perform(&verb, &arguments) {
                Ok(value) => (true, value),
                Err(error) => (false, error.into()),
            };
            self.engine
                .call("acted", &[number, ok.into(), value])
                .expect("it hears");
        }
    }
}

const PAGE: &str = r#"<view id="list">
  <view wx:for="{{rows}}" wx:key="*this" class="row" data-testid="row-{{index}}">
    <text>{{item}}</text>
    <button bindtap="onBuy" data-id="{{item}}">购买</button>
  </view>
</view>
<input placeholder="手机号" value="138" />
<view wx:if="{{late}}">来了</view>
<view hidden><text>看不见</text></view>"#;

fn shop() -> Context {
    let files = MemoryFiles::new([
        ("app.json", r#"{"pages": ["pages/a/a"]}"#),
        ("app.js", "App({})"),
        ("pages/a/a.wxml", PAGE),
        (
            "pages/a/a.js",
            "Page({
              data: { rows: ['苹果', '梨'], late: false },
              onLoad() { setTimeout(() => this.setData({ late: true }), 300) },
              onBuy({ currentTarget }) { this.setData({ rows: [currentTarget.dataset.id] }) },
            })",
        ),
    ]);
    Context::new(Rc::new(files), "pages/a/a")
}

#[test]
fn elements_are_asked_for_in_the_words_of_testing_library() {
    let mut context = shop();
    for (code, expected) in [
        ("screen.getByText('梨').tag", "\"text\""),
        ("screen.getByText(/^苹/).text", "\"苹果\""),
        (
            "screen.getAllByText((text) => text.endsWith('购买')).length",
            "2",
        ),
        (
            "screen.getByText('苹果 购', { exact: false }).classes",
            "[\"row\"]",
        ),
        (
            "screen.getAllByRole('button').map((one) => one.dataset.id)",
            "[\"苹果\",\"梨\"]",
        ),
        (
            "screen.getByRole('textbox', { name: /手机/ }).value",
            "\"138\"",
        ),
        ("screen.queryAllByRole('button', { name: '支付' })", "[]"),
        ("screen.getByTestId('row-1').label", "\"testid=row-1\""),
        ("screen.getByPlaceholderText('手机号').isVisible", "true"),
        ("screen.getByDisplayValue(138).tag", "\"input\""),
        ("screen.queryByText('看不见')", "null"),
        (
            "screen.getByText('看不见', { hidden: true }).isHidden",
            "true",
        ),
        (
            "within(screen.getByTestId('row-1')).getByText('购买').dataset",
            "{\"id\":\"梨\"}",
        ),
        (
            "within(screen.getByTestId('row-1')).get('button').label",
            "\"\\\"购买\\\"@2\"",
        ),
        ("screen.query('.row').attributes", "{}"),
        ("screen.query('.none')", "null"),
        ("screen.queryAll('button').length", "2"),
        ("`${screen.get('#list')}`", "\"#list\""),
        ("screen.get('#list')[kit.ELEMENT]", "true"),
    ] {
        let found = context.run(code);
        assert_eq!(found, expected, "{code}");
    }
}

#[test]
fn what_is_not_found_is_said_with_what_is_there() {
    let mut context = shop();
    let missing = context.run("screen.getByText('购买了')");
    assert!(
        missing.starts_with("Error: nothing on the page has the text \"购买了\"; did you mean \"购买\"?\n\n<view id=\"list\">\n"),
        "{missing}"
    );
    let several = context.run("screen.getByText('购买')");
    assert_eq!(
        several,
        "Error: 2 elements have the text \"购买\", where one is asked for: use getAllByText, or within(…)\n\n  \
         \"购买\"@1  <button data-id=\"苹果\">购买</button>\n  \"购买\"@2  <button data-id=\"梨\">购买</button>"
    );
    assert!(
        context
            .run("screen.queryByRole('button')")
            .starts_with("Error: 2 elements have the role \"button\"")
    );
    for (code, expected) in [
        (
            "screen.getByRole('button', { name: /付/ })",
            "nothing on the page has the role \"button\" and the name /付/\n",
        ),
        (
            "screen.get('.rows')",
            "nothing on the page is `.rows`; did you mean .row?",
        ),
        (
            "within(screen.getByTestId('row-1')).getByText('苹果')",
            "nothing in testid=row-1 has the text \"苹果\"\n\n<view class=\"row\" data-testid=\"row-1\">\n  <text>梨</text>",
        ),
        (
            "screen.getByText()",
            "TypeError: ByText(…) needs a text, a regular expression or a function",
        ),
        (
            "screen.getByText('a', { exakt: true })",
            "TypeError: ByText has no option `exakt`; it has exact",
        ),
        ("screen.get('.a:hover')", "`:hover`"),
        (
            "within('#list')",
            "TypeError: within(element) needs an element",
        ),
    ] {
        let said = context.run(code);
        assert!(said.contains(expected), "{code}: {said}");
    }
    assert_eq!(
        context.run("screen.debug(screen.getByTestId('row-0'))"),
        "undefined"
    );
    let printed = context.toy.printed.borrow().join("\n");
    assert!(printed.contains("<text>苹果</text>"), "{printed}");
}

#[test]
fn an_element_is_waited_for_and_may_be_gone() {
    let mut context = shop();
    assert_eq!(
        context.run("(await screen.findByText('来了', {}, { interval: 100 })).tag"),
        "\"view\""
    );
    let never = context.run("await screen.findByText('不来', { timeout: 100 })");
    assert!(
        never.starts_with("Error: nothing on the page has the text"),
        "{never}"
    );
    assert_eq!(context.run("(await screen.find('#list')).id"), "\"list\"");
    let gone = context.run(
        "{ const one = screen.getAllByText('购买')[0]; await tap(screen.getAllByText('购买')[1]); return [one.exists, one.isVisible, one.label, one.text]; }",
    );
    assert_eq!(gone, "Error: <button> is no longer on its page");
}

#[test]
fn a_component_is_rendered_by_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apps/components");
    let files = Rc::new(DiskFiles::open(&folder).expect("a sample app"));
    let mut context = Context::new(files, "pages/index/index");
    let events = context.run(
        "{
          const heard = [];
          const list = await renderComponent('components/choice-list/choice-list', {
            properties: { rows: [{ id: 1 }, { id: 2 }] },
            on: { choose: ({ row }) => heard.push(row.id) },
          });
          await tap(list.container.queryAll('row-view')[1]);
          const found = [list.element.tag, heard, list.emitted('choose'), list.emitted().length];
          await list.setProperties({ rows: [] });
          found.push(list.container.queryAll('row-view').length);
          await list.unmount();
          found.push(screen.query('choice-list'));
          const matcher = kit.matchers.toHaveEmitted;
          const self = { equals: kit.equals, format: JSON.stringify };
          found.push(matcher.call(self, list, 'choose', { row: { id: 2 } }).pass);
          found.push(matcher.call(self, list, 'choose', { row: { id: 3 } }).message());
          return found;
        }",
    );
    assert_eq!(
        events,
        "[\"choice-list\",[2],[{\"row\":{\"id\":2}}],1,0,null,true,\"expected the component to emit `choose` with \
         {\\\"row\\\":{\\\"id\\\":3}}; it emitted\\n  {\\\"row\\\":{\\\"id\\\":2}}\"]"
    );
    for (code, expected) in [
        (
            "(await renderComponent('components/info-card/info-card', { slots: '<text>{{a}}</text>', data: { a: '甲' } })).container.get('.body').text",
            "\"甲\"",
        ),
        (
            "(await renderComponent('components/price-tag/price-tag')).emitted('x')",
            "Error: nobody listens to `x`: give `on: ['x']` to renderComponent",
        ),
        (
            "(await renderComponent('components/price-tag/price-tag')).setProperties({ off: 1 })",
            "Error: the property `off` is not bound: give it to renderComponent from the beginning",
        ),
        (
            "renderComponent('components/price/price-tag')",
            "Error: there is no component `components/price/price-tag`; did you mean components/price-tag/price-tag?",
        ),
        (
            "renderComponent('a', { propertys: {} })",
            "TypeError: renderComponent has no option `propertys`; it has properties, slots, on, data, components",
        ),
    ] {
        assert_eq!(context.run(code), expected, "{code}");
    }
}

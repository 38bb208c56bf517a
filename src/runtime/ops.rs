//! What scripts may ask of the simulator: the prelude's `host` object.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::json;

use super::core::Core;
use super::monitor::Happening;
use super::trace::{ErrorKind, Event, json as trace_json};
use crate::api::unmodelled::{self, Kind};
use crate::data_path::{DataPath, Segment};
use crate::engine::{Host, ModuleSource, Throw};
use crate::spec::{ApiSpec, Form, Group, documents_promise};
use crate::value::{Exception, Frame, Value};
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::rng::{Draw, Stream};
use crate::world::route::PageId;

/// The engine's host.
pub(super) struct AppHost {
    pub(super) core: RefCell<Core>,
    pub(super) utc_offset_s: i32,
}

const OPERATIONS: &[&str] = &[
    "console",
    "startTimer",
    "stopTimer",
    "random",
    "report",
    "enter",
    "table",
    "unmodelled",
    "config",
    "userDataPath",
    "invoke",
    "invokeUnmodelled",
    "invokeSync",
    "invokeOn",
    "opened",
    "class",
    "member",
    "setMember",
    "heard",
    "rejected",
    "abort",
    "registered",
    "pageStack",
    "parsePath",
    "setData",
    "pageSetData",
    "triggered",
    "entered",
    "timeStamp",
    "animate",
    "viewDefine",
    "viewMissing",
    "viewPage",
    "viewTabBar",
    "viewNode",
    "viewMount",
    "viewUpdate",
    "viewAttach",
    "viewReady",
    "viewDrop",
    "viewModel",
    "viewOwner",
    "viewFacts",
    "viewAncestors",
    "viewBelow",
    "viewReplace",
    "viewSlots",
    "viewSelect",
    "viewTrigger",
    "viewEventOf",
    "viewQuery",
    "viewObserve",
    "viewMedia",
    "viewUnobserve",
    "viewPlace",
    "viewScroll",
    "usesComponents",
    "componentScript",
    "resolvePath",
    "unsupported",
    "hasOwnTabBar",
    "resolvePrivacy",
    "drawn",
    "canvasSize",
    "measure",
    "pixels",
    "putPixels",
    "resolve",
    "hasExports",
    "readsLastMatch",
    "hasPlugin",
    "shareGiven",
    "told",
];

/// Operations of which a monitor learns where they are called.
const PLACED: &[&str] = &[
    "console",
    "startTimer",
    "invoke",
    "invokeUnmodelled",
    "invokeSync",
    "invokeOn",
    "setData",
    "pageSetData",
    "resolvePrivacy",
];

impl Host for AppHost {
    fn operations(&self) -> &'static [&'static str] {
        OPERATIONS
    }

    fn call(&self, index: usize, arguments: Vec<Value>) -> Result<Value, Throw> {
        let core = &mut *self.core.borrow_mut();
        let outcome = core.operation(OPERATIONS[index], &arguments);
        core.trace.leave_stack();
        outcome
    }

    fn wants_place(&self, index: usize) -> bool {
        PLACED.contains(&OPERATIONS[index]) && self.core.borrow().trace.is_noted()
    }

    fn called_from(&self, stack: Vec<Frame>) {
        self.core.borrow_mut().trace.enter_stack(stack);
    }

    fn module_source(&self, path: &str) -> Result<ModuleSource, Throw> {
        self.core.borrow().code.source(path)
    }

    fn module_runs(&self, path: &str) {
        self.core.borrow_mut().tell_errata(path);
    }

    fn now_unix_ms(&self) -> i64 {
        self.core.borrow().world.now().0
    }

    fn utc_offset_s(&self) -> i32 {
        self.utc_offset_s
    }
}

impl Core {
    /// What the prelude asks for: an answer, or (the rest) only that something is done.
    #[expect(clippy::too_many_lines, reason = "one arm an operation")]
    fn operation(&mut self, name: &str, arguments: &[Value]) -> Result<Value, Throw> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str().unwrap_or_default();
        Ok(match name {
            "random" => self.random(),
            "told" => {
                let is_value = argument(1).as_bool() == Some(true);
                self.hear(number(argument(0)), is_value, argument(2));
                Value::Undefined
            }
            "table" => self.table_rows(),
            "config" => self.config(),
            "userDataPath" => self.world.user_data_path().into(),
            "unmodelled" => self.unmodelled(),
            "invoke" => {
                let object = argument(3).as_f64();
                let object = object.map(|_| ObjectId(number(argument(3))));
                let (index, call) = (number(argument(0)) as usize, number(argument(1)));
                let result = self.invoke(index, call, argument(2), object);
                result.unwrap_or_default()
            }
            "invokeSync" => {
                let rest = arguments.get(1..).unwrap_or_default();
                self.invoke_sync(number(argument(0)) as usize, None, rest)?
            }
            "invokeOn" => {
                let rest = arguments.get(2..).unwrap_or_default();
                let object = Some(ObjectId(number(argument(1))));
                self.invoke_sync(number(argument(0)) as usize, object, rest)?
            }
            "opened" => self.opened(number(argument(0))),
            "class" => self.class_shape(text(0)),
            "drawn" => self.drawn(arguments),
            "measure" => super::drawing::measure(text(0), text(1)),
            "canvasSize" => self.canvas_size(argument(0)),
            "pixels" => self.pixels(arguments),
            "member" => self.member(ObjectId(number(argument(0))), text(1)),
            "rejected" => {
                let mut reason = exception(argument(0));
                if let Value::Error(site) = argument(1)
                    && reason.stack.is_empty()
                {
                    reason.stack.clone_from(&site.stack);
                }
                self.fail(ErrorKind::Rejection, reason, "Uncaught (in promise)");
                self.has_hook("onUnhandledRejection").into()
            }
            "pageStack" => {
                let stack = self.shown_stack().into_iter();
                Value::Array(stack.map(|page| page.0.into()).collect())
            }
            "parsePath" => parse_path(text(0))?,
            "unsupported" => {
                self.unsupported(text(0));
                argument(1).clone()
            }
            "hasOwnTabBar" => self.has_own_tab_bar(text(0)).into(),
            "resolve" => self.code.resolve(text(0), text(1))?.into(),
            "hasExports" => self.code.exports(text(0)).into(),
            "hasPlugin" => self.code.has_plugin(text(0)).into(),
            "readsLastMatch" => self.code.reads_last_match(text(0)).into(),
            _ => {
                if let Some(value) = self.view_operation(name, arguments) {
                    value
                } else {
                    self.order(name, arguments);
                    Value::Undefined
                }
            }
        })
    }

    /// What the prelude tells.
    fn order(&mut self, name: &str, arguments: &[Value]) {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str().unwrap_or_default();
        let id = |at: usize| number(argument(at));
        match name {
            "console" => self.console_line(text(0), arguments.get(1..).unwrap_or_default()),
            "startTimer" => {
                let repeats = argument(2).as_bool().unwrap_or(false);
                let delay_ms = argument(1).as_f64().unwrap_or(0.0);
                let now = self.world.now();
                self.queue.start_timer(now, id(0), delay_ms, repeats);
                let (timer, task) = (id(0), self.task.number);
                self.trace.add(Happening::Timer {
                    timer,
                    task,
                    repeats,
                });
            }
            "stopTimer" => {
                let timer = id(0);
                self.queue.stop_timer(timer);
                self.trace.add(Happening::TimerEnd { timer });
            }
            "report" => self.fail(ErrorKind::Exception, exception(argument(0)), text(1)),
            "enter" => self.enter(id(0), text(1), argument(2)),
            "setMember" => self.set_member(ObjectId(id(0)), text(1), argument(2)),
            "putPixels" => self.put_pixels(arguments),
            "resolvePrivacy" => self.resolve_privacy(text(0), text(1)),
            "heard" => self.heard(text(0), argument(1).as_bool() == Some(true)),
            "invokeUnmodelled" => self.invoke_unmodelled(text(0), id(1), argument(2).clone()),
            "abort" => self.abort(id(0)),
            "shareGiven" => {
                self.share_given(id(0), argument(1).as_bool() == Some(true), argument(2));
            }
            "registered" => {
                self.registered.insert(text(1).to_owned());
            }
            "setData" => self.set_data(id(0), || argument(1).clone(), id(2), id(3)),
            "triggered" => self.tell_triggered(id(0), text(1), argument(2)),
            "entered" => self.entered(id(0), text(1), argument(2)),
            other => unreachable!("operation {other} is not in the list"),
        }
    }

    fn console_line(&mut self, level: &str, values: &[Value]) {
        let parts: Vec<String> = values
            .iter()
            .map(|value| value.as_str().map_or_else(|| value.show(4), str::to_owned))
            .collect();
        self.console(level, parts.join(" "));
    }

    /// A number of [0, 1) with 53 random bits.
    fn random(&mut self) -> Value {
        let bits = self.world.apply(Draw(Stream::Math)) >> 11;
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
        Value::Number(bits as f64 / (1_u64 << 53) as f64)
    }

    /// A hook or handler of a component begins.
    fn entered(&mut self, instance: u32, hook: &str, argument: &Value) {
        let Some((page, node)) = self.views.place(instance) else {
            return;
        };
        let is_page = self
            .views
            .trees
            .get(&page)
            .is_some_and(|tree| tree.page() == node);
        if is_page {
            self.enter(page.0, hook, argument);
            return;
        }
        let path = self
            .views
            .of(instance)
            .and_then(|(tree, node)| Some(tree.find(node)?.component()?.path.to_string()));
        let owner = path.unwrap_or_default();
        self.task.hook = format!("{owner}.{hook}");
        let (hook, argument) = (hook.to_owned(), trace_json(argument));
        let page = page.0;
        self.emit(|| Event::Hook {
            owner,
            page,
            hook,
            argument,
        });
    }

    fn enter(&mut self, page: u32, hook: &str, argument: &Value) {
        let owner = match self.world.page(PageId(page)) {
            Some(entry) => entry.route.clone(),
            None if page == 0 => "App".to_owned(),
            None => self.closed.get(&PageId(page)).cloned().unwrap_or_default(),
        };
        self.task.hook = format!("{owner}.{hook}");
        let (hook, argument) = (hook.to_owned(), trace_json(argument));
        self.emit(|| Event::Hook {
            owner,
            page,
            hook,
            argument,
        });
    }

    fn table_rows(&self) -> Value {
        let rows = self.table.iter().enumerate();
        // Rows with a dot are methods of classes and capabilities of buttons, or members of `wx.cloud`.
        let is_member = |name: &str| !name.contains('.') || name.starts_with("cloud.");
        let rows =
            rows.filter(|(_, api)| is_member(api.spec.name) && api.spec.form != Form::Holder);
        Value::Array(rows.map(|(index, api)| self.row(index, api.spec)).collect())
    }

    /// A row as the prelude sees it.
    pub(super) fn row(&self, index: usize, spec: &ApiSpec) -> Value {
        let has_promises = self.world.profile().has_promises();
        let sdk = self.world.profile().sdk;
        let known = |events: &[(&str, Version)]| {
            let events = events.iter().filter(|(_, since)| sdk >= *since);
            Value::Array(events.map(|(event, _)| (*event).into()).collect())
        };
        let (shape, event) = match spec.form {
            Form::Task(events) if sdk >= TASKS_SINCE => ("task", known(events)),
            Form::Opens(class) if self.has_class(class) => ("opens", class.into()),
            Form::Async | Form::Task(_) | Form::Opens(_) => ("async", Value::Undefined),
            Form::Sync => ("sync", Value::Undefined),
            Form::Object(class) => ("object", class.into()),
            Form::On(event) => ("on", event.into()),
            Form::Off(event) => ("off", event.into()),
            Form::Sets(event) => ("sets", event.into()),
            Form::Script | Form::Holder | Form::Button { .. } => ("script", Value::Undefined),
        };
        let owner = spec.name.strip_prefix("cloud.").map(|own| ("cloud", own));
        let (owner, own) =
            owner.map_or_else(Default::default, |(owner, own)| (owner.into(), own.into()));
        Value::object([
            ("name", spec.name.into()),
            ("owner", owner),
            ("own", own),
            ("index", u32::try_from(index).unwrap_or(u32::MAX).into()),
            ("shape", shape.into()),
            ("event", event),
            // Advertisements gave promises before all others did.
            (
                "promise",
                (spec.promise
                    && (has_promises || spec.group == Group::Ad)
                    && self.admits_promise(spec.name))
                .into(),
            ),
        ])
    }

    /// Whether the base library gives objects of a class: some method of it is there.
    fn has_class(&self, name: &str) -> bool {
        let methods = self
            .table
            .iter()
            .filter_map(|api| api.spec.name.split_once('.'));
        methods.map(|(class, _)| class).any(|class| class == name)
    }

    /// Whether the rules let a member give promises that has them.
    fn admits_promise(&self, name: &str) -> bool {
        !self.world.profile().rules.strict_promises || documents_promise(name)
    }

    /// Names without simulation in a few groups: an object each would cost a start more than the
    /// rest of the prelude.
    fn unmodelled(&self) -> Value {
        let profile = self.world.profile();
        let mut groups: BTreeMap<(&str, &str), Vec<Value>> = BTreeMap::new();
        for name in unmodelled::names(profile.sdk) {
            let shape = match name.kind {
                Kind::Async
                    if name.promise && profile.has_promises() && self.admits_promise(name.name) =>
                {
                    "promise"
                }
                // Each of the typings' tasks is simulated.
                Kind::Async | Kind::Task => "async",
                Kind::Sync if unmodelled::QUIET.contains(&name.name) => "quiet",
                Kind::Sync => "sync",
                Kind::Factory => "factory",
                Kind::On | Kind::Off => "listen",
                Kind::Object if name.name.contains('.') => "unknown",
                Kind::Object => "object",
            };
            let (owner, own) = name.name.split_once('.').unwrap_or(("", name.name));
            groups.entry((owner, shape)).or_default().push(own.into());
        }
        let groups = groups.into_iter().map(|((owner, shape), names)| {
            Value::object([
                ("owner", owner.into()),
                ("shape", shape.into()),
                ("names", Value::Array(names)),
            ])
        });
        Value::Array(groups.collect())
    }

    /// `__wxConfig`, of which libraries read a few members.
    fn config(&self) -> Value {
        let app = self.world.app();
        let project = &self.code.project;
        Value::from(&json!({
            "envVersion": app.env_version.name(),
            "accountInfo": { "appId": app.app_id },
            "appType": 0,
            "pages": app.pages,
            "entryPagePath": app.home_page().map(|page| format!("{page}.html")),
            "global": { "window": project.app.window },
            "platform": self.world.profile().platform.name(),
            "wxAppInfo": { "appid": app.app_id },
        }))
    }

    /// Whether a page has a tab bar that the program draws itself.
    fn has_own_tab_bar(&self, route: &str) -> bool {
        let bar = self.code.project.app.tab_bar.as_ref();
        let bar = bar.filter(|_| !self.world.is_single_page());
        bar.is_some_and(|bar| bar.custom && bar.items.iter().any(|item| item.page_path == route))
    }

    pub(super) fn set_data(
        &mut self,
        page: u32,
        patch: impl FnOnce() -> Value,
        callback: u32,
        instance: u32,
    ) {
        let id = PageId(page);
        let component = self
            .views
            .of(instance)
            .and_then(|(tree, node)| tree.find(node)?.component());
        let route = match component {
            Some(component) => component.path.to_string(),
            None => self
                .world
                .page(id)
                .map(|entry| entry.route.clone())
                .unwrap_or_default(),
        };
        self.emit(|| Event::SetData {
            route,
            page,
            data: trace_json(&patch()),
        });
        if callback != 0 {
            self.renders.callbacks.entry(id).or_default().push(callback);
        }
        // What is set before the first render is part of it.
        if self.renders.ready.contains(&id) || self.renders.scheduled.contains(&id) {
            self.needs_render(id, super::RENDER_MS);
        }
    }
}

/// Base library in which requests began to return tasks.
const TASKS_SINCE: Version = Version(1, 4, 0);

/// A script's small whole number; anything else counts as 0.
pub(super) fn number(value: &Value) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts saturate"
    )]
    value.as_f64().map_or(0, |number| number as u32)
}

/// What was thrown or rejected with, as an error.
fn exception(value: &Value) -> Exception {
    match value {
        Value::Error(exception) => (**exception).clone(),
        Value::String(text) => Exception {
            message: text.clone(),
            ..Exception::default()
        },
        other => {
            let message = other.get("errMsg").as_str();
            let name = if message.is_some() {
                "MiniProgramError"
            } else {
                ""
            };
            Exception {
                name: name.to_owned(),
                message: message.map_or_else(|| other.show(3), str::to_owned),
                ..Exception::default()
            }
        }
    }
}

/// A data path as a list of keys (texts) and indexes (numbers).
fn parse_path(text: &str) -> Result<Value, Throw> {
    let path = DataPath::parse(text).map_err(|error| Throw::error(format!("{error}")))?;
    let segments = path.segments().iter().map(|segment| match segment {
        Segment::Key(key) => Value::from(key.as_str()),
        #[expect(clippy::cast_precision_loss, reason = "an index of a script's array")]
        Segment::Index(index) => Value::Number(*index as f64),
    });
    Ok(Value::Array(segments.collect()))
}

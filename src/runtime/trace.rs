//! The trace: everything observable of a run, as one typed stream.
//!
//! Reports, tests and front ends read it and nothing else. An entry is built only when someone
//! listens. The JSON form is one object a line; its keys are those of the types below.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::monitor::{Found, Happening, Noted};
use crate::api::multipart::Upload;
use crate::api::question::Question;
use crate::diagnostic::Diagnostic;
use crate::value::{Exception, Frame, Value};

/// One line of the trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Number of the entry, from 1.
    pub n: u64,
    /// Virtual milliseconds since the run began.
    pub t: i64,
    /// The macrotask it happened in; 0 outside of any.
    pub task: u32,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// Why a macrotask runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// A script of the project is loaded, by its path.
    Load(String),
    /// The mini program is started.
    Launch,
    /// Pages change.
    Route,
    /// A page's first render or an update of its data.
    Render,
    /// A timer of the app, by its number.
    Timer(u32),
    /// The reply to a call, by its number.
    Reply(u32),
    /// The user did something, by the number of the gesture.
    Gesture(u32),
    /// The mini program comes to the foreground or goes to the background, the theme changes.
    System,
    /// Errors are reported to the app's own handlers.
    Report,
}

/// Whose mistake a failure most likely is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The mini program's code.
    App,
    /// Something is missing in the project: a file, a package, a build step.
    Project,
    /// Something that wxsim does not simulate was used just before.
    Wxsim,
}

/// How an uncaught error reached the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// Thrown and not caught.
    Exception,
    /// A promise was rejected and nobody handled it.
    Rejection,
    /// A limit ended the script.
    Limit,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Event {
    /// The run begins.
    Start {
        /// Name and version of the simulator.
        wxsim: String,
        /// Seed of everything random.
        seed: u64,
        /// Rules in force.
        profile: crate::profile::Profile,
        /// The mini program.
        app_id: String,
        /// Who holds the phone, when there are several users.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<String>,
        /// Unix time in milliseconds at which `t` is 0.
        unix_ms: i64,
    },
    /// What follows is of another mini program of the world, until the next such entry.
    Program {
        /// Which.
        app_id: String,
        /// Its name.
        name: String,
    },
    /// The user goes from one mini program to another, or back.
    Jump {
        /// The target.
        to: String,
        /// Whether it is the program that opened this one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        back: bool,
        /// Page and query, when there is one.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        url: String,
        /// What the target is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extra_data: Option<Json>,
        /// The build, when one was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        env_version: Option<String>,
    },
    /// A macrotask begins.
    Task {
        /// Why.
        cause: Cause,
        /// Whether it has the tap state.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        tap: bool,
    },
    /// A step of the user or of the test.
    Step {
        /// As written.
        step: String,
    },
    /// The mini program is started or brought to the front.
    Enter {
        /// `launch`, `foreground`, `background` or `kill`.
        kind: String,
        /// Launch or enter options, when it opens.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        options: Option<Json>,
    },
    /// A hook or handler of the app begins.
    Hook {
        /// `App` or the page's route.
        owner: String,
        /// The page's number; 0 for the App object.
        page: u32,
        /// Its name.
        hook: String,
        /// Its first argument.
        #[serde(default, skip_serializing_if = "Json::is_null")]
        argument: Json,
    },
    /// A function of a WXS module hears of an event or of a change, in the view.
    Wxs {
        /// The page or component in whose template it is written.
        owner: String,
        /// The page's number.
        page: u32,
        /// Its name.
        function: String,
        /// The event, or the value.
        #[serde(default, skip_serializing_if = "Json::is_null")]
        argument: Json,
    },
    /// The page on top as it is drawn, when asked for.
    Tree {
        /// Its route.
        route: String,
        /// Readable WXML.
        markup: String,
    },
    /// Pages changed.
    Route {
        /// `navigateTo`, …
        kind: String,
        /// Routes of the page stack afterwards, bottom first.
        pages: Vec<String>,
    },
    /// An asynchronous API is called.
    Call {
        /// Number of the call.
        call: u32,
        /// Its name.
        api: String,
        /// The object whose method it is, or that it gives.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        object: Option<u32>,
        /// Options without callbacks.
        options: Json,
    },
    /// A synchronous API was called, or a property of an object was written (`Class.property =`).
    Sync {
        /// Its name.
        api: String,
        /// The object whose method it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        object: Option<u32>,
        /// Its arguments.
        arguments: Json,
        /// Its result.
        result: Json,
    },
    /// An asynchronous call is answered: success or fail, then complete run now.
    Reply {
        /// Number of the call.
        call: u32,
        /// Its name.
        api: String,
        /// What the callback gets.
        result: Json,
    },
    /// A request is sent, or the handshake of a socket.
    Request {
        /// Number of the call.
        call: u32,
        /// HTTP method, or `WS` for the handshake of a socket.
        method: String,
        /// Whole URL.
        url: String,
        /// Header lines.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        header: Map<String, Json>,
        /// Body, as text; of an upload, the file's path in the place of its bytes.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        body: String,
        /// What an upload is made of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        upload: Option<Upload>,
    },
    /// The network is closed to a request: no declared route answers it.
    Unrouted {
        /// Number of the call.
        call: u32,
        /// HTTP method.
        method: String,
        /// Whole URL.
        url: String,
    },
    /// Nobody said what a cloud function answers, which records a collection has, or what is in a
    /// file of the cloud.
    Undeclared {
        /// Number of the call.
        call: u32,
        /// `login` of a function, `db.users` of a collection, the id of a file.
        name: String,
    },
    /// The listeners of a task run.
    Progress {
        /// Number of the call.
        call: u32,
        /// Its name.
        api: String,
        /// `HeadersReceived`, `ChunkReceived`, `ProgressUpdate`.
        event: String,
        /// What they get.
        argument: Json,
    },
    /// Listeners run that were added with a method of an object, or with `wx.onX`.
    Told {
        /// `Class.onX`, or `onX` of `wx`.
        event: String,
        /// The object.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        object: Option<u32>,
        /// What they get.
        #[serde(default, skip_serializing_if = "Json::is_null")]
        argument: Json,
    },
    /// The session of the user in the program has another key.
    SessionKey {
        /// Number of the call that led to it.
        call: u32,
        /// The key's number.
        key: u32,
    },
    /// A call's result has data that only the program's server can read.
    Encrypted {
        /// Number of the call.
        call: u32,
        /// Number of the key that they were made under.
        key: u32,
    },
    /// The program's server did something.
    Server {
        /// `code2session`, `decrypt`, `prepay`, `orders`, `close`, `publicKey`, `custom-send`.
        action: String,
        /// What it got.
        #[serde(default, skip_serializing_if = "Json::is_null")]
        result: Json,
        /// Why it got nothing.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        problem: String,
    },
    /// A user paid, and the merchant's server is told.
    Payment {
        /// Which order, how much, who: `out_trade_no`, `transaction_id`, `total` in fen, `openid`, `mch_id`.
        told: Json,
        /// Where the notification goes; empty for nowhere.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        notify_url: String,
        /// What a rule answers it with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
    },
    /// WeChat hands something to the program's server, or to a mobile app.
    Handed {
        /// `"server"`, or `{"app": APPID}`.
        to: Json,
        /// What.
        message: Json,
    },
    /// The user is asked.
    Question {
        /// Number of the question.
        question: u32,
        /// Call that asks.
        call: u32,
        /// What is asked.
        #[serde(flatten)]
        asked: Question,
    },
    /// The user answers.
    Answer {
        /// Number of the question.
        question: u32,
        /// The question's key.
        key: String,
        /// The answer.
        answer: Json,
        /// Number of the choice in the list of all choices of the run.
        choice: u32,
    },
    /// Nobody answers: no flag, rule or person does.
    Unanswered {
        /// Number of the question.
        question: u32,
        /// The question's key.
        key: String,
        /// Answers that would fit.
        answers: Vec<String>,
        /// Why a given answer does not fit; empty when none was given.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        problem: String,
    },
    /// The user shares something: a card lies somewhere.
    Card {
        /// Its number.
        card: u32,
        /// Where it lies: `to group team`.
        to: String,
        /// Its title.
        title: String,
        /// The page that it opens, with its query.
        path: String,
        /// What its picture is.
        picture: String,
    },
    /// `setData` of a page.
    SetData {
        /// The page's route.
        route: String,
        /// The page's number.
        page: u32,
        /// The data as given.
        data: Json,
    },
    /// A line of the app's console.
    Console {
        /// `log`, `info`, `warn`, `error`, `debug`, …
        level: String,
        /// The line.
        text: String,
    },
    /// A component event without a listener yet.
    Triggered {
        /// The page's number.
        page: u32,
        /// Name of the event.
        event: String,
        /// Its detail.
        detail: Json,
    },
    /// A mistake in a template or style sheet, when it is first met.
    Finding(Diagnostic),
    /// A rule does not hold.
    Found(Box<Found>),
    /// What the user did with an element came to nothing: no handler hears it.
    Unheard {
        /// What could be done with elements inside it.
        inside: Vec<String>,
    },
    /// An uncaught error.
    Error {
        /// How it came up.
        kind: ErrorKind,
        /// Where in words, such as `at api login success callback function`.
        place: String,
        /// Whose mistake it most likely is.
        fault: Fault,
        /// The error.
        #[serde(flatten)]
        exception: Exception,
        /// The text of the innermost line of the project, when there is one.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        source_line: String,
    },
    /// Something was used that is not simulated.
    Unsupported {
        /// Its name, such as `wx.request`.
        name: String,
        /// How often it was used by now.
        times: u32,
    },
    /// The worker process of the run ended before the run did.
    Died {
        /// Why, with the limit.
        reason: String,
        /// What ran last.
        place: String,
    },
    /// The run ends.
    End {
        /// Routes of the page stack, bottom first.
        pages: Vec<String>,
        /// Questions that nobody answered, by number.
        unanswered: Vec<u32>,
        /// Uncaught errors.
        errors: u32,
        /// Calls that were never answered.
        pending: Vec<String>,
    },
}

/// Where entries go.
pub type Listener = Box<dyn FnMut(&Entry)>;

/// The stream and its reader.
pub(super) struct Trace {
    listener: Option<Listener>,
    /// What a monitor will be shown, while there is one.
    noted: Option<Vec<Noted>>,
    /// Where in the code the operation under way was called.
    stack: Vec<Frame>,
    written: u64,
    /// The mini program that the entries are of, and the one that readers know of.
    program: (String, String),
    told: String,
}

impl Trace {
    pub(super) fn new(listener: Option<Listener>) -> Self {
        Self {
            listener,
            noted: None,
            stack: Vec::new(),
            written: 0,
            program: <(String, String)>::default(),
            told: String::new(),
        }
    }

    /// The entries are of that program, as readers learn from the first.
    pub(super) fn begins_with(&mut self, app_id: &str) {
        app_id.clone_into(&mut self.program.0);
        app_id.clone_into(&mut self.told);
    }

    /// The entries to come are of another program.
    pub(super) fn program(&mut self, app_id: &str, name: &str) {
        self.program = (app_id.to_owned(), name.to_owned());
    }

    /// Adds an entry, built only when someone listens.
    pub(super) fn emit(&mut self, t: i64, task: u32, event: impl FnOnce() -> Event) {
        if self.told != self.program.0 {
            self.told.clone_from(&self.program.0);
            let (app_id, name) = self.program.clone();
            self.write(t, 0, || Event::Program { app_id, name });
        }
        self.write(t, task, event);
    }

    fn write(&mut self, t: i64, task: u32, event: impl FnOnce() -> Event) {
        self.written += 1;
        if self.listener.is_none() && self.noted.is_none() {
            return;
        }
        let entry = Entry {
            n: self.written,
            t,
            task,
            event: event(),
        };
        if let Some(listener) = &mut self.listener {
            listener(&entry);
        }
        self.add(Happening::Entry(entry));
    }

    /// Begins to keep what a monitor will be shown, or ends it.
    pub(super) fn note(&mut self, on: bool) {
        self.noted = on.then(Vec::new);
    }

    /// Whether a monitor will be shown what happens.
    pub(super) fn is_noted(&self) -> bool {
        self.noted.is_some()
    }

    /// What has happened since the last time.
    pub(super) fn take_noted(&mut self) -> Vec<Noted> {
        self.noted.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Something comes from that place in the code, until [`Trace::leave_stack`].
    pub(super) fn enter_stack(&mut self, stack: Vec<Frame>) {
        self.stack = stack;
    }

    /// What follows comes from no place that is known.
    pub(super) fn leave_stack(&mut self) {
        self.stack.clear();
    }

    /// Adds to what a monitor will be shown.
    pub(super) fn add(&mut self, what: Happening) {
        if let Some(noted) = &mut self.noted {
            let stack = self.stack.clone();
            noted.push(Noted { what, stack });
        }
    }
}

/// Deepest nesting of a value in the trace; JSON readers give up not far above it.
const DEPTH_MAX: usize = 100;

/// A value for the trace: JSON, with a readable text where JSON has no form, and `{…}` or `[…]` for
/// what is nested too deep.
pub(super) fn json(value: &Value) -> Json {
    json_within(value, DEPTH_MAX)
}

fn json_within(value: &Value, depth: usize) -> Json {
    match value {
        Value::Undefined => Json::Null,
        Value::Array(_) | Value::Object(_) if depth == 0 => Json::String(value.show(0)),
        Value::Array(items) => items
            .iter()
            .map(|item| json_within(item, depth - 1))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), json_within(value, depth - 1)))
            .collect(),
        Value::Error(error) => Json::String(error.headline()),
        Value::Gives(value) => json_within(value, depth),
        Value::Function(_) | Value::Bytes(..) | Value::Opaque(_) | Value::Cycle => {
            Json::String(value.show(1))
        }
        other => other.to_json().unwrap_or(Json::Null),
    }
}

/// Options of a call without its callbacks.
pub(super) fn options(value: &Value) -> Json {
    let mut json = json(value);
    if let Json::Object(members) = &mut json {
        for name in ["success", "fail", "complete"] {
            members.shift_remove(name);
        }
    }
    json
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_MAX, json};
    use crate::value::Value;

    #[test]
    fn what_is_nested_too_deep_is_cut_so_that_readers_take_it() {
        let deep = (0..150).fold(Value::Bool(true), |value, _| {
            Value::object([("o", Value::Array(vec![value]))])
        });
        let text = json(&deep).to_string();
        assert!(text.contains("\"{…}\""), "{text}");
        assert_eq!(text.matches(['{', '[']).count(), DEPTH_MAX + 1);
        serde_json::from_str::<serde_json::Value>(&text).expect("within a reader's depth");
    }
}

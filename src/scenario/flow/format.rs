//! The keys of a flow: what its reader, its schema and its documentation go by. The verbs are in
//! [`verbs`](super::verbs).

use super::shape::{Form, Member, Record, Shape};
use super::template;
use crate::api;
use crate::api::names::NAMES;
use crate::api::question;
use crate::profile::{Date, Platform};
use crate::runtime::{Persona, parse_duration};
use crate::version::Version;
use crate::world::network::HANDSHAKE;
use crate::world::network_rule::METHODS;

/// A flow itself.
pub(super) const FLOW: Record = Record {
    what: "a flow",
    one_of: &[],
    keys: &[
        Member::new("name", Shape::Text, "What the test is called.").needed(),
        Member::new(
            "tags",
            Shape::Some(&Shape::Text),
            "Tags to choose tests by.",
        ),
        Member::new("use", Shape::Record(&USE), "How the mini program is run."),
        Member::new(
            "personas",
            Shape::List(&Shape::Word(personas)),
            "One test for each: who answers what `answers` does not.",
        ),
        Member::new(
            "matrix",
            Shape::Record(&MATRIX),
            "One test for each combination of values.",
        ),
        Member::new(
            "answers",
            Shape::Answers,
            "What the user answers; a list answers one question after the other.",
        ),
        Member::new(
            "server",
            Shape::Record(&SERVER),
            "What the program's own server answers.",
        ),
        Member::new(
            "include",
            Shape::Some(&Shape::Text),
            "Flows whose answers, routes and steps come first, by path.",
        ),
        Member::new(
            "page",
            Shape::Text,
            "The page to open, with its query; the entry page if left out.",
        ),
        Member::new("query", Shape::Each(&Shape::Text), "Query of the page."),
        Member::new("scene", Shape::Count, "Scene value (场景值) of the start."),
        Member::new("steps", Shape::Steps, "What happens, in order."),
    ],
};

/// Options; those of `test.use` in JavaScript.
pub(super) const USE: Record = Record {
    what: "`use`",
    one_of: &[],
    keys: &[
        Member::new(
            "app",
            Shape::Text,
            "Folder of the mini program, from the flow.",
        ),
        Member::new(
            "with",
            Shape::List(&Shape::Text),
            "Folders of other mini programs on the phone.",
        ),
        Member::new(
            "persona",
            Shape::Word(personas),
            "Who answers what `answers` does not.",
        ),
        Member::new("seed", Shape::Count, "Seed of everything random."),
        Member::new(
            "compatDate",
            Shape::Form(&DATE),
            "Day whose platform is simulated.",
        ),
        Member::new("sdk", Shape::Form(&VERSION), "Version of the base library."),
        Member::new("client", Shape::Form(&VERSION), "Version of the client."),
        Member::new("platform", Shape::Word(platforms), "Where the client runs."),
        Member::new("user", Shape::Text, "Id of the user who holds the phone."),
        Member::new(
            "timeout",
            Shape::Count,
            "Milliseconds of real time that the test may take.",
        ),
        Member::new(
            "strict",
            Shape::Either(&[Shape::Flag, Shape::Record(&STRICT)]),
            "What fails the test by itself; everything if left out.",
        ),
    ],
};

const STRICT: Record = Record {
    what: "`strict`",
    one_of: &[],
    keys: &[
        Member::new("console", Shape::Flag, "`console.error` of the program."),
        Member::new("exceptions", Shape::Flag, "Uncaught exceptions."),
        Member::new(
            "rejections",
            Shape::Flag,
            "Rejected promises that nobody hears.",
        ),
        Member::new("requests", Shape::Flag, "Requests that no route answers."),
        Member::new("questions", Shape::Flag, "Questions that nobody answers."),
        Member::new(
            "rules",
            Shape::Flag,
            "Rules that weigh as errors, with `--rules=error`.",
        ),
    ],
};

/// Combinations of values.
pub(super) const MATRIX: Record = Record {
    what: "`matrix`",
    one_of: &[],
    keys: &[
        Member::new(
            "mode",
            Shape::Word(|| vec!["full", "pairwise"]),
            "`full`: every combination. `pairwise`: so few that each two values of two axes meet.",
        ),
        Member::new(
            "axes",
            Shape::Keyed(&AXIS, &Shape::List(&Shape::Any)),
            "An option of `use`, `answers.KEY` for a question, or else a variable, and its values.",
        )
        .needed(),
    ],
};

const SERVER: Record = Record {
    what: "`server`",
    one_of: &[],
    keys: &[Member::new(
        "routes",
        Shape::List(&Shape::Record(&ROUTE)),
        "The first route that matches a request answers it.",
    )
    .needed()],
};

/// A route: which requests, and the members of a reply.
pub(super) const ROUTE: Record = Record {
    what: "a route",
    one_of: &[],
    keys: &[
        Member::new("method", Shape::Word(methods), "Method; any if left out."),
        Member::new(
            "url",
            Shape::Text,
            "The whole URL, a beginning that ends with `*`, or a host.",
        )
        .needed(),
        Member::new("body", Shape::Any, "Members that the body must have."),
        Member::new(
            "times",
            Shape::Count,
            "How many requests it answers; all if left out.",
        ),
        Member::new(
            "replies",
            Shape::List(&Shape::Record(&REPLY)),
            "Replies one after the other; the last one stays.",
        ),
        Member::new("status", Shape::Count, "HTTP status; 200 if left out."),
        Member::new(
            "json",
            Shape::Any,
            "Body as JSON; `$pay` and the like become signed values.",
        ),
        Member::new("text", Shape::Text, "Body as text."),
        Member::new("header", Shape::Each(&Shape::Text), "Header lines."),
        Member::new(
            "delay",
            Shape::Form(&DURATION),
            "Virtual time until the answer; 50 ms if left out.",
        ),
        Member::new(
            "fail",
            Shape::Text,
            "No answer comes: `timeout`, `refused` or what follows `request:fail`.",
        ),
    ],
};

const REPLY: Record = Record {
    what: "a reply",
    one_of: &[],
    keys: &[
        Member::new("status", Shape::Count, "HTTP status; 200 if left out."),
        Member::new("json", Shape::Any, "Body as JSON."),
        Member::new("text", Shape::Text, "Body as text."),
        Member::new("header", Shape::Each(&Shape::Text), "Header lines."),
        Member::new(
            "delay",
            Shape::Form(&DURATION),
            "Virtual time until the answer.",
        ),
        Member::new("fail", Shape::Text, "No answer comes."),
    ],
};

/// What is expected at a moment.
pub(super) const EXPECT: Record = Record {
    what: "`expect`",
    one_of: &[],
    keys: &[
        Member::new("page", Shape::Text, "Route of the page on top."),
        Member::new("shows", Shape::Some(&Shape::Text), "Texts on the screen."),
        Member::new(
            "hides",
            Shape::Some(&Shape::Text),
            "Texts that are not on the screen.",
        ),
        Member::new(
            "data",
            Shape::Each(&Shape::Any),
            "Members of the page's data.",
        ),
        Member::new(
            "storage",
            Shape::Each(&Shape::Any),
            "Keys of the storage and what they hold.",
        ),
        Member::new(
            "called",
            Shape::Either(&[
                Shape::Keyed(&API, &Shape::Any),
                Shape::Some(&Shape::Form(&API)),
            ]),
            "APIs that were called, with options that one of the calls had.",
        ),
        Member::new(
            "notCalled",
            Shape::Some(&Shape::Form(&API)),
            "APIs that were never called.",
        ),
        Member::new(
            "failed",
            Shape::Keyed(&API, &Shape::Text),
            "The `errMsg` with which the latest call failed.",
        ),
        Member::new(
            "prompted",
            Shape::Some(&Shape::Form(&QUESTION)),
            "Questions that the user was asked.",
        ),
        Member::new("noPrompts", Shape::Yes, "The user was asked nothing."),
        Member::new("noErrors", Shape::Yes, "The program had no uncaught error."),
        Member::new(
            "paid",
            Shape::Some(&Shape::Text),
            "Numbers of orders that are paid.",
        ),
        Member::new(
            "evaluated",
            Shape::Each(&Shape::Any),
            "Code that runs in the program, and its value.",
        ),
        Member::new("trace", Shape::Yes, "The trace is that of the snapshot."),
        Member::new("tree", Shape::Yes, "The screen is that of the snapshot."),
    ],
};

/// Where the value of a variable comes from.
pub(super) const CAPTURE: Record = Record {
    what: "a captured value",
    one_of: &["storage", "data", "evaluate", "result"],
    keys: &[
        Member::new("storage", Shape::Text, "A key of the storage."),
        Member::new("data", Shape::Text, "A path in the data of the page."),
        Member::new("evaluate", Shape::Text, "Code that runs in the program."),
        Member::new(
            "result",
            Shape::Form(&API),
            "What the latest call of an API came to.",
        ),
    ],
};

pub(super) const DATE: Form = Form {
    what: "a day such as 2018-06-04",
    pattern: r"^\d{4}-\d{2}-\d{2}$",
    check: |text| {
        text.parse::<Date>()
            .map(drop)
            .map_err(|error| error.to_string())
    },
    known: Vec::new,
};

const VERSION: Form = Form {
    what: "a version such as 2.10.2",
    pattern: r"^\d+(\.\d+){0,2}$",
    check: |text| {
        text.parse::<Version>()
            .map(drop)
            .map_err(|error| error.to_string())
    },
    known: Vec::new,
};

pub(super) const DURATION: Form = Form {
    what: "a duration such as 500ms, 3s, 5m, 2h or 1d",
    pattern: r"^\d+(\.\d+)?(ms|s|m|h|d)$",
    check: |text| {
        parse_duration(text)
            .map(drop)
            .map_err(|error| error.to_string())
    },
    known: Vec::new,
};

/// A name of `wx`, or of a method of its objects (`Class.method`).
pub(super) const API: Form = Form {
    what: "the name of an API such as getLocation",
    pattern: r"^\S+$",
    check: |text| {
        let is_known = text.contains('.') || api::find(text).is_some() || apis().contains(&text);
        is_known
            .then_some(())
            .ok_or_else(|| format!("wx has no `{text}`"))
    },
    known: apis,
};

const QUESTION: Form = Form {
    what: "the key of a question such as modal or scope.userLocation",
    pattern: r"^\S+$",
    check: |text| {
        let is_known = question::exists(text);
        is_known
            .then_some(())
            .ok_or_else(|| format!("`{text}` is no question"))
    },
    known: || question::keys().collect(),
};

pub(super) const VARIABLE: Form = Form {
    what: "a name of letters, digits and `_`",
    pattern: r"^[A-Za-z_][A-Za-z0-9_]*$",
    check: template::check_name,
    known: Vec::new,
};

/// The beginning of an axis that answers a question.
pub(super) const ANSWERS_AXIS: &str = "answers.";

/// An axis of the matrix.
const AXIS: Form = Form {
    what: "an option of `use`, `answers.KEY`, or the name of a variable",
    pattern: r"^(answers\.\S+|[A-Za-z_][A-Za-z0-9_]*)$",
    check: |text| match text.strip_prefix(ANSWERS_AXIS) {
        Some(key) if question::exists(key) => Ok(()),
        Some(key) => Err(format!("`{key}` is no question")),
        None if is_option_axis(text) => Ok(()),
        None => template::check_name(text),
    },
    known: || USE.keys.iter().map(|member| member.key).collect(),
};

/// Whether an axis sets an option.
pub(super) fn is_option_axis(axis: &str) -> bool {
    USE.keys.iter().any(|member| member.key == axis)
}

fn personas() -> Vec<&'static str> {
    Persona::ALL.into_iter().map(Persona::name).collect()
}

fn platforms() -> Vec<&'static str> {
    Platform::ALL.into_iter().map(Platform::name).collect()
}

fn methods() -> Vec<&'static str> {
    let methods = METHODS.iter().copied();
    methods.filter(|method| *method != HANDSHAKE).collect()
}

fn apis() -> Vec<&'static str> {
    NAMES.iter().map(|name| name.name).collect()
}

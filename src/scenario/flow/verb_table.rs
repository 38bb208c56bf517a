//! Every verb with what it takes, for the reader, the schema and the documentation.

use super::exploration::EXPLORE;
use super::format::{API, CAPTURE, DURATION, EXPECT, VARIABLE};
use super::opening::OPENING;
use super::shape::{Member, Record, Shape};
use super::verbs::{self, Verb, Way};
use crate::world::connection::Connection;

const fn pair(what: &'static str, keys: &'static [Member]) -> Record {
    Record {
        what,
        keys,
        one_of: &[],
    }
}

const TARGET: Member = Member::new(
    "target",
    Shape::Text,
    "A selector, a text in quotes, or `role=button[name=Buy]`.",
)
.needed();

const INPUT: Record = pair(
    "`input`",
    &[
        TARGET,
        Member::new("text", Shape::Text, "What the user types.").needed(),
    ],
);
const CHOOSE: Record = pair(
    "`choose`",
    &[
        TARGET,
        Member::new(
            "value",
            Shape::Any,
            "The value, or the text that a picker shows.",
        )
        .needed(),
    ],
);
const DRAG: Record = pair(
    "`drag`",
    &[
        TARGET,
        Member::new("x", Shape::Number, "Pixels to the right.").needed(),
        Member::new("y", Shape::Number, "Pixels down; 0 if left out."),
    ],
);
const TRIGGER: Record = pair(
    "`trigger`",
    &[
        TARGET,
        Member::new("event", Shape::Text, "Name of the event.").needed(),
        Member::new("detail", Shape::Any, "Its `detail`."),
    ],
);
const SCROLL: Record = Record {
    what: "`scroll`",
    one_of: &["to", "by"],
    keys: &[
        TARGET,
        Member::new("to", Shape::Number, "Pixels from the beginning."),
        Member::new("by", Shape::Number, "Pixels further."),
    ],
};
const SCAN: Record = pair(
    "`scan`",
    &[
        Member::new("code", Shape::Text, "Id of one of `[[codes]]`.").needed(),
        Member::new(
            "how",
            Shape::Word(|| vec!["longpress", "album"]),
            "In another way than by the camera.",
        ),
    ],
);
const PROGRAM: Record = pair(
    "`program`",
    &[
        Member::new("appId", Shape::Text, "Its appid.").needed(),
        Member::new("page", Shape::Text, "The page, with its query."),
        Member::new("scene", Shape::Count, "Scene value."),
    ],
);
const CALL: Record = pair(
    "`call`",
    &[
        Member::new("api", Shape::Form(&API), "Name of the API.").needed(),
        Member::new(
            "options",
            Shape::Each(&Shape::Any),
            "Its options, without callbacks.",
        ),
        Member::new(
            "arguments",
            Shape::List(&Shape::Any),
            "Arguments of a synchronous API, in the place of `options`.",
        ),
    ],
);

/// Every verb.
pub(super) const VERBS: &[Verb] = &[
    Verb::new(
        "launch",
        Shape::Either(&[Shape::Nothing, Shape::Text, Shape::Record(&OPENING)]),
        verbs::LAUNCH,
        "A cold start, at a page or the entry page.",
    ),
    Verb::target("tap", "user.tap", "The user taps an element."),
    Verb::target("longpress", "user.longpress", "The user holds an element."),
    Verb::new(
        "input",
        Shape::Record(&INPUT),
        Way::Pair("user.input", "text"),
        "The user types a text into a field.",
    ),
    Verb::target("focus", "user.focus", "A field gets the keyboard."),
    Verb::target("blur", "user.blur", "A field loses the keyboard."),
    Verb::target(
        "confirm",
        "user.confirm",
        "The key at the lower right of the keyboard is pressed.",
    ),
    Verb::new(
        "choose",
        Shape::Record(&CHOOSE),
        Way::Pair("user.choose", "value"),
        "A picker, slider, swiper, switch or group is brought to a value.",
    ),
    Verb::new(
        "drag",
        Shape::Record(&DRAG),
        verbs::DRAG,
        "A finger moves an element.",
    ),
    Verb::new(
        "trigger",
        Shape::Record(&TRIGGER),
        verbs::TRIGGER,
        "An event with a `detail`, for what has no gesture of its own.",
    ),
    Verb::new(
        "scroll",
        Shape::Either(&[Shape::Number, Shape::Record(&SCROLL)]),
        verbs::SCROLL,
        "The user scrolls the page to so many pixels, or a scroll-view.",
    ),
    Verb::word("back", "user.back", "The back button."),
    Verb::new(
        "tabItem",
        Shape::Count,
        Way::Rest("user.tabItem"),
        "The user taps an item of the tab bar, from 0.",
    ),
    Verb::new(
        "share",
        Shape::Either(&[Shape::Nothing, Shape::Some(&Shape::Text)]),
        verbs::SHARE,
        "The user shares the page with users or groups, or as `answers` say.",
    ),
    Verb::new(
        "openCard",
        Shape::Either(&[Shape::Nothing, Shape::Count]),
        verbs::OPEN_CARD,
        "Whoever holds the phone taps a shared card: the latest, or that number.",
    ),
    Verb::new(
        "openMessage",
        Shape::Either(&[Shape::Nothing, Shape::Count]),
        verbs::OPEN_MESSAGE,
        "The user taps a message of the program: the latest, or that number.",
    ),
    Verb::new(
        "scan",
        Shape::Either(&[Shape::Text, Shape::Record(&SCAN)]),
        verbs::SCAN,
        "The user scans one of `[[codes]]` with WeChat.",
    ),
    Verb::new(
        "answer",
        Shape::Answers,
        verbs::ANSWER,
        "Answers a question that is waiting.",
    ),
    Verb::apart(
        "answers",
        Shape::Answers,
        "What the user answers from here on.",
    ),
    Verb::new(
        "settings",
        Shape::Each(&Shape::Flag),
        Way::Rest("user.settings"),
        "Sets switches on the settings page.",
    ),
    Verb::new(
        "advance",
        Shape::Form(&DURATION),
        verbs::ADVANCE,
        "Virtual time passes.",
    ),
    Verb::new(
        "expire",
        Shape::Either(&[Shape::Nothing, Shape::Word(|| vec!["session"])]),
        verbs::EXPIRE,
        "The platform ends the session of the user.",
    ),
    Verb::word(
        "background",
        "app.background",
        "The user leaves the mini program.",
    ),
    Verb::new(
        "resume",
        Shape::Either(&[Shape::Nothing, Shape::Text, Shape::Record(&OPENING)]),
        verbs::RESUME,
        "The user comes back, perhaps to another page.",
    ),
    Verb::word("kill", "app.kill", "The process ends."),
    Verb::word(
        "deleteApp",
        "app.delete",
        "The user deletes the mini program.",
    ),
    Verb::new(
        "network",
        Shape::Word(connections),
        Way::Rest("world.network"),
        "The phone has another connection.",
    ),
    Verb::new(
        "user",
        Shape::Text,
        Way::Rest("sim.user"),
        "The phone goes to another user.",
    ),
    Verb::new(
        "program",
        Shape::Either(&[Shape::Text, Shape::Record(&PROGRAM)]),
        verbs::PROGRAM,
        "The user goes to another mini program whose code is at hand.",
    ),
    Verb::new(
        "server",
        Shape::Text,
        verbs::SERVER,
        "The program's server does something: what follows `server` in a text step.",
    ),
    Verb::word("pullDown", "user.pullDown", "The user pulls the page down."),
    Verb::word(
        "reachBottom",
        "user.reachBottom",
        "The user scrolls to the end of the page.",
    ),
    Verb::apart("expect", Shape::Record(&EXPECT), "What holds now."),
    Verb::apart(
        "capture",
        Shape::Keyed(&VARIABLE, &Shape::Record(&CAPTURE)),
        "Values for later: `${name}`.",
    ),
    Verb::new(
        "evaluate",
        Shape::Text,
        verbs::EVALUATE,
        "Code runs in the program; its value is in the trace.",
    ),
    Verb::apart(
        "call",
        Shape::Either(&[Shape::Form(&API), Shape::Record(&CALL)]),
        "The program calls an API, whatever comes of it.",
    ),
    Verb::apart(
        "include",
        Shape::Text,
        "The answers, routes and steps of another flow, by path.",
    ),
    Verb::apart(
        "explore",
        Shape::Either(&[Shape::Nothing, Shape::Record(&EXPLORE)]),
        "Last: everything is tried that a user and the world can do from here; from a start, when it is the only step.",
    ),
    Verb::new(
        "step",
        Shape::Text,
        verbs::STEP,
        "Any step of `wxsim run --do`.",
    ),
];

fn connections() -> Vec<&'static str> {
    Connection::ALL.into_iter().map(Connection::name).collect()
}

//! What a test file declares: groups, tests, hooks, options.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::host::count;
use crate::diagnostic::Place;
use crate::near::near;
use crate::value::{Frame, Value};

/// How a test or group is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// It runs.
    #[default]
    Run,
    /// It runs, and what is not marked so does not.
    Only,
    /// It does not run.
    Skip,
    /// It is to be written.
    Todo,
    /// It must fail.
    Fails,
}

/// A group or a test of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Node {
    /// Its number; the file itself is group 0.
    pub number: u32,
    /// Whether it is a test.
    pub is_test: bool,
    /// Its title.
    pub title: String,
    /// How it is marked.
    pub mode: Mode,
    /// Options that hold for it, those of groups around it included.
    pub options: Map<String, Json>,
    /// Where it is written.
    pub frame: Option<Frame>,
    /// The group around it.
    pub parent: Option<u32>,
    /// Names of the hooks that it declares.
    pub hooks: Vec<String>,
    /// Of a test at whose end everything is tried: from which level on rules count.
    #[serde(default)]
    pub rules: Option<String>,
}

/// All of a file, in the order in which it is written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Groups and tests; a group comes before what is in it.
    pub nodes: Vec<Node>,
}

impl Plan {
    /// Reads what the scripts collected.
    pub(super) fn read(value: &Value) -> Self {
        let nodes = value.items().iter().map(Node::read);
        Self {
            nodes: nodes.collect(),
        }
    }

    /// The groups around a node and itself, the file first.
    pub fn chain(&self, number: u32) -> Vec<&Node> {
        let mut chain = Vec::new();
        let mut next = self.node(number);
        while let Some(node) = next {
            chain.push(node);
            next = node.parent.and_then(|parent| self.node(parent));
        }
        chain.reverse();
        chain
    }

    /// A node by its number.
    pub fn node(&self, number: u32) -> Option<&Node> {
        self.nodes.get(usize::try_from(number).ok()?)
    }

    /// Titles of the groups around a node and its own.
    pub fn titles(&self, number: u32) -> Vec<String> {
        let chain = self.chain(number);
        let titles = chain.iter().map(|node| node.title.clone());
        titles.skip(1).collect()
    }

    /// The tests.
    pub fn tests(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.is_test)
    }

    /// How a test is marked, by itself or by a group around it; `only` of a test is looked at by
    /// [`Plan::has_only`].
    pub fn mode(&self, number: u32) -> Mode {
        let chain = self.chain(number);
        let is = |mode: Mode| chain.iter().any(|node| node.mode == mode);
        let own = self.node(number).map_or(Mode::Run, |node| node.mode);
        if is(Mode::Skip) {
            Mode::Skip
        } else if own == Mode::Todo {
            Mode::Todo
        } else if self.has_only() && !is(Mode::Only) {
            Mode::Skip
        } else {
            own
        }
    }

    /// Whether something is marked `only`.
    pub fn has_only(&self) -> bool {
        self.nodes.iter().any(|node| node.mode == Mode::Only)
    }
}

impl Node {
    fn read(value: &Value) -> Self {
        let number = |value: &Value| value.as_f64().map(|_| count(value));
        let site = match value.get("site") {
            Value::Error(error) => error.stack.first().cloned(),
            _ => None,
        };
        let options = value.get("options").to_json();
        Self {
            number: number(value.get("number")).unwrap_or_default(),
            is_test: value.get("kind").as_str() == Some("test"),
            title: value.get("title").as_str().unwrap_or_default().to_owned(),
            mode: match value.get("mode").as_str() {
                Some("only") => Mode::Only,
                Some("skip") => Mode::Skip,
                Some("todo") => Mode::Todo,
                Some("fails") => Mode::Fails,
                _ => Mode::Run,
            },
            options: options
                .and_then(|json| json.as_object().cloned())
                .unwrap_or_default(),
            frame: site,
            parent: number(value.get("parent")),
            hooks: texts(value.get("hooks")),
            rules: value.get("rules").as_str().map(str::to_owned),
        }
    }

    /// Whether it declares a hook.
    pub fn has_hook(&self, name: &str) -> bool {
        self.hooks.iter().any(|own| own == name)
    }

    /// Its tags, each with `@`.
    pub fn tags(&self) -> Vec<String> {
        let tags = self.options.get("tag").and_then(Json::as_array);
        let tags = tags.into_iter().flatten().filter_map(Json::as_str);
        tags.map(|tag| format!("@{}", tag.trim_start_matches('@')))
            .collect()
    }

    /// Where it is written.
    pub fn place(&self) -> Option<Place> {
        let frame = self.frame.as_ref()?;
        Some(Place::at(&*frame.file, frame.line, frame.column, 0))
    }
}

fn texts(value: &Value) -> Vec<String> {
    let items = value.items().iter().filter_map(Value::as_str);
    items.map(str::to_owned).collect()
}

/// What a test may say of what happens to it without failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Strict {
    /// `console.error` of the app.
    pub console: bool,
    /// Uncaught exceptions.
    pub exceptions: bool,
    /// Rejections that nobody hears.
    pub rejections: bool,
    /// Requests that no route answers.
    pub requests: bool,
    /// Questions that nobody answers.
    pub questions: bool,
    /// Rules that weigh as errors and do not hold, where they fail tests.
    pub rules: bool,
}

impl Strict {
    const ALL: Self = Self::each(true);

    const fn each(on: bool) -> Self {
        Self {
            console: on,
            exceptions: on,
            rejections: on,
            requests: on,
            questions: on,
            rules: on,
        }
    }
}

/// Options of `test.use` and of single tests.
#[derive(Clone, Debug, Default)]
pub struct Options(Map<String, Json>);

/// Every option with what it takes.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("app", "a folder, from the test file"),
    (
        "with",
        "a list of folders of other mini programs, from the test file",
    ),
    (
        "persona",
        "who answers what nothing else does: allow-all, deny-all, …",
    ),
    ("answers", "an object of answers"),
    ("seed", "a whole number from 0"),
    ("compatDate", "a day, YYYY-MM-DD"),
    ("sdk", "a version of the base library"),
    ("client", "a version of the client"),
    ("platform", "ios, android, devtools, windows, mac or ohos"),
    ("user", "id of the user who holds the phone"),
    (
        "strict",
        "false, or an object with console, exceptions, rejections, requests, questions",
    ),
    ("snapshot", "an object with redact: false"),
    ("tag", "a tag or a list of tags"),
    ("timeout", "milliseconds of real time"),
];

/// The switches of `strict`.
const STRICT: &[&str] = &[
    "console",
    "exceptions",
    "rejections",
    "requests",
    "questions",
    "rules",
];

/// The word that was probably meant, or all that there are.
fn advice(wanted: &str, known: &[&str]) -> String {
    match near(wanted, known.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known.join(", ")),
    }
}

/// Whether an option has a value of its kind; its words are looked at where they are used.
fn fits(key: &str, value: &Json) -> bool {
    if value.is_null() {
        return true;
    }
    let is_text = |value: &Json| value.is_string();
    let is_texts = |value: &Json| value.as_array().is_some_and(|all| all.iter().all(is_text));
    match key {
        "seed" => value
            .as_f64()
            .is_some_and(|seed| seed >= 0.0 && seed.fract() == 0.0),
        "timeout" => value.is_number(),
        "with" | "tag" => is_texts(value),
        "answers" | "snapshot" => value.is_object(),
        "strict" => {
            let switches = value.as_object();
            value.is_boolean() || switches.is_some_and(|all| all.values().all(Json::is_boolean))
        }
        _ => value.is_string() || value.is_number(),
    }
}

impl Options {
    /// Takes options over, unless one is unknown or of another kind.
    ///
    /// # Errors
    /// Which one, with the nearest that there is or what it takes.
    pub fn new(options: &Map<String, Json>) -> Result<Self, String> {
        let known: Vec<&str> = KEYS.iter().map(|(known, _)| *known).collect();
        for (key, value) in options {
            let Some((_, what)) = KEYS.iter().find(|(known, _)| known == key) else {
                let help = advice(key, &known);
                return Err(format!("test.use has no option `{key}`; {help}"));
            };
            if !fits(key, value) {
                return Err(format!("test.use: `{key}` is {what}, not {value}"));
            }
        }
        for key in options
            .get("strict")
            .and_then(Json::as_object)
            .into_iter()
            .flat_map(Map::keys)
        {
            if !STRICT.contains(&key.as_str()) {
                let help = advice(key, STRICT);
                return Err(format!("test.use: `strict` has no switch `{key}`; {help}"));
            }
        }
        Ok(Self(options.clone()))
    }

    /// A text, or a number as text.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.0.get(key)? {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Texts of a list.
    pub fn texts(&self, key: &str) -> Vec<String> {
        let items = self.0.get(key).and_then(Json::as_array);
        let items = items.into_iter().flatten().filter_map(Json::as_str);
        items.map(str::to_owned).collect()
    }

    /// The answers.
    pub fn answers(&self) -> Option<&Map<String, Json>> {
        self.0.get("answers")?.as_object()
    }

    /// What fails a test by itself.
    pub fn strict(&self) -> Strict {
        match self.0.get("strict") {
            Some(Json::Bool(on)) => Strict::each(*on),
            Some(Json::Object(given)) => {
                let on = |key: &str| given.get(key).and_then(Json::as_bool).unwrap_or(true);
                Strict {
                    console: on("console"),
                    exceptions: on("exceptions"),
                    rejections: on("rejections"),
                    requests: on("requests"),
                    questions: on("questions"),
                    rules: on("rules"),
                }
            }
            _ => Strict::ALL,
        }
    }

    /// What tells apart programs that cannot share a start, as text.
    pub fn program_key(&self) -> String {
        let keys = [
            "app",
            "with",
            "seed",
            "compatDate",
            "sdk",
            "client",
            "platform",
            "user",
        ];
        let own = keys
            .iter()
            .filter_map(|key| Some((*key, self.0.get(*key)?)));
        let own: Map<String, Json> = own.map(|(key, it)| (key.to_owned(), it.clone())).collect();
        Json::Object(own).to_string()
    }

    /// Whether it says so.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }
}

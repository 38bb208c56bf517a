//! What may stand where: the shapes of values, read into JSON with every mistake at its place.

use serde_json::{Map, Value as Json};

use super::node::{Key, Kind, Node, Source};
use super::template;
use crate::api::question;
use crate::diagnostic::Diagnostic;
use crate::near::near;

/// What a value may be.
pub(super) enum Shape {
    /// Nothing stands behind the key.
    Nothing,
    /// `true`, and nothing else.
    Yes,
    Flag,
    /// A whole number from 0.
    Count,
    Number,
    /// A text; a number or flag without quotes is one too.
    Text,
    /// A text with a form of its own.
    Form(&'static Form),
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    Any,
    List(&'static Shape),
    /// One, or a list of them.
    Some(&'static Shape),
    /// An object with any keys.
    Each(&'static Shape),
    /// An object whose keys have a form.
    Keyed(&'static Form, &'static Shape),
    /// An object with these keys.
    Record(&'static Record),
    /// An object of answers to the user's questions.
    Answers,
    /// Of these, the first that takes such a value.
    Either(&'static [Shape]),
    /// A list of steps.
    Steps,
}

/// A text with a form.
pub(super) struct Form {
    /// What it is, with an example.
    pub(super) what: &'static str,
    /// A regular expression for editors, not stricter than `check`.
    pub(super) pattern: &'static str,
    /// What is wrong with a text.
    pub(super) check: fn(&str) -> Result<(), String>,
    /// Texts that are known, for advice.
    pub(super) known: fn() -> Vec<&'static str>,
}

/// The keys of an object.
pub(super) struct Record {
    /// What the object is: `a route`.
    pub(super) what: &'static str,
    pub(super) keys: &'static [Member],
    /// Keys of which exactly one is there; empty for no such rule.
    pub(super) one_of: &'static [&'static str],
}

/// A key of an object.
pub(super) struct Member {
    pub(super) key: &'static str,
    pub(super) shape: Shape,
    pub(super) about: &'static str,
    pub(super) is_needed: bool,
}

impl Member {
    pub(super) const fn new(key: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            key,
            shape,
            about,
            is_needed: false,
        }
    }

    pub(super) const fn needed(self) -> Self {
        Self {
            is_needed: true,
            ..self
        }
    }
}

/// A file that is being read, with what is wrong with it.
pub(super) struct Reading<'s> {
    pub(super) source: Source<'s>,
    pub(super) problems: Vec<Diagnostic>,
    /// Whether `${name}` stands for a variable here.
    pub(super) has_variables: bool,
    /// Variables that are read, with the place.
    pub(super) used: Vec<(String, (usize, usize))>,
}

impl Reading<'_> {
    pub(super) fn problem(&mut self, range: (usize, usize), message: String, help: String) {
        let problem = Diagnostic::error(message).at(self.source.place(range));
        self.problems.push(problem.help(help));
    }

    /// The value as JSON; what is wrong with it is noted.
    pub(super) fn read(&mut self, node: &Node, shape: &Shape, name: &str) -> Option<Json> {
        if takes_variable(shape)
            && let Some(text) = self.template(node)
        {
            return Some(Json::String(text));
        }
        match shape {
            Shape::Text | Shape::Form(_) | Shape::Word(_) => self.text(node, shape, name),
            Shape::Any => Some(self.any(node)),
            Shape::List(item) => match &node.kind {
                Kind::List(items) => self.list(items, item, name),
                _ => self.wrong(node, shape, name),
            },
            Shape::Some(item) => match &node.kind {
                Kind::List(items) => self.list(items, item, name),
                _ => self.read(node, item, name),
            },
            Shape::Each(_) | Shape::Keyed(..) | Shape::Record(_) | Shape::Answers => {
                match &node.kind {
                    Kind::Map(entries) => self.map(node, entries, shape),
                    _ => self.wrong(node, shape, name),
                }
            }
            Shape::Either(shapes) => match shapes.iter().find(|shape| admits(shape, node)) {
                Some(shape) => self.read(node, shape, name),
                None => self.wrong(node, shape, name),
            },
            Shape::Nothing | Shape::Yes | Shape::Flag | Shape::Count | Shape::Number => {
                if admits(shape, node) {
                    return Some(node.json());
                }
                self.wrong(node, shape, name)
            }
            Shape::Steps => None,
        }
    }

    /// A text with variables, which are noted.
    fn template(&mut self, node: &Node) -> Option<String> {
        let Kind::Text(text) = &node.kind else {
            return None;
        };
        if !self.has_variables || !template::has_variables(text) {
            return None;
        }
        self.note_variables(text, node.range);
        Some(text.clone())
    }

    fn note_variables(&mut self, text: &str, range: (usize, usize)) {
        for variable in template::variables(text) {
            self.used.push((variable.to_owned(), range));
        }
    }

    fn any(&mut self, node: &Node) -> Json {
        match &node.kind {
            Kind::Text(text) if self.has_variables => {
                self.note_variables(text, node.range);
                node.json()
            }
            Kind::List(items) => items.iter().map(|item| self.any(item)).collect(),
            Kind::Map(entries) => {
                let members = entries.iter();
                let members: Map<String, Json> = members
                    .map(|(key, value)| (key.name.clone(), self.any(value)))
                    .collect();
                Json::Object(members)
            }
            _ => node.json(),
        }
    }

    fn text(&mut self, node: &Node, shape: &Shape, name: &str) -> Option<Json> {
        let Some(text) = node.text(&self.source).map(str::to_owned) else {
            return self.wrong(node, shape, name);
        };
        let checked = match shape {
            Shape::Word(words) => {
                let known = words();
                let is_known = known.contains(&text.as_str());
                is_known.then_some(()).ok_or_else(|| {
                    let message = format!("`{text}` is no value of `{name}`");
                    (message, advice(&text, &known, "it is one of"))
                })
            }
            Shape::Form(form) => {
                (form.check)(&text).map_err(|message| (message, advice(&text, &(form.known)(), "")))
            }
            _ => Ok(()),
        };
        match checked {
            Ok(()) => Some(Json::String(text)),
            Err((message, help)) => {
                self.problem(node.range, message, help);
                None
            }
        }
    }

    fn list(&mut self, items: &[Node], shape: &Shape, name: &str) -> Option<Json> {
        let read: Vec<Option<Json>> = items
            .iter()
            .map(|item| self.read(item, shape, name))
            .collect();
        read.into_iter()
            .collect::<Option<Vec<_>>>()
            .map(Json::Array)
    }

    fn map(&mut self, node: &Node, entries: &[(Key, Node)], shape: &Shape) -> Option<Json> {
        let mut members = Map::new();
        let mut is_whole = true;
        for (key, value) in entries {
            match self.entry(key, value, shape) {
                Some(json) => {
                    members.insert(key.name.clone(), json);
                }
                None => is_whole = false,
            }
        }
        if let Shape::Record(record) = shape {
            is_whole &= self.complete(node, entries, record);
        }
        is_whole.then_some(Json::Object(members))
    }

    fn entry(&mut self, key: &Key, value: &Node, shape: &Shape) -> Option<Json> {
        let name = key.name.as_str();
        match shape {
            Shape::Record(record) => {
                let Some(member) = record.keys.iter().find(|member| member.key == name) else {
                    let known: Vec<&str> = record.keys.iter().map(|member| member.key).collect();
                    let message = format!("{} has no key `{name}`", record.what);
                    self.problem(key.range, message, advice(name, &known, "there are"));
                    return None;
                };
                match member.shape {
                    Shape::Steps => Some(Json::Null),
                    ref shape => self.read(value, shape, name),
                }
            }
            Shape::Keyed(form, shape) => {
                if let Err(message) = (form.check)(name) {
                    self.problem(key.range, message, advice(name, &(form.known)(), ""));
                    return None;
                }
                self.read(value, shape, name)
            }
            Shape::Answers => self.answer(key, value),
            Shape::Each(shape) => self.read(value, shape, name),
            _ => None,
        }
    }

    /// An answer, or a list with one for each question in order.
    fn answer(&mut self, key: &Key, value: &Node) -> Option<Json> {
        let name = key.name.as_str();
        let json = self.any(value);
        let answers = match &value.kind {
            Kind::List(items) => &items[..],
            _ => std::slice::from_ref(value),
        };
        let mut fits = true;
        for answer in answers {
            let is_open = matches!(&answer.kind, Kind::Text(text) if template::has_variables(text));
            if is_open && self.has_variables {
                continue;
            }
            let json = answer.json();
            let Err(mut message) = question::check_answer(name, &json) else {
                continue;
            };
            let is_known = question::exists(name);
            let range = if is_known { answer.range } else { key.range };
            let near = question::nearest(name, &json);
            let help = near.map_or_else(String::new, |near| format!("did you mean `{near}`?"));
            if near.is_some() && !is_known {
                message = format!("`{name}` is no question");
            }
            self.problem(range, message, help);
            fits = false;
            if !is_known {
                break;
            }
        }
        fits.then_some(json)
    }

    /// Whether all keys are there that must be.
    fn complete(&mut self, node: &Node, entries: &[(Key, Node)], record: &Record) -> bool {
        let has = |wanted: &str| entries.iter().any(|(key, _)| key.name == wanted);
        let mut is_complete = true;
        for member in record.keys {
            if member.is_needed && !has(member.key) {
                let message = format!("{} needs `{}`", record.what, member.key);
                self.problem(begin(node), message, member.about.to_owned());
                is_complete = false;
            }
        }
        let given = record.one_of.iter().filter(|key| has(key)).count();
        if !record.one_of.is_empty() && given != 1 {
            let message = format!("{} has one of {}", record.what, quoted(record.one_of));
            let help = match given {
                0 => "add one of them",
                _ => "leave all but one out",
            };
            self.problem(begin(node), message, help.to_owned());
            is_complete = false;
        }
        is_complete
    }

    fn wrong(&mut self, node: &Node, shape: &Shape, name: &str) -> Option<Json> {
        let message = format!("`{name}` is {}, not {}", wanted(shape), node.what());
        let is_text = matches!(shape, Shape::Text | Shape::Form(_) | Shape::Any);
        let help = if is_text && matches!(node.kind, Kind::Null) {
            format!(
                "write it behind `{name}:`; what begins with `#` is a comment unless it has quotes: \"#buy\""
            )
        } else {
            String::new()
        };
        self.problem(begin(node), message, help);
        None
    }
}

/// The range of a value as it is marked: of a list or object its first character.
fn begin(node: &Node) -> (usize, usize) {
    match node.kind {
        Kind::List(_) | Kind::Map(_) => (node.range.0, node.range.0 + 1),
        _ => node.range,
    }
}

/// Whether a variable may be the whole value.
fn takes_variable(shape: &Shape) -> bool {
    match shape {
        Shape::Flag
        | Shape::Count
        | Shape::Number
        | Shape::Text
        | Shape::Form(_)
        | Shape::Word(_) => true,
        Shape::Some(shape) => takes_variable(shape),
        Shape::Either(shapes) => shapes.iter().any(takes_variable),
        _ => false,
    }
}

/// Whether the value is of the shape's kind.
pub(super) fn admits(shape: &Shape, node: &Node) -> bool {
    match shape {
        Shape::Nothing => matches!(node.kind, Kind::Null),
        Shape::Yes => matches!(node.kind, Kind::Flag(true)),
        Shape::Flag => matches!(node.kind, Kind::Flag(_)),
        Shape::Count => matches!(&node.kind, Kind::Number(number) if number.is_u64()),
        Shape::Number => matches!(node.kind, Kind::Number(_)),
        Shape::Text | Shape::Form(_) | Shape::Word(_) => {
            matches!(node.kind, Kind::Text(_) | Kind::Number(_) | Kind::Flag(_))
        }
        Shape::Any => true,
        Shape::List(_) | Shape::Steps => matches!(node.kind, Kind::List(_)),
        Shape::Some(shape) => matches!(node.kind, Kind::List(_)) || admits(shape, node),
        Shape::Each(_) | Shape::Keyed(..) | Shape::Record(_) | Shape::Answers => {
            matches!(node.kind, Kind::Map(_))
        }
        Shape::Either(shapes) => shapes.iter().any(|shape| admits(shape, node)),
    }
}

/// What a person calls the shape.
pub(super) fn wanted(shape: &Shape) -> String {
    match shape {
        Shape::Nothing => "written without a value".to_owned(),
        Shape::Yes => "`true`, or left out".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Count => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Text => "a text".to_owned(),
        Shape::Form(form) => form.what.to_owned(),
        Shape::Word(words) => format!("one of {}", quoted(&words())),
        Shape::Any => "any value".to_owned(),
        Shape::List(shape) => format!("a list, each item {}", wanted(shape)),
        Shape::Some(shape) => format!("{}, or a list of them", wanted(shape)),
        Shape::Each(_) | Shape::Keyed(..) => "an object".to_owned(),
        Shape::Record(record) => {
            let keys: Vec<&str> = record.keys.iter().map(|member| member.key).collect();
            format!("an object with {}", quoted(&keys))
        }
        Shape::Answers => "an object of answers such as `{ modal: confirm }`".to_owned(),
        Shape::Either(shapes) => {
            let all: Vec<String> = shapes.iter().map(wanted).collect();
            all.join(" or ")
        }
        Shape::Steps => "a list of steps".to_owned(),
    }
}

/// What may be meant by a word that is none; all words when none looks like it.
pub(super) fn advice(word: &str, known: &[&str], all: &str) -> String {
    match &near(word, known.iter().copied())[..] {
        [] if all.is_empty() || known.is_empty() => String::new(),
        [] => format!("{all} {}", quoted(known)),
        [nearest, ..] => format!("did you mean `{nearest}`?"),
    }
}

/// Words in a sentence.
pub(super) fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

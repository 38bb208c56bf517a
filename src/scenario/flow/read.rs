//! The text of a flow, read with every mistake at its place.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::exploration;
use super::format::{ANSWERS_AXIS, FLOW, is_option_axis};
use super::matrix::{self, RUNS_MAX};
use super::node::{Key, Kind, Node, Source};
use super::shape::{Reading, Shape, advice};
use super::template;
use super::verb_table::VERBS;
use super::verbs::{self, Verb};
use super::{Flow, Matrix, Step};
use crate::diagnostic::Diagnostic;

/// Most steps of a flow with what it includes.
const STEPS_MAX: usize = 10_000;

/// Reads a flow. `path` names it in mistakes and is where its includes are looked for; `file` gives the
/// text of an included file, or why there is none.
///
/// # Errors
/// Every mistake of the file and of those that it includes, in the order of the lines.
pub fn parse(
    path: &str,
    text: &str,
    file: &dyn Fn(&str) -> Result<String, String>,
) -> Result<Flow, Vec<Diagnostic>> {
    let mut reader = Reader {
        file,
        open: Vec::new(),
        known: BTreeSet::new(),
        steps: 0,
        problems: Vec::new(),
    };
    let flow = reader.flow(path, text);
    match flow {
        Some(flow) if reader.problems.is_empty() => Ok(flow),
        _ => Err(reader.problems),
    }
}

struct Reader<'f> {
    file: &'f dyn Fn(&str) -> Result<String, String>,
    /// Paths of the flows that are being read, the outermost first.
    open: Vec<String>,
    /// Variables that have a value by now.
    known: BTreeSet<String>,
    steps: usize,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn flow(&mut self, path: &str, text: &str) -> Option<Flow> {
        let source = Source { path, text };
        let root = match source.parse() {
            Ok(root) => root,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        self.open.push(path.to_owned());
        let mut reading = Reading {
            source,
            problems: Vec::new(),
            has_variables: false,
            used: Vec::new(),
        };
        let flow = self.root(&root, &mut reading);
        self.open.pop();
        let at = |problem: &Diagnostic| {
            problem
                .place
                .as_ref()
                .map(|place| (place.line, place.column))
        };
        reading.problems.sort_by_key(at);
        // Mistakes of included files come before those of the file itself: they were met on the way.
        self.problems.append(&mut reading.problems);
        flow
    }

    fn root(&mut self, root: &Node, reading: &mut Reading<'_>) -> Option<Flow> {
        let Kind::Map(entries) = &root.kind else {
            let message = format!("a flow is an object, not {}", root.what());
            let help = "begin with `name: …` and `steps:`".to_owned();
            reading.problem(root.range, message, help);
            return None;
        };
        // Options and axes are what they are; variables stand in everything else.
        let plain = [
            "name", "tags", "use", "personas", "matrix", "include", "steps",
        ];
        let split = |is_plain: bool| {
            let own = entries
                .iter()
                .filter(move |(key, _)| plain.contains(&key.name.as_str()) == is_plain);
            own.cloned().collect::<Vec<_>>()
        };
        let mut members = Map::new();
        for (has_variables, part) in [(false, split(true)), (true, split(false))] {
            reading.has_variables = has_variables;
            for (key, value) in part {
                if let Some(json) = self.member(&key, &value, reading) {
                    members.insert(key.name, json);
                }
            }
            if !has_variables {
                self.axes(root, &members, reading);
            }
        }
        if root.get("name").is_none() {
            let help = "add `name: what the test is about`".to_owned();
            reading.problem((0, 1), "a flow needs `name`".to_owned(), help);
        }
        self.check_used(reading);
        let mut flow = assembled(members);
        self.check_runs(root, &flow, reading);
        let mark = |(key, _): &(Key, Node)| (key.name.clone(), reading.source.place(key.range));
        flow.marks = entries.iter().map(mark).collect();
        flow.includes = self.includes(root.get("include"), reading);
        flow.steps = root
            .get("steps")
            .map_or_else(Vec::new, |node| self.steps(node, reading));
        Some(flow)
    }

    #[expect(clippy::unused_self, reason = "one of the readers of a flow")]
    fn member(&mut self, key: &Key, value: &Node, reading: &mut Reading<'_>) -> Option<Json> {
        let Some(member) = FLOW.keys.iter().find(|member| member.key == key.name) else {
            let mut known: Vec<&str> = FLOW.keys.iter().map(|member| member.key).collect();
            known.extend(VERBS.iter().map(|verb| verb.name));
            let mut help = advice(&key.name, &known, "");
            if verbs::find(&key.name).is_some() {
                help = format!("write it as a step: `- {}: …` under `steps`", key.name);
            } else if help.is_empty() {
                known.truncate(FLOW.keys.len());
                help = advice(&key.name, &known, "there are");
            }
            reading.problem(key.range, format!("a flow has no key `{}`", key.name), help);
            return None;
        };
        match member.shape {
            Shape::Steps => None,
            ref shape => reading.read(value, shape, member.key),
        }
    }

    /// Axes without a meaning of their own are variables.
    fn axes(&mut self, root: &Node, members: &Map<String, Json>, reading: &mut Reading<'_>) {
        let Some(Kind::Map(axes)) = root
            .get("matrix")
            .and_then(|it| it.get("axes"))
            .map(|it| &it.kind)
        else {
            return;
        };
        for (key, value) in axes {
            let name = key.name.as_str();
            if matches!(&value.kind, Kind::List(items) if items.is_empty()) {
                reading.problem(
                    key.range,
                    format!("the axis `{name}` has no values"),
                    String::new(),
                );
            }
            if name == "persona" && members.contains_key("personas") {
                let message = "`personas` is an axis already".to_owned();
                reading.problem(key.range, message, "leave one of the two out".to_owned());
            }
            if !is_option_axis(name) && !name.starts_with(ANSWERS_AXIS) {
                self.known.insert(name.to_owned());
            } else if let Kind::List(items) = &value.kind {
                check_axis(name, items, reading);
            }
        }
    }

    fn check_runs(&self, root: &Node, flow: &Flow, reading: &mut Reading<'_>) {
        if self.open.len() > 1 || matrix::runs(flow).is_ok() {
            return;
        }
        let node = root.get("matrix").or_else(|| root.get("personas"));
        let range = node.map_or((0, 1), |node| (node.range.0, node.range.0 + 1));
        let message = format!("this makes more than {RUNS_MAX} tests");
        let help = if flow.matrix.is_pairwise {
            "give the axes fewer values"
        } else {
            "write `mode: pairwise`, or give the axes fewer values"
        };
        reading.problem(range, message, help.to_owned());
    }

    fn check_used(&self, reading: &mut Reading<'_>) {
        for (name, range) in std::mem::take(&mut reading.used) {
            if self.known.contains(&name) {
                continue;
            }
            let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
            let help = match advice(&name, &known, "there are") {
                help if help.is_empty() => "`capture` it in an earlier step, or make it an axis of `matrix`; `$${` is the text `${`".to_owned(),
                help => help,
            };
            reading.problem(range, format!("there is no variable `{name}` here"), help);
        }
    }

    fn includes(&mut self, node: Option<&Node>, reading: &mut Reading<'_>) -> Vec<Step> {
        let Some(node) = node else {
            return Vec::new();
        };
        let paths = match &node.kind {
            Kind::List(items) => &items[..],
            _ => std::slice::from_ref(node),
        };
        let mut included = Vec::new();
        for path in paths {
            let Some(text) = path.text(&reading.source).map(str::to_owned) else {
                continue;
            };
            let mut step = Step::new("include", text.as_str().into());
            step.place = Some(reading.source.place(path.range));
            step.included = self.include(&text, path.range, reading);
            included.push(step);
        }
        included
    }

    fn include(
        &mut self,
        path: &str,
        range: (usize, usize),
        reading: &mut Reading<'_>,
    ) -> Option<Box<Flow>> {
        let whole = joined(reading.source.path, path);
        if self.open.contains(&whole) {
            let message = format!("`{path}` includes itself");
            let way = self.open.iter().skip_while(|open| **open != whole);
            let way: Vec<&str> = way.map(String::as_str).chain([whole.as_str()]).collect();
            reading.problem(range, message, way.join(" → "));
            return None;
        }
        if !self.counts(range, reading) {
            return None;
        }
        match (self.file)(&whole) {
            Ok(text) => self.flow(&whole, &text).map(Box::new),
            Err(why) => {
                let help = "the path goes from the flow that includes it".to_owned();
                reading.problem(range, format!("`{whole}` cannot be read: {why}"), help);
                None
            }
        }
    }

    fn steps(&mut self, node: &Node, reading: &mut Reading<'_>) -> Vec<Step> {
        reading.has_variables = true;
        let Kind::List(items) = &node.kind else {
            if !matches!(node.kind, Kind::Null) {
                let message = format!("`steps` is a list, not {}", node.what());
                let help = "begin each step with `- `".to_owned();
                reading.problem((node.range.0, node.range.0 + 1), message, help);
            }
            return Vec::new();
        };
        let steps: Vec<Step> = items
            .iter()
            .filter_map(|item| self.step(item, reading))
            .collect();
        exploration::check_place(items, self.open.len() > 1, reading);
        steps
    }

    fn step(&mut self, node: &Node, reading: &mut Reading<'_>) -> Option<Step> {
        if !self.counts(node.range, reading) {
            return None;
        }
        let (key, value) = self.verb_of(node, reading)?;
        let verb = known_verb(&key, reading)?;
        let before = reading.problems.len();
        // What is explored is said before anything happens.
        reading.has_variables = verb.name != exploration::VERB;
        let json = reading.read(&value, &verb.shape, verb.name);
        reading.has_variables = true;
        self.check_used(reading);
        let json = json.filter(|_| reading.problems.len() == before)?;
        self.check_step(verb, &json, &value, reading);
        self.captures(verb, &value);
        let mut step = Step::new(verb.name, json);
        step.place = Some(reading.source.place(key.range));
        if let Kind::Map(entries) = &value.kind {
            let mark = |(key, _): &(Key, Node)| (key.name.clone(), reading.source.place(key.range));
            step.marks = entries.iter().map(mark).collect();
        }
        if verb.name == "include" {
            let path = step.value.as_str().unwrap_or_default().to_owned();
            step.included = self.include(&path, value.range, reading);
        }
        Some(step)
    }

    /// Whether one more step or include is still too few to be refused.
    fn counts(&mut self, range: (usize, usize), reading: &mut Reading<'_>) -> bool {
        self.steps += 1;
        if self.steps == STEPS_MAX {
            let message =
                format!("this flow and what it includes have more than {STEPS_MAX} steps");
            reading.problem(range, message, String::new());
        }
        self.steps < STEPS_MAX
    }

    /// The verb of a step and what stands behind it.
    #[expect(clippy::unused_self, reason = "one of the readers of a flow")]
    fn verb_of(&self, node: &Node, reading: &mut Reading<'_>) -> Option<(Key, Node)> {
        match &node.kind {
            Kind::Map(entries) => match &entries[..] {
                [(key, value)] => Some((key.clone(), value.clone())),
                [] => {
                    reading.problem(node.range, "a step needs a verb".to_owned(), String::new());
                    None
                }
                [(first, _), (second, _), ..] => {
                    let (first, second, range) = (&first.name, &second.name, second.range);
                    let message =
                        format!("a step has one verb, this one has `{first}` and `{second}`");
                    let help = match verbs::find(second) {
                        Some(_) => format!("begin a step of its own: `- {second}: …`"),
                        None => format!("indent what belongs to `{first}`"),
                    };
                    reading.problem(range, message, help);
                    None
                }
            },
            Kind::Text(text) => {
                // A verb alone, as in `- back`.
                let (name, range) = (text.clone(), node.range);
                Some((Key { name, range }, node.with(Kind::Null)))
            }
            _ => {
                let message = format!("a step is a verb, not {}", node.what());
                reading.problem(node.range, message, "such as `- tap: \"#buy\"`".to_owned());
                None
            }
        }
    }

    /// What only the step as a whole tells.
    #[expect(clippy::unused_self, reason = "one of the readers of a flow")]
    fn check_step(&self, verb: &Verb, json: &Json, value: &Node, reading: &mut Reading<'_>) {
        let range = match value.kind {
            Kind::Map(_) | Kind::List(_) => (value.range.0, value.range.0 + 1),
            _ => value.range,
        };
        if verb.name == "answer" && json.as_object().is_none_or(|answers| answers.len() != 1) {
            let message = "`answer` answers one question".to_owned();
            reading.problem(range, message, "write a step for each".to_owned());
            return;
        }
        if template::is_in(json) {
            return;
        }
        let Some(text) = verb.text(json) else {
            return;
        };
        if let Err(problem) = text.parse::<crate::runtime::Step>() {
            let text = problem.to_string();
            let (message, help) = text.split_once("; ").unwrap_or((&text, ""));
            let mut help = help.to_owned();
            if help.starts_with("steps are ") {
                let word = json.as_str().and_then(|text| text.split(' ').next());
                let known: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
                help = match advice(word.unwrap_or_default(), &known, "") {
                    near if near.is_empty() => {
                        "`wxsim run` lists the steps: docs/run.md".to_owned()
                    }
                    near => near,
                };
            }
            reading.problem(range, message.to_owned(), help);
        }
    }

    fn captures(&mut self, verb: &Verb, value: &Node) {
        if let ("capture", Kind::Map(entries)) = (verb.name, &value.kind) {
            self.known
                .extend(entries.iter().map(|(key, _)| key.name.clone()));
        }
    }
}

fn known_verb(key: &Key, reading: &mut Reading<'_>) -> Option<&'static Verb> {
    let name = key.name.as_str();
    let found = verbs::find(name);
    if found.is_none() {
        // `- tap #buy` is the text step.
        let is_step = name.parse::<crate::runtime::Step>().is_ok();
        let known: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
        let help = if is_step {
            format!("write `- step: {}`", Json::from(name))
        } else {
            advice(name, &known, "verbs are")
        };
        reading.problem(key.range, format!("`{name}` is no verb"), help);
    }
    found
}

/// Values of an axis that is an option or an answer.
fn check_axis(name: &str, items: &[Node], reading: &mut Reading<'_>) {
    if let Some(question) = name.strip_prefix(ANSWERS_AXIS) {
        for item in items {
            let key = Key {
                name: question.to_owned(),
                range: item.range,
            };
            let single = item.with(Kind::Map(vec![(key, item.clone())]));
            reading.read(&single, &Shape::Answers, name);
        }
        return;
    }
    let member = super::format::USE
        .keys
        .iter()
        .find(|member| member.key == name);
    for item in items {
        if let Some(member) = member {
            reading.read(item, &member.shape, name);
        }
    }
}

/// The flow of its members, without what is in other files and without steps.
#[expect(clippy::needless_pass_by_value, reason = "nobody else has them")]
fn assembled(members: Map<String, Json>) -> Flow {
    let object = |key: &str| {
        members
            .get(key)
            .and_then(Json::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let texts = |key: &str| match members.get(key) {
        Some(Json::Array(items)) => items
            .iter()
            .filter_map(Json::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Json::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    };
    let matrix = object("matrix");
    let axes = matrix
        .get("axes")
        .and_then(Json::as_object)
        .into_iter()
        .flatten();
    let axes =
        axes.map(|(name, values)| (name.clone(), values.as_array().cloned().unwrap_or_default()));
    let server = object("server");
    let opening = ["page", "query", "scene"].into_iter();
    let opening = opening.filter_map(|key| Some((key.to_owned(), members.get(key)?.clone())));
    Flow {
        name: members
            .get("name")
            .and_then(Json::as_str)
            .unwrap_or_default()
            .to_owned(),
        tags: texts("tags"),
        options: object("use"),
        personas: texts("personas"),
        matrix: Matrix {
            axes: axes.collect(),
            is_pairwise: matrix.get("mode").is_some_and(|mode| mode == "pairwise"),
        },
        answers: object("answers"),
        routes: server
            .get("routes")
            .and_then(Json::as_array)
            .cloned()
            .unwrap_or_default(),
        opening: opening.collect(),
        ..Flow::default()
    }
}

/// A path that goes from a file, without `.` and `..` where that is possible.
fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_beside = folder.is_empty() && !from.starts_with('/');
    let whole = if path.starts_with('/') || is_beside {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

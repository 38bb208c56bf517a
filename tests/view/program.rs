//! A case as a mini program of one page, run by wxsim.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::rc::Rc;

use serde_json::{Value as Json, json};
use wxsim::package::{self, MemoryFiles};
use wxsim::runtime::trace::{Entry, Event};
use wxsim::runtime::{Config, Sim, Step};
use wxsim::world::enter_options::{DEFAULT_SCENE, EnterOptions};

use super::case::Case;

/// After a step so much time passes: the view is drawn, callbacks of `setData` have come.
const SETTLE_MS: i64 = 200;

/// What wxsim shows of a case, in the form of the records.
///
/// # Errors
/// The project does not load, or a step does not apply.
pub(super) fn play(case: &Case<'_>) -> Result<String, String> {
    let files = MemoryFiles::new(completed(&case.files));
    let loaded = package::load(&files);
    let Some(project) = loaded.project else {
        let told: String = loaded
            .diagnostics
            .iter()
            .map(|one| one.render(false))
            .collect();
        return Err(format!("the project does not load: {told}"));
    };
    let seen = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&seen);
    let listener = Box::new(move |entry: &Entry| sink.borrow_mut().extend(line(&entry.event)));
    let config = Config {
        seed: 1,
        ..Config::default()
    };
    let sim = Sim::new(Rc::new(project), Rc::new(files), config, Some(listener));
    let mut sim = sim.map_err(|error| error.text())?;
    let mut record = Record::default();
    sim.launch(EnterOptions::at("", DEFAULT_SCENE));
    sim.advance(SETTLE_MS);
    record.add("start", &seen.take(), &sim);
    for text in &case.steps {
        let step: Step = in_wxsim(text)
            .parse()
            .map_err(|error| format!("step `{text}`: {error}"))?;
        sim.step(&step)
            .map_err(|error| format!("step `{text}`: {error}"))?;
        sim.advance(SETTLE_MS);
        record.add(text, &seen.take(), &sim);
    }
    Ok(record.text)
}

/// What was shown so far.
#[derive(Default)]
struct Record {
    text: String,
    tree: Option<String>,
}

impl Record {
    fn add(&mut self, step: &str, log: &[String], sim: &Sim) {
        let _ = writeln!(self.text, "▸ {step}");
        for line in log.iter().flat_map(|text| text.split('\n')) {
            let _ = writeln!(self.text, "{}", format!("| {line}").trim_end());
        }
        let tree = sim.shown().map_or_else(String::new, |(_, markup)| markup);
        if self.tree.as_ref() == Some(&tree) {
            self.text.push_str("(same)\n");
        } else if tree.is_empty() {
            self.text.push_str("(empty)\n");
        } else {
            self.text.push_str(&tree);
        }
        self.tree = Some(tree);
    }
}

/// A line of the log: what scripts print, and what they throw.
fn line(event: &Event) -> Option<String> {
    match event {
        Event::Console { level, text } if level == "log" => Some(text.clone()),
        Event::Error { exception, .. } => Some(format!("! {}", exception.message)),
        _ => None,
    }
}

/// The step in the words of wxsim.
fn in_wxsim(step: &str) -> String {
    let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
    match verb {
        "setData" => format!("evaluate getCurrentPages()[0].setData({rest})"),
        "call" => {
            let (method, arguments) = rest.split_once(' ').unwrap_or((rest, ""));
            format!("evaluate void getCurrentPages()[0].{method}({arguments})")
        }
        "hide" => "background".to_owned(),
        "show" => "resume".to_owned(),
        _ => step.to_owned(),
    }
}

/// What the case leaves out: app.json, the JSON of pages and components with `usingComponents`.
fn completed(given: &BTreeMap<&str, &str>) -> Vec<(String, String)> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in given {
        files.insert((*path).to_owned(), (*text).to_owned());
    }
    let components: Vec<&str> = given
        .keys()
        .filter_map(|path| path.strip_suffix(".wxml"))
        .filter(|path| *path != "page" && given.contains_key(format!("{path}.js").as_str()))
        .collect();
    let using: serde_json::Map<String, Json> = components
        .iter()
        .map(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            (name.to_owned(), Json::from(format!("/{path}")))
        })
        .collect();
    for path in components.iter().chain(&["page"]) {
        let file = format!("{path}.json");
        let text = given.get(file.as_str()).copied().unwrap_or("{}");
        let mut own: Json = serde_json::from_str(text).expect("JSON of a case");
        if *path != "page" && own.get("component").is_none() {
            own["component"] = true.into();
        }
        if own.get("usingComponents").is_none() {
            own["usingComponents"] = using.clone().into();
        }
        files.insert(file, own.to_string());
    }
    let app = json!({ "pages": ["page"] }).to_string();
    files.entry("app.json".to_owned()).or_insert(app);
    files
        .entry("app.js".to_owned())
        .or_insert_with(|| "App({})\n".to_owned());
    files.into_iter().collect()
}

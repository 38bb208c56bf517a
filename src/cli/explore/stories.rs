//! `--save-failures`: each story as a flow, which fails under `wxsim test` until the mistake is gone.
//!
//! A story that a test can do itself has its steps and answers. One with a failure, another order or something done
//! twice is replayed by the keys of its choices. What only the whole shows is looked for again, from the state that it
//! speaks of or from the start.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use super::Arguments;
use super::job::Request;
use super::property::Property;
use super::saved::put;
use crate::diagnostic::Diagnostic;
use crate::explore::When;
use crate::explore::{Bounds, DEAD_BUTTON, Did, Outcome, Violation, story};
use crate::rules::{self, Judged};
use crate::runtime::monitor::Weight;
use crate::scenario::flow::{Flow, to_yaml};

/// Writes a flow for each violation.
pub(super) fn save(
    folder: &Path,
    arguments: &Arguments,
    request: &Request,
    outcome: &Outcome,
) -> Result<(), Diagnostic> {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let app = relative(&absolute, &request.project);
    for (number, violation) in outcome.violations.iter().enumerate() {
        let teller = Teller {
            arguments,
            request,
            violation,
        };
        let name = format!("{:02}-{}.flow.yaml", number + 1, slug(&violation.property));
        put("--save-failures", &folder.join(name), &teller.text(&app))?;
    }
    Ok(())
}

/// A path from a folder to another.
fn relative(from: &Path, to: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let parts = path.components().filter(|part| *part != Component::CurDir);
        parts
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(from), parts(to));
    let same = from.iter().zip(&to).take_while(|(own, other)| own == other);
    let same = same.count();
    let up = from[same..].iter().map(|_| "..".to_owned());
    let path: PathBuf = up.chain(to[same..].iter().cloned()).collect();
    match path.to_string_lossy().replace('\\', "/") {
        path if path.is_empty() => ".".to_owned(),
        path => path,
    }
}

/// The name of a property as a part of a file name.
fn slug(property: &str) -> String {
    let words = property.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).take(6).collect();
    words.join("-")
}

/// Writes one story.
struct Teller<'a> {
    arguments: &'a Arguments,
    request: &'a Request,
    violation: &'a Violation,
}

impl Teller<'_> {
    fn text(&self, app: &str) -> String {
        let violation = self.violation;
        let mut flow = Flow {
            name: format!("{}: {}", violation.property, violation.says.en),
            ..Flow::default()
        };
        flow.options.insert("app".to_owned(), app.into());
        let left_out = self.arguments.phone.tell(&mut flow);
        if self.is_of_run() && self.is_plain() {
            self.steps(&mut flow);
        } else {
            flow.explore(self.exploration());
        }
        let mut text = String::new();
        for says in [&violation.says.en, &violation.says.zh] {
            comment(&mut text, &format!("{}: {says}", violation.property));
        }
        for in_chinese in [false, true] {
            comment(&mut text, "");
            for line in story(violation, in_chinese) {
                comment(&mut text, &line);
            }
        }
        for flag in left_out {
            comment(&mut text, "");
            comment(
                &mut text,
                &format!("{flag} has no key in a flow: say it in wxsim.toml"),
            );
            comment(
                &mut text,
                &format!("{flag} 无法写在流程文件里，请写到 wxsim.toml"),
            );
        }
        text + "\n" + &to_yaml(&flow)
    }

    /// The rule that found it while the program ran.
    fn is_of_run(&self) -> bool {
        let is_whole = self.violation.keys.is_empty() && !self.violation.choices.is_empty();
        self.rule().is_some_and(|rule| match rule.judged {
            Judged::Run(_) => true,
            Judged::Both(..) => !is_whole,
            Judged::Exploration(_) => false,
        })
    }

    fn rule(&self) -> Option<&'static rules::Rule> {
        rules::named(self.violation.property.split(' ').next()?)
    }

    /// Whether a test can do all of it by itself.
    fn is_plain(&self) -> bool {
        let did = &self.violation.did;
        did.len() == self.violation.story.len() && did.iter().all(|did| *did != Did::Special)
    }

    /// The name by which the flow expects it.
    fn expected(&self) -> Json {
        let violation = self.violation;
        match (self.rule(), violation.data["button"].as_str()) {
            (Some(rule), _) => rule.id.into(),
            (None, Some(button)) => format!("{}: {button}", violation.property).into(),
            (None, None) => violation.property.as_str().into(),
        }
    }

    /// The steps and answers of the story.
    fn steps(&self, flow: &mut Flow) {
        flow.options.insert("strict".to_owned(), false.into());
        let settle = format!("advance {}ms", self.request.settle_ms);
        let mut answers: Vec<(&str, Vec<Json>)> = Vec::new();
        // Something happens before the exploration, which would start the program itself otherwise.
        flow.act(&settle);
        let mut waits = false;
        for did in &self.violation.did {
            match did {
                Did::Steps(steps) => {
                    if std::mem::replace(&mut waits, true) {
                        flow.act(&settle);
                    }
                    for step in steps {
                        flow.act(step);
                    }
                }
                Did::Answer(key, answer) => {
                    let value = serde_json::from_str(answer);
                    let value = value.unwrap_or_else(|_| Json::String(answer.clone()));
                    match answers.iter_mut().find(|(own, _)| own == key) {
                        Some((_, own)) => own.push(value),
                        None => answers.push((key, vec![value])),
                    }
                }
                Did::Nothing | Did::Special => {}
            }
        }
        for (key, answers) in answers {
            flow.answer(key, answers.into());
        }
        let mut what = Map::from_iter([("depth".to_owned(), json!(0))]);
        self.add_usual(&mut what);
        flow.explore(what);
    }

    /// What is looked for again, or replayed.
    fn exploration(&self) -> Map<String, Json> {
        let (violation, request) = (self.violation, self.request);
        let vary: Vec<&str> = request.vary.iter().map(|kind| kind.name()).collect();
        let mut what = Map::from_iter([("vary".to_owned(), json!(vary))]);
        let mut properties = request.properties.iter();
        let property = properties.find(|own| own.name == violation.property);
        if let Some(Property { when, name, code }) = property {
            what.insert(when.name().to_owned(), json!({ name: code }));
        }
        let is_button = violation.property == DEAD_BUTTON;
        let is_from_there = property.map_or(is_button || violation.property == "dead-end", |own| {
            own.when == When::Eventually
        });
        if !violation.keys.is_empty() {
            what.insert("replay".to_owned(), json!(violation.keys));
        } else if is_from_there && !violation.choices.is_empty() {
            what.insert("replay".to_owned(), json!(violation.choices));
        }
        let (bounds, usual) = (request.bounds, Bounds::default());
        if let (true, Some(choices)) = (is_button, violation.data["choices"].as_u64()) {
            what.insert("depth".to_owned(), json!(choices));
        } else if violation.keys.is_empty() {
            if bounds.depth != usual.depth {
                what.insert("depth".to_owned(), json!(bounds.depth));
            }
            if bounds.states_max != usual.states_max {
                what.insert("maxStates".to_owned(), json!(bounds.states_max));
            }
        }
        if request.twists_max != 1 {
            what.insert("twists".to_owned(), json!(request.twists_max));
        }
        self.add_usual(&mut what);
        what
    }

    fn add_usual(&self, what: &mut Map<String, Json>) {
        if self.request.settle_ms != 3_000 {
            let settle = format!("{}ms", self.request.settle_ms);
            what.insert("settle".to_owned(), settle.into());
        }
        if self.violation.weight < Weight::Error {
            what.insert("rules".to_owned(), "warn".into());
        }
        what.insert("expect".to_owned(), self.expected());
    }
}

fn comment(text: &mut String, line: &str) {
    for line in line.split('\n') {
        let _ = writeln!(text, "{}", format!("# {line}").trim_end());
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{relative, slug};

    #[test]
    fn a_path_goes_up_and_down_again() {
        for (from, to, path) in [
            ("/a/b/stories", "/a/app", "../../app"),
            ("/a/app/stories", "/a/app", ".."),
            ("/a", "/a", "."),
            ("/a", "/a/b/c", "b/c"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), path);
        }
    }

    #[test]
    fn a_name_of_a_file_has_letters_and_digits() {
        assert_eq!(slug("P28 unhandled"), "P28-unhandled");
        assert_eq!(slug("state.orders.length < 2"), "state-orders-length-2");
        assert_eq!(slug("订单: 一次"), "订单-一次");
    }
}

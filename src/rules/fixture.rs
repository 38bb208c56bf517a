//! Small programs for the tests of the rules.

use std::cell::RefCell;
use std::rc::Rc;

use super::Rules;
use crate::package::{MemoryFiles, load};
use crate::profile::Profile;
use crate::runtime::monitor::Found;
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Config, Policy, Sim};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// A program with what is done in it.
pub(super) struct Sample {
    files: Vec<(String, String)>,
    config: Config,
    enter: EnterOptions,
    steps: Vec<String>,
}

impl Sample {
    /// A program of one page, `pages/a/a`; the button `a` of a sample is found by `tap text=a`.
    pub(super) fn page(markup: &str, script: &str) -> Self {
        Self::new(&[
            ("app.json", r#"{"pages": ["pages/a/a"]}"#),
            ("app.js", "App({ onLaunch() {}, onShow() {} })"),
            ("pages/a/a.wxml", markup),
            ("pages/a/a.js", script),
        ])
    }

    /// A program of those files; its first page is opened.
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        Self {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
            config: Config::default(),
            enter: EnterOptions::default(),
            steps: Vec::new(),
        }
    }

    /// Adds a file, or puts another in its place.
    pub(super) fn file(mut self, path: &str, text: &str) -> Self {
        self.files.retain(|(known, _)| known != path);
        self.files.push((path.to_owned(), text.to_owned()));
        self
    }

    /// A rule of an answer, as `--answer` takes it.
    pub(super) fn answers(mut self, rule: &str) -> Self {
        self.config.policy.add_text(rule).expect("an answer");
        self
    }

    /// A user who agrees to everything that no rule answers.
    pub(super) fn agrees(mut self) -> Self {
        let given = std::mem::replace(&mut self.config.policy, Policy::allow_all());
        self.config.policy.override_with(given);
        self
    }

    /// Changes how it runs: routes, users, registration.
    pub(super) fn with(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// What a server answers, as `--route` takes it.
    pub(super) fn route(mut self, rule: &str) -> Self {
        self.config.routes.push(rule.parse().expect("a route"));
        self
    }

    /// A day whose rules hold: `2018-06-04`.
    pub(super) fn day(mut self, date: &str) -> Self {
        let day = date.parse().expect("a date");
        self.config.profile = Profile::on(day);
        self
    }

    /// Opens a page by a scene.
    pub(super) fn opened(mut self, path: &str, scene: u32) -> Self {
        self.enter = EnterOptions::at(path, scene);
        self
    }

    /// What is done, as steps of `--do`.
    pub(super) fn steps(mut self, steps: &[&str]) -> Self {
        self.steps = steps.iter().map(|step| (*step).to_owned()).collect();
        self
    }

    /// What that rule finds in a run.
    pub(super) fn findings(self, rule: &str) -> Vec<Found> {
        let entries = self.run(rule);
        let found = entries.into_iter().filter_map(|entry| match entry.event {
            Event::Found(found) => Some(*found),
            _ => None,
        });
        found.collect()
    }

    /// The trace of a run that the rule watches.
    pub(super) fn run(self, rule: &str) -> Vec<Entry> {
        let files = MemoryFiles::new(
            self.files
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        );
        let project = load(&files).project.expect("the project is complete");
        let heard = Rc::new(RefCell::new(Vec::new()));
        let ear = Rc::clone(&heard);
        let listener = Box::new(move |entry: &Entry| ear.borrow_mut().push(entry.clone()));
        let made = Sim::new(
            Rc::new(project),
            Rc::new(files),
            self.config,
            Some(listener),
        );
        let mut sim = made.expect("the prelude runs");
        sim.set_monitor(Box::new(Rules::new(|known| known.id == rule)));
        let mut enter = self.enter;
        if enter.path.is_empty() {
            enter = EnterOptions::at("pages/a/a", DEFAULT_SCENE);
        }
        sim.launch(enter);
        for step in &self.steps {
            let parsed = step
                .parse()
                .unwrap_or_else(|error| panic!("{step}: {error}"));
            sim.step(&parsed)
                .unwrap_or_else(|error| panic!("{step}: {error}"));
        }
        sim.finish();
        drop(sim);
        heard.take()
    }
}

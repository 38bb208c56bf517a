//! Somebody who looks over the program's shoulder: rules that are judged whenever it comes to rest.
//!
//! A [`Monitor`] gets what the trace gets, with the places in the code that calls come from and the timers that were
//! started and ended, and reads the world and the page as they are. What it finds goes into the trace. Nothing of this is kept
//! without a monitor.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::core::Core;
use super::sim::Sim;
use super::trace::{Entry, Event};
use crate::package::Project;
use crate::profile::Date;
use crate::value::Frame;
use crate::view::tree::Tree;
use crate::world::World;

/// Who is shown what happened.
pub trait Monitor {
    /// The program came to rest: everything since the last time, oldest first.
    fn at_rest(&mut self, noted: Vec<Noted>, rest: &Rest<'_>) -> Vec<Found>;
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    /// What.
    pub what: Happening,
    /// Where in the project's code it comes from, innermost first; empty when no script of it asked for it.
    pub stack: Vec<Frame>,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all are entries")]
pub enum Happening {
    /// An entry of the trace.
    Entry(Entry),
    /// A timer was started.
    Timer {
        /// Its number.
        timer: u32,
        /// The macrotask in which it was.
        task: u32,
        /// Whether it runs again and again.
        repeats: bool,
    },
    /// A script ended a timer.
    TimerEnd {
        /// Its number; of none when it had run or was never started.
        timer: u32,
    },
}

/// How things stand when the program has come to rest.
pub struct Rest<'a> {
    /// The simulated facts.
    pub world: &'a World,
    /// The program.
    pub project: &'a Project,
    /// The page on top as it is drawn.
    pub tree: Option<&'a Tree>,
    /// Virtual milliseconds since the run began.
    pub t: i64,
    /// Reads a file of the project; `None` when there is no such text.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// Names of calls that were not answered yet.
    pub pending: Vec<String>,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Good to know.
    Info,
    /// It may get a program rejected, or annoys people.
    Warning,
    /// It gets programs rejected, or breaks them.
    Error,
}

/// A text in the languages of the reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Found {
    /// The rule and what happened, in the given words of it: `P06 tap-only: wx.openSetting outside a tap`.
    pub fn headline(&self, says: &str) -> String {
        format!("{} {}: {says}", self.rule, self.name)
    }

    /// Whether it counts and weighs that much.
    pub fn counts(&self, least: Weight) -> bool {
        self.allowed.is_empty() && self.weight >= least
    }
}

impl Words {
    /// The text in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }
}

/// A rule does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The rule's id, such as `P01`.
    pub rule: String,
    /// Its name, such as `prompt-before-intent`.
    pub name: String,
    /// How much it weighs.
    pub weight: Weight,
    /// What happened.
    pub says: Words,
    /// How it came about, first cause first: `tap button "Save"`, `pages/a/a.save`, `wx.authorize`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// Where in the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Frame>,
    /// That line of the code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_line: String,
    /// The page on top.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// What it is about, in data.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub data: Json,
    /// Why it does not count, in the words of the program's author; empty when it does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub allowed: String,
    /// The day until which the author let it pass; it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired: Option<Date>,
}

impl Sim {
    /// Shows what happens from now on to a monitor.
    pub fn set_monitor(&mut self, monitor: Box<dyn Monitor>) {
        self.with(|core| {
            core.trace.note(true);
            core.monitor = Some(monitor);
        });
    }

    /// The program has come to rest: the monitor looks, and what it finds goes into the trace.
    pub(super) fn be_looked_at(&mut self) {
        self.with(|core| {
            let Some(mut monitor) = core.monitor.take() else {
                return;
            };
            let noted = core.trace.take_noted();
            if !noted.is_empty() {
                core.trace.note(false);
                for found in core.show(&mut *monitor, noted) {
                    core.emit(|| Event::Found(Box::new(found)));
                }
                core.trace.note(true);
            }
            core.monitor = Some(monitor);
        });
    }
}

impl Core {
    fn show(&self, monitor: &mut dyn Monitor, noted: Vec<Noted>) -> Vec<Found> {
        let tree = self
            .page_on_top()
            .and_then(|(page, _)| self.views.trees.get(&page));
        let rest = Rest {
            world: &self.world,
            project: &self.code.project,
            tree,
            t: self.world.now().since(self.began),
            text: &|path| self.code.text(path),
            pending: self
                .calls
                .values()
                .map(|call| call.name.to_string())
                .collect(),
        };
        let mut all = monitor.at_rest(noted, &rest);
        for found in &mut all {
            found.source_line = self.code.line(found.at.as_ref());
        }
        all
    }
}

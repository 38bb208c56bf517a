//! All rules as one monitor of a run.

use std::collections::BTreeSet;

use super::causes::Causes;
use super::cx::Cx;
use super::{ALL, Judged, Levels, Rule, Watcher};
use crate::runtime::monitor::{Found, Happening, Monitor, Noted, Rest};
use crate::runtime::trace::Event;

/// The rules of a run.
pub struct Rules {
    watchers: Vec<(&'static Rule, Box<dyn Watcher>)>,
    causes: Causes,
    page: String,
    has_begun: bool,
    levels: Levels,
    /// What was found, so that each thing is told once: rule, place, words.
    told: BTreeSet<(String, String, u32, u32, String)>,
}

impl Rules {
    /// Those rules that `is_wanted` names.
    pub fn new(is_wanted: impl Fn(&Rule) -> bool) -> Self {
        let wanted = ALL.iter().copied().filter(|rule| is_wanted(rule));
        let watchers = wanted.filter_map(|rule| match rule.judged {
            Judged::Run(watcher) | Judged::Both(watcher, _) => Some((rule, watcher())),
            Judged::Exploration(_) => None,
        });
        Self {
            watchers: watchers.collect(),
            causes: Causes::default(),
            page: String::new(),
            has_begun: false,
            levels: Levels::default(),
            told: BTreeSet::new(),
        }
    }

    /// With what the author of the program says of rules.
    #[must_use]
    pub fn with_levels(mut self, levels: Levels) -> Self {
        self.watchers.retain(|(rule, _)| !levels.is_off(rule));
        self.levels = levels;
        self
    }

    fn each(
        &mut self,
        rest: &Rest<'_>,
        noted: Option<&Noted>,
        found: &mut Vec<Found>,
        judge: impl Fn(&mut dyn Watcher, &mut Cx<'_>),
    ) {
        for (rule, watcher) in &mut self.watchers {
            let mut cx = Cx {
                rest,
                causes: &self.causes,
                stack: noted.map_or(&[], |noted| &noted.stack),
                page: &self.page,
                rule,
                found,
            };
            judge(&mut **watcher, &mut cx);
        }
    }

    /// Whether a finding is new.
    fn is_new(&mut self, found: &Found) -> bool {
        let (file, line, column) = found.at.as_ref().map_or((String::new(), 0, 0), |at| {
            (at.file.clone(), at.line, at.column)
        });
        self.told.insert((
            found.rule.clone(),
            file,
            line,
            column,
            found.says.en.clone(),
        ))
    }
}

impl Monitor for Rules {
    fn at_rest(&mut self, noted: Vec<Noted>, rest: &Rest<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        if !self.has_begun {
            self.has_begun = true;
            self.each(rest, None, &mut found, |watcher, cx| watcher.begin(cx));
        }
        for noted in &noted {
            self.causes.add(noted);
            let Happening::Entry(entry) = &noted.what else {
                continue;
            };
            if let Event::Route { pages, .. } = &entry.event {
                self.page = pages.last().cloned().unwrap_or_default();
            }
            self.each(rest, Some(noted), &mut found, |watcher, cx| {
                watcher.hear(entry, cx);
            });
        }
        self.each(rest, None, &mut found, |watcher, cx| watcher.rest(cx));
        found.retain_mut(|found| self.levels.decide(found) && self.is_new(found));
        found
    }
}

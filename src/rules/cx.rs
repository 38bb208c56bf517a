//! What a rule knows while it judges.

use serde_json::Value as Json;

use super::causes::Causes;
use super::{Rule, on_page};
use crate::runtime::monitor::{Found, Rest, Words};
use crate::value::Frame;

/// Where a rule stands.
pub struct Cx<'a> {
    /// How things stand now that the program rests.
    pub rest: &'a Rest<'a>,
    /// What led to what, up to the event that is heard.
    pub causes: &'a Causes,
    /// Where in the code the event comes from, innermost first.
    pub stack: &'a [Frame],
    /// Route of the page on top when the event happened.
    pub page: &'a str,
    pub(super) rule: &'static Rule,
    pub(super) found: &'a mut Vec<Found>,
}

impl Cx<'_> {
    /// The rule does not hold, at the event that is heard; what led to it is added.
    pub fn find(&mut self, en: impl Into<String>, zh: impl Into<String>) -> &mut Found {
        let task = self.causes.task();
        let at = self.stack.first().cloned();
        self.find_at(task, at, en, zh)
    }

    /// The rule does not hold, at a call that was made before, or at the button whose capability it is.
    pub fn find_call(
        &mut self,
        call: u32,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> &mut Found {
        let facts = self.causes.call(call);
        let (task, at) = facts.map_or((0, None), |call| {
            let at = call.stack.first().cloned();
            (call.task, at.or_else(|| on_page::button(call, self)))
        });
        self.find_at(task, at, en, zh)
    }

    /// The rule does not hold, at that place.
    pub fn find_at(
        &mut self,
        task: u32,
        at: Option<Frame>,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> &mut Found {
        let mut found = self.rule.found(Words::new(en, zh));
        found.causes = self.causes.chain(task);
        found.at = at;
        self.page.clone_into(&mut found.page);
        self.found.push(found);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// `app.json`, whole.
    pub fn app_json(&self) -> &Json {
        &self.rest.project.app.raw
    }
}

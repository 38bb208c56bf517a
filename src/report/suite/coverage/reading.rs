//! Which answers and failures came up, read from traces.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{Hit, Hits, IN_SETTINGS, OK, QUESTIONS, SubjectKind, asked_scopes, unworded};
use crate::api::{question, rows};
use crate::errmsg::{self, Reason};
use crate::profile::Profile;
use crate::report::api::{failures, sample};
use crate::report::explain::is_like;
use crate::runtime::trace::{Entry, Event};
use crate::spec::ApiSpec;
use crate::world::scope::Scope;

/// What the tests touched.
pub(super) struct Reading {
    pub(super) scopes: BTreeSet<Scope>,
    /// Keys, with whether a dialog of the kind could be cancelled.
    pub(super) questions: BTreeMap<String, bool>,
    pub(super) apis: BTreeSet<&'static str>,
    pub(super) hits: Hits,
    /// The platform of the run that was read last.
    pub(super) profile: Profile,
    specs: BTreeMap<&'static str, &'static ApiSpec>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            scopes: BTreeSet::new(),
            questions: BTreeMap::new(),
            apis: BTreeSet::new(),
            hits: Hits::new(),
            profile: Profile::default(),
            specs: rows().map(|api| (api.spec.name, api.spec)).collect(),
        }
    }
}

impl Reading {
    /// Takes in the trace of a test.
    pub(super) fn read(&mut self, test: &str, trace: &[Entry]) {
        for entry in trace {
            match &entry.event {
                Event::Start { profile, .. } => self.profile = profile.clone(),
                Event::Question { asked, .. } => self.asked(&asked.key, asked.cancellable),
                Event::Unanswered { key, .. } => self.met(key),
                Event::Answer { key, answer, .. } => self.answered(test, key, answer),
                Event::Step { step } => {
                    let switches = step.strip_prefix("settings ");
                    let switches = switches.and_then(|it| serde_json::from_str(it).ok());
                    self.switched(test, &switches.unwrap_or_default());
                }
                Event::Call { api, .. } => {
                    self.called(api);
                }
                Event::Reply { api, result, .. } => {
                    let words = result["errMsg"].as_str().unwrap_or_default();
                    self.came_to(test, api, words, false);
                }
                Event::Sync { api, result, .. } => {
                    self.came_to(test, api, result.as_str().unwrap_or_default(), true);
                }
                _ => {}
            }
        }
    }

    /// The code names an API.
    pub(super) fn names(&mut self, name: &str) {
        let Some(spec) = self.called(name) else {
            return;
        };
        self.scopes.extend(asked_scopes(spec, &self.profile));
        for (_, key) in QUESTIONS.iter().filter(|(api, _)| *api == spec.name) {
            self.questions.entry((*key).to_owned()).or_insert(true);
        }
    }

    fn called(&mut self, api: &str) -> Option<&'static ApiSpec> {
        let spec = *self.specs.get(api)?;
        self.apis.insert(spec.name);
        Some(spec)
    }

    /// A question was asked that may or may not have a cancel button.
    fn asked(&mut self, key: &str, is_cancellable: bool) {
        match Scope::parse(key) {
            Some(scope) => {
                self.scopes.insert(scope);
            }
            None => *self.questions.entry(key.to_owned()).or_default() |= is_cancellable,
        }
    }

    /// A question came up, of which nothing else is known.
    fn met(&mut self, key: &str) {
        match Scope::parse(key) {
            Some(scope) => {
                self.scopes.insert(scope);
            }
            None => {
                self.questions.entry(key.to_owned()).or_insert(true);
            }
        }
    }

    fn answered(&mut self, test: &str, key: &str, answer: &Json) {
        self.met(key);
        if Scope::parse(key).is_some() {
            let word = answer.as_str().unwrap_or_default();
            return self.hit(test, SubjectKind::Scope, key, word);
        }
        for word in classes(key, answer) {
            self.hit(test, SubjectKind::Question, key, &word);
        }
        if key == "settings" {
            self.switched(test, answer);
        }
    }

    /// Switches of the settings page were set.
    fn switched(&mut self, test: &str, switches: &Json) {
        for name in switches
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::keys)
        {
            if let Some(scope) = Scope::parse(name) {
                self.scopes.insert(scope);
                self.hit(test, SubjectKind::Scope, name, IN_SETTINGS);
            }
        }
    }

    /// A call came to something: an `errMsg`, or no failure.
    fn came_to(&mut self, test: &str, api: &str, words: &str, is_sync: bool) {
        let Some(spec) = self.called(api) else {
            return;
        };
        let cell = if failed(spec, words, is_sync) {
            reason_of(spec, words, &self.profile)
        } else {
            OK.to_owned()
        };
        self.hit(test, SubjectKind::Api, spec.name, &cell);
    }

    fn hit(&mut self, test: &str, kind: SubjectKind, name: &str, cell: &str) {
        let key = (kind, name.to_owned(), cell.to_owned());
        let hit: &mut Hit = self.hits.entry(key).or_default();
        hit.times += 1;
        if !hit.tests.iter().any(|known| known == test) {
            hit.tests.push(test.to_owned());
        }
    }
}

/// The kinds of answers that one answer is; a sheet of messages has one for each message.
fn classes(key: &str, answer: &Json) -> Vec<String> {
    let words = question::words(key).unwrap_or_default();
    let positive = words.first().copied().unwrap_or_default();
    let positive = unworded(key).unwrap_or(positive).to_owned();
    match answer {
        Json::String(word) if words.contains(&word.as_str()) => vec![word.clone()],
        Json::Object(each) if key == "subscribe" => {
            let said = each.values().filter_map(Json::as_str);
            let said = said.map(|word| if word == "accept" { "allow" } else { word });
            let keeps = each.values().any(|it| *it == Json::Bool(true));
            let kept = |word: &str| match (keeps, word) {
                (true, "allow") => "always".to_owned(),
                (true, "reject") => "never".to_owned(),
                (_, word) => word.to_owned(),
            };
            let mut said: Vec<String> = said.map(kept).collect();
            said.dedup();
            said
        }
        Json::Object(switches) if key == "settings" && switches.is_empty() => Vec::new(),
        _ => vec![positive],
    }
}

/// Whether what a call came to is a failure; of what comes back at once, a text that begins like one is.
fn failed(spec: &ApiSpec, text: &str, is_sync: bool) -> bool {
    let text = thrown(text);
    let rest = text.strip_prefix(spec.own_name());
    let is_result = rest.is_some_and(|rest| rest.starts_with(':') && rest != ":ok");
    let is_bare = text.contains(":fail") || text.contains(": fail");
    is_result || !is_sync && is_bare
}

/// The message of an error that was thrown.
fn thrown(text: &str) -> &str {
    text.strip_prefix("Error: ").unwrap_or(text)
}

/// The reasons of an API with the words for them, without the name of the API.
pub(super) fn reason_names<'r>(
    spec: &ApiSpec,
    reasons: &'r [Reason],
    profile: &Profile,
) -> Vec<(String, &'r Reason)> {
    let name = |reason: &Reason| {
        if let Reason::Network(_) = reason {
            return "no answer of the server".to_owned();
        }
        let text = sample(reason).text(spec.own_name(), profile);
        if text.is_empty() {
            "fail".to_owned()
        } else {
            text
        }
    };
    reasons
        .iter()
        .map(|reason| (name(reason), reason))
        .collect()
}

/// The cell for a failure: the words of the reason whose text it is.
fn reason_of(spec: &ApiSpec, text: &str, profile: &Profile) -> String {
    let text = thrown(text);
    let whole = |reason: &Reason| errmsg::fail(spec.own_name(), &sample(reason), profile);
    let mut reasons = failures(spec);
    reasons.push(Reason::Parameter(String::new()));
    let named = reason_names(spec, &reasons, profile);
    let exact = named
        .iter()
        .find(|(_, reason)| whole(reason).eq_ignore_ascii_case(text));
    let like = exact.or_else(|| {
        named
            .iter()
            .find(|(_, reason)| is_like(text, &whole(reason)))
    });
    let is_network = |reason: &Reason| matches!(reason, Reason::Network(_));
    let words_of_rule = || named.iter().find(|(_, reason)| is_network(reason));
    if let Some((name, _)) = like.or_else(words_of_rule) {
        return name.clone();
    }
    let rest = text.split_once(":fail").map_or(text, |(_, rest)| rest);
    let rest = rest.trim_start_matches([' ', ':']);
    rest.chars().take(WORDS_MAX).collect()
}

/// Longest name of a failure that no row has, in characters.
const WORDS_MAX: usize = 80;

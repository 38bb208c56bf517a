//! How much of what the user and the platform can answer the tests have tried.
//!
//! What counts: each scope with what the user can say to it (`allow`, `deny`, `dismiss`, `ignore`) and
//! with a change on the settings page (`settings`); each API that can fail, with a success (`ok`) and
//! the reasons of its row; each other question with its answers. Of these, those that the tests touched
//! or that the code of the program names. Failures that any call can meet (wrong parameters, a tap
//! that is missing, the privacy guide) are shown when they came up and do not count.
//!
//! Unverified: a scope that only `wx.authorize` asks for is known after a test has met it; which questions an API
//! asks is a list here, not a part of its row.

mod reading;
pub(super) mod render;

use std::collections::BTreeMap;

use serde::Serialize;

use self::reading::{Reading, reason_names};
use super::SuiteResult;
use crate::api::{question, rows};
use crate::profile::Profile;
use crate::spec::ApiSpec;
use crate::world::scope::{Scope, Standing};

/// What the tests have tried, and what they have not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Coverage {
    /// Scopes, then questions, then APIs, each in the order of their tables.
    pub subjects: Vec<Subject>,
}

/// What is asked or called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    /// `scope.userLocation`
    Scope,
    /// `modal`
    Question,
    /// `getLocation`
    Api,
}

/// A scope, a question or an API with all that it can come to.
#[derive(Clone, Debug, Serialize)]
pub struct Subject {
    /// Which kind.
    pub kind: SubjectKind,
    /// Its name, of an API without `wx.`.
    pub name: String,
    /// What it can come to.
    pub cells: Vec<Cell>,
}

/// One thing that a subject can come to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cell {
    /// The answer, `ok` or the words of the failure.
    pub name: String,
    /// How often it came up.
    pub times: u32,
    /// The tests in which it came up.
    pub tests: Vec<String>,
    /// Whether it is one of those that should come up.
    pub is_counted: bool,
}

/// What came up, by subject and cell.
type Hits = BTreeMap<(SubjectKind, String, String), Hit>;

/// How often something came up, and where.
#[derive(Clone, Debug, Default)]
struct Hit {
    times: u32,
    tests: Vec<String>,
}

/// The cell of a scope that is changed on the settings page.
const IN_SETTINGS: &str = "settings";

/// The cell of a call that succeeds.
const OK: &str = "ok";

/// APIs and the questions that they ask besides scopes.
const QUESTIONS: &[(&str, &str)] = &[
    ("showModal", "modal"),
    ("showActionSheet", "actionSheet"),
    ("openSetting", "settings"),
    ("makePhoneCall", "phoneCall"),
    ("saveFileToDisk", "saveToDisk"),
    ("enableAlertBeforeUnload", "leavePage"),
    ("requirePrivacyAuthorize", "privacy"),
    ("getUserProfile", "profile"),
    ("button.getPhoneNumber", "phone"),
    ("button.chooseAvatar", "avatar"),
    ("chooseLocation", "location"),
    ("addPhoneContact", "contact"),
    ("button.contact", "conversation"),
    ("button.feedback", "feedback"),
    ("addPhoneCalendar", "calendar"),
    ("addPhoneRepeatCalendar", "calendar"),
    ("chooseAddress", "address"),
    ("chooseInvoiceTitle", "invoiceTitle"),
    ("chooseInvoice", "invoice"),
    ("addCard", "card"),
    ("openCard", "card"),
    ("getWeRunData", "werun"),
    ("requestSubscribeMessage", "subscribe"),
    ("startSoterAuthentication", "soter"),
    ("createRewardedVideoAd", "ad"),
    ("requestPayment", "pay"),
    ("chooseImage", "media"),
    ("chooseMedia", "media"),
    ("chooseVideo", "media"),
    ("chooseMessageFile", "file"),
    ("scanCode", "scan"),
    ("editImage", "edit"),
    ("cropImage", "edit"),
    ("openVideoEditor", "edit"),
    ("navigateToMiniProgram", "openProgram"),
    ("navigateToMiniProgram", "program"),
    ("button.share", "share"),
];

impl Coverage {
    /// What the tests of a run have tried.
    ///
    /// `named` are the APIs that the code of the program names, with or without `wx.`; names without a
    /// row say nothing.
    pub fn of(suite: &SuiteResult, named: &[String]) -> Self {
        let mut reading = Reading::default();
        for (file, test) in suite.tests() {
            reading.read(&format!("{} › {}", file.path, test.title()), &test.trace);
        }
        for name in named {
            reading.names(name.strip_prefix("wx.").unwrap_or(name));
        }
        let scopes = Scope::ALL.into_iter();
        let scopes = scopes.filter(|scope| reading.scopes.contains(scope));
        let mut subjects: Vec<Subject> = scopes.map(|scope| of_scope(&reading, scope)).collect();
        let questions = question::keys().filter(|key| reading.questions.contains_key(*key));
        subjects.extend(questions.map(|key| of_question(&reading, key)));
        let specs = rows().map(|api| api.spec);
        let specs = specs.filter(|spec| reading.apis.contains(spec.name) && !spec.fails.is_empty());
        subjects.extend(specs.map(|spec| of_api(&reading, spec)));
        Self { subjects }
    }

    /// Which part of what counts has come up, from 0 to 1; 1 when there is nothing.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred cells")]
    pub fn share(&self) -> f64 {
        match self.reached() {
            (_, 0) => 1.0,
            (reached, all) => reached as f64 / all as f64,
        }
    }

    /// How many came up, of how many.
    pub fn reached(&self) -> (usize, usize) {
        let parts = self.subjects.iter().map(Subject::reached);
        parts.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1))
    }
}

impl Subject {
    /// How many of its cells came up, of how many.
    pub fn reached(&self) -> (usize, usize) {
        let counted = self.cells.iter().filter(|cell| cell.is_counted);
        let all = counted.clone().count();
        (counted.filter(|cell| cell.times > 0).count(), all)
    }

    /// The subject with these cells, then with what came up besides.
    fn new(reading: &Reading, kind: SubjectKind, name: &str, cells: &[String]) -> Self {
        let hit = |cell: &str| {
            let key = (kind, name.to_owned(), cell.to_owned());
            reading.hits.get(&key).cloned().unwrap_or_default()
        };
        let cell = |name: &str, is_counted| {
            let Hit { times, tests } = hit(name);
            Cell {
                name: name.to_owned(),
                times,
                tests,
                is_counted,
            }
        };
        let mut all: Vec<Cell> = cells.iter().map(|name| cell(name, true)).collect();
        let own = reading
            .hits
            .keys()
            .filter(|(k, n, _)| *k == kind && n == name);
        let besides = own.filter(|(_, _, it)| !cells.contains(it));
        all.extend(besides.map(|(_, _, it)| cell(it, false)));
        Self {
            kind,
            name: name.to_owned(),
            cells: all,
        }
    }
}

fn of_scope(reading: &Reading, scope: Scope) -> Subject {
    let words = question::words(scope.name()).unwrap_or_default().iter();
    let words = words.chain([&IN_SETTINGS]).map(|word| (*word).to_owned());
    let cells: Vec<String> = words.collect();
    Subject::new(reading, SubjectKind::Scope, scope.name(), &cells)
}

fn of_question(reading: &Reading, key: &str) -> Subject {
    let is_cancellable = reading.questions.get(key).copied().unwrap_or(true);
    let words = question::words(key).unwrap_or_default().iter();
    let words = words.filter(|word| **word != "cancel" || is_cancellable);
    let mut cells: Vec<String> = words.map(|word| (*word).to_owned()).collect();
    if let Some(word) = unworded(key) {
        cells.insert(0, word.to_owned());
    }
    Subject::new(reading, SubjectKind::Question, key, &cells)
}

/// How the positive answer of a question is called that no word gives.
fn unworded(key: &str) -> Option<&'static str> {
    match key {
        "actionSheet" => Some("item"),
        "settings" => Some("switch"),
        "share" => Some("to"),
        "scan" => Some("code"),
        _ => None,
    }
}

fn of_api(reading: &Reading, spec: &ApiSpec) -> Subject {
    let reasons = reason_names(spec, spec.fails, &reading.profile);
    let mut cells = vec![OK.to_owned()];
    for (name, _) in reasons {
        if !cells.contains(&name) {
            cells.push(name);
        }
    }
    Subject::new(reading, SubjectKind::Api, spec.name, &cells)
}

/// Keys of the questions that a call of an API may lead to, its scopes first, with the words for their answers.
pub fn questions_of(
    spec: &ApiSpec,
    profile: &Profile,
) -> Vec<(&'static str, &'static [&'static str])> {
    let scopes = asked_scopes(spec, profile).map(Scope::name);
    let others = QUESTIONS.iter().filter(|(api, _)| *api == spec.name);
    let keys = scopes.chain(others.map(|(_, key)| *key));
    keys.map(|key| (key, question::words(key).unwrap_or_default()))
        .collect()
}

/// The scopes that an API asks for on the platform of the profile.
fn asked_scopes(spec: &ApiSpec, profile: &Profile) -> impl Iterator<Item = Scope> {
    let holds = |scope: &Scope| scope.standing(profile, profile.compat_date) == Standing::Enforced;
    let scopes = Scope::ALL.into_iter().filter(holds);
    scopes.filter(|scope| spec.guard.asks_for(scope.name()))
}

#[cfg(test)]
mod tests {
    use super::{QUESTIONS, unworded};
    use crate::api::{question, rows};

    #[test]
    fn every_api_that_asks_is_a_row_and_every_question_exists() {
        for (api, key) in QUESTIONS {
            assert!(rows().any(|row| row.spec.name == *api), "{api}");
            assert!(question::exists(key), "{key}");
        }
    }

    #[test]
    fn every_question_has_an_answer_besides_refusals() {
        for key in question::keys().filter(|key| !key.starts_with("scope.")) {
            let mut words = question::words(key).unwrap_or_default().iter();
            let has_word = words.any(|word| !matches!(*word, "cancel" | "ignore"));
            assert_eq!(unworded(key).is_none(), has_word, "{key}");
        }
    }
}

//! What an audit found, and its forms: text for a terminal, JSON, one HTML file.
//!
//! ```json
//! { "project": "shop", "findings": [{ "rule": "P28", "name": "unhandled", "weight": "error", "says": {…}, "at": {…},
//!   "story": [{…}], "choices": "0,2", "replay": "wxsim explore …", "origin": "exploration" }],
//!   "suppressed": [{ "finding": {…}, "reason": "…", "until": "2026-12-31" }],
//!   "states": 104, "transitions": 1386, "complete": true, "bound": null, "tests": { "ran": 4, "failed": 1 },
//!   "matrix": {…}, "privacyGuide": […], "ruleCount": 32 }
//! ```
//!
//! Nothing here says what a reviewer will decide.

mod page;
mod text;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::words::Phrase;
use crate::explore::{Bound, Matrix};
use crate::report::suite::Language;
use crate::rules::{Rule, named};
use crate::runtime::monitor::{Found, Weight, Words};

pub use page::html;
pub use text::terminal;

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuditResult {
    /// The project, as it was named.
    pub project: String,
    /// What was found, without what is suppressed.
    pub findings: Vec<Finding>,
    /// What was found and is suppressed.
    pub suppressed: Vec<Suppressed>,
    /// Different states at rest that were explored.
    pub states: usize,
    /// Ways between points that were gone.
    pub transitions: usize,
    /// Whether everything was tried, up to the fingerprint.
    pub complete: bool,
    /// What ended the exploration when not everything was tried.
    pub bound: Option<Bound>,
    /// The project's own tests.
    pub tests: TestCounts,
    /// What was answered, what failed, and what came of it.
    pub matrix: Matrix,
    /// What the privacy guide has to name; null when nobody asked.
    pub privacy_guide: Json,
    /// Rules that were judged.
    pub rule_count: usize,
}

/// The project's own tests that were watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestCounts {
    /// How many ran.
    pub ran: usize,
    /// How many of them failed.
    pub failed: usize,
}

/// A rule does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The rule, what happened and where.
    #[serde(flatten)]
    pub found: Found,
    /// The shortest story that shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub story: Vec<Words>,
    /// The numbers of all choices of the story.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub choices: String,
    /// The command that shows it again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub replay: String,
    /// What showed it.
    pub origin: Origin,
}

/// A finding that the author knows of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// Why it is left as it is.
    pub reason: String,
    /// The day on which it counts again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// What showed a finding: `exploration`, `static`, `test tests/a.test.js › saves`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Origin {
    /// Everything that a user can do, tried.
    Exploration,
    /// The project as it is, without running it.
    Static,
    /// A test of the project, by its name.
    Test(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exploration => f.write_str("exploration"),
            Self::Static => f.write_str("static"),
            Self::Test(name) => write!(f, "test {name}"),
        }
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.to_string()
    }
}

impl From<String> for Origin {
    fn from(text: String) -> Self {
        match text.as_str() {
            "exploration" => Self::Exploration,
            "static" => Self::Static,
            other => Self::Test(other.strip_prefix("test ").unwrap_or(other).to_owned()),
        }
    }
}

impl Origin {
    fn words(&self) -> Words {
        let zh = match self {
            Self::Exploration => "遍历".to_owned(),
            Self::Static => "静态检查".to_owned(),
            Self::Test(name) => format!("测试 {name}"),
        };
        Words::new(self.to_string(), zh)
    }
}

impl AuditResult {
    /// How many findings may get the program rejected: errors and warnings.
    pub fn causes(&self) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.found.weight > Weight::Info)
            .count()
    }

    /// How many findings are good to know.
    pub fn notes(&self) -> usize {
        self.findings.len() - self.causes()
    }
}

/// The JSON, indented, ending with a line feed.
pub fn json(result: &AuditResult) -> String {
    // The result is plain data: it always has a JSON form.
    let text = serde_json::to_string_pretty(result).unwrap_or_default();
    format!("{text}\n")
}

const CAUSES_FOUND: Phrase = Phrase("known rejection causes found", "发现的已知拒审原因");
const GUIDE: Phrase = Phrase(
    "What the privacy guide has to name",
    "隐私保护指引需要声明的内容",
);
const NOTES_FOUND: Phrase = Phrase("good to know", "提示");
const ORIGIN: Phrase = Phrase("shown by", "来源");
const REASON: Phrase = Phrase("reason", "原因");
const UNTIL: Phrase = Phrase("until", "有效期至");

/// Findings of one rule.
struct Group<'a> {
    /// Its row; findings of the author's own properties have none.
    rule: Option<&'static Rule>,
    first: &'a Found,
    findings: Vec<&'a Finding>,
}

impl Group<'_> {
    /// Id and name.
    fn name(&self) -> String {
        format!("{} {}", self.first.rule, self.first.name)
            .trim_end()
            .to_owned()
    }
}

/// The findings by rule, what weighs most first.
fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in findings {
        let found = &finding.found;
        let same = |group: &&mut Group<'_>| {
            group.first.rule == found.rule && group.first.weight == found.weight
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group {
                rule: named(&found.rule),
                first: found,
                findings: vec![finding],
            }),
        }
    }
    groups.sort_by(|one, other| {
        let weight = other.first.weight.cmp(&one.first.weight);
        weight.then_with(|| one.first.rule.cmp(&other.first.rule))
    });
    groups
}

/// A text of a rule's row.
fn pick(pair: [&'static str; 2]) -> Words {
    Words::new(pair[0], pair[1])
}

/// `4 tests ran, 1 failed`, `2 rules were judged`.
fn besides(result: &AuditResult) -> Vec<Words> {
    let TestCounts { ran, failed } = result.tests;
    let rules = result.rule_count;
    vec![
        super::words::extent(result.states, result.transitions, result.bound.as_ref()),
        Words::new(
            format!("tests run: {ran}, failed: {failed}"),
            format!("运行测试 {ran} 个，失败 {failed} 个"),
        ),
        Words::new(
            format!("rules judged: {rules}"),
            format!("检查规则 {rules} 条"),
        ),
    ]
}

/// A number with what it counts: `known rejection causes found: 2`.
fn counted(phrase: Phrase, count: usize, language: Language) -> String {
    match language {
        Language::English => format!("{}: {count}", phrase.0),
        Language::Chinese => format!("{}：{count}", phrase.1),
    }
}

#[cfg(test)]
mod tests {
    use super::{AuditResult, Origin, groups, json};
    use crate::report::explored::fixture::audit;

    #[test]
    fn the_json_is_read_back() {
        let result = audit();
        let text = json(&result);
        let again: AuditResult = serde_json::from_str(&text).expect("an audit");
        assert_eq!(again, result);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["findings"][1]["rule"], "P28");
        assert_eq!(value["findings"][1]["origin"], "exploration");
        assert_eq!(
            value["findings"][2]["origin"],
            "test tests/a.test.js › saves"
        );
        assert_eq!(value["privacyGuide"][0]["item"], "phone");
        assert_eq!(
            (
                value["ruleCount"].as_u64(),
                value["tests"]["failed"].as_u64()
            ),
            (Some(2), Some(1))
        );
    }

    #[test]
    fn errors_come_first_and_information_is_counted_apart() {
        let result = audit();
        let names: Vec<String> = groups(&result.findings)
            .iter()
            .map(super::Group::name)
            .collect();
        assert_eq!(names, ["P28 unhandled", "dead-end", "P90 small-thing"]);
        assert_eq!((result.causes(), result.notes()), (2, 1));
    }

    #[test]
    fn an_origin_is_a_word() {
        for origin in [
            Origin::Exploration,
            Origin::Static,
            Origin::Test("a › b".into()),
        ] {
            assert_eq!(Origin::from(String::from(origin.clone())), origin);
        }
    }
}

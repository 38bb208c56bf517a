//! SARIF 2.1.0, the form that code scanning reads.
//!
//! Rules are told in English, with the Chinese texts among their properties. A finding's message is what happened, then its
//! story and how to see it again; causes, choices and the Chinese texts are properties. A finding without a place in the code
//! is one of `app.json`, because readers want a file. The fingerprint holds the rule, the file and the text of the line, so a
//! finding stays the same when lines above it come and go.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::audit::{Finding, Suppressed};
use super::words::START;
use crate::report::suite::plain::{one_line, visible};
use crate::rules::{Rule, named};
use crate::runtime::monitor::{Weight, Words};

/// Longest text of the program's in a message, in characters.
const CHARS_MAX: usize = 1_000;
/// Longest line of code that is quoted, in characters.
const LINE_MAX: usize = 300;
/// The file of findings without a place.
const PROJECT_FILE: &str = "app.json";

/// The log. `folder` leads from where the paths begin, such as the root of the repository, to the project's code; it is
/// relative, and empty when they are the same.
pub fn sarif(findings: &[Finding], suppressed: &[Suppressed], folder: &str) -> Json {
    let mut run = Run {
        folder,
        ..Run::default()
    };
    let mut results: Vec<Json> = findings.iter().map(|finding| run.result(finding)).collect();
    for one in suppressed {
        let mut result = run.result(&one.finding);
        let mut suppression = json!({ "kind": "external", "status": "accepted", "justification": visible(&one.reason) });
        if let Some(until) = &one.until {
            suppression["properties"] = json!({ "until": visible(until) });
        }
        result["suppressions"] = json!([suppression]);
        results.push(result);
    }
    let rules: Vec<Json> = run.rules.into_iter().map(|(_, rule)| rule).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "wxsim",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "en",
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// What is gathered while results are made.
#[derive(Default)]
struct Run<'a> {
    folder: &'a str,
    /// Rules that were found not to hold, with their ids, in the order of their numbers.
    rules: Vec<(String, Json)>,
    /// How many results have the same rule, file and line.
    same: BTreeMap<String, usize>,
}

impl Run<'_> {
    fn result(&mut self, finding: &Finding) -> Json {
        let found = &finding.found;
        let index = self.rule_of(finding);
        let mut result = json!({
            "ruleId": self.rules[index].0,
            "ruleIndex": index,
            "level": level(found.weight),
            "message": { "text": message(finding) },
            "locations": [self.location(finding)],
            "partialFingerprints": { "wxsimFinding/v1": self.fingerprint(finding) },
            "properties": properties(finding),
        });
        if !found.source_line.is_empty()
            && let Some(region) = result.pointer_mut("/locations/0/physicalLocation/region")
        {
            region["snippet"] = json!({ "text": cut(&visible(&found.source_line), LINE_MAX) });
        }
        result
    }

    /// The number of a rule; the author's own properties are rules without a row.
    fn rule_of(&mut self, finding: &Finding) -> usize {
        let found = &finding.found;
        let id = visible(&found.rule);
        if let Some(index) = self.rules.iter().position(|(known, _)| *known == id) {
            return index;
        }
        let rule = match named(&found.rule) {
            Some(row) => described(row),
            None if found.name.is_empty() => json!({ "id": id }),
            None => json!({ "id": id, "name": visible(&found.name) }),
        };
        self.rules.push((id, rule));
        self.rules.len() - 1
    }

    fn location(&self, finding: &Finding) -> Json {
        let found = &finding.found;
        let file = found
            .at
            .as_ref()
            .map_or(PROJECT_FILE, |at| at.file.as_str());
        let mut physical = json!({ "artifactLocation": { "uri": self.uri(file) } });
        let mut region = Map::new();
        // A whole file is shown at its first line.
        let (line, column) = found.at.as_ref().map_or((0, 0), |at| (at.line, at.column));
        region.insert("startLine".to_owned(), line.max(1).into());
        if line > 0 && column > 0 {
            region.insert("startColumn".to_owned(), column.into());
        }
        physical["region"] = Json::Object(region);
        let mut location = json!({ "physicalLocation": physical });
        if !found.page.is_empty() {
            location["logicalLocations"] =
                json!([{ "fullyQualifiedName": visible(&found.page), "kind": "page" }]);
        }
        location
    }

    /// The path as a relative reference.
    fn uri(&self, file: &str) -> String {
        let folder = self.folder.replace('\\', "/");
        let parts = folder.split('/').chain(file.split('/'));
        let parts: Vec<String> = parts
            .filter(|part| !part.is_empty() && *part != ".")
            .map(encoded)
            .collect();
        parts.join("/")
    }

    /// A hash that stays the same while the line does, and a number that tells equal ones apart.
    fn fingerprint(&mut self, finding: &Finding) -> String {
        let found = &finding.found;
        let what = match &found.at {
            Some(at) => [
                found.rule.as_str(),
                at.file.as_str(),
                found.source_line.trim(),
            ],
            None => [
                found.rule.as_str(),
                found.page.as_str(),
                found.says.en.as_str(),
            ],
        };
        let mut hash = String::new();
        for byte in Sha256::digest(what.join("\n").as_bytes()).iter().take(16) {
            let _ = write!(hash, "{byte:02x}");
        }
        let times = self.same.entry(hash.clone()).or_default();
        *times += 1;
        format!("{hash}:{times}")
    }
}

fn described(rule: &Rule) -> Json {
    let mut own = json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.title[0] },
        "fullDescription": { "text": rule.title[0] },
        "help": { "text": rule.fix[0] },
        "defaultConfiguration": { "level": level(rule.weight) },
        "properties": {
            "en": { "title": rule.title[0], "fix": rule.fix[0] },
            "zh": { "title": rule.title[1], "fix": rule.fix[1] },
            "official": rule.official,
        },
    });
    if !rule.source.is_empty() {
        own["helpUri"] = json!(rule.source);
    }
    own
}

fn level(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Info => "note",
    }
}

/// What happened, its story, and how to see it again.
fn message(finding: &Finding) -> String {
    let mut text = cut(&one_line(&finding.found.says.en), CHARS_MAX);
    if !finding.story.is_empty() {
        let _ = write!(text, "\n\nStory: {}", START.0);
        for (number, line) in finding.story.iter().enumerate() {
            let _ = write!(
                text,
                "\n{}. {}",
                number + 1,
                cut(&one_line(&line.en), CHARS_MAX)
            );
        }
    }
    if !finding.replay.is_empty() {
        let _ = write!(text, "\n\nAgain: {}", one_line(&finding.replay));
    }
    // `[text](1)` would be a link to a place of the result.
    text.replace("](", "] (")
}

fn properties(finding: &Finding) -> Json {
    let found = &finding.found;
    let words = |words: &Words| json!({ "en": cut(&visible(&words.en), CHARS_MAX), "zh": cut(&visible(&words.zh), CHARS_MAX) });
    let mut own =
        json!({ "says": words(&found.says), "origin": visible(&finding.origin.to_string()) });
    let causes: Vec<String> = found.causes.iter().map(|cause| visible(cause)).collect();
    let story: Vec<Json> = finding.story.iter().map(words).collect();
    for (name, value) in [
        ("page", json!(visible(&found.page))),
        ("causes", json!(causes)),
        ("story", json!(story)),
        ("choices", json!(visible(&finding.choices))),
        ("replay", json!(visible(&finding.replay))),
    ] {
        if value != json!("") && value != json!([]) {
            own[name] = value;
        }
    }
    if !found.data.is_null() {
        own["data"] = found.data.clone();
    }
    own
}

fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A part of a path with everything but unreserved characters as `%` codes.
fn encoded(part: &str) -> String {
    let mut safe = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@+".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::sarif;
    use crate::report::explored::fixture::{HOSTILE, audit, finding};
    use crate::runtime::monitor::Weight;

    fn log() -> Json {
        let result = audit();
        sarif(&result.findings, &result.suppressed, "./mini app/src")
    }

    #[test]
    fn it_has_the_structure_that_readers_want() {
        let log = log();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), 4);
        for result in results {
            let index =
                usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(
                result["message"]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            assert!(
                ["error", "warning", "note"]
                    .contains(&result["level"].as_str().unwrap_or_default())
            );
            let place = &result["locations"][0]["physicalLocation"];
            assert!(
                place["artifactLocation"]["uri"]
                    .as_str()
                    .is_some_and(|uri| uri.starts_with("mini%20app/src/"))
            );
            assert!(place["region"]["startLine"].as_u64() >= Some(1));
        }
        assert!(rules.iter().all(|rule| rule["id"].is_string()));
        let rule = rules.iter().find(|rule| rule["id"] == "P28").expect("P28");
        let row = crate::rules::named("P28").expect("its row");
        assert_eq!(rule["properties"]["zh"]["title"], row.title[1]);
        assert_eq!(rule["helpUri"], row.source);
    }

    #[test]
    fn a_finding_has_its_place_its_story_and_its_replay() {
        let result = &log()["runs"][0]["results"][1];
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "mini%20app/src/pages/me/me.js"
        );
        assert_eq!(
            place["region"],
            serde_json::json!({ "startLine": 12, "startColumn": 5, "snippet": { "text": "    this.data.user.name" } })
        );
        let text = "TypeError: nobody catches it\n\nStory: the program is started\n1. tap button \"Log in\"\n\
            2. request fails (network)\n\nAgain: wxsim explore app --choices 0,1,0,0,0,2";
        assert_eq!(result["message"]["text"], text);
        assert_eq!(result["properties"]["says"]["zh"], "TypeError：没有被捕获");
        assert_eq!(result["properties"]["origin"], "exploration");
    }

    #[test]
    fn what_is_suppressed_says_why() {
        let log = log();
        let results = &log["runs"][0]["results"];
        assert_eq!(results[1].get("suppressions"), None);
        let suppression = &results[3]["suppressions"][0];
        assert_eq!(suppression["justification"], "a map needs it at once");
        assert_eq!(suppression["properties"]["until"], "2026-12-31");
    }

    #[test]
    fn a_fingerprint_survives_lines_above_and_tells_equal_ones_apart() {
        let one = finding("P28", "unhandled", Weight::Error);
        let mut moved = one.clone();
        moved.found.at.as_mut().expect("a place").line = 99;
        let mut other = one.clone();
        other.found.source_line = "other()".to_owned();
        let of = |findings: &[super::Finding]| -> Vec<Json> {
            let log = sarif(findings, &[], "");
            let results = log["runs"][0]["results"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            results
                .iter()
                .map(|result| result["partialFingerprints"]["wxsimFinding/v1"].clone())
                .collect()
        };
        let (before, after) = (
            of(std::slice::from_ref(&one)),
            of(std::slice::from_ref(&moved)),
        );
        assert_eq!(before, after);
        assert_ne!(before, of(&[other]));
        let both = of(&[one, moved]);
        assert_eq!(both[0], before[0]);
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn hostile_texts_stay_texts() {
        let mut one = finding("P28", "unhandled", Weight::Error);
        one.found.says.en = HOSTILE.repeat(150);
        one.found.source_line = "x".repeat(100_000);
        one.found.at.as_mut().expect("a place").file = format!("pages/{HOSTILE}");
        let log = sarif(&[one], &[], "");
        let result = &log["runs"][0]["results"][0];
        let text = result["message"]["text"].as_str().unwrap_or_default();
        assert!(
            !text.contains("](") && !text.contains('\u{1b}') && text.chars().count() < 1_300,
            "{text}"
        );
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .unwrap_or_default();
        assert!(
            uri.starts_with("pages/%3C") && uri.is_ascii() && !uri.contains(' '),
            "{uri}"
        );
        assert!(log.to_string().len() < 20_000);
    }
}

//! How the environment is declared: `NAME = JSON`, `NAME {"key":1} = JSON`, `NAME = fail WORDS`,
//! `db.COLLECTION = [RECORDS]`, `cloud://FILE_ID = "TEXT"`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::Function;

/// One declared fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CloudRule {
    /// What a function answers.
    Function(Function),
    /// A collection and its records.
    Collection(String, Vec<Map<String, Json>>),
    /// A file: its id and its text.
    File(String, String),
}

/// A rule is not written as one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`: {problem}; write login = {{\"ok\":true}} or db.users = [{{\"_id\":\"1\"}}]")]
pub struct BadCloudRule {
    text: String,
    problem: &'static str,
}

impl FromStr for CloudRule {
    type Err = BadCloudRule;

    fn from_str(text: &str) -> Result<Self, BadCloudRule> {
        let bad = |problem| BadCloudRule {
            text: text.chars().take(80).collect(),
            problem,
        };
        let (left, right) = text
            .split_once(" = ")
            .ok_or_else(|| bad("` = ` is missing"))?;
        let (left, right) = (left.trim(), right.trim());
        if let Some(name) = left.strip_prefix("db.") {
            let records = serde_json::from_str(right);
            let records = records.map_err(|_| bad("a collection needs a JSON list of objects"))?;
            return Ok(Self::Collection(name.to_owned(), records));
        }
        if left.starts_with("cloud://") {
            let text = serde_json::from_str(right);
            let text = text.map_err(|_| bad("a file needs its text as a JSON string"))?;
            return Ok(Self::File(left.to_owned(), text));
        }
        let (name, when) = left.split_once(' ').unwrap_or((left, "{}"));
        if name.is_empty() {
            return Err(bad("the function's name is missing"));
        }
        let when = serde_json::from_str(when);
        let when = when.map_err(|_| bad("data that a call must have is a JSON object"))?;
        let outcome = match right.strip_prefix("fail ") {
            Some(words) => Err(words.trim().to_owned()),
            None => Ok(serde_json::from_str(right).map_err(|_| bad("the result is not JSON"))?),
        };
        let name = name.to_owned();
        Ok(Self::Function(Function {
            name,
            when,
            outcome,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::CloudRule;

    #[test]
    fn what_is_no_rule_says_why() {
        for text in [
            "",
            "login",
            " = {}",
            "login = {",
            "login x = {}",
            "login [] = {}",
            "db.users = {}",
            "db.users = [1]",
            "cloud://a.b/c = x",
        ] {
            assert!(text.parse::<CloudRule>().is_err(), "{text}");
        }
        for text in [
            "login = null",
            "f = fail x",
            "f {\"a\":1} = 2",
            "db.u = []",
            "cloud://a.b/c = \"x\"",
        ] {
            assert!(text.parse::<CloudRule>().is_ok(), "{text}");
        }
    }
}

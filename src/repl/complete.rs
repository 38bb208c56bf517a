//! What may stand where the cursor is.

use serde::{Deserialize, Serialize};

use super::command::COMMANDS;
use crate::api::{names::NAMES, rows};

/// What the phone shows and has, as far as it can be completed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Pages of the program.
    pub pages: Vec<String>,
    /// How the things on the page can be pointed at.
    pub targets: Vec<String>,
    /// Keys of the storage.
    pub storage: Vec<String>,
    /// Members of the page's data.
    pub data: Vec<String>,
    /// Names of what scripts can reach.
    pub globals: Vec<String>,
    /// Keys of questions that wait.
    pub questions: Vec<String>,
    /// Moments that were saved.
    pub moments: Vec<String>,
}

/// Something to put in the place of the word before the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is put there.
    pub text: String,
    /// What is shown in the list.
    pub shown: String,
}

const GLOBALS: &[&str] = &[
    "wx",
    "getApp()",
    "getCurrentPages()",
    "$page",
    "$data",
    "_",
    "console",
    "JSON",
    "Object",
    "Array",
    "Promise",
    "Date",
    "Math",
    "await",
    "const",
    "let",
    "function",
    "return",
];

/// Where the word before the cursor begins, and what it may become.
pub fn complete(line: &str, cursor: usize, facts: &Facts) -> (usize, Vec<Completion>) {
    let before = line.get(..cursor).unwrap_or(line);
    let trimmed = before.trim_start();
    if let Some(command) = trimmed.strip_prefix('.') {
        let Some((name, rest)) = command.split_once(char::is_whitespace) else {
            let start = before.len() - command.len() - 1;
            let all = COMMANDS.iter().map(|own| {
                let shown = format!(".{} {}", own.name, own.form);
                (format!(".{}", own.name), shown.trim_end().to_owned())
            });
            return (start, beginning(trimmed, all));
        };
        let rest = rest.trim_start();
        let start = before.len() - rest.len();
        return (start, beginning(rest, same(&arguments(name, facts))));
    }
    let start = before
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$' || c == '.'))
        .map_or(0, |at| {
            at + before[at..].chars().next().map_or(1, char::len_utf8)
        });
    let word = &before[start..];
    if let Some(member) = word.strip_prefix("wx.") {
        return (start + 3, beginning(member, apis()));
    }
    let Some((owner, member)) = word.rsplit_once('.') else {
        let quoted = before[..start].ends_with(['\'', '"']);
        let known: Vec<String> = if quoted {
            facts.storage.iter().chain(&facts.pages).cloned().collect()
        } else {
            let own = GLOBALS.iter().map(|own| (*own).to_owned());
            own.chain(facts.globals.iter().cloned()).collect()
        };
        return (start, beginning(word, same(&known)));
    };
    let at = start + owner.len() + 1;
    match owner {
        "$data" | "$page.data" => (at, beginning(member, same(&facts.data))),
        "$page" => {
            let known = ["data", "setData", "route", "options"].map(str::to_owned);
            (at, beginning(member, same(&known)))
        }
        _ => (at, Vec::new()),
    }
}

/// Members of `wx`, shown with their parameters.
fn apis() -> impl Iterator<Item = (String, String)> {
    let known = rows().map(|api| {
        let params = api.spec.params.iter().map(|own| {
            let mark = if own.required { "" } else { "?" };
            format!("{}{mark}", own.name)
        });
        let params = params.collect::<Vec<_>>().join(", ");
        (
            api.spec.name.to_owned(),
            format!("{}({{{params}}})", api.spec.name),
        )
    });
    let known: Vec<(String, String)> = known
        .filter(|(name, _)| !name.contains(['.', '#']))
        .collect();
    let others = NAMES
        .iter()
        .map(|own| (own.name.to_owned(), own.name.to_owned()));
    let others: Vec<_> = others
        .filter(|(name, _)| !name.contains('.') && known.iter().all(|(own, _)| own != name))
        .collect();
    known.into_iter().chain(others)
}

/// What may stand behind a command.
fn arguments(name: &str, facts: &Facts) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|own| (*own).to_owned()).collect();
    match name {
        "tap" | "longpress" | "input" | "choose" => facts.targets.clone(),
        "go" | "launch" | "resume" => facts.pages.clone(),
        "storage" => facts.storage.clone(),
        "data" => facts.data.clone(),
        "answer" => {
            let waiting = facts.questions.iter();
            waiting.map(|key| format!("{key}=")).collect()
        }
        "restore" => facts.moments.clone(),
        "api" | "calls" => apis().map(|(name, _)| name).collect(),
        "help" => COMMANDS.iter().map(|own| own.name.to_owned()).collect(),
        "session" => words(&["expire"]),
        "permissions" => words(&["grant ", "deny ", "reset"]),
        "network" => words(&["none", "wifi", "2g", "3g", "4g", "5g", "unknown"]),
        "pay" => words(&[
            "pay",
            "cancel",
            "wrongPassword",
            "notEnough",
            "timeout",
            "lostCallback",
        ]),
        "do" => words(&[
            "pullDown",
            "reachBottom",
            "theme dark",
            "theme light",
            "expire",
            "deleteApp",
        ]),
        _ => Vec::new(),
    }
}

fn same(words: &[String]) -> impl Iterator<Item = (String, String)> {
    words.iter().map(|own| (own.clone(), own.clone()))
}

fn beginning(word: &str, all: impl Iterator<Item = (String, String)>) -> Vec<Completion> {
    let lower = word.to_lowercase();
    let fitting = all.filter(|(text, _)| text.to_lowercase().starts_with(&lower));
    fitting
        .map(|(text, shown)| Completion { text, shown })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Facts, complete};

    fn words(line: &str) -> Vec<String> {
        let facts = Facts {
            pages: vec!["pages/home/home".into()],
            targets: vec!["#buy".into(), "\"购物车\"".into()],
            storage: vec!["cart".into()],
            ..Facts::default()
        };
        let (_, found) = complete(line, line.len(), &facts);
        found.into_iter().map(|own| own.text).collect()
    }

    #[test]
    fn commands_their_arguments_and_scripts_are_completed() {
        assert_eq!(words(".lon"), [".longpress"]);
        assert_eq!(words(".tap #"), ["#buy"]);
        assert_eq!(words(".go pa"), ["pages/home/home"]);
        assert_eq!(words(".storage "), ["cart"]);
        assert!(words("wx.requestPay").contains(&"requestPayment".to_owned()));
        assert_eq!(words("getCurr"), ["getCurrentPages()"]);
        assert_eq!(words("wx.getStorageSync('ca"), ["cart"]);
        let (_, found) = complete("wx.requestPayment", 17, &Facts::default());
        assert!(
            found.iter().any(|own| own.shown.contains("paySign")),
            "{found:?}"
        );
    }
}

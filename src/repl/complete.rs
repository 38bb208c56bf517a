//! What may stand where the cursor is.

use serde::{Deserialize, Serialize};

use super::command::COMMANDS;
use crate::api::{names::NAMES, rows};

/// What has to be asked of the phone before a line can be completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Want {
    /// What the page shows with that text, or all when nothing has it.
    Targets(String),
    /// Pages, storage, questions, programs, users.
    World,
    /// Members of an object, by an expression that changes nothing.
    Members(String),
}

/// What the phone shows and has, as far as it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Pages of the program.
    pub pages: Vec<String>,
    /// How the things on the page can be pointed at.
    pub targets: Vec<String>,
    /// Keys of the storage.
    pub storage: Vec<String>,
    /// Members of the object that was asked for.
    pub members: Vec<String>,
    /// Keys of questions that wait.
    pub questions: Vec<String>,
    /// Other programs of the world, by appid.
    pub programs: Vec<String>,
    /// Who there is.
    pub users: Vec<String>,
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

/// What the phone has to be asked for before [`complete`] can tell; `None` when nothing is needed.
pub fn want(line: &str, cursor: usize) -> Option<Want> {
    let before = line.get(..cursor).unwrap_or(line);
    if let Some(command) = before.trim_start().strip_prefix('.') {
        let (name, rest) = command.split_once(char::is_whitespace)?;
        return match name {
            "tap" | "longpress" | "input" | "choose" => {
                Some(Want::Targets(rest.trim_start().to_owned()))
            }
            "go" | "launch" | "resume" | "storage" | "answer" | "app" | "user" | "restore" => {
                Some(Want::World)
            }
            "data" => {
                let path = rest.trim_start().rsplit_once('.');
                let owner = path.map_or("$data".to_owned(), |(owner, _)| format!("$data.{owner}"));
                is_plain(&owner).then_some(Want::Members(owner))
            }
            _ => None,
        };
    }
    let (owner, word) = word_before(before);
    let start = before.len() - word.len();
    match owner {
        Some("wx") => None,
        Some(owner) => Some(Want::Members(owner.to_owned())),
        None if before[..start].ends_with(['\'', '"']) => Some(Want::World),
        None if before[..start].ends_with('.') => None,
        None => Some(Want::Members("globalThis".to_owned())),
    }
}

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
        let word = match name {
            "data" => rest.rsplit_once('.').map_or(rest, |(_, member)| member),
            _ => rest,
        };
        let start = before.len() - word.len();
        let known = arguments(name, facts);
        let found = beginning(word, same(&known));
        if found.is_empty() && matches!(name, "tap" | "longpress" | "input" | "choose") {
            // A target begins with quotes or a role, and a person with what it says.
            let has = known.into_iter().filter(|own| own.contains(word));
            return (start, beginning("", same(&has.collect::<Vec<_>>())));
        }
        return (start, found);
    }
    let (owner, word) = word_before(before);
    let start = before.len() - word.len();
    let found = match owner {
        Some("wx") => beginning(word, apis()),
        Some(_) => beginning(word, same(&facts.members)),
        None if before[..start].ends_with(['\'', '"']) => {
            let known: Vec<String> = facts.storage.iter().chain(&facts.pages).cloned().collect();
            beginning(word, same(&known))
        }
        None if before[..start].ends_with('.') => Vec::new(),
        None => {
            let options = beginning(word, options(&before[..start]));
            if !options.is_empty() {
                return (start, options);
            }
            let known = GLOBALS.iter().map(|own| (*own).to_owned());
            let is_new = |own: &&String| {
                let mut globals = GLOBALS.iter();
                globals.all(|global| global.trim_end_matches("()") != *own)
            };
            // Nothing typed, nothing but the usual names.
            let members = facts.members.iter().filter(|_| !word.is_empty());
            let known: Vec<String> = known.chain(members.filter(is_new).cloned()).collect();
            beginning(word, same(&known))
        }
    };
    (start, found)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The word before the cursor, with the object of which it is a member, where that can be told.
fn word_before(before: &str) -> (Option<&str>, &str) {
    let head = before.trim_end_matches(is_letter);
    let word = &before[head.len()..];
    let Some(chain) = head.strip_suffix('.') else {
        return (None, word);
    };
    let fits = |c: char| is_letter(c) || matches!(c, '.' | '(' | ')' | '[' | ']');
    let from = chain.trim_end_matches(fits).len();
    let inner = chain[from..].match_indices(['(', '[']);
    let starts = std::iter::once(from).chain(inner.map(|(at, _)| from + at + 1));
    let owner = starts.map(|at| &chain[at..]).find(|own| is_plain(own));
    (owner, word)
}

/// Whether an expression only looks at something: names with dots, numbers in brackets.
fn is_plain(expression: &str) -> bool {
    let mut parts = expression.split('.');
    parts.all(|part| {
        let end = part.find(['(', '[']).unwrap_or(part.len());
        let (name, mut rest) = part.split_at(end);
        if matches!(name, "getApp" | "getCurrentPages") {
            rest = rest.strip_prefix("()").unwrap_or(rest);
        }
        while let Some((index, behind)) = rest.strip_prefix('[').and_then(|own| own.split_once(']'))
        {
            if index.is_empty() || !index.chars().all(|c| c.is_ascii_digit()) {
                return false;
            }
            rest = behind;
        }
        let is_name =
            name.chars().all(is_letter) && !name.starts_with(|c: char| c.is_ascii_digit());
        rest.is_empty() && is_name && !name.is_empty()
    })
}

/// Options of the call of `wx` in whose braces the cursor stands.
fn options(before: &str) -> impl Iterator<Item = (String, String)> {
    let call = before.rfind("wx.").map(|at| &before[at + 3..]);
    let call = call.and_then(|call| call.split_once("({"));
    let inside = call.filter(|(_, inside)| {
        let is_key = inside.trim_end().is_empty() || inside.trim_end().ends_with(',');
        is_key && !inside.contains(['}', ')'])
    });
    let name = inside.map(|(name, _)| name.to_owned());
    let row = rows().find(|api| Some(api.spec.name) == name.as_deref());
    let params = row.into_iter().flat_map(|api| api.spec.params);
    let names = params.map(|own| own.name.to_owned());
    let callbacks = ["success", "fail", "complete"].map(str::to_owned);
    let callbacks = callbacks.into_iter().filter(move |_| row.is_some());
    names.chain(callbacks).map(|own| (own.clone(), own))
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
        "data" => facts.members.clone(),
        "app" => facts.programs.clone(),
        "user" => facts.users.clone(),
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
    use super::{Facts, Want, complete, want};

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
        assert_eq!(words(".tap 物"), ["\"购物车\""]);
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
        assert_eq!(words("wx.requestPayment({ pay"), ["paySign"]);
        assert!(words("wx.requestPayment({ paySign: pay").is_empty());
    }

    #[test]
    fn the_phone_is_asked_for_no_more_than_the_line_needs() {
        let wanted = |line: &str| want(line, line.len());
        let members = |owner: &str| Some(Want::Members(owner.to_owned()));
        assert_eq!(wanted("wx.get"), None);
        assert_eq!(wanted(".net"), None);
        assert_eq!(wanted(".tap 茶"), Some(Want::Targets("茶".into())));
        assert_eq!(wanted("wx.getStorageSync('"), Some(Want::World));
        assert_eq!(wanted("cart"), members("globalThis"));
        assert_eq!(wanted("show(getApp().glo"), members("getApp()"));
        assert_eq!(wanted("1 + $data.goods[0]."), members("$data.goods[0]"));
        assert_eq!(wanted(".data goods[0].na"), members("$data.goods[0]"));
        // What would do something is not asked.
        assert_eq!(wanted("buy()."), None);
        assert_eq!(wanted("list[i++].na"), None);
    }

    #[test]
    fn members_come_from_the_phone() {
        let facts = Facts {
            members: vec!["globalData".into(), "go".into()],
            ..Facts::default()
        };
        let (start, found) = complete("getApp().glo", 12, &facts);
        assert_eq!((start, found.len()), (9, 1));
        assert_eq!(found[0].text, "globalData");
    }
}

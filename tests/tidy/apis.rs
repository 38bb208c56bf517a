//! The `apis!` list and the files it declares.

use std::collections::BTreeSet;

use super::rust_code::{spells, tokens};

/// Reports APIs listed without a file, files not listed, and a list that cannot be read.
///
/// `list` is the text of `src/api/mod.rs`, whose `apis! { group { name, name } … }` is the list.
/// Files directly in `src/api/` are the frame that all APIs share, not APIs.
pub(super) fn check(list: Option<&str>, paths: &BTreeSet<String>) -> Vec<String> {
    let files: BTreeSet<String> = paths
        .iter()
        .filter_map(|path| path.strip_prefix("src/api/")?.strip_suffix(".rs"))
        .filter(|inner| inner.contains('/') && !inner.ends_with("/mod"))
        .map(str::to_owned)
        .collect();
    let listed = match list.map(listed_apis) {
        Some(Ok(listed)) => listed,
        Some(Err(problem)) => return vec![format!("src/api/mod.rs: {problem}")],
        None if files.is_empty() => return Vec::new(),
        None => return vec!["src/api/mod.rs: missing, but there are APIs".to_owned()],
    };
    // A class with many methods has a folder of its own beside its file.
    let of_class = |name: &str| {
        let folder = name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
        folder.is_some_and(|folder| listed.contains(&folder))
    };
    let unlisted = files
        .iter()
        .filter(|name| !listed.contains(name) && !of_class(name));
    let mut findings: Vec<String> = unlisted
        .map(|name| format!("src/api/{name}.rs: not in `apis!` of src/api/mod.rs"))
        .collect();
    for (i, name) in listed.iter().enumerate() {
        if !files.contains(name) {
            findings.push(format!(
                "src/api/mod.rs: `{name}` is listed, src/api/{name}.rs is missing"
            ));
        }
        if listed[..i].contains(name) {
            findings.push(format!("src/api/mod.rs: `{name}` is listed twice"));
        }
    }
    findings
}

/// The entries of `apis!` as `group/name`, in order.
fn listed_apis(text: &str) -> Result<Vec<String>, String> {
    let spots = tokens(text);
    let start = (0..spots.len())
        .find(|at| spells(&spots, *at, "apis ! {"))
        .ok_or("no `apis! { group { name, … } … }` here")?;
    let mut listed = Vec::new();
    let mut group: Option<&str> = None;
    let mut at = start + 3;
    while let Some(spot) = spots.get(at) {
        match (spot.word(), group) {
            (Some(name), None) if spells(&spots, at + 1, "{") => {
                group = Some(name);
                at += 1;
            }
            (Some(name), Some(group)) => listed.push(format!("{group}/{name}")),
            // Behind a `;` stand the classes of objects.
            (None, Some(_)) if spot.is_mark(',') || spot.is_mark(';') => {}
            (None, Some(_)) if spot.is_mark('}') => group = None,
            (None, None) if spot.is_mark('}') => return Ok(listed),
            _ => {
                return Err(format!(
                    "line {}: `apis!` is not `group {{ name, … }} …`",
                    spot.line
                ));
            }
        }
        at += 1;
    }
    Err("`apis!` is never closed".to_owned())
}

#[cfg(test)]
fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[cfg(test)]
const LIST: &str = "macro_rules! apis { ($x:tt) => {} }\n\
    apis! {\n    login { login, ; check_session }\n    route { navigate_to, }\n}\n";

#[test]
fn an_api_without_file_and_a_file_without_entry_are_reported() {
    let login = "src/api/login/login.rs";
    let session = "src/api/login/check_session.rs";
    let route = "src/api/route/navigate_to.rs";
    let frame = "src/api/args.rs";
    let all = set(&[
        login,
        session,
        route,
        frame,
        "src/api/mod.rs",
        "src/api/login/mod.rs",
    ]);
    assert_eq!(check(Some(LIST), &all), Vec::<String>::new());
    let method = "src/api/route/navigate_to/of_a_class.rs";
    let with_method = set(&[login, session, route, method]);
    assert_eq!(check(Some(LIST), &with_method), Vec::<String>::new());
    let missing = check(Some(LIST), &set(&[login, session]));
    assert_eq!(missing.len(), 1);
    assert!(
        missing[0].contains("src/api/route/navigate_to.rs is missing"),
        "{missing:?}"
    );
    let more = set(&[login, session, route, "src/api/route/switch_tab.rs"]);
    let unlisted = check(Some(LIST), &more);
    assert_eq!(
        unlisted,
        ["src/api/route/switch_tab.rs: not in `apis!` of src/api/mod.rs"]
    );
}

#[test]
fn a_list_of_apis_that_cannot_be_read_is_reported() {
    let files = set(&["src/api/login/login.rs"]);
    for list in [
        "",
        "apis! { login { login }",
        "apis! { login, login }",
        "apis! { a { b => c } }",
    ] {
        assert_eq!(check(Some(list), &files).len(), 1, "{list}");
    }
    assert_eq!(check(None, &files).len(), 1);
    assert_eq!(
        check(Some("apis! { login { login, login } }"), &files).len(),
        1,
        "twice"
    );
}

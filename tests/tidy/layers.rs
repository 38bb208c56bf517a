//! Layers: a module uses lower layers and its own folder, nothing else of the crate.

use super::rust_code::{Spot, Token, spells, tokens};

/// The top-level modules of the crate and their layers.
const LAYERS: &[(u8, &[&str])] = &[
    (
        0,
        &[
            "errmsg",
            "version",
            "profile",
            "data_path",
            "diagnostic",
            "value",
            "crypto",
            "encoding",
            "media_format",
            "near",
            "login_words",
        ],
    ),
    (1, &["world"]),
    (2, &["spec", "package"]),
    (3, &["api", "server", "view", "engine"]),
    (4, &["runtime"]),
    (5, &["worker", "net"]),
    (6, &["explore", "rules"]),
    (7, &["report"]),
    (8, &["scenario"]),
    (9, &["repl", "automator", "serve"]),
    (10, &["cli"]),
];

/// Uses inside layer 0, where each module is one file: (who, whom). They form no circle.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("profile", "version"),
    ("errmsg", "version"),
    ("errmsg", "profile"),
    ("encoding", "crypto"),
    ("value", "profile"),
];

/// The crate roots: they declare the modules and may use all of them.
const ROOTS: &[&str] = &["src/lib.rs", "src/main.rs"];

fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(_, modules)| modules.contains(&module))
        .map(|(number, _)| *number)
}

/// Reports each use of a module that is not lower, of an unknown one, and a file of no layer.
pub(super) fn check(path: &str, text: &str) -> Vec<String> {
    if ROOTS.contains(&path) {
        return Vec::new();
    }
    let module = module_path(path);
    let own = module.first().copied().unwrap_or_default();
    let Some(own_layer) = layer(own) else {
        return vec![format!(
            "{path}: `{own}` is in no layer: add it to LAYERS in tests/tidy/layers.rs"
        )];
    };
    let spots = tokens(text);
    let mut findings = Vec::new();
    for (line, used) in uses(&spots, module.len()) {
        let allowed = used == own || NEIGHBOURS.contains(&(own, &used));
        match layer(&used) {
            _ if allowed => {}
            Some(number) if number < own_layer => {}
            Some(number) => findings.push(format!(
                "{path}:{line}: `{own}` (layer {own_layer}) uses `{used}` (layer {number}): move the \
                 code up, or what it needs down"
            )),
            None => findings.push(format!("{path}:{line}: `crate::{used}` is no module of a layer")),
        }
    }
    findings
}

/// `src/api/login/check_session.rs` → `api`, `login`, `check_session`.
fn module_path(path: &str) -> Vec<&str> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    inner.trim_end_matches("/mod").split('/').collect()
}

/// The names used directly below the crate root, with their lines.
///
/// `depth` is the depth of the file's module: so many `super` lead to the root.
fn uses(spots: &[Spot], depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut inline_modules: Vec<usize> = Vec::new();
    let mut braces = 0_usize;
    for (at, spot) in spots.iter().enumerate() {
        match &spot.token {
            Token::Mark('{') => {
                if at >= 2 && spots[at - 2].word() == Some("mod") {
                    inline_modules.push(braces);
                }
                braces += 1;
            }
            Token::Mark('}') => {
                braces = braces.saturating_sub(1);
                if inline_modules.last() == Some(&braces) {
                    inline_modules.pop();
                }
            }
            Token::Word(word) if word == "crate" && spells(spots, at + 1, ": :") => {
                names(spots, at + 3, &mut found);
            }
            Token::Word(word) if word == "super" && !after_super(spots, at) => {
                let is_step = |i: &usize| spells(spots, at + 3 * i, "super : :");
                let steps = (0..spots.len()).take_while(is_step).count();
                if steps > 0 && steps == depth + inline_modules.len() {
                    names(spots, at + 3 * steps, &mut found);
                }
            }
            _ => {}
        }
    }
    found
}

fn after_super(spots: &[Spot], at: usize) -> bool {
    at >= 3 && spells(spots, at - 3, "super : :")
}

/// The first names of the path or of the `{…}` group at `at`.
fn names(spots: &[Spot], at: usize, found: &mut Vec<(usize, String)>) {
    let Some(first) = spots.get(at) else { return };
    if first.is_mark('*') {
        found.push((first.line, "*".to_owned()));
    }
    if let Some(word) = first.word() {
        found.push((first.line, word.to_owned()));
    }
    if !first.is_mark('{') {
        return;
    }
    let mut depth = 0_usize;
    let mut starts = false;
    for spot in &spots[at..] {
        match &spot.token {
            Token::Mark('{') => {
                depth += 1;
                starts = depth == 1;
            }
            Token::Mark('}') => depth -= 1,
            Token::Mark(',') => starts = depth == 1,
            token if starts => {
                starts = false;
                match token {
                    Token::Word(word) if word == "self" => {}
                    Token::Word(word) => found.push((spot.line, word.clone())),
                    _ => found.push((spot.line, "*".to_owned())),
                }
            }
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

#[test]
fn a_use_of_a_higher_layer_is_reported_with_its_line() {
    let found = check("src/world/mod.rs", "// crate::api\nuse crate::api::login;");
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("src/world/mod.rs:2: `world` (layer 1) uses `api` (layer 3)"),
        "{found:?}"
    );
    assert_eq!(
        check("src/api/login/login.rs", "fn f() { crate::engine::run() }").len(),
        1
    );
    assert_eq!(
        check("src/package/mod.rs", "use crate::spec::Row;").len(),
        1
    );
    assert_eq!(check("src/value.rs", "use crate::errmsg::ok;").len(), 1);
}

#[test]
fn lower_layers_and_the_own_folder_may_be_used() {
    let text = "use crate::{errmsg::{Reason, fail}, spec, world::{self, World}};
        pub(crate) fn f(_: crate::api::Args) { \"crate::cli\"; /* crate::runtime */ }";
    assert_eq!(check("src/api/login/login.rs", text), Vec::<String>::new());
    assert_eq!(
        check("src/errmsg.rs", "use crate::profile::Profile;"),
        Vec::<String>::new()
    );
    assert_eq!(
        check("src/lib.rs", "pub use crate::cli::run;"),
        Vec::<String>::new()
    );
}

#[test]
fn every_name_of_a_group_is_checked() {
    let found = check(
        "src/world/a.rs",
        "use crate::{\n  errmsg::{api, b},\n  runtime::Sim,\n  *,\n};",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("src/world/a.rs:3: `world` (layer 1) uses `runtime`"));
    assert!(found[1].starts_with("src/world/a.rs:4: `crate::*`"));
}

#[test]
fn a_way_to_the_root_through_super_is_found() {
    assert_eq!(
        check("src/world/a.rs", "use super::super::cli::run;").len(),
        1
    );
    assert_eq!(check("src/world/mod.rs", "use super::cli::run;").len(), 1);
    assert_eq!(
        check(
            "src/world/a.rs",
            "mod tests { use super::super::super::cli::run; }"
        )
        .len(),
        1
    );
    assert_eq!(
        check(
            "src/world/a.rs",
            "mod tests { use super::super::cli; } use super::cli;"
        )
        .len(),
        0
    );
}

#[test]
fn a_module_without_a_layer_is_reported() {
    assert_eq!(check("src/helpers.rs", "").len(), 1);
    assert_eq!(check("src/world/mod.rs", "use crate::helpers::f;").len(), 1);
}

#[test]
fn no_module_is_in_two_layers() {
    let mut all: Vec<_> = LAYERS
        .iter()
        .flat_map(|(_, modules)| modules.iter())
        .collect();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), count);
    assert!(
        NEIGHBOURS
            .iter()
            .all(|(a, b)| layer(a) == Some(0) && layer(b) == Some(0))
    );
}

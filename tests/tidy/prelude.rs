//! The prelude scripts: each included once, in order, and small in all.

use std::collections::BTreeSet;

use super::File;
use super::rust_code::{Spot, spells, tokens};

/// All prelude scripts together that are parsed at every start: those with a number below
/// [`LATER_FROM`].
const PRELUDE_BYTES_MAX: usize = 40 * 1024;
/// Numbers of the scripts that are read when they are needed.
const LATER_FROM: &str = "70";
/// Each of those.
const LATER_BYTES_MAX: usize = 24 * 1024;

/// Reports scripts that are misnamed, not included or included twice or out of order, and too many
/// bytes. A script is `js-prelude/NN_name.js`, included by `include_str!` in the engine or runtime, or
/// `js-prelude/test/NN_name.js`, included for the tests of users.
pub(super) fn check(scripts: &[File], sources: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut includes: Vec<String> = Vec::new();
    for source in sources {
        let names = included_scripts(&source.text);
        if !names.is_sorted() {
            findings.push(format!(
                "{}: prelude scripts out of order: {names:?}",
                source.path
            ));
        }
        let is_in = |home: &str| source.path.starts_with(home);
        let is_home = |name: &String| match name.strip_prefix("test/") {
            Some(_) => is_in("src/scenario"),
            None => is_in("src/engine") || is_in("src/runtime"),
        };
        if !names.iter().all(is_home) {
            findings.push(format!(
                "{}: the engine or the runtime includes the prelude, src/scenario that of tests",
                source.path
            ));
        }
        includes.extend(names);
    }
    let mut numbers = BTreeSet::new();
    for script in scripts {
        let path = &script.path;
        let name = path.trim_start_matches("js-prelude/");
        let own = name.strip_prefix("test/").unwrap_or(name);
        if !is_script_name(own) {
            findings.push(format!(
                "{path}: name it NN_name.js, by its place in the load order"
            ));
        } else if !numbers.insert(&name[..name.len() - own.len() + 2]) {
            findings.push(format!(
                "{path}: another script has the number {}",
                &own[..2]
            ));
        }
        let count = includes.iter().filter(|include| *include == name).count();
        if count != 1 {
            findings.push(format!(
                "{path}: in {count} include_str!, not in exactly one"
            ));
        }
    }
    findings.extend(too_large(scripts));
    findings
}

/// What is parsed at every start is small in all, each of the others by itself.
fn too_large(scripts: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    let is_later = |script: &&File| {
        let name = script.path.trim_start_matches("js-prelude/");
        name.get(..2).is_some_and(|number| number >= LATER_FROM)
    };
    for script in scripts.iter().filter(is_later) {
        let (path, bytes) = (&script.path, script.text.len());
        if bytes >= LATER_BYTES_MAX {
            findings.push(format!(
                "{path}: {bytes} bytes, fewer than {LATER_BYTES_MAX} wanted"
            ));
        }
    }
    let parsed = scripts.iter().filter(|script| !is_later(script));
    let bytes: usize = parsed.map(|script| script.text.len()).sum();
    if bytes >= PRELUDE_BYTES_MAX {
        findings.push(format!(
            "js-prelude: {bytes} bytes, fewer than {PRELUDE_BYTES_MAX} wanted"
        ));
    }
    findings
}

/// Names of the prelude scripts in the `include_str!` of a source file, in order.
fn included_scripts(text: &str) -> Vec<String> {
    let spots = tokens(text);
    (0..spots.len())
        .filter(|at| spells(&spots, *at, "include_str ! ("))
        .filter_map(|at| {
            let mut texts = spots[at + 3..].iter().take_while(|spot| !spot.is_mark(';'));
            texts.find_map(Spot::text)
        })
        .filter_map(|path| Some(path.split_once("js-prelude/")?.1.to_owned()))
        .collect()
}

/// Whether the name is two digits, `_`, small letters, digits and `_`, `.js`.
fn is_script_name(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".js") else {
        return false;
    };
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let number = stem.chars().take_while(char::is_ascii_digit).count();
    number == 2 && stem[2..].starts_with('_') && stem.len() > 3 && stem.chars().all(small)
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File {
        path: path.into(),
        text: text.into(),
    }
}

#[test]
fn a_prelude_script_is_included_exactly_once() {
    let script = || file("js-prelude/00_primordials.js", "x");
    let include = "const A: &str = include_str!(\"../../js-prelude/00_primordials.js\");";
    let once = [file("src/engine/prelude.rs", include)];
    assert_eq!(check(&[script()], &once), Vec::<String>::new());
    assert_eq!(check(&[script()], &[]).len(), 1, "never");
    let twice = [
        file("src/engine/prelude.rs", include),
        file("src/runtime/app.rs", include),
    ];
    assert_eq!(check(&[script()], &twice).len(), 1, "twice");
    let elsewhere = [file("src/cli/run.rs", include)];
    assert_eq!(check(&[script()], &elsewhere).len(), 1, "elsewhere");
    let of_tests = || file("js-prelude/test/00_kit.js", "x");
    let include_it = include.replace("00_primordials", "test/00_kit");
    let both = [
        file("src/engine/prelude.rs", include),
        file("src/scenario/mod.rs", &include_it),
    ];
    assert_eq!(check(&[script(), of_tests()], &both), Vec::<String>::new());
    let wrong = [file("src/engine/prelude.rs", &include_it)];
    assert_eq!(check(&[of_tests()], &wrong).len(), 1, "of tests");
    let comment = [file("src/engine/prelude.rs", &format!("// {include}"))];
    assert_eq!(check(&[script()], &comment).len(), 1, "in a comment");
}

#[test]
fn prelude_scripts_are_numbered_sorted_and_small() {
    let including = |names: &[&str]| {
        let lines = names
            .iter()
            .map(|name| format!("include_str!(\"../js-prelude/{name}\"),"));
        [file("src/engine/a.rs", &lines.collect::<String>())]
    };
    let scripts = |names: &[&str], text: &str| -> Vec<File> {
        names
            .iter()
            .map(|name| file(&format!("js-prelude/{name}"), text))
            .collect()
    };
    let good = ["00_a.js", "10_b.js"];
    assert_eq!(
        check(&scripts(&good, "x"), &including(&good)),
        Vec::<String>::new()
    );
    let count = |names: &[&str], text: &str, included: &[&str]| {
        check(&scripts(names, text), &including(included)).len()
    };
    assert_eq!(
        count(&good, "x", &["10_b.js", "00_a.js"]),
        1,
        "out of order"
    );
    assert_eq!(
        count(&["00_a.js", "00_b.js"], "x", &["00_a.js", "00_b.js"]),
        1,
        "same number"
    );
    assert_eq!(count(&good, &"x".repeat(20 * 1024), &good), 1, "too large");
    let later = ["00_a.js", "70_b.js"];
    assert_eq!(
        count(&later, &"x".repeat(20 * 1024), &later),
        0,
        "one is read later"
    );
    assert_eq!(
        count(&later, &"x".repeat(24 * 1024), &later),
        1,
        "too large"
    );
    for name in [
        "a.js", "0_a.js", "00a.js", "00_A.js", "00_.js", "00_a.ts", "000_a.js",
    ] {
        assert_eq!(count(&[name], "x", &[name]), 1, "{name}");
    }
}

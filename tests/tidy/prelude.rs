//! The prelude scripts: each included once, in order, and small in all.

use std::collections::BTreeSet;

use super::File;
use super::rust_code::{Spot, spells, tokens};

/// A folder of scripts: what runs them and what they may weigh.
struct Folder {
    path: &'static str,
    /// Where they are included; each once.
    homes: &'static [&'static str],
    /// All of them together that are parsed at every start: those with a number below [`LATER_FROM`].
    bytes_max: usize,
}

const FOLDERS: &[Folder] = &[
    Folder {
        path: "js-prelude/",
        homes: &["src/engine", "src/runtime"],
        bytes_max: 40 * 1024,
    },
    Folder {
        path: "js-prelude/test/",
        homes: &["src/scenario"],
        bytes_max: 72 * 1024,
    },
];

/// Where tests are run: its context has some scripts of the programs, too.
const TEST_CONTEXT: &str = "src/scenario";
/// Numbers of the scripts that are read when they are needed.
const LATER_FROM: &str = "70";
/// Each of those.
const LATER_BYTES_MAX: usize = 24 * 1024;

/// Reports scripts that are misnamed, not included or included twice or out of order, and too many
/// bytes. A script is `js-prelude/NN_name.js` or `js-prelude/test/NN_name.js`, included by
/// `include_str!` in its home.
pub(super) fn check(scripts: &[File], sources: &[File]) -> Vec<String> {
    FOLDERS
        .iter()
        .flat_map(|folder| folder.check(scripts, sources))
        .collect()
}

impl Folder {
    fn check(&self, scripts: &[File], sources: &[File]) -> Vec<String> {
        let (includes, mut findings) = self.includes(sources);
        let scripts: Vec<(&str, &File)> = scripts
            .iter()
            .filter_map(|script| Some((self.name_of(&script.path)?, script)))
            .collect();
        let mut numbers = BTreeSet::new();
        for (name, script) in &scripts {
            let path = &script.path;
            if !is_script_name(name) {
                findings.push(format!(
                    "{path}: name it NN_name.js, by its place in the load order"
                ));
            } else if !numbers.insert(&name[..2]) {
                findings.push(format!(
                    "{path}: another script has the number {}",
                    &name[..2]
                ));
            }
            let count = includes.iter().filter(|include| include == name).count();
            if count != 1 {
                findings.push(format!(
                    "{path}: in {count} include_str!, not in exactly one"
                ));
            }
        }
        findings.extend(self.too_large(&scripts));
        findings
    }

    /// The name in this folder; `None` for a script of another.
    fn name_of<'p>(&self, path: &'p str) -> Option<&'p str> {
        let is_deeper =
            |other: &Folder| other.path.len() > self.path.len() && path.starts_with(other.path);
        path.strip_prefix(self.path)
            .filter(|_| !FOLDERS.iter().any(is_deeper))
    }

    /// The scripts that its homes include, and includes that are out of order or elsewhere.
    fn includes(&self, sources: &[File]) -> (Vec<String>, Vec<String>) {
        let mut includes = Vec::new();
        let mut findings = Vec::new();
        for source in sources {
            let paths = included_scripts(&source.text);
            let names = paths.iter().filter_map(|path| self.name_of(path));
            let names: Vec<String> = names.map(str::to_owned).collect();
            if !names.is_sorted() {
                findings.push(format!(
                    "{}: prelude scripts out of order: {names:?}",
                    source.path
                ));
            }
            let is_at = |home: &str| source.path.starts_with(home);
            let is_home = self.homes.iter().any(|home| is_at(home));
            if is_at(TEST_CONTEXT) && !is_home {
                continue;
            }
            if !names.is_empty() && !is_home {
                let homes = self.homes.join(" and ");
                findings.push(format!(
                    "{}: only {homes} include scripts of {}",
                    source.path, self.path
                ));
            }
            includes.extend(names);
        }
        (includes, findings)
    }

    /// What is parsed at every start is small in all, each of the others by itself.
    fn too_large(&self, scripts: &[(&str, &File)]) -> Vec<String> {
        let mut findings = Vec::new();
        let mut parsed_bytes = 0;
        for (name, script) in scripts {
            let bytes = script.text.len();
            if name.get(..2).is_none_or(|number| number < LATER_FROM) {
                parsed_bytes += bytes;
            } else if bytes >= LATER_BYTES_MAX {
                findings.push(format!(
                    "{}: {bytes} bytes, fewer than {LATER_BYTES_MAX} wanted",
                    script.path
                ));
            }
        }
        if parsed_bytes >= self.bytes_max {
            findings.push(format!(
                "{}: {parsed_bytes} bytes, fewer than {} wanted",
                self.path, self.bytes_max
            ));
        }
        findings
    }
}

/// Paths of the prelude scripts in the `include_str!` of a source file, in order.
fn included_scripts(text: &str) -> Vec<String> {
    let spots = tokens(text);
    (0..spots.len())
        .filter(|at| spells(&spots, *at, "include_str ! ("))
        .filter_map(|at| {
            let mut texts = spots[at + 3..].iter().take_while(|spot| !spot.is_mark(';'));
            texts.find_map(Spot::text)
        })
        .filter_map(|path| path.find("js-prelude/").map(|at| path[at..].to_owned()))
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

#[test]
fn scripts_of_tests_have_their_own_home_and_numbers() {
    let scripts = || {
        [
            file("js-prelude/00_a.js", "x"),
            file("js-prelude/test/00_b.js", "x"),
            file("js-prelude/test/74_c.js", "x"),
        ]
    };
    let include = |path: &str| format!("include_str!(\"../../js-prelude/{path}\");");
    let runtime = || file("src/runtime/mod.rs", &include("00_a.js"));
    let tests = |paths: &[&str]| {
        let lines = paths.iter().map(|path| include(path));
        file("src/scenario/mod.rs", &lines.collect::<String>())
    };
    let all = ["00_a.js", "test/00_b.js", "test/74_c.js"];
    assert_eq!(
        check(&scripts(), &[runtime(), tests(&all)]),
        Vec::<String>::new()
    );
    let count = |sources: &[File]| check(&scripts(), sources).len();
    assert_eq!(count(&[tests(&all)]), 1, "the runtime has no script");
    assert_eq!(count(&[runtime(), tests(&all[..2])]), 1, "one is missing");
    let turned = ["test/74_c.js", "test/00_b.js"];
    assert_eq!(count(&[runtime(), tests(&turned)]), 1, "out of order");
    let elsewhere = file("src/runtime/a.rs", &include("test/00_b.js"));
    assert_eq!(
        count(&[runtime(), tests(&all), elsewhere]),
        2,
        "a script of tests in the runtime, and twice"
    );
}

//! Words that may occur in one place of the crate only, and code that may occur nowhere.

use super::rust_code::{Spot, spells, tokens, without_tests};

/// A word of code and the only places for it.
struct Home {
    /// A word, or words and marks with blanks between them.
    word: &'static str,
    /// The word starts a family: every identifier with this beginning counts.
    family: bool,
    /// Paths, or beginnings of paths ending with `/`.
    places: &'static [&'static str],
}

const HOMES: &[Home] = &[
    Home {
        word: "boa_",
        family: true,
        places: &["src/engine/"],
    },
    Home {
        word: "axum",
        family: false,
        places: &["src/net.rs", "src/net/"],
    },
    Home {
        word: "ureq",
        family: false,
        places: &["src/net.rs", "src/net/"],
    },
    Home {
        word: "rustls",
        family: true,
        places: &["src/net.rs", "src/net/"],
    },
    Home {
        word: "tungstenite",
        family: false,
        places: &["src/net/"],
    },
    Home {
        word: "nix",
        family: false,
        places: &["src/worker/"],
    },
    Home {
        word: "libc",
        family: false,
        places: &["src/worker/"],
    },
    Home {
        word: "unsafe",
        family: false,
        places: &["src/worker/"],
    },
    Home {
        word: "annotate_snippets",
        family: false,
        places: &["src/diagnostic.rs"],
    },
    Home {
        word: "quick_xml",
        family: false,
        places: &["src/report/suite/junit.rs", "src/server/xml.rs"],
    },
    Home {
        word: "unicode_width",
        family: false,
        places: &[
            "src/cli/repl/drawing.rs",
            "src/repl/looks.rs",
            "src/report/suite/plain.rs",
        ],
    },
    Home {
        word: "oxc_",
        family: true,
        places: &["src/package/"],
    },
    Home {
        word: "multer",
        family: false,
        places: &["src/server/multipart.rs"],
    },
    Home {
        word: "qrcode",
        family: false,
        places: &["src/server/code/"],
    },
    // With the colons: a field or variable of this name is none of its business.
    Home {
        word: "image : :",
        family: false,
        places: &[
            "src/server/code/",
            "src/server/security/",
            "src/server/media/",
        ],
    },
    Home {
        word: "tokio",
        family: false,
        places: &["src/net/"],
    },
    Home {
        word: "crossterm",
        family: false,
        places: &["src/cli/review.rs", "src/cli/repl/dialog.rs"],
    },
    Home {
        word: "rustyline",
        family: false,
        places: &["src/cli/repl/editor.rs"],
    },
    Home {
        word: "float_pigment",
        family: true,
        places: &["src/view/style/", "src/view/layout/"],
    },
];

/// Pieces of format strings that build an `errMsg`, which only this file does.
const ERRMSG_PIECES: &[&str] = &[":fail{", "}:fail", "}:ok"];
const ERRMSG_HOME: &str = "src/errmsg.rs";

fn is_at_home(path: &str, places: &[&str]) -> bool {
    places
        .iter()
        .any(|place| path == *place || place.ends_with('/') && path.starts_with(place))
}

/// Reports words away from home and, outside tests, an `errMsg` built elsewhere.
pub(super) fn check(path: &str, text: &str, is_test_file: bool) -> Vec<String> {
    let spots = tokens(text);
    let mut findings = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        let Some(word) = spot.word() else { continue };
        for home in HOMES {
            let same = if home.family {
                word.starts_with(home.word)
            } else {
                spells(&spots, at, home.word)
            };
            if same && !is_at_home(path, home.places) {
                let places = home.places.join(", ");
                findings.push(format!(
                    "{path}:{}: `{word}` belongs in {places} only",
                    spot.line
                ));
            }
        }
    }
    if path != ERRMSG_HOME && !is_test_file {
        for spot in without_tests(&spots) {
            let built = spot
                .text()
                .is_some_and(|text| ERRMSG_PIECES.iter().any(|p| text.contains(p)));
            if built {
                findings.push(format!(
                    "{path}:{}: an errMsg is built here: return a Reason, {ERRMSG_HOME} makes the text",
                    spot.line
                ));
            }
        }
    }
    findings
}

/// Code that may occur in tests only, and what to do instead.
const BANS: &[(&str, &str)] = &[
    ("todo !", "finish it, or report it as not simulated"),
    (
        "unimplemented !",
        "finish it, or report it as not simulated",
    ),
    ("dbg !", "remove it"),
    (
        ". unwrap ( )",
        "use `?`, or `expect` with the reason why it cannot fail",
    ),
];

/// Reports unfinished code, debugging output and unwraps outside tests.
pub(super) fn check_bans(path: &str, text: &str, is_test_file: bool) -> Vec<String> {
    if is_test_file {
        return Vec::new();
    }
    let spots = without_tests(&tokens(text));
    let mut findings = Vec::new();
    for (at, spot) in spots.iter().enumerate() {
        for (code, advice) in BANS.iter().filter(|(code, _)| spells(&spots, at, code)) {
            let code = code.replace(' ', "");
            findings.push(format!(
                "{path}:{}: `{code}` outside tests: {advice}",
                spot.line
            ));
        }
    }
    findings
}

/// Reports tests that are switched off.
pub(super) fn check_ignored(path: &str, text: &str) -> Vec<String> {
    let spots = tokens(text);
    let ignored = |at: usize| {
        spells(&spots, at, "# [ ignore")
            || spells(&spots, at, "# [ cfg_attr (")
                && spots[at..]
                    .iter()
                    .take_while(|s| !s.is_mark(']'))
                    .any(|s| s.word() == Some("ignore"))
    };
    let report = |at: usize| {
        let line = Spot::clone(&spots[at]).line;
        format!("{path}:{line}: an ignored test: repair it or remove it")
    };
    (0..spots.len())
        .filter(|at| ignored(*at))
        .map(report)
        .collect()
}

#[test]
fn a_word_away_from_home_is_reported() {
    let found = check(
        "src/api/mod.rs",
        "//! boa_engine\nuse boa_engine::JsValue;",
        false,
    );
    assert_eq!(
        found,
        ["src/api/mod.rs:2: `boa_engine` belongs in src/engine/ only"]
    );
    for code in [
        "use axum::Router;",
        "nix::sys::kill()",
        "unsafe { f() }",
        "oxc_span::Span",
        "boa_gc::Gc",
    ] {
        assert_eq!(check("src/runtime/a.rs", code, false).len(), 1, "{code}");
        assert_eq!(
            check("src/runtime/a.rs", code, true).len(),
            1,
            "also in a test: {code}"
        );
    }
    assert_eq!(
        check("src/world/a.rs", "use image::ImageReader;", false).len(),
        1
    );
    assert_eq!(
        check("src/engine.rs", "use boa_engine::JsValue;", false).len(),
        1,
        "not the folder"
    );
}

#[test]
fn a_word_at_home_or_in_prose_is_fine() {
    let none = Vec::<String>::new();
    assert_eq!(
        check("src/engine/mod.rs", "use boa_engine::JsValue;", false),
        none
    );
    assert_eq!(
        check("src/server/security/a.rs", "use image::Limits;", false),
        none
    );
    assert_eq!(check("src/world/a.rs", "card.image", false), none);
    assert_eq!(
        check(
            "src/worker/sys_unix.rs",
            "unsafe { nix::libc::_exit(0) }",
            false
        ),
        none
    );
    assert_eq!(
        check(
            "src/api/mod.rs",
            "#![deny(unsafe_code)] // unsafe\nf(\"axum\")",
            false
        ),
        none
    );
}

#[test]
fn an_errmsg_built_outside_its_file_is_reported() {
    let built = r#"fn f(api: &str) -> String { format!("{api}:fail{x}") }"#;
    assert_eq!(check("src/api/mod.rs", built, false).len(), 1);
    assert_eq!(
        check("src/api/mod.rs", r#"format!("{api}:ok")"#, false).len(),
        1
    );
    assert!(check("src/errmsg.rs", built, false).is_empty());
    assert!(
        check(
            "src/api/mod.rs",
            &format!("#[cfg(test)] mod tests {{ {built} }}"),
            false
        )
        .is_empty()
    );
    assert!(check("src/world/walk.rs", built, true).is_empty());
    assert!(
        check(
            "src/api/mod.rs",
            "/// `{api}:fail{x}`\nf(\"login:fail timeout\")",
            false
        )
        .is_empty()
    );
}

#[test]
fn unfinished_code_is_reported_outside_tests() {
    for code in [
        "todo!()",
        "unimplemented!(\"x\")",
        "dbg!(x)",
        "x.unwrap()",
        "x\n    .unwrap()",
    ] {
        assert_eq!(check_bans("src/a.rs", code, false).len(), 1, "{code}");
        assert!(check_bans("src/a.rs", code, true).is_empty(), "{code}");
        let in_test = format!("#[cfg(test)] mod tests {{ fn f() {{ {code} }} }}");
        assert!(check_bans("src/a.rs", &in_test, false).is_empty(), "{code}");
    }
    assert!(check_bans("src/a.rs", "x.unwrap_or(1); // todo!\n\"dbg!\"", false).is_empty());
}

#[test]
fn a_test_that_is_switched_off_is_reported() {
    for code in [
        "#[ignore]",
        "#[ignore = \"slow\"]",
        "#[cfg_attr(windows, ignore)]",
    ] {
        assert_eq!(
            check_ignored("tests/a.rs", &format!("#[test]\n{code}\nfn f() {{}}")).len(),
            1,
            "{code}"
        );
    }
    assert!(
        check_ignored(
            "tests/a.rs",
            "// #[ignore]\n#[cfg_attr(windows, allow(x))] fn ignore() {}"
        )
        .is_empty()
    );
}

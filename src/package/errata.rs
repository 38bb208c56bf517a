//! Wrong names that notes of 2018 spread and that programs copied: told when the script is loaded, with the
//! right name.
//!
//! Official pages of the APIs that the right names belong to. A script is parsed only when its text has one of the
//! words; what may be a name of the program itself counts only where it belongs to the platform, such
//! as `res.form` inside `onShareAppMessage`.

mod finder;

use oxc_allocator::Allocator;
use oxc_ast_visit::Visit as _;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{SourceType, Span};

use crate::diagnostic::{Diagnostic, Place};
use finder::Finder;

/// Words without which a script has none of the mistakes.
const WORDS: &[&str] = &[
    "hidenShareMenu",
    "isErrored",
    "scope.useInfo",
    "writePhotoalbum",
    "encrytedData",
    "noce_str",
    "carId",
    "wx.run",
    "wx933aa61d2fda8d42",
];

/// Wrong names of callbacks, which count in the options of a call of `wx` only.
const CALLBACKS: &[(&str, &str, &str)] = &[
    ("sucess", SUCCESS.0, SUCCESS.1),
    ("succes", SUCCESS.0, SUCCESS.1),
    ("succss", SUCCESS.0, SUCCESS.1),
    ("succsess", SUCCESS.0, SUCCESS.1),
    ("suceess", SUCCESS.0, SUCCESS.1),
    ("sucsess", SUCCESS.0, SUCCESS.1),
    ("seccess", SUCCESS.0, SUCCESS.1),
    ("faild", FAIL.0, FAIL.1),
    ("fial", FAIL.0, FAIL.1),
    ("complate", COMPLETE.0, COMPLETE.1),
    ("compelete", COMPLETE.0, COMPLETE.1),
    ("complite", COMPLETE.0, COMPLETE.1),
];

const SUCCESS: (&str, &str) = (
    "no option has this name, so nobody calls it",
    "did you mean `success`?",
);
const FAIL: (&str, &str) = (SUCCESS.0, "did you mean `fail`?");
const COMPLETE: (&str, &str) = (SUCCESS.0, "did you mean `complete`?");

/// Whether a text has a word, not as a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|it| it.is_alphanumeric() || it == '_');
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !is_part(before.chars().next_back()) && !is_part(after.chars().next())
    })
}

/// How many of one script are told.
const MISTAKES_MAX: usize = 20;

/// A wrong name and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mistake {
    span: Span,
    message: &'static str,
    help: &'static str,
}

/// Whether a text is one that is told where a script spells it out.
pub fn is_text(text: &str) -> bool {
    finder::TEXTS.iter().any(|(wrong, ..)| *wrong == text)
}

/// The wrong names of a script, in order; `path` decides the language.
pub fn find(path: &str, source: &str) -> Vec<Diagnostic> {
    let may_have = WORDS.iter().any(|word| source.contains(word))
        || CALLBACKS.iter().any(|(word, ..)| has_word(source, word))
        || source.contains("onShareAppMessage") && source.contains("form");
    if !may_have {
        return Vec::new();
    }
    let kinds = if path.strip_suffix(".ts").is_some() {
        [SourceType::ts(), SourceType::ts()]
    } else {
        [SourceType::mjs(), SourceType::cjs()]
    };
    let found = kinds.into_iter().find_map(|kind| mistakes(source, kind));
    let found = found.unwrap_or_default().into_iter().take(MISTAKES_MAX);
    let told = found.map(|it| {
        let (start, end) = (it.span.start as usize, it.span.end as usize);
        Diagnostic::warning(it.message)
            .at(Place::span(path, source, start, end))
            .help(it.help)
    });
    told.collect()
}

/// The wrong names; `None` for a script that does not parse so.
fn mistakes(source: &str, kind: SourceType) -> Option<Vec<Mistake>> {
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, source, kind)
        .with_options(options)
        .parse();
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut finder = Finder::new(source);
    finder.visit_program(&parsed.program);
    Some(finder.found())
}

#[cfg(test)]
mod tests {
    use super::find;

    /// The places and advice that a script gives.
    fn told(source: &str) -> Vec<String> {
        let found = find("a.js", source);
        let lines = found.iter().map(|it| {
            let place = it.place.as_ref().expect("each has a place");
            format!(
                "{}:{} {}; {}",
                place.line, place.column, it.message, it.help
            )
        });
        lines.collect()
    }

    #[track_caller]
    fn tells(source: &str, at: &str, words: &str) {
        let found = told(source);
        assert!(
            found.len() == 1 && found[0].starts_with(at) && found[0].contains(words),
            "{source}: {found:?}"
        );
    }

    #[test]
    fn each_wrong_name_is_told_with_the_right_one() {
        tells("wx.hidenShareMenu()", "1:4", "`hideShareMenu`");
        tells("\nwx.run({})", "2:4", "wx.getWeRunData");
        tells(
            "wx.authorize({ scope: 'scope.useInfo' })",
            "1:23",
            "`scope.userInfo`",
        );
        tells(
            "if (res.authSetting['scope.useInfo']) f()",
            "1:21",
            "`scope.userInfo`",
        );
        tells(
            "const s = `scope.writePhotoalbum`",
            "1:11",
            "`scope.writePhotosAlbum`",
        );
        tells(
            "wx.checkIsSoterEnrolledInDevice({ success(res) { res.isErrored } })",
            "1:54",
            "`isEnrolled`",
        );
        tells(
            "wx.checkIsSoterEnrolledInDevice({ success({ isErrored }) { } })",
            "1:45",
            "`isEnrolled`",
        );
        tells("f(res.encrytedData)", "1:7", "`encryptedData`");
        tells("const { encrytedData } = res", "1:9", "`encryptedData`");
        tells("const cardExt = { noce_str: 'a' }", "1:19", "`nonce_str`");
        tells(
            "wx.addCard({ cardList: [{ carId: 'a' }] })",
            "1:27",
            "`cardId`",
        );
        tells("wx.login({ sucess() {} })", "1:12", "`success`");
        tells("wx.login({ succes: f })", "1:12", "`success`");
        tells("wx.login({ success: f, faild() {} })", "1:24", "`fail`");
        tells("wx.login({ complate: f })", "1:12", "`complete`");
        tells("const o = { url: 'a', sucess: f }", "1:23", "`success`");
        tells(
            "wx.navigateToMiniProgram({ appId: 'wx933aa61d2fda8d42' })",
            "1:35",
            "wxeb490c6f9b154ef9",
        );
        tells(
            "Page({ onShareAppMessage(res) { if (res.form === 'button') f() } })",
            "1:41",
            "`from`",
        );
        tells(
            "Page({ onShareAppMessage: function ({ form }) { } })",
            "1:39",
            "`from`",
        );
        tells(
            "Page({ onShareAppMessage: (options) => options.form })",
            "1:48",
            "`from`",
        );
    }

    #[test]
    fn names_of_the_program_itself_are_left_alone() {
        for source in [
            "const form = this.form; Page({ onShareAppMessage() { return form } })",
            "Page({ onShareAppMessage(res) { return other.form }, submit(res) { res.form } })",
            "Page({ onShareAppMessage(res) { list.forEach((res) => res.form) } })",
            "const carId = 7; api.open({ carId })",
            "const state = { sucess: 3 }; state.sucess",
            "const state = { faild: 3, url: 'a' }",
            "wx.request({ data: { faild: 3, succes: 1 } })",
            "res.isErrored",
            "sign({ noce_str: 'a' })",
            "wx.run = f; wx.run()",
            "wx.runAll(); app.run()",
            "// wx.hidenShareMenu()\nwx.hideShareMenu()",
            "const o = { scope: 'scope.userInfo' }",
        ] {
            assert_eq!(told(source), Vec::<String>::new(), "{source}");
        }
    }

    #[test]
    fn modules_and_typescript_are_read_and_what_does_not_parse_is_passed_over() {
        tells(
            "import a from 'b'\nwx.hidenShareMenu()",
            "2:4",
            "hideShareMenu",
        );
        tells("return wx.hidenShareMenu()", "1:11", "hideShareMenu");
        let typed = "const a: number = 1; wx.hidenShareMenu()";
        assert_eq!(find("a.ts", typed).len(), 1);
        assert!(told("wx.hidenShareMenu(").is_empty());
    }

    #[test]
    fn only_so_many_are_told() {
        assert_eq!(
            told(&"wx.hidenShareMenu();".repeat(30)).len(),
            super::MISTAKES_MAX
        );
    }
}

//! One HTML file that needs nothing else: totals, a filter, each test with its timeline, both languages.
//!
//! Everything is there without JavaScript; scripts only filter, search and switch the language. A policy in the
//! page forbids every request.

mod timeline;

use std::fmt::Write as _;

use super::coverage::Coverage;
use super::coverage::render as covered;
use super::frame::frame;
use super::language::{self, Language, Words};
use super::plain::{as_ms, duration, visible, wall};
use super::story::Story;
use super::{Failure, FileResult, Outcome, SuiteResult, TestResult, Totals};
use crate::report::found;
use crate::report::text::Paint;
use crate::runtime::monitor::Found;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Nothing is loaded from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

const SEARCH: Words = Words("find a test", "查找测试");
const UNFOLD: Words = Words("unfold all", "全部展开");
const SWITCH: Words = Words("中文", "English");

/// The page; `language` is the one it opens in.
pub fn render(suite: &SuiteResult, coverage: Option<&Coverage>, language: Language) -> String {
    let totals = suite.totals();
    let code = language.code();
    let state = if totals.is_good() { "good" } else { "bad" };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>wxsim test: {} {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{state}\">\n",
        totals.failed + totals.errored,
        language.say(language::FAILED),
    );
    page.push_str(&head(suite, &totals));
    for (index, file) in suite.files.iter().enumerate() {
        page.push_str(&one_file(index, file, language));
    }
    if let Some(coverage) = coverage {
        page.push_str(&coverage_table(coverage));
    }
    let _ = write!(page, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    page
}

fn head(suite: &SuiteResult, totals: &Totals) -> String {
    let mut text = String::from("<header>\n<h1>wxsim test</h1>\n<p class=\"totals\">");
    for outcome in Outcome::ALL.into_iter().filter(|it| totals.of(*it) > 0) {
        let (name, count) = (outcome.name(), totals.of(outcome));
        let _ = write!(
            text,
            "<label class=\"{name}\"><input type=\"checkbox\" checked value=\"{name}\">{count} {}</label> ",
            both(outcome.words())
        );
    }
    let virtual_ms = suite.files.iter().map(FileResult::virtual_ms).sum();
    let _ = writeln!(
        text,
        "<span class=\"time\">{} · {} {}</span></p>",
        duration(wall(suite.wall_ms)),
        duration(as_ms(virtual_ms)),
        both(language::VIRTUAL)
    );
    if suite.is_cut {
        let _ = writeln!(text, "<p class=\"cut\">{}</p>", both(language::CUT));
    }
    let _ = writeln!(
        text,
        "<p class=\"tools\"><label>{} <input type=\"search\" id=\"search\"></label> \
         <button id=\"unfold\">{}</button> <button id=\"switch\">{}</button></p>\n</header>",
        both(SEARCH),
        both(UNFOLD),
        both(SWITCH)
    );
    text
}

fn one_file(index: usize, file: &FileResult, language: Language) -> String {
    let outcome = file.outcome();
    let mut text = format!(
        "<section class=\"file {}\">\n<h2>{} {} <span class=\"time\">{}</span></h2>\n",
        outcome.name(),
        outcome.mark(),
        escaped(&file.path),
        duration(wall(file.wall_ms))
    );
    for mistake in &file.diagnostics {
        let _ = writeln!(
            text,
            "<p class=\"mistake\">{}</p>",
            escaped(&mistake.to_string())
        );
    }
    if let Some(problem) = &file.problem {
        let whole = both(language::WHOLE_FILE);
        let _ = writeln!(
            text,
            "<article class=\"errored\"><details open><summary>! {whole}</summary>\n{}</details></article>",
            failure(problem, file)
        );
    }
    for (number, test) in file.tests.iter().enumerate() {
        let id = format!("f{index}t{number}");
        text.push_str(&one_test(&id, file, test, language));
    }
    text + "</section>\n"
}

fn one_test(id: &str, file: &FileResult, test: &TestResult, language: Language) -> String {
    let name = test.outcome.name();
    let open = if test.outcome.is_bad() { " open" } else { "" };
    let mut article = format!(
        "<article class=\"{name}\" id=\"{id}\"><details{open}><summary><span class=\"mark\">{}</span> {}{} \
         <span class=\"time\">{} · {}</span></summary>\n",
        test.outcome.mark(),
        escaped(&test.title()),
        tags(&test.tags),
        duration(test.wall_ms),
        duration(as_ms(test.virtual_ms))
    );
    for one in &test.failures {
        article.push_str(&failure(one, file));
    }
    for found in test.warnings() {
        article.push_str(&warning(found));
    }
    let story = Story::of(test, language);
    article.push_str(&told(&story));
    if !story.missing.is_empty() {
        let _ = writeln!(article, "<h3>{}</h3>\n<ul>", both(language::MISSING));
        for missing in &story.missing {
            let (what, line) = (escaped(&missing.what), escaped(&missing.line));
            let _ = writeln!(article, "<li>{what}<br><code>{line}</code></li>");
        }
        article.push_str("</ul>\n");
    }
    article.push_str(&timeline::render(id, &test.trace));
    if !test.replay.is_empty() {
        let replay = escaped(&test.replay);
        let title = both(language::REPLAY);
        let _ = writeln!(
            article,
            "<h3>{title}</h3>\n<pre class=\"replay\">{replay}</pre>"
        );
    }
    article + "</details></article>\n"
}

fn tags(tags: &[String]) -> String {
    let tags = tags
        .iter()
        .map(|tag| format!(" <span class=\"tag\">{}</span>", escaped(tag)));
    tags.collect()
}

/// The steps as a list.
fn told(story: &Story) -> String {
    if story.acts.is_empty() {
        return String::new();
    }
    let mut text = format!("<h3>{}</h3>\n<ol class=\"story\">\n", both(language::STORY));
    for act in &story.acts {
        let class = if act.is_broken { "broken" } else { "done" };
        let time = duration(as_ms(act.t));
        let _ = write!(
            text,
            "<li class=\"{class}\">{} <span class=\"time\">{time}</span>",
            escaped(&act.text)
        );
        for aside in &act.asides {
            let _ = write!(text, "<br><span class=\"ask\">? {}</span>", escaped(aside));
        }
        text.push_str("</li>\n");
    }
    text + "</ol>\n"
}

fn failure(failure: &Failure, file: &FileResult) -> String {
    let diff = failure.diff.trim_end();
    let message = spoken(|language| {
        let message = failure.says(language).trim_end();
        let without = match diff {
            "" => message.to_owned(),
            diff => message.replacen(diff, "", 1),
        };
        escaped(without.trim_end())
    });
    let mut text = format!("<div class=\"failure\"><pre class=\"message\">{message}</pre>\n");
    if !diff.is_empty() {
        text.push_str("<pre class=\"diff\">");
        for line in diff.lines() {
            let class = match line.get(..1) {
                Some("-") => "expected",
                Some("+") => "received",
                _ => "same",
            };
            let _ = writeln!(text, "<span class=\"{class}\">{}</span>", escaped(line));
        }
        text.push_str("</pre>\n");
    }
    let quoted = frame(failure, file, Paint::Plain);
    if !quoted.is_empty() {
        let _ = writeln!(
            text,
            "<pre class=\"source\">{}</pre>",
            escaped(quoted.trim_end())
        );
    }
    if !failure.stack.is_empty() {
        let calls: Vec<String> = failure.stack.iter().map(|it| format!("at {it}")).collect();
        let _ = writeln!(
            text,
            "<pre class=\"stack\">{}</pre>",
            escaped(&calls.join("\n"))
        );
    }
    if !failure.help.is_empty() {
        let title = both(language::HELP);
        let help = spoken(|language| escaped(failure.advice(language).trim_end()));
        let _ = writeln!(text, "<p class=\"help\">{title}: {help}</p>");
    }
    text + "</div>\n"
}

/// What a rule found without failing the test, in both languages.
fn warning(found: &Found) -> String {
    let mut text = String::from("<div class=\"warning\">");
    for (class, in_chinese) in [("en", false), ("zh", true)] {
        let line = escaped(&found::line(found, in_chinese));
        let fix = escaped(&found::fix(found, in_chinese));
        let _ = write!(text, "<span class=\"{class}\">{line}<br>{fix}</span>");
    }
    text + "</div>\n"
}

fn coverage_table(coverage: &Coverage) -> String {
    let mut text = format!(
        "<section class=\"coverage\">\n<h2><span class=\"en\">{}</span><span class=\"zh\">{}</span></h2>\n<table>\n<tr>",
        coverage.headline(Language::English),
        coverage.headline(Language::Chinese)
    );
    for words in [covered::WHAT, covered::ANSWER, covered::TIMES, covered::BY] {
        let _ = write!(text, "<th>{}</th>", both(words));
    }
    text.push_str("</tr>\n");
    for subject in &coverage.subjects {
        for cell in &subject.cells {
            let class = match (cell.times, cell.is_counted) {
                (0, _) => "never",
                (_, true) => "reached",
                (_, false) => "besides",
            };
            let times = match cell.times {
                0 => both(covered::NEVER),
                times => times.to_string(),
            };
            let (title, name) = (escaped(&subject.title()), escaped(&cell.name));
            let by = escaped(&cell.by());
            let _ = writeln!(
                text,
                "<tr class=\"{class}\"><td>{title}</td><td>{name}</td><td>{times}</td><td>{by}</td></tr>"
            );
        }
    }
    text + "</table>\n</section>\n"
}

/// A phrase in both languages, of which the style sheet shows one.
fn both(words: Words) -> String {
    spoken(|language| language.say(words).to_owned())
}

/// Markup in both languages, of which the style sheet shows one; once, where they say the same.
fn spoken(say: impl Fn(Language) -> String) -> String {
    let (en, zh) = (say(Language::English), say(Language::Chinese));
    if en == zh {
        return en;
    }
    format!("<span class=\"en\">{en}</span><span class=\"zh\">{zh}</span>")
}

/// Text in which nothing is markup.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

//! The audit for a terminal: grouped by rule, each finding with its place, its causes and its story.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{
    AuditResult, CAUSES_FOUND, Finding, Group, NOTES_FOUND, ORIGIN, REASON, Suppressed, UNTIL,
    besides, counted, groups, pick,
};
use crate::diagnostic::Place;
use crate::report::Paint;
use crate::report::explored::words::{
    self, AGAIN, CAUSES, FIX, PAGE, SEE, START, STORY, SUPPRESSED, say,
};
use crate::report::suite::Language;
use crate::report::suite::frame::quoted;
use crate::report::suite::plain::{one_line, visible};
use crate::report::text::colour;
use crate::runtime::monitor::Weight;

/// The text, ending with the line that counts known rejection causes.
pub fn terminal(result: &AuditResult, paint: Paint, language: Language) -> String {
    let by = Printer { paint, language };
    let mut text = String::new();
    for group in groups(&result.findings) {
        text.push_str(&by.group(&group));
        text.push('\n');
    }
    for suppressed in &result.suppressed {
        text.push_str(&by.suppressed(suppressed));
    }
    if !result.suppressed.is_empty() {
        text.push('\n');
    }
    text.push_str(&super::super::terminal::matrix(
        &result.matrix,
        paint,
        language,
    ));
    let besides = besides(result);
    let besides: Vec<&str> = besides.iter().map(|words| say(words, language)).collect();
    let _ = writeln!(text, "{}", by.dim(&besides.join(" · ")));
    if result.notes() > 0 {
        let _ = writeln!(text, "{}", counted(NOTES_FOUND, result.notes(), language));
    }
    let last = counted(CAUSES_FOUND, result.causes(), language);
    let _ = writeln!(text, "{}", paint.apply(Style::new().bold(), &last));
    text
}

/// How it is written.
struct Printer {
    paint: Paint,
    language: Language,
}

impl Printer {
    fn dim(&self, text: &str) -> String {
        self.paint.apply(Style::new().dimmed(), text)
    }

    /// A heading within a finding, with the mark that separates in that language.
    fn head(&self, phrase: words::Phrase) -> String {
        let mark = match self.language {
            Language::English => ": ",
            Language::Chinese => "：",
        };
        self.dim(&format!("{}{mark}", phrase.say(self.language)))
    }

    fn weight(&self, weight: Weight) -> String {
        let style = match weight {
            Weight::Error => colour(AnsiColor::Red),
            Weight::Warning => colour(AnsiColor::Yellow),
            Weight::Info => colour(AnsiColor::Blue),
        };
        self.paint
            .apply(style.bold(), words::weight(weight).say(self.language))
    }

    fn group(&self, group: &Group<'_>) -> String {
        let name = self
            .paint
            .apply(Style::new().bold(), &one_line(&group.name()));
        let mut text = format!("{} {name}", self.weight(group.first.weight));
        if let Some(rule) = group.rule {
            let _ = write!(text, "  {}", say(&pick(rule.title), self.language));
        }
        text.push('\n');
        for finding in &group.findings {
            text.push_str(&self.finding(finding));
        }
        if let Some(rule) = group.rule {
            let fix = self.paint.apply(
                colour(AnsiColor::Green),
                say(&pick(rule.fix), self.language),
            );
            let _ = writeln!(text, "  {}{fix}", self.head(FIX));
            if !rule.source.is_empty() {
                let _ = writeln!(text, "  {}{}", self.head(SEE), rule.source);
            }
        }
        text
    }

    fn finding(&self, finding: &Finding) -> String {
        let found = &finding.found;
        let mut text = format!("  ✗ {}\n", one_line(say(&found.says, self.language)));
        if let Some(at) = &found.at {
            let place = Place::at(at.file.clone(), at.line, at.column, 0);
            let shown = one_line(&place.to_string());
            let _ = writeln!(
                text,
                "    {}",
                self.paint.apply(colour(AnsiColor::Cyan), &shown)
            );
            if !found.source_line.is_empty() {
                let lines = [(at.line, found.source_line.clone())];
                text.push_str(&indented(&quoted(&place, &lines, self.paint)));
            }
        } else if !found.page.is_empty() {
            let _ = writeln!(text, "    {}{}", self.head(PAGE), one_line(&found.page));
        }
        if !found.causes.is_empty() {
            let chain = visible(&found.causes.join(" → "));
            let _ = writeln!(text, "    {}{}", self.head(CAUSES), one_line(&chain));
        }
        if !finding.story.is_empty() {
            let _ = writeln!(text, "    {}{}", self.head(STORY), START.say(self.language));
            for (number, line) in finding.story.iter().enumerate() {
                let _ = writeln!(
                    text,
                    "      {}. {}",
                    number + 1,
                    one_line(say(line, self.language))
                );
            }
        }
        let origin = finding.origin.words();
        let _ = writeln!(
            text,
            "    {}{}",
            self.head(ORIGIN),
            one_line(say(&origin, self.language))
        );
        if !finding.replay.is_empty() {
            let _ = writeln!(
                text,
                "    {}{}",
                self.head(AGAIN),
                one_line(&finding.replay)
            );
        }
        text
    }

    fn suppressed(&self, suppressed: &Suppressed) -> String {
        let found = &suppressed.finding.found;
        let says = one_line(say(&found.says, self.language));
        let name = one_line(&format!("{} {}", found.rule, found.name));
        let mut text = format!("{}{name} {says}", self.head(SUPPRESSED));
        let _ = write!(
            text,
            "; {}{}",
            self.head(REASON),
            one_line(&suppressed.reason)
        );
        if let Some(until) = &suppressed.until {
            let _ = write!(text, "; {}{}", self.head(UNTIL), one_line(until));
        }
        text + "\n"
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("    {line}\n"));
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::terminal;
    use crate::report::Paint;
    use crate::report::explored::fixture::{HOSTILE, audit};
    use crate::report::suite::Language;

    const GOLDEN: &str = r#"error P28 unhandled  No uncaught exception and no unhandled rejection
  ✗ TypeError: nobody catches it
    pages/me/me.js:12:5
    > 12 |     this.data.user.name
         |     ^
    how it came about: tap button "Save" → pages/me/me.save
    story: the program is started
      1. tap button "Log in"
      2. request fails (network)
    shown by: exploration
    again: wxsim explore app --choices 0,1,0,0,0,2
"#;

    #[test]
    fn a_finding_is_told_with_what_led_to_it() {
        let text = terminal(&audit(), Paint::Plain, Language::English);
        assert!(text.starts_with(GOLDEN), "{text}");
        assert!(
            text.contains("  how to fix: catch the error where it can happen"),
            "{text}"
        );
        assert!(text.contains("\nwarning dead-end\n  ✗ TypeError"), "{text}");
        assert!(
            text.contains("    shown by: test tests/a.test.js › saves\n"),
            "{text}"
        );
        let suppressed = "suppressed: P01 prompt-before-intent TypeError: nobody catches it; \
            reason: a map needs it at once; until: 2026-12-31\n";
        assert!(text.contains(suppressed), "{text}");
        assert!(
            text.ends_with("good to know: 1\nknown rejection causes found: 2\n"),
            "{text}"
        );
        let lower = text.to_lowercase();
        assert!(
            !lower.contains("pass") && !lower.contains("approv"),
            "{text}"
        );
    }

    #[test]
    fn in_chinese_too() {
        let text = terminal(&audit(), Paint::Plain, Language::Chinese);
        assert!(
            text.starts_with("错误 P28 unhandled  没有未捕获的异常"),
            "{text}"
        );
        assert!(
            text.contains("    操作步骤：启动小程序\n      1. tap"),
            "{text}"
        );
        assert!(
            text.contains(
                "3 个状态，7 次转移，已穷尽 · 运行测试 4 个，失败 1 个 · 检查规则 2 条\n"
            ),
            "{text}"
        );
        assert!(
            text.ends_with("提示：1\n发现的已知拒审原因：2\n") && !text.contains("通过"),
            "{text}"
        );
    }

    #[test]
    fn no_text_steers_the_terminal() {
        let mut result = audit();
        result.findings[1].found.says.en = HOSTILE.repeat(100);
        result.findings[1].found.source_line = HOSTILE.to_owned();
        result.findings[1].found.causes = vec![HOSTILE.to_owned()];
        result.findings[1].replay = HOSTILE.to_owned();
        let text = terminal(&result, Paint::Plain, Language::English);
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}'),
            "{text}"
        );
        assert!(terminal(&result, Paint::Coloured, Language::English).contains("\u{1b}[31m"));
    }
}

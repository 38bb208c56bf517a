//! `[lint.P10]`: what the author of the program says of a rule of `wxsim rules`.
//!
//! Which rules there are is known above: who has the list checks the names.

use super::item::{Entry, Item, Problems, only};
use crate::diagnostic::Place;
use crate::profile::Date;

/// What is said of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct LintRule {
    /// Its id or its name, as written.
    pub rule: String,
    /// Where that stands.
    pub place: Place,
    /// How much its findings weigh.
    pub level: Option<LintLevel>,
    /// Why its findings do not count.
    pub allow: Option<String>,
    /// The last day on which they do not.
    pub until: Option<Date>,
}

/// How much findings of a rule weigh, as an author says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LintLevel {
    /// Nobody looks.
    Off,
    /// Good to know.
    Info,
    /// A warning.
    Warn,
    /// An error.
    Error,
}

const LEVELS: &[(&str, LintLevel)] = &[
    ("error", LintLevel::Error),
    ("warn", LintLevel::Warn),
    ("info", LintLevel::Info),
    ("off", LintLevel::Off),
];

const KEYS: &[&str] = &["level", "allow", "until"];

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<LintRule> {
    let rules = item.table(problems).into_iter();
    rules.map(|entry| rule(entry, problems)).collect()
}

fn rule(entry: Entry<'_>, problems: &mut Problems<'_>) -> LintRule {
    let entries = entry.item.table(problems);
    only(&entries, "a rule", KEYS, problems);
    let mut rule = LintRule {
        rule: entry.key,
        place: problems.place(&entry.key_range),
        level: None,
        allow: None,
        until: None,
    };
    for own in &entries {
        match own.key.as_str() {
            "level" => rule.level = own.item.word(LEVELS, problems),
            "allow" => rule.allow = reason(&own.item, problems),
            "until" => rule.until = own.item.day(problems),
            _ => {}
        }
    }
    let has = |key: &str| entries.iter().find(|own| own.key == key);
    if let (Some(until), None) = (has("until"), has("allow")) {
        let help = "write beside it why the rule does not count until then: allow = \"…\"";
        let message = format!("`{}` has nothing to end", until.item.name);
        problems.push(&until.key_range, message, help);
    }
    rule
}

/// Why a rule does not count; without a reason it does.
fn reason(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let text = item.text(problems)?.trim();
    if text.is_empty() {
        let help = "say why the rule does not count here";
        problems.push(&item.range, format!("`{}` is empty", item.name), help);
    }
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{good, mistakes};
    use super::LintLevel;
    use crate::profile::Date;

    #[test]
    fn levels_and_reasons_are_read() {
        let settings = good(
            "[lint.P10]
            allow = 'delivery needs a phone'
            until = 2027-01-01
            [lint.rate-limited-hooks]
            level = 'off'
            [lint.P28]
            allow = 'known'
            until = '2027-02-01'
            level = 'info'",
        );
        let [phone, hooks, unhandled] = &settings.lint[..] else {
            panic!("three rules: {:?}", settings.lint);
        };
        assert_eq!(phone.rule, "P10");
        assert_eq!(phone.place.line, 1);
        assert_eq!(phone.allow.as_deref(), Some("delivery needs a phone"));
        assert_eq!(phone.until, Some(Date::new(2027, 1, 1)));
        assert_eq!(phone.level, None);
        assert_eq!(hooks.rule, "rate-limited-hooks");
        assert_eq!(hooks.level, Some(LintLevel::Off));
        assert_eq!(unhandled.until, Some(Date::new(2027, 2, 1)));
    }

    #[test]
    fn mistakes_have_their_place_and_an_advice() {
        for (toml, wanted) in [
            (
                "[lint.P10]\nlevel = 'eror'",
                "2:9: error: `eror` is no value of `lint.P10.level` \
                 (did you mean `error`? There are error, warn, info, off)",
            ),
            (
                "[lint.P10]\nalow = 'x'",
                "2:1: error: a rule has no `alow` (did you mean `allow`? There are level, allow, until)",
            ),
            (
                "[lint.P10]\nallow = ' '",
                "2:9: error: `lint.P10.allow` is empty (say why the rule does not count here)",
            ),
            (
                "[lint.P10]\nuntil = 2027-01-01",
                "2:1: error: `lint.P10.until` has nothing to end \
                 (write beside it why the rule does not count until then: allow = \"…\")",
            ),
            (
                "[lint.P10]\nallow = 'x'\nuntil = 'soon'",
                "3:9: error: `lint.P10.until`: `soon` is not a date such as 2018-06-04",
            ),
            (
                "[lint.P10]\nallow = 'x'\nuntil = 7",
                "3:9: error: `lint.P10.until` is a number (write a day such as 2027-01-01)",
            ),
            (
                "lint = 'off'",
                "1:8: error: `lint` is a text (write a table)",
            ),
            (
                "[lint]\nP10 = 'off'",
                "2:7: error: `lint.P10` is a text (write a table)",
            ),
        ] {
            mistakes(toml, &[&format!("wxsim.toml:{wanted}")]);
        }
    }
}

//! Findings of rules as lines: each once, and how to mend it once a rule.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};

use super::text::{Paint, colour};
use crate::rules;
use crate::runtime::monitor::{Found, Weight};

/// Different findings that are kept.
const KEPT_MAX: usize = 200;

/// What was found, each with how often.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Those that count, in order of their coming.
    found: Vec<(Found, u32)>,
    /// Findings beyond [`KEPT_MAX`].
    dropped: usize,
    /// Rules whose findings do not count: why, how often.
    allowed: BTreeMap<String, (String, u32)>,
}

impl Gathered {
    /// Takes in a finding.
    pub fn add(&mut self, found: &Found) {
        if !found.allowed.is_empty() {
            let rule = format!("{} {}", found.rule, found.name);
            let own = self.allowed.entry(rule).or_default();
            own.0.clone_from(&found.allowed);
            own.1 += 1;
            return;
        }
        let same = |own: &Found| {
            own.rule == found.rule && own.at == found.at && own.says.en == found.says.en
        };
        if let Some((_, times)) = self.found.iter_mut().find(|(own, _)| same(own)) {
            *times += 1;
        } else if self.found.len() < KEPT_MAX {
            self.found.push((found.clone(), 1));
        } else {
            self.dropped += 1;
        }
    }

    /// How many different ones there are that count.
    pub fn len(&self) -> usize {
        self.found.len() + self.dropped
    }

    /// Whether there is none that counts.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether one weighs that much.
    pub fn has(&self, least: Weight) -> bool {
        self.found.iter().any(|(found, _)| found.weight >= least)
    }

    /// Those of a weight by rule, in order of the rules: lines that tell them, each with how often, and the line that
    /// tells how to mend them.
    pub fn by_rule(&self, weight: Weight, in_chinese: bool) -> Vec<(Vec<(String, u32)>, String)> {
        let mut rules: BTreeMap<&str, Vec<&(Found, u32)>> = BTreeMap::new();
        for own in self.found.iter().filter(|own| own.0.weight == weight) {
            rules.entry(&own.0.rule).or_default().push(own);
        }
        let told = rules.into_values().map(|found| {
            let lines = found
                .iter()
                .map(|(own, times)| (line(own, in_chinese), *times));
            let fix = found.first().map(|own| fix(&own.0, in_chinese));
            (lines.collect(), fix.unwrap_or_default())
        });
        told.collect()
    }

    /// Rules whose findings do not count, with the reason, a line each.
    pub fn allowed(&self) -> Vec<String> {
        let told = self.allowed.iter();
        told.map(|(rule, (why, times))| format!("{rule} ×{times}: {why}"))
            .collect()
    }
}

/// A finding in one line: rule, place, what happened.
pub fn line(found: &Found, in_chinese: bool) -> String {
    let place = found
        .at
        .as_ref()
        .map(|at| format!("{}:{}:{}  ", at.file, at.line, at.column));
    let says = if in_chinese {
        &found.says.zh
    } else {
        &found.says.en
    };
    let expired = found.expired.map(|day| {
        if in_chinese {
            format!("（wxsim.toml 的豁免已于 {day} 到期）")
        } else {
            format!(" (allowed by wxsim.toml until {day}, which is over)")
        }
    });
    format!(
        "{} {}: {}{says}{}",
        found.rule,
        found.name,
        place.unwrap_or_default(),
        expired.unwrap_or_default()
    )
}

/// A finding as a line of a trace; one that does not count is none.
pub fn traced(found: &Found) -> Option<(Style, String)> {
    let text = format!("! {}", line(found, false));
    let counts = found.counts(Weight::Info);
    counts.then(|| (style(found.weight), text))
}

/// How to mend it, in one line.
pub fn fix(found: &Found, in_chinese: bool) -> String {
    let fix = rules::named(&found.rule).map_or("", |rule| rule.fix[usize::from(in_chinese)]);
    format!("  → {fix}")
}

/// A finding as it is told where it happens: the line, and below it how to mend it.
pub fn told(found: &Found, in_chinese: bool, paint: Paint) -> String {
    let line = format!("! {}", line(found, in_chinese));
    let line = paint.apply(style(found.weight), &line);
    format!("{line}\n{}", fix(found, in_chinese))
}

/// The colour of a weight.
pub fn style(weight: Weight) -> Style {
    match weight {
        Weight::Error => colour(AnsiColor::Red),
        Weight::Warning => colour(AnsiColor::Yellow),
        Weight::Info => Style::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Gathered, line};
    use crate::profile::Date;
    use crate::rules::named;
    use crate::runtime::monitor::{Found, Weight, Words};

    fn found(rule: &str, says: &str) -> Found {
        let rule = named(rule).expect("a rule");
        rule.found(Words::new(says, "中文"))
    }

    #[test]
    fn each_is_told_once_and_the_fix_once_a_rule() {
        let mut gathered = Gathered::default();
        for says in ["b", "a", "b"] {
            gathered.add(&found("P28", says));
        }
        let allowed = Found {
            allowed: "known".to_owned(),
            ..found("P10", "c")
        };
        gathered.add(&allowed);
        assert_eq!(gathered.len(), 2);
        let weight = found("P28", "a").weight;
        let told = gathered.by_rule(weight, false);
        let [(lines, fix)] = &told[..] else {
            panic!("one rule: {told:?}");
        };
        let wanted = [("P28 unhandled: b", 2), ("P28 unhandled: a", 1)];
        assert_eq!(lines, &wanted.map(|(text, times)| (text.to_owned(), times)));
        assert!(fix.starts_with("  → "));
        assert_eq!(gathered.allowed(), ["P10 phone-only-if-needed ×1: known"]);
        assert!(!gathered.has(Weight::Error) || weight == Weight::Error);
    }

    #[test]
    fn an_exemption_that_is_over_is_told() {
        let over = Found {
            expired: Some(Date::new(2026, 1, 31)),
            ..found("P28", "x")
        };
        assert_eq!(
            line(&over, false),
            "P28 unhandled: x (allowed by wxsim.toml until 2026-01-31, which is over)"
        );
        assert_eq!(
            line(&over, true),
            "P28 unhandled: 中文（wxsim.toml 的豁免已于 2026-01-31 到期）"
        );
    }
}

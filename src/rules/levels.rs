//! What becomes of a finding: the one place that decides it, for every command.
//!
//! A rule has its weight; `[lint.P10]` of wxsim.toml gives it another, switches it off, or says why its findings do not
//! count, for ever or until a day. Whether that day is over depends on the real one, which a command passes in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ALL, Rule, named};
use crate::diagnostic::Diagnostic;
use crate::near::near;
use crate::package::{LintLevel, LintRule};
use crate::profile::Date;
use crate::runtime::monitor::{Found, Weight};

/// How much findings weigh in a project, on a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Levels {
    /// What is said of rules, by id.
    said: BTreeMap<String, Said>,
    today: Option<Date>,
}

/// What is said of a rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Said {
    is_off: bool,
    weight: Option<Weight>,
    allow: Option<String>,
    /// The last day on which it is allowed.
    until: Option<Date>,
}

impl Levels {
    /// Those of a project; `today` is the real day.
    ///
    /// # Errors
    /// Rules that do not exist, or of which two things are said.
    pub fn of(rules: &[LintRule], today: Date) -> Result<Self, Vec<Diagnostic>> {
        let mut levels = Self {
            said: BTreeMap::new(),
            today: Some(today),
        };
        let mut problems = Vec::new();
        for said in rules {
            let Some(rule) = named(&said.rule) else {
                problems.push(unknown(said));
                continue;
            };
            if levels.said.contains_key(rule.id) {
                let (id, name) = (rule.id, rule.name);
                let problem = Diagnostic::error(format!("`{id}` and `{name}` are the same rule"));
                problems.push(problem.at(said.place.clone()).help("keep one of the two"));
            }
            let own = Said {
                is_off: said.level == Some(LintLevel::Off),
                weight: said.level.and_then(weight),
                allow: said.allow.clone(),
                until: said.until,
            };
            levels.said.insert(rule.id.to_owned(), own);
        }
        if problems.is_empty() {
            Ok(levels)
        } else {
            Err(problems)
        }
    }

    /// Whether nobody looks at a rule.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.said.get(rule.id).is_some_and(|said| said.is_off)
    }

    /// Gives a finding its weight, and the reason why it does not count, if there is one; `false` when the rule is off.
    pub fn decide(&self, found: &mut Found) -> bool {
        let Some(said) = self.said.get(&found.rule) else {
            return true;
        };
        found.weight = said.weight.unwrap_or(found.weight);
        if let Some(reason) = &said.allow {
            match said.until.filter(|until| self.today > Some(*until)) {
                None => found.allowed.clone_from(reason),
                over => found.expired = over,
            }
        }
        !said.is_off
    }
}

fn weight(level: LintLevel) -> Option<Weight> {
    match level {
        LintLevel::Off => None,
        LintLevel::Info => Some(Weight::Info),
        LintLevel::Warn => Some(Weight::Warning),
        LintLevel::Error => Some(Weight::Error),
    }
}

fn unknown(said: &LintRule) -> Diagnostic {
    let known = ALL.iter().flat_map(|rule| [rule.id, rule.name]);
    let near = near(&said.rule, known).first().copied();
    let meant = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
    Diagnostic::error(format!("`{}` is no rule", said.rule))
        .at(said.place.clone())
        .help(format!("{meant}`wxsim rules` lists them"))
}

#[cfg(test)]
mod tests {
    use super::Levels;
    use crate::diagnostic::Place;
    use crate::package::{LintLevel, LintRule};
    use crate::profile::Date;
    use crate::rules::named;
    use crate::runtime::monitor::{Found, Weight, Words};

    const TODAY: Date = Date::new(2026, 7, 1);

    fn said(rule: &str) -> LintRule {
        LintRule {
            rule: rule.to_owned(),
            place: Place::at("wxsim.toml", 1, 7, 3),
            level: None,
            allow: None,
            until: None,
        }
    }

    fn decided(rule: LintRule) -> (bool, Found) {
        let levels = Levels::of(&[rule], TODAY).expect("a rule");
        let mut found = named("P28").expect("a rule").found(Words::new("x", "x"));
        (levels.decide(&mut found), found)
    }

    #[test]
    fn a_level_takes_the_place_of_the_rules_own() {
        for (level, weight) in [
            (LintLevel::Info, Weight::Info),
            (LintLevel::Warn, Weight::Warning),
            (LintLevel::Error, Weight::Error),
        ] {
            let (is_on, found) = decided(LintRule {
                level: Some(level),
                ..said("unhandled")
            });
            assert!(is_on);
            assert_eq!(found.weight, weight);
        }
        let (is_on, _) = decided(LintRule {
            level: Some(LintLevel::Off),
            ..said("p28")
        });
        assert!(!is_on);
        let (is_on, found) = decided(said("P10"));
        assert!(is_on && found.allowed.is_empty());
    }

    #[test]
    fn a_reason_holds_up_to_its_day() {
        let allowed = |until| LintRule {
            allow: Some("known".to_owned()),
            until,
            ..said("P28")
        };
        for until in [None, Some(TODAY), Some(Date::new(2026, 7, 2))] {
            let (_, found) = decided(allowed(until));
            assert_eq!(found.allowed, "known");
            assert_eq!(found.expired, None);
        }
        let over = Date::new(2026, 6, 30);
        let (_, found) = decided(allowed(Some(over)));
        assert_eq!(found.allowed, "");
        assert_eq!(found.expired, Some(over));
    }

    #[test]
    fn an_unknown_rule_has_its_place_and_the_nearest_word() {
        let wrong = |rules: &[LintRule]| {
            let problems = Levels::of(rules, TODAY).expect_err("a mistake");
            problems[0].clone()
        };
        let problem = wrong(&[said("unhandeled")]);
        assert_eq!(problem.message, "`unhandeled` is no rule");
        assert_eq!(
            problem.help,
            "did you mean `unhandled`? `wxsim rules` lists them"
        );
        assert_eq!(problem.place, Some(said("").place));
        let problem = wrong(&[said("P28"), said("unhandled")]);
        assert_eq!(problem.message, "`P28` and `unhandled` are the same rule");
    }
}

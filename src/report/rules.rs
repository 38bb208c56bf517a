//! The rules themselves: what `wxsim rules` prints.

use std::fmt::Write as _;

use anstyle::Style;
use serde_json::{Value as Json, json};

use super::found::style;
use super::text::Paint;
use crate::near::near;
use crate::rules::{ALL, Judged, Rule};
use crate::runtime::monitor::Weight;

/// All rules, a line each.
pub fn table(paint: Paint) -> String {
    let mut text = String::new();
    for rule in ALL {
        let level = paint.apply(style(rule.weight), &format!("{:<5}", level(rule.weight)));
        let id = paint.apply(Style::new().bold(), rule.id);
        let name = rule.name;
        let _ = writeln!(text, "{id} {level} {name:<26} {}", rule.title[0]);
        let _ = writeln!(text, "{:<37} {}", "", rule.title[1]);
    }
    text
}

/// One rule in full.
pub fn render(rule: &Rule, paint: Paint) -> String {
    let title = format!("{} {}", rule.id, rule.name);
    let title = paint.apply(Style::new().bold(), &title);
    let level = paint.apply(style(rule.weight), level(rule.weight));
    let mut text = format!("{title}  ({level})\n\n");
    let source = format!("{} ({})", rule.source, authority(rule));
    let off = format!(
        "[lint.{}] in wxsim.toml: level = \"off\", or allow = \"why\"",
        rule.id
    );
    for (title, value) in [
        ("rule", rule.title[0]),
        ("what to do", rule.fix[0]),
        ("规则", rule.title[1]),
        ("怎么办", rule.fix[1]),
        ("judged", judged(rule)),
        ("source", &source),
        ("settings", &off),
    ] {
        let wide = title.chars().filter(|c| !c.is_ascii()).count();
        let title = format!("{title}{}", " ".repeat(12 - title.chars().count() - wide));
        let title = paint.apply(Style::new().dimmed(), &title);
        let _ = writeln!(text, "{title} {value}");
    }
    text
}

/// One rule for programs.
pub fn to_json(rule: &Rule) -> Json {
    json!({
        "id": rule.id,
        "name": rule.name,
        "level": level(rule.weight),
        "title": { "en": rule.title[0], "zh": rule.title[1] },
        "fix": { "en": rule.fix[0], "zh": rule.fix[1] },
        "source": rule.source,
        "official": rule.official,
        "judged": match rule.judged {
            Judged::Run(_) => ["run"].as_slice(),
            Judged::Exploration(_) => &["exploration"],
            Judged::Both(..) => &["run", "exploration"],
        },
    })
}

/// Names that look like a word that is none.
pub fn near_names(word: &str) -> Vec<&'static str> {
    near(word, ALL.iter().flat_map(|rule| [rule.id, rule.name]))
}

/// The word of settings for a weight.
pub fn level(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "error",
        Weight::Warning => "warn",
        Weight::Info => "info",
    }
}

/// Who says so.
pub fn authority(rule: &Rule) -> &'static str {
    if rule.official {
        "the official word"
    } else {
        "what is reported, or ours"
    }
}

/// When it is judged.
pub fn judged(rule: &Rule) -> &'static str {
    match rule.judged {
        Judged::Run(_) => "in every run",
        Judged::Exploration(_) => "over everything that was explored",
        Judged::Both(..) => "in every run, and over everything that was explored",
    }
}

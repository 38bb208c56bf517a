//! Templates of messages, as the console of the program lists them.
//!
//! Official pages: "Subscribe message" (one-time, long-term, device), "Template message" (until 2020). The
//! content of a template is lines of a name and a key: `取餐地点{{thing1.DATA}}`.
//!
//! What a program's server makes of the library is in [`template_book`](super::template_book).
//!
//! Unverified: nothing; a world that declares no template takes every id for a one-time one (and, until 2020, for
//! that of a template message) of which nothing more is known.

use serde::{Deserialize, Serialize};

use super::template_book::Family;
use crate::world::World;

/// What a template is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One message for each time that the user accepts.
    #[default]
    OneTime,
    /// Any number of messages, for a few public services.
    LongTerm,
    /// Messages of a device of the user.
    Device,
    /// A template message, which needs a form or a payment.
    TemplateMessage,
}

impl Kind {
    /// Every kind with its word in settings.
    pub const ALL: [(&'static str, Self); 4] = [
        ("one-time", Self::OneTime),
        ("long-term", Self::LongTerm),
        ("device", Self::Device),
        ("template-message", Self::TemplateMessage),
    ];
}

/// A template of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Template {
    /// Its id.
    pub id: String,
    /// Its title; empty when nothing is known of it.
    pub title: String,
    /// What it is for.
    pub kind: Kind,
    /// Lines such as `取餐地点{{thing1.DATA}}`; empty when they are not declared.
    pub content: String,
}

impl Template {
    /// Name and key of each line of the content.
    pub fn rows(&self) -> Vec<(&str, &str)> {
        self.content.lines().filter_map(row).collect()
    }

    /// The title, or the id of one without.
    pub fn shown(&self) -> &str {
        if self.title.is_empty() {
            &self.id
        } else {
            &self.title
        }
    }
}

/// Name and key of a line: `取餐地点{{thing1.DATA}}`.
fn row(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once("{{")?;
    let key = rest.trim_end().strip_suffix("}}")?.trim();
    let key = key.strip_suffix(".DATA")?;
    let name = name.trim().trim_end_matches([':', '：']);
    (!key.is_empty()).then_some((name, key))
}

/// Whether a content is lines of names and keys.
///
/// # Errors
/// The first line that is none.
pub fn check_content(content: &str) -> Result<(), String> {
    let mut lines = content.lines().filter(|line| !line.trim().is_empty());
    match lines.find(|line| row(line).is_none()) {
        None => Ok(()),
        Some(line) => Err(format!(
            "`{line}` is no line of a template; write a name and a key as the console shows them: `地点{{{{thing1.DATA}}}}`"
        )),
    }
}

/// The console of the running program lists these templates.
#[derive(Clone, Debug)]
pub struct DeclareTemplates(pub Vec<Template>);

impl World {
    /// The template of an id that a subscription names; `None` when the program has none.
    pub fn subscribed_template(&self, id: &str) -> Option<Template> {
        self.template_of(&self.app.app_id, Family::Subscribed, id)
    }

    /// The template of an id that a template message names; `None` when the program has none.
    pub fn message_template(&self, id: &str) -> Option<Template> {
        self.template_of(&self.app.app_id, Family::Message, id)
    }
}

#[cfg(test)]
mod tests {
    use super::{DeclareTemplates, Kind, Template, check_content};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_content_is_read_as_the_console_writes_it() {
        let content = "取餐地点{{thing1.DATA}}\n取餐时间：{{time2.DATA}}\n";
        let template = Template {
            content: content.into(),
            ..Template::default()
        };
        assert_eq!(
            template.rows(),
            [("取餐地点", "thing1"), ("取餐时间", "time2")]
        );
        assert_eq!(check_content(content), Ok(()));
        for wrong in ["thing1", "a{{thing1}}", "a{{.DATA}}", "a{{thing1.DATA}} b"] {
            assert!(check_content(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_id_is_taken_until_templates_are_declared() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let usual = world.subscribed_template("a").expect("any id");
        assert_eq!((usual.kind, usual.shown()), (Kind::OneTime, "a"));
        assert_eq!(world.subscribed_template(""), None);
        let of = |id: &str, kind| Template {
            id: id.into(),
            kind,
            ..Template::default()
        };
        world.apply(DeclareTemplates(vec![
            of("a", Kind::LongTerm),
            of("b", Kind::TemplateMessage),
        ]));
        assert!(world.subscribed_template("a").is_some());
        assert!(world.subscribed_template("b").is_none() && world.message_template("b").is_some());
        assert!(world.message_template("a").is_none() && world.message_template("c").is_none());
    }
}

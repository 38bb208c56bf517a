//! The templates of an app: those that its project declares, and those that its server made of the library.
//!
//! Official pages: "Template message" (`addTemplate`, `getTemplateList`, `deleteTemplate`), `subscribeMessage` of the
//! server (the same names). The id of a template that is made has 43 characters.
//!
//! Once a server made or deleted a template, other ids than those on the list are unknown, as on the platform; so
//! it is when the project declares any.
//!
//! Unverified: an app has [`MESSAGE_TEMPLATES_MAX`] templates of template messages and
//! [`SUBSCRIBED_TEMPLATES_MAX`] of subscribe messages; the same lines in another order are the same template for
//! subscribe messages.

use serde::{Deserialize, Serialize};

use super::library::{Entry, Keyword};
use super::template::{DeclareTemplates, Kind, Template};
use crate::world::rng::derived_text;
use crate::world::{Change, World, sealed::Sealed};

/// Templates of template messages that an app has at most.
pub const MESSAGE_TEMPLATES_MAX: usize = 25;
/// Templates of subscribe messages that an app has at most.
pub const SUBSCRIBED_TEMPLATES_MAX: usize = 50;
/// Lines of a template of template messages.
pub const MESSAGE_LINES: std::ops::RangeInclusive<usize> = 1..=10;
/// Lines of a template of subscribe messages.
pub const SUBSCRIBED_LINES: std::ops::RangeInclusive<usize> = 2..=5;
/// Characters of the id of a template.
const ID_CHARS: usize = 43;

/// Which interfaces a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Family {
    /// Template messages.
    Message,
    /// Subscribe messages.
    Subscribed,
}

impl Family {
    /// The family of templates of a kind.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::TemplateMessage => Self::Message,
            Kind::OneTime | Kind::LongTerm | Kind::Device => Self::Subscribed,
        }
    }

    fn templates_max(self) -> usize {
        match self {
            Self::Message => MESSAGE_TEMPLATES_MAX,
            Self::Subscribed => SUBSCRIBED_TEMPLATES_MAX,
        }
    }
}

/// A template as the lists of the interfaces show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The template.
    pub template: Template,
    /// Lines of names and values; empty for one that the project declares.
    pub example: String,
    /// Keys of kind `enum` with the values that they may have.
    pub words: Vec<(String, Vec<String>)>,
    /// Number of the entry of the library and of its lines; none for one that the project declares.
    made_of: Option<(u32, Vec<u32>)>,
}

/// The templates of one app.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TemplateBook {
    declared: Vec<Template>,
    made: Vec<Listed>,
    /// How many were ever made: part of the ids.
    count: u64,
    /// Families in which a server made or deleted one.
    changed: Vec<Family>,
}

impl TemplateBook {
    fn all(&self) -> impl Iterator<Item = &Template> {
        let made = self.made.iter().map(|it| &it.template);
        self.declared.iter().chain(made)
    }

    fn of(&self, family: Family) -> impl Iterator<Item = &Template> {
        self.all().filter(move |it| Family::of(it.kind) == family)
    }

    /// Whether the list is all that there is.
    fn is_complete(&self, family: Family) -> bool {
        !self.declared.is_empty() || self.changed.contains(&family)
    }

    fn note_change(&mut self, family: Family) {
        if !self.changed.contains(&family) {
            self.changed.push(family);
        }
    }
}

impl Sealed for DeclareTemplates {}
impl Change for DeclareTemplates {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let app_id = world.app.app_id.clone();
        world.messages.templates.entry(app_id).or_default().declared = self.0;
    }
}

/// Why no template was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMade {
    /// The library has no such entry.
    #[error("the library has no such entry")]
    Entry,
    /// Too few or too many lines, one that the entry does not have, or one twice.
    #[error("the entry does not have these lines, or there are too few or too many of them")]
    Lines,
    /// The platform lets nobody use the entry.
    #[error("the platform banned the entry")]
    Banned,
    /// The app has as many as it may.
    #[error("the app has as many templates as it may have; delete one")]
    Full,
    /// The app has one of the same lines.
    #[error("the app has a template of this title and these lines")]
    Same,
}

/// A server makes a template of an entry of the library; the effect is its id.
#[derive(Clone, Debug)]
pub struct MakeTemplate {
    /// The app.
    pub app_id: String,
    /// For which interfaces.
    pub family: Family,
    /// The entry.
    pub entry: u32,
    /// Numbers of its lines, in the order of the template.
    pub lines: Vec<u32>,
}

impl Sealed for MakeTemplate {}
impl Change for MakeTemplate {
    type Effect = Result<String, NotMade>;

    fn apply(self, world: &mut World) -> Result<String, NotMade> {
        let Self {
            app_id,
            family,
            entry,
            lines,
        } = self;
        let entry = world.library_entry(entry).ok_or(NotMade::Entry)?;
        let keywords = keywords(&entry, family, &lines)?;
        if entry.is_banned {
            return Err(NotMade::Banned);
        }
        let seed = world.seed;
        let book = world.messages.templates.entry(app_id.clone()).or_default();
        if book.of(family).count() >= family.templates_max() {
            return Err(NotMade::Full);
        }
        if family == Family::Subscribed && has_same(book, entry.number, &lines) {
            return Err(NotMade::Same);
        }
        book.count += 1;
        let count = book.count.to_string();
        let id = derived_text(seed, &["template", &app_id, &count], ID_CHARS);
        book.made
            .push(listed(id.clone(), &entry, family, &keywords));
        book.note_change(family);
        Ok(id)
    }
}

/// The lines of an entry that a template is made of.
fn keywords<'a>(
    entry: &'a Entry,
    family: Family,
    lines: &[u32],
) -> Result<Vec<&'a Keyword>, NotMade> {
    let allowed = match family {
        Family::Message => MESSAGE_LINES,
        Family::Subscribed => SUBSCRIBED_LINES,
    };
    let repeats = |at: usize| lines[..at].contains(&lines[at]);
    if !allowed.contains(&lines.len()) || (0..lines.len()).any(repeats) {
        return Err(NotMade::Lines);
    }
    let found: Option<Vec<_>> = lines.iter().map(|line| entry.keyword(*line)).collect();
    found.ok_or(NotMade::Lines)
}

fn has_same(book: &TemplateBook, entry: u32, lines: &[u32]) -> bool {
    let sorted = |lines: &[u32]| {
        let mut lines = lines.to_vec();
        lines.sort_unstable();
        lines
    };
    let mut made = book.made.iter();
    made.any(|it| {
        let is_own = Family::of(it.template.kind) == Family::Subscribed;
        let same = |(of, own): &(u32, Vec<u32>)| *of == entry && sorted(own) == sorted(lines);
        is_own && it.made_of.as_ref().is_some_and(same)
    })
}

fn listed(id: String, entry: &Entry, family: Family, keywords: &[&Keyword]) -> Listed {
    let (mut content, mut example, mut words) = (String::new(), String::new(), Vec::new());
    for (at, keyword) in keywords.iter().enumerate() {
        let Keyword {
            number, name, rule, ..
        } = keyword;
        let (key, mark) = match family {
            Family::Message => (format!("keyword{}", at + 1), ""),
            Family::Subscribed => (format!("{rule}{number}"), ":"),
        };
        content += &format!("{name}{mark}{{{{{key}.DATA}}}}\n");
        example += &format!("{name}:{}\n", keyword.example);
        if !keyword.words.is_empty() && family == Family::Subscribed {
            words.push((key, keyword.words.clone()));
        }
    }
    Listed {
        template: Template {
            id,
            title: entry.title.clone(),
            kind: match family {
                Family::Message => Kind::TemplateMessage,
                Family::Subscribed => entry.kind,
            },
            content,
        },
        example,
        words,
        made_of: Some((entry.number, keywords.iter().map(|it| it.number).collect())),
    }
}

/// A server deletes a template; the effect is whether there was one. One that the project declares comes again
/// when the project is declared again.
#[derive(Clone, Debug)]
pub struct DeleteTemplate {
    /// The app.
    pub app_id: String,
    /// For which interfaces it is.
    pub family: Family,
    /// Its id.
    pub id: String,
}

impl Sealed for DeleteTemplate {}
impl Change for DeleteTemplate {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let Some(book) = world.messages.templates.get_mut(&self.app_id) else {
            return false;
        };
        let goes = |it: &Template| it.id == self.id && Family::of(it.kind) == self.family;
        let before = book.declared.len() + book.made.len();
        book.declared.retain(|it| !goes(it));
        book.made.retain(|it| !goes(&it.template));
        let is_gone = book.declared.len() + book.made.len() < before;
        if is_gone {
            book.note_change(self.family);
        }
        is_gone
    }
}

impl World {
    /// Whether the list of the running program's templates is all that there is; if not, every id is taken.
    pub fn declares_templates(&self) -> bool {
        let own = self.messages.templates.get(&self.app.app_id);
        own.is_some_and(|book| book.is_complete(Family::Subscribed))
    }

    /// The templates of an app: those that its project declares, then those that its server made.
    pub fn listed_templates(&self, app_id: &str, family: Family) -> Vec<Listed> {
        let Some(book) = self.messages.templates.get(app_id) else {
            return Vec::new();
        };
        let declared = book.declared.iter().map(|template| Listed {
            template: template.clone(),
            ..Listed::default()
        });
        let all = declared.chain(book.made.iter().cloned());
        all.filter(|it| Family::of(it.template.kind) == family)
            .collect()
    }

    /// The template that an app's message names; `None` when the app has none of this id.
    pub fn template_of(&self, app_id: &str, family: Family, id: &str) -> Option<Template> {
        let book = self.messages.templates.get(app_id);
        let found = book.and_then(|book| book.of(family).find(|it| it.id == id));
        if let Some(template) = found {
            return Some(template.clone());
        }
        let is_complete = book.is_some_and(|book| book.is_complete(family));
        let kind = match family {
            Family::Message => Kind::TemplateMessage,
            Family::Subscribed => Kind::OneTime,
        };
        (!id.is_empty() && !is_complete).then(|| Template {
            id: id.to_owned(),
            kind,
            ..Template::default()
        })
    }

    /// The values that a key of kind `enum` may have; `None` when they are not known.
    pub(super) fn words_of(&self, app_id: &str, template_id: &str, key: &str) -> Option<&[String]> {
        let book = self.messages.templates.get(app_id)?;
        let made = book.made.iter().find(|it| it.template.id == template_id)?;
        let (_, words) = made.words.iter().find(|(own, _)| own == key)?;
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DeleteTemplate, Family, MESSAGE_TEMPLATES_MAX, MakeTemplate, NotMade,
        SUBSCRIBED_TEMPLATES_MAX,
    };
    use crate::profile::Profile;
    use crate::world::message::library::{AddToLibrary, Entry, Keyword};
    use crate::world::message::template::{DeclareTemplates, Kind, Template};
    use crate::world::{AppFacts, World};

    fn world() -> World {
        let app = AppFacts {
            app_id: "wx1".into(),
            ..AppFacts::default()
        };
        World::new(Profile::default(), app, 1)
    }

    fn make(
        world: &mut World,
        family: Family,
        entry: u32,
        lines: &[u32],
    ) -> Result<String, NotMade> {
        world.apply(MakeTemplate {
            app_id: "wx1".into(),
            family,
            entry,
            lines: lines.to_vec(),
        })
    }

    #[test]
    fn a_template_that_is_made_is_one_of_the_app_and_no_other_id_is() {
        let mut world = world();
        assert!(world.subscribed_template("x").is_some() && !world.declares_templates());
        let id = make(&mut world, Family::Subscribed, 36, &[3, 1]).expect("it fits");
        assert_eq!(id.len(), 43);
        let template = world.subscribed_template(&id).expect("it is there");
        assert_eq!(
            template.content,
            "会员等级:{{enum3.DATA}}\n会员名称:{{thing1.DATA}}\n"
        );
        assert_eq!(
            template.rows(),
            [("会员等级", "enum3"), ("会员名称", "thing1")]
        );
        assert_eq!(world.subscribed_template("x"), None);
        assert!(world.message_template("x").is_some(), "another family");
        assert!(world.declares_templates());
        let listed = world.listed_templates("wx1", Family::Subscribed);
        assert_eq!(listed[0].example, "会员等级:金卡\n会员名称:茶友会\n");
        assert_eq!(listed[0].words[0].0, "enum3");
        assert!(world.template_of("wx2", Family::Subscribed, "x").is_some());
        let delete = |world: &mut World, family| {
            let (app_id, id) = ("wx1".to_owned(), id.clone());
            world.apply(DeleteTemplate { app_id, family, id })
        };
        assert!(!delete(&mut world, Family::Message), "another family");
        assert!(delete(&mut world, Family::Subscribed));
        assert!(!delete(&mut world, Family::Subscribed), "it is gone");
        assert_eq!(world.subscribed_template(&id), None);
        assert_eq!(
            world.subscribed_template("x"),
            None,
            "the list stays complete"
        );
    }

    #[test]
    fn keys_of_template_messages_count_from_one() {
        let mut world = world();
        let id = make(&mut world, Family::Message, 2, &[4, 1]).expect("it fits");
        let template = world.message_template(&id).expect("it is there");
        assert_eq!(
            template.content,
            "支付金额{{keyword1.DATA}}\n商品名称{{keyword2.DATA}}\n"
        );
        assert_eq!(template.kind, Kind::TemplateMessage);
    }

    #[test]
    fn what_cannot_be_made_is_told_and_changes_nothing() {
        let mut world = world();
        let before = world.clone();
        for (entry, lines, problem) in [
            (1, &[1, 2][..], NotMade::Entry),
            (2, &[1], NotMade::Lines),
            (2, &[1, 1], NotMade::Lines),
            (2, &[1, 9], NotMade::Lines),
            (2, &[1, 2, 3, 4, 5, 6], NotMade::Lines),
        ] {
            let made = make(&mut world, Family::Subscribed, entry, lines);
            assert_eq!(made, Err(problem), "{entry} {lines:?}");
        }
        assert_eq!(
            make(&mut world, Family::Message, 2, &[]),
            Err(NotMade::Lines)
        );
        assert_eq!(world.listed_templates("wx1", Family::Message), []);
        assert_eq!(world, before);
        assert!(make(&mut world, Family::Subscribed, 2, &[1, 2]).is_ok());
        assert_eq!(
            make(&mut world, Family::Subscribed, 2, &[2, 1]),
            Err(NotMade::Same)
        );
        let keyword = |number| Keyword {
            number,
            ..Keyword::default()
        };
        let banned = Entry {
            number: 5,
            keywords: vec![keyword(1), keyword(2)],
            is_banned: true,
            ..Entry::default()
        };
        assert_eq!(world.apply(AddToLibrary(banned)), Ok(()));
        assert_eq!(
            make(&mut world, Family::Subscribed, 5, &[1, 2]),
            Err(NotMade::Banned)
        );
    }

    #[test]
    fn an_app_has_so_many_of_each_family() {
        let mut world = world();
        for _ in 0..MESSAGE_TEMPLATES_MAX {
            assert!(make(&mut world, Family::Message, 2, &[1]).is_ok());
        }
        assert_eq!(
            make(&mut world, Family::Message, 2, &[1]),
            Err(NotMade::Full)
        );
        let declared = (0..SUBSCRIBED_TEMPLATES_MAX - 1).map(|number| Template {
            id: number.to_string(),
            ..Template::default()
        });
        world.apply(DeclareTemplates(declared.collect()));
        assert!(make(&mut world, Family::Subscribed, 2, &[1, 2]).is_ok());
        assert_eq!(
            make(&mut world, Family::Subscribed, 2, &[1, 3]),
            Err(NotMade::Full)
        );
        let (app_id, family, id) = ("wx1".to_owned(), Family::Subscribed, "0".to_owned());
        assert!(world.apply(DeleteTemplate { app_id, family, id }));
        assert!(make(&mut world, Family::Subscribed, 2, &[1, 3]).is_ok());
    }
}

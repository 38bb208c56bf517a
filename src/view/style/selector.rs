//! Selectors of style sheets: read once, matched against the drawn tree.
//!
//! The parser crate knows selectors as well, but matches only tags, ids, classes, attributes and
//! `:host`; a web view also knows siblings and structure, so they are read and matched here.

use std::rc::Rc;

/// A selector without commas: compounds from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Selector {
    /// The last one is the subject.
    pub(super) compounds: Vec<(Combinator, Compound)>,
    /// `::before`, `::after`.
    pub(super) pseudo: Option<Pseudo>,
    /// Ids, classes and tags, one after the other.
    pub(super) specificity: u32,
}

/// What stands between a compound and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Combinator {
    /// A blank.
    #[default]
    Descendant,
    /// `>`
    Child,
    /// `+`
    Next,
    /// `~`
    Later,
}

/// A generated box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pseudo {
    /// `::before`
    Before,
    /// `::after`
    After,
}

/// Conditions on one element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Compound {
    /// Tag; `None` for `*` and when none is written.
    pub(super) tag: Option<Rc<str>>,
    /// Everything else.
    pub(super) parts: Vec<Part>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// `#id`
    Id(Rc<str>),
    /// `.class`
    Class(Rc<str>),
    /// `[name op value]`
    Attribute {
        /// Name.
        name: Rc<str>,
        /// How it compares: `=`, `~`, `|`, `^`, `$`, `*`; a blank when it need only be there.
        operator: char,
        /// Value.
        value: Rc<str>,
    },
    /// `:host`, `:host(a, b)`
    Host(Vec<Selector>),
    /// `:root`
    Root,
    /// `:nth-child(an+b)` and its relatives.
    Nth {
        /// Step.
        step: i32,
        /// Offset.
        offset: i32,
        /// Counted from the end.
        from_end: bool,
        /// Only elements of the same tag count.
        of_type: bool,
    },
    /// `:empty`
    Empty,
    /// `:not(a, b)`
    Not(Vec<Selector>),
    /// `:is(a, b)`, `:where(a, b)`
    Is(Vec<Selector>),
    /// `:active`, `:hover` and other states that nothing is in when rectangles are asked for.
    Never,
}

impl Selector {
    /// Whether it uses a tag, an id or an attribute.
    pub(super) fn uses_more_than_classes(&self) -> bool {
        self.compounds.iter().any(|(_, compound)| {
            let is_other = |part: &Part| matches!(part, Part::Id(_) | Part::Attribute { .. });
            compound.tag.is_some() || compound.parts.iter().any(is_other)
        })
    }

    /// The classes it names, also inside of `:not()`.
    pub(super) fn classes(&self, found: &mut Vec<Rc<str>>) {
        for part in self
            .compounds
            .iter()
            .flat_map(|(_, compound)| &compound.parts)
        {
            match part {
                Part::Class(name) => found.push(Rc::clone(name)),
                Part::Not(inner) | Part::Is(inner) | Part::Host(inner) => {
                    for selector in inner {
                        selector.classes(found);
                    }
                }
                _ => {}
            }
        }
    }
}

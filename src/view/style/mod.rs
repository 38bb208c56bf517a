//! Styles: which rules of which sheets apply to a node, and what they make of it.
//!
//! Nothing here runs unless somebody asks for a rectangle or a computed style.
//!
//! Official pages: `framework/view/wxss` (imports, `rpx`, `app.wxss`),
//! `framework/custom-component/wxml-wxss` (style isolation, `:host`, external classes).
//! Values of properties are read by the crate `float-pigment-css`; selectors, conditions and the
//! cascade are ours, because that crate matches no sibling, no structure and no state.
//!
//! Unverified: among rules of equal weight those of components stand between `app.wxss` and the
//! page's own; tag, id and attribute selectors of a component reach its own nodes only; a page
//! declared `isolated` still takes `app.wxss`.
//!
//! Differs from the client: no state such as `:active` is ever on, animations and transitions do
//! not run, `attr()`, `min()`, `max()`, `clamp()` and logical properties are not understood.

mod cascade;
mod computed;
mod declaration;
mod defaults;
mod drawn;
mod matching;
mod media;
#[cfg(test)]
pub(in crate::view) mod sample;
mod scan;
mod selector;
mod selector_text;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub use cascade::{Styles, style_of};
pub use computed::{Computed, Linear, Units};
pub(super) use computed::{number_of, px};
pub use drawn::{Drawn, DrawnNode, Index};
pub use selector::Pseudo;

use crate::diagnostic::{Diagnostic, Place};
use crate::view::tree::Tree;
use selector::{Part, Selector};
use sheet::{Item, Rule, Sheet};

/// The part of the screen in which a page is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width in pixels; 750 rpx.
    pub width: f32,
    /// Height in pixels.
    pub height: f32,
    /// What `env(safe-area-inset-*)` gives: top, right, bottom, left.
    pub safe_area: [f32; 4],
    /// Whether the dark theme is on.
    pub dark: bool,
}

impl Viewport {
    /// A light one without a notch.
    pub fn new(width: f32, height: f32) -> Self {
        Self {
            width,
            height,
            safe_area: [0.0; 4],
            dark: false,
        }
    }
}

/// `styleIsolation` of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// Classes do not cross the component's border.
    Isolated,
    /// Sheets of the app and the page also count inside.
    ApplyShared,
    /// As before, and its own sheet counts outside.
    Shared,
    /// A page without `app.wxss`, isolated from all components.
    PageIsolated,
    /// A page without `app.wxss` that shared components reach.
    PageApplyShared,
    /// A page without `app.wxss` that shares both ways.
    PageShared,
}

impl Isolation {
    /// The option's value; `None` for other texts.
    pub fn from_option(text: &str) -> Option<Self> {
        Some(match text {
            "isolated" => Self::Isolated,
            "apply-shared" => Self::ApplyShared,
            "shared" => Self::Shared,
            "page-isolated" => Self::PageIsolated,
            "page-apply-shared" => Self::PageApplyShared,
            "page-shared" => Self::PageShared,
            _ => return None,
        })
    }
}

/// Who a style sheet belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    App,
    Page,
    Component,
}

/// A sheet with what it imports.
#[derive(Debug)]
struct Linked {
    owner: Owner,
    isolation: Option<Isolation>,
    rules: Vec<LinkedRule>,
    /// Rules by what their subject has to have.
    by_class: BTreeMap<Rc<str>, Vec<usize>>,
    by_tag: BTreeMap<Rc<str>, Vec<usize>>,
    others: Vec<usize>,
    /// Whether a rule makes `::before` or `::after`.
    has_pseudo: bool,
}

#[derive(Debug)]
struct LinkedRule {
    rule: Rc<Rule>,
    /// Conditions of the imports on the way.
    media: Vec<Rc<media::Media>>,
}

/// Reads a file of the project.
pub type Read<'r> = &'r dyn Fn(&str) -> Option<Rc<str>>;

/// All style sheets that were asked for, read once.
#[derive(Debug)]
pub struct Sheets {
    defaults: Rc<Linked>,
    app: Rc<Linked>,
    /// Sheets of pages and components by path without extension.
    own: BTreeMap<Rc<str>, Rc<Linked>>,
    /// Files that were read, also when only imported.
    files: BTreeMap<String, Rc<Sheet>>,
    /// Files of components, whose selectors were checked.
    checked: BTreeSet<String>,
    problems: Vec<Diagnostic>,
    classes: Vec<NamedClass>,
}

/// A class that a sheet has a rule for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedClass {
    /// The class.
    pub name: Rc<str>,
    /// The file.
    pub file: Rc<str>,
    /// Offset of the rule in the file.
    pub at: usize,
}

impl Sheets {
    /// The app's sheet, when it has one. `app_style` is `style` of app.json, `v2` for the newer looks
    /// of built-in components.
    pub fn new(app_style: &str, read: Read<'_>) -> Self {
        let mut sheets = Self {
            defaults: defaults::sheet(app_style),
            app: Rc::new(Linked::empty(Owner::App)),
            own: BTreeMap::new(),
            files: BTreeMap::new(),
            checked: BTreeSet::new(),
            problems: Vec::new(),
            classes: Vec::new(),
        };
        sheets.app = Rc::new(sheets.link("app.wxss", Owner::App, None, read));
        sheets
    }

    /// The sheet of a page, by its path without extension.
    pub fn add_page(&mut self, path: &str, isolation: Option<Isolation>, read: Read<'_>) {
        self.add(path, Owner::Page, isolation, read);
    }

    /// The sheet of a component; `addGlobalClass` is [`Isolation::ApplyShared`].
    pub fn add_component(&mut self, path: &str, isolation: Option<Isolation>, read: Read<'_>) {
        self.add(path, Owner::Component, isolation, read);
    }

    fn add(&mut self, path: &str, owner: Owner, isolation: Option<Isolation>, read: Read<'_>) {
        if !self.own.contains_key(path) {
            let linked = self.link(&format!("{path}.wxss"), owner, isolation, read);
            self.own.insert(path.into(), Rc::new(linked));
        }
    }

    /// Adds the sheets of the page and of all components in a tree; `isolation` answers by path.
    pub fn add_tree(
        &mut self,
        tree: &Tree,
        isolation: &dyn Fn(&str) -> Option<Isolation>,
        read: Read<'_>,
    ) {
        let mut stack = vec![tree.page()];
        while let Some(id) = stack.pop() {
            if let Some(component) = tree.node(id).component() {
                let path = &component.path;
                if id == tree.page() {
                    self.add_page(path, isolation(path), read);
                } else {
                    self.add_component(path, isolation(path), read);
                }
            }
            stack.extend(tree.drawn_children(id));
        }
    }

    /// Whether the sheet of a page or component was read.
    pub fn has(&self, path: &str) -> bool {
        self.own.contains_key(path)
    }

    /// Mistakes in all sheets that were read, in the order of reading.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Classes that have rules.
    pub fn classes(&self) -> &[NamedClass] {
        &self.classes
    }

    fn link(
        &mut self,
        file: &str,
        owner: Owner,
        isolation: Option<Isolation>,
        read: Read<'_>,
    ) -> Linked {
        let mut linked = Linked::empty(owner);
        linked.isolation = isolation;
        if let Some(sheet) = self.file(file, read) {
            self.link_file(&mut linked, file, &sheet, &mut Vec::new(), &[], read);
        }
        linked.index();
        linked
    }

    /// A file's content, read once.
    fn file(&mut self, file: &str, read: Read<'_>) -> Option<Rc<Sheet>> {
        if let Some(known) = self.files.get(file) {
            return Some(Rc::clone(known));
        }
        let sheet = Rc::new(sheet::parse(file, &read(file)?));
        self.problems.extend(sheet.problems.iter().cloned());
        let name: Rc<str> = file.into();
        for item in &sheet.items {
            if let Item::Rule(rule) = item {
                self.note_classes(rule, &name);
            }
        }
        self.files.insert(file.to_owned(), Rc::clone(&sheet));
        Some(sheet)
    }

    fn link_file(
        &mut self,
        linked: &mut Linked,
        file: &str,
        sheet: &Sheet,
        open: &mut Vec<String>,
        media: &[Rc<media::Media>],
        read: Read<'_>,
    ) {
        if linked.owner == Owner::Component && self.checked.insert(file.to_owned()) {
            self.problems.extend(sheet.in_component(file));
        }
        open.push(file.to_owned());
        for item in &sheet.items {
            match item {
                Item::Rule(rule) => linked.rules.push(LinkedRule {
                    rule: Rc::clone(rule),
                    media: media.to_vec(),
                }),
                Item::Import {
                    path,
                    media: own,
                    place,
                } => {
                    let Some(target) = sheet::resolve(file, path) else {
                        continue;
                    };
                    if let Some(found) = self.imported(&target, open, place, read) {
                        let mut media = media.to_vec();
                        media.extend(own.clone());
                        self.link_file(linked, &target, &found, open, &media, read);
                    }
                }
            }
        }
        open.pop();
    }

    /// An imported file; a missing one and a circle are told.
    fn imported(
        &mut self,
        target: &str,
        open: &[String],
        place: &Place,
        read: Read<'_>,
    ) -> Option<Rc<Sheet>> {
        let (message, help) = if open.iter().any(|file| file == target) {
            (
                format!("{target} imports itself"),
                "remove one of the imports",
            )
        } else if let Some(found) = self.file(target, read) {
            return Some(found);
        } else {
            (
                format!("the style sheet {target} is missing"),
                "create it, or correct the path",
            )
        };
        let problem = Diagnostic::error(message).at(place.clone()).help(help);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
        None
    }

    fn note_classes(&mut self, rule: &Rule, file: &Rc<str>) {
        let mut names = Vec::new();
        for selector in &rule.selectors {
            selector.classes(&mut names);
        }
        self.classes
            .extend(names.into_iter().map(|name| NamedClass {
                name,
                file: Rc::clone(file),
                at: rule.at,
            }));
    }
}

impl Linked {
    fn empty(owner: Owner) -> Self {
        Self {
            owner,
            isolation: None,
            rules: Vec::new(),
            by_class: BTreeMap::new(),
            by_tag: BTreeMap::new(),
            others: Vec::new(),
            has_pseudo: false,
        }
    }

    /// Sorts the rules by their subjects.
    fn index(&mut self) {
        for (at, linked) in self.rules.iter().enumerate() {
            for selector in &linked.rule.selectors {
                self.has_pseudo |= selector.pseudo.is_some();
                let places = match subject(selector) {
                    Subject::Class(class) => self.by_class.entry(class).or_default(),
                    Subject::Tag(tag) => self.by_tag.entry(tag).or_default(),
                    Subject::Other => &mut self.others,
                };
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
    }
}

enum Subject {
    Class(Rc<str>),
    Tag(Rc<str>),
    Other,
}

fn subject(selector: &Selector) -> Subject {
    let Some((_, compound)) = selector.compounds.last() else {
        return Subject::Other;
    };
    let class = compound.parts.iter().find_map(|part| match part {
        Part::Class(name) => Some(Rc::clone(name)),
        _ => None,
    });
    match (class, &compound.tag) {
        (Some(class), _) => Subject::Class(class),
        (None, Some(tag)) => Subject::Tag(Rc::clone(tag)),
        (None, None) => Subject::Other,
    }
}

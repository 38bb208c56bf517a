//! Whether a selector matches a drawn node, with the borders that components are.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::selector::{Combinator, Compound, Part, Selector};
use super::{Drawn, Index, Isolation, Linked, Owner, Sheets};
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::Val;

/// Whose classes: those written in the templates of one component, or whose sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope(u32);

impl Scope {
    /// The sheet of built-in tags.
    pub(super) const DEFAULTS: Self = Self(0);
    /// `app.wxss`
    pub(super) const APP: Self = Self(1);
    /// Sees everything: for what stands inside of `:host()`.
    const ANY: Self = Self(u32::MAX);
    /// The page.
    const PAGE: Self = Self(2);
}

/// What a scope lets in and out.
struct Border<'t> {
    path: Rc<str>,
    linked: Option<&'t Linked>,
    isolation: Option<Isolation>,
}

/// Matches selectors against the nodes of one tree.
pub(super) struct Matcher<'t> {
    tree: &'t Tree,
    pub(super) drawn: &'t Drawn,
    /// By scope, from the page on.
    borders: Vec<Border<'t>>,
    /// Classes with whose they are, by place.
    classes: Vec<Vec<(Rc<str>, Scope)>>,
    scopes: Vec<Scope>,
}

impl<'t> Matcher<'t> {
    pub(super) fn new(tree: &'t Tree, drawn: &'t Drawn, sheets: &'t Sheets) -> Self {
        let mut scopes_by_path: BTreeMap<Rc<str>, Scope> = BTreeMap::new();
        let mut scopes_by_host: BTreeMap<NodeId, Scope> = BTreeMap::new();
        let mut borders = Vec::new();
        let mut scope_of = |host: NodeId| {
            if let Some(known) = scopes_by_host.get(&host) {
                return *known;
            }
            let is_page = host == tree.page();
            let component = tree.node(host).component();
            let path = component.map_or_else(|| "".into(), |component| Rc::clone(&component.path));
            let known = scopes_by_path
                .get(&path)
                .filter(|known| is_page == (**known == Scope::PAGE));
            let scope = known.copied().unwrap_or_else(|| {
                let linked = sheets.own.get(&path).map(Rc::as_ref);
                borders.push(Border {
                    path: Rc::clone(&path),
                    linked,
                    isolation: linked.and_then(|linked| linked.isolation),
                });
                let number = u32::try_from(borders.len() - 1).unwrap_or(u32::MAX / 2);
                Scope(Scope::PAGE.0 + number)
            });
            scopes_by_path.insert(path, scope);
            scopes_by_host.insert(host, scope);
            scope
        };
        // The page is always the first one.
        scope_of(tree.page());
        let mut classes = Vec::with_capacity(drawn.len());
        let mut scopes = Vec::with_capacity(drawn.len());
        for at in 0..drawn.len() {
            let id = drawn.node(at).id;
            let node = tree.node(id);
            let host = if id == tree.page() { id } else { node.host };
            scopes.push(scope_of(host));
            let mut own = Vec::new();
            for name in node
                .element()
                .map(|element| &*element.classes)
                .unwrap_or_default()
            {
                resolve_class(tree, host, name, &mut scope_of, &mut own);
            }
            classes.push(own);
        }
        Self {
            tree,
            drawn,
            borders,
            classes,
            scopes,
        }
    }

    /// The sheets of components in the tree and of the page, in the order in which they count.
    pub(super) fn sheets(&self) -> Vec<(&'t Linked, Scope)> {
        let all = self.borders.iter().zip(Scope::PAGE.0..);
        let mut found: Vec<_> = all
            .filter_map(|(border, number)| Some((border.linked?, Scope(number))))
            .collect();
        found.sort_by_key(|(linked, _)| linked.owner == Owner::Page);
        found
    }

    /// The element at a place.
    pub(super) fn element(&self, place: Index) -> Option<&'t Element> {
        self.tree.node(self.drawn.node(place).id).element()
    }

    /// The tag that selectors see; the page's own is `page`.
    pub(super) fn tag<'e>(&self, place: Index, element: &'e Element) -> &'e str {
        if self.drawn.node(place).parent.is_none() {
            "page"
        } else {
            &element.tag
        }
    }

    /// Classes with whose they are.
    pub(super) fn classes(&self, place: Index) -> &[(Rc<str>, Scope)] {
        &self.classes[place]
    }

    /// Whether a sheet sees the classes of a scope.
    fn sees(&self, sheet: Scope, class: Scope) -> bool {
        use Isolation::{ApplyShared, PageApplyShared, PageIsolated, PageShared, Shared};
        if sheet == class || matches!(sheet, Scope::DEFAULTS | Scope::ANY) {
            return true;
        }
        let isolation = |scope: Scope| {
            self.borders
                .get((scope.0 - Scope::PAGE.0) as usize)
                .and_then(|own| own.isolation)
        };
        let target = isolation(class);
        let lets_in = matches!(target, Some(ApplyShared | Shared));
        if sheet == Scope::APP {
            return match class {
                Scope::PAGE => !matches!(target, Some(PageIsolated | PageApplyShared | PageShared)),
                _ => lets_in,
            };
        }
        if sheet == Scope::PAGE {
            let keeps = matches!(isolation(sheet), Some(PageIsolated | PageApplyShared));
            return lets_in && !keeps;
        }
        if isolation(sheet) != Some(Shared) {
            return false;
        }
        match class {
            Scope::PAGE => target != Some(PageIsolated),
            _ => lets_in,
        }
    }

    /// Whether tags, ids and attributes of a sheet's selectors reach a node.
    fn reaches(&self, sheet: Scope, place: Index) -> bool {
        sheet.0 <= Scope::PAGE.0 || sheet == Scope::ANY || self.scopes[place] == sheet
    }

    pub(super) fn matches(&self, selector: &Selector, place: Index, sheet: Scope) -> bool {
        self.matches_to(selector, selector.compounds.len(), place, sheet)
    }

    /// Whether the first `count` compounds match, the last of them this node.
    fn matches_to(&self, selector: &Selector, count: usize, place: Index, sheet: Scope) -> bool {
        let Some((combinator, compound)) = selector.compounds[..count].last() else {
            return true;
        };
        if !self.fits(compound, place, sheet) {
            return false;
        }
        if count == 1 {
            return true;
        }
        let node = self.drawn.node(place);
        let (mut next, repeats) = match combinator {
            Combinator::Descendant => (node.parent, true),
            Combinator::Child => (node.parent, false),
            Combinator::Next => (node.before, false),
            Combinator::Later => (node.before, true),
        };
        while let Some(at) = next {
            if self.matches_to(selector, count - 1, at, sheet) {
                return true;
            }
            if !repeats {
                return false;
            }
            let node = self.drawn.node(at);
            next = if *combinator == Combinator::Descendant {
                node.parent
            } else {
                node.before
            };
        }
        false
    }

    fn fits(&self, compound: &Compound, place: Index, sheet: Scope) -> bool {
        let Some(element) = self.element(place) else {
            return false;
        };
        if let Some(tag) = &compound.tag
            && (!self.reaches(sheet, place) || **tag != *self.tag(place, element))
        {
            return false;
        }
        let is_bare = compound.tag.is_none() && compound.parts.is_empty();
        if is_bare && !self.reaches(sheet, place) {
            return false;
        }
        compound
            .parts
            .iter()
            .all(|part| self.holds(part, place, element, sheet))
    }

    fn holds(&self, part: &Part, place: Index, element: &Element, sheet: Scope) -> bool {
        match part {
            Part::Id(id) => self.reaches(sheet, place) && *id == element.id,
            Part::Class(class) => self.classes[place]
                .iter()
                .any(|(name, scope)| name == class && self.sees(sheet, *scope)),
            Part::Attribute {
                name,
                operator,
                value,
            } => self.reaches(sheet, place) && attribute_fits(element, name, *operator, value),
            Part::Host(list) => {
                let fits = |one| self.matches(one, place, Scope::ANY);
                self.is_host(place, element, sheet) && (list.is_empty() || list.iter().any(fits))
            }
            Part::Root => self.drawn.node(place).parent.is_none(),
            Part::Nth {
                step,
                offset,
                from_end,
                of_type,
            } => fits_formula(self.number(place, *from_end, *of_type), *step, *offset),
            Part::Empty => self.drawn.node(place).children.is_empty(),
            Part::Not(list) => !list.iter().any(|one| self.matches(one, place, sheet)),
            Part::Is(list) => list.iter().any(|one| self.matches(one, place, sheet)),
            Part::Never => false,
        }
    }

    fn is_host(&self, place: Index, element: &Element, sheet: Scope) -> bool {
        let Some(index) = sheet.0.checked_sub(Scope::PAGE.0) else {
            return false;
        };
        let Some(border) = self.borders.get(index as usize) else {
            return false;
        };
        let is_page = self.drawn.node(place).parent.is_none();
        let own = element
            .component
            .as_ref()
            .is_some_and(|own| own.path == border.path);
        own && is_page == (sheet == Scope::PAGE)
    }

    /// Number among siblings, from 1.
    fn number(&self, place: Index, from_end: bool, of_type: bool) -> usize {
        let node = self.drawn.node(place);
        let Some(parent) = node.parent else {
            return 1;
        };
        if !of_type {
            let last = self.drawn.node(parent).elements + 1;
            return if from_end {
                last - node.number
            } else {
                node.number
            };
        }
        let tag = self.element(place).map(|element| &*element.tag);
        let siblings = self.drawn.node(parent).children.iter();
        let counts = siblings.filter(|at| {
            let before = if from_end {
                **at >= place
            } else {
                **at <= place
            };
            before
                && self
                    .element(**at)
                    .is_some_and(|element| Some(&*element.tag) == tag)
        });
        counts.count()
    }
}

/// Finds whose a class is: `~a` is the page's, `^a` the outer component's, and the name of an
/// external class stands for classes of whoever uses the component.
///
/// Official page: `framework/custom-component/wxml-wxss`.
fn resolve_class(
    tree: &Tree,
    host: NodeId,
    name: &Rc<str>,
    scope_of: &mut dyn FnMut(NodeId) -> Scope,
    found: &mut Vec<(Rc<str>, Scope)>,
) {
    if let Some(rest) = name.strip_prefix('~') {
        found.push((rest.into(), scope_of(tree.page())));
        return;
    }
    if let Some(rest) = name.strip_prefix('^') {
        let outer = if host == tree.page() {
            host
        } else {
            tree.node(host).host
        };
        resolve_class(tree, outer, &rest.into(), scope_of, found);
        return;
    }
    let external = tree.node(host).component().and_then(|component| {
        let mut all = component.external_classes.iter();
        all.find(|(own, _)| own == name)
    });
    match external {
        Some((_, given)) if host != tree.page() => {
            for class in given {
                resolve_class(tree, tree.node(host).host, class, scope_of, found);
            }
        }
        _ => found.push((Rc::clone(name), scope_of(host))),
    }
}

fn fits_formula(number: usize, step: i32, offset: i32) -> bool {
    let Ok(number) = i32::try_from(number) else {
        return false;
    };
    let rest = number - offset;
    if step == 0 {
        rest == 0
    } else {
        rest % step == 0 && rest / step >= 0
    }
}

fn attribute_fits(element: &Element, name: &str, operator: char, value: &str) -> bool {
    let own = match name {
        "id" => (!element.id.is_empty()).then(|| element.id.to_string()),
        "class" => (!element.classes.is_empty()).then(|| element.classes.join(" ")),
        "style" => (!element.style.is_empty()).then(|| element.style.to_string()),
        _ => written(element.current(name)),
    };
    let Some(own) = own else { return false };
    match operator {
        ' ' => true,
        '~' => own.split_whitespace().any(|word| word == value),
        '|' => {
            own == value
                || own
                    .strip_prefix(value)
                    .is_some_and(|rest| rest.starts_with('-'))
        }
        '^' => !value.is_empty() && own.starts_with(value),
        '$' => !value.is_empty() && own.ends_with(value),
        '*' => !value.is_empty() && own.contains(value),
        _ => own == value,
    }
}

/// An attribute's value as text; `None` when it is off.
fn written(value: &Val) -> Option<String> {
    match value {
        Val::Undefined | Val::Null | Val::Bool(false) => None,
        Val::Text(text) => Some(text.to_string()),
        Val::Number(number) => Some(number.to_string()),
        _ => Some(String::new()),
    }
}

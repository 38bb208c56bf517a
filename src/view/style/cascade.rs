//! Which rules match a node, and in which order they count.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use float_pigment_css::property::{NodeProperties, Property, PropertyValueWithGlobal};
use float_pigment_css::typing::Length;

use super::computed::{Computed, Inner, Units};
use super::declaration::{Custom, Declaration, declarations, properties, with_vars};
use super::matching::{Matcher, Scope};
use super::selector::{Pseudo, Selector};
use super::sheet::Rule;
use super::{Drawn, Index, Linked, LinkedRule, Sheets, Viewport};
use crate::view::tree::{NodeId, Tree};

/// The font size of a page before any rule.
///
/// Unverified: 16 px, as the web view of the client has it.
const FONT_SIZE_INITIAL: f32 = 16.0;

/// The styles of the nodes of one tree, computed when asked for.
pub struct Styles<'t> {
    matcher: Matcher<'t>,
    units: Units,
    /// Sheets in order, with the scopes whose classes they see.
    sheets: Vec<InForce<'t>>,
    has_pseudo: bool,
    computed: RefCell<Vec<Option<Computed>>>,
    shared: RefCell<BTreeMap<Key, Computed>>,
    inline: RefCell<BTreeMap<Rc<str>, Rc<Vec<Declaration>>>>,
}

struct InForce<'t> {
    linked: &'t Linked,
    scope: Scope,
    /// Rules whose conditions hold.
    active: Vec<bool>,
    /// Number of its first rule among all rules.
    base: usize,
}

/// What makes two styles equal: that of the parent, the rules, the inline style.
type Key = (usize, Vec<usize>, Rc<str>);

/// A rule that matches.
#[derive(Clone)]
struct Match {
    /// Origin, specificity, number.
    order: (bool, u32, usize),
    rule: Rc<Rule>,
}

/// The style of one node; text has that of the element around it. `None` when it is not drawn.
pub fn style_of(
    tree: &Tree,
    node: NodeId,
    sheets: &Sheets,
    viewport: Viewport,
) -> Option<Computed> {
    let drawn = Drawn::new(tree);
    let place = drawn.place(node)?;
    Some(Styles::new(tree, &drawn, sheets, viewport).of(place))
}

impl<'t> Styles<'t> {
    /// Styles of a tree; nothing is computed yet.
    pub fn new(tree: &'t Tree, drawn: &'t Drawn, sheets: &'t Sheets, viewport: Viewport) -> Self {
        let matcher = Matcher::new(tree, drawn, sheets);
        let mut base = 0;
        let mut in_force = Vec::new();
        let own = matcher.sheets().into_iter();
        let app = (&*sheets.app, Scope::APP);
        for (linked, scope) in [(&*sheets.defaults, Scope::DEFAULTS), app]
            .into_iter()
            .chain(own)
        {
            let holds = |rule: &LinkedRule| {
                rule.media
                    .iter()
                    .chain(&rule.rule.media)
                    .all(|media| media.holds(&viewport))
            };
            in_force.push(InForce {
                linked,
                scope,
                active: linked.rules.iter().map(holds).collect(),
                base,
            });
            base += linked.rules.len();
        }
        Self {
            has_pseudo: in_force.iter().any(|sheet| sheet.linked.has_pseudo),
            matcher,
            units: Units { viewport },
            sheets: in_force,
            computed: RefCell::new(vec![None; drawn.len()]),
            shared: RefCell::default(),
            inline: RefCell::default(),
        }
    }

    /// The style of a drawn node.
    ///
    /// # Panics
    /// When the place is not one of the tree.
    pub fn of(&self, place: Index) -> Computed {
        // Parents first, without recursion.
        let mut chain = vec![place];
        while let Some(last) = chain.last()
            && self.computed.borrow()[*last].is_none()
            && let Some(parent) = self.matcher.drawn.node(*last).parent
        {
            chain.push(parent);
        }
        let mut style = None;
        for at in chain.into_iter().rev() {
            let known = self.computed.borrow()[at].clone();
            let own = known.unwrap_or_else(|| self.compute(at, style.as_ref()));
            self.computed.borrow_mut()[at] = Some(own.clone());
            style = Some(own);
        }
        style.expect("the chain has the node itself")
    }

    /// The style of a generated box; `None` when no rule with a `content` makes one.
    pub fn pseudo(&self, place: Index, which: Pseudo) -> Option<Computed> {
        if !self.has_pseudo || self.matcher.element(place).is_none() {
            return None;
        }
        let matches = self.matches(place, Some(which));
        if matches.is_empty() {
            return None;
        }
        let parent = self.of(place);
        let style = self.share(Some(&parent), &matches, &"".into());
        let content = style.declared("content")?;
        (!matches!(content, "none" | "normal")).then_some(style)
    }

    fn compute(&self, place: Index, parent: Option<&Computed>) -> Computed {
        let Some(element) = self.matcher.element(place) else {
            return parent
                .cloned()
                .unwrap_or_else(|| self.share(None, &[], &"".into()));
        };
        let matches = self.matches(place, None);
        self.share(parent, &matches, &element.style)
    }

    /// The rules that match, the strongest last.
    fn matches(&self, place: Index, pseudo: Option<Pseudo>) -> Vec<Match> {
        let mut found = Vec::new();
        let Some(element) = self.matcher.element(place) else {
            return found;
        };
        let tag = self.matcher.tag(place, element);
        for sheet in &self.sheets {
            let candidates = |numbers: &[usize], found: &mut Vec<Match>| {
                for number in numbers {
                    self.try_rule(sheet, *number, place, pseudo, found);
                }
            };
            let linked = sheet.linked;
            let at = found.len();
            for (name, _) in self.matcher.classes(place) {
                if let Some(numbers) = linked.by_class.get(name) {
                    candidates(numbers, &mut found);
                }
            }
            if let Some(numbers) = linked.by_tag.get(tag) {
                candidates(numbers, &mut found);
            }
            candidates(&linked.others, &mut found);
            // A rule may have been found by two classes.
            found[at..].sort_by_key(|one| one.order);
            let mut kept = found.split_off(at);
            kept.dedup_by_key(|one| one.order.2);
            found.append(&mut kept);
        }
        found.sort_by_key(|one| one.order);
        found
    }

    fn try_rule(
        &self,
        sheet: &InForce<'_>,
        number: usize,
        place: Index,
        pseudo: Option<Pseudo>,
        found: &mut Vec<Match>,
    ) {
        if !sheet.active[number] {
            return;
        }
        let rule = &sheet.linked.rules[number].rule;
        let fits = |selector: &&Selector| {
            selector.pseudo == pseudo && self.matcher.matches(selector, place, sheet.scope)
        };
        let weight = rule
            .selectors
            .iter()
            .filter(fits)
            .map(|one| one.specificity)
            .max();
        if let Some(weight) = weight {
            found.push(Match {
                order: (sheet.scope != Scope::DEFAULTS, weight, sheet.base + number),
                rule: Rc::clone(rule),
            });
        }
    }

    fn share(&self, parent: Option<&Computed>, matches: &[Match], inline: &Rc<str>) -> Computed {
        let parent_number = parent.map_or(usize::MAX, |parent| parent.inner().number);
        let rules = matches.iter().map(|one| one.order.2).collect();
        let key: Key = (parent_number, rules, Rc::clone(inline));
        if let Some(known) = self.shared.borrow().get(&key) {
            return known.clone();
        }
        let number = self.shared.borrow().len();
        let inline = self.inline_declarations(inline);
        let built = self.build(number, parent, matches, &inline);
        self.shared.borrow_mut().insert(key, built.clone());
        built
    }

    fn inline_declarations(&self, text: &Rc<str>) -> Rc<Vec<Declaration>> {
        let mut known = self.inline.borrow_mut();
        let found = known.entry(Rc::clone(text));
        Rc::clone(found.or_insert_with(|| Rc::new(declarations(text))))
    }

    fn build(
        &self,
        number: usize,
        parent: Option<&Computed>,
        matches: &[Match],
        inline: &[Declaration],
    ) -> Computed {
        let all = || {
            matches
                .iter()
                .flat_map(|one| one.rule.declarations())
                .chain(inline)
        };
        let normal = all().filter(|one| !one.important);
        let ordered: Vec<&Declaration> = normal.chain(all().filter(|one| one.important)).collect();
        let custom = custom_of(parent, &ordered);
        let mut set: Vec<Property> = Vec::new();
        let mut declared = BTreeMap::new();
        for one in ordered {
            if one.uses_var {
                match with_vars(&one.value, &custom, 0) {
                    Some(value) => {
                        set.extend(properties(&one.name, &value));
                        declared.insert(Rc::clone(&one.name), value.into());
                    }
                    None => drop(declared.remove(&one.name)),
                }
            } else if !one.name.starts_with("--") {
                set.extend(one.properties.iter().cloned());
                declared.insert(Rc::clone(&one.name), Rc::clone(&one.value));
            }
        }
        let font_size = self.font_size(parent, &set);
        let above = parent.map(|parent| &parent.inner().properties);
        let mut own = NodeProperties::new(above);
        for property in &set {
            own.merge_property(property, above, font_size);
        }
        let clamp = declared
            .get("-webkit-line-clamp")
            .or(declared.get("line-clamp"));
        Computed::new(Inner {
            number,
            properties: own,
            font_size,
            line_clamp: clamp.and_then(|text: &Rc<str>| text.parse().ok()),
            declared,
            custom,
            units: self.units,
        })
    }

    /// The last `font-size`, in pixels.
    fn font_size(&self, parent: Option<&Computed>, set: &[Property]) -> f32 {
        let inherited = parent.map_or(FONT_SIZE_INITIAL, Computed::font_size);
        let last = set.iter().rev().find_map(|property| match property {
            Property::FontSize(size) => Some(size),
            _ => None,
        });
        let above = Length::Px(inherited);
        let length =
            last.and_then(|size| size.to_inner(Some(&above), Length::Px(FONT_SIZE_INITIAL), true));
        let linear = length.and_then(|length| self.units.linear(&length, inherited));
        linear.map_or(inherited, |linear| linear.px + linear.ratio * inherited)
    }
}

/// Custom properties of the parent with a node's own.
fn custom_of(parent: Option<&Computed>, ordered: &[&Declaration]) -> Rc<Custom> {
    let inherited = parent
        .map(|parent| Rc::clone(&parent.inner().custom))
        .unwrap_or_default();
    let own: Vec<&&Declaration> = ordered
        .iter()
        .filter(|one| one.name.starts_with("--"))
        .collect();
    if own.is_empty() {
        return inherited;
    }
    let mut custom = Custom::clone(&inherited);
    for one in own {
        // A value refers to those of the parent too, so it is resolved here.
        custom.insert(Rc::clone(&one.name), Rc::clone(&one.value));
    }
    let names: Vec<Rc<str>> = custom.keys().cloned().collect();
    let resolved = names.into_iter().filter_map(|name| {
        let value = with_vars(custom.get(&name)?, &custom, 0)?;
        Some((name, value.into()))
    });
    Rc::new(resolved.collect())
}

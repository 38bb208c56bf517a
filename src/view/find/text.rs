//! What a person sees written: the visible text of the page, with the part of each element.

use std::ops::Range;

use crate::view::coerce;
use crate::view::selector::{tops, written};
use crate::view::tree::{Element, Kind, NodeId, Tree};
use crate::view::value::Val;

/// An element as it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) id: NodeId,
    /// Its part of the text.
    range: Range<usize>,
    /// Number of elements drawn in it, at any depth; they come next.
    pub(super) inside: usize,
    /// Whether it or an element around it is hidden.
    pub(super) is_hidden: bool,
}

/// Everything that is drawn, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    text: String,
    pub(super) elements: Vec<Drawn>,
}

/// What is drawn below an element that is no block: its text flows on with the text around.
pub(super) const INLINE: [&str; 3] = ["text", "span", "a"];

/// What the user types into.
const INPUTS: [&str; 2] = ["input", "textarea"];

impl Page {
    /// What is on the page and on the tab bar that the program draws.
    pub(super) fn of(tree: &Tree) -> Self {
        Self::whole(tree, Style::default())
    }

    /// The same with the text of what is hidden.
    pub(super) fn with_hidden(tree: &Tree) -> Self {
        Self::whole(
            tree,
            Style {
                with_hidden: true,
                ..Style::default()
            },
        )
    }

    fn whole(tree: &Tree, style: Style) -> Self {
        let mut page = Self::default();
        for child in tops(tree).flat_map(|top| tree.drawn_children(top)) {
            page.draw(tree, child, style);
        }
        page
    }

    /// Draws what is in a node.
    pub(super) fn draw_below(&mut self, tree: &Tree, node: NodeId) {
        for child in tree.drawn_children(node) {
            self.draw(tree, child, Style::default());
        }
    }

    /// The text of an element: runs of white space are one space.
    pub(super) fn text_of(&self, drawn: &Drawn) -> String {
        tidy(&self.text[drawn.range.clone()])
    }

    fn draw(&mut self, tree: &Tree, id: NodeId, style: Style) {
        match &tree.node(id).kind {
            Kind::Text(text) if style.is_shown() => {
                let text = if style.decodes {
                    decode(text)
                } else {
                    text.to_string()
                };
                self.text.push_str(&text);
            }
            Kind::Text(_) => {}
            Kind::Element(element) => self.draw_element(tree, id, element, style),
            Kind::Root | Kind::Virtual(_) => {
                for child in tree.drawn_children(id) {
                    self.draw(tree, child, style);
                }
            }
        }
    }

    fn draw_element(&mut self, tree: &Tree, id: NodeId, element: &Element, around: Style) {
        let style = Style {
            is_hidden: around.is_hidden || hides(element),
            decodes: if is_built_in(element, "text") {
                coerce::to_bool(element.attribute("decode"))
            } else {
                around.decodes
            },
            ..around
        };
        let is_block = !INLINE.contains(&&*element.tag);
        if is_block {
            self.text.push(' ');
        }
        let (start, at) = (self.text.len(), self.elements.len());
        self.elements.push(Drawn {
            id,
            range: start..start,
            inside: 0,
            is_hidden: style.is_hidden,
        });
        if style.is_shown() {
            self.text.push_str(&own_text(element));
        }
        for child in tree.drawn_children(id) {
            self.draw(tree, child, style);
        }
        let inside = self.elements.len() - at - 1;
        let drawn = &mut self.elements[at];
        drawn.range.end = self.text.len();
        drawn.inside = inside;
        if is_block {
            self.text.push(' ');
        }
    }
}

/// What the elements around decide.
#[derive(Clone, Copy, Default)]
struct Style {
    with_hidden: bool,
    is_hidden: bool,
    decodes: bool,
}

impl Style {
    fn is_shown(self) -> bool {
        self.with_hidden || !self.is_hidden
    }
}

/// Whether an element hides itself: `hidden`, or `display: none` in its own style.
///
/// Style sheets are not looked at: a class that hides is not seen here.
pub fn hides(element: &Element) -> bool {
    coerce::to_bool(element.attribute("hidden")) || is_display_none(&element.style)
}

fn is_display_none(style: &str) -> bool {
    let declarations = style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'));
    let mut last_first = declarations.rev();
    let display = last_first.find(|(name, _)| name.trim().eq_ignore_ascii_case("display"));
    display.is_some_and(|(_, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        value.eq_ignore_ascii_case("none")
    })
}

pub(super) fn is_built_in(element: &Element, tag: &str) -> bool {
    element.component.is_none() && &*element.tag == tag
}

/// Whether an element is one that the user types into.
pub(super) fn is_input(element: &Element) -> bool {
    element.component.is_none() && INPUTS.contains(&&*element.tag)
}

/// Text that an element draws from its attributes.
fn own_text(element: &Element) -> String {
    if is_input(element) {
        let value = coerce::join_text(element.current("value"));
        if value.is_empty() {
            return coerce::join_text(&written(element, "placeholder"));
        }
        if coerce::to_bool(element.attribute("password")) {
            return "•".repeat(value.chars().count());
        }
        return value;
    }
    if is_built_in(element, "rich-text") {
        return rich_text(element.attribute("nodes"));
    }
    String::new()
}

/// The text of `rich-text`: nodes, or markup.
///
/// Official page: `component/rich-text`.
fn rich_text(nodes: &Val) -> String {
    match nodes {
        Val::Text(html) => {
            let mut pieces = html.split('<');
            let mut text = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
                let name = tag.trim_start_matches('/').split([' ', '/']).next();
                if !name.is_some_and(|name| matches!(name, "b" | "em" | "i" | "span" | "strong")) {
                    text.push(' ');
                }
                text.push_str(after);
            }
            decode(&text)
        }
        Val::Array(nodes) => nodes.iter().map(rich_text).collect(),
        Val::Object(node) => match (node.get("text"), node.get("children")) {
            (Some(text), _) => decode(&coerce::join_text(text)),
            (None, children) => children.map(rich_text).unwrap_or_default(),
        },
        _ => String::new(),
    }
}

/// The entities that `text decode` knows.
///
/// Official page: `component/text`.
fn decode(text: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&nbsp;", "\u{a0}"),
        ("&ensp;", "\u{2002}"),
        ("&emsp;", "\u{2003}"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&apos;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
        let (name, letter) = known.copied().unwrap_or(("&", "&"));
        out.push_str(letter);
        rest = &rest[name.len()..];
    }
    out.push_str(rest);
    out
}

/// Runs of white space are one space, none at the ends.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text that is visible in a node, as it is drawn; of one that is hidden there is none.
///
/// Whether an element *around* the node hides it is not looked at. What an input shows is its value
/// or its placeholder, passwords as dots. Blocks are separated by a space.
pub fn visible_text(tree: &Tree, node: NodeId) -> String {
    let mut page = Page::default();
    page.draw(tree, node, Style::default());
    tidy(&page.text)
}

/// The role of an element for those who do not see it: `aria-role`, else by its tag.
pub fn role(tree: &Tree, node: NodeId) -> Option<&str> {
    let element = tree.node(node).element()?;
    if let Val::Text(role) = element.attribute("aria-role")
        && !role.is_empty()
    {
        return Some(role);
    }
    if element.component.is_some() {
        return None;
    }
    Some(match &*element.tag {
        "button" => "button",
        "input" | "textarea" | "editor" => "textbox",
        "checkbox" => "checkbox",
        "radio" => "radio",
        "radio-group" => "radiogroup",
        "switch" => "switch",
        "slider" => "slider",
        "picker" => "combobox",
        "image" | "cover-image" | "icon" => "img",
        "navigator" | "a" => "link",
        "progress" => "progressbar",
        "form" => "form",
        _ => return None,
    })
}

/// Names by which an element is called when it is drawn: `aria-label`, its text, its placeholder, its
/// label.
pub fn names_of(tree: &Tree, node: NodeId) -> Vec<String> {
    let page = Page::of(tree);
    let at = page.elements.iter().position(|own| own.id == node);
    at.map(|at| names(tree, &page, at)).unwrap_or_default()
}

/// Names by which an element is called: `aria-label`, its text, its placeholder, its label.
pub(super) fn names(tree: &Tree, page: &Page, at: usize) -> Vec<String> {
    let drawn = &page.elements[at];
    let Some(element) = tree.node(drawn.id).element() else {
        return Vec::new();
    };
    let mut found = labels(tree, page, at, element);
    found.insert(1, page.text_of(drawn));
    if is_input(element) {
        let placeholder = tidy(&coerce::join_text(&written(element, "placeholder")));
        found.insert(2, placeholder);
    }
    found.retain(|name| !name.is_empty());
    found
}

/// `aria-label` of an element, which may be empty, and the texts of the `<label>`s around it or for its
/// id.
pub(super) fn labels(tree: &Tree, page: &Page, at: usize, element: &Element) -> Vec<String> {
    let host = tree.node(page.elements[at].id).host;
    let mut found = vec![tidy(&coerce::join_text(element.attribute("aria-label")))];
    for (own, drawn) in page.elements.iter().enumerate() {
        let Some(label) = tree
            .node(drawn.id)
            .element()
            .filter(|own| is_built_in(own, "label"))
        else {
            continue;
        };
        let is_around = own < at && at <= own + drawn.inside;
        let is_for = !element.id.is_empty()
            && tree.node(drawn.id).host == host
            && coerce::join_text(label.attribute("for")) == *element.id;
        if is_around || is_for {
            found.push(page.text_of(drawn));
        }
    }
    found
}

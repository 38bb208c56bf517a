//! Selectors: which elements of a tree they mean.
//!
//! Official page: `api/wxml/SelectorQuery.select`: ids, classes, descendants, children, `>>>` into custom
//! components, unions. Tags, attributes and the `:first-child` family are there for tests.

use std::fmt;

use super::coerce::join_text;
use super::tree::{Kind, NodeId, Tree, Virtual};

/// A parsed selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// One of these.
    any: Vec<Vec<Part>>,
}

/// A compound with what stands before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    relation: Relation,
    tests: Vec<Test>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Descendant,
    Child,
    /// `>>>`: a descendant, also in the shadow trees of components.
    Deep,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Any,
    Tag(String),
    Id(String),
    Class(String),
    Attribute { name: String, how: char, value: String },
    /// From 1.
    NthChild(usize),
    LastChild,
    Not(Box<Test>),
}

/// A text is no selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSelector {
    /// What is wrong.
    pub problem: String,
    /// Where, in characters from 0.
    pub at: usize,
}

impl fmt::Display for BadSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.problem, self.at + 1)
    }
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// [`BadSelector`] for what it does not understand.
    pub fn parse(text: &str) -> Result<Self, BadSelector> {
        let mut reader = Reader {
            chars: text.chars().collect(),
            at: 0,
        };
        let mut any = Vec::new();
        loop {
            any.push(reader.chain()?);
            reader.space();
            match reader.peek() {
                Some(',') => reader.at += 1,
                None => return Ok(Self { any }),
                Some(c) => return Err(reader.bad(&format!("`{c}` is not expected"))),
            }
        }
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn space(&mut self) -> bool {
        let from = self.at;
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.at > from
    }

    fn bad(&self, problem: &str) -> BadSelector {
        BadSelector {
            problem: problem.to_owned(),
            at: self.at,
        }
    }

    fn chain(&mut self) -> Result<Vec<Part>, BadSelector> {
        let mut parts = Vec::new();
        let mut relation = Relation::Descendant;
        loop {
            self.space();
            if self.eat(">>>") {
                relation = Relation::Deep;
                self.space();
            } else if self.eat(">") {
                relation = Relation::Child;
                self.space();
            }
            let tests = self.compound()?;
            parts.push(Part { relation, tests });
            relation = Relation::Descendant;
            self.space();
            if matches!(self.peek(), None | Some(',')) {
                return Ok(parts);
            }
        }
    }

    fn eat(&mut self, text: &str) -> bool {
        let wanted: Vec<char> = text.chars().collect();
        let found = self.chars[self.at..].starts_with(&wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn compound(&mut self) -> Result<Vec<Test>, BadSelector> {
        let mut tests = Vec::new();
        while let Some(test) = self.test()? {
            tests.push(test);
        }
        if tests.is_empty() {
            return Err(self.bad("a tag, `.class`, `#id` or `[attribute]` is missing"));
        }
        Ok(tests)
    }

    fn test(&mut self) -> Result<Option<Test>, BadSelector> {
        Ok(Some(match self.peek() {
            Some('*') => {
                self.at += 1;
                Test::Any
            }
            Some('#') => {
                self.at += 1;
                Test::Id(self.name()?)
            }
            Some('.') => {
                self.at += 1;
                Test::Class(self.name()?)
            }
            Some('[') => {
                self.at += 1;
                self.attribute()?
            }
            Some(':') => {
                self.at += 1;
                self.pseudo()?
            }
            Some(c) if is_name(c) => Test::Tag(self.name()?),
            _ => return Ok(None),
        }))
    }

    fn name(&mut self) -> Result<String, BadSelector> {
        let mut name = String::new();
        while let Some(c) = self.peek() {
            if c == '\\' {
                self.at += 1;
                name.extend(self.peek());
            } else if is_name(c) {
                name.push(c);
            } else {
                break;
            }
            self.at += 1;
        }
        if name.is_empty() {
            return Err(self.bad("a name is missing"));
        }
        Ok(name)
    }

    fn attribute(&mut self) -> Result<Test, BadSelector> {
        let name = self.name()?;
        let how = match self.peek() {
            Some(']') => {
                self.at += 1;
                return Ok(Test::Attribute {
                    name,
                    how: '?',
                    value: String::new(),
                });
            }
            Some(c @ ('^' | '$' | '*')) => {
                self.at += 1;
                c
            }
            _ => '=',
        };
        if !self.eat("=") {
            return Err(self.bad("`=` or `]` is missing"));
        }
        let rest: String = self.chars[self.at..].iter().collect();
        let end = rest.find(']').ok_or_else(|| self.bad("`]` is missing"))?;
        let value = rest[..end].trim_matches(['"', '\'']).to_owned();
        self.at += rest[..end].chars().count() + 1;
        Ok(Test::Attribute { name, how, value })
    }

    fn pseudo(&mut self) -> Result<Test, BadSelector> {
        let name = self.name()?;
        let argument = if self.eat("(") {
            let rest: String = self.chars[self.at..].iter().collect();
            let end = rest.find(')').ok_or_else(|| self.bad("`)` is missing"))?;
            self.at += rest[..end].chars().count() + 1;
            rest[..end].trim().to_owned()
        } else {
            String::new()
        };
        match (name.as_str(), argument.as_str()) {
            ("first-child", "") => Ok(Test::NthChild(1)),
            ("last-child", "") => Ok(Test::LastChild),
            ("nth-child", number) => number
                .parse()
                .map(Test::NthChild)
                .map_err(|_| self.bad("`:nth-child` needs a number from 1")),
            ("not", inner) => {
                let mut reader = Reader {
                    chars: inner.chars().collect(),
                    at: 0,
                };
                let test = reader.test()?.ok_or_else(|| self.bad("`:not` needs a test"))?;
                Ok(Test::Not(Box::new(test)))
            }
            _ => Err(self.bad(&format!("`:{name}` is not known"))),
        }
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

/// Elements in the shadow tree of a component (or page) that a selector means, in order; `>>>` also
/// finds them in components below.
pub fn find_all(tree: &Tree, host: NodeId, selector: &Selector) -> Vec<NodeId> {
    let deep = selector.any.iter().flatten().any(|part| part.relation == Relation::Deep);
    let mut nodes = Vec::new();
    let root = tree.find(host).and_then(|node| node.component()?.root);
    if let Some(root) = root {
        elements(tree, root, deep, &mut nodes);
    }
    nodes.retain(|node| matches(tree, *node, selector));
    nodes
}

/// Elements of the whole page that a selector means, whatever component they are in.
pub fn find_drawn(tree: &Tree, selector: &Selector) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    for top in std::iter::once(tree.page()).chain(tree.tab_bar()) {
        if let Some(root) = tree.node(top).component().and_then(|component| component.root) {
            elements(tree, root, true, &mut nodes);
        }
    }
    nodes.retain(|node| selector.any.iter().any(|parts| fits(tree, *node, parts, true)));
    nodes
}

/// Whether a selector means an element.
pub fn matches(tree: &Tree, node: NodeId, selector: &Selector) -> bool {
    selector.any.iter().any(|parts| fits(tree, node, parts, false))
}

fn elements(tree: &Tree, id: NodeId, deep: bool, found: &mut Vec<NodeId>) {
    let node = tree.node(id);
    if node.element().is_some() {
        found.push(id);
    }
    if deep && let Some(root) = node.component().and_then(|component| component.root) {
        elements(tree, root, deep, found);
    }
    for child in &node.children {
        elements(tree, *child, deep, found);
    }
}

/// Whether a chain fits an element, from its end; `anywhere` lets every step cross into components.
fn fits(tree: &Tree, id: NodeId, parts: &[Part], anywhere: bool) -> bool {
    let Some((last, before)) = parts.split_last() else {
        return true;
    };
    if !last.tests.iter().all(|test| passes(tree, id, test)) {
        return false;
    }
    if before.is_empty() {
        return true;
    }
    let deep = anywhere || last.relation == Relation::Deep;
    let mut next = parent(tree, id, deep);
    while let Some(above) = next {
        if fits(tree, above, before, anywhere) {
            return true;
        }
        if last.relation == Relation::Child {
            return false;
        }
        next = parent(tree, above, deep);
    }
    false
}

/// The element above one in its shadow tree; the host above the outermost ones when `deep`.
fn parent(tree: &Tree, id: NodeId, deep: bool) -> Option<NodeId> {
    let mut node = tree.node(id);
    loop {
        let Some(parent) = node.parent else {
            let host = node.host;
            return (deep && tree.node(host).host != host).then_some(host);
        };
        let above = tree.node(parent);
        match &above.kind {
            Kind::Element(_) => return Some(parent),
            Kind::Root if !deep => return None,
            _ => node = above,
        }
    }
}

fn passes(tree: &Tree, id: NodeId, test: &Test) -> bool {
    let Some(element) = tree.node(id).element() else {
        return false;
    };
    match test {
        Test::Any => true,
        Test::Tag(tag) => *element.tag == **tag,
        Test::Id(name) => *element.id == **name,
        Test::Class(name) => element.classes.iter().any(|class| **class == **name),
        Test::Attribute { name, how, value } => {
            let own = match name.strip_prefix("data-") {
                Some(data) => {
                    let camel = super::tree::camel_case(data);
                    let found = element.dataset.iter().find(|(own, _)| *own == camel);
                    found.map(|(_, value)| join_text(value))
                }
                None if name == "id" => Some(element.id.to_string()),
                None => {
                    let found = element.attributes.iter().find(|(own, _)| **own == **name);
                    found.map(|(_, value)| join_text(value))
                }
            };
            own.is_some_and(|own| match how {
                '?' => true,
                '^' => own.starts_with(value),
                '$' => own.ends_with(value),
                '*' => own.contains(value),
                _ => own == *value,
            })
        }
        Test::NthChild(number) => siblings(tree, id).get(number.wrapping_sub(1)) == Some(&id),
        Test::LastChild => siblings(tree, id).last() == Some(&id),
        Test::Not(test) => !passes(tree, id, test),
    }
}

/// Elements with the same element above them, in order.
fn siblings(tree: &Tree, id: NodeId) -> Vec<NodeId> {
    let mut top = id;
    while let Some(parent) = tree.node(top).parent {
        top = parent;
        if !matches!(&tree.node(top).kind, Kind::Virtual(kind) if !matches!(kind, Virtual::Slot(_))) {
            break;
        }
    }
    let mut found = Vec::new();
    let mut stack: Vec<NodeId> = tree.node(top).children.iter().rev().copied().collect();
    while let Some(id) = stack.pop() {
        let node = tree.node(id);
        match &node.kind {
            Kind::Element(_) => found.push(id),
            Kind::Virtual(_) => stack.extend(node.children.iter().rev()),
            Kind::Root | Kind::Text(_) => {}
        }
    }
    found
}

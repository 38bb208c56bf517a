//! Pages for tests: rendered from real templates, without a logic layer.
//!
//! A tag with a file `c/TAG.wxml` is a component; `c/TAG.options` holds words: a style isolation,
//! `virtual`, `multiple`, `external=name`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Drawn, Isolation, Sheets, Styles, Viewport};
use crate::value::Callable;
use crate::view::Modules;
use crate::view::program::{ModuleCode, Node, Program};
use crate::view::template::Library;
use crate::view::tree::{Book, Definition, NodeId, Order, Render, Slots, Tree};
use crate::view::value::Val;

/// A page `p` with its files.
pub(in crate::view) struct Sample {
    pub(in crate::view) tree: Tree,
    pub(in crate::view) sheets: Sheets,
}

/// The phone of the tests: 375 wide, so 2 rpx are a pixel.
pub(in crate::view) const PHONE: Viewport = Viewport {
    width: 375.0,
    height: 667.0,
    safe_area: [44.0, 0.0, 34.0, 0.0],
    dark: false,
};

impl Sample {
    /// A page with a template and other files.
    pub(in crate::view) fn new(wxml: &str, files: &[(&str, &str)]) -> Self {
        Self::styled("v1", wxml, files)
    }

    /// A page with a template and its own style sheet.
    pub(in crate::view) fn page(wxml: &str, wxss: &str) -> Self {
        Self::new(wxml, &[("p.wxss", wxss)])
    }

    /// With a value of `style` of app.json.
    pub(in crate::view) fn styled(app: &str, wxml: &str, files: &[(&str, &str)]) -> Self {
        let mut all: BTreeMap<String, Rc<str>> = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), Rc::from(*text)))
            .collect();
        all.insert("p.wxml".to_owned(), wxml.into());
        let tree = render(&all);
        let read = |file: &str| all.get(file).cloned();
        let mut sheets = Sheets::new(app, &read);
        let isolation = |path: &str| {
            let options = all.get(&format!("{path}.options"))?;
            options.split_whitespace().find_map(Isolation::from_option)
        };
        sheets.add_tree(&tree, &isolation, &read);
        Self { tree, sheets }
    }

    /// The node with an id.
    pub(in crate::view) fn node(&self, id: &str) -> NodeId {
        let mut stack = vec![self.tree.page()];
        while let Some(node) = stack.pop() {
            let element = self.tree.node(node).element();
            if element.is_some_and(|element| &*element.id == id) {
                return node;
            }
            stack.extend(self.tree.drawn_children(node).into_iter().rev());
        }
        panic!("no node has the id {id}")
    }

    /// A property of the node with an id.
    pub(in crate::view) fn style(&self, viewport: Viewport, id: &str, name: &str) -> String {
        let drawn = Drawn::new(&self.tree);
        let styles = Styles::new(&self.tree, &drawn, &self.sheets, viewport);
        let place = drawn.place(self.node(id)).expect("it is drawn");
        styles.of(place).text(name)
    }
}

fn render(files: &BTreeMap<String, Rc<str>>) -> Tree {
    let shelf = Shelf {
        files,
        library: RefCell::default(),
    };
    let mut tree = Tree::default();
    let mut last = 0;
    let definition = shelf.definition("p").expect("the page");
    let (page, _) = Render::new(&mut tree, &shelf, &mut NoModules, &mut last).page(definition);
    let mut waiting = vec![page];
    while let Some(node) = waiting.pop() {
        let mut modules = NoModules;
        let mut render = Render::new(&mut tree, &shelf, &mut modules, &mut last);
        render.mount(
            node,
            Val::object([("rows", rows()), ("on", Val::Bool(true))]),
        );
        waiting.extend(render.orders.iter().filter_map(|order| match order {
            Order::Create { node, .. } => Some(*node),
            _ => None,
        }));
    }
    tree
}

/// A thousand numbers for `wx:for`.
fn rows() -> Val {
    Val::array((0..1000).map(|number| Val::Number(f64::from(number))))
}

struct Shelf<'f> {
    files: &'f BTreeMap<String, Rc<str>>,
    library: RefCell<Library>,
}

impl Shelf<'_> {
    fn read<T>(&self, f: impl FnOnce(&mut Library, &dyn Fn(&str) -> Option<Rc<str>>) -> T) -> T {
        f(&mut self.library.borrow_mut(), &|file| {
            self.files.get(file).cloned()
        })
    }
}

impl Book for Shelf<'_> {
    fn definition(&self, path: &str) -> Option<Rc<Definition>> {
        let tags = self
            .files
            .keys()
            .filter_map(|file| file.strip_prefix("c/")?.strip_suffix(".wxml"));
        let mut definition = Definition {
            path: path.into(),
            using: tags
                .map(|tag| (tag.into(), format!("c/{tag}").into()))
                .collect(),
            ..Definition::default()
        };
        let options = self.files.get(&format!("{path}.options"));
        for word in options.iter().flat_map(|text| text.split_whitespace()) {
            match word {
                "virtual" => definition.virtual_host = true,
                "multiple" => definition.slots = Slots::Many,
                _ => definition
                    .external_classes
                    .extend(word.strip_prefix("external=").map(Rc::from)),
            }
        }
        Some(Rc::new(definition))
    }

    fn template_of(&self, path: &str) -> Option<Rc<Program>> {
        self.included(&format!("{path}.wxml"))
    }

    fn named(&self, from: &Program, name: &str) -> Option<(Rc<Program>, Rc<[Node]>)> {
        self.read(|library, read| library.template(from, name, read))
    }

    fn included(&self, file: &str) -> Option<Rc<Program>> {
        self.read(|library, read| library.program(file, read))
    }
}

struct NoModules;

impl Modules for NoModules {
    fn call(&mut self, _: &Callable, _: &[Val]) -> Val {
        Val::Undefined
    }

    fn exports(&mut self, _: &ModuleCode, _: &str) -> Val {
        Val::Undefined
    }
}

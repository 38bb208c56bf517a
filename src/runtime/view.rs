//! The view of the program's pages: what scripts tell it and ask of it.
//!
//! The view is pure; the logic layer carries out its orders (`js-prelude/71_instance.js`).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::core::Core;
use super::ops::number;
use super::queue::Work;
use super::view_findings::Told;
use super::watch::Watches;
use super::wxs::WxsModules;
use super::wxs_handlers::Changed;
use crate::data_path::Segment;
use crate::value::Value;
use crate::view::bubbling::Travel;
use crate::view::layout::Layout;
use crate::view::program::{Node as ProgramNode, Program};
use crate::view::style::{Isolation, Sheets};
use crate::view::template::{Library, resolve};
use crate::view::touch::Touch;
use crate::view::tree::{Book, Definition, NodeId, Order, Render, Tree};
use crate::view::value::Val;
use crate::world::route::PageId;

/// The trees of the open pages.
#[derive(Default)]
pub(super) struct Views {
    pub(super) trees: BTreeMap<PageId, Tree>,
    /// Where each component instance is.
    instances: BTreeMap<u32, (PageId, NodeId)>,
    last_instance: u32,
    pub(super) definitions: BTreeMap<Rc<str>, Rc<Definition>>,
    pub(super) library: Rc<RefCell<Library>>,
    /// Mistakes that were told.
    pub(super) told: Told,
    /// What was written as `open-type` and is none, and was told.
    pub(super) plain_buttons: BTreeSet<String>,
    /// WXS, once a template is rendered.
    pub(super) modules: Option<WxsModules>,
    /// Style sheets, once a rectangle was asked for.
    pub(super) sheets: Option<Sheets>,
    /// Pages as they were laid out last, until their trees change.
    pub(super) laid: BTreeMap<PageId, Rc<Layout>>,
    /// Who wants to know where things stand.
    pub(super) watches: Watches,
    /// Style isolation by path, where a definition says it.
    pub(super) isolations: BTreeMap<Rc<str>, Isolation>,
    /// Components that were sent for, as placeholders stand in for them.
    pub(super) wanted: BTreeSet<Rc<str>>,
    /// `change:` functions to run with the next render of their page.
    pub(super) changes: BTreeMap<PageId, Vec<Changed>>,
    /// Components that come to the screen with the next render of their page.
    fresh: BTreeMap<PageId, Vec<u32>>,
}

/// Where a program that draws its own tab bar has it.
const TAB_BAR: &str = "custom-tab-bar/index";

/// Components and templates as rendering looks them up.
struct Shelf<'a> {
    definitions: &'a BTreeMap<Rc<str>, Rc<Definition>>,
    library: Rc<RefCell<Library>>,
    read: &'a dyn Fn(&str) -> Option<Rc<str>>,
}

impl Book for Shelf<'_> {
    fn definition(&self, path: &str) -> Option<Rc<Definition>> {
        self.definitions.get(path).cloned()
    }

    fn template_of(&self, path: &str) -> Option<Rc<Program>> {
        self.included(&format!("{path}.wxml"))
    }

    fn named(&self, from: &Program, name: &str) -> Option<(Rc<Program>, Rc<[ProgramNode]>)> {
        self.library.borrow_mut().template(from, name, self.read)
    }

    fn included(&self, file: &str) -> Option<Rc<Program>> {
        self.library.borrow_mut().program(file, self.read)
    }
}

impl Views {
    /// The page and the node of an instance.
    pub(super) fn place(&self, instance: u32) -> Option<(PageId, NodeId)> {
        self.instances.get(&instance).copied()
    }

    /// The tree of a page, to be changed: what was laid out of it is out of date.
    pub(super) fn tree_mut(&mut self, page: PageId) -> Option<&mut Tree> {
        self.laid.remove(&page);
        self.trees.get_mut(&page)
    }

    /// The tree of an instance with its node there.
    pub(super) fn of(&self, instance: u32) -> Option<(&Tree, NodeId)> {
        let (page, node) = self.place(instance)?;
        Some((self.trees.get(&page)?, node))
    }
}

impl Core {
    /// What the prelude asks of the view; `None` when the operation is none of it.
    pub(super) fn view_operation(&mut self, name: &str, arguments: &[Value]) -> Option<Value> {
        let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Undefined);
        let text = |at: usize| argument(at).as_str().unwrap_or_default();
        let id = |at: usize| number(argument(at));
        Some(match name {
            "viewDefine" => {
                self.define(text(0), argument(1));
                let pure = self.code.project.config_text(text(0), "pureDataPattern");
                pure.map_or(Value::Undefined, Value::from)
            }
            "viewMissing" => self.missing(text(0)),
            "viewPage" => self.view_page(PageId(id(0)), text(1), false),
            "viewTabBar" => self.view_page(PageId(id(0)), TAB_BAR, true),
            "viewNode" => self
                .views
                .place(id(0))
                .map_or(Value::Undefined, |(_, node)| node.0.into()),
            "viewTrigger" => self.triggered(id(0), text(1), argument(2)),
            "viewEventOf" => {
                self.calls_of(PageId(id(0)), NodeId(id(1)), text(2), Travel::default())
            }
            "viewQuery" => {
                let work = Work::Query {
                    token: id(0),
                    list: argument(1).clone(),
                };
                self.later(super::RENDER_MS, work);
                Value::Undefined
            }
            "viewObserve" => self.observe(argument(0)),
            "viewMedia" => self.observe_media(argument(0)),
            "viewUnobserve" => self.unobserve(argument(0)),
            "viewPlace" => self.event_place(PageId(id(0)), NodeId(id(1))),
            "viewScroll" => self.ask_scroll(PageId(id(0)), NodeId(id(1)), argument(2)),
            "componentScript" => self.component_script(text(0)),
            "animate" => self.animation(id(0), text(1), argument(2).items()),
            "usesComponents" => self.uses_components(text(0)).into(),
            "timeStamp" => self.time_stamp(),
            "viewMount" => self.mount(id(0), argument(1)),
            "pageSetData" => self.page_set_data(id(0), argument(1), id(2), id(3)),
            "viewUpdate" => self.view_update(id(0), argument(1)),
            "viewAttach" => self.attach_node(PageId(id(0)), NodeId(id(1))),
            "viewReady" => self.component_fresh(id(0)),
            "viewDrop" => self.drop_nodes(PageId(id(0)), argument(1)),
            "viewModel" => self.model(id(0), text(1)),
            "viewOwner" => self.owner(id(0)),
            "viewFacts" => self.facts(id(0)),
            "viewAncestors" => self.ancestors(id(0), argument(1).as_bool() == Some(true)),
            "viewBelow" => self.below(id(0)),
            "viewReplace" => self.replace_placeholders(text(0)),
            "viewSlots" => self.render_slots(PageId(id(0)), NodeId(id(1))),
            "viewSelect" => self.select(id(0), text(1), argument(2).as_bool() == Some(true)),
            "resolvePath" => resolve(text(0), text(1)).into(),
            _ => return None,
        })
    }

    /// `timeStamp` of events: milliseconds since the run began.
    pub(super) fn time_stamp(&self) -> Value {
        #[expect(clippy::cast_precision_loss, reason = "runs are short")]
        let ms = self.world.now().since(self.began) as f64;
        Value::Number(ms)
    }

    /// Makes the element of a page, or of the tab bar beside it; gives its instance.
    fn view_page(&mut self, page: PageId, route: &str, is_tab_bar: bool) -> Value {
        let Some(definition) = self.views.definitions.get(route).cloned() else {
            return Value::Undefined;
        };
        if !is_tab_bar {
            let mut tree = Tree::default();
            let (width, height) = (self.world.phone().screen_width, self.world.window_height());
            tree.set_window(f64::from(width), f64::from(height));
            self.views.trees.insert(page, tree);
        }
        let mut made = None;
        self.render(page, |render| {
            made = Some(if is_tab_bar {
                render.tab_bar(definition)
            } else {
                render.page(definition)
            });
        });
        let Some((node, instance)) = made else {
            return Value::Undefined;
        };
        self.views.instances.insert(instance, (page, node));
        instance.into()
    }

    /// `setData` of a page made with `Page()`: the changes, `[path, value, key]` each, cross once, for
    /// the trace and for the view.
    fn page_set_data(&mut self, page: u32, changes: &Value, callback: u32, view: u32) -> Value {
        let given = |change: &Value| {
            let items = change.items();
            let key = items.get(2)?.as_str()?.to_owned();
            Some((key, items.get(1)?.clone()))
        };
        let patch = || Value::Object(changes.items().iter().filter_map(given).collect());
        self.set_data(page, patch, callback, view);
        if changes.items().is_empty() {
            return Value::Array(Vec::new());
        }
        self.view_update(view, changes)
    }

    fn mount(&mut self, instance: u32, data: &Value) -> Value {
        let Some((page, node)) = self.views.place(instance) else {
            return Value::Array(Vec::new());
        };
        let data = Val::from(data);
        self.render(page, |render| render.mount(node, data))
    }

    /// Changes of a component's data: `[path, value]` each, already made on the logic side.
    fn view_update(&mut self, instance: u32, changes: &Value) -> Value {
        let Some((page, node)) = self.views.place(instance) else {
            return Value::Array(Vec::new());
        };
        let Some(tree) = self.views.trees.get_mut(&page) else {
            return Value::Array(Vec::new());
        };
        let Some(component) = tree
            .find_mut(node)
            .and_then(|node| node.element_mut()?.component.as_deref_mut())
        else {
            return Value::Array(Vec::new());
        };
        let mut data = std::mem::take(&mut component.data);
        let mut paths = Vec::new();
        for change in changes.items() {
            let items = change.items();
            let (Some(path), Some(value)) = (items.first(), items.get(1)) else {
                continue;
            };
            let path: Vec<Segment> = path.items().iter().map(segment).collect();
            let grows = write(&mut data, &path, Val::from(value));
            paths.extend(grows);
            paths.push(path);
        }
        component.data = data.clone();
        if component.root.is_none() {
            return Value::Array(Vec::new());
        }
        let touch = Touch::of_paths(&paths);
        self.render(page, |render| render.update(node, data, touch))
    }

    /// Renders, and gives the orders that follow as scripts carry them out.
    pub(super) fn render(&mut self, page: PageId, run: impl FnOnce(&mut Render<'_>)) -> Value {
        let Some(mut tree) = self.views.trees.remove(&page) else {
            return Value::Array(Vec::new());
        };
        self.views.laid.remove(&page);
        let code = &self.code;
        let read = |path: &str| code.text(path).map(Rc::from);
        let book = Shelf {
            definitions: &self.views.definitions,
            library: Rc::clone(&self.views.library),
            read: &read,
        };
        let mut modules = match self.views.modules.take() {
            Some(modules) => modules,
            None => self.wxs_modules(),
        };
        modules.set_now(self.world.now().0);
        let mut last = self.views.last_instance;
        let mut render = Render::new(&mut tree, &book, &mut modules, &mut last);
        run(&mut render);
        let Render {
            orders,
            gone,
            troubles,
            wanted,
            left,
            ..
        } = render;
        self.want_components(page, wanted);
        modules.forget(page, &gone);
        let reports = modules.take_reports();
        self.views.modules = Some(modules);
        for (instance, node) in left {
            self.views.instances.insert(instance, (page, node));
        }
        for order in &orders {
            if let Order::Create { instance, node, .. } = order {
                self.views.instances.insert(*instance, (page, *node));
            }
        }
        self.views.last_instance = last;
        self.views.trees.insert(page, tree);
        self.look_later(page);
        self.tell_template_findings(troubles);
        self.tell_wxs(reports);
        self.orders_for_script(page, orders, gone)
    }

    fn wxs_modules(&self) -> WxsModules {
        let seed = self.world.seed();
        WxsModules::new(self.code.share(), self.utc_offset_s, seed, self.limits)
    }

    fn orders_for_script(&mut self, page: PageId, orders: Vec<Order>, gone: Vec<NodeId>) -> Value {
        let numbers = |ids: Vec<u32>| Value::Array(ids.into_iter().map(Value::from).collect());
        let mut list = Vec::new();
        for order in orders {
            let items = match order {
                Order::Create { instance, path, .. } => {
                    vec![
                        "create".into(),
                        instance.into(),
                        (&*path).into(),
                        page.0.into(),
                    ]
                }
                Order::Pass { instance, values } => {
                    let pair = |(name, value): (Rc<str>, Val)| {
                        Value::Array(vec![(&*name).into(), value.to_value()])
                    };
                    let values = Value::Array(values.into_iter().map(pair).collect());
                    vec!["pass".into(), instance.into(), values]
                }
                Order::Inserted(node) => vec!["inserted".into(), page.0.into(), node.0.into()],
                Order::Detached(ids) => vec!["detached".into(), numbers(ids)],
                Order::Moved(ids) => vec!["moved".into(), numbers(ids)],
                Order::Slots(node) => vec!["slots".into(), page.0.into(), node.0.into()],
                Order::Changed {
                    node,
                    handler,
                    value,
                    old,
                } => {
                    self.wxs_change(page, node, &handler, [value, old]);
                    continue;
                }
            };
            list.push(Value::Array(items));
        }
        if list.is_empty() && !gone.is_empty() {
            // Nothing is left to do with them.
            let gone = numbers(gone.into_iter().map(|node| node.0).collect());
            self.drop_nodes(page, &gone);
        } else if !gone.is_empty() {
            let gone = numbers(gone.into_iter().map(|node| node.0).collect());
            list.push(Value::Array(vec!["drop".into(), page.0.into(), gone]));
        }
        Value::Array(list)
    }

    fn attach_node(&mut self, page: PageId, node: NodeId) -> Value {
        let attached = self
            .views
            .trees
            .get_mut(&page)
            .map(|tree| tree.attach(node));
        let attached = attached.unwrap_or_default().into_iter();
        Value::Array(attached.map(Value::from).collect())
    }

    /// A component was attached: it is ready with the next render of its page.
    fn component_fresh(&mut self, instance: u32) -> Value {
        let Some((page, node)) = self.views.place(instance) else {
            return Value::Undefined;
        };
        let tree = self.views.trees.get(&page);
        if tree.is_none_or(|tree| tree.page() != node) {
            self.views.fresh.entry(page).or_default().push(instance);
            if self.renders.ready.contains(&page) {
                self.needs_render(page, super::RENDER_MS);
            }
        }
        Value::Undefined
    }

    /// Components of a page that are ready now.
    pub(super) fn take_fresh(&mut self, page: PageId) -> Vec<Value> {
        let fresh = self.views.fresh.remove(&page).unwrap_or_default();
        fresh.into_iter().map(Value::from).collect()
    }

    /// Whether components of a page wait for its next render.
    pub(super) fn has_fresh(&self, page: PageId) -> bool {
        self.views.fresh.contains_key(&page)
    }

    fn drop_nodes(&mut self, page: PageId, nodes: &Value) -> Value {
        if let Some(tree) = self.views.trees.get_mut(&page) {
            for node in nodes.items() {
                tree.drop_nodes(NodeId(number(node)));
            }
        }
        let Views {
            trees, instances, ..
        } = &mut self.views;
        let is_gone = |(page, node): &(PageId, NodeId)| {
            trees
                .get(page)
                .is_none_or(|tree| tree.find(*node).is_none())
        };
        let gone: Vec<u32> = instances
            .iter()
            .filter(|(_, place)| is_gone(place))
            .map(|(id, _)| *id)
            .collect();
        for instance in &gone {
            instances.remove(instance);
        }
        Value::Array(gone.into_iter().map(Value::from).collect())
    }

    /// The view of a page that closed is gone; gives the components as they are detached.
    pub(super) fn close_view(&mut self, page: PageId) -> Vec<u32> {
        let Some(tree) = self.views.trees.get_mut(&page) else {
            return Vec::new();
        };
        let mut detached = tree.detach(tree.page());
        detached.extend(
            tree.tab_bar()
                .map(|bar| tree.detach(bar))
                .unwrap_or_default(),
        );
        detached
    }

    /// Forgets a page that closed.
    pub(super) fn forget_view(&mut self, page: PageId) {
        self.views.trees.remove(&page);
        self.views.laid.remove(&page);
        self.views.watches.forget(page);
        self.views.fresh.remove(&page);
        self.views.changes.remove(&page);
        self.views.instances.retain(|_, (own, _)| *own != page);
        if let Some(modules) = &mut self.views.modules {
            modules.forget_page(page);
        }
    }

    /// Every component of a page, the page first, in the order of page lifetimes.
    pub(super) fn page_components(&self, page: PageId) -> Vec<u32> {
        let mut found = Vec::new();
        if let Some(tree) = self.views.trees.get(&page) {
            tree.components(tree.page(), &mut found);
            if let Some(bar) = tree.tab_bar() {
                tree.components(bar, &mut found);
            }
        }
        found
    }

    fn render_slots(&mut self, page: PageId, node: NodeId) -> Value {
        self.render(page, |render| render.fill_slots(node))
    }
}

/// A step of a data path as scripts write it.
fn segment(step: &Value) -> Segment {
    match step {
        Value::Number(_) => Segment::Index(number(step) as usize),
        other => Segment::Key(other.as_str().unwrap_or_default().to_owned()),
    }
}

/// Writes a value into data; what lies on the way is made an array or an object as the path needs
/// it. Gives the path of an array's `length` when it grows.
fn write(data: &mut Val, path: &[Segment], value: Val) -> Option<Vec<Segment>> {
    let mut grows = None;
    let mut target = data;
    for (at, step) in path.iter().enumerate() {
        target = match step {
            Segment::Key(key) => {
                if !matches!(target, Val::Object(_)) {
                    *target = Val::object::<Rc<str>>([]);
                }
                let Val::Object(fields) = target else {
                    unreachable!("made above")
                };
                Rc::make_mut(fields).get_mut(key)
            }
            Segment::Index(index) => {
                if !matches!(target, Val::Array(_)) {
                    *target = Val::array([]);
                }
                let Val::Array(items) = target else {
                    unreachable!("made above")
                };
                let items = Rc::make_mut(items);
                if *index >= items.len() {
                    items.resize(index + 1, Val::Undefined);
                    let mut length = path[..at].to_vec();
                    length.push(Segment::Key("length".to_owned()));
                    grows = Some(length);
                }
                &mut items[*index]
            }
        };
    }
    *target = value;
    grows
}

//! Rectangles of nodes, worked out only when they are asked for.

use std::rc::Rc;

use super::core::Core;
use crate::value::Value;
use crate::view::gesture::Point;
use crate::view::layout::{Layout, Table, layout};
use crate::view::style::{Isolation, Sheets, Viewport};
use crate::view::tree::NodeId;
use crate::world::route::PageId;

impl Core {
    /// The screen as pages see it.
    pub(super) fn viewport(&self) -> Viewport {
        let height = self.world.window_height();
        #[expect(clippy::cast_precision_loss, reason = "screens are small")]
        Viewport::new(self.world.phone().screen_width as f32, height as f32)
    }

    /// Lays out a page, unless nothing changed since that was done last; `None` when it is not open.
    pub(super) fn layout_of(&mut self, page: PageId) -> Option<Rc<Layout>> {
        let viewport = self.viewport();
        let laid = self.views.laid.get(&page);
        if let Some(laid) = laid.filter(|laid| laid.viewport() == viewport) {
            return Some(Rc::clone(laid));
        }
        let code = self.code.share();
        let read = |path: &str| code.text(path).map(Rc::from);
        let mut sheets = self
            .views
            .sheets
            .take()
            .unwrap_or_else(|| Sheets::new("", &read));
        let isolations = &self.views.isolations;
        let isolation = |path: &str| isolations.get(path).copied();
        let found = self.views.trees.get(&page).map(|tree| {
            sheets.add_tree(tree, &isolation, &read);
            Rc::new(layout(tree, tree.page(), &sheets, viewport, &Table))
        });
        self.views.sheets = Some(sheets);
        self.tell_style_findings();
        let laid = found.as_ref().map(|laid| (page, Rc::clone(laid)));
        self.views.laid.extend(laid);
        found
    }

    /// The middle of a node on the screen; the corner of the page when it is not drawn.
    pub(super) fn middle_of(&mut self, page: PageId, node: NodeId) -> Point {
        #[expect(clippy::cast_possible_truncation, reason = "positions are small")]
        let scrolled = self.world.scroll_top(page) as f32;
        let place = self.layout_of(page);
        place.map_or_else(Point::default, |place| {
            let rect = place.client_rect(node, (0.0, scrolled));
            Point {
                x: f64::from(rect.left + rect.width / 2.0),
                y: f64::from(rect.top + rect.height / 2.0),
            }
        })
    }

    /// The isolation of a component's style, from what its definition says.
    pub(super) fn note_isolation(&mut self, path: &str, told: &Value) {
        let configured = self.code.project.config_text(path, "styleIsolation");
        let isolation = configured
            .or_else(|| told.get("isolation").as_str())
            .and_then(Isolation::from_option)
            .or_else(|| {
                let global = told.get("globalClass").as_bool() == Some(true);
                global.then_some(Isolation::ApplyShared)
            });
        if let Some(isolation) = isolation {
            self.views.isolations.insert(path.into(), isolation);
        }
    }

    /// What events tell of a node's place: its offset, and its middle on the page and on the screen.
    pub(super) fn event_place(&mut self, page: PageId, node: NodeId) -> Value {
        let place = self.layout_of(page);
        let (left, top) = place.map_or((0.0, 0.0), |place| place.offset(node));
        let Point { x, y } = self.middle_of(page, node);
        let scrolled = self.world.scroll_top(page);
        let pixels = |number: f64| Value::Number((number * 1e4).round() / 1e4);
        Value::object([
            ("offsetLeft", pixels(f64::from(left.round()))),
            ("offsetTop", pixels(f64::from(top.round()))),
            ("x", pixels(x)),
            ("y", pixels(y + scrolled)),
            ("pageX", pixels(x)),
            ("pageY", pixels(y + scrolled)),
            ("clientX", pixels(x)),
            ("clientY", pixels(y)),
        ])
    }

    /// What of a node's geometry is asked for, as members of its facts.
    pub(super) fn geometry(
        &self,
        place: &Layout,
        page: PageId,
        node: NodeId,
        fields: &Value,
    ) -> Vec<(String, Value)> {
        let wants = |name: &str| fields.get(name).as_bool() == Some(true);
        let mut facts = Vec::new();
        let mut tell = |name: &str, number: f32| {
            facts.push((name.to_owned(), Value::Number(f64::from(number))));
        };
        #[expect(clippy::cast_possible_truncation, reason = "positions are small")]
        let scrolled = self.world.scroll_top(page) as f32;
        let is_page = self
            .views
            .trees
            .get(&page)
            .is_some_and(|tree| tree.page() == node);
        let rect = place.client_rect(node, (0.0, scrolled));
        if wants("rect") {
            tell("left", rect.left);
            tell("right", rect.right());
            tell("top", rect.top);
            tell("bottom", rect.bottom());
        }
        if wants("size") {
            let viewport = place.viewport();
            tell("width", if is_page { viewport.width } else { rect.width });
            tell(
                "height",
                if is_page {
                    viewport.height
                } else {
                    rect.height
                },
            );
        }
        if wants("scrollOffset") {
            let own = place.scroll(node);
            tell("scrollLeft", own.left);
            tell("scrollTop", if is_page { scrolled } else { own.top });
            tell("scrollWidth", own.width);
            tell(
                "scrollHeight",
                if is_page {
                    place.content_height()
                } else {
                    own.height
                },
            );
        }
        for name in fields
            .get("computedStyle")
            .items()
            .iter()
            .filter_map(Value::as_str)
        {
            facts.push((name.to_owned(), place.computed_text(node, name).into()));
        }
        facts
    }
}

//! Components that come later: their packages are fetched while placeholders stand in for them.
//!
//! Official pages: `framework/subpackages/async` (components of another subpackage) and `framework/ability/lazyload` (with
//! `lazyCodeLoading`, a component that has a placeholder is put off until a page has shown the placeholder).
//!
//! Differs from the client: a component that was put off comes at once on every later page. Without a placeholder a
//! component of another subpackage is there at once, where the client may have none.
//! Unverified: without a network the placeholder stays.

use std::rc::Rc;

use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::Cause;
use super::{FIRST_RENDER_MS, RENDER_MS};
use crate::value::Value;
use crate::world::connection::Connection;
use crate::world::performance::FetchPackage;
use crate::world::route::PageId;

/// Time that a package takes, in milliseconds.
const PACKAGE_MS: i64 = 100;

impl Core {
    /// Whether a component has not arrived: its package was not fetched, or it is put off until it is shown.
    pub(super) fn has_to_wait(&self, path: &str) -> bool {
        if self.views.definitions.contains_key(path) {
            return false;
        }
        let package = self.package_of_code(path);
        let is_fetched = package.is_none_or(|name| self.world.has_package(&name));
        self.code.project.app.lazy_code_loading || !is_fetched
    }

    /// The name of the subpackage that a file is in.
    fn package_of_code(&self, path: &str) -> Option<String> {
        let mut packages = self.code.project.app.subpackages.iter();
        let package = packages.find(|package| {
            path.strip_prefix(package.root.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        })?;
        Some(package.name.as_ref().unwrap_or(&package.root).clone())
    }

    /// Placeholders stand in for components: they are sent for.
    pub(super) fn want_components(&mut self, page: PageId, wanted: Vec<Rc<str>>) {
        let is_shown = self.renders.ready.contains(&page);
        let shown_ms = if is_shown { 0 } else { FIRST_RENDER_MS };
        for path in wanted {
            let package = self.package_of_code(&path);
            let is_fetched = package.is_none_or(|name| self.world.has_package(&name));
            if self.views.wanted.insert(Rc::clone(&path)) {
                // What is at hand comes when the placeholder has been shown.
                let after_ms = if is_fetched {
                    shown_ms + RENDER_MS
                } else {
                    PACKAGE_MS
                };
                self.later(after_ms, Work::Component(path.to_string()));
            }
        }
    }

    /// The components of a path take the places of what stood in for them.
    pub(super) fn replace_placeholders(&mut self, path: &str) -> Value {
        let Some(definition) = self.views.definitions.get(path).cloned() else {
            return Value::Array(Vec::new());
        };
        let pages: Vec<_> = self.views.trees.keys().copied().collect();
        let mut orders = Vec::new();
        for page in pages {
            let own = self.render(page, |render| render.arrived(&definition));
            orders.extend(own.items().iter().cloned());
        }
        Value::Array(orders)
    }
}

impl Sim {
    /// A component that was sent for is here.
    pub(super) fn component_arrived(&mut self, path: &str) {
        let is_here = self.with(|core| {
            core.views.wanted.remove(path);
            let package = core.package_of_code(path);
            let Some(package) = package.filter(|name| !core.world.has_package(name)) else {
                return true;
            };
            let is_here = core.world.connection() != Connection::None;
            if is_here {
                core.world.apply(FetchPackage {
                    package,
                    takes_ms: 0,
                });
                core.take_notices();
            }
            is_here
        });
        if !is_here {
            return;
        }
        self.task(
            Cause::Load(path.to_owned()),
            false,
            "componentPlaceholder",
            |sim| {
                let arguments = [Value::Array(Vec::new()), path.into()];
                sim.engine.call("componentsReady", &arguments).map(drop)
            },
        );
    }
}

//! When packages arrive, scripts have run and pages are rendered, for `wx.getPerformance`.

use super::core::Core;
use crate::world::performance::{FetchPackage, FirstRendered, MAIN_PACKAGE, ScriptsRan};
use crate::world::route::PageId;

impl Core {
    /// The main package is at hand.
    pub(super) fn main_package_arrived(&mut self) {
        self.arrived_package(MAIN_PACKAGE);
    }

    /// The scripts of the main package that run at the start have run.
    pub(super) fn main_scripts_ran(&mut self) {
        self.scripts_ran(MAIN_PACKAGE, "/app-service.js".to_owned());
    }

    /// The subpackage that a page is in: its name, its folder.
    fn package_of(&self, route: &str) -> Option<(String, String)> {
        let project = &self.code.project;
        let page = project.page(route)?;
        let package = project.app.subpackages.get(page.subpackage?)?;
        let name = package.name.as_ref().unwrap_or(&package.root);
        Some((name.clone(), package.root.clone()))
    }

    /// A page is opened whose script did not run at the start: its package is needed.
    pub(super) fn package_needed(&mut self, route: &str) {
        if let Some((name, _)) = self.package_of(route) {
            self.arrived_package(&name);
        }
    }

    /// The script of a page that is opened has run.
    pub(super) fn page_script_ran(&mut self, route: &str) {
        let file = format!("/{route}.appservice.js");
        match self.package_of(route) {
            None => self.scripts_ran(MAIN_PACKAGE, file),
            Some((name, _)) if self.code.project.app.lazy_code_loading => {
                self.scripts_ran(&name, file);
            }
            Some((name, root)) => self.scripts_ran(&name, format!("/{root}/app-service.js")),
        }
    }

    /// A page was rendered for the first time.
    pub(super) fn first_rendered(&mut self, page: PageId) {
        self.world.apply(FirstRendered(page));
        self.take_notices();
    }

    fn arrived_package(&mut self, package: &str) {
        self.world.apply(FetchPackage {
            package: package.to_owned(),
            takes_ms: 0,
        });
        self.take_notices();
    }

    fn scripts_ran(&mut self, module: &str, file: String) {
        self.world.apply(ScriptsRan {
            module: module.to_owned(),
            files: vec![file],
        });
        self.take_notices();
    }
}

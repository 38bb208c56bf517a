//! The start of a run: the script of the app, `App.onLaunch`, then the scripts of components and pages.

use super::core::Core;
use super::queue::Work;
use super::sim::Sim;
use super::trace::Cause;
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};
use crate::world::exit_state::ResumeExit;
use crate::world::foreground::{ColdStart, StartedBy};
use crate::world::route::ResetPages;

impl Sim {
    /// Scripts that run when the main package arrives, once the app is launched, with the route that
    /// they register: components and pages.
    pub(super) fn main_scripts(&self) -> Vec<(String, String)> {
        let core = self.host.core.borrow();
        let project = &core.code.project;
        let mut scripts = Vec::new();
        if project.app.lazy_code_loading {
            return scripts;
        }
        let in_subpackage = |path: &str| {
            project.app.subpackages.iter().any(|package| {
                path.strip_prefix(package.root.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
            })
        };
        let components = project.components.iter().filter(|component| {
            !in_subpackage(&component.path) && !project.app.pages.contains(&component.path)
        });
        scripts.extend(components.filter_map(|it| Some((it.script.clone()?, it.path.clone()))));
        let pages = project
            .pages
            .iter()
            .filter(|page| page.subpackage.is_none());
        scripts.extend(pages.filter_map(|page| Some((page.script.clone()?, page.route.clone()))));
        scripts
    }

    /// Runs the script of the app before it is known which page is opened, so that copies of this
    /// simulator need not; each then calls [`Sim::launch`] once.
    ///
    /// Whether that is the same as a start: it is not when the script asks which page that is.
    pub fn preload(&mut self) -> bool {
        self.renew_engine();
        self.with(|core| {
            let home = core.world.app().home_page().unwrap_or_default().to_owned();
            core.world
                .apply(ColdStart(EnterOptions::at(&home, DEFAULT_SCENE)));
            core.asks_how_started = false;
        });
        self.run_app_script();
        self.preloaded = true;
        !self.with(|core| core.asks_how_started)
    }

    /// A cold start: a new logic layer, then `App.onLaunch`, `App.onShow` and the first page.
    pub(super) fn cold_start(&mut self, options: EnterOptions) {
        let preloaded = std::mem::take(&mut self.preloaded);
        if !preloaded {
            self.renew_engine();
        }
        let (options, in_independent) = self.with(|core| {
            let options = core.world.apply(ResumeExit(options));
            if preloaded {
                core.world.apply(StartedBy(options));
            } else {
                core.world.apply(ResetPages);
                core.world.apply(ColdStart(options));
            }
            core.emit_enter("launch", true);
            let options = core.world.launch_options().cloned().unwrap_or_default();
            let in_independent = core.is_independent(&options.path);
            (options, in_independent)
        });
        if in_independent {
            // Without the main package there is no App object yet.
            self.with(|core| core.later(0, Work::FirstPage(options)));
        } else {
            // The first page is queued before the hooks run: routes called in them come after it.
            self.with(|core| core.later(0, Work::FirstPage(options)));
            if !preloaded {
                self.run_app_script();
            }
            self.launch_app();
        }
    }

    /// The main package arrives, and the script of the app runs.
    pub(super) fn run_app_script(&mut self) {
        let script = self.with(|core| {
            core.main_loaded = true;
            core.main_package_arrived();
            core.code.project.app_script.clone()
        });
        self.load_script(&script, "");
    }

    /// `App.onLaunch`, `App.onShow`, then the scripts of components and pages, whose first lines may
    /// read what the hooks have put into `getApp().globalData`.
    pub(super) fn launch_app(&mut self) {
        self.run_launch();
        for (path, route) in self.main_scripts() {
            self.load_script(&path, &route);
        }
        self.with(Core::main_scripts_ran);
    }

    pub(super) fn load_script(&mut self, path: &str, route: &str) {
        self.with(|core| core.loaded.insert(route.to_owned()));
        let place = format!("loading {path}");
        self.task(Cause::Load(path.to_owned()), false, &place, |sim| {
            sim.engine
                .call("run", &[path.into(), route.into()])
                .map(drop)
        });
    }

    fn run_launch(&mut self) {
        let Some(options) = self.with(|core| core.world.launch_options().cloned()) else {
            return;
        };
        self.task(Cause::Launch, false, "App.onLaunch", |sim| {
            sim.app_hook("onLaunch", &options.to_value())?;
            sim.app_shown(&options)
        });
    }
}

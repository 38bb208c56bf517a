//! Pages, foreground and background: which hooks run, in which order.
//!
//! Sources: official pages on the running mechanism, page routing and page lifecycle.
//!
//! Unverified: the success callback of a routing call comes after the hooks of the new page; a page
//! hides before the App object does.

use super::FIRST_RENDER_MS;
use super::core::Core;
use super::queue::Work;
use super::sim::{Sim, StepError};
use super::trace::{Cause, Event, json};
use crate::value::{Exception, Value};
use crate::version::Version;
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};
use crate::world::exit_state::TakeExitData;
use crate::world::foreground::{EnterBackground, EnterForeground, Entry, Kill, RunState};
use crate::world::rewrite::Target;
use crate::world::route::{
    OpenFirstPage, PageEntry, PageId, ResetPages, Route, RouteKind, RoutePlan, RouteRequest,
    RouteStep,
};

impl Sim {
    /// `App.onShow` and its listeners.
    pub(super) fn app_shown(&mut self, options: &EnterOptions) -> Result<(), Exception> {
        let argument = options.to_value();
        self.app_hook("onShow", &argument)?;
        self.emit("onAppShow", &argument)
    }

    pub(super) fn app_hook(&mut self, hook: &str, argument: &Value) -> Result<bool, Exception> {
        if !self.with(|core| core.has_hook(hook)) {
            return Ok(false);
        }
        let ran = self
            .engine
            .call("appHook", &[hook.into(), argument.clone()])?;
        Ok(ran.as_bool() == Some(true))
    }

    pub(super) fn emit(&mut self, event: &str, argument: &Value) -> Result<(), Exception> {
        self.engine
            .call("emit", &[event.into(), argument.clone()])
            .map(drop)
    }

    /// Opens the page a start or an entry asks for, or tells the app that there is none.
    pub(super) fn open_first_page(&mut self, options: &EnterOptions) {
        let (mut path, mut query) = (options.path.clone(), options.query.clone());
        let open = self.with(|core| core.world.current_page().is_some());
        let kind = if open {
            RouteKind::AutoReLaunch
        } else {
            RouteKind::AppLaunch
        };
        let target = self.rewritten_route(kind, |world, target| {
            let (path, query) = target.map_or_else(
                || (options.path.clone(), options.query.clone()),
                |target| (target.path.clone(), target.query.clone()),
            );
            world.apply(OpenFirstPage { path, query }).is_ok()
        });
        if let Some(target) = target {
            (path, query) = (target.path, target.query);
        }
        self.with(|core| core.leaving = core.stack());
        let opened = self.with(|core| core.world.apply(OpenFirstPage { path, query }));
        let opened = opened.or_else(|missing| {
            match self.before_missing_page(&missing.path, &missing.query) {
                Some(Target { path, query }) => {
                    self.with(|core| core.world.apply(OpenFirstPage { path, query }))
                }
                None => Err(missing),
            }
        });
        self.with(Core::take_notices);
        match opened {
            Ok(plan) => self.follow(&plan, 0),
            Err(missing) => {
                let pair = |(key, value): (String, String)| (key, Value::from(value));
                let argument = Value::object([
                    ("path", missing.path.into()),
                    (
                        "query",
                        Value::Object(missing.query.into_iter().map(pair).collect()),
                    ),
                    ("isEntryPage", true.into()),
                ]);
                let path = argument.get("path").as_str().unwrap_or_default().to_owned();
                let mut handled = false;
                self.task(Cause::Route, false, "App.onPageNotFound", |sim| {
                    handled = sim.app_hook("onPageNotFound", &argument)?;
                    sim.emit("onPageNotFound", &argument)?;
                    sim.tell_route("onAppRoute")
                });
                self.with(|core| {
                    core.route = None;
                    core.leaving.clear();
                });
                if !handled {
                    let text = format!("page \"{path}\" does not exist: WeChat tells the user so");
                    self.with(|core| {
                        core.missing_page = Some(path);
                        core.console("warn", text);
                    });
                }
            }
        }
    }

    /// A routing call whose turn it is, or (without a call) the user's own navigation.
    ///
    /// The reply comes before the next route in the queue begins.
    pub(super) fn route(&mut self, call: Option<u32>, mut request: RouteRequest) {
        if let Some(call) = call
            && request.kind == RouteKind::NavigateBack
            && self.with(|core| core.world.page_stack().len() > 1)
            && self.close_container()
        {
            self.deliver(call, &Ok(Vec::new()));
            return;
        }
        let target = self.rewritten_route(request.kind, |world, target| {
            let mut request = request.clone();
            if let Some(target) = target {
                request.url = target.url();
            }
            world.apply(Route(request)).is_ok()
        });
        if let Some(target) = target {
            request.url = target.url();
        }
        let outcome = self.with(|core| {
            let stack = core.stack();
            let outcome = core.world.apply(Route(request));
            if outcome.is_ok() {
                core.leaving = stack;
            }
            core.take_notices();
            outcome
        });
        if let Ok(plan) = &outcome {
            if plan.query_dropped {
                let text = "switchTab drops the query of its url".to_owned();
                self.with(|core| core.console("warn", text));
            }
            self.follow(plan, call.unwrap_or(0));
        }
        if let Some(call) = call {
            self.deliver(call, &outcome.map(|_| Vec::new()));
        }
    }

    /// Runs the hooks of a change of pages; the world has changed already.
    fn follow(&mut self, plan: &RoutePlan, call: u32) {
        self.with(|core| {
            core.note_unloading(plan);
            core.begin_route(plan.kind);
        });
        for step in &plan.steps {
            if let RouteStep::Load(page) = step {
                self.load_page_script(*page);
            }
        }
        self.with(|core| {
            let (kind, pages) = (plan.kind.name().to_owned(), core.routes());
            core.emit(|| Event::Route { kind, pages });
        });
        self.task(Cause::Route, false, "page hooks", |sim| {
            for step in &plan.steps {
                if matches!(step, RouteStep::Load(_) | RouteStep::Show(_)) {
                    sim.with(|core| core.leaving.clear());
                }
                sim.follow_step(step, call)?;
                match step {
                    RouteStep::Show(page) if plan.steps.contains(&RouteStep::Load(*page)) => {
                        sim.tell_loaded(*page)?;
                    }
                    _ => {}
                }
            }
            sim.tell_route("onAppRoute")
        });
        self.with(|core| {
            core.closed.clear();
            core.leaving.clear();
        });
        self.end_route();
    }

    /// Runs the script of a page that was not loaded at the start, and the main package's when the
    /// page leaves an independent subpackage for the first time.
    fn load_page_script(&mut self, page: PageId) {
        let Some(route) = self.with(|core| Some(core.world.page(page)?.route.clone())) else {
            return;
        };
        let needs_main = self.with(|core| !core.main_loaded && !core.is_independent(&route));
        if needs_main {
            self.run_app_script();
            self.launch_app();
        }
        let script = self.with(|core| {
            if core.loaded.contains(&route) {
                return None;
            }
            let project = &core.code.project;
            let page = project.pages.iter().find(|page| page.route == route)?;
            page.script.clone()
        });
        if let Some(script) = script {
            self.with(|core| core.package_needed(&route));
            self.load_script(&script, &route);
            self.with(|core| core.page_script_ran(&route));
        }
        self.with(|core| {
            if !core.registered.contains(&route) {
                let text = format!("Page \"{route}\" has not been registered yet.");
                core.console("error", text);
            }
        });
    }

    fn follow_step(&mut self, step: &RouteStep, call: u32) -> Result<(), Exception> {
        match step {
            RouteStep::Hide(page) => self.page_hook(*page, "onHide", None),
            RouteStep::Show(page) => self.page_hook(*page, "onShow", None),
            RouteStep::Unload(entry) => {
                self.tell_page("onBeforePageUnload", entry)?;
                self.page_hook(entry.id, "onUnload", None)?;
                self.close_view(entry.id)?;
                self.engine.call("closePage", &[entry.id.0.into()])?;
                self.with(|core| core.leaving.retain(|page| *page != entry.id));
                self.tell_page("onAfterPageUnload", entry)
            }
            RouteStep::Load(page) => self.load_page(*page, call),
        }
    }

    fn load_page(&mut self, id: PageId, call: u32) -> Result<(), Exception> {
        let Some(entry) = self.with(|core| core.world.page(id).cloned()) else {
            return Ok(());
        };
        self.tell_page("onBeforePageLoad", &entry)?;
        let PageEntry { route, query, .. } = entry;
        let pair = |(key, value): (String, String)| (key, Value::from(value));
        let query = Value::Object(query.into_iter().map(pair).collect());
        let has_channel = self.with(|core| core.world.profile().sdk >= EVENT_CHANNEL_SINCE);
        let call = if has_channel { call } else { 0 };
        let everything = self.with(|core| core.fills_queries());
        let page = [id.0.into(), route.into(), query.clone()];
        let arguments = [&page[..], &[call.into(), everything.into()]].concat();
        self.engine.call("openPage", &arguments)?;
        if let Some(data) = self.with(|core| core.world.apply(TakeExitData(id))) {
            let data = Value::from(&data);
            self.engine.call("exitState", &[id.0.into(), data])?;
        }
        self.with(|core| core.needs_render(id, FIRST_RENDER_MS));
        self.page_hook(id, "onLoad", Some(query))
    }

    pub(super) fn page_hook(
        &mut self,
        page: PageId,
        hook: &str,
        argument: Option<Value>,
    ) -> Result<(), Exception> {
        if !self.with(|core| core.has_hook(hook)) {
            return Ok(());
        }
        let mut arguments = vec![page.0.into(), hook.into()];
        arguments.extend(argument);
        self.engine.call("pageHook", &arguments)?;
        self.page_lifetime(page, hook, arguments.get(2).cloned())
    }

    /// The view has taken over a page's data.
    pub(super) fn render(&mut self, page: PageId) {
        let (is_open, callbacks, is_first) = self.with(|core| {
            core.renders.scheduled.remove(&page);
            let is_open = core.world.page(page).is_some();
            let callbacks = core.renders.callbacks.remove(&page).unwrap_or_default();
            (
                is_open,
                callbacks,
                is_open && core.renders.ready.insert(page),
            )
        });
        if is_first {
            self.with(|core| {
                core.first_rendered(page);
                core.look_later(page);
            });
        }
        self.wxs_changes(page);
        let has_fresh = self.with(|core| core.has_fresh(page));
        if !is_open {
            return;
        }
        if callbacks.is_empty() && !is_first && !has_fresh {
            self.components_stir(page);
            return;
        }
        self.task(Cause::Render, false, "setData callback", |sim| {
            for callback in callbacks {
                sim.engine.call("dataSet", &[callback.into()])?;
            }
            sim.components_ready(page)?;
            if is_first {
                sim.page_hook(page, "onReady", None)?;
                sim.page_hook(page, "onRouteDone", None)?;
            }
            Ok(())
        });
        self.components_stir(page);
    }

    /// The user leaves the mini program.
    pub(super) fn background(&mut self) -> Result<(), StepError> {
        if self.with(|core| core.world.run_state()) != RunState::Foreground {
            return Err(StepError::NotRunning);
        }
        let top = self.with(|core| {
            core.emit_enter("background", false);
            core.world.apply(EnterBackground);
            core.take_notices();
            core.world.current_page().map(|page| page.id)
        });
        self.task(Cause::System, false, "onHide", |sim| {
            if let Some(page) = top {
                sim.page_hook(page, "onHide", None)?;
            }
            sim.app_hook("onHide", &Value::Undefined)?;
            sim.emit("onAppHide", &Value::Undefined)?;
            match top {
                Some(page) => sim.save_exit(page),
                None => Ok(()),
            }
        });
        Ok(())
    }

    /// The user comes back, plainly or by new options.
    pub(super) fn resume(&mut self, options: Option<EnterOptions>) -> Result<(), StepError> {
        match self.with(|core| core.world.run_state()) {
            RunState::Background { .. } => {}
            RunState::Foreground => return Err(StepError::Running),
            RunState::NotRunning => return Err(StepError::NotRunning),
        }
        // Without a path, what is gone starts at the home page.
        let scene = self.with(|core| core.world.enter_options().map(|options| options.scene));
        let home = EnterOptions::new("", scene.unwrap_or(DEFAULT_SCENE));
        let entry = self.with(|core| core.world.apply(EnterForeground(options.clone())));
        if entry == Entry::Destroyed {
            self.with(Core::forget_scripts);
            self.cold_start(options.unwrap_or(home));
        } else {
            self.with(|core| {
                core.emit_enter("foreground", true);
                core.later(0, Work::Show(entry));
            });
        }
        Ok(())
    }

    pub(super) fn run_show(&mut self, entry: &Entry) {
        let Some(options) = self.with(|core| core.world.enter_options().cloned()) else {
            return;
        };
        let top = self.with(|core| core.world.current_page().map(|page| page.id));
        if let Entry::ReLaunch { path, query } = entry {
            let options = EnterOptions {
                path: path.clone(),
                query: query.clone(),
                ..options.clone()
            };
            self.with(|core| core.later(0, Work::FirstPage(options)));
        }
        let resumes = *entry == Entry::Resume;
        self.task(Cause::System, false, "onShow", |sim| {
            sim.app_shown(&options)?;
            match top {
                Some(page) if resumes => sim.page_hook(page, "onShow", None),
                _ => Ok(()),
            }
        });
    }

    /// The process ends without a hook.
    pub(super) fn kill(&mut self) -> Result<(), StepError> {
        if self.with(|core| core.world.run_state()) == RunState::NotRunning {
            return Err(StepError::NotRunning);
        }
        self.with(|core| {
            core.emit_enter("kill", false);
            core.world.apply(Kill);
            core.world.apply(ResetPages);
            core.forget_scripts();
        });
        Ok(())
    }

    /// The system theme switches; programs without a dark theme in app.json do not hear of it.
    pub(super) fn theme_changed(&mut self, theme: &str) {
        if !self.with(|core| core.code.project.app.dark_mode) {
            return;
        }
        let argument = Value::object([("theme", theme.into())]);
        self.task(Cause::System, false, "onThemeChange", |sim| {
            sim.app_hook("onThemeChange", &argument)?;
            sim.emit("onThemeChange", &argument)
        });
    }

    /// The user taps an item of the tab bar.
    pub(super) fn tap_tab(&mut self, index: usize) -> Result<(), StepError> {
        let items = self.with(|core| {
            let bar = core.code.project.app.tab_bar.as_ref();
            let bar = bar.filter(|_| !core.world.is_single_page());
            bar.map(|bar| bar.items.clone()).unwrap_or_default()
        });
        let Some(item) = items.get(index) else {
            return Err(StepError::NoTab {
                tabs: items.len(),
                index,
            });
        };
        let url = format!("/{}", item.page_path);
        self.route(
            None,
            RouteRequest::to(crate::world::route::RouteKind::SwitchTab, &url),
        );
        let Some(page) = self.with(|core| core.world.current_page().map(|page| page.id)) else {
            return Err(StepError::NoPage);
        };
        let text = self.with(|core| core.world.tab_item(index).text);
        let text = text.unwrap_or_else(|| item.text.clone());
        let argument = Value::object([
            ("index", index.to_string().into()),
            ("pagePath", item.page_path.clone().into()),
            ("text", text.into()),
        ]);
        let gesture = self.next_gesture();
        self.task(Cause::Gesture(gesture), true, "onTabItemTap", |sim| {
            sim.page_hook(page, "onTabItemTap", Some(argument))
        });
        Ok(())
    }

    pub(super) fn next_gesture(&mut self) -> u32 {
        self.with(|core| {
            core.counters.gestures += 1;
            core.counters.gestures
        })
    }
}

/// Base library that introduced the event channel of `wx.navigateTo` (its page).
const EVENT_CHANNEL_SINCE: Version = Version(2, 7, 3);

/// Hooks that came after the first base library, each with its own (official pages of App and Page).
const HOOKS_SINCE: &[(&str, Version)] = &[
    ("onPageNotFound", Version(1, 9, 90)),
    ("onUnhandledRejection", Version(2, 10, 0)),
    ("onThemeChange", Version(2, 11, 0)),
    ("onTabItemTap", Version(1, 9, 0)),
    ("onResize", Version(2, 4, 0)),
];

impl Core {
    /// Whether the base library calls a hook of that name.
    pub(super) fn has_hook(&self, hook: &str) -> bool {
        let since = HOOKS_SINCE.iter().find(|(name, _)| *name == hook);
        since.is_none_or(|(_, since)| self.world.profile().sdk >= *since)
    }

    pub(super) fn emit_enter(&mut self, kind: &str, opens: bool) {
        let options = self.world.enter_options().filter(|_| opens);
        let options = options.map(|options| json(&options.to_value()));
        let kind = kind.to_owned();
        self.emit(|| Event::Enter { kind, options });
    }

    /// Keeps the routes of closing pages for the trace while their hooks run.
    fn note_unloading(&mut self, plan: &RoutePlan) {
        for step in &plan.steps {
            if let RouteStep::Unload(entry) = step {
                self.closed.insert(entry.id, entry.route.clone());
                self.renders.callbacks.remove(&entry.id);
            }
        }
    }
}

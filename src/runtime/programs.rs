//! Several mini programs in one world: each has its own logic layer, all have one world, one clock and one
//! trace.
//!
//! Official pages: `wx.navigateToMiniProgram`, `wx.navigateBackMiniProgram`, "Running mechanism".
//!
//! One program is *in use*. The others keep their scripts, and what falls due for them within five
//! seconds of leaving runs at its time. A target without code in this world stays in front until the
//! user answers the question `program`.
//!
//! Unverified: leaving the first page of a program that another one opened leads back to that one, with
//! empty data; an order of `onHide` here, then what happens there.

use std::rc::Rc;

use serde_json::Value as Json;

use super::code::Code;
use super::core::{ANSWER_MS, Core, Purpose};
use super::ops::AppHost;
use super::queue::{Until, Work};
use super::sim::{Sim, StepError, app_facts};
use super::step::BadStep;
use super::trace::Event;
use super::{LATER, PRELUDE};
use crate::api::question::Question;
use crate::engine::Engine;
use crate::package::{Files, Project};
use crate::world::account::{AppFacts, EnvVersion};
use crate::world::card::member::{ActivateMemberCard, COMPONENT, MemberCardRequest};
use crate::world::enter_options::{ApiCategory, EnterOptions, ReferrerInfo};
use crate::world::foreground::{RunState, SUSPEND_AFTER_MS};
use crate::world::jump::{Jump, Return, RunBuild};
use crate::world::program_run::UseProgram;
use crate::world::registry::{Register, Registered};
use crate::world::scene::{BACK_FROM_PROGRAM, OPENED_BY_PROGRAM};
use crate::world::{Millis, World};

/// What an opener is told of a program that was left without data for it.
const NO_DATA: &str = "{}";

/// A program without code that the user is in.
pub(super) struct Visit {
    app_id: String,
    /// What it was given.
    extra_data: Option<String>,
}

/// A program that is not in use.
pub(super) struct Other {
    app_id: String,
    /// The build that users have.
    usual_build: EnvVersion,
    state: State,
}

/// How far it is.
enum State {
    /// Its code is at hand.
    AtHand(Rc<Project>, Rc<dyn Files>),
    /// It was opened.
    Opened(Box<Context>),
}

/// The logic layer of a program that is not in use.
pub(super) struct Context {
    host: Rc<AppHost>,
    engine: Engine,
    engine_used: bool,
    preloaded: bool,
}

/// The program is the one that runs first, or one of that appid is at hand already.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the appid {0} is there twice")]
pub struct AppIdTaken(pub String);

impl Sim {
    /// Gives the world the code of another mini program, which others can open. One that is not
    /// registered is registered as a published program of a verified company, called `name`.
    ///
    /// # Errors
    /// A program with that appid has code already.
    pub fn add_program(
        &mut self,
        app_id: &str,
        name: &str,
        project: Rc<Project>,
        files: Rc<dyn Files>,
    ) -> Result<(), AppIdTaken> {
        let is_known = self.others.iter().any(|other| other.app_id == app_id);
        let unregistered = Registered {
            app_id: app_id.to_owned(),
            name: name.to_owned(),
            ..Registered::default()
        };
        let registered = self.with(|core| {
            if core.world.registered(app_id).is_none() {
                let _ = core.world.apply(Register(unregistered));
            }
            let own = core.world.app().app_id == app_id;
            core.world.registered(app_id).filter(|_| !own && !is_known)
        });
        let registered = registered.ok_or_else(|| AppIdTaken(app_id.to_owned()))?;
        self.others.push(Other {
            app_id: app_id.to_owned(),
            usual_build: registered.env_version,
            state: State::AtHand(project, files),
        });
        Ok(())
    }

    fn app_id(&self) -> String {
        self.with(|core| core.world.app().app_id.clone())
    }

    /// Brings a program into use; `false` without its code.
    pub(super) fn use_program(&mut self, app_id: &str) -> bool {
        let own = self.app_id();
        if own == app_id {
            return true;
        }
        let Some(at) = self.others.iter().position(|other| other.app_id == app_id) else {
            return false;
        };
        let Other {
            usual_build, state, ..
        } = self.others.remove(at);
        let (mut context, facts) = match state {
            State::Opened(context) => {
                let facts = AppFacts {
                    app_id: app_id.to_owned(),
                    ..AppFacts::default()
                };
                (*context, facts)
            }
            State::AtHand(project, files) => {
                let facts = self.with(|core| registered_facts(&core.world, app_id, &project));
                (self.new_context(project, files), facts)
            }
        };
        let own_build = std::mem::replace(&mut self.usual_build, usual_build);
        {
            let mut from = self.host.core.borrow_mut();
            from.world.apply(UseProgram(facts));
            from.hand_over(&mut context.host.core.borrow_mut());
        }
        std::mem::swap(&mut self.host, &mut context.host);
        std::mem::swap(&mut self.engine, &mut context.engine);
        std::mem::swap(&mut self.engine_used, &mut context.engine_used);
        std::mem::swap(&mut self.preloaded, &mut context.preloaded);
        self.others.push(Other {
            app_id: own,
            usual_build: own_build,
            state: State::Opened(Box::new(context)),
        });
        self.with(|core| {
            let app = core.world.app();
            core.trace.program(&app.app_id, &app.name);
        });
        true
    }

    /// A logic layer for a program that was not opened yet.
    fn new_context(&self, project: Rc<Project>, files: Rc<dyn Files>) -> Context {
        let core = self.with(|core| core.beside(Code::new(project, files)));
        let host = Rc::new(AppHost {
            core: core.into(),
            utc_offset_s: self.host.utc_offset_s,
        });
        let engine = Engine::start(host.clone(), self.limits, PRELUDE, LATER)
            .unwrap_or_else(|error| unreachable!("the prelude ran before: {}", error.text()));
        Context {
            host,
            engine,
            engine_used: false,
            preloaded: false,
        }
    }

    /// The user leaves for another mini program.
    pub(super) fn jump(&mut self, jump: &Jump) {
        let from = self.app_id();
        if self.background().is_err() {
            return;
        }
        self.with(|core| {
            let jump = jump.clone();
            core.emit(|| Event::Jump {
                to: jump.app_id,
                back: false,
                url: jump.url,
                extra_data: jump
                    .extra_data
                    .and_then(|it| serde_json::from_str(&it).ok()),
                env_version: jump.env_version.map(|build| build.name().to_owned()),
            });
        });
        if !self.use_program(&jump.app_id) {
            let visit = Visit {
                app_id: jump.app_id.clone(),
                extra_data: jump.extra_data.clone(),
            };
            self.with(|core| core.visit(visit));
            return;
        }
        let referrer_info = ReferrerInfo {
            app_id: from,
            extra_data: jump.extra_data.clone(),
        };
        let options = EnterOptions {
            referrer_info: Some(referrer_info),
            api_category: jump.embedded.then_some(ApiCategory::Embedded),
            ..EnterOptions::at(&jump.url, OPENED_BY_PROGRAM)
        };
        let build = jump.env_version.unwrap_or(self.usual_build);
        if self.with(|core| core.world.app().env_version != build) {
            // Another build is another program to the phone.
            let _ = self.kill();
            self.with(|core| core.world.apply(RunBuild(build)));
        }
        let stays = jump.keeps_unchanged && self.with(|core| core.shows(&options));
        self.enter(if stays {
            EnterOptions {
                path: String::new(),
                ..options
            }
        } else {
            options
        });
    }

    /// The program in use is started, or comes back.
    fn enter(&mut self, options: EnterOptions) {
        if self.resume(Some(options.clone())).is_err() {
            self.with(Core::forget_scripts);
            self.cold_start(options);
        }
    }

    /// The user leaves for the mini program that opened the one in use, or leaves it altogether.
    pub(super) fn go_back(&mut self, back: &Return) {
        let from = self.app_id();
        let opener = self.with(|core| core.world.opener().map(str::to_owned));
        if self.background().is_err() {
            return;
        }
        let Some(opener) = opener else {
            return;
        };
        self.told_back(&opener, back.extra_data.as_deref());
        if self.use_program(&opener) {
            self.come_back(from, back.extra_data.clone());
        }
    }

    /// Whether the program in use was opened by another one of this world.
    pub(super) fn leads_back(&self) -> bool {
        let opener = self.with(|core| core.world.opener().map(str::to_owned));
        let others = &self.others;
        opener.is_some_and(|opener| others.iter().any(|other| other.app_id == opener))
    }

    fn told_back(&self, to: &str, extra_data: Option<&str>) {
        self.with(|core| {
            core.emit(|| Event::Jump {
                to: to.to_owned(),
                back: true,
                url: String::new(),
                extra_data: extra_data.and_then(|it| serde_json::from_str(it).ok()),
                env_version: None,
            });
        });
    }

    /// The program in use is in front again after another one.
    fn come_back(&mut self, from: String, extra_data: Option<String>) {
        let referrer_info = ReferrerInfo {
            app_id: from,
            extra_data: Some(extra_data.unwrap_or_else(|| NO_DATA.to_owned())),
        };
        self.enter(EnterOptions {
            referrer_info: Some(referrer_info),
            ..EnterOptions::new("", BACK_FROM_PROGRAM)
        });
    }

    /// The user leaves a program without code; whether one was in front.
    pub(super) fn end_visit(&mut self, extra_data: Option<String>) -> bool {
        let Some(visited) = self.with(|core| core.visited.take()) else {
            return false;
        };
        self.with(Core::forget_visit_question);
        let own = self.app_id();
        self.told_back(&own, extra_data.as_deref());
        self.come_back(visited.app_id, extra_data);
        true
    }

    /// What the user does in a program without code.
    pub(super) fn visit_answered(&mut self, answer: &Json) {
        match answer {
            Json::Object(members) => {
                let data = members.get("extraData").map(Json::to_string);
                self.end_visit(data);
            }
            Json::String(word) if word == "activate" => {
                let data = self.with(Core::activate_member_card);
                self.end_visit(data);
            }
            Json::String(word) if word == "back" || word == "cancel" => {
                self.end_visit(None);
            }
            _ => {}
        }
    }

    /// The user goes to another program by the list of recent ones.
    pub(super) fn go_to_program(
        &mut self,
        app_id: &str,
        options: &EnterOptions,
    ) -> Result<(), StepError> {
        let own = self.app_id();
        if own != app_id && !self.others.iter().any(|other| other.app_id == app_id) {
            let mut known: Vec<&str> = self.others.iter().map(|it| it.app_id.as_str()).collect();
            known.push(&own);
            known.sort_unstable();
            return Err(StepError::NoProgram {
                app_id: app_id.to_owned(),
                known: known.join(", "),
            });
        }
        self.with(|core| core.visited = None);
        if own == app_id {
            if self.with(|core| core.world.run_state()) == RunState::Foreground {
                return Err(StepError::Running);
            }
        } else {
            // One that is not in front can be left, too.
            let _ = self.background();
            self.use_program(app_id);
        }
        self.enter(options.clone());
        Ok(())
    }

    /// Ends every program, the one in use last.
    pub(super) fn kill_all(&mut self) {
        let own = self.app_id();
        let mut ids: Vec<String> = self.others.iter().map(|it| it.app_id.clone()).collect();
        ids.sort_unstable();
        for app_id in ids {
            if self.with(|core| core.world.parked_since(&app_id).is_some()) {
                self.use_program(&app_id);
                let _ = self.kill();
            }
        }
        self.use_program(&own);
        // What does not run needs no end.
        let _ = self.kill();
    }

    /// Runs what falls due for a program that is not in use before anything of the one in use; whether
    /// there was something.
    pub(super) fn work_beside(&mut self, until: Until) -> bool {
        let Some((app_id, at)) = self.due_beside(until) else {
            return false;
        };
        let own = self.app_id();
        self.use_program(&app_id);
        if let Some(work) = self.with(|core| core.next_work(Until::Time(at))) {
            self.work(work);
        }
        self.use_program(&own);
        true
    }

    /// The program that is not in use whose work comes next, and when.
    fn due_beside(&self, until: Until) -> Option<(String, Millis)> {
        if self.others.is_empty() {
            return None;
        }
        let own = self.with(|core| core.next_at(until));
        let opened = || {
            self.others.iter().filter_map(|other| match &other.state {
                State::Opened(context) => {
                    let since = self.with(|core| core.world.parked_since(&other.app_id))?;
                    Some((other, context, since.plus(SUSPEND_AFTER_MS)))
                }
                State::AtHand(..) => None,
            })
        };
        let due = |context: &Context, end: Millis, until: Until| {
            let at = context.host.core.borrow().queue.next_at(until);
            at.filter(|at| *at <= end)
        };
        // Timers of the others run on the way to whatever comes.
        let pending = opened().filter_map(|(_, context, end)| due(context, end, until));
        let horizon = pending.chain(own).min()?;
        let first = opened().filter_map(|(other, context, end)| {
            let at = due(context, end, Until::Time(horizon))?;
            Some((at, &other.app_id))
        });
        let (at, app_id) = first.min()?;
        let comes_first = own.is_none_or(|own| at < own);
        comes_first.then(|| (app_id.clone(), at))
    }
}

/// `APPID …` of a step: the appid and the rest.
pub(super) fn named(text: &str) -> Result<(&str, &str), BadStep> {
    let (app_id, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if app_id.is_empty() {
        let text = "`program` needs an appid, and perhaps a page and scene=N";
        return Err(BadStep(text.to_owned()));
    }
    Ok((app_id, rest))
}

impl Core {
    /// A program without code is in front.
    fn visit(&mut self, visit: Visit) {
        let question = if visit.app_id == COMPONENT {
            Question::new("memberCard", "activate the membership card?")
        } else {
            let name = self.world.name_of_program(&visit.app_id);
            let text = format!("{name} has no code here: what does the user do there?");
            Question::new("program", text)
        };
        let stub = self.world.registered(&visit.app_id).and_then(|it| it.stub);
        self.visited = Some(visit);
        match stub {
            Some(answer) => self.later(ANSWER_MS, Work::Stub(answer)),
            None => self.ask(0, question, Purpose::Visit),
        }
    }

    /// The user activates a membership card in the platform's own program; what that gives back.
    fn activate_member_card(&mut self) -> Option<String> {
        let data = self.visited.as_ref()?.extra_data.clone();
        let data: Json = serde_json::from_str(data.as_deref().unwrap_or(NO_DATA)).ok()?;
        let change = ActivateMemberCard {
            caller: self.world.caller(),
            request: MemberCardRequest::read(&data),
        };
        match self.world.apply(change) {
            Ok(given) => given.map(|given| given.to_string()),
            Err(problem) => {
                let text = format!("the membership card component: {}", problem.text());
                self.console("warn", text);
                None
            }
        }
    }

    /// Nobody waits any longer for what happens in a program without code.
    fn forget_visit_question(&mut self) {
        let is_of_visit = |purpose: Purpose| purpose == Purpose::Visit;
        let gone: Vec<u32> = self
            .asked
            .iter()
            .filter(|(_, asked)| is_of_visit(asked.purpose))
            .map(|(number, _)| *number)
            .collect();
        for number in gone {
            self.asked.remove(&number);
            self.unanswered.retain(|open| *open != number);
        }
    }

    /// Whether the page on top is the one that the options lead to.
    fn shows(&self, options: &EnterOptions) -> bool {
        let page = self.world.current_page();
        page.is_some_and(|page| page.route == options.path && page.query == options.query)
    }
}

/// What the world knows of another program: its project and its registration.
fn registered_facts(world: &World, app_id: &str, project: &Project) -> AppFacts {
    let registered = world.registered(app_id).unwrap_or_default();
    AppFacts {
        app_id: app_id.to_owned(),
        name: registered.name,
        subject: registered.subject,
        verified: registered.verified,
        open_platform: registered.open_platform,
        published: registered.published,
        env_version: registered.env_version,
        closed_apis: registered.closed_apis,
        secret: registered.secret,
        merchants: registered.merchants,
        official_accounts: registered.official_accounts,
        short_links: registered.short_links,
        ..app_facts(project, world.profile())
    }
}

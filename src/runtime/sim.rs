//! The façade: start a program, do things to it, look at it.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::around::{begun, first_platform, gone_on};
use super::code::Code;
use super::core::{Beginning, Core};
use super::ops::AppHost;
use super::policy::{Person, Policy};
use super::programs::Other;
use super::step::Step;
use super::trace::{Event, Listener, json};
use super::{LATER, PRELUDE};
use crate::api::outside::Outside;
use crate::engine::{Engine, Limits};
use crate::package::{Files, Project};
use crate::profile::{CHINA_UTC_OFFSET_S, Platform, Profile};
use crate::value::{Exception, Frame};
use crate::world::account::{AppFacts, EnvVersion};
use crate::world::card::Card;
use crate::world::cloud::CloudRule;
use crate::world::device::{SystemPermission, SystemState};
use crate::world::devices::Phone;
use crate::world::enter_options::EnterOptions;
use crate::world::group::Group;
use crate::world::message::template::Template;
use crate::world::network::Route;
use crate::world::open_host::OpenHost;
use crate::world::pay::merchant::Merchant;
use crate::world::printed_code::{LinkRule, PrintedCode};
use crate::world::privacy::Declared;
use crate::world::registration::Registration;
use crate::world::registry::Registered;
use crate::world::sensor_reading::SensorScript;
use crate::world::soter::BiometricFacts;
use crate::world::subscription::Subscriptions;
use crate::world::user::User;
use crate::world::{Millis, World};

/// What a run depends on: the same configuration gives the same trace.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Config {
    /// Rules in force.
    pub profile: Profile,
    /// Seed of everything random.
    pub seed: u64,
    /// Who answers questions.
    pub policy: Policy,
    /// Budgets of scripts.
    #[serde(skip)]
    pub limits: Limits,
    /// System permissions that differ from the default world, where all are granted.
    pub system: Vec<(SystemPermission, SystemState)>,
    /// What motion sensors read from each of their starts on.
    pub sensors: Vec<SensorScript>,
    /// What is said of the biometric recognition of the phone in hand.
    #[serde(default)]
    pub biometrics: BiometricFacts,
    /// Codes that can be scanned.
    #[serde(default)]
    pub codes: Vec<PrintedCode>,
    /// Links that open a page when a QR code has them.
    #[serde(default)]
    pub links: Vec<LinkRule>,
    /// What servers answer, the first that matches first; the network is closed to all else.
    pub routes: Vec<Route>,
    /// Whether the step `server code2session` prints the session key.
    pub reveals_session_key: bool,
    /// Functions and collections of cloud development.
    pub cloud: Vec<CloudRule>,
    /// Whether there are advertisements.
    pub ads: bool,
    /// What the privacy guide names.
    pub privacy_guide: Declared,
    /// Hosts to which requests that no rule answers really go, once there is a way out:
    /// [`Sim::set_outside`].
    pub open_hosts: Vec<OpenHost>,
    /// Mini programs, official accounts and mobile apps besides the program itself, which is not
    /// registered anew.
    pub apps: Vec<Registered>,
    /// The users; empty for the usual one. A user is known by its id.
    pub users: Vec<User>,
    /// The phones; empty for the usual one. Locations off the globe are not taken.
    pub devices: Vec<Phone>,
    /// Group chats.
    pub groups: Vec<Group>,
    /// Cards that merchants hand out.
    #[serde(default)]
    pub cards: Vec<Card>,
    /// Id of the user who holds the phone; `None` is the first, or who held it in `world`. No effect
    /// when there is no such user.
    pub user: Option<String>,
    /// The world to go on from, with its profile and seed; `None` begins a new one.
    pub world: Option<Box<World>>,
    /// Zone that scripts see, in seconds east of UTC; `None` is China standard time.
    pub utc_offset_s: Option<i32>,
    /// What is said of the program's registration.
    #[serde(default)]
    pub registration: Registration,
    /// Merchants of WeChat Pay of whom something is said.
    #[serde(default)]
    pub merchants: Vec<Merchant>,
    /// What the user set for subscription messages; `None` for a program that never asked.
    #[serde(default)]
    pub subscriptions: Option<Subscriptions>,
    /// Templates of messages that the program has.
    #[serde(default)]
    pub templates: Vec<Template>,
    /// Whether the user has not switched WeRun on.
    #[serde(default)]
    pub we_run_off: bool,
}

/// A step could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No page is open.
    #[error("no page is open")]
    NoPage,
    /// The page has no such method.
    #[error("the page {route} has no method `{method}`; it has {known}")]
    NoMethod {
        /// Route of the current page.
        route: String,
        /// What was asked for.
        method: String,
        /// What there is.
        known: String,
    },
    /// No button has such a capability.
    #[error("`{0}` is no open-type that this base library has and wxsim simulates")]
    NoCapability(String),
    /// No component of that name has a gate.
    #[error("`{0}` is no component that asks when it appears; wxsim knows camera and live-pusher")]
    NoComponent(String),
    /// The page cannot be pulled down.
    #[error(
        "the page {0} cannot be pulled down: neither its JSON file nor the window of app.json has \
         `enablePullDownRefresh`"
    )]
    NoPullDown(String),
    /// The page is being refreshed.
    #[error("the pull-down refresh of the page {0} runs until it calls wx.stopPullDownRefresh")]
    Refreshing(String),
    /// There is no such tab.
    #[error("the tab bar has {tabs} items (from 0), not number {index}")]
    NoTab {
        /// Items of the tab bar.
        tabs: usize,
        /// What was asked for.
        index: usize,
    },
    /// The program's server has nothing to work with.
    #[error("{0}")]
    NothingForServer(&'static str),
    /// Scanning the code does not open the program.
    #[error("{0}")]
    BadScan(String),
    /// Nobody asked.
    #[error("no question `{0}` is waiting for an answer")]
    NoQuestion(String),
    /// The answer does not fit.
    #[error("{0}")]
    BadAnswer(String),
    /// The program does not run.
    #[error("the mini program does not run; use the step `launch` first")]
    NotRunning,
    /// There is no code of such a mini program.
    #[error(
        "there is no code of the mini program `{app_id}`; there is that of {known}: give `project` in \
         [[apps]] of wxsim.toml, or --with FOLDER"
    )]
    NoProgram {
        /// What was asked for.
        app_id: String,
        /// What there is.
        known: String,
    },
    /// The program is in the foreground already.
    #[error("the mini program is in the foreground; use the step `background` first")]
    Running,
    /// The expression threw.
    #[error("{0}")]
    Threw(String),
}

/// Mini programs in one world: one in use, and perhaps others.
pub struct Sim {
    pub(super) host: Rc<AppHost>,
    pub(super) engine: Engine,
    pub(super) limits: Limits,
    /// Whether `engine` has run scripts and must be replaced for the next cold start.
    pub(super) engine_used: bool,
    /// Whether the scripts of the main package ran for the start to come.
    pub(super) preloaded: bool,
    /// The build of the program in use that users have.
    pub(super) usual_build: EnvVersion,
    /// The other mini programs of the world whose code is at hand.
    pub(super) others: Vec<Other>,
}

/// The world of a configuration, for servers over it: that of a project, or of a program without pages. Nothing
/// runs.
pub fn world_of(project: Option<&Project>, mut config: Config) -> World {
    let facts = |profile: &Profile| match project {
        Some(project) => app_facts(project, profile),
        None => AppFacts::default(),
    };
    world_from(facts, &mut config)
}

/// The world that a configuration goes on from, or a new one.
fn world_from(facts: impl FnOnce(&Profile) -> AppFacts, config: &mut Config) -> World {
    if let Some(world) = config.world.take() {
        return gone_on(*world, facts, config);
    }
    let first = Profile {
        platform: first_platform(config),
        ..config.profile.clone()
    };
    let world = World::new(config.profile.clone(), facts(&first), config.seed);
    begun(world, config)
}

impl Sim {
    /// A simulator with the program's code at hand; nothing runs before [`Sim::launch`].
    ///
    /// # Errors
    /// The prelude does not run, which is a mistake of wxsim.
    pub fn new(
        project: Rc<Project>,
        files: Rc<dyn Files>,
        mut config: Config,
        listener: Option<Listener>,
    ) -> Result<Self, Exception> {
        let world = world_from(|profile| app_facts(&project, profile), &mut config);
        let beginning = Beginning {
            policy: config.policy,
            listener,
            limits: config.limits,
            utc_offset_s: config.utc_offset_s.unwrap_or(CHINA_UTC_OFFSET_S),
            reveals_session_key: config.reveals_session_key,
        };
        let mut core = Core::new(world, Code::new(project, files), beginning);
        core.trace.begins_with(&core.world.app().app_id);
        let host = Rc::new(AppHost {
            core: RefCell::new(core),
            utc_offset_s: config.utc_offset_s.unwrap_or(CHINA_UTC_OFFSET_S),
        });
        let engine = Engine::start(host.clone(), config.limits, PRELUDE, LATER)?;
        Ok(Self::over(host, engine, config.limits))
    }

    /// The simulator over a host and an engine that know each other; the trace begins here.
    fn over(host: Rc<AppHost>, engine: Engine, limits: Limits) -> Self {
        let usual_build = host.core.borrow().world.app().env_version;
        let sim = Self {
            host,
            engine,
            limits,
            engine_used: false,
            preloaded: false,
            usual_build,
            others: Vec::new(),
        };
        sim.with(|core| {
            core.emit_start();
        });
        sim
    }

    /// Asks somebody the questions that the policy does not answer.
    pub fn set_person(&mut self, person: Box<dyn Person>) {
        self.with(|core| core.person = Some(person));
    }

    /// Gives requests to open hosts a way out. Without one they fail as for a closed host.
    pub fn set_outside(&mut self, outside: Box<dyn Outside>) {
        self.with(|core| core.outside = Some(outside));
    }

    /// Takes the way out away again.
    pub fn leave_outside(&mut self) {
        self.with(|core| core.outside = None);
    }

    /// Compiles the scripts that a start runs, with the modules that they ask for, so that copies of this simulator need not.
    ///
    /// Mistakes are left for the start to report, where they have a place in the order of things.
    pub fn compile(&mut self) {
        self.compile_each(&mut |_| ());
    }

    /// As [`Sim::compile`]; `before` hears each path, for the case that compiling it ends the
    /// process.
    pub fn compile_each(&mut self, before: &mut dyn FnMut(&str)) {
        let app = self.with(|core| core.code.project.app_script.clone());
        let others = self.main_scripts().into_iter().map(|it| it.0);
        let mut queue: VecDeque<String> = std::iter::once(app).chain(others).collect();
        let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
        while let Some(path) = queue.pop_front() {
            before(&path);
            if self.engine.compile(&path).is_ok() {
                let required = self.with(|core| core.code.required(&path));
                queue.extend(
                    required
                        .into_iter()
                        .filter(|path| seen.insert(path.clone())),
                );
            }
        }
    }

    /// Does one step and lets it come to rest.
    ///
    /// # Errors
    /// The step does not apply to what is there.
    pub fn step(&mut self, step: &Step) -> Result<(), StepError> {
        self.with(|core| {
            core.emit(|| Event::Step {
                step: step.to_string(),
            });
        });
        self.perform(step)?;
        self.rest();
        Ok(())
    }

    /// Lets the program come to rest after what was done.
    pub fn rest(&mut self) {
        self.with(Core::take_notices);
        self.settle();
    }

    /// Notes in the trace a step that is none.
    pub fn note_step(&mut self, text: &str) {
        let step = text.to_owned();
        self.with(|core| core.emit(|| Event::Step { step }));
    }

    /// Starts the program and lets it come to rest.
    pub fn launch(&mut self, options: EnterOptions) {
        self.cold_start(options);
        self.settle();
    }

    /// Lets virtual time pass; the program's timers run.
    pub fn advance(&mut self, ms: i64) {
        let end = self.now().plus(ms);
        self.run_until(end);
    }

    /// Virtual time.
    pub fn now(&self) -> Millis {
        self.with(|core| core.world.now())
    }

    /// The simulated facts, to read.
    pub fn read<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.host.core.borrow().world)
    }

    /// The world as text, without what belongs to this run of the program: [`World::save`].
    pub fn save_world(&self) -> String {
        self.read(World::save)
    }

    /// Data of the page on top; `null` without a page.
    pub fn page_data(&mut self) -> Json {
        let Some(page) = self.with(|core| core.world.current_page().map(|page| page.id)) else {
            return Json::Null;
        };
        self.engine
            .call("data", &[page.0.into()])
            .map_or(Json::Null, |data| json(&data))
    }

    /// Ends the trace.
    pub fn finish(&mut self) {
        self.with(|core| {
            let pages = core.routes();
            let unanswered = core.unanswered.clone();
            let errors = core.counters.errors;
            let pending = core
                .calls
                .values()
                .map(|call| call.name.to_string())
                .collect();
            core.emit(|| Event::End {
                pages,
                unanswered,
                errors,
                pending,
            });
        });
    }

    /// The project of the program in use.
    pub fn project(&self) -> Rc<Project> {
        self.with(|core| Rc::clone(&core.code.project))
    }

    /// The line of the project's code in which a frame lies; empty when it is not known.
    pub fn source_line(&self, frame: &Frame) -> String {
        self.with(|core| core.code.line(Some(frame)))
    }

    /// Uncaught errors so far.
    pub fn errors(&self) -> u32 {
        self.with(|core| core.counters.errors)
    }

    pub(super) fn with<T>(&self, run: impl FnOnce(&mut Core) -> T) -> T {
        run(&mut self.host.core.borrow_mut())
    }

    /// A new logic layer for a cold start after the first.
    pub(super) fn renew_engine(&mut self) {
        if self.engine_used {
            self.engine = Engine::start(self.host.clone(), self.limits, PRELUDE, LATER)
                .unwrap_or_else(|error| unreachable!("the prelude ran before: {}", error.text()));
        }
        self.engine_used = true;
    }
}

impl Core {
    fn emit_start(&mut self) {
        let seed = self.world.seed();
        let profile = self.world.profile().clone();
        let app_id = self.world.app().app_id.clone();
        let unix_ms = self.began.0;
        let several = self.world.users().len() > 1;
        let user = several.then(|| self.world.user().id.clone());
        self.emit(|| Event::Start {
            wxsim: env!("CARGO_PKG_VERSION").to_owned(),
            seed,
            profile,
            app_id,
            user,
            unix_ms,
        });
    }

    /// Routes of the page stack, bottom first.
    pub(super) fn routes(&self) -> Vec<String> {
        self.world
            .page_stack()
            .iter()
            .map(|page| page.route.clone())
            .collect()
    }
}

/// `workers` of app.json: a folder, or `{path, isSubpackage}`.
fn workers(json: &Json) -> Option<(String, bool)> {
    let path = json.as_str().or_else(|| json["path"].as_str())?;
    let own = json["isSubpackage"] == true;
    Some((path.trim_matches('/').to_owned(), own))
}

/// The texts of a list.
fn texts(json: &Json) -> Vec<String> {
    let items = json.as_array().into_iter().flatten();
    let texts = items.filter_map(Json::as_str);
    texts.map(str::to_owned).collect()
}

/// The appid that the project says; an empty one is none, except in the developer tool, which minds.
fn app_id(project: &Project, profile: &Profile) -> Option<String> {
    let said = project.app_id.as_ref();
    let counts = |id: &&String| !id.is_empty() || profile.platform == Platform::Devtools;
    said.filter(counts).cloned()
}

/// What the world knows of the program.
pub(super) fn app_facts(project: &Project, profile: &Profile) -> AppFacts {
    let app = &project.app;
    let facts = AppFacts::default();
    AppFacts {
        app_id: app_id(project, profile).unwrap_or(facts.app_id.clone()),
        pages: app.pages.clone(),
        entry_page: app.entry_page.clone(),
        tab_pages: app
            .tab_bar
            .iter()
            .flat_map(|bar| bar.items.iter().map(|item| item.page_path.clone()))
            .collect(),
        page_titles: project.page_titles(),
        permission_desc: app.permission.clone(),
        required_private_infos: app.required_private_infos.clone(),
        required_background_modes: app.required_background_modes.clone(),
        use_privacy_check: app.raw["__usePrivacyCheck__"] == true,
        ext_config: project.ext.clone(),
        network_timeout_ms: app.raw["networkTimeout"]
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(api, ms)| Some((api.clone(), ms.as_i64().filter(|ms| *ms > 0)?)))
            .collect(),
        subpackages: app
            .subpackages
            .iter()
            .map(|package| (package.root.clone(), package.name.clone()))
            .collect(),
        workers: workers(&app.raw["workers"]),
        published: profile.compat_date,
        jump_list: texts(&app.raw["navigateToMiniProgramAppIdList"]),
        embedded_list: texts(&app.raw["embeddedAppIdList"]),
        ..facts
    }
}

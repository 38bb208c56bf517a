//! Whether the mini program runs, and whether the user sees it.
//!
//! Official page: "Runtime mechanism". Five seconds after the user leaves, scripts stop; half an
//! hour later the mini program is destroyed, so that coming back is a cold start. Coming back by a
//! scene that names a page opens that page anew, except for the scenes that always keep the pages.
//!
//! Differs from the client: background music and location do not keep it alive, and memory
//! pressure never ends it (kill it instead). Unverified: coming back without new options keeps the
//! previous ones on every platform; the manual says so of Android's Home key.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::enter_options::{ApiCategory, EnterOptions};
use super::notice::{Notice, Told};
use super::program_run;
use super::scene::{BACK_FROM_PROGRAM, OPENED_BY_PROGRAM, a_class};
use super::{Change, Millis, World, sealed::Sealed};
use crate::version::Version;

/// How long scripts go on in the background, in milliseconds.
pub const SUSPEND_AFTER_MS: i64 = 5_000;
/// How long a suspended mini program is kept, in milliseconds.
pub const DESTROY_AFTER_MS: i64 = 30 * 60_000;

/// Whether the mini program runs and is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunState {
    /// Not started, or destroyed.
    #[default]
    NotRunning,
    /// The user sees it.
    Foreground,
    /// The user left it.
    Background {
        /// When the user left.
        since: Millis,
    },
}

/// Run state and how the mini program was opened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Foreground {
    state: RunState,
    launch: Option<EnterOptions>,
    enter: Option<EnterOptions>,
    /// The mini program that opened it, and to which it can go back.
    opener: Option<String>,
}

impl Foreground {
    /// Whether the mini program runs and is seen.
    pub(super) fn state(&self) -> RunState {
        self.state
    }
}

/// The mini program starts anew: no pages, nothing on the screen. Open the first page next.
#[derive(Clone, Debug)]
pub struct ColdStart(pub EnterOptions);

impl Sealed for ColdStart {}
impl Change for ColdStart {
    type Effect = ();

    fn apply(self, world: &mut World) {
        program_run::end(world);
        StartedBy(self.0).apply(world);
    }
}

/// What brought a start about whose scripts ran before that was known. What they made stays.
#[derive(Clone, Debug)]
pub struct StartedBy(pub EnterOptions);

impl Sealed for StartedBy {}
impl Change for StartedBy {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let mut options = self.0.taken_in(&world.profile);
        if options.path.is_empty() {
            world
                .app
                .home_page()
                .unwrap_or_default()
                .clone_into(&mut options.path);
        }
        super::launch_ability::entered(world, &options);
        world.foreground = Foreground {
            state: RunState::Foreground,
            opener: opener(&options, None),
            launch: Some(options.clone()),
            enter: Some(options),
        };
        super::recent_apps::opened(world);
        super::share::entered(world);
    }
}

/// The user leaves the mini program; no effect unless it is in the foreground.
#[derive(Clone, Copy, Debug)]
pub struct EnterBackground;

impl Sealed for EnterBackground {}
impl Change for EnterBackground {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if world.foreground.state == RunState::Foreground {
            world.foreground.state = RunState::Background { since: world.now };
            super::sound::left(world);
            super::recorder::left(world);
            super::voip::interrupt(world);
        }
    }
}

/// What coming back leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The pages are as they were.
    Resume,
    /// This page is opened anew after `App.onShow`; all others are closed.
    ReLaunch {
        /// The page's route.
        path: String,
        /// The page's query, in order, not decoded.
        query: Vec<(String, String)>,
    },
    /// The mini program is gone: a cold start is needed.
    Destroyed,
}

/// The user comes back, by new options or (without) just back.
#[derive(Clone, Debug)]
pub struct EnterForeground(pub Option<EnterOptions>);

impl Sealed for EnterForeground {}
impl Change for EnterForeground {
    type Effect = Entry;

    fn apply(self, world: &mut World) -> Entry {
        if world.is_destroyed() {
            program_run::end(world);
            return Entry::Destroyed;
        }
        world.foreground.state = RunState::Foreground;
        super::recent_apps::opened(world);
        super::sensor::resumed(world);
        let Some(options) = self.0 else {
            return Entry::Resume;
        };
        let mut options = options.taken_in(&world.profile);
        super::launch_ability::entered(world, &options);
        let keeps_pages = a_class(options.scene) || options.path.is_empty();
        if let Some(page) = world.current_page()
            && options.path.is_empty()
        {
            options.path.clone_from(&page.route);
            options.query.clone_from(&page.query);
        }
        let (path, query) = (options.path.clone(), options.query.clone());
        let before = world.api_category();
        let former = world.foreground.opener.take();
        world.foreground.opener = opener(&options, former);
        world.foreground.enter = Some(options);
        super::share::entered(world);
        let now = world.api_category();
        if before != now {
            let argument = json!({ "apiCategory": now.name() });
            let told = Told::global("onApiCategoryChange", argument);
            world.leave(0, Notice::Told(told));
        }
        if keeps_pages {
            Entry::Resume
        } else {
            Entry::ReLaunch { path, query }
        }
    }
}

/// The mini program is ended at once, without any hook.
#[derive(Clone, Copy, Debug)]
pub struct Kill;

impl Sealed for Kill {}
impl Change for Kill {
    type Effect = ();

    fn apply(self, world: &mut World) {
        program_run::end(world);
    }
}

/// The mini program that an entry leads back to; coming back from another one changes nothing.
fn opener(options: &EnterOptions, former: Option<String>) -> Option<String> {
    let referrer = options.referrer_info.as_ref();
    match options.scene {
        OPENED_BY_PROGRAM => referrer.map(|referrer| referrer.app_id.clone()),
        BACK_FROM_PROGRAM => former,
        _ => None,
    }
}

impl World {
    /// The mini program that opened the one in use, and to which it can go back.
    pub fn opener(&self) -> Option<&str> {
        self.foreground.opener.as_deref()
    }

    /// Whether the mini program runs and is seen.
    pub fn run_state(&self) -> RunState {
        self.foreground.state
    }

    /// Whether the user left the mini program and it still lives.
    pub fn is_in_background(&self) -> bool {
        matches!(self.foreground.state, RunState::Background { .. })
    }

    /// Whether scripts stand still because the user left long enough ago.
    pub fn is_suspended(&self) -> bool {
        self.background_ms()
            .is_some_and(|ms| ms >= SUSPEND_AFTER_MS)
    }

    /// How the mini program was started; `None` while it does not run.
    pub fn launch_options(&self) -> Option<&EnterOptions> {
        self.foreground.launch.as_ref()
    }

    /// How the mini program last came to the foreground; `None` while it does not run.
    pub fn enter_options(&self) -> Option<&EnterOptions> {
        self.foreground.enter.as_ref()
    }

    /// Which APIs are open, by how the program last came to the foreground.
    pub fn api_category(&self) -> ApiCategory {
        let options = self.enter_options();
        let category = options.and_then(|options| options.api_category);
        category.unwrap_or(ApiCategory::Default)
    }

    fn background_ms(&self) -> Option<i64> {
        match self.foreground.state {
            RunState::Background { since } => Some(self.now.since(since)),
            RunState::NotRunning | RunState::Foreground => None,
        }
    }

    /// Whether coming back finds nothing to come back to.
    pub(super) fn is_destroyed(&self) -> bool {
        let Some(ms) = self.background_ms() else {
            return self.foreground.state == RunState::NotRunning;
        };
        ms >= SUSPEND_AFTER_MS + DESTROY_AFTER_MS || self.leaving_destroys()
    }

    /// Base libraries 1.1.0 to 1.3.x did not keep a mini program opened from a chat or a code.
    fn leaving_destroys(&self) -> bool {
        let sdk = self.profile.sdk;
        let scene = self.foreground.enter.as_ref().map(|options| options.scene);
        (Version(1, 1, 0)..Version(1, 4, 0)).contains(&sdk)
            && matches!(scene, Some(1007 | 1008 | 1011 | 1025))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        ColdStart, DESTROY_AFTER_MS, EnterBackground, EnterForeground, EnterOptions, Entry, Kill,
        RunState, SUSPEND_AFTER_MS, StartedBy,
    };
    use crate::profile::{Date, Profile};
    use crate::world::object::NewObject;
    use crate::world::route::OpenFirstPage;
    use crate::world::ui::{Loading, ShowLoading};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn started(profile: Profile, scene: u32) -> World {
        let pages = vec!["pages/home/home".to_owned(), "pages/a/a".to_owned()];
        let mut world = World::new(
            profile,
            AppFacts {
                pages,
                ..AppFacts::default()
            },
            1,
        );
        world.apply(ColdStart(EnterOptions::new("", scene)));
        let first = OpenFirstPage {
            path: String::new(),
            query: Vec::new(),
        };
        world.apply(first).expect("the home page exists");
        world
    }

    fn away(world: &mut World, ms: i64) {
        world.apply(EnterBackground);
        world.apply(AdvanceTo(world.now().plus(ms)));
    }

    fn scene(world: &World) -> Option<u32> {
        world.enter_options().map(|options| options.scene)
    }

    #[test]
    fn a_start_that_learns_its_options_keeps_what_scripts_made() {
        let mut world = started(Profile::default(), 1001);
        let object = world.apply(NewObject("Performance"));
        world.apply(StartedBy(EnterOptions::new("pages/a/a", 1011)));
        assert_eq!(world.class_of(object), Some("Performance"));
        let launch = world.launch_options().expect("it runs");
        assert_eq!((launch.path.as_str(), launch.scene), ("pages/a/a", 1011));
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        assert_eq!(world.class_of(object), None);
    }

    #[test]
    fn a_cold_start_without_path_opens_the_home_page() {
        let world = started(Profile::default(), 1001);
        let launch = world.launch_options().expect("it runs");
        assert_eq!(launch.path, "pages/home/home");
        assert_eq!(world.enter_options(), Some(launch));
        assert_eq!(world.run_state(), RunState::Foreground);
    }

    #[test]
    fn scripts_stop_after_five_seconds_and_the_program_ends_half_an_hour_later() {
        let mut world = started(Profile::default(), 1001);
        away(&mut world, SUSPEND_AFTER_MS - 1);
        assert!(world.is_in_background() && !world.is_suspended());
        world.apply(AdvanceTo(world.now().plus(1)));
        assert!(world.is_suspended(), "first suspended moment");
        world.apply(AdvanceTo(world.now().plus(DESTROY_AFTER_MS - 1)));
        assert_eq!(
            world.clone().apply(EnterForeground(None)),
            Entry::Resume,
            "last live moment"
        );
        world.apply(EnterBackground);
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(
            world.apply(EnterForeground(None)),
            Entry::Destroyed,
            "leaving twice is once"
        );
        assert_eq!(world.run_state(), RunState::NotRunning);
        assert!(world.page_stack().is_empty() && world.launch_options().is_none());
    }

    #[test]
    fn a_scene_with_a_path_opens_it_anew_and_the_keeping_scenes_do_not() {
        let cases = [
            (1007, "/pages/a/a", false),
            (1007, "", true),
            (1089, "pages/a/a", true),
        ];
        for (number, path, keeps) in cases {
            let mut world = started(Profile::default(), 1001);
            away(&mut world, 1);
            let entry = world.apply(EnterForeground(Some(EnterOptions::new(path, number))));
            let anew = Entry::ReLaunch {
                path: "pages/a/a".into(),
                query: Vec::new(),
            };
            assert_eq!(
                entry,
                if keeps { Entry::Resume } else { anew },
                "{number} {path}"
            );
            assert_eq!(scene(&world), Some(number));
            assert_eq!(
                world.launch_options().map(|options| options.scene),
                Some(1001)
            );
        }
    }

    #[test]
    fn coming_back_without_options_keeps_the_previous_scene() {
        let mut world = started(Profile::default(), 1011);
        away(&mut world, 1);
        assert_eq!(world.apply(EnterForeground(None)), Entry::Resume);
        assert_eq!(scene(&world), Some(1011));
    }

    #[test]
    fn the_base_libraries_of_early_2017_did_not_keep_a_program_opened_from_a_chat() {
        let back = |profile: Profile, scene| {
            let mut world = started(profile, scene);
            away(&mut world, 1);
            world.apply(EnterForeground(None))
        };
        let early = Profile::on(Date::new(2017, 5, 20));
        assert_eq!(back(early.clone(), 1007), Entry::Destroyed);
        assert_eq!(back(early, 1022), Entry::Resume);
        assert_eq!(
            back(Profile::on(Date::new(2017, 8, 17)), 1007),
            Entry::Resume
        );
    }

    #[test]
    fn killing_ends_the_run() {
        let mut world = started(Profile::default(), 1001);
        let (title, mask) = ("wait".to_owned(), true);
        world.apply(ShowLoading(Loading { title, mask }));
        world.apply(Kill);
        assert_eq!(world.run_state(), RunState::NotRunning);
        assert!(world.loading().is_none() && world.page_stack().is_empty());
        assert_eq!(world.apply(EnterForeground(None)), Entry::Destroyed);
    }
}

//! What belongs to one run of one mini program, and which program of the phone is in use.
//!
//! A world has one program *in use*: the one that the user sees, or saw last, or whose due work runs.
//! [`World::app`], the pages, the screen and everything else that a run has are of that program.
//! Others that were opened keep theirs until they are in use again: [`UseProgram`].

use serde::{Deserialize, Serialize};

use super::ad::Ads;
use super::bluetooth::Adapter;
use super::buffer_url::BufferUrls;
use super::camera::Cameras;
use super::canvas::Canvases;
use super::cloud::Cloud;
use super::foreground::{Foreground, RunState};
use super::keyboard::Keyboard;
use super::live::Live;
use super::location_updates::Updates;
use super::map::Maps;
use super::navigation_bar::NavigationBars;
use super::notice::Due;
use super::object::{ObjectId, Objects};
use super::page_stack::Pages;
use super::page_window::Windows;
use super::performance::Performance;
use super::peripheral::Peripherals;
use super::power::ScreenLight;
use super::privacy::{DeclarePrivacy, Declared};
use super::recorder::Recorder;
use super::registry::Registered;
use super::screen_capture::ScreenCapture;
use super::sensor::Sensors;
use super::share::Tickets;
use super::share_menu::ShareMenus;
use super::socket::Sockets;
use super::sound::Sounds;
use super::tab_bar::TabBarState;
use super::ui::Screen;
use super::video::Videos;
use super::vision::Sessions;
use super::voip::VoiceChat;
use super::worker::Workers;
use super::{AppFacts, Change, Millis, World, sealed::Sealed};

/// The list of facts that each program in a world has for itself: how they are after a run has
/// ended (of the world, before it ended), and how they go from and to a program that is not in use.
macro_rules! facts_of_a_run {
    ($world:ident; $($field:ident: $type:ty = $ended:expr;)*) => {
        /// The facts of a program that is not in use.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        struct Run {
            $($field: $type,)*
        }

        impl Run {
            /// The facts after a run.
            fn ended($world: &World) -> Self {
                Self { $($field: $ended,)* }
            }

            /// Changes places with the facts of the program in use.
            fn swap(&mut self, world: &mut World) {
                $(std::mem::swap(&mut self.$field, &mut world.$field);)*
            }
        }
    };
}

facts_of_a_run! {
    world;
    foreground: Foreground = Foreground::default();
    pages: Pages = Pages::after(&world.pages);
    screen: Screen = Screen::default();
    screen_light: ScreenLight = ScreenLight::default();
    share_tickets: Tickets = Tickets::new();
    share_menus: ShareMenus = ShareMenus::new();
    tab_bar: TabBarState = TabBarState::default();
    navigation_bars: NavigationBars = NavigationBars::default();
    windows: Windows = Windows::default();
    sockets: Sockets = Sockets::default();
    update_check: Option<ObjectId> = None;
    performance: Performance = Performance::at(world.now);
    buffer_urls: BufferUrls = BufferUrls::default();
    sensors: Sensors = world.sensors.stopped();
    keyboard: Keyboard = Keyboard::default();
    screen_capture: ScreenCapture = world.screen_capture.shown();
    objects: Objects = Objects::default();
    canvases: Canvases = Canvases::default();
    cloud: Cloud = world.cloud.after_run();
    maps: Maps = Maps::default();
    workers: Workers = Workers::default();
    ads: Ads = world.ads.after_run();
    notices: Vec<Due> = Vec::new();
    location_updates: Option<Updates> = None;
    bluetooth: Adapter = Adapter::default();
    cameras: Cameras = Cameras::default();
    live: Live = Live::default();
    sounds: Sounds = Sounds::default();
    recorder: Recorder = Recorder::default();
    voice_chat: Option<VoiceChat> = None;
    peripherals: Peripherals = Peripherals::default();
    vision_sessions: Sessions = Sessions::default();
    videos: Videos = Videos::default();
}

/// A program that was opened and is not in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Parked {
    app: AppFacts,
    privacy_guide: Declared,
    run: Run,
}

/// Ends the run of the program in use.
pub(super) fn end(world: &mut World) {
    Run::ended(world).swap(world);
    let caller = world.caller();
    world.files.end_run(&caller);
    world.pay.end_run(&caller);
}

/// Ends the runs of all programs that are not in use; what they are stays registered.
pub(super) fn end_parked(world: &mut World) {
    let user_id = world.user().id.clone();
    for parked in std::mem::take(&mut world.parked) {
        let caller = super::Caller::new(parked.app.app_id, &*user_id);
        world.files.end_run(&caller);
        world.pay.end_run(&caller);
    }
}

/// A program comes into use with the facts of its project; the one that was becomes a registered one
/// that keeps the facts of its run. No effect for the program in use.
#[derive(Clone, Debug)]
pub struct UseProgram(pub AppFacts);

impl Sealed for UseProgram {}
impl Change for UseProgram {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let app = self.0;
        if app.app_id == world.app.app_id {
            return;
        }
        let mut parked = world.parked.iter();
        let at = parked.position(|parked| parked.app.app_id == app.app_id);
        let (app, guide, mut run) = if let Some(at) = at {
            let parked = world.parked.remove(at);
            (parked.app, parked.privacy_guide, parked.run)
        } else {
            let registered = world.registered(&app.app_id);
            let guide = registered.map(|app| app.privacy_guide).unwrap_or_default();
            (app, guide, Run::ended(world))
        };
        let former = world.registered(&world.app.app_id);
        world.registry.extend(former);
        let not_in_use = |other: &Registered| other.app_id != app.app_id;
        world.registry.retain(not_in_use);
        // Numbers of pages are never given out twice.
        run.pages.continue_after(&world.pages);
        run.swap(world);
        let privacy_guide = world.privacy_guide().clone();
        let app = std::mem::replace(&mut world.app, app);
        world.parked.push(Parked {
            app,
            privacy_guide,
            run,
        });
        world.apply(DeclarePrivacy(guide));
    }
}

impl World {
    /// The facts of a program that was opened; `None` for any other.
    pub fn app_facts(&self, app_id: &str) -> Option<&AppFacts> {
        if app_id == self.app.app_id {
            return Some(&self.app);
        }
        let mut parked = self.parked.iter();
        let parked = parked.find(|parked| parked.app.app_id == app_id)?;
        Some(&parked.app)
    }

    /// Whether a program may have a page: one whose pages are not known may have any.
    pub fn may_have_page(&self, app_id: &str, route: &str) -> bool {
        let facts = self.app_facts(app_id).filter(|app| !app.pages.is_empty());
        facts.is_none_or(|app| app.has_page(route))
    }

    /// Since when a program that is not in use is in the background; `None` for one that does not run.
    pub fn parked_since(&self, app_id: &str) -> Option<Millis> {
        let mut all = self.parked.iter();
        let parked = all.find(|parked| parked.app.app_id == app_id)?;
        match parked.run.foreground.state() {
            RunState::Background { since } => Some(since),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UseProgram;
    use crate::profile::Profile;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, EnterBackground, RunState};
    use crate::world::object::NewObject;
    use crate::world::privacy::{DeclarePrivacy, Declared};
    use crate::world::registry::{IsRunning, Register, Registered};
    use crate::world::route::OpenFirstPage;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn program(app_id: &str) -> AppFacts {
        AppFacts {
            app_id: app_id.into(),
            name: app_id.to_uppercase(),
            pages: vec!["pages/a/a".into()],
            ..AppFacts::default()
        }
    }

    fn open(world: &mut World) -> u32 {
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        let page = OpenFirstPage {
            path: "pages/a/a".into(),
            query: Vec::new(),
        };
        world.apply(page).expect("a page");
        world.current_page().expect("it is open").id.0
    }

    #[test]
    fn each_program_keeps_its_run_and_no_page_number_comes_twice() {
        let mut world = World::new(Profile::default(), program("wxa"), 1);
        let first = open(&mut world);
        let object = world.apply(NewObject("Performance"));
        world.apply(EnterBackground);
        let left = world.now();
        world.apply(UseProgram(program("wxb")));
        assert_eq!(world.run_state(), RunState::NotRunning);
        assert_eq!(world.class_of(object), None, "objects are of a program");
        assert_eq!(world.parked_since("wxa"), Some(left));
        assert_eq!(world.parked_since("wxb"), None, "it is in use");
        for app_id in ["wxa", "wxb"] {
            assert!(
                world
                    .app_facts(app_id)
                    .is_some_and(|it| it.app_id == app_id)
            );
            assert!(!world.may_have_page(app_id, "pages/none"), "{app_id}");
        }
        assert!(
            world.may_have_page("wxa", "pages/a/a") && world.may_have_page("wxc", "pages/none")
        );
        assert_eq!(world.app_facts("wxc"), None);
        let second = open(&mut world);
        assert_ne!(first, second);
        world.apply(EnterBackground);
        world.apply(AdvanceTo(left.plus(1)));
        world.apply(UseProgram(AppFacts {
            app_id: "wxa".into(),
            ..AppFacts::default()
        }));
        assert_eq!(world.app().name, "WXA", "its facts came back");
        assert_eq!(world.current_page().expect("its page").id.0, first);
        assert_eq!(world.class_of(object), Some("Performance"));
        assert_eq!(world.run_state(), RunState::Background { since: left });
        assert!(world.parked_since("wxb").is_some());
    }

    #[test]
    fn a_program_that_is_not_in_use_stays_registered_with_its_guide() {
        let mut world = World::new(Profile::default(), program("wxa"), 1);
        let guide = |text: &str| text.parse::<Declared>().expect(text);
        world.apply(DeclarePrivacy(guide("location")));
        let other = Registered {
            app_id: "wxb".into(),
            privacy_guide: guide("camera"),
            ..Registered::default()
        };
        world.apply(Register(other)).expect("another one");
        world.apply(UseProgram(program("wxb")));
        assert_eq!(*world.privacy_guide(), guide("camera"));
        let former = world.registered("wxa").expect("it is registered");
        assert_eq!(former.privacy_guide, guide("location"));
        assert_eq!(former.name, "WXA");
        let again = world.apply(Register(Registered {
            app_id: "wxb".into(),
            ..Registered::default()
        }));
        assert_eq!(again, Err(IsRunning));
        let ids: Vec<&str> = world.other_apps().iter().map(|it| &*it.app_id).collect();
        assert_eq!(ids, ["wxa"], "none is there twice");
        world.apply(UseProgram(program("wxa")));
        assert_eq!(*world.privacy_guide(), guide("location"));
    }

    #[test]
    fn saving_ends_every_run_and_forgets_none_of_the_programs() {
        let mut world = World::new(Profile::default(), program("wxa"), 1);
        open(&mut world);
        world.apply(UseProgram(program("wxb")));
        open(&mut world);
        let restored = World::restore(&world.save()).expect("its own form");
        assert_eq!(restored.parked_since("wxa"), None);
        assert_eq!(restored.run_state(), RunState::NotRunning);
        assert!(restored.registered("wxa").is_some());
    }
}

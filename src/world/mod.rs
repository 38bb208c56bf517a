//! Every simulated fact of WeChat, as plain data: the client, its user, the mini program.
//!
//! Nothing here runs scripts, reads a clock, draws operating-system randomness or touches a file.
//! A [`World`] is read through methods named after facts and changes only by [`World::apply`]; the
//! same world and the same change always give the same result, so a world can be cloned, saved,
//! restored and compared.

pub mod account;
pub mod ad;
pub mod address;
pub mod album;
pub mod background_fetch;
pub mod bluetooth;
pub mod buffer_url;
#[cfg(test)]
mod callers_walk_tests;
pub mod camera;
pub mod canvas;
pub mod card;
pub mod client_event;
pub mod clipboard;
pub mod cloud;
pub mod cloud_id;
pub mod code_package;
pub mod connection;
#[cfg(test)]
mod consent_walk_tests;
pub mod conversation;
pub mod device;
pub mod devices;
pub mod enter_options;
mod essence;
pub mod exit_state;
pub mod feedback;
pub mod files;
pub mod foreground;
pub mod frequency;
pub mod gcj02;
pub mod group;
pub mod handover;
pub mod invoice;
pub mod jump;
pub mod keyboard;
pub mod launch_ability;
pub mod live;
pub mod live_activity;
pub mod location_updates;
pub mod map;
pub mod message;
pub mod navigation_bar;
pub mod network;
pub mod network_failure;
pub mod network_rule;
pub mod notice;
pub mod object;
pub mod open_api;
pub mod open_data;
pub mod open_host;
mod page_stack;
mod page_title;
mod page_url;
pub mod page_window;
pub mod pay;
mod per_caller;
pub mod performance;
pub mod peripheral;
pub mod permission;
pub mod phone;
pub mod phone_number;
pub mod place_name;
pub mod position;
pub mod power;
pub mod printed_code;
pub mod privacy;
pub mod program_run;
pub mod real_socket;
pub mod recent_apps;
pub mod recorder;
pub mod registration;
pub mod registry;
pub mod rewrite;
pub mod rng;
pub mod route;
pub mod save;
pub mod scene;
pub mod scope;
pub mod screen_capture;
pub mod sensor;
pub mod sensor_reading;
pub mod server_value;
pub mod service_chat;
pub mod session;
pub mod share;
pub mod share_menu;
pub mod socket;
mod socket_listeners;
pub mod socket_rule;
#[cfg(test)]
mod socket_walk_tests;
pub mod soter;
#[cfg(test)]
mod soter_walk_tests;
pub mod sound;
pub mod storage;
pub mod subscription;
pub mod switches;
pub mod tab_bar;
pub mod text_width;
mod time;
pub mod top_bar;
pub mod ui;
pub mod update;
pub mod user;
pub mod user_info;
pub mod video;
pub mod vision;
pub mod voip;
#[cfg(test)]
mod walk_tests;
pub mod werun;
pub mod window_frame;
pub mod worker;

pub use account::{AppFacts, Caller};
pub use time::{AdvanceTo, Millis};

use serde::{Deserialize, Serialize};

use crate::profile::Profile;

/// One step of the simulated facts; what it returned is its effect.
///
/// Only this module tree implements it.
pub trait Change: sealed::Sealed {
    /// What the change returns.
    type Effect;

    /// Performs the change; call [`World::apply`] instead.
    fn apply(self, world: &mut World) -> Self::Effect;
}

mod sealed {
    /// Keeps [`Change`](super::Change) inside this module tree.
    pub trait Sealed {}
}

/// All simulated facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct World {
    profile: Profile,
    seed: u64,
    now: Millis,
    rng: rng::Rng,
    app: AppFacts,
    /// Programs that were opened besides the one in use, what was in use last behind.
    parked: Vec<program_run::Parked>,
    registry: registry::Registry,
    pay: pay::WeChatPay,
    users: user::Users,
    devices: devices::Devices,
    groups: group::Groups,
    device: device::Device,
    biometrics: soter::Biometrics,
    soter: soter::Soter,
    sessions: session::Sessions,
    open_api: open_api::OpenApi,
    open_data: open_data::OpenData,
    phone_numbers: phone_number::PhoneNumbers,
    cards: card::Cards,
    location_updates: Option<location_updates::Updates>,
    bluetooth: bluetooth::Adapter,
    cameras: camera::Cameras,
    live: live::Live,
    permissions: permission::Permissions,
    privacy: privacy::Privacy,
    storage: storage::Storage,
    files: files::LocalFiles,
    pages: page_stack::Pages,
    foreground: foreground::Foreground,
    screen: ui::Screen,
    shared: share::SharedCards,
    share_tickets: share::Tickets,
    share_menus: share_menu::ShareMenus,
    screen_light: power::ScreenLight,
    navigation_bars: navigation_bar::NavigationBars,
    windows: page_window::Windows,
    tab_bar: tab_bar::TabBarState,
    clipboard: String,
    connection: connection::Connection,
    update_check: Option<object::ObjectId>,
    objects: object::Objects,
    canvases: canvas::Canvases,
    maps: map::Maps,
    messages: message::Messages,
    workers: worker::Workers,
    ads: ad::Ads,
    cloud: cloud::Cloud,
    cloud_ids: cloud_id::CloudIds,
    notices: Vec<notice::Due>,
    network: network::Network,
    open_hosts: Vec<open_host::OpenHost>,
    sockets: socket::Sockets,
    buffer_urls: buffer_url::BufferUrls,
    codes: printed_code::Codes,
    sensors: sensor::Sensors,
    keyboard: keyboard::Keyboard,
    performance: performance::Performance,
    screen_capture: screen_capture::ScreenCapture,
    window_frame: window_frame::WindowFrame,
    switched_off: switches::SwitchedOff,
    battery: power::Battery,
    top_bar: top_bar::TopBar,
    rewriting: Option<rewrite::Rewriting>,
    background_fetch: background_fetch::BackgroundFetch,
    network_weak: bool,
    audio_interrupted: bool,
    album: album::Album,
    sounds: sound::Sounds,
    recorder: recorder::Recorder,
    voice_chat: Option<voip::VoiceChat>,
    peripherals: peripheral::Peripherals,
    vision_sessions: vision::Sessions,
    videos: video::Videos,
    frequency: frequency::Frequency,
    handovers: handover::Handovers,
    launch_abilities: launch_ability::LaunchAbilities,
    conversations: per_caller::PerCaller<conversation::Conversation>,
    service_chats: Vec<service_chat::ServiceChat>,
    feedback: Vec<feedback::Feedback>,
    subscriptions: per_caller::PerCaller<subscription::Subscriptions>,
    exits: per_caller::PerCaller<exit_state::Exit>,
    app_uses: per_caller::PerCaller<recent_apps::AppUse>,
}

impl World {
    /// The default world: one user logged in to WeChat, the given mini program not yet running,
    /// nothing authorized, every system permission granted, at the profile's start time.
    #[expect(clippy::too_many_lines, reason = "one line a fact")]
    pub fn new(profile: Profile, app: AppFacts, seed: u64) -> Self {
        let start = profile.start_unix_ms();
        Self {
            now: Millis(start),
            devices: devices::Devices::usual(profile.platform),
            profile,
            seed,
            rng: rng::Rng::new(seed),
            app,
            parked: Vec::new(),
            registry: Vec::new(),
            pay: pay::WeChatPay::default(),
            users: user::Users::default(),
            groups: Vec::new(),
            device: device::Device::default(),
            biometrics: soter::Biometrics::default(),
            soter: soter::Soter::default(),
            sessions: session::Sessions::default(),
            open_api: open_api::OpenApi::default(),
            open_data: open_data::OpenData::default(),
            phone_numbers: phone_number::PhoneNumbers::default(),
            cards: card::Cards::default(),
            location_updates: None,
            bluetooth: bluetooth::Adapter::default(),
            cameras: camera::Cameras::default(),
            live: live::Live::default(),
            permissions: permission::Permissions::default(),
            privacy: privacy::Privacy::default(),
            storage: storage::Storage::default(),
            files: files::LocalFiles::default(),
            pages: page_stack::Pages::default(),
            foreground: foreground::Foreground::default(),
            screen: ui::Screen::default(),
            shared: Vec::new(),
            share_tickets: Vec::new(),
            share_menus: Vec::new(),
            screen_light: power::ScreenLight::default(),
            navigation_bars: Vec::new(),
            windows: page_window::Windows::default(),
            tab_bar: tab_bar::TabBarState::default(),
            clipboard: String::new(),
            connection: connection::Connection::default(),
            update_check: None,
            objects: object::Objects::default(),
            canvases: canvas::Canvases::default(),
            maps: map::Maps::default(),
            messages: message::Messages::default(),
            workers: worker::Workers::default(),
            ads: ad::Ads::default(),
            cloud: cloud::Cloud::default(),
            cloud_ids: cloud_id::CloudIds::default(),
            notices: Vec::new(),
            network: network::Network::default(),
            open_hosts: Vec::new(),
            sockets: socket::Sockets::default(),
            buffer_urls: buffer_url::BufferUrls::default(),
            codes: printed_code::Codes::default(),
            sensors: sensor::Sensors::default(),
            keyboard: keyboard::Keyboard::default(),
            performance: performance::Performance::at(Millis(start)),
            screen_capture: screen_capture::ScreenCapture::default(),
            window_frame: window_frame::WindowFrame::default(),
            switched_off: switches::SwitchedOff::new(),
            battery: power::Battery::default(),
            top_bar: None,
            rewriting: None,
            background_fetch: background_fetch::BackgroundFetch::default(),
            network_weak: false,
            audio_interrupted: false,
            album: album::Album::default(),
            sounds: sound::Sounds::default(),
            recorder: recorder::Recorder::default(),
            voice_chat: None,
            peripherals: peripheral::Peripherals::default(),
            vision_sessions: vision::Sessions::default(),
            videos: video::Videos::default(),
            frequency: frequency::Frequency::default(),
            handovers: handover::Handovers::default(),
            launch_abilities: per_caller::PerCaller::default(),
            conversations: per_caller::PerCaller::default(),
            service_chats: Vec::new(),
            feedback: Vec::new(),
            subscriptions: per_caller::PerCaller::default(),
            exits: per_caller::PerCaller::default(),
            app_uses: per_caller::PerCaller::default(),
        }
    }

    /// Performs one change and returns its effect.
    pub fn apply<C: Change>(&mut self, change: C) -> C::Effect {
        change.apply(self)
    }

    /// Which rules of the platform hold.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The number that all random facts follow from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// A number equal for equal worlds: 64-bit FNV-1a over the world's compact JSON text.
    ///
    /// Stable across runs and machines; it changes between wxsim releases when a fact is added.
    #[expect(clippy::missing_panics_doc, reason = "hashing the text cannot fail")]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = rng::Fnv1a::default();
        serde_json::to_writer(&mut hash, self).expect("facts always have a JSON form");
        hash.value()
    }
}

#[cfg(test)]
mod tests {
    use super::{AdvanceTo, AppFacts, Millis, World};
    use crate::profile::Profile;

    #[test]
    fn equal_worlds_have_equal_fingerprints_and_a_change_shows() {
        let new = |seed| World::new(Profile::default(), AppFacts::default(), seed);
        let mut world = new(1);
        assert_eq!(world.fingerprint(), new(1).fingerprint());
        assert_ne!(world.fingerprint(), new(2).fingerprint());
        let before = world.fingerprint();
        world.apply(AdvanceTo(Millis(world.now().0 + 1)));
        assert_ne!(world.fingerprint(), before);
    }

    #[test]
    fn a_world_survives_saving_and_restoring() {
        let world = World::new(Profile::default(), AppFacts::default(), u64::MAX);
        let text = serde_json::to_string(&world).expect("a JSON form");
        let restored: World = serde_json::from_str(&text).expect("the same form");
        assert_eq!(restored, world);
        assert_eq!(restored.fingerprint(), world.fingerprint());
    }
}

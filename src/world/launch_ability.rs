//! Whether a mini program can open the mobile app that opened it.
//!
//! Official page: "Opening an App" (`launchApp`). A program never opens any app but the one that it was
//! opened by. The ability comes with scene 1069, outlives the run, is kept by a few scenes and lost by
//! all others.
//!
//! Unverified: a card that an app shared (scene 1036) gave the ability too until base library 2.17.3; the
//! page of 2018 names it, today's does not. The rule `app_card_launches` says another.

use serde_json::json;

use super::enter_options::EnterOptions;
use super::handover::{Recipient, hand};
use super::notice::{Elsewhere, Notice};
use super::per_caller::PerCaller;
use super::{Caller, Change, World, sealed::Sealed};
use crate::profile::Profile;
use crate::version::Version;

/// The app that each program can open, of those that can; empty for one that nobody named.
pub(super) type LaunchAbilities = PerCaller<String>;

/// Opened by a mobile app.
const BY_APP: u32 = 1069;
/// Opened by a card that a mobile app shared.
const BY_APP_CARD: u32 = 1036;
/// Scenes that keep the ability, each with the first base library in which it does.
const KEEPING: &[(u32, Version)] = &[
    (1089, Version(1, 0, 0)),
    (1090, Version(1, 0, 0)),
    (1038, Version(2, 2, 4)),
    (1001, RECENT_LIST_SINCE),
    (1131, RECENT_LIST_SINCE),
    (1187, RECENT_LIST_SINCE),
];
/// Base library since which the list of recent programs and the floating window keep it.
const RECENT_LIST_SINCE: Version = Version(2, 17, 3);

/// What an entry does to the ability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Given,
    Kept,
    Lost,
}

fn turn(scene: u32, profile: &Profile) -> Turn {
    let by_card = profile.rules.app_card_launches;
    let by_card = by_card.unwrap_or(profile.sdk < RECENT_LIST_SINCE);
    let keeps = |(known, since): &(u32, Version)| *known == scene && profile.sdk >= *since;
    if scene == BY_APP || (scene == BY_APP_CARD && by_card) {
        Turn::Given
    } else if KEEPING.iter().any(keeps) {
        Turn::Kept
    } else {
        Turn::Lost
    }
}

/// The running program was opened, or came back by these options.
pub(super) fn entered(world: &mut World, options: &EnterOptions) {
    let caller = world.caller();
    match turn(options.scene, &world.profile) {
        Turn::Given => {
            let referrer = options.referrer_info.as_ref();
            let app = referrer.map(|referrer| referrer.app_id.clone());
            world.launch_abilities.set(&caller, app.unwrap_or_default());
        }
        Turn::Kept => {}
        Turn::Lost => world.launch_abilities.forget(&caller),
    }
}

/// Why no app is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaunchRefusal {
    /// No app opened the program, or too long ago.
    InvalidScene,
    /// The app is not on the phone any more.
    NotInstalled,
}

/// The user goes to the app that opened the program; the app gets a text.
#[derive(Clone, Debug)]
pub struct LaunchMobileApp {
    /// Who, and from which program.
    pub caller: Caller,
    /// The text.
    pub parameter: String,
}

impl Sealed for LaunchMobileApp {}
impl Change for LaunchMobileApp {
    type Effect = Result<(), LaunchRefusal>;

    fn apply(self, world: &mut World) -> Result<(), LaunchRefusal> {
        let app = world.launch_abilities.get(&self.caller).cloned();
        let app = app.ok_or(LaunchRefusal::InvalidScene)?;
        if !world.has_mobile_app(&app) {
            return Err(LaunchRefusal::NotInstalled);
        }
        let message = json!({ "extMsg": self.parameter });
        hand(world, Recipient::MobileApp(app), message);
        world.leave(0, Notice::Away(Elsewhere::MobileApp));
        Ok(())
    }
}

impl World {
    /// The appid of the mobile app that the program can open; empty for one that nobody named.
    pub fn launch_ability(&self, caller: &Caller) -> Option<&str> {
        self.launch_abilities.get(caller).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::{LaunchMobileApp, LaunchRefusal, RECENT_LIST_SINCE, Turn, turn};
    use crate::profile::{Date, Profile};
    use crate::version::Version;
    use crate::world::device::SetInstalled;
    use crate::world::enter_options::{EnterOptions, ReferrerInfo};
    use crate::world::foreground::{ColdStart, EnterBackground, EnterForeground, Kill};
    use crate::world::rng::{Draw, Stream};
    use crate::world::scene::Scene;
    use crate::world::{AppFacts, World};

    fn from(app: &str, scene: u32) -> EnterOptions {
        let referrer_info = Some(ReferrerInfo {
            app_id: app.into(),
            extra_data: None,
        });
        EnterOptions {
            referrer_info,
            ..EnterOptions::new("", scene)
        }
    }

    fn launch(world: &mut World) -> Result<(), LaunchRefusal> {
        let (caller, parameter) = (world.caller(), "x".to_owned());
        world.apply(LaunchMobileApp { caller, parameter })
    }

    #[test]
    fn only_the_scenes_of_the_page_give_or_keep_it() {
        let of = |sdk| {
            let profile = Profile {
                sdk,
                ..Profile::default()
            };
            let mut found = BTreeMap::new();
            for scene in Scene::all() {
                found
                    .entry(format!("{:?}", turn(scene.number, &profile)))
                    .or_insert_with(Vec::new)
                    .push(scene.number);
            }
            found.remove("Lost");
            found
        };
        let text = |sdk| format!("{:?}", of(sdk));
        assert_eq!(
            text(Version(3, 7, 0)),
            r#"{"Given": [1069], "Kept": [1001, 1038, 1089, 1090, 1131, 1187]}"#
        );
        assert_eq!(
            text(Version(2, 2, 4)),
            r#"{"Given": [1036, 1069], "Kept": [1038, 1089, 1090]}"#
        );
        assert_eq!(
            text(Version(1, 9, 5)),
            r#"{"Given": [1036, 1069], "Kept": [1089, 1090]}"#
        );
        assert_eq!(turn(1036, &Profile::default()), Turn::Lost);
    }

    #[test]
    fn it_outlives_the_run_and_names_the_app_that_came_last() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert_eq!(launch(&mut world), Err(LaunchRefusal::InvalidScene));
        world.apply(ColdStart(from("app1", 1069)));
        assert_eq!(launch(&mut world), Ok(()));
        assert_eq!(world.handovers()[0].message, json!({"extMsg": "x"}));
        world.apply(Kill);
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        let caller = world.caller();
        assert_eq!(world.launch_ability(&caller), Some("app1"));
        world.apply(EnterBackground);
        world.apply(EnterForeground(Some(from("app2", 1069))));
        assert_eq!(world.launch_ability(&caller), Some("app2"));
        world.apply(EnterBackground);
        world.apply(EnterForeground(None));
        assert_eq!(world.launch_ability(&caller), Some("app2"));
        world.apply(SetInstalled {
            app_id: "app2".into(),
            is: false,
        });
        assert_eq!(launch(&mut world), Err(LaunchRefusal::NotInstalled));
        world.apply(EnterBackground);
        world.apply(EnterForeground(Some(EnterOptions::new("", 1011))));
        assert_eq!(launch(&mut world), Err(LaunchRefusal::InvalidScene));
    }

    #[test]
    fn a_walk_of_entries_follows_a_flag() {
        for (seed, day) in [(1, 2018), (2, 2022), (3, 2026)] {
            let profile = Profile::on(Date::new(day, 6, 4));
            let is_new = profile.sdk >= RECENT_LIST_SINCE;
            let mut world = World::new(profile, AppFacts::default(), seed);
            let mut flag = None;
            for step in 0..500 {
                let number = usize::try_from(world.apply(Draw(Stream::Ids)) % 8).expect("small");
                let scene = [1069, 1036, 1001, 1007, 1038, 1089, 1090, 1187][number];
                let app = format!("app{step}");
                flag = match scene {
                    1069 => Some(app.clone()),
                    1036 if !is_new => Some(app.clone()),
                    1089 | 1090 => flag,
                    // The library of June 2018 is older than 2.2.4.
                    1038 if day > 2018 => flag,
                    1001 | 1187 if is_new => flag,
                    _ => None,
                };
                if step % 3 == 0 {
                    world.apply(ColdStart(from(&app, scene)));
                } else {
                    world.apply(EnterBackground);
                    world.apply(EnterForeground(Some(from(&app, scene))));
                }
                let caller = world.caller();
                assert_eq!(world.launch_ability(&caller), flag.as_deref(), "{scene}");
                assert_eq!(launch(&mut world).is_ok(), flag.is_some());
            }
        }
    }
}

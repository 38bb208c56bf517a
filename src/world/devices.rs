//! The phones, and which of them is in hand.
//!
//! A user is signed in to WeChat on one phone. What belongs to a phone (what its system allows, where
//! it is, its battery, connection, clipboard, album) stays with it when another one is taken up.
//! Users that no phone names share the first. Each phone has a platform: the profile's while it is
//! in hand.

use serde::{Deserialize, Serialize};

use super::album::Album;
use super::connection::Connection;
use super::device::{BadLocation, Device, LocationFix, SystemPermission, SystemState, Theme};
use super::foreground::Kill;
use super::power::Battery;
use super::soter::{BiometricFacts, Biometrics};
use super::switches::SwitchedOff;
use super::window_frame::WindowFrame;
use super::{Change, World, sealed::Sealed};
use crate::profile::Platform;

/// The facts that stay with a phone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct PhoneFacts {
    device: Device,
    biometrics: Biometrics,
    battery: Battery,
    switched_off: SwitchedOff,
    connection: Connection,
    network_weak: bool,
    clipboard: String,
    album: Album,
    window_frame: WindowFrame,
}

/// A phone with its name and who is signed in on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    id: String,
    users: Vec<String>,
    platform: Platform,
    /// Empty for the phone in hand, whose facts are the world's.
    facts: PhoneFacts,
}

/// The phones and which of them is in hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Devices {
    /// Never empty.
    all: Vec<Kept>,
    /// Place in `all` of the one in hand.
    held: usize,
}

impl Devices {
    /// Whether a phone is in hand.
    pub(super) fn is_whole(&self) -> bool {
        self.held < self.all.len()
    }
}

/// The name of the phone that every world begins with.
pub const USUAL_DEVICE: &str = "phone";

impl Devices {
    /// The phone that every world begins with.
    pub(super) fn usual(platform: Platform) -> Self {
        let usual = Kept {
            id: USUAL_DEVICE.to_owned(),
            users: Vec::new(),
            platform,
            facts: PhoneFacts::default(),
        };
        Self {
            all: vec![usual],
            held: 0,
        }
    }
}

/// A phone as a scenario describes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phone {
    /// Its name.
    pub id: String,
    /// Who is signed in on it.
    pub users: Vec<String>,
    /// Its platform; `None` is that of the phone in hand.
    pub platform: Option<Platform>,
    /// Permissions that its system does not simply give.
    pub system: Vec<(SystemPermission, SystemState)>,
    /// Its theme.
    pub theme: Theme,
    /// Where it is.
    pub location: LocationFix,
    /// Its connection.
    pub connection: Connection,
    /// What its clipboard holds.
    pub clipboard: String,
    /// What is said of its biometric recognition.
    #[serde(default)]
    pub biometrics: BiometricFacts,
}

/// These are the phones, in place of the one that every world begins with. No effect without any.
#[derive(Clone, Debug)]
pub struct SetDevices(pub Vec<Phone>);

impl Sealed for SetDevices {}
impl Change for SetDevices {
    type Effect = Result<(), BadLocation>;

    fn apply(self, world: &mut World) -> Result<(), BadLocation> {
        if self.0.is_empty() {
            return Ok(());
        }
        let usual = world.profile.platform;
        let now = world.now;
        let phones = self.0.into_iter().map(|phone| {
            let mut biometrics = Biometrics::default();
            biometrics.amend(phone.biometrics, now);
            Ok(Kept {
                facts: PhoneFacts {
                    device: Device::new(&phone.system, phone.theme, phone.location)?,
                    biometrics,
                    connection: phone.connection,
                    clipboard: phone.clipboard,
                    ..PhoneFacts::default()
                },
                id: phone.id,
                users: phone.users,
                platform: phone.platform.unwrap_or(usual),
            })
        });
        let all = phones.collect::<Result<_, _>>()?;
        world.apply(Kill);
        world.devices = Devices { all, held: 0 };
        exchange(world, 0);
        take_up(world);
        Ok(())
    }
}

/// Takes the phone in hand on which the user who holds one is signed in; the program must have ended.
pub(super) fn take_up(world: &mut World) {
    let Devices { all, held } = &world.devices;
    let user = &world.user().id;
    let own = all.iter().position(|phone| phone.users.contains(user));
    let (held, next) = (*held, own.unwrap_or(0));
    if held != next {
        exchange(world, held);
        exchange(world, next);
        world.devices.held = next;
    }
    world.profile.platform = world.devices.all[next].platform;
}

/// Exchanges the world's facts of a phone with those kept for one.
fn exchange(world: &mut World, at: usize) {
    use std::mem::swap;
    let facts = &mut world.devices.all[at].facts;
    swap(&mut world.device, &mut facts.device);
    swap(&mut world.biometrics, &mut facts.biometrics);
    swap(&mut world.battery, &mut facts.battery);
    swap(&mut world.switched_off, &mut facts.switched_off);
    swap(&mut world.connection, &mut facts.connection);
    swap(&mut world.network_weak, &mut facts.network_weak);
    swap(&mut world.clipboard, &mut facts.clipboard);
    swap(&mut world.album, &mut facts.album);
    swap(&mut world.window_frame, &mut facts.window_frame);
}

impl World {
    /// Name of the phone in hand.
    pub fn device_id(&self) -> &str {
        &self.devices.all[self.devices.held].id
    }

    /// Name of the phone on which the user is signed in.
    pub fn device_of(&self, user_id: &str) -> &str {
        &self.kept_of(user_id).id
    }

    /// Platform of the phone on which the user is signed in.
    pub fn platform_of(&self, user_id: &str) -> Platform {
        self.kept_of(user_id).platform
    }

    fn kept_of(&self, user_id: &str) -> &Kept {
        let mut all = self.devices.all.iter();
        let own = all.find(|phone| phone.users.iter().any(|user| user == user_id));
        own.unwrap_or(&self.devices.all[0])
    }
}

#[cfg(test)]
mod tests {
    use super::{Phone, SetDevices};
    use crate::profile::{Platform, Profile};
    use crate::world::clipboard::SetClipboard;
    use crate::world::connection::Connection;
    use crate::world::device::{
        BadLocation, LocationFix, SetSystemPermission, SystemPermission, SystemState,
    };
    use crate::world::user::{SetUsers, SwitchUser, User};
    use crate::world::{AppFacts, World};

    const CAMERA: SystemPermission = SystemPermission::Camera;

    /// Users a and b with a phone each, and c without one.
    fn world() -> World {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let user = |id: &str| User {
            id: id.into(),
            ..User::default()
        };
        world.apply(SetUsers(["a", "b", "c"].map(user).to_vec()));
        let phone = |id: &str, user: &str| Phone {
            id: id.into(),
            users: vec![user.into()],
            ..Phone::default()
        };
        let second = Phone {
            system: vec![(CAMERA, SystemState::Denied)],
            connection: Connection::G4,
            platform: Some(Platform::Android),
            ..phone("two", "b")
        };
        let phones = vec![phone("one", "a"), second];
        assert_eq!(world.apply(SetDevices(phones)), Ok(()));
        world
    }

    fn hand(world: &mut World, user: &str) {
        assert_eq!(world.apply(SwitchUser(user.into())), Ok(()));
    }

    #[test]
    fn a_world_begins_with_one_phone_for_everybody() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let before = world.clone();
        assert_eq!(world.apply(SetDevices(Vec::new())), Ok(()));
        assert_eq!(world, before);
        assert_eq!(world.device_id(), "phone");
        assert_eq!(world.device_of("anyone"), "phone");
    }

    #[test]
    fn each_phone_keeps_what_is_its_own() {
        let mut world = world();
        assert_eq!(world.device_id(), "one");
        assert_eq!(world.system_permission(CAMERA), SystemState::Authorized);
        let before = world.clone();
        hand(&mut world, "b");
        assert_eq!(world.device_id(), "two");
        assert_eq!(world.system_permission(CAMERA), SystemState::Denied);
        assert_eq!(world.connection(), Connection::G4);
        world.apply(SetClipboard("of b".into()));
        world.apply(SetSystemPermission {
            permission: CAMERA,
            state: SystemState::NotDetermined,
        });
        hand(&mut world, "a");
        assert_eq!(world.clipboard(), "");
        assert_eq!(world.system_permission(CAMERA), SystemState::Authorized);
        assert_eq!(world.connection(), before.connection());
        hand(&mut world, "b");
        assert_eq!(world.clipboard(), "of b");
        assert_eq!(world.system_permission(CAMERA), SystemState::NotDetermined);
    }

    #[test]
    fn the_rules_are_those_of_the_platform_in_hand() {
        let mut world = world();
        let separator = |world: &World| world.profile().separator();
        assert_eq!(world.profile(), &Profile::default(), "the run's own");
        let platforms = ["a", "b", "c"].map(|user| world.platform_of(user));
        let iphone = Platform::Ios;
        assert_eq!(platforms, [iphone, Platform::Android, iphone]);
        hand(&mut world, "b");
        assert_eq!(world.profile().platform, Platform::Android);
        assert_eq!(world.phone().brand, "google");
        assert_eq!(separator(&world), ':');
        let mut world = World::restore(&world.save()).expect("it was just saved");
        assert_eq!(separator(&world), ':');
        hand(&mut world, "c");
        assert_eq!(world.profile(), &Profile::default());
        let mac = Profile {
            platform: Platform::Mac,
            ..Profile::default()
        };
        let mut world = World::new(mac.clone(), AppFacts::default(), 1);
        let phones = [Some(Platform::Ohos), None].map(|platform| Phone {
            id: format!("{platform:?}"),
            users: vec![format!("{platform:?}")],
            platform,
            ..Phone::default()
        });
        assert_eq!(world.apply(SetDevices(phones.to_vec())), Ok(()));
        assert_eq!(world.profile().platform, Platform::Ohos, "the first phone");
        world.apply(SetUsers(vec![User {
            id: "None".into(),
            ..User::default()
        }]));
        assert_eq!(world.profile(), &mac);
    }

    #[test]
    fn who_has_no_phone_uses_the_first() {
        let mut world = world();
        world.apply(SetClipboard("of a".into()));
        hand(&mut world, "c");
        assert_eq!((world.device_id(), world.clipboard()), ("one", "of a"));
        assert_eq!(world.device_of("b"), "two");
    }

    #[test]
    fn a_phone_off_the_globe_changes_nothing() {
        let mut world = world();
        let before = world.clone();
        let lost = Phone {
            location: LocationFix {
                latitude: 91.0,
                ..LocationFix::default()
            },
            ..Phone::default()
        };
        assert_eq!(world.apply(SetDevices(vec![lost])), Err(BadLocation));
        assert_eq!(world, before);
    }
}

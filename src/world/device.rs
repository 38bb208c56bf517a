//! The phone: what the operating system allows WeChat, the theme, where the phone is.
//!
//! System permissions as in `wx.getAppAuthorizeSetting`; default location: Beijing, Tian'anmen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// A permission that the operating system gives to WeChat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SystemPermission {
    /// Where the phone is.
    Location,
    /// The camera.
    Camera,
    /// The microphone.
    Microphone,
    /// The photo album.
    Album,
    /// Bluetooth.
    Bluetooth,
    /// The calendar.
    PhoneCalendar,
}

impl SystemPermission {
    /// Every system permission.
    pub const ALL: [Self; 6] = [
        Self::Location,
        Self::Camera,
        Self::Microphone,
        Self::Album,
        Self::Bluetooth,
        Self::PhoneCalendar,
    ];

    /// The word in scenarios and the start of the platform's own word (`cameraAuthorized`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Camera => "camera",
            Self::Microphone => "microphone",
            Self::Album => "album",
            Self::Bluetooth => "bluetooth",
            Self::PhoneCalendar => "phoneCalendar",
        }
    }
}

/// What the operating system says about one permission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SystemState {
    /// WeChat may.
    #[default]
    #[serde(rename = "authorized")]
    Authorized,
    /// WeChat may not.
    #[serde(rename = "denied")]
    Denied,
    /// The operating system was never asked.
    #[serde(rename = "not determined")]
    NotDetermined,
}

impl SystemState {
    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authorized => "authorized",
            Self::Denied => "denied",
            Self::NotDetermined => "not determined",
        }
    }
}

/// A permission and its state, written `location=denied`; states are `authorized`, `denied` and
/// `not-determined`.
///
/// # Errors
/// What is wrong, with the words that would be right.
pub fn parse_system(text: &str) -> Result<(SystemPermission, SystemState), String> {
    let parse = || {
        let (name, state) = text.split_once('=')?;
        let permission = SystemPermission::ALL
            .into_iter()
            .find(|known| known.name() == name)?;
        let state = match state {
            "authorized" => SystemState::Authorized,
            "denied" => SystemState::Denied,
            "not-determined" => SystemState::NotDetermined,
            _ => return None,
        };
        Some((permission, state))
    };
    parse().ok_or_else(|| {
        let names = SystemPermission::ALL.map(SystemPermission::name).join(", ");
        format!("`{text}` is no system permission; write NAME=denied, where NAME is one of {names}")
    })
}

/// The system theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Where the phone is, in wgs84 coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LocationFix {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
    /// Metres a second; -1 when unknown.
    pub speed: f64,
    /// Metres by which the position may be wrong.
    pub accuracy: f64,
    /// Metres above the sea.
    pub altitude: f64,
    /// Metres; 0 on Android, which does not tell.
    pub vertical_accuracy: f64,
    /// Metres.
    pub horizontal_accuracy: f64,
}

impl Default for LocationFix {
    fn default() -> Self {
        Self {
            latitude: 39.9087,
            longitude: 116.3975,
            speed: -1.0,
            accuracy: 30.0,
            altitude: 0.0,
            vertical_accuracy: 0.0,
            horizontal_accuracy: 30.0,
        }
    }
}

/// Decimals kept of a location's numbers: about a centimetre, and exact when saved and restored.
const LOCATION_DECIMALS: f64 = 1e7;
/// Largest size of a location's numbers in metres or metres a second.
const LOCATION_METRES_MAX: f64 = 1e7;

/// A coordinate is no number or off the globe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a location needs a latitude of -90 to 90, a longitude of -180 to 180 and finite numbers")]
pub struct BadLocation;

impl LocationFix {
    fn checked(self) -> Result<Self, BadLocation> {
        let rounded = |number: f64, max: f64| {
            let fits = number.abs() <= max;
            fits.then(|| (number * LOCATION_DECIMALS).round() / LOCATION_DECIMALS)
                .ok_or(BadLocation)
        };
        let metres = |number| rounded(number, LOCATION_METRES_MAX);
        Ok(Self {
            latitude: rounded(self.latitude, 90.0)?,
            longitude: rounded(self.longitude, 180.0)?,
            speed: metres(self.speed)?,
            accuracy: metres(self.accuracy)?,
            altitude: metres(self.altitude)?,
            vertical_accuracy: metres(self.vertical_accuracy)?,
            horizontal_accuracy: metres(self.horizontal_accuracy)?,
        })
    }
}

/// The phone's facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Device {
    /// The permissions that are not simply given.
    withheld: BTreeMap<SystemPermission, SystemState>,
    theme: Theme,
    location: LocationFix,
    /// Mobile apps that are not on the phone any more; all others are.
    missing_apps: BTreeSet<String>,
}

impl Device {
    pub(super) fn new(
        system: &[(SystemPermission, SystemState)],
        theme: Theme,
        location: LocationFix,
    ) -> Result<Self, BadLocation> {
        let mut device = Self {
            withheld: BTreeMap::new(),
            theme,
            location: location.checked()?,
            missing_apps: BTreeSet::new(),
        };
        for (permission, state) in system {
            device.set(*permission, *state);
        }
        Ok(device)
    }

    fn set(&mut self, permission: SystemPermission, state: SystemState) {
        if state == SystemState::Authorized {
            self.withheld.remove(&permission);
        } else {
            self.withheld.insert(permission, state);
        }
    }
}

/// The user changes one permission in the phone's settings.
#[derive(Clone, Copy, Debug)]
pub struct SetSystemPermission {
    /// Which permission.
    pub permission: SystemPermission,
    /// What the operating system says from now on.
    pub state: SystemState,
}

impl Sealed for SetSystemPermission {}
impl Change for SetSystemPermission {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.device.set(self.permission, self.state);
    }
}

/// The system theme changes.
#[derive(Clone, Copy, Debug)]
pub struct SetTheme(pub Theme);

impl Sealed for SetTheme {}
impl Change for SetTheme {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.device.theme = self.0;
    }
}

/// A mobile app is installed on the phone, or removed from it.
#[derive(Clone, Debug)]
pub struct SetInstalled {
    /// The app's appid.
    pub app_id: String,
    /// Whether it is there from now on.
    pub is: bool,
}

impl Sealed for SetInstalled {}
impl Change for SetInstalled {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let missing = &mut world.device.missing_apps;
        if self.is {
            missing.remove(&self.app_id);
        } else {
            missing.insert(self.app_id);
        }
    }
}

/// The phone moves; numbers are kept to seven decimals.
#[derive(Clone, Copy, Debug)]
pub struct SetLocation(pub LocationFix);

impl Sealed for SetLocation {}
impl Change for SetLocation {
    type Effect = Result<(), BadLocation>;

    fn apply(self, world: &mut World) -> Result<(), BadLocation> {
        world.device.location = self.0.checked()?;
        Ok(())
    }
}

impl World {
    /// What the operating system says about a permission.
    pub fn system_permission(&self, permission: SystemPermission) -> SystemState {
        self.device
            .withheld
            .get(&permission)
            .copied()
            .unwrap_or_default()
    }

    /// Whether a mobile app is on the phone.
    pub fn has_mobile_app(&self, app_id: &str) -> bool {
        !self.device.missing_apps.contains(app_id)
    }

    /// The system theme.
    pub fn theme(&self) -> Theme {
        self.device.theme
    }

    /// Where the phone is.
    pub fn location(&self) -> LocationFix {
        self.device.location
    }
}

#[cfg(test)]
mod tests {
    use super::{
        BadLocation, LocationFix, SetLocation, SetSystemPermission, SetTheme, SystemPermission,
        SystemState, Theme,
    };
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn the_phone_gives_everything_until_told_otherwise() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        for permission in SystemPermission::ALL {
            assert_eq!(world.system_permission(permission), SystemState::Authorized);
        }
        let untouched = world.clone();
        let set = |state| SetSystemPermission {
            permission: SystemPermission::Camera,
            state,
        };
        world.apply(set(SystemState::NotDetermined));
        assert_eq!(
            world.system_permission(SystemPermission::Camera).name(),
            "not determined"
        );
        assert_eq!(
            world.system_permission(SystemPermission::Album),
            SystemState::Authorized
        );
        world.apply(set(SystemState::Authorized));
        assert_eq!(world, untouched);
    }

    #[test]
    fn a_location_off_the_globe_changes_nothing() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        for latitude in [90.1, f64::NAN, f64::INFINITY] {
            let fix = LocationFix {
                latitude,
                ..LocationFix::default()
            };
            assert_eq!(world.apply(SetLocation(fix)), Err(BadLocation));
        }
        assert_eq!(world.location(), LocationFix::default());
        let fix = LocationFix {
            latitude: -22.123_456_78,
            ..LocationFix::default()
        };
        assert_eq!(world.apply(SetLocation(fix)), Ok(()));
        assert!((world.location().latitude + 22.123_456_8).abs() < 1e-12);
    }

    #[test]
    fn the_theme_changes() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert_eq!(world.theme().name(), "light");
        world.apply(SetTheme(Theme::Dark));
        assert_eq!(world.theme().name(), "dark");
    }
}

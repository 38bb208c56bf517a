//! The authorization scopes and since when, until when each one holds.
//!
//! Official page: "Authorization"; dates from the official announcements. Before its day a scope
//! does not exist (the API it guards later runs unasked); after its last day it is retired: it
//! is reported as granted and never asked for.
//!
//! Unverified: from 2018-04-30 `scope.userInfo` no longer opens a dialog except through the button,
//! here for every build; production builds followed at a day that was not announced.

use serde::{Deserialize, Serialize};

use super::device::SystemPermission;
use crate::profile::{Date, Profile};
use crate::version::Version;

/// Something a mini program may do only after the user agreed; in the order of the official table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// `scope.userLocation`
    #[serde(rename = "scope.userLocation")]
    UserLocation,
    /// `scope.userFuzzyLocation`
    #[serde(rename = "scope.userFuzzyLocation")]
    UserFuzzyLocation,
    /// `scope.userLocationBackground`
    #[serde(rename = "scope.userLocationBackground")]
    UserLocationBackground,
    /// `scope.record`
    #[serde(rename = "scope.record")]
    Record,
    /// `scope.camera`
    #[serde(rename = "scope.camera")]
    Camera,
    /// `scope.bluetooth`
    #[serde(rename = "scope.bluetooth")]
    Bluetooth,
    /// `scope.writePhotosAlbum`
    #[serde(rename = "scope.writePhotosAlbum")]
    WritePhotosAlbum,
    /// `scope.addPhoneContact`
    #[serde(rename = "scope.addPhoneContact")]
    AddPhoneContact,
    /// `scope.addPhoneCalendar`
    #[serde(rename = "scope.addPhoneCalendar")]
    AddPhoneCalendar,
    /// `scope.werun`
    #[serde(rename = "scope.werun")]
    Werun,
    /// `scope.userInfo`
    #[serde(rename = "scope.userInfo")]
    UserInfo,
    /// `scope.address`
    #[serde(rename = "scope.address")]
    Address,
    /// `scope.invoiceTitle`
    #[serde(rename = "scope.invoiceTitle")]
    InvoiceTitle,
    /// `scope.invoice`
    #[serde(rename = "scope.invoice")]
    Invoice,
}

/// Whether a scope holds on the simulated platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The platform does not know it yet.
    Absent,
    /// The user is asked.
    Enforced,
    /// Nobody is asked any more; reported as granted.
    Retired,
}

/// Scopes of Bluetooth, contacts and calendar hold after 2022-02-21.
const DEVICE_SCOPES_AFTER: Date = Date::new(2022, 2, 21);
/// Address and invoice scopes are retired by this day.
const ADDRESS_SCOPES_UNTIL: Date = Date::new(2020, 11, 13);
/// `scope.userInfo` is retired for versions published after this day.
const USER_INFO_PUBLISHED_UNTIL: Date = Date::new(2021, 4, 28);
/// `scope.userInfo` is retired for every version after this day.
const USER_INFO_UNTIL: Date = Date::new(2022, 10, 25);
/// From this day `scope.userInfo` is asked for by the button only.
const USER_INFO_BUTTON_ONLY_FROM: Date = Date::new(2018, 4, 30);

impl Scope {
    /// Every scope, in the order of the official table.
    pub const ALL: [Self; 14] = [
        Self::UserLocation,
        Self::UserFuzzyLocation,
        Self::UserLocationBackground,
        Self::Record,
        Self::Camera,
        Self::Bluetooth,
        Self::WritePhotosAlbum,
        Self::AddPhoneContact,
        Self::AddPhoneCalendar,
        Self::Werun,
        Self::UserInfo,
        Self::Address,
        Self::InvoiceTitle,
        Self::Invoice,
    ];

    /// The scope of that name, `scope.` included.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// The platform's name, `scope.` included.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserLocation => "scope.userLocation",
            Self::UserFuzzyLocation => "scope.userFuzzyLocation",
            Self::UserLocationBackground => "scope.userLocationBackground",
            Self::Record => "scope.record",
            Self::Camera => "scope.camera",
            Self::Bluetooth => "scope.bluetooth",
            Self::WritePhotosAlbum => "scope.writePhotosAlbum",
            Self::AddPhoneContact => "scope.addPhoneContact",
            Self::AddPhoneCalendar => "scope.addPhoneCalendar",
            Self::Werun => "scope.werun",
            Self::UserInfo => "scope.userInfo",
            Self::Address => "scope.address",
            Self::InvoiceTitle => "scope.invoiceTitle",
            Self::Invoice => "scope.invoice",
        }
    }

    /// Whether it gives away where the user is; such scopes need a text in app.json.
    pub const fn is_location(self) -> bool {
        matches!(
            self,
            Self::UserLocation | Self::UserFuzzyLocation | Self::UserLocationBackground
        )
    }

    /// The system permission without which the dialog is not even reached.
    pub const fn system_permission(self) -> Option<SystemPermission> {
        Some(match self {
            Self::UserLocation | Self::UserFuzzyLocation | Self::UserLocationBackground => {
                SystemPermission::Location
            }
            Self::Record => SystemPermission::Microphone,
            Self::Camera => SystemPermission::Camera,
            Self::Bluetooth => SystemPermission::Bluetooth,
            Self::WritePhotosAlbum => SystemPermission::Album,
            Self::AddPhoneCalendar => SystemPermission::PhoneCalendar,
            Self::AddPhoneContact
            | Self::Werun
            | Self::UserInfo
            | Self::Address
            | Self::InvoiceTitle
            | Self::Invoice => return None,
        })
    }

    /// Whether the scope holds on the platform of the profile for a version published that day.
    pub fn standing(self, profile: &Profile, published: Date) -> Standing {
        if profile.sdk < self.since() {
            return Standing::Absent;
        }
        let today = profile.compat_date;
        match self {
            Self::Bluetooth | Self::AddPhoneContact | Self::AddPhoneCalendar
                if today <= DEVICE_SCOPES_AFTER =>
            {
                Standing::Absent
            }
            Self::Address | Self::InvoiceTitle | Self::Invoice if today >= ADDRESS_SCOPES_UNTIL => {
                Standing::Retired
            }
            Self::UserInfo if published > USER_INFO_PUBLISHED_UNTIL || today > USER_INFO_UNTIL => {
                Standing::Retired
            }
            _ => Standing::Enforced,
        }
    }

    /// Whether APIs open the dialog; otherwise only the user, elsewhere, can grant the scope.
    pub(super) fn is_asked_by_apis(self, profile: &Profile) -> bool {
        match self {
            Self::UserInfo => profile.compat_date < USER_INFO_BUTTON_ONLY_FROM,
            Self::UserLocationBackground => profile.client >= Version(8, 0, 0),
            _ => true,
        }
    }

    /// The base library from which the scope's first API exists.
    const fn since(self) -> Version {
        match self {
            Self::UserLocation | Self::Record | Self::UserInfo => Version(1, 0, 0),
            Self::Address | Self::Bluetooth => Version(1, 1, 0),
            Self::Werun | Self::WritePhotosAlbum | Self::AddPhoneContact => Version(1, 2, 0),
            Self::InvoiceTitle => Version(1, 5, 0),
            Self::Camera => Version(1, 6, 0),
            Self::Invoice => Version(2, 3, 0),
            Self::UserLocationBackground => Version(2, 8, 0),
            Self::AddPhoneCalendar => Version(2, 15, 0),
            Self::UserFuzzyLocation => Version(2, 25, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, Standing};
    use crate::profile::{Date, Profile};
    use crate::world::permission::{
        DecideScope, NoSuchSwitch, ScopeDecision, ScopeState, SetScopeSwitch,
    };
    use crate::world::registry::{Register, Registered};
    use crate::world::{AppFacts, Caller, World};

    fn standing(scope: Scope, today: Date, published: Date) -> Standing {
        scope.standing(&Profile::on(today), published)
    }

    #[test]
    fn names_are_the_platforms_own() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
            assert_eq!(serde_json::json!(scope), serde_json::json!(scope.name()));
        }
        assert!(Scope::ALL.is_sorted(), "declared in the order of the list");
        for wrong in ["scope.useInfo", "scope.writePhotoalbum", "userInfo", ""] {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_scopes_of_june_2018_are_the_seven_and_the_camera() {
        let day = Date::new(2018, 6, 4);
        let known: Vec<_> = Scope::ALL
            .into_iter()
            .filter(|scope| standing(*scope, day, day) == Standing::Enforced)
            .map(|scope| &scope.name()[6..])
            .collect();
        let expected =
            "userLocation record camera writePhotosAlbum werun userInfo address invoiceTitle";
        assert_eq!(known.join(" "), expected);
    }

    #[test]
    fn scopes_come_and_go_at_their_days() {
        let (old, new) = (Date::new(2021, 4, 28), Date::new(2021, 4, 29));
        let cases = [
            (Scope::Invoice, Date::new(2018, 9, 9), old, Standing::Absent),
            (
                Scope::Invoice,
                Date::new(2018, 9, 10),
                old,
                Standing::Enforced,
            ),
            (
                Scope::Address,
                Date::new(2020, 11, 12),
                old,
                Standing::Enforced,
            ),
            (
                Scope::Address,
                Date::new(2020, 11, 13),
                old,
                Standing::Retired,
            ),
            (Scope::UserInfo, new, old, Standing::Enforced),
            (Scope::UserInfo, new, new, Standing::Retired),
            (
                Scope::UserInfo,
                Date::new(2022, 10, 25),
                old,
                Standing::Enforced,
            ),
            (
                Scope::UserInfo,
                Date::new(2022, 10, 26),
                old,
                Standing::Retired,
            ),
            (
                Scope::Bluetooth,
                Date::new(2022, 2, 21),
                old,
                Standing::Absent,
            ),
            (
                Scope::Bluetooth,
                Date::new(2022, 2, 22),
                old,
                Standing::Enforced,
            ),
        ];
        for (scope, today, published, expected) in cases {
            assert_eq!(
                standing(scope, today, published),
                expected,
                "{scope:?} on {today}"
            );
        }
    }

    #[test]
    fn an_app_is_judged_by_its_own_version_and_app_json() {
        let day = Date::new(2022, 1, 1);
        let desc = ("scope.userLocation".to_owned(), "to find shops".to_owned());
        let app = AppFacts {
            published: day,
            permission_desc: [desc].into(),
            required_background_modes: vec!["location".into()],
            ..AppFacts::default()
        };
        let mut world = World::new(Profile::on(day), app, 1);
        let other = Registered {
            app_id: "wx2".into(),
            published: Date::new(2021, 4, 28),
            ..Registered::default()
        };
        assert_eq!(world.apply(Register(other)), Ok(()));
        let (own, other) = (world.caller(), Caller::new("wx2", "user"));
        let standing = |app_id: &str| world.scope_standing(app_id, Scope::UserInfo);
        assert_eq!(standing(own.app_id()), Standing::Retired);
        assert_eq!(standing("wx2"), Standing::Enforced);
        assert_eq!(standing("nowhere"), Standing::Retired, "as new as the day");
        let state = |world: &World, caller| world.scope_state(caller, Scope::UserInfo);
        assert_eq!(state(&world, &own), ScopeState::Granted);
        assert_eq!(state(&world, &other), ScopeState::Unasked);
        for caller in [&own, &other] {
            world.apply(DecideScope {
                caller: caller.clone(),
                scope: Scope::UserInfo,
                decision: ScopeDecision::Deny,
            });
            world.apply(DecideScope {
                caller: caller.clone(),
                scope: Scope::UserLocation,
                decision: ScopeDecision::Allow,
            });
        }
        assert_eq!(state(&world, &own), ScopeState::Granted, "nobody is asked");
        assert_eq!(state(&world, &other), ScopeState::Denied);
        let scope = Scope::UserLocationBackground;
        let switch = |caller: Caller| SetScopeSwitch {
            caller,
            scope,
            on: true,
        };
        assert_eq!(world.apply(switch(own)), Ok(()), "app.json asks for it");
        let unknown = world.apply(switch(other));
        assert_eq!(unknown, Err(NoSuchSwitch(scope)), "not of another app");
    }
}

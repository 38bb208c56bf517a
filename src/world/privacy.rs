//! The privacy agreement: what the mini program declared, what the user agreed to.
//!
//! Official page: "Privacy agreement development guide" (小程序隐私协议开发指南). Since base library
//! 2.32.3 and 2023-10-17 (before that with `__usePrivacyCheck__` in app.json) an API that collects
//! something works only when the guide in the console names it and the user agreed to the guide.
//! Agreement covers what is declared at that moment; a later item needs a new one. For ten seconds
//! after a refusal no dialog opens.
//!
//! Unverified: the user's agreement ends with the authorization data, in one change.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::per_caller::PerCaller;
use super::scope::Scope;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::errmsg::Reason;
use crate::profile::Date;
use crate::version::Version;

/// Something that a mini program may collect, in the order of the official table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PrivacyItem {
    /// Nickname and avatar.
    Profile,
    /// Where the user is.
    Location,
    /// A place that the user chooses.
    ChosenLocation,
    /// A postal address.
    Address,
    /// Invoices and their titles.
    Invoice,
    /// Steps of WeRun.
    Steps,
    /// The phone number.
    PhoneNumber,
    /// A licence plate.
    LicensePlate,
    /// Photos and videos that the user chooses.
    ChosenMedia,
    /// Files that the user chooses.
    ChosenFiles,
    /// The microphone.
    Microphone,
    /// The camera.
    Camera,
    /// Bluetooth.
    Bluetooth,
    /// Writing to the album.
    Album,
    /// Contacts.
    Contacts,
    /// The calendar.
    Calendar,
    /// The accelerometer.
    Accelerometer,
    /// The magnetometer.
    Compass,
    /// The device's orientation.
    DeviceMotion,
    /// The gyroscope.
    Gyroscope,
    /// The clipboard.
    Clipboard,
}

impl PrivacyItem {
    /// Every item.
    pub const ALL: [Self; 21] = [
        Self::Profile,
        Self::Location,
        Self::ChosenLocation,
        Self::Address,
        Self::Invoice,
        Self::Steps,
        Self::PhoneNumber,
        Self::LicensePlate,
        Self::ChosenMedia,
        Self::ChosenFiles,
        Self::Microphone,
        Self::Camera,
        Self::Bluetooth,
        Self::Album,
        Self::Contacts,
        Self::Calendar,
        Self::Accelerometer,
        Self::Compass,
        Self::DeviceMotion,
        Self::Gyroscope,
        Self::Clipboard,
    ];

    /// What `wx.authorize` of a scope collects.
    pub const fn of_scope(scope: Scope) -> Option<Self> {
        Some(match scope {
            Scope::UserLocation | Scope::UserFuzzyLocation | Scope::UserLocationBackground => {
                Self::Location
            }
            Scope::Record => Self::Microphone,
            Scope::Camera => Self::Camera,
            Scope::Bluetooth => Self::Bluetooth,
            Scope::WritePhotosAlbum => Self::Album,
            Scope::AddPhoneContact => Self::Contacts,
            Scope::AddPhoneCalendar => Self::Calendar,
            Scope::Werun => Self::Steps,
            Scope::UserInfo | Scope::Address | Scope::InvoiceTitle | Scope::Invoice => return None,
        })
    }
}

/// What the guide in the console says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Declared {
    /// It names everything.
    #[default]
    Everything,
    /// It names these items.
    Items(BTreeSet<PrivacyItem>),
    /// It says that nothing is collected, or the interfaces were banned.
    Banned,
}

impl FromStr for Declared {
    type Err = String;

    /// `everything`, `nothing`, `banned`, or names of items with commas between them.
    fn from_str(text: &str) -> Result<Self, String> {
        let items = match text.trim() {
            "everything" => return Ok(Self::Everything),
            "banned" => return Ok(Self::Banned),
            "nothing" => BTreeSet::new(),
            names => names.split(',').map(item).collect::<Result<_, _>>()?,
        };
        Ok(Self::Items(items))
    }
}

/// The item of that name.
fn item(name: &str) -> Result<PrivacyItem, String> {
    let name = name.trim();
    let read = serde_json::from_value(Json::from(name));
    read.map_err(|_| {
        let known =
            PrivacyItem::ALL.map(|item| json!(item).as_str().unwrap_or_default().to_owned());
        let known = known.join(", ");
        format!(
            "the privacy guide has no `{name}` (everything, nothing, banned, or some of {known})"
        )
    })
}

impl Declared {
    fn covers(&self, item: PrivacyItem) -> bool {
        match self {
            Self::Everything => true,
            Self::Items(items) => items.contains(&item),
            Self::Banned => false,
        }
    }

    fn items(&self) -> BTreeSet<PrivacyItem> {
        let all = PrivacyItem::ALL.into_iter();
        all.filter(|item| self.covers(*item)).collect()
    }
}

/// What a user agreed to and refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Consent {
    agreed: BTreeSet<PrivacyItem>,
    refused: Option<Millis>,
}

/// The guide and the users' answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Privacy {
    declared: Declared,
    consents: PerCaller<Consent>,
}

/// What a call that collects something meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivacyOutlook {
    /// It goes on.
    Open,
    /// The user must agree first.
    Ask,
    /// It fails at once.
    Refused(Reason),
}

/// Base library with the agreement.
pub const PRIVACY_SINCE: Version = Version(2, 32, 3);
/// Day from which it holds for every mini program.
const PRIVACY_FROM: Date = Date::new(2023, 10, 17);
/// Base library in which an API with a scope and a privacy item shows one dialog for both.
const ONE_DIALOG_SINCE: Version = Version(3, 4, 2);

/// The developer changes the guide in the console.
#[derive(Clone, Debug)]
pub struct DeclarePrivacy(pub Declared);

impl Sealed for DeclarePrivacy {}
impl Change for DeclarePrivacy {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.privacy.declared = self.0;
    }
}

/// The user agrees to the guide as it is now.
#[derive(Clone, Debug)]
pub struct AgreePrivacy(pub Caller);

impl Sealed for AgreePrivacy {}
impl Change for AgreePrivacy {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let items = world.privacy.declared.items();
        let consent = world.privacy.consents.of(&self.0);
        consent.agreed.extend(items);
        consent.refused = None;
    }
}

/// The user refuses the guide.
#[derive(Clone, Debug)]
pub struct RefusePrivacy(pub Caller);

impl Sealed for RefusePrivacy {}
impl Change for RefusePrivacy {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.privacy.consents.of(&self.0).refused = Some(world.now);
    }
}

/// The user deletes the mini program: nothing is agreed to any more.
pub(super) fn forget(world: &mut World, caller: &Caller) {
    world.privacy.consents.forget(caller);
}

impl World {
    /// Whether APIs that collect something are checked.
    pub fn checks_privacy(&self) -> bool {
        let asked = self.app.use_privacy_check || self.profile.compat_date >= PRIVACY_FROM;
        self.profile.sdk >= PRIVACY_SINCE && self.profile.rules.privacy_gate.unwrap_or(asked)
    }

    /// `privacyContractName`: how the guide is called.
    pub fn privacy_contract_name(&self) -> String {
        format!("《{}隐私保护指引》", self.app.name)
    }

    /// Whether one dialog asks for a scope and for the agreement.
    pub fn asks_privacy_with_scope(&self) -> bool {
        let rule = self.profile.rules.one_privacy_dialog;
        rule.unwrap_or(self.profile.sdk >= ONE_DIALOG_SINCE)
    }

    /// What the privacy guide of the running program names.
    pub fn privacy_guide(&self) -> &Declared {
        &self.privacy.declared
    }

    /// `needAuthorization` of `wx.getPrivacySetting`: something declared is not agreed to.
    pub fn needs_privacy_agreement(&self, caller: &Caller) -> bool {
        let agreed = |item| {
            let consent = self.privacy.consents.get(caller);
            consent.is_some_and(|consent| consent.agreed.contains(item))
        };
        self.checks_privacy() && !self.privacy.declared.items().iter().all(agreed)
    }

    /// What a call that collects the item meets: is it declared, did the user agree, was there a
    /// refusal just now; in this order.
    pub fn privacy_outlook(&self, caller: &Caller, item: PrivacyItem) -> PrivacyOutlook {
        if !self.checks_privacy() {
            return PrivacyOutlook::Open;
        }
        match &self.privacy.declared {
            Declared::Banned => return PrivacyOutlook::Refused(Reason::PrivacyBanned),
            declared if !declared.covers(item) => {
                return PrivacyOutlook::Refused(Reason::PrivacyUndeclared);
            }
            _ => {}
        }
        let consent = self.privacy.consents.get(caller);
        if consent.is_some_and(|consent| consent.agreed.contains(&item)) {
            return PrivacyOutlook::Open;
        }
        PrivacyOutlook::Ask
    }

    /// What every caller agreed to, and whether the guide was refused just now.
    pub(super) fn standing_consents(&self) -> Vec<(&Caller, &BTreeSet<PrivacyItem>, bool)> {
        let callers = self.privacy.consents.iter().map(|(caller, consent)| {
            let is_refused = self.privacy_was_just_refused(caller);
            (caller, &consent.agreed, is_refused)
        });
        let is_any = |agreed: &BTreeSet<_>, is_refused| is_refused || !agreed.is_empty();
        callers
            .filter(|(_, agreed, is_refused)| is_any(agreed, *is_refused))
            .collect()
    }

    /// Whether the user refused the guide less than ten seconds ago.
    pub fn privacy_was_just_refused(&self, caller: &Caller) -> bool {
        let refused = self.privacy.consents.get(caller).and_then(|it| it.refused);
        refused.is_some_and(|at| self.now.since(at) < self.profile.rules.privacy_gap_ms)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{
        AgreePrivacy, DeclarePrivacy, Declared, PrivacyItem, PrivacyOutlook, RefusePrivacy,
    };
    use crate::errmsg::Reason;
    use crate::profile::{Date, PRIVACY_GAP_MS, Profile, Rules};
    use crate::version::Version;
    use crate::world::permission::ForgetPermissions;
    use crate::world::scope::Scope;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn outlook(world: &World, item: PrivacyItem) -> PrivacyOutlook {
        world.privacy_outlook(&world.caller(), item)
    }

    #[test]
    fn agreement_covers_what_is_declared_at_that_moment() {
        let mut world = world();
        let caller = world.caller();
        let clipboard = BTreeSet::from([PrivacyItem::Clipboard]);
        world.apply(DeclarePrivacy(Declared::Items(clipboard)));
        assert_eq!(outlook(&world, PrivacyItem::Clipboard), PrivacyOutlook::Ask);
        assert_eq!(
            outlook(&world, PrivacyItem::Location),
            PrivacyOutlook::Refused(Reason::PrivacyUndeclared)
        );
        world.apply(AgreePrivacy(caller.clone()));
        assert!(!world.needs_privacy_agreement(&caller));
        world.apply(DeclarePrivacy(Declared::Everything));
        assert!(world.needs_privacy_agreement(&caller), "more is declared");
        assert_eq!(
            outlook(&world, PrivacyItem::Clipboard),
            PrivacyOutlook::Open
        );
        assert_eq!(outlook(&world, PrivacyItem::Location), PrivacyOutlook::Ask);
        world.apply(DeclarePrivacy(Declared::Banned));
        assert_eq!(
            outlook(&world, PrivacyItem::Clipboard),
            PrivacyOutlook::Refused(Reason::PrivacyBanned)
        );
    }

    #[test]
    fn a_refusal_keeps_quiet_for_ten_seconds_and_an_agreement_ends_it() {
        let mut world = world();
        let caller = world.caller();
        assert!(!world.privacy_was_just_refused(&caller));
        world.apply(RefusePrivacy(caller.clone()));
        world.apply(AdvanceTo(world.now().plus(PRIVACY_GAP_MS - 1)));
        assert!(world.privacy_was_just_refused(&caller), "last quiet moment");
        world.apply(AdvanceTo(world.now().plus(1)));
        assert!(!world.privacy_was_just_refused(&caller));
        world.apply(RefusePrivacy(caller.clone()));
        world.apply(AgreePrivacy(caller.clone()));
        assert!(!world.privacy_was_just_refused(&caller));
        world.apply(ForgetPermissions(caller.clone()));
        assert!(world.needs_privacy_agreement(&caller), "deleted");
    }

    #[test]
    fn nothing_is_checked_before_its_day_or_with_an_older_base_library() {
        let on = |day: Date, sdk: Version, switch: bool| {
            let profile = Profile {
                sdk,
                ..Profile::on(day)
            };
            let app = AppFacts {
                use_privacy_check: switch,
                ..AppFacts::default()
            };
            World::new(profile, app, 1).checks_privacy()
        };
        let (before, day) = (Date::new(2023, 10, 16), Date::new(2023, 10, 17));
        let (old, new) = (Version(2, 32, 2), Version(2, 32, 3));
        assert!(on(day, new, false) && on(before, new, true));
        assert!(!on(before, new, false) && !on(day, old, true));
    }

    #[test]
    fn the_rules_switch_the_gate_join_its_dialog_and_end_the_quiet_time() {
        let with = |rules| {
            let profile = Profile {
                rules,
                ..Profile::default()
            };
            World::new(profile, AppFacts::default(), 1)
        };
        let off = with(Rules {
            privacy_gate: Some(false),
            one_privacy_dialog: Some(false),
            ..Rules::default()
        });
        assert!(!off.checks_privacy() && !off.asks_privacy_with_scope());
        assert!(world().checks_privacy() && world().asks_privacy_with_scope());
        let old = Profile {
            sdk: Version(2, 32, 2),
            rules: Rules {
                privacy_gate: Some(true),
                ..Rules::default()
            },
            ..Profile::on(Date::new(2023, 8, 1))
        };
        let new = Profile {
            sdk: Version(2, 32, 3),
            ..old.clone()
        };
        let checks = |profile| World::new(profile, AppFacts::default(), 1).checks_privacy();
        assert!(checks(new) && !checks(old), "no base library before 2.32.3");
        let mut quick = with(Rules {
            privacy_gap_ms: 5,
            ..Rules::default()
        });
        let caller = quick.caller();
        quick.apply(RefusePrivacy(caller.clone()));
        quick.apply(AdvanceTo(quick.now().plus(4)));
        assert!(quick.privacy_was_just_refused(&caller));
        quick.apply(AdvanceTo(quick.now().plus(1)));
        assert!(!quick.privacy_was_just_refused(&caller));
    }

    #[test]
    fn the_guide_is_read_from_names() {
        let read = |text: &str| text.parse::<Declared>();
        assert_eq!(read("everything"), Ok(Declared::Everything));
        assert_eq!(read(" banned"), Ok(Declared::Banned));
        assert_eq!(read("nothing"), Ok(Declared::Items(BTreeSet::new())));
        let two = BTreeSet::from([PrivacyItem::Location, PrivacyItem::PhoneNumber]);
        assert_eq!(read("phoneNumber, location"), Ok(Declared::Items(two)));
        let problem = read("clipbord").expect_err("no item");
        assert!(problem.contains("`clipbord`") && problem.contains("deviceMotion, gyroscope"));
    }

    #[test]
    fn every_scope_of_today_collects_something() {
        let without = Scope::ALL
            .into_iter()
            .filter(|it| PrivacyItem::of_scope(*it).is_none());
        assert!(without.into_iter().all(|scope| scope >= Scope::UserInfo));
        assert!(PrivacyItem::ALL.is_sorted());
    }
}

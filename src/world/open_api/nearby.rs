//! Places near which a mini program is shown, and their audit.
//!
//! Official pages: "Nearby mini programs" (add, list, delete, show). A place is audited when it is added and when it
//! is changed; the result goes to the program's server. What was approved is shown until the program hides it.
//!
//! Unverified: a place is shown once it is approved; a deleted one makes room for another; how the codes 92000 and
//! 93014, 92006 and 92008 share their cases (see [`PlaceProblem`]).
//!
//! Differs from the platform: nobody looks at a place. It is approved [`NearbyRules::audit_ms`] after it was added,
//! unless [`DecidePoi`] comes before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::{Change, Millis, World, sealed::Sealed};
use super::platform_event::hand_event;

/// Places of an app unless its rules say otherwise.
pub const PLACES: usize = 10;
/// Places of an app at most, whatever its rules say.
pub const PLACES_MAX: usize = 1_000;
/// How long an audit takes unless the rules say otherwise, in milliseconds.
pub const AUDIT_MS: i64 = 10_000;
/// Least time between two calls that add places, in milliseconds.
pub const APART_MS: i64 = 1_000;
/// What the first place is numbered.
const FIRST_POI: u64 = 112_333;
/// What the first audit is numbered.
const FIRST_AUDIT: u64 = 416_620_525;

/// A service that a place offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its number among the platform's; 0 is one of the program's own.
    pub id: i64,
    /// 1 is one of the platform's, 2 one of the program's own.
    pub kind: i64,
    /// Its name.
    pub name: String,
    /// Which app it opens.
    pub app_id: String,
    /// At which page.
    pub path: String,
    /// A description.
    pub description: String,
}

/// What a program says of a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFacts {
    /// Its name.
    pub store_name: String,
    /// Its address.
    pub address: String,
    /// Hours of business: `HH:MM-HH:MM`; empty in the form of before July 2018.
    pub hours: String,
    /// Phone number.
    pub phone: String,
    /// Whose it is.
    pub company: String,
    /// Number of the company's licence.
    pub credential: String,
    /// Its id on the map; empty for none.
    pub map_id: String,
    /// Addresses of its pictures.
    pub pictures: Vec<String>,
    /// What it offers.
    pub services: Vec<Service>,
}

/// What the audit of a place said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audit {
    /// Nothing yet; it will be approved then, or never by itself.
    Waiting(Option<Millis>),
    /// No, for this reason.
    Refused(String),
    /// Yes.
    Approved,
}

impl Audit {
    /// `audit_status`.
    pub const fn number(&self) -> i64 {
        match self {
            Self::Waiting(_) => 3,
            Self::Refused(_) => 4,
            Self::Approved => 5,
        }
    }
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// `poi_id`.
    pub poi_id: u64,
    /// Whose it is.
    pub app_id: String,
    /// `audit_id` of its latest audit.
    pub audit_id: u64,
    /// What the program said of it.
    pub facts: PlaceFacts,
    /// What the audit said.
    pub audit: Audit,
    /// Whether users see it.
    pub is_shown: bool,
}

/// What the platform decided about an app's places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NearbyRules {
    /// How many it may have: [`PLACES_MAX`] at most.
    pub places: usize,
    /// It may not be shown nearby: 92004.
    pub is_banned: bool,
    /// It is a store or another kind that is no ordinary mini program: 93012.
    pub is_special: bool,
    /// How long an audit takes, in milliseconds; `None` until somebody decides.
    pub audit_ms: Option<i64>,
    /// Ids that the map does not know: 93013.
    pub unknown_map_ids: Vec<String>,
}

impl Default for NearbyRules {
    fn default() -> Self {
        Self {
            places: PLACES,
            is_banned: false,
            is_special: false,
            audit_ms: Some(AUDIT_MS),
            unknown_map_ids: Vec::new(),
        }
    }
}

/// All places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Places {
    added: u64,
    audits: u64,
    by_id: BTreeMap<u64, Place>,
    rules: BTreeMap<String, NearbyRules>,
    /// When an app called last to add a place.
    called: BTreeMap<String, Millis>,
}

/// The places of an app follow these rules from now on.
#[derive(Clone, Debug)]
pub struct SetNearbyRules(pub String, pub NearbyRules);

impl Sealed for SetNearbyRules {}
impl Change for SetNearbyRules {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.open_api.places.rules.insert(self.0, self.1);
    }
}

/// An app calls to add a place.
#[derive(Clone, Copy, Debug)]
pub struct CountAddCall<'a>(pub &'a str);

/// The call comes less than [`APART_MS`] after the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSoon;

impl Sealed for CountAddCall<'_> {}
impl Change for CountAddCall<'_> {
    type Effect = Result<(), TooSoon>;

    fn apply(self, world: &mut World) -> Result<(), TooSoon> {
        let now = world.now;
        let called = &mut world.open_api.places.called;
        match called.get_mut(self.0) {
            Some(last) if now.since(*last) < APART_MS => return Err(TooSoon),
            Some(last) => *last = now,
            None => drop(called.insert(self.0.to_owned(), now)),
        }
        Ok(())
    }
}

/// Why a place cannot be what is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceProblem {
    /// The app has no such place.
    NotFound,
    /// The app has as many as it may have.
    TooMany,
    /// The map does not know the id.
    NotOnMap,
    /// Another app has the place of this id on the map.
    Taken,
    /// An approved place of the app has the credential.
    CredentialApproved,
    /// A place of the app that is being audited has the credential.
    CredentialInAudit,
    /// It is being audited.
    InAudit,
    /// It was refused.
    Refused,
    /// It is shown already.
    Shown,
    /// It is hidden already.
    Hidden,
}

/// An app adds a place, or changes one.
#[derive(Clone, Debug)]
pub struct AddPlace {
    /// Which app.
    pub app_id: String,
    /// The place that is changed; `None` for a new one.
    pub poi_id: Option<u64>,
    /// What it is.
    pub facts: PlaceFacts,
}

impl Sealed for AddPlace {}
impl Change for AddPlace {
    /// `poi_id` and `audit_id`.
    type Effect = Result<(u64, u64), PlaceProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let Self {
            app_id,
            poi_id,
            facts,
        } = self;
        world.check_place(&app_id, poi_id, &facts)?;
        let rules = world.nearby_rules(&app_id);
        let until = rules.audit_ms.map(|ms| world.now.plus(ms));
        let places = &mut world.open_api.places;
        places.audits += 1;
        let audit_id = FIRST_AUDIT + places.audits - 1;
        let poi_id = poi_id.unwrap_or_else(|| {
            places.added += 1;
            FIRST_POI + places.added - 1
        });
        let place = Place {
            poi_id,
            app_id,
            audit_id,
            facts,
            audit: Audit::Waiting(until),
            is_shown: false,
        };
        places.by_id.insert(poi_id, place);
        Ok((poi_id, audit_id))
    }
}

/// An app gives a place up.
#[derive(Clone, Copy, Debug)]
pub struct DeletePlace<'a>(pub &'a str, pub u64);

impl Sealed for DeletePlace<'_> {}
impl Change for DeletePlace<'_> {
    type Effect = Result<(), PlaceProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        world.own_place(self.0, self.1)?;
        world.open_api.places.by_id.remove(&self.1);
        Ok(())
    }
}

/// An app shows or hides a place.
#[derive(Clone, Copy, Debug)]
pub struct ShowPlace<'a> {
    /// Which app.
    pub app_id: &'a str,
    /// Which place.
    pub poi_id: u64,
    /// Whether it is shown.
    pub is_shown: bool,
}

impl Sealed for ShowPlace<'_> {}
impl Change for ShowPlace<'_> {
    type Effect = Result<(), PlaceProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let place = world.own_place(self.app_id, self.poi_id)?;
        match (&place.audit, place.is_shown, self.is_shown) {
            (Audit::Waiting(_), ..) => return Err(PlaceProblem::InAudit),
            (Audit::Refused(_), ..) => return Err(PlaceProblem::Refused),
            (Audit::Approved, true, true) => return Err(PlaceProblem::Shown),
            (Audit::Approved, false, false) => return Err(PlaceProblem::Hidden),
            (Audit::Approved, ..) => {}
        }
        if let Some(place) = world.open_api.places.by_id.get_mut(&self.poi_id) {
            place.is_shown = self.is_shown;
        }
        Ok(())
    }
}

/// The audit of a place ends now.
#[derive(Clone, Debug)]
pub struct DecidePoi {
    /// Which place.
    pub poi_id: u64,
    /// Why it is refused; `None` approves it.
    pub refused: Option<String>,
}

/// No place of this number is being audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place of this number is being audited")]
pub struct NotInAudit;

impl Sealed for DecidePoi {}
impl Change for DecidePoi {
    type Effect = Result<(), NotInAudit>;

    fn apply(self, world: &mut World) -> Result<(), NotInAudit> {
        let place = world.open_api.places.by_id.get_mut(&self.poi_id);
        let place = place.filter(|place| matches!(place.audit, Audit::Waiting(_)));
        let place = place.ok_or(NotInAudit)?;
        place.is_shown = self.refused.is_none();
        let reason = self.refused.clone().unwrap_or_default();
        place.audit = self.refused.map_or(Audit::Approved, Audit::Refused);
        let members = json!({
            "audit_id": place.audit_id,
            "status": if place.is_shown { 3 } else { 2 },
            "reason": reason,
            "poi_id": place.poi_id,
        });
        let app_id = place.app_id.clone();
        hand_event(world, &app_id, "add_nearby_poi_audit_info", members);
        Ok(())
    }
}

/// Approves every place whose time has come; how many.
pub(super) fn decide_due(world: &mut World) -> usize {
    let now = world.now;
    let places = world.open_api.places.by_id.values();
    let waiting = places.filter_map(|place| Some((due(place)?, place.poi_id)));
    let mut waiting: Vec<(Millis, u64)> = waiting.filter(|(due, _)| *due <= now).collect();
    waiting.sort_unstable();
    for (_, poi_id) in &waiting {
        let refused = None;
        let poi_id = *poi_id;
        let _ = world.apply(DecidePoi { poi_id, refused });
    }
    waiting.len()
}

/// When a place will be approved next.
pub(super) fn next_due(world: &World) -> Option<Millis> {
    world.open_api.places.by_id.values().filter_map(due).min()
}

fn due(place: &Place) -> Option<Millis> {
    match place.audit {
        Audit::Waiting(until) => until,
        Audit::Refused(_) | Audit::Approved => None,
    }
}

impl World {
    /// The rules for the places of an app.
    pub fn nearby_rules(&self, app_id: &str) -> NearbyRules {
        let rules = self.open_api.places.rules.get(app_id);
        rules.cloned().unwrap_or_default()
    }

    /// The places of an app, in the order in which they came.
    pub fn places_of<'a>(&'a self, app_id: &'a str) -> impl Iterator<Item = &'a Place> {
        let places = self.open_api.places.by_id.values();
        places.filter(move |place| place.app_id == app_id)
    }

    /// What users see in the list of nearby mini programs, in the order in which it came.
    pub fn places_shown(&self) -> impl Iterator<Item = &Place> {
        let places = self.open_api.places.by_id.values();
        places.filter(|place| place.is_shown)
    }

    /// How many places an app may have, and how many more.
    pub fn place_quota(&self, app_id: &str) -> (usize, usize) {
        let places = self.nearby_rules(app_id).places.min(PLACES_MAX);
        (
            places,
            places.saturating_sub(self.places_of(app_id).count()),
        )
    }

    fn own_place(&self, app_id: &str, poi_id: u64) -> Result<&Place, PlaceProblem> {
        let place = self.open_api.places.by_id.get(&poi_id);
        let own = place.filter(|place| place.app_id == app_id);
        own.ok_or(PlaceProblem::NotFound)
    }

    fn check_place(
        &self,
        app_id: &str,
        poi_id: Option<u64>,
        facts: &PlaceFacts,
    ) -> Result<(), PlaceProblem> {
        if let Some(poi_id) = poi_id {
            let place = self.own_place(app_id, poi_id)?;
            if matches!(place.audit, Audit::Waiting(_)) {
                return Err(PlaceProblem::InAudit);
            }
        } else if self.place_quota(app_id).1 == 0 {
            return Err(PlaceProblem::TooMany);
        }
        if self
            .nearby_rules(app_id)
            .unknown_map_ids
            .contains(&facts.map_id)
        {
            return Err(PlaceProblem::NotOnMap);
        }
        let others = self.open_api.places.by_id.values();
        for other in others.filter(|other| Some(other.poi_id) != poi_id) {
            let is_refused = matches!(other.audit, Audit::Refused(_));
            let is_same_place = !facts.map_id.is_empty() && other.facts.map_id == facts.map_id;
            if other.app_id != app_id {
                if is_same_place && !is_refused {
                    return Err(PlaceProblem::Taken);
                }
                continue;
            }
            if other.facts.credential == facts.credential && !is_refused {
                return Err(match other.audit {
                    Audit::Approved => PlaceProblem::CredentialApproved,
                    _ => PlaceProblem::CredentialInAudit,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        AUDIT_MS, AddPlace, Audit, DecidePoi, NearbyRules, NotInAudit, PLACES_MAX, PlaceFacts,
        PlaceProblem, SetNearbyRules,
    };
    use crate::profile::Profile;
    use crate::world::handover::Recipient;
    use crate::world::open_api::content_check::RunDueChecks;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn add(world: &mut World, credential: &str) -> u64 {
        let facts = PlaceFacts {
            credential: credential.into(),
            ..PlaceFacts::default()
        };
        let added = world.apply(AddPlace {
            app_id: "wx1".into(),
            poi_id: None,
            facts,
        });
        added.expect("room for it").0
    }

    fn audit(world: &World, poi_id: u64) -> Audit {
        let mut places = world.places_of("wx1");
        let place = places.find(|place| place.poi_id == poi_id);
        place.expect("it exists").audit.clone()
    }

    #[test]
    fn a_place_is_approved_when_its_time_has_come() {
        let mut world = world();
        let poi_id = add(&mut world, "1");
        assert_eq!(world.next_check_due(), Some(world.now().plus(AUDIT_MS)));
        world.apply(AdvanceTo(world.now().plus(AUDIT_MS - 1)));
        assert_eq!(world.apply(RunDueChecks), 0);
        assert_eq!(world.places_shown().count(), 0);
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(
            (world.apply(RunDueChecks), world.apply(RunDueChecks)),
            (1, 0)
        );
        assert_eq!(audit(&world, poi_id), Audit::Approved);
        assert_eq!(world.places_shown().count(), 1);
        assert_eq!(world.next_check_due(), None);
        let handed = &world.handovers()[0];
        assert_eq!(handed.to, Recipient::Server("wx1".into()));
        let expected = json!({
            "ToUserName": world.original_id("wx1"),
            "FromUserName": handed.message["FromUserName"],
            "CreateTime": world.now().0 / 1_000,
            "MsgType": "event",
            "Event": "add_nearby_poi_audit_info",
            "audit_id": 416_620_525,
            "status": 3,
            "reason": "",
            "poi_id": poi_id,
        });
        assert_eq!(handed.message, expected);
    }

    #[test]
    fn somebody_can_decide_before_and_once() {
        let mut world = world();
        let poi_id = add(&mut world, "1");
        let refuse = || DecidePoi {
            poi_id,
            refused: Some("too dark".into()),
        };
        assert_eq!(world.apply(refuse()), Ok(()));
        assert_eq!(audit(&world, poi_id), Audit::Refused("too dark".into()));
        let told = &world.handovers()[0].message;
        assert_eq!(
            (&told["status"], &told["reason"]),
            (&json!(2), &json!("too dark"))
        );
        assert_eq!(world.apply(refuse()), Err(NotInAudit));
        let nobody = DecidePoi {
            poi_id: 1,
            refused: None,
        };
        assert_eq!(world.apply(nobody), Err(NotInAudit));
        assert_eq!(world.next_check_due(), None);
        assert_eq!(world.handovers().len(), 1);
    }

    #[test]
    fn an_app_has_its_quota_and_never_more_than_the_cap() {
        let mut world = world();
        let rules = NearbyRules {
            places: usize::MAX,
            audit_ms: None,
            ..NearbyRules::default()
        };
        world.apply(SetNearbyRules("wx1".into(), rules));
        assert_eq!(world.place_quota("wx1"), (PLACES_MAX, PLACES_MAX));
        assert_eq!(world.place_quota("wx2"), (10, 10));
        for number in 0..PLACES_MAX {
            add(&mut world, &number.to_string());
        }
        assert_eq!(world.next_check_due(), None, "somebody has to decide");
        let more = world.apply(AddPlace {
            app_id: "wx1".into(),
            poi_id: None,
            facts: PlaceFacts::default(),
        });
        assert_eq!(more, Err(PlaceProblem::TooMany));
    }
}

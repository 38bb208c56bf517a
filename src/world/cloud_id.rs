//! `cloudID`: open data that only the program's own cloud functions read.
//!
//! Official page: "Signature check and decryption of open data". Since base library 2.7.0 a program that uses
//! cloud development gets one beside each `encryptedData`. Handed to a function as `wx.cloud.CloudID`, directly in
//! `data`, it is replaced by the data there; after five minutes by a failure.
//!
//! Unverified: what an id looks like; one of another program, or that nobody gave out, fails as one that is
//! too old.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::rng::derived_text;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::open_data::plain_text;
use crate::version::Version;

/// Base library since which results have it.
const SINCE: Version = Version(2, 7, 0);
/// How long it can be opened, in milliseconds.
const LIFE_MS: i64 = 5 * 60_000;
/// How many are remembered; an older one is too old anyway.
const KEPT_MAX: usize = 1000;
/// Characters behind the prefix.
const ID_CHARS: usize = 43;

/// One that was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CloudId {
    id: String,
    app_id: String,
    /// The data, as JSON text.
    plain: String,
    at: Millis,
}

/// All of them, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct CloudIds {
    kept: Vec<CloudId>,
    given: u64,
}

/// Gives an id for data; `None` for a program that did not call `wx.cloud.init`.
#[derive(Clone, Debug)]
pub struct GiveCloudId {
    /// Whose data.
    pub caller: Caller,
    /// The members, without watermark.
    pub members: Map<String, Json>,
}

impl Sealed for GiveCloudId {}
impl Change for GiveCloudId {
    type Effect = Option<String>;

    fn apply(self, world: &mut World) -> Option<String> {
        if world.profile.sdk < SINCE || world.cloud_env().is_none() {
            return None;
        }
        let unix_s = world.now.0.div_euclid(1000);
        let plain = plain_text(self.members, self.caller.app_id(), unix_s);
        world.cloud_ids.given += 1;
        let number = world.cloud_ids.given.to_string();
        let parts = ["cloudID", self.caller.app_id(), number.as_str()];
        let id = format!("33_{}", derived_text(world.seed, &parts, ID_CHARS));
        let given = CloudId {
            id: id.clone(),
            app_id: self.caller.app_id().to_owned(),
            plain,
            at: world.now,
        };
        let kept = &mut world.cloud_ids.kept;
        if kept.len() >= KEPT_MAX {
            kept.remove(0);
        }
        kept.push(given);
        Some(id)
    }
}

impl World {
    /// What a cloud function sees of the `data` that it is called with.
    pub fn seen_by_function(&self, mut data: Json) -> Json {
        for value in data.as_object_mut().into_iter().flat_map(Map::values_mut) {
            let Some(members) = value.as_object().filter(|members| members.len() == 1) else {
                continue;
            };
            if let Some(id) = members.get("cloudID").and_then(Json::as_str) {
                *value = self.opened(id);
            }
        }
        data
    }

    fn opened(&self, id: &str) -> Json {
        let mut kept = self.cloud_ids.kept.iter();
        let found = kept.find(|given| given.id == id && given.app_id == self.app.app_id);
        match found.filter(|given| self.now.since(given.at) < LIFE_MS) {
            Some(given) => {
                let data: Json = serde_json::from_str(&given.plain).unwrap_or_default();
                json!({ "cloudID": id, "data": data })
            }
            None => json!({ "cloudID": id, "errCode": -601_006, "errMsg": "cloudID expired." }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value as Json, json};

    use super::{GiveCloudId, LIFE_MS};
    use crate::profile::{Date, Profile};
    use crate::world::cloud::InitCloud;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn members() -> Map<String, Json> {
        let members = json!({ "phoneNumber": "1" });
        members.as_object().cloned().expect("an object")
    }

    fn give(world: &mut World) -> Option<String> {
        let caller = world.caller();
        let members = members();
        world.apply(GiveCloudId { caller, members })
    }

    fn world(profile: Profile) -> World {
        let mut world = World::new(profile, AppFacts::default(), 1);
        assert_eq!(give(&mut world), None, "no cloud development");
        world.apply(InitCloud(Some("env".to_owned())));
        world
    }

    #[test]
    fn a_function_reads_the_data_for_five_minutes() {
        let mut world = world(Profile::default());
        let id = give(&mut world).expect("cloud development");
        assert_ne!(give(&mut world), Some(id.clone()));
        let call = json!({ "phone": { "cloudID": id }, "deep": [{ "cloudID": id }], "n": 1 });
        let seen = world.seen_by_function(call.clone());
        assert_eq!(seen["phone"]["cloudID"], id.as_str());
        assert_eq!(seen["phone"]["data"]["phoneNumber"], "1");
        assert!(seen["phone"]["data"]["watermark"]["appid"].is_string());
        assert_eq!(seen["deep"], call["deep"], "only directly in data");
        world.apply(AdvanceTo(world.now().plus(LIFE_MS)));
        let seen = world.seen_by_function(call);
        let late = json!({ "cloudID": id, "errCode": -601_006, "errMsg": "cloudID expired." });
        assert_eq!(seen["phone"], late);
    }

    #[test]
    fn no_id_before_base_library_2_7_0() {
        let mut world = world(Profile::on(Date::new(2019, 1, 1)));
        assert_eq!(give(&mut world), None);
    }
}

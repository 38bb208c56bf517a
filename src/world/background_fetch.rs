//! Data that WeChat fetches for a program before it runs, and the token it shows to the server.
//!
//! Official pages: "Prefetching data", "Periodic updates", `wx.getBackgroundFetchData`,
//! `wx.setBackgroundFetchToken`. A step says when data has come; the latest of each kind stays.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::notice::{Notice, Told};
use super::per_caller::PerCaller;
use super::{Caller, Change, World, sealed::Sealed};

/// When data are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FetchType {
    /// At a cold start.
    Pre,
    /// From time to time, also while the program does not run.
    Periodic,
}

impl FetchType {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Pre, Self::Periodic];

    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pre => "pre",
            Self::Periodic => "periodic",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// What was fetched, and what is kept for each user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct BackgroundFetch {
    fetched: BTreeMap<FetchType, Json>,
    tokens: PerCaller<String>,
}

/// Data have come.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Of which kind.
    pub kind: FetchType,
    /// What the server answered, a text.
    pub data: String,
}

impl Sealed for Fetched {}
impl Change for Fetched {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let options = world.launch_options();
        let path = options.map_or_else(
            || world.app.home_page().unwrap_or_default().to_owned(),
            |options| options.path.clone(),
        );
        let pairs = options.map(|options| options.query.as_slice());
        let pairs = pairs.unwrap_or_default().iter();
        let query: Vec<String> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
        let scene = options.map_or(1001, |options| options.scene);
        let record = json!({
            "fetchType": self.kind.name(),
            "fetchedData": self.data,
            "timeStamp": world.now.0,
            "path": path,
            "query": query.join("&"),
            "scene": scene,
        });
        world
            .background_fetch
            .fetched
            .insert(self.kind, record.clone());
        let told = Told::global("onBackgroundFetchData", record);
        world.leave(0, Notice::Told(told));
    }
}

/// The program sets the token that fetching shows to the server.
#[derive(Clone, Debug)]
pub struct SetFetchToken {
    /// Of whom.
    pub caller: Caller,
    /// The token.
    pub token: String,
}

impl Sealed for SetFetchToken {}
impl Change for SetFetchToken {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.background_fetch.tokens.set(&self.caller, self.token);
    }
}

impl World {
    /// The latest data of a kind, with the members that scripts get.
    pub fn fetched(&self, kind: FetchType) -> Option<&Json> {
        self.background_fetch.fetched.get(&kind)
    }

    /// The token that fetching shows to the server.
    pub fn fetch_token(&self, caller: &Caller) -> Option<&str> {
        self.background_fetch.tokens.get(caller).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{FetchType, Fetched, SetFetchToken};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::notice::TakeNotices;
    use crate::world::{AppFacts, Caller, World};

    #[test]
    fn the_latest_data_of_a_kind_stay() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let kind = FetchType::Pre;
        for data in ["one", "two"] {
            let data = data.to_owned();
            world.apply(Fetched { kind, data });
        }
        assert_eq!(world.apply(TakeNotices).len(), 2);
        world.apply(Kill);
        let fetched = world.fetched(kind).expect("they outlive the run");
        assert_eq!(fetched["fetchedData"], "two");
        assert_eq!(world.fetched(FetchType::Periodic), None);
    }

    #[test]
    fn a_token_belongs_to_one_user() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        let token = "t".to_owned();
        world.apply(SetFetchToken {
            caller: caller.clone(),
            token,
        });
        assert_eq!(world.fetch_token(&caller), Some("t"));
        let other = Caller::new(caller.app_id(), "other");
        assert_eq!(world.fetch_token(&other), None);
    }
}

//! What is said of the program's registration in the console: `[app]` of wxsim.toml, `--app`.
//!
//! The facts lie in [`AppFacts`](super::AppFacts); what is not said stays as it is.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::account::{EnvVersion, Subject};
use super::phone_number::SetPhoneQuota;
use super::{Change, World, sealed::Sealed};
use crate::profile::Date;

/// A capability that the platform can block for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Capability {
    /// `wx.login`.
    Login,
    /// The phone number buttons.
    PhoneNumber,
    /// Asking for subscribe messages, and sending them.
    SubscribeMessage,
    /// `wx.requestPayment`.
    Payment,
}

/// Facts of the registration; those that are `None` are not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    name: Option<String>,
    subject: Option<Subject>,
    verified: Option<bool>,
    linked_account: Option<bool>,
    open_platform: Option<String>,
    merchants: Option<Vec<String>>,
    published: Option<Date>,
    env_version: Option<EnvVersion>,
    phone_quota: Option<u32>,
    blocked: Option<BTreeSet<Capability>>,
    closed_apis: Option<BTreeSet<String>>,
    official_accounts: Option<Vec<String>>,
}

/// Writes one fact.
type Writer = fn(&mut Registration, &Json) -> Result<(), String>;

/// Every fact by its name, in the order of the documentation.
const WRITERS: &[(&str, Writer)] = &[
    ("name", |to, value| {
        to.name = Some(text(value)?);
        Ok(())
    }),
    ("subject", |to, value| {
        to.subject = Some(read(value, "personal, company, government or overseas")?);
        Ok(())
    }),
    ("verified", |to, value| {
        to.verified = Some(read(value, "true or false")?);
        Ok(())
    }),
    ("linked_account", |to, value| {
        to.linked_account = Some(read(value, "true or false")?);
        Ok(())
    }),
    ("open_platform", |to, value| {
        to.open_platform = Some(text(value)?);
        Ok(())
    }),
    ("merchants", |to, value| {
        to.merchants = Some(read(value, "a list of texts")?);
        Ok(())
    }),
    ("published", |to, value| {
        to.published = Some(read(value, "a day such as \"2021-04-28\"")?);
        Ok(())
    }),
    ("env_version", |to, value| {
        to.env_version = Some(read(value, "develop, trial or release")?);
        Ok(())
    }),
    ("phone_quota", |to, value| {
        to.phone_quota = Some(read(value, "a number from 0")?);
        Ok(())
    }),
    ("blocked", |to, value| {
        to.blocked = Some(read(
            value,
            "a list of login, phoneNumber, subscribeMessage, payment",
        )?);
        Ok(())
    }),
    ("closed_apis", |to, value| {
        let names: BTreeSet<String> = read(value, "a list of names")?;
        if let Some(name) = names.iter().find(|name| !OPENED.contains(&name.as_str())) {
            let known = OPENED.join(", ");
            return Err(format!("a list of {known}; `{name}` needs no opening"));
        }
        to.closed_apis = Some(names);
        Ok(())
    }),
    ("official_accounts", |to, value| {
        to.official_accounts = Some(read(value, "a list of appids")?);
        Ok(())
    }),
];

/// APIs that must be opened in the console and that have a gate here.
///
/// Source: the official announcement on location APIs, in force since 2022-07-14. It names
/// `onLocationChange` too.
pub const OPENED: [&str; 7] = [
    "getFuzzyLocation",
    "getLocation",
    "startLocationUpdate",
    "startLocationUpdateBackground",
    "chooseLocation",
    "choosePoi",
    "chooseAddress",
];

impl Registration {
    /// The names of the facts.
    pub fn names() -> impl Iterator<Item = &'static str> {
        WRITERS.iter().map(|(name, _)| *name)
    }

    /// Says a fact.
    ///
    /// # Errors
    /// There is no such fact, or it has no such value.
    pub fn set(&mut self, name: &str, value: &Json) -> Result<(), String> {
        let found = WRITERS.iter().find(|(known, _)| *known == name);
        let Some((_, write)) = found else {
            let known = Self::names().collect::<Vec<_>>().join(", ");
            return Err(format!(
                "`{name}` is no fact of the registration; there are {known}"
            ));
        };
        write(self, value).map_err(|wanted| format!("`{name}` is {wanted}, not {value}"))
    }
}

fn text(value: &Json) -> Result<String, String> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| "a text".to_owned())
}

fn read<T: DeserializeOwned>(value: &Json, wanted: &str) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|_| wanted.to_owned())
}

/// The program is registered like that.
#[derive(Clone, Debug)]
pub struct AmendRegistration(pub Registration);

impl Sealed for AmendRegistration {}
impl Change for AmendRegistration {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Registration {
            name,
            subject,
            verified,
            linked_account,
            open_platform,
            merchants,
            published,
            env_version,
            phone_quota,
            blocked,
            closed_apis,
            official_accounts,
        } = self.0;
        let app = &mut world.app;
        app.name = name.unwrap_or(std::mem::take(&mut app.name));
        app.subject = subject.unwrap_or(app.subject);
        app.verified = verified.unwrap_or(app.verified);
        app.linked_account = linked_account.unwrap_or(app.linked_account);
        app.open_platform = open_platform.or(app.open_platform.take());
        app.merchants = merchants.unwrap_or(std::mem::take(&mut app.merchants));
        app.published = published.unwrap_or(app.published);
        app.env_version = env_version.unwrap_or(app.env_version);
        app.blocked = blocked.unwrap_or(std::mem::take(&mut app.blocked));
        app.closed_apis = closed_apis.unwrap_or(std::mem::take(&mut app.closed_apis));
        let accounts = std::mem::take(&mut app.official_accounts);
        app.official_accounts = official_accounts.unwrap_or(accounts);
        if let Some(quota) = phone_quota {
            world.apply(SetPhoneQuota(quota));
        }
    }
}

impl World {
    /// Whether the platform blocks the capability for the program.
    pub fn is_blocked(&self, capability: Capability) -> bool {
        self.app.blocked.contains(&capability)
    }

    /// Whether the platform blocks the capability for a program; not for one that was never opened.
    pub fn is_blocked_for(&self, app_id: &str, capability: Capability) -> bool {
        let app = self.app_facts(app_id);
        app.is_some_and(|app| app.blocked.contains(&capability))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{AmendRegistration, Capability, Registration};
    use crate::profile::{Date, Profile};
    use crate::world::account::{EnvVersion, Subject};
    use crate::world::{AppFacts, World};

    #[test]
    fn what_is_said_becomes_a_fact_and_the_rest_stays() {
        let mut said = Registration::default();
        for (name, value) in [
            ("name", json!("Tea")),
            ("subject", json!("personal")),
            ("verified", json!(false)),
            ("linked_account", json!(false)),
            ("open_platform", json!("a")),
            ("merchants", json!(["1"])),
            ("published", json!("2021-04-28")),
            ("env_version", json!("trial")),
            ("phone_quota", json!(0)),
            ("blocked", json!(["login"])),
            ("closed_apis", json!(["getLocation"])),
            ("official_accounts", json!(["wxaccount"])),
        ] {
            said.set(name, &value).expect(name);
        }
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(AmendRegistration(Registration::default()));
        assert_eq!(*world.app(), AppFacts::default());
        world.apply(AmendRegistration(said));
        let app = world.app();
        assert_eq!((app.name.as_str(), app.verified), ("Tea", false));
        assert!(!app.linked_account);
        assert_eq!(app.subject, Subject::Personal);
        assert_eq!(app.open_platform.as_deref(), Some("a"));
        assert_eq!(app.merchants, ["1"]);
        assert_eq!(app.published, Date::new(2021, 4, 28));
        assert_eq!(app.env_version, EnvVersion::Trial);
        assert!(app.closed_apis.contains("getLocation"));
        assert_eq!(app.official_accounts, ["wxaccount"]);
        assert!(!world.has_phone_quota());
        assert!(world.is_blocked(Capability::Login));
        assert!(!world.is_blocked(Capability::PhoneNumber));
    }

    #[test]
    fn what_is_no_fact_or_no_value_says_what_is() {
        let mut said = Registration::default();
        let mut wrong = |name: &str, value| said.set(name, &value).expect_err(name);
        assert!(wrong("colour", json!(1)).contains("there are name, subject, "));
        assert_eq!(
            wrong("subject", json!("club")),
            "`subject` is personal, company, government or overseas, not \"club\""
        );
        assert!(wrong("phone_quota", json!(-1)).contains("a number from 0"));
        assert!(wrong("published", json!("2021-02-30")).contains("a day"));
        assert!(wrong("blocked", json!(["tea"])).contains("login, phoneNumber"));
        assert!(wrong("merchants", json!([1])).contains("a list of texts"));
        assert!(wrong("closed_apis", json!(["login"])).contains("`login` needs no opening"));
        assert!(wrong("name", json!("")).contains("a text"));
        assert_eq!(said, Registration::default());
    }
}

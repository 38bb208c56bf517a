//! What WeChat has on file: the mini programs, official accounts and mobile apps that there are.
//!
//! Official pages: "Mechanism of `UnionID`", the console of a mini program. One mini program runs;
//! the others are facts: their ids and secrets, who is bound to whom. A user has the same `unionid`
//! in everything that is bound to one open-platform account.
//!
//! Differs from the client: all that is bound to one open-platform account counts as of one
//! subject, which on the platform only most of it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::account::{EnvVersion, Subject};
use super::privacy::Declared;
use super::rng::{derived_hex, derived_text};
use super::{AppFacts, Caller, Change, World, sealed::Sealed};
use crate::profile::{COMPAT_DATE, Date};

/// What something is registered as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A mini program.
    #[default]
    MiniProgram,
    /// An official account, which users follow.
    OfficialAccount,
    /// An app of a phone, in which users log in with WeChat.
    MobileApp,
}

impl Kind {
    /// Every kind with its word in settings.
    pub const ALL: [(&'static str, Self); 3] = [
        ("mini-program", Self::MiniProgram),
        ("official-account", Self::OfficialAccount),
        ("mobile-app", Self::MobileApp),
    ];
}

/// Something registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registered {
    /// Its appid.
    pub app_id: String,
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// `AppSecret`; `None` is one that follows from the seed.
    pub secret: Option<String>,
    /// For whom.
    pub subject: Subject,
    /// Whether WeChat verified the subject.
    pub verified: bool,
    /// The open-platform account that it is bound to.
    pub open_platform: Option<String>,
    /// Merchants that are bound to it.
    pub merchants: Vec<String>,
    /// Official accounts that it is linked to, by appid.
    pub official_accounts: Vec<String>,
    /// Short links of it, with the page and query that each leads to.
    pub short_links: BTreeMap<String, String>,
    /// What the user does in it while its code is not at hand, as an answer to the question `program`;
    /// `None` asks.
    pub stub: Option<Json>,
    /// Publish date of its version.
    pub published: Date,
    /// Which build users have.
    pub env_version: EnvVersion,
    /// What its privacy guide names.
    pub privacy_guide: Declared,
    /// APIs that are not opened in its console.
    pub closed_apis: BTreeSet<String>,
}

impl Default for Registered {
    /// A published program of a verified company.
    fn default() -> Self {
        let usual = AppFacts::default();
        Self {
            app_id: usual.app_id,
            kind: Kind::MiniProgram,
            name: usual.name,
            secret: None,
            subject: usual.subject,
            verified: usual.verified,
            open_platform: None,
            merchants: Vec::new(),
            official_accounts: Vec::new(),
            short_links: BTreeMap::new(),
            stub: None,
            published: COMPAT_DATE,
            env_version: usual.env_version,
            privacy_guide: Declared::default(),
            closed_apis: BTreeSet::new(),
        }
    }
}

impl Registered {
    fn running(app: &AppFacts, privacy_guide: Declared) -> Self {
        Self {
            app_id: app.app_id.clone(),
            kind: Kind::MiniProgram,
            name: app.name.clone(),
            secret: app.secret.clone(),
            subject: app.subject,
            verified: app.verified,
            open_platform: app.open_platform.clone(),
            merchants: app.merchants.clone(),
            official_accounts: app.official_accounts.clone(),
            short_links: app.short_links.clone(),
            stub: None,
            published: app.published,
            env_version: app.env_version,
            privacy_guide,
            closed_apis: app.closed_apis.clone(),
        }
    }
}

/// All but the running program, in the order in which they came.
pub(super) type Registry = Vec<Registered>;

/// The appid is the running program's, whose facts are those of its project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is the appid of the mini program that runs")]
pub struct IsRunning;

/// Registers something, or replaces what is registered under its appid.
#[derive(Clone, Debug)]
pub struct Register(pub Registered);

impl Sealed for Register {}
impl Change for Register {
    type Effect = Result<(), IsRunning>;

    fn apply(self, world: &mut World) -> Result<(), IsRunning> {
        if self.0.app_id == world.app.app_id {
            return Err(IsRunning);
        }
        let known = world.registry.iter_mut();
        match known
            .into_iter()
            .find(|other| other.app_id == self.0.app_id)
        {
            Some(other) => *other = self.0,
            None => world.registry.push(self.0),
        }
        Ok(())
    }
}

/// Characters of an `AppSecret`.
const SECRET_CHARS: usize = 32;
/// Characters of an `openid` or `unionid` behind the first.
const ID_CHARS: usize = 27;

/// Whether a text can be an `openid` at all.
fn has_form_of_id(text: &str) -> bool {
    text.len() == ID_CHARS + 1 && text.starts_with('o')
}

/// From this day every login gives the `unionid` of a bound app.
const UNION_ID_FROM: Date = Date::new(2021, 2, 23);

impl World {
    /// What is registered under an appid.
    pub fn registered(&self, app_id: &str) -> Option<Registered> {
        if app_id == self.app.app_id {
            let guide = self.privacy_guide().clone();
            return Some(Registered::running(&self.app, guide));
        }
        self.other(app_id).cloned()
    }

    /// Publish date of an app's version; of one that is not registered, the day of the platform.
    pub fn published(&self, app_id: &str) -> Date {
        if app_id == self.app.app_id {
            return self.app.published;
        }
        let other = self.other(app_id);
        other.map_or(self.profile.compat_date, |other| other.published)
    }

    /// Everything registered but the running program.
    pub fn other_apps(&self) -> &[Registered] {
        &self.registry
    }

    fn other(&self, app_id: &str) -> Option<&Registered> {
        self.registry.iter().find(|other| other.app_id == app_id)
    }

    /// The `AppSecret`: 32 hexadecimal digits unless the registration gives another text. Servers
    /// prove with it who they are; scripts never see it.
    pub fn app_secret(&self, app_id: &str) -> Option<String> {
        let given = self.registered(app_id)?.secret;
        Some(given.unwrap_or_else(|| derived_hex(self.seed, &["secret", app_id], SECRET_CHARS)))
    }

    /// Whether the API is opened in the console of the app.
    pub fn console_opens(&self, app_id: &str, api: &str) -> bool {
        let closed = if app_id == self.app.app_id {
            &self.app.closed_apis
        } else if let Some(other) = self.other(app_id) {
            &other.closed_apis
        } else {
            return false;
        };
        !closed.contains(api)
    }

    fn open_platform_of(&self, app_id: &str) -> Option<&str> {
        if app_id == self.app.app_id {
            return self.app.open_platform.as_deref();
        }
        self.other(app_id)?.open_platform.as_deref()
    }

    /// The caller's `openid`: 28 characters, the same for the same seed, user and app.
    pub fn open_id(&self, caller: &Caller) -> String {
        let parts = ["openid", caller.app_id(), caller.user_id()];
        format!("o{}", derived_text(self.seed, &parts, ID_CHARS))
    }

    /// The user who has an `openid` in an app; `None` when nobody has it there.
    ///
    /// Every user's is derived and compared, which takes some 50 µs for 1,000 users.
    pub fn caller_of(&self, app_id: &str, open_id: &str) -> Option<Caller> {
        if !has_form_of_id(open_id) {
            return None;
        }
        let users = self.users().iter();
        let mut callers = users.map(|user| Caller::new(app_id, &user.id));
        callers.find(|caller| self.open_id(caller) == open_id)
    }

    /// The registered app in which a user has an `openid`; `None` when nobody has it anywhere.
    pub fn app_of_open_id(&self, open_id: &str) -> Option<&str> {
        let others = self.registry.iter().map(|other| other.app_id.as_str());
        let mut apps = std::iter::once(self.app.app_id.as_str()).chain(others);
        apps.find(|app_id| self.caller_of(app_id, open_id).is_some())
    }

    /// The caller's `unionid`: the same in all that is bound to the open-platform account of the
    /// caller's app; `None` for an app that is not bound to one.
    pub fn union_id(&self, caller: &Caller) -> Option<String> {
        let account = self.open_platform_of(caller.app_id())?;
        let parts = ["unionid", account, caller.user_id()];
        Some(format!("o{}", derived_text(self.seed, &parts, ID_CHARS)))
    }

    /// The `unionid` that the server gets for a login code. Before 2021-02-23 only of a user who
    /// follows an official account, or has logged in to an official account or mobile app, that is
    /// bound to the same open-platform account.
    pub fn union_id_of_login(&self, caller: &Caller) -> Option<String> {
        let given = self.profile.compat_date >= UNION_ID_FROM || self.knows_subject(caller);
        self.union_id(caller).filter(|_| given)
    }

    fn knows_subject(&self, caller: &Caller) -> bool {
        let Some(user) = self.user_of(caller.user_id()) else {
            return false;
        };
        let account = self.open_platform_of(caller.app_id());
        let bound_as = |app_id: &String, kinds: &[Kind]| {
            self.other(app_id).is_some_and(|other| {
                kinds.contains(&other.kind) && other.open_platform.as_deref() == account
            })
        };
        let follows = |app_id| bound_as(app_id, &[Kind::OfficialAccount]);
        let entered = |app_id| bound_as(app_id, &[Kind::OfficialAccount, Kind::MobileApp]);
        account.is_some()
            && (user.follows.iter().any(follows) || user.authorized.iter().any(entered))
    }
}

#[cfg(test)]
mod tests {
    use super::{IsRunning, Kind, Register, Registered};
    use crate::profile::{Date, Profile};
    use crate::world::user::{AddUser, User};
    use crate::world::{AppFacts, Caller, World};

    fn bound(day: Date, account: Option<&str>) -> World {
        let app = AppFacts {
            app_id: "wx1".into(),
            open_platform: account.map(str::to_owned),
            ..AppFacts::default()
        };
        let mut world = World::new(Profile::on(day), app, 1);
        for (app_id, kind, account) in [
            ("wx2", Kind::MiniProgram, Some("a")),
            ("wx3", Kind::MiniProgram, Some("b")),
            ("wx4", Kind::MiniProgram, None),
            ("gh1", Kind::OfficialAccount, Some("a")),
            ("gh2", Kind::OfficialAccount, Some("b")),
            ("gh3", Kind::OfficialAccount, None),
            ("app1", Kind::MobileApp, Some("a")),
        ] {
            let other = Registered {
                app_id: app_id.into(),
                kind,
                open_platform: account.map(str::to_owned),
                ..Registered::default()
            };
            assert_eq!(world.apply(Register(other)), Ok(()));
        }
        world
    }

    const TODAY: Date = Date::new(2021, 2, 23);
    const BEFORE: Date = Date::new(2021, 2, 22);

    #[test]
    fn an_openid_belongs_to_one_user_in_one_app_and_is_stable() {
        let world = World::new(Profile::default(), AppFacts::default(), 1);
        let id = |app: &str, user: &str| world.open_id(&Caller::new(app, user));
        assert_eq!(id("wx1", "a"), id("wx1", "a"));
        assert_ne!(id("wx1", "a"), id("wx2", "a"), "another app");
        assert_ne!(id("wx1", "a"), id("wx1", "b"), "another user");
        assert!(id("wx1", "a").starts_with('o') && id("wx1", "a").len() == 28);
    }

    #[test]
    fn the_user_of_an_openid_is_found_in_its_app_alone() {
        let mut world = bound(TODAY, None);
        for id in ["b", "c"] {
            let id = id.to_owned();
            world.apply(AddUser(User {
                id,
                ..User::default()
            }));
        }
        for app in ["wx1", "wx2"] {
            for user in ["b", "c"] {
                let caller = Caller::new(app, user);
                let open_id = world.open_id(&caller);
                assert_eq!(world.caller_of(app, &open_id), Some(caller));
                assert_eq!(world.caller_of("wx3", &open_id), None, "another app");
                assert_eq!(world.app_of_open_id(&open_id), Some(app));
            }
        }
        let nobody = world.open_id(&Caller::new("wx1", "nobody"));
        let nowhere = world.open_id(&Caller::new("nowhere", "b"));
        for open_id in ["", "o", "user", &nobody, &nowhere, &"o".repeat(28)] {
            assert_eq!(world.caller_of("wx1", open_id), None, "{open_id}");
            assert_eq!(world.app_of_open_id(open_id), None, "{open_id}");
        }
    }

    #[test]
    fn a_union_id_belongs_to_a_user_in_all_apps_of_an_account() {
        let world = bound(TODAY, Some("a"));
        let id = |app: &str, user: &str| world.union_id(&Caller::new(app, user));
        assert!(id("wx1", "user").is_some_and(|id| id.len() == 28));
        for other in ["wx2", "gh1", "app1"] {
            assert_eq!(id("wx1", "user"), id(other, "user"), "{other}");
        }
        assert_ne!(id("wx1", "user"), id("wx3", "user"), "another account");
        assert_ne!(id("wx1", "user"), id("wx1", "other"), "another user");
        assert_eq!(id("wx4", "user"), None, "not bound");
        assert_eq!(id("nowhere", "user"), None, "not registered");
        assert_eq!(bound(TODAY, None).union_id(&world.caller()), None);
    }

    #[test]
    fn before_2021_a_login_tells_it_only_of_who_knows_the_subject() {
        let told = |day, account, follows: &[&str], authorized: &[&str]| {
            let mut world = bound(day, account);
            let list = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
            world.apply(AddUser(User {
                follows: list(follows),
                authorized: list(authorized),
                ..User::default()
            }));
            world.union_id_of_login(&world.caller()).is_some()
        };
        assert!(told(TODAY, Some("a"), &[], &[]));
        assert!(!told(BEFORE, Some("a"), &[], &[]));
        assert!(told(BEFORE, Some("a"), &["gh1"], &[]), "follows");
        assert!(!told(BEFORE, Some("a"), &["gh2"], &[]), "another account");
        assert!(!told(BEFORE, None, &["gh3"], &["gh3"]), "no account at all");
        assert!(told(BEFORE, Some("a"), &[], &["app1"]), "logged in there");
        assert!(told(BEFORE, Some("a"), &[], &["gh1"]), "or there");
        assert!(!told(BEFORE, Some("a"), &[], &["wx2"]), "a mini program");
        assert!(!told(BEFORE, Some("a"), &["app1"], &[]), "no account");
    }

    #[test]
    fn a_secret_is_given_or_follows_from_the_seed() {
        let mut world = bound(TODAY, None);
        let secret = world.app_secret("wx1").expect("it runs");
        assert_eq!(secret.len(), 32);
        let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        assert!(secret.chars().all(is_hex), "{secret}");
        assert_ne!(Some(secret), world.app_secret("wx2"));
        assert_eq!(world.app_secret("nowhere"), None);
        let given = Registered {
            app_id: "wx2".into(),
            secret: Some("s".into()),
            closed_apis: ["getLocation".to_owned()].into(),
            ..Registered::default()
        };
        assert_eq!(world.apply(Register(given)), Ok(()));
        assert_eq!(world.app_secret("wx2").as_deref(), Some("s"));
        assert!(!world.console_opens("wx2", "getLocation"));
        assert!(world.console_opens("wx2", "chooseLocation"));
        assert!(world.console_opens("wx1", "getLocation"));
        assert_eq!(world.other_apps().len(), 7, "replaced, not added");
    }

    #[test]
    fn the_running_program_is_registered_by_its_own_facts() {
        let mut world = bound(TODAY, Some("a"));
        let own = Registered {
            app_id: "wx1".into(),
            ..Registered::default()
        };
        assert_eq!(world.apply(Register(own)), Err(IsRunning));
        let found = world.registered("wx1").expect("it runs");
        assert_eq!(found.open_platform.as_deref(), Some("a"));
        assert_eq!(world.registered("nowhere"), None);
    }
}

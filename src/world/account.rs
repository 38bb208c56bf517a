//! Who uses which mini program: the app's own facts, the users, and their ids.
//!
//! An `openid` belongs to one user in one app; it follows from the seed and the two, so it is the
//! same in every run. Real ones are 28 characters that begin with `o`, as here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::registration::Capability;
use super::rng::derived_text;
use super::{Change, World, sealed::Sealed};
use crate::profile::{COMPAT_DATE, Date};

/// Which build of the mini program runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EnvVersion {
    /// A developer's build.
    Develop,
    /// The build shown to testers.
    Trial,
    /// The published build.
    #[default]
    Release,
}

impl EnvVersion {
    /// The platform's word, as in `wx.getAccountInfoSync().miniProgram.envVersion`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Develop => "develop",
            Self::Trial => "trial",
            Self::Release => "release",
        }
    }
}

/// Who the mini program is registered for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// A natural person; many open capabilities are closed to it.
    Personal,
    /// A company.
    #[default]
    Company,
    /// A government body.
    Government,
    /// A company outside mainland China.
    Overseas,
}

/// What is known about the mini program itself: app.json, registration, publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppFacts {
    /// `appid` of project.config.json.
    pub app_id: String,
    /// Name of the mini program.
    pub name: String,
    /// Routes of all pages in app.json order, subpackages' pages behind, without leading slash.
    pub pages: Vec<String>,
    /// `entryPagePath`; empty when app.json has none.
    pub entry_page: String,
    /// Routes of `tabBar.list`, in order.
    pub tab_pages: Vec<String>,
    /// `permission["scope.…"].desc` by scope name.
    pub permission_desc: BTreeMap<String, String>,
    /// `requiredPrivateInfos`; `None` when the key is missing.
    pub required_private_infos: Option<Vec<String>>,
    /// `requiredBackgroundModes`.
    pub required_background_modes: Vec<String>,
    /// `__usePrivacyCheck__`: the privacy agreement holds before its day.
    pub use_privacy_check: bool,
    /// `ext` of ext.json.
    pub ext_config: Map<String, Json>,
    /// `networkTimeout`: milliseconds by API name.
    pub network_timeout_ms: BTreeMap<String, i64>,
    /// Subpackages: folder, and alias where there is one.
    pub subpackages: Vec<(String, Option<String>)>,
    /// Folder of the scripts of workers, and whether it is a package of its own.
    pub workers: Option<(String, bool)>,
    /// Publish date of the running version.
    pub published: Date,
    /// Which build runs.
    pub env_version: EnvVersion,
    /// Who the mini program is registered for.
    pub subject: Subject,
    /// Whether WeChat verified the subject.
    pub verified: bool,
    /// The open-platform account that it is bound to; users have a `unionid` in its apps.
    pub open_platform: Option<String>,
    /// Capabilities that the platform blocks for it.
    pub blocked: BTreeSet<Capability>,
    /// Location APIs that are not opened in the console.
    pub closed_apis: BTreeSet<String>,
}

impl Default for AppFacts {
    /// A verified company's published program without pages.
    fn default() -> Self {
        Self {
            app_id: "wx0000000000000000".to_owned(),
            name: "小程序示例".to_owned(),
            pages: Vec::new(),
            entry_page: String::new(),
            tab_pages: Vec::new(),
            permission_desc: BTreeMap::new(),
            required_private_infos: None,
            required_background_modes: Vec::new(),
            use_privacy_check: false,
            ext_config: Map::new(),
            network_timeout_ms: BTreeMap::new(),
            subpackages: Vec::new(),
            workers: None,
            published: COMPAT_DATE,
            env_version: EnvVersion::Release,
            subject: Subject::Company,
            verified: true,
            open_platform: None,
            blocked: BTreeSet::new(),
            closed_apis: BTreeSet::new(),
        }
    }
}

impl AppFacts {
    /// Route of the page that a start without path opens; `None` for a program without pages.
    pub fn home_page(&self) -> Option<&str> {
        if self.entry_page.is_empty() {
            self.pages.first().map(String::as_str)
        } else {
            Some(&self.entry_page)
        }
    }

    /// Whether app.json lists the route.
    pub fn has_page(&self, route: &str) -> bool {
        self.pages.iter().any(|page| page == route)
    }

    /// Whether the route is in `tabBar.list`.
    pub fn is_tab_page(&self, route: &str) -> bool {
        self.tab_pages.iter().any(|page| page == route)
    }

    /// Whether `requiredBackgroundModes` lists the mode (`audio`, `location`).
    pub fn has_background_mode(&self, mode: &str) -> bool {
        self.required_background_modes
            .iter()
            .any(|declared| declared == mode)
    }
}

/// A WeChat user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct User {
    /// The name by which scenarios call the user; unique in a world.
    pub id: String,
    /// `nickName`.
    pub nickname: String,
    /// `avatarUrl`.
    pub avatar_url: String,
    /// `gender`: 0 unknown, 1 male, 2 female.
    pub gender: u8,
    /// `country`.
    pub country: String,
    /// `province`.
    pub province: String,
    /// `city`.
    pub city: String,
    /// `language`, such as `zh_CN`.
    pub language: String,
    /// Phone number without country code.
    pub phone_number: String,
    /// Country code of the phone number.
    pub country_code: String,
    /// Whether WeRun is switched on.
    pub we_run: bool,
    /// Whether the user follows an official account of the app's subject, or authorized another
    /// app of it: before 2021-02-23 only then a login gives the `unionid`.
    pub knows_subject: bool,
}

impl Default for User {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            id: text("user"),
            nickname: text("小明"),
            avatar_url: text("https://thirdwx.qlogo.cn/mmopen/vi_32/0/132"),
            gender: 1,
            country: text("China"),
            province: text("Guangdong"),
            city: text("Guangzhou"),
            language: text("zh_CN"),
            phone_number: text("13800138000"),
            country_code: text("86"),
            we_run: true,
            knows_subject: false,
        }
    }
}

/// One user in one app: whom sessions, permissions and storage belong to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Caller {
    app_id: String,
    user_id: String,
}

impl Caller {
    /// The user of that id in the app of that id.
    pub fn new(app_id: impl Into<String>, user_id: impl Into<String>) -> Self {
        Self {
            app_id: app_id.into(),
            user_id: user_id.into(),
        }
    }

    /// The app's id.
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// The user's id in the world.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }
}

/// The users and which of them holds the phone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Users {
    current: User,
    others: Vec<User>,
}

/// Adds a user, or replaces the facts of the one with the same id.
#[derive(Clone, Debug)]
pub struct AddUser(pub User);

impl Sealed for AddUser {}
impl Change for AddUser {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let users = &mut world.users;
        let same = std::iter::once(&mut users.current)
            .chain(&mut users.others)
            .find(|user| user.id == self.0.id);
        match same {
            Some(user) => *user = self.0,
            None => users.others.push(self.0),
        }
    }
}

/// No user of the world has this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no user `{0}`")]
pub struct NoSuchUser(pub String);

/// Gives the phone to the user of that id.
#[derive(Clone, Debug)]
pub struct SwitchUser(pub String);

impl Sealed for SwitchUser {}
impl Change for SwitchUser {
    type Effect = Result<(), NoSuchUser>;

    fn apply(self, world: &mut World) -> Result<(), NoSuchUser> {
        let users = &mut world.users;
        if users.current.id == self.0 {
            return Ok(());
        }
        let next = users.others.iter_mut().find(|user| user.id == self.0);
        std::mem::swap(next.ok_or(NoSuchUser(self.0))?, &mut users.current);
        Ok(())
    }
}

impl World {
    /// The mini program.
    pub fn app(&self) -> &AppFacts {
        &self.app
    }

    /// The user who holds the phone.
    pub fn user(&self) -> &User {
        &self.users.current
    }

    pub(super) fn user_mut(&mut self) -> &mut User {
        &mut self.users.current
    }

    /// The user who holds the phone, in the mini program.
    pub fn caller(&self) -> Caller {
        Caller::new(&*self.app.app_id, &*self.users.current.id)
    }

    /// The caller's `openid`: 28 characters, the same for the same seed, user and app.
    pub fn open_id(&self, caller: &Caller) -> String {
        let parts = ["openid", caller.app_id(), caller.user_id()];
        format!("o{}", derived_text(self.seed, &parts, 27))
    }
}

/// From this day every login gives the `unionid` of a bound app.
const UNION_ID_FROM: Date = Date::new(2021, 2, 23);

impl World {
    /// The caller's `unionid`: the same in all apps of an open-platform account; `None` for an app
    /// that is not bound to one.
    pub fn union_id(&self, caller: &Caller) -> Option<String> {
        let account = self.app.open_platform.as_deref()?;
        let parts = ["unionid", account, caller.user_id()];
        Some(format!("o{}", derived_text(self.seed, &parts, 27)))
    }

    /// The `unionid` that the server gets for a login code.
    pub fn union_id_of_login(&self, caller: &Caller) -> Option<String> {
        let given = self.profile.compat_date >= UNION_ID_FROM || self.user().knows_subject;
        self.union_id(caller).filter(|_| given)
    }
}

#[cfg(test)]
mod tests {
    use super::{AddUser, AppFacts, Caller, NoSuchUser, SwitchUser, User};
    use crate::profile::{Date, Profile};
    use crate::world::World;

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
    fn a_union_id_belongs_to_a_user_in_all_apps_of_an_account() {
        let world = |day, open_platform: Option<&str>, knows_subject| {
            let app = AppFacts {
                open_platform: open_platform.map(str::to_owned),
                ..AppFacts::default()
            };
            let mut world = World::new(Profile::on(day), app, 1);
            world.apply(AddUser(User {
                knows_subject,
                ..User::default()
            }));
            world
        };
        let (before, today) = (Date::new(2021, 2, 22), Date::new(2021, 2, 23));
        let id = |world: &World, app: &str| world.union_id(&Caller::new(app, "user"));
        let bound = world(today, Some("a"), false);
        assert_eq!(id(&bound, "wx1"), id(&bound, "wx2"));
        assert_ne!(
            id(&bound, "wx1"),
            id(&world(today, Some("b"), false), "wx1")
        );
        assert_eq!(id(&world(today, None, true), "wx1"), None, "not bound");
        let of_login = |world: &World| world.union_id_of_login(&world.caller()).is_some();
        assert!(of_login(&bound));
        assert!(!of_login(&world(before, Some("a"), false)));
        assert!(
            of_login(&world(before, Some("a"), true)),
            "knows the subject"
        );
    }

    #[test]
    fn the_phone_goes_from_user_to_user() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let first = world.caller();
        world.apply(AddUser(User {
            id: "second".into(),
            ..User::default()
        }));
        assert_eq!(world.caller(), first, "adding a user hands nothing over");
        assert_eq!(world.apply(SwitchUser("second".into())), Ok(()));
        assert_eq!(world.caller().user_id(), "second");
        assert_eq!(world.apply(SwitchUser("user".into())), Ok(()));
        assert_eq!(world.caller(), first);
        assert_eq!(
            world.apply(SwitchUser("x".into())),
            Err(NoSuchUser("x".into()))
        );
    }

    #[test]
    fn the_home_page_is_the_first_unless_app_json_names_another() {
        let mut app = AppFacts {
            pages: vec!["a".into(), "b".into()],
            ..AppFacts::default()
        };
        assert_eq!(app.home_page(), Some("a"));
        app.entry_page = "b".into();
        assert_eq!(app.home_page(), Some("b"));
        assert_eq!(AppFacts::default().home_page(), None);
    }
}

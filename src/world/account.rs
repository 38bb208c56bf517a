//! Who uses which mini program: the running program's own facts, and the ids of users in programs.
//!
//! An `openid` belongs to one user in one app; it follows from the seed and the two, so it is the
//! same in every run. Real ones are 28 characters that begin with `o`, as here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::World;
use super::pay::merchant::USUAL_MERCHANT;
use super::registration::Capability;
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
    /// `navigationBarTitleText` by route, of pages that have one.
    pub page_titles: BTreeMap<String, String>,
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
    /// Whether an official account that WeChat verified is linked to it.
    pub linked_account: bool,
    /// The open-platform account that it is bound to; users have a `unionid` in its apps.
    pub open_platform: Option<String>,
    /// Capabilities that the platform blocks for it.
    pub blocked: BTreeSet<Capability>,
    /// Location APIs that are not opened in the console.
    pub closed_apis: BTreeSet<String>,
    /// `AppSecret`; `None` is one that follows from the seed.
    pub secret: Option<String>,
    /// Merchants that are bound to it.
    pub merchants: Vec<String>,
    /// Official accounts that it is linked to, by appid.
    pub official_accounts: Vec<String>,
    /// Short links of it, with the page and query that each leads to.
    pub short_links: BTreeMap<String, String>,
    /// `navigateToMiniProgramAppIdList`.
    pub jump_list: Vec<String>,
    /// `embeddedAppIdList`.
    pub embedded_list: Vec<String>,
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
            page_titles: BTreeMap::new(),
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
            linked_account: true,
            open_platform: None,
            blocked: BTreeSet::new(),
            closed_apis: BTreeSet::new(),
            secret: None,
            merchants: vec![USUAL_MERCHANT.to_owned()],
            official_accounts: Vec::new(),
            short_links: BTreeMap::new(),
            jump_list: Vec::new(),
            embedded_list: Vec::new(),
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

impl World {
    /// The mini program.
    pub fn app(&self) -> &AppFacts {
        &self.app
    }

    /// The user who holds the phone, in the mini program.
    pub fn caller(&self) -> Caller {
        Caller::new(&*self.app.app_id, &*self.user().id)
    }
}

#[cfg(test)]
mod tests {
    use super::AppFacts;

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

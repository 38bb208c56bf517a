//! Jumps between mini programs: which target is open to the program in use, and what is on its way.
//!
//! Official pages: `wx.navigateToMiniProgram`, `wx.navigateBackMiniProgram`, `wx.exitMiniProgram`,
//! `wx.openEmbeddedMiniProgram`, "Global configuration" (`navigateToMiniProgramAppIdList`, `embeddedAppIdList`).
//!
//! The lists were needed from base library 2.4.0 on until 2020-04-24. In 2018 both programs had to be
//! linked to one official account.
//!
//! Unverified: the account rule ended with base library 2.4.0, when the list came; programs of which nothing
//! is said to be linked count as linked; whether the target exists is looked at last.

use serde::{Deserialize, Serialize};

use super::account::EnvVersion;
use super::card::member::COMPONENT;
use super::notice::Notice;
use super::registry::Kind;
use super::{Change, World, sealed::Sealed};
use crate::errmsg::JumpProblem;
use crate::profile::Date;
use crate::version::Version;

/// Base library that asks for the list, and that asks no longer for a common official account.
const LIST_SINCE: Version = Version(2, 4, 0);
/// Day from which no list is needed.
const LIST_UNTIL: Date = Date::new(2020, 4, 24);
/// Characters behind `wx` in an appid, hexadecimal digits.
const APP_ID_DIGITS: usize = 16;

/// Where a jump leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// The target.
    pub app_id: String,
    /// Page and query; empty for the home page, or for the page that is open.
    pub url: String,
    /// What the target is given, as JSON text.
    pub extra_data: Option<String>,
    /// Which build is opened, where it differs from the one that users have.
    pub env_version: Option<EnvVersion>,
    /// Whether the target's pages stay when the page on top is the wanted one.
    pub keeps_unchanged: bool,
    /// Whether it opens over half of the screen.
    pub embedded: bool,
}

/// How a program leaves for the one that opened it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// What the opener is given, as JSON text.
    pub extra_data: Option<String>,
}

/// The program in use is left for another one after so many virtual milliseconds.
#[derive(Clone, Debug)]
pub struct LeaveFor(pub Jump, pub i64);

impl Sealed for LeaveFor {}
impl Change for LeaveFor {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.leave(self.1, Notice::Jump(self.0));
    }
}

/// The program in use is left for its opener, if it has one, after so many virtual milliseconds.
#[derive(Clone, Debug)]
pub struct LeaveBack(pub Return, pub i64);

impl Sealed for LeaveBack {}
impl Change for LeaveBack {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.leave(self.1, Notice::Return(self.0));
    }
}

/// Another build of the program in use is opened.
#[derive(Clone, Copy, Debug)]
pub struct RunBuild(pub EnvVersion);

impl Sealed for RunBuild {}
impl Change for RunBuild {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.app.env_version = self.0;
    }
}

impl World {
    /// Whether the program in use may jump to another one.
    ///
    /// # Errors
    /// Why it may not.
    pub fn may_jump_to(&self, app_id: &str) -> Result<(), JumpProblem> {
        let (day, sdk) = (self.profile.compat_date, self.profile.sdk);
        if sdk >= LIST_SINCE && day < LIST_UNTIL {
            let listed = self.app.jump_list.iter().any(|listed| listed == app_id);
            if !listed {
                return Err(JumpProblem::NotListed(app_id.to_owned()));
            }
        }
        self.jump_exists(app_id)?;
        // The membership card component is open to everybody.
        let needs_account = sdk < LIST_SINCE && app_id != COMPONENT;
        if needs_account && !self.has_common_account(app_id) {
            return Err(JumpProblem::NotRelated);
        }
        Ok(())
    }

    /// Whether the program in use may open another one over half of the screen.
    ///
    /// # Errors
    /// Why it may not.
    pub fn may_embed(&self, app_id: &str) -> Result<(), JumpProblem> {
        if !self.app.embedded_list.iter().any(|listed| listed == app_id) {
            return Err(JumpProblem::NotEmbeddable(app_id.to_owned()));
        }
        self.jump_exists(app_id)
    }

    /// The appid and page that a short link leads to.
    pub fn short_link(&self, link: &str) -> Option<(&str, &str)> {
        self.registry.iter().find_map(|app| {
            let url = app.short_links.get(link)?;
            Some((app.app_id.as_str(), url.as_str()))
        })
    }

    /// What the dialog calls a target.
    pub fn name_of_program(&self, app_id: &str) -> String {
        let app = self.registered(app_id);
        let unknown = if app_id == COMPONENT {
            "会员卡"
        } else {
            app_id
        };
        app.map_or_else(|| unknown.to_owned(), |app| app.name)
    }

    fn jump_exists(&self, app_id: &str) -> Result<(), JumpProblem> {
        let exists = match self.registered(app_id) {
            Some(app) => app.kind == Kind::MiniProgram && app_id != self.app.app_id,
            None if app_id == COMPONENT => true,
            None => self.profile.rules.unknown_programs && is_app_id(app_id),
        };
        exists.then_some(()).ok_or(JumpProblem::InvalidAppId)
    }

    fn has_common_account(&self, app_id: &str) -> bool {
        let own = &self.app.official_accounts;
        let other = self.registered(app_id);
        let other = other.map(|app| app.official_accounts).unwrap_or_default();
        let none_is_known = own.is_empty() && other.is_empty();
        none_is_known || own.iter().any(|account| other.contains(account))
    }
}

/// Whether a text has the form of an appid of WeChat.
fn is_app_id(text: &str) -> bool {
    let digits = text.strip_prefix("wx").unwrap_or_default();
    digits.len() == APP_ID_DIGITS && digits.bytes().all(|it| it.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::errmsg::JumpProblem;
    use crate::profile::{Date, Profile};
    use crate::world::card::member::COMPONENT;
    use crate::world::registry::{Kind, Register, Registered};
    use crate::world::{AppFacts, World};

    const UNKNOWN: &str = "wx0123456789abcdef";

    fn world(profile: Profile, own: AppFacts, others: &[Registered]) -> World {
        let mut world = World::new(profile, own, 1);
        for other in others {
            world.apply(Register(other.clone())).expect("another one");
        }
        world
    }

    fn program(app_id: &str) -> Registered {
        Registered {
            app_id: app_id.into(),
            ..Registered::default()
        }
    }

    #[test]
    fn what_has_no_appid_or_is_no_mini_program_is_no_target() {
        let account = Registered {
            kind: Kind::OfficialAccount,
            ..program("wxaccount")
        };
        let others = [program("wxother"), account];
        let mut world = world(Profile::default(), AppFacts::default(), &others);
        let own = world.app().app_id.clone();
        assert_eq!(world.may_jump_to("wxother"), Ok(()));
        assert_eq!(world.may_jump_to(UNKNOWN), Ok(()), "somebody else's");
        assert_eq!(world.may_jump_to(COMPONENT), Ok(()));
        for none in ["wxaccount", "wx123", "", own.as_str()] {
            let outcome = world.may_jump_to(none);
            assert_eq!(outcome, Err(JumpProblem::InvalidAppId), "{none}");
        }
        world.profile.rules.unknown_programs = false;
        assert_eq!(world.may_jump_to(UNKNOWN), Err(JumpProblem::InvalidAppId));
    }

    #[test]
    fn the_list_was_needed_until_april_2020() {
        let listed = AppFacts {
            jump_list: vec!["wxother".into()],
            ..AppFacts::default()
        };
        let others = [program("wxother"), program("wxmore")];
        let on = |year, month, day| {
            let profile = Profile::on(Date::new(year, month, day));
            world(profile, listed.clone(), &others).may_jump_to("wxmore")
        };
        let refused = Err(JumpProblem::NotListed("wxmore".into()));
        assert_eq!(on(2018, 6, 4), Ok(()));
        assert_eq!(on(2019, 1, 1), refused);
        assert_eq!(on(2020, 4, 23), refused);
        assert_eq!(on(2020, 4, 24), Ok(()));
        let profile = Profile::on(Date::new(2019, 1, 1));
        let world = world(profile, listed.clone(), &others);
        assert_eq!(world.may_jump_to("wxother"), Ok(()));
    }

    #[test]
    fn in_2018_both_were_linked_to_one_official_account() {
        let linked = |accounts: &[&str]| Registered {
            official_accounts: accounts.iter().map(|it| (*it).to_owned()).collect(),
            ..program("wxother")
        };
        let own = AppFacts {
            official_accounts: vec!["wxaccount".into()],
            ..AppFacts::default()
        };
        let jump = |own: &AppFacts, accounts: &[&str], profile| {
            world(profile, own.clone(), &[linked(accounts)]).may_jump_to("wxother")
        };
        let then = || Profile::on(Date::new(2018, 6, 4));
        assert_eq!(jump(&own, &["wxmore", "wxaccount"], then()), Ok(()));
        let refused = Err(JumpProblem::NotRelated);
        assert_eq!(jump(&own, &["wxmore"], then()), refused);
        assert_eq!(jump(&own, &[], then()), refused);
        assert_eq!(jump(&AppFacts::default(), &[], then()), Ok(()));
        assert_eq!(jump(&own, &["wxmore"], Profile::default()), Ok(()));
    }

    #[test]
    fn only_listed_programs_open_over_half_of_the_screen() {
        let own = AppFacts {
            embedded_list: vec!["wxother".into(), "wxgone".into()],
            ..AppFacts::default()
        };
        let others = [program("wxother"), program("wxmore")];
        let world = world(Profile::default(), own, &others);
        assert_eq!(world.may_embed("wxother"), Ok(()));
        assert_eq!(world.may_embed("wxgone"), Err(JumpProblem::InvalidAppId));
        let refused = Err(JumpProblem::NotEmbeddable("wxmore".into()));
        assert_eq!(world.may_embed("wxmore"), refused);
    }

    #[test]
    fn a_short_link_leads_to_a_page() {
        let links = [("#小程序://店/abc", "pages/a/a?x=1")];
        let links = links.map(|(link, url)| (link.to_owned(), url.to_owned()));
        let other = Registered {
            short_links: BTreeMap::from(links),
            ..program("wxother")
        };
        let world = world(Profile::default(), AppFacts::default(), &[other]);
        let found = world.short_link("#小程序://店/abc");
        assert_eq!(found, Some(("wxother", "pages/a/a?x=1")));
        assert_eq!(world.short_link("#小程序://店/b"), None);
    }
}

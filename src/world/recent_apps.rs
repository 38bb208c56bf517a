//! Which mini programs a user has opened and not deleted: what the list behind the chats shows, drawn
//! down, and "recently used" of the discover page.
//!
//! Official pages: "Running mechanism", "Authorization": an answer holds until the mini program is
//! deleted. Deleting ends it and takes what it kept on the phone; its server keeps what it knows,
//! and the session of the login lives on.
//!
//! Unverified: opening a deleted one again brings it back to the list.

use serde::{Deserialize, Serialize};

use super::foreground::{Kill, RunState};
use super::permission::ForgetPermissions;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::profile::Platform;
use crate::version::Version;

/// When a user had to do with a mini program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppUse {
    /// When the user opened it the first time ever.
    pub first_opened: Millis,
    /// When it came to the foreground last.
    pub last_opened: Millis,
    /// When the user deleted it, unless it was opened since.
    pub deleted: Option<Millis>,
}

/// Base library since which Android forgets the answers of a deleted mini program (its changelog).
const ANDROID_FORGETS_SINCE: Version = Version(2, 5, 1);

/// The running program came to the foreground.
pub(super) fn opened(world: &mut World) {
    let (caller, now) = (world.caller(), world.now);
    let first = world.app_use(&caller).map(|known| known.first_opened);
    let used = AppUse {
        first_opened: first.unwrap_or(now),
        last_opened: now,
        deleted: None,
    };
    world.app_uses.set(&caller, used);
}

/// The user deletes the mini program from the recent list: it ends; answers, agreement, storage,
/// files and the page that was left are gone. Before base library 2.5.1 Android kept the answers.
#[derive(Clone, Debug)]
pub struct DeleteApp(pub Caller);

impl Sealed for DeleteApp {}
impl Change for DeleteApp {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if self.0 == world.caller() && world.run_state() != RunState::NotRunning {
            world.apply(Kill);
        }
        let platform = world.platform_of(self.0.user_id());
        let kept = platform == Platform::Android && world.profile.sdk < ANDROID_FORGETS_SINCE;
        if !kept {
            world.apply(ForgetPermissions(self.0.clone()));
        }
        world.storage.forget(&self.0);
        world.files.forget(&self.0);
        world.exits.forget(&self.0);
        let now = world.now;
        if let Some(used) = world.app_uses.get_mut(&self.0) {
            used.deleted.get_or_insert(now);
        }
    }
}

impl World {
    /// When the user had to do with the app; `None` for one that was never opened.
    pub fn app_use(&self, caller: &Caller) -> Option<AppUse> {
        self.app_uses.get(caller).copied()
    }

    /// Whether the user has opened the app and not deleted it.
    pub fn has_app(&self, caller: &Caller) -> bool {
        let used = self.app_use(caller);
        used.is_some_and(|used| used.deleted.is_none())
    }

    /// When the user was active in the app last: saw it, or logged in to it. `None` for never.
    pub fn last_active(&self, caller: &Caller) -> Option<Millis> {
        let opened = self.app_use(caller).map(|used| used.last_opened);
        let is_own = *caller == self.caller();
        let seen = match self.run_state() {
            RunState::Foreground if is_own => Some(self.now),
            RunState::Background { since } if is_own => Some(since),
            _ => None,
        };
        opened.max(seen).max(self.session_used(caller))
    }

    /// The appids of the user's recent list, what was opened last first.
    pub fn recent_apps(&self, user_id: &str) -> Vec<&str> {
        let of_user = |caller: &Caller| caller.user_id() == user_id && self.has_app(caller);
        let listed = self.app_uses.iter().filter(|(caller, _)| of_user(caller));
        let mut listed: Vec<_> = listed.collect();
        listed.sort_by_key(|(_, used)| std::cmp::Reverse(used.last_opened));
        listed.iter().map(|(caller, _)| caller.app_id()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{AppUse, DeleteApp};
    use crate::profile::{Date, Platform, Profile};
    use crate::world::device::{SystemPermission, SystemState};
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, EnterBackground, EnterForeground, Kill, RunState};
    use crate::world::permission::{DecideScope, ScopeDecision, ScopeState};
    use crate::world::privacy::AgreePrivacy;
    use crate::world::save::GoOnWith;
    use crate::world::scope::Scope;
    use crate::world::session::MintLoginCode;
    use crate::world::storage::{DataType, SetStorage};
    use crate::world::user::{AddUser, SwitchUser, User};
    use crate::world::{AdvanceTo, AppFacts, Caller, Millis, World};

    fn program(app_id: &str) -> AppFacts {
        AppFacts {
            app_id: app_id.into(),
            ..AppFacts::default()
        }
    }

    fn world() -> World {
        World::new(Profile::default(), program("wx1"), 1)
    }

    fn later(world: &mut World) -> Millis {
        let now = world.now().plus(1_000);
        world.apply(AdvanceTo(now));
        now
    }

    fn open(world: &mut World) -> Millis {
        let now = later(world);
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        now
    }

    #[test]
    fn opening_coming_back_and_deleting_leave_their_moments() {
        let mut world = world();
        let caller = world.caller();
        assert_eq!(world.app_use(&caller), None, "never opened");
        world.apply(DeleteApp(caller.clone()));
        assert_eq!(world.app_use(&caller), None, "nothing to delete");
        let first = open(&mut world);
        let used = |last_opened, deleted| {
            let first_opened = first;
            Some(AppUse {
                first_opened,
                last_opened,
                deleted,
            })
        };
        assert_eq!(world.app_use(&caller), used(first, None));
        world.apply(EnterBackground);
        let back = later(&mut world);
        world.apply(EnterForeground(None));
        assert_eq!(world.app_use(&caller), used(back, None));
        world.apply(Kill);
        assert!(world.has_app(&caller), "a killed program is still listed");
        let deleted = later(&mut world);
        world.apply(DeleteApp(caller.clone()));
        assert_eq!(world.app_use(&caller), used(back, Some(deleted)));
        assert!(!world.has_app(&caller));
        later(&mut world);
        world.apply(DeleteApp(caller.clone()));
        let again = used(back, Some(deleted));
        assert_eq!(world.app_use(&caller), again, "it was deleted already");
        let last = open(&mut world);
        assert_eq!(world.app_use(&caller), used(last, None));
    }

    #[test]
    fn coming_back_to_what_is_gone_is_no_opening() {
        let mut world = world();
        let caller = world.caller();
        open(&mut world);
        world.apply(Kill);
        let before = world.app_use(&caller);
        later(&mut world);
        world.apply(EnterForeground(None));
        assert_eq!(world.app_use(&caller), before);
    }

    #[test]
    fn the_list_is_the_users_own_and_begins_with_the_latest() {
        let mut world = world();
        world.apply(AddUser(User {
            id: "b".into(),
            ..User::default()
        }));
        open(&mut world);
        world.apply(GoOnWith(program("wx2")));
        open(&mut world);
        assert_eq!(world.recent_apps("user"), ["wx2", "wx1"]);
        assert_eq!(world.apply(SwitchUser("b".into())), Ok(()));
        open(&mut world);
        assert_eq!(world.recent_apps("b"), ["wx2"]);
        world.apply(DeleteApp(world.caller()));
        assert!(world.recent_apps("b").is_empty());
        let mut world = World::restore(&world.save()).expect("it was just saved");
        assert_eq!(world.recent_apps("user"), ["wx2", "wx1"]);
        world.apply(DeleteApp(Caller::new("wx2", "user")));
        assert_eq!(world.recent_apps("user"), ["wx1"]);
    }

    /// A world in which the program kept something of everything.
    fn lived_in(profile: Profile) -> World {
        let mut world = World::new(profile, program("wx1"), 1);
        open(&mut world);
        let caller = world.caller();
        world.apply(MintLoginCode(caller.clone()));
        world.apply(AgreePrivacy(caller.clone()));
        world.apply(DecideScope {
            caller: caller.clone(),
            scope: Scope::Record,
            decision: ScopeDecision::Deny,
        });
        let stored = world.apply(SetStorage {
            caller,
            key: "k".into(),
            value: "v".into(),
            data_type: DataType::String,
        });
        stored.expect("it fits");
        world
    }

    #[test]
    fn a_deleted_program_has_ended_and_knows_nothing_but_its_session() {
        let mut world = lived_in(Profile::default());
        let caller = world.caller();
        assert!(!world.needs_privacy_agreement(&caller));
        world.apply(DeleteApp(caller.clone()));
        assert_eq!(world.run_state(), RunState::NotRunning);
        let state = world.scope_state(&caller, Scope::Record);
        assert_eq!(state, ScopeState::Unasked);
        assert!(world.needs_privacy_agreement(&caller));
        assert!(world.storage_keys(&caller).is_empty());
        assert!(world.session_key(&caller).is_some());
        let microphone = world.system_permission(SystemPermission::Microphone);
        assert_eq!(microphone, SystemState::Authorized, "the phone's own");
    }

    #[test]
    fn android_kept_the_answers_until_base_library_2_5_1() {
        let state = |day, platform| {
            let profile = Profile {
                platform,
                ..Profile::on(day)
            };
            let mut world = lived_in(profile);
            let caller = world.caller();
            world.apply(DeleteApp(caller.clone()));
            assert!(world.storage_keys(&caller).is_empty());
            world.scope_state(&caller, Scope::Record)
        };
        let (old, new) = (Date::new(2018, 6, 4), Date::new(2019, 4, 2));
        assert_eq!(state(old, Platform::Android), ScopeState::Denied);
        assert_eq!(state(old, Platform::Ios), ScopeState::Unasked);
        assert_eq!(state(new, Platform::Android), ScopeState::Unasked);
    }

    #[test]
    fn deleting_for_another_user_leaves_the_running_program_alone() {
        let mut world = lived_in(Profile::default());
        world.apply(DeleteApp(Caller::new("wx1", "b")));
        world.apply(DeleteApp(Caller::new("wx2", "user")));
        assert_eq!(world.run_state(), RunState::Foreground);
        assert!(world.has_app(&world.caller()));
    }

    #[test]
    fn a_user_is_active_while_the_program_is_seen_and_when_logging_in() {
        let mut world = world();
        let caller = world.caller();
        assert_eq!(world.last_active(&caller), None);
        let opened = open(&mut world);
        let now = later(&mut world);
        assert_eq!(world.last_active(&caller), Some(now), "it is seen");
        world.apply(EnterBackground);
        later(&mut world);
        assert_eq!(world.last_active(&caller), Some(now), "until it was left");
        world.apply(Kill);
        assert_eq!(world.last_active(&caller), Some(opened));
        let now = later(&mut world);
        world.apply(MintLoginCode(caller.clone()));
        later(&mut world);
        assert_eq!(world.last_active(&caller), Some(now));
        let other = Caller::new("wx1", "other");
        assert_eq!(world.last_active(&other), None);
    }
}

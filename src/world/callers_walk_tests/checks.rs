//! The invariants that hold after every step of the walk.

use std::collections::{BTreeMap, BTreeSet};

use super::super::device::SystemPermission;
use super::super::foreground::{Kill, RunState};
use super::super::permission::Outlook;
use super::super::route::ResetPages;
use super::super::scope::Standing;
use super::super::session::SessionState;
use super::super::{Caller, World};
use super::{APPS, PHONES, USERS, Walk};

impl Walk {
    pub(super) fn check(&mut self) {
        self.check_recent();
        self.check_keys();
        self.check_scopes();
        self.check_ids();
        self.check_storage();
        self.check_phones();
        self.check_saving();
    }

    fn check_recent(&self) {
        for user in USERS {
            let listed = self.world.recent_apps(user);
            let of_user = |caller: &&Caller| caller.user_id() == user;
            let opened = self.recent.keys().filter(of_user).map(Caller::app_id);
            let (one, other): (BTreeSet<_>, BTreeSet<_>) =
                (listed.iter().copied().collect(), opened.collect());
            assert_eq!(one, other, "the list is what was opened and not deleted");
            let at = |app: &&str| self.recent[&Caller::new(*app, user)];
            assert!(listed.is_sorted_by(|one, two| at(one) >= at(two)));
        }
        for caller in &self.callers {
            let used = self.world.app_use(caller);
            let ever = self.recent.contains_key(caller) || self.deleted.contains(caller);
            assert_eq!(used.is_some(), ever, "a use is never forgotten");
            if let Some(used) = used {
                let end = used.deleted.unwrap_or(used.last_opened);
                assert!(used.first_opened <= used.last_opened && used.last_opened <= end);
            }
        }
        let runs = self.world.run_state() != RunState::NotRunning;
        let caller = self.world.caller();
        assert!(!runs || self.world.has_app(&caller), "a deleted app ends");
    }

    fn check_keys(&mut self) {
        let mut seen = BTreeSet::new();
        for caller in self.callers.clone() {
            let key = self.world.session_key(&caller);
            let key = key.map(|key| key.base64.clone());
            let known = self.world.server_key(&caller);
            let got = self.at_servers.get(&caller);
            assert_eq!(known, got, "a server keeps the key of its last exchange");
            let alive = self.world.session_state(&caller) == SessionState::Alive;
            assert_eq!(alive, key.is_some(), "a key lives in a session");
            if let Some(key) = &key {
                assert!(seen.insert(key.clone()), "one live key per caller");
                assert!(!self.dead_keys.contains(key), "no dead key lives again");
            }
            let before = self.live_keys.remove(&caller);
            self.dead_keys
                .extend(before.filter(|it| Some(it) != key.as_ref()));
            self.live_keys.extend(key.map(|key| (caller, key)));
        }
    }

    fn check_scopes(&self) {
        for caller in &self.callers {
            for (scope, on) in self.world.auth_setting(caller) {
                let retired =
                    self.world.scope_standing(caller.app_id(), scope) == Standing::Retired;
                let asked = self.asked.contains(&(caller.clone(), scope));
                assert!(asked || retired, "authSetting lists only asked scopes");
                let denied = self.denied.contains(&(caller.clone(), scope));
                assert!(retired || on != denied, "it tells the last answer");
            }
        }
        for (caller, scope) in &self.denied {
            let outlook = self.world.scope_outlook(caller, *scope);
            assert!(
                matches!(outlook, Outlook::Refused(_)),
                "a denied scope never succeeds until settings or deletion"
            );
        }
    }

    fn check_ids(&self) {
        let ids: BTreeMap<Caller, String> = self
            .callers
            .iter()
            .map(|caller| (caller.clone(), self.world.open_id(caller)))
            .collect();
        assert_eq!(ids, self.open_ids, "an openid never changes");
        let different: BTreeSet<&String> = ids.values().collect();
        assert_eq!(different.len(), ids.len(), "openids of two callers differ");
        for (one, account) in APPS {
            for (two, other) in APPS {
                let id = |app: &str, user: &str| self.world.union_id(&Caller::new(app, user));
                let shared = account.is_some() && account == other;
                for user in USERS {
                    assert_eq!(
                        id(one, user).is_some() && id(one, user) == id(two, user),
                        shared,
                        "unionids are equal exactly in apps of one account: {one} {two}"
                    );
                }
                let same = id(one, "a").is_some() && id(one, "a") == id(two, "b");
                assert!(!same, "two users never share a unionid");
            }
        }
        let groups: BTreeSet<_> = APPS
            .iter()
            .map(|(app, _)| self.world.open_gid("g", app))
            .collect();
        assert_eq!(groups.len(), APPS.len(), "a group has an id in each app");
    }

    fn check_storage(&self) {
        let stored = self.callers.iter().flat_map(|caller| {
            let keys = self.world.storage_keys(caller).into_iter();
            let value = |key: &str| self.world.stored(caller, key).expect("listed").to_owned();
            let entries = keys.map(|key| ((caller.clone(), key.to_owned()), value(key)));
            entries.collect::<Vec<_>>()
        });
        let stored: BTreeMap<_, _> = stored.collect();
        assert_eq!(stored, self.stored, "deleting for one leaves the others'");
    }

    fn check_phones(&self) {
        let user = self.world.user().id.clone();
        let own = PHONES.iter().find(|(_, owner, _)| *owner == user);
        let (phone, _, platform) = *own.unwrap_or(&PHONES[0]);
        assert_eq!(self.world.profile().platform, platform, "its rules hold");
        assert_eq!(self.world.device_id(), phone, "who holds which phone");
        let camera = self.cameras.get(phone).copied().unwrap_or_default();
        let found = self.world.system_permission(SystemPermission::Camera);
        assert_eq!(found, camera, "each phone has its own permissions");
    }

    fn check_saving(&self) {
        let text = serde_json::to_string(&self.world).expect("a JSON form");
        let again: World = serde_json::from_str(&text).expect("the same form");
        assert_eq!(again, self.world, "the JSON form is the whole world");
        let mut closed = self.world.clone();
        closed.apply(Kill);
        closed.apply(ResetPages);
        let restored = World::restore(&self.world.save()).expect("it was just saved");
        assert_eq!(restored, closed, "save and restore is the identity");
        assert_eq!(restored.fingerprint(), closed.fingerprint());
    }
}

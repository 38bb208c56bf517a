//! A seeded random walk of several users in several programs on several phones; every named
//! invariant is checked after every step.

mod checks;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::device::{SetSystemPermission, SystemPermission, SystemState};
use super::devices::{Phone, SetDevices};
use super::enter_options::EnterOptions;
use super::exit_state::{EXIT_KEPT_MS, KeepExit, ResumeExit, TakeExitData};
use super::foreground::{ColdStart, Kill, RunState};
use super::group::{AddGroup, Group};
use super::permission::{
    DecideScope, ForgetPermissions, Outlook, ScopeDecision, ScopeState, SetScopeSwitch,
};
use super::recent_apps::{AppUse, DeleteApp};
use super::registry::{Kind, Register, Registered};
use super::rng::{Rng, Stream};
use super::route::{OpenFirstPage, ResetPages};
use super::save::GoOnWith;
use super::scope::{Scope, Standing};
use super::session::{
    ExpireSession, KeepSessionAlive, MintLoginCode, RedeemError, RedeemLoginCode, SessionKey,
    SessionState,
};
use super::storage::{ClearStorage, DataType, SetStorage};
use super::user::{SetUsers, SwitchUser, User};
use super::{AdvanceTo, AppFacts, Caller, Millis, World};
use crate::profile::{Date, Platform, Profile};
use crate::version::Version;

const STEPS: usize = 1_000;
const USERS: [&str; 3] = ["a", "b", "c"];
/// Programs and the open-platform accounts that they are bound to.
const APPS: [(&str, Option<&str>); 4] = [
    ("wx1", Some("one")),
    ("wx2", Some("one")),
    ("wx3", Some("two")),
    ("wx4", None),
];
/// Phones and who is signed in on them; c has none and uses the first.
const PHONES: [(&str, &str, Platform); 2] = [
    ("left", "a", Platform::Ios),
    ("right", "b", Platform::Android),
];

fn facts(profile: &Profile, at: usize) -> AppFacts {
    let mut app = AppFacts {
        app_id: APPS[at].0.to_owned(),
        open_platform: APPS[at].1.map(str::to_owned),
        pages: vec!["p/a".into()],
        published: profile.compat_date,
        required_background_modes: vec!["location".into()],
        ..AppFacts::default()
    };
    app.permission_desc
        .insert("scope.userLocation".into(), "why".into());
    app
}

/// What belongs to one caller.
#[derive(Clone, Debug, PartialEq)]
struct Own {
    storage: Vec<(String, String)>,
    answers: Vec<(Scope, ScopeState)>,
    session: SessionState,
    key: Option<String>,
    latest_code: Option<String>,
    at_server: Option<SessionKey>,
    used: Option<AppUse>,
}

/// The world under test, with what the walk knows from outside.
struct Walk {
    world: World,
    dice: Rng,
    callers: Vec<Caller>,
    /// Codes with their owners, in the order of minting.
    codes: Vec<(String, Caller)>,
    used: BTreeSet<String>,
    /// Keys that were replaced or whose session ended.
    dead_keys: BTreeSet<String>,
    live_keys: BTreeMap<Caller, String>,
    stored: BTreeMap<(Caller, String), String>,
    /// Scopes that were asked for, or follow from one that was, since the last deletion.
    asked: BTreeSet<(Caller, Scope)>,
    /// Scopes that were refused or switched off since.
    denied: BTreeSet<(Caller, Scope)>,
    /// Answers ever given.
    answers: usize,
    /// How often a denied scope was tried again.
    refusals: usize,
    open_ids: BTreeMap<Caller, String>,
    /// What servers got last.
    at_servers: BTreeMap<Caller, SessionKey>,
    /// When programs came to the foreground last that were not deleted since.
    recent: BTreeMap<Caller, Millis>,
    /// Programs that were deleted and opened again.
    again: usize,
    deleted: BTreeSet<Caller>,
    /// Pages that were opened again with what they kept.
    resumed: usize,
    /// Until when pages that were left are kept.
    exits: BTreeMap<Caller, Millis>,
    /// What each phone's system says of the camera.
    cameras: BTreeMap<String, SystemState>,
}

impl Walk {
    fn new(profile: &Profile, seed: u64) -> Self {
        let mut world = World::new(profile.clone(), facts(profile, 0), seed);
        let user = |id: &str| User {
            id: id.into(),
            ..User::default()
        };
        world.apply(SetUsers(USERS.map(user).to_vec()));
        let phone = |(id, user, platform): (&str, &str, Platform)| Phone {
            id: id.into(),
            users: vec![user.into()],
            platform: Some(platform),
            ..Phone::default()
        };
        let phones = PHONES.map(phone).to_vec();
        world.apply(SetDevices(phones)).expect("on the globe");
        for (app_id, account) in &APPS[1..] {
            let other = Registered {
                app_id: (*app_id).to_owned(),
                kind: Kind::MiniProgram,
                open_platform: account.map(str::to_owned),
                ..Registered::default()
            };
            world.apply(Register(other)).expect("it does not run");
        }
        world.apply(AddGroup(Group {
            id: "g".into(),
            name: "g".into(),
            members: USERS.map(str::to_owned).to_vec(),
        }));
        let callers = APPS.iter().flat_map(|(app, _)| {
            let of = |user: &&str| Caller::new(*app, *user);
            USERS.iter().map(of).collect::<Vec<_>>()
        });
        let callers: Vec<Caller> = callers.collect();
        let open_ids = callers.iter().map(|c| (c.clone(), world.open_id(c)));
        Self {
            open_ids: open_ids.collect(),
            world,
            dice: Rng::new(seed),
            callers,
            codes: Vec::new(),
            used: BTreeSet::new(),
            dead_keys: BTreeSet::new(),
            live_keys: BTreeMap::new(),
            stored: BTreeMap::new(),
            asked: BTreeSet::new(),
            denied: BTreeSet::new(),
            answers: 0,
            refusals: 0,
            at_servers: BTreeMap::new(),
            recent: BTreeMap::new(),
            again: 0,
            deleted: BTreeSet::new(),
            resumed: 0,
            exits: BTreeMap::new(),
            cameras: BTreeMap::new(),
        }
    }

    fn die(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.draw(Stream::Ids) % sides as u64).expect("small")
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.die(items.len())].clone()
    }

    fn caller(&mut self) -> Caller {
        let callers = self.callers.clone();
        self.pick(&callers)
    }

    fn own(&self, caller: &Caller) -> Own {
        let keys = self.world.storage_keys(caller).into_iter();
        let value = |key: &str| {
            self.world
                .stored(caller, key)
                .unwrap_or_default()
                .to_owned()
        };
        let key = self.world.session_key(caller);
        Own {
            storage: keys.map(|key| (key.to_owned(), value(key))).collect(),
            answers: Scope::ALL
                .map(|scope| (scope, self.world.scope_state(caller, scope)))
                .to_vec(),
            session: self.world.session_state(caller),
            key: key.map(|key| key.base64.clone()),
            latest_code: self.world.latest_code(caller),
            at_server: self.world.server_key(caller).cloned(),
            used: self.world.app_use(caller),
        }
    }

    fn step(&mut self) {
        match self.die(10) {
            0 => self.phone(),
            1 => self.program(),
            2 => {
                let ms = self.pick(&[1, 59_999, 60_000, 300_000, 90_000_000]);
                self.world.apply(AdvanceTo(self.world.now().plus(ms)));
            }
            3 => self.redeem(),
            kind => self.of_one_caller(kind),
        }
    }

    /// A step of one caller, which must leave the others alone.
    fn of_one_caller(&mut self, kind: usize) {
        let caller = match kind {
            4 | 5 => self.world.caller(),
            _ => self.caller(),
        };
        let all = self.callers.clone();
        let others: Vec<Caller> = all.into_iter().filter(|other| *other != caller).collect();
        let before: Vec<Own> = others.iter().map(|other| self.own(other)).collect();
        match kind {
            4 | 5 => self.ask(&caller),
            6 => self.settings(&caller),
            7 => self.store(&caller),
            8 => self.session(&caller),
            _ if self.die(4) == 0 => self.delete(&caller),
            _ => self.login(&caller),
        }
        for (other, before) in others.iter().zip(before) {
            assert_eq!(
                self.own(other),
                before,
                "what {caller:?} does changes nothing of {other:?}"
            );
        }
    }

    fn login(&mut self, caller: &Caller) {
        let code = self.world.apply(MintLoginCode(caller.clone()));
        let code = code.as_str().to_owned();
        assert!(
            self.codes.iter().all(|(known, _)| *known != code),
            "a code is never given out twice"
        );
        self.codes.push((code, caller.clone()));
    }

    fn session(&mut self, caller: &Caller) {
        if self.die(2) == 0 {
            self.world.apply(KeepSessionAlive(caller.clone()));
        } else {
            self.world.apply(ExpireSession(caller.clone()));
        }
    }

    /// The server of some program exchanges one of the latest codes.
    fn redeem(&mut self) {
        if self.codes.is_empty() {
            return;
        }
        let recent = self.die(self.codes.len().min(4));
        let (code, owner) = self.codes[self.codes.len() - 1 - recent].clone();
        let app_id = match self.die(3) {
            0 => self.pick(&APPS).0.to_owned(),
            _ => owner.app_id().to_owned(),
        };
        let before = self.world.clone();
        let redeemed = self.world.apply(RedeemLoginCode {
            app_id: app_id.clone(),
            code: code.clone(),
        });
        if app_id != owner.app_id() {
            let other = Err(RedeemError::OtherApp);
            assert_eq!(redeemed, other, "a code never exchanges for another app");
            assert_eq!(self.world, before, "and is not used up by trying");
            return;
        }
        if self.used.contains(&code) {
            assert!(redeemed.is_err(), "a used code never exchanges again");
            return;
        }
        let Ok(redeemed) = redeemed else {
            assert_eq!(redeemed, Err(RedeemError::Expired), "it was never used");
            return;
        };
        assert_eq!(redeemed.caller, owner, "a code is its owner's");
        assert_eq!(redeemed.open_id, self.open_ids[&owner]);
        if self.world.latest_code(&owner).as_ref() == Some(&code)
            && let Some(live) = self.world.session_key(&owner)
        {
            assert_eq!(redeemed.session_key, *live, "the latest code has the key");
        }
        self.used.insert(code);
        self.at_servers.insert(owner, redeemed.session_key);
    }

    /// A call of the running program that needs a scope.
    fn ask(&mut self, caller: &Caller) {
        let scope = self.pick(&Scope::ALL);
        let outlook = self.world.scope_outlook(caller, scope);
        if self.denied.contains(&(caller.clone(), scope)) {
            self.refusals += 1;
            assert!(
                matches!(outlook, Outlook::Refused(_)),
                "a denied scope never succeeds, and is not asked for again"
            );
        }
        if outlook != Outlook::Ask {
            return;
        }
        let decision = self.pick(&[
            ScopeDecision::Allow,
            ScopeDecision::Deny,
            ScopeDecision::Dismiss,
        ]);
        self.world.apply(DecideScope {
            caller: caller.clone(),
            scope,
            decision,
        });
        match decision {
            ScopeDecision::Allow => self.answered(caller, scope, true),
            ScopeDecision::Deny => self.answered(caller, scope, false),
            ScopeDecision::Dismiss => {}
        }
    }

    /// Notes an answer and what it implies.
    fn answered(&mut self, caller: &Caller, scope: Scope, granted: bool) {
        self.answers += 1;
        let background = Scope::UserLocationBackground;
        let mut scopes = vec![scope];
        if scope == background && granted {
            scopes.push(Scope::UserLocation);
        }
        if scope == Scope::UserLocation
            && !granted
            && self.asked.contains(&(caller.clone(), background))
        {
            scopes.push(background);
        }
        for scope in scopes {
            let entry = (caller.clone(), scope);
            self.asked.insert(entry.clone());
            if granted {
                self.denied.remove(&entry);
            } else {
                self.denied.insert(entry);
            }
        }
    }

    fn settings(&mut self, caller: &Caller) {
        let (scope, on) = (self.pick(&Scope::ALL), self.die(2) == 0);
        let switched = self.world.apply(SetScopeSwitch {
            caller: caller.clone(),
            scope,
            on,
        });
        if switched.is_ok() {
            self.answered(caller, scope, on);
        }
    }

    fn store(&mut self, caller: &Caller) {
        let key = self.pick(&["k", "l"]).to_owned();
        if self.die(6) == 0 {
            self.world.apply(ClearStorage(caller.clone()));
            self.stored.retain(|(owner, _), _| owner != caller);
            return;
        }
        let value = "x".repeat(self.die(40));
        let set = SetStorage {
            caller: caller.clone(),
            key: key.clone(),
            value: value.clone(),
            data_type: DataType::String,
        };
        self.world.apply(set).expect("it fits");
        self.stored.insert((caller.clone(), key), value);
    }

    fn delete(&mut self, caller: &Caller) {
        if self.die(3) == 0 {
            self.world.apply(ForgetPermissions(caller.clone()));
        } else {
            let before = self.own(caller);
            self.world.apply(DeleteApp(caller.clone()));
            self.stored.retain(|(owner, _), _| owner != caller);
            self.exits.remove(caller);
            if self.recent.remove(caller).is_some() {
                self.deleted.insert(caller.clone());
            }
            let after = self.own(caller);
            assert!(after.storage.is_empty(), "storage goes with the app");
            assert!(self.world.exits.get(caller).is_none(), "so does its page");
            assert_eq!(
                (after.session, after.key, after.latest_code, after.at_server),
                (
                    before.session,
                    before.key,
                    before.latest_code,
                    before.at_server
                ),
                "deleting logs nobody out"
            );
            let android = self.world.platform_of(caller.user_id()) == Platform::Android;
            if android && self.world.profile().sdk < Version(2, 5, 1) {
                assert_eq!(after.answers, before.answers, "old Androids keep them");
                return;
            }
            for (scope, state) in after.answers {
                let standing = self.world.scope_standing(caller.app_id(), scope);
                let retired = standing == Standing::Retired;
                let undecided = state == ScopeState::Unasked;
                assert!(retired || undecided, "a deleted app has no scope decided");
            }
        }
        self.asked.retain(|(owner, _)| owner != caller);
        self.denied.retain(|(owner, _)| owner != caller);
    }

    /// The phone goes to somebody, or its system takes a permission.
    fn phone(&mut self) {
        if self.die(2) == 0 {
            let user = self.pick(&USERS);
            let same = self.world.user().id == user;
            let ran = self.world.run_state();
            let switched = self.world.apply(SwitchUser(user.to_owned()));
            assert_eq!(switched, Ok(()));
            let runs = self.world.run_state();
            let wanted = if same { ran } else { RunState::NotRunning };
            assert_eq!(runs, wanted, "a program ends with its user");
        } else {
            let states = [
                SystemState::Authorized,
                SystemState::Denied,
                SystemState::NotDetermined,
            ];
            let (permission, state) = (SystemPermission::Camera, self.pick(&states));
            self.world.apply(SetSystemPermission { permission, state });
            let phone = self.world.device_id().to_owned();
            self.cameras.insert(phone, state);
        }
    }

    /// The program starts, ends, or another one takes its place.
    fn program(&mut self) {
        match self.die(3) {
            0 => self.world.apply(Kill),
            1 => self.start(),
            _ => {
                let next = self.die(APPS.len());
                let app = facts(self.world.profile(), next);
                self.world.apply(GoOnWith(app));
            }
        }
    }

    /// A cold start, which goes on where the user left; who leaves then may keep a page.
    fn start(&mut self) {
        let (caller, now) = (self.world.caller(), self.world.now());
        let options = self.world.apply(ResumeExit(EnterOptions::new("", 1001)));
        self.world.apply(ColdStart(options));
        let (path, query) = ("p/a".to_owned(), Vec::new());
        let opened = self.world.apply(OpenFirstPage { path, query });
        opened.expect("it exists");
        let page = self.world.current_page().expect("just opened").id;
        let data = self.world.apply(TakeExitData(page));
        let kept = self.exits.remove(&caller).is_some_and(|end| now <= end);
        let wanted = kept.then(|| json!([caller.app_id(), caller.user_id()]));
        assert_eq!(data, wanted, "a page gets what was kept of its own, once");
        self.resumed += usize::from(kept);
        self.again += usize::from(self.deleted.remove(&caller));
        self.recent.insert(caller.clone(), now);
        if self.die(2) == 0 {
            self.world.apply(KeepExit {
                page,
                data: Some(json!([caller.app_id(), caller.user_id()])),
                expires: None,
            });
            self.exits.insert(caller, now.plus(EXIT_KEPT_MS));
        }
    }
}

fn walked(profile: &Profile, seed: u64, steps: usize) -> Walk {
    let mut walk = Walk::new(profile, seed);
    for _ in 0..steps {
        walk.step();
        walk.check();
    }
    walk
}

#[test]
fn the_invariants_of_several_callers_hold_on_a_long_random_walk() {
    for (seed, date) in [
        (1, Profile::default().compat_date),
        (2, Date::new(2018, 6, 4)),
    ] {
        let walk = walked(&Profile::on(date), seed, STEPS);
        assert!(walk.used.len() > STEPS / 100, "{} codes", walk.used.len());
        assert!(walk.dead_keys.len() > STEPS / 100, "the walk changes keys");
        assert!(walk.answers > STEPS / 40, "{} answers", walk.answers);
        assert!(walk.refusals > STEPS / 200, "{} refusals", walk.refusals);
        assert_eq!(walk.cameras.len(), PHONES.len(), "it uses both phones");
        assert!(walk.resumed > 0, "what was left is opened again");
        assert!(walk.again > 0, "what was deleted is opened again");
        assert!(!walk.deleted.is_empty() && !walk.recent.is_empty());
        assert!(walk.at_servers.len() > 3, "servers get keys");
    }
}

#[test]
fn a_walk_goes_on_from_a_saved_world_as_without_saving() {
    let end = |saved: bool| {
        let mut walk = walked(&Profile::default(), 3, 400);
        walk.world.apply(Kill);
        walk.world.apply(ResetPages);
        if saved {
            walk.world = World::restore(&walk.world.save()).expect("just saved");
        }
        for _ in 0..400 {
            walk.step();
            walk.check();
        }
        walk.world.fingerprint()
    };
    assert_eq!(end(true), end(false));
    assert_ne!(
        end(true),
        walked(&Profile::default(), 4, 800).world.fingerprint()
    );
}

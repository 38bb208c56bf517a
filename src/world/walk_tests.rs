//! A seeded random walk over the world, with named invariants after every step.

use std::collections::BTreeMap;

use super::device::{LocationFix, SetLocation, SetSystemPermission, SystemPermission, SystemState};
use super::enter_options::EnterOptions;
use super::foreground::{ColdStart, EnterBackground, EnterForeground, Entry, Kill, RunState};
use super::navigation_bar::{BarEdit, EditNavigationBar};
use super::notice::TakeNotices;
use super::page_window::{ScrollTo, StartPullDown, StopPullDown};
use super::permission::{
    DecideScope, ForgetPermissions, Outlook, ScopeDecision, ScopeState, SetScopeSwitch,
};
use super::power::SetBrightness;
use super::rng::{Draw, Rng, Stream};
use super::route::{OpenFirstPage, PageId, Route, RouteKind, RouteRequest, RouteStep};
use super::scope::{Scope, Standing};
use super::session::{
    ExpireSession, KeepSessionAlive, MintLoginCode, RedeemError, RedeemLoginCode, Redeemed,
};
use super::storage::{ClearStorage, DataType, RemoveStorage, STORAGE_MAX, SetStorage};
use super::tab_bar::{Badge, EditTabBar, TabBarEdit};
use super::ui::{HideLoading, HideToast, Loading, ShowLoading, ShowToast, Toast};
use super::{AdvanceTo, AppFacts, Caller, Millis, World};
use crate::profile::{Date, Profile};

const STEPS: usize = 10_000;
/// Saving and restoring is checked at every so many steps.
const SAVE_EVERY: usize = 97;

/// The world under test, with what the walk knows from outside.
struct Walk {
    world: World,
    dice: Rng,
    codes: Vec<String>,
    /// The latest code of each caller.
    latest: BTreeMap<Caller, String>,
    /// The key that the server got for each code it exchanged.
    exchanged: BTreeMap<String, String>,
    /// What was stored and should still be there.
    stored: BTreeMap<(Caller, String), String>,
    callers: Vec<Caller>,
    before: Millis,
    /// Pages loaded and not unloaded, by the plans' steps alone.
    loaded: Vec<PageId>,
    last_id: PageId,
}

impl Walk {
    fn new(profile: Profile, seed: u64) -> Self {
        let names = |names: &[&str]| names.iter().map(|name| format!("p/{name}")).collect();
        let mut app = AppFacts {
            pages: names(&["a", "b", "c", "d", "e"]),
            tab_pages: names(&["a", "b"]),
            published: profile.compat_date,
            required_background_modes: vec!["location".into()],
            ..AppFacts::default()
        };
        app.permission_desc
            .insert("scope.userLocation".into(), "why".into());
        let callers = vec![
            Caller::new(&*app.app_id, "user"),
            Caller::new("wx2", "other"),
        ];
        let world = World::new(profile, app, seed);
        Self {
            before: world.now(),
            world,
            dice: Rng::new(seed),
            codes: Vec::new(),
            latest: BTreeMap::new(),
            exchanged: BTreeMap::new(),
            stored: BTreeMap::new(),
            callers,
            loaded: Vec::new(),
            last_id: PageId(0),
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

    fn step(&mut self) {
        self.before = self.world.now();
        match self.die(10) {
            0 => self.time_and_phone(),
            1 => self.session(),
            2 => self.permission(),
            3 => self.storage(),
            4 => self.foreground(),
            _ => self.route(),
        }
        self.page_on_top();
    }

    fn time_and_phone(&mut self) {
        match self.die(6) {
            0 | 1 => {
                let ms = self.pick(&[-5_000, 1, 40_000, 400_000, 4_000_000, 90_000_000]);
                self.world.apply(AdvanceTo(self.world.now().plus(ms)));
            }
            2 => {
                let permission = self.pick(&SystemPermission::ALL);
                let states = [
                    SystemState::Authorized,
                    SystemState::Denied,
                    SystemState::NotDetermined,
                ];
                let state = self.pick(&states);
                self.world.apply(SetSystemPermission { permission, state });
            }
            3 => {
                #[expect(clippy::cast_precision_loss, reason = "any latitude will do")]
                let latitude =
                    self.dice.draw(Stream::Math) as f64 / u64::MAX as f64 * 200.0 - 100.0;
                let fix = LocationFix {
                    latitude,
                    ..LocationFix::default()
                };
                let accepted = self.world.apply(SetLocation(fix)).is_ok();
                assert_eq!(accepted, latitude.abs() <= 90.0);
            }
            4 => {
                self.world.apply(Draw(Stream::Math));
            }
            _ => self.screen(),
        }
    }

    /// What only a running program does.
    fn page_on_top(&mut self) {
        if self.world.run_state() == RunState::NotRunning {
            return;
        }
        // A stream of its own: the rest of the walk does not depend on it.
        let mut die =
            |sides: u64| usize::try_from(self.dice.draw(Stream::Math) % sides).expect("small");
        #[expect(clippy::cast_precision_loss, reason = "a small position")]
        let top = die(3) as f64 * 100.0;
        match die(7) {
            0 => self.world.apply(StartPullDown),
            1 => self.world.apply(StopPullDown),
            2 => self.world.apply(ScrollTo {
                top,
                duration_ms: 300,
            }),
            3 => {
                let edit = BarEdit::Title(format!("at {top}"));
                self.world.apply(EditNavigationBar(edit));
            }
            4 => {
                let (index, badge) = (die(3), Badge::Dot);
                let on_tab = self.world.current_page().is_some_and(|page| page.tab);
                let edited = self
                    .world
                    .apply(EditTabBar(TabBarEdit::Badge(index, badge)));
                assert_eq!(edited.is_ok(), on_tab && index < 2, "badges of tab pages");
            }
            5 => self.world.apply(SetBrightness(top / 200.0)),
            _ => drop(self.world.apply(TakeNotices)),
        }
    }

    fn screen(&mut self) {
        let until = self.world.now().plus(1500);
        let (title, icon, mask) = ("t".to_owned(), "none".to_owned(), false);
        match self.die(4) {
            0 => self.world.apply(ShowToast(Toast {
                title,
                icon,
                mask,
                until,
            })),
            1 => self.world.apply(ShowLoading(Loading { title, mask })),
            2 => drop(self.world.apply(HideToast::default())),
            _ => drop(self.world.apply(HideLoading::default())),
        }
    }

    fn session(&mut self) {
        let caller = self.caller();
        match self.die(6) {
            0 | 1 => {
                let code = self
                    .world
                    .apply(MintLoginCode(caller.clone()))
                    .as_str()
                    .to_owned();
                self.latest.insert(caller, code.clone());
                assert!(
                    !self.codes.contains(&code),
                    "a code is never given out twice"
                );
                self.codes.push(code);
            }
            2 | 3 if !self.codes.is_empty() => {
                let recent = self.die(self.codes.len().min(3));
                let code = self.codes[self.codes.len() - 1 - recent].clone();
                let redeemed = self.redeem(&code);
                if let Ok(redeemed) = redeemed {
                    if let Some(live) = self.world.session_key(&redeemed.caller)
                        && self.latest.get(&redeemed.caller) == Some(&code)
                    {
                        assert_eq!(redeemed.session_key, *live, "one live key per caller");
                    }
                    let key = redeemed.session_key.base64;
                    let again = self.exchanged.insert(code.clone(), key);
                    assert_eq!(again, None, "a used code never exchanges again");
                    let again = self.redeem(&code);
                    assert_eq!(again, Err(RedeemError::Used));
                }
            }
            4 => self.world.apply(KeepSessionAlive(caller)),
            _ => self.world.apply(ExpireSession(caller)),
        }
    }

    /// The server of the code's own app exchanges it.
    fn redeem(&mut self, code: &str) -> Result<Redeemed, RedeemError> {
        let owner = self.world.code_owner(code);
        let app_id = owner.map_or_else(String::new, |caller| caller.app_id().to_owned());
        let code = code.to_owned();
        self.world.apply(RedeemLoginCode { app_id, code })
    }

    fn permission(&mut self) {
        let (caller, scope) = (self.caller(), self.pick(&Scope::ALL));
        match self.die(20) {
            0 => self.world.apply(ForgetPermissions(caller)),
            1..10 => {
                let on = self.die(2) == 0;
                let listed = self
                    .world
                    .auth_setting(&caller)
                    .iter()
                    .any(|(row, _)| *row == scope);
                let enforced =
                    self.world.scope_standing(caller.app_id(), scope) == Standing::Enforced;
                let switched = self.world.apply(SetScopeSwitch { caller, scope, on });
                if scope != Scope::UserLocationBackground {
                    assert_eq!(
                        switched.is_ok(),
                        listed && enforced,
                        "only an answered row turns"
                    );
                }
            }
            _ => {
                let all = [
                    ScopeDecision::Allow,
                    ScopeDecision::Deny,
                    ScopeDecision::Dismiss,
                ];
                let decision = self.pick(&all);
                self.world.apply(DecideScope {
                    caller,
                    scope,
                    decision,
                });
            }
        }
    }

    fn storage(&mut self) {
        let (caller, key) = (self.caller(), self.pick(&["a", "b", "c"]).to_owned());
        match self.die(8) {
            0 => {
                self.stored.retain(|(owner, _), _| *owner != caller);
                self.world.apply(ClearStorage(caller));
            }
            1 => {
                self.stored.remove(&(caller.clone(), key.clone()));
                self.world.apply(RemoveStorage { caller, key });
            }
            _ => {
                let value = "x".repeat(self.die(200));
                let (owner, data_type) = (caller.clone(), DataType::String);
                let change = SetStorage {
                    caller,
                    key: key.clone(),
                    value: value.clone(),
                    data_type,
                };
                self.world.apply(change).expect("it fits");
                self.stored.insert((owner, key), value);
            }
        }
    }

    fn route(&mut self) {
        if self.world.run_state() == RunState::NotRunning {
            return;
        }
        let kinds = [
            RouteKind::NavigateTo,
            RouteKind::NavigateTo,
            RouteKind::NavigateTo,
            RouteKind::NavigateTo,
            RouteKind::NavigateTo,
            RouteKind::RedirectTo,
            RouteKind::SwitchTab,
            RouteKind::ReLaunch,
            RouteKind::NavigateBack,
        ];
        let kind = self.pick(&kinds);
        let url = self.pick(&["/p/a", "/p/b?q=1", "c", "/p/d?x=%20", "../p/e", "nowhere"]);
        let delta = self.pick(&[None, Some(1.0), Some(3.0), Some(f64::NAN)]);
        let plan = self.world.apply(Route(RouteRequest {
            kind,
            url: url.to_owned(),
            delta,
        }));
        if let Ok(plan) = plan {
            self.follow(&plan.steps);
        }
    }

    fn foreground(&mut self) {
        let scene = self.pick(&[1001, 1007, 1089, 4242]);
        let path = self.pick(&["", "p/a", "/p/d"]);
        let options = EnterOptions::new(path, scene);
        match self.die(5) {
            0 if self.die(8) == 0 => self.world.apply(Kill),
            0 | 1 => self.world.apply(EnterBackground),
            _ => {
                let entry = self.world.apply(EnterForeground(Some(options.clone())));
                let (path, query) = match entry {
                    Entry::Resume => return,
                    Entry::ReLaunch { path, query } => (path, query),
                    Entry::Destroyed => {
                        self.loaded.clear();
                        self.world.apply(ColdStart(options));
                        let launch = self.world.launch_options().expect("it runs");
                        (launch.path.clone(), launch.query.clone())
                    }
                };
                let plan = self
                    .world
                    .apply(OpenFirstPage { path, query })
                    .expect("it exists");
                self.follow(&plan.steps);
            }
        }
        if self.world.run_state() == RunState::NotRunning {
            self.loaded.clear();
        }
    }

    /// Keeps the list of loaded pages by the steps alone.
    fn follow(&mut self, steps: &[RouteStep]) {
        for step in steps {
            match step {
                RouteStep::Load(id) => {
                    assert!(*id > self.last_id, "page ids grow");
                    self.last_id = *id;
                    self.loaded.push(*id);
                }
                RouteStep::Unload(page) => {
                    let at = self.loaded.iter().position(|id| *id == page.id);
                    self.loaded
                        .remove(at.expect("only a loaded page is unloaded"));
                }
                RouteStep::Hide(id) | RouteStep::Show(id) => {
                    assert!(
                        self.loaded.contains(id),
                        "only a loaded page is shown or hidden"
                    );
                }
            }
        }
    }

    fn check(&self) {
        assert!(self.world.now() >= self.before, "time never goes back");
        self.check_sessions();
        self.check_permissions();
        self.check_storage();
        self.check_pages();
        let running = self.world.run_state() != RunState::NotRunning;
        assert_eq!(
            running,
            self.world.launch_options().is_some(),
            "only a run has options"
        );
        if !running {
            let untouched = (0..2).all(|tab| self.world.tab_item(tab).badge == Badge::None);
            assert!(untouched, "the tab bar's changes end with the program");
            let brightness = self.world.brightness();
            assert!((brightness - 0.5).abs() < 0.01, "so does the brightness");
        }
        let both = self.world.toast().is_some() && self.world.loading().is_some();
        assert!(!both, "toast and loading are never shown together");
    }

    fn check_sessions(&self) {
        let keys: Vec<_> = self
            .callers
            .iter()
            .filter_map(|c| self.world.session_key(c))
            .collect();
        if let [one, two] = keys[..] {
            assert_ne!(
                (one.id, &one.base64),
                (two.id, &two.base64),
                "one live key per caller"
            );
        }
        for caller in &self.callers {
            let alive = self.world.session_state(caller) == super::session::SessionState::Alive;
            assert_eq!(
                alive,
                self.world.session_key(caller).is_some(),
                "a key lives in a session"
            );
        }
    }

    fn check_permissions(&self) {
        for caller in &self.callers {
            let listed = self.world.auth_setting(caller);
            for scope in Scope::ALL {
                let state = self.world.scope_state(caller, scope);
                let row = listed
                    .iter()
                    .find(|(row, _)| *row == scope)
                    .map(|(_, on)| *on);
                let answered = match state {
                    ScopeState::Granted => Some(true),
                    ScopeState::Denied => Some(false),
                    ScopeState::Unasked | ScopeState::Dismissed => None,
                };
                assert_eq!(
                    row, answered,
                    "authSetting lists answered or retired scopes only"
                );
                let outlook = self.world.scope_outlook(caller, scope);
                if state != ScopeState::Granted {
                    assert_ne!(outlook, Outlook::Granted, "{scope:?} was not granted");
                }
                if self.world.scope_standing(caller.app_id(), scope) == Standing::Retired {
                    assert_eq!((row, outlook), (Some(true), Outlook::Granted), "retired");
                }
            }
            let state = |scope| self.world.scope_state(caller, scope);
            if state(Scope::UserLocationBackground) == ScopeState::Granted {
                assert_eq!(state(Scope::UserLocation), ScopeState::Granted, "implied");
            }
        }
    }

    fn check_storage(&self) {
        for caller in &self.callers {
            let keys = self.world.storage_keys(caller);
            let value = |key: &str| self.world.stored(caller, key).expect("a listed key");
            let size = |text: &str| text.encode_utf16().count();
            let size: usize = keys.iter().map(|key| size(key) + size(value(key))).sum();
            assert_eq!(
                self.world.storage_size(caller),
                size,
                "size is the sum of entries"
            );
            assert!(size <= STORAGE_MAX);
            let known = self.stored.iter().filter(|((owner, _), _)| owner == caller);
            assert_eq!(known.clone().count(), keys.len(), "nothing else is stored");
            for ((_, key), stored) in known {
                assert_eq!(self.world.stored(caller, key), Some(stored.as_str()));
            }
        }
    }

    fn check_pages(&self) {
        let stack = self.world.page_stack();
        assert!(
            stack.len() <= self.world.profile().page_stack_max(),
            "depth is limited"
        );
        assert!(
            stack.iter().skip(1).all(|page| !page.tab),
            "a tab page is at the bottom only"
        );
        assert!(
            self.world.hanging_tabs().iter().all(|page| page.tab),
            "only tab pages hang"
        );
        let open: Vec<_> = stack.iter().chain(self.world.hanging_tabs()).collect();
        let mut ids: Vec<_> = open.iter().map(|page| page.id).collect();
        let mut tabs: Vec<_> = open
            .iter()
            .filter(|page| page.tab)
            .map(|p| &p.route)
            .collect();
        let (pages, tab_pages) = (ids.len(), tabs.len());
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), pages, "ids are unique");
        tabs.sort_unstable();
        tabs.dedup();
        assert_eq!(tabs.len(), tab_pages, "one instance for each tab page");
        let mut loaded = self.loaded.clone();
        loaded.sort_unstable();
        assert_eq!(loaded, ids, "open pages are those loaded and not unloaded");
    }

    fn check_saving(&self) {
        let text = serde_json::to_string(&self.world).expect("a JSON form");
        let restored: World = serde_json::from_str(&text).expect("the same form");
        assert_eq!(restored, self.world, "a restored world is equal");
        assert_eq!(restored.fingerprint(), self.world.fingerprint());
    }
}

/// Walks and returns the last fingerprint, the deepest stack and the longest settings page.
fn walk(profile: &Profile, seed: u64, steps: usize) -> (u64, usize, usize) {
    let mut walk = Walk::new(profile.clone(), seed);
    let (mut deepest, mut answered) = (0, 0);
    for step in 0..steps {
        walk.step();
        walk.check();
        if step % SAVE_EVERY == 0 {
            walk.check_saving();
        }
        deepest = deepest.max(walk.world.page_stack().len());
        answered = answered.max(walk.world.auth_setting(&walk.callers[0]).len());
    }
    assert!(
        walk.exchanged.len() > steps / 200,
        "the walk exchanges codes"
    );
    (walk.world.fingerprint(), deepest, answered)
}

#[test]
fn the_invariants_hold_on_a_long_random_walk() {
    for (seed, date) in [
        (1, Profile::default().compat_date),
        (2, Date::new(2018, 6, 4)),
    ] {
        let profile = Profile::on(date);
        let (_, deepest, answered) = walk(&profile, seed, STEPS);
        assert_eq!(
            deepest,
            profile.page_stack_max(),
            "the walk fills the page stack"
        );
        assert!(answered >= 7, "{answered} scopes: too tame");
    }
}

#[test]
fn the_same_seed_and_the_same_changes_give_the_same_world() {
    let fingerprint = |seed| walk(&Profile::default(), seed, 500).0;
    assert_eq!(fingerprint(3), fingerprint(3));
    assert_ne!(fingerprint(3), fingerprint(4));
}

//! What the user answered for each scope, and what a call that needs a scope meets.
//!
//! Official page: "Authorization". A scope is unasked, was asked and the dialog closed without an
//! answer, granted, or denied. A denied scope is not asked for again; only the settings page (or
//! deleting the mini program) changes the answer. Granting location in the background grants it in
//! the foreground too; taking it in the foreground takes both.
//!
//! app.json of a program that does not run is not at hand: it counts as one that explains its scopes
//! and has no background mode.
//!
//! Differs from the client: some clients are said to ask again a while after a refusal; here a
//! refusal stays, unless [`Rules::deny_cooldown_ms`] says how long. Unverified: a dismissed dialog
//! leaves no row on the settings page ([`Rules::dismissed_counts_as_asked`]); a missing
//! `requiredBackgroundModes` makes `scope.userLocationBackground` invalid; the text that app.json
//! gives for `scope.userLocation` serves every location scope.
//!
//! [`Rules::deny_cooldown_ms`]: crate::profile::Rules::deny_cooldown_ms
//! [`Rules::dismissed_counts_as_asked`]: crate::profile::Rules::dismissed_counts_as_asked

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::device::SystemState;
use super::per_caller::PerCaller;
use super::scope::{Scope, Standing};
use super::{AppFacts, Caller, Change, Millis, World, sealed::Sealed};
use crate::errmsg::Reason;
use crate::version::Version;

/// What the user answered so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScopeState {
    /// Never asked.
    #[default]
    Unasked,
    /// Asked; the dialog was closed without an answer.
    Dismissed,
    /// Allowed.
    Granted,
    /// Refused.
    Denied,
}

impl ScopeState {
    /// `Some` for an answer, which stays until changed.
    fn answer(self) -> Option<bool> {
        match self {
            Self::Granted => Some(true),
            Self::Denied => Some(false),
            Self::Unasked | Self::Dismissed => None,
        }
    }
}

/// What the user does with the authorization dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScopeDecision {
    /// Presses "allow".
    Allow,
    /// Presses "refuse".
    Deny,
    /// Closes it.
    Dismiss,
}

/// What a call that needs a scope meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It goes on.
    Granted,
    /// The authorization dialog opens.
    Ask,
    /// It fails at once.
    Refused(Reason),
}

/// An answer and when it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answered {
    state: ScopeState,
    at: Millis,
}

/// All answers; a scope without an entry is unasked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Permissions(PerCaller<BTreeMap<Scope, Answered>>);

impl Permissions {
    fn find(&self, caller: &Caller, scope: Scope) -> Option<Answered> {
        self.0.get(caller)?.get(&scope).copied()
    }

    /// Stores an answer and what it implies for the other location scope.
    fn answer(&mut self, caller: &Caller, scope: Scope, granted: bool, at: Millis) {
        let scopes = self.0.of(caller);
        let state = if granted {
            ScopeState::Granted
        } else {
            ScopeState::Denied
        };
        let state = Answered { state, at };
        scopes.insert(scope, state);
        if scope == Scope::UserLocationBackground && granted {
            scopes.insert(Scope::UserLocation, state);
        }
        if scope == Scope::UserLocation
            && !granted
            && let Some(background) = scopes.get_mut(&Scope::UserLocationBackground)
        {
            *background = state;
        }
    }
}

/// The user answers the authorization dialog. No effect for a scope that is not enforced; closing
/// a dialog never undoes an answer.
#[derive(Clone, Debug)]
pub struct DecideScope {
    /// Whose answer.
    pub caller: Caller,
    /// For which scope.
    pub scope: Scope,
    /// The answer.
    pub decision: ScopeDecision,
}

impl Sealed for DecideScope {}
impl Change for DecideScope {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if world.scope_standing(self.caller.app_id(), self.scope) != Standing::Enforced {
            return;
        }
        let at = world.now;
        let granted = match self.decision {
            ScopeDecision::Allow => true,
            ScopeDecision::Deny => false,
            ScopeDecision::Dismiss => {
                if world
                    .stored_state(&self.caller, self.scope)
                    .answer()
                    .is_none()
                {
                    let state = ScopeState::Dismissed;
                    let scopes = world.permissions.0.of(&self.caller);
                    scopes.insert(self.scope, Answered { state, at });
                }
                return;
            }
        };
        let permissions = &mut world.permissions;
        permissions.answer(&self.caller, self.scope, granted, at);
    }
}

/// The settings page has no row for the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the settings page has no row for {}: it was never answered", .0.name())]
pub struct NoSuchSwitch(pub Scope);

/// The user turns a switch of the settings page. Rows: the scopes answered before, and location in
/// the background (a value of the location row) where app.json asks for that background mode.
#[derive(Clone, Debug)]
pub struct SetScopeSwitch {
    /// Whose settings page.
    pub caller: Caller,
    /// Which row.
    pub scope: Scope,
    /// The new position.
    pub on: bool,
}

impl Sealed for SetScopeSwitch {}
impl Change for SetScopeSwitch {
    type Effect = Result<(), NoSuchSwitch>;

    fn apply(self, world: &mut World) -> Result<(), NoSuchSwitch> {
        let row = if self.scope == Scope::UserLocationBackground {
            world
                .may_locate_in_background(&self.caller)
                .then_some(Scope::UserLocation)
        } else {
            Some(self.scope)
        };
        let standing = world.scope_standing(self.caller.app_id(), self.scope);
        let enforced = standing == Standing::Enforced;
        let answered = row
            .filter(|_| enforced)
            .and_then(|row| world.shown_on_settings_page(&self.caller, row));
        if answered.is_none() {
            return Err(NoSuchSwitch(self.scope));
        }
        let at = world.now;
        let permissions = &mut world.permissions;
        permissions.answer(&self.caller, self.scope, self.on, at);
        Ok(())
    }
}

/// The developer clears the authorization data, or the mini program is deleted: every scope is
/// unasked again.
#[derive(Clone, Debug)]
pub struct ForgetPermissions(pub Caller);

impl Sealed for ForgetPermissions {}
impl Change for ForgetPermissions {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.permissions.0.forget(&self.0);
        super::privacy::forget(world, &self.0);
    }
}

impl World {
    /// Whether the scope holds for an app on this platform. An API older than its scope
    /// ([`Standing::Absent`]) runs unasked.
    pub fn scope_standing(&self, app_id: &str, scope: Scope) -> Standing {
        scope.standing(&self.profile, self.published(app_id))
    }

    /// app.json of the caller's program; only the running one's is at hand.
    fn app_json(&self, caller: &Caller) -> Option<&AppFacts> {
        (caller.app_id() == self.app.app_id).then_some(&self.app)
    }

    /// Whether app.json asks for the background mode without which a scope cannot be had.
    fn may_locate_in_background(&self, caller: &Caller) -> bool {
        self.app_json(caller)
            .is_some_and(|app| app.has_background_mode("location"))
    }

    /// What the user answered; a retired scope counts as granted.
    pub fn scope_state(&self, caller: &Caller, scope: Scope) -> ScopeState {
        match self.scope_standing(caller.app_id(), scope) {
            Standing::Absent => ScopeState::Unasked,
            Standing::Retired => ScopeState::Granted,
            Standing::Enforced => self.stored_state(caller, scope),
        }
    }

    /// The answer that holds: a refusal may be over.
    fn stored_state(&self, caller: &Caller, scope: Scope) -> ScopeState {
        let Some(Answered { state, at }) = self.permissions.find(caller, scope) else {
            return ScopeState::Unasked;
        };
        let cooldown = self.profile.rules.deny_cooldown_ms;
        match cooldown {
            Some(ms) if state == ScopeState::Denied && self.now.since(at) >= ms => {
                ScopeState::Unasked
            }
            _ => state,
        }
    }

    /// The answers that hold, of every caller. A dialog that was closed is one only where the settings page has a row for
    /// it then ([`Rules::dismissed_counts_as_asked`](crate::profile::Rules::dismissed_counts_as_asked)): otherwise nothing
    /// tells the scope from one that was never asked for.
    pub(super) fn standing_answers(&self) -> Vec<(&Caller, BTreeMap<Scope, ScopeState>)> {
        let counts = self.profile.rules.dismissed_counts_as_asked;
        let callers = self.permissions.0.iter().map(|(caller, scopes)| {
            let states = scopes
                .keys()
                .map(|scope| (*scope, self.stored_state(caller, *scope)));
            let standing = states.filter(|(_, state)| match state {
                ScopeState::Granted | ScopeState::Denied => true,
                ScopeState::Dismissed => counts,
                ScopeState::Unasked => false,
            });
            (caller, standing.collect::<BTreeMap<_, _>>())
        });
        callers.filter(|(_, states)| !states.is_empty()).collect()
    }

    /// Whether the settings page has a row for the scope, and its position.
    fn shown_on_settings_page(&self, caller: &Caller, scope: Scope) -> Option<bool> {
        let state = self.scope_state(caller, scope);
        let counts = self.profile.rules.dismissed_counts_as_asked;
        let dismissed = (counts && state == ScopeState::Dismissed).then_some(false);
        state.answer().or(dismissed)
    }

    /// `authSetting`: the answered scopes, and the retired ones as granted, in table order.
    pub fn auth_setting(&self, caller: &Caller) -> Vec<(Scope, bool)> {
        Scope::ALL
            .into_iter()
            .filter_map(|scope| Some((scope, self.shown_on_settings_page(caller, scope)?)))
            .collect()
    }

    /// What `wx.authorize` or a guarded API meets: does the platform know the scope, does app.json
    /// explain it, does the operating system allow it, what did the user answer; in this order.
    pub fn scope_outlook(&self, caller: &Caller, scope: Scope) -> Outlook {
        let needs_mode = scope == Scope::UserLocationBackground;
        match self.scope_standing(caller.app_id(), scope) {
            Standing::Absent => return Outlook::Refused(Reason::InvalidScope),
            Standing::Retired => return Outlook::Granted,
            Standing::Enforced if needs_mode && !self.may_locate_in_background(caller) => {
                return Outlook::Refused(Reason::InvalidScope);
            }
            Standing::Enforced => {}
        }
        if scope.is_location() && !self.explains_location(caller, scope) {
            return Outlook::Refused(Reason::PermissionDescMissing);
        }
        let system = scope
            .system_permission()
            .map(|permission| self.system_permission(permission));
        if system == Some(SystemState::Denied) {
            return Outlook::Refused(Reason::SystemPermissionDenied);
        }
        match self.scope_state(caller, scope).answer() {
            Some(true) => Outlook::Granted,
            None if scope.is_asked_by_apis(&self.profile) => Outlook::Ask,
            None if scope == Scope::UserInfo => Outlook::Refused(Reason::ScopeUnauthorized),
            Some(false) | None => Outlook::Refused(Reason::AuthDeny),
        }
    }

    /// Whether app.json has the text that clients since 7.0.0 show in the location dialog.
    fn explains_location(&self, caller: &Caller, scope: Scope) -> bool {
        let Some(app) = self.app_json(caller) else {
            return true;
        };
        let has_text = |scope: Scope| {
            let text = app.permission_desc.get(scope.name());
            text.is_some_and(|text| !text.is_empty())
        };
        self.profile.client < Version(7, 0, 0) || has_text(scope) || has_text(Scope::UserLocation)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DecideScope, ForgetPermissions, NoSuchSwitch, Outlook, Scope, ScopeDecision, ScopeState,
        SetScopeSwitch,
    };
    use crate::errmsg::Reason;
    use crate::profile::{Date, Profile, Rules};
    use crate::version::Version;
    use crate::world::device::{SetSystemPermission, SystemPermission, SystemState};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world_on(profile: Profile) -> World {
        let mut app = AppFacts {
            published: profile.compat_date,
            ..AppFacts::default()
        };
        app.permission_desc
            .insert("scope.userLocation".into(), "to find shops".into());
        app.required_background_modes.push("location".into());
        World::new(profile, app, 1)
    }

    fn today() -> World {
        world_on(Profile::default())
    }

    fn decide(world: &mut World, scope: Scope, decision: ScopeDecision) {
        let caller = world.caller();
        world.apply(DecideScope {
            caller,
            scope,
            decision,
        });
    }

    fn switch(world: &mut World, scope: Scope, on: bool) -> Result<(), NoSuchSwitch> {
        let caller = world.caller();
        world.apply(SetScopeSwitch { caller, scope, on })
    }

    fn state(world: &World, scope: Scope) -> ScopeState {
        world.scope_state(&world.caller(), scope)
    }

    fn outlook(world: &World, scope: Scope) -> Outlook {
        world.scope_outlook(&world.caller(), scope)
    }

    /// The asked scopes of `authSetting`, without those that are retired today.
    fn shown(world: &World) -> Vec<(Scope, bool)> {
        let mut rows = world.auth_setting(&world.caller());
        rows.retain(|(scope, _)| *scope < Scope::UserInfo);
        rows
    }

    #[test]
    fn every_answer_leads_to_its_state_outlook_and_row() {
        let deny = Outlook::Refused(Reason::AuthDeny);
        let cases = [
            (None, ScopeState::Unasked, Outlook::Ask, None),
            (
                Some(ScopeDecision::Dismiss),
                ScopeState::Dismissed,
                Outlook::Ask,
                None,
            ),
            (
                Some(ScopeDecision::Allow),
                ScopeState::Granted,
                Outlook::Granted,
                Some(true),
            ),
            (
                Some(ScopeDecision::Deny),
                ScopeState::Denied,
                deny,
                Some(false),
            ),
        ];
        for (decision, expected, next, row) in cases {
            let mut world = today();
            if let Some(decision) = decision {
                decide(&mut world, Scope::Camera, decision);
            }
            assert_eq!(state(&world, Scope::Camera), expected);
            assert_eq!(outlook(&world, Scope::Camera), next);
            let rows: Vec<_> = row.map(|on| (Scope::Camera, on)).into_iter().collect();
            assert_eq!(shown(&world), rows, "{decision:?}");
            let switched = switch(&mut world, Scope::Camera, true);
            assert_eq!(
                switched.is_ok(),
                row.is_some(),
                "a switch only for an answered scope"
            );
            let caller = world.caller();
            world.apply(ForgetPermissions(caller));
            assert_eq!(state(&world, Scope::Camera), ScopeState::Unasked);
        }
    }

    #[test]
    fn a_refusal_is_over_after_the_time_that_the_rules_say() {
        let mut world = world_on(Profile {
            rules: Rules {
                deny_cooldown_ms: Some(1_000),
                ..Rules::default()
            },
            ..Profile::default()
        });
        decide(&mut world, Scope::Camera, ScopeDecision::Deny);
        world.apply(AdvanceTo(world.now().plus(999)));
        let deny = Outlook::Refused(Reason::AuthDeny);
        assert_eq!(outlook(&world, Scope::Camera), deny);
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(outlook(&world, Scope::Camera), Outlook::Ask);
        assert_eq!(shown(&world), [], "as never asked");
        decide(&mut world, Scope::Camera, ScopeDecision::Allow);
        world.apply(AdvanceTo(world.now().plus(5_000)));
        assert_eq!(outlook(&world, Scope::Camera), Outlook::Granted);
    }

    #[test]
    fn a_closed_dialog_leaves_a_row_that_is_off_when_the_rules_say_so() {
        let mut world = world_on(Profile {
            rules: Rules {
                dismissed_counts_as_asked: true,
                ..Rules::default()
            },
            ..Profile::default()
        });
        decide(&mut world, Scope::Camera, ScopeDecision::Dismiss);
        assert_eq!(shown(&world), [(Scope::Camera, false)]);
        assert_eq!(outlook(&world, Scope::Camera), Outlook::Ask);
        assert_eq!(switch(&mut world, Scope::Camera, true), Ok(()));
        assert_eq!(outlook(&world, Scope::Camera), Outlook::Granted);
    }

    #[test]
    fn the_settings_page_changes_an_answer_and_closing_a_dialog_does_not() {
        let mut world = today();
        decide(&mut world, Scope::Record, ScopeDecision::Deny);
        decide(&mut world, Scope::Record, ScopeDecision::Dismiss);
        assert_eq!(state(&world, Scope::Record), ScopeState::Denied);
        assert_eq!(switch(&mut world, Scope::Record, true), Ok(()));
        assert_eq!(outlook(&world, Scope::Record), Outlook::Granted);
        assert_eq!(switch(&mut world, Scope::Record, false), Ok(()));
        assert_eq!(state(&world, Scope::Record), ScopeState::Denied);
    }

    #[test]
    fn checks_come_in_order_known_explained_allowed_answered() {
        let mut world = today();
        let refused = |reason| Outlook::Refused(reason);
        decide(&mut world, Scope::UserLocation, ScopeDecision::Deny);
        assert_eq!(
            outlook(&world, Scope::UserLocation),
            refused(Reason::AuthDeny)
        );
        let (permission, state) = (SystemPermission::Location, SystemState::Denied);
        world.apply(SetSystemPermission { permission, state });
        assert_eq!(
            outlook(&world, Scope::UserLocation),
            refused(Reason::SystemPermissionDenied)
        );
        world.app.permission_desc.clear();
        assert_eq!(
            outlook(&world, Scope::UserLocation),
            refused(Reason::PermissionDescMissing)
        );
        world.profile.client = Version(6, 7, 3);
        assert_eq!(
            outlook(&world, Scope::UserLocation),
            refused(Reason::SystemPermissionDenied)
        );
        world.profile.sdk = Version(2, 24, 0);
        assert_eq!(
            outlook(&world, Scope::UserFuzzyLocation),
            refused(Reason::InvalidScope)
        );
    }

    #[test]
    fn a_system_permission_that_was_never_asked_does_not_stop_the_dialog() {
        let mut world = today();
        let (permission, state) = (SystemPermission::Camera, SystemState::NotDetermined);
        world.apply(SetSystemPermission { permission, state });
        assert_eq!(outlook(&world, Scope::Camera), Outlook::Ask);
    }

    #[test]
    fn retired_scopes_are_granted_and_cannot_be_refused() {
        let mut world = today();
        let retired = [
            Scope::UserInfo,
            Scope::Address,
            Scope::InvoiceTitle,
            Scope::Invoice,
        ];
        for scope in retired {
            decide(&mut world, scope, ScopeDecision::Deny);
            assert_eq!(outlook(&world, scope), Outlook::Granted);
            assert_eq!(switch(&mut world, scope, false), Err(NoSuchSwitch(scope)));
        }
        assert_eq!(
            world.auth_setting(&world.caller()),
            retired.map(|scope| (scope, true))
        );
    }

    #[test]
    fn user_info_opened_a_dialog_until_april_2018_and_then_only_by_the_button() {
        assert_eq!(
            outlook(
                &world_on(Profile::on(Date::new(2018, 4, 29))),
                Scope::UserInfo
            ),
            Outlook::Ask
        );
        let mut world = world_on(Profile::on(Date::new(2018, 6, 4)));
        assert_eq!(
            outlook(&world, Scope::UserInfo),
            Outlook::Refused(Reason::ScopeUnauthorized)
        );
        decide(&mut world, Scope::UserInfo, ScopeDecision::Allow);
        assert_eq!(outlook(&world, Scope::UserInfo), Outlook::Granted);
    }

    #[test]
    fn location_in_the_background_is_one_row_with_location() {
        let (front, back) = (Scope::UserLocation, Scope::UserLocationBackground);
        let mut world = today();
        assert_eq!(
            switch(&mut world, back, true),
            Err(NoSuchSwitch(back)),
            "no location row yet"
        );
        decide(&mut world, front, ScopeDecision::Deny);
        assert_eq!(switch(&mut world, back, true), Ok(()));
        assert_eq!(shown(&world), [(front, true), (back, true)]);
        assert_eq!(switch(&mut world, back, false), Ok(()));
        assert_eq!(shown(&world), [(front, true), (back, false)]);
        assert_eq!(switch(&mut world, back, true), Ok(()));
        assert_eq!(switch(&mut world, front, false), Ok(()));
        assert_eq!(shown(&world), [(front, false), (back, false)]);
    }

    #[test]
    fn location_in_the_background_has_a_dialog_since_client_8_and_needs_its_mode() {
        let back = Scope::UserLocationBackground;
        let mut world = today();
        assert_eq!(outlook(&world, back), Outlook::Ask);
        decide(&mut world, back, ScopeDecision::Allow);
        assert_eq!(outlook(&world, Scope::UserLocation), Outlook::Granted);
        let mut old = today();
        old.profile.client = Version(7, 0, 20);
        assert_eq!(outlook(&old, back), Outlook::Refused(Reason::AuthDeny));
        old.app.required_background_modes.clear();
        assert_eq!(outlook(&old, back), Outlook::Refused(Reason::InvalidScope));
    }
}

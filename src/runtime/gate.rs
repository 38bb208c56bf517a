//! The checks between a call and its behaviour: how the program was opened, tap state, declaration in app.json, privacy
//! agreement, system permission, scope.
//!
//! Sources: official pages on tap events, global configuration, authorization and the privacy
//! agreement.
//!
//! In develop and trial builds `requiredPrivateInfos` is checked only when app.json has the key, as the
//! script of the base library does.
//!
//! Unverified: the order of the privacy check and the declaration; since base library 3.4.2 a scope
//! that was refused before fails without the privacy dialog.

use super::single_page;
use crate::api::question::Question;
use crate::errmsg::Reason;
use crate::profile::Date;
use crate::spec::{ApiSpec, Guard};
use crate::value::Value;
use crate::world::World;
use crate::world::account::EnvVersion;
use crate::world::permission::Outlook;
use crate::world::privacy::{PrivacyItem, PrivacyOutlook};
use crate::world::scope::{Scope, Standing};

/// What a call meets.
pub(super) enum Gate {
    /// Nothing stands in the way.
    Open,
    /// It fails at once.
    Refused(Reason),
    /// The user must agree to the privacy guide first.
    Privacy(PrivacyNeed),
    /// The user is asked for the scope first.
    Ask(Scope, Question),
}

/// How the user is asked for agreement.
pub(super) enum PrivacyNeed {
    /// By a dialog of its own.
    Alone,
    /// By the dialog of the scope, which follows anyway.
    With(Scope, Question),
}

/// Programs published after this day must declare location APIs in `requiredPrivateInfos`.
const PRIVATE_INFOS_REQUIRED_AFTER: Date = Date::new(2022, 7, 14);

pub(super) fn check(world: &World, spec: &ApiSpec, options: &Value, tap: bool) -> Gate {
    if let Some(reason) = single_page::refusal(world, spec.name) {
        return Gate::Refused(reason);
    }
    let closed = |gate: &Gate| !matches!(gate, Gate::Open);
    match spec.guard {
        Guard::Scopes(scopes) => {
            let mut gates = scopes
                .iter()
                .map(|(name, _)| check_one(world, &with_scope(spec, name), options, tap));
            gates.find(closed).unwrap_or(Gate::Open)
        }
        Guard::ScopeWith(name, other, (key, value)) => {
            let both = options.get(key).as_str() == Some(value);
            let names = [Some(name), both.then_some(other)].into_iter().flatten();
            let mut gates =
                names.map(|name| check_one(world, &with_scope(spec, name), options, tap));
            gates.find(closed).unwrap_or(Gate::Open)
        }
        Guard::Argument(key) if matches!(options.get(key), Value::Array(_)) => {
            let names = options.get(key).items();
            if names.is_empty() {
                return Gate::Refused(Reason::EmptyScope);
            }
            let one = |name: &Value| Value::object([(key, name.clone())]);
            let mut gates = names
                .iter()
                .map(|name| check_one(world, spec, &one(name), tap));
            gates.find(closed).unwrap_or(Gate::Open)
        }
        guard if guard.is_lifted(world.profile().sdk, options) => {
            // What needs no scope because of its arguments collects nothing.
            let free = ApiSpec {
                guard: Guard::Free,
                privacy: None,
                ..*spec
            };
            check_one(world, &free, options, tap)
        }
        _ => check_one(world, spec, options, tap),
    }
}

/// The row with one of its scopes, and with what that collects.
fn with_scope(spec: &ApiSpec, name: &'static str) -> ApiSpec {
    ApiSpec {
        guard: Guard::Scope(name),
        privacy: Scope::parse(name).and_then(PrivacyItem::of_scope),
        ..*spec
    }
}

/// The `errCode` of the first scope that is missing, of a row with several.
pub(super) fn code_of_missing(world: &World, guard: Guard) -> Option<u32> {
    let Guard::Scopes(scopes) = guard else {
        return None;
    };
    let missing = |name: &str| {
        let scope = Scope::parse(name);
        scope.is_some_and(|it| world.scope_outlook(&world.caller(), it) != Outlook::Granted)
    };
    let mut scopes = scopes.iter();
    scopes
        .find(|(name, _)| missing(name))
        .map(|(_, code)| *code)
}

fn check_one(world: &World, spec: &ApiSpec, options: &Value, tap: bool) -> Gate {
    if spec
        .tap_since
        .is_some_and(|since| world.profile().sdk >= since)
        && !tap
    {
        return Gate::Refused(Reason::TapRequired);
    }
    if spec.private_info && !is_declared(world, spec.name) {
        return Gate::Refused(Reason::PrivateInfoUndeclared);
    }
    if spec.private_info && !world.console_opens(&world.app().app_id, spec.name) {
        return Gate::Refused(Reason::NoPermission);
    }
    let scope = match scope_gate(world, spec.guard, options) {
        Ok(gate) => gate,
        Err(reason) => return Gate::Refused(reason),
    };
    let item = spec.privacy.or_else(|| match (spec.guard, &scope) {
        (Guard::Argument(_), Some((scope, _))) => PrivacyItem::of_scope(*scope),
        _ => None,
    });
    let caller = world.caller();
    let privacy = match item {
        Some(item) => world.privacy_outlook(&caller, item),
        None if spec.needs_agreement && world.needs_privacy_agreement(&caller) => {
            PrivacyOutlook::Ask
        }
        None => PrivacyOutlook::Open,
    };
    match (privacy, scope) {
        (PrivacyOutlook::Refused(reason), _)
        | (PrivacyOutlook::Open, Some((_, Outlook::Refused(reason)))) => Gate::Refused(reason),
        (PrivacyOutlook::Open, None | Some((_, Outlook::Granted))) => Gate::Open,
        (PrivacyOutlook::Open, Some((scope, Outlook::Ask))) => {
            Gate::Ask(scope, scope_question(world, scope))
        }
        (PrivacyOutlook::Ask, Some((scope, Outlook::Ask))) if world.asks_privacy_with_scope() => {
            let question = Question {
                with_privacy: true,
                ..scope_question(world, scope)
            };
            Gate::Privacy(PrivacyNeed::With(scope, question))
        }
        // Since there is one dialog for both, a scope that was refused asks for nothing more.
        (PrivacyOutlook::Ask, Some((_, Outlook::Refused(reason))))
            if world.asks_privacy_with_scope() =>
        {
            Gate::Refused(reason)
        }
        (PrivacyOutlook::Ask, _) => Gate::Privacy(PrivacyNeed::Alone),
    }
}

/// The scope that guards a call and what the user answered; `None` when no scope does.
fn scope_gate(
    world: &World,
    guard: Guard,
    options: &Value,
) -> Result<Option<(Scope, Outlook)>, Reason> {
    let name = match guard {
        Guard::Free | Guard::Scopes(_) | Guard::ScopeWith(..) => return Ok(None),
        Guard::ScopeBefore(_, day) if world.app().published >= day => return Ok(None),
        Guard::Scope(name) | Guard::ScopeBefore(name, _) | Guard::ScopeUnlessGiven(name, ..) => {
            name
        }
        Guard::Argument(key) => options.get(key).as_str().ok_or(Reason::InvalidScope)?,
    };
    if name.is_empty() {
        return Err(Reason::EmptyScope);
    }
    let scope = Scope::parse(name).ok_or(Reason::InvalidScope)?;
    let standing = world.scope_standing(&world.app().app_id, scope);
    if !matches!(guard, Guard::Argument(_)) && standing == Standing::Absent {
        // An API older than its scope asks for nothing.
        return Ok(None);
    }
    match world.scope_outlook(&world.caller(), scope) {
        // `wx.authorize` has one word for what cannot be asked.
        Outlook::Refused(Reason::ScopeUnauthorized) if matches!(guard, Guard::Argument(_)) => {
            Ok(Some((scope, Outlook::Refused(Reason::AuthDeny))))
        }
        // What app.json and the platform do not allow is refused before anybody is asked.
        Outlook::Refused(reason @ (Reason::InvalidScope | Reason::PermissionDescMissing)) => {
            Err(reason)
        }
        outlook => Ok(Some((scope, outlook))),
    }
}

fn is_declared(world: &World, api: &str) -> bool {
    let app = world.app();
    if app.published <= PRIVATE_INFOS_REQUIRED_AFTER {
        return true;
    }
    match &app.required_private_infos {
        Some(declared) => declared.iter().any(|name| name == api),
        // Builds that are not published are checked only when app.json has the key.
        None => app.env_version != EnvVersion::Release,
    }
}

fn scope_question(world: &World, scope: Scope) -> Question {
    let purpose = world.app().permission_desc.get(scope.name());
    Question::new(scope.name(), purpose.map_or("", String::as_str))
}

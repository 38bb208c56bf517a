//! The checks between a call and its behaviour: tap state, declaration in app.json, scope.
//!
//! Sources: official pages on tap events, global configuration and authorization.

use crate::api::question::Question;
use crate::errmsg::Reason;
use crate::profile::Date;
use crate::spec::{ApiSpec, Guard};
use crate::value::Value;
use crate::world::World;
use crate::world::permission::Outlook;
use crate::world::scope::{Scope, Standing};

/// What a call meets.
pub(super) enum Gate {
    /// Nothing stands in the way.
    Open,
    /// It fails at once.
    Refused(Reason),
    /// The user is asked for the scope first.
    Ask(Scope, Question),
}

/// Programs published after this day must declare location APIs in `requiredPrivateInfos`.
const PRIVATE_INFOS_REQUIRED_AFTER: Date = Date::new(2022, 7, 14);

pub(super) fn check(world: &World, spec: &ApiSpec, options: &Value, tap: bool) -> Gate {
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
    let name = match spec.guard {
        Guard::Free => return Gate::Open,
        Guard::Scope(name) => name,
        Guard::Argument(key) => options.get(key).as_str().unwrap_or_default(),
    };
    if name.is_empty() {
        return Gate::Refused(Reason::EmptyScope);
    }
    let Some(scope) = Scope::parse(name) else {
        return Gate::Refused(Reason::InvalidScope);
    };
    if matches!(spec.guard, Guard::Scope(_)) && world.scope_standing(scope) == Standing::Absent {
        // An API older than its scope asks for nothing.
        return Gate::Open;
    }
    match world.scope_outlook(&world.caller(), scope) {
        Outlook::Granted => Gate::Open,
        Outlook::Refused(reason) => Gate::Refused(reason),
        Outlook::Ask => Gate::Ask(scope, scope_question(world, scope)),
    }
}

fn is_declared(world: &World, api: &str) -> bool {
    let app = world.app();
    match &app.required_private_infos {
        Some(declared) => declared.iter().any(|name| name == api),
        None => app.published <= PRIVATE_INFOS_REQUIRED_AFTER,
    }
}

fn scope_question(world: &World, scope: Scope) -> Question {
    let purpose = world.app().permission_desc.get(scope.name());
    Question::new(scope.name(), purpose.map_or("", String::as_str))
}

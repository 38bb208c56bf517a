//! Mini programs nearby: places, their audit, and whether they are shown.
//!
//! All interfaces need a published program that is no person's and no store.

mod add;
#[cfg(test)]
mod any_body_tests;
mod body;
mod delete;
mod list;
mod show;

use super::asked::Asked;
use super::endpoint::Endpoint;
use super::errcode;
use super::fault::Fault;
use crate::world::World;
use crate::world::account::{EnvVersion, Subject};
use crate::world::open_api::content_check::RunDueChecks;
use crate::world::open_api::nearby::PlaceProblem;
use crate::world::registry::Kind;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    add::ENDPOINT,
    list::ENDPOINT,
    delete::ENDPOINT,
    show::ENDPOINT,
];

/// Checks that the app has places at all; audits whose time has come are decided before.
///
/// # Errors
/// 93012, 93011, 93009 or 92004.
fn open(world: &mut World, asked: &Asked<'_>) -> Result<(), Fault> {
    world.apply(RunDueChecks);
    let app = world.registered(&asked.app_id).unwrap_or_default();
    let rules = world.nearby_rules(&asked.app_id);
    if app.kind != Kind::MiniProgram || rules.is_special {
        Err(errcode::NO_ORDINARY_APP.into())
    } else if app.subject == Subject::Personal {
        Err(errcode::PERSONAL_APP.into())
    } else if app.env_version != EnvVersion::Release {
        Err(errcode::APP_NOT_VISIBLE.because("the program is registered as not published"))
    } else if rules.is_banned {
        Err(errcode::NEARBY_BANNED.into())
    } else {
        Ok(())
    }
}

fn fault(problem: PlaceProblem) -> Fault {
    match problem {
        PlaceProblem::NotFound => errcode::PLACE_NOT_FOUND.because("the app has no such place"),
        PlaceProblem::TooMany => errcode::TOO_MANY_PLACES.into(),
        PlaceProblem::NotOnMap => {
            errcode::MAP_LOOKUP_FAILED.because("the rules of the world say so of `map_poi_id`")
        }
        PlaceProblem::Taken => errcode::PLACE_TAKEN.into(),
        PlaceProblem::CredentialApproved => errcode::CREDENTIAL_ADDED
            .because("an approved place of the app has this `credential`; change that one"),
        PlaceProblem::CredentialInAudit => errcode::CREDENTIAL_REPEATED
            .because("a place of the app that is being audited has this `credential`"),
        PlaceProblem::InAudit => errcode::PLACE_IN_AUDIT.into(),
        PlaceProblem::Refused => errcode::PLACE_REFUSED.into(),
        PlaceProblem::Shown => errcode::PLACE_SHOWS_APP.because("it is shown already"),
        PlaceProblem::Hidden => errcode::PLACE_HIDES_APP.because("it is hidden already"),
    }
}

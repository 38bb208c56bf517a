//! Whose token a request has.
//!
//! Official pages: "Access token", "Global return codes".

use super::errcode;
use super::fault::Fault;
use super::request::Request;
use crate::world::World;
use crate::world::open_api::access_token::TokenProblem;

/// The app whose `access_token` the query has.
///
/// # Errors
/// 41001 without one, 40014, 40001 or 42001 for one that is not good, 48004 for a blocked app.
pub(super) fn owner(world: &World, request: &Request) -> Result<String, Fault> {
    let token = request.query_value("access_token").unwrap_or_default();
    let app_id = world.token_owner(&token).map_err(|problem| match problem {
        TokenProblem::Missing => errcode::ACCESS_TOKEN_MISSING.into(),
        TokenProblem::Malformed => errcode::INVALID_ACCESS_TOKEN
            .because("it is shorter than any token, or has characters that none has"),
        TokenProblem::Unknown => errcode::INVALID_CREDENTIAL.because(
            "the world gave no such token, or a newer one replaced it more than five minutes ago",
        ),
        TokenProblem::Expired => Fault::from(errcode::ACCESS_TOKEN_EXPIRED),
    })?;
    if world.server_rules(&app_id).is_banned {
        return Err(errcode::API_FORBIDDEN.into());
    }
    Ok(app_id)
}

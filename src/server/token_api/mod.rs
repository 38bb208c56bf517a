//! Tokens.

mod stable_token;
mod token;

use super::endpoint::Endpoint;
use super::errcode;
use super::fault::Fault;
use super::request::Request;
use crate::world::World;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[token::ENDPOINT, stable_token::ENDPOINT];

/// Checks what an app proves itself with.
///
/// # Errors
/// 41002, 41004, 40013 or 40125 for a wrong pair, 40164 for a wrong address, 40243, 50004 or 50007 for an app
/// that is closed.
pub(super) fn check_secret(
    world: &World,
    request: &Request,
    app_id: &str,
    secret: &str,
) -> Result<(), Fault> {
    check_pair(world, app_id, secret)?;
    let rules = world.server_rules(app_id);
    let ip = &request.client_ip;
    if !rules.ip_whitelist.is_empty() && !rules.ip_whitelist.contains(ip) {
        let text = format!("invalid ip {ip} ipv6 ::ffff:{ip}, not in whitelist");
        return Err(Fault::new(errcode::INVALID_IP.0, text));
    }
    if rules.is_secret_frozen {
        Err(errcode::SECRET_FROZEN.into())
    } else if rules.is_token_forbidden {
        Err(errcode::API_FORBIDDEN_TO_APP.into())
    } else if rules.is_frozen {
        Err(errcode::ACCOUNT_FROZEN.into())
    } else {
        Ok(())
    }
}

/// Checks appid and secret alone.
///
/// # Errors
/// 41002, 40013, 41004 or 40125.
pub(super) fn check_pair(world: &World, app_id: &str, secret: &str) -> Result<(), Fault> {
    if app_id.is_empty() {
        return Err(errcode::APPID_MISSING.into());
    }
    let Some(known) = world.app_secret(app_id) else {
        let why = format!("nothing is registered under {app_id}");
        return Err(errcode::INVALID_APPID.because(why));
    };
    if secret.is_empty() {
        Err(errcode::APPSECRET_MISSING.into())
    } else if secret != known {
        let why =
            "the world has another secret for this appid; the server printed it when it started";
        Err(errcode::INVALID_APPSECRET.because(why))
    } else {
        Ok(())
    }
}

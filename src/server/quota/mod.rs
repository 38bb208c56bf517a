//! Quotas, requests that failed, and the network.

mod callback_check;
mod clear_api_quota;
mod clear_quota;
mod clear_quota_by_secret;
mod get_api_domain_ip;
mod get_api_quota;
mod get_callback_ip;
mod get_rid_info;

use super::endpoint::Endpoint;
use super::errcode;
use super::fault::Fault;
use super::routes;
use crate::world::World;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    clear_quota::ENDPOINT,
    clear_quota_by_secret::ENDPOINT,
    get_api_quota::ENDPOINT,
    clear_api_quota::ENDPOINT,
    get_rid_info::ENDPOINT,
    get_api_domain_ip::ENDPOINT,
    get_callback_ip::ENDPOINT,
    callback_check::ENDPOINT,
];

/// Where the simulated platform is, and where what it pushes comes from.
const OWN_ADDRESS: &str = "127.0.0.1";

/// The interface that a `cgi_path` means.
///
/// # Errors
/// 76022 under `/sns/`, 76021 for what is none on the day of the world.
fn interface_of(world: &World, cgi_path: &str) -> Result<&'static Endpoint, Fault> {
    if cgi_path.starts_with("/sns/") {
        let why = "interfaces under /sns/ have no quota that can be asked for";
        return Err(errcode::CGI_PATH_NOT_ALLOWED.because(why));
    }
    let day = world.profile().compat_date;
    let exists = |it: &&Endpoint| {
        it.since.is_none_or(|since| day >= since) && it.until.is_none_or(|until| day < until)
    };
    let known = || routes::endpoints().filter(exists);
    if let Some(found) = known().find(|it| it.path == cgi_path) {
        return Ok(found);
    }
    let paths: Vec<&str> = known().map(|it| it.path).collect();
    let near = crate::near::near(cgi_path, paths.iter().copied());
    let why = match near.first() {
        Some(near) => format!("did you mean {near}?"),
        None => "write the path alone, such as /cgi-bin/message/custom/send".to_owned(),
    };
    Err(errcode::INVALID_CGI_PATH.because(why))
}

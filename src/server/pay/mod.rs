//! WeChat Pay, `api.mch.weixin.qq.com`: version 2 in XML, version 3 in JSON.
//!
//! Official pages of WeChat Pay: "Protocol rules" (v2), "Basic rules" (v3). The paths of both hosts do not collide,
//! so one server stands for both.

mod code;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod testing;
mod v2;
mod v3;

use super::request::Request;
use super::response::Response;
use crate::profile::Date;
use crate::world::World;

/// What paths of version 2 begin with.
const V2_PATHS: [&str; 3] = ["/pay/", "/secapi/", "/sandboxnew/"];
/// What paths of version 3 begin with.
const V3_PATH: &str = "/v3/";

/// An interface of WeChat Pay, for those who list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayInterface {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its path; `{}` stands for any part.
    pub path: &'static str,
    /// From this day it exists.
    pub since: Option<Date>,
}

/// Every interface of WeChat Pay.
pub fn pay_interfaces() -> impl Iterator<Item = PayInterface> {
    let old = v2::paths().map(|path| PayInterface {
        method: "POST",
        path,
        since: None,
    });
    let new = v3::paths().map(|(method, path)| PayInterface {
        method,
        path,
        since: Some(v3::V3_SINCE),
    });
    old.chain(new)
}

/// Whether a path is one of WeChat Pay.
pub(super) fn owns(path: &str) -> bool {
    is_v2(path) || path.starts_with(V3_PATH)
}

fn is_v2(path: &str) -> bool {
    V2_PATHS.iter().any(|it| path.starts_with(it))
}

/// What WeChat Pay answers; `None` when the path is none of its own.
pub(super) fn answer(world: &mut World, request: &Request) -> Option<Response> {
    if is_v2(&request.path) {
        Some(v2::answer(world, request))
    } else if request.path.starts_with(V3_PATH) {
        Some(v3::answer(world, request))
    } else {
        None
    }
}

/// A failure that somebody asked for; `words` may be one of WeChat Pay's codes, else it is the one of its systems.
pub(super) fn failed(world: &mut World, request: &Request, words: &str) -> Response {
    if is_v2(&request.path) {
        v2::failed(world, request, words)
    } else {
        v3::failed(world, request, words)
    }
}

#[cfg(test)]
mod tests {
    use super::owns;

    #[test]
    fn paths_are_of_one_host() {
        for path in ["/pay/x", "/secapi/pay/refund", "/sandboxnew/pay/x", "/v3/x"] {
            assert!(owns(path), "{path}");
        }
        for path in ["/", "/pay", "/v3", "/v33/x", "/cgi-bin/token"] {
            assert!(!owns(path), "{path}");
        }
    }
}

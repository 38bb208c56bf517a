//! The requests that servers made, by the id that errors carry.
//!
//! Official page: "Query rid information". The platform keeps them seven days; here so many that none grows
//! without bound: the last [`REQUESTS_KEPT_MAX`] and, since only an error tells its id, as many that failed. Bodies are
//! cut at [`BODY_CHARS_MAX`] characters.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::super::rng::{derived_hex, derived_text};
use super::super::{Change, Millis, World, sealed::Sealed};

/// How many requests are remembered, and how many of those that failed.
pub const REQUESTS_KEPT_MAX: usize = 1_000;
/// Characters of a body that are remembered.
pub const BODY_CHARS_MAX: usize = 2_000;

/// A request that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// Its id.
    pub rid: String,
    /// When.
    pub at: Millis,
    /// Whose token it had; empty without one.
    pub app_id: String,
    /// Path and query, a token and a secret without their ends.
    pub url: String,
    /// Its body.
    pub body: String,
    /// What it got; empty for a picture.
    pub response: String,
    /// Who sent it.
    pub client_ip: String,
}

/// The last requests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Requests {
    made: u64,
    list: VecDeque<Logged>,
    failed: VecDeque<Logged>,
}

/// The id of the next request: three groups of eight digits, the first its Unix time.
#[derive(Clone, Copy, Debug)]
pub struct NextRid;

impl Sealed for NextRid {}
impl Change for NextRid {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let requests = &mut world.open_api.requests;
        requests.made += 1;
        let digits = derived_hex(world.seed, &["rid", &requests.made.to_string()], 16);
        let seconds = world.now.0.div_euclid(1_000);
        format!("{seconds:08x}-{}-{}", &digits[..8], &digits[8..])
    }
}

/// A request was answered.
#[derive(Clone, Debug)]
pub struct LogRequest<'a> {
    /// Its id.
    pub rid: String,
    /// Whose token it had.
    pub app_id: String,
    /// Path and query.
    pub url: String,
    /// Its body.
    pub body: &'a [u8],
    /// What it got.
    pub response: &'a [u8],
    /// Who sent it.
    pub client_ip: &'a str,
    /// Whether it failed.
    pub failed: bool,
}

impl Sealed for LogRequest<'_> {}
impl Change for LogRequest<'_> {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let at = world.now;
        let requests = &mut world.open_api.requests;
        let list = if self.failed {
            &mut requests.failed
        } else {
            &mut requests.list
        };
        if list.len() >= REQUESTS_KEPT_MAX {
            list.pop_front();
        }
        list.push_back(Logged {
            rid: self.rid,
            at,
            app_id: self.app_id,
            url: without_secrets(&self.url),
            body: beginning(self.body),
            response: beginning(self.response),
            client_ip: self.client_ip.to_owned(),
        });
    }
}

/// Parameters of which only the first characters are kept.
const SECRETS: [&str; 3] = ["access_token", "secret", "appsecret"];

fn without_secrets(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let part = |part: &str| match part.split_once('=') {
        Some((name, value)) if SECRETS.contains(&name) && value.len() > 6 => {
            let shown: String = value.chars().take(6).collect();
            format!("{name}={shown}…")
        }
        _ => part.to_owned(),
    };
    let parts: Vec<String> = query.split('&').map(part).collect();
    format!("{path}?{}", parts.join("&"))
}

fn beginning(bytes: &[u8]) -> String {
    let few = bytes.get(..BODY_CHARS_MAX * 4).unwrap_or(bytes);
    String::from_utf8_lossy(few)
        .chars()
        .take(BODY_CHARS_MAX)
        .collect()
}

impl World {
    /// The last requests, the oldest first.
    pub fn requests(&self) -> Vec<&Logged> {
        let Requests { list, failed, .. } = &self.open_api.requests;
        let mut all: Vec<&Logged> = list.iter().chain(failed).collect();
        all.sort_by(|one, other| (one.at, &one.rid).cmp(&(other.at, &other.rid)));
        all
    }

    /// The request of an id.
    pub fn request(&self, rid: &str) -> Option<&Logged> {
        let Requests { list, failed, .. } = &self.open_api.requests;
        failed.iter().chain(list).rev().find(|it| it.rid == rid)
    }

    /// Letters and digits that follow from the id of a request, for the traces of earlier years.
    pub fn trace_letters(&self, rid: &str) -> String {
        derived_text(self.seed, &["trace", rid], 16)
    }
}

#[cfg(test)]
mod tests {
    use super::{LogRequest, NextRid, REQUESTS_KEPT_MAX};
    use crate::profile::Profile;
    use crate::world::{AdvanceTo, AppFacts, World};

    #[test]
    fn the_last_requests_are_kept_without_secrets() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        for number in 0..=REQUESTS_KEPT_MAX {
            let rid = world.apply(NextRid);
            world.apply(LogRequest {
                rid,
                app_id: "wx1".into(),
                url: format!("/a?n={number}&access_token=10_abcdefgh&secret=0123456789"),
                body: &[b'x'; 10_000],
                response: b"\xff",
                client_ip: "127.0.0.1",
                failed: number == 0,
            });
            world.apply(AdvanceTo(world.now().plus(1)));
        }
        let all = world.requests();
        assert_eq!(all.len(), REQUESTS_KEPT_MAX + 1);
        let last = all[REQUESTS_KEPT_MAX];
        assert_eq!(last.url, "/a?n=1000&access_token=10_abc…&secret=012345…");
        assert_eq!(
            (last.body.len(), last.response.as_str()),
            (2_000, "\u{fffd}")
        );
        assert!(all[0].url.starts_with("/a?n=0&"), "the failed one is kept");
        assert!(all[1].url.starts_with("/a?n=1&") && all[1].rid != last.rid);
        assert_eq!(world.request(&last.rid), Some(last));
    }
}

//! `wx.getShareInfo`: the id of the group in which a card was opened, for the server.
//!
//! Official page: `api/share/wx.getShareInfo`; since base library 2.17.3 `wx.getGroupEnterInfo` takes its place.
//! The ticket must be one that this run of the program got, of a card in a group. Needs a login.
//!
//! Unverified: the words for any other ticket.

use serde_json::{Map, Value as Json};

use crate::api::{Api, Cx, Reply, answer, open_data_result};
use crate::errmsg::{Reason, ShareProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getShareInfo",
    group: Group::Share,
    summary: "Gives the id of the group in which a card was opened, encrypted.",
    since: Version(1, 1, 0),
    params: &[
        Param::required("shareTicket", Class::String),
        Param {
            since: TIMEOUT_SINCE,
            ..Param::optional("timeout", Class::Number)
        },
    ],
    asks_wechat: true,
    latency_ms: LATENCY_MS,
    fails: &[
        Reason::Share(ShareProblem::BadTicket),
        Reason::LoginRequired,
        Reason::Timeout,
    ],
    examples: &[Example {
        title: "A ticket of another run",
        js: "wx.getShareInfo({ shareTicket: 'old' }).catch(() => {})",
        replies: "getShareInfo:fail invalid shareTicket",
    }],
    ..ApiSpec::ASYNC
};

/// Base library that knows `timeout`.
const TIMEOUT_SINCE: Version = Version(1, 9, 90);
const LATENCY_MS: u32 = 80;

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let timeout = options.get("timeout").as_f64();
    let timeout = timeout.filter(|_| cx.world.profile().sdk >= TIMEOUT_SINCE);
    if timeout.is_some_and(|ms| ms > 0.0 && ms < f64::from(LATENCY_MS)) {
        return Err(Reason::Timeout);
    }
    let ticket = options.get("shareTicket").as_str().unwrap_or_default();
    let group = cx.world.group_of_ticket(ticket);
    let open_gid = group.and_then(|group| cx.world.open_gid(group, cx.caller.app_id()));
    let open_gid = open_gid.ok_or(Reason::Share(ShareProblem::BadTicket))?;
    let members = Map::from_iter([("openGId".to_owned(), Json::String(open_gid))]);
    open_data_result::sealed(cx, members)
}

//! `wx.authPrivateMessage`: whether a private message was sent to this very user.
//!
//! Official pages: `api/share/wx.authPrivateMessage`, "Private messages". It is valid for whom the sender chose,
//! in a group for whoever is in it at that moment, and not when somebody sent it on. Needs a login. The server
//! compares the encrypted `activityId` with the one that it made.
//!
//! Unverified: what is not valid has the activity too; the words for a ticket of no private message.

use serde_json::{Map, Value as Json};

use crate::api::{Api, Cx, Reply, answer, open_data_result};
use crate::errmsg::{Reason, ShareProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "authPrivateMessage",
    group: Group::Share,
    summary: "Tells whether a private message was sent to this user.",
    since: Version(2, 13, 0),
    params: &[Param::required("shareTicket", Class::String)],
    asks_wechat: true,
    latency_ms: 80,
    fails: &[
        Reason::Share(ShareProblem::BadTicket),
        Reason::LoginRequired,
    ],
    examples: &[Example {
        title: "A ticket of another run",
        js: "wx.authPrivateMessage({ shareTicket: 'old' }).catch(() => {})",
        replies: "authPrivateMessage:fail invalid shareTicket",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let ticket = options.get("shareTicket").as_str().unwrap_or_default();
    let message = cx.world.private_message_of(ticket);
    let (activity, valid) = message.ok_or(Reason::Share(ShareProblem::BadTicket))?;
    let activity = Json::String(activity.to_owned());
    let members = Map::from_iter([("activityId".to_owned(), activity)]);
    let mut reply = vec![("valid".to_owned(), valid.into())];
    reply.extend(open_data_result::sealed(cx, members)?);
    Ok(reply)
}

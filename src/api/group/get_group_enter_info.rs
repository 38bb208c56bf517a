//! `wx.getGroupEnterInfo`: the ids of the chat from which the program was opened, for the server.
//!
//! Official page: `api/open-api/group/wx.getGroupEnterInfo`. Since 2.10.4 for the tools of a group, since 2.17.3
//! for cards and to-dos in a group, with or without ticket. Since 3.7.8 a chat of two can be asked for too, and
//! the user's own id in the chat. The id of the group is that of `wx.getShareInfo`, spelled `opengid`. Needs a
//! login.
//!
//! Unverified: the order of missing chat and missing login.

use serde_json::{Map, Value as Json};

use crate::api::{Api, Cx, Reply, answer, open_data_result};
use crate::errmsg::{Reason, ShareProblem};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::share::Chat;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getGroupEnterInfo",
    group: Group::Group,
    summary: "Gives the ids of the chat from which the program was opened, encrypted.",
    since: Version(2, 10, 4),
    params: &[
        Param::since("allowSingleChat", Class::Boolean, OPTIONS_SINCE),
        Param::since("needGroupOpenID", Class::Boolean, OPTIONS_SINCE),
    ],
    asks_wechat: true,
    latency_ms: 80,
    fails: &[
        Reason::Share(ShareProblem::BadScene),
        Reason::Share(ShareProblem::NotInGroup),
        Reason::LoginRequired,
    ],
    examples: &[Example {
        title: "Not opened from a chat",
        js: "wx.getGroupEnterInfo().catch(() => {})",
        replies: "getGroupEnterInfo:fail invalid scene",
    }],
    ..ApiSpec::ASYNC
};

/// Base library since which cards count, and not only the tools of a group.
const CARDS_SINCE: Version = Version(2, 17, 3);
/// Base library that knows the options.
const OPTIONS_SINCE: Version = Version(3, 7, 8);
/// The scene of the tools of a group.
const GROUP_TOOL: u32 = 1158;

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let sdk = cx.world.profile().sdk;
    let flag = |key: &str| sdk >= OPTIONS_SINCE && options.get(key).as_bool() == Some(true);
    let scene = cx.world.enter_options().map(|options| options.scene);
    let counts = sdk >= CARDS_SINCE || scene == Some(GROUP_TOOL);
    let chat = cx.world.chat_of_entry().filter(|_| counts);
    let chat = chat.filter(|chat| matches!(chat, Chat::Group(_)) || flag("allowSingleChat"));
    let chat = chat.ok_or(Reason::Share(ShareProblem::BadScene))?;
    if !cx.world.is_in_chat(&chat) {
        return Err(Reason::Share(ShareProblem::NotInGroup));
    }
    let id = cx.world.chat_id(&chat, cx.caller.app_id());
    let (key, chat_type) = match chat {
        Chat::Group(_) => ("opengid", 3),
        Chat::Two(..) => ("open_single_roomid", 1),
    };
    let mut members = Map::new();
    members.insert(key.to_owned(), Json::String(id));
    if flag("needGroupOpenID") {
        let own = cx.world.member_id(&chat, &cx.caller);
        members.insert("group_openid".to_owned(), Json::String(own));
    }
    if sdk >= OPTIONS_SINCE {
        members.insert("chat_type".to_owned(), chat_type.into());
    }
    open_data_result::sealed(cx, members)
}

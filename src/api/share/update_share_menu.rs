//! `wx.updateShareMenu`: says what the messages that the page sends are to be.
//!
//! Official page: `api/share/wx.updateShareMenu`; "Updatable messages", "Private messages", "Forwarding" (group
//! to-do). For the page on top. What is updatable, its activity and its template are kept with the card.
//! So are `useForChatTool`, `chooseType` (1 for the participants named, 2 for the whole group) and `participant`, which
//! are for messages that chat tools send.
//!
//! Unverified: `participant` came with the other two; a `chooseType` that is neither number changes nothing, and in
//! `participant` what is no text is left out.

use crate::api::{Api, Cx, Reply, answer};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::share_menu::{EditShareMenu, KindEdit};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "updateShareMenu",
    group: Group::Share,
    summary: "Says what the messages that the page on top sends are to be.",
    since: Version(1, 2, 0),
    params: &[
        Param::defaulted("withShareTicket", Class::Boolean),
        Param {
            since: UPDATABLE_SINCE,
            ..Param::defaulted("isUpdatableMessage", Class::Boolean)
        },
        Param {
            since: UPDATABLE_SINCE,
            ..Param::defaulted("activityId", Class::String)
        },
        Param {
            since: UPDATABLE_SINCE,
            ..Param::defaulted("templateInfo", Class::Object)
        },
        Param {
            since: TO_DO_SINCE,
            ..Param::defaulted("toDoActivityId", Class::String)
        },
        Param {
            since: PRIVATE_SINCE,
            ..Param::defaulted("isPrivateMessage", Class::Boolean)
        },
        Param {
            since: CHAT_TOOL_SINCE,
            ..Param::defaulted("participant", Class::Array)
        },
        Param {
            since: CHAT_TOOL_SINCE,
            ..Param::defaulted("useForChatTool", Class::Boolean)
        },
        Param {
            since: CHAT_TOOL_SINCE,
            ..Param::defaulted("chooseType", Class::Number)
        },
    ],
    differs: "`useForChatTool`, `chooseType` and `participant` are kept with the card and lead to nothing: there are no chat tools.",
    examples: &[Example {
        title: "A message for whoever gets it, and nobody else",
        js: "wx.updateShareMenu({ withShareTicket: true, isPrivateMessage: true, activityId: 'a1' })",
        replies: "updateShareMenu:ok",
    }],
    ..ApiSpec::ASYNC
};

const UPDATABLE_SINCE: Version = Version(2, 4, 0);
const TO_DO_SINCE: Version = Version(2, 11, 0);
const PRIVATE_SINCE: Version = Version(2, 13, 0);
const CHAT_TOOL_SINCE: Version = Version(3, 7, 8);

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs")]
fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let sdk = cx.world.profile().sdk;
    let given = |key: &str, since| Some(options.get(key)).filter(|_| sdk >= since);
    let flag = |key: &str, since| given(key, since)?.as_bool();
    let text = |key: &str, since| Some(given(key, since)?.as_str()?.to_owned());
    let template =
        given("templateInfo", UPDATABLE_SINCE).filter(|it| matches!(it, Value::Object(_)));
    cx.world.apply(EditShareMenu::Update(KindEdit {
        with_ticket: options.get("withShareTicket").as_bool(),
        updatable: flag("isUpdatableMessage", UPDATABLE_SINCE),
        activity: text("activityId", UPDATABLE_SINCE),
        template: template.and_then(Value::to_json),
        to_do: text("toDoActivityId", TO_DO_SINCE),
        private: flag("isPrivateMessage", PRIVATE_SINCE),
        for_chat_tool: flag("useForChatTool", CHAT_TOOL_SINCE),
        choose_type: given("chooseType", CHAT_TOOL_SINCE).and_then(choose_type),
        participants: given("participant", CHAT_TOOL_SINCE).and_then(texts),
    }));
    Ok(Vec::new())
}

/// `chooseType` where it is one that there is.
fn choose_type(value: &Value) -> Option<u8> {
    [1_u8, 2]
        .into_iter()
        .find(|kind| value.as_f64() == Some(f64::from(*kind)))
}

/// The texts of a list.
fn texts(value: &Value) -> Option<Vec<String>> {
    let Value::Array(items) = value else {
        return None;
    };
    let texts = items.iter().filter_map(Value::as_str);
    Some(texts.map(str::to_owned).collect())
}

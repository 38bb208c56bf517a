//! `wx.getWeRunData`: the steps of the last days, for the server.
//!
//! Official page: `api/open-api/werun/wx.getWeRunData`. Guarded by `scope.werun`, needs a login. A user who
//! has not switched WeRun on is asked to; leaving that page is a cancellation. 31 days today, 30 in 2018.
//!
//! Differs from the client: the steps follow from the seed and the day.
//! Unverified: the days run from midnight in China, the oldest first; 31 days since 2019-01-01.

use serde_json::{Map, Value as Json, json};

use crate::api::question::Question;
use crate::api::{Api, Asked, Behaviour, Cx, Reply, open_data_result};
use crate::errmsg::Reason;
use crate::profile::Date;
use crate::spec::{ApiSpec, Class, Example, Group, Guard, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;
use crate::world::session::SessionState;
use crate::world::werun::SwitchWeRunOn;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getWeRunData",
    group: Group::Werun,
    summary: "Gives the steps of the last days, encrypted.",
    since: Version(1, 2, 0),
    params: &[Param {
        since: Version(1, 9, 92),
        ..Param::optional("timeout", Class::Number)
    }],
    guard: Guard::Scope("scope.werun"),
    privacy: Some(PrivacyItem::Steps),
    asks_wechat: true,
    latency_ms: 80,
    fails: &[
        Reason::AuthDeny,
        Reason::AuthCanceled,
        Reason::LoginRequired,
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "After a login",
        js: "wx.login({ success: () => wx.getWeRunData() })",
        replies: "login:ok\ngetWeRunData:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::MayAsk { ask, answered },
};

/// From this day there are 31 days instead of 30.
const DAYS_31_FROM: Date = Date::new(2019, 1, 1);

fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Asked, Reason> {
    if cx.world.session_state(&cx.caller) != SessionState::Alive {
        return Err(Reason::LoginRequired);
    }
    if cx.world.user().we_run {
        return data(cx).map(Asked::Answer);
    }
    Ok(Asked::Question(Question::new("werun", "switch WeRun on")))
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("confirm") {
        return Err(Reason::Cancel);
    }
    cx.world.apply(SwitchWeRunOn);
    data(cx)
}

fn data(cx: &mut Cx<'_>) -> Reply {
    let days = if cx.world.profile().compat_date >= DAYS_31_FROM {
        31
    } else {
        30
    };
    let steps = cx.world.steps(days).into_iter();
    let steps = steps.map(|(unix_s, steps)| json!({ "timestamp": unix_s, "step": steps }));
    let mut members = Map::new();
    members.insert("stepInfoList".to_owned(), steps.collect());
    open_data_result::sealed(cx, members)
}

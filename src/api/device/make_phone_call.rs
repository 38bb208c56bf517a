//! `wx.makePhoneCall`: calls a number, if the user agrees.
//!
//! Official page: `api/device/phone/wx.makePhoneCall`. A sheet shows the number; calling succeeds,
//! cancelling fails with `cancel`. The question is `phoneCall`.
//!
//! Differs from the client: the program stays in the foreground during the call.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "makePhoneCall",
    group: Group::Device,
    summary: "Shows a number that the user may call.",
    params: &[Param::required("phoneNumber", Class::String)],
    fails: &[Reason::Cancel],
    differs: "The program stays in the foreground during the call.",
    examples: &[Example {
        title: "Call the shop",
        js: "wx.makePhoneCall({ phoneNumber: '4008000000' })",
        replies: "makePhoneCall:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(_: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let number = options.get("phoneNumber").as_str().unwrap_or_default();
    Ok(Question::new("phoneCall", number))
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    match answer.as_str() {
        Some("confirm") => Ok(Vec::new()),
        _ => Err(Reason::Cancel),
    }
}

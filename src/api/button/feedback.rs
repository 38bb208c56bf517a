//! `<button open-type="feedback">`: opens WeChat's page for feedback on the mini program.
//!
//! Official page: `component/button`. What the user sends is for the console; the mini program hears nothing.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::feedback::{CloseFeedback, OpenFeedback};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.feedback",
    group: Group::Button,
    summary: "Opens WeChat's page for feedback on the mini program.",
    since: Version(2, 1, 0),
    form: Form::Button {
        success: "",
        failure: "",
    },
    promise: false,
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

/// What a user writes of whom nothing more is said.
const TEXT: &str = "意见反馈";

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    cx.world.apply(OpenFeedback);
    Ok(Question::new("feedback", &*cx.world.app().name))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let text = match answer {
        Json::Object(_) => answer["text"].as_str(),
        answer => (answer == "send").then_some(TEXT),
    };
    cx.world.apply(CloseFeedback {
        caller: cx.caller.clone(),
        text: text.map(str::to_owned),
    });
    Ok(Vec::new())
}

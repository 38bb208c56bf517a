//! `wx.showModal`: a dialog with one or two buttons.
//!
//! Official page: `api/ui/interaction/wx.showModal`. It always succeeds: `confirm` and `cancel` tell
//! which button was pressed. The user's tap on the dialog gives its success and complete callbacks
//! the tap state.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, ON_LAUNCH_SINCE, Param, TapState};
use crate::value::Value;
use crate::version::Version;

/// Base library from which the dialog can have a field, whose text is in the result.
const EDITABLE_SINCE: Version = Version(2, 17, 1);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "showModal",
    group: Group::Ui,
    summary: "Shows a dialog with a confirm and, unless left out, a cancel button.",
    params: &[
        Param::defaulted("title", Class::String),
        Param::defaulted("content", Class::String),
        Param::optional("showCancel", Class::Boolean),
        Param::defaulted("cancelText", Class::String),
        Param::defaulted("confirmText", Class::String),
        Param {
            since: EDITABLE_SINCE,
            ..Param::optional("editable", Class::Boolean)
        },
        Param {
            since: EDITABLE_SINCE,
            ..Param::optional("placeholderText", Class::String)
        },
    ],
    tap_state: TapState::Given,
    on_launch_since: Some(ON_LAUNCH_SINCE),
    examples: &[Example {
        title: "Ask before something is lost",
        js: "wx.showModal({ title: 'Delete?' })",
        replies: "showModal:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let title = options.get("title").as_str().unwrap_or_default();
    let content = options.get("content").as_str().unwrap_or_default();
    let text = [title, content]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    let cancellable = options.get("showCancel").as_bool() != Some(false);
    let is_editable = options.get("editable").as_bool() == Some(true);
    Ok(Question {
        cancellable,
        editable: is_editable && cx.world.profile().sdk >= EDITABLE_SINCE,
        ..Question::new("modal", text.join(" / "))
    })
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let confirmed = answer.as_str() != Some("cancel");
    let typed = answer
        .get("confirm")
        .and_then(Json::as_str)
        .unwrap_or_default();
    let mut members = vec![
        ("cancel".to_owned(), (!confirmed).into()),
        ("confirm".to_owned(), confirmed.into()),
    ];
    if cx.world.profile().sdk >= EDITABLE_SINCE {
        let content = if options.get("editable").as_bool() == Some(true) && confirmed {
            typed.into()
        } else {
            Value::Null
        };
        members.push(("content".to_owned(), content));
    }
    Ok(members)
}

//! `wx.scanCode`: the user points the camera at a code.
//!
//! Official page: `api/device/scan/wx.scanCode`. `path` is there for a code of this mini program only; `rawData`
//! is the content in base64.
//!
//! Unverified: `charSet` is `UTF-8` for text codes and empty for bar codes; a missing system permission for
//! the camera fails when the album is not offered.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::crypto::base64_text;
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::device::{SystemPermission, SystemState};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "scanCode",
    group: Group::Media,
    summary: "Lets the user scan a code.",
    params: &[
        Param {
            since: Version(1, 2, 0),
            ..Param::optional("onlyFromCamera", Class::Boolean)
        },
        Param {
            since: Version(1, 7, 0),
            ..Param::optional("scanType", Class::Array)
        },
    ],
    tap_state: TapState::Given,
    fails: &[Reason::Cancel, Reason::SystemPermissionDenied],
    examples: &[Example {
        title: "A two-dimensional code",
        js: "wx.scanCode({ success: ({ result }) => console.log(result) })",
        replies: "scanCode:ok",
    }],
    ..ApiSpec::ASYNC
};

/// What a code is when the answer does not say it.
const USUAL: &str = "QR_CODE";
/// Kinds of codes with characters of any alphabet.
const TWO_DIMENSIONAL: [&str; 4] = [USUAL, "DATA_MATRIX", "PDF_417", "WX_CODE"];

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let only_camera = matches!(options.get("onlyFromCamera"), Value::Bool(true));
    let camera = cx.world.system_permission(SystemPermission::Camera);
    if only_camera && camera == SystemState::Denied {
        return Err(Reason::SystemPermissionDenied);
    }
    let kinds = options.get("scanType").items().iter();
    let kinds: Vec<&str> = kinds.filter_map(Value::as_str).collect();
    let kinds = if kinds.is_empty() {
        "any code".to_owned()
    } else {
        kinds.join(", ")
    };
    Ok(Question::new("scan", format!("scan {kinds}")))
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let member = |key: &str| answer.get(key).and_then(Json::as_str);
    let result = member("result").ok_or(Reason::Cancel)?;
    let kind = member("scanType").unwrap_or(USUAL);
    let char_set = if TWO_DIMENSIONAL.contains(&kind) {
        "UTF-8"
    } else {
        ""
    };
    let mut members = vec![
        ("result".to_owned(), result.into()),
        ("scanType".to_owned(), kind.into()),
        ("charSet".to_owned(), char_set.into()),
        (
            "rawData".to_owned(),
            base64_text::encode(result.as_bytes()).into(),
        ),
    ];
    if let Some(path) = member("path") {
        members.push(("path".to_owned(), path.into()));
    }
    Ok(members)
}

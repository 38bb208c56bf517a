//! `wx.scanCode`: the user points the camera at a code.
//!
//! Official page: `api/device/scan/wx.scanCode`. `path` is there for a code of this mini program only; `rawData`
//! is the content in base64. An answer may name a code of the world, and the result follows from it; codes of kinds
//! that the call does not ask for cannot be scanned.
//!
//! Unverified: `charSet` is `UTF-8` for text codes and empty for bar codes; a missing system permission for
//! the camera fails when the album is not offered.

use serde_json::Value as Json;

use crate::api::question::{Question, code_of};
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::crypto::base64_text;
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param, TapState};
use crate::value::Value;
use crate::version::Version;
use crate::world::device::{SystemPermission, SystemState};
use crate::world::printed_code::Scanned;

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
    let names: Vec<&str> = kinds.filter_map(Value::as_str).collect();
    let kinds = if names.is_empty() {
        "any code".to_owned()
    } else {
        names.join(", ")
    };
    Ok(Question {
        entries: cx.world.readable_codes(&names),
        album: !only_camera,
        ..Question::new("scan", format!("scan {kinds}"))
    })
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    if let Some(code) = code_of(answer) {
        let scanned = cx.world.scanned(code).ok_or(Reason::Cancel)?;
        return Ok(members(&scanned));
    }
    let member = |key: &str| answer.get(key).and_then(Json::as_str);
    let result = member("result").ok_or(Reason::Cancel)?;
    Ok(members(&Scanned {
        result: result.to_owned(),
        format: member("scanType").unwrap_or(USUAL).to_owned(),
        path: member("path").map(str::to_owned),
        raw: result.to_owned(),
    }))
}

/// The members of a result.
fn members(scanned: &Scanned) -> Vec<(String, Value)> {
    let char_set = if TWO_DIMENSIONAL.contains(&scanned.format.as_str()) {
        "UTF-8"
    } else {
        ""
    };
    let raw = base64_text::encode(scanned.raw.as_bytes());
    let mut members = vec![
        ("result".to_owned(), scanned.result.as_str().into()),
        ("scanType".to_owned(), scanned.format.as_str().into()),
        ("charSet".to_owned(), char_set.into()),
        ("rawData".to_owned(), raw.into()),
    ];
    if let Some(path) = &scanned.path {
        members.push(("path".to_owned(), path.as_str().into()));
    }
    members
}

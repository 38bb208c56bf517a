//! `wx.saveFileToDisk`: saves a file of the program where the user of a computer says.
//!
//! Official page: `api/file/wx.saveFileToDisk`. Only WeChat for Windows and Mac has it; the dialog is the
//! operating system's.
//!
//! Unverified: the text on phones.

use serde_json::Value as Json;

use crate::api::file_access::{self, text};
use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::{FileProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "saveFileToDisk",
    group: Group::File,
    summary: "Saves a file where the user of a computer says.",
    since: Version(2, 11, 0),
    promise: false,
    params: &[Param::required("filePath", Class::String)],
    fails: &[
        Reason::NotSupported,
        FileProblem::FileNotExist.bare(),
        Reason::UserCancel,
    ],
    examples: &[Example {
        title: "On a phone",
        js: "wx.saveFileToDisk({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, fail() {} })",
        replies: "saveFileToDisk:fail not supported",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let platform = cx.world.profile().platform;
    if !matches!(platform, Platform::Windows | Platform::Mac) {
        return Err(Reason::NotSupported);
    }
    let path = text(options, "filePath");
    let there = file_access::contents(cx, path);
    there.map_err(|_| FileProblem::FileNotExist.bare())?;
    let name = path.rsplit('/').next().unwrap_or_default();
    Ok(Question::new("saveToDisk", name))
}

fn answered(_: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    match answer.as_str() {
        Some("save") => Ok(Vec::new()),
        _ => Err(Reason::UserCancel),
    }
}

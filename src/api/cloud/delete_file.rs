//! `wx.cloud.deleteFile`: removes files from the cloud's storage.
//!
//! Official page: `wxcloud/reference-sdk-api/storage/deleteFile/client.deleteFile`. At most 50 at a time; a
//! file that is not there has a status of its own and fails nothing.
//!
//! Unverified: the words for more than 50.

use crate::api::cloud_value;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::cloud::PutCloudFile;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.deleteFile",
    group: Group::Cloud,
    summary: "Removes files from the storage of the cloud.",
    since: Version(2, 2, 3),
    params: &[
        Param::required("fileList", Class::Array),
        Param::optional("config", Class::Object),
    ],
    asks_wechat: true,
    latency_ms: 100,
    fails: &[
        Reason::Cloud(CloudProblem::NotInitialised),
        Reason::Parameter(String::new()),
    ],
    examples: &[Example {
        title: "Remove a file",
        js: "wx.cloud.init(); wx.cloud.deleteFile({ fileList: ['cloud://a.b/c.png'] })",
        replies: "cloud.deleteFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx.cloud`.
pub const API: Api = answer(&SPEC, call);

/// Most files of one call.
pub(super) const FILES_MAX: usize = 50;

/// The ids in `fileList`.
pub(super) fn ids(options: &Value) -> Result<Vec<String>, Reason> {
    let items = options.get("fileList").items();
    if items.len() > FILES_MAX {
        let text = format!("parameter.fileList should have at most {FILES_MAX} items;");
        return Err(Reason::Parameter(text));
    }
    let id = |item: &Value| {
        item.as_str()
            .or_else(|| item.get("fileID").as_str())
            .map(str::to_owned)
    };
    Ok(items
        .iter()
        .map(|item| id(item).unwrap_or_default())
        .collect())
}

/// Status and words of a file that was there, or was not.
pub(super) fn status(there: bool) -> [(&'static str, Value); 2] {
    let (status, text) = if there {
        (0.0, "ok")
    } else {
        (-503_003.0, "STORAGE_FILE_NONEXIST")
    };
    [("status", status.into()), ("errMsg", text.into())]
}

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cloud_value::env(cx, options)?;
    let mut list = Vec::new();
    for id in ids(options)? {
        let there = cx.world.apply(PutCloudFile {
            id: id.clone(),
            content: None,
        });
        let [status, text] = status(there);
        list.push(Value::object([("fileID", id.into()), status, text]));
    }
    Ok(vec![("fileList".to_owned(), Value::Array(list))])
}

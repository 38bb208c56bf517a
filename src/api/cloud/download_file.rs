//! `wx.cloud.downloadFile`: fetches a file of the cloud's storage into a temporary one.
//!
//! Official page: `wxcloud/reference-sdk-api/storage/downloadFile/client.downloadFile`.
//!
//! Differs from the client: with callbacks it gives no task.

use crate::api::cloud_value;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::MakeTempFile;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.downloadFile",
    group: Group::Cloud,
    summary: "Fetches a file from the storage of the cloud.",
    since: Version(2, 2, 3),
    params: &[
        Param::required("fileID", Class::String),
        Param::optional("config", Class::Object),
    ],
    latency_ms: 100,
    fails: &[
        Reason::Cloud(CloudProblem::NotInitialised),
        Reason::Cloud(CloudProblem::NoFile(String::new())),
    ],
    support: Support::Partial("the task with its progress"),
    examples: &[Example {
        title: "A file that is not there",
        js: "wx.cloud.init(); wx.cloud.downloadFile({ fileID: 'cloud://a.b/c.png', fail: console.error })",
        replies: "cloud.downloadFile:fail Error: errCode: -503003  | errMsg: storage file not exists",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx.cloud`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cloud_value::env(cx, options)?;
    let id = options.get("fileID").as_str().unwrap_or_default();
    let file = cx.world.cloud_file(id).map(<[u8]>::to_vec);
    let missing = || Reason::Cloud(CloudProblem::NoFile(id.to_owned()));
    let content = file.ok_or_else(missing)?;
    let name = id.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let path = cx.world.apply(MakeTempFile {
        caller: cx.caller.clone(),
        ending: ending.to_owned(),
        content,
    });
    Ok(vec![
        ("tempFilePath".to_owned(), path.into()),
        ("statusCode".to_owned(), 200_u32.into()),
    ])
}

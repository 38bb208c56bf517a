//! `wx.cloud.uploadFile`: puts a file into the cloud's storage.
//!
//! Official page: `wxcloud/reference-sdk-api/storage/uploadFile/client.uploadFile`.
//!
//! Differs from the client: with callbacks it gives no task.

use crate::api::cloud_value;
use crate::api::file_access;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::cloud::PutCloudFile;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.uploadFile",
    group: Group::Cloud,
    summary: "Puts a file into the storage of the cloud.",
    since: Version(2, 2, 3),
    params: &[
        Param::required("cloudPath", Class::String),
        Param::required("filePath", Class::String),
        Param::optional("header", Class::Object),
        Param::optional("config", Class::Object),
    ],
    latency_ms: 100,
    fails: &[
        Reason::Cloud(CloudProblem::NotInitialised),
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
    ],
    support: Support::Partial("the task with its progress"),
    examples: &[Example {
        title: "Keep a file in the cloud",
        js: "const filePath = `${wx.env.USER_DATA_PATH}/a.txt`;\n\
             wx.getFileSystemManager().writeFileSync(filePath, 'text');\n\
             wx.cloud.init();\n\
             wx.cloud.uploadFile({ cloudPath: 'notes/a.txt', filePath })",
        replies: "cloud.uploadFile:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx.cloud`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let env = cloud_value::env(cx, options)?;
    let text = |key: &str| options.get(key).as_str().unwrap_or_default();
    let content = Some(file_access::read(cx, text("filePath"), "open")?);
    let path = text("cloudPath").trim_start_matches('/');
    let id = cx.world.cloud_file_id(&env, path);
    cx.world.apply(PutCloudFile {
        id: id.clone(),
        content,
    });
    Ok(vec![
        ("fileID".to_owned(), id.into()),
        ("statusCode".to_owned(), 200_u32.into()),
    ])
}

//! `wx.cloud.getTempFileURL`: where the network has files of the cloud's storage.
//!
//! Official page: `wxcloud/reference-sdk-api/storage/Cloud.getTempFileURL`. At most 50 at a time.

use crate::api::cloud_value;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.getTempFileURL",
    group: Group::Cloud,
    summary: "Gives URLs of files of the cloud.",
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
        title: "Where a picture is",
        js: "wx.cloud.init(); wx.cloud.getTempFileURL({ fileList: ['cloud://a.b/c.png'] })",
        replies: "cloud.getTempFileURL:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx.cloud`.
pub const API: Api = answer(&SPEC, call);

/// Seconds for which a URL holds.
const MAX_AGE_S: f64 = 86_400.0;

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    cloud_value::env(cx, options)?;
    let list = super::delete_file::ids(options)?.into_iter().map(|id| {
        let there = cx.world.cloud_file(&id).is_some();
        let url = if there {
            cx.world.cloud_file_url(&id)
        } else {
            String::new()
        };
        let [status, text] = super::delete_file::status(there);
        Value::object([
            ("fileID", id.into()),
            ("tempFileURL", url.into()),
            ("maxAge", MAX_AGE_S.into()),
            status,
            text,
        ])
    });
    let list = list.collect();
    Ok(vec![("fileList".to_owned(), Value::Array(list))])
}

//! `wx.preDownloadSubpackage`: fetches the package of the workers' scripts.
//!
//! Official page: `api/base/subpackage/wx.preDownloadSubpackage`. The one `packageType` is `workers`, and
//! app.json must say that they are a package of their own (`isSubpackage`).
//!
//! Differs from the client: the size of the package is made up; a worker can be made at once.
//!
//! Unverified: the words for another kind of package.

use super::load_subpackage::LOAD_MS;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::code_package::ReportProgress;
use crate::world::worker::ArriveWorkers;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "preDownloadSubpackage",
    group: Group::Base,
    summary: "Fetches a package of the code before it is needed.",
    since: Version(2, 27, 3),
    form: Form::Opens("PreDownloadSubpackageTask"),
    promise: false,
    params: &[Param::required("packageType", Class::String)],
    latency_ms: LOAD_MS,
    fails: &[Reason::InvalidValue("packageType", String::new())],
    support: Support::Partial("sizes of packages"),
    examples: &[Example {
        title: "Workers that are no package of their own",
        js: "wx.preDownloadSubpackage({ packageType: 'workers', fail: console.error })",
        replies: "preDownloadSubpackage:fail invalid packageType \"workers\"",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let kind = options.get("packageType").as_str().unwrap_or_default();
    let apart = cx.world.app().workers.as_ref().is_some_and(|it| it.1);
    if kind != "workers" || !apart {
        return Err(Reason::InvalidValue("packageType", kind.to_owned()));
    }
    let task = cx.this();
    cx.world.apply(ReportProgress {
        task,
        after_ms: LOAD_MS.into(),
    });
    cx.world.apply(ArriveWorkers);
    Ok(Vec::new())
}

//! `wx.createWorker`: starts a second thread.
//!
//! Official page: `api/worker/wx.createWorker`. One runs at a time; app.json names the folder of the scripts.
//!
//! Differs from the client: the worker's script is looked for and not run, so no message ever comes
//! back; the trace says so once.
//!
//! Unverified: the words of the failures, and that they are thrown.

use crate::api::{Api, Cx, create};
use crate::errmsg::{Reason, WorkerProblem};
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::worker::StartWorker;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createWorker",
    group: Group::Worker,
    summary: "Starts a worker.",
    since: Version(1, 9, 90),
    form: Form::Object("Worker"),
    fails: &[
        Reason::Worker(WorkerProblem::NotDeclared),
        Reason::Worker(WorkerProblem::OneRuns),
        Reason::Worker(WorkerProblem::PackageMissing),
        Reason::Worker(WorkerProblem::NoScript),
    ],
    support: Support::Partial("the worker's script"),
    differs: "The worker's script is not run, so it never answers.",
    examples: &[Example {
        title: "Without a declaration it throws",
        js: "try { wx.createWorker('workers/index.js'); } catch (error) { console.log(error.message); }",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    cx.world.may_make_worker().map_err(Reason::Worker)?;
    let path = arguments.first().and_then(Value::as_str);
    let path = path.unwrap_or_default().trim_start_matches('/');
    let folder = cx.world.app().workers.as_ref();
    let below = folder.is_some_and(|(folder, _)| {
        let rest = path.strip_prefix(folder.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    });
    if !below || !cx.package.is_script(path) {
        return Err(Reason::Worker(WorkerProblem::NoScript));
    }
    Ok(cx.world.apply(StartWorker))
}

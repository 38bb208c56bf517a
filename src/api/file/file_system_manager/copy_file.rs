//! `FileSystemManager.copyFile`: copies a file.
//!
//! Official page: `api/file/FileSystemManager.copyFile`.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access;
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.copyFile",
    summary: "Copies a file.",
    params: &[
        Param::required("srcPath", Class::String),
        Param::required("destPath", Class::String),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
        Reason::File(FileProblem::StorageLimitExceeded, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.copyFileSync",
    summary: "Copies a file.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["srcPath", "destPath"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (from, to) = (
        file_access::text(options, "srcPath"),
        file_access::text(options, "destPath"),
    );
    let both = format!("{from} -> {to}");
    let about = |reason: Reason| match reason {
        Reason::File(problem, _) => file_access::failed(problem, "copyFile", &both),
        other => other,
    };
    let content = file_access::read(cx, from, "copyFile").map_err(about)?;
    let path = file_access::place(cx, to, "copyFile").map_err(about)?;
    file_access::write(cx, path, content, "copyFile", &both)?;
    Ok(Vec::new())
}

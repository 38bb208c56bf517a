//! `FileSystemManager.access`: whether a file or folder is there.
//!
//! Official page: `api/file/FileSystemManager.access`.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.access",
    summary: "Tells whether a file or folder is there.",
    params: &[Param::required("path", Class::String)],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.accessSync",
    summary: "Tells whether a file or folder is there.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["path"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "path");
    let path = file_access::find(cx, text, "access")?;
    if file_access::look(cx, &path) == Found::Nothing {
        return Err(file_access::failed(FileProblem::NoSuchFile, "", text));
    }
    Ok(Vec::new())
}

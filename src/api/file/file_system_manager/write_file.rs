//! `FileSystemManager.writeFile`: writes a file, in place of the one that is there.
//!
//! Official page: `api/file/FileSystemManager.writeFile`.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access;
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.writeFile",
    summary: "Writes a file in the place of the one that is there.",
    params: &[
        Param::required("filePath", Class::String),
        Param::required("data", Class::Any),
        Param::optional("encoding", Class::String),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
        Reason::File(FileProblem::StorageLimitExceeded, String::new()),
        Reason::File(FileProblem::Base64EncodeError, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.writeFileSync",
    summary: "Writes a file in the place of the one that is there.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["filePath", "data", "encoding"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "filePath");
    let path = file_access::place(cx, text, "open")?;
    let encoding = file_access::text(options, "encoding");
    let content = file_access::bytes_of(options.get("data"), encoding)?;
    file_access::write(cx, path, content, "open", text)?;
    Ok(Vec::new())
}

//! `FileSystemManager.truncate`: cuts a file, or makes it longer with zeros.
//!
//! Official page: `api/file/FileSystemManager.truncate`.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access;
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.truncate",
    summary: "Gives a file another length.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("length", Class::Number),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
        Reason::File(FileProblem::LengthOutOfRange, String::new()),
        Reason::File(FileProblem::StorageLimitExceeded, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.truncateSync",
    summary: "Gives a file another length.",
    since: Version(2, 16, 1),
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["filePath", "length"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "filePath");
    let path = file_access::place(cx, text, "open")?;
    let mut content = file_access::read(cx, text, "open")?;
    let length = options.get("length").as_f64().unwrap_or(0.0);
    if !(0.0..=LENGTH_MAX).contains(&length) {
        return Err(file_access::failed(FileProblem::LengthOutOfRange, "", ""));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked"
    )]
    content.resize(length as usize, 0);
    file_access::write(cx, path, content, "open", text)?;
    Ok(Vec::new())
}

/// Longest file in bytes: a hundred megabytes, as the official table of errors says.
const LENGTH_MAX: f64 = 104_857_600.0;

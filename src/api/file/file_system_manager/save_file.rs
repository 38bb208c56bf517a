//! `FileSystemManager.saveFile`: keeps a temporary file.
//!
//! Official page: `api/file/FileSystemManager.saveFile`. Without `filePath` it becomes one of the saved
//! files. The temporary file is gone afterwards.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access;
use crate::api::kept_files as kept;
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.saveFile",
    summary: "Moves a temporary file to where it is kept.",
    params: &[
        Param::required("tempFilePath", Class::String),
        Param::optional("filePath", Class::String),
    ],
    fails: &[
        Reason::File(FileProblem::TempFileNotExist, String::new()),
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
    name: "FileSystemManager.saveFileSync",
    summary: "Moves a temporary file to where it is kept.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["tempFilePath", "filePath"], arguments);
    let reply = call(cx, &options)?;
    Ok(reply
        .into_iter()
        .find(|(key, _)| key == "savedFilePath")
        .map_or(Value::Undefined, |it| it.1))
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "filePath");
    let temporary = file_access::text(options, "tempFilePath");
    let saved = kept::keep(cx, temporary, text)?;
    Ok(vec![("savedFilePath".to_owned(), saved.into())])
}

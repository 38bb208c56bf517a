//! `FileSystemManager.rmdir`: removes a folder.
//!
//! Official page: `api/file/FileSystemManager.rmdir`. `recursive` (base library 2.3.0) removes what is in it too.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::world::files::{RemoveEntry, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.rmdir",
    summary: "Removes a folder.",
    params: &[
        Param::required("dirPath", Class::String),
        Param::optional("recursive", Class::Boolean),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
        Reason::File(FileProblem::DirectoryNotEmpty, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.rmdirSync",
    summary: "Removes a folder.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["dirPath", "recursive"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "dirPath");
    let path = file_access::find(cx, text, "open")?;
    if path.root != Root::User || path.path.is_empty() {
        return Err(file_access::failed(
            FileProblem::PermissionDenied,
            "open",
            text,
        ));
    }
    match file_access::look(cx, &path) {
        Found::Folder => {}
        Found::File => return Err(file_access::failed(FileProblem::NotADirectory, "", text)),
        Found::Nothing => return Err(file_access::failed(FileProblem::NoSuchFile, "", text)),
    }
    let caller = cx.caller.clone();
    let full = cx.world.entries_below(&caller, &path).next().is_some();
    if full && options.get("recursive").as_bool() != Some(true) {
        return Err(file_access::failed(FileProblem::DirectoryNotEmpty, "", ""));
    }
    cx.world.apply(RemoveEntry { caller, path });
    Ok(Vec::new())
}

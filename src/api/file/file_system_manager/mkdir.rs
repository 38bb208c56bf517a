//! `FileSystemManager.mkdir`: makes a folder.
//!
//! Official page: `api/file/FileSystemManager.mkdir`. `recursive` (base library 2.3.0) makes the folders on
//! the way too, and a folder that is there is no failure then.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::world::files::{FilePath, PutEntry, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.mkdir",
    summary: "Makes a folder.",
    params: &[
        Param::required("dirPath", Class::String),
        Param::optional("recursive", Class::Boolean),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::AlreadyExists, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.mkdirSync",
    summary: "Makes a folder.",
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
    if path.root != Root::User {
        return Err(file_access::failed(
            FileProblem::PermissionDenied,
            "open",
            text,
        ));
    }
    let recursive = options.get("recursive").as_bool() == Some(true);
    match file_access::look(cx, &path) {
        Found::Folder if recursive => return Ok(Vec::new()),
        Found::Nothing => {}
        _ => return Err(file_access::failed(FileProblem::AlreadyExists, "", text)),
    }
    let mut missing = vec![path];
    while let Some(folder) = missing.last().and_then(FilePath::parent) {
        match file_access::look(cx, &folder) {
            Found::Folder => break,
            Found::File => return Err(file_access::failed(FileProblem::NotADirectory, "", text)),
            Found::Nothing if !recursive => {
                return Err(file_access::failed(FileProblem::NoSuchFile, "", text));
            }
            Found::Nothing => missing.push(folder),
        }
    }
    for path in missing.into_iter().rev() {
        let caller = cx.caller.clone();
        let put = PutEntry {
            caller,
            path,
            content: None,
        };
        let placed = cx.world.apply(put);
        debug_assert!(placed.is_ok(), "a folder has no bytes");
    }
    Ok(Vec::new())
}

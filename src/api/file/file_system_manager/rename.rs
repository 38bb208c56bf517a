//! `FileSystemManager.rename`: moves a file or folder.
//!
//! Official page: `api/file/FileSystemManager.rename`. Only what lies in the user folder can be moved.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::world::files::{MoveEntry, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.rename",
    summary: "Moves a file or folder.",
    params: &[
        Param::required("oldPath", Class::String),
        Param::required("newPath", Class::String),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
        Reason::File(FileProblem::OperationNotPermitted, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.renameSync",
    summary: "Moves a file or folder.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["oldPath", "newPath"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (from, to) = (
        file_access::text(options, "oldPath"),
        file_access::text(options, "newPath"),
    );
    let both = format!("{from} -> {to}");
    let refuse = |problem| Err(file_access::failed(problem, "rename", &both));
    let about = |reason: Reason| match reason {
        Reason::File(problem, _) => file_access::failed(problem, "rename", &both),
        other => other,
    };
    let old = file_access::find(cx, from, "rename").map_err(about)?;
    if file_access::look(cx, &old) == Found::Nothing {
        return refuse(FileProblem::NoSuchFile);
    }
    if old.root != Root::User || old.path.is_empty() {
        return refuse(FileProblem::PermissionDenied);
    }
    let new = file_access::place(cx, to, "rename").map_err(about)?;
    let is_folder = file_access::look(cx, &old) == Found::Folder;
    let taken = file_access::look(cx, &new) == Found::Folder && !is_folder;
    if taken || new.is_below(&old) {
        return refuse(FileProblem::OperationNotPermitted);
    }
    let caller = cx.caller.clone();
    cx.world.apply(MoveEntry {
        caller,
        from: old,
        to: new,
    });
    Ok(Vec::new())
}

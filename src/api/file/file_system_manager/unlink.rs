//! `FileSystemManager.unlink`: removes a file.
//!
//! Official page: `api/file/FileSystemManager.unlink`.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::world::files::{RemoveEntry, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.unlink",
    summary: "Removes a file.",
    params: &[Param::required("filePath", Class::String)],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::OperationNotPermitted, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.unlinkSync",
    summary: "Removes a file.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["filePath"], arguments);
    call(cx, &options)?;
    Ok(Value::Undefined)
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "filePath");
    let path = file_access::find(cx, text, "open")?;
    match file_access::look(cx, &path) {
        Found::File if path.root == Root::Package => {
            return Err(file_access::failed(
                FileProblem::PermissionDenied,
                "open",
                text,
            ));
        }
        Found::File => {}
        Found::Folder => {
            let problem = FileProblem::OperationNotPermitted;
            return Err(file_access::failed(problem, "unlink", text));
        }
        Found::Nothing => return Err(file_access::failed(FileProblem::NoSuchFile, "", text)),
    }
    let caller = cx.caller.clone();
    cx.world.apply(RemoveEntry { caller, path });
    Ok(Vec::new())
}

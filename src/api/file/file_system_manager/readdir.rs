//! `FileSystemManager.readdir`: the names in a folder.
//!
//! Official page: `api/file/FileSystemManager.readdir`.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::world::files::{FilePath, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readdir",
    summary: "Gives the names in a folder.",
    params: &[Param::required("dirPath", Class::String)],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::NotADirectory, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readdirSync",
    summary: "Gives the names in a folder.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["dirPath"], arguments);
    let reply = call(cx, &options)?;
    Ok(reply
        .into_iter()
        .find(|(key, _)| key == "files")
        .map_or(Value::Undefined, |it| it.1))
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "dirPath");
    let path = file_access::find(cx, text, "open")?;
    match file_access::look(cx, &path) {
        Found::Folder => {}
        Found::File => return Err(file_access::failed(FileProblem::NotADirectory, "", text)),
        Found::Nothing => return Err(file_access::failed(FileProblem::NoSuchFile, "", text)),
    }
    let names = if path.root == Root::Package {
        cx.package.list(&path.path)
    } else {
        let below = cx.world.entries_below(&cx.caller, &path);
        let inside = below.filter(|(entry, _)| entry.parent().as_ref() == Some(&path));
        let name = |entry: &FilePath| entry.path.rsplit('/').next().map(str::to_owned);
        inside.filter_map(|(entry, _)| name(entry)).collect()
    };
    let names = names.into_iter().map(Value::from).collect();
    Ok(vec![("files".to_owned(), Value::Array(names))])
}

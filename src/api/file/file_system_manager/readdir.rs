//! `FileSystemManager.readdir`: the names in a folder.
//!
//! Official page: `api/file/FileSystemManager.readdir`.
//!
//! Unverified: names are in alphabetical order; a phone refuses folders of the package, and the developer
//! tool lists them.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{facts_at, failed, member, only, positional, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::world::files::Root;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readdir",
    summary: "Lists the names in a folder.",
    params: &[Param::required("dirPath", Class::String)],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::IllegalOnPackage.bare(),
        FileProblem::PermissionDenied.bare(),
    ],
    examples: &[Example {
        title: "An empty folder",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.readdir({ dirPath: wx.env.USER_DATA_PATH, success: ({ files }) => console.log(files.length) })",
        replies: "readdir:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.readdirSync", &SPEC),
    at_once!(positional),
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "dirPath");
    let names = names(cx, text).map_err(failed(Named::Path(text)))?;
    let names = names.into_iter().map(Value::from).collect();
    Ok(member("files", Value::Array(names)))
}

fn names(cx: &Cx<'_>, text: &str) -> Result<Vec<String>, FileProblem> {
    let path = cx.world.file_path(text);
    let path = path.ok_or(FileProblem::PermissionDenied)?;
    match path.root {
        Root::User => cx.world.folder_names(&cx.caller, &path.path),
        Root::Package if !facts_at(cx, &path)?.is_folder => Err(FileProblem::NotADirectory),
        Root::Package => {
            let names = cx.package.list(&path.path);
            names.ok_or(FileProblem::IllegalOnPackage)
        }
        Root::Saved | Root::Temp => Err(FileProblem::PermissionDenied),
    }
}

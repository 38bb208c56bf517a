//! `FileSystemManager.open`: opens a file and gives its descriptor.
//!
//! Official page: `api/file/FileSystemManager.open`. A file of the package, a temporary or a kept one can be
//! opened for reading only.
//!
//! Unverified: a folder cannot be opened.

use super::{METHOD, at_once, twin};
use crate::api::file_access::{facts_at, failed, member, named, only, text};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::{Flag, OpenFileAt, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.open",
    summary: "Opens a file.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("flag", Class::String),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::NotADirectory.bare(),
        FileProblem::AlreadyExists.bare(),
        FileProblem::NameTooLong.bare(),
        FileProblem::InvalidFlag.bare(),
        FileProblem::FlagDenied.bare(),
        FileProblem::TooManyOpen.bare(),
    ],
    examples: &[Example {
        title: "Open a file that may be missing",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.open({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, flag: 'a+' })",
        replies: "open:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(&twin("FileSystemManager.openSync", &SPEC), at_once!(named));

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "filePath");
    let flag = Flag::parse(options.get("flag").as_str().unwrap_or("r"));
    let flag = flag.ok_or(FileProblem::InvalidFlag.bare())?;
    let path = cx.world.file_path(text);
    let opened = path.ok_or(FileProblem::PermissionDenied).and_then(|path| {
        if path.root == Root::Package && !flag.writes && facts_at(cx, &path)?.is_folder {
            return Err(FileProblem::IllegalOnDirectory);
        }
        cx.world.apply(OpenFileAt {
            caller: cx.caller.clone(),
            path,
            flag,
        })
    });
    let descriptor = opened.map_err(failed(Named::Quoted(text)))?;
    Ok(member("fd", descriptor))
}

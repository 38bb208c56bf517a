//! `FileSystemManager.stat`: what is known of a file or folder.
//!
//! Official page: `api/file/FileSystemManager.stat`. With `recursive` (base library 2.3.0) a folder gives all
//! that is below it, by path from there on; first as an object, then as a list.
//!
//! Unverified: the list came with base library 2.16.1; the folder itself is in it, as `/`.

use super::mkdir::RECURSIVE_SINCE;
use super::{METHOD, at_once, twin};
use crate::api::file_access::{
    facts, failed, flag, member, only, positional, stats, text, writable,
};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Named};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.stat",
    summary: "Gives kind, size and times of a file or folder.",
    params: &[
        Param::required("path", Class::String),
        Param {
            since: Version(2, 3, 0),
            ..Param::optional("recursive", Class::Boolean)
        },
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
    ],
    examples: &[Example {
        title: "Size of a file",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.stat({ path: `${wx.env.USER_DATA_PATH}/a.txt`, success: ({ stats }) => console.log(stats.size, stats.isFile()) })",
        replies: "stat:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.statSync", &SPEC),
    at_once!(positional),
);

/// Base library from which `recursive` gives a list.
const LIST_SINCE: Version = Version(2, 16, 1);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = text(options, "path");
    let own = facts(cx, text).map_err(failed(Named::Path(text)))?;
    let sdk = cx.world.profile().sdk;
    let folder = writable(cx, text).ok().filter(|_| own.is_folder);
    let wanted = flag(options, "recursive") && sdk >= RECURSIVE_SINCE;
    let Some(folder) = folder.filter(|_| wanted) else {
        return Ok(member("stats", stats(own)));
    };
    let below = cx.world.folder_facts(&cx.caller, &folder);
    let below = below.map_err(failed(Named::Path(text)))?.into_iter();
    let all = std::iter::once((String::new(), own)).chain(below);
    let all = all.map(|(path, facts)| (format!("/{path}"), stats(facts)));
    let found = if sdk >= LIST_SINCE {
        let item = |(path, stats): (String, Value)| {
            Value::object([("path", path.into()), ("stats", stats)])
        };
        Value::Array(all.map(item).collect())
    } else {
        Value::Object(all.collect())
    };
    Ok(member("stats", found))
}

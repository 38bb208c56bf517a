//! `FileSystemManager.stat`: what is known of a file or folder.
//!
//! Official page: `api/file/FileSystemManager.stat`. With `recursive` (base library 2.3.0) a
//! folder gives an object with the stats of everything in it, by path.
//!
//! Differs from the client: files of the package have no times.

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access::{self, Found};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;
use crate::world::files::{FilePath, Root};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.stat",
    summary: "Tells what is known of a file or folder.",
    params: &[
        Param::required("path", Class::String),
        Param::optional("recursive", Class::Boolean),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.statSync",
    summary: "Tells what is known of a file or folder.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["path", "recursive"], arguments);
    let reply = call(cx, &options)?;
    Ok(reply
        .into_iter()
        .find(|(key, _)| key == "stats")
        .map_or(Value::Undefined, |it| it.1))
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let text = file_access::text(options, "path");
    let path = file_access::find(cx, text, "open")?;
    if file_access::look(cx, &path) == Found::Nothing {
        return Err(file_access::failed(FileProblem::NoSuchFile, "", text));
    }
    let own = stats(cx, &path);
    let recursive = options.get("recursive").as_bool() == Some(true);
    let folder = file_access::look(cx, &path) == Found::Folder;
    if !recursive || !folder || path.root == Root::Package {
        return Ok(vec![("stats".to_owned(), own)]);
    }
    let mut all = vec![("/".to_owned(), own)];
    let below = cx.world.entries_below(&cx.caller, &path);
    let below: Vec<FilePath> = below.map(|(entry, _)| entry.clone()).collect();
    for entry in below {
        let name = entry.path[path.path.len()..].trim_start_matches('/');
        all.push((format!("/{name}"), stats(cx, &entry)));
    }
    Ok(vec![("stats".to_owned(), Value::Object(all))])
}

/// Modes of a folder and of a file, as the official example prints them.
const MODES: (u32, u32) = (16_877, 33_188);

fn stats(cx: &Cx<'_>, path: &FilePath) -> Value {
    let folder = file_access::look(cx, path) == Found::Folder;
    let entry = cx.world.file_entry(&cx.caller, path);
    let size = match entry.and_then(|entry| entry.content.as_ref()) {
        Some(content) => content.0.len(),
        None if path.root == Root::Package => {
            cx.package.read(&path.path).map_or(0, |bytes| bytes.len())
        }
        None => 0,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of a date, bytes of a file"
    )]
    let number = |number: i64| Value::Number(number as f64);
    let seconds = |at: Option<i64>| number(at.unwrap_or(0).div_euclid(1000));
    let gives = |value: bool| Value::Gives(Box::new(value.into()));
    Value::object([
        ("mode", if folder { MODES.0 } else { MODES.1 }.into()),
        ("size", number(i64::try_from(size).unwrap_or(i64::MAX))),
        (
            "lastAccessedTime",
            seconds(entry.map(|entry| entry.accessed.0)),
        ),
        (
            "lastModifiedTime",
            seconds(entry.map(|entry| entry.modified.0)),
        ),
        ("isDirectory", gives(folder)),
        ("isFile", gives(!folder)),
    ])
}

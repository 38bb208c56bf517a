//! `FileSystemManager.readZipEntry`: reads files of an archive without unpacking it.
//!
//! Official page: `api/file/FileSystemManager.readZipEntry`. Each file has an `errMsg` of its own.
//!
//! Unverified: folders are left out of `all`; the text of a file that is not in the archive.

use super::METHOD;
use crate::api::file_access::{contents, encoding, failed, member, shown, text};
use crate::api::zip_archive::ZipArchive;
use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg;
use crate::errmsg::{FileProblem, Named, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::FILE_BYTES_MAX;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readZipEntry",
    summary: "Reads files of a zip archive.",
    since: Version(2, 17, 3),
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("encoding", Class::String),
        Param::required("entries", Class::Any),
    ],
    fails: &[
        FileProblem::NoSuchFile.bare(),
        FileProblem::PermissionDenied.bare(),
        FileProblem::IllegalOnDirectory.bare(),
        FileProblem::UnzipOpen.bare(),
        Reason::InvalidValue("encoding", String::new()),
        Reason::Parameter(String::new()),
    ],
    examples: &[Example {
        title: "Something that is no archive",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             fs.readZipEntry({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, entries: 'all', fail() {} })",
        replies: "readZipEntry:fail unzip open file fail",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = text(options, "filePath");
    let content = contents(cx, path).map_err(failed(Named::Opened(path)))?;
    let archive = ZipArchive::open(content.bytes());
    let archive = archive.map_err(|_| FileProblem::UnzipOpen.bare())?;
    let wanted: Vec<(&str, &Value)> = match options.get("entries") {
        Value::String(all) if all == "all" => {
            encoding(options)?;
            let files = archive.entries().iter().filter(|entry| !entry.is_folder());
            files.map(|entry| (entry.path.as_str(), options)).collect()
        }
        Value::Array(items) => items
            .iter()
            .map(|item| (text(item, "path"), item))
            .collect(),
        other => {
            let class = other.class();
            let item = format!("parameter.entries should be Array instead of {class};");
            return Err(Reason::Parameter(item));
        }
    };
    let entries = wanted.into_iter().map(|(path, options)| {
        let data = entry(&archive, path).and_then(|bytes| shown(cx, options, &bytes));
        let message = match &data {
            Ok(_) => errmsg::ok(SPEC.own_name()),
            Err(reason) => errmsg::fail(SPEC.own_name(), reason, cx.world.profile()),
        };
        let data = data.unwrap_or_default();
        let result = Value::object([("data", data), ("errMsg", message.into())]);
        (path.to_owned(), result)
    });
    Ok(member("entries", Value::Object(entries.collect())))
}

/// The bytes of a file of an archive.
fn entry(archive: &ZipArchive<'_>, path: &str) -> Result<Vec<u8>, Reason> {
    let mut entries = archive.entries().iter();
    let entry = entries.find(|entry| entry.path == path && !entry.is_folder());
    let entry = entry.ok_or_else(|| FileProblem::NoSuchFile.of(Named::Path(path)))?;
    let bytes = Some(entry).filter(|entry| entry.size <= FILE_BYTES_MAX);
    let bytes = bytes.and_then(|entry| archive.read(entry).ok());
    bytes.ok_or(FileProblem::UnzipEntry.bare())
}

//! `FileSystemManager.write`: writes to an open file.
//!
//! Official page: `api/file/FileSystemManager.write`. Without `position` it goes on where the last reading or
//! writing ended; `offset` and `length` count for an ArrayBuffer only.

use super::{METHOD, twin};
use crate::api::file_access::{data, member, named, number, text, whole};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::WriteOpen;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.write",
    summary: "Writes text or bytes to an open file.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("fd", Class::String),
        Param::required("data", Class::Any),
        Param::optional("offset", Class::Number),
        Param::optional("length", Class::Number),
        Param::optional("encoding", Class::String),
        Param::optional("position", Class::Number),
    ],
    fails: &[
        FileProblem::BadDescriptor.bare(),
        FileProblem::DescriptorDenied.bare(),
        FileProblem::OffsetOutOfRange.bare(),
        FileProblem::LengthOutOfRange.bare(),
        FileProblem::PositionOutOfRange.bare(),
        FileProblem::StorageLimitExceeded.bare(),
        FileProblem::Base64EncodeError.bare(),
        Reason::InvalidValue("encoding", String::new()),
        Reason::Parameter(String::new()),
    ],
    examples: &[Example {
        title: "Write to an open file",
        js: "const fs = wx.getFileSystemManager();\n\
             const fd = fs.openSync({ filePath: `${wx.env.USER_DATA_PATH}/a.txt`, flag: 'w' });\n\
             fs.write({ fd, data: 'tea' })",
        replies: "write:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.writeSync", &SPEC),
    |cx, arguments| {
        let options = named(&SPEC, arguments)?;
        call(cx, &options).map(Value::Object)
    },
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let mut bytes = data(options)?;
    if matches!(options.get("data"), Value::Bytes(..)) {
        bytes = part(options, &bytes)?;
    }
    let position = whole(options, "position", FileProblem::PositionOutOfRange)?;
    let count = number(bytes.len() as u64);
    let written = cx.world.apply(WriteOpen {
        caller: cx.caller.clone(),
        descriptor: text(options, "fd").to_owned(),
        bytes,
        position,
    });
    written.map_err(FileProblem::bare)?;
    Ok(member("bytesWritten", count))
}

/// The part of a buffer that `offset` and `length` name.
fn part(options: &Value, bytes: &[u8]) -> Result<Vec<u8>, Reason> {
    let room = bytes.len() as u64;
    let offset = whole(options, "offset", FileProblem::OffsetOutOfRange)?.unwrap_or(0);
    let rest = room
        .checked_sub(offset)
        .ok_or(FileProblem::OffsetOutOfRange.bare())?;
    let length = whole(options, "length", FileProblem::LengthOutOfRange)?.unwrap_or(rest);
    if length > rest {
        return Err(FileProblem::LengthOutOfRange.bare());
    }
    let index = |at: u64| usize::try_from(at).unwrap_or(bytes.len());
    Ok(bytes[index(offset)..index(offset + length)].to_vec())
}

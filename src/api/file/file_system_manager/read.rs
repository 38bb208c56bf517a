//! `FileSystemManager.read`: reads from an open file into a buffer.
//!
//! Official page: `api/file/FileSystemManager.read`. Without `position` it goes on where the last reading or
//! writing ended; the prelude puts the bytes into the buffer of the program, when the callback runs.
//!
//! Unverified: an offset or length beyond the buffer is refused, a position beyond the file reads nothing.

use super::{METHOD, twin};
use crate::api::file_access::{contents_at, named, number, text, whole};
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::FileProblem;
use crate::spec::{ApiSpec, Class, Example, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::Seek;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.read",
    summary: "Reads bytes of an open file into a buffer.",
    since: Version(2, 16, 1),
    params: &[
        Param::required("fd", Class::String),
        Param::optional("arrayBuffer", Class::Any),
        Param::optional("offset", Class::Number),
        Param::optional("length", Class::Number),
        Param::optional("position", Class::Number),
    ],
    fails: &[
        FileProblem::BadDescriptor.bare(),
        FileProblem::DescriptorDenied.bare(),
        FileProblem::NoBuffer.bare(),
        FileProblem::OffsetOutOfRange.bare(),
        FileProblem::LengthOutOfRange.bare(),
        FileProblem::PositionOutOfRange.bare(),
    ],
    examples: &[Example {
        title: "Read the first bytes",
        js: "const fs = wx.getFileSystemManager();\n\
             fs.writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea');\n\
             const fd = fs.openSync({ filePath: `${wx.env.USER_DATA_PATH}/a.txt` });\n\
             fs.read({ fd, arrayBuffer: new ArrayBuffer(8), length: 8 })",
        replies: "read:ok",
    }],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The method that answers at once.
pub const SYNC: Api = sync(
    &twin("FileSystemManager.readSync", &SPEC),
    |cx, arguments| {
        let options = named(&SPEC, arguments)?;
        call(cx, &options).map(Value::Object)
    },
);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let descriptor = text(options, "fd");
    let file = cx.world.open_file(descriptor).map_err(FileProblem::bare)?;
    let file = file.clone();
    if !file.flag.reads {
        return Err(FileProblem::DescriptorDenied.bare());
    }
    let Value::Bytes("ArrayBuffer", buffer) = options.get("arrayBuffer") else {
        return Err(FileProblem::NoBuffer.bare());
    };
    let room = buffer.len() as u64;
    let offset = whole(options, "offset", FileProblem::OffsetOutOfRange)?.unwrap_or(0);
    let length = whole(options, "length", FileProblem::LengthOutOfRange)?.unwrap_or(0);
    if offset > room {
        return Err(FileProblem::OffsetOutOfRange.bare());
    }
    if length > room - offset {
        return Err(FileProblem::LengthOutOfRange.bare());
    }
    let position = whole(options, "position", FileProblem::PositionOutOfRange)?;
    let content = contents_at(cx, file.path);
    let content = content.map_err(|_| FileProblem::BadDescriptor.bare())?;
    let start = position.unwrap_or(file.position);
    let bytes = part(content.bytes(), start, length);
    if position.is_none() {
        cx.world.apply(Seek {
            descriptor: descriptor.to_owned(),
            position: start + bytes.len() as u64,
        });
    }
    let mut filled = buffer.clone();
    let at = usize::try_from(offset).unwrap_or(filled.len());
    filled[at..at + bytes.len()].copy_from_slice(bytes);
    Ok(vec![
        ("bytesRead".to_owned(), number(bytes.len() as u64)),
        (
            "arrayBuffer".to_owned(),
            Value::Bytes("ArrayBuffer", filled),
        ),
    ])
}

/// So many bytes from a position on, as far as there are any.
fn part(content: &[u8], start: u64, length: u64) -> &[u8] {
    let index = |at: u64| usize::try_from(at).map_or(content.len(), |at| at.min(content.len()));
    &content[index(start)..index(start.saturating_add(length))]
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn reading_ends_with_the_file() {
        assert_eq!(part(b"hello", 1, 3), b"ell");
        assert_eq!(part(b"hello", 3, 9), b"lo");
        assert_eq!(part(b"hello", 5, 1), b"");
        assert_eq!(part(b"hello", u64::MAX, u64::MAX), b"");
    }
}

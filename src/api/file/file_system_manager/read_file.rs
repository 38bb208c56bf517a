//! `FileSystemManager.readFile`: the content of a file.
//!
//! Official page: `api/file/FileSystemManager.readFile`. Without `encoding` it is an ArrayBuffer; `position`
//! and `length` name a part (base library 2.10.0).

use super::{METHOD, SYNC_METHOD};
use crate::api::file_access;
use crate::api::{Api, Cx, Reply, answer, sync};
use crate::errmsg::{FileProblem, Reason};
use crate::spec::{ApiSpec, Class, Param};
use crate::value::Value;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readFile",
    summary: "Gives the content of a file, as text in an encoding or as ArrayBuffer.",
    params: &[
        Param::required("filePath", Class::String),
        Param::optional("encoding", Class::String),
        Param::optional("position", Class::Number),
        Param::optional("length", Class::Number),
    ],
    fails: &[
        Reason::File(FileProblem::NoSuchFile, String::new()),
        Reason::File(FileProblem::PermissionDenied, String::new()),
        Reason::File(FileProblem::IllegalOnDirectory, String::new()),
        Reason::File(FileProblem::LengthOutOfRange, String::new()),
        Reason::File(FileProblem::PositionOutOfRange, String::new()),
        Reason::File(FileProblem::Base64EncodeError, String::new()),
    ],
    ..METHOD
};

/// The method.
pub const API: Api = answer(&SPEC, call);

/// The row of the twin that answers at once.
pub const SYNC_SPEC: ApiSpec = ApiSpec {
    name: "FileSystemManager.readFileSync",
    summary: "Gives the content of a file, as text in an encoding or as ArrayBuffer.",
    fails: SPEC.fails,
    ..SYNC_METHOD
};

/// That method.
pub const SYNC: Api = sync(&SYNC_SPEC, |cx, arguments| {
    let options = file_access::named(&["filePath", "encoding", "position", "length"], arguments);
    let reply = call(cx, &options)?;
    Ok(reply
        .into_iter()
        .find(|(key, _)| key == "data")
        .map_or(Value::Undefined, |it| it.1))
});

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let path = file_access::text(options, "filePath");
    let bytes = file_access::read(cx, path, "open")?;
    let bytes = part(&bytes, options)?;
    let encoding = file_access::text(options, "encoding");
    let data = if encoding.is_empty() {
        Value::Bytes("ArrayBuffer", bytes.to_vec())
    } else {
        let text = crate::encoding::text(bytes, encoding);
        let unknown = || file_access::failed(FileProblem::Base64EncodeError, "", "");
        text.ok_or_else(unknown)?.into()
    };
    Ok(vec![("data".to_owned(), data)])
}

/// The part that `position` and `length` name; the rest of the file without `length`.
fn part<'b>(bytes: &'b [u8], options: &Value) -> Result<&'b [u8], Reason> {
    let wrong = |problem| file_access::failed(problem, "", "");
    let from = match whole(options.get("position")) {
        None => 0,
        Some(at) if at <= bytes.len() => at,
        Some(_) => return Err(wrong(FileProblem::PositionOutOfRange)),
    };
    match whole(options.get("length")) {
        None => Ok(&bytes[from..]),
        Some(length) if length > 0 && length <= bytes.len() - from => {
            Ok(&bytes[from..from + length])
        }
        Some(_) => Err(wrong(FileProblem::LengthOutOfRange)),
    }
}

/// A number of bytes; one that is none lies outside of every file.
fn whole(value: &Value) -> Option<usize> {
    let number = value.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float casts saturate"
    )]
    let whole = if number >= 0.0 {
        number as usize
    } else {
        usize::MAX
    };
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::value::Value;

    #[test]
    fn a_part_lies_inside_of_the_file() {
        let options = |position: f64, length: f64| {
            Value::object([
                ("position", Value::Number(position)),
                ("length", Value::Number(length)),
            ])
        };
        assert_eq!(part(b"abcd", &Value::Undefined), Ok(&b"abcd"[..]));
        assert_eq!(part(b"abcd", &options(1.0, 2.0)), Ok(&b"bc"[..]));
        for (position, length) in [(5.0, 1.0), (-1.0, 1.0), (0.0, 0.0), (2.0, 3.0)] {
            assert!(part(b"abcd", &options(position, length)).is_err());
        }
    }
}

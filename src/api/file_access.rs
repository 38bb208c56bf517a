//! What the file APIs share: reading of the package and of local files, arguments, results.
//!
//! Official pages: "File system", `api/file/FileSystemManager`, `api/file/Stats`. Files of the
//! package and temporary ones can be read, the user folder can be written too. Methods that end
//! with `Sync` take the keys of the others as arguments in order, and throw.
//!
//! Unverified: the bits of `mode`; times are in seconds; a length that leads beyond the end of a
//! file stops there.

use super::{Cx, Reply};
use crate::encoding::Encoding;
use crate::errmsg::{FileProblem, Named, Reason};
use crate::spec::ApiSpec;
use crate::value::Value;
use crate::version::Version;
use crate::world::Millis;
use crate::world::files::{Content, Edit, EditFiles, FileFacts, FilePath, ReadFile, Root};

/// Base library in which `position` and `length` of `readFile` began to count.
const RANGE_SINCE: Version = Version(2, 10, 0);

/// The bytes of a file of the package or of a local one, and their failure in the words of a page:
/// `call` is `open` where it prints `…, open PATH`.
///
/// # Errors
/// It is missing, a folder, or outside of the file system.
pub fn read(cx: &mut Cx<'_>, text: &str, call: &str) -> Result<Vec<u8>, Reason> {
    let named = match call {
        "open" => Named::Opened(text),
        _ => Named::Path(text),
    };
    let content = contents(cx, text).map_err(failed(named))?;
    Ok(content.bytes().to_vec())
}

/// The bytes of a file of the package or of a local one.
///
/// # Errors
/// It is missing, a folder, or outside of the file system.
pub fn contents(cx: &mut Cx<'_>, text: &str) -> Result<Content, FileProblem> {
    let path = cx.world.file_path(text);
    contents_at(cx, path.ok_or(FileProblem::PermissionDenied)?)
}

/// The same, by the path read.
///
/// # Errors
/// It is missing, or a folder.
pub fn contents_at(cx: &mut Cx<'_>, path: FilePath) -> Result<Content, FileProblem> {
    if path.root == Root::Package {
        let bytes = cx.package.read(&path.path).map(Content::from);
        return bytes.ok_or(if cx.package.is_dir(&path.path) {
            FileProblem::IllegalOnDirectory
        } else {
            FileProblem::NoSuchFile
        });
    }
    let caller = cx.caller.clone();
    cx.world.apply(ReadFile { caller, path })
}

/// What is known of a file or folder of the package or of a local one.
///
/// # Errors
/// It is missing, or outside of the file system.
pub fn facts(cx: &Cx<'_>, text: &str) -> Result<FileFacts, FileProblem> {
    let path = cx.world.file_path(text);
    facts_at(cx, &path.ok_or(FileProblem::PermissionDenied)?)
}

/// The same, by the path read.
///
/// # Errors
/// It is missing.
pub fn facts_at(cx: &Cx<'_>, path: &FilePath) -> Result<FileFacts, FileProblem> {
    if path.root != Root::Package {
        return cx.world.file_facts(&cx.caller, path);
    }
    let published = Millis(cx.world.app().published.midnight_unix_ms());
    let bytes = cx.package.read(&path.path);
    let is_folder = bytes.is_none() && cx.package.is_dir(&path.path);
    if bytes.is_none() && !is_folder {
        return Err(FileProblem::NoSuchFile);
    }
    Ok(FileFacts {
        is_folder,
        size: bytes.map_or(0, |bytes| bytes.len() as u64),
        accessed: published,
        modified: published,
    })
}

/// A path in the user folder.
///
/// # Errors
/// It leads elsewhere, where nothing can be written.
pub fn writable(cx: &Cx<'_>, text: &str) -> Result<String, FileProblem> {
    let path = cx.world.file_path(text);
    let path = path.filter(|path| path.root == Root::User);
    path.map(|path| path.path)
        .ok_or(FileProblem::PermissionDenied)
}

/// Changes the user folder.
///
/// # Errors
/// Any of the change.
pub fn edit(cx: &mut Cx<'_>, edit: Edit) -> Result<(), FileProblem> {
    let caller = cx.caller.clone();
    cx.world.apply(EditFiles { caller, edit })
}

/// Writes a whole file of the user folder, by a script's path.
///
/// # Errors
/// It cannot be written there, in the words `…, open PATH`.
pub fn write(cx: &mut Cx<'_>, text: &str, content: Vec<u8>) -> Result<(), Reason> {
    let path = writable(cx, text);
    let written = path.and_then(|path| {
        let content = content.into();
        edit(cx, Edit::Write { path, content })
    });
    written.map_err(failed(Named::Opened(text)))
}

/// A failure with what the operation worked on.
pub fn failed(named: Named<'_>) -> impl Fn(FileProblem) -> Reason {
    move |problem| problem.of(named)
}

/// A text of the options; empty when it is none.
pub fn text<'v>(options: &'v Value, key: &str) -> &'v str {
    options.get(key).as_str().unwrap_or_default()
}

/// Whether a flag of the options is on.
pub fn flag(options: &Value, key: &str) -> bool {
    options.get(key).as_bool() == Some(true)
}

/// A count as scripts have it.
pub fn number(count: u64) -> Value {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// A whole number from 0 of the options: `None` when it is no number.
///
/// # Errors
/// It is another number.
pub fn whole(options: &Value, key: &str, problem: FileProblem) -> Result<Option<u64>, Reason> {
    let number = options.get(key).as_f64().filter(|number| !number.is_nan());
    let Some(number) = number else {
        return Ok(None);
    };
    if number < 0.0 {
        return Err(problem.bare());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is not negative, and casts saturate"
    )]
    Ok(Some(number as u64))
}

/// The encoding of the options.
///
/// # Errors
/// There is none of that name.
pub fn encoding(options: &Value) -> Result<Option<Encoding>, Reason> {
    let Some(name) = options.get("encoding").as_str() else {
        return Ok(None);
    };
    match Encoding::parse(name) {
        Some(encoding) => Ok(Some(encoding)),
        None => Err(Reason::InvalidValue("encoding", name.to_owned())),
    }
}

/// The bytes of `data`: a text in the encoding of the options, or those of an ArrayBuffer.
///
/// # Errors
/// It is something else, or does not fit the encoding.
pub fn data(options: &Value) -> Result<Vec<u8>, Reason> {
    match options.get("data") {
        Value::String(text) => {
            let encoding = encoding(options)?.unwrap_or(Encoding::Utf8);
            let bytes = encoding.encode(text);
            bytes.ok_or(FileProblem::Base64EncodeError.bare())
        }
        Value::Bytes("ArrayBuffer", bytes) => Ok(bytes.clone()),
        other => {
            let class = other.class();
            let item =
                format!("parameter.data should be String or ArrayBuffer instead of {class};");
            Err(Reason::Parameter(item))
        }
    }
}

/// The bytes that `position` and `length` name, as a text or an ArrayBuffer.
///
/// # Errors
/// They do not lie in the file.
pub fn shown(cx: &Cx<'_>, options: &Value, content: &[u8]) -> Result<Value, Reason> {
    let encoding = encoding(options)?;
    let bytes = if cx.world.profile().sdk >= RANGE_SINCE {
        range(options, content)?
    } else {
        content
    };
    Ok(match encoding {
        Some(encoding) => encoding.decode(bytes).into(),
        None => Value::Bytes("ArrayBuffer", bytes.to_vec()),
    })
}

/// The part of a file that `position` and `length` name.
fn range<'c>(options: &Value, content: &'c [u8]) -> Result<&'c [u8], Reason> {
    let size = content.len() as u64;
    let position = whole(options, "position", FileProblem::PositionOutOfRange)?.unwrap_or(0);
    let length = whole(options, "length", FileProblem::LengthOutOfRange)?;
    if position > 0 && position >= size {
        return Err(FileProblem::PositionOutOfRange.bare());
    }
    if length.is_some_and(|length| length == 0 || length > size) {
        return Err(FileProblem::LengthOutOfRange.bare());
    }
    let end = length.map_or(size, |length| size.min(position + length));
    let index = |at: u64| usize::try_from(at).unwrap_or(content.len());
    Ok(&content[index(position)..index(end)])
}

/// A `Stats` object.
pub fn stats(facts: FileFacts) -> Value {
    const FOLDER: u32 = 0o40_755;
    const FILE: u32 = 0o100_644;
    let gives = |fact: bool| Value::Gives(Box::new(fact.into()));
    Value::object([
        ("mode", if facts.is_folder { FOLDER } else { FILE }.into()),
        ("size", number(facts.size)),
        ("lastAccessedTime", seconds(facts.accessed)),
        ("lastModifiedTime", seconds(facts.modified)),
        ("isDirectory", gives(facts.is_folder)),
        ("isFile", gives(!facts.is_folder)),
    ])
}

/// A moment in whole seconds of Unix time.
pub fn seconds(time: Millis) -> Value {
    number(u64::try_from(time.0 / 1_000).unwrap_or(0))
}

/// A single member of a result.
pub fn member(name: &str, value: impl Into<Value>) -> Vec<(String, Value)> {
    vec![(name.to_owned(), value.into())]
}

/// Positional arguments of a `Sync` method as options with the keys of the other's row.
///
/// # Errors
/// One has the wrong class.
pub fn positional(spec: &ApiSpec, arguments: &[Value]) -> Result<Value, Reason> {
    let keys = spec.params.iter().zip(arguments);
    let options = keys.map(|(param, value)| (param.name.to_owned(), value.clone()));
    checked(spec, Value::Object(options.collect()))
}

/// The options object of a `Sync` method.
///
/// # Errors
/// A key has the wrong class.
pub fn named(spec: &ApiSpec, arguments: &[Value]) -> Result<Value, Reason> {
    checked(spec, arguments.first().cloned().unwrap_or_default())
}

fn checked(spec: &ApiSpec, options: Value) -> Result<Value, Reason> {
    match spec.parameter_errors(&options) {
        Some(reason) => Err(reason),
        None => Ok(options),
    }
}

/// What a `Sync` method returns: the only member of the result, or nothing.
///
/// # Errors
/// The reply's own.
pub fn only(reply: Reply) -> Result<Value, Reason> {
    let member = reply?.into_iter().next();
    Ok(member.map_or(Value::Undefined, |(_, value)| value))
}

#[cfg(test)]
mod tests {
    use super::range;
    use crate::errmsg::FileProblem;
    use crate::value::Value;

    #[test]
    fn a_range_lies_in_the_file() {
        let part = |position: Value, length: Value| {
            let options = Value::object([("position", position), ("length", length)]);
            range(&options, b"hello").map(<[u8]>::to_vec)
        };
        let none = || Value::Undefined;
        assert_eq!(part(none(), none()), Ok(b"hello".to_vec()));
        assert_eq!(part(1.0.into(), 2.0.into()), Ok(b"el".to_vec()));
        assert_eq!(part(3.0.into(), 5.0.into()), Ok(b"lo".to_vec()));
        assert_eq!(part("1".into(), Value::Null), Ok(b"hello".to_vec()));
        let position = FileProblem::PositionOutOfRange.bare();
        assert_eq!(part(5.0.into(), none()), Err(position.clone()));
        assert_eq!(part((-1.0).into(), none()), Err(position));
        let length = FileProblem::LengthOutOfRange.bare();
        assert_eq!(part(none(), 0.0.into()), Err(length.clone()));
        assert_eq!(part(none(), 6.0.into()), Err(length));
        let start = Value::object([("position", 0.0.into())]);
        assert_eq!(range(&start, b""), Ok(&b""[..]));
    }
}

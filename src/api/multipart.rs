//! `multipart/form-data`: the body of a real upload.
//!
//! Official page: `api/network/upload/wx.uploadFile`: the fields of `formData`, then the file under `name`.
//!
//! Unverified: the type of the file's part follows the ending of its name.

use super::query::field_text;
use super::{Cx, file_access};
use crate::value::Value;

/// The file of an upload, whose place was looked at before.
fn file(cx: &mut Cx<'_>, options: &Value) -> Vec<u8> {
    let path = file_access::text(options, "filePath");
    let content = file_access::contents(cx, path);
    content.map_or_else(|_| Vec::new(), |content| content.bytes().to_vec())
}

/// The body and its type, which names the boundary between the parts.
pub fn form(cx: &mut Cx<'_>, options: &Value) -> (Vec<u8>, String) {
    let text = |key: &str| options.get(key).as_str().unwrap_or_default();
    let path = text("filePath");
    let file_name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = Vec::new();
    if let Value::Object(members) = options.get("formData") {
        for (name, value) in members {
            let line = format!("form-data; name=\"{}\"", quoted(name));
            parts.push((line, None, field_text(value).into_bytes()));
        }
    }
    let line = format!(
        "form-data; name=\"{}\"; filename=\"{}\"",
        quoted(text("name")),
        quoted(file_name)
    );
    parts.push((line, Some(kind(file_name)), file(cx, options)));
    let contents: Vec<&[u8]> = parts.iter().map(|part| part.2.as_slice()).collect();
    let boundary = boundary(&contents);
    let mut body = Vec::new();
    for (line, kind, content) in parts {
        let kind = kind.map_or_else(String::new, |kind| format!("content-type: {kind}\r\n"));
        let head = format!("--{boundary}\r\ncontent-disposition: {line}\r\n{kind}\r\n");
        body.extend(head.into_bytes());
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").into_bytes());
    (body, format!("multipart/form-data; boundary={boundary}"))
}

/// A line that stands in none of the parts.
fn boundary(contents: &[&[u8]]) -> String {
    let mut boundary = "wxsim-boundary".to_owned();
    let holds = |content: &[u8], text: &str| {
        let mut windows = content.windows(text.len());
        windows.any(|window| window == text.as_bytes())
    };
    while contents.iter().any(|content| holds(content, &boundary)) {
        boundary.push('-');
    }
    boundary
}

/// A name as it stands between quotes.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn kind(file_name: &str) -> &'static str {
    let ending = file_name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        "json" => "application/json",
        "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{boundary, kind, quoted};

    #[test]
    fn a_boundary_stands_in_no_part() {
        let parts = [b"--wxsim-boundary-".as_slice(), b"x"];
        assert_eq!(boundary(&parts), "wxsim-boundary--");
    }

    #[test]
    fn a_part_is_named_and_typed() {
        assert_eq!(quoted("a\"b\r\n"), "a%22b%0D%0A");
        assert_eq!(
            (kind("A.JPG"), kind("a")),
            ("image/jpeg", "application/octet-stream")
        );
    }
}

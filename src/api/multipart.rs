//! `multipart/form-data`: the body of a real upload.
//!
//! Official page: `api/network/upload/wx.uploadFile`: the fields of `formData`, then the file under `name`.
//!
//! Unverified: the type of the file's part follows the ending of its name.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::query::field_text;
use super::{Cx, file_access};
use crate::value::Value;

/// What an upload is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// Name of the file's part.
    pub name: String,
    /// Name of the file.
    pub file_name: String,
    /// Bytes of the file.
    pub size: usize,
    /// Type of the file's part.
    #[serde(rename = "type")]
    pub kind: String,
    /// The other parts, in order.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub form_data: Map<String, Json>,
}

impl std::fmt::Display for Upload {
    /// `file=photo.jpg (3000 bytes, image/jpeg) user="li"`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            name,
            file_name,
            size,
            kind,
            form_data,
        } = self;
        write!(f, "{name}={file_name} ({size} bytes, {kind})")?;
        let mut fields = form_data.iter();
        fields.try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

/// What the upload of these options is made of.
pub fn upload(cx: &mut Cx<'_>, options: &Value) -> Upload {
    let text = |key: &str| options.get(key).as_str().unwrap_or_default();
    let file_name = file_name(text("filePath"));
    let mut form_data = Map::new();
    if let Value::Object(members) = options.get("formData") {
        let fields = members.iter();
        form_data.extend(fields.map(|(name, value)| (name.clone(), field_text(value).into())));
    }
    Upload {
        name: text("name").to_owned(),
        file_name: file_name.to_owned(),
        size: file(cx, options).len(),
        kind: kind(file_name).to_owned(),
        form_data,
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The file of an upload, whose place was looked at before.
fn file(cx: &mut Cx<'_>, options: &Value) -> Vec<u8> {
    let path = file_access::text(options, "filePath");
    let content = file_access::contents(cx, path);
    content.map_or_else(|_| Vec::new(), |content| content.bytes().to_vec())
}

/// The body and its type, which names the boundary between the parts.
pub fn form(cx: &mut Cx<'_>, options: &Value) -> (Vec<u8>, String) {
    let text = |key: &str| options.get(key).as_str().unwrap_or_default();
    let file_name = file_name(text("filePath"));
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
    use super::{Upload, boundary, kind, quoted};
    use serde_json::json;

    #[test]
    fn an_upload_is_told_in_one_line() {
        let upload = Upload {
            name: "file".to_owned(),
            file_name: "photo.jpg".to_owned(),
            size: 3000,
            kind: "image/jpeg".to_owned(),
            form_data: json!({ "user": "li" })
                .as_object()
                .cloned()
                .unwrap_or_default(),
        };
        let told = "file=photo.jpg (3000 bytes, image/jpeg) user=\"li\"";
        assert_eq!(upload.to_string(), told);
        assert_eq!(
            json!(upload),
            json!({
                "name": "file", "fileName": "photo.jpg", "size": 3000, "type": "image/jpeg",
                "formData": { "user": "li" },
            })
        );
    }

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

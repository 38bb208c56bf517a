//! Texts as bytes and back, in the encodings of the file system.
//!
//! Official page: `FileSystemManager.readFile`, `encoding`.

use crate::crypto::{base64_text, hex};

/// The bytes of a text; `None` for an unknown encoding or a text that is not in it.
pub fn bytes(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let latin = || {
        text.chars()
            .map(|letter| u8::try_from(u32::from(letter) & 0xff).unwrap_or(0))
            .collect()
    };
    Some(match encoding {
        "" | "utf8" | "utf-8" => text.as_bytes().to_vec(),
        "ascii" | "binary" | "latin1" => latin(),
        "base64" => base64_text::decode(text)?,
        "hex" => hex::decode(text)?,
        "ucs2" | "ucs-2" | "utf16le" | "utf-16le" => {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        _ => return None,
    })
}

/// The text of bytes; `None` for an unknown encoding. What is no UTF-8 is replaced.
pub fn text(bytes: &[u8], encoding: &str) -> Option<String> {
    let units = || {
        bytes
            .chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
    };
    Some(match encoding {
        "utf8" | "utf-8" => String::from_utf8_lossy(bytes).into_owned(),
        "ascii" => bytes.iter().map(|byte| char::from(byte & 0x7f)).collect(),
        "binary" | "latin1" => bytes.iter().map(|byte| char::from(*byte)).collect(),
        "base64" => base64_text::encode(bytes),
        "hex" => hex::encode(bytes),
        "ucs2" | "ucs-2" | "utf16le" | "utf-16le" => char::decode_utf16(units())
            .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{bytes, text};

    #[test]
    fn a_text_comes_back_in_each_encoding() {
        for encoding in [
            "utf8", "utf-8", "binary", "latin1", "ucs2", "ucs-2", "utf16le", "utf-16le",
        ] {
            let made = bytes("é1", encoding).expect(encoding);
            assert_eq!(text(&made, encoding).as_deref(), Some("é1"), "{encoding}");
        }
        assert_eq!(bytes("AQID", "base64"), Some(vec![1, 2, 3]));
        assert_eq!(text(&[1, 2, 3], "base64").as_deref(), Some("AQID"));
        assert_eq!(bytes("0aff", "hex"), Some(vec![10, 255]));
        assert_eq!(text(&[10, 255], "hex").as_deref(), Some("0aff"));
        assert_eq!(text(&[0xe9], "ascii").as_deref(), Some("i"), "seven bits");
        assert_eq!(bytes("中", "ucs2"), Some(vec![0x2d, 0x4e]));
        assert_eq!(text(&[0xff], "utf8").as_deref(), Some("\u{fffd}"));
    }

    #[test]
    fn what_is_no_encoding_or_not_in_it_gives_nothing() {
        assert_eq!(bytes("a", "gbk"), None);
        assert_eq!(text(b"a", "gbk"), None);
        assert_eq!(bytes("?", "base64"), None);
        assert_eq!(bytes("abc", "hex"), None);
        assert_eq!(bytes("zz", "hex"), None);
    }
}

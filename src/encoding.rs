//! Texts as bytes and back, in the encodings of the file system.
//!
//! Official page: `api/file/FileSystemManager.readFile`. They are those of Node.js, which the page
//! took over: `binary` is `latin1`, `ascii` drops the highest bit when it reads, and `ucs2` is
//! little-endian UTF-16.
//!
//! Unverified: capital letters do not matter; a text that is not base64 or hexadecimal is refused.

use crate::crypto::{base64_text, hex};

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Seven bits a character.
    Ascii,
    /// The text shows the bytes in base64.
    Base64,
    /// A byte a character.
    Latin1,
    /// The text shows the bytes in hexadecimal digits.
    Hex,
    /// Two bytes a UTF-16 unit, the lower one first.
    Utf16,
    /// UTF-8.
    Utf8,
}

impl Encoding {
    /// The encoding of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "ascii" => Self::Ascii,
            "base64" => Self::Base64,
            "binary" | "latin1" => Self::Latin1,
            "hex" => Self::Hex,
            "ucs2" | "ucs-2" | "utf16le" | "utf-16le" => Self::Utf16,
            "utf8" | "utf-8" => Self::Utf8,
            _ => return None,
        })
    }

    /// Bytes as a text.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Ascii => bytes.iter().map(|byte| char::from(byte & 0x7f)).collect(),
            Self::Base64 => base64_text::encode(bytes),
            Self::Latin1 => bytes.iter().copied().map(char::from).collect(),
            Self::Hex => hex::encode(bytes),
            Self::Utf16 => {
                let units = bytes.chunks_exact(2);
                let units = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
                String::from_utf16_lossy(&units.collect::<Vec<_>>())
            }
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
        }
    }

    /// A text as bytes; `None` when it is not of the encoding.
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        Some(match self {
            // The lower byte of each UTF-16 unit.
            Self::Ascii | Self::Latin1 => {
                text.encode_utf16().map(|it| it.to_le_bytes()[0]).collect()
            }
            Self::Base64 => {
                let bare: String = text.split_ascii_whitespace().collect();
                let strict = base64_text::decode(&bare);
                return strict.or_else(|| base64_text::decode(&padded(&bare)));
            }
            Self::Hex => return hex::decode(text),
            Self::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf8 => text.as_bytes().to_vec(),
        })
    }
}

/// Base64 with the padding that it lacks.
fn padded(text: &str) -> String {
    let missing = (4 - text.len() % 4) % 4;
    format!("{text}{}", "=".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::Encoding;

    const NAMES: [&str; 11] = [
        "ascii", "base64", "binary", "hex", "ucs2", "ucs-2", "utf16le", "utf-16le", "utf-8",
        "utf8", "latin1",
    ];

    #[test]
    fn every_encoding_of_the_manual_is_known() {
        assert!(NAMES.iter().all(|name| Encoding::parse(name).is_some()));
        assert_eq!(Encoding::parse("UTF-8"), Some(Encoding::Utf8));
        assert_eq!(Encoding::parse("gbk"), None);
    }

    #[test]
    fn texts_and_bytes_of_each_encoding() {
        for (encoding, text, bytes) in [
            (Encoding::Utf8, "é字", &b"\xc3\xa9\xe5\xad\x97"[..]),
            (Encoding::Latin1, "é", b"\xe9"),
            (Encoding::Ascii, "az", b"az"),
            (Encoding::Hex, "00ff", b"\x00\xff"),
            (Encoding::Base64, "AP8=", b"\x00\xff"),
            (Encoding::Utf16, "a字", b"a\0\x57\x5b"),
            (Encoding::Utf16, "😀", b"\x3d\xd8\x00\xde"),
        ] {
            assert_eq!(encoding.decode(bytes), text, "{encoding:?}");
            assert_eq!(
                encoding.encode(text).as_deref(),
                Some(bytes),
                "{encoding:?}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_or_refused() {
        assert_eq!(Encoding::Ascii.decode(b"\xe1"), "a");
        assert_eq!(Encoding::Latin1.encode("字").as_deref(), Some(&b"\x57"[..]));
        assert_eq!(Encoding::Utf16.decode(b"a\0b"), "a");
        assert_eq!(Encoding::Utf8.decode(b"a\xff"), "a\u{fffd}");
        assert_eq!(
            Encoding::Base64.encode("AP8").as_deref(),
            Some(&b"\x00\xff"[..])
        );
        assert_eq!(
            Encoding::Base64.encode("A P\n8=").as_deref(),
            Some(&b"\x00\xff"[..])
        );
        assert_eq!(Encoding::Base64.encode("data:image/png;base64,AP8="), None);
        assert_eq!(Encoding::Hex.encode("0g"), None);
        assert_eq!(Encoding::Hex.encode("000"), None);
    }
}

//! From the bytes of a file to text: byte order mark, encoding, binary files.

use crate::diagnostic::{Diagnostic, Place};

/// A NUL byte among so many first bytes makes a file binary.
const BINARY_PROBE_BYTES: usize = 1000;

/// A text file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    /// Its text without the byte order mark.
    pub(super) text: String,
    /// Whether it began with a byte order mark.
    pub(super) had_mark: bool,
}

/// Takes bytes as UTF-8 text; an error names `file` and the first byte that is none.
pub(super) fn decode(file: &str, bytes: Vec<u8>) -> Result<Text, Diagnostic> {
    let probe = &bytes[..bytes.len().min(BINARY_PROBE_BYTES)];
    if let Some(at) = probe.iter().position(|byte| *byte == 0) {
        let text = String::from_utf8_lossy(&bytes[..at]);
        return Err(
            Diagnostic::error("the file is binary: it contains a NUL byte")
                .at(Place::span(file, &text, at, at))
                .help("save it as UTF-8 text"),
        );
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        Diagnostic::error("the file is not UTF-8 text")
            .at(Place::span(file, &text, valid, valid))
            .help("save it as UTF-8, as the platform requires")
    })?;
    let had_mark = text.starts_with('\u{feff}');
    if had_mark {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(Text { text, had_mark })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        let text = decode("a.js", b"\xef\xbb\xbflet a".to_vec()).expect("text");
        assert_eq!((text.text.as_str(), text.had_mark), ("let a", true));
        let text = decode("a.js", Vec::new()).expect("text");
        assert_eq!((text.text.as_str(), text.had_mark), ("", false));
    }

    #[test]
    fn what_is_not_utf_8_is_refused_with_its_place() {
        let error = decode("a.js", b"let a\n= '\xc4\xe3'".to_vec()).expect_err("GBK");
        assert_eq!(error.to_string().split(": ").next(), Some("a.js:2:4"));
        assert!(error.message.contains("UTF-8"), "{error}");
    }

    #[test]
    fn a_binary_file_is_refused() {
        let error = decode("a.js", b"\x7fELF\n\0\0".to_vec()).expect_err("binary");
        assert!(error.message.contains("NUL"), "{error}");
        assert_eq!(error.place.map(|place| place.line), Some(2));
        let mut late = vec![b' '; 2000];
        late.extend(b"'\0'");
        assert!(
            decode("a.js", late).is_ok(),
            "a NUL in a late string literal is legal JavaScript"
        );
    }
}

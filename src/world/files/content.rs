//! The bytes of a file.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::crypto::base64_text;

/// The bytes of a file; copies share them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content(Arc<Vec<u8>>);

impl Content {
    /// How many there are.
    pub fn size(&self) -> u64 {
        self.0.len() as u64
    }

    /// All of them.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Puts bytes at a position, with zeros before it where the file is shorter.
    pub(super) fn put(&mut self, position: usize, bytes: &[u8]) {
        let all = Arc::make_mut(&mut self.0);
        let end = position + bytes.len();
        if all.len() < end {
            all.resize(end, 0);
        }
        all[position..end].copy_from_slice(bytes);
    }

    /// Cuts the end off, or adds zeros.
    pub(super) fn resize(&mut self, size: usize) {
        Arc::make_mut(&mut self.0).resize(size, 0);
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(bytes))
    }
}

/// In a saved world: base64, a third of a list of numbers.
impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64_text::encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = base64_text::decode(&text);
        let bytes = bytes.ok_or_else(|| serde::de::Error::custom("a file's bytes in base64"));
        bytes.map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::Content;

    #[test]
    fn bytes_are_put_and_cut_without_touching_a_copy() {
        let first = Content::from(b"hello".to_vec());
        let mut second = first.clone();
        second.put(7, b"!");
        assert_eq!(second.bytes(), b"hello\0\0!");
        second.resize(2);
        second.put(0, b"ye");
        assert_eq!((second.bytes(), second.size()), (&b"ye"[..], 2));
        assert_eq!(first.bytes(), b"hello");
        let text = serde_json::to_string(&first).expect("a text");
        assert_eq!(text, "\"aGVsbG8=\"");
        assert_eq!(
            serde_json::from_str::<Content>(&text).expect("base64"),
            first
        );
    }
}

//! Digests of files, in lowercase hexadecimal digits.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::hex;

/// The MD5 digest.
pub fn md5(bytes: &[u8]) -> String {
    hex::encode(&Md5::digest(bytes))
}

/// The SHA-1 digest.
pub fn sha1(bytes: &[u8]) -> String {
    hex::encode(&Sha1::digest(bytes))
}

/// The SHA-256 digest.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::{md5, sha1, sha256};

    #[test]
    fn the_published_digests_of_abc() {
        assert_eq!(md5(b"abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(sha1(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}

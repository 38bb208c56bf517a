//! The RSA keys of merchants: made, read, signed with.
//!
//! Official page of WeChat Pay: "Signature" (v3). SHA-256 with RSA (PKCS #1 v1.5), in base64.

use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::rand_core::{Infallible, TryCryptoRng, TryRng};
use rsa::sha2::Sha256;
use rsa::{BoxedUint, PrivateKey, pkcs1::DecodeRsaPrivateKey};

use super::{base64_text, hex};

/// Bits of a key that is made here, as of those that merchants have.
const BITS: usize = 2048;

/// Two primes, in hexadecimal: the key of the merchant that everybody has who names none. Finding others takes as
/// long as a whole run. Known to everybody, and of use for nothing but tests.
const USUAL_P: [&str; 4] = [
    "daabb028d8b1d317256c5afb94b8a46255d7edc13ab867b5414c697bb7d3a2bb",
    "3b03813947fc07d733d856eae20d08f4536b3da82b8e2465919bc38842272900",
    "22b8cd4f77c6d3f1e186cf96f7bb6f3e205bd2821d0a3a81468f9bb8a1153276",
    "433854c6d41c209ab9bf2550f7734c274063828b10d64916ab291fe98a13913f",
];
const USUAL_Q: [&str; 4] = [
    "c3e9209d7546dae08ef41e2a814858e4fae647a34e21ab8492745cb9e09b64f0",
    "7af28418ff87fb5f15e7fad0c18da7d702a0c99712da08fd24f3627a36045cba",
    "81d945d15c313e6f03adb1def72ae0b31c9b326e908b19198a4a926f74abd21b",
    "b5b0d1bba14986450396d5abee21ae5aad6e227c14118f8ae71b780c77d6df7b",
];
/// The public exponent of every key.
const EXPONENT: u64 = 65_537;

/// A merchant's private key; its public half is known to WeChat Pay.
#[derive(Clone, Debug)]
pub struct MerchantKey(PrivateKey);

/// The text is no private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no RSA private key in the PEM form (-----BEGIN PRIVATE KEY-----)")]
pub struct NoKey;

/// Random numbers for the making of a key, from a function.
struct Numbers<F>(F);

impl<F: FnMut() -> u64> TryRng for Numbers<F> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::try_from((self.0)() >> 32).unwrap_or_default())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok((self.0)())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for piece in bytes.chunks_mut(8) {
            let number = (self.0)().to_le_bytes();
            piece.copy_from_slice(&number[..piece.len()]);
        }
        Ok(())
    }
}

impl<F: FnMut() -> u64> TryCryptoRng for Numbers<F> {}

impl MerchantKey {
    /// The key that follows from a sequence of numbers.
    #[expect(clippy::missing_panics_doc, reason = "the size is one that there is")]
    pub fn from_numbers(next: impl FnMut() -> u64) -> Self {
        Self(PrivateKey::new(&mut Numbers(next), BITS).expect("a size that there is"))
    }

    /// The same key in every world.
    pub fn usual() -> Self {
        Self::from_primes(USUAL_P, USUAL_Q)
    }

    /// The key of two primes of 1,024 bits, in hexadecimal.
    #[expect(clippy::missing_panics_doc, reason = "the callers' primes are primes")]
    pub(super) fn from_primes(p: [&str; 4], q: [&str; 4]) -> Self {
        let number = |parts: [&str; 4]| {
            let bytes = hex::decode(&parts.concat()).expect("digits");
            BoxedUint::from_be_slice(&bytes, u32::try_from(BITS / 2).unwrap_or(u32::MAX))
        };
        let (p, q) = (number(p).expect("a prime"), number(q).expect("a prime"));
        Self(PrivateKey::from_p_q(p, q, BoxedUint::from(EXPONENT)).expect("two primes"))
    }

    /// Reads a private key (PKCS #8 or PKCS #1).
    ///
    /// # Errors
    /// It is none.
    pub fn from_pem(pem: &str) -> Result<Self, NoKey> {
        let key = PrivateKey::from_pkcs8_pem(pem).or_else(|_| PrivateKey::from_pkcs1_pem(pem));
        key.map(Self).map_err(|_| NoKey)
    }

    /// The private key as text (PKCS #8).
    #[expect(clippy::missing_panics_doc, reason = "a key has a text")]
    pub fn to_pem(&self) -> String {
        let text = self.0.to_pkcs8_pem(LineEnding::LF);
        text.expect("a key has a text").to_string()
    }

    /// The public key as text (SPKI).
    #[expect(clippy::missing_panics_doc, reason = "a key has a text")]
    pub fn public_pem(&self) -> String {
        let text = self.0.to_public_key().to_public_key_pem(LineEnding::LF);
        text.expect("a key has a text")
    }

    /// The signature of a text, in base64.
    #[expect(
        clippy::missing_panics_doc,
        reason = "a key of this size signs any text"
    )]
    pub fn sign(&self, text: &str) -> String {
        let bytes = self.0.pkcs1v15_sign::<Sha256>(text.as_bytes());
        base64_text::encode(&bytes.expect("a key of this size signs any text"))
    }

    /// Whether a text, in base64, is the signature of another.
    pub fn verifies(&self, text: &str, signature: &str) -> bool {
        base64_text::decode(signature).is_some_and(|bytes| {
            let key = self.0.as_public_key();
            key.pkcs1v15_verify::<Sha256>(text.as_bytes(), &bytes)
                .is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{MerchantKey, NoKey};

    fn key(mut at: u64) -> MerchantKey {
        MerchantKey::from_numbers(|| {
            at = at.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (at ^ (at >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z ^ (z >> 31)
        })
    }

    #[test]
    fn a_key_signs_and_verifies_and_no_other_does() {
        let (one, other) = (key(1), key(2));
        let signature = one.sign("a\n");
        assert!(one.verifies("a\n", &signature));
        assert!(!one.verifies("a", &signature), "another text");
        assert!(!other.verifies("a\n", &signature), "another key");
        assert!(!one.verifies("a\n", "no signature"));
        assert_eq!(one.sign("a\n"), signature, "always the same");
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        let made = key(1);
        let pem = made.to_pem();
        let read = MerchantKey::from_pem(&pem).expect("it is one");
        assert_eq!((read.to_pem(), read.public_pem()), (pem, made.public_pem()));
        assert!(
            made.public_pem()
                .starts_with("-----BEGIN PUBLIC KEY-----\n")
        );
        assert_eq!(MerchantKey::from_pem("").err(), Some(NoKey));
        assert_eq!(MerchantKey::from_pem(&made.public_pem()).err(), Some(NoKey));
    }
}

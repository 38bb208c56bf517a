//! RSA keys of phones and their signatures: RSA/PSS with SHA-256 and 20 bytes of salt.
//!
//! Official pages: "Biometric authentication", `wx.startSoterAuthentication`. A key has 2048 bits. It is
//! kept as its two primes, from which everything else follows.

use std::convert::Infallible;

use rsa::pkcs8::{EncodePublicKey as _, LineEnding};
use rsa::pss::{Signature, SigningKey, VerifyingKey};
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::sha2::Sha256;
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _, Verifier as _};
use rsa::traits::PrivateKeyParts as _;
use rsa::{BoxedUint, PrivateKey};
use serde::{Deserialize, Serialize};

use super::base64_text;

/// Bits of the modulus.
const BITS: usize = 2048;
/// Bytes of a prime.
const PRIME_BYTES: usize = BITS / 16;
/// Bytes of salt.
const SALT_BYTES: usize = 20;
/// The public exponent of every key.
const EXPONENT: u64 = 65_537;

/// A key: its primes in base64, most significant byte first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceKey {
    p: String,
    q: String,
}

/// Random numbers from a function.
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
        for chunk in bytes.chunks_mut(size_of::<u64>()) {
            chunk.copy_from_slice(&(self.0)().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

// The numbers follow from a seed; nothing that a simulated phone protects is secret.
impl<F: FnMut() -> u64> TryCryptoRng for Numbers<F> {}

impl DeviceKey {
    /// A new key from random numbers. This takes a third of a second.
    ///
    /// # Panics
    /// Never: there is a key of every sequence of numbers.
    pub fn make(numbers: impl FnMut() -> u64) -> Self {
        let key = PrivateKey::new(&mut Numbers(numbers), BITS).expect("2048 bits are a size");
        let prime = |at: usize| base64_text::encode(&key.primes()[at].to_be_bytes());
        Self {
            p: prime(0),
            q: prime(1),
        }
    }

    /// The key, unless the primes are none.
    fn private(&self) -> Option<PrivateKey> {
        let prime = |text: &str| {
            let bytes = base64_text::decode(text).filter(|bytes| bytes.len() == PRIME_BYTES)?;
            BoxedUint::from_be_slice(&bytes, BITS.try_into().ok()?).ok()
        };
        let (p, q) = (prime(&self.p)?, prime(&self.q)?);
        PrivateKey::from_p_q(p, q, BoxedUint::from(EXPONENT)).ok()
    }

    /// The signature of a text, in base64; `None` when the key was changed by hand.
    pub fn sign(&self, text: &str, numbers: impl FnMut() -> u64) -> Option<String> {
        let signer = SigningKey::<Sha256>::new_with_salt_len(self.private()?, SALT_BYTES);
        let signature = signer.try_sign_with_rng(&mut Numbers(numbers), text.as_bytes());
        Some(base64_text::encode(&signature.ok()?.to_bytes()))
    }

    /// Whether a signature in base64 is of this text by this key.
    pub fn verifies(&self, text: &str, signature: &str) -> bool {
        let verify = || {
            let key = self.private()?.to_public_key();
            let verifier = VerifyingKey::<Sha256>::new_with_salt_len(key, SALT_BYTES);
            let signature = Signature::try_from(&base64_text::decode(signature)?[..]).ok()?;
            verifier.verify(text.as_bytes(), &signature).ok()
        };
        verify().is_some()
    }

    /// The public key as PEM text (`BEGIN PUBLIC KEY`).
    pub fn public_pem(&self) -> Option<String> {
        let key = self.private()?.to_public_key();
        key.to_public_key_pem(LineEnding::LF).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::DeviceKey;

    /// Marsaglia's xorshift: the same in every run.
    fn numbers(start: u64) -> impl FnMut() -> u64 {
        let mut n = start;
        move || {
            n ^= n << 13;
            n ^= n >> 7;
            n ^= n << 17;
            n
        }
    }

    #[test]
    fn a_key_signs_and_only_the_signed_text_verifies() {
        let key = DeviceKey::make(numbers(1));
        assert_eq!(key, DeviceKey::make(numbers(1)), "the same numbers");
        let signature = key.sign("{\"raw\":\"a\"}", numbers(2)).expect("a key");
        assert_eq!(signature.len(), 344, "256 bytes");
        assert!(key.verifies("{\"raw\":\"a\"}", &signature));
        assert!(!key.verifies("{\"raw\":\"b\"}", &signature));
        assert!(!key.verifies("{\"raw\":\"a\"}", "AAAA"));
        assert!(!key.verifies("{\"raw\":\"a\"}", "no base64 at all"));
        let other = key.sign("{\"raw\":\"a\"}", numbers(3)).expect("a key");
        assert_ne!(other, signature, "another salt");
        assert!(key.verifies("{\"raw\":\"a\"}", &other));
        let pem = key.public_pem().expect("a key");
        assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{pem}");
    }
}

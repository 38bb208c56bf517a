//! Open data that were handed out encrypted: under which key each was made.
//!
//! Official page: "Signature check and decryption of open data". Data are encrypted with the key that
//! is alive at that moment. A program that logs in again afterwards may have another key by then,
//! and its server cannot open them; the world remembers the key of each ciphertext to tell so.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::per_caller::PerCaller;
use super::rng::{Rng, Stream};
use super::session::KeyId;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::open_data::{BLOCK_BYTES, Encrypted, OpenError, open, plain_text, seal};
use crate::crypto::{base64_text, digest, signature};

/// How many ciphertexts are remembered; an older one is as good as unknown.
pub const CIPHERTEXTS_KEPT_MAX: usize = 1000;

/// One ciphertext.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    /// SHA-256 of `encryptedData`.
    digest: String,
    /// SHA-256 of the bytes whose base64 that is.
    #[serde(default)]
    bytes_digest: String,
    #[serde(default)]
    app_id: String,
    #[serde(default)]
    is_phone_number: bool,
    key: KeyId,
    at: Millis,
    /// Whether the trace was told.
    told: bool,
}

/// The ciphertexts, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenData {
    made: Vec<Made>,
    /// `encryptedData` and `iv` of each caller's latest.
    latest: PerCaller<(String, String)>,
}

/// Encrypts data for the caller's server; `None` without a living session.
#[derive(Clone, Debug)]
pub struct SealOpenData {
    /// Whose data.
    pub caller: Caller,
    /// The members, without watermark.
    pub members: Map<String, Json>,
}

impl Sealed for SealOpenData {}
impl Change for SealOpenData {
    type Effect = Option<Encrypted>;

    fn apply(self, world: &mut World) -> Option<Encrypted> {
        let key = world.session_key(&self.caller)?.clone();
        let unix_s = world.now.0.div_euclid(1000);
        let is_phone_number = self.members.contains_key("purePhoneNumber");
        let plain = plain_text(self.members, self.caller.app_id(), unix_s);
        let sealed = seal(&plain, &key.base64, vector(&mut world.rng)).ok()?;
        let made = Made {
            digest: signature::sha256(&sealed.data),
            bytes_digest: digest::sha256(&base64_text::decode_loosely(&sealed.data)),
            app_id: self.caller.app_id().to_owned(),
            is_phone_number,
            key: key.id,
            at: world.now,
            told: false,
        };
        let latest = (sealed.data.clone(), sealed.iv.clone());
        world.open_data.latest.set(&self.caller, latest);
        let all = &mut world.open_data.made;
        if all.len() >= CIPHERTEXTS_KEPT_MAX {
            all.remove(0);
        }
        all.push(made);
        Some(sealed)
    }
}

fn vector(rng: &mut Rng) -> [u8; BLOCK_BYTES] {
    let mut bytes = [0; BLOCK_BYTES];
    bytes[..8].copy_from_slice(&rng.draw(Stream::Nonces).to_le_bytes());
    bytes[8..].copy_from_slice(&rng.draw(Stream::Nonces).to_le_bytes());
    bytes
}

/// The keys of the ciphertexts that were made since it was last asked.
#[derive(Clone, Copy, Debug)]
pub struct TakeNewKeys;

impl Sealed for TakeNewKeys {}
impl Change for TakeNewKeys {
    type Effect = Vec<KeyId>;

    fn apply(self, world: &mut World) -> Vec<KeyId> {
        let new = world.open_data.made.iter_mut().filter(|made| !made.told);
        new.map(|made| {
            made.told = true;
            made.key
        })
        .collect()
    }
}

/// Why a server cannot read what it got.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The texts are not what the platform hands out.
    #[error("{0}")]
    Unreadable(OpenError),
    /// It was made under another key than the server's.
    #[error(
        "it was made under session key {} and the server has key {}: the program logged in again in \
         between", made.0, server.0
    )]
    OtherKey {
        /// The key of the ciphertext.
        made: KeyId,
        /// The key that the server has.
        server: KeyId,
    },
}

/// Encrypted data that the platform gave a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// The app whose server can read them.
    pub app_id: String,
    /// When.
    pub at: Millis,
    /// Whether they are a phone number.
    pub is_phone_number: bool,
}

impl World {
    /// The encrypted data with a SHA-256 (64 hexadecimal digits in small letters) of the base64 text or of its
    /// bytes; `None` when none are remembered.
    pub fn handed_out(&self, digest: &str) -> Option<HandedOut> {
        let mut all = self.open_data.made.iter().rev();
        let made = all.find(|made| made.digest == digest || made.bytes_digest == digest)?;
        Some(HandedOut {
            app_id: made.app_id.clone(),
            at: made.at,
            is_phone_number: made.is_phone_number,
        })
    }

    /// Which key a ciphertext was made under and when; `None` for one that is not remembered.
    pub fn key_of_ciphertext(&self, encrypted_data: &str) -> Option<(KeyId, Millis)> {
        let digest = signature::sha256(encrypted_data);
        let made = self
            .open_data
            .made
            .iter()
            .rev()
            .find(|made| made.digest == digest)?;
        Some((made.key, made.at))
    }

    /// The caller's latest ciphertext.
    pub fn latest_ciphertext(&self, caller: &Caller) -> Option<Encrypted> {
        let (data, iv) = self.open_data.latest.get(caller).cloned()?;
        Some(Encrypted { data, iv })
    }

    /// What a server with that session key reads in a ciphertext.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn read_open_data(
        &self,
        encrypted: &Encrypted,
        server: &super::session::SessionKey,
    ) -> Result<String, ReadError> {
        let made = self.key_of_ciphertext(&encrypted.data).map(|(key, _)| key);
        open(encrypted, &server.base64).map_err(|error| match made {
            Some(made) if made != server.id => ReadError::OtherKey {
                made,
                server: server.id,
            },
            _ => ReadError::Unreadable(error),
        })
    }
}

/// The program's server opens what it was sent; without a key, with the one that it got last for the user in
/// front.
#[derive(Clone, Debug)]
pub struct ReadGiven<'a> {
    /// `encryptedData`.
    pub data: &'a str,
    /// `iv`.
    pub iv: &'a str,
    /// A session key in base64.
    pub session_key: Option<&'a str>,
}

impl Sealed for ReadGiven<'_> {}
impl Change for ReadGiven<'_> {
    type Effect = Result<Json, String>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let encrypted = Encrypted {
            data: self.data.to_owned(),
            iv: self.iv.to_owned(),
        };
        let plain = if let Some(key) = self.session_key {
            open(&encrypted, key).map_err(|error| error.to_string())?
        } else {
            let key = world.server_key(&world.caller());
            let key = key.ok_or("the server has no session_key; let it use code2session before")?;
            let read = world.read_open_data(&encrypted, key);
            read.map_err(|error| error.to_string())?
        };
        serde_json::from_str(&plain).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::{ReadError, SealOpenData, TakeNewKeys};
    use crate::crypto::{base64_text, digest, signature};
    use crate::profile::Profile;
    use crate::world::session::{MintLoginCode, REFRESH_PERIOD_MS, RedeemLoginCode, SessionKey};
    use crate::world::{AdvanceTo, AppFacts, World};

    fn server_key(world: &mut World) -> SessionKey {
        let caller = world.caller();
        let code = world.apply(MintLoginCode(caller)).as_str().to_owned();
        world
            .apply(RedeemLoginCode {
                app_id: world.app().app_id.clone(),
                code,
            })
            .expect("a new code")
            .session_key
    }

    fn members() -> Map<String, serde_json::Value> {
        json!({ "phoneNumber": "1" })
            .as_object()
            .expect("an object")
            .clone()
    }

    #[test]
    fn a_login_in_between_makes_a_ciphertext_unreadable_and_the_world_knows_why() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        let seal = |world: &mut World| {
            let (caller, members) = (caller.clone(), members());
            world.apply(SealOpenData { caller, members })
        };
        assert_eq!(seal(&mut world), None, "no session");
        let first = server_key(&mut world);
        let sealed = seal(&mut world).expect("a session");
        let plain = world.read_open_data(&sealed, &first).expect("its own key");
        assert!(
            plain.starts_with(r#"{"phoneNumber":"1","watermark":{"timestamp":"#),
            "{plain}"
        );
        assert_eq!(world.apply(TakeNewKeys), [first.id]);
        assert_eq!(world.apply(TakeNewKeys), []);
        world.apply(AdvanceTo(world.now().plus(REFRESH_PERIOD_MS)));
        let second = server_key(&mut world);
        assert_eq!(
            world.read_open_data(&sealed, &second),
            Err(ReadError::OtherKey {
                made: first.id,
                server: second.id
            })
        );
        assert_eq!(
            world.key_of_ciphertext(&sealed.data).map(|it| it.0),
            Some(first.id)
        );
        assert_eq!(world.key_of_ciphertext("?"), None);
    }

    #[test]
    fn what_was_handed_out_is_known_by_the_digest_of_text_and_bytes() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        server_key(&mut world);
        let made_at = world.now();
        let mut seal = |name: &str| {
            let (caller, members) = (caller.clone(), json!({ name: "1" }));
            let members = members.as_object().expect("an object").clone();
            let sealed = world.apply(SealOpenData { caller, members });
            sealed.expect("a session").data
        };
        let (phone, other) = (seal("purePhoneNumber"), seal("openGId"));
        let bytes = base64_text::decode(&phone).expect("base64");
        for digest in [signature::sha256(&phone), digest::sha256(&bytes)] {
            let found = world.handed_out(&digest).expect("it was handed out");
            assert_eq!(
                (found.app_id.as_str(), found.at),
                (caller.app_id(), made_at)
            );
            assert!(found.is_phone_number);
        }
        let found = world.handed_out(&signature::sha256(&other));
        assert_eq!(found.map(|it| it.is_phone_number), Some(false));
        assert_eq!(world.handed_out(&signature::sha256("")), None);
        assert_eq!(world.handed_out(""), None);
    }

    #[test]
    fn each_call_has_a_vector_of_its_own() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        server_key(&mut world);
        let mut seal = || {
            let (caller, members) = (caller.clone(), members());
            world
                .apply(SealOpenData { caller, members })
                .expect("a session")
        };
        let (one, other) = (seal(), seal());
        assert_ne!(one.iv, other.iv);
        assert_ne!(one.data, other.data);
    }
}

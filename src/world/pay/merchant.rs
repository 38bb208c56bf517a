//! Merchants of WeChat Pay: their ids and keys.
//!
//! Official pages of WeChat Pay: "Preparation", "Signature". A merchant has a key of 32 characters for
//! version 2, one for the encryption of version 3, and an RSA key for its signatures. What is not said
//! follows from the seed, but for the RSA key of the usual merchant. Scripts never see any of them.

use serde::{Deserialize, Serialize};

use super::super::rng::{derived_hex, number_of};
use super::super::{Change, World, sealed::Sealed};
use crate::crypto::digest::sha1;
use crate::crypto::merchant_key::MerchantKey;

/// The merchant of a program that names none.
pub const USUAL_MERCHANT: &str = "1900000001";
/// Characters of a key of version 2, and of version 3.
pub const KEY_CHARS: usize = 32;

/// What is said of a merchant; `None` follows from the seed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Merchant {
    /// Its number, `mch_id`.
    pub id: String,
    /// Key of version 2.
    pub key: Option<String>,
    /// Key that version 3 encrypts with.
    pub v3_key: Option<String>,
    /// Private RSA key, in the PEM form.
    pub private_key: Option<String>,
    /// Highest total of an order, in fen.
    pub limit: Option<u64>,
    /// Serial number of its certificate, 40 hexadecimal digits.
    pub serial: Option<String>,
}

/// Says which merchants there are. A program that is not bound to others is bound to them.
#[derive(Clone, Debug)]
pub struct DeclareMerchants(pub Vec<Merchant>);

impl Sealed for DeclareMerchants {}
impl Change for DeclareMerchants {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if !self.0.is_empty() && world.app.merchants == [USUAL_MERCHANT] {
            let ids = self.0.iter().map(|merchant| merchant.id.clone());
            world.app.merchants = ids.collect();
        }
        world.pay.merchants = self.0;
    }
}

impl World {
    pub(super) fn merchant(&self, id: &str) -> Option<&Merchant> {
        self.pay.merchants.iter().find(|known| known.id == id)
    }

    /// The key of version 2.
    pub fn merchant_key(&self, id: &str) -> String {
        let given = self.merchant(id).and_then(|known| known.key.clone());
        given.unwrap_or_else(|| derived_hex(self.seed, &["merchant key", id], KEY_CHARS))
    }

    /// The key that version 3 encrypts with.
    pub fn merchant_v3_key(&self, id: &str) -> String {
        let given = self.merchant(id).and_then(|known| known.v3_key.clone());
        given.unwrap_or_else(|| derived_hex(self.seed, &["merchant v3 key", id], KEY_CHARS))
    }

    /// The serial number of the certificate: what is said of the merchant, else 40 digits that follow from its
    /// number alone.
    pub fn merchant_serial(&self, id: &str) -> String {
        let given = self.merchant(id).and_then(|known| known.serial.clone());
        let usual = || sha1(format!("certificate of merchant {id}").as_bytes()).to_uppercase();
        given.unwrap_or_else(usual)
    }

    /// Whether there is such a merchant: something was said of it, or an app is bound to it.
    pub fn has_merchant(&self, id: &str) -> bool {
        let is_bound = |merchants: &[String]| merchants.iter().any(|known| known == id);
        self.merchant(id).is_some()
            || is_bound(&self.app.merchants)
            || self.other_apps().iter().any(|it| is_bound(&it.merchants))
    }

    /// The RSA key, if one was given or made.
    pub(super) fn known_rsa_key(&self, id: &str) -> Option<MerchantKey> {
        let given = self
            .merchant(id)
            .and_then(|known| known.private_key.as_ref());
        let pem = given.or_else(|| self.pay.keys.get(id))?;
        MerchantKey::from_pem(pem).ok()
    }

    /// The RSA key; one that is made follows from the seed, but for the usual merchant's, which is always the same.
    pub(super) fn rsa_key(&mut self, id: &str) -> MerchantKey {
        if let Some(key) = self.known_rsa_key(id) {
            return key;
        }
        let (seed, sequence) = (self.seed, format!("merchant/{id}"));
        let mut count = 0;
        let key = if id == USUAL_MERCHANT {
            MerchantKey::usual()
        } else {
            MerchantKey::from_numbers(|| {
                count += 1;
                number_of(seed, &sequence, count)
            })
        };
        self.pay.keys.insert(id.to_owned(), key.to_pem());
        key
    }
}

/// The public key of a merchant, which its server hands to WeChat Pay.
#[derive(Clone, Copy, Debug)]
pub struct ShowPublicKey<'a>(pub &'a str);

impl Sealed for ShowPublicKey<'_> {}
impl Change for ShowPublicKey<'_> {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        world.rsa_key(self.0).public_pem()
    }
}

/// Everything that the server of a merchant is set up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credentials {
    /// Its number.
    pub mch_id: String,
    /// Key of version 2.
    pub key: String,
    /// Key that version 3 encrypts with.
    pub v3_key: String,
    /// Private RSA key, in the PEM form.
    pub private_key: String,
    /// Serial number of its certificate.
    pub serial: String,
}

/// What the server of a merchant is set up with; `None` when there is no such merchant.
#[derive(Clone, Copy, Debug)]
pub struct ShowCredentials<'a>(pub &'a str);

impl Sealed for ShowCredentials<'_> {}
impl Change for ShowCredentials<'_> {
    type Effect = Option<Credentials>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let id = self.0;
        world.has_merchant(id).then(|| Credentials {
            mch_id: id.to_owned(),
            key: world.merchant_key(id),
            v3_key: world.merchant_v3_key(id),
            private_key: world.rsa_key(id).to_pem(),
            serial: world.merchant_serial(id),
        })
    }
}

/// Whether a merchant signed a text with its RSA key, which is made when it has none yet.
#[derive(Clone, Copy, Debug)]
pub struct VerifyMerchant<'a> {
    /// The merchant.
    pub mch_id: &'a str,
    /// The text.
    pub text: &'a str,
    /// The signature, in base64.
    pub signature: &'a str,
}

impl Sealed for VerifyMerchant<'_> {}
impl Change for VerifyMerchant<'_> {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let Self {
            mch_id,
            text,
            signature,
        } = self;
        world.has_merchant(mch_id) && world.rsa_key(mch_id).verifies(text, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        DeclareMerchants, Merchant, MerchantKey, ShowCredentials, ShowPublicKey, USUAL_MERCHANT,
        VerifyMerchant,
    };
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    fn world(seed: u64) -> World {
        World::new(Profile::default(), AppFacts::default(), seed)
    }

    #[test]
    fn keys_follow_from_the_seed_or_are_given() {
        let (one, other) = (world(1), world(2));
        let key = one.merchant_key("1");
        assert_eq!(key.len(), 32);
        assert_ne!(key, one.merchant_key("2"));
        assert_ne!(key, other.merchant_key("1"));
        let public = |world: &World, id| world.clone().apply(ShowPublicKey(id));
        assert_eq!(public(&one, "1"), public(&one, "1"));
        assert_ne!(public(&one, "1"), public(&one, "2"));
        assert_ne!(public(&one, "1"), public(&other, "1"));
        let mut given = world(2);
        given.apply(DeclareMerchants(vec![Merchant {
            id: "1".into(),
            key: Some(key.clone()),
            private_key: Some(one.clone().rsa_key("1").to_pem()),
            ..Merchant::default()
        }]));
        assert_eq!(given.merchant_key("1"), key);
        assert_eq!(public(&given, "1"), public(&one, "1"));
    }

    #[test]
    fn a_server_is_set_up_with_what_the_world_knows() {
        let mut world = world(1);
        assert_eq!(world.apply(ShowCredentials("2")), None, "no such merchant");
        let shown = world.apply(ShowCredentials(USUAL_MERCHANT)).expect("known");
        assert_eq!((shown.key.len(), shown.v3_key.len()), (32, 32));
        assert_ne!(shown.key, shown.v3_key);
        assert_eq!(shown.serial, world.merchant_serial(USUAL_MERCHANT));
        assert!(shown.serial.len() == 40 && shown.serial != world.merchant_serial("2"));
        let key = MerchantKey::from_pem(&shown.private_key).expect("a key");
        let signature = key.sign("a");
        let mut verify = |mch_id, text| {
            world.apply(VerifyMerchant {
                mch_id,
                text,
                signature: &signature,
            })
        };
        assert!(verify(USUAL_MERCHANT, "a"));
        assert!(!verify(USUAL_MERCHANT, "b"));
        assert!(!verify("2", "a"));
        world.apply(DeclareMerchants(vec![Merchant {
            id: "2".into(),
            v3_key: Some("3".repeat(32)),
            serial: Some("A".repeat(40)),
            ..Merchant::default()
        }]));
        assert_eq!(world.merchant_v3_key("2"), "3".repeat(32));
        assert_eq!(world.merchant_serial("2"), "A".repeat(40));
    }

    #[test]
    fn a_program_is_bound_to_what_is_declared_unless_it_says_otherwise() {
        let mut world = world(1);
        assert_eq!(world.app.merchants, [USUAL_MERCHANT]);
        world.apply(DeclareMerchants(Vec::new()));
        assert_eq!(world.app.merchants, [USUAL_MERCHANT]);
        let declared = |id: &str| Merchant {
            id: id.into(),
            ..Merchant::default()
        };
        world.apply(DeclareMerchants(vec![declared("1"), declared("2")]));
        assert_eq!(world.app.merchants, ["1", "2"]);
        world.apply(DeclareMerchants(vec![declared("3")]));
        assert_eq!(world.app.merchants, ["1", "2"], "it is bound already");
    }
}

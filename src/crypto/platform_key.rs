//! The key with which WeChat Pay signs, and its certificate.
//!
//! Official pages of WeChat Pay: "WeChat Pay platform certificate", "Verifying signatures". Key, serial number and
//! validity are the same in every world, so that a server can be set up once. Known to everybody, and of use for
//! nothing but tests.
//!
//! Differs from the platform: the certificate is signed by its own key, not by an authority, and lives longer.

use std::sync::LazyLock;

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, SerialNumber, date_time_ymd};

use super::hex;
use super::merchant_key::MerchantKey;

/// Two primes, in hexadecimal.
const P: [&str; 4] = [
    "f3535c1856bcdedecb58502f01c8f08849184798086e644df3af9a05a07aa9cd",
    "18caf8e8b5c3d271555fe69d80f9cc3e3cfa2840c019bfe52ee443292db43e0f",
    "e6fa5dcd61101d8037183e9cdd18984a2a85d572581270a77590a1f6a14ab91b",
    "af28743c1f3e59fa675162eaf0bafae29e696019578732441e891c79f8c2c0c1",
];
const Q: [&str; 4] = [
    "e43a10fc17af56712b40d2590e7989741a2c72912d72c1bae4b7550787a730c7",
    "52099d588dee7b84e1e586687587e0e15a46d6ded53fe0fb06d66ce7867f71b3",
    "0c2beb6ee325be1d6bb5a526852d5201445c834472ef3e74961e40ecd7930f87",
    "af7d91c40ce2407e679166583a04d5283670b360964047dc140c3e059f1325fd",
];

/// The serial number of the certificate, which tells a merchant which key signed.
pub const SERIAL: &str = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
/// Years in which the certificate becomes and ceases to be valid, on the first of January at midnight, UTC.
pub const VALID_YEARS: (i32, i32) = (2017, 2049);

static KEY: LazyLock<MerchantKey> = LazyLock::new(|| MerchantKey::from_primes(P, Q));

/// The key.
pub fn key() -> &'static MerchantKey {
    &KEY
}

/// The certificate in the PEM form, always the same; `None` never happens with this key.
pub fn certificate() -> Option<String> {
    let pair = KeyPair::from_pem(&KEY.to_pem()).ok()?;
    let mut params = CertificateParams::default();
    let mut name = DistinguishedName::new();
    name.push(DnType::CountryName, "CN");
    name.push(DnType::OrganizationName, "wxsim");
    name.push(DnType::CommonName, "WeChat Pay of wxsim");
    params.distinguished_name = name;
    params.serial_number = Some(SerialNumber::from(hex::decode(SERIAL)?));
    params.not_before = date_time_ymd(VALID_YEARS.0, 1, 1);
    params.not_after = date_time_ymd(VALID_YEARS.1, 1, 1);
    Some(params.self_signed(&pair).ok()?.pem())
}

#[cfg(test)]
mod tests {
    use super::{certificate, key};

    #[test]
    fn the_certificate_is_always_the_same_and_carries_the_key() {
        let pem = certificate().expect("a certificate");
        assert_eq!(Some(&pem), certificate().as_ref());
        assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let der = super::super::base64_text::decode(body.trim()).expect("base64");
        let public: String = key()
            .public_pem()
            .lines()
            .filter(|line| !line.starts_with('-'))
            .collect();
        let public = super::super::base64_text::decode(&public).expect("base64");
        assert!(der.windows(public.len()).any(|it| it == public));
        let serial = super::hex::decode(super::SERIAL).expect("digits");
        assert!(der.windows(serial.len()).any(|it| it == serial));
    }
}

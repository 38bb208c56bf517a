//! `[[merchants]]`: who sells with WeChat Pay, and the keys of their servers.

use super::item::{Item, Problems, only};
use super::people::named::{self, HasId, Named};
use super::people::{filled, ids};
use crate::crypto::merchant_key::MerchantKey;
use crate::world::pay::merchant::{KEY_CHARS, Merchant};

const KEYS: &[&str] = &[
    "id",
    "key",
    "v3_key",
    "private_key",
    "private_key_file",
    "limit",
    "serial",
];

impl HasId for Merchant {
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Merchant> {
    let items = item.list(problems);
    let merchants = items.iter().filter_map(|item| merchant(item, problems));
    let merchants: Vec<Named<Merchant>> = merchants.collect();
    ids(&merchants, "id", problems);
    merchants.into_iter().map(|(one, _)| one).collect()
}

fn merchant(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Named<Merchant>> {
    let entries = item.table(problems);
    only(&entries, "a merchant", KEYS, problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    let mut merchant = Merchant {
        id,
        ..Merchant::default()
    };
    let mut private = None;
    for entry in &entries {
        let item = &entry.item;
        match entry.key.as_str() {
            "key" => merchant.key = key(item, problems),
            "v3_key" => merchant.v3_key = key(item, problems),
            "serial" => merchant.serial = serial(item, problems),
            "limit" => merchant.limit = item.number(1..=i64::MAX, problems),
            "private_key" | "private_key_file" if private.is_some() => {
                let message = "a merchant has one private key";
                problems.push(&entry.key_range, message, "remove one of the two");
            }
            "private_key" => private = Some(filled(item, problems)),
            "private_key_file" => private = Some(file(item, problems)),
            _ => continue,
        }
        if entry.key.starts_with("private_key") {
            let pem = private.clone().flatten();
            merchant.private_key = pem.filter(|pem| {
                let read = MerchantKey::from_pem(pem);
                item.taken(read, problems).is_some()
            });
        }
    }
    Some((merchant, range))
}

/// A key that both sides know.
fn key(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let text = item.text(problems)?;
    if text.chars().count() != KEY_CHARS {
        let message = format!("`{}` has {} characters", item.name, text.chars().count());
        let help =
            format!("such a key has {KEY_CHARS}; leave it out for one that follows from the seed");
        problems.push(&item.range, message, help);
        return None;
    }
    Some(text.to_owned())
}

/// The serial number of a certificate.
fn serial(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let text = item.text(problems)?;
    if text.is_empty() || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
        let message = format!("`{}` is no serial number of a certificate", item.name);
        let help = "it has hexadecimal digits; `openssl x509 -noout -serial` shows it";
        problems.push(&item.range, message, help);
        return None;
    }
    Some(text.to_ascii_uppercase())
}

fn file(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let path = item.text(problems)?;
    let bytes = problems.file(path, item)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use crate::crypto::merchant_key::MerchantKey;
    use crate::package::MemoryFiles;
    use crate::package::settings::Settings;
    use crate::world::pay::merchant::Merchant;

    fn pem() -> String {
        let mut at: u64 = 7;
        let key = MerchantKey::from_numbers(|| {
            at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            at ^ (at >> 29)
        });
        key.to_pem()
    }

    fn read(text: &str) -> Result<Settings, Vec<String>> {
        let pem = pem();
        let files = [
            ("wxsim.toml", text),
            ("app.json", "{}"),
            ("a.pem", pem.as_str()),
        ];
        let result = Settings::read(&MemoryFiles::new(files));
        result.map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_merchant_has_its_keys_or_those_of_the_seed() {
        let settings = read(
            "[app]\nmerchants = ['1']\n[[merchants]]\nid = '1'\n[[merchants]]\nid = '2'\n\
             key = '0123456789abcdef0123456789abcdef'\nprivate_key_file = 'a.pem'\nlimit = 100\n\
             v3_key = 'fedcba9876543210fedcba9876543210'\nserial = '5157f09e'",
        );
        let expected = [
            Merchant {
                id: "1".into(),
                ..Merchant::default()
            },
            Merchant {
                id: "2".into(),
                key: Some("0123456789abcdef0123456789abcdef".into()),
                v3_key: Some("fedcba9876543210fedcba9876543210".into()),
                private_key: Some(pem()),
                limit: Some(100),
                serial: Some("5157F09E".into()),
            },
        ];
        assert_eq!(settings.expect("it is right").merchants, expected);
        let inline = format!(
            "[[merchants]]\nid = '1'\nprivate_key = \"\"\"{}\"\"\"",
            pem()
        );
        let merchants = read(&inline).expect("it is right").merchants;
        assert_eq!(merchants[0].private_key, Some(pem()));
    }

    #[test]
    fn what_is_no_merchant_says_what_is() {
        let wrong = |text: &str| read(text).expect_err(text).concat();
        for (text, part) in [
            ("merchants = [{}]", "has no `id`"),
            (
                "merchants = [{ id = '1', kee = '' }]",
                "did you mean `key`?",
            ),
            (
                "merchants = [{ id = '1', key = 'a' }]",
                "has 1 characters (such a key has 32",
            ),
            ("merchants = [{ id = '1', limit = 0 }]", "limit"),
            (
                "merchants = [{ id = '1', serial = 'x' }]",
                "no serial number of a certificate",
            ),
            (
                "merchants = [{ id = '1', private_key = 'a' }]",
                "no RSA private key",
            ),
            (
                "merchants = [{ id = '1', private_key_file = 'b.pem' }]",
                "b.pem",
            ),
            (
                "merchants = [{ id = '1', private_key = 'a', private_key_file = 'a.pem' }]",
                "a merchant has one private key",
            ),
            (
                "merchants = [{ id = '1' }, { id = '1' }]",
                "the id `1` is there twice",
            ),
        ] {
            let wrong = wrong(text);
            assert!(wrong.contains(part), "{text}: {wrong}");
        }
    }
}

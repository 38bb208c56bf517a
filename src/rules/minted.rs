//! Secrets and personal data that the world made up, found again in what a program does.
//!
//! The simulated facts know every session key, secret, phone number and `openid` that there is, so a text that has
//! one of them has it for sure, in whatever dress: as it is, in base64 (at any offset), as hexadecimal digits, escaped
//! for a URL or for JSON. Values of fewer than [`CHARS_MIN`] characters are not looked for, and a number is not found
//! inside a longer one: they would be met by chance.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::crypto::{base64_text, hex};
use crate::world::invoice::TitleKind;
use crate::world::printed_code::uri_component;
use crate::world::user::User;
use crate::world::{Caller, World};

/// Fewest characters of a value that is looked for.
pub const CHARS_MIN: usize = 8;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A `session_key`.
    SessionKey,
    /// The `AppSecret` of an app.
    AppSecret,
    /// A key of a merchant.
    MerchantKey,
    /// A phone number.
    PhoneNumber,
    /// An `openid`.
    OpenId,
    /// A `unionid`.
    UnionId,
    /// The name in a postal address or of an invoice title.
    Name,
    /// A postal address.
    Address,
    /// A licence plate.
    LicensePlate,
    /// The number of a bank account.
    BankAccount,
}

impl Kind {
    /// What it is, in English and Chinese.
    pub const fn words(self) -> [&'static str; 2] {
        match self {
            Self::SessionKey => ["the session_key", "session_key"],
            Self::AppSecret => ["the AppSecret", "AppSecret"],
            Self::MerchantKey => ["a key of the merchant", "商户密钥"],
            Self::PhoneNumber => ["a phone number", "手机号"],
            Self::OpenId => ["an openid", "openid"],
            Self::UnionId => ["a unionid", "unionid"],
            Self::Name => ["a name", "姓名"],
            Self::Address => ["a postal address", "通讯地址"],
            Self::LicensePlate => ["a licence plate", "车牌号"],
            Self::BankAccount => ["a bank account", "银行账号"],
        }
    }
}

/// How a value is written where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// As it is.
    Plain,
    /// In base64, also in the middle of something.
    Base64,
    /// As hexadecimal digits.
    Hex,
    /// With percent signs.
    Url,
    /// With backslashes.
    Json,
}

/// A value that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// How it is written there.
    pub form: Form,
    /// Where in the JSON, such as `data.user.phone`; empty for a text or for the whole.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
}

/// Values to look for.
#[derive(Clone, Debug, Default)]
pub struct Minted {
    values: BTreeSet<(Kind, String)>,
    forms: Vec<(Kind, Form, String)>,
}

impl Minted {
    /// The session keys of every user: those that live, and those that the server got.
    pub fn session_keys(world: &World) -> Self {
        let mut minted = Self::default();
        for caller in callers(world) {
            let keys = [world.session_key(&caller), world.server_key(&caller)];
            for key in keys.into_iter().flatten() {
                minted.add(Kind::SessionKey, &key.base64);
            }
        }
        minted
    }

    /// The secrets of the program and of all that is registered besides.
    pub fn app_secrets(world: &World) -> Self {
        let mut minted = Self::default();
        let others = world.other_apps().iter().map(|app| app.app_id.as_str());
        for app_id in others.chain([world.app().app_id.as_str()]) {
            if let Some(secret) = world.app_secret(app_id) {
                minted.add(Kind::AppSecret, &secret);
            }
        }
        minted
    }

    /// The keys of the program's merchants.
    pub fn merchant_keys(world: &World) -> Self {
        let mut minted = Self::default();
        for id in &world.app().merchants {
            minted.add(Kind::MerchantKey, &world.merchant_key(id));
            minted.add(Kind::MerchantKey, &world.merchant_v3_key(id));
        }
        minted
    }

    /// Who the users are and how they are reached.
    pub fn personal(world: &World) -> Self {
        let mut minted = Self::default();
        for caller in callers(world) {
            minted.add(Kind::OpenId, &world.open_id(&caller));
            if let Some(id) = world.union_id(&caller) {
                minted.add(Kind::UnionId, &id);
            }
        }
        for user in world.users() {
            minted.add_user(user);
        }
        minted
    }

    fn add_user(&mut self, user: &User) {
        for phone in &user.phone_numbers {
            self.add(Kind::PhoneNumber, &phone.number);
        }
        for address in &user.addresses {
            self.add(Kind::PhoneNumber, &address.phone);
            self.add(Kind::Name, &address.name);
            self.add(Kind::Address, &address.detail);
        }
        for plate in &user.license_plates {
            self.add(Kind::LicensePlate, plate);
        }
        let titles = user.invoice_titles.iter();
        for title in titles.filter(|title| title.kind == TitleKind::Person) {
            self.add(Kind::Name, &title.title);
            self.add(Kind::PhoneNumber, &title.phone);
            self.add(Kind::BankAccount, &title.account);
        }
    }

    /// Looks for a value from now on; not for one that is too short.
    pub fn add(&mut self, kind: Kind, value: &str) {
        let is_long = value.chars().count() >= CHARS_MIN;
        if !is_long || !self.values.insert((kind, value.to_owned())) {
            return;
        }
        for (form, text) in forms(kind, value) {
            let is_new = self.forms.iter().all(|(_, _, known)| *known != text);
            if is_new {
                self.forms.push((kind, form, text));
            }
        }
    }

    /// Looks for everything that others look for.
    pub fn merge(&mut self, other: &Self) {
        for (kind, value) in &other.values {
            self.add(*kind, value);
        }
    }

    /// What is in a text, each kind once.
    pub fn in_text(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.look(text, "", &mut hits);
        hits
    }

    /// What is in the texts and numbers of a value, each kind once a place.
    pub fn in_json(&self, json: &Json) -> Vec<Hit> {
        let mut hits = Vec::new();
        leaves(json, "", &mut |path, text| self.look(text, path, &mut hits));
        hits
    }

    fn look(&self, text: &str, path: &str, hits: &mut Vec<Hit>) {
        let before = hits.len();
        for (kind, form, wanted) in &self.forms {
            let is_known = hits[before..].iter().any(|hit| hit.kind == *kind);
            if !is_known && has(text, wanted) {
                hits.push(Hit {
                    kind: *kind,
                    form: *form,
                    path: path.to_owned(),
                });
            }
        }
    }
}

/// Every user in the program.
fn callers(world: &World) -> Vec<Caller> {
    let app_id = world.app().app_id.as_str();
    let users = world.users().iter();
    users
        .map(|user| Caller::new(app_id, user.id.as_str()))
        .collect()
}

/// Whether a text has what is wanted; digits stand for themselves, not inside a longer number.
fn has(text: &str, wanted: &str) -> bool {
    if !wanted.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.contains(wanted);
    }
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    text.match_indices(wanted).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        !is_digit(before) && !is_digit(bytes.get(at + wanted.len()))
    })
}

/// A value in every form.
fn forms(kind: Kind, value: &str) -> Vec<(Form, String)> {
    let mut forms = vec![(Form::Plain, value.to_owned())];
    forms.push((Form::Url, uri_component(value)));
    forms.push((Form::Url, uri_component(value).to_lowercase()));
    forms.push((Form::Json, value.replace('/', "\\/")));
    if kind == Kind::SessionKey
        && let Some(bytes) = base64_text::decode(value)
    {
        let bare = value.trim_end_matches('=').to_owned();
        forms.push((Form::Base64, bare.replace('+', "-").replace('/', "_")));
        forms.push((Form::Base64, bare));
        forms.extend(digits(&bytes));
    }
    forms.push((Form::Json, escaped(value)));
    forms.extend(in_base64(value.as_bytes()).map(|text| (Form::Base64, text)));
    forms.extend(digits(value.as_bytes()));
    forms
}

fn digits(bytes: &[u8]) -> [(Form, String); 2] {
    let small = hex::encode(bytes);
    [(Form::Hex, small.to_uppercase()), (Form::Hex, small)]
}

/// With `\u` for everything that is not ASCII.
fn escaped(value: &str) -> String {
    let mut text = String::new();
    for unit in value.encode_utf16() {
        if let Some(byte) = u8::try_from(unit).ok().filter(u8::is_ascii) {
            text.push(char::from(byte));
        } else {
            text.push_str("\\u");
            text.push_str(&hex::encode(&unit.to_be_bytes()));
        }
    }
    text
}

/// The part of the base64 text that bytes decide, wherever in the coded text they begin.
fn in_base64(bytes: &[u8]) -> impl Iterator<Item = String> {
    [(0, 0), (1, 2), (2, 3)].into_iter().map(|(before, skip)| {
        let mut shifted = vec![0; before];
        shifted.extend_from_slice(bytes);
        let decided = shifted.len() * 8 / 6;
        base64_text::encode(&shifted)[skip..decided].to_owned()
    })
}

/// Calls with the texts and numbers of a value, and where each is.
pub fn leaves(json: &Json, path: &str, hear: &mut impl FnMut(&str, &str)) {
    match json {
        Json::String(text) => hear(path, text),
        Json::Number(number) => hear(path, &number.to_string()),
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}[{index}]"), hear);
            }
        }
        Json::Object(members) => {
            for (name, value) in members {
                let dot = if path.is_empty() { "" } else { "." };
                leaves(value, &format!("{path}{dot}{name}"), hear);
            }
        }
        Json::Null | Json::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Form, Kind, Minted};
    use crate::crypto::{base64_text, hex};
    use crate::profile::Profile;
    use crate::world::session::MintLoginCode;
    use crate::world::{AppFacts, World};

    fn phone() -> Minted {
        let mut minted = Minted::default();
        minted.add(Kind::PhoneNumber, "13800138000");
        minted
    }

    #[test]
    fn a_value_is_found_in_every_dress_and_at_every_offset() {
        let minted = phone();
        let form = |text: &str| minted.in_text(text).first().map(|hit| hit.form);
        assert_eq!(form("tel: 13800138000."), Some(Form::Plain));
        for before in ["", "a", "ab", "abc"] {
            let text = base64_text::encode(format!("{before}13800138000!").as_bytes());
            assert_eq!(form(&text), Some(Form::Base64), "{text}");
        }
        let digits = hex::encode(b"13800138000");
        assert_eq!(form(&digits), Some(Form::Hex));
        assert_eq!(form("13800138001"), None);
        let mut minted = Minted::default();
        minted.add(Kind::Address, "新港东路1000号楼");
        let form = |text: &str| minted.in_text(text).first().map(|hit| hit.form);
        assert_eq!(
            form("a=%E6%96%B0%E6%B8%AF%E4%B8%9C%E8%B7%AF1000%E5%8F%B7%E6%A5%BC"),
            Some(Form::Url)
        );
        assert_eq!(
            form(r"\u65b0\u6e2f\u4e1c\u8def1000\u53f7\u697c"),
            Some(Form::Json)
        );
    }

    #[test]
    fn short_values_and_parts_of_longer_numbers_are_not_met_by_chance() {
        let minted = phone();
        assert_eq!(minted.in_text("9138001380001"), []);
        assert_eq!(minted.in_text("113800138000"), []);
        let mut short = Minted::default();
        short.add(Kind::Name, "张三");
        short.add(Kind::LicensePlate, "粤A12345");
        assert_eq!(short.in_text("张三 粤A12345"), []);
    }

    #[test]
    fn json_tells_where_it_is_and_a_number_is_one_too() {
        let minted = phone();
        let hits = minted.in_json(&json!({ "user": [{ "tel": 13_800_138_000_i64 }], "n": 1 }));
        assert_eq!(hits.len(), 1);
        assert_eq!(
            (hits[0].path.as_str(), hits[0].kind),
            ("user[0].tel", Kind::PhoneNumber)
        );
    }

    #[test]
    fn the_world_tells_what_to_look_for() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 7);
        assert_eq!(Minted::session_keys(&world).values.len(), 0);
        let caller = world.caller();
        world.apply(MintLoginCode(caller.clone()));
        let key = world
            .session_key(&caller)
            .expect("a session")
            .base64
            .clone();
        let keys = Minted::session_keys(&world);
        let bytes = base64_text::decode(&key).expect("base64");
        for text in [
            key.clone(),
            hex::encode(&bytes),
            key.trim_end_matches('=').to_owned(),
        ] {
            assert_eq!(keys.in_text(&text).len(), 1, "{text}");
        }
        let secret = world
            .app_secret(&world.app().app_id.clone())
            .expect("it runs");
        assert_eq!(Minted::app_secrets(&world).in_text(&secret).len(), 1);
        assert_eq!(keys.in_text(&secret), []);
        let merchant = world.merchant_key(&world.app().merchants[0]);
        assert_eq!(Minted::merchant_keys(&world).in_text(&merchant).len(), 1);
        let personal = Minted::personal(&world);
        for text in [
            world.open_id(&caller),
            "13800138000".into(),
            "新港东路1000号".into(),
        ] {
            assert_eq!(personal.in_text(&text).len(), 1, "{text}");
        }
    }
}

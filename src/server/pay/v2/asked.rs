//! A request of version 2: who sent it, and its members.

use std::collections::BTreeMap;

use super::super::super::request::Request;
use super::super::super::xml;
use super::super::code::v2 as code;
use super::refusal::{Level, Refusal};
use crate::crypto::digest::md5;
use crate::crypto::pay_sign::{SignType, of_fields};
use crate::world::World;
use crate::world::pay::refund::OrderName;
use crate::world::registration::Capability;

/// A member that an interface reads.
pub(super) struct Field {
    name: &'static str,
    /// Longest text, in bytes.
    bytes_max: usize,
    is_needed: bool,
}

impl Field {
    /// One that must be there.
    pub(super) const fn needed(name: &'static str, bytes_max: usize) -> Self {
        Self {
            name,
            bytes_max,
            is_needed: true,
        }
    }

    /// One that may be missing.
    pub(super) const fn optional(name: &'static str, bytes_max: usize) -> Self {
        Self {
            name,
            bytes_max,
            is_needed: false,
        }
    }
}

/// What a merchant sent.
pub(super) struct Asked {
    /// The merchant.
    pub(super) mch_id: String,
    /// The key under which request and answer are signed.
    pub(super) key: String,
    /// How they are signed.
    pub(super) sign_type: SignType,
    members: BTreeMap<String, String>,
}

/// The key of a merchant in the sandbox.
pub(super) fn sandbox_key(world: &World, mch_id: &str) -> String {
    md5(format!("sandbox {}", world.merchant_key(mch_id)).as_bytes())
}

impl Asked {
    /// Reads a request and checks who sent it.
    pub(super) fn read(
        world: &World,
        request: &Request,
        is_sandbox: bool,
    ) -> Result<Self, Refusal> {
        let read = Self::signed(world, request, is_sandbox);
        read.map_err(|refusal| Refusal {
            level: Level::First,
            ..refusal
        })
    }

    fn signed(world: &World, request: &Request, is_sandbox: bool) -> Result<Self, Refusal> {
        let members = members(request)?;
        let get = |name: &str| members.get(name).map_or("", String::as_str);
        let mch_id = get("mch_id").to_owned();
        if mch_id.is_empty() {
            return Err(code::LACK_PARAMS.saying("缺少参数mch_id"));
        }
        if !world.has_merchant(&mch_id) {
            let why = format!("no app is bound to the merchant {mch_id}");
            return Err(code::MCHID_NOT_EXIST.because(why));
        }
        let key = if is_sandbox {
            sandbox_key(world, &mch_id)
        } else {
            world.merchant_key(&mch_id)
        };
        let sign_type = match get("sign_type") {
            "" | "MD5" => SignType::Md5,
            "HMAC-SHA256" => SignType::HmacSha256,
            other => {
                let why = format!("sign_type is MD5 or HMAC-SHA256, not `{other}`");
                return Err(code::SIGNERROR.because(why));
            }
        };
        let pairs: Vec<(&str, &str)> = members.iter().map(|(a, b)| (&**a, &**b)).collect();
        let sign = of_fields(&pairs, sign_type, &key);
        if get("sign") != sign {
            let signed: Vec<&str> = members
                .iter()
                .filter(|(name, text)| *name != "sign" && !text.is_empty())
                .map(|(name, _)| name.as_str())
                .collect();
            let which = if is_sandbox { "getsignkey's" } else { "its" };
            return Err(code::SIGNERROR.because(format!(
                "`sign` is not the {} of {} under {which} key of merchant {mch_id}",
                sign_type.name(),
                signed.join("&")
            )));
        }
        Ok(Self {
            mch_id,
            key,
            sign_type,
            members,
        })
    }

    /// A member; empty when it is missing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.members.get(name).map_or("", String::as_str)
    }

    /// Whether what must be there is, and nothing is too long.
    pub(super) fn check(&self, fields: &[Field]) -> Result<(), Refusal> {
        for field in fields {
            let (name, text) = (field.name, self.text(field.name));
            if text.is_empty() && field.is_needed {
                return Err(code::LACK_PARAMS.saying(format!("缺少参数{name}")));
            }
            if text.len() > field.bytes_max {
                let why = format!(
                    "`{name}` has {} bytes, at most {} are allowed",
                    text.len(),
                    field.bytes_max
                );
                let words = format!("{name}参数长度有误");
                return Err(code::PARAM_ERROR.saying(words).because(why));
            }
        }
        Ok(())
    }

    /// A member as a number of fen, from 1.
    pub(super) fn fen(&self, name: &str) -> Result<u64, Refusal> {
        let text = self.text(name);
        let is_number = text.bytes().all(|it| it.is_ascii_digit());
        let number = text.parse().ok().filter(|it| is_number && *it > 0);
        number.ok_or_else(|| {
            wrong(
                name,
                format!("`{name}` is a number of fen from 1, not `{text}`"),
            )
        })
    }

    /// A member as the merchant's number of something.
    pub(super) fn number(&self, name: &str, more: &str) -> Result<&str, Refusal> {
        let text = self.text(name);
        let fits = |it: char| it.is_ascii_alphanumeric() || more.contains(it);
        if text.chars().all(fits) {
            return Ok(text);
        }
        let why = format!("`{name}` has letters, digits and {more} alone, not `{text}`");
        Err(wrong(name, why))
    }

    /// A member as the URL of a notification.
    pub(super) fn notify_url(&self) -> Result<&str, Refusal> {
        let url = self.text("notify_url");
        let is_url = url.starts_with("http://") || url.starts_with("https://");
        if url.is_empty() || is_url && !url.contains('?') {
            return Ok(url);
        }
        let why = format!("`notify_url` is an http or https URL without a query, not `{url}`");
        Err(wrong("notify_url", why))
    }

    /// The app, when it is bound to the merchant and may take payments.
    pub(super) fn app<'a>(&'a self, world: &World) -> Result<&'a str, Refusal> {
        let app_id = self.text("appid");
        let app = world.registered(app_id).ok_or_else(|| {
            code::APPID_NOT_EXIST.because(format!("no app of the world has the appid `{app_id}`"))
        })?;
        if !app.merchants.contains(&self.mch_id) {
            let bound = app.merchants.join(", ");
            let why = format!("{app_id} is bound to {bound}, not to {}", self.mch_id);
            return Err(code::APPID_MCHID_NOT_MATCH.because(why));
        }
        if app_id == world.app().app_id && world.is_blocked(Capability::Payment) {
            return Err(code::NOAUTH.because("the payment of the app is blocked"));
        }
        Ok(app_id)
    }

    /// The order that is meant.
    pub(super) fn order(&self) -> Result<OrderName<'_>, Refusal> {
        match (self.text("transaction_id"), self.text("out_trade_no")) {
            ("", "") => Err(code::LACK_PARAMS.saying("缺少参数transaction_id或out_trade_no")),
            ("", number) => Ok(OrderName::Number(number)),
            (id, _) => Ok(OrderName::Transaction(id)),
        }
    }
}

/// A parameter that is wrong.
pub(super) fn wrong(name: &str, why: impl Into<String>) -> Refusal {
    let words = format!("{name}参数格式错误");
    code::PARAM_ERROR.saying(words).because(why)
}

/// The members of the body.
fn members(request: &Request) -> Result<BTreeMap<String, String>, Refusal> {
    if request.method != "POST" {
        return Err(code::REQUIRE_POST_METHOD.into());
    }
    if request.body.trim_ascii().is_empty() {
        return Err(code::POST_DATA_EMPTY.into());
    }
    if std::str::from_utf8(&request.body).is_err() {
        return Err(code::NOT_UTF8.because("the body is not UTF-8"));
    }
    let members = xml::read(&request.body)
        .map_err(|error| code::XML_FORMAT_ERROR.because(format!("the body is no XML: {error}")))?;
    let mut first = BTreeMap::new();
    for (name, text) in members {
        first.entry(name).or_insert(text);
    }
    Ok(first)
}

//! A request of version 3 whose merchant is known: its members.

use serde_json::{Map, Value as Json};

use super::super::super::request::Request;
use super::super::code::v3 as code;
use super::refusal::{Refusal, wrong, wrong_at};
use crate::world::World;
use crate::world::registration::Capability;

/// What a merchant sent.
pub(super) struct Asked<'a> {
    /// The merchant who signed it.
    pub(super) mch_id: String,
    request: &'a Request,
    /// The body; an empty object without one.
    json: Json,
    /// Parts of the path.
    parts: Vec<String>,
}

impl<'a> Asked<'a> {
    /// Reads a request.
    pub(super) fn read(
        request: &'a Request,
        body: &str,
        mch_id: String,
        parts: Vec<String>,
    ) -> Result<Self, Refusal> {
        let json = if request.method == "POST" {
            serde_json::from_str(body).map_err(|error| {
                let why = format!("the body is no JSON: {error}");
                code::PARAM_ERROR
                    .saying("输入源“/body”映射到值字段失败")
                    .because(why)
            })?
        } else {
            Json::Object(Map::new())
        };
        if !json.is_object() {
            return Err(wrong("", &Json::Null, "an object"));
        }
        Ok(Self {
            mch_id,
            request,
            json,
            parts,
        })
    }

    /// A part of the path; empty when there is none.
    pub(super) fn part(&self, at: usize) -> &str {
        self.parts.get(at).map_or("", String::as_str)
    }

    /// A member, `/amount/total`; `null` counts as missing.
    fn member(&self, path: &str) -> Option<&Json> {
        self.json.pointer(path).filter(|value| !value.is_null())
    }

    /// A text with so many characters at most; empty when it is missing.
    pub(super) fn text(&self, path: &str, chars_max: usize) -> Result<&str, Refusal> {
        let Some(value) = self.member(path) else {
            return Ok("");
        };
        let text = value.as_str();
        let fits = |text: &&str| text.chars().count() <= chars_max;
        let should = format!("a text of up to {chars_max} characters");
        text.filter(fits).ok_or_else(|| wrong(path, value, &should))
    }

    /// The same, and it must be there.
    pub(super) fn needed(&self, path: &str, chars_max: usize) -> Result<&str, Refusal> {
        let text = self.text(path, chars_max)?;
        if text.is_empty() {
            let should = format!("a text of 1 to {chars_max} characters");
            return Err(wrong(
                path,
                self.json.pointer(path).unwrap_or(&Json::Null),
                &should,
            ));
        }
        Ok(text)
    }

    /// A merchant's number of something, of so many characters.
    pub(super) fn number(
        &self,
        path: &str,
        (least, most): (usize, usize),
        more: &str,
    ) -> Result<&str, Refusal> {
        let text = self.needed(path, most)?;
        let fits = |it: char| it.is_ascii_alphanumeric() || more.contains(it);
        if text.len() >= least && text.chars().all(fits) {
            return Ok(text);
        }
        let should = format!("{least} to {most} letters, digits and {more}");
        Err(wrong(path, &text.into(), &should))
    }

    /// A number of fen, from 1.
    pub(super) fn fen(&self, path: &str) -> Result<u64, Refusal> {
        let value = self.member(path).unwrap_or(&Json::Null);
        let number = value
            .as_u64()
            .filter(|it| *it > 0 && i64::try_from(*it).is_ok());
        number.ok_or_else(|| wrong(path, value, "a number of fen from 1"))
    }

    /// The URL of a notification; empty when it is missing.
    pub(super) fn notify_url(&self, chars_max: usize) -> Result<&str, Refusal> {
        let url = self.text("/notify_url", chars_max)?;
        let is_url = url.starts_with("http://") || url.starts_with("https://");
        if url.is_empty() || is_url && !url.contains('?') {
            return Ok(url);
        }
        let should = "an http or https URL without a query";
        Err(wrong("/notify_url", &url.into(), should))
    }

    /// The currency, which is that of China.
    pub(super) fn currency(&self) -> Result<(), Refusal> {
        let currency = self.text("/amount/currency", 16)?;
        if matches!(currency, "" | "CNY") {
            return Ok(());
        }
        Err(wrong("/amount/currency", &currency.into(), "CNY"))
    }

    /// `mchid` of the body, which must be the merchant who signed.
    pub(super) fn same_merchant(&self) -> Result<(), Refusal> {
        self.is_signer(self.needed("/mchid", 32)?)
    }

    /// `mchid` of the query, which must be the merchant who signed.
    pub(super) fn same_merchant_in_query(&self) -> Result<(), Refusal> {
        let mch_id = self.request.query_value("mchid").unwrap_or_default();
        if mch_id.is_empty() {
            let should = "the number of the merchant";
            return Err(wrong_at("query", "mchid", &Json::Null, should));
        }
        self.is_signer(&mch_id)
    }

    fn is_signer(&self, mch_id: &str) -> Result<(), Refusal> {
        if mch_id == self.mch_id {
            return Ok(());
        }
        let why = format!("mchid is {mch_id}, and merchant {} signed", self.mch_id);
        Err(code::NO_AUTH.because(why))
    }

    /// The app of the body, when it is bound to the merchant and may take payments.
    pub(super) fn app(&self, world: &World) -> Result<&str, Refusal> {
        let app_id = self.needed("/appid", 32)?;
        let app = world.registered(app_id).ok_or_else(|| {
            let why = format!("no app of the world has the appid `{app_id}`");
            code::PARAM_ERROR.saying("APPID不存在").because(why)
        })?;
        if !app.merchants.contains(&self.mch_id) {
            let bound = app.merchants.join(", ");
            let why = format!("{app_id} is bound to {bound}, not to {}", self.mch_id);
            return Err(code::APPID_MCHID_NOT_MATCH.because(why));
        }
        if app_id == world.app().app_id && world.is_blocked(Capability::Payment) {
            return Err(code::NO_AUTH.because("the payment of the app is blocked"));
        }
        Ok(app_id)
    }
}

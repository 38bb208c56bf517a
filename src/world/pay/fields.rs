//! Members of a text of version 2, in the order in which they are written, and their signature.
//!
//! Official pages of WeChat Pay: "Protocol rules", "Signature algorithm" (v2).

use super::super::open_api::flat_xml::{Member, write};
use crate::crypto::pay_sign::{self, SignType};

/// Members; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, Value)>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    Number(u64),
}

impl Value {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Fields {
    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// One more text; an empty one is left out.
    pub fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.0.push((name.to_owned(), Value::Text(text.to_owned())));
        }
    }

    /// One more number.
    pub fn number(&mut self, name: &str, number: u64) {
        self.0.push((name.to_owned(), Value::Number(number)));
    }

    /// The members of others behind these.
    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Adds `sign`.
    pub fn sign(&mut self, kind: SignType, key: &str) {
        let texts: Vec<(&str, String)> = self
            .0
            .iter()
            .map(|(name, value)| (name.as_str(), value.text()))
            .collect();
        let pairs: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        let sign = pay_sign::of_fields(&pairs, kind, key);
        self.text("sign", &sign);
    }

    /// `<root>` with the members.
    pub fn xml(&self, root: &str) -> String {
        let members: Vec<(&str, Member<'_>)> = self
            .0
            .iter()
            .map(|(name, value)| {
                let member = match value {
                    Value::Text(text) => Member::Text(text),
                    Value::Number(number) => {
                        Member::Number(i64::try_from(*number).unwrap_or(i64::MAX))
                    }
                };
                (name.as_str(), member)
            })
            .collect();
        write(root, &members)
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;
    use crate::crypto::pay_sign::SignType;

    #[test]
    fn the_published_order_is_signed_as_published() {
        let mut fields = Fields::new();
        fields.text("appid", "wxd930ea5d5a258f4f");
        fields.number("mch_id", 10_000_100);
        fields.text("device_info", "1000");
        fields.text("attach", "");
        let mut more = Fields::new();
        more.text("body", "test");
        more.text("nonce_str", "ibuaiVcKdpRxkhJA");
        fields.append(more);
        fields.sign(SignType::Md5, "192006250b4c09247ec02edce69f6a2d");
        let xml = fields.xml("xml");
        assert!(xml.contains("<mch_id>10000100</mch_id>"), "{xml}");
        let sign = "<sign><![CDATA[9A0A8659F005D6984697E2CA0A9CF3B7]]></sign></xml>";
        assert!(xml.ends_with(sign), "{xml}");
        assert!(!xml.contains("attach"), "{xml}");
    }
}

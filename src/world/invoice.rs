//! Invoice titles and electronic invoices that a user keeps in WeChat.
//!
//! Official pages: `wx.chooseInvoiceTitle`, `wx.chooseInvoice`. The usual title is the sample of the
//! developer tool; the usual invoice is made up.

use serde::{Deserialize, Serialize};

use super::World;

/// Who an invoice is written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TitleKind {
    /// A company: `type` 0.
    #[default]
    Company,
    /// A person: `type` 1.
    Person,
}

impl TitleKind {
    /// `type`.
    pub const fn number(self) -> u8 {
        match self {
            Self::Company => 0,
            Self::Person => 1,
        }
    }
}

/// An invoice title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvoiceTitle {
    /// `type`.
    #[serde(rename = "type")]
    pub kind: TitleKind,
    /// `title`.
    pub title: String,
    /// `taxNumber`.
    pub tax_number: String,
    /// `companyAddress`.
    pub address: String,
    /// `telephone`.
    pub phone: String,
    /// `bankName`.
    pub bank: String,
    /// `bankAccount`.
    pub account: String,
}

impl InvoiceTitle {
    /// The title that users have unless something else is said.
    pub fn usual() -> Self {
        let text = str::to_owned;
        Self {
            kind: TitleKind::Company,
            title: text("广州腾讯科技有限公司"),
            tax_number: text("91440101327598294H"),
            address: text("广州市海珠区新港中路397号自编72号(商业街F5-1)"),
            phone: text("020-81167888"),
            bank: text("招商银行股份有限公司广州市体育东路支行"),
            account: text("1209 0928 2210 301"),
        }
    }

    /// The members of a result but `type`, by their names in the order of the official page.
    pub fn members(&self) -> Vec<(&'static str, String)> {
        vec![
            ("title", self.title.clone()),
            ("taxNumber", self.tax_number.clone()),
            ("companyAddress", self.address.clone()),
            ("telephone", self.phone.clone()),
            ("bankName", self.bank.clone()),
            ("bankAccount", self.account.clone()),
        ]
    }

    /// One line.
    pub fn line(&self) -> String {
        format!("{} {}", self.title, self.tax_number)
            .trim()
            .to_owned()
    }
}

/// An electronic invoice, which is a card of who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Invoice {
    /// `card_id`.
    pub card_id: String,
    /// `encrypt_code`.
    pub encrypt_code: String,
    /// `app_id` of who wrote it.
    pub app_id: String,
}

impl Invoice {
    /// The invoice that users have unless something else is said.
    pub fn usual() -> Self {
        let text = str::to_owned;
        Self {
            card_id: text("pjZ8Yt0InvoiceOfTheTeaShop01"),
            encrypt_code: text("pIe9dxLJSuqDZdXSkmGCCVIYcTWq9SMzzzjy0lTUqdQ="),
            app_id: text("wxf28e8b0c5a5c1d7e"),
        }
    }
}

impl World {
    /// The invoice titles of the user who holds the phone, the usual one first.
    pub fn invoice_titles(&self) -> &[InvoiceTitle] {
        &self.user().invoice_titles
    }

    /// The invoices of the user who holds the phone.
    pub fn invoices(&self) -> &[Invoice] {
        &self.user().invoices
    }

    /// Whether the program may ask for invoices: an official account that WeChat verified is linked to
    /// it.
    pub fn may_ask_for_invoices(&self) -> bool {
        self.app().linked_account
    }
}

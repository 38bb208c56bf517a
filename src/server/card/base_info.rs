//! What `card/create` and `card/update` say about a card: `base_info` and the members of its kind.
//!
//! Official page: "Create cards" (`base_info`, `date_info`, the table of each kind). Lengths are bytes of UTF-8.
//! `date_info.type` may be the number of old clients, 1 for a range and 2 for a term.
//!
//! Unverified: which code each wrong value gives; that a card always needs all of the required members; a whole card
//! takes at most [`DETAIL_BYTES_MAX`].

use serde_json::{Map, Value as Json};

use super::form::{flag, object, text, whole};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::Millis;
use crate::world::card::{Activation, Card, CardDates, CardKind, Codes};

/// Most bytes of all members of a card.
pub(super) const DETAIL_BYTES_MAX: usize = 32 << 10;
/// Largest stock.
pub(super) const STOCK_MAX: i64 = 100_000_000;
/// Longest term, and longest time before it begins, in days.
const TERM_DAYS_MAX: i64 = 3_650;
/// Latest second that a card can be good at: the end of 9999.
const SECONDS_MAX: i64 = 253_402_300_799;

/// Required texts of `base_info` with the bytes that each may have.
const TEXTS: [(&str, usize); 5] = [
    ("logo_url", 256),
    ("brand_name", 36),
    ("title", 27),
    ("notice", 48),
    ("description", 3_072),
];

const CODE_TYPES: [&str; 6] = [
    "CODE_TYPE_TEXT",
    "CODE_TYPE_BARCODE",
    "CODE_TYPE_QRCODE",
    "CODE_TYPE_ONLY_QRCODE",
    "CODE_TYPE_ONLY_BARCODE",
    "CODE_TYPE_NONE",
];

/// The colours with their values, as `card/getcolors` tells them.
pub(super) const COLORS: [(&str, &str); 14] = [
    ("Color010", "#63b359"),
    ("Color020", "#2c9f67"),
    ("Color030", "#509fc9"),
    ("Color040", "#5885cf"),
    ("Color050", "#9062c0"),
    ("Color060", "#d09a45"),
    ("Color070", "#e4b138"),
    ("Color080", "#ee903c"),
    ("Color081", "#f08500"),
    ("Color082", "#a9d92d"),
    ("Color090", "#dd6549"),
    ("Color100", "#cc463d"),
    ("Color101", "#cf3e36"),
    ("Color102", "#5e6671"),
];

/// The name of the member that has what belongs to a kind.
pub(super) fn member_of(kind: CardKind) -> String {
    kind.word().to_ascii_lowercase()
}

/// A card out of the members of its kind; without id and owner.
///
/// # Errors
/// 41011, 45021, 40072, 40150, 40122, 40079, 40100, 40124 or 47001.
pub(super) fn read(kind: CardKind, detail: &Map<String, Json>, now: Millis) -> Result<Card, Fault> {
    let size = Json::Object(detail.clone()).to_string().len();
    if size > DETAIL_BYTES_MAX {
        let why = format!("the card has {size} bytes; at most {DETAIL_BYTES_MAX} are kept");
        return Err(errcode::FIELD_TOO_LONG.because(why));
    }
    let base = object(detail, "base_info")?.ok_or_else(|| missing("base_info"))?;
    check_texts(base)?;
    let sku = object(base, "sku")?.ok_or_else(|| missing("base_info.sku"))?;
    let stock = stock(whole(sku, "quantity")?)?;
    let limit = whole(base, "get_limit")?;
    if limit.is_some_and(|limit| limit < 1) {
        return Err(errcode::INVALID_CARD_PARAMETERS.because("`get_limit` is less than 1"));
    }
    let dates = object(base, "date_info")?.ok_or_else(|| missing("base_info.date_info"))?;
    check_kind(kind, detail)?;
    let has_own_codes = flag(base, "use_custom_code")?;
    Ok(Card {
        title: text(base, "title")?,
        kind,
        bind_openid: flag(base, "bind_openid")?,
        codes: if has_own_codes {
            Codes::Own
        } else {
            Codes::Generated
        },
        stock,
        limit: limit.map(|limit| u32::try_from(limit).unwrap_or(u32::MAX)),
        dates: read_dates(dates, now)?,
        activation: activation(kind, detail)?,
        detail: Json::Object(detail.clone()),
        ..Card::default()
    })
}

fn missing(name: &str) -> Fault {
    errcode::REQUIRED_FIELD_MISSING.because(format!("`{name}` is missing"))
}

fn stock(quantity: Option<i64>) -> Result<u32, Fault> {
    let quantity = quantity.ok_or_else(|| missing("base_info.sku.quantity"))?;
    let fits = (0..=STOCK_MAX).contains(&quantity);
    u32::try_from(quantity)
        .ok()
        .filter(|_| fits)
        .ok_or_else(|| {
            errcode::INVALID_CARD_QUANTITY
                .because(format!("`quantity` is {quantity}; it is 0 to {STOCK_MAX}"))
        })
}

fn check_texts(base: &Map<String, Json>) -> Result<(), Fault> {
    for (name, bytes_max) in TEXTS {
        let value = text(base, name)?;
        if value.is_empty() {
            return Err(missing(&format!("base_info.{name}")));
        }
        if value.len() > bytes_max {
            let why = format!("`{name}` has {} bytes; at most {bytes_max}", value.len());
            return Err(errcode::FIELD_TOO_LONG.because(why));
        }
    }
    match text(base, "code_type")?.as_str() {
        "" => return Err(missing("base_info.code_type")),
        kind if CODE_TYPES.contains(&kind) => {}
        kind => {
            let why = format!(
                "`code_type` is `{kind}`; it is one of {}",
                CODE_TYPES.join(", ")
            );
            return Err(errcode::INVALID_CARD_ENCODING.because(why));
        }
    }
    match text(base, "color")?.as_str() {
        "" => Err(missing("base_info.color")),
        color if COLORS.iter().any(|(name, _)| *name == color) => Ok(()),
        color => {
            let why = format!("`color` is `{color}`; card/getcolors lists them");
            Err(errcode::INVALID_CARD_PARAMETERS.because(why))
        }
    }
}

fn read_dates(dates: &Map<String, Json>, now: Millis) -> Result<CardDates, Fault> {
    let time = |name: &str, max: i64| -> Result<i64, Fault> {
        let value = whole(dates, name)?.ok_or_else(|| missing(&format!("date_info.{name}")))?;
        if (0..=max).contains(&value) {
            Ok(value)
        } else {
            Err(errcode::INVALID_CARD_TIME.because(format!("`{name}` is {value}")))
        }
    };
    match text(dates, "type")?.as_str() {
        "" => Err(missing("date_info.type")),
        "DATE_TYPE_PERMANENT" => Ok(CardDates::Permanent),
        "DATE_TYPE_FIX_TIME_RANGE" | "1" => {
            let begin = time("begin_timestamp", SECONDS_MAX)?;
            let end = time("end_timestamp", SECONDS_MAX)?;
            if end <= begin {
                let why = "`end_timestamp` is not after `begin_timestamp`; both are in seconds";
                return Err(errcode::INVALID_CARD_TIME_RANGE.because(why));
            }
            if end * 1_000 < now.0 {
                let why = "`end_timestamp` is over already; it is in seconds";
                return Err(errcode::INVALID_CARD_TIME.because(why));
            }
            Ok(CardDates::Moments(begin * 1_000, end * 1_000 + 999))
        }
        "DATE_TYPE_FIX_TERM" | "2" => {
            let days = time("fixed_term", TERM_DAYS_MAX)?;
            if days == 0 {
                return Err(errcode::INVALID_CARD_TIME.because("`fixed_term` is 0 days"));
            }
            let after = match whole(dates, "fixed_begin_term")? {
                None => 0,
                Some(_) => time("fixed_begin_term", TERM_DAYS_MAX)?,
            };
            Ok(CardDates::Term {
                days: u16::try_from(days).unwrap_or_default(),
                after: u16::try_from(after).unwrap_or_default(),
            })
        }
        kind => {
            let why = format!(
                "`date_info.type` is `{kind}`; it is DATE_TYPE_FIX_TIME_RANGE, DATE_TYPE_FIX_TERM or \
                 DATE_TYPE_PERMANENT"
            );
            Err(errcode::INVALID_CARD_TIME.because(why))
        }
    }
}

/// Checks what belongs to the kind.
fn check_kind(kind: CardKind, detail: &Map<String, Json>) -> Result<(), Fault> {
    let required: &[&str] = match kind {
        CardKind::Groupon => &["deal_detail"],
        CardKind::Cash => &["reduce_cost"],
        CardKind::Discount => &["discount"],
        CardKind::Gift => &["gift"],
        CardKind::GeneralCoupon => &["default_detail"],
        CardKind::MemberCard => &["prerogative"],
    };
    for name in required {
        if text(detail, name)?.is_empty() {
            return Err(missing(name));
        }
    }
    let within = |name: &str, from: i64, to: i64| -> Result<(), Fault> {
        match whole(detail, name)? {
            Some(value) if !(from..=to).contains(&value) => {
                let why = format!("`{name}` is {value}; it is {from} to {to}");
                Err(errcode::INVALID_CARD_PARAMETERS.because(why))
            }
            _ => Ok(()),
        }
    };
    match kind {
        CardKind::Cash => {
            within("reduce_cost", 1, i64::MAX)?;
            within("least_cost", 0, i64::MAX)
        }
        CardKind::Discount => within("discount", 1, 99),
        CardKind::MemberCard => {
            let own = detail
                .keys()
                .filter_map(|key| key.strip_prefix("custom_field"));
            let beyond = own.filter(|number| !matches!(*number, "1" | "2" | "3"));
            match beyond.count() {
                0 => Ok(()),
                _ => Err(errcode::TOO_MANY_CUSTOM_FIELDS
                    .because("there are custom_field1 to custom_field3")),
            }
        }
        _ => Ok(()),
    }
}

fn activation(kind: CardKind, detail: &Map<String, Json>) -> Result<Activation, Fault> {
    if kind != CardKind::MemberCard {
        return Ok(Activation::default());
    }
    let is_auto = flag(detail, "auto_activate")?;
    let has_form = flag(detail, "wx_activate")?;
    let after = flag(detail, "wx_activate_after_submit")?;
    match (is_auto, has_form, after) {
        (true, true, _) => Err(errcode::INVALID_CARD_PARAMETERS
            .because("a card has `auto_activate` or `wx_activate`, not both")),
        (_, false, true) => Err(errcode::INVALID_CARD_PARAMETERS
            .because("`wx_activate_after_submit` needs `wx_activate: true`")),
        (true, false, false) => Ok(Activation::Auto),
        (false, true, true) => Ok(Activation::AfterSubmit),
        (false, true, false) => Ok(Activation::OneTap),
        (false, false, false) => Ok(Activation::ByServer),
    }
}

//! `[[cards]]`, and what users keep in WeChat: addresses, invoice titles, invoices.

use super::item::{Entry, Item, Problems, only};
use super::people::{each_once, filled, named};
use crate::profile::Date;
use crate::world::address::Address;
use crate::world::card::{Card, CardDates, CardKind, Codes};
use crate::world::invoice::{Invoice, InvoiceTitle, TitleKind};

const KEYS: &[&str] = &[
    "id",
    "title",
    "owner",
    "type",
    "bind_openid",
    "custom_code",
    "codes",
    "stock",
    "limit",
    "from",
    "until",
    "days",
    "after",
];

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Card> {
    let items = item.list(problems);
    let cards = items.iter().filter_map(|item| card(item, problems));
    let cards: Vec<_> = cards.collect();
    super::people::ids(&cards, "id", problems);
    cards.into_iter().map(|(card, _)| card).collect()
}

fn card(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<named::Named<Card>> {
    let entries = item.table(problems);
    only(&entries, "a card", KEYS, problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    let mut card = Card {
        title: id.clone(),
        id,
        ..Card::default()
    };
    for entry in &entries {
        let item = &entry.item;
        match entry.key.as_str() {
            "title" => card.title = filled(item, problems).unwrap_or_default(),
            "owner" => {
                card.owner = filled(item, problems);
                if let Some(owner) = &card.owner {
                    problems.refer(&item.range, "official account", owner);
                }
            }
            "type" => card.kind = item.word(&CardKind::ALL, problems).unwrap_or_default(),
            "bind_openid" => card.bind_openid = item.flag(problems).unwrap_or_default(),
            "custom_code" => {
                let has_own = item.flag(problems) == Some(true);
                let is_open = has_own && card.codes == Codes::Generated;
                card.codes = if is_open { Codes::Own } else { card.codes };
            }
            "codes" => card.codes = Codes::Listed(each_once(item, problems, filled)),
            "stock" => card.stock = item.number(0..=1_000_000_000, problems).unwrap_or_default(),
            "limit" => card.limit = item.number(1..=1_000_000_000, problems),
            _ => {}
        }
    }
    card.dates = dates(&entries, problems);
    Some((card, range))
}

/// When the card is good: two days, a number of days, or always.
fn dates(entries: &[Entry<'_>], problems: &mut Problems<'_>) -> CardDates {
    let find = |key: &str| entries.iter().find(|entry| entry.key == key);
    let (from, until) = (find("from"), find("until"));
    let (days, after) = (find("days"), find("after"));
    if let (Some(term), Some(range)) = (days.or(after), from.or(until)) {
        let message = format!("a card with `{}` has no `{}`", range.key, term.key);
        let help = "write `from` and `until`, or `days` and `after`";
        problems.push(&term.key_range, message, help);
        return CardDates::Permanent;
    }
    if let Some(lone) = [(from, until), (until, from), (after, days)]
        .into_iter()
        .find_map(|(one, other)| one.filter(|_| other.is_none()))
    {
        let other = match lone.key.as_str() {
            "from" => "until",
            "until" => "from",
            _ => "days",
        };
        let message = format!("a card with `{}` needs `{other}`", lone.key);
        problems.push(&lone.key_range, message, "write both");
        return CardDates::Permanent;
    }
    let mut date = |entry: &Entry<'_>| entry.item.parsed::<Date>(problems);
    if let (Some(from), Some(until)) = (from, until) {
        let (first, last) = (date(from), date(until));
        let (Some(first), Some(last)) = (first, last) else {
            return CardDates::Permanent;
        };
        if last < first {
            let message = format!("the last day of a card, {last}, is before its first, {first}");
            problems.push(&until.item.range, message, "write the later day here");
        }
        return CardDates::Range(first, last);
    }
    let Some(days) = days else {
        return CardDates::Permanent;
    };
    CardDates::Term {
        days: days.item.number(1..=3_650, problems).unwrap_or_default(),
        after: after
            .and_then(|after| after.item.number(0..=3_650, problems))
            .unwrap_or_default(),
    }
}

/// Reads each table of a list; what a table leaves out is empty.
fn tables<T: Clone>(
    item: &Item<'_>,
    problems: &mut Problems<'_>,
    of: &str,
    keys: &[&str],
    empty: &T,
    set: impl Fn(&mut T, &str, &Item<'_>, &mut Problems<'_>),
) -> Vec<T> {
    let mut all = Vec::new();
    for item in item.list(problems) {
        let entries = item.table(problems);
        only(&entries, of, keys, problems);
        let mut one = empty.clone();
        for entry in &entries {
            set(&mut one, &entry.key, &entry.item, problems);
        }
        all.push(one);
    }
    all
}

fn text(item: &Item<'_>, problems: &mut Problems<'_>) -> String {
    item.text(problems).map(str::to_owned).unwrap_or_default()
}

const ADDRESS_KEYS: &[&str] = &[
    "name",
    "phone",
    "province",
    "city",
    "county",
    "street",
    "detail",
    "postal_code",
    "national_code",
];

pub(super) fn addresses(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Address> {
    let empty = Address::empty();
    tables(
        item,
        problems,
        "an address",
        ADDRESS_KEYS,
        &empty,
        |to, key, item, problems| {
            let field = match key {
                "name" => &mut to.name,
                "phone" => &mut to.phone,
                "province" => &mut to.province,
                "city" => &mut to.city,
                "county" => &mut to.county,
                "street" => &mut to.street,
                "detail" => &mut to.detail,
                "postal_code" => &mut to.postal_code,
                "national_code" => &mut to.national_code,
                _ => return,
            };
            *field = text(item, problems);
        },
    )
}

const TITLE_KINDS: &[(&str, TitleKind)] = &[
    ("company", TitleKind::Company),
    ("person", TitleKind::Person),
];

const TITLE_KEYS: &[&str] = &[
    "type",
    "title",
    "tax_number",
    "address",
    "phone",
    "bank",
    "account",
];

pub(super) fn invoice_titles(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<InvoiceTitle> {
    let empty = InvoiceTitle::default();
    tables(
        item,
        problems,
        "an invoice title",
        TITLE_KEYS,
        &empty,
        |to, key, item, problems| {
            let field = match key {
                "type" => {
                    to.kind = item.word(TITLE_KINDS, problems).unwrap_or_default();
                    return;
                }
                "title" => &mut to.title,
                "tax_number" => &mut to.tax_number,
                "address" => &mut to.address,
                "phone" => &mut to.phone,
                "bank" => &mut to.bank,
                "account" => &mut to.account,
                _ => return,
            };
            *field = text(item, problems);
        },
    )
}

const INVOICE_KEYS: &[&str] = &["card_id", "encrypt_code", "app_id"];

pub(super) fn invoices(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Invoice> {
    let empty = Invoice::default();
    tables(
        item,
        problems,
        "an invoice",
        INVOICE_KEYS,
        &empty,
        |to, key, item, problems| {
            let field = match key {
                "card_id" => &mut to.card_id,
                "encrypt_code" => &mut to.encrypt_code,
                "app_id" => &mut to.app_id,
                _ => return,
            };
            *field = text(item, problems);
        },
    )
}

//! `[[cards]]` and what users keep: what is taken, mistakes.

use super::tests::{all_of, good};
use crate::profile::Date;
use crate::world::address::Address;
use crate::world::card::{Card, CardDates, CardKind, Codes};
use crate::world::invoice::{Invoice, InvoiceTitle, TitleKind};

/// Each mistake: the file, where, what is told.
const CARDS: &str = r#"
cards = 'p1'
1:9
`cards` is a text (write a list in [ ])

cards = [{ title = 'Tea' }]
1:10
`cards[0]` has no `id` (add id = "…")

cards = [{ id = 'p1' }, { id = 'p1' }]
1:32
the id `p1` is there twice (give each its own)

cards = [{ id = 'p1', titel = 'Tea' }]
1:23
a card has no `titel` (did you mean `title`? There are id, title, owner, type, bind_openid, custom_code, codes, stock, limit, from, until, days, after)

cards = [{ id = 'p1', type = 'TICKET' }]
1:30
`TICKET` is no value of `cards[0].type` (there are GROUPON, CASH, DISCOUNT, GIFT, GENERAL_COUPON, MEMBER_CARD)

cards = [{ id = 'p1', owner = 'wxpaper' }]
1:31
there is no official account `wxpaper` (name it in a table [[apps]])

cards = [{ id = 'p1', codes = ['a', 'a'] }]
1:37
`cards[0].codes` has the same twice (once is enough)

cards = [{ id = 'p1', stock = -1 }]
1:31
`cards[0].stock` is out of range (write a whole number from 0 to 1000000000)

cards = [{ id = 'p1', limit = 0 }]
1:31
`cards[0].limit` is out of range (write a whole number from 1 to 1000000000)

cards = [{ id = 'p1', from = '2026-01-01' }]
1:23
a card with `from` needs `until` (write both)

cards = [{ id = 'p1', after = 3 }]
1:23
a card with `after` needs `days` (write both)

cards = [{ id = 'p1', until = '2026-01-01', days = 3 }]
1:45
a card with `until` has no `days` (write `from` and `until`, or `days` and `after`)

cards = [{ id = 'p1', from = '2026-02-01', until = '2026-01-01' }]
1:52
the last day of a card, 2026-01-01, is before its first, 2026-02-01 (write the later day here)

users = [{ id = 'mei', addresses = [{ town = 'A' }] }]
1:39
an address has no `town` (there are name, phone, province, city, county, street, detail, postal_code, national_code)

users = [{ id = 'mei', invoice_titles = [{ type = 'club' }] }]
1:51
`club` is no value of `users[0].invoice_titles[0].type` (there are company, person)

users = [{ id = 'mei', invoices = [{ card_id = 1 }] }]
1:48
`users[0].invoices[0].card_id` is a number (write a text in quotes)
"#;

#[test]
fn mistakes_in_cards_have_a_place_and_an_advice() {
    all_of(CARDS);
}

#[test]
fn cards_are_taken_as_they_are_written() {
    let settings = good(
        "cards = [{ id = 'p1', title = 'Tea', owner = 'wxpaper', type = 'GIFT', bind_openid = true, \
           custom_code = true, stock = 5, limit = 1, from = '2026-01-01', until = '2026-12-31' }, \
           { id = 'p2', codes = ['a', 'b'], custom_code = true, days = 7, after = 1 }, { id = 'p3', days = 1 }]\n\
         apps = [{ appid = 'wxpaper', kind = 'official-account' }]",
    );
    let first = Card {
        id: "p1".into(),
        title: "Tea".into(),
        owner: Some("wxpaper".into()),
        kind: CardKind::Gift,
        bind_openid: true,
        codes: Codes::Own,
        stock: 5,
        limit: Some(1),
        dates: CardDates::Range(Date::new(2026, 1, 1), Date::new(2026, 12, 31)),
        ..Card::default()
    };
    assert_eq!(settings.cards[0], first);
    let second = &settings.cards[1];
    assert_eq!(second.codes, Codes::Listed(vec!["a".into(), "b".into()]));
    assert_eq!(second.dates, CardDates::Term { days: 7, after: 1 });
    assert_eq!((second.title.as_str(), second.stock), ("p2", 100));
    let third = settings.cards[2].dates;
    assert_eq!(third, CardDates::Term { days: 1, after: 0 });
}

#[test]
fn what_users_keep_is_taken_and_the_usual_stays() {
    let settings = good(
        "users = [{ id = 'a', addresses = [{ name = 'A', street = 'B' }], \
           invoice_titles = [{ type = 'person', title = 'T' }], invoices = [{ card_id = 'p', app_id = 'wx1' }] }, \
           { id = 'b', addresses = [], invoices = [] }, { id = 'c' }]",
    );
    let [a, b, c] = &settings.users[..] else {
        panic!("three users");
    };
    let address = Address {
        name: "A".into(),
        street: "B".into(),
        ..Address::empty()
    };
    assert_eq!(a.addresses, [address]);
    let title = InvoiceTitle {
        kind: TitleKind::Person,
        title: "T".into(),
        ..InvoiceTitle::default()
    };
    assert_eq!(a.invoice_titles, [title]);
    let invoice = Invoice {
        card_id: "p".into(),
        app_id: "wx1".into(),
        ..Invoice::default()
    };
    assert_eq!(a.invoices, [invoice]);
    assert!(b.addresses.is_empty() && b.invoices.is_empty());
    assert_eq!(b.invoice_titles, [InvoiceTitle::usual()]);
    assert_eq!(c.addresses, [Address::default()]);
}

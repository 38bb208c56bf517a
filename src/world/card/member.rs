//! Membership cards: one tap in the platform's own mini program takes and activates them.
//!
//! Official pages: "Membership cards" (`activate/geturl`, `activatetempinfo/get`), "Opening the membership
//! card component". The server gets a URL whose query holds `encrypt_card_id`, `outer_str` and `biz`; the
//! program decodes the three and jumps with them to [`COMPONENT`], which gives `activate_ticket`,
//! `card_id` and `code` back, or nothing when the user had the card already.
//!
//! Differs from the client: what `encrypt_card_id` looks like is not published; here it is hidden as codes
//! are. Unverified: whoever held the card without activating it keeps its code; a card that is
//! activated is active at once, as with `wx_activate`.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::code::block;
use super::ext::CardExt;
use super::take::hand_over;
use super::{Card, CardKind, Codes};
use crate::crypto::base64_text;
use crate::crypto::card::{BLOCK_BYTES, hide, show};
use crate::errmsg::CardProblem;
use crate::world::rng::{derived_hex, derived_text};
use crate::world::{Caller, Change, World, sealed::Sealed};

/// The appid of the platform's mini program that activates membership cards.
pub const COMPONENT: &str = "wxeb490c6f9b154ef9";

/// Characters of an `activate_ticket`.
const TICKET_CHARS: usize = 44;

/// `extraData` with which a program jumps to [`COMPONENT`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberCardRequest {
    /// `encrypt_card_id`, decoded.
    pub encrypt_card_id: String,
    /// `outer_str`.
    pub outer_str: String,
    /// `biz`, decoded: the account that the card belongs to.
    pub biz: String,
}

impl MemberCardRequest {
    /// Reads `extraData`; a member that is missing is an empty text.
    pub fn read(extra_data: &Json) -> Self {
        let text = |key: &str| extra_data[key].as_str().unwrap_or_default().to_owned();
        Self {
            encrypt_card_id: text("encrypt_card_id"),
            outer_str: text("outer_str"),
            biz: text("biz"),
        }
    }

    /// Reads the query of an activation URL, as a program has to: each value is decoded.
    pub fn of_url(url: &str) -> Option<Self> {
        let (_, query) = url.split_once('?')?;
        let query = query.split('#').next().unwrap_or_default();
        let find = |key: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
        };
        Some(Self {
            encrypt_card_id: unescaped(find("encrypt_card_id")?),
            outer_str: unescaped(find("outer_str").unwrap_or_default()),
            biz: unescaped(find("biz")?),
        })
    }

    /// The members of `extraData`.
    pub fn extra_data(&self) -> Json {
        json!({
            "encrypt_card_id": self.encrypt_card_id,
            "outer_str": self.outer_str,
            "biz": self.biz,
        })
    }
}

/// A text as part of a query.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text again; what is no escape stays.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let escape = more
            .get(..2)
            .filter(|pair| *first == b'%' && pair.iter().all(u8::is_ascii_hexdigit));
        let byte = escape
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &more[2..] } else { more };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The user fills in the form of a membership card and activates it; gives the `extraData` to go back
/// with, `None` when the card was active already.
#[derive(Clone, Debug)]
pub struct ActivateMemberCard {
    /// Who, in the program that jumped.
    pub caller: Caller,
    /// What it jumped with.
    pub request: MemberCardRequest,
}

impl Sealed for ActivateMemberCard {}
impl Change for ActivateMemberCard {
    type Effect = Result<Option<Json>, CardProblem>;

    fn apply(self, world: &mut World) -> Result<Option<Json>, CardProblem> {
        let Self { caller, request } = self;
        let card = world.requested_card(&request)?.clone();
        let held = |world: &World| {
            let mut taken = world.cards.taken.iter();
            taken.position(|it| it.card_id == card.id && it.user_id == caller.user_id())
        };
        if held(world).is_none() {
            world.check_left(&caller, &card)?;
            let ext = CardExt {
                code: world.own_member_code(&card)?,
                outer_str: request.outer_str,
                ..CardExt::default()
            };
            hand_over(world, &caller, &card, ext);
        }
        let at = held(world).ok_or(CardProblem::NotHeld)?;
        let code = world.cards.taken[at].code.clone();
        let parts = ["activate ticket", card.id.as_str(), code.as_str()];
        let ticket = derived_text(world.seed, &parts, TICKET_CHARS);
        let taken = &mut world.cards.taken[at];
        if taken.activation.is_some() {
            return Ok(None);
        }
        taken.activation = Some(ticket.clone());
        let event = json!({
            "Event": "submit_membercard_user_info",
            "FromUserName": taken.open_id,
            "CardId": card.id,
            "UserCardCode": code,
        });
        world.card_event(event);
        Ok(Some(json!({
            "activate_ticket": ticket,
            "card_id": card.id,
            "code": code,
        })))
    }
}

impl World {
    /// The URL that activates a membership card, as the server of its owner gets it.
    ///
    /// # Errors
    /// It is none.
    pub fn member_card_url(&self, card_id: &str, outer_str: &str) -> Result<String, CardProblem> {
        let card = self.card(card_id).ok_or(CardProblem::NoSuchCard)?;
        if card.kind != CardKind::MemberCard {
            return Err(CardProblem::NoSuchCard);
        }
        let digits = derived_hex(self.seed, &["card id", card_id], 2 * BLOCK_BYTES);
        let hidden = hide(card_id, self.card_key(card), block(&digits));
        Ok(format!(
            "https://mp.weixin.qq.com/bizmall/activatemembercard?action=preshow&encrypt_card_id={}\
             &outer_str={}&biz={}#wechat_redirect",
            escaped(&hidden),
            escaped(outer_str),
            escaped(&self.biz(card)),
        ))
    }

    /// The `biz` of the account that a card belongs to: base64 of its number.
    fn biz(&self, card: &Card) -> String {
        let owner = self.card_owner(card);
        let hex = derived_hex(self.seed, &["biz", owner.as_str()], 7);
        let number = u32::from_str_radix(&hex, 16).unwrap_or_default();
        base64_text::encode(format!("3{number:09}").as_bytes())
    }

    /// The membership card that a program asks to activate.
    fn requested_card(&self, request: &MemberCardRequest) -> Result<&Card, CardProblem> {
        let mut cards = self.cards.offered.iter();
        let found = cards.find(|card| {
            let id = show(&request.encrypt_card_id, self.card_key(card));
            id.as_deref() == Some(card.id.as_str()) && self.biz(card) == request.biz
        });
        let found = found.filter(|card| card.kind == CardKind::MemberCard);
        found.ok_or(CardProblem::NoSuchCard)
    }

    /// The code of a card that nobody signed: of a list, the next.
    fn own_member_code(&self, card: &Card) -> Result<String, CardProblem> {
        match &card.codes {
            Codes::Generated => Ok(String::new()),
            Codes::Own => Err(CardProblem::Code),
            Codes::Listed(codes) => {
                let mut free = codes.iter().filter(|code| !self.has_code(card, code));
                free.next().cloned().ok_or(CardProblem::SoldOut)
            }
        }
    }

    /// What the user filled in when a card was activated, as the server asks for it with the ticket.
    pub fn member_form(&self, activate_ticket: &str) -> Option<Json> {
        let mut taken = self.cards.taken.iter();
        let taken = taken.find(|it| it.activation.as_deref() == Some(activate_ticket))?;
        let number = self.user_of(&taken.user_id)?.phone_number().number;
        Some(json!({
            "common_field_list": [{ "name": "USER_FORM_INFO_FLAG_MOBILE", "value": number }],
            "custom_field_list": [],
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{ActivateMemberCard, MemberCardRequest, escaped, unescaped};
    use crate::errmsg::CardProblem;
    use crate::profile::Profile;
    use crate::world::card::{Card, CardKind, Codes, OfferCard, TakeCardEvents};
    use crate::world::{AppFacts, World};

    fn world(codes: &Codes) -> World {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        for (id, kind) in [("p1", CardKind::MemberCard), ("p2", CardKind::Gift)] {
            world.apply(OfferCard(Card {
                id: id.into(),
                kind,
                codes: codes.clone(),
                ..Card::default()
            }));
        }
        world
    }

    #[test]
    fn a_query_is_read_as_it_was_written() {
        let text = "a+b/c= 茶%";
        assert_eq!(escaped(text), "a%2Bb%2Fc%3D%20%E8%8C%B6%25");
        assert_eq!(unescaped(&escaped(text)), text);
        assert_eq!(unescaped("%zz%4"), "%zz%4");
    }

    #[test]
    fn the_url_of_a_server_leads_to_an_active_card_once() {
        let mut world = world(&Codes::Generated);
        let url = world
            .member_card_url("p1", "door 1")
            .expect("a member card");
        let request = MemberCardRequest::of_url(&url).expect("a query");
        assert_eq!(request.outer_str, "door 1");
        assert_eq!(MemberCardRequest::read(&request.extra_data()), request);
        let activate = ActivateMemberCard {
            caller: world.caller(),
            request,
        };
        let back = world.apply(activate.clone()).expect("a card");
        let back = back.expect("it was not active");
        assert_eq!(back["card_id"], "p1");
        assert_eq!(back["code"], world.taken_cards()[0].code);
        assert_eq!(world.taken_cards()[0].outer_str, "door 1");
        let ticket = back["activate_ticket"].as_str().expect("a text");
        let form = world.member_form(ticket).expect("a form");
        assert_eq!(form["common_field_list"][0]["value"], "13800138000");
        assert_eq!(world.member_form("other"), None);
        assert_eq!(world.apply(activate), Ok(None));
        let events = world.apply(TakeCardEvents);
        let names: Vec<_> = events.iter().map(|it| it["Event"].as_str()).collect();
        let expected = ["user_get_card", "submit_membercard_user_info"].map(Some);
        assert_eq!(names, expected);
    }

    #[test]
    fn what_is_not_decoded_or_no_member_card_activates_nothing() {
        let mut world = world(&Codes::Own);
        assert_eq!(
            world.member_card_url("p2", ""),
            Err(CardProblem::NoSuchCard)
        );
        assert_eq!(
            world.member_card_url("p3", ""),
            Err(CardProblem::NoSuchCard)
        );
        let url = world.member_card_url("p1", "").expect("a member card");
        let good = MemberCardRequest::of_url(&url).expect("a query");
        let raw = MemberCardRequest {
            encrypt_card_id: escaped(&good.encrypt_card_id),
            ..good.clone()
        };
        let other = MemberCardRequest {
            biz: "MzAwMDAwMDAwMA==".into(),
            ..good.clone()
        };
        let mut activate = |request| {
            let caller = world.caller();
            world.apply(ActivateMemberCard { caller, request })
        };
        assert_eq!(activate(raw), Err(CardProblem::NoSuchCard));
        assert_eq!(activate(other), Err(CardProblem::NoSuchCard));
        assert_eq!(
            activate(good),
            Err(CardProblem::Code),
            "codes of the merchant"
        );
        assert_eq!(MemberCardRequest::of_url("https://a.example/"), None);
    }
}

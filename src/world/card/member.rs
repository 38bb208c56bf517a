//! Membership cards: one tap in the platform's own mini program takes and activates them.
//!
//! Official pages: "Membership cards" (`activate/geturl`, `activatetempinfo/get`, `activate`), "Opening the membership
//! card component". The server gets a URL whose query holds `encrypt_card_id`, `outer_str` and `biz`; the
//! program decodes the three and jumps with them to [`COMPONENT`], which gives `activate_ticket`,
//! `card_id` and `code` back, or nothing when the user had the card already.
//!
//! Differs from the client: what `encrypt_card_id` looks like is not published; here it is hidden as codes
//! are. Unverified: whoever held the card without activating it keeps its code; a card of the project is active
//! when the form is submitted, as with `wx_activate`. The form is filled in with what the world knows of the user
//! (phone number, name, sex, address), choices with their first value; all else stays empty.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::code::block;
use super::ext::CardExt;
use super::take::hand_over;
use super::{Activation, Card, CardKind, CardState, Codes, Membership, TakenCard};
use crate::crypto::base64_text;
use crate::crypto::card::{BLOCK_BYTES, hide, show};
use crate::errmsg::CardProblem;
use crate::world::rng::{derived_hex, derived_text};
use crate::world::user::User;
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

/// The user fills in the form of a membership card and activates it, or submits it for the merchant's server to do
/// that; gives the `extraData` to go back with, `None` when the card was active already.
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
            let mut taken = world.cards_of_user(caller.user_id(), Some(&card.id));
            taken.next().cloned()
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
        let taken = held(world).ok_or(CardProblem::NotHeld)?;
        let is_one_tap = card.activation != Activation::AfterSubmit;
        if taken.member.is_some() || is_one_tap && taken.activation.is_some() {
            return Ok(None);
        }
        let code = taken.code.clone();
        let parts = ["activate ticket", card.id.as_str(), code.as_str()];
        let ticket = derived_text(world.seed, &parts, TICKET_CHARS);
        let all = &mut world.cards.taken;
        all.set_ticket(&card.id, &code, ticket.clone());
        if let Some(taken) = all.get_mut(&card.id, &code).filter(|_| is_one_tap) {
            taken.member = Some(Membership::default());
        }
        let event = "submit_membercard_user_info";
        world.taken_event(&taken, event, &Json::Null, &Json::Null);
        Ok(Some(json!({
            "activate_ticket": ticket,
            "card_id": card.id,
            "code": code,
        })))
    }
}

/// The merchant's server activates a membership card, or says anew what is on it; what is on an active card and
/// changes is an event.
#[derive(Clone, Debug)]
pub struct SetMembership {
    /// Which card.
    pub card_id: String,
    /// Its code, not encrypted.
    pub code: String,
    /// What is on it.
    pub membership: Membership,
}

impl Sealed for SetMembership {}
impl Change for SetMembership {
    type Effect = Result<(), CardProblem>;

    fn apply(self, world: &mut World) -> Result<(), CardProblem> {
        let card = world.card(&self.card_id).ok_or(CardProblem::NoSuchCard)?;
        if card.kind != CardKind::MemberCard {
            return Err(CardProblem::NoSuchCard);
        }
        let taken = world.cards.taken.get_mut(&self.card_id, &self.code);
        let taken = taken.ok_or(CardProblem::NotHeld)?;
        if taken.state != CardState::Normal {
            return Err(CardProblem::NotUsable);
        }
        let before = taken.member.replace(self.membership.clone());
        let taken = taken.clone();
        if let Some(before) = before {
            let bonus = self.membership.bonus.saturating_sub(before.bonus);
            let balance = self.membership.balance.saturating_sub(before.balance);
            if (bonus, balance) != (0, 0) {
                let rest = json!({ "ModifyBonus": bonus, "ModifyBalance": balance });
                world.taken_event(&taken, "update_member_card", &rest, &Json::Null);
            }
        }
        Ok(())
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
        let owners = self.card_owners();
        let found = owners.iter().find_map(|owner| {
            let key = block(&self.card_key_hex(owner));
            let card = self.card(&show(&request.encrypt_card_id, key)?)?;
            (self.card_owner(card) == *owner && self.biz(card) == request.biz).then_some(card)
        });
        let found = found.filter(|card| card.kind == CardKind::MemberCard && !card.is_deleted);
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
        self.filled_form(self.cards.taken.of_ticket(activate_ticket)?)
    }

    /// The taken membership card whose form was submitted for a ticket.
    pub fn card_of_ticket(&self, activate_ticket: &str) -> Option<&TakenCard> {
        self.cards.taken.of_ticket(activate_ticket)
    }

    /// What the holder of a membership card filled in; `None` when the user is not there any more.
    pub fn filled_form(&self, taken: &TakenCard) -> Option<Json> {
        let user = self.user_of(&taken.user_id)?;
        let form = self.card(&taken.card_id).map(|card| &card.form);
        let form = form.filter(|form| !form.is_null());
        let Some(form) = form else {
            let usual = [common_field(user, "USER_FORM_INFO_FLAG_MOBILE")];
            return Some(json!({ "common_field_list": usual, "custom_field_list": [] }));
        };
        let (mut common, mut custom) = (Vec::new(), Vec::new());
        for part in ["required_form", "optional_form"] {
            let list = |name: &str| form[part][name].as_array().into_iter().flatten();
            let common_ids = list("common_field_id_list").filter_map(Json::as_str);
            common.extend(common_ids.map(|id| common_field(user, id)));
            let names = list("custom_field_list").filter_map(Json::as_str);
            custom.extend(names.map(|name| json!({ "name": name, "value": "" })));
            custom.extend(list("rich_field_list").map(rich_field));
        }
        Some(json!({ "common_field_list": common, "custom_field_list": custom }))
    }
}

/// What is in a field that the platform knows.
fn common_field(user: &User, id: &str) -> Json {
    let address = user.addresses.first();
    let value = match id.strip_prefix("USER_FORM_INFO_FLAG_").unwrap_or_default() {
        "MOBILE" => user.phone_number().number,
        "NAME" => address.map_or_else(|| user.nickname.clone(), |it| it.name.clone()),
        "SEX" => sex(user).to_owned(),
        "LOCATION" | "DETAIL_LOCATION" => address.map_or_else(String::new, |it| {
            let parts = [&it.province, &it.city, &it.county, &it.street, &it.detail];
            parts.map(String::as_str).concat()
        }),
        _ => String::new(),
    };
    json!({ "name": id, "value": value })
}

/// `sex` of a user, as membership cards tell it.
pub fn sex(user: &User) -> &'static str {
    match user.gender {
        1 => "MALE",
        2 => "FEMALE",
        _ => "UNKNOWN",
    }
}

/// What is in a field with choices: the first.
fn rich_field(field: &Json) -> Json {
    let first = &field["values"][0];
    if field["type"] == "FORM_FIELD_CHECK_BOX" {
        json!({ "name": field["name"], "value": "", "value_list": [first] })
    } else {
        json!({ "name": field["name"], "value": first, "value_list": [] })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ActivateMemberCard, MemberCardRequest, SetMembership, escaped, unescaped};
    use crate::errmsg::CardProblem;
    use crate::profile::Profile;
    use crate::world::card::{
        Activation, Card, CardKind, Codes, Membership, OfferCard, TakeCardEvents,
    };
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
    #[expect(clippy::too_many_lines, reason = "one story, or one table of cases")]
    fn a_card_that_the_server_activates_waits_for_it() {
        let mut world = world(&Codes::Generated);
        world.apply(OfferCard(Card {
            id: "p1".into(),
            kind: CardKind::MemberCard,
            activation: Activation::AfterSubmit,
            form: json!({
                "required_form": {
                    "common_field_id_list": ["USER_FORM_INFO_FLAG_SEX", "USER_FORM_INFO_FLAG_EMAIL"],
                    "rich_field_list": [
                        {"type": "FORM_FIELD_RADIO", "name": "tea", "values": ["green", "black"]},
                        {"type": "FORM_FIELD_CHECK_BOX", "name": "day", "values": ["Mon"]},
                    ],
                },
                "optional_form": { "custom_field_list": ["film"] },
            }),
            ..Card::default()
        }));
        let url = world.member_card_url("p1", "").expect("a member card");
        let activate = ActivateMemberCard {
            caller: world.caller(),
            request: MemberCardRequest::of_url(&url).expect("a query"),
        };
        let back = world.apply(activate.clone()).expect("a card");
        let back = back.expect("it is not active");
        let again = world.apply(activate.clone()).expect("a card");
        assert_eq!(again, Some(back.clone()), "nobody activated it yet");
        let ticket = back["activate_ticket"].as_str().expect("a text");
        let expected = json!({
            "common_field_list": [
                {"name": "USER_FORM_INFO_FLAG_SEX", "value": "MALE"},
                {"name": "USER_FORM_INFO_FLAG_EMAIL", "value": ""},
            ],
            "custom_field_list": [
                {"name": "tea", "value": "green", "value_list": []},
                {"name": "day", "value": "", "value_list": ["Mon"]},
                {"name": "film", "value": ""},
            ],
        });
        assert_eq!(world.member_form(ticket), Some(expected));
        let membership = Membership {
            number: "A1".into(),
            ..Membership::default()
        };
        let set = SetMembership {
            card_id: "p1".into(),
            code: back["code"].as_str().expect("a text").into(),
            membership: membership.clone(),
        };
        let other = SetMembership {
            code: "0".into(),
            ..set.clone()
        };
        assert_eq!(world.apply(other), Err(CardProblem::NotHeld));
        let no_member_card = SetMembership {
            card_id: "p2".into(),
            ..set.clone()
        };
        assert_eq!(world.apply(no_member_card), Err(CardProblem::NoSuchCard));
        assert_eq!(world.apply(set), Ok(()));
        assert_eq!(world.taken_cards()[0].member, Some(membership));
        assert_eq!(world.apply(activate), Ok(None), "it is active");
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

//! Cards of official accounts: tickets that sign them, the cards, the codes that users hold, membership cards.
//!
//! Official pages: "Cards and offers" of official accounts, "Connecting cards and mini programs", "Error codes of
//! cards". The token is that of the verified official account that owns the card, never the mini program's; the
//! account and the program are bound to one open-platform account. Users have the `openid` of the account here,
//! which is another than in the program.
//!
//! Unverified: 48001 for the token of a mini program and of an account that is not verified; 40073 for a card that
//! nobody has.

mod base_info;
mod batch_get;
mod code_consume;
mod code_decrypt;
mod code_get;
mod code_unavailable;
mod create;
mod delete;
#[cfg(test)]
mod fixture;
mod form;
mod get;
mod get_colors;
mod member_activate;
mod member_form_set;
mod member_info;
mod member_temp_info;
mod member_update;
mod member_url;
mod modify_stock;
#[cfg(test)]
mod random_tests;
#[cfg(test)]
mod story_tests;
mod ticket;
mod update;
mod user_cards;

use super::asked::Asked;
use super::endpoint::Endpoint;
use super::errcode;
use super::fault::Fault;
use crate::errmsg::CardProblem;
use crate::world::World;
use crate::world::card::{Card, CardKind, CardState, Codes, TakenCard};
use crate::world::registry::Kind;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    ticket::ENDPOINT,
    create::ENDPOINT,
    get::ENDPOINT,
    batch_get::ENDPOINT,
    update::ENDPOINT,
    delete::ENDPOINT,
    modify_stock::ENDPOINT,
    get_colors::ENDPOINT,
    code_decrypt::ENDPOINT,
    code_get::ENDPOINT,
    code_consume::ENDPOINT,
    code_unavailable::ENDPOINT,
    user_cards::ENDPOINT,
    member_form_set::ENDPOINT,
    member_url::ENDPOINT,
    member_temp_info::ENDPOINT,
    member_activate::ENDPOINT,
    member_update::ENDPOINT,
    member_info::ENDPOINT,
];

/// Most characters of a code.
const CODE_CHARS_MAX: usize = 32;

/// Whether the token is that of an account that may have cards.
///
/// # Errors
/// 48001.
fn check_account(world: &World, asked: &Asked<'_>) -> Result<(), Fault> {
    let mut others = world.other_apps().iter();
    let account = others.find(|it| it.app_id == asked.app_id);
    let account = account.filter(|it| it.kind == Kind::OfficialAccount);
    match account {
        Some(account) if account.verified => Ok(()),
        Some(_) => Err(errcode::API_UNAUTHORIZED.because("the official account is not verified")),
        None => Err(errcode::API_UNAUTHORIZED.because(
            "cards belong to an official account: fetch the token with the appid and secret of the account, \
             not with those of the mini program",
        )),
    }
}

/// A card of the account.
///
/// # Errors
/// 41012, 40073 or 45030.
fn own_card<'w>(world: &'w World, asked: &Asked<'_>, card_id: &str) -> Result<&'w Card, Fault> {
    if card_id.is_empty() {
        return Err(errcode::MISSING_CARD_ID.into());
    }
    let card = world.card(card_id).ok_or_else(|| {
        errcode::INVALID_CARD_ID.because(format!("no account has a card {card_id}"))
    })?;
    let owner = world.card_owner(card);
    if owner == asked.app_id {
        return Ok(card);
    }
    let why = match &card.owner {
        Some(owner) => format!("the card belongs to {owner}, the token to {}", asked.app_id),
        None => format!(
            "the card has no owner, and the token's account {} is not the first that is bound to the \
             open-platform account of the program",
            asked.app_id
        ),
    };
    Err(errcode::CARD_NOT_AUTHORIZED.because(why))
}

/// A membership card of the account.
///
/// # Errors
/// 41012, 40073, 45030; 40071 for another kind.
fn member_card<'w>(world: &'w World, asked: &Asked<'_>, card_id: &str) -> Result<&'w Card, Fault> {
    let card = own_card(world, asked, card_id)?;
    if card.kind == CardKind::MemberCard {
        Ok(card)
    } else {
        let why = format!("{card_id} is a {}, no MEMBER_CARD", card.kind.word());
        Err(errcode::INVALID_CARD_TYPE.because(why))
    }
}

/// The taken card of `code` and `card_id` of the body. Only cards with codes of the merchant need the latter.
///
/// # Errors
/// 41011, 40116, 41012, 40073, 45030 or 40056.
fn taken_card<'w>(world: &'w World, asked: &Asked<'_>) -> Result<&'w TakenCard, Fault> {
    let (code, card_id) = (asked.text("code")?, asked.text("card_id")?);
    if code.is_empty() {
        return Err(errcode::REQUIRED_FIELD_MISSING.because("`code` is missing"));
    }
    if code.chars().count() > CODE_CHARS_MAX || code.chars().any(char::is_control) {
        let why = match world.decrypt_code_of(&asked.app_id, &code) {
            Some(_) => {
                "this is the encrypted code of wx.addCard; give it to card/code/decrypt first"
            }
            None => "a code has at most 32 characters, and no control characters",
        };
        return Err(errcode::INVALID_CARD_CODE.because(why));
    }
    if !card_id.is_empty() {
        let card = own_card(world, asked, &card_id)?;
        let taken = world.taken_card(&card.id, &code);
        return taken.ok_or_else(|| {
            errcode::INVALID_SERIAL_CODE.because("nobody holds a card of that id with this code")
        });
    }
    let owner_of = |taken: &TakenCard| world.card(&taken.card_id).map(|it| world.card_owner(it));
    let all = || world.taken_cards_with_code(&code);
    let own = || all().filter(|it| owner_of(it).as_deref() == Some(asked.app_id.as_str()));
    let is_generated = |taken: &&TakenCard| {
        let card = world.card(&taken.card_id);
        card.is_some_and(|card| card.codes == Codes::Generated)
    };
    if let Some(taken) = own().find(is_generated) {
        Ok(taken)
    } else if own().next().is_some() {
        Err(errcode::MISSING_CARD_ID.because("a card with a code of the merchant needs `card_id`"))
    } else if all().next().is_some() {
        Err(errcode::CARD_NOT_AUTHORIZED.because("the code is on a card of another account"))
    } else {
        Err(errcode::INVALID_SERIAL_CODE.because("nobody holds a card with this code"))
    }
}

/// Whether a taken card is good for something.
///
/// # Errors
/// 40099 when it was used, 40127 when it was deleted or taken back, 40078 when it is over.
fn check_usable(world: &World, taken: &TakenCard) -> Result<(), Fault> {
    match taken.state {
        CardState::Consumed => Err(errcode::CODE_CONSUMED.into()),
        CardState::Deleted => {
            Err(errcode::INVALID_USER_CARD_STATUS.because("the user deleted the card"))
        }
        CardState::Unavailable => {
            Err(errcode::INVALID_USER_CARD_STATUS.because("card/code/unavailable took it back"))
        }
        CardState::Normal if taken.is_over(world.now()) => {
            Err(errcode::INVALID_CARD_STATUS.because("the last moment of the card is over"))
        }
        CardState::Normal => Ok(()),
    }
}

/// What a change of the world that was refused is on the wire.
fn refused(problem: CardProblem) -> Fault {
    let code = match problem {
        CardProblem::NoSuchCard => errcode::INVALID_CARD_ID,
        CardProblem::NotAuthorized => errcode::CARD_NOT_AUTHORIZED,
        CardProblem::SoldOut => errcode::CARD_SOLD_OUT,
        CardProblem::Limit => errcode::CARD_LIMIT_REACHED,
        CardProblem::NotHeld => errcode::INVALID_SERIAL_CODE,
        CardProblem::NotUsable => errcode::INVALID_USER_CARD_STATUS,
        CardProblem::Over => errcode::INVALID_CARD_STATUS,
        CardProblem::Code | CardProblem::CodeUsed => errcode::INVALID_CARD_CODE,
        CardProblem::Ext
        | CardProblem::Timestamp
        | CardProblem::OpenId
        | CardProblem::Signature
        | CardProblem::TicketExpired
        | CardProblem::NonceUsed => errcode::INVALID_CARD_EXT,
    };
    code.because(problem.text())
}

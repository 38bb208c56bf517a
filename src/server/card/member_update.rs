//! `POST /card/membercard/updateuser`: what is on an active membership card changes.
//!
//! Official page: "Membership cards" (update of a member). `bonus` and `balance` are the new values; `add_bonus` and
//! `add_balance` are added where those are missing. The account's server is told with `update_member_card`.
//!
//! Unverified: 40078 for a card that is not active; 40150 when less than 0 would be left; the answer always has both
//! results.

use serde_json::json;

use super::member_activate::{amount, short_text};
use super::{check_account, check_usable, member_card, refused, taken_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::member::SetMembership;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "updateMemberCard",
    Verb::Post,
    "/card/membercard/updateuser",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let taken = taken_card(world, asked)?;
    member_card(world, asked, &taken.card_id)?;
    check_usable(world, taken)?;
    let Some(mut membership) = taken.member.clone() else {
        let why = "the card is not active; card/membercard/activate does that";
        return Err(errcode::INVALID_CARD_STATUS.because(why));
    };
    membership.bonus = result(asked, "bonus", membership.bonus)?;
    membership.balance = result(asked, "balance", membership.balance)?;
    for (at, value) in membership.custom_values.iter_mut().enumerate() {
        let name = format!("custom_field_value{}", at + 1);
        if asked.member(&name)?.is_some() {
            *value = short_text(asked, &name)?;
        }
    }
    let told = json!({
        "result_bonus": membership.bonus,
        "result_balance": membership.balance,
        "openid": taken.open_id,
    });
    let set = SetMembership {
        card_id: taken.card_id.clone(),
        code: taken.code.clone(),
        membership,
    };
    world.apply(set).map_err(refused)?;
    Ok(Answer::with(told))
}

/// What an amount is afterwards.
fn result(asked: &Asked<'_>, name: &str, before: i64) -> Result<i64, Fault> {
    if let Some(amount) = amount(asked, name)? {
        return Ok(amount);
    }
    let added = asked.integer(&format!("add_{name}"))?.unwrap_or_default();
    let sum = before.checked_add(added).filter(|sum| *sum >= 0);
    sum.ok_or_else(|| {
        let why = format!("`{name}` is {before} and `add_{name}` {added}");
        errcode::INVALID_CARD_PARAMETERS.because(why)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{STRANGER, Shop};

    const PATH: &str = "/card/membercard/updateuser";

    fn active(shop: &mut Shop) -> (String, String) {
        let id = shop.member_card(&json!({}));
        let code = shop.take(&id);
        let body = json!({ "membership_number": "A1", "code": code, "init_bonus": 10 });
        let told = shop.call("/card/membercard/activate", &body);
        assert_eq!(told["errcode"], 0);
        (id, code)
    }

    #[test]
    fn amounts_are_set_or_added_to_and_the_server_is_told() {
        let mut shop = Shop::new();
        let (id, code) = active(&mut shop);
        let body = json!({
            "code": code, "card_id": id, "add_bonus": 5, "balance": "300", "record_bonus": "tea",
            "custom_field_value2": "silver", "notify_optional": { "is_notify_bonus": true },
        });
        let expected = json!({
            "errcode": 0, "errmsg": "ok", "result_bonus": 15, "result_balance": 300, "openid": shop.open_id(),
        });
        assert_eq!(shop.call(PATH, &body), expected);
        let event = shop.pushed().pop().expect("an event");
        assert_eq!(event["Event"], "update_member_card");
        assert_eq!(
            (&event["ModifyBonus"], &event["ModifyBalance"]),
            (&json!(5), &json!(300))
        );
        assert_eq!(event["UserCardCode"], json!(code));
        let less = json!({ "code": code, "bonus": 3, "add_bonus": 100, "add_balance": -300 });
        let told = shop.call(PATH, &less);
        assert_eq!(
            (&told["result_bonus"], &told["result_balance"]),
            (&json!(3), &json!(0))
        );
        let member = shop.taken(&id, &code).member.expect("it is active");
        assert_eq!((member.number.as_str(), member.bonus), ("A1", 3));
        assert_eq!(member.custom_values[1], "silver");
        let events = shop.pushed_events().len();
        shop.call(PATH, &json!({ "code": code }));
        assert_eq!(shop.pushed_events().len(), events, "nothing changed");
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let (id, code) = active(&mut shop);
        for (name, value, errcode) in [
            ("add_bonus", json!(-11), 40150),
            ("add_bonus", json!(i64::MAX), 40150),
            ("balance", json!(-1), 40150),
            ("add_balance", json!("x"), 47001),
            ("custom_field_value1", json!("n".repeat(257)), 45021),
            ("code", json!("1"), 40056),
        ] {
            let mut body = json!({ "code": code, "card_id": id });
            body[name] = value;
            assert_eq!(shop.refusal(PATH, &body), errcode, "{body}");
        }
        let body = json!({ "code": code });
        assert_eq!(shop.refusal_as(STRANGER, PATH, &body), 45030);
        let other = shop.member_card(&json!({}));
        let inactive = shop.take(&other);
        assert_eq!(shop.refusal(PATH, &json!({ "code": inactive })), 40078);
        let coupon = shop.coupon();
        let code = shop.take(&coupon);
        assert_eq!(shop.refusal(PATH, &json!({ "code": code })), 40071);
    }
}

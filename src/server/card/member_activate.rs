//! `POST /card/membercard/activate`: a membership card becomes active, with a number and what is on it.
//!
//! Official page: "Membership cards" (activation by interface). Without it a card whose form only was submitted
//! (`wx_activate_after_submit`), or that has no form, stays inactive.
//!
//! Unverified: a second activation replaces the first; texts have at most [`TEXT_BYTES_MAX`] bytes; bonus and balance
//! are never less than 0 (40150).

use super::{check_account, check_usable, member_card, refused, taken_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::Membership;
use crate::world::card::member::SetMembership;

/// Most bytes of a number and of an own value.
pub(super) const TEXT_BYTES_MAX: usize = 256;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "activateMemberCard",
    Verb::Post,
    "/card/membercard/activate",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let number = short_text(asked, "membership_number")?;
    if number.is_empty() {
        return Err(errcode::REQUIRED_FIELD_MISSING.because("`membership_number` is missing"));
    }
    let membership = Membership {
        number,
        bonus: amount(asked, "init_bonus")?.unwrap_or_default(),
        balance: amount(asked, "init_balance")?.unwrap_or_default(),
        custom_values: [
            short_text(asked, "init_custom_field_value1")?,
            short_text(asked, "init_custom_field_value2")?,
            short_text(asked, "init_custom_field_value3")?,
        ],
        good_s: good(asked)?,
    };
    let taken = taken_card(world, asked)?;
    member_card(world, asked, &taken.card_id)?;
    check_usable(world, taken)?;
    let set = SetMembership {
        card_id: taken.card_id.clone(),
        code: taken.code.clone(),
        membership,
    };
    world.apply(set).map_err(refused)?;
    Ok(Answer::ok())
}

/// A text that a card keeps.
///
/// # Errors
/// 45021 or 47001.
pub(super) fn short_text(asked: &Asked<'_>, name: &str) -> Result<String, Fault> {
    let text = asked.text(name)?;
    if text.len() > TEXT_BYTES_MAX {
        let why = format!(
            "`{name}` has {} bytes; at most {TEXT_BYTES_MAX}",
            text.len()
        );
        return Err(errcode::FIELD_TOO_LONG.because(why));
    }
    Ok(text)
}

/// A bonus or balance.
///
/// # Errors
/// 40150 or 47001.
pub(super) fn amount(asked: &Asked<'_>, name: &str) -> Result<Option<i64>, Fault> {
    let amount = asked.integer(name)?;
    if amount.is_some_and(|it| it < 0) {
        return Err(errcode::INVALID_CARD_PARAMETERS.because(format!("`{name}` is less than 0")));
    }
    Ok(amount)
}

/// First and last second.
fn good(asked: &Asked<'_>) -> Result<(Option<i64>, Option<i64>), Fault> {
    let (begin, end) = (
        asked.integer("activate_begin_time")?,
        asked.integer("activate_end_time")?,
    );
    match (begin, end) {
        (Some(begin), Some(end)) if end <= begin => Err(errcode::INVALID_CARD_TIME_RANGE
            .because("`activate_end_time` is not after `activate_begin_time`")),
        _ => Ok((begin, end)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{STRANGER, Shop};
    use crate::world::card::Membership;

    const PATH: &str = "/card/membercard/activate";

    #[test]
    fn a_card_is_active_with_what_is_on_it() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({}));
        let code = shop.take(&id);
        assert_eq!(shop.taken(&id, &code).member, None);
        let body = json!({
            "membership_number": "A1", "code": code, "card_id": id, "init_bonus": 100,
            "init_bonus_record": "hello", "init_balance": "200", "init_custom_field_value1": "gold",
            "activate_begin_time": 5, "activate_end_time": 9,
        });
        assert_eq!(
            shop.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        let expected = Membership {
            number: "A1".into(),
            bonus: 100,
            balance: 200,
            custom_values: ["gold".into(), String::new(), String::new()],
            good_s: (Some(5), Some(9)),
        };
        assert_eq!(shop.taken(&id, &code).member, Some(expected));
        assert_eq!(
            shop.pushed_events(),
            ["user_get_card"],
            "it is no change yet"
        );
        let again = json!({ "membership_number": 2, "code": code });
        assert_eq!(shop.call(PATH, &again)["errcode"], 0);
        let member = shop.taken(&id, &code).member.expect("it is active");
        assert_eq!((member.number.as_str(), member.bonus), ("2", 0));
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        let (id, coupon) = (shop.member_card(&json!({})), shop.coupon());
        let (code, other) = (shop.take(&id), shop.take(&coupon));
        let good = json!({ "membership_number": "A1", "code": code, "card_id": id });
        for (name, value, errcode) in [
            ("membership_number", json!(""), 41011),
            ("membership_number", json!("n".repeat(257)), 45021),
            ("init_custom_field_value3", json!("n".repeat(257)), 45021),
            ("code", json!(null), 41011),
            ("code", json!("1"), 40056),
            ("card_id", json!("pNone"), 40073),
            ("init_bonus", json!(-1), 40150),
            ("init_balance", json!("much"), 47001),
        ] {
            let mut body = good.clone();
            body[name] = value;
            assert_eq!(shop.refusal(PATH, &body), errcode, "{body}");
        }
        let mut body = good.clone();
        body["activate_begin_time"] = json!(9);
        body["activate_end_time"] = json!(9);
        assert_eq!(shop.refusal(PATH, &body), 40100);
        let body = json!({ "membership_number": "A1", "code": other });
        assert_eq!(shop.refusal(PATH, &body), 40071, "a coupon");
        assert_eq!(shop.refusal_as(STRANGER, PATH, &good), 45030);
        shop.call("/card/code/unavailable", &json!({ "code": code }));
        assert_eq!(shop.refusal(PATH, &good), 40127);
    }
}

//! `POST /card/batchget`: the ids of the account's cards.
//!
//! Official page: "Manage cards" (list). At most 50 at once, the newest last.
//!
//! Unverified: 40097 for a wrong place or number; the order; a list without `status_list` leaves out deleted cards.

use serde_json::{Value as Json, json};

use super::check_account;
use super::get::status;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

/// Most ids of one answer.
const COUNT_MAX: i64 = 50;

const STATUSES: [&str; 5] = [
    "CARD_STATUS_NOT_VERIFY",
    "CARD_STATUS_VERIFY_FAIL",
    "CARD_STATUS_VERIFY_OK",
    "CARD_STATUS_DELETE",
    "CARD_STATUS_DISPATCH",
];

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("batchGetCard", Verb::Post, "/card/batchget", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let place = |name: &str, max: i64| match asked.integer(name)?.unwrap_or_default() {
        value if (0..=max).contains(&value) => Ok(usize::try_from(value).unwrap_or_default()),
        value => Err(errcode::INVALID_ARGS.because(format!("`{name}` is {value}"))),
    };
    let (offset, count) = (place("offset", i64::MAX)?, place("count", COUNT_MAX)?);
    let wanted = statuses(asked)?;
    let own = world.cards().iter().filter(|card| {
        let status = status(world, card);
        let fits = match &wanted {
            Some(wanted) => wanted.iter().any(|it| it == status),
            None => !card.is_deleted,
        };
        fits && world.card_owner(card) == asked.app_id
    });
    let ids: Vec<&str> = own.map(|card| card.id.as_str()).collect();
    let page: Vec<&str> = ids.iter().copied().skip(offset).take(count).collect();
    Ok(Answer::with(
        json!({ "card_id_list": page, "total_num": ids.len() }),
    ))
}

/// `status_list`, a list or one word.
fn statuses(asked: &Asked<'_>) -> Result<Option<Vec<String>>, Fault> {
    let list = match asked.member("status_list")? {
        None => return Ok(None),
        Some(Json::Array(list)) => list.clone(),
        Some(one) => vec![one.clone()],
    };
    let word = |status: &Json| {
        let word = status.as_str().filter(|it| STATUSES.contains(it));
        word.map(str::to_owned).ok_or_else(|| {
            let why = format!(
                "`status_list` has {status}; known are {}",
                STATUSES.join(", ")
            );
            errcode::INVALID_CARD_STATUS.because(why)
        })
    };
    list.iter().map(word).collect::<Result<_, _>>().map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::server::card::fixture::{STRANGER, Shop};

    const PATH: &str = "/card/batchget";

    #[test]
    fn the_ids_of_the_account_come_page_by_page() {
        let mut shop = Shop::new();
        let ids = [shop.coupon(), shop.coupon(), shop.coupon()];
        shop.call("/card/delete", &json!({ "card_id": ids[1] }));
        shop.take(&ids[2]);
        let all = shop.call(PATH, &json!({ "offset": 0, "count": 50 }));
        let expected = json!({
            "errcode": 0, "errmsg": "ok", "card_id_list": [ids[0], ids[2]], "total_num": 2,
        });
        assert_eq!(all, expected);
        let second = shop.call(PATH, &json!({ "offset": "1", "count": 1 }));
        assert_eq!(second["card_id_list"], json!([ids[2]]));
        assert_eq!(second["total_num"], 2);
        for (status, id) in [
            ("CARD_STATUS_VERIFY_OK", &ids[0]),
            ("CARD_STATUS_DELETE", &ids[1]),
            ("CARD_STATUS_DISPATCH", &ids[2]),
        ] {
            for list in [json!([status]), json!(status)] {
                let body = json!({ "offset": 0, "count": 10, "status_list": list });
                assert_eq!(
                    shop.call(PATH, &body)["card_id_list"],
                    json!([id]),
                    "{status}"
                );
            }
        }
        let none = shop.call_as(STRANGER, PATH, &json!({ "offset": 0, "count": 10 }));
        assert_eq!(
            (&none["card_id_list"], &none["total_num"]),
            (&json!([]), &json!(0))
        );
        let beyond = shop.call(PATH, &json!({ "offset": 9, "count": 10 }));
        assert_eq!(beyond["card_id_list"], json!([]));
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        for (body, code) in [
            (json!({ "offset": -1, "count": 5 }), 40097),
            (json!({ "offset": 0, "count": 51 }), 40097),
            (json!({ "offset": 0, "count": -1 }), 40097),
            (json!({ "offset": "x" }), 47001),
            (json!({ "status_list": ["OK"] }), 40078),
            (json!({ "status_list": [5] }), 40078),
        ] {
            assert_eq!(shop.refusal(PATH, &body), code, "{body}");
        }
    }
}

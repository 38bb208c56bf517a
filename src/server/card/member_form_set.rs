//! `POST /card/membercard/activateuserform/set`: what users fill in to activate a membership card.
//!
//! Official page: "Membership cards" (one-tap activation, fields of the form). `required_form` and `optional_form` each
//! have `common_field_id_list`, `custom_field_list` and `rich_field_list`. Links to a statement and to old members'
//! cards are taken and not kept.
//!
//! Unverified: 40097 for a field that there is not; a form has at most [`FORM_BYTES_MAX`] bytes.

use serde_json::{Map, Value as Json};

use super::form::object;
use super::{check_account, member_card};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::card::{Card, OfferCard};

/// Most bytes of a form.
const FORM_BYTES_MAX: usize = 8 << 10;

/// The fields that the platform knows, behind `USER_FORM_INFO_FLAG_`.
const COMMON_FIELDS: [&str; 13] = [
    "MOBILE",
    "SEX",
    "NAME",
    "BIRTHDAY",
    "IDCARD",
    "EMAIL",
    "LOCATION",
    "DETAIL_LOCATION",
    // Pages of the platform have this word whole and cut.
    "EDUCATION_BACKGROUND",
    "EDUCATION_BACKGRO",
    "INDUSTRY",
    "INCOME",
    "HABIT",
];
/// How fields with choices look.
const RICH_FIELDS: [&str; 3] = [
    "FORM_FIELD_RADIO",
    "FORM_FIELD_SELECT",
    "FORM_FIELD_CHECK_BOX",
];

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "setActivateUserForm",
    Verb::Post,
    "/card/membercard/activateuserform/set",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, asked)?;
    let card = member_card(world, asked, &asked.text("card_id")?)?.clone();
    let mut form = Map::new();
    for part in ["required_form", "optional_form"] {
        if let Some(fields) = object(asked.json()?, part)? {
            check(fields)?;
            form.insert(part.to_owned(), Json::Object(fields.clone()));
        }
    }
    if form.is_empty() {
        let why = "there is neither `required_form` nor `optional_form`";
        return Err(errcode::REQUIRED_FIELD_MISSING.because(why));
    }
    let form = Json::Object(form);
    let size = form.to_string().len();
    if size > FORM_BYTES_MAX {
        let why = format!("the form has {size} bytes; at most {FORM_BYTES_MAX}");
        return Err(errcode::FIELD_TOO_LONG.because(why));
    }
    world.apply(OfferCard(Card { form, ..card }));
    Ok(Answer::ok())
}

fn check(fields: &Map<String, Json>) -> Result<(), Fault> {
    let wrong = |why: String| errcode::INVALID_ARGS.because(why);
    let list = |name: &str| match fields.get(name) {
        None | Some(Json::Null) => Ok(&[][..]),
        Some(Json::Array(list)) => Ok(list.as_slice()),
        Some(_) => Err(errcode::DATA_FORMAT.because(format!("`{name}` is no list"))),
    };
    for field in list("common_field_id_list")? {
        let id = field
            .as_str()
            .and_then(|it| it.strip_prefix("USER_FORM_INFO_FLAG_"));
        if !id.is_some_and(|id| COMMON_FIELDS.contains(&id)) {
            return Err(wrong(format!("there is no common field {field}")));
        }
    }
    for field in list("custom_field_list")? {
        if field.as_str().is_none_or(str::is_empty) {
            return Err(wrong(format!("an own field is a name, not {field}")));
        }
    }
    for field in list("rich_field_list")? {
        let has_name = field["name"].as_str().is_some_and(|name| !name.is_empty());
        let is_known = field["type"]
            .as_str()
            .is_some_and(|it| RICH_FIELDS.contains(&it));
        let has_values = field["values"]
            .as_array()
            .is_some_and(|it| !it.is_empty() && it.iter().all(Json::is_string));
        if !has_name || !is_known || !has_values {
            let known = RICH_FIELDS.join(", ");
            let why =
                format!("a field with choices has a `name`, a `type` of {known}, and `values`");
            return Err(wrong(why));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::server::card::fixture::Shop;

    const PATH: &str = "/card/membercard/activateuserform/set";

    #[test]
    fn the_form_is_kept_and_another_replaces_it() {
        let mut shop = Shop::new();
        let id = shop.member_card(&json!({ "wx_activate": true }));
        let required = json!({
            "can_modify": false,
            "common_field_id_list": [
                "USER_FORM_INFO_FLAG_MOBILE", "USER_FORM_INFO_FLAG_EDUCATION_BACKGROUND",
            ],
            "custom_field_list": ["film"],
            "rich_field_list": [
                { "type": "FORM_FIELD_RADIO", "name": "tea", "values": ["green", "black"] },
            ],
        });
        let body = json!({
            "card_id": id,
            "service_statement": { "name": "rules", "url": "https://shop.example" },
            "required_form": required,
        });
        assert_eq!(
            shop.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        let form = |shop: &Shop| {
            shop.client
                .world
                .card(&id)
                .expect("it is there")
                .form
                .clone()
        };
        assert_eq!(form(&shop), json!({ "required_form": required }));
        let optional = json!({ "common_field_id_list": ["USER_FORM_INFO_FLAG_SEX"] });
        let body = json!({ "card_id": id, "optional_form": optional });
        assert_eq!(shop.call(PATH, &body)["errcode"], 0);
        assert_eq!(form(&shop), json!({ "optional_form": optional }));
    }

    #[test]
    fn what_is_wrong_says_so() {
        let mut shop = Shop::new();
        shop.check_gates(PATH);
        shop.check_card_id(PATH, &json!({}));
        let coupon = shop.coupon();
        assert_eq!(shop.refusal(PATH, &json!({ "card_id": coupon })), 40071);
        let id = shop.member_card(&json!({}));
        assert_eq!(shop.refusal(PATH, &json!({ "card_id": id })), 41011);
        let choice = |field: Json| json!({ "rich_field_list": [field] });
        for (form, code) in [
            (json!([]), 47001),
            (
                json!({ "common_field_id_list": "USER_FORM_INFO_FLAG_SEX" }),
                47001,
            ),
            (json!({ "common_field_id_list": ["SEX"] }), 40097),
            (
                json!({ "common_field_id_list": ["USER_FORM_INFO_FLAG_SHOE"] }),
                40097,
            ),
            (json!({ "common_field_id_list": [5] }), 40097),
            (
                json!({ "common_field_id_list": ["USER_FORM_INFO_FLAG_SEXUND"] }),
                40097,
            ),
            (json!({ "custom_field_list": [""] }), 40097),
            (json!({ "custom_field_list": [{}] }), 40097),
            (
                choice(json!({ "type": "FORM_FIELD_RADIO", "name": "a", "values": [] })),
                40097,
            ),
            (
                choice(json!({ "type": "FORM_FIELD_TEXT", "name": "a", "values": ["b"] })),
                40097,
            ),
            (
                choice(json!({ "type": "FORM_FIELD_RADIO", "values": ["b"] })),
                40097,
            ),
            (choice(json!("radio")), 40097),
            (json!({ "custom_field_list": ["n".repeat(9_000)] }), 45021),
        ] {
            let body = json!({ "card_id": id, "required_form": form });
            assert_eq!(shop.refusal(PATH, &body), code, "{form}");
        }
    }
}

//! Stories of cards from the merchant's server to the client and back.

use serde_json::{Value as Json, json};

use super::fixture::{ACCOUNT, STRANGER, Shop, coupon_with};
use crate::errmsg::CardProblem;
use crate::profile::{Date, Profile};
use crate::world::card::TakeCardEvents;
use crate::world::card::code::ViewCard;
use crate::world::card::ext::CardExt;
use crate::world::card::member::{ActivateMemberCard, MemberCardRequest};
use crate::world::card::take::TakeCard;
use crate::world::user::{AddUser, SwitchUser, User};

fn take(shop: &mut Shop, card_id: &str, ext: &CardExt) -> Result<String, CardProblem> {
    let caller = shop.caller();
    shop.client.world.apply(TakeCard {
        caller,
        card_id: card_id.to_owned(),
        ext: ext.clone(),
    })
}

/// Ticket, card, signature, `wx.addCard`, decrypt, `wx.openCard`, consume, `wx.openCard`.
#[test]
fn a_coupon_from_its_making_to_its_use() {
    let mut shop = Shop::new();
    let term = json!({ "type": "DATE_TYPE_FIX_TERM", "fixed_term": 30, "fixed_begin_term": 0 });
    let id = shop.create(&coupon_with(&json!({ "get_limit": 1, "date_info": term })));
    let ext = shop.sign(&id, "");
    let text = ext.text();
    let read = CardExt::read(&text).expect("what the program gets");
    let mut foreign = read.clone();
    foreign.nonce = "other".to_owned();
    assert_eq!(take(&mut shop, &id, &foreign), Err(CardProblem::Signature));
    let hidden = take(&mut shop, &id, &read).expect("it is right");
    assert_eq!(take(&mut shop, &id, &read), Err(CardProblem::NonceUsed));
    let again = shop.sign(&id, "");
    assert_eq!(take(&mut shop, &id, &again), Err(CardProblem::Limit));

    let told = shop.call("/card/code/decrypt", &json!({ "encrypt_code": hidden }));
    let code = told["code"].as_str().expect("a code").to_owned();
    let view = |code: &str, shop: &Shop| ViewCard {
        caller: shop.caller(),
        card_id: id.clone(),
        code: code.to_owned(),
    };
    let encrypted = view(&hidden, &shop);
    assert_eq!(
        shop.client.world.apply(encrypted),
        Err(CardProblem::NotHeld)
    );
    let decrypted = view(&code, &shop);
    assert_eq!(shop.client.world.apply(decrypted.clone()), Ok(()));

    let body = json!({ "code": code, "card_id": id });
    assert_eq!(shop.call("/card/code/get", &body)["can_consume"], true);
    let used = shop.call("/card/code/consume", &body);
    assert_eq!(
        (&used["errcode"], &used["openid"]),
        (&json!(0), &json!(shop.open_id()))
    );
    let opened = shop.client.world.apply(decrypted);
    assert_eq!(opened, Err(CardProblem::NotUsable));
    let names = ["user_get_card", "user_view_card", "user_consume_card"];
    assert_eq!(shop.pushed_events(), names);
    let kept = shop.client.world.apply(TakeCardEvents);
    let kept: Vec<_> = kept.iter().map(|it| it["Event"].as_str()).collect();
    assert_eq!(kept, names.map(Some), "the steps of scenarios see the same");
}

#[test]
fn the_message_of_a_taken_card_has_all_its_members() {
    let mut shop = Shop::new();
    let id = shop.coupon();
    let code = shop.take(&id);
    let caller = shop.caller();
    let world = &shop.client.world;
    let expected = json!({
        "ToUserName": world.original_id(ACCOUNT),
        "FromUserName": shop.open_id(),
        "CreateTime": world.now().0 / 1_000,
        "MsgType": "event",
        "Event": "user_get_card",
        "CardId": id,
        "UserCardCode": code,
        "IsGiveByFriend": 0,
        "OuterStr": "door",
        "UnionId": world.union_id(&caller),
        "FriendUserName": "",
        "OuterId": 0,
        "OldUserCardCode": "",
        "IsRestoreMemberCard": 0,
        "IsRecommendByFriend": 0,
    });
    assert_eq!(shop.pushed(), [expected]);
}

/// In the world of 2018 all of it is there; only what is behind a text differs.
#[test]
fn the_year_of_the_world_shows_in_the_texts_alone() {
    let mut shop = Shop::of(Profile::on(Date::new(2018, 6, 4)));
    let id = shop.coupon();
    let code = shop.take(&id);
    let body = json!({ "code": code });
    assert_eq!(shop.call("/card/code/consume", &body)["errcode"], 0);
    let told = shop.call("/card/code/consume", &body);
    let text = told["errmsg"].as_str().expect("a text");
    assert_eq!(told["errcode"], 40099);
    assert!(text.starts_with("code already consumed hint: ["), "{text}");
}

/// Two hours later a signature of the former ticket is of no use.
#[test]
fn a_ticket_of_the_interface_signs_for_two_hours() {
    let mut shop = Shop::new();
    let id = shop.coupon();
    let early = shop.sign(&id, "");
    shop.client.wait(7_200_000);
    assert_eq!(
        take(&mut shop, &id, &early),
        Err(CardProblem::TicketExpired)
    );
    let late = shop.sign(&id, "");
    assert!(take(&mut shop, &id, &late).is_ok());
}

fn params(shop: &mut Shop, id: &str) -> MemberCardRequest {
    let body = json!({ "card_id": id, "outer_str": "入口" });
    let told = shop.call("/card/membercard/activate/geturl", &body);
    let url = told["url"].as_str().expect("an address");
    MemberCardRequest::of_url(url).expect("a query")
}

fn activate(shop: &mut Shop, request: MemberCardRequest) -> Option<Json> {
    let caller = shop.caller();
    let done = shop
        .client
        .world
        .apply(ActivateMemberCard { caller, request });
    done.expect("a card")
}

/// Form, address, the component, what was filled in, activation, information.
#[test]
#[expect(clippy::too_many_lines, reason = "one story, or one table of cases")]
fn a_membership_card_that_the_server_activates() {
    let mut shop = Shop::new();
    let id = shop.member_card(&json!({ "wx_activate": true, "wx_activate_after_submit": true }));
    let form = json!({
        "card_id": id,
        "required_form": {
            "common_field_id_list": ["USER_FORM_INFO_FLAG_MOBILE", "USER_FORM_INFO_FLAG_NAME"],
        },
        "optional_form": { "custom_field_list": ["film"] },
    });
    let set = shop.call("/card/membercard/activateuserform/set", &form);
    assert_eq!(set["errcode"], 0);
    let request = params(&mut shop, &id);
    let read = MemberCardRequest::read(&request.extra_data());
    let back = activate(&mut shop, read).expect("it is not active");
    assert_eq!(back["card_id"], json!(id));

    let info = json!({ "card_id": id, "code": back["code"] });
    let told = shop.call("/card/membercard/userinfo/get", &info);
    assert_eq!(
        (&told["has_active"], &told["membership_number"]),
        (&json!(false), &json!(""))
    );
    let ticket = json!({ "activate_ticket": back["activate_ticket"] });
    let filled = shop.call("/card/membercard/activatetempinfo/get", &ticket);
    let expected = json!({
        "common_field_list": [
            { "name": "USER_FORM_INFO_FLAG_MOBILE", "value": "13800138000" },
            { "name": "USER_FORM_INFO_FLAG_NAME", "value": "张三" },
        ],
        "custom_field_list": [{ "name": "film", "value": "" }],
    });
    assert_eq!(filled["info"], expected);

    let body = json!({
        "membership_number": "AAA00000001", "code": back["code"], "card_id": id, "init_bonus": 100,
    });
    let done = shop.call("/card/membercard/activate", &body);
    assert_eq!(done, json!({ "errcode": 0, "errmsg": "ok" }));
    let told = shop.call("/card/membercard/userinfo/get", &info);
    assert_eq!(told["has_active"], true);
    assert_eq!(
        (&told["membership_number"], &told["bonus"]),
        (&json!("AAA00000001"), &json!(100))
    );
    assert_eq!(
        (&told["user_info"], &told["openid"]),
        (&expected, &json!(shop.open_id()))
    );
    let request = params(&mut shop, &id);
    assert_eq!(
        activate(&mut shop, request),
        None,
        "the component gives nothing any more"
    );
    let events = ["user_get_card", "submit_membercard_user_info"];
    assert_eq!(shop.pushed_events(), events);
    let code = back["code"].as_str().expect("a code");
    assert!(
        shop.client
            .world
            .usable_card(&shop.caller(), &id, code)
            .is_ok()
    );
    assert_eq!(shop.taken(&id, code).outer_str, "入口");
}

#[test]
fn a_membership_card_that_is_active_with_its_form() {
    let mut shop = Shop::new();
    let id = shop.member_card(&json!({ "wx_activate": true }));
    let request = params(&mut shop, &id);
    let back = activate(&mut shop, request.clone()).expect("it is not active");
    let info = json!({ "card_id": id, "code": back["code"] });
    let told = shop.call("/card/membercard/userinfo/get", &info);
    assert_eq!(told["has_active"], true);
    assert_eq!(
        told["user_info"]["common_field_list"][0]["value"],
        "13800138000"
    );
    assert_eq!(activate(&mut shop, request), None);
}

/// A card belongs to one user and one account, whoever else asks.
#[test]
fn nobody_else_has_the_card() {
    let mut shop = Shop::new();
    let id = shop.coupon();
    let hidden = shop.take_hidden(&id, "").expect("it is right");
    let code = shop.client.world.taken_cards()[0].code.clone();
    shop.client.world.apply(AddUser(User {
        id: "other".into(),
        ..User::default()
    }));
    let switched = shop.client.world.apply(SwitchUser("other".into()));
    assert!(switched.is_ok());
    let opened = shop.client.world.usable_card(&shop.caller(), &id, &code);
    assert_eq!(opened.map(|it| it.state), Err(CardProblem::NotHeld));
    let body = json!({ "openid": shop.open_id() });
    let list = shop.call("/card/user/getcardlist", &body);
    assert_eq!(list["card_list"], json!([]));
    let body = json!({ "encrypt_code": hidden });
    assert_eq!(
        shop.refusal_as(STRANGER, "/card/code/decrypt", &body),
        40056
    );
}

#[test]
fn a_world_with_cards_of_interfaces_is_saved_and_goes_on() {
    let mut shop = Shop::new();
    let id = shop.member_card(&json!({ "wx_activate": true }));
    let request = params(&mut shop, &id);
    let back = activate(&mut shop, request).expect("it is not active");
    let text = serde_json::to_string(&shop.client.world).expect("a JSON form");
    let again: crate::world::World = serde_json::from_str(&text).expect("the same form");
    assert_eq!(again, shop.client.world);
    shop.client.world = again;
    let ticket = json!({ "activate_ticket": back["activate_ticket"] });
    let told = shop.call("/card/membercard/activatetempinfo/get", &ticket);
    assert_eq!(told["errcode"], 0, "found by its ticket");
    let told = shop.call("/card/code/get", &json!({ "code": back["code"] }));
    assert_eq!(told["errcode"], 0, "found by its code");
}

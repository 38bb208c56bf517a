use serde_json::{Value as Json, json};

use crate::profile::{Date, Profile};
use crate::server::testing::{APP, Client};
use crate::world::account::EnvVersion;
use crate::world::handover::TakePushes;
use crate::world::message::permission::{Allowance, AnswerSubscription, Choice};
use crate::world::registration::Capability;
use crate::world::registry::{Register, Registered};
use crate::world::subscription::{SetSubscriptions, Subscriptions};
use crate::world::{AppFacts, Caller};

const PATH: &str = "/cgi-bin/message/subscribe/send";
const ADD: &str = "/wxaapi/newtmpl/addtemplate";

/// A template of the app, from the library.
fn made(client: &mut Client, tid: u32, lines: &[u32]) -> String {
    let answer = client.call(ADD, &json!({ "tid": tid, "kidList": lines }));
    answer["priTmplId"].as_str().expect("a text").to_owned()
}

fn accept(client: &mut Client, caller: Caller, id: &str) {
    client.world.apply(AnswerSubscription {
        caller,
        choices: vec![(id.to_owned(), Choice::Accept)],
        keep: false,
    });
}

fn body(client: &Client, id: &str) -> Json {
    json!({
        "touser": client.open_id(),
        "template_id": id,
        "page": "/pages/goods/goods?id=7",
        "data": { "thing1": { "value": "乌龙茶" }, "time3": { "value": "15:01" } },
        "miniprogram_state": "trial",
        "lang": "en_US",
    })
}

#[test]
fn an_accepted_template_is_good_for_one_message() {
    let mut client = Client::new(Profile::default());
    let id = made(&mut client, 11, &[1, 3]);
    let body = body(&client, &id);
    let refused = client.call(PATH, &body);
    assert_eq!(refused["errcode"], 43101);
    let text = refused["errmsg"].as_str().expect("a text");
    assert!(
        text.starts_with("user refuse to accept the msg rid: "),
        "{text}"
    );
    let caller = client.world.caller();
    accept(&mut client, caller.clone(), &id);
    let _ = client.world.apply(TakePushes);
    assert_eq!(
        client.call(PATH, &body),
        json!({ "errcode": 0, "errmsg": "ok", "msgid": 2_000_000_000_000_000_000_u64 })
    );
    assert_eq!(client.call(PATH, &body)["errcode"], 43101, "used up");
    let message = client.world.messages(&caller)[0];
    assert_eq!(message.title, "取餐提醒");
    let row = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        message.rows,
        [row("餐品", "乌龙茶"), row("取餐时间", "15:01")]
    );
    assert_eq!(
        (message.state, message.lang.as_str()),
        (EnvVersion::Trial, "en_US")
    );
    let options = message.enter_options().expect("it has a page");
    assert_eq!(
        (options.path.as_str(), options.scene),
        ("pages/goods/goods", 1014)
    );
    let pushed = client.world.apply(TakePushes);
    let list = &pushed[0].message["List"];
    assert_eq!(
        (pushed.len(), &list["MsgID"]),
        (1, &json!("2000000000000000000"))
    );
}

#[test]
fn what_is_wrong_leaves_the_permission() {
    let mut client = Client::new(Profile::default());
    let id = made(&mut client, 11, &[1, 3]);
    let caller = client.world.caller();
    accept(&mut client, caller.clone(), &id);
    let good = body(&client, &id);
    let data = |thing: &str, time: &str| json!({ "thing1": { "value": thing }, "time3": { "value": time } });
    for (member, value, code) in [
        ("touser", json!(null), 40003),
        ("touser", json!("o123"), 40003),
        ("template_id", json!(null), 40037),
        ("template_id", json!("x"), 40037),
        ("page", json!("pages/none"), 41030),
        ("data", json!(null), 47003),
        ("data", json!("x"), 47001),
        ("data", json!({ "thing1": "x" }), 47001),
        ("data", data("茶", ""), 47003),
        ("data", data(&"茶".repeat(21), "15:01"), 47003),
        ("miniprogram_state", json!("release"), 47003),
        ("lang", json!("fr_FR"), 47003),
    ] {
        let mut body = good.clone();
        body[member] = value;
        assert_eq!(client.call(PATH, &body)["errcode"], code, "{member}");
    }
    assert_eq!(
        client.world.message_allowance(&caller, &id),
        Some(Allowance::Times(1))
    );
    assert!(client.world.messages(&caller).is_empty());
    let mut usual = good.clone();
    for member in ["lang", "miniprogram_state", "page"] {
        usual.as_object_mut().expect("an object").remove(member);
    }
    assert_eq!(client.call(PATH, &usual)["errcode"], 0);
    let message = client.world.messages(&caller)[0];
    assert_eq!(
        (message.state, message.lang.as_str()),
        (EnvVersion::Release, "zh_CN")
    );
    assert_eq!(
        message.enter_options(),
        None,
        "without page a tap opens nothing"
    );
}

#[test]
fn a_wrong_value_is_named_in_the_text() {
    let mut client = Client::new(Profile::default());
    let id = made(&mut client, 36, &[1, 3]);
    let caller = client.world.caller();
    accept(&mut client, caller, &id);
    let mut text = |thing: &str, level: &str| {
        let mut body = body(&client, &id);
        body["data"] = json!({ "thing1": { "value": thing }, "enum3": { "value": level } });
        client.call(PATH, &body)["errmsg"].to_string()
    };
    let empty = text("", "金卡");
    assert!(
        empty.contains("argument invalid! data.thing1.value is empty"),
        "{empty}"
    );
    let other = text("茶友会", "铜卡");
    assert!(
        other.contains("argument invalid! data.enum3.value invalid"),
        "{other}"
    );
    assert_eq!(text("茶友会", "银卡"), "\"ok\"");
}

#[test]
fn the_user_and_the_platform_can_stop_messages() {
    let mut client = Client::new(Profile::default());
    let caller = client.world.caller();
    accept(&mut client, caller.clone(), "a");
    let off = Subscriptions {
        main_switch: false,
        ..Subscriptions::default()
    };
    client.world.apply(SetSubscriptions(caller, off));
    let sent = body(&client, "a");
    assert_eq!(client.call(PATH, &sent)["errcode"], 43101);
    let mut blocked = Client::of(
        Profile::default(),
        AppFacts {
            app_id: APP.into(),
            blocked: [Capability::SubscribeMessage].into(),
            ..AppFacts::default()
        },
    );
    assert_eq!(blocked.call(PATH, &sent)["errcode"], 43107);
}

#[test]
fn a_long_term_template_is_good_for_any_number() {
    let mut client = Client::new(Profile::default());
    let id = made(&mut client, 64, &[1, 2]);
    let caller = client.world.caller();
    accept(&mut client, caller.clone(), &id);
    let mut body = body(&client, &id);
    body["data"] = json!({ "thing1": { "value": "茶艺" }, "time2": { "value": "10:00" } });
    for _ in 0..3 {
        assert_eq!(client.call(PATH, &body)["errcode"], 0);
    }
    assert_eq!(
        client.world.message_allowance(&caller, &id),
        Some(Allowance::Always)
    );
}

#[test]
fn an_app_that_does_not_run_sends_to_its_own_users() {
    let mut client = Client::new(Profile::default());
    let app_id = "wx2222222222222222";
    let other = Registered {
        app_id: app_id.into(),
        ..Registered::default()
    };
    assert_eq!(client.world.apply(Register(other)), Ok(()));
    let caller = Caller::new(app_id, client.world.user().id.clone());
    accept(&mut client, caller.clone(), "a");
    let mut body = body(&client, "a");
    let url = client.with_token_of(app_id, PATH);
    assert_eq!(
        client.post(&url, body.to_string()).body_json()["errcode"],
        40003
    );
    body["touser"] = client.world.open_id(&caller).into();
    body["page"] = "pages/unknown/unknown".into();
    assert_eq!(
        client.post(&url, body.to_string()).body_json()["errcode"],
        0
    );
    assert_eq!(client.world.messages(&caller).len(), 1);
    assert!(client.world.messages(&client.world.caller()).is_empty());
}

#[test]
fn before_2021_the_answer_had_no_id() {
    let mut client = Client::new(Profile::on(Date::new(2020, 12, 31)));
    let caller = client.world.caller();
    accept(&mut client, caller, "a");
    let body = body(&client, "a");
    assert_eq!(
        client.call(PATH, &body),
        json!({ "errcode": 0, "errmsg": "ok" })
    );
}

use serde_json::{Value as Json, json};

use super::told;
use crate::profile::{Date, Profile};
use crate::server::testing::Client;
use crate::world::conversation::{
    BlockService, Content, Conversation, EnterConversation, Say, SendError,
};
use crate::world::registry::{Kind, Register, Registered};
use crate::world::{Caller, World};

const PATH: &str = "/cgi-bin/message/custom/send";

fn say(client: &mut Client) {
    let caller = client.world.caller();
    client.world.apply(Say(caller, Content::Text("hi".into())));
}

fn enter(client: &mut Client) {
    let caller = client.world.caller();
    client.world.apply(EnterConversation {
        caller,
        session_from: String::new(),
        offer: None,
    });
}

/// A message of a type to the user who holds the phone.
fn message(client: &Client, kind: &str, object: Json) -> Json {
    let mut body = json!({ "touser": client.open_id(), "msgtype": kind });
    body[kind] = object;
    body
}

fn text(client: &Client) -> Json {
    message(client, "text", json!({ "content": "你好" }))
}

fn code(client: &mut Client, body: &Json) -> i64 {
    client.call(PATH, body)["errcode"]
        .as_i64()
        .unwrap_or_default()
}

fn said(world: &World) -> Vec<Content> {
    let messages = world
        .conversation(&world.caller())
        .map(Conversation::messages);
    let messages = messages.into_iter().flatten();
    messages
        .filter(|it| !it.from_user)
        .map(|it| it.content.clone())
        .collect()
}

#[test]
fn each_type_of_mini_programs_arrives() {
    let mut client = Client::new(Profile::default());
    say(&mut client);
    let mut first = text(&client);
    first["customservice"] = json!({ "kf_account": "a@b" });
    first["aimsgcontext"] = json!({ "is_ai_msg": 1 });
    first["businessid"] = json!(1);
    assert_eq!(
        client.call(PATH, &first),
        json!({ "errcode": 0, "errmsg": "ok" })
    );
    let card =
        json!({ "title": "Tea", "pagepath": "/pages/goods/goods?id=7", "thumb_media_id": "m" });
    let link =
        json!({ "title": "t", "description": "d", "url": "https://a.example", "thumb_url": "u" });
    for (kind, object) in [
        ("image", json!({ "media_id": "m" })),
        ("link", link),
        ("miniprogrampage", card),
    ] {
        let body = message(&client, kind, object);
        assert_eq!(code(&mut client, &body), 0, "{kind}");
    }
    let said = said(&client.world);
    assert_eq!(said[0], Content::Text("你好".into()));
    assert_eq!(said[1], Content::Image("m".into()));
    assert_eq!(
        said[2],
        Content::Link("t".into(), "https://a.example".into())
    );
    let doors = client.world.doors(&client.world.caller());
    assert_eq!(
        (doors[0].page.as_str(), doors[0].scene()),
        ("/pages/goods/goods?id=7", 1073)
    );
}

#[test]
fn a_user_who_did_nothing_gets_nothing() {
    let mut client = Client::new(Profile::default());
    let body = text(&client);
    assert_eq!(code(&mut client, &body), 45015);
    assert!(
        client.world.conversation(&client.world.caller()).is_none(),
        "nothing began"
    );
    enter(&mut client);
    let codes = [(); 3].map(|()| code(&mut client, &body));
    assert_eq!(codes, [0, 0, 45047]);
    client.wait(60_001);
    assert_eq!(code(&mut client, &body), 45015);
    say(&mut client);
    let codes = [(); 6].map(|()| code(&mut client, &body));
    assert_eq!(codes, [0, 0, 0, 0, 0, 45047]);
    client.wait(48 * 3_600_000 + 1);
    assert_eq!(code(&mut client, &body), 45015);
    let mut old = Client::new(Profile::on(Date::new(2018, 6, 4)));
    enter(&mut old);
    let body = text(&old);
    assert_eq!([(); 2].map(|()| code(&mut old, &body)), [0, 45047]);
}

#[test]
fn what_is_wrong_uses_no_message_up() {
    let mut client = Client::new(Profile::default());
    say(&mut client);
    let card = |page: &str, medium: &str| json!({ "title": "t", "pagepath": page, "thumb_media_id": medium });
    for (kind, object, expected) in [
        ("text", json!({}), 44004),
        ("text", json!({ "content": "" }), 44004),
        ("text", json!("x"), 44004),
        ("text", json!({ "content": "x".repeat(2_049) }), 45002),
        ("image", json!({}), 40007),
        ("image", json!({ "media_id": "" }), 40007),
        ("link", json!({ "title": "t" }), 47001),
        (
            "link",
            json!({ "title": "t", "url": "x".repeat(20_000) }),
            45002,
        ),
        ("miniprogrampage", card("pages/none", "m"), 41030),
        ("miniprogrampage", card("", "m"), 41030),
        ("miniprogrampage", card("pages/goods/goods", ""), 40007),
        ("fax", json!({}), 40008),
        ("voice", json!({ "media_id": "m" }), 45162),
        ("video", json!({ "media_id": "m" }), 45162),
        ("music", json!({}), 45162),
        ("news", json!({ "articles": [] }), 45162),
        ("mpnews", json!({}), 45162),
        ("mpnewsarticle", json!({}), 45162),
        ("msgmenu", json!({}), 45162),
        ("wxcard", json!({}), 45162),
    ] {
        let body = message(&client, kind, object);
        assert_eq!(code(&mut client, &body), expected, "{kind}");
    }
    let open_id = client.open_id();
    assert_eq!(code(&mut client, &json!({ "touser": open_id })), 40008);
    let url = client.with_token(PATH);
    assert_eq!(client.post(&url, "").body_json()["errcode"], 44002);
    assert_eq!(client.post(&url, "touser=o").body_json()["errcode"], 47001);
    assert_eq!(client.get(&url).body_json()["errcode"], 43002);
    assert!(said(&client.world).is_empty());
    let conversation = client.world.conversation(&client.world.caller());
    assert_eq!(conversation.map(|it| it.left(client.world.now())), Some(5));
}

#[test]
fn openids_of_nobody_and_of_other_apps_are_told_apart() {
    let mut client = Client::new(Profile::default());
    for (app_id, kind) in [
        ("wxother", Kind::MiniProgram),
        ("wxmp", Kind::OfficialAccount),
    ] {
        let app = Registered {
            app_id: app_id.into(),
            kind,
            ..Registered::default()
        };
        assert_eq!(client.world.apply(Register(app)), Ok(()));
    }
    let mut body = text(&client);
    for (to, expected) in [
        (json!(null), 40003),
        (json!("o1"), 40003),
        (
            json!(client.world.open_id(&Caller::new("wxother", "user"))),
            43104,
        ),
    ] {
        body["touser"] = to;
        assert_eq!(code(&mut client, &body), expected);
    }
    let url = client.with_token_of("wxmp", PATH);
    let answer = client.post(&url, body.to_string()).body_json();
    assert_eq!(answer["errcode"], 48001, "no mini program");
    let url = client.with_token_of("wxother", PATH);
    let answer = client.post(&url, body.to_string()).body_json();
    assert_eq!(answer["errcode"], 45015, "its user, who did nothing there");
}

#[test]
fn a_user_who_turned_the_service_off_gets_nothing() {
    let mut client = Client::new(Profile::default());
    say(&mut client);
    let caller = client.world.caller();
    client.world.apply(BlockService(caller, true));
    let body = text(&client);
    assert_eq!(code(&mut client, &body), 48002);
}

#[test]
fn the_words_of_the_step_are_those_of_the_wire() {
    for error in [
        SendError::Type,
        SendError::UnknownType,
        SendError::Format,
        SendError::Empty,
        SendError::Medium,
        SendError::TooLong,
        SendError::Page,
        SendError::OpenId,
        SendError::Blocked,
        SendError::OutOfTime,
        SendError::OutOfCount,
    ] {
        let fault = told(error);
        assert_eq!(
            error.to_string(),
            format!("{} {}", fault.errcode, fault.errmsg)
        );
    }
}

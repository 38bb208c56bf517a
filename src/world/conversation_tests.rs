use serde_json::{Value as Json, json};

use super::{
    BODY_BYTES_MAX, BlockService, Card, Content, Conversation, Door, EXCHANGE_MS,
    EnterConversation, GetCard, LeaveConversation, MESSAGES_KEPT_MAX, SESSION_FROM_MAX, Say,
    SendError, SendFromService, SetTyping, TEXT_BYTES_MAX, TYPING_MS, TypingError,
};
use crate::profile::{Date, Profile};
use crate::world::enter_options::EnterOptions;
use crate::world::foreground::{ColdStart, DESTROY_AFTER_MS, EnterBackground, SUSPEND_AFTER_MS};
use crate::world::notice::{Elsewhere, Notice, TakeNotices};
use crate::world::rng::{Draw, Stream};
use crate::world::{AdvanceTo, AppFacts, World};

fn world(profile: Profile) -> World {
    let mut world = World::new(
        profile,
        AppFacts {
            app_id: "wx1".into(),
            pages: vec!["p/a".into()],
            ..AppFacts::default()
        },
        1,
    );
    world.apply(ColdStart(EnterOptions::new("", 1001)));
    world
}

fn enter(world: &mut World, session_from: &str) {
    let caller = world.caller();
    world.apply(EnterConversation {
        caller,
        session_from: session_from.to_owned(),
        offer: None,
    });
}

fn say(world: &mut World) {
    let caller = world.caller();
    world.apply(Say(caller, Content::Text("hi".into())));
}

fn text() -> Json {
    json!({ "msgtype": "text", "text": { "content": "ho" } })
}

fn send(world: &mut World, body: Json) -> Result<(), SendError> {
    let caller = world.caller();
    world.apply(SendFromService(caller, body))
}

fn pass(world: &mut World, ms: i64) {
    world.apply(AdvanceTo(world.now().plus(ms)));
}

#[test]
fn entering_allows_two_messages_for_a_minute_and_speaking_five_for_two_days() {
    let mut world = world(Profile::default());
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfTime));
    enter(&mut world, "");
    let two = [send(&mut world, text()), send(&mut world, text())];
    assert_eq!(two, [Ok(()), Ok(())]);
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfCount));
    pass(&mut world, 60_001);
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfTime));
    say(&mut world);
    for _ in 0..5 {
        assert_eq!(send(&mut world, text()), Ok(()));
    }
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfCount));
    enter(&mut world, "");
    assert_eq!(send(&mut world, text()), Ok(()), "two more");
    say(&mut world);
    pass(&mut world, 48 * 3_600_000);
    assert_eq!(send(&mut world, text()), Ok(()), "last moment");
    pass(&mut world, 1);
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfTime));
}

#[test]
fn before_2020_entering_allowed_one() {
    let mut world = world(Profile::on(Date::new(2018, 6, 4)));
    enter(&mut world, "");
    assert_eq!(send(&mut world, text()), Ok(()));
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfCount));
}

#[test]
fn what_does_not_fit_is_refused_before_it_counts() {
    let mut world = world(Profile::default());
    say(&mut world);
    let page = |path: &str| {
        json!({ "msgtype": "miniprogrampage", "miniprogrampage":
            { "title": "t", "pagepath": path, "thumb_media_id": "m" } })
    };
    let long = json!({ "msgtype": "text", "text": { "content": "x".repeat(TEXT_BYTES_MAX + 1) } });
    let other = json!({ "touser": "o1", "msgtype": "text", "text": { "content": "x" } });
    for (body, error) in [
        (json!({ "msgtype": "voice" }), SendError::Type),
        (json!({ "msgtype": "text" }), SendError::Empty),
        (
            json!({ "msgtype": "text", "text": { "content": "" } }),
            SendError::Empty,
        ),
        (json!({ "msgtype": "image" }), SendError::Medium),
        (
            json!({ "msgtype": "link", "link": { "title": "t" } }),
            SendError::Format,
        ),
        (
            json!({ "msgtype": "link", "link": { "title": "t", "url": "x".repeat(BODY_BYTES_MAX) } }),
            SendError::TooLong,
        ),
        (json!({ "msgtype": "fax" }), SendError::UnknownType),
        (json!({}), SendError::UnknownType),
        (long, SendError::TooLong),
        (page("p/b"), SendError::Page),
        (other, SendError::OpenId),
    ] {
        assert_eq!(send(&mut world, body.clone()), Err(error), "{body}");
    }
    let mut own = text();
    own["touser"] = world.open_id(&world.caller()).into();
    for body in [own, page("/p/a?x=1")] {
        assert_eq!(send(&mut world, body), Ok(()));
    }
    let image = json!({ "msgtype": "image", "image": { "media_id": "m" } });
    let link = json!({ "msgtype": "link", "link": { "title": "t", "url": "https://a.example" } });
    for body in [image, link, text()] {
        assert_eq!(send(&mut world, body), Ok(()));
    }
    assert_eq!(send(&mut world, text()), Err(SendError::OutOfCount));
}

#[test]
fn cards_and_links_of_the_program_lead_to_pages() {
    let mut world = world(Profile::default());
    say(&mut world);
    let links = r#"see <a href="https://a.example" data-miniprogram-appid="wx1" data-miniprogram-path="p/a?x=1">here</a>,
        <a data-miniprogram-appid='wx2' data-miniprogram-path='p/b'>there</a> or <a href="https://b.example">out</a> <a "#;
    let body = json!({ "msgtype": "text", "text": { "content": links } });
    assert_eq!(send(&mut world, body), Ok(()));
    let caller = world.caller();
    let card = |title: &str| Card {
        title: title.into(),
        page: "p/a".into(),
        image: String::new(),
    };
    world.apply(GetCard(caller.clone(), card("theirs")));
    world.apply(Say(caller.clone(), Content::Card(card("own"))));
    let doors: Vec<_> = world
        .doors(&caller)
        .into_iter()
        .map(|it| (it.scene(), it.title, it.page))
        .collect();
    let door = |scene, title: &str, page: &str| (scene, title.to_owned(), page.to_owned());
    assert_eq!(
        doors,
        [
            door(1081, "here", "p/a?x=1"),
            door(1073, "theirs", "p/a"),
            door(1073, "own", "p/a")
        ]
    );
}

#[test]
fn the_server_hears_who_entered_from_where() {
    let mut world = world(Profile::default());
    let long = "来".repeat(SESSION_FROM_MAX + 1);
    for (given, told) in [("", "wxapp"), ("list", "list"), (&long, &long[3..])] {
        enter(&mut world, given);
        let push = world.handovers().back().expect("it was told");
        assert_eq!(push.message["SessionFrom"], told);
    }
    let message = &world.handovers()[0].message;
    let names: Vec<&str> = message
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys().map(String::as_str))
        .collect();
    assert_eq!(
        names,
        [
            "ToUserName",
            "FromUserName",
            "CreateTime",
            "MsgType",
            "Event",
            "SessionFrom"
        ]
    );
    let original = world.original_id("wx1");
    assert!(original.starts_with("gh_") && original.len() == 15);
    assert_eq!(message["ToUserName"], original);
    assert_eq!(message["FromUserName"], world.open_id(&world.caller()));
}

#[test]
fn a_card_starts_a_program_that_is_gone() {
    let back = |ms| {
        let mut world = world(Profile::default());
        enter(&mut world, "");
        world.apply(EnterBackground);
        pass(&mut world, ms);
        world.apply(LeaveConversation(Some(Door {
            is_card: true,
            title: "t".into(),
            page: "p/a?x=1".into(),
        })));
        let notices = world.apply(TakeNotices).into_iter().map(|due| due.notice);
        notices.collect::<Vec<_>>()
    };
    let away = Notice::Away(Elsewhere::Conversation);
    assert_eq!(back(1_000), [away.clone(), Notice::Back(None)]);
    let options = EnterOptions::at("p/a?x=1", 1073);
    assert_eq!(
        back(SUSPEND_AFTER_MS + DESTROY_AFTER_MS),
        [away, Notice::Back(Some(Box::new(options)))]
    );
}

#[test]
fn a_walk_never_lets_the_service_send_more_than_it_may() {
    let mut world = world(Profile::default());
    let mut moments: Vec<(i64, u32)> = Vec::new();
    let mut sent = Vec::new();
    for _ in 0..3_000 {
        let dice = usize::try_from(world.apply(Draw(Stream::Ids)) % 5).expect("small");
        let now = world.now().0;
        match dice {
            0 => {
                enter(&mut world, "");
                moments.push((now + 60_000, 2));
                sent.clear();
            }
            1 if now % 3 == 0 => {
                say(&mut world);
                moments.push((now + 48 * 3_600_000, 5));
                sent.clear();
            }
            2 | 3 => {
                let outcome = send(&mut world, text());
                let open = moments.iter().any(|(until, _)| *until >= now);
                if outcome.is_ok() {
                    sent.push(now);
                    assert!(open, "a window is open");
                    assert!(sent.len() <= 5, "never more than five in a row");
                } else {
                    let closed = outcome == Err(SendError::OutOfTime);
                    assert_eq!(closed, !open);
                }
            }
            _ => pass(&mut world, 7_000_001),
        }
    }
    let conversation = world.conversation(&world.caller()).expect("it began");
    assert!(conversation.messages().len() > 100);
}

#[test]
fn typing_is_seen_for_fifteen_seconds_or_until_a_message() {
    let mut world = world(Profile::default());
    let set = |world: &mut World, on| {
        let caller = world.caller();
        world.apply(SetTyping { caller, on })
    };
    let is_typing = |world: &World| {
        let conversation = world.conversation(&world.caller());
        conversation.is_some_and(|it| it.is_typing(world.now()))
    };
    assert_eq!(set(&mut world, true), Err(SendError::OutOfTime.into()));
    assert_eq!(set(&mut world, false), Ok(()));
    enter(&mut world, "");
    assert_eq!(
        set(&mut world, true),
        Err(TypingError::TooLate),
        "no message yet"
    );
    say(&mut world);
    assert_eq!(set(&mut world, true), Ok(()));
    assert_eq!(set(&mut world, true), Err(TypingError::Already));
    pass(&mut world, TYPING_MS - 1);
    assert!(is_typing(&world));
    pass(&mut world, 1);
    assert!(!is_typing(&world));
    pass(&mut world, EXCHANGE_MS - TYPING_MS);
    assert_eq!(set(&mut world, true), Ok(()), "last moment");
    assert_eq!(send(&mut world, text()), Ok(()));
    assert!(!is_typing(&world), "the message ended it");
    assert_eq!(set(&mut world, true), Ok(()), "the own message counts too");
    assert_eq!(set(&mut world, false), Ok(()));
    assert!(!is_typing(&world));
    pass(&mut world, EXCHANGE_MS + 1);
    assert_eq!(set(&mut world, true), Err(TypingError::TooLate));
    for _ in 0..4 {
        assert_eq!(send(&mut world, text()), Ok(()));
    }
    assert_eq!(set(&mut world, true), Err(SendError::OutOfCount.into()));
    assert_eq!(set(&mut world, false), Ok(()));
}

#[test]
fn a_user_can_turn_the_service_off() {
    let mut world = world(Profile::default());
    say(&mut world);
    let caller = world.caller();
    world.apply(BlockService(caller.clone(), true));
    assert_eq!(send(&mut world, text()), Err(SendError::Blocked));
    world.apply(BlockService(caller, false));
    assert_eq!(send(&mut world, text()), Ok(()));
}

#[test]
fn a_conversation_keeps_its_last_messages() {
    let mut world = world(Profile::default());
    for _ in 0..MESSAGES_KEPT_MAX {
        say(&mut world);
    }
    assert_eq!(send(&mut world, text()), Ok(()));
    let conversation = world.conversation(&world.caller());
    let messages = conversation.map(Conversation::messages).expect("it began");
    assert_eq!(messages.len(), MESSAGES_KEPT_MAX);
    assert!(
        !messages[MESSAGES_KEPT_MAX - 1].from_user,
        "the latest is there"
    );
}

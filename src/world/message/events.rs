//! What the server of a program hears of subscribe messages.
//!
//! Official page: "Subscribe message", events `subscribe_msg_popup_event` (the user answered the question),
//! `subscribe_msg_change_event` (the user turned a template on the settings page), `subscribe_msg_sent_event` (a
//! message arrived). The trace tells the answers and the messages themselves, so it does not tell the events.
//!
//! Unverified: the day from which there are such events.

use serde_json::{Map, Value as Json, json};

use super::permission::Choice;
use crate::profile::Date;
use crate::world::handover::{Recipient, hand_event};
use crate::world::{Caller, World};

/// From this day servers hear of it.
const TOLD_FROM: Date = Date::new(2021, 5, 1);

/// The user answered the question for templates.
pub(super) fn tell_answer(world: &mut World, caller: &Caller, choices: &[(String, Choice)]) {
    let one = |(id, choice): &(String, Choice)| {
        let status = status(*choice == Choice::Accept);
        json!({ "TemplateId": id, "SubscribeStatusString": status, "PopupScene": "0" })
    };
    let list: Vec<Json> = choices.iter().map(one).collect();
    tell(world, caller, "subscribe_msg_popup_event", list.into());
}

/// The user turned a template on the settings page.
pub(in crate::world) fn tell_turn(world: &mut World, caller: &Caller, template_id: &str, on: bool) {
    let list = json!([{ "TemplateId": template_id, "SubscribeStatusString": status(on) }]);
    tell(world, caller, "subscribe_msg_change_event", list);
}

/// A message arrived.
pub(super) fn tell_sent(world: &mut World, caller: &Caller, template_id: &str, id: u64) {
    let list = json!({
        "TemplateId": template_id,
        "MsgID": id.to_string(),
        "ErrorCode": "0",
        "ErrorStatus": "success",
    });
    tell(world, caller, "subscribe_msg_sent_event", list);
}

fn status(accepts: bool) -> &'static str {
    if accepts { "accept" } else { "reject" }
}

fn tell(world: &mut World, caller: &Caller, event: &str, list: Json) {
    if world.profile.compat_date < TOLD_FROM {
        return;
    }
    let mut message = Map::new();
    let mut add = |name: &str, value: Json| message.insert(name.to_owned(), value);
    add("ToUserName", world.original_id(caller.app_id()).into());
    add("FromUserName", world.open_id(caller).into());
    add("CreateTime", (world.now.0 / 1_000).into());
    add("MsgType", "event".into());
    add("Event", event.into());
    add("List", list);
    let to = Recipient::Server(caller.app_id().to_owned());
    hand_event(world, to, Json::Object(message));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::world::handover::{TakeHandovers, TakePushes};
    use crate::world::message::permission::{AnswerSubscription, Choice};
    use crate::world::message::send::{Draft, SendSubscribed};
    use crate::world::subscription::{MAIN_SWITCH, TurnSubscription};
    use crate::world::{AppFacts, World};

    fn story(day: Date) -> World {
        let mut world = World::new(Profile::on(day), AppFacts::default(), 1);
        let caller = world.caller();
        world.apply(AnswerSubscription {
            caller: caller.clone(),
            choices: vec![("a".into(), Choice::Accept), ("b".into(), Choice::Reject)],
            keep: true,
        });
        let draft = Draft {
            template_id: "a".into(),
            ..Draft::default()
        };
        assert!(world.apply(SendSubscribed(draft.clone())).is_ok());
        assert!(world.apply(SendSubscribed(draft)).is_err(), "used up");
        for (name, on) in [("a", false), (MAIN_SWITCH, false)] {
            let (caller, name) = (caller.clone(), name.to_owned());
            assert_eq!(world.apply(TurnSubscription { caller, name, on }), Ok(()));
        }
        world
    }

    #[test]
    fn the_server_hears_what_the_user_decides_and_what_arrived() {
        let mut world = story(Date::new(2021, 5, 1));
        assert_eq!(
            world.apply(TakeHandovers),
            [],
            "the trace tells it otherwise"
        );
        let pushed = world.apply(TakePushes);
        let told = |at: usize| {
            (
                pushed[at].message["Event"].clone(),
                pushed[at].message["List"].clone(),
            )
        };
        let choice = |id: &str, status: &str| json!({ "TemplateId": id, "SubscribeStatusString": status, "PopupScene": "0" });
        assert_eq!(
            told(0),
            (
                json!("subscribe_msg_popup_event"),
                json!([choice("a", "accept"), choice("b", "reject")])
            )
        );
        assert_eq!(told(1).0, "subscribe_msg_sent_event");
        assert_eq!(told(1).1["MsgID"], "2000000000000000000");
        assert_eq!(
            told(2),
            (
                json!("subscribe_msg_change_event"),
                json!([{ "TemplateId": "a", "SubscribeStatusString": "reject" }])
            )
        );
        assert_eq!(pushed.len(), 3);
        let first = &pushed[0].message;
        assert_eq!(first["FromUserName"], world.open_id(&world.caller()));
        assert_eq!(
            (&first["MsgType"], first["CreateTime"].as_i64()),
            (&json!("event"), Some(world.now().0 / 1_000))
        );
    }

    #[test]
    fn before_2021_it_heard_nothing() {
        assert_eq!(story(Date::new(2021, 4, 30)).apply(TakePushes), []);
    }
}

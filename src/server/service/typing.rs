//! `POST /cgi-bin/message/custom/typing`: the user sees that the service types.
//!
//! Official page: `customerServiceMessage.setTyping`. The user sees it for 15 seconds, or until the next message; a
//! message must have gone or come in the last 30 seconds.
//!
//! Unverified: `CancelTyping` always succeeds; `Typing` needs a message that may still be sent (45015, 45047); a
//! mobile app hears 40200.

use super::is_mini_program;
use super::send::told;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::server::openid;
use crate::world::World;
use crate::world::conversation::{SetTyping, TypingError};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "customerServiceMessage.setTyping",
    Verb::Post,
    "/cgi-bin/message/custom/typing",
    handle,
);

/// The same for both paths.
pub(super) fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    if !is_mini_program(world, &asked.app_id) {
        let why = "the world holds conversations with mini programs alone";
        return Err(errcode::INVALID_ACCOUNT_TYPE.because(why));
    }
    let on = match asked.text("command")?.as_str() {
        "Typing" => true,
        "CancelTyping" => false,
        _ => return Err(errcode::INVALID_COMMAND.because("it is Typing or CancelTyping")),
    };
    let caller = openid::user(world, &asked.app_id, &asked.text("touser")?)?;
    let set = world.apply(SetTyping { caller, on });
    set.map_err(|error| match error {
        TypingError::Send(error) => told(error),
        TypingError::TooLate => errcode::TYPING_TOO_LATE.into(),
        TypingError::Already => {
            errcode::ALREADY_TYPING.because("it shows for 15 seconds, or until the next message")
        }
    })?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::Client;
    use crate::world::conversation::{Content, EnterConversation, Say};
    use crate::world::registry::{Kind, Register, Registered};

    const PATHS: [&str; 2] = [
        "/cgi-bin/message/custom/typing",
        "/cgi-bin/message/custom/business/typing",
    ];

    fn type_to(client: &mut Client, path: &str, command: &str) -> i64 {
        let body = json!({ "touser": client.open_id(), "command": command });
        let answer = client.call(path, &body);
        answer["errcode"].as_i64().unwrap_or(-2)
    }

    fn is_typing(client: &Client) -> bool {
        let conversation = client.world.conversation(&client.world.caller());
        conversation.is_some_and(|it| it.is_typing(client.world.now()))
    }

    fn say(client: &mut Client) {
        let caller = client.world.caller();
        client.world.apply(Say(caller, Content::Text("hi".into())));
    }

    #[test]
    fn both_paths_show_it_until_it_ends() {
        for path in PATHS {
            let mut client = Client::new(Profile::default());
            say(&mut client);
            assert_eq!(type_to(&mut client, path, "Typing"), 0);
            assert!(is_typing(&client));
            assert_eq!(type_to(&mut client, path, "Typing"), 45081);
            assert_eq!(type_to(&mut client, path, "CancelTyping"), 0);
            assert!(!is_typing(&client));
            assert_eq!(type_to(&mut client, path, "Typing"), 0);
            let message = json!({ "touser": client.open_id(), "msgtype": "text", "text": { "content": "x" } });
            let sent = client.call("/cgi-bin/message/custom/send", &message);
            assert_eq!(sent, json!({ "errcode": 0, "errmsg": "ok" }));
            assert!(!is_typing(&client), "the message ended it");
            assert_eq!(type_to(&mut client, path, "Typing"), 0);
            client.wait(15_000);
            assert!(!is_typing(&client));
        }
    }

    #[test]
    fn what_is_wrong_shows_nothing() {
        for path in PATHS {
            let mut client = Client::new(Profile::default());
            assert_eq!(type_to(&mut client, path, "Typing"), 45015);
            let caller = client.world.caller();
            client.world.apply(EnterConversation {
                caller,
                session_from: String::new(),
                offer: None,
            });
            assert_eq!(type_to(&mut client, path, "Typing"), 45080, "nobody spoke");
            say(&mut client);
            assert_eq!(type_to(&mut client, path, "typing"), 45072);
            assert_eq!(type_to(&mut client, path, ""), 45072);
            let nobody = json!({ "touser": "o1", "command": "Typing" });
            assert_eq!(client.call(path, &nobody)["errcode"], 40003);
            client.wait(30_001);
            assert_eq!(type_to(&mut client, path, "Typing"), 45080);
            assert!(!is_typing(&client));
        }
    }

    #[test]
    fn without_a_message_that_is_left_and_for_other_accounts_it_is_refused() {
        for path in PATHS {
            let mut client = Client::new(Profile::default());
            say(&mut client);
            let message = json!({ "touser": client.open_id(), "msgtype": "text", "text": { "content": "x" } });
            for _ in 0..5 {
                let _ = client.call("/cgi-bin/message/custom/send", &message);
            }
            assert_eq!(type_to(&mut client, path, "Typing"), 45047);
            assert_eq!(type_to(&mut client, path, "CancelTyping"), 0);
            let app = Registered {
                app_id: "app1".into(),
                kind: Kind::MobileApp,
                ..Registered::default()
            };
            assert_eq!(client.world.apply(Register(app)), Ok(()));
            let url = client.with_token_of("app1", path);
            let body = json!({ "touser": client.open_id(), "command": "Typing" });
            let answer = client.post(&url, body.to_string()).body_json();
            assert_eq!(answer["errcode"], 40200);
        }
    }
}

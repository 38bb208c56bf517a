//! `POST /cgi-bin/message/wxopen/template/uniform_send`: a template message of the program, or one of an official
//! account that opens it.
//!
//! Official page: `uniformMessage.send`. `weapp_template_msg` is tried first while template messages exist.
//! `touser` is an openid of the program or of the official account.
//!
//! Unverified: when the message of the program is refused and there is one of an official account, that one is
//! sent; without either the body counts as malformed; a program that names its official accounts sends by them
//! alone.
//!
//! Differs from the platform: `miniprogram.appid` must be the app of the token; `url` and colours change nothing;
//! the templates of official accounts are not known, so any id and any data are taken.

use serde_json::{Map, Value as Json};

use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::server::message_body::{draft, object, text};
use crate::world::World;
use crate::world::message::send::{Draft, SendOfAccount, SendTemplate};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "uniformMessage.send",
    Verb::Post,
    "/cgi-bin/message/wxopen/template/uniform_send",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let body = asked.json()?;
    let to = asked.text("touser")?;
    let of_program = object(body, "weapp_template_msg")?;
    let of_program = of_program.map(|it| program_message(asked, &to, it));
    let of_account = object(body, "mp_template_msg")?;
    let of_account = of_account.map(|it| account_message(asked, &to, it));
    let (of_program, of_account) = (of_program.transpose()?, of_account.transpose()?);
    let sent = match (of_program, of_account) {
        (None, None) => {
            let why = "there is neither `weapp_template_msg` nor `mp_template_msg`";
            return Err(errcode::DATA_FORMAT.because(why));
        }
        (Some(first), None) => world.apply(first),
        (None, Some(second)) => world.apply(second),
        (Some(first), Some(second)) => world.apply(first).or_else(|_| world.apply(second)),
    };
    sent?;
    Ok(Answer::ok())
}

fn program_message(
    asked: &Asked<'_>,
    to: &str,
    message: &Map<String, Json>,
) -> Result<SendTemplate, Fault> {
    let emphasis = text(message, "emphasis_keyword")?;
    Ok(SendTemplate {
        draft: draft(&asked.app_id, to.to_owned(), message)?,
        form_id: Some(text(message, "form_id")?),
        emphasis: (!emphasis.is_empty()).then_some(emphasis),
    })
}

fn account_message(
    asked: &Asked<'_>,
    to: &str,
    message: &Map<String, Json>,
) -> Result<SendOfAccount, Fault> {
    let draft = draft(&asked.app_id, to.to_owned(), message)?;
    let mut page = None;
    if let Some(program) = object(message, "miniprogram")? {
        let app_id = text(program, "appid")?;
        if !app_id.is_empty() && app_id != asked.app_id {
            let why = "`miniprogram.appid` must be the app of the token";
            return Err(errcode::INVALID_APPID.because(why));
        }
        let path = text(program, "pagepath")?;
        page = (!path.is_empty()).then_some(path);
    }
    Ok(SendOfAccount {
        draft: Draft { page, ..draft },
        account: text(message, "appid")?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client};
    use crate::world::message::inbox::Message;
    use crate::world::message::ticket::RequestFormId;
    use crate::world::registry::{Kind, Register, Registered};
    use crate::world::{AppFacts, Caller};

    const PATH: &str = "/cgi-bin/message/wxopen/template/uniform_send";

    fn client(year: i32, official_accounts: &[&str]) -> Client {
        let accounts = official_accounts.iter().map(|it| (*it).to_owned());
        let mut client = Client::of(
            Profile::on(Date::new(year, 6, 4)),
            AppFacts {
                app_id: APP.into(),
                pages: vec!["pages/a/a".into()],
                official_accounts: accounts.collect(),
                ..AppFacts::default()
            },
        );
        let account = Registered {
            app_id: "wxmp".into(),
            kind: Kind::OfficialAccount,
            ..Registered::default()
        };
        assert_eq!(client.world.apply(Register(account)), Ok(()));
        client
    }

    fn of_account() -> Json {
        json!({
            "appid": "wxmp",
            "template_id": "t",
            "url": "https://a.example",
            "miniprogram": { "appid": APP, "pagepath": "pages/a/a?x=1" },
            "data": {
                "first": { "value": "hello", "color": "#000" },
                "keyword1": { "value": "茶" },
                "remark": { "value": "bye" },
            },
        })
    }

    fn inbox(client: &Client) -> Vec<Message> {
        let all = client.world.messages(&client.world.caller());
        all.into_iter().cloned().collect()
    }

    #[test]
    fn a_message_of_an_official_account_opens_the_program() {
        let mut client = client(2024, &[]);
        let follower = Caller::new("wxmp", client.world.user().id.clone());
        for to in [client.open_id(), client.world.open_id(&follower)] {
            let body = json!({ "touser": to, "mp_template_msg": of_account() });
            assert_eq!(
                client.call(PATH, &body),
                json!({ "errcode": 0, "errmsg": "ok" })
            );
        }
        let inbox = inbox(&client);
        assert_eq!(
            (inbox.len(), inbox[1].account.as_deref()),
            (2, Some("wxmp"))
        );
        assert_eq!(inbox[0].rows[1], ("keyword1".to_owned(), "茶".to_owned()));
        let options = inbox[0].enter_options().expect("it has a page");
        assert_eq!((options.path.as_str(), options.scene), ("pages/a/a", 1043));
    }

    #[test]
    fn what_is_wrong_sends_nothing() {
        let mut client = client(2024, &[]);
        let to = client.open_id();
        let with = |member: &str, value: Json| {
            let mut message = of_account();
            message[member] = value;
            json!({ "touser": to, "mp_template_msg": message })
        };
        for (body, code) in [
            (json!({}), 47001),
            (json!({ "touser": to }), 47001),
            (json!({ "touser": to, "mp_template_msg": [] }), 47001),
            (json!({ "mp_template_msg": of_account() }), 40003),
            (with("appid", json!("wxno")), 40013),
            (with("appid", json!(APP)), 40013),
            (with("template_id", json!("")), 40037),
            (
                with("miniprogram", json!({ "pagepath": "pages/b/b" })),
                40165,
            ),
            (with("miniprogram", json!({ "appid": "wx2" })), 40013),
            (with("miniprogram", json!("x")), 47001),
            (with("data", json!({ "first": 1 })), 47001),
            (
                with("data", json!({ "first": { "value": "x".repeat(20_000) } })),
                45002,
            ),
            (
                json!({ "touser": to, "weapp_template_msg": { "template_id": "a" } }),
                45103,
            ),
        ] {
            assert_eq!(client.call(PATH, &body)["errcode"], code, "{body:.200}");
        }
        assert!(inbox(&client).is_empty());
        let linked = |accounts: &[&str]| {
            let mut client = super::tests::client(2024, accounts);
            let body = json!({ "touser": client.open_id(), "mp_template_msg": of_account() });
            client.call(PATH, &body)["errcode"].clone()
        };
        assert_eq!(linked(&["wxother"]), 40013, "another one is linked");
        assert_eq!(linked(&["wxother", "wxmp"]), 0);
    }

    #[test]
    fn the_message_of_the_program_goes_first_while_there_are_such() {
        let mut client = client(2018, &[]);
        let caller = client.world.caller();
        let form = RequestFormId {
            caller,
            timeout_ms: 0,
        };
        let form_id = client.world.apply(form).text;
        let message =
            |form_id: &str| json!({ "template_id": "a", "page": "pages/a/a", "form_id": form_id });
        let to = client.open_id();
        let both = json!({ "touser": to, "weapp_template_msg": message(&form_id), "mp_template_msg": of_account() });
        assert_eq!(client.call(PATH, &both)["errcode"], 0);
        assert_eq!(inbox(&client)[0].account, None);
        assert_eq!(client.call(PATH, &both)["errcode"], 0);
        let second = inbox(&client)[1].account.clone();
        assert_eq!(second.as_deref(), Some("wxmp"), "the form is used up");
        let mut codes = |message: Json| {
            let body = json!({ "touser": to, "weapp_template_msg": message });
            client.call(PATH, &body)["errcode"].clone()
        };
        assert_eq!(codes(message(&form_id)), 41029);
        assert_eq!(codes(message("x")), 41028);
        assert_eq!(
            codes(json!({ "template_id": "a", "page": "pages/b/b" })),
            41030
        );
        assert_eq!(codes(json!({ "page": "pages/a/a" })), 40037);
    }
}

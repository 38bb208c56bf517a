//! `POST /wxa/business/getuserphonenumber`: the phone number behind a code of the button.
//!
//! Official page: "Get phone number" (`getPhoneNumber`). The code comes from the phone number components, works
//! once and for five minutes; a code of `wx.login` is none. It came with base library 2.21.2; before, the number
//! was only in encrypted data.
//!
//! Unverified: a personal app, or one that WeChat has not verified, gets 48001; an `openid` that is not the
//! one of the code gets 40003, and the code stays good.

use serde_json::json;

use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::server::{errcode, openid};
use crate::world::World;
use crate::world::account::Subject;
use crate::world::phone_number::{PhoneCodeProblem, RedeemPhoneCode};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "getPhoneNumber",
    Verb::Post,
    "/wxa/business/getuserphonenumber",
    handle,
)
.since(Date::new(2021, 12, 13));

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let app_id = &asked.app_id;
    check_permission(world, app_id)?;
    let (code, open_id) = (asked.text("code")?, asked.text("openid")?);
    let (caller, given) = world
        .phone_code(app_id, &code)
        .map_err(|problem| refusal(world, &code, problem))?;
    if !open_id.is_empty() && openid::user(world, app_id, &open_id)? != caller {
        let why = "the code is of another user than the openid";
        return Err(errcode::INVALID_OPENID.because(why));
    }
    let user = world.user_of(caller.user_id());
    let phone = user.ok_or_else(|| errcode::INVALID_CODE.because("the user is gone"))?;
    let mut info = phone.phone_number().members();
    let timestamp = given.0.div_euclid(1_000);
    let watermark = json!({ "timestamp": timestamp, "appid": app_id });
    info.insert("watermark".to_owned(), watermark);
    world.apply(RedeemPhoneCode {
        app_id: app_id.clone(),
        code,
    });
    Ok(Answer::with(json!({ "phone_info": info })))
}

/// Whether the app may get numbers at all.
fn check_permission(world: &World, app_id: &str) -> Result<(), Fault> {
    let app = world.registered(app_id);
    let why = match app {
        Some(app) if app.subject == Subject::Personal => "the app is registered for a person",
        Some(app) if !app.verified => "WeChat has not verified the subject of the app",
        _ => return Ok(()),
    };
    Err(errcode::API_UNAUTHORIZED.because(why))
}

fn refusal(world: &World, code: &str, problem: PhoneCodeProblem) -> Fault {
    match problem {
        PhoneCodeProblem::OtherApp => errcode::INVALID_APPID.because(problem.to_string()),
        PhoneCodeProblem::Unknown if code.is_empty() => {
            errcode::INVALID_CODE.because("`code` is missing")
        }
        PhoneCodeProblem::Unknown if world.code_owner(code).is_some() => errcode::INVALID_CODE
            .because("this is a code of wx.login; the one of the event getphonenumber is needed"),
        _ => errcode::INVALID_CODE.because(problem.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{CODE_LIFE_MS, Date, Profile};
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::account::Subject;
    use crate::world::phone_number::MintPhoneCode;
    use crate::world::registry::{Register, Registered};
    use crate::world::session::MintLoginCode;
    use crate::world::user::{AddUser, PhoneNumber, User};
    use crate::world::{AppFacts, Caller};

    const PATH: &str = "/wxa/business/getuserphonenumber";
    const OTHER: &str = "wx2222222222222222";

    fn phone_code(client: &mut Client) -> String {
        let caller = client.world.caller();
        client.world.apply(MintPhoneCode(caller))
    }

    fn ask(client: &mut Client, code: &str) -> Json {
        client.call(PATH, &json!({ "code": code }))
    }

    #[test]
    fn a_code_gives_the_number_with_the_moment_of_consent_once() {
        let mut client = Client::new(Profile::default());
        let consent = client.world.now().0 / 1_000;
        let code = phone_code(&mut client);
        client.wait(CODE_LIFE_MS - 1);
        let body = json!({ "code": code, "openid": client.open_id(), "surplus": 1 });
        let expected = json!({
            "errcode": 0,
            "errmsg": "ok",
            "phone_info": {
                "phoneNumber": "13800138000",
                "purePhoneNumber": "13800138000",
                "countryCode": "86",
                "watermark": { "timestamp": consent, "appid": APP },
            },
        });
        assert_eq!(client.call(PATH, &body), expected);
        assert_eq!(code_of(&client.call(PATH, &body)), 40029, "used");
    }

    #[test]
    fn a_number_from_elsewhere_has_its_country_in_front() {
        let mut client = Client::new(Profile::default());
        let abroad = User {
            id: "abroad".into(),
            phone_numbers: vec![PhoneNumber {
                number: "91234567".into(),
                country_code: "852".into(),
            }],
            ..User::default()
        };
        client.world.apply(AddUser(abroad));
        let code = client
            .world
            .apply(MintPhoneCode(Caller::new(APP, "abroad")));
        let info = ask(&mut client, &code)["phone_info"].clone();
        assert_eq!(info["phoneNumber"], "+85291234567");
        assert_eq!(info["purePhoneNumber"], "91234567");
        assert_eq!(info["countryCode"], "852");
    }

    #[test]
    fn other_codes_are_refused_and_the_reason_is_told() {
        let mut client = Client::new(Profile::default());
        let caller = client.world.caller();
        let login = client.world.apply(MintLoginCode(caller));
        let old = phone_code(&mut client);
        client.wait(CODE_LIFE_MS);
        for (code_text, part) in [
            ("", "missing"),
            ("x", "no phone number component"),
            (login.as_str(), "code of wx.login"),
            (old.as_str(), "older than five minutes"),
        ] {
            let url = client.with_token(PATH);
            let response = client.post(&url, json!({ "code": code_text }).to_string());
            assert_eq!(code(&response), 40029, "{code_text}");
            assert!(response.why.contains(part), "{}", response.why);
        }
        assert_eq!(code_of(&client.call(PATH, &json!({ "code": [] }))), 47001);
        let url = client.with_token(PATH);
        assert_eq!(code(&client.post(&url, "")), 44002);
        assert_eq!(code(&client.get(&url)), 43002);
    }

    #[test]
    fn the_openid_must_be_the_one_of_the_code() {
        let mut client = Client::new(Profile::default());
        for id in ["second", "third"] {
            let id = id.to_owned();
            client.world.apply(AddUser(User {
                id,
                ..User::default()
            }));
        }
        let other = Registered {
            app_id: OTHER.into(),
            ..Registered::default()
        };
        client
            .world
            .apply(Register(other))
            .expect("it does not run");
        let user = client.world.user().id.clone();
        let code = client
            .world
            .apply(MintPhoneCode(Caller::new(APP, user.clone())));
        for (app, user, expected) in [
            (APP, "third", 40003),
            (OTHER, &*user, 43104),
            (APP, "x", 40003),
        ] {
            let open_id = client.world.open_id(&Caller::new(app, user));
            let body = json!({ "code": code, "openid": open_id });
            assert_eq!(code_of(&client.call(PATH, &body)), expected, "{app} {user}");
        }
        assert_eq!(code_of(&ask(&mut client, &code)), 0, "it was not used up");
    }

    #[test]
    fn a_code_of_another_app_and_an_app_without_permission_are_refused() {
        let mut client = Client::new(Profile::default());
        let code = client
            .world
            .apply(MintPhoneCode(Caller::new(OTHER, "user")));
        assert_eq!(code_of(&ask(&mut client, &code)), 40013);
        for (subject, verified) in [(Subject::Personal, true), (Subject::Company, false)] {
            let app = AppFacts {
                app_id: APP.into(),
                subject,
                verified,
                ..AppFacts::default()
            };
            let mut client = Client::of(Profile::default(), app);
            let code = phone_code(&mut client);
            assert_eq!(code_of(&ask(&mut client, &code)), 48001);
        }
    }

    #[test]
    fn it_came_with_the_code_of_the_event() {
        for (day, expected) in [(12, 40066), (13, 0)] {
            let mut client = Client::new(Profile::on(Date::new(2021, 12, day)));
            let code = phone_code(&mut client);
            assert_eq!(code_of(&ask(&mut client, &code)), expected);
        }
    }
}

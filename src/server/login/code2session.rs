//! `GET /sns/jscode2session`: a login code for `openid` and `session_key`.
//!
//! Official page: "Mini program login" (`code2Session`). Only the query is read. Before 2021 the `unionid` came
//! only for users who know the subject otherwise ([`World::union_id_of_login`]); in 2018 a code that was exchanged
//! counted as invalid.
//!
//! Unverified: `grant_type` is compared, 40002; the text of 40163; the day from which a used code has a code of
//! its own.

use serde_json::{Map, Value as Json};

use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::server::token_api::check_pair;
use crate::world::World;
use crate::world::open_api::quota::CountCall;
use crate::world::session::{RedeemError, RedeemLoginCode};

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("code2Session", Verb::Any, "/sns/jscode2session", handle).open();

/// From this day a used code is told from an invalid one.
const USED_IS_TOLD_FROM: Date = Date::new(2019, 1, 1);
/// Calls of one user in a minute.
const CALLS_OF_USER: u32 = 100;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let value = |name: &str| asked.request.query_value(name).unwrap_or_default();
    let (app_id, code) = (value("appid"), value("js_code"));
    check_pair(world, &app_id, &value("secret"))?;
    if code.is_empty() {
        return Err(errcode::MISSING_CODE.into());
    }
    if value("grant_type") != "authorization_code" {
        return Err(errcode::INVALID_GRANT_TYPE.because("it must be `authorization_code`"));
    }
    if let Some(owner) = world.code_owner(&code).cloned() {
        if world
            .server_rules(&app_id)
            .blocked_users
            .iter()
            .any(|it| it == owner.user_id())
        {
            return Err(errcode::CODE_BLOCKED.into());
        }
        let user = format!("{app_id}/{}", owner.user_id());
        let limits = (Some(CALLS_OF_USER), None);
        let path = ENDPOINT.path;
        let counted = world.apply(CountCall {
            app_id: &user,
            path,
            limits,
        });
        counted.map_err(|_| errcode::MINUTE_QUOTA.because("100 a minute for one user"))?;
    }
    let redeemed = world.apply(RedeemLoginCode { app_id, code });
    let redeemed = redeemed.map_err(|error| {
        let is_told = world.profile().compat_date >= USED_IS_TOLD_FROM;
        let code = match error {
            RedeemError::Used if is_told => errcode::CODE_BEEN_USED,
            _ => errcode::INVALID_CODE,
        };
        code.because(error.to_string())
    })?;
    let mut body = Map::new();
    body.insert("session_key".to_owned(), redeemed.session_key.base64.into());
    body.insert("openid".to_owned(), redeemed.open_id.into());
    if let Some(union_id) = world.union_id_of_login(&redeemed.caller) {
        body.insert("unionid".to_owned(), union_id.into());
    }
    Ok(Answer::Data(Json::Object(body)))
}

#[cfg(test)]
mod tests {
    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client, code};
    use crate::world::AppFacts;
    use crate::world::open_api::app_rules::{ServerRules, SetServerRules};
    use crate::world::session::MintLoginCode;

    fn login(client: &mut Client) -> String {
        let caller = client.world.caller();
        client
            .world
            .apply(MintLoginCode(caller))
            .as_str()
            .to_owned()
    }

    fn url(client: &Client, code: &str) -> String {
        let secret = client.world.app_secret(APP).expect("it runs");
        format!(
            "/sns/jscode2session?appid={APP}&secret={secret}&js_code={code}&grant_type=authorization_code"
        )
    }

    #[test]
    fn a_code_gives_key_and_openid_as_plain_text() {
        let mut client = Client::new(Profile::default());
        let code = login(&mut client);
        let url = url(&client, &code) + "&access_token=surplus";
        let response = client.get(&url);
        let text = String::from_utf8(response.body.clone()).expect("text");
        assert!(
            text.starts_with(r#"{"session_key":""#) && !text.contains("errcode"),
            "{text}"
        );
        assert_eq!(response.header("content-type"), Some("text/plain"));
        let body = response.body_json();
        assert_eq!(body["openid"].as_str(), Some(&*client.open_id()));
        let key = client
            .world
            .session_key(&client.world.caller())
            .expect("a session");
        assert_eq!(body["session_key"].as_str(), Some(&*key.base64));
        assert_eq!(
            body.get("unionid"),
            None,
            "bound to no open-platform account"
        );
    }

    #[test]
    fn what_is_wrong_is_told_in_the_order_of_the_checks() {
        let mut client = Client::new(Profile::default());
        let secret = client.world.app_secret(APP).expect("it runs");
        let path = "/sns/jscode2session";
        for (query, expected) in [
            (String::new(), 41002),
            ("appid=wx0".to_owned(), 40013),
            (format!("appid={APP}"), 41004),
            (format!("appid={APP}&secret=x"), 40125),
            (format!("appid={APP}&secret={secret}"), 41008),
            (format!("appid={APP}&secret={secret}&js_code=x"), 40002),
        ] {
            assert_eq!(
                code(&client.get(&format!("{path}?{query}"))),
                expected,
                "{query}"
            );
        }
        for js_code in ["nothing", "the code is a mock one"] {
            let url = url(&client, &js_code.replace(' ', "+"));
            assert_eq!(code(&client.get(&url)), 40029);
        }
    }

    #[test]
    fn a_code_works_once_and_for_five_minutes() {
        let mut client = Client::new(Profile::default());
        let (first, second) = (login(&mut client), login(&mut client));
        let first = url(&client, &first);
        assert_eq!(code(&client.get(&first)), 0);
        let again = client.get(&first);
        assert_eq!(code(&again), 40163);
        assert!(
            again.body_json()["errmsg"]
                .as_str()
                .is_some_and(|it| it.starts_with("code been used, rid: "))
        );
        client.wait(300_000);
        let second = url(&client, &second);
        assert_eq!(code(&client.get(&second)), 40029);
        let mut old = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let js_code = login(&mut old);
        let url = url(&old, &js_code);
        assert_eq!(code(&old.get(&url)), 0);
        assert_eq!(code(&old.get(&url)), 40029, "as it was in 2018");
    }

    #[test]
    fn a_bound_program_gets_the_unionid_and_a_blocked_user_nothing() {
        let app = AppFacts {
            app_id: APP.into(),
            open_platform: Some("a".into()),
            ..AppFacts::default()
        };
        let mut client = Client::of(Profile::default(), app);
        let js_code = login(&mut client);
        let url_of = url(&client, &js_code);
        let union_id = client.get(&url_of).body_json()["unionid"].clone();
        assert_eq!(
            union_id.as_str().map(str::to_owned),
            client.world.union_id(&client.world.caller())
        );
        let user = client.world.user().id.clone();
        let rules = ServerRules {
            blocked_users: vec![user],
            ..ServerRules::default()
        };
        client.world.apply(SetServerRules(APP.into(), rules));
        let js_code = login(&mut client);
        let url_of = url(&client, &js_code);
        assert_eq!(code(&client.get(&url_of)), 40226);
    }

    #[test]
    fn a_user_has_a_hundred_calls_a_minute() {
        let mut client = Client::new(Profile::default());
        for _ in 0..100 {
            let js_code = login(&mut client);
            let url = url(&client, &js_code);
            assert_eq!(code(&client.get(&url)), 0);
        }
        let js_code = login(&mut client);
        let url = url(&client, &js_code);
        assert_eq!(code(&client.get(&url)), 45011);
    }
}

//! `GET /wxa/checksession`: whether a server's session key is the living one.
//!
//! Official page: "Verify session key" (`checkSessionKey`). Documented are 0 and 87009; a key that another login
//! replaced, or whose time is over, is 87009 too.
//!
//! Unverified: `POST` is taken too, with the parameters in a JSON body, as some servers send it; 87008 for
//! another method, 40003 for an openid of nobody.

use super::session_signature::signer;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("checkSessionKey", Verb::Any, "/wxa/checksession", handle);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    signer(world, asked, errcode::INVALID_SIGNATURE)?;
    Ok(Answer::ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::crypto::{base64_text, signature};
    use crate::profile::{Profile, SESSION_IDLE_MS};
    use crate::server::testing::{Client, code};
    use crate::world::Caller;
    use crate::world::registry::{Register, Registered};
    use crate::world::session::{MintLoginCode, REFRESH_PERIOD_MS};

    fn url(open_id: &str, signature: &str) -> String {
        format!("/wxa/checksession?openid={open_id}&signature={signature}&sig_method=hmac_sha256")
    }

    /// `errcode` and reason of a request with a signature.
    fn checked(client: &mut Client, signature: &str) -> (i64, String) {
        let url = client.with_token(&url(&client.open_id(), signature));
        let response = client.get(&url);
        (code(&response), response.why)
    }

    #[test]
    fn the_living_key_is_good_from_query_and_body() {
        let mut client = Client::new(Profile::default());
        let signed = signature::of_session("", &client.log_in().base64);
        let open_id = client.open_id();
        let ok = json!({ "errcode": 0, "errmsg": "ok" });
        assert_eq!(client.read(&url(&open_id, &signed)), ok);
        let body = json!({ "openid": open_id, "signature": signed, "sig_method": "hmac_sha256" });
        assert_eq!(client.call("/wxa/checksession", &body), ok);
        assert_eq!(
            code(&client.get(&url(&open_id, &signed))),
            41001,
            "no token"
        );
    }

    #[test]
    fn a_key_that_was_replaced_or_is_over_is_told() {
        let mut client = Client::new(Profile::default());
        assert_eq!(
            checked(&mut client, "x"),
            (
                87009,
                "the user never called wx.login in this app".to_owned()
            )
        );
        let first = signature::of_session("", &client.log_in().base64);
        client.wait(REFRESH_PERIOD_MS);
        let caller = client.world.caller();
        client.world.apply(MintLoginCode(caller));
        let (code, why) = checked(&mut client, &first);
        assert_eq!(code, 87009);
        assert!(why.contains("session key 1, which key 2 replaced"), "{why}");
        let second = signature::of_session("", &client.log_in().base64);
        assert_eq!(checked(&mut client, &second).0, 0);
        client.wait(SESSION_IDLE_MS);
        let (code, why) = checked(&mut client, &second);
        assert!(code == 87009 && why.contains("is over"), "{why}");
    }

    #[test]
    fn the_usual_mistakes_of_signatures_are_named() {
        let mut client = Client::new(Profile::default());
        let key = client.log_in().base64;
        let signed = signature::of_session("", &key);
        let bytes = base64_text::decode(&key).expect("base64");
        for (wrong, part) in [
            (signed.to_uppercase(), "small letters"),
            (signature::hmac_sha256("", &bytes), "do not decode"),
            (signature::of_raw_data("", &key), "SHA-1"),
            (signature::of_session("{}", &key), "of the empty text under"),
        ] {
            let (code, why) = checked(&mut client, &wrong);
            assert!(code == 87009 && why.contains(part), "{code} {why}");
        }
    }

    #[test]
    fn parameters_are_checked_before_the_session() {
        let mut client = Client::new(Profile::default());
        let other = Registered {
            app_id: "wx2222222222222222".into(),
            ..Registered::default()
        };
        client
            .world
            .apply(Register(other))
            .expect("it does not run");
        let own = client.open_id();
        let caller = Caller::new("wx2222222222222222", client.world.user().id.clone());
        let foreign = client.world.open_id(&caller);
        for (query, expected) in [
            (String::new(), 40097),
            (format!("openid={own}"), 40097),
            ("signature=x&sig_method=hmac_sha256".to_owned(), 40097),
            (format!("openid={own}&signature=x"), 87008),
            (format!("openid={own}&signature=x&sig_method=sha1"), 87008),
            (
                "openid=o&signature=x&sig_method=hmac_sha256".to_owned(),
                40003,
            ),
            (
                format!("openid={foreign}&signature=x&sig_method=hmac_sha256"),
                43104,
            ),
            (
                format!("openid={own}&signature=x&sig_method=hmac_sha256"),
                87009,
            ),
        ] {
            let url = client.with_token(&format!("/wxa/checksession?{query}"));
            assert_eq!(code(&client.get(&url)), expected, "{query}");
        }
    }
}

//! `GET /wxa/resetusersessionkey`: another session key for a user.
//!
//! Official page: "Reset session key" (`ResetUserSessionKey`). The former key is dead at once: what was encrypted
//! with it cannot be read with the new one, and `wx.checkSession` fails until the next login. The session ends
//! when it would have ended. 60,000 calls a minute.
//!
//! Unverified: `POST` is taken too, with the parameters in a JSON body, as some servers send it; a user whose key
//! was reset [`RESETS_OF_USER`] times within a minute gets 45011 (published is only that it must not be done
//! frequently).

use serde_json::json;

use super::session_signature::signer;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::quota::CountCall;
use crate::world::session::ResetSessionKey;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "ResetUserSessionKey",
    Verb::Any,
    "/wxa/resetusersessionkey",
    handle,
)
.per_minute(60_000);

/// Resets of one user in a minute.
const RESETS_OF_USER: u32 = 5;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let caller = signer(world, asked, errcode::NO_SESSION_KEY)?;
    let user = format!("{}/{}", caller.app_id(), caller.user_id());
    let counted = world.apply(CountCall {
        app_id: &user,
        path: ENDPOINT.path,
        limits: (Some(RESETS_OF_USER), None),
    });
    counted.map_err(|_| {
        errcode::MINUTE_QUOTA.because(format!("{RESETS_OF_USER} resets a minute for one user"))
    })?;
    let open_id = world.open_id(&caller);
    let key = world.apply(ResetSessionKey(caller));
    let key = key.ok_or(errcode::NO_SESSION_KEY)?;
    Ok(Answer::with(json!({
        "openid": open_id,
        "session_key": key.base64,
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value as Json, json};

    use crate::crypto::signature;
    use crate::profile::{Profile, SESSION_IDLE_MS};
    use crate::server::testing::{Client, code_of};
    use crate::world::open_data::{ReadError, SealOpenData};
    use crate::world::session::{MintLoginCode, SessionState};

    fn call(client: &mut Client, path: &str, key: &str) -> Json {
        let (open_id, signature) = (client.open_id(), signature::of_session("", key));
        client.read(&format!(
            "{path}?openid={open_id}&signature={signature}&sig_method=hmac_sha256"
        ))
    }

    fn reset(client: &mut Client, key: &str) -> Json {
        call(client, "/wxa/resetusersessionkey", key)
    }

    #[test]
    fn the_new_key_is_told_and_replaces_the_old_one_in_the_world() {
        let mut client = Client::new(Profile::default());
        let caller = client.world.caller();
        let old = client.log_in();
        let seal = |client: &mut Client| {
            let (caller, members) = (client.world.caller(), Map::new());
            let sealed = client.world.apply(SealOpenData { caller, members });
            sealed.expect("a session")
        };
        let before = seal(&mut client);
        let answer = reset(&mut client, &old.base64);
        let new = answer["session_key"].as_str().expect("a text").to_owned();
        let expected = json!({
            "errcode": 0, "errmsg": "ok", "openid": client.open_id(), "session_key": new,
        });
        assert_eq!(answer, expected);
        assert_ne!(new, old.base64);
        let live = client
            .world
            .session_key(&caller)
            .cloned()
            .expect("a session");
        assert_eq!(live.base64, new);
        let (made, server) = (old.id, live.id);
        assert_eq!(
            client.world.read_open_data(&before, &live),
            Err(ReadError::OtherKey { made, server }),
            "older data"
        );
        let after = seal(&mut client);
        assert!(client.world.read_open_data(&after, &live).is_ok());
        assert_eq!(client.world.login_state(&caller), SessionState::Expired);
        assert_eq!(
            code_of(&call(&mut client, "/wxa/checksession", &old.base64)),
            87009
        );
        assert_eq!(code_of(&call(&mut client, "/wxa/checksession", &new)), 0);
        client.world.apply(MintLoginCode(caller.clone()));
        assert_eq!(client.world.login_state(&caller), SessionState::Alive);
    }

    #[test]
    fn the_session_does_not_live_longer() {
        let mut client = Client::new(Profile::default());
        let old = client.log_in();
        client.wait(SESSION_IDLE_MS - 1);
        let answer = reset(&mut client, &old.base64);
        let new = answer["session_key"].as_str().expect("a text").to_owned();
        client.wait(1);
        assert_eq!(code_of(&reset(&mut client, &new)), 87007, "it is over");
    }

    #[test]
    fn without_a_session_or_a_good_signature_nothing_changes() {
        let mut client = Client::new(Profile::default());
        assert_eq!(code_of(&reset(&mut client, "x")), 87007, "no login yet");
        let key = client.log_in();
        assert_eq!(code_of(&reset(&mut client, "x")), 87009);
        let caller = client.world.caller();
        assert_eq!(client.world.session_key(&caller), Some(&key));
        assert_eq!(client.world.login_state(&caller), SessionState::Alive);
        let body = json!({ "openid": client.open_id(), "signature": "x", "sig_method": "md5" });
        assert_eq!(
            code_of(&client.call("/wxa/resetusersessionkey", &body)),
            87008
        );
        assert_eq!(
            code_of(&client.call("/wxa/resetusersessionkey", &json!({}))),
            40097
        );
    }

    #[test]
    fn one_user_is_not_reset_too_often() {
        let mut client = Client::new(Profile::default());
        let mut key = client.log_in().base64;
        for _ in 0..5 {
            assert_eq!(code_of(&reset(&mut client, "x")), 87009, "does not count");
            let answer = reset(&mut client, &key);
            key = answer["session_key"].as_str().expect("a text").to_owned();
        }
        assert_eq!(code_of(&reset(&mut client, &key)), 45011);
        client.wait(60_000);
        assert_eq!(code_of(&reset(&mut client, &key)), 0, "the key was kept");
    }
}

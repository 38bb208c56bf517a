//! `POST /cgi-bin/soter/verify_signature`: whether the phone of a user signed a result.
//!
//! Official page: "Verify biometric signature" (`verifySignature`). `json_string` is `resultJSON` and `json_signature`
//! `resultJSONSignature` of `wx.startSoterAuthentication`, as they came. The signature is checked with the keys of
//! the user (RSA-PSS, SHA-256). Nobody but the developer's server knows which challenge it gave, so it has to
//! compare `raw` itself, and the counter.
//!
//! Unverified: a request without one of the three is 40097; the day from which `errcode` and `errmsg` stand before
//! `is_ok` also when nothing failed.

use serde_json::json;

use crate::profile::Date;
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::server::{errcode, openid};
use crate::world::World;
use crate::world::soter::SignedResult;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "verifySignature",
    Verb::Post,
    "/cgi-bin/soter/verify_signature",
    handle,
);

/// From this day the answer has `errcode` and `errmsg`.
const ERRCODE_FROM: Date = Date::new(2019, 1, 1);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let open_id = asked.text("openid")?;
    let result = SignedResult {
        json: asked.text("json_string")?,
        signature: asked.text("json_signature")?,
    };
    for (name, value) in [
        ("openid", &open_id),
        ("json_string", &result.json),
        ("json_signature", &result.signature),
    ] {
        if value.is_empty() {
            return Err(errcode::INVALID_ARGS.because(format!("`{name}` is missing")));
        }
    }
    let caller = openid::user(world, &asked.app_id, &open_id)?;
    let told = json!({ "is_ok": world.soter_verifies(caller.user_id(), &result) });
    if world.profile().compat_date >= ERRCODE_FROM {
        Ok(Answer::with(told))
    } else {
        Ok(Answer::Data(told))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::Caller;
    use crate::world::registry::{Register, Registered};
    use crate::world::soter::{Mode, SignRecognition, SignedResult};
    use crate::world::user::{AddUser, User};

    const PATH: &str = "/cgi-bin/soter/verify_signature";

    fn sign(client: &mut Client) -> SignedResult {
        let signed = client.world.apply(SignRecognition {
            mode: Mode::FingerPrint,
            challenge: "nonce/\"1".into(),
        });
        signed.expect("a finger")
    }

    fn verify(client: &mut Client, open_id: &str, signed: &SignedResult) -> Json {
        let body = json!({
            "openid": open_id, "json_string": signed.json, "json_signature": signed.signature,
        });
        client.call(PATH, &body)
    }

    #[test]
    fn what_the_phone_of_the_user_signed_is_ok_and_nothing_else() {
        let mut client = Client::new(Profile::default());
        let signed = sign(&mut client);
        let open_id = client.open_id();
        let told = |is_ok: bool| json!({ "errcode": 0, "errmsg": "ok", "is_ok": is_ok });
        assert_eq!(verify(&mut client, &open_id, &signed), told(true));
        let changed = SignedResult {
            json: signed.json.replace("nonce", "other"),
            ..signed.clone()
        };
        assert_eq!(verify(&mut client, &open_id, &changed), told(false));
        for signature in ["x", "AAAA"] {
            let wrong = SignedResult {
                signature: signature.to_owned(),
                ..signed.clone()
            };
            assert_eq!(verify(&mut client, &open_id, &wrong), told(false));
        }
        let id = "second".to_owned();
        client.world.apply(AddUser(User {
            id,
            ..User::default()
        }));
        let second = client.world.open_id(&Caller::new(APP, "second"));
        assert_eq!(
            verify(&mut client, &second, &signed),
            told(false),
            "not theirs"
        );
    }

    #[test]
    fn in_2018_is_ok_stood_alone() {
        let mut client = Client::new(Profile::on(Date::new(2018, 12, 31)));
        let signed = sign(&mut client);
        let open_id = client.open_id();
        assert_eq!(
            verify(&mut client, &open_id, &signed),
            json!({ "is_ok": true })
        );
    }

    #[test]
    fn what_is_missing_or_of_nobody_is_told() {
        let mut client = Client::new(Profile::default());
        let other = Registered {
            app_id: "wx2222222222222222".into(),
            ..Registered::default()
        };
        client
            .world
            .apply(Register(other))
            .expect("it does not run");
        let caller = Caller::new("wx2222222222222222", client.world.user().id.clone());
        let foreign = client.world.open_id(&caller);
        let result = SignedResult {
            json: "{}".into(),
            signature: "AAAA".into(),
        };
        for (open_id, expected) in [("", 40097), ("o", 40003), (foreign.as_str(), 43104)] {
            let answer = verify(&mut client, open_id, &result);
            assert_eq!(code_of(&answer), expected, "{open_id}");
        }
        let open_id = client.open_id();
        for body in [
            json!({ "openid": open_id, "json_string": "{}" }),
            json!({ "openid": open_id, "json_signature": "AAAA" }),
        ] {
            assert_eq!(code_of(&client.call(PATH, &body)), 40097, "{body}");
        }
        let parsed = json!({ "openid": open_id, "json_string": {}, "json_signature": "AAAA" });
        assert_eq!(
            code_of(&client.call(PATH, &parsed)),
            47001,
            "it must be text"
        );
        let url = client.with_token(PATH);
        assert_eq!(code(&client.get(&url)), 43002);
        assert_eq!(code(&client.post(PATH, "{}")), 41001);
    }
}

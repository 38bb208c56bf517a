//! The signature by which a server proves that it has the session key of a user.
//!
//! Official pages: "Verify session key", "Reset session key" (`checkSessionKey`, `ResetUserSessionKey`): lower-case
//! hexadecimal HMAC-SHA256 of the empty text, whose key is `session_key` as the *text* that `code2Session` gave.
//!
//! Unverified: the parameters are looked at in this order; one that is missing is 40097.

use crate::crypto::{base64_text, signature};
use crate::server::asked::Asked;
use crate::server::errcode::{self, Code};
use crate::server::fault::Fault;
use crate::server::openid;
use crate::world::session::{SessionKey, SessionState};
use crate::world::{Caller, World};

/// The only `sig_method`.
const METHOD: &str = "hmac_sha256";

/// The user whose `openid` and signature a request has, in its query or its body.
///
/// # Errors
/// 40097 without one of them, 87008 for another method, 40003 or 43104 for an openid of nobody or of another
/// app, `dead` without a living session, 87009 for a signature that the living key does not make.
pub(super) fn signer(world: &World, asked: &Asked<'_>, dead: Code) -> Result<Caller, Fault> {
    let (open_id, given) = (asked.param("openid"), asked.param("signature"));
    for (name, value) in [("openid", &open_id), ("signature", &given)] {
        if value.is_empty() {
            return Err(errcode::INVALID_ARGS.because(format!("`{name}` is missing")));
        }
    }
    if asked.param("sig_method") != METHOD {
        return Err(errcode::INVALID_SIG_METHOD.because(format!("`sig_method` must be {METHOD}")));
    }
    let caller = openid::user(world, &asked.app_id, &open_id)?;
    let Some(key) = world.session_key(&caller) else {
        let why = match world.session_state(&caller) {
            SessionState::Absent => "the user never called wx.login in this app",
            _ => "the session of the user is over; the client has to call wx.login",
        };
        return Err(dead.because(why));
    };
    if given == signature::of_session("", &key.base64) {
        return Ok(caller);
    }
    Err(errcode::INVALID_SIGNATURE.because(why_not(world, &caller, &given, key)))
}

/// What a wrong signature seems to be.
fn why_not(world: &World, caller: &Caller, given: &str, live: &SessionKey) -> String {
    let is_of = |key: &str| given.eq_ignore_ascii_case(&signature::of_session("", key));
    let decoded = base64_text::decode(&live.base64).unwrap_or_default();
    if is_of(&live.base64) {
        return "the digits must be in small letters".to_owned();
    }
    if given.eq_ignore_ascii_case(&signature::hmac_sha256("", &decoded)) {
        return "the key of the HMAC is session_key as text; do not decode its base64".to_owned();
    }
    if given.eq_ignore_ascii_case(&signature::of_raw_data("", &live.base64)) {
        return "this is SHA-1 of the key; it must be HMAC-SHA256 of the empty text".to_owned();
    }
    match world.server_key(caller) {
        Some(known) if is_of(&known.base64) => format!(
            "it is made with session key {}, which key {} replaced: the client logged in again and the \
             server did not exchange that code",
            known.id.0, live.id.0
        ),
        _ => format!(
            "it is not HMAC-SHA256 of the empty text under session key {}, which is the living one",
            live.id.0
        ),
    }
}

//! Login codes and the `session_key` behind them.
//!
//! Official pages: `wx.login`, `wx.checkSession`, "signature check and decryption of open data". A
//! user has one live key for an app at a time. Each login may replace it; what is checked later is
//! the session of the latest code, so a key kept by a server may be dead although the check passes.
//! A code works once and for five minutes.
//!
//! Differs from the client: how long a session lives and how soon a login replaces the key are not
//! published there; here they are [`Rules::session_idle_ms`] and [`refresh_period_ms`].
//!
//! [`Rules::session_idle_ms`]: crate::profile::Rules::session_idle_ms

use serde::{Deserialize, Serialize};

use super::per_caller::PerCaller;
use super::rng::{Rng, Stream};
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::base64_text;
use crate::profile::{Date, Profile};

/// Length of a login code in characters.
pub const CODE_CHARS: usize = 32;
/// Shortest life of a session key since December 2018, in milliseconds.
pub const REFRESH_PERIOD_MS: i64 = 60_000;
/// How many codes are remembered; an older one is as good as unknown.
pub const CODES_KEPT_MAX: usize = 1000;
/// Before this day every login replaced the key.
const QUICK_LOGINS_KEEP_THE_KEY_FROM: Date = Date::new(2018, 12, 1);

/// How old a session key must be before a login replaces it, in milliseconds.
pub fn refresh_period_ms(profile: &Profile) -> i64 {
    let of_the_day = if profile.compat_date < QUICK_LOGINS_KEEP_THE_KEY_FROM {
        0
    } else {
        REFRESH_PERIOD_MS
    };
    profile.rules.session_refresh_ms.unwrap_or(of_the_day)
}

/// State of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// `wx.login` was never called.
    Absent,
    /// The key of the latest code is valid.
    Alive,
    /// The key of the latest code is no longer valid.
    Expired,
}

/// A session key's number in the world; tells with which key something was encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeyId(pub u32);

/// A key the platform and the mini program's server share; scripts never see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionKey {
    /// The key's number.
    pub id: KeyId,
    /// The 16 bytes in base64, as `code2Session` gives them.
    pub base64: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Session {
    key: SessionKey,
    issued: Millis,
    expires: Millis,
    /// Whether the server replaced the key since the latest login.
    #[serde(default)]
    is_reset: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct OpenCode {
    text: String,
    owner: Caller,
    key: SessionKey,
    minted: Millis,
    used: bool,
}

/// All sessions and codes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sessions {
    live: PerCaller<Session>,
    /// In the order of minting.
    codes: Vec<OpenCode>,
    keys_made: u32,
    /// What the server of an app got for the latest code of a user that it exchanged.
    at_server: PerCaller<SessionKey>,
}

impl Sessions {
    fn new_key(&mut self, rng: &mut Rng) -> SessionKey {
        self.keys_made = self.keys_made.saturating_add(1);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&rng.draw(Stream::Keys).to_le_bytes());
        bytes[8..].copy_from_slice(&rng.draw(Stream::Keys).to_le_bytes());
        SessionKey {
            id: KeyId(self.keys_made),
            base64: base64_text::encode(&bytes),
        }
    }
}

/// A credential of `wx.login`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginCode(String);

impl LoginCode {
    /// The code's characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `wx.login`: a new code for the caller. Opens a session when none is alive or the key is older
/// than [`refresh_period_ms`]; otherwise keeps the key and prolongs the session.
#[derive(Clone, Debug)]
pub struct MintLoginCode(pub Caller);

impl Sealed for MintLoginCode {}
impl Change for MintLoginCode {
    type Effect = LoginCode;

    fn apply(self, world: &mut World) -> LoginCode {
        let (caller, now) = (self.0, world.now);
        let period = refresh_period_ms(&world.profile);
        let expires = now.plus(world.profile.rules.session_idle_ms);
        let sessions = &mut world.sessions;
        let key = match sessions.live.get_mut(&caller) {
            Some(session) if now < session.expires && now.since(session.issued) < period => {
                session.expires = expires;
                session.is_reset = false;
                session.key.clone()
            }
            _ => {
                let key = sessions.new_key(&mut world.rng);
                sessions.live.set(
                    &caller,
                    Session {
                        key: key.clone(),
                        issued: now,
                        expires,
                        is_reset: false,
                    },
                );
                key
            }
        };
        let text = world.rng.draw_text(Stream::Codes, CODE_CHARS);
        if sessions.codes.len() >= CODES_KEPT_MAX {
            sessions.codes.remove(0);
        }
        let code = OpenCode {
            text: text.clone(),
            owner: caller,
            key,
            minted: now,
            used: false,
        };
        sessions.codes.push(code);
        LoginCode(text)
    }
}

/// What a server gets for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redeemed {
    /// Whose code it was.
    pub caller: Caller,
    /// The user's `openid` in the app.
    pub open_id: String,
    /// The key that the code was minted with; it may be dead by now.
    pub session_key: SessionKey,
}

/// Why a code gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedeemError {
    /// No login gave out such a code, or too many did since.
    #[error("no login gave out this code")]
    Unknown,
    /// The time of the code is over.
    #[error("the code is too old")]
    Expired,
    /// The code was exchanged before.
    #[error("the code was exchanged before")]
    Used,
    /// A login in another program gave the code; it stays good for that one.
    #[error("the code was given out in another mini program")]
    OtherApp,
}

impl RedeemError {
    /// `errcode` and `errmsg` of the endpoint, and why (official page: `code2Session`).
    ///
    /// Unverified: the words for a code that was exchanged.
    pub fn as_endpoint(&self) -> String {
        let words = match self {
            Self::Used => "40163 code been used",
            Self::Unknown | Self::Expired | Self::OtherApp => "40029 invalid code",
        };
        format!("{words}: {self}")
    }
}

/// The server of an app exchanges a code, which works once, and keeps the key for that user.
#[derive(Clone, Debug)]
pub struct RedeemLoginCode {
    /// Appid of whose server it is.
    pub app_id: String,
    /// The code.
    pub code: String,
}

impl Sealed for RedeemLoginCode {}
impl Change for RedeemLoginCode {
    type Effect = Result<Redeemed, RedeemError>;

    fn apply(self, world: &mut World) -> Result<Redeemed, RedeemError> {
        let (now, life) = (world.now, world.profile.rules.code_life_ms);
        let code = world
            .sessions
            .codes
            .iter_mut()
            .find(|code| code.text == self.code);
        let code = code.ok_or(RedeemError::Unknown)?;
        if code.owner.app_id() != self.app_id {
            return Err(RedeemError::OtherApp);
        }
        if now.since(code.minted) >= life {
            return Err(RedeemError::Expired);
        }
        if std::mem::replace(&mut code.used, true) {
            return Err(RedeemError::Used);
        }
        let (caller, session_key) = (code.owner.clone(), code.key.clone());
        world.sessions.at_server.set(&caller, session_key.clone());
        Ok(Redeemed {
            open_id: world.open_id(&caller),
            caller,
            session_key,
        })
    }
}

/// The server of an app replaces the caller's key: `resetusersessionkey`. The session ends when it would have
/// ended, the former key is dead, and `wx.checkSession` fails until the next login. `None` without a living
/// session.
#[derive(Clone, Debug)]
pub struct ResetSessionKey(pub Caller);

impl Sealed for ResetSessionKey {}
impl Change for ResetSessionKey {
    type Effect = Option<SessionKey>;

    fn apply(self, world: &mut World) -> Option<SessionKey> {
        let now = world.now;
        let expires = world.sessions.live.get(&self.0)?.expires;
        if now >= expires {
            return None;
        }
        let key = world.sessions.new_key(&mut world.rng);
        let session = Session {
            key: key.clone(),
            issued: now,
            expires,
            is_reset: true,
        };
        world.sessions.live.set(&self.0, session);
        world.sessions.at_server.set(&self.0, key.clone());
        Some(key)
    }
}

/// The user is active in the app: a living session lasts its whole idle life from now on.
#[derive(Clone, Debug)]
pub struct KeepSessionAlive(pub Caller);

impl Sealed for KeepSessionAlive {}
impl Change for KeepSessionAlive {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let (now, idle) = (world.now, world.profile.rules.session_idle_ms);
        if let Some(session) = world.sessions.live.get_mut(&self.0)
            && now < session.expires
        {
            session.expires = now.plus(idle);
        }
    }
}

/// The platform ends the caller's session now; no effect where none is alive.
#[derive(Clone, Debug)]
pub struct ExpireSession(pub Caller);

impl Sealed for ExpireSession {}
impl Change for ExpireSession {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let now = world.now;
        if let Some(session) = world.sessions.live.get_mut(&self.0) {
            session.expires = session.expires.min(now);
        }
    }
}

impl World {
    /// When the caller logged in or used a session last, as far as the latest session tells; `None` before the
    /// first login.
    pub fn session_used(&self, caller: &Caller) -> Option<Millis> {
        let session = self.sessions.live.get(caller)?;
        let idle = self.profile.rules.session_idle_ms;
        let used = session.expires.plus(idle.saturating_neg());
        Some(session.issued.max(used))
    }

    /// Whether the caller's session is alive.
    pub fn session_state(&self, caller: &Caller) -> SessionState {
        match self.sessions.live.get(caller) {
            None => SessionState::Absent,
            Some(session) if self.now < session.expires => SessionState::Alive,
            Some(_) => SessionState::Expired,
        }
    }

    /// What `wx.checkSession` finds: whether the key of the latest login is the live one.
    pub fn login_state(&self, caller: &Caller) -> SessionState {
        let session = self.sessions.live.get(caller);
        match self.session_state(caller) {
            SessionState::Alive if session.is_some_and(|it| it.is_reset) => SessionState::Expired,
            state => state,
        }
    }

    /// The caller's live key: what data produced now is encrypted with.
    pub fn session_key(&self, caller: &Caller) -> Option<&SessionKey> {
        let session = self.sessions.live.get(caller)?;
        (self.now < session.expires).then_some(&session.key)
    }

    /// The key that the app's server got last for the user; it may be dead by now.
    pub fn server_key(&self, caller: &Caller) -> Option<&SessionKey> {
        self.sessions.at_server.get(caller)
    }

    /// The latest code that was minted for the caller.
    pub fn latest_code(&self, caller: &Caller) -> Option<String> {
        let mut codes = self.sessions.codes.iter().rev();
        let code = codes.find(|code| code.owner == *caller)?;
        Some(code.text.clone())
    }

    /// For whom a code was minted.
    pub fn code_owner(&self, code: &str) -> Option<&Caller> {
        self.sessions
            .codes
            .iter()
            .find(|open| open.text == code)
            .map(|open| &open.owner)
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;

//! The tokens with which servers call interfaces.
//!
//! Official pages: "Get access token", "Get stable access token", "Access token" (open platform). A token of
//! `cgi-bin/token` lives two hours; the next one replaces it, and both are good for five minutes more. Stable
//! tokens are a family of their own: a call gives the living one, and a fresh one in its last five minutes.
//!
//! Unverified: a forced stable token comes 20 times a day and 30 seconds apart, else the living one comes again; a
//! text shorter than 20 characters or with others than letters, digits, `_` and `-` is no token at all.
//!
//! Tokens that ended are remembered for a day, and [`TOKENS_KEPT_MAX`] in all; then they are unknown.

use serde::{Deserialize, Serialize};

use super::super::rng::derived_text;
use super::super::{Change, Millis, World, sealed::Sealed};
use crate::profile::CHINA_UTC_OFFSET_S;

/// Life of a token, in milliseconds.
pub const TOKEN_LIFE_MS: i64 = 7_200_000;
/// How long the former token is good, and how long before its end a stable token is replaced, in milliseconds.
pub const OVERLAP_MS: i64 = 300_000;
/// How many tokens are remembered.
pub const TOKENS_KEPT_MAX: usize = 2_000;
/// How long a token is remembered after its end, in milliseconds.
const REMEMBERED_MS: i64 = 86_400_000;
/// Forced stable tokens in a day of China.
const FORCED_A_DAY: u32 = 20;
/// Least time between two of them, in milliseconds.
const FORCED_APART_MS: i64 = 30_000;
/// Characters of a token behind its generation.
const TOKEN_CHARS: usize = 136;
/// A text with less is no token.
const TOKEN_CHARS_MIN: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Token {
    app_id: String,
    text: String,
    is_stable: bool,
    /// First moment at which it is not good any more because a newer one came; the end of its life at first.
    good_until: Millis,
    expires: Millis,
}

/// All tokens, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Tokens {
    list: Vec<Token>,
    made: u64,
    forced: Vec<Forced>,
}

/// When an app forced stable tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Forced {
    app_id: String,
    day: i64,
    times: u32,
    last: Millis,
}

/// A token as it is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minted {
    /// The token.
    pub text: String,
    /// What is left of its life, in seconds.
    pub expires_in_s: i64,
}

/// Why a token is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    /// There is none.
    Missing,
    /// The text cannot be one.
    Malformed,
    /// It was never given out, or a newer one replaced it.
    Unknown,
    /// Its life is over.
    Expired,
}

impl Tokens {
    fn mint(&mut self, seed: u64, now: Millis, app_id: &str, is_stable: bool) -> Minted {
        self.made += 1;
        let made = self.made.to_string();
        let letters = derived_text(seed, &["access token", app_id, &made], TOKEN_CHARS);
        let token = Token {
            app_id: app_id.to_owned(),
            text: format!("{}_{letters}", 10 + self.made % 90),
            is_stable,
            good_until: now.plus(TOKEN_LIFE_MS),
            expires: now.plus(TOKEN_LIFE_MS),
        };
        self.list
            .retain(|token| now.since(token.expires) < REMEMBERED_MS);
        if self.list.len() >= TOKENS_KEPT_MAX {
            self.list.remove(0);
        }
        let minted = token.minted(now);
        self.list.push(token);
        minted
    }

    /// The latest stable token of an app that is good.
    fn stable(&self, app_id: &str, now: Millis) -> Option<&Token> {
        let mut tokens = self.list.iter().rev();
        tokens.find(|token| token.is_stable && token.app_id == app_id && now < token.good_until)
    }
}

impl Token {
    fn minted(&self, now: Millis) -> Minted {
        Minted {
            text: self.text.clone(),
            expires_in_s: self.expires.since(now) / 1_000,
        }
    }
}

/// `cgi-bin/token`: a new token of an app; the former one is good for five minutes more.
#[derive(Clone, Debug)]
pub struct MintAccessToken(pub String);

impl Sealed for MintAccessToken {}
impl Change for MintAccessToken {
    type Effect = Minted;

    fn apply(self, world: &mut World) -> Minted {
        let (seed, now) = (world.seed, world.now);
        let tokens = &mut world.open_api.tokens;
        let own = |token: &&mut Token| !token.is_stable && token.app_id == self.0;
        for former in tokens.list.iter_mut().filter(own) {
            former.good_until = former.good_until.min(now.plus(OVERLAP_MS));
        }
        tokens.mint(seed, now, &self.0, false)
    }
}

/// `cgi-bin/stable_token`: the living token of an app, or a new one.
#[derive(Clone, Debug)]
pub struct GetStableToken {
    /// The app.
    pub app_id: String,
    /// `force_refresh`: a new one, and the former one ends at once.
    pub force: bool,
}

impl Sealed for GetStableToken {}
impl Change for GetStableToken {
    type Effect = Minted;

    fn apply(self, world: &mut World) -> Minted {
        let (seed, now, app_id) = (world.seed, world.now, &self.app_id);
        let tokens = &mut world.open_api.tokens;
        if self.force && may_force(&mut tokens.forced, app_id, now) {
            let own = |token: &&mut Token| token.is_stable && token.app_id == *app_id;
            for former in tokens.list.iter_mut().filter(own) {
                former.good_until = former.good_until.min(now);
            }
        } else if let Some(living) = tokens.stable(app_id, now)
            && living.expires.since(now) > OVERLAP_MS
        {
            return living.minted(now);
        }
        tokens.mint(seed, now, app_id, true)
    }
}

fn may_force(forced: &mut Vec<Forced>, app_id: &str, now: Millis) -> bool {
    let day = (now.0 + i64::from(CHINA_UTC_OFFSET_S) * 1_000).div_euclid(86_400_000);
    let Some(known) = forced.iter_mut().find(|it| it.app_id == app_id) else {
        forced.push(Forced {
            app_id: app_id.to_owned(),
            day,
            times: 1,
            last: now,
        });
        return true;
    };
    if known.day != day {
        (known.day, known.times) = (day, 0);
    }
    if known.times >= FORCED_A_DAY || now.since(known.last) < FORCED_APART_MS {
        return false;
    }
    known.times += 1;
    known.last = now;
    true
}

impl World {
    /// The app whose token a text is.
    ///
    /// # Errors
    /// Why it is not good.
    pub fn token_owner(&self, text: &str) -> Result<String, TokenProblem> {
        if text.is_empty() {
            return Err(TokenProblem::Missing);
        }
        let fits = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
        if text.len() < TOKEN_CHARS_MIN || !text.chars().all(fits) {
            return Err(TokenProblem::Malformed);
        }
        let mut tokens = self.open_api.tokens.list.iter().rev();
        let token = tokens.find(|token| token.text == text);
        let token = token.ok_or(TokenProblem::Unknown)?;
        if self.now >= token.expires {
            Err(TokenProblem::Expired)
        } else if self.now >= token.good_until {
            Err(TokenProblem::Unknown)
        } else {
            Ok(token.app_id.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GetStableToken, MintAccessToken, Minted, OVERLAP_MS, TOKEN_LIFE_MS, TokenProblem};
    use crate::profile::Profile;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn advance(world: &mut World, ms: i64) {
        world.apply(AdvanceTo(world.now().plus(ms)));
    }

    fn stable(world: &mut World, force: bool) -> Minted {
        let app_id = "wx1".to_owned();
        world.apply(GetStableToken { app_id, force })
    }

    #[test]
    fn a_new_token_leaves_the_former_one_five_minutes() {
        let mut world = world();
        let first = world.apply(MintAccessToken("wx1".into())).text;
        let other = world.apply(MintAccessToken("wx2".into())).text;
        let second = world.apply(MintAccessToken("wx1".into()));
        assert_eq!(second.expires_in_s, 7_200);
        assert!(first.len() > 100 && first != second.text);
        for token in [&first, &second.text] {
            assert_eq!(world.token_owner(token).as_deref(), Ok("wx1"));
        }
        advance(&mut world, OVERLAP_MS);
        assert_eq!(world.token_owner(&first), Err(TokenProblem::Unknown));
        assert_eq!(world.token_owner(&second.text).as_deref(), Ok("wx1"));
        assert_eq!(world.token_owner(&other).as_deref(), Ok("wx2"));
        advance(&mut world, TOKEN_LIFE_MS - OVERLAP_MS);
        assert_eq!(world.token_owner(&second.text), Err(TokenProblem::Expired));
        assert_eq!(world.token_owner(""), Err(TokenProblem::Missing));
        assert_eq!(world.token_owner("short"), Err(TokenProblem::Malformed));
        let unknown = "x".repeat(136);
        assert_eq!(world.token_owner(&unknown), Err(TokenProblem::Unknown));
    }

    #[test]
    fn a_stable_token_stays_until_its_last_five_minutes() {
        let mut world = world();
        let first = stable(&mut world, false);
        let legacy = world.apply(MintAccessToken("wx1".into()));
        advance(&mut world, 1_000_000);
        let again = stable(&mut world, false);
        assert_eq!(
            (again.text.as_str(), again.expires_in_s),
            (&*first.text, 6_200)
        );
        advance(&mut world, TOKEN_LIFE_MS - OVERLAP_MS - 1_000_000);
        let next = stable(&mut world, false);
        assert_ne!(next.text, first.text);
        assert!(
            world.token_owner(&first.text).is_ok(),
            "it lives to its end"
        );
        assert!(world.token_owner(&legacy.text).is_ok(), "another family");
        assert_eq!(stable(&mut world, false).text, next.text);
    }

    #[test]
    fn forcing_ends_the_former_token_but_not_too_often() {
        let mut world = world();
        let first = stable(&mut world, false);
        let second = stable(&mut world, true);
        assert_ne!(first.text, second.text);
        assert_eq!(world.token_owner(&first.text), Err(TokenProblem::Unknown));
        assert_eq!(stable(&mut world, true).text, second.text, "too soon");
        for _ in 1..20 {
            advance(&mut world, 30_000);
            stable(&mut world, true);
        }
        let last = stable(&mut world, false).text;
        advance(&mut world, 30_000);
        assert_eq!(stable(&mut world, true).text, last, "the 21st of the day");
    }
}

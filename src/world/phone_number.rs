//! Phone numbers: the codes of the phone number component and the app's quota.
//!
//! Official page: "Phone number quick verification component". A code is 64 hexadecimal digits, works
//! once and for five minutes, and has nothing to do with the code of a login. Since 2023-08-28 a
//! success is charged; without quota the component fails. The last [`PHONE_CODES_KEPT_MAX`] codes are
//! remembered; an older one is as good as unknown.

use serde::{Deserialize, Serialize};

use super::rng::Stream;
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::hex;
use crate::profile::Date;

/// From this day a success is charged.
const CHARGED_FROM: Date = Date::new(2023, 8, 28);
/// Successes that an app has for free.
pub const PHONE_QUOTA: u32 = 1000;
/// How many codes are remembered.
pub const PHONE_CODES_KEPT_MAX: usize = 1000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PhoneCode {
    text: String,
    owner: Caller,
    minted: Millis,
    used: bool,
}

/// Codes and what is left of the quota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PhoneNumbers {
    codes: Vec<PhoneCode>,
    left: u32,
}

impl Default for PhoneNumbers {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            left: PHONE_QUOTA,
        }
    }
}

/// The user gives the number: a code for the server. Takes one of the quota where it is charged.
#[derive(Clone, Debug)]
pub struct MintPhoneCode(pub Caller);

impl Sealed for MintPhoneCode {}
impl Change for MintPhoneCode {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let draws: Vec<u8> = (0..4)
            .flat_map(|_| world.rng.draw(Stream::Codes).to_be_bytes())
            .collect();
        let text = hex::encode(&draws);
        if world.charges_phone_numbers() {
            world.phone_numbers.left = world.phone_numbers.left.saturating_sub(1);
        }
        let codes = &mut world.phone_numbers.codes;
        if codes.len() >= PHONE_CODES_KEPT_MAX {
            codes.remove(0);
        }
        codes.push(PhoneCode {
            text: text.clone(),
            owner: self.0,
            minted: world.now,
            used: false,
        });
        text
    }
}

/// The user proves by message that the usual number is theirs.
#[derive(Clone, Copy, Debug)]
pub struct VerifyPhone;

impl Sealed for VerifyPhone {}
impl Change for VerifyPhone {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.user_mut().phone_verified = true;
    }
}

/// The app has so many successes left.
#[derive(Clone, Copy, Debug)]
pub struct SetPhoneQuota(pub u32);

impl Sealed for SetPhoneQuota {}
impl Change for SetPhoneQuota {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.phone_numbers.left = self.0;
    }
}

/// Why a code gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneCodeProblem {
    /// No component gave out such a code, or too many did since.
    #[error("no phone number component gave out this code")]
    Unknown,
    /// Its time is over.
    #[error("the code is older than five minutes")]
    Expired,
    /// It was exchanged before.
    #[error("the code was exchanged before")]
    Used,
    /// It was given out in another program.
    #[error("the code was given out in another mini program")]
    OtherApp,
}

/// The server exchanges a code for the number of the user; `None` for one that is unknown, used,
/// older than five minutes, or of another app.
#[derive(Clone, Debug)]
pub struct RedeemPhoneCode {
    /// The server's app.
    pub app_id: String,
    /// The code.
    pub code: String,
}

impl Sealed for RedeemPhoneCode {}
impl Change for RedeemPhoneCode {
    type Effect = Option<Caller>;

    fn apply(self, world: &mut World) -> Option<Caller> {
        let (caller, _) = world.phone_code(&self.app_id, &self.code).ok()?;
        let mut codes = world.phone_numbers.codes.iter_mut();
        codes.find(|code| code.text == self.code)?.used = true;
        Some(caller)
    }
}

impl World {
    /// Whose number a code gives the server of an app, and when the user gave it.
    ///
    /// # Errors
    /// Why it gives none.
    pub fn phone_code(
        &self,
        app_id: &str,
        code: &str,
    ) -> Result<(Caller, Millis), PhoneCodeProblem> {
        let mut codes = self.phone_numbers.codes.iter();
        let known = codes.find(|known| known.text == code);
        let known = known.ok_or(PhoneCodeProblem::Unknown)?;
        if known.owner.app_id() != app_id {
            Err(PhoneCodeProblem::OtherApp)
        } else if known.used {
            Err(PhoneCodeProblem::Used)
        } else if self.now.since(known.minted) >= self.profile.rules.code_life_ms {
            Err(PhoneCodeProblem::Expired)
        } else {
            Ok((known.owner.clone(), known.minted))
        }
    }

    /// Whether a number given is charged.
    pub fn charges_phone_numbers(&self) -> bool {
        self.profile.compat_date >= CHARGED_FROM
    }

    /// Whether the app may ask for numbers: it has quota, or nothing is charged.
    pub fn has_phone_quota(&self) -> bool {
        !self.charges_phone_numbers() || self.phone_numbers.left > 0
    }
}

#[cfg(test)]
mod tests {
    use super::{
        MintPhoneCode, PHONE_CODES_KEPT_MAX, PhoneCodeProblem, RedeemPhoneCode, SetPhoneQuota,
    };
    use crate::profile::{CODE_LIFE_MS, Date, Profile};
    use crate::world::{AdvanceTo, AppFacts, World};

    #[test]
    fn a_code_works_once_for_five_minutes_and_for_its_app() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        let redeem = |world: &mut World, app_id: &str, code: &str| {
            let (app_id, code) = (app_id.to_owned(), code.to_owned());
            world.apply(RedeemPhoneCode { app_id, code })
        };
        let code = world.apply(MintPhoneCode(caller.clone()));
        assert_eq!(code.len(), 64);
        assert_eq!(redeem(&mut world, "wx1", &code), None, "another app");
        let app = caller.app_id();
        assert_eq!(redeem(&mut world, app, &code), Some(caller.clone()));
        assert_eq!(redeem(&mut world, app, &code), None, "used");
        let code = world.apply(MintPhoneCode(caller.clone()));
        world.apply(AdvanceTo(world.now().plus(CODE_LIFE_MS)));
        assert_eq!(redeem(&mut world, app, &code), None, "too old");
    }

    #[test]
    fn what_is_wrong_with_a_code_is_told_and_the_last_thousand_are_kept() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let caller = world.caller();
        let app = caller.app_id();
        let first = world.apply(MintPhoneCode(caller.clone()));
        let told = |world: &World, app: &str, code: &str| world.phone_code(app, code);
        assert_eq!(told(&world, app, &first), Ok((caller.clone(), world.now())));
        assert_eq!(told(&world, "wx1", &first), Err(PhoneCodeProblem::OtherApp));
        assert_eq!(told(&world, app, "x"), Err(PhoneCodeProblem::Unknown));
        world.apply(RedeemPhoneCode {
            app_id: app.to_owned(),
            code: first.clone(),
        });
        assert_eq!(told(&world, app, &first), Err(PhoneCodeProblem::Used));
        let second = world.apply(MintPhoneCode(caller.clone()));
        let mut later = world.clone();
        later.apply(AdvanceTo(world.now().plus(CODE_LIFE_MS)));
        assert_eq!(told(&later, app, &second), Err(PhoneCodeProblem::Expired));
        for _ in 0..PHONE_CODES_KEPT_MAX - 1 {
            world.apply(MintPhoneCode(caller.clone()));
        }
        assert_eq!(told(&world, app, &first), Err(PhoneCodeProblem::Unknown));
        assert!(
            told(&world, app, &second).is_ok(),
            "the oldest that is kept"
        );
    }

    #[test]
    fn the_quota_ends_where_numbers_are_charged() {
        let left = |day: Date| {
            let mut world = World::new(Profile::on(day), AppFacts::default(), 1);
            world.apply(SetPhoneQuota(1));
            let caller = world.caller();
            world.apply(MintPhoneCode(caller));
            world.has_phone_quota()
        };
        assert!(left(Date::new(2023, 8, 27)));
        assert!(!left(Date::new(2023, 8, 28)));
    }
}

//! A seeded random walk of users who are recognised on two phones; every step is compared with a
//! model that knows the rules in the plainest form.

use std::collections::BTreeMap;

use super::devices::{Phone, SetDevices};
use super::rng::{Rng, Stream};
use super::soter::{
    BiometricFacts, MissRecognition, Mode, SetBiometrics, SignRecognition, SignedResult,
};
use super::user::{SetUsers, SwitchUser, User};
use super::{AdvanceTo, AppFacts, Millis, World};
use crate::errmsg::SoterProblem;
use crate::profile::{Platform, Profile};

const STEPS: usize = 600;
const SAVE_EVERY: usize = 53;
/// Signatures take a while; this many are enough.
const SIGNED_MAX: usize = 40;
const TRIES: u32 = 3;
const FREEZE_MS: i64 = 30_000;
const USERS: [&str; 3] = ["a", "b", "c"];

/// What the walk knows of a phone from outside.
#[derive(Clone, Debug, Default)]
struct PhoneModel {
    misses: u32,
    frozen_at: Option<i64>,
    counter: u64,
    enrolled: bool,
    allowed: bool,
}

struct Walk {
    world: World,
    dice: Rng,
    phones: BTreeMap<String, PhoneModel>,
    signed: Vec<(String, SignedResult)>,
    frozen: usize,
    freed: usize,
}

fn facts(text: &str) -> BiometricFacts {
    text.parse().expect(text)
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut profile = Profile::default();
        profile.rules.biometric_tries = TRIES;
        let mut world = World::new(profile, AppFacts::default(), seed);
        let user = |id: &str| User {
            id: id.into(),
            ..User::default()
        };
        world.apply(SetUsers(USERS.map(user).to_vec()));
        // The third user has no phone and uses the first.
        let phone = |(id, user, platform): (&str, &str, Platform)| Phone {
            id: id.into(),
            users: vec![user.into()],
            platform: Some(platform),
            ..Phone::default()
        };
        let phones = [
            ("apple", "a", Platform::Ios),
            ("robot", "b", Platform::Android),
        ];
        let all = phones.map(phone).to_vec();
        world.apply(SetDevices(all)).expect("on the globe");
        let model = PhoneModel {
            enrolled: true,
            allowed: true,
            ..PhoneModel::default()
        };
        let models = phones.map(|(id, ..)| (id.to_owned(), model.clone()));
        Self {
            world,
            dice: Rng::new(seed),
            phones: models.into(),
            signed: Vec::new(),
            frozen: 0,
            freed: 0,
        }
    }

    fn die(&mut self, sides: u64) -> u64 {
        self.dice.draw(Stream::Ids) % sides
    }

    fn is_ios(&self) -> bool {
        self.world.device_id() == "apple"
    }

    fn model(&mut self) -> &mut PhoneModel {
        let id = self.world.device_id().to_owned();
        self.phones.get_mut(&id).expect("one of the two")
    }

    fn is_frozen(&mut self) -> bool {
        let (now, ios) = (self.world.now().0, self.is_ios());
        let at = self.model().frozen_at;
        at.is_some_and(|at| ios || now < at + FREEZE_MS)
    }

    fn expected(&mut self) -> Result<Mode, SoterProblem> {
        let frozen = self.is_frozen();
        let model = self.model();
        if !model.allowed {
            Err(SoterProblem::NotAllowed)
        } else if !model.enrolled {
            Err(SoterProblem::NotEnrolled("fingerprint"))
        } else if frozen {
            Err(SoterProblem::Frozen)
        } else {
            Ok(Mode::FingerPrint)
        }
    }

    fn authenticate(&mut self) {
        let expected = self.expected();
        assert_eq!(self.world.soter_choice(&["fingerPrint"]), expected);
        if expected.is_err() {
            return;
        }
        if self.die(3) > 0 {
            let ended = self.world.apply(MissRecognition);
            let (now, ios) = (self.world.now().0, self.is_ios());
            let model = self.model();
            model.misses += 1;
            let is_last = model.misses == TRIES;
            let wanted = if ios {
                SoterProblem::NotRecognised
            } else {
                SoterProblem::Frozen
            };
            assert_eq!(ended, is_last.then_some(wanted));
            if is_last {
                model.misses = 0;
                model.frozen_at = Some(now);
                self.frozen += 1;
            }
        } else if self.signed.len() < SIGNED_MAX {
            self.sign();
        }
    }

    fn sign(&mut self) {
        let challenge = format!("order \"{}\"", self.signed.len());
        let user = self.world.user().id.clone();
        let android = !self.is_ios();
        let signed = self.world.apply(SignRecognition {
            mode: Mode::FingerPrint,
            challenge: challenge.clone(),
        });
        let signed = signed.expect("the phone works");
        let model = self.model();
        model.misses = 0;
        model.counter += 1;
        let counter = model.counter;
        let json: serde_json::Value = serde_json::from_str(&signed.json).expect("JSON");
        assert_eq!(json["raw"], challenge);
        assert_eq!(json["counter"], counter, "it grows by one");
        assert_eq!(json.get("fid").is_some(), android);
        for other in USERS {
            assert_eq!(self.world.soter_verifies(other, &signed), other == user);
        }
        let (_, before) = self.signed.last().cloned().unwrap_or_else(|| {
            let none = SignedResult {
                json: String::new(),
                signature: String::new(),
            };
            (String::new(), none)
        });
        let mixed = SignedResult {
            json: before.json,
            signature: signed.signature.clone(),
        };
        assert!(!self.world.soter_verifies(&user, &mixed), "another text");
        self.signed.push((user, signed));
    }

    fn step(&mut self) {
        match self.die(12) {
            0 => {
                let ms = i64::try_from(self.die(40_000)).expect("small");
                let now = self.world.now().0;
                self.world.apply(AdvanceTo(Millis(now + ms)));
            }
            1 => {
                let at = usize::try_from(self.die(3)).expect("small");
                self.world
                    .apply(SwitchUser(USERS[at].into()))
                    .expect("a user");
            }
            2 => {
                let on = self.die(4) > 0;
                let list = if on { "[\"fingerPrint\"]" } else { "[]" };
                let text = format!("{{\"enrolled\":{list}}}");
                self.world.apply(SetBiometrics(facts(&text)));
                self.model().enrolled = on;
            }
            3 => {
                let on = self.die(4) > 0;
                let text = format!("{{\"allowed\":{on}}}");
                self.world.apply(SetBiometrics(facts(&text)));
                self.model().allowed = on;
            }
            4 => {
                if self.is_frozen() {
                    self.freed += 1;
                }
                self.world.apply(SetBiometrics(facts("{\"frozen\":false}")));
                let model = self.model();
                (model.misses, model.frozen_at) = (0, None);
            }
            _ => self.authenticate(),
        }
    }
}

#[test]
fn tries_freezing_and_counters_follow_the_rules_on_each_phone() {
    for seed in [1, 2] {
        let mut walk = Walk::new(seed);
        for step in 0..STEPS {
            walk.step();
            let frozen = walk.is_frozen();
            assert_eq!(walk.world.is_recognition_frozen(), frozen, "step {step}");
            if step % SAVE_EVERY == 0 {
                walk.world = World::restore(&walk.world.save()).expect("it was just saved");
            }
        }
        for (user, signed) in &walk.signed {
            assert!(walk.world.soter_verifies(user, signed), "keys stay");
        }
        let (signed, frozen, freed) = (walk.signed.len(), walk.frozen, walk.freed);
        assert!(
            signed > 10 && frozen > 10 && freed > 5,
            "{signed} {frozen} {freed}"
        );
    }
}

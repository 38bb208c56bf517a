//! Biometric recognition on phones (SOTER): what a phone can, tries, freezing, signed results.
//!
//! Official pages: "Biometric authentication", `wx.startSoterAuthentication`. Each user has a key on each phone,
//! made when it is first needed; it follows from the seed, and stays in a saved world. The phone counts its
//! results: the counter only grows.
//!
//! Five tries that fail freeze the recognition for 30 seconds, as in WeChat's open-source library of SOTER for
//! Android; both are rules. On iOS it stays locked until the user enters the passcode of the phone.
//!
//! Unverified: which check comes first; a computer has no SOTER; before 2019 a face is not recognised (the
//! page called the mode reserved then).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::per_caller::PerCaller;
use super::rng::{derived_hex, number_of};
use super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::device_key::DeviceKey;
use crate::errmsg::SoterProblem;
use crate::profile::{Date, Platform};

/// How somebody is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mode {
    /// By a finger.
    FingerPrint,
    /// By the face.
    Facial,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 2] = [Self::FingerPrint, Self::Facial];

    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FingerPrint => "fingerPrint",
            Self::Facial => "facial",
        }
    }

    /// The mode of that name; `speech` is reserved and none.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// What is wrong with the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// Its key cannot be renewed.
    Key,
    /// It does not take the task.
    Busy,
}

/// Biometric facts of a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Biometrics {
    /// What it can; `None` as its platform.
    supported: Option<BTreeSet<Mode>>,
    /// What the user enrolled; `None` is all that it can.
    enrolled: Option<BTreeSet<Mode>>,
    /// Whether the user does not allow WeChat to use it.
    refused: bool,
    fault: Fault,
    /// Tries that failed since the last success or freezing.
    misses: u32,
    frozen_since: Option<Millis>,
    /// Of the latest result.
    counter: u64,
}

/// What is said of a phone's recognition; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BiometricFacts {
    supported: Option<BTreeSet<Mode>>,
    enrolled: Option<BTreeSet<Mode>>,
    allowed: Option<bool>,
    fault: Option<Fault>,
    frozen: Option<bool>,
}

impl BiometricFacts {
    /// The names of the facts, in the order of the documentation.
    pub const NAMES: [&'static str; 5] = ["supported", "enrolled", "allowed", "fault", "frozen"];

    /// Says a fact.
    ///
    /// # Errors
    /// There is no such fact, or it has no such value.
    pub fn set(&mut self, name: &str, value: &Json) -> Result<(), String> {
        let flag = || {
            let flag = value.as_bool();
            flag.ok_or_else(|| format!("`{name}` is true or false, not {value}"))
        };
        match name {
            "supported" => self.supported = Some(modes(name, value)?),
            "enrolled" => self.enrolled = Some(modes(name, value)?),
            "allowed" => self.allowed = Some(flag()?),
            "frozen" => self.frozen = Some(flag()?),
            "fault" => {
                self.fault = Some(match value.as_str() {
                    Some("none") => Fault::None,
                    Some("key") => Fault::Key,
                    Some("busy") => Fault::Busy,
                    _ => return Err(format!("`fault` is none, key or busy, not {value}")),
                });
            }
            _ => {
                let known = Self::NAMES.join(", ");
                return Err(format!("biometrics have no `{name}`; there are {known}"));
            }
        }
        Ok(())
    }

    /// The facts of a JSON object.
    ///
    /// # Errors
    /// It is none, or a member is no fact.
    pub fn of(json: &Json) -> Result<Self, String> {
        let members = json.as_object();
        let members = members.ok_or_else(|| {
            format!("biometrics are an object such as {{\"enrolled\":[]}}, not {json}")
        })?;
        let mut facts = Self::default();
        for (name, value) in members {
            facts.set(name, value)?;
        }
        Ok(facts)
    }

    /// The object that [`BiometricFacts::of`] reads.
    pub fn to_json(&self) -> Json {
        let mut members = serde_json::Map::new();
        let mut put = |name: &str, value: Option<Json>| {
            members.extend(value.map(|value| (name.to_owned(), value)));
        };
        put("supported", self.supported.as_ref().map(|it| json!(it)));
        put("enrolled", self.enrolled.as_ref().map(|it| json!(it)));
        put("allowed", self.allowed.map(Json::Bool));
        put("fault", self.fault.map(|it| json!(it)));
        put("frozen", self.frozen.map(Json::Bool));
        Json::Object(members)
    }
}

impl std::str::FromStr for BiometricFacts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let json = serde_json::from_str(text);
        let json = json.map_err(|error| format!("biometrics are JSON, not `{text}`: {error}"))?;
        Self::of(&json)
    }
}

fn modes(name: &str, value: &Json) -> Result<BTreeSet<Mode>, String> {
    let wrong = || format!("`{name}` is a list of fingerPrint, facial, not {value}");
    let names = value.as_array().ok_or_else(wrong)?.iter();
    let modes = names.map(|it| it.as_str().and_then(Mode::parse));
    modes.collect::<Option<_>>().ok_or_else(wrong)
}

/// What is said of the recognition of the phone in hand.
#[derive(Clone, Debug)]
pub struct SetBiometrics(pub BiometricFacts);

impl Sealed for SetBiometrics {}
impl Change for SetBiometrics {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let now = world.now;
        world.biometrics.amend(self.0, now);
    }
}

impl Biometrics {
    pub(super) fn amend(&mut self, facts: BiometricFacts, now: Millis) {
        if facts.supported.is_some() {
            self.supported = facts.supported;
        }
        if facts.enrolled.is_some() {
            self.enrolled = facts.enrolled;
        }
        self.refused = facts.allowed.map_or(self.refused, |allowed| !allowed);
        self.fault = facts.fault.unwrap_or(self.fault);
        if let Some(frozen) = facts.frozen {
            self.misses = 0;
            self.frozen_since = frozen.then_some(now);
        }
    }
}

/// A signed result of a recognition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedResult {
    /// `resultJSON`.
    pub json: String,
    /// `resultJSONSignature`.
    pub signature: String,
}

/// A user's key on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptKey {
    device: String,
    user: String,
    key: DeviceKey,
}

/// The keys, and the latest result of each user in each program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Soter {
    keys: Vec<KeptKey>,
    latest: PerCaller<SignedResult>,
}

/// Somebody tried and was not recognised; whether and how that ends the authentication.
#[derive(Clone, Copy, Debug)]
pub struct MissRecognition;

impl Sealed for MissRecognition {}
impl Change for MissRecognition {
    type Effect = Option<SoterProblem>;

    fn apply(self, world: &mut World) -> Option<SoterProblem> {
        world.biometrics.misses += 1;
        if world.biometrics.misses < world.profile.rules.biometric_tries {
            return None;
        }
        world.biometrics.misses = 0;
        world.biometrics.frozen_since = Some(world.now);
        Some(match world.profile.platform {
            Platform::Ios => SoterProblem::NotRecognised,
            _ => SoterProblem::Frozen,
        })
    }
}

/// The user was recognised: the phone signs the challenge.
#[derive(Clone, Debug)]
pub struct SignRecognition {
    /// How the user was recognised.
    pub mode: Mode,
    /// What the phone signs with the rest.
    pub challenge: String,
}

impl Sealed for SignRecognition {}
impl Change for SignRecognition {
    type Effect = Result<SignedResult, SoterProblem>;

    fn apply(self, world: &mut World) -> Result<SignedResult, SoterProblem> {
        let (device, caller) = (world.device_id().to_owned(), world.caller());
        let at = world.key_of(&device, caller.user_id());
        world.biometrics.misses = 0;
        world.biometrics.counter += 1;
        let json = world.result_json(&self, &device).to_string();
        let salt = format!("soter salt {device:?} {}", world.biometrics.counter);
        let (seed, mut n) = (world.seed, 0);
        let signature = world.soter.keys[at].key.sign(&json, || {
            n += 1;
            number_of(seed, &salt, n)
        });
        let signature = signature.ok_or(SoterProblem::KeyUpdate)?;
        let signed = SignedResult { json, signature };
        world.soter.latest.set(&caller, signed.clone());
        Ok(signed)
    }
}

/// From this day a face is recognised.
const FACIAL_SINCE: Date = Date::new(2019, 1, 1);
/// How long the recognition is frozen where no passcode is asked for, in milliseconds.
const FREEZE_MS: i64 = 30_000;

impl World {
    /// What the phone in hand can recognise somebody by.
    pub fn soter_modes(&self) -> Vec<Mode> {
        let usual = match self.profile.platform {
            Platform::Windows | Platform::Mac | Platform::Devtools => BTreeSet::new(),
            _ => BTreeSet::from([Mode::FingerPrint]),
        };
        let modes = self.biometrics.supported.as_ref().unwrap_or(&usual).iter();
        let has_faces = self.profile.compat_date >= FACIAL_SINCE;
        let open = modes.filter(|mode| has_faces || **mode != Mode::Facial);
        open.copied().collect()
    }

    /// Whether the user enrolled something for a mode that the phone has.
    pub fn is_enrolled(&self, mode: Mode) -> bool {
        let enrolled = self.biometrics.enrolled.as_ref();
        self.soter_modes().contains(&mode) && enrolled.is_none_or(|it| it.contains(&mode))
    }

    /// Whether the recognition is frozen after too many tries.
    pub fn is_recognition_frozen(&self) -> bool {
        let Some(since) = self.biometrics.frozen_since else {
            return false;
        };
        let rule = self.profile.rules.biometric_freeze_ms;
        match rule {
            None if self.profile.platform == Platform::Ios => true,
            rule => self.now < since.plus(rule.unwrap_or(FREEZE_MS)),
        }
    }

    /// Which try the next one is, from 1.
    pub fn recognition_try(&self) -> u32 {
        self.biometrics.misses + 1
    }

    /// How somebody is recognised when a program asks for one of some modes.
    ///
    /// # Errors
    /// Nobody can be.
    pub fn soter_choice(&self, wanted: &[&str]) -> Result<Mode, SoterProblem> {
        let modes = self.soter_modes();
        let known = wanted.iter().filter_map(|name| Mode::parse(name));
        let known: Vec<Mode> = known.filter(|mode| modes.contains(mode)).collect();
        let first = known.first().ok_or(SoterProblem::NoMode)?;
        if self.biometrics.refused {
            return Err(SoterProblem::NotAllowed);
        }
        let mut enrolled = known.iter().filter(|mode| self.is_enrolled(**mode));
        let chosen = enrolled.next();
        let chosen = chosen.ok_or(SoterProblem::NotEnrolled(not_enrolled(*first)))?;
        match self.biometrics.fault {
            Fault::Key => Err(SoterProblem::KeyUpdate),
            Fault::Busy => Err(SoterProblem::Busy),
            Fault::None if self.is_recognition_frozen() => Err(SoterProblem::Frozen),
            Fault::None => Ok(*chosen),
        }
    }

    /// The latest result that a user gave in a program.
    pub fn latest_soter_result(&self, caller: &Caller) -> Option<&SignedResult> {
        self.soter.latest.get(caller)
    }

    /// Whether a signature of a result is by a key of the user: the endpoint `verify_signature`.
    pub fn soter_verifies(&self, user_id: &str, result: &SignedResult) -> bool {
        let keys = self.soter.keys.iter();
        let mut own = keys.filter(|kept| kept.user == user_id);
        own.any(|kept| kept.key.verifies(&result.json, &result.signature))
    }

    /// The public key of the user on the phone in hand as PEM text; `None` before the first result.
    pub fn soter_public_key(&self, user_id: &str) -> Option<String> {
        let device = self.device_id();
        let mut keys = self.soter.keys.iter();
        let own = keys.find(|kept| kept.user == user_id && kept.device == device)?;
        own.key.public_pem()
    }

    /// Place of the user's key on a phone; it is made when there is none.
    fn key_of(&mut self, device: &str, user: &str) -> usize {
        let is_own = |kept: &KeptKey| kept.device == device && kept.user == user;
        if let Some(at) = self.soter.keys.iter().position(is_own) {
            return at;
        }
        let (sequence, mut n) = (format!("soter key {device:?} {user:?}"), 0);
        let key = DeviceKey::make(|| {
            n += 1;
            number_of(self.seed, &sequence, n)
        });
        self.soter.keys.push(KeptKey {
            device: device.to_owned(),
            user: user.to_owned(),
            key,
        });
        self.soter.keys.len() - 1
    }

    /// What the phone signs, in the order of the official page.
    fn result_json(&self, signed: &SignRecognition, device: &str) -> Json {
        let digits = |what: &str, base: u64, size: u64| {
            (base + number_of(self.seed, &format!("{what} {device:?}"), 1) % size).to_string()
        };
        let android = self.profile.platform == Platform::Android;
        let sensor = match (self.profile.platform, signed.mode) {
            (Platform::Ios, Mode::FingerPrint) => "Touch ID",
            (Platform::Ios, Mode::Facial) => "Face ID",
            (_, Mode::FingerPrint) => "fingerprint sensor",
            (_, Mode::Facial) => "face sensor",
        };
        let secure = match self.profile.platform {
            Platform::Ios => "Secure Enclave",
            _ => "TEE",
        };
        let mut members = serde_json::Map::new();
        members.insert("raw".to_owned(), signed.challenge.as_str().into());
        if android {
            members.insert("fid".to_owned(), digits("finger", 1, 9).into());
        }
        for (name, value) in [
            ("counter", json!(self.biometrics.counter)),
            ("tee_n", json!(secure)),
            ("tee_v", json!("1.0")),
            ("fp_n", json!(sensor)),
            ("fp_v", json!("1.0")),
            (
                "cpu_id",
                json!(derived_hex(self.seed, &["cpu", device], 16)),
            ),
            ("uid", json!(digits("uid of WeChat", 10_100, 200))),
        ] {
            members.insert(name.to_owned(), value);
        }
        Json::Object(members)
    }
}

/// The word for a mode in the failure that tells that nothing is enrolled for it.
fn not_enrolled(mode: Mode) -> &'static str {
    match mode {
        Mode::FingerPrint => "fingerprint",
        Mode::Facial => "facial",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{BiometricFacts, Mode, SetBiometrics, SignRecognition};
    use crate::errmsg::SoterProblem;
    use crate::profile::{Date, Platform, Profile};
    use crate::world::{AppFacts, World};

    fn world(profile: Profile, facts: &str) -> World {
        let mut world = World::new(profile, AppFacts::default(), 1);
        world.apply(SetBiometrics(facts.parse().expect(facts)));
        world
    }

    #[test]
    fn facts_are_written_as_they_are_read() {
        for text in [
            "{}",
            r#"{"supported":["fingerPrint","facial"],"enrolled":[],"allowed":false,"fault":"busy","frozen":true}"#,
            r#"{"fault":"none"}"#,
        ] {
            let facts: BiometricFacts = text.parse().expect(text);
            assert_eq!(facts.to_json().to_string(), text);
        }
        for json in [
            json!([]),
            json!({ "enrolled": "fingerPrint" }),
            json!({ "supported": ["speech"] }),
            json!({ "allowed": 1 }),
            json!({ "fault": "broken" }),
            json!({ "locked": true }),
        ] {
            assert!(BiometricFacts::of(&json).is_err(), "{json}");
        }
    }

    #[test]
    fn the_first_mode_that_is_there_and_enrolled_is_taken() {
        let both = r#"{"supported":["facial","fingerPrint"]}"#;
        let world = world(Profile::default(), both);
        let wanted = ["speech", "facial", "fingerPrint"];
        assert_eq!(world.soter_choice(&wanted), Ok(Mode::Facial));
        assert_eq!(world.soter_choice(&["speech"]), Err(SoterProblem::NoMode));
        assert_eq!(world.soter_choice(&[]), Err(SoterProblem::NoMode));
        let mut finger = world.clone();
        let facts = r#"{"enrolled":["fingerPrint"]}"#;
        finger.apply(SetBiometrics(facts.parse().expect("facts")));
        assert_eq!(finger.soter_choice(&wanted), Ok(Mode::FingerPrint));
        let none = finger.soter_choice(&["facial"]);
        assert_eq!(none, Err(SoterProblem::NotEnrolled("facial")));
    }

    #[test]
    fn faces_came_in_2019_and_computers_have_nothing() {
        let both = r#"{"supported":["facial","fingerPrint"]}"#;
        let modes = |day| world(Profile::on(day), both).soter_modes();
        assert_eq!(modes(Date::new(2018, 12, 31)), [Mode::FingerPrint]);
        assert_eq!(modes(Date::new(2019, 1, 1)), Mode::ALL);
        for (platform, count) in [
            (Platform::Mac, 0),
            (Platform::Windows, 0),
            (Platform::Ohos, 1),
        ] {
            let profile = Profile {
                platform,
                ..Profile::default()
            };
            assert_eq!(world(profile, "{}").soter_modes().len(), count);
        }
    }

    #[test]
    fn the_result_has_its_members_in_order_and_a_seed_its_key() {
        let sign = |platform, seed| {
            let profile = Profile {
                platform,
                ..Profile::default()
            };
            let mut world = World::new(profile, AppFacts::default(), seed);
            let signed = world.apply(SignRecognition {
                mode: Mode::FingerPrint,
                challenge: "a/\"b".into(),
            });
            let signed = signed.expect("it works");
            (signed, world.soter_public_key("user").expect("a key"))
        };
        let (signed, key) = sign(Platform::Android, 1);
        let starts = r#"{"raw":"a/\"b","fid":"#;
        assert!(signed.json.starts_with(starts), "{}", signed.json);
        let json: serde_json::Value = serde_json::from_str(&signed.json).expect("JSON");
        let members = json.as_object().expect("an object").keys();
        let names = "raw fid counter tee_n tee_v fp_n fp_v cpu_id uid";
        assert_eq!(
            members.map(String::as_str).collect::<Vec<_>>().join(" "),
            names
        );
        assert_eq!(sign(Platform::Android, 1), (signed, key.clone()));
        assert_ne!(sign(Platform::Ios, 2).1, key);
    }
}

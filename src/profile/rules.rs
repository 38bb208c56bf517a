//! Rules that the platform does not publish, or that clients of one day followed differently.
//!
//! Each has a usual value, which a run keeps unless `[rules]` of wxsim.toml or `--rule` says another.
//! `docs/settings.md` lists them with their sources.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::duration::parse_duration_ms;

/// What stands between `fail` and the words of a native client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Separator {
    /// `fail auth deny`.
    Blank,
    /// `fail:auth deny`.
    Colon,
}

/// The rules of a run.
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Time after which a refused scope is asked for again, in milliseconds; `None` is never.
    pub deny_cooldown_ms: Option<i64>,
    /// Whether a dialog that was closed without an answer leaves a row that is off.
    pub dismissed_counts_as_asked: bool,
    /// Whether only APIs whose page says so give promises.
    pub strict_promises: bool,
    /// How old a session key must be before a login replaces it, in milliseconds; `None` is that of
    /// the day.
    pub session_refresh_ms: Option<i64>,
    /// How long a session lives without use, in milliseconds.
    pub session_idle_ms: i64,
    /// How long the codes of logins and phone numbers can be exchanged, in milliseconds.
    pub code_life_ms: i64,
    /// Calls of one API within a second that the platform answers, of the APIs with a published limit;
    /// `None` is any number.
    pub frequency_limit: Option<u32>,
    /// Time within which `wx.getLocation` finds no other position, in milliseconds; `None` is that of
    /// the build.
    pub location_interval_ms: Option<i64>,
    /// Whether what `onShareAppMessage` returned hears of the result; `None` as on the day.
    pub share_callbacks: Option<bool>,
    /// What stands between `fail` and the client's words; `None` is that of the platform.
    pub separator: Option<Separator>,
    /// Whether the privacy agreement is checked; `None` as on the day.
    pub privacy_gate: Option<bool>,
    /// Whether one dialog asks for a scope and the agreement; `None` as in the base library.
    pub one_privacy_dialog: Option<bool>,
    /// Time after a refusal of the agreement in which no dialog opens, in milliseconds.
    pub privacy_gap_ms: i64,
    /// Whether a well-formed appid that nothing declares is one of a mini program.
    pub unknown_programs: bool,
    /// Whether `type` of an invoice title is a number.
    pub invoice_type_is_number: bool,
    /// Whether `invoiceInfo` of one invoice is the text of an object, not of a list.
    pub invoice_info_is_object: bool,
    /// Failed tries that freeze the biometric recognition of a phone.
    pub biometric_tries: u32,
    /// How long it is frozen, in milliseconds; `None` is that of the platform.
    pub biometric_freeze_ms: Option<i64>,
    /// How long a `prepay_id` can be used, in milliseconds.
    pub prepay_life_ms: i64,
    /// Whether a card that a mobile app shared lets the program open the app; `None` as in the base library.
    pub app_card_launches: Option<bool>,
    /// Whether the refusal of `launchApp` is the documented words alone, without the name of the call.
    pub bare_launch_refusal: bool,
    /// Whether opening Bluetooth that is open fails, as in some older clients.
    pub bluetooth_opens_once: bool,
}

/// Usual life of a session without use, in milliseconds: three days.
pub const SESSION_IDLE_MS: i64 = 3 * 24 * 3_600_000;
/// Life of a code, in milliseconds: five minutes.
pub const CODE_LIFE_MS: i64 = 300_000;
/// Usual time after a refusal of the agreement in which no dialog opens, in milliseconds.
pub const PRIVACY_GAP_MS: i64 = 10_000;
/// Usual number of failed tries that freeze the biometric recognition of a phone.
const BIOMETRIC_TRIES: u32 = 5;
/// Usual life of a `prepay_id`, in milliseconds: two hours.
pub const PREPAY_LIFE_MS: i64 = 2 * 3_600_000;

impl Default for Rules {
    fn default() -> Self {
        Self {
            deny_cooldown_ms: None,
            dismissed_counts_as_asked: false,
            strict_promises: false,
            session_refresh_ms: None,
            session_idle_ms: SESSION_IDLE_MS,
            code_life_ms: CODE_LIFE_MS,
            frequency_limit: None,
            location_interval_ms: None,
            share_callbacks: None,
            separator: None,
            privacy_gate: None,
            one_privacy_dialog: None,
            privacy_gap_ms: PRIVACY_GAP_MS,
            unknown_programs: true,
            invoice_type_is_number: false,
            invoice_info_is_object: false,
            biometric_tries: BIOMETRIC_TRIES,
            biometric_freeze_ms: None,
            prepay_life_ms: PREPAY_LIFE_MS,
            app_card_launches: None,
            bare_launch_refusal: false,
            bluetooth_opens_once: false,
        }
    }
}

/// Writes one rule.
type Writer = fn(&mut Rules, &Json) -> Result<(), String>;

/// Every rule by its name, in the order of the documentation.
const WRITERS: &[(&str, Writer)] = &[
    ("deny_cooldown", |to, value| {
        to.deny_cooldown_ms = duration_or(value, "never")?;
        Ok(())
    }),
    ("dismissed_counts_as_asked", |to, value| {
        to.dismissed_counts_as_asked = flag(value)?;
        Ok(())
    }),
    ("strict_promises", |to, value| {
        to.strict_promises = flag(value)?;
        Ok(())
    }),
    ("session_refresh", |to, value| {
        to.session_refresh_ms = duration_or(value, "auto")?;
        Ok(())
    }),
    ("session_idle", |to, value| {
        to.session_idle_ms = duration(value)?;
        Ok(())
    }),
    ("code_life", |to, value| {
        to.code_life_ms = duration(value)?;
        Ok(())
    }),
    ("frequency_limit", |to, value| {
        to.frequency_limit = match value.as_str() {
            Some("off") => None,
            _ => Some(limit(value)?),
        };
        Ok(())
    }),
    ("location_interval", |to, value| {
        to.location_interval_ms = duration_or(value, "auto")?;
        Ok(())
    }),
    ("share_callbacks", |to, value| {
        let words = [("auto", None), ("on", Some(true)), ("off", Some(false))];
        to.share_callbacks = word(value, &words)?;
        Ok(())
    }),
    ("separator", |to, value| {
        let words = [
            ("auto", None),
            ("blank", Some(Separator::Blank)),
            ("colon", Some(Separator::Colon)),
        ];
        to.separator = word(value, &words)?;
        Ok(())
    }),
    ("privacy_gate", |to, value| {
        let words = [("auto", None), ("on", Some(true)), ("off", Some(false))];
        to.privacy_gate = word(value, &words)?;
        Ok(())
    }),
    ("privacy_dialog", |to, value| {
        let words = [("auto", None), ("one", Some(true)), ("two", Some(false))];
        to.one_privacy_dialog = word(value, &words)?;
        Ok(())
    }),
    ("privacy_gap", |to, value| {
        to.privacy_gap_ms = duration(value)?;
        Ok(())
    }),
    ("unknown_programs", |to, value| {
        to.unknown_programs = flag(value)?;
        Ok(())
    }),
    ("invoice_type", |to, value| {
        let words = [("text", false), ("number", true)];
        to.invoice_type_is_number = word(value, &words)?;
        Ok(())
    }),
    ("invoice_info", |to, value| {
        let words = [("list", false), ("object", true)];
        to.invoice_info_is_object = word(value, &words)?;
        Ok(())
    }),
    ("biometric_tries", |to, value| {
        to.biometric_tries = limit(value).map_err(|_| "a number of tries from 1".to_owned())?;
        Ok(())
    }),
    ("biometric_freeze", |to, value| {
        to.biometric_freeze_ms = duration_or(value, "auto")?;
        Ok(())
    }),
    ("prepay_life", |to, value| {
        to.prepay_life_ms = duration(value)?;
        Ok(())
    }),
    ("app_card_launches", |to, value| {
        let words = [("auto", None), ("on", Some(true)), ("off", Some(false))];
        to.app_card_launches = word(value, &words)?;
        Ok(())
    }),
    ("launch_refusal", |to, value| {
        to.bare_launch_refusal = word(value, &[("named", false), ("bare", true)])?;
        Ok(())
    }),
    ("bluetooth_opens", |to, value| {
        to.bluetooth_opens_once = word(value, &[("again", false), ("once", true)])?;
        Ok(())
    }),
];

impl Rules {
    /// The names of the rules.
    pub fn names() -> impl Iterator<Item = &'static str> {
        WRITERS.iter().map(|(name, _)| *name)
    }

    /// Whether every rule has its usual value.
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Gives a rule a value.
    ///
    /// # Errors
    /// There is no such rule, or it has no such value.
    pub fn set(&mut self, name: &str, value: &Json) -> Result<(), String> {
        let found = WRITERS.iter().find(|(known, _)| *known == name);
        let Some((_, write)) = found else {
            let known = Self::names().collect::<Vec<_>>().join(", ");
            return Err(format!("`{name}` is no rule; rules are {known}"));
        };
        write(self, value).map_err(|wanted| format!("`{name}` is {wanted}, not {value}"))
    }
}

fn flag(value: &Json) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "true or false".to_owned())
}

fn limit(value: &Json) -> Result<u32, String> {
    let number = value.as_u64().and_then(|it| u32::try_from(it).ok());
    let number = number.filter(|it| *it > 0);
    number.ok_or_else(|| "a number of calls from 1, or \"off\"".to_owned())
}

fn duration(value: &Json) -> Result<i64, String> {
    let text = value.as_str().unwrap_or_default();
    parse_duration_ms(text).map_err(|_| "a duration such as \"90s\"".to_owned())
}

/// A duration, or the word for none.
fn duration_or(value: &Json, none: &str) -> Result<Option<i64>, String> {
    if value.as_str() == Some(none) {
        return Ok(None);
    }
    let read = duration(value).map(Some);
    read.map_err(|wanted| format!("{wanted} or \"{none}\""))
}

fn word<T: Copy>(value: &Json, words: &[(&str, T)]) -> Result<T, String> {
    let text = value.as_str().unwrap_or_default();
    let found = words.iter().find(|(word, _)| *word == text);
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("one of {}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Rules, Separator};

    #[test]
    fn a_rule_is_written_by_its_name() {
        let mut rules = Rules::default();
        for (name, value) in [
            ("deny_cooldown", json!("5m")),
            ("dismissed_counts_as_asked", json!(true)),
            ("strict_promises", json!(true)),
            ("session_refresh", json!("0s")),
            ("session_idle", json!("1h")),
            ("code_life", json!("10s")),
            ("frequency_limit", json!(4)),
            ("location_interval", json!("30s")),
            ("share_callbacks", json!("on")),
            ("separator", json!("colon")),
            ("privacy_gate", json!("off")),
            ("privacy_dialog", json!("two")),
            ("privacy_gap", json!("1s")),
            ("unknown_programs", json!(false)),
            ("invoice_type", json!("number")),
            ("invoice_info", json!("object")),
            ("biometric_tries", json!(3)),
            ("biometric_freeze", json!("1m")),
            ("prepay_life", json!("5m")),
            ("app_card_launches", json!("on")),
            ("launch_refusal", json!("bare")),
            ("bluetooth_opens", json!("once")),
        ] {
            rules.set(name, &value).expect(name);
        }
        let expected = Rules {
            deny_cooldown_ms: Some(300_000),
            dismissed_counts_as_asked: true,
            strict_promises: true,
            session_refresh_ms: Some(0),
            session_idle_ms: 3_600_000,
            code_life_ms: 10_000,
            frequency_limit: Some(4),
            location_interval_ms: Some(30_000),
            share_callbacks: Some(true),
            separator: Some(Separator::Colon),
            privacy_gate: Some(false),
            one_privacy_dialog: Some(false),
            privacy_gap_ms: 1_000,
            unknown_programs: false,
            invoice_type_is_number: true,
            invoice_info_is_object: true,
            biometric_tries: 3,
            biometric_freeze_ms: Some(60_000),
            prepay_life_ms: 300_000,
            app_card_launches: Some(true),
            bare_launch_refusal: true,
            bluetooth_opens_once: true,
        };
        assert_eq!(rules, expected);
        assert!(!rules.are_usual());
    }

    #[test]
    fn the_words_for_nothing_special_lead_back() {
        let mut rules = Rules::default();
        for name in ["session_refresh", "location_interval", "biometric_freeze"] {
            rules.set(name, &json!("1s")).expect(name);
            rules.set(name, &json!("auto")).expect(name);
        }
        rules.set("deny_cooldown", &json!("1s")).expect("a time");
        rules.set("deny_cooldown", &json!("never")).expect("a word");
        rules.set("frequency_limit", &json!(1)).expect("a number");
        rules.set("frequency_limit", &json!("off")).expect("a word");
        assert!(rules.are_usual());
    }

    #[test]
    fn what_is_no_rule_or_no_value_says_what_is() {
        let mut rules = Rules::default();
        let mut wrong = |name: &str, value| rules.set(name, &value).expect_err(name);
        assert!(wrong("tea", json!(1)).starts_with("`tea` is no rule; rules are deny_cooldown, "));
        assert_eq!(
            wrong("deny_cooldown", json!(5)),
            "`deny_cooldown` is a duration such as \"90s\" or \"never\", not 5"
        );
        assert_eq!(
            wrong("separator", json!("comma")),
            "`separator` is one of auto, blank, colon, not \"comma\""
        );
        assert!(wrong("frequency_limit", json!(0)).contains("from 1"));
        assert!(wrong("strict_promises", json!("yes")).contains("true or false"));
        assert!(rules.are_usual());
    }
}

//! What is explored, as tests and flows write it.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::super::flow::address;
use super::super::plan;
use crate::explore::When;
use crate::explore::{Bounds, Vary};
use crate::near::near;
use crate::runtime::monitor::Weight;
use crate::runtime::parse_duration;
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// Every option with what it takes.
const KEYS: &[(&str, &str)] = &[
    ("always", "an object of properties"),
    ("sometimes", "an object of properties"),
    ("eventually", "an object of properties"),
    (
        "start",
        "true, a page with its query, or { page, query, scene }",
    ),
    ("vary", "'all', or a list of what goes otherwise"),
    ("depth", "a whole number from 0"),
    ("maxStates", "a whole number from 1"),
    ("budget", "a duration of real time, such as '10s'"),
    ("settle", "a duration, such as '3s'"),
    ("twists", "a whole number from 0"),
    ("rules", "'error', 'warn' or 'off'"),
    (
        "replay",
        "the numbers of choices such as '0,3,1', or a list of their keys",
    ),
    (
        "expect",
        "the id or name of a rule, or the name of a property",
    ),
];

/// Real time after which an exploration ends, in milliseconds, unless it says another.
const BUDGET_MS: u64 = 60_000;

/// Virtual time after each action, in milliseconds.
const SETTLE_MS: i64 = 3_000;

/// A property of the author's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    pub(super) when: When,
    pub(super) name: String,
    /// An expression over `state`; without one it is a function of the test.
    pub(super) code: Option<String>,
}

/// Choices to do again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Replay {
    /// By their numbers.
    Ways(Vec<u32>),
    /// By their keys.
    Keys(Vec<String>),
}

/// What is explored, and how far.
#[derive(Clone, Debug)]
pub(super) struct Exploration {
    pub(super) properties: Vec<Property>,
    /// The start with which it begins; without one it begins where the test ends.
    pub(super) start: Option<EnterOptions>,
    pub(super) vary: BTreeSet<Vary>,
    pub(super) bounds: Bounds,
    pub(super) budget_ms: u64,
    pub(super) settle_ms: i64,
    pub(super) twists_max: u32,
    /// Weight from which rules count.
    pub(super) threshold: Option<Weight>,
    pub(super) replay: Option<Replay>,
    /// What alone fails the test.
    pub(super) expect: Option<String>,
}

/// The weight from which rules count; `None` for none at all.
pub(super) fn threshold(level: &str) -> Option<Weight> {
    match level {
        "off" => None,
        "warn" => Some(Weight::Warning),
        _ => Some(Weight::Error),
    }
}

/// Names of the options of an exploration among those of a test.
///
/// # Errors
/// Which option is unknown or of another kind.
pub(super) fn own_keys(given: &Map<String, Json>) -> Result<Vec<&'static str>, String> {
    let known = || KEYS.iter().chain(plan::KEYS).map(|(key, _)| *key);
    for key in given.keys() {
        if !known().any(|known| known == key) {
            let own: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
            let help = near(key, known()).first().map_or_else(
                || format!("there are {}", own.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(format!("test.explore has no option `{key}`; {help}"));
        }
    }
    Exploration::read(given)?;
    Ok(KEYS.iter().map(|(key, _)| *key).collect())
}

impl Exploration {
    /// Reads options; those of the test itself are passed by.
    ///
    /// # Errors
    /// Which one is of another kind, and what it takes.
    pub(super) fn read(given: &Map<String, Json>) -> Result<Self, String> {
        let reader = Reader(given);
        let usual = Bounds::default();
        let depth = reader.one("depth", |own| own.as_u64()?.try_into().ok())?;
        let states_max = reader.one("maxStates", |own| {
            own.as_u64()?.try_into().ok().filter(|most| *most > 0)
        })?;
        let ms = |own: &Json| parse_duration(own.as_str()?).ok();
        let level = |own: &Json| {
            let level = own.as_str()?;
            ["error", "warn", "off"]
                .contains(&level)
                .then(|| threshold(level))
        };
        Ok(Self {
            properties: reader.properties()?,
            start: reader.one("start", start)?.flatten(),
            vary: reader.vary()?,
            bounds: Bounds {
                depth: depth.unwrap_or(usual.depth),
                states_max: states_max.unwrap_or(usual.states_max),
                ..usual
            },
            budget_ms: reader
                .one("budget", |own| ms(own)?.try_into().ok())?
                .unwrap_or(BUDGET_MS),
            settle_ms: reader.one("settle", ms)?.unwrap_or(SETTLE_MS),
            twists_max: reader
                .one("twists", |own| own.as_u64()?.try_into().ok())?
                .unwrap_or(1),
            threshold: reader.one("rules", level)?.unwrap_or(Some(Weight::Error)),
            replay: reader.one("replay", replay)?,
            expect: reader.one("expect", |own| own.as_str().map(str::to_owned))?,
        })
    }
}

/// Reads one option after the other.
struct Reader<'a>(&'a Map<String, Json>);

impl Reader<'_> {
    fn one<T>(&self, key: &str, read: impl Fn(&Json) -> Option<T>) -> Result<Option<T>, String> {
        let Some(given) = self.0.get(key).filter(|given| !given.is_null()) else {
            return Ok(None);
        };
        let value = read(given);
        if value.is_some() {
            return Ok(value);
        }
        let what = KEYS.iter().find(|(own, _)| *own == key);
        let what = what.map_or("", |(_, what)| what);
        Err(format!("test.explore: `{key}` is {what}, not {given}"))
    }

    fn properties(&self) -> Result<Vec<Property>, String> {
        let mut properties = Vec::new();
        for (key, when) in [
            ("always", When::Always),
            ("sometimes", When::Sometimes),
            ("eventually", When::Eventually),
        ] {
            let members = self.one(key, |own| own.as_object().cloned())?;
            for (name, code) in members.into_iter().flatten() {
                properties.push(Property {
                    when,
                    name,
                    code: code.as_str().map(str::to_owned),
                });
            }
        }
        Ok(properties)
    }

    fn vary(&self) -> Result<BTreeSet<Vary>, String> {
        let names = self.one("vary", |own| match own {
            Json::String(name) => Some(vec![name.clone()]),
            Json::Array(names) => names
                .iter()
                .map(|name| name.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        })?;
        let Some(names) = names else {
            return Ok(Vary::USUAL.into_iter().collect());
        };
        if names == ["all"] {
            return Ok(Vary::ALL.into_iter().collect());
        }
        let kinds = names.iter().map(|name| name.parse());
        kinds
            .collect::<Result<_, String>>()
            .map_err(|problem| format!("test.explore: `vary`: {problem}"))
    }
}

/// A start, or none.
#[expect(clippy::option_option, reason = "what is no start, and no start")]
fn start(given: &Json) -> Option<Option<EnterOptions>> {
    let page = match given {
        Json::Bool(false) => return Some(None),
        Json::Bool(true) => String::new(),
        Json::String(page) => page.trim_start_matches('/').to_owned(),
        Json::Object(members) => {
            let keys = ["page", "query", "scene"];
            if members.keys().any(|key| !keys.contains(&key.as_str())) {
                return None;
            }
            address(given)
        }
        _ => return None,
    };
    let scene = match given.get("scene") {
        None => DEFAULT_SCENE,
        Some(scene) => scene.as_u64()?.try_into().ok()?,
    };
    Some(Some(EnterOptions::at(&page, scene)))
}

fn replay(given: &Json) -> Option<Replay> {
    let number = |text: &str| text.trim().parse().ok();
    match given {
        Json::String(text) if text.is_empty() => Some(Replay::Ways(Vec::new())),
        Json::String(text) => {
            let ways: Option<Vec<u32>> = text.split(',').map(number).collect();
            ways.map(Replay::Ways)
        }
        Json::Array(keys) => {
            let keys = keys.iter().map(|key| key.as_str().map(str::to_owned));
            keys.collect::<Option<Vec<_>>>().map(Replay::Keys)
        }
        _ => None,
    }
}

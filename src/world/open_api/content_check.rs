//! What the platform holds of texts and media: rules in place of its models, and checks whose results come later.
//!
//! Official pages: "Content security" (`msgSecCheck`, `imgSecCheck`, `mediaCheckAsync`). A text is judged by the
//! words in it, a file by its SHA-256, a medium at an address by the address; whatever no rule names passes.
//!
//! Unverified: the labels of the two probe texts that the documentation once gave; [`REPEATS_MAX`] checks of one
//! address within [`REPEATS_MS`] are allowed.
//!
//! Differs from the platform: media are never fetched. Their verdict is the rule for their address, or for a
//! SHA-256 that is a part of the address. It is made [`ContentRules::delay_ms`] after the request, not within half
//! an hour. At most [`WAITING_MAX`] checks wait.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::super::rng::derived_hex;
use super::super::{Change, Millis, World, sealed::Sealed};
use super::nearby;
use super::platform_event::hand_event;
use super::request_log::NextRid;
use crate::crypto::digest;

/// Label of content without fault.
pub const NORMAL: u32 = 100;
/// Label of faults that have no other.
pub const OTHER: u32 = 21_000;
/// Every label: normal, advertisement, politics, pornography, abuse, crime, fraud, vulgarity, copyright, other.
pub const LABELS: [u32; 10] = [
    NORMAL, 10_001, 20_001, 20_002, 20_003, 20_006, 20_008, 20_012, 20_013, OTHER,
];
/// Those that media get; the others become [`OTHER`].
const MEDIA_LABELS: [u32; 5] = [NORMAL, 20_001, 20_002, 20_006, OTHER];
/// Rules of one kind at most.
pub const RULES_MAX: usize = 1_000;
/// How long a result takes unless the rules say otherwise, in milliseconds.
pub const DELAY_MS: i64 = 3_000;
/// Checks of media that wait at most.
pub const WAITING_MAX: usize = 10_000;
/// How often an app may have one address checked…
pub const REPEATS_MAX: u32 = 10;
/// …within so many milliseconds from the first time.
pub const REPEATS_MS: i64 = 3_600_000;
/// Addresses whose checks are counted; the oldest goes.
pub const ADDRESSES_COUNTED_MAX: usize = 1_000;
/// Bytes of an address that is checked.
pub const ADDRESS_BYTES_MAX: usize = 2_048;
/// Texts that the documentation gave for trying out.
const PROBES: [&str; 2] = [
    "特3456书yuuo莞6543李zxcz蒜7782法fgnv级",
    "完2347全dfji试3726测asad感3847知qwez到",
];
/// `status_code` of a medium that could not be loaded, in version 1: -1008 of 32 bits without sign.
const NOT_LOADED_V1: u32 = 4_294_966_288;
/// `errcode` of the same in version 2.
const NOT_LOADED: i64 = -1_008;
/// How sure the model says it is, in percent.
pub const PROBABILITY: u32 = 90;

/// What is to be done with content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Suggest {
    /// Nothing.
    #[default]
    Pass,
    /// A person has to look at it.
    Review,
    /// It breaks rules.
    Risky,
}

impl Suggest {
    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Review => "review",
            Self::Risky => "risky",
        }
    }
}

/// What the platform holds of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// What is to be done.
    pub suggest: Suggest,
    /// Why: one of [`LABELS`].
    pub label: u32,
}

impl Verdict {
    /// Nothing is wrong.
    pub const PASS: Self = Self {
        suggest: Suggest::Pass,
        label: NORMAL,
    };
    const RISKY: Self = Self {
        suggest: Suggest::Risky,
        label: OTHER,
    };

    /// The JSON form.
    pub fn json(self) -> Json {
        json!({ "suggest": self.suggest.name(), "label": self.label })
    }
}

/// The rules by which content is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContentRules {
    /// Verdicts by words in texts.
    pub words: BTreeMap<String, Verdict>,
    /// Verdicts by SHA-256 of files: 64 small hexadecimal digits.
    pub contents: BTreeMap<String, Verdict>,
    /// Verdicts by address; one that ends with `*` is the beginning of addresses.
    pub addresses: BTreeMap<String, Verdict>,
    /// Addresses at which nothing can be loaded, written the same way.
    pub unreachable: BTreeSet<String>,
    /// How long a check of a medium takes, in milliseconds from 0.
    pub delay_ms: i64,
}

impl Default for ContentRules {
    /// The probe texts of the documentation alone.
    fn default() -> Self {
        let words = PROBES.map(|probe| (probe.to_owned(), Verdict::RISKY));
        Self {
            words: BTreeMap::from(words),
            contents: BTreeMap::new(),
            addresses: BTreeMap::new(),
            unreachable: BTreeSet::new(),
            delay_ms: DELAY_MS,
        }
    }
}

/// Why rules are none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// There are too many of a kind.
    #[error("there are at most {RULES_MAX} rules of a kind")]
    TooMany,
    /// A word or an address is empty.
    #[error("a word or an address is empty; it would fit everything")]
    Empty,
    /// A verdict has a label that the platform does not have.
    #[error("{0} is no label; there are {LABELS:?}")]
    Label(u32),
    /// A content is named by something else than its SHA-256.
    #[error("`{0}` is no SHA-256; write 64 small hexadecimal digits")]
    Hash(String),
    /// The delay is negative.
    #[error("`delay_ms` is a number of milliseconds from 0")]
    Delay,
}

/// Characters of a SHA-256.
const HASH_CHARS: usize = 64;

fn is_hex(char: char) -> bool {
    char.is_ascii_digit() || ('a'..='f').contains(&char)
}

impl ContentRules {
    fn check(&self) -> Result<(), RulesError> {
        let tables = [&self.words, &self.contents, &self.addresses];
        let longest = tables.iter().map(|table| table.len()).max();
        if longest.max(Some(self.unreachable.len())) > Some(RULES_MAX) {
            return Err(RulesError::TooMany);
        }
        let names = tables.iter().flat_map(|table| table.keys());
        if names.chain(&self.unreachable).any(String::is_empty) {
            return Err(RulesError::Empty);
        }
        let mut labels = tables.iter().flat_map(|table| table.values());
        if let Some(wrong) = labels.find(|verdict| !LABELS.contains(&verdict.label)) {
            return Err(RulesError::Label(wrong.label));
        }
        let is_hash = |text: &str| text.len() == HASH_CHARS && text.chars().all(is_hex);
        if let Some(wrong) = self.contents.keys().find(|text| !is_hash(text)) {
            return Err(RulesError::Hash(wrong.clone()));
        }
        if self.delay_ms < 0 {
            return Err(RulesError::Delay);
        }
        Ok(())
    }

    /// The verdict of an address; `None` when nothing can be loaded there.
    fn of_address(&self, address: &str) -> Option<Verdict> {
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        let mut unreachable = self.unreachable.iter();
        if !is_web || unreachable.any(|pattern| fits(pattern, address)) {
            return None;
        }
        let exact = self.addresses.get(address);
        let longest = || {
            let beginnings = self.addresses.iter();
            let fitting = beginnings.filter(|(pattern, _)| fits(pattern, address));
            fitting
                .max_by_key(|(pattern, _)| pattern.len())
                .map(|it| it.1)
        };
        let by_hash = || {
            let mut stretches = address.split(|char| !is_hex(char));
            stretches.find_map(|stretch| self.contents.get(stretch))
        };
        let found = exact.or_else(longest).or_else(by_hash);
        Some(found.copied().unwrap_or(Verdict::PASS))
    }
}

fn fits(pattern: &str, address: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => address.starts_with(beginning),
        None => address == pattern,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting {
    due: Millis,
    app_id: String,
    address: String,
    trace_id: String,
    is_v2: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Repeats {
    since: Millis,
    times: u32,
}

/// The rules and the checks that wait.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Checks {
    rules: ContentRules,
    made: u64,
    /// What is due first comes first.
    waiting: VecDeque<Waiting>,
    /// By app and address.
    repeats: BTreeMap<String, Repeats>,
    /// Keys of `repeats` in the order in which they came.
    repeated: VecDeque<String>,
}

impl Checks {
    /// Counts a check of an address; whether it is one too many.
    fn is_repeated(&mut self, now: Millis, app_id: &str, address: &str) -> bool {
        while let Some(key) = self.repeated.front() {
            let since = self.repeats.get(key).map(|known| known.since);
            let is_old = since.is_none_or(|since| now.since(since) >= REPEATS_MS);
            if !is_old && self.repeated.len() < ADDRESSES_COUNTED_MAX {
                break;
            }
            self.repeats.remove(key);
            self.repeated.pop_front();
        }
        let key = format!("{app_id} {address}");
        if let Some(known) = self.repeats.get_mut(&key) {
            known.times = known.times.saturating_add(1);
            return known.times > REPEATS_MAX;
        }
        let first = Repeats {
            since: now,
            times: 1,
        };
        self.repeats.insert(key.clone(), first);
        self.repeated.push_back(key);
        false
    }
}

/// Content is judged by these rules from now on, also what waits already.
#[derive(Clone, Debug)]
pub struct SetContentRules(pub ContentRules);

impl Sealed for SetContentRules {}
impl Change for SetContentRules {
    type Effect = Result<(), RulesError>;

    fn apply(self, world: &mut World) -> Self::Effect {
        self.0.check()?;
        world.open_api.checks.rules = self.0;
        Ok(())
    }
}

/// Why a medium is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskProblem {
    /// The same one was checked too often.
    Repeated,
    /// Too many checks wait.
    Full,
}

/// An app has the medium at an address checked.
#[derive(Clone, Debug)]
pub struct AskMediaCheck {
    /// Which app.
    pub app_id: String,
    /// Where the medium is.
    pub address: String,
    /// Whether the result has the form of version 2.
    pub is_v2: bool,
}

impl Sealed for AskMediaCheck {}
impl Change for AskMediaCheck {
    /// The id of the check, with which its result comes.
    type Effect = Result<String, AskProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let (seed, now) = (world.seed, world.now);
        let checks = &mut world.open_api.checks;
        if checks.waiting.len() >= WAITING_MAX {
            return Err(AskProblem::Full);
        }
        if checks.is_repeated(now, &self.app_id, &self.address) {
            return Err(AskProblem::Repeated);
        }
        checks.made += 1;
        let made = checks.made.to_string();
        let trace_id = if self.is_v2 {
            world.apply(NextRid)
        } else {
            derived_hex(seed, &["check of a medium", &made], 32)
        };
        let checks = &mut world.open_api.checks;
        let due = now.plus(checks.rules.delay_ms);
        let at = checks.waiting.partition_point(|other| other.due <= due);
        let waiting = Waiting {
            due,
            app_id: self.app_id,
            address: self.address,
            trace_id: trace_id.clone(),
            is_v2: self.is_v2,
        };
        checks.waiting.insert(at, waiting);
        Ok(trace_id)
    }
}

/// Everything that the platform checks and that is due now is decided and told to the servers: media, and places
/// nearby. Whoever moves the clock calls it.
#[derive(Clone, Copy, Debug)]
pub struct RunDueChecks;

impl Sealed for RunDueChecks {}
impl Change for RunDueChecks {
    /// How many were decided.
    type Effect = usize;

    fn apply(self, world: &mut World) -> usize {
        let now = world.now;
        let checks = &mut world.open_api.checks;
        let due = checks.waiting.partition_point(|check| check.due <= now);
        let due: Vec<Waiting> = checks.waiting.drain(..due).collect();
        for check in &due {
            let verdict = world.open_api.checks.rules.of_address(&check.address);
            let members = result(check, verdict);
            hand_event(world, &check.app_id, "wxa_media_check", members);
        }
        due.len() + nearby::decide_due(world)
    }
}

/// The members of the event that tells a result.
fn result(check: &Waiting, verdict: Option<Verdict>) -> Json {
    let (app_id, trace_id) = (&check.app_id, &check.trace_id);
    let mut found = verdict.unwrap_or(Verdict::PASS);
    if !check.is_v2 {
        let is_risky = u32::from(found.suggest == Suggest::Risky);
        return json!({
            "isrisky": is_risky,
            "extra_info_json": "",
            "appid": app_id,
            "trace_id": trace_id,
            "status_code": if verdict.is_some() { 0 } else { NOT_LOADED_V1 },
            "detail": [],
        });
    }
    if !MEDIA_LABELS.contains(&found.label) {
        found.label = OTHER;
    }
    let (errcode, errmsg) = match verdict {
        Some(_) => (0, "ok"),
        None => (NOT_LOADED, "download error"),
    };
    json!({
        "appid": app_id,
        "trace_id": trace_id,
        "version": 2,
        "detail": [{
            "strategy": "content_model",
            "errcode": errcode,
            "suggest": found.suggest.name(),
            "label": found.label,
            "prob": PROBABILITY,
        }],
        "errcode": errcode,
        "errmsg": errmsg,
        "result": found.json(),
    })
}

impl World {
    /// The rules by which content is judged.
    pub fn content_rules(&self) -> &ContentRules {
        &self.open_api.checks.rules
    }

    /// The words in a text that have a verdict, in the order of the rules.
    pub fn words_found(&self, text: &str) -> impl Iterator<Item = (&str, Verdict)> {
        let words = self.content_rules().words.iter();
        let found = words.filter(move |(word, _)| text.contains(word.as_str()));
        found.map(|(word, verdict)| (word.as_str(), *verdict))
    }

    /// The verdict of a file.
    pub fn verdict_of(&self, bytes: &[u8]) -> Verdict {
        let contents = &self.content_rules().contents;
        if contents.is_empty() {
            return Verdict::PASS;
        }
        let found = contents.get(&digest::sha256(bytes));
        found.copied().unwrap_or(Verdict::PASS)
    }

    /// When [`RunDueChecks`] has something to do next; `None` while nothing waits.
    pub fn next_check_due(&self) -> Option<Millis> {
        let medium = self.open_api.checks.waiting.front().map(|check| check.due);
        let place = nearby::next_due(self);
        medium.into_iter().chain(place).min()
    }
}

#[cfg(test)]
#[path = "content_check_tests.rs"]
mod tests;

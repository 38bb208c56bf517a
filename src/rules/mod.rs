//! Known causes of rejection and of broken authorization flows: one file a rule.
//!
//! A rule is a row ([`Rule`]) and how it is judged. Most are *monitors* ([`Watcher`]) over the events of a run: they
//! hear each with its causes ([`Cx`]) and are asked again whenever the program comes to rest. Some speak of everything
//! that a user could do, which only an exploration shows ([`Explored`]). All monitors of a run are one
//! [`runtime::monitor::Monitor`](crate::runtime::monitor::Monitor) ([`Rules`]), so tests, runs, the prompt and
//! explorations find the same.
//!
//! No finding, and not their absence either, says what a reviewer will decide.

mod asks_server;
mod carried;
mod causes;
mod cx;
mod deprecated_apis;
mod explored;
#[cfg(test)]
mod fixture;
mod levels;
pub mod minted;
mod monitor;
mod on_page;
mod outcome;
pub mod privacy_guide;
mod texts;

use serde_json::Value as Json;

pub use causes::{CallFacts, Causes, Root};
pub use cx::Cx;
pub use explored::{Edge, EdgeKind, Explored, State};
pub use levels::Levels;
pub use monitor::Rules;

use crate::runtime::monitor::{Found, Weight, Words};
use crate::runtime::trace::Entry;

/// Names the files of the rules; each has its row as `RULE`.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// All rules, in order of their ids.
        pub const ALL: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules! {
    p01_prompt_before_intent
    p02_ask_when_needed
    p03_refusal_survivable
    p04_no_nagging
    p05_way_back
    p06_tap_only
    p07_no_login_wall
    p08_login_can_be_refused
    p09_browse_without_phone
    p10_phone_only_if_needed
    p11_no_preticked_consent
    p12_privacy_declared
    p13_privacy_before_data
    p14_agree_by_button
    p15_location_config
    p16_user_info_authorize
    p17_withdrawn_profile
    p18_rate_limited_hooks
    p19_login_when_needed
    p20_login_after_encrypt
    p21_code_once
    p22_session_key_leak
    p23_secret_in_client
    p24_pay_sign_client
    p25_pay_confirmed_by_server
    p26_pay_cancel
    p27_failure_path
    p28_unhandled
    p29_stuck_loading
    p30_audits_subset
    p31_jump_rules
    p32_no_share_reward
    p33_logout_exists
    p34_plain_personal_data
    p35_single_page_safe
}

/// The rule of an id or a name.
pub fn named(word: &str) -> Option<&'static Rule> {
    let mut all = ALL.iter().copied();
    all.find(|rule| rule.id.eq_ignore_ascii_case(word) || rule.name == word)
}

/// A rule.
pub struct Rule {
    /// Its stable id, such as `P01`.
    pub id: &'static str,
    /// Its stable name, such as `prompt-before-intent`.
    pub name: &'static str,
    /// How much a finding weighs, unless it says otherwise.
    pub weight: Weight,
    /// What must hold, in English and Chinese.
    pub title: [&'static str; 2],
    /// How to make it hold, in English and Chinese.
    pub fix: [&'static str; 2],
    /// The page that says so.
    pub source: &'static str,
    /// Whether that is the official word; otherwise it is what others report of it, or ours.
    pub official: bool,
    /// How it is judged.
    pub judged: Judged,
}

/// How a rule is judged.
#[derive(Clone, Copy)]
pub enum Judged {
    /// By a monitor over a run.
    Run(fn() -> Box<dyn Watcher>),
    /// By everything that was explored.
    Exploration(fn(&Explored, &mut Vec<Found>)),
    /// By both.
    Both(fn() -> Box<dyn Watcher>, fn(&Explored, &mut Vec<Found>)),
}

/// A rule over the events of one run. A copy of the process has a copy of it.
pub trait Watcher {
    /// The project is at hand; nothing has happened.
    fn begin(&mut self, _cx: &mut Cx<'_>) {}

    /// An entry of the trace; [`Cx`] knows what led to it.
    fn hear(&mut self, _entry: &Entry, _cx: &mut Cx<'_>) {}

    /// The program has come to rest, after what was heard since the last time.
    fn rest(&mut self, _cx: &mut Cx<'_>) {}
}

impl Rule {
    /// A finding of this rule.
    pub fn found(&self, says: Words) -> Found {
        Found {
            rule: self.id.to_owned(),
            name: self.name.to_owned(),
            weight: self.weight,
            says,
            causes: Vec::new(),
            at: None,
            source_line: String::new(),
            page: String::new(),
            data: Json::Null,
            allowed: String::new(),
            expired: None,
        }
    }
}

//! Codes that WeChat's server made for the servers of apps.
//!
//! Official pages: "Get a mini program code" (`getQRCode`, `getUnlimitedQRCode`, `createQRCode`). An app may make
//! [`LIMITED_MAX`] codes with a path in its life, and any number with a `scene`; of these, [`UNKNOWN_PAGES_MAX`] pages need
//! not be pages of the app.
//!
//! Differs from the platform: of all codes the [`CODES_KEPT_MAX`] that were asked for last are kept. One that was dropped
//! cannot be scanned until it is asked for again, and then counts as a new one.
//!
//! Unverified: asking for the same code again gives the same one and does not count; an app whose pages are not known
//! may name any page.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::account::EnvVersion;
use super::super::rng::{Fnv1a, derived_text};
use super::super::{Change, World, sealed::Sealed};
use super::{Content, PrintedCode};

/// Codes with a path that an app makes in its life.
pub const LIMITED_MAX: u32 = 100_000;
/// Pages that an app's codes name without a check that are none of the app.
pub const UNKNOWN_PAGES_MAX: usize = 60_000;
/// How many codes are kept, of all apps together.
pub const CODES_KEPT_MAX: usize = 10_000;
/// How many of them `wx.scanCode` offers to the user.
pub const READABLE_MAX: usize = 100;
/// Characters of an id.
const ID_CHARS: usize = 12;

/// The codes that are kept, and what was made in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MadeCodes {
    by_id: BTreeMap<String, Made>,
    /// Ids by the turn in which they were asked for last.
    by_turn: BTreeMap<u64, String>,
    turn: u64,
    counts: BTreeMap<String, Count>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    code: PrintedCode,
    turn: u64,
}

/// What an app has made in its life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Count {
    limited: u32,
    /// Hashes of pages that are none of the app.
    unknown_pages: BTreeSet<u64>,
}

impl MadeCodes {
    pub(super) fn get(&self, id: &str) -> Option<&PrintedCode> {
        self.by_id.get(id).map(|made| &made.code)
    }

    /// All of them, what was asked for last first.
    pub(super) fn latest(&self) -> impl Iterator<Item = &PrintedCode> {
        let ids = self.by_turn.values().rev();
        ids.filter_map(|id| self.get(id))
    }

    /// Keeps a code as the latest, and drops the oldest when there are too many.
    fn keep(&mut self, code: PrintedCode) {
        self.turn += 1;
        let turn = self.turn;
        self.by_turn.insert(turn, code.id.clone());
        if let Some(former) = self.by_id.insert(code.id.clone(), Made { code, turn }) {
            self.by_turn.remove(&former.turn);
        }
        if self.by_id.len() > CODES_KEPT_MAX
            && let Some((_, oldest)) = self.by_turn.pop_first()
        {
            self.by_id.remove(&oldest);
        }
    }
}

/// Why the server makes no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MakeProblem {
    /// The app has made as many codes with a path as it may.
    TooManyCodes,
    /// The app has no such page.
    UnknownPage,
    /// The app's codes name as many pages that it does not have as they may.
    TooManyPages,
}

/// The server makes a code for an app, or gives the one that it made before. The effect is its id.
#[derive(Clone, Debug)]
pub struct MakeCode {
    /// The app.
    pub app_id: String,
    /// What it carries: no text.
    pub content: Content,
    /// The build that it opens.
    pub env_version: EnvVersion,
}

impl MakeCode {
    /// The id of the code, which follows from what it is.
    fn id(&self, seed: u64) -> String {
        let (kind, target, more) = match &self.content {
            Content::Unlimited { scene, page, .. } => ("unlimited", scene.as_str(), page.as_str()),
            Content::Limited { path, square } => {
                let kind = if *square { "square" } else { "limited" };
                (kind, path.as_str(), "")
            }
            Content::Text { text, format, .. } => ("text", text.as_str(), format.as_str()),
        };
        let build = self.env_version.name();
        let parts = ["made code", &self.app_id, kind, build, target, more];
        derived_text(seed, &parts, ID_CHARS)
    }
}

impl Sealed for MakeCode {}
impl Change for MakeCode {
    type Effect = Result<String, MakeProblem>;

    fn apply(mut self, world: &mut World) -> Self::Effect {
        let id = self.id(world.seed);
        let unknown_page = match &mut self.content {
            Content::Unlimited {
                page, check_path, ..
            } if !page.is_empty() && !world.may_have_page(&self.app_id, page) => {
                if *check_path {
                    return Err(MakeProblem::UnknownPage);
                }
                let mut hash = Fnv1a::default();
                hash.add(page.as_bytes());
                Some(hash.value())
            }
            _ => None,
        };
        if let Content::Unlimited { check_path, .. } = &mut self.content {
            // It was checked; from now on the code is printed, whatever becomes of the page.
            *check_path = false;
        }
        let made = &mut world.codes.made;
        let is_new = made.get(&id).is_none();
        let count = made.counts.entry(self.app_id.clone()).or_default();
        if is_new && matches!(self.content, Content::Limited { .. }) {
            if count.limited >= LIMITED_MAX {
                return Err(MakeProblem::TooManyCodes);
            }
            count.limited += 1;
        }
        if let Some(hash) = unknown_page {
            let pages = &mut count.unknown_pages;
            if pages.len() >= UNKNOWN_PAGES_MAX && !pages.contains(&hash) {
                return Err(MakeProblem::TooManyPages);
            }
            pages.insert(hash);
        }
        made.keep(PrintedCode {
            id: id.clone(),
            content: self.content,
            app_id: Some(self.app_id),
            env_version: self.env_version,
        });
        Ok(id)
    }
}

impl World {
    /// The codes that the server made and keeps, what was asked for last first.
    pub fn made_codes(&self) -> impl Iterator<Item = &PrintedCode> {
        self.codes.made.latest()
    }

    /// How many codes with a path an app has made in its life.
    pub fn limited_codes_made(&self, app_id: &str) -> u32 {
        let count = self.codes.made.counts.get(app_id);
        count.map_or(0, |count| count.limited)
    }
}

#[cfg(test)]
#[path = "made_tests.rs"]
mod tests;

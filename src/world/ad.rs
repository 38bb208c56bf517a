//! Advertisements: which the program holds, and whether there are any to show.
//!
//! Official pages: `api/ad`. By default there is none: looking for one ends with
//! [`AdProblem::NoAd`], as for many users of the platform.
//!
//! Differs from the client: nothing limits how often advertisements come.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Alarm, Notice, Told};
use super::object::{NewObject, ObjectId};
use super::{Change, World, sealed::Sealed};
use crate::errmsg::AdProblem;

/// Time that looking for an advertisement takes, in milliseconds.
pub const LOAD_MS: i64 = 300;

/// An advertisement that the program holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Ad {
    class: String,
    unit: String,
    loaded: bool,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ads {
    there_are: bool,
    held: BTreeMap<ObjectId, Ad>,
    shown: Option<ObjectId>,
}

impl Ads {
    /// As they are when the program is gone.
    pub(super) fn after_run(&self) -> Self {
        let mut ads = self.clone();
        ads.held.clear();
        ads.shown = None;
        ads
    }
}

/// Whether there are advertisements.
#[derive(Clone, Copy, Debug)]
pub struct SetAds(pub bool);

impl Sealed for SetAds {}
impl Change for SetAds {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.ads.there_are = self.0;
    }
}

/// The program gets an advertisement, which is looked for at once.
#[derive(Clone, Debug)]
pub struct OpenAd {
    /// Class of the object.
    pub class: &'static str,
    /// `adUnitId`.
    pub unit: String,
    /// Whether there is one object for the unit.
    pub single: bool,
}

impl Sealed for OpenAd {}
impl Change for OpenAd {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let same = |ad: &Ad| ad.class == self.class && ad.unit == self.unit;
        let known = world.ads.held.iter().find(|(_, ad)| same(ad));
        if let Some((id, _)) = known.filter(|_| self.single) {
            return *id;
        }
        let id = world.apply(NewObject(self.class));
        let ad = Ad {
            class: self.class.to_owned(),
            unit: self.unit,
            loaded: false,
        };
        world.ads.held.insert(id, ad);
        world.leave_idle(LOAD_MS, Notice::Alarm(Alarm::AdLoaded(id)));
        id
    }
}

/// Looking for an advertisement has ended; listeners hear what came of it.
pub(super) fn loaded(world: &mut World, id: ObjectId) {
    if let Some(outcome) = look(world, id) {
        tell(world, id, outcome, 0);
    }
}

impl World {
    /// Whether there are advertisements to show.
    pub fn has_ads(&self) -> bool {
        self.ads.there_are
    }
}

/// Looks for an advertisement; `None` for one that the program gave up.
fn look(world: &mut World, id: ObjectId) -> Option<Result<(), AdProblem>> {
    let there_are = world.ads.there_are;
    let ad = world.ads.held.get_mut(&id)?;
    Some(match (ad.unit.as_str(), there_are) {
        ("", _) => Err(AdProblem::InvalidUnit),
        (_, false) => Err(AdProblem::NoAd),
        (_, true) => {
            ad.loaded = true;
            Ok(())
        }
    })
}

fn tell(world: &mut World, id: ObjectId, outcome: Result<(), AdProblem>, after_ms: i64) {
    let told = match outcome {
        Ok(()) => Told::of(id, "onLoad", json!({})),
        Err(problem) => {
            let argument = json!({ "errMsg": problem.text(), "errCode": problem.code() });
            Told::of(id, "onError", argument)
        }
    };
    world.leave(after_ms, Notice::Told(told));
}

/// The program asks for an advertisement again.
#[derive(Clone, Copy, Debug)]
pub struct LoadAd(pub ObjectId);

impl Sealed for LoadAd {}
impl Change for LoadAd {
    type Effect = Result<(), AdProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let outcome = look(world, self.0).unwrap_or(Err(AdProblem::Destroyed));
        if outcome != Err(AdProblem::Destroyed) {
            tell(world, self.0, outcome, LOAD_MS);
        }
        outcome
    }
}

/// The program wants to show an advertisement.
#[derive(Clone, Copy, Debug)]
pub struct ShowAd(pub ObjectId);

impl Sealed for ShowAd {}
impl Change for ShowAd {
    type Effect = Result<(), AdProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let shown = world.ads.shown;
        let ad = world.ads.held.get_mut(&self.0);
        let ad = ad.ok_or(AdProblem::Destroyed)?;
        match () {
            () if shown.is_some() => Err(AdProblem::Showing),
            () if !ad.loaded => Err(AdProblem::NotLoaded),
            () => {
                ad.loaded = false;
                world.ads.shown = Some(self.0);
                Ok(())
            }
        }
    }
}

/// The user closes the advertisement that is shown; the next one is looked for.
#[derive(Clone, Copy, Debug)]
pub struct CloseAd {
    /// Which.
    pub ad: ObjectId,
    /// Whether a video was watched to its end; `None` for one that is no video.
    pub ended: Option<bool>,
}

impl Sealed for CloseAd {}
impl Change for CloseAd {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.ads.shown = None;
        let argument = match self.ended {
            Some(ended) => json!({ "isEnded": ended }),
            None => json!({}),
        };
        let told = Told::of(self.ad, "onClose", argument);
        world.leave(CLOSE_MS, Notice::Told(told));
        world.leave_idle(LOAD_MS, Notice::Alarm(Alarm::AdLoaded(self.ad)));
    }
}

/// Time from the answer to a shown advertisement until listeners hear, in milliseconds: after `show`.
const CLOSE_MS: i64 = 20;

/// The program gives an advertisement up.
#[derive(Clone, Copy, Debug)]
pub struct DestroyAd(pub ObjectId);

impl Sealed for DestroyAd {}
impl Change for DestroyAd {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.ads.held.remove(&self.0);
        world.ads.shown = world.ads.shown.filter(|shown| *shown != self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{CloseAd, DestroyAd, LoadAd, OpenAd, SetAds, ShowAd};
    use crate::errmsg::AdProblem;
    use crate::profile::Profile;
    use crate::world::notice::{Alarm, Arrive, Notice, TakeNotices};
    use crate::world::{AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn open(unit: &str, single: bool) -> OpenAd {
        OpenAd {
            class: "RewardedVideoAd",
            unit: unit.into(),
            single,
        }
    }

    fn heard(world: &mut World) -> Vec<String> {
        let notices = world.apply(TakeNotices).into_iter();
        let text = notices.filter_map(|due| match due.notice {
            Notice::Told(told) => Some(format!("{} {}", told.event, told.argument)),
            _ => None,
        });
        text.collect()
    }

    #[test]
    fn without_advertisements_looking_fails_and_nothing_is_shown() {
        let mut world = world();
        let ad = world.apply(open("u", true));
        assert_eq!(world.apply(open("u", true)), ad, "one for the unit");
        let other = world.apply(open("u", false));
        assert_ne!(other, ad);
        world.apply(Arrive(Alarm::AdLoaded(ad)));
        let error = r#"onError {"errMsg":"no advertisement","errCode":1004}"#;
        assert_eq!(heard(&mut world), [error]);
        assert_eq!(world.apply(ShowAd(ad)), Err(AdProblem::NotLoaded));
        assert_eq!(world.apply(LoadAd(ad)), Err(AdProblem::NoAd));
        let nameless = world.apply(open("", true));
        assert_eq!(world.apply(LoadAd(nameless)), Err(AdProblem::InvalidUnit));
    }

    #[test]
    fn one_advertisement_is_shown_at_a_time_and_each_once() {
        let mut world = world();
        world.apply(SetAds(true));
        let ad = world.apply(open("u", true));
        let other = world.apply(open("v", true));
        assert_eq!(world.apply(LoadAd(ad)), Ok(()));
        assert_eq!(world.apply(LoadAd(other)), Ok(()));
        assert_eq!(world.apply(ShowAd(ad)), Ok(()));
        assert_eq!(world.apply(ShowAd(other)), Err(AdProblem::Showing));
        heard(&mut world);
        world.apply(CloseAd {
            ad,
            ended: Some(false),
        });
        assert_eq!(heard(&mut world), [r#"onClose {"isEnded":false}"#]);
        assert_eq!(world.apply(ShowAd(ad)), Err(AdProblem::NotLoaded));
        world.apply(DestroyAd(other));
        assert_eq!(world.apply(ShowAd(other)), Err(AdProblem::Destroyed));
        assert_eq!(world.apply(LoadAd(other)), Err(AdProblem::Destroyed));
    }
}

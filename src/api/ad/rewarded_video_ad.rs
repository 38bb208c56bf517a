//! `RewardedVideoAd`: a video that gives a reward when it was watched to its end.
//!
//! Official page: `api/ad/RewardedVideoAd`. It is loaded when it is created and after each showing; `load` and
//! `show` give promises in every base library. Showing it asks the question `ad`: `watch` watches it to its end (`isEnded`), `close` leaves before.
//!
//! Differs from the client: `show` settles when the user has closed it, and `onClose` follows.

use serde_json::Value as Json;

use crate::api::advertisement::{LOAD_FAILS, SHOW_FAILS, ask, destroy, load, methods_of_ad};
use crate::api::{Api, Behaviour, Class, Cx, Reply, answer, listener, sync};
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::ad::CloseAd;

/// The class.
pub const CLASS: Class = Class {
    name: "RewardedVideoAd",
    methods: methods_of_ad!("RewardedVideoAd", Version(2, 0, 4), answered),
    members: &[],
    missing: &[],
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of answers")]
fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let ad = cx.this();
    let ended = Some(answer.as_str() == Some("watch"));
    cx.world.apply(CloseAd { ad, ended });
    Ok(Vec::new())
}

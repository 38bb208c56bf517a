//! `InterstitialAd`: an advertisement that covers the page.
//!
//! Official page: `api/ad/InterstitialAd`. It is loaded when it is created and after each showing; `load` and
//! `show` give promises in every base library. Showing it asks the question `ad`: `watch` or `close`.
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
    name: "InterstitialAd",
    methods: methods_of_ad!("InterstitialAd", Version(2, 6, 0), answered),
    members: &[],
    missing: &[],
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of answers")]
fn answered(cx: &mut Cx<'_>, _: &Value, _: &Json) -> Reply {
    let ad = cx.this();
    cx.world.apply(CloseAd { ad, ended: None });
    Ok(Vec::new())
}

//! `RewardedVideoAd`: a video that gives a reward when it was watched to its end.
//!
//! Official page: `api/ad/RewardedVideoAd`. It is loaded when it is created and after each showing; `load` and
//! `show` give promises in every base library. Showing it asks the question `ad`: `watch` watches it to its end (`isEnded`), `close` leaves before.
//!
//! Differs from the client: `show` settles when the user has closed it, and `onClose` follows.

use serde_json::Value as Json;

use super::interstitial_ad::{FAILS, ask, destroy, load};
use crate::api::{Api, Behaviour, Class, Cx, Reply, answer, listener, sync};
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::ad::CloseAd;

/// The class.
pub const CLASS: Class = Class {
    name: "RewardedVideoAd",
    methods: &[
        listener(&ApiSpec {
            name: "RewardedVideoAd.onLoad",
            summary: "Listens: an advertisement was loaded.",
            form: Form::On("onLoad"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "RewardedVideoAd.onError",
            summary: "Listens: loading or showing failed.",
            form: Form::On("onError"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "RewardedVideoAd.onClose",
            summary: "Listens: the user closed it.",
            form: Form::On("onClose"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "RewardedVideoAd.offLoad",
            summary: "Stops one listener of `onLoad`, or all of them.",
            form: Form::Off("onLoad"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "RewardedVideoAd.offError",
            summary: "Stops one listener of `onError`, or all of them.",
            form: Form::Off("onError"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "RewardedVideoAd.offClose",
            summary: "Stops one listener of `onClose`, or all of them.",
            form: Form::Off("onClose"),
            ..SYNC
        }),
        answer(
            &ApiSpec {
                name: "RewardedVideoAd.load",
                summary: "Looks for an advertisement.",
                latency_ms: 300,
                fails: FAILS,
                ..METHOD
            },
            load,
        ),
        Api {
            spec: &ApiSpec {
                name: "RewardedVideoAd.show",
                summary: "Shows the advertisement that was loaded.",
                fails: FAILS,
                support: Support::Partial("limits of how often it comes"),
                ..METHOD
            },
            behaviour: Behaviour::Ask { ask, answered },
        },
        sync(
            &ApiSpec {
                name: "RewardedVideoAd.destroy",
                summary: "Gives it up.",
                since: Version(2, 8, 0),
                ..SYNC
            },
            destroy,
        ),
    ],
    members: &[],
    missing: &[],
};

const SYNC: ApiSpec = ApiSpec {
    group: Group::Ad,
    since: Version(2, 0, 4),
    ..ApiSpec::SYNC
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Ad,
    since: Version(2, 0, 4),
    ..ApiSpec::ASYNC
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of answers")]
fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let ad = cx.this();
    let ended = Some(answer.as_str() == Some("watch"));
    cx.world.apply(CloseAd { ad, ended });
    Ok(Vec::new())
}

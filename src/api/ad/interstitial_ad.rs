//! `InterstitialAd`: an advertisement that covers the page.
//!
//! Official page: `api/ad/InterstitialAd`. It is loaded when it is created and after each showing; `load` and
//! `show` give promises in every base library. Showing it asks the question `ad`: `watch` or `close`.
//!
//! Differs from the client: `show` settles when the user has closed it, and `onClose` follows.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Class, Cx, Reply, answer, listener, sync};
use crate::errmsg::{AdProblem, Reason};
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::ad::{CloseAd, DestroyAd, LoadAd, ShowAd};

/// The class.
pub const CLASS: Class = Class {
    name: "InterstitialAd",
    methods: &[
        listener(&ApiSpec {
            name: "InterstitialAd.onLoad",
            summary: "Listens: an advertisement was loaded.",
            form: Form::On("onLoad"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "InterstitialAd.onError",
            summary: "Listens: loading or showing failed.",
            form: Form::On("onError"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "InterstitialAd.onClose",
            summary: "Listens: the user closed it.",
            form: Form::On("onClose"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "InterstitialAd.offLoad",
            summary: "Stops one listener of `onLoad`, or all of them.",
            form: Form::Off("onLoad"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "InterstitialAd.offError",
            summary: "Stops one listener of `onError`, or all of them.",
            form: Form::Off("onError"),
            ..SYNC
        }),
        listener(&ApiSpec {
            name: "InterstitialAd.offClose",
            summary: "Stops one listener of `onClose`, or all of them.",
            form: Form::Off("onClose"),
            ..SYNC
        }),
        answer(
            &ApiSpec {
                name: "InterstitialAd.load",
                summary: "Looks for an advertisement.",
                latency_ms: 300,
                fails: FAILS,
                ..METHOD
            },
            load,
        ),
        Api {
            spec: &ApiSpec {
                name: "InterstitialAd.show",
                summary: "Shows the advertisement that was loaded.",
                fails: FAILS,
                support: Support::Partial("limits of how often it comes"),
                ..METHOD
            },
            behaviour: Behaviour::Ask { ask, answered },
        },
        sync(
            &ApiSpec {
                name: "InterstitialAd.destroy",
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
    since: Version(2, 6, 0),
    ..ApiSpec::SYNC
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Ad,
    since: Version(2, 6, 0),
    ..ApiSpec::ASYNC
};

pub(super) const FAILS: &[Reason] = &[
    Reason::Ad(AdProblem::NoAd),
    Reason::Ad(AdProblem::InvalidUnit),
    Reason::Ad(AdProblem::NotLoaded),
    Reason::Ad(AdProblem::Showing),
    Reason::Ad(AdProblem::Destroyed),
];

pub(super) fn load(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let ad = cx.this();
    let loaded = cx.world.apply(LoadAd(ad));
    loaded.map(|()| Vec::new()).map_err(Reason::Ad)
}

pub(super) fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let ad = cx.this();
    cx.world.apply(ShowAd(ad)).map_err(Reason::Ad)?;
    let class = cx.world.class_of(ad).unwrap_or_default();
    Ok(Question::new("ad", class.to_owned()))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of answers")]
fn answered(cx: &mut Cx<'_>, _: &Value, _: &Json) -> Reply {
    let ad = cx.this();
    cx.world.apply(CloseAd { ad, ended: None });
    Ok(Vec::new())
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
pub(super) fn destroy(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    let ad = cx.this();
    cx.world.apply(DestroyAd(ad));
    Ok(Value::Undefined)
}

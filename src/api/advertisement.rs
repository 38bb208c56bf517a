//! What the two advertisements that cover the page share: their methods, but for what closing leads to.
//!
//! Official pages: `api/ad/InterstitialAd`, `api/ad/RewardedVideoAd`.

use super::{Cx, Reply};
use crate::api::question::Question;
use crate::errmsg::{AdProblem, Reason};
use crate::value::Value;
use crate::world::ad::{DestroyAd, LoadAd, ShowAd};

/// Why loading fails.
pub const LOAD_FAILS: &[Reason] = &[
    Reason::Ad(AdProblem::NoAd),
    Reason::Ad(AdProblem::InvalidUnit),
    Reason::Ad(AdProblem::Destroyed),
];

/// Why showing fails.
pub const SHOW_FAILS: &[Reason] = &[
    Reason::Ad(AdProblem::NotLoaded),
    Reason::Ad(AdProblem::Showing),
    Reason::Ad(AdProblem::Destroyed),
];

/// The methods of a class whose objects came with a base library; the last is the reply to the user's answer.
macro_rules! methods_of_ad {
    ($class:literal, $since:expr, $answered:ident) => {{
        const SYNC: ApiSpec = ApiSpec {
            group: Group::Ad,
            since: $since,
            ..ApiSpec::SYNC
        };
        const METHOD: ApiSpec = ApiSpec {
            group: Group::Ad,
            since: $since,
            ..ApiSpec::ASYNC
        };
        &[
            listener(&ApiSpec {
                name: concat!($class, ".onLoad"),
                summary: "Listens: an advertisement was loaded.",
                form: Form::On("onLoad"),
                ..SYNC
            }),
            listener(&ApiSpec {
                name: concat!($class, ".onError"),
                summary: "Listens: loading or showing failed.",
                form: Form::On("onError"),
                ..SYNC
            }),
            listener(&ApiSpec {
                name: concat!($class, ".onClose"),
                summary: "Listens: the user closed it.",
                form: Form::On("onClose"),
                ..SYNC
            }),
            listener(&ApiSpec {
                name: concat!($class, ".offLoad"),
                summary: "Stops one listener of `onLoad`, or all of them.",
                form: Form::Off("onLoad"),
                ..SYNC
            }),
            listener(&ApiSpec {
                name: concat!($class, ".offError"),
                summary: "Stops one listener of `onError`, or all of them.",
                form: Form::Off("onError"),
                ..SYNC
            }),
            listener(&ApiSpec {
                name: concat!($class, ".offClose"),
                summary: "Stops one listener of `onClose`, or all of them.",
                form: Form::Off("onClose"),
                ..SYNC
            }),
            answer(
                &ApiSpec {
                    name: concat!($class, ".load"),
                    summary: "Looks for an advertisement.",
                    latency_ms: 300,
                    fails: LOAD_FAILS,
                    ..METHOD
                },
                load,
            ),
            Api {
                spec: &ApiSpec {
                    name: concat!($class, ".show"),
                    summary: "Shows the advertisement that was loaded.",
                    fails: SHOW_FAILS,
                    support: Support::Partial("limits of how often it comes"),
                    ..METHOD
                },
                behaviour: Behaviour::Ask {
                    ask,
                    answered: $answered,
                },
            },
            sync(
                &ApiSpec {
                    name: concat!($class, ".destroy"),
                    summary: "Gives it up.",
                    since: Version(2, 8, 0),
                    ..SYNC
                },
                destroy,
            ),
        ]
    }};
}
pub(super) use methods_of_ad;

/// Looks for an advertisement.
///
/// # Errors
/// There is none, or the object was given up.
pub fn load(cx: &mut Cx<'_>, _: &Value) -> Reply {
    let ad = cx.this();
    let loaded = cx.world.apply(LoadAd(ad));
    loaded.map(|()| Vec::new()).map_err(Reason::Ad)
}

/// Shows the advertisement that was loaded.
///
/// # Errors
/// None was, or one is shown.
pub fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let ad = cx.this();
    cx.world.apply(ShowAd(ad)).map_err(Reason::Ad)?;
    let class = cx.world.class_of(ad).unwrap_or_default();
    Ok(Question::new("ad", class.to_owned()))
}

/// Gives the object up.
///
/// # Errors
/// None.
pub fn destroy(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    let ad = cx.this();
    cx.world.apply(DestroyAd(ad));
    Ok(Value::Undefined)
}

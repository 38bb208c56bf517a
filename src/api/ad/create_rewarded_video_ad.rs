//! `wx.createRewardedVideoAd`: a video that gives the user a reward.
//!
//! Official page: `api/ad/wx.createRewardedVideoAd`. There is one for each unit, with `multiton` a new one for each call.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::ad::OpenAd;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createRewardedVideoAd",
    group: Group::Ad,
    summary: "Gives an advertisement to load and show.",
    since: Version(2, 0, 4),
    form: Form::Object("RewardedVideoAd"),
    support: Support::Partial("limits of how often it comes"),
    examples: &[Example {
        title: "Usually there is none",
        js: "wx.createRewardedVideoAd({ adUnitId: 'adunit-1' }).onError(({ errCode }) => console.log(errCode))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    let options = arguments.first().unwrap_or(&Value::Undefined);
    let unit = options.get("adUnitId").as_str().unwrap_or_default();
    Ok(cx.world.apply(OpenAd {
        class: "RewardedVideoAd",
        unit: unit.to_owned(),
        single: options.get("multiton").as_bool() != Some(true),
    }))
}

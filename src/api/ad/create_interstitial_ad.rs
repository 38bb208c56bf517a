//! `wx.createInterstitialAd`: an advertisement that covers the page.
//!
//! Official page: `api/ad/wx.createInterstitialAd`. Each call gives a new one.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::ad::OpenAd;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createInterstitialAd",
    group: Group::Ad,
    summary: "Gives an advertisement to load and show.",
    since: Version(2, 6, 0),
    form: Form::Object("InterstitialAd"),
    support: Support::Partial("limits of how often it comes"),
    examples: &[Example {
        title: "Usually there is none",
        js: "wx.createInterstitialAd({ adUnitId: 'adunit-1' }).onError(({ errCode }) => console.log(errCode))",
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
        class: "InterstitialAd",
        unit: unit.to_owned(),
        single: false,
    }))
}

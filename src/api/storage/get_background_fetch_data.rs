//! `wx.getBackgroundFetchData`: data that WeChat fetched before.
//!
//! Official page: `api/storage/background-fetch/wx.getBackgroundFetchData`.
//!
//! The step `fetched pre TEXT` lets data come. Without any, Android fails and iOS succeeds with an empty text (official page).
//!
//! Unverified: the text of that failure, and of an unknown `fetchType`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::background_fetch::FetchType;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getBackgroundFetchData",
    group: Group::Storage,
    summary: "Gives data that WeChat fetched before.",
    since: Version(2, 8, 0),
    params: &[Param::required("fetchType", Class::String)],
    fails: &[
        Reason::InvalidValue("fetchType", String::new()),
        Reason::Device(DeviceProblem::NothingFetched),
    ],
    examples: &[Example {
        title: "Nothing was fetched",
        js: "wx.getBackgroundFetchData({ fetchType: 'pre', success: ({ fetchedData }) => console.log(fetchedData) })",
        replies: "getBackgroundFetchData:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let word = options.get("fetchType").as_str().unwrap_or_default();
    let kind = FetchType::parse(word);
    let kind = kind.ok_or_else(|| Reason::InvalidValue("fetchType", word.to_owned()))?;
    match cx.world.fetched(kind).map(Value::from) {
        Some(Value::Object(mut members)) => {
            members.retain(|(name, _)| name != "fetchType");
            Ok(members)
        }
        _ if android(cx) => Err(Reason::Device(DeviceProblem::NothingFetched)),
        _ => Ok(vec![("fetchedData".to_owned(), "".into())]),
    }
}

fn android(cx: &Cx<'_>) -> bool {
    matches!(
        cx.world.profile().platform,
        Platform::Android | Platform::Ohos
    )
}

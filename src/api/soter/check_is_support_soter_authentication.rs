//! `wx.checkIsSupportSoterAuthentication`: by what the phone can recognise its user.
//!
//! Official page: `api/open-api/soter/wx.checkIsSupportSoterAuthentication`. The list is empty for a phone
//! without SOTER; `speech` is reserved and never in it.
//!
//! Unverified: the developer tool does not have the API; on computers the list is empty; before 2019 it
//! has no `facial`, which the page called reserved then.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::profile::Platform;
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "checkIsSupportSoterAuthentication",
    group: Group::Soter,
    summary: "Tells by what the phone can recognise its user.",
    since: Version(1, 5, 0),
    fails: &[Reason::NotSupported],
    examples: &[Example {
        title: "Is there a fingerprint sensor?",
        js: "wx.checkIsSupportSoterAuthentication({ success: ({ supportMode }) => console.log(supportMode.includes('fingerPrint')) })",
        replies: "checkIsSupportSoterAuthentication:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, _: &Value) -> Reply {
    if cx.world.profile().platform == Platform::Devtools {
        return Err(Reason::NotSupported);
    }
    let modes = cx.world.soter_modes().into_iter();
    let modes = modes.map(|mode| mode.name().into()).collect();
    Ok(vec![("supportMode".to_owned(), Value::Array(modes))])
}

//! `wx.checkIsSoterEnrolledInDevice`: whether the user enrolled a fingerprint or a face.
//!
//! Official page: `api/open-api/soter/wx.checkIsSoterEnrolledInDevice`. A mode that the phone does not have is a
//! failure; its result has `isEnrolled` too.
//!
//! Unverified: the developer tool does not have the API.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{Reason, SoterProblem};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::soter::Mode;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "checkIsSoterEnrolledInDevice",
    group: Group::Soter,
    summary: "Tells whether the user enrolled a fingerprint or a face on the phone.",
    since: Version(1, 6, 0),
    params: &[Param::required("checkAuthMode", Class::String)],
    fails: &[
        Reason::Soter(SoterProblem::UnknownMode),
        Reason::NotSupported,
    ],
    examples: &[Example {
        title: "Is there a fingerprint?",
        js: "wx.checkIsSoterEnrolledInDevice({ checkAuthMode: 'fingerPrint', success: ({ isEnrolled }) => console.log(isEnrolled) })",
        replies: "checkIsSoterEnrolledInDevice:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    if cx.world.profile().platform == Platform::Devtools {
        return Err(Reason::NotSupported);
    }
    let mode = options.get("checkAuthMode").as_str().and_then(Mode::parse);
    let mode = mode.filter(|mode| cx.world.soter_modes().contains(mode));
    let mode = mode.ok_or(Reason::Soter(SoterProblem::UnknownMode))?;
    let enrolled = cx.world.is_enrolled(mode);
    Ok(vec![("isEnrolled".to_owned(), enrolled.into())])
}

//! `wx.isVKSupport`: whether the phone has a version of `VisionKit`.
//!
//! Official page: `api/ai/visionkit/wx.isVKSupport`. Phones have `v1`; iOS has `v2` since base library 2.22.0, Android since 2.25.1.
//!
//! Unverified: computers, HarmonyOS and the developer tool have none.

use crate::api::{Api, Cx, sync};
use crate::errmsg::Reason;
use crate::profile::{Platform, Profile};
use crate::spec::{ApiSpec, Example, Group};
use crate::value::Value;
use crate::version::Version;

/// Base library since which Android has the second version.
const ANDROID_V2_SINCE: Version = Version(2, 25, 1);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "isVKSupport",
    group: Group::Ai,
    summary: "Whether the phone has a version of `VisionKit`.",
    since: Version(2, 22, 0),
    differs: "Every model of phone has what its platform has.",
    examples: &[Example {
        title: "The second version",
        js: "console.log(wx.isVKSupport('v2'))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = sync(&SPEC, call);

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let version = arguments.first().and_then(Value::as_str);
    let version = version.unwrap_or_default();
    Ok(Value::Bool(is_supported(version, cx.world.profile())))
}

/// Whether a phone has that version.
pub(super) fn is_supported(version: &str, profile: &Profile) -> bool {
    match (version, profile.platform) {
        ("v1", Platform::Ios | Platform::Android) | ("v2", Platform::Ios) => true,
        ("v2", Platform::Android) => profile.sdk >= ANDROID_V2_SINCE,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_supported;
    use crate::profile::{Platform, Profile};
    use crate::version::Version;

    #[test]
    fn the_second_version_came_later_to_android() {
        let has = |version, platform, sdk| {
            let profile = Profile {
                platform,
                sdk,
                ..Profile::default()
            };
            is_supported(version, &profile)
        };
        let old = Version(2, 25, 0);
        assert!(has("v1", Platform::Android, old) && has("v2", Platform::Ios, old));
        assert!(!has("v2", Platform::Android, old));
        assert!(has("v2", Platform::Android, Version(2, 25, 1)));
        assert!(!has("v1", Platform::Devtools, old) && !has("v3", Platform::Ios, old));
    }
}

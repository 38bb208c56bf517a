//! `<button open-type="launchApp">`: opens the mobile app that opened the mini program.
//!
//! Official page: "Opening an App", `component/button`. The app gets `app-parameter` as `extMsg`. A failure
//! is heard by `binderror`, a success by `bindlaunchapp` since base library 2.4.4. HarmonyOS does not have it.
//!
//! Unverified: no dialog stands before the app; the developer tool, which has no apps, refuses in its usual words.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{LaunchProblem, Reason};
use crate::profile::Platform;
use crate::spec::{ApiSpec, Class, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::launch_ability::{LaunchMobileApp, LaunchRefusal};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.launchApp",
    replies_as: "launchApplication",
    group: Group::Button,
    summary: "Opens the mobile app that opened the mini program.",
    since: Version(1, 9, 5),
    form: Form::Button {
        success: "launchapp",
        failure: "error",
    },
    params: &[Param::optional("appParameter", Class::String)],
    promise: false,
    fails: &[
        Reason::Launch(LaunchProblem::InvalidScene),
        Reason::Launch(LaunchProblem::NotInstalled),
        Reason::NotSupported,
    ],
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    if matches!(
        cx.world.profile().platform,
        Platform::Devtools | Platform::Ohos
    ) {
        return Err(Reason::NotSupported);
    }
    let parameter = options.get("appParameter").as_str().unwrap_or_default();
    let launched = cx.world.apply(LaunchMobileApp {
        caller: cx.caller.clone(),
        parameter: parameter.to_owned(),
    });
    match launched {
        Ok(()) => Ok(Vec::new()),
        Err(LaunchRefusal::InvalidScene) => Err(Reason::Launch(LaunchProblem::InvalidScene)),
        Err(LaunchRefusal::NotInstalled) => Err(Reason::Launch(LaunchProblem::NotInstalled)),
    }
}

//! `<button open-type="liveActivity">`: a code for the messages of an activity, such as a ride.
//!
//! Official page: `component/button`, "New one-time subscription". The code of the event is for the program's server, which
//! tells WeChat with it how the activity of the kind `activity-type` goes on.
//!
//! Differs from the client: no interface of a server takes the code, and no message comes of it.
//! Unverified: no dialog stands before the code; what `errMsg` begins with; the words for an `activity-type` that is no number above 0.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Form, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::live_activity::MintActivityCode;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.liveActivity",
    replies_as: "createLiveActivity",
    group: Group::Button,
    summary: "Gives a code for the messages of an activity.",
    since: Version(2, 26, 2),
    form: Form::Button {
        success: "createliveactivity",
        failure: "createliveactivity",
    },
    params: &[Param::optional("activityType", Class::Number)],
    promise: false,
    fails: &[Reason::InvalidValue("activityType", String::new())],
    differs: "No interface of a server takes the code, and no message comes of it.",
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let kind = options.get("activityType");
    // An attribute that is written as text is a number to the component.
    let number = kind.as_f64().or_else(|| kind.as_str()?.parse().ok());
    if !number.is_some_and(|number: f64| number > 0.0) {
        let written = kind.to_json().map(|it| it.as_str().map_or(it.to_string(), str::to_owned));
        let written = written.unwrap_or_else(|| "undefined".to_owned());
        return Err(Reason::InvalidValue("activityType", written));
    }
    let code = cx.world.apply(MintActivityCode);
    Ok(vec![("code".to_owned(), code.into())])
}

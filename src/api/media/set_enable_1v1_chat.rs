//! `wx.setEnable1v1Chat`: lets the user be called in a chat of two.
//!
//! Official page: `api/media/voip/wx.setEnable1v1Chat`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "setEnable1v1Chat",
    group: Group::Media,
    summary: "Lets the user be called in a chat of two.",
    since: Version(2, 20, 1),
    params: &[
        Param::required("enable", Class::Boolean),
        Param::optional("backgroundType", Class::Number),
        Param::optional("minWindowType", Class::Number),
    ],
    promise: false,
    fails: &[Reason::InvalidValue("backgroundType", String::new())],
    differs: "Nobody calls.",
    examples: &[
        Example {
            title: "Let others call",
            js: "wx.setEnable1v1Chat({ enable: true })",
            replies: "setEnable1v1Chat:ok",
        },
        Example {
            title: "There are six colours",
            js: "wx.setEnable1v1Chat({ enable: true, backgroundType: 6, fail: ({ errMsg }) => console.log(errMsg) })",
            replies: "setEnable1v1Chat:fail invalid backgroundType \"6\"",
        },
    ],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(_: &mut Cx<'_>, options: &Value) -> Reply {
    let colour = options.get("backgroundType").as_f64().unwrap_or_default();
    if !(0.0..=5.0).contains(&colour) {
        return Err(Reason::InvalidValue("backgroundType", colour.to_string()));
    }
    Ok(Vec::new())
}

//! `wx.loadSubpackage`: fetches a subpackage.
//!
//! Official page: `api/base/subpackage/wx.loadSubpackage` of mini games; mini programs have it without a
//! page of their own. Packages are always at hand here, so it takes its time and changes nothing.
//!
//! Differs from the client: the size of a package is made up.
//!
//! Unverified: the words for a package that app.json does not list.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Class, Example, Form, Group, Param, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::code_package::ReportProgress;
use crate::world::performance::FetchPackage;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "loadSubpackage",
    group: Group::Base,
    summary: "Fetches a package of the code before it is needed.",
    since: Version(2, 1, 0),
    form: Form::Opens("LoadSubpackageTask"),
    promise: false,
    params: &[
        Param::optional("name", Class::String),
        Param::optional("root", Class::String),
    ],
    asks_wechat: true,
    latency_ms: LOAD_MS,
    fails: &[Reason::InvalidValue("name", String::new())],
    support: Support::Partial("sizes of packages"),
    examples: &[Example {
        title: "A package that app.json does not list",
        js: "wx.loadSubpackage({ name: 'shop', fail: console.error })",
        replies: "loadSubpackage:fail invalid name \"shop\"",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

/// Time until a package has arrived, in milliseconds.
pub(super) const LOAD_MS: u32 = 300;

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let (key, value) = match options.get("name") {
        Value::Undefined => ("root", options.get("root")),
        name => ("name", name),
    };
    let wanted = value.as_str().unwrap_or_default();
    let root = wanted.trim_matches('/');
    let packages = &cx.world.app().subpackages;
    let is = |(folder, alias): &&(String, Option<String>)| {
        folder == root || alias.as_deref() == Some(wanted)
    };
    let package = packages.iter().find(is);
    let Some((folder, alias)) = package.filter(|_| !wanted.is_empty()) else {
        return Err(Reason::InvalidValue(key, wanted.to_owned()));
    };
    let package = alias.as_ref().unwrap_or(folder).clone();
    let takes_ms = LOAD_MS.into();
    cx.world.apply(FetchPackage { package, takes_ms });
    let task = cx.this();
    cx.world.apply(ReportProgress {
        task,
        after_ms: LOAD_MS.into(),
    });
    Ok(Vec::new())
}

//! `Performance`: measured times of this run.
//!
//! Official page: `api/base/performance/Performance`. The buffer keeps 30 entries unless
//! `setBufferSize` says otherwise.
//!
//! Unverified: a buffer size that is no number of 0 or more changes nothing.

use crate::api::{Class, Cx, create, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::ObjectId;
use crate::world::performance::{OpenObserver, SetBufferSize};

/// The class.
pub const CLASS: Class = Class {
    name: "Performance",
    methods: &[
        sync(
            &ApiSpec {
                name: "Performance.getEntries",
                summary: "Gives every entry in the buffer.",
                ..METHOD
            },
            |cx, _| Ok(entries(cx, None, None)),
        ),
        sync(
            &ApiSpec {
                name: "Performance.getEntriesByType",
                summary: "Gives the entries of a type: `navigation`, `render`, `script`, `loadPackage`.",
                ..METHOD
            },
            |cx, arguments| Ok(entries(cx, Some(text(arguments, 0)), None)),
        ),
        sync(
            &ApiSpec {
                name: "Performance.getEntriesByName",
                summary: "Gives the entries of a name, such as `firstRender`, and a type if one is given.",
                ..METHOD
            },
            |cx, arguments| {
                let kind = arguments.get(1).and_then(Value::as_str);
                Ok(entries(cx, kind, Some(text(arguments, 0))))
            },
        ),
        sync(
            &ApiSpec {
                name: "Performance.setBufferSize",
                summary: "Sets how many entries are kept.",
                ..METHOD
            },
            set_buffer_size,
        ),
        create(
            &ApiSpec {
                name: "Performance.createObserver",
                summary: "Gives an observer: its callback hears of entries as they come.",
                form: Form::Object("PerformanceObserver"),
                ..METHOD
            },
            create_observer,
        ),
    ],
    members: &[],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Base,
    since: Version(2, 11, 0),
    support: Support::Modelled,
    ..ApiSpec::SYNC
};

fn text(arguments: &[Value], at: usize) -> &str {
    arguments
        .get(at)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn entries(cx: &Cx<'_>, kind: Option<&str>, name: Option<&str>) -> Value {
    let entries = cx.world.measured(kind, name);
    Value::Array(entries.iter().map(Value::from).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn set_buffer_size(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let size = arguments.first().and_then(Value::as_f64);
    if let Some(size) = size.filter(|size| *size >= 0.0) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "casts saturate"
        )]
        cx.world.apply(SetBufferSize(size as usize));
    }
    Ok(Value::Undefined)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn create_observer(cx: &mut Cx<'_>, _: &[Value]) -> Result<ObjectId, Reason> {
    Ok(cx.world.apply(OpenObserver))
}

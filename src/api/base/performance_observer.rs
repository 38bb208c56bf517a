//! `PerformanceObserver`: hears of measured times as they come.
//!
//! Official page: `api/base/performance/PerformanceObserver`. Its callback gets an `EntryList`, with
//! `getEntries`, `getEntriesByType` and `getEntriesByName`; it hears only of what is measured while it
//! observes.
//!
//! Unverified: `entryTypes` goes before `type`; observing nothing is no mistake.

use crate::api::{Class, Cx, Member, sync};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::performance::Observe;

/// The class.
pub const CLASS: Class = Class {
    name: "PerformanceObserver",
    methods: &[
        sync(
            &ApiSpec {
                name: "PerformanceObserver.observe",
                summary: "Observes entries of `entryTypes`, or of one `type`.",
                ..METHOD
            },
            observe,
        ),
        sync(
            &ApiSpec {
                name: "PerformanceObserver.disconnect",
                summary: "Observes nothing any more.",
                ..METHOD
            },
            disconnect,
        ),
    ],
    members: &[Member {
        name: "supportedEntryTypes",
        get: |cx| {
            let types = cx.world.measured_types().iter();
            Value::Array(types.map(|kind| (*kind).into()).collect())
        },
        set: None,
    }],
    missing: &[],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Base,
    since: Version(2, 11, 0),
    ..ApiSpec::SYNC
};

/// The types that the options name.
fn types(options: &Value) -> Vec<String> {
    let one = options.get("type");
    let several = options.get("entryTypes").items().iter();
    let several: Vec<&Value> = several.collect();
    let named = if several.is_empty() {
        vec![one]
    } else {
        several
    };
    let named = named.into_iter().filter_map(Value::as_str);
    named.map(str::to_owned).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn observe(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<Value, Reason> {
    let types = types(arguments.first().unwrap_or(&Value::Undefined));
    let observer = cx.this();
    cx.world.apply(Observe(observer, types));
    Ok(Value::Undefined)
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of synchronous APIs")]
fn disconnect(cx: &mut Cx<'_>, _: &[Value]) -> Result<Value, Reason> {
    let observer = cx.this();
    cx.world.apply(Observe(observer, Vec::new()));
    Ok(Value::Undefined)
}

#[cfg(test)]
mod tests {
    use super::types;
    use crate::value::Value;

    #[test]
    fn entry_types_go_before_a_type() {
        let list = |names: &[&str]| Value::Array(names.iter().map(|name| (*name).into()).collect());
        let both = Value::object([("type", "render".into()), ("entryTypes", list(&["script"]))]);
        assert_eq!(types(&both), ["script"]);
        assert_eq!(
            types(&Value::object([("type", "render".into())])),
            ["render"]
        );
        assert_eq!(types(&Value::Undefined), [""; 0]);
    }
}

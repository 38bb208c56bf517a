//! `wx.createMapContext`: controls a map of the page.
//!
//! Official page: `api/media/map/wx.createMapContext`. A second argument, the component in which the map is,
//! is taken.
//!
//! Differs from the client: a map of any id is found, whether the page has it or not.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::world::map::OpenMap;
use crate::world::object::ObjectId;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createMapContext",
    group: Group::Map,
    summary: "Gives an object that controls a map of the page.",
    form: Form::Object("MapContext"),
    support: Support::Partial("what the template says of the map, events of clusters"),
    examples: &[Example {
        title: "Where the map is",
        js: "wx.createMapContext('map').getCenterLocation({ success: ({ latitude }) => console.log(latitude) })",
        replies: "getCenterLocation:ok",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, arguments: &[Value]) -> Result<ObjectId, Reason> {
    let id = arguments.first().and_then(Value::as_str);
    Ok(cx.world.apply(OpenMap(id.unwrap_or_default().to_owned())))
}

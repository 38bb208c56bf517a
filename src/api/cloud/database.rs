//! `wx.cloud.database`: the environment's database.
//!
//! Official page: `wxcloud/reference-sdk-api/database/Cloud.database`. Collections, conditions and commands
//! are put together in `js-prelude/79_cloud.js`.
//!
//! Unverified: it may be called before `init`; what it gives may be used after.

use crate::api::{Api, Cx, create};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Form, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::object::{ObjectId, SingleObject};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "cloud.database",
    group: Group::Cloud,
    summary: "Gives the database of the cloud.",
    since: Version(2, 2, 3),
    form: Form::Object("CloudDatabase"),
    support: Support::Partial("permissions; watch, transactions, most stages of aggregations"),
    examples: &[Example {
        title: "Read a collection",
        js: "wx.cloud.init();\n\
             const db = wx.cloud.database();\n\
             db.collection('users').where({ age: db.command.gt(17) }).get({ fail: console.error })",
        replies: "collection.get:fail -502005 database collection not exists. [ResourceNotFound] Db or Table not exist: users.",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx.cloud`.
pub const API: Api = create(&SPEC, call);

#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape of APIs that give an object"
)]
fn call(cx: &mut Cx<'_>, _: &[Value]) -> Result<ObjectId, Reason> {
    Ok(cx.world.apply(SingleObject("CloudDatabase")))
}

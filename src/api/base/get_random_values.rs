//! `wx.getRandomValues`: random bytes for cryptography.
//!
//! Official page: `api/base/crypto/wx.getRandomValues`.
//!
//! The bytes follow from the seed of the run. The text of the failure is that of errno 109001.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::rng::{DrawBytes, Stream};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "getRandomValues",
    group: Group::Base,
    summary: "Gives random bytes.",
    since: Version(2, 15, 0),
    params: &[Param::required("length", Class::Number)],
    fails: &[Reason::Device(DeviceProblem::RandomLength)],
    examples: &[Example {
        title: "Six bytes",
        js: "wx.getRandomValues({ length: 6, success: ({ randomValues }) => console.log(randomValues.byteLength) })",
        replies: "getRandomValues:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let length = options.get("length").as_f64().unwrap_or_default();
    if length.fract() != 0.0 || !(1.0..=LENGTH_MAX).contains(&length) {
        return Err(Reason::Device(DeviceProblem::RandomLength));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked"
    )]
    let bytes = cx.world.apply(DrawBytes {
        stream: Stream::Nonces,
        bytes: length as usize,
    });
    let bytes = Value::Bytes("ArrayBuffer", bytes);
    Ok(vec![("randomValues".to_owned(), bytes)])
}

/// Most bytes of one call.
const LENGTH_MAX: f64 = 1_048_576.0;

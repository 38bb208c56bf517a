//! `wx.onMemoryWarning`: tells that the phone is short of memory.
//!
//! Official page: `api/device/memory/wx.onMemoryWarning`.
//!
//! The step `event onMemoryWarning {"level":15}` makes it happen; only Android tells the level.

use crate::api::{Api, listener};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "onMemoryWarning",
    group: Group::Device,
    summary: "Listens: the phone is short of memory.",
    since: Version(2, 0, 2),
    form: Form::On("onMemoryWarning"),
    examples: &[Example {
        title: "Forget what can be loaded again",
        js: "wx.onMemoryWarning(({ level }) => console.log(level))",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = listener(&SPEC);

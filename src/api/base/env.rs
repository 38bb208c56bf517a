//! `wx.env`: where a program keeps its own files.
//!
//! Official page: `api/base/env/wx.env`. It has one member, `USER_DATA_PATH`; the developer tool has another
//! one than phones. The prelude makes the object.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "env",
    group: Group::Base,
    summary: "Holds `USER_DATA_PATH`, the folder of the program's own files.",
    form: Form::Holder,
    examples: &[Example {
        title: "A file of the program's own",
        js: "wx.getFileSystemManager().writeFileSync(`${wx.env.USER_DATA_PATH}/a.txt`, 'tea')",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};

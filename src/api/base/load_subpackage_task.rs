//! `LoadSubpackageTask`: how the fetching of a package goes on.
//!
//! Official page: `api/base/subpackage/LoadSubpackageTask`.

use crate::api::{Class, listener};
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::version::Version;

/// The class.
pub const CLASS: Class = Class {
    name: "LoadSubpackageTask",
    methods: &[listener(&ApiSpec {
        name: "LoadSubpackageTask.onProgressUpdate",
        group: Group::Base,
        summary: "Listens: more of the package has arrived.",
        since: Version(2, 1, 0),
        form: Form::On("onProgressUpdate"),
        support: Support::Partial("sizes of packages"),
        ..ApiSpec::SYNC
    })],
    members: &[],
    missing: &[],
};

//! `PreDownloadSubpackageTask`: how the fetching of a package goes on.
//!
//! Official page: `api/base/subpackage/PreDownloadSubpackageTask`.

use crate::api::{Class, listener};
use crate::spec::{ApiSpec, Form, Group, Support};
use crate::version::Version;

/// The class.
pub const CLASS: Class = Class {
    name: "PreDownloadSubpackageTask",
    methods: &[listener(&ApiSpec {
        name: "PreDownloadSubpackageTask.onProgressUpdate",
        group: Group::Base,
        summary: "Listens: more of the package has arrived.",
        since: Version(2, 27, 3),
        form: Form::On("onProgressUpdate"),
        support: Support::Partial("sizes of packages"),
        ..ApiSpec::SYNC
    })],
    members: &[],
    missing: &[],
};

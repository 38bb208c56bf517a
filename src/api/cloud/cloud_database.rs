//! The database of the cloud: `collection`, `command`, `serverDate`, `RegExp`, `Geo`.
//!
//! Official page: `wxcloud/reference-sdk-api/Database`. All of it is put together in
//! `js-prelude/79_cloud.js`; what asks the database is in `collection.rs` and `document.rs`.

use crate::api::Class;

/// The class.
pub const CLASS: Class = Class {
    name: "CloudDatabase",
    methods: &[],
    members: &[],
    missing: &["runTransaction", "startTransaction", "createCollection"],
};

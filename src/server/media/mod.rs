//! Temporary media: files that live three days.

mod format;
mod get;
mod upload;

use super::endpoint::Endpoint;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[upload::ENDPOINT, get::ENDPOINT];

//! Login and the session of a user.

mod code2session;

use super::endpoint::Endpoint;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[code2session::ENDPOINT];

//! Login and the session of a user.

mod check_session_key;
mod code2session;
mod reset_user_session_key;
mod session_signature;

use super::endpoint::Endpoint;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    code2session::ENDPOINT,
    check_session_key::ENDPOINT,
    reset_user_session_key::ENDPOINT,
];

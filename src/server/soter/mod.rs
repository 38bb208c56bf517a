//! Biometric recognition.

mod verify_signature;

use super::endpoint::Endpoint;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[verify_signature::ENDPOINT];

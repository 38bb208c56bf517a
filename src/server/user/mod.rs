//! What servers learn about users.

mod check_encrypted_data;
mod get_paid_union_id;
mod get_phone_number;

use super::endpoint::Endpoint;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    get_phone_number::ENDPOINT,
    get_paid_union_id::ENDPOINT,
    check_encrypted_data::ENDPOINT,
];

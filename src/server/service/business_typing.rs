//! `POST /cgi-bin/message/custom/business/typing`: the same as [`typing`](super::typing), under the path that is
//! published for mini programs today.
//!
//! Official page: `setTyping` of the customer service. `businessid` is taken and changes nothing.
//!
//! Unverified: the path is taken in all years.

use super::typing;
use crate::server::endpoint::{Endpoint, Verb};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "customerServiceMessage.setTyping (business)",
    Verb::Post,
    "/cgi-bin/message/custom/business/typing",
    typing::handle,
);

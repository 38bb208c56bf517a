//! What WeChat's server keeps for its interfaces: tokens, quotas, requests, what is on its way to developers.
//!
//! Official pages: "Server interfaces". Facts that the client and the server share (sessions, orders, cards,
//! messages) are in their own modules; here is what only the server knows.

pub mod access_token;
pub mod app_rules;
pub mod content_check;
pub mod delivery;
pub mod fault;
pub mod flat_xml;
pub mod nearby;
mod platform_event;
pub mod push;
pub mod quota;
pub mod quota_reset;
pub mod request_log;
pub mod temp_media;

use serde::{Deserialize, Serialize};

use super::{Millis, World};

/// All facts of the server alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenApi {
    tokens: access_token::Tokens,
    rules: app_rules::Rules,
    faults: fault::Faults,
    quotas: quota::Quotas,
    resets: quota_reset::Resets,
    requests: request_log::Requests,
    deliveries: delivery::Deliveries,
    pushes: push::Pushes,
    media: temp_media::TempMedia,
    checks: content_check::Checks,
    places: nearby::Places,
}

impl World {
    /// When the server has to do something next by itself.
    pub fn next_server_due(&self) -> Option<Millis> {
        let all = [self.next_delivery_due(), self.next_check_due()];
        all.into_iter().flatten().min()
    }
}

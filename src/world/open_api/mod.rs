//! What WeChat's server keeps for its interfaces: tokens, quotas, requests, what is on its way to developers.
//!
//! Official pages: "Server interfaces". Facts that the client and the server share (sessions, orders, cards,
//! messages) are in their own modules; here is what only the server knows.

pub mod access_token;
pub mod app_rules;
pub mod delivery;
pub mod fault;
pub mod flat_xml;
pub mod quota;
pub mod request_log;

use serde::{Deserialize, Serialize};

/// All facts of the server alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenApi {
    tokens: access_token::Tokens,
    rules: app_rules::Rules,
    faults: fault::Faults,
    quotas: quota::Quotas,
    requests: request_log::Requests,
    deliveries: delivery::Deliveries,
}

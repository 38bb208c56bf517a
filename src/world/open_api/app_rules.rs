//! What WeChat's console and its staff decided about the server of an app.
//!
//! Official pages: "Get access token" (list of addresses, frozen secrets), "Global return codes".

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{Change, World, sealed::Sealed};

/// Rules for the server of one app. The default hinders nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct ServerRules {
    /// Addresses from which tokens may be fetched; empty for all.
    pub ip_whitelist: Vec<String>,
    /// The secret is frozen: 40243.
    pub is_secret_frozen: bool,
    /// Interfaces refuse the app: 48004.
    pub is_banned: bool,
    /// Tokens are not given: 50004.
    pub is_token_forbidden: bool,
    /// The account is frozen: 50007.
    pub is_frozen: bool,
    /// The account makes no cards with codes of its own: 43009.
    pub has_no_custom_codes: bool,
    /// The account makes no membership cards with stored value: 43010.
    pub has_no_stored_value: bool,
    /// Users, by id, whose login codes are blocked: 40226.
    pub blocked_users: Vec<String>,
}

/// The rules of apps that have any.
pub(super) type Rules = BTreeMap<String, ServerRules>;

/// The server of an app has these rules from now on.
#[derive(Clone, Debug)]
pub struct SetServerRules(pub String, pub ServerRules);

impl Sealed for SetServerRules {}
impl Change for SetServerRules {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.open_api.rules.insert(self.0, self.1);
    }
}

impl World {
    /// The rules for the server of an app.
    pub fn server_rules(&self, app_id: &str) -> ServerRules {
        self.open_api.rules.get(app_id).cloned().unwrap_or_default()
    }
}

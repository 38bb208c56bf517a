//! What two moments of a program can be told apart by, for whoever asks what may happen next.

use serde_json::{Value as Json, json};

use super::World;
use super::foreground::RunState;
use super::session::SessionState;

impl World {
    /// The facts that what comes next depends on: answers that the user gave, whether the session is alive, what the
    /// program keeps, orders, what is on the screen beside the pages, the phone's connection and switches.
    ///
    /// Left out are clocks, counters, random sequences, logs and quotas: they differ between any two moments.
    pub fn essence(&self) -> Json {
        let session = match self.login_state(&self.caller()) {
            SessionState::Absent => "absent",
            SessionState::Alive => "alive",
            SessionState::Expired => "expired",
        };
        let state = match self.run_state() {
            RunState::NotRunning => "not running",
            RunState::Foreground => "foreground",
            RunState::Background { .. } => "background",
        };
        let orders: Vec<Json> = self.orders().map(super::pay::order::Order::told).collect();
        json!({
            "user": self.user().id,
            "program": self.app().app_id,
            "state": state,
            "session": session,
            "permissions": self.permissions,
            "privacy": self.privacy,
            "storage": self.storage,
            "screen": self.screen,
            "tabBar": self.tab_bar,
            "clipboard": self.clipboard,
            "connection": self.connection,
            "orders": orders,
            "cards": self.taken_cards().len(),
            "subscriptions": self.subscriptions,
            "locationUpdates": self.location_updates.is_some(),
            "device": self.device,
            "network": self.network,
        })
    }
}

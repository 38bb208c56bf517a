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
            "permissions": self.standing_answers(),
            "privacy": self.standing_consents(),
            "privacyGuide": self.privacy_guide(),
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

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use crate::profile::{PRIVACY_GAP_MS, Profile, Rules};
    use crate::world::permission::{DecideScope, ScopeDecision};
    use crate::world::privacy::{AgreePrivacy, RefusePrivacy};
    use crate::world::scope::Scope;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world(rules: Rules) -> World {
        let profile = Profile {
            rules,
            ..Profile::default()
        };
        World::new(profile, AppFacts::default(), 1)
    }

    fn after(mut world: World, decision: ScopeDecision) -> Json {
        let caller = world.caller();
        let scope = Scope::Record;
        world.apply(DecideScope {
            caller,
            scope,
            decision,
        });
        world.essence()
    }

    #[test]
    fn a_closed_dialog_is_told_only_where_the_settings_page_shows_it() {
        let fresh = world(Rules::default()).essence();
        let essence = |decision| after(world(Rules::default()), decision);
        assert_eq!(essence(ScopeDecision::Dismiss), fresh);
        assert_ne!(essence(ScopeDecision::Deny), fresh);
        assert_ne!(essence(ScopeDecision::Deny), essence(ScopeDecision::Allow));
        let counting = || Rules {
            dismissed_counts_as_asked: true,
            ..Rules::default()
        };
        let closed = after(world(counting()), ScopeDecision::Dismiss);
        assert_ne!(closed, world(counting()).essence());
        assert_ne!(closed, after(world(counting()), ScopeDecision::Deny));
    }

    #[test]
    fn a_refused_guide_is_told_as_long_as_nobody_asks_again() {
        let mut world = world(Rules::default());
        let caller = world.caller();
        let fresh = world.essence();
        world.apply(RefusePrivacy(caller.clone()));
        assert_ne!(world.essence(), fresh);
        world.apply(AdvanceTo(world.now().plus(PRIVACY_GAP_MS)));
        assert_eq!(world.essence(), fresh);
        world.apply(AgreePrivacy(caller));
        assert_ne!(world.essence(), fresh);
    }
}

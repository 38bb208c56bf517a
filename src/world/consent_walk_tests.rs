//! A seeded random walk over what the user agreed to and what was encrypted, with named invariants.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use super::open_data::{SealOpenData, TakeNewKeys};
use super::permission::{DecideScope, ScopeDecision, ScopeState, SetScopeSwitch};
use super::phone_number::{MintPhoneCode, RedeemPhoneCode};
use super::privacy::{
    AgreePrivacy, DeclarePrivacy, Declared, PrivacyItem, PrivacyOutlook, RefusePrivacy,
};
use super::recent_apps::DeleteApp;
use super::rng::{Rng, Stream};
use super::scope::Scope;
use super::session::{ExpireSession, KeyId, MintLoginCode, RedeemLoginCode, SessionKey};
use super::{AdvanceTo, AppFacts, Millis, World};
use crate::crypto::open_data::Encrypted;
use crate::profile::{CODE_LIFE_MS, Date, Profile};

const STEPS: usize = 2_000;

/// The world under test, with what the walk knows from outside.
struct Walk {
    world: World,
    dice: Rng,
    /// Every key that a server got, by its number.
    keys: BTreeMap<KeyId, SessionKey>,
    sealed: Vec<(Encrypted, KeyId)>,
    phone_codes: BTreeMap<String, (Millis, bool)>,
    asked: Vec<Scope>,
    agreed_once: bool,
}

impl Walk {
    fn new(day: Date, seed: u64) -> Self {
        Self {
            world: World::new(Profile::on(day), AppFacts::default(), seed),
            dice: Rng::new(seed),
            keys: BTreeMap::new(),
            sealed: Vec::new(),
            phone_codes: BTreeMap::new(),
            asked: Vec::new(),
            agreed_once: false,
        }
    }

    fn die(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.draw(Stream::Ids) % sides as u64).expect("small")
    }

    fn step(&mut self) {
        match self.die(9) {
            0 => {
                let ms = [1, 5_000, 61_000, 400_000, 90_000_000][self.die(5)];
                let later = self.world.now().plus(ms);
                self.world.apply(AdvanceTo(later));
            }
            1 => self.login(),
            2 => self.world.apply(ExpireSession(self.world.caller())),
            3 => self.seal(),
            4 => self.scope(),
            5 => self.privacy(),
            6 => self.phone(),
            7 => self.redeem_phone(),
            _ if self.die(20) == 0 => {
                self.world.apply(DeleteApp(self.world.caller()));
                self.asked.clear();
                self.agreed_once = false;
            }
            _ => {}
        }
    }

    fn login(&mut self) {
        let code = self.world.apply(MintLoginCode(self.world.caller()));
        let redeemed = self.world.apply(RedeemLoginCode {
            app_id: self.world.app().app_id.clone(),
            code: code.as_str().to_owned(),
        });
        let key = redeemed.expect("a new code").session_key;
        self.keys.insert(key.id, key);
    }

    fn seal(&mut self) {
        let caller = self.world.caller();
        let alive = self.world.session_key(&caller).map(|key| key.id);
        let members = Map::from_iter([("n".to_owned(), json!(self.sealed.len()))]);
        let sealed = self.world.apply(SealOpenData { caller, members });
        assert_eq!(
            sealed.is_some(),
            alive.is_some(),
            "a key is needed and enough"
        );
        if let (Some(sealed), Some(key)) = (sealed, alive) {
            assert_eq!(
                self.world.apply(TakeNewKeys),
                [key],
                "made under the living key"
            );
            self.sealed.push((sealed, key));
        }
    }

    fn scope(&mut self) {
        let scope = Scope::ALL[self.die(Scope::ALL.len())];
        let caller = self.world.caller();
        let decisions = [
            ScopeDecision::Allow,
            ScopeDecision::Deny,
            ScopeDecision::Dismiss,
        ];
        if self.die(3) == 0 {
            let on = self.die(2) == 0;
            let turned = self.world.apply(SetScopeSwitch { caller, scope, on });
            assert!(
                turned.is_err() || self.asked.contains(&scope),
                "no row without a question"
            );
        } else {
            let decision = decisions[self.die(3)];
            self.world.apply(DecideScope {
                caller,
                scope,
                decision,
            });
            self.asked.push(scope);
            if scope == Scope::UserLocationBackground {
                self.asked.push(Scope::UserLocation);
            }
        }
    }

    fn privacy(&mut self) {
        let caller = self.world.caller();
        match self.die(4) {
            0 => {
                self.world.apply(AgreePrivacy(caller.clone()));
                assert!(
                    !self.world.needs_privacy_agreement(&caller),
                    "all is agreed to"
                );
                self.agreed_once = true;
            }
            1 => self.world.apply(RefusePrivacy(caller)),
            2 => {
                let items = PrivacyItem::ALL.into_iter().filter(|_| self.die(2) == 0);
                let items = items.collect();
                self.world.apply(DeclarePrivacy(Declared::Items(items)));
            }
            _ => self.world.apply(DeclarePrivacy(Declared::Everything)),
        }
    }

    fn phone(&mut self) {
        let code = self.world.apply(MintPhoneCode(self.world.caller()));
        let known = self.phone_codes.insert(code, (self.world.now(), false));
        assert!(known.is_none(), "no code twice");
    }

    fn redeem_phone(&mut self) {
        let codes: Vec<String> = self.phone_codes.keys().cloned().collect();
        if codes.is_empty() {
            return;
        }
        let code = codes[self.die(codes.len())].clone();
        let app_id = self.world.caller().app_id().to_owned();
        let got = self.world.apply(RedeemPhoneCode {
            app_id,
            code: code.clone(),
        });
        let (minted, used) = self.phone_codes[&code];
        let fresh = self.world.now().since(minted) < CODE_LIFE_MS;
        assert_eq!(got.is_some(), fresh && !used, "once and for five minutes");
        if got.is_some() {
            self.phone_codes.insert(code, (minted, true));
        }
    }

    fn check(&self) {
        let caller = self.world.caller();
        let listed = self.world.auth_setting(&caller);
        for (scope, on) in &listed {
            let state = self.world.scope_state(&caller, *scope);
            let wanted = if *on {
                ScopeState::Granted
            } else {
                ScopeState::Denied
            };
            assert_eq!(state, wanted, "authSetting tells the answer");
        }
        if !self.agreed_once && self.world.checks_privacy() {
            for item in PrivacyItem::ALL {
                let outlook = self.world.privacy_outlook(&caller, item);
                assert_ne!(
                    outlook,
                    PrivacyOutlook::Open,
                    "nothing without an agreement"
                );
            }
        }
        for (sealed, made) in self.sealed.iter().rev().take(3) {
            assert_eq!(
                self.world.key_of_ciphertext(&sealed.data).map(|it| it.0),
                Some(*made)
            );
            for (id, key) in self.keys.iter().rev().take(3) {
                let read = self.world.read_open_data(sealed, key);
                assert_eq!(
                    read.is_ok(),
                    id == made,
                    "its own key opens it and no other"
                );
            }
        }
    }
}

#[test]
fn agreement_answers_codes_and_ciphertexts_keep_their_rules() {
    for (day, seed) in [
        (Date::new(2018, 6, 4), 1),
        (Date::new(2021, 5, 1), 2),
        (Date::new(2023, 10, 18), 3),
        (Date::new(2026, 7, 30), 4),
    ] {
        let mut walk = Walk::new(day, seed);
        for _ in 0..STEPS {
            walk.step();
            walk.check();
        }
        assert!(
            walk.sealed.len() > 10 && walk.keys.len() > 5,
            "the walk goes somewhere"
        );
        let text = serde_json::to_string(&walk.world).expect("a JSON form");
        let restored: World = serde_json::from_str(&text).expect("the same form");
        assert_eq!(restored.fingerprint(), walk.world.fingerprint());
    }
}

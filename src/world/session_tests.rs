use super::{
    ExpireSession, KeepSessionAlive, MintLoginCode, REFRESH_PERIOD_MS, RedeemError,
    RedeemLoginCode, Redeemed, ResetSessionKey, SessionState,
};
use crate::crypto::base64_text;
use crate::profile::{CODE_LIFE_MS, Date, Profile, Rules, SESSION_IDLE_MS};
use crate::world::{AdvanceTo, AppFacts, Caller, World};

fn world(profile: Profile) -> World {
    World::new(profile, AppFacts::default(), 1)
}

fn advance(world: &mut World, ms: i64) {
    world.apply(AdvanceTo(world.now().plus(ms)));
}

fn login(world: &mut World) -> String {
    let caller = world.caller();
    world.apply(MintLoginCode(caller)).as_str().to_owned()
}

fn redeem(world: &mut World, code: &str) -> Result<Redeemed, RedeemError> {
    let app_id = world.app().app_id.clone();
    let code = code.to_owned();
    world.apply(RedeemLoginCode { app_id, code })
}

#[test]
fn a_used_code_never_exchanges_again() {
    let mut world = world(Profile::default());
    let code = login(&mut world);
    assert_eq!(code.len(), 32);
    let redeemed = redeem(&mut world, &code).expect("a new code");
    assert_eq!(redeemed.open_id, world.open_id(&world.caller()));
    assert_eq!(
        Some(&redeemed.session_key),
        world.session_key(&world.caller())
    );
    assert_eq!(redeem(&mut world, &code), Err(RedeemError::Used));
    assert_eq!(redeem(&mut world, "no code"), Err(RedeemError::Unknown));
}

#[test]
fn the_server_keeps_the_key_of_the_code_that_it_exchanged_last() {
    let mut world = world(Profile::on(Date::new(2018, 6, 4)));
    let (caller, other) = (world.caller(), Caller::new("wx2", "user"));
    let first = login(&mut world);
    assert_eq!(world.server_key(&caller), None, "a login tells it nothing");
    let got = redeem(&mut world, &first).expect("a new code").session_key;
    let second = login(&mut world);
    assert_eq!(world.server_key(&caller), Some(&got), "dead, and kept");
    assert_ne!(world.session_key(&caller), Some(&got));
    assert_eq!(redeem(&mut world, "no code"), Err(RedeemError::Unknown));
    let mut world = World::restore(&world.save()).expect("it was just saved");
    assert_eq!(world.server_key(&caller), Some(&got));
    assert_eq!(world.server_key(&other), None, "another server");
    redeem(&mut world, &second).expect("a new code");
    assert_eq!(world.server_key(&caller), world.session_key(&caller));
}

#[test]
fn a_code_is_good_for_its_own_program_only() {
    let mut world = world(Profile::default());
    let code = login(&mut world);
    let foreign = RedeemLoginCode {
        app_id: "wx2".into(),
        code: code.clone(),
    };
    assert_eq!(world.apply(foreign), Err(RedeemError::OtherApp));
    assert!(redeem(&mut world, &code).is_ok(), "it was not used up");
}

#[test]
fn a_code_lives_five_minutes() {
    let mut world = world(Profile::default());
    let (early, late) = (login(&mut world), login(&mut world));
    advance(&mut world, CODE_LIFE_MS - 1);
    assert!(redeem(&mut world, &early).is_ok(), "last live moment");
    advance(&mut world, 1);
    assert_eq!(
        redeem(&mut world, &late),
        Err(RedeemError::Expired),
        "first dead moment"
    );
    assert_eq!(
        redeem(&mut world, &early),
        Err(RedeemError::Expired),
        "whatever it was before"
    );
}

#[test]
fn quick_logins_keep_the_key_except_on_the_platform_of_2018() {
    let rotates = |profile: Profile, wait_ms: i64| {
        let mut world = world(profile);
        login(&mut world);
        let key = world.session_key(&world.caller()).cloned();
        advance(&mut world, wait_ms);
        login(&mut world);
        world.session_key(&world.caller()).cloned() != key
    };
    assert!(!rotates(Profile::default(), REFRESH_PERIOD_MS - 1));
    assert!(rotates(Profile::default(), REFRESH_PERIOD_MS));
    assert!(rotates(Profile::on(Date::new(2018, 6, 4)), 0));
}

#[test]
fn the_rules_say_how_long_codes_keys_and_sessions_live() {
    let mut world = world(Profile {
        rules: Rules {
            code_life_ms: 10,
            session_refresh_ms: Some(20),
            session_idle_ms: 100,
            ..Rules::default()
        },
        ..Profile::on(Date::new(2018, 6, 4))
    });
    let caller = world.caller();
    let code = login(&mut world);
    let key = world.session_key(&caller).cloned();
    advance(&mut world, 10);
    assert_eq!(redeem(&mut world, &code), Err(RedeemError::Expired));
    advance(&mut world, 9);
    login(&mut world);
    assert_eq!(world.session_key(&caller).cloned(), key, "19 ms old");
    advance(&mut world, 1);
    login(&mut world);
    assert_ne!(world.session_key(&caller).cloned(), key, "20 ms old");
    advance(&mut world, 99);
    assert_eq!(world.session_state(&caller), SessionState::Alive);
    world.apply(KeepSessionAlive(caller.clone()));
    advance(&mut world, 99);
    assert_eq!(world.session_state(&caller), SessionState::Alive);
    advance(&mut world, 1);
    assert_eq!(world.session_state(&caller), SessionState::Expired);
}

#[test]
fn a_code_brings_the_key_it_was_minted_with() {
    let mut world = world(Profile::on(Date::new(2018, 6, 4)));
    let (first, second) = (login(&mut world), login(&mut world));
    let old = redeem(&mut world, &first).expect("a new code").session_key;
    let new = redeem(&mut world, &second).expect("a new code").session_key;
    assert_ne!(old, new);
    assert_eq!(
        world.session_key(&world.caller()),
        Some(&new),
        "the old key is dead"
    );
}

#[test]
fn a_session_lives_three_days_from_its_last_use() {
    let mut world = world(Profile::default());
    let caller = world.caller();
    assert_eq!(world.session_state(&caller), SessionState::Absent);
    login(&mut world);
    advance(&mut world, SESSION_IDLE_MS - 1);
    world.apply(KeepSessionAlive(caller.clone()));
    advance(&mut world, SESSION_IDLE_MS - 1);
    assert_eq!(world.session_state(&caller), SessionState::Alive);
    advance(&mut world, 1);
    assert_eq!(world.session_state(&caller), SessionState::Expired);
    assert_eq!(world.session_key(&caller), None);
    world.apply(KeepSessionAlive(caller.clone()));
    assert_eq!(
        world.session_state(&caller),
        SessionState::Expired,
        "use revives nothing"
    );
    login(&mut world);
    assert_eq!(world.session_state(&caller), SessionState::Alive);
}

#[test]
fn a_session_can_be_ended_from_outside_and_only_its_own() {
    let mut world = world(Profile::default());
    let (one, two) = (world.caller(), Caller::new("wx2", "user"));
    world.apply(MintLoginCode(one.clone()));
    world.apply(MintLoginCode(two.clone()));
    let key = world.session_key(&one).cloned();
    world.apply(ExpireSession(one.clone()));
    assert_eq!(world.session_state(&one), SessionState::Expired);
    assert_eq!(world.session_state(&two), SessionState::Alive);
    world.apply(MintLoginCode(one.clone()));
    assert_eq!(world.session_state(&one), SessionState::Alive);
    let new_key = world.session_key(&one).cloned();
    assert_ne!(new_key, key, "a login opens a new one");
}

#[test]
fn a_reset_replaces_the_key_and_not_the_end_of_the_session() {
    let mut world = world(Profile::default());
    let caller = world.caller();
    assert_eq!(
        world.apply(ResetSessionKey(caller.clone())),
        None,
        "no login yet"
    );
    let code = login(&mut world);
    let old = redeem(&mut world, &code).expect("a new code").session_key;
    advance(&mut world, SESSION_IDLE_MS - 1);
    let new = world.apply(ResetSessionKey(caller.clone()));
    let new = new.expect("the session lives");
    assert!(new.base64 != old.base64 && new.id > old.id);
    assert_eq!(world.session_key(&caller), Some(&new));
    assert_eq!(world.server_key(&caller), Some(&new), "it was told");
    assert_eq!(world.login_state(&caller), SessionState::Expired);
    assert_eq!(world.session_state(&caller), SessionState::Alive);
    let mut later = world.clone();
    advance(&mut later, 1);
    assert_eq!(later.session_state(&caller), SessionState::Expired);
    assert_eq!(later.apply(ResetSessionKey(caller.clone())), None, "over");
    login(&mut world);
    assert_eq!(world.login_state(&caller), SessionState::Alive);
    assert_eq!(
        world.session_key(&caller),
        Some(&new),
        "a quick login keeps it"
    );
}

#[test]
fn a_key_is_sixteen_bytes_in_base64() {
    let mut world = world(Profile::default());
    login(&mut world);
    let caller = world.caller();
    let key = world.session_key(&caller).expect("a session");
    assert_eq!(base64_text::decode(&key.base64).expect("base64").len(), 16);
    assert_eq!(key.base64.len(), 24, "{}", key.base64);
}

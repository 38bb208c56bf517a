//! The world that a program starts in: a new one, or one that was saved.

use std::mem::take;

use super::sim::Config;
use crate::profile::{Platform, Profile};
use crate::world::ad::SetAds;
use crate::world::card::OfferCard;
use crate::world::cloud::{AddCloudRule, CloudRule};
use crate::world::device::SetSystemPermission;
use crate::world::devices::SetDevices;
use crate::world::group::AddGroup;
use crate::world::message::template::DeclareTemplates;
use crate::world::network::AddRoute;
use crate::world::open_host::OpenHosts;
use crate::world::pay::merchant::DeclareMerchants;
use crate::world::printed_code::DeclareCodes;
use crate::world::privacy::DeclarePrivacy;
use crate::world::registration::AmendRegistration;
use crate::world::registry::Register;
use crate::world::save::GoOnWith;
use crate::world::sensor::DeclareSensor;
use crate::world::soter::SetBiometrics;
use crate::world::subscription::SetSubscriptions;
use crate::world::user::{AddUser, SetUsers, SwitchUser, User};
use crate::world::{AppFacts, World};

/// The platform of the phone that is in hand when a new world begins.
pub(super) fn first_platform(config: &Config) -> Platform {
    let usual = User::default().id;
    let first = config.users.first().map_or(&usual, |user| &user.id);
    let user = config.user.as_ref().unwrap_or(first);
    let mut phones = config.devices.iter();
    let own = phones.find(|phone| phone.users.contains(user));
    let phone = own.or(config.devices.first());
    let platform = phone.and_then(|phone| phone.platform);
    platform.unwrap_or(config.profile.platform)
}

/// A new world as the configuration describes it.
pub(super) fn begun(mut world: World, config: &mut Config) -> World {
    world.apply(SetUsers(take(&mut config.users)));
    let _ = world.apply(SetDevices(take(&mut config.devices)));
    for app in take(&mut config.apps) {
        let _ = world.apply(Register(app));
    }
    for group in take(&mut config.groups) {
        world.apply(AddGroup(group));
    }
    for card in take(&mut config.cards) {
        world.apply(OfferCard(card));
    }
    for rule in take(&mut config.cloud) {
        world.apply(AddCloudRule(rule));
    }
    declared(&mut world, config);
    if let Some(facts) = config.subscriptions.take() {
        let caller = world.caller();
        world.apply(SetSubscriptions(caller, facts));
    }
    if config.we_run_off {
        let user = world.user().clone();
        world.apply(AddUser(User {
            we_run: false,
            ..user
        }));
    }
    world
}

/// A saved world with what the configuration adds: who and what is in it already stays as it is.
pub(super) fn gone_on(
    mut world: World,
    facts: impl FnOnce(&Profile) -> AppFacts,
    config: &mut Config,
) -> World {
    let facts = facts(world.profile());
    world.apply(GoOnWith(facts));
    for user in take(&mut config.users) {
        if world.user_of(&user.id).is_none() {
            world.apply(AddUser(user));
        }
    }
    for app in take(&mut config.apps) {
        if world.registered(&app.app_id).is_none() {
            let _ = world.apply(Register(app));
        }
    }
    for group in take(&mut config.groups) {
        if world.group(&group.id).is_none() {
            world.apply(AddGroup(group));
        }
    }
    for card in take(&mut config.cards) {
        if world.card(&card.id).is_none() {
            world.apply(OfferCard(card));
        }
    }
    for rule in take(&mut config.cloud) {
        let is_there = match &rule {
            CloudRule::Function(_) => false,
            CloudRule::Collection(name, _) => world.records().list(name).is_some(),
            CloudRule::File(id, _) => world.cloud_file(id).is_some(),
        };
        if !is_there {
            world.apply(AddCloudRule(rule));
        }
    }
    declared(&mut world, config);
    world
}

/// What every run declares anew.
fn declared(world: &mut World, config: &mut Config) {
    world.apply(DeclareMerchants(take(&mut config.merchants)));
    world.apply(AmendRegistration(take(&mut config.registration)));
    if let Some(id) = config.user.take() {
        let _ = world.apply(SwitchUser(id));
    }
    for (permission, state) in take(&mut config.system) {
        world.apply(SetSystemPermission { permission, state });
    }
    world.apply(SetBiometrics(take(&mut config.biometrics)));
    world.apply(DeclareCodes {
        codes: take(&mut config.codes),
        links: take(&mut config.links),
    });
    for script in take(&mut config.sensors) {
        world.apply(DeclareSensor(script.sensor, script.readings));
    }
    for route in take(&mut config.routes) {
        world.apply(AddRoute(route));
    }
    world.apply(OpenHosts(take(&mut config.open_hosts)));
    world.apply(SetAds(config.ads));
    world.apply(DeclareTemplates(take(&mut config.templates)));
    world.apply(DeclarePrivacy(take(&mut config.privacy_guide)));
}

//! What the authorization flow costs: log in, ask for consent, get the user's data encrypted and
//! signed; `README.md` says how to read the figures.

use criterion::{Criterion, Throughput};

use crate::projects::workload;
use wxsim::profile::Profile;
use wxsim::runtime::{Config, Persona, Policy};
use wxsim::world::open_data::SealOpenData;
use wxsim::world::permission::{DecideScope, ForgetPermissions, ScopeDecision};
use wxsim::world::place_name::Language;
use wxsim::world::scope::Scope;
use wxsim::world::session::{MintLoginCode, RedeemLoginCode};
use wxsim::world::user_info::Source;
use wxsim::world::{AdvanceTo, AppFacts, World};

/// Flows of one measured run.
const FLOWS: u32 = 100;
/// Virtual time between two flows: long enough for a new session key.
const BETWEEN_MS: i64 = 61_000;

/// The day of the platform: `wx.getUserInfo` asks and tells.
fn profile() -> Profile {
    Profile::on("2018-03-01".parse().expect("a day"))
}

/// The simulated facts by themselves; every flow is asked anew and gets a key of its own.
pub(crate) fn world_alone(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("authorization");
    group.throughput(Throughput::Elements(FLOWS.into()));
    group.bench_function("world alone", |bencher| {
        let mut world = World::new(profile(), AppFacts::default(), 1);
        bencher.iter(|| {
            for _ in 0..FLOWS {
                flow(&mut world);
            }
        });
    });
    group.finish();
}

fn flow(world: &mut World) {
    let caller = world.caller();
    world.apply(AdvanceTo(world.now().plus(BETWEEN_MS)));
    world.apply(ForgetPermissions(caller.clone()));
    let code = world.apply(MintLoginCode(caller.clone()));
    let redeemed = world.apply(RedeemLoginCode {
        app_id: caller.app_id().to_owned(),
        code: code.as_str().to_owned(),
    });
    assert!(redeemed.is_ok(), "the code is new");
    world.apply(DecideScope {
        caller: caller.clone(),
        scope: Scope::UserInfo,
        decision: ScopeDecision::Allow,
    });
    let members = world.user_info_for_server(&caller, Source::UserInfo, Language::En);
    let sealed = world.apply(SealOpenData { caller, members });
    assert!(sealed.is_some(), "the session lives");
}

/// The same through the engine, as a program does it: three calls with callbacks, each a macrotask.
/// The first flow asks, the others find the scope granted.
pub(crate) fn through_the_engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("authorization");
    group.throughput(Throughput::Elements(FLOWS.into()));
    let step = "gesture authorize".parse().expect("a step");
    let mut sim = workload().launched_as(Config {
        profile: profile(),
        policy: Policy::of(Persona::AllowAll),
        ..Config::default()
    });
    group.bench_function("through the engine", |bencher| {
        bencher.iter(|| sim.step(&step).expect("the page has the method"));
    });
    assert_eq!(sim.errors(), 0, "the flow ran into an error");
    group.finish();
}

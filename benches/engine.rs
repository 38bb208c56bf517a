//! What single operations cost inside one process; `README.md` says how to read the figures.
//!
//! Nobody listens to the trace here, so no entry is built.

mod authorization;
mod projects;
mod view;

use std::hint::black_box;
use std::rc::Rc;
use std::time::Duration;

use criterion::{BatchSize, Bencher, Criterion, Throughput, criterion_group, criterion_main};

use projects::{Bare, NAVIGATIONS, WX_CALLS, generated_script, hello, workload};
use wxsim::engine::{Engine, Limits};
use wxsim::package::DiskFiles;
use wxsim::runtime::{Config, Sim};

/// From nothing to an engine, to a simulator, to the first page of the sample.
fn starts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.bench_function("engine without prelude", |bencher| {
        fresh(bencher, || bare_engine(String::new()));
    });
    let program = hello();
    group.bench_function("simulator with prelude", |bencher| {
        fresh(bencher, || program.sim(Config::default()));
    });
    group.bench_function("read hello from disk", |bencher| {
        bencher.iter(|| {
            let files = DiskFiles::open(&projects::hello_folder()).expect("the sample is there");
            black_box(wxsim::package::load(&files))
        });
    });
    group.bench_function("hello to its first page", |bencher| {
        fresh(bencher, || program.launched());
    });
    group.finish();
}

/// Calls of `wx` from a page: a host call each, and a macrotask each when they are asynchronous.
fn wx_calls(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("wx call");
    group.throughput(Throughput::Elements(WX_CALLS));
    gesture(&mut group, "synchronous", "callSync");
    gesture(&mut group, "asynchronous, one after the other", "callAsync");
    gesture(&mut group, "asynchronous, all at once", "callAtOnce");
    gesture(&mut group, "promises", "callPromises");
    group.finish();
}

fn navigations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("navigation");
    group.throughput(Throughput::Elements(NAVIGATIONS));
    gesture(&mut group, "navigateTo and navigateBack", "navigate");
    group.finish();
}

/// One row of a page whose data holds a thousand.
fn set_data(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("setData");
    gesture(&mut group, "one row of 1,000, by path", "setRow");
    gesture(&mut group, "all 1,000 rows", "setRows");
    gesture(&mut group, "gesture that does nothing", "nothing");
    group.finish();
}

/// Parsing and compiling a script of 300 KB, which is the size of a real program.
fn compile(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compile");
    let script = generated_script(300 << 10);
    group.throughput(Throughput::Bytes(script.len() as u64));
    group.bench_function("300 KB of readable code", |bencher| {
        bencher.iter_batched(
            || bare_engine(script.clone()),
            |mut engine| {
                engine.compile("app.js").expect("it compiles");
                engine
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function(
        "300 KB prepared (modules, TypeScript, nesting)",
        |bencher| {
            bencher.iter(|| wxsim::package::prepare("app.js", black_box(&script)).is_ok());
        },
    );
    group.finish();
}

/// Measures `start` without the end of what it gives, of which never two live at a time: the engine's
/// collector would look at both.
fn fresh<T>(bencher: &mut Bencher<'_>, mut start: impl FnMut() -> T) {
    bencher.iter_batched(|| (), |()| start(), BatchSize::PerIteration);
}

/// Measures a method of the workload's page, called as the handler of a tap.
fn gesture(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    name: &str,
    method: &str,
) {
    steps(group, name, method, workload().launched());
}

/// Measures a method of a program's page, called as the handler of a tap.
fn steps(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    name: &str,
    method: &str,
    mut sim: Sim,
) {
    let step = format!("gesture {method}").parse().expect("a step");
    group.bench_function(name, |bencher| {
        bencher.iter(|| sim.step(&step).expect("the page has the method"));
    });
    assert_eq!(sim.errors(), 0, "{method} ran into an error");
}

fn bare_engine(code: String) -> Engine {
    let prelude = [("bare", "(function (host, kit) { kit.bridge = {} })")];
    Engine::start(Rc::new(Bare(code)), Limits::default(), &prelude, &[]).expect("it starts")
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    targets = starts, wx_calls, navigations, set_data, compile, authorization::world_alone,
        authorization::through_the_engine, view::lists
}
criterion_main!(benches);

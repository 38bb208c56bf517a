//! `wxsim test`: mistakes that authors of tests make, and what they are told.

use crate::support::project;
use crate::test_command::{PAGE, junit, test, with_tests};

#[test]
fn mistakes_of_test_authors_are_told_and_not_passed_over() {
    for (code, part) in [
        (
            "test.use({ strict: { consol: false } }); test('x', () => {})",
            "did you mean `console`?",
        ),
        (
            "test.use({ seed: 'abc' }); test('x', () => {})",
            "`seed` is a whole number",
        ),
        ("test('x', { with: '../b' }, () => {})", "`with` is a list"),
        (
            "test('x', () => { beforeEach(() => {}) })",
            "beforeEach() inside a test",
        ),
        ("test('x', () => require('./nothing'))", "no file is at"),
        (
            "test('x', ({ server }) => server.get('/a', []))",
            "the list of replies is empty",
        ),
        (
            "test('x', ({ server }) => server.cloud('a', () => 1))",
            "not a function",
        ),
    ] {
        let folder = with_tests(code);
        test(folder.path()).finishes(1).prints(&[part]);
    }
    for (body, part) in [
        (
            "server.get('/a', () => {}); await app.evaluate(() => { wx.request({ url: 'https://api.example/a' }) })",
            "it gave nothing: return { json: … }",
        ),
        (
            "server.get('/a', { status: '500' }); await app.evaluate(() => { wx.request({ url: 'https://api.example/a' }) })",
            "`status` is a number, 100 to 599, not \"500\"",
        ),
        (
            "wx.stub('login', async () => ({ code: 'c' })); await app.evaluate(() => { wx.login({}) })",
            "it must give the result at once",
        ),
    ] {
        let code =
            format!("test('x', async ({{ app, server, wx }}) => {{ await app.launch(); {body} }})");
        test(with_tests(&code).path()).finishes(1).prints(&[part]);
    }
}

#[test]
fn a_mistake_in_a_flow_is_told_with_what_was_probably_meant() {
    let folder = project(&[
        ("pages/a/a.js", PAGE),
        ("a.flow.yaml", "name: a\nsteps:\n  - tapp: a\n"),
        ("b.flow.yaml", "name: b\nsteps:\n  - tap: #buy\n"),
    ]);
    test(folder.path())
        .finishes(1)
        .prints(&["did you mean `tap`?", "unless it has quotes"]);
}

#[test]
fn a_regular_expression_of_a_route_answers_again_and_again_and_queries_are_whole() {
    let folder = with_tests(
        "test('routes', async ({ app, server }) => {
           await app.launch()
           const route = server.get(/example/g, (request) => ({ json: request.query }))
           const ask = () => app.evaluate(() => new Promise((success) => wx.request({ url: 'https://api.example/a?b=1=2&c&d=%E4', success })))
           await ask()
           expect((await ask()).data).toEqual({ b: '1=2', c: '', d: '%E4' })
           expect(route.calls).toHaveLength(2)
         })",
    );
    test(folder.path()).finishes(0).prints(&["1 passed"]);
}

#[test]
fn a_timer_of_a_test_runs_within_the_time_that_the_test_lets_pass() {
    let folder = with_tests(
        "test('runs', async ({ app, clock }) => {
           await app.launch()
           const seen = []
           setTimeout(() => seen.push('once'), 10)
           await clock.advance('1s')
           expect(seen).toEqual(['once'])
         })
         test('throws', async ({ app, clock }) => {
           await app.launch()
           setTimeout(() => { throw new Error('late') }, 10)
           await clock.advance('1s')
         })",
    );
    let report = folder.path().join("junit.xml");
    let ended = test(folder.path())
        .args(&["--junit", &report.to_string_lossy()])
        .finishes(1)
        .prints(&["late"]);
    let told = ["runs", "throws"].map(|title| junit(&ended, &report, title));
    assert_eq!(told, ["passed", "error testException"], "{}", ended.show());
}

#[test]
fn a_test_that_must_fail_may_throw() {
    let folder = with_tests(
        "test.fails('throws', () => { throw new Error('no') })
         test.fails('holds', () => {})
         test.fails('runs away', () => { while (true) {} })",
    );
    let report = folder.path().join("junit.xml");
    let ended = test(folder.path())
        .args(&["--junit", &report.to_string_lossy()])
        .finishes(1);
    let told = ["throws", "holds", "runs away"].map(|title| junit(&ended, &report, title));
    assert_eq!(
        told,
        ["passed", "failure assertion", "error timeLimit"],
        "{}",
        ended.show()
    );
}

#[test]
fn a_test_that_chooses_its_day_runs_for_every_persona() {
    let folder = with_tests(
        "test('of a day', { compatDate: '2024-01-01' }, () => {})
         test('of a user', { persona: 'deny-all' }, () => {})
         test('plain', () => {})",
    );
    test(folder.path())
        .args(&["--personas", "allow-all,deny-all"])
        .args(&["--compat-date", "2023-01-01,2024-01-01", "-v"])
        .finishes(0)
        .prints(&[
            "8 passed",
            "of a day [persona=deny-all]",
            "of a user [compat-date=2024-01-01]",
        ]);
}

#[test]
fn nothing_to_run_is_no_success() {
    let empty = tempfile::tempdir().expect("a folder");
    test(empty.path())
        .finishes(1)
        .complains(&["there is no test file"]);
    let folder = with_tests("test('x', () => {})");
    test(folder.path())
        .args(&["-t", "other"])
        .finishes(1)
        .complains(&["no test is chosen by -t other"]);
    test(folder.path())
        .args(&["-t", "other", "--shard", "1/2"])
        .finishes(0);
}

#[test]
fn a_step_that_is_none_is_where_the_story_breaks() {
    let folder = with_tests(
        "test('x', async ({ app, sim }) => { await app.launch(); await sim.step('tapp #x') })",
    );
    test(folder.path())
        .finishes(1)
        .prints(&["✓ launch", "✗ tapp #x"]);
}

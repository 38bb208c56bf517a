//! `wxsim test`: mistakes that authors of tests make, and what they are told.

use crate::support::project;
use crate::test_command::{PAGE, junit, test, with_tests};

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
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
        (
            "const { tset } = require('wxsim'); tset('x', () => {})",
            "the module 'wxsim' has no `tset`; did you mean `test`?",
        ),
        (
            "test('x', { user: 'bob' }, async ({ app }) => { await app.launch() })",
            "there is no user `bob`",
        ),
        (
            "test('x', async ({ app }) => { await app.launch('pages/b/b') })",
            "the program has no page `pages/b/b`",
        ),
        (
            "test('x', ({ wx }) => expect(wx).toHaveCalled(/login/))",
            "is a text such as 'login', not /login/",
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

#[test]
fn a_missing_page_that_the_program_looks_after_is_no_mistake() {
    let folder = project(&[
        ("pages/a/a.js", PAGE),
        (
            "app.js",
            "App({ onPageNotFound() { wx.redirectTo({ url: '/pages/a/a' }) } })",
        ),
        (
            "a.test.js",
            "test('lost', async ({ app }) => { await app.launch('pages/b/b'); expect(app).toBeOnPage('pages/a/a') })",
        ),
    ]);
    test(folder.path()).finishes(0).prints(&["1 passed"]);
}

#[test]
fn a_server_that_takes_its_time_can_be_looked_at_meanwhile() {
    let folder = with_tests(
        "const start = () => { wx.request({ url: 'https://api.example/a', complete: ({ errMsg, data }) => { getApp().got = [errMsg, data] } }) }
         const got = () => getApp().got ?? null
         test('waits', async ({ app, server }) => {
           let give
           server.get('/a', () => new Promise((resolve) => { give = resolve }))
           await app.launch()
           await app.evaluate(start)
           expect(await app.evaluate(got)).toBe(null)
           give({ json: 1 })
           expect(await app.evaluate(got)).toBe(null)
           expect(await app.evaluate(got)).toEqual(['request:ok', 1])
         })
         test('fails late', async ({ app, server, clock }) => {
           server.get('/a', async () => { await new Promise((resolve) => setTimeout(resolve, 5000)); return { status: 500, text: 'late' } })
           await app.launch()
           await app.evaluate(start)
           await clock.advance('4s')
           expect(await app.evaluate(got)).toBe(null)
           await clock.advance('2s')
           expect(await app.evaluate(got)).toEqual(['request:ok', 'late'])
         })
         test('ends with its program', async ({ app, server }) => {
           let give
           server.get('/a', () => new Promise((resolve) => { give = resolve }))
           await app.launch()
           await app.evaluate(start)
           await app.kill()
           await app.launch()
           give({ json: 1 })
           await app.evaluate(() => { getApp().late = true })
           expect(await app.evaluate(got)).toBe(null)
         })
         test('is aborted', async ({ app, server }) => {
           let give
           server.get('/a', () => new Promise((resolve) => { give = resolve }))
           await app.launch()
           await app.evaluate(() => { wx.request({ url: 'https://api.example/a', fail: ({ errMsg }) => { getApp().got = errMsg } }).abort() })
           expect(await app.evaluate(got)).toBe('request:fail abort')
           expect(give).toBe(undefined)
           await app.evaluate(() => { getApp().task = wx.request({ url: 'https://api.example/a', fail: ({ errMsg }) => { getApp().got = `late ${errMsg}` } }) })
           await app.evaluate(() => { getApp().task.abort() })
           expect(await app.evaluate(got)).toBe('late request:fail abort')
           give({ json: 1 })
           await app.evaluate(() => {})
           expect(await app.evaluate(got)).toBe('late request:fail abort')
         })",
    );
    for mode in [&[][..], &["--no-fork"]] {
        let run = test(folder.path()).args(mode);
        run.finishes(0).prints(&["4 passed"]);
    }
}

#[test]
fn a_server_gives_bytes_and_refuses_as_the_real_one_does() {
    let folder = with_tests(
        "test('bytes', async ({ app, server }) => {
           server.get('/a', { base64: 'AP8=' })
           await app.launch()
           const ask = () => new Promise((resolve) => wx.request({ url: 'https://api.example/a', responseType: 'arraybuffer', success: ({ data }) => resolve([...new Uint8Array(data)]) }))
           expect(await app.evaluate(ask)).toEqual([0, 255])
         })
         test('codes', async ({ app, server }) => {
           await app.launch()
           const refused = (code) => { try { server.code2session(code) } catch (error) { return [error.errcode, error.message.slice(0, 18)] } }
           expect(refused('none')).toEqual([40029, '40029 invalid code'])
           const { code } = await app.evaluate(() => wx.login())
           server.code2session(code)
           expect(refused(code)).toEqual([40163, '40163 code been us'])
         })
         test('send', async ({ app, server }) => {
           await app.launch()
           await expect(server.send('subscribe', { template_id: 'none', data: {} })).rejects.toThrow(/server.send/)
         })",
    );
    test(folder.path()).finishes(0).prints(&["3 passed"]);
}

#[test]
fn bail_stops_in_the_middle_of_a_file_and_of_its_groups() {
    let folder = with_tests(
        "test('one', () => {}); test('two', () => expect(1).toBe(2))
         describe('group', () => { beforeAll(() => {}); test('three', () => {}); test('four', () => expect(1).toBe(2)); test('five', () => {}) })
         test('six', () => {})",
    );
    for (bail, counts) in [
        ("1", "1 failed | 1 passed | 4 skipped (6)"),
        ("2", "2 failed | 2 passed | 2 skipped (6)"),
        ("3", "2 failed | 4 passed (6)"),
    ] {
        for mode in [&[][..], &["--no-fork"]] {
            let run = test(folder.path()).args(&["--bail", bail]).args(mode);
            run.finishes(1).prints(&[counts]);
        }
    }
}

#[test]
fn the_line_that_runs_a_test_again_has_its_choices_and_they_answer_it() {
    let folder = with_tests(
        "test('asks', { persona: 'deny-all', answers: { actionSheet: 1 } }, async ({ app }) => {
           await app.launch()
           const ask = async () => [await wx.showModal({ title: 'a' }), await wx.showActionSheet({ itemList: ['x', 'y'] })]
           const [modal, sheet] = await app.evaluate(ask)
           expect([modal.confirm, sheet.tapIndex]).toEqual([true, 0])
         })",
    );
    let run = |choices: &[&str]| test(folder.path()).args(choices);
    run(&[])
        .finishes(1)
        .prints(&["-t asks --seed 1 --choices 1,1"]);
    run(&["--choices", "0,0"]).finishes(0).prints(&["1 passed"]);
    run(&["--choices", "-,0"])
        .finishes(1)
        .prints(&["--choices 1,0"]);
    run(&["--choices", "0,7"])
        .finishes(1)
        .prints(&["nobody answers the question `actionSheet`"]);
    run(&["--choices", "0,x"])
        .finishes(2)
        .complains(&["`x` is no choice"]);
}

#[test]
fn a_rejection_says_what_it_was() {
    let folder = with_tests(
        "test('text', async ({ app }) => { await app.launch(); await app.evaluate(() => { Promise.reject('request:ok') }) })",
    );
    let report = folder.path().join("junit.xml");
    let ended = test(folder.path())
        .args(&["--junit", &report.to_string_lossy()])
        .finishes(1);
    let ended = ended.prints(&["Uncaught (in promise) request:ok"]);
    assert_eq!(junit(&ended, &report, "text"), "failure unhandledRejection");
}

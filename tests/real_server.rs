//! Tests with a real back end: `test.process`, `server.url`, routes that forward, notifications that arrive.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use tempfile::TempDir;

use crate::support::server::{Received, Reply, Server, json, reply};
use crate::support::{Ended, Wxsim, project};

/// A program that logs in at its server and pays what the server gives it to pay.
const PAGE: &str = "Page({
  data: { openid: '', state: '' },
  login() {
    wx.login({ success: ({ code }) => wx.request({
      url: 'https://shop.example.com/login?code=' + code,
      success: ({ data }) => this.setData({ openid: data.openid || '', state: String(data.errcode || 'in') }),
    }) })
  },
})";

fn program(test: &str) -> TempDir {
    project(&[
        ("app.json", r#"{"pages": ["pages/a/a"]}"#),
        ("app.js", "App({})"),
        (
            "project.config.json",
            r#"{"appid": "wx1111111111111111", "compileType": "miniprogram"}"#,
        ),
        (
            "pages/a/a.wxml",
            "<button bindtap=\"login\">login</button><button id=\"contact\" open-type=\"contact\">help</button>",
        ),
        ("pages/a/a.js", PAGE),
        (
            "tests/a.test.js",
            &format!("const {{ test, expect }} = require('wxsim')\n{test}"),
        ),
    ])
}

fn run(test: &str) -> Ended {
    let program = program(test);
    let path = program.path().to_str().expect("a plain path");
    Wxsim::new().args(&["test", path]).ends()
}

#[track_caller]
fn passes(test: &str) {
    let ended = run(test);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.show());
}

/// A back end that exchanges the code at WeChat's interfaces, whose address the forwarded path begins with:
/// `/HOST:PORT/APPID/SECRET/login?code=CODE`.
fn back_end() -> Server {
    Server::start(|request: &Received| {
        let parts: Vec<&str> = request.path().splitn(5, '/').collect();
        let [_, host, app_id, secret, rest] = parts[..] else {
            return reply("404 Not Found", &[], b"");
        };
        let code = rest.rsplit("code=").next().unwrap_or_default();
        let target = format!(
            "/sns/jscode2session?appid={app_id}&secret={secret}&js_code={code}&grant_type=authorization_code"
        );
        match asked(host, &target) {
            Some(body) => json(&body),
            None => Reply::Nothing,
        }
    })
}

/// The body of an answer of WeChat's interfaces.
fn asked(host: &str, target: &str) -> Option<String> {
    let mut stream = TcpStream::connect(host).ok()?;
    let head = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    Some(text.split_once("\r\n\r\n")?.1.to_owned())
}

#[test]
fn a_back_end_exchanges_codes_in_the_world_of_the_test() {
    let server = back_end();
    passes(&format!(
        "const BACK_END = '{}'
        const forward = (server) => {{
          const {{ appid, secret }} = server.credentials
          server.route('*', 'https://shop.example.com/*', {{ forward: `${{BACK_END}}/${{server.url.slice(7)}}/${{appid}}/${{secret}}` }})
        }}
        for (const title of ['one', 'another, in the same state']) test(title, async ({{ app, user, server, sim }}) => {{
          forward(server)
          await app.launch('pages/a/a')
          await user.tap('\"login\"')
          expect(app.data('openid')).toMatch(/^o.{{27}}$/)
          const told = sim.trace.filter(({{ type }}) => type === 'server')
          expect(told[0].action).toBe('GET /sns/jscode2session')
          expect(told[0].result.session_key).toBe('…')
        }})",
        server.url("")
    ));
}

#[test]
fn a_process_is_waited_for_and_ends_with_its_test() {
    let wxsim = env!("CARGO_BIN_EXE_wxsim");
    passes(&format!(
        "const fs = 1
        let last
        test('runs', async () => {{
          const process = await test.process('{wxsim}', ['serve', '--json'], {{ ready: 'control_token', env: {{ WXSIM_CONTROL_TOKEN: 'abc' }} }})
          const first = JSON.parse(process.output.split('\\n')[0])
          expect(first.control_token).toBe('abc')
          process.stop()
          expect(() => process.output).toThrow('has ended')
          expect(fs).toBe(1)
        }})
        test('is told what went wrong', async () => {{
          await expect(test.process('{wxsim}', ['api', 'login'], {{ ready: 'never printed' }})).rejects.toThrow('before it printed `never printed`')
          await expect(test.process('no-such-command')).rejects.toThrow('no-such-command')
          await expect(test.process('{wxsim}', ['serve'], {{ ready: 'never', timeout: '300ms' }})).rejects.toThrow('in time')
          await expect(test.process('{wxsim}', [], {{ redy: 'x' }})).rejects.toThrow('did you mean `ready`?')
        }})"
    ));
}

#[test]
fn requests_go_to_this_machine_only() {
    let ended = run("test('out', async ({ app, user, server }) => {
          server.route('*', 'https://shop.example.com/*', { forward: 'https://example.com' })
          await app.launch('pages/a/a')
          await user.tap('\"login\"')
        })");
    assert_eq!(ended.status.code(), Some(1), "{}", ended.show());
    ended.prints(&["`forward` leads to this machine"]);
}

#[test]
fn a_server_that_is_gone_is_a_failed_request() {
    let port = crate::support::server::closed_port();
    passes(&format!(
        "test('gone', async ({{ app, user, server, wx }}) => {{
          server.route('*', 'https://shop.example.com/*', {{ forward: 'http://127.0.0.1:{port}' }})
          await app.launch('pages/a/a')
          await user.tap('\"login\"')
          expect(wx.last('request').result.errMsg).toMatch(/^request:fail/)
        }})"
    ));
}

#[test]
fn messages_are_pushed_to_the_back_end_when_the_program_rests() {
    let server = Server::start(|_| reply("200 OK", &[], b"success"));
    passes(&format!(
        "test('push', async ({{ app, user, server }}) => {{
          expect(server.url).toMatch(/^http:..127.0.0.1:/)
          server.push({{ url: '{}', token: 'AAAAA' }})
          await app.launch('pages/a/a')
          user.answers({{ conversation: {{ text: 'hello' }} }})
          await user.tap('#contact')
        }})",
        server.url("/push")
    ));
    let received = server.received();
    assert!(
        received
            .iter()
            .any(|it| String::from_utf8_lossy(&it.body).contains("hello")),
        "{received:?}"
    );
}

//! WebSockets that really go out, against servers of the test process: both directions, closes,
//! failures, and that a recording repeats the trace without a server.
//!
//! A silent server is waited for longer than any machine is slow; each program or server closes in
//! the end, so that nothing is waited for in vain.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::channel;

use tempfile::TempDir;
use tungstenite::Message;
use tungstenite::protocol::CloseFrame;

use crate::support::server::{certificate_file, closed_port};
use crate::support::socket_server::{Connection, Ear, SocketServer, echo};
use crate::support::{Ended, Wxsim, on_load, project};

/// Prints what happens to a socket; `opened` and `heard` are code of the program.
fn page(options: &str, opened: &str, heard: &str) -> TempDir {
    on_load(&format!(
        "const task = wx.connectSocket({{ {options},
            fail: (e) => console.log('no call', e.errMsg, e.errno) }});
        if (!task) return;
        const text = (data) => typeof data === 'string' ? data
            : 'bytes ' + Array.from(new Uint8Array(data)).join();
        task.onOpen((r) => {{ console.log('open', r.header['X-Server'], r.header['Sec-Websocket-Protocol']); {opened} }});
        task.onMessage(({{ data }}) => {{ console.log('heard', text(data)); {heard} }});
        task.onError((e) => console.log('error', e.errMsg));
        task.onClose((e) => console.log('closed', e.code, e.reason, task.readyState));"
    ))
}

fn run(page: &TempDir, server: &SocketServer) -> Wxsim {
    let host = server.host();
    Wxsim::run(page.path()).args(&["--allow-host", &host, "--socket-wait", "30s"])
}

/// What the program's console printed.
fn said(ended: &Ended) -> Vec<&str> {
    let lines = ended.stdout.lines();
    let said = lines.filter_map(|line| line.split_once("console.log: "));
    said.map(|(_, text)| text).collect()
}

fn close(connection: &mut Connection, code: u16, reason: &str) {
    let frame = CloseFrame {
        code: code.into(),
        reason: reason.into(),
    };
    let _ = connection.close(Some(frame));
    while connection.read().is_ok() {}
}

/// A server that does something else on each path.
fn talk(connection: &mut Connection, path: &str, ear: &Ear) {
    match path {
        "/push" => {
            for text in ["one", "two"] {
                let _ = connection.send(Message::text(text));
            }
            let _ = connection.send(Message::binary(vec![0, 255]));
            close(connection, 4_001, "that was all");
        }
        "/rounds" => {
            // Answers twice, the second time after the program's next message.
            let _ = connection.send(Message::text("hello"));
            let first = connection.read();
            let _ = connection.send(Message::text(format!("first {}", first.is_ok())));
            let second = connection.read();
            let _ = connection.send(Message::text(format!("second {}", second.is_ok())));
            close(connection, 1_001, "");
        }
        "/silent-close" => {
            let _ = connection.close(None);
            while connection.read().is_ok() {}
        }
        "/drop" => {}
        "/large" => {
            let _ = connection.send(Message::binary(vec![0; (20 << 20) + 1]));
            if let Ok(Message::Close(Some(frame))) = connection.read() {
                let _ = ear.send(format!("close {}", u16::from(frame.code)));
            }
        }
        "/ping" => {
            let _ = connection.send(Message::Ping("a".into()));
            let pong = connection.read();
            let _ = connection.send(Message::text(format!("{pong:?}")));
            close(connection, 1_000, "");
        }
        _ => echo(connection, ear),
    }
}

#[test]
fn what_is_sent_comes_back_and_the_server_sees_the_handshake() {
    let server = SocketServer::start(talk);
    let page = page(
        &format!(
            "url: '{}', header: {{ 'X-A': 7, Host: 'evil', 'Sec-WebSocket-Key': 'evil' }}, \
             protocols: ['mqtt', 'chat'], tcpNoDelay: true",
            server.url("/echo?a=茶 1")
        ),
        "task.send({ data: 'ping 茶' });",
        "if (data === 'ping 茶') task.send({ data: new Uint8Array([0, 10, 255]).buffer });
         else task.close({ code: 4000, reason: 'done' });",
    );
    let ended = run(&page, &server).finishes(0);
    assert_eq!(
        said(&ended),
        [
            "open yes mqtt",
            "heard ping 茶",
            "heard bytes 0,10,255",
            "closed 4000 done 3"
        ]
    );
    let handshake = server.hears();
    assert!(
        handshake.starts_with(&format!(
            "GET /echo?a=%E8%8C%B6%201\nhost: {}\nx-a: 7\nreferer: https://servicewechat.com/",
            server.host()
        )),
        "{handshake}"
    );
    assert!(handshake.contains("MicroMessenger/"), "{handshake}");
    assert!(
        handshake.ends_with("sec-websocket-protocol: mqtt, chat"),
        "{handshake}"
    );
    assert_eq!(server.hears(), "close 4000 done");
}

#[test]
fn a_server_speaks_first_and_closes() {
    let server = SocketServer::start(talk);
    let with = |path: &str| page(&format!("url: '{}'", server.url(path)), "", "");
    let ended = run(&with("/push"), &server).finishes(0);
    let all = [
        "open yes undefined",
        "heard one",
        "heard two",
        "heard bytes 0,255",
        "closed 4001 that was all 3",
    ];
    assert_eq!(said(&ended), all);
    let ended = run(&with("/silent-close"), &server).finishes(0);
    assert_eq!(said(&ended), ["open yes undefined", "closed 1005  3"]);
    let ended = run(&with("/drop"), &server).finishes(0);
    let lost = [
        "open yes undefined",
        "error abnormal closure",
        "closed 1006 abnormal closure 3",
    ];
    assert_eq!(said(&ended), lost);
    let ended = run(&with("/ping"), &server).finishes(0);
    assert_eq!(said(&ended)[1], "heard Ok(Pong(b\"a\"))");
}

#[test]
fn a_connection_that_does_not_come_about_is_an_error() {
    let server = SocketServer::start(talk);
    let port = closed_port();
    for (url, words) in [
        (server.url("/refused"), "Invalid HTTP status."),
        (
            format!("ws://127.0.0.1:{port}/"),
            "Underlying Transport Error",
        ),
        (
            server.url("/").replace("ws://", "wss://"),
            "TLS handshake failed",
        ),
    ] {
        let page = page(&format!("url: '{url}'"), "", "");
        let ended = run(&page, &server).args(&["--allow-host", &format!("127.0.0.1:{port}")]);
        let ended = ended.finishes(0);
        assert_eq!(said(&ended), [format!("error {words}")], "{url}");
    }
    assert!(server.hears().starts_with("GET /refused\n"));
    server.hears_nothing();
}

#[test]
fn nothing_connects_to_a_host_that_is_not_open() {
    let server = SocketServer::start(talk);
    let page = page(&format!("url: '{}'", server.url("/echo")), "", "");
    for flags in [&[][..], &["--allow-host", "127.0.0.1:1"]] {
        let ended = Wxsim::run(page.path()).args(flags).finishes(0);
        let failed = ["no call connectSocket:fail url not in domain list 600002"];
        assert_eq!(said(&ended), failed);
    }
    let offline = project(&[(
        "pages/a/a.js",
        &format!(
            "Page({{ go() {{
                const task = wx.connectSocket({{ url: '{}' }});
                task.onError((e) => console.log('error', e.errMsg));
            }} }})",
            server.url("/echo")
        ),
    )]);
    let ended = run(&offline, &server)
        .step("network none")
        .step("gesture go");
    let ended = ended.finishes(0);
    assert_eq!(said(&ended).len(), 1, "{}", ended.show());
    assert!(said(&ended)[0].starts_with("error "), "{}", ended.show());
    server.hears_nothing();
}

#[test]
fn a_socket_ends_with_the_program_and_in_the_background() {
    let server = SocketServer::start(talk);
    let page = page(
        &format!("url: '{}'", server.url("/echo")),
        "task.send({ data: 'a' });",
        "",
    );
    let host = server.host();
    let run = || Wxsim::run(page.path()).args(&["--allow-host", &host]);
    run().step("kill").finishes(0);
    server.hears();
    assert_eq!(server.hears(), "close 1000 ");
    let ended = run().step("background").step("advance 6s").finishes(0);
    ended.prints(&["closed 1000 interrupted 3"]);
    server.hears();
    assert_eq!(server.hears(), "close 1000 ");
}

#[test]
fn a_certificate_must_be_trusted() {
    let server = SocketServer::start_tls(talk);
    let url = server
        .url("/push")
        .replace("ws://127.0.0.1", "wss://localhost");
    let page = page(&format!("url: '{url}'"), "", "");
    let run = || run(&page, &server).args(&["--allow-host", "localhost"]);
    let trusted = run().env("SSL_CERT_FILE", certificate_file()).finishes(0);
    assert_eq!(said(&trusted).len(), 5, "{}", trusted.show());
    let other = tempfile::tempdir().expect("a folder without certificates");
    let other = other.path().to_str().expect("a plain path");
    let untrusted = run().env("SSL_CERT_DIR", other).finishes(0);
    assert_eq!(said(&untrusted), ["error TLS handshake failed"]);
}

#[test]
fn the_proxy_of_the_environment_is_asked_for_far_hosts() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = proxy.local_addr().expect("an address");
    let (ear, heard) = channel();
    std::thread::spawn(move || {
        for status in ["200 OK", "403 Forbidden"] {
            let (mut stream, _) = proxy.accept().expect("a connection");
            let mut lines = BufReader::new(stream.try_clone().expect("a copy")).lines();
            let lines: Vec<String> = lines
                .by_ref()
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            ear.send(lines.join("|")).expect("a listener");
            let answer = format!("HTTP/1.1 {status}\r\n\r\nno TLS");
            stream.write_all(answer.as_bytes()).expect("a program");
        }
    });
    let page = page("url: 'wss://api.example.test/a'", "", "");
    for words in ["TLS handshake failed", "Underlying Transport Error"] {
        let ended = Wxsim::run(page.path())
            .args(&["--allow-host", "api.example.test"])
            .env("HTTPS_PROXY", &format!("http://me:secret@{address}"))
            .env("ALL_PROXY", &format!("http://me:secret@{address}"))
            .env("NO_PROXY", "localhost")
            .finishes(0);
        assert_eq!(said(&ended), [format!("error {words}")]);
        assert_eq!(
            heard.recv().expect("a question"),
            "CONNECT api.example.test:443 HTTP/1.1|Host: api.example.test:443|\
             Proxy-Authorization: Basic bWU6c2VjcmV0"
        );
    }
}

#[test]
fn a_message_that_is_too_large_ends_the_socket() {
    let server = SocketServer::start(talk);
    let large = page(&format!("url: '{}'", server.url("/large")), "", "");
    let ended = run(&large, &server).finishes(0);
    let closed = "closed 1009 the answer has more than 20 MiB, which wxsim does not take \
                  (BODY_BYTES_MAX) 3";
    assert_eq!(said(&ended), ["open yes undefined", closed]);
    // One that is large, but not too large, comes back whole.
    let page = on_load(&format!(
        "const task = wx.connectSocket({{ url: '{}' }});
        task.onOpen(() => task.send({{ data: 'a'.repeat(1 << 20) }}));
        task.onMessage(({{ data }}) => {{ console.log(data.length); task.close(); }});",
        server.url("/echo")
    ));
    let ended = run(&page, &server).finishes(0);
    assert_eq!(said(&ended), ["1048576"]);
}

#[test]
fn a_recording_repeats_the_trace_without_a_server() {
    let server = SocketServer::start(talk);
    let program = on_load(&format!(
        "const open = (path, heard) => {{
            const task = wx.connectSocket({{ url: '{}' + path }});
            const show = (name) => (e) => console.log(path, name, JSON.stringify(e));
            task.onOpen(show('open'));
            task.onMessage((e) => {{ show('message')(e); heard(task, e.data); }});
            task.onError(show('error'));
            task.onClose(show('close'));
            return task;
        }};
        open('/push', () => {{}});
        open('/drop', () => {{}});
        open('/refused', () => {{}});
        let rounds = 0;
        open('/rounds', (task) => {{
            rounds += 1;
            // The last answer is asked for by a timer, while time passes.
            if (rounds === 1) task.send({{ data: 'a' }});
            if (rounds === 2) setTimeout(() => task.send({{ data: 'b' }}), 5000);
        }});
        setInterval(() => console.log('tick'), 450);",
        server.url("")
    ));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    let file = path.to_str().expect("a plain path");
    let recorded = run(&program, &server)
        .args(&["--record", file, "--for", "20s"])
        .finishes(0)
        .prints(&["/rounds message {\"data\":\"second true\"}", "tick"]);
    assert_eq!(recorded.stderr, format!("recorded 4 answers in {file}\n"));
    for _ in 0..4 {
        server.hears();
    }
    for mode in ["--no-fork", "--socket-wait=0ms", "--check-determinism"] {
        let replayed = Wxsim::run(program.path());
        let replayed = replayed.args(&["--replay", file, mode, "--for", "20s"]);
        assert_eq!(replayed.finishes(0).stdout, recorded.stdout, "{mode}");
    }
    server.hears_nothing();
    let text = fs::read_to_string(&path).expect("a recording");
    for line in [
        r#"send = "second true" },"#,
        r#"send = "AP8=", base64 = true },"#,
        r#"close = 4001, reason = "that was all" },"#,
        "drop = true },",
        "status = 403",
    ] {
        assert!(text.contains(line), "no {line} in {text}");
    }
}

#[test]
fn what_was_not_recorded_is_not_asked() {
    let server = SocketServer::start(talk);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    let file = path.to_str().expect("a plain path");
    let known = page(&format!("url: '{}'", server.url("/push")), "", "");
    run(&known, &server).args(&["--record", file]).finishes(0);
    server.hears();
    let other = page(&format!("url: '{}'", server.url("/echo")), "", "");
    let replayed = Wxsim::run(other.path())
        .args(&["--replay", file])
        .finishes(0);
    let failed = ["no call connectSocket:fail url not in domain list 600002"];
    assert_eq!(said(&replayed), failed);
    server.hears_nothing();
}

#[test]
fn runs_with_sockets_are_compared_over_one_recording() {
    let server = SocketServer::start(talk);
    let page = page(
        &format!("url: '{}'", server.url("/echo")),
        "task.send({ data: String(Date.now()) });",
        "task.close();",
    );
    let ended = run(&page, &server).arg("--check-determinism").finishes(0);
    assert_eq!(ended.stderr, "both runs gave the same trace\n");
    assert!(server.hears().starts_with("GET /echo"));
    assert_eq!(server.hears(), "close 1000 ");
    server.hears_nothing();
}

#[test]
fn a_server_that_never_rests_does_not_keep_a_run_from_its_end() {
    let server = SocketServer::start(|connection, path, ear| {
        if path == "/echo" {
            return echo(connection, ear);
        }
        while connection.send(Message::text("tick")).is_ok() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    });
    let page = page(&format!("url: '{}'", server.url("/tick")), "", "");
    let host = server.host();
    let patient = ["--allow-host", &host, "--socket-wait", "20s"];
    let args = ["--allow-host", &host, "--socket-wait", "20ms"];
    let ended = Wxsim::run(page.path()).args(&args).finishes(0);
    assert!(said(&ended).contains(&"heard tick"), "{}", ended.show());
    // A program that always answers is held by the wall clock.
    let endless = self::page(
        &format!("url: '{}'", server.url("/echo")),
        "task.send({ data: 'a' });",
        "task.send({ data });",
    );
    let ended = Wxsim::run(endless.path())
        .args(&patient)
        .args(&["--wall-limit", "2s"]);
    ended.finishes(1).prints(&["ran longer than"]);
}

#[test]
fn check_asks_open_hosts_for_sockets_too() {
    let server = SocketServer::start(talk);
    let fails = format!(
        "Page({{ onLoad() {{
            const task = wx.connectSocket({{ url: '{}' }});
            task.onMessage(() => null.x);
        }} }})",
        server.url("/push")
    );
    let toml = format!(
        "[network]\nallow = ['{}']\nsocket_wait = '30s'\n",
        server.host()
    );
    let program = project(&[("pages/a/a.js", &fails), ("wxsim.toml", &toml)]);
    let path = program.path().to_str().expect("a plain path");
    let ended = Wxsim::new().args(&["check", path]).finishes(1);
    ended.prints(&["app error    pages/a/a"]);
    assert!(server.hears().starts_with("GET /push"));
}

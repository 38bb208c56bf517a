//! The real network, against servers of the test process: what goes out, what comes back, what is
//! recorded and replayed, and that nothing leaves without leave.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::fs;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::server::{Reply, Server, certificate_file, closed_port, json, reply};
use crate::support::{Ended, Wxsim, on_load, project};

/// A page that asks for the URLs in order, each once the one before has ended, and prints the
/// outcomes.
fn asks(urls: &[String]) -> TempDir {
    on_load(&format!(
        "const urls = {urls:?};
        const next = () => {{
            const url = urls.shift();
            if (!url) return;
            wx.request({{
                url,
                success: (r) => console.log('got', r.statusCode, JSON.stringify(r.data)),
                fail: (e) => console.log('failed', e.errMsg, e.errno),
                complete: next,
            }});
        }};
        next();"
    ))
}

fn run(project: &TempDir, server: &Server) -> Wxsim {
    Wxsim::run(project.path()).args(&["--allow-host", &server.host()])
}

/// A server with an answer of each kind.
fn varied() -> Server {
    Server::start(|request| match request.path() {
        "/json" => json(r#"{"b": 1, "a": "茶"}"#),
        "/text" => reply(
            "200 OK",
            &[("content-type", "text/plain")],
            b"one\r\ntwo \x01'''",
        ),
        "/bytes" => reply("200 OK", &[], &[0, 255, 10, 13]),
        "/missing" => reply(
            "404 Not Found",
            &[("set-cookie", "a=1"), ("set-cookie", "b=2")],
            b"",
        ),
        "/empty" => reply("204 No Content", &[], b""),
        "/moved" => reply("302 Found", &[("location", "json")], b"moved"),
        "/nothing" => Reply::Nothing,
        "/garbage" => Reply::Bytes(b"hello\r\n\r\n".to_vec()),
        _ => json("{}"),
    })
}

#[test]
fn what_a_server_sends_arrives() {
    let server = varied();
    let paths = ["/json", "/text", "/missing", "/empty", "/moved"];
    let page = asks(&paths.map(|path| server.url(path)));
    let ended = run(&page, &server).finishes(0).prints(&[
        r#"got 200 {"b":1,"a":"茶"}"#,
        r#"got 200 "one\r\ntwo \u0001'''""#,
        r#"got 404 """#,
        r#"cookies: ["a=1", "b=2"]"#,
        r#"got 204 """#,
        r#"header: {"Content-Length": "20", "Content-Type": "application/json"}"#,
    ]);
    assert_eq!(
        ended.stdout.matches(r#"got 200 {"b":1,"a":"茶"}"#).count(),
        2
    );
    assert!(
        ended
            .stdout
            .contains("\n    0.050  console.log: got 200 {\"b\""),
        "{}",
        ended.show()
    );
    let asked: Vec<String> = server
        .received()
        .iter()
        .map(|it| it.path().to_owned())
        .collect();
    assert_eq!(
        asked,
        ["/json", "/text", "/missing", "/empty", "/moved", "/json"]
    );
}

#[test]
fn bytes_arrive_as_they_are() {
    let server = varied();
    let page = on_load(&format!(
        "wx.request({{ url: '{url}', responseType: 'arraybuffer',
            success: (r) => console.log('bytes', Array.from(new Uint8Array(r.data)).join()) }});
        wx.downloadFile({{ url: '{url}', success: (r) => {{
            const data = wx.getFileSystemManager().readFileSync(r.tempFilePath);
            console.log('file', r.statusCode, Array.from(new Uint8Array(data)).join());
        }} }});",
        url = server.url("/bytes"),
    ));
    run(&page, &server)
        .finishes(0)
        .prints(&["bytes 0,255,10,13", "file 200 0,255,10,13"]);
}

#[test]
fn a_request_is_sent_as_the_client_sends_it() {
    let server = varied();
    let page = on_load(&format!(
        "const url = '{}';
        wx.request({{ url: url + '?q=茶 1', data: {{ a: 'b c' }}, header: {{ 'X-A': 7, Host: 'evil', Cookie: 'c=1' }} }});
        wx.request({{ url, method: 'POST', data: {{ a: [1] }} }});
        wx.request({{ url, method: 'DELETE', data: 'text', header: {{ 'content-type': 'text/plain' }} }});
        wx.request({{ url, method: 'PUT', data: new Uint8Array([0, 255]).buffer }});",
        server.url("/echo"),
    ));
    run(&page, &server).finishes(0);
    let received = server.received();
    assert_eq!(received.len(), 4);
    assert_eq!(
        received[0].first_line,
        "GET /echo?q=%E8%8C%B6%201&a=b%20c HTTP/1.1"
    );
    let header = |at: usize, name: &str| received[at].header(name).unwrap_or_default().to_owned();
    assert_eq!(header(0, "host"), server.host());
    assert_eq!(
        (header(0, "x-a"), header(0, "cookie")),
        ("7".into(), "c=1".into())
    );
    assert_eq!(header(0, "content-type"), "application/json");
    assert!(header(0, "user-agent").contains("MicroMessenger/"));
    assert!(header(0, "referer").starts_with("https://servicewechat.com/"));
    assert_eq!(received[0].body, b"");
    assert_eq!(
        (received[1].body.as_slice(), &*header(1, "content-length")),
        (&br#"{"a":[1]}"#[..], "9")
    );
    assert!(
        received[2].first_line.starts_with("DELETE "),
        "{:?}",
        received[2]
    );
    assert_eq!(
        (received[2].body.as_slice(), &*header(2, "content-type")),
        (&b"text"[..], "text/plain")
    );
    assert_eq!(received[3].body, [0, 255]);
}

#[test]
fn an_upload_is_a_form_with_the_file() {
    let server = varied();
    let page = on_load(&format!(
        "const path = wx.env.USER_DATA_PATH + '/a.png';
        wx.getFileSystemManager().writeFileSync(path, 'wxsim-boundary', 'utf8');
        const task = wx.uploadFile({{ url: '{}', filePath: path, name: 'pic', formData: {{ a: 'b', n: 1 }},
            success: (r) => console.log('sent', r.statusCode, r.data) }});
        task.onProgressUpdate((p) => console.log('progress', p.totalBytesSent, p.totalBytesExpectedToSend));",
        server.url("/up"),
    ));
    let ended = run(&page, &server).finishes(0);
    ended.prints(&["sent 200 {}", "progress 14 14"]);
    let received = server.received();
    let kind = received[0].header("content-type").expect("a type");
    assert_eq!(kind, "multipart/form-data; boundary=wxsim-boundary-");
    let text = String::from_utf8(received[0].body.clone()).expect("text");
    let expected = "--wxsim-boundary-\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nb\r\n\
         --wxsim-boundary-\r\ncontent-disposition: form-data; name=\"n\"\r\n\r\n1\r\n\
         --wxsim-boundary-\r\ncontent-disposition: form-data; name=\"pic\"; filename=\"a.png\"\r\n\
         content-type: image/png\r\n\r\nwxsim-boundary\r\n--wxsim-boundary---\r\n";
    assert_eq!(text, expected);
}

#[test]
fn nothing_leaves_for_a_host_that_is_not_open() {
    let server = varied();
    let page = on_load(&format!(
        "const show = {{ fail: (e) => console.log('failed', e.errMsg, e.errno) }};
        const url = '{}';
        wx.request({{ url, ...show }});
        wx.downloadFile({{ url, ...show }});
        const filePath = wx.env.USER_DATA_PATH + '/a';
        wx.getFileSystemManager().writeFileSync(filePath, 'a');
        wx.uploadFile({{ url, filePath, name: 'a', ...show }});
        wx.request({{ url: url.replace('http://', 'http://api.example@'), ...show }});",
        server.url("/json"),
    ));
    let other = ["--allow-host", "127.0.0.1:1", "--allow-host", "api.example"];
    for flags in [&[][..], &other] {
        let ended = Wxsim::run(page.path()).args(flags).finishes(0).prints(&[
            "failed request:fail url not in domain list 600002",
            "failed downloadFile:fail url not in domain list 600002",
            "failed uploadFile:fail url not in domain list 600002",
            "no route answers; add --route",
        ]);
        assert_eq!(
            ended.stdout.matches("600002").count(),
            8,
            "{}",
            ended.show()
        );
    }
    assert_eq!(server.received().len(), 0);
}

#[test]
fn a_redirect_goes_to_open_hosts_only_and_takes_no_secret_along() {
    let (closed, open) = (varied(), varied());
    let (to_closed, to_open) = (closed.url("/json"), open.url("/json"));
    let server = Server::start(move |request| {
        let to = if request.path() == "/closed" {
            &to_closed
        } else {
            &to_open
        };
        let status = if request.path() == "/repeat" {
            "307 Temporary"
        } else {
            "302 Found"
        };
        reply(status, &[("Location", to)], b"")
    });
    let page = on_load(&format!(
        "const show = (name) => ({{
            success: (r) => console.log(name, r.statusCode, r.data.a),
            fail: (e) => console.log(name, e.errMsg),
            header: {{ Authorization: 'secret', 'X-A': '1' }},
        }});
        wx.request({{ url: '{}', ...show('closed') }});
        wx.request({{ url: '{}', method: 'POST', data: {{}}, ...show('open') }});
        wx.request({{ url: '{}', method: 'POST', data: {{}}, ...show('repeat') }});
        wx.request({{ url: '{}', redirect: 'manual', ...show('manual') }});",
        server.url("/closed"),
        server.url("/open"),
        server.url("/repeat"),
        server.url("/open"),
    ));
    run(&page, &server)
        .args(&["--allow-host", &open.host()])
        .finishes(0)
        .prints(&[
            "closed request:fail url not in domain list",
            "open 200 茶",
            "repeat 200 茶",
            "manual 302 undefined",
        ]);
    assert_eq!(closed.received().len(), 0);
    let received = open.received();
    let lines: Vec<_> = received.iter().map(|it| it.first_line.as_str()).collect();
    assert_eq!(lines, ["GET /json HTTP/1.1", "POST /json HTTP/1.1"]);
    assert_eq!((received[0].body.len(), received[1].body.len()), (0, 2));
    for request in received {
        assert_eq!(
            (request.header("authorization"), request.header("x-a")),
            (None, Some("1"))
        );
    }
    assert_eq!(server.received()[0].header("authorization"), Some("secret"));
}

#[test]
fn a_failure_has_the_clients_words() {
    let server = varied();
    let refused = closed_port();
    let https = server.url("/json").replace("http://", "https://");
    let urls = [
        format!("http://127.0.0.1:{refused}/"),
        server.url("/nothing"),
        server.url("/garbage"),
        https,
    ];
    let words = |number: i32, name: &str| {
        format!(
            "failed request:fail errcode:{number} cronet_error_code:{number} \
             error_msg:net::ERR_{name} 600001"
        )
    };
    let ended = run(&asks(&urls), &server)
        .args(&["--allow-host", &format!("127.0.0.1:{refused}")])
        .finishes(0);
    ended.prints(&[
        &words(-102, "CONNECTION_REFUSED"),
        &words(-100, "CONNECTION_CLOSED"),
        &words(-370, "INVALID_HTTP_RESPONSE"),
        &words(-107, "SSL_PROTOCOL_ERROR"),
    ]);
}

#[test]
fn a_timeout_is_the_calls_own_and_the_wall_clock_stands_still() {
    let server = Server::start(|_| Reply::Silence(Duration::from_secs(4)));
    let page = on_load(&format!(
        "wx.request({{ url: '{}', timeout: 1500, fail: (e) => console.log(e.errMsg, e.errno) }})",
        server.url("/"),
    ));
    let began = Instant::now();
    for mode in [&[][..], &["--no-fork"]] {
        let ended = run(&page, &server)
            .args(&["--wall-limit", "1s"])
            .args(mode)
            .finishes(0);
        // It took less than a second of its own, and 1.5 virtual seconds.
        ended.prints(&["\n    1.500  console.log: request:fail timeout 5"]);
    }
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
fn an_abort_comes_too_late_for_the_server() {
    let server = varied();
    let page = on_load(&format!(
        "wx.request({{ url: '{}', fail: (e) => console.log(e.errMsg) }}).abort();",
        server.url("/json"),
    ));
    let ended = run(&page, &server).finishes(0);
    ended.prints(&["request:fail abort"]);
    assert_eq!(server.received().len(), 1);
}

#[test]
fn an_answer_that_is_too_large_is_not_taken() {
    let server = Server::start(|request| match request.path() {
        "/fits" => reply("200 OK", &[], &vec![b'a'; 20 << 20]),
        _ => reply("200 OK", &[], &vec![b'a'; (20 << 20) + 1]),
    });
    let page = on_load(&format!(
        "const show = {{
            success: (r) => console.log('length', r.data.length),
            fail: (e) => console.log(e.errMsg),
        }};
        wx.request({{ url: '{}', ...show }});
        wx.request({{ url: '{}', ...show }});",
        server.url("/fits"),
        server.url("/large"),
    ));
    run(&page, &server).finishes(0).prints(&[
        "length 20971520",
        "request:fail the answer has more than 20 MiB, which wxsim does not take (BODY_BYTES_MAX)",
    ]);
}

#[test]
fn many_requests_are_answered_in_the_order_of_the_queue() {
    let server = Server::start(|request| json(&format!("{:?}", request.path())));
    let page = on_load(&format!(
        "for (let i = 0; i < 14; i++)
            wx.request({{ url: '{}' + i, success: (r) => console.log('got', r.data) }});",
        server.url("/"),
    ));
    let ended = run(&page, &server).finishes(0);
    let lines: Vec<&str> = ended
        .stdout
        .lines()
        .filter(|it| it.contains("log: got"))
        .collect();
    assert_eq!(lines.len(), 14, "{}", ended.show());
    for (at, line) in lines.iter().enumerate() {
        // Ten at a time.
        let seconds = if at < 10 { "0.050" } else { "0.100" };
        assert_eq!(*line, format!("    {seconds}  console.log: got /{at}"));
    }
    let asked: Vec<String> = server
        .received()
        .iter()
        .map(|it| it.path().to_owned())
        .collect();
    assert_eq!(
        asked,
        (0..14).map(|at| format!("/{at}")).collect::<Vec<_>>()
    );
}

#[test]
fn a_rule_comes_before_the_network() {
    let server = varied();
    let page = asks(&[server.url("/json"), server.url("/json")]);
    let rule = format!("GET {} = 200 times=1 \"rule\"", server.url("/json"));
    let ended = run(&page, &server).args(&["--route", &rule]).finishes(0);
    ended.prints(&["got 200 \"rule\"", "got 200 {\"b\":1"]);
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_certificate_must_be_trusted_and_of_the_host() {
    let server = Server::start_tls(|_| json(r#"{"a": "secret"}"#));
    let (by_name, by_number) = (server.url("/a"), server.url("/b"));
    let by_name = by_name.replace("http://127.0.0.1", "https://localhost");
    let by_number = by_number.replace("http://", "https://");
    let page = asks(&[by_name, by_number]);
    let run = || run(&page, &server).args(&["--allow-host", "localhost"]);
    let trusted = run().env("SSL_CERT_FILE", certificate_file()).finishes(0);
    trusted.prints(&[
        "got 200 {\"a\":\"secret\"}",
        "net::ERR_CERT_COMMON_NAME_INVALID",
    ]);
    let other = tempfile::tempdir().expect("a folder without certificates");
    let other = other.path().to_str().expect("a plain path");
    let strange = run().env("SSL_CERT_DIR", other).finishes(0);
    strange.prints(&["failed request:fail errcode:-202 cronet_error_code:-202 error_msg:net::ERR_CERT_AUTHORITY_INVALID"]);
}

/// Standard output of a run with these flags.
fn trace(page: &TempDir, flags: &[&str]) -> Ended {
    Wxsim::run(page.path()).args(flags).finishes(0)
}

#[test]
fn a_recording_is_replayed_with_the_same_trace_and_no_socket() {
    let server = varied();
    let refused = closed_port();
    let moved = server.url("/moved");
    let mut urls: Vec<String> = [
        "/json",
        "/text",
        "/bytes",
        "/missing",
        "/empty",
        "/moved",
        "/nothing",
        "/json?x=1",
        "/json",
    ]
    .map(|path| server.url(path))
    .to_vec();
    urls.push(format!("http://127.0.0.1:{refused}/"));
    urls.push("https://closed.example/".to_owned());
    urls.push(moved);
    let page = asks(&urls);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("net.toml");
    let file = file.to_str().expect("a plain path");
    let refused = format!("127.0.0.1:{refused}");
    let hosts = ["--allow-host", &server.host(), "--allow-host", &refused];
    let recorded = trace(&page, &[&hosts[..], &["--record", file]].concat());
    assert_eq!(recorded.stderr, format!("recorded 13 answers in {file}\n"));
    let asked = server.received().len();
    drop(server);
    for mode in ["--no-fork", "--check-determinism"] {
        let replayed = trace(&page, &["--replay", file, mode]);
        assert_eq!(replayed.stdout, recorded.stdout);
    }
    let json = trace(&page, &["--replay", file, "--json"]);
    assert!(json.stdout.contains("\"request\""), "{}", json.show());
    let text = fs::read_to_string(file).expect("a recording");
    assert!(text.starts_with("# Recorded by wxsim "), "{text}");
    assert!(text.contains("base64 = \"AP8KDQ==\""), "{text}");
    assert!(text.contains("fail = \"closed\""), "{text}");
    assert!(asked > 0);
}

#[test]
fn a_recording_notes_what_was_uploaded() {
    let server = varied();
    let page = on_load(&format!(
        "const filePath = `${{wx.env.USER_DATA_PATH}}/a.png`;
        wx.getFileSystemManager().writeFileSync(filePath, '12345');
        wx.uploadFile({{ url: '{}', filePath, name: 'pic', formData: {{ a: 'b', n: 1 }},
            success: (r) => console.log('sent', r.profile.sendBytesCount) }});",
        server.url("/json")
    ));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("net.toml");
    let file = file.to_str().expect("a plain path");
    let recorded = trace(&page, &["--allow-host", &server.host(), "--record", file]);
    let received = server.received();
    let sent = received.first().map(|request| request.body.len());
    let count = format!("sent {}", sent.expect("an upload"));
    recorded.prints(&["&pic=@wxfile://usr/a.png (5 bytes, image/png)", &count]);
    let text = fs::read_to_string(file).expect("a recording");
    let note = "\n# uploaded pic=a.png (5 bytes, image/png) a=\"b\" n=\"1\"\n[[routes]]";
    assert!(text.contains(note), "{text}");
    let json = trace(&page, &["--replay", file, "--json"]);
    json.prints(&[
        r#""upload":{"name":"pic","fileName":"a.png","size":5,"type":"image/png","formData":{"a":"b","n":"1"}}"#,
    ]);
}

#[test]
fn what_was_not_recorded_is_not_asked() {
    let server = varied();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("net.toml");
    let file = file.to_str().expect("a plain path");
    let one = asks(&[server.url("/json")]);
    trace(&one, &["--allow-host", &server.host(), "--record", file]);
    let more = asks(&[server.url("/json"), server.url("/json")]);
    let flags = ["--replay", file, "--allow-host", &server.host()];
    let replayed = trace(&more, &flags);
    replayed.prints(&[
        "got 200 {\"b\":1",
        "failed request:fail url not in domain list 600002",
    ]);
    assert_eq!(server.received().len(), 1);
}

#[test]
fn a_second_recording_takes_the_place_of_the_first_and_of_nothing_else() {
    let server = varied();
    let page = asks(&[server.url("/json")]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    let file = path.to_str().expect("a plain path");
    let host = server.host();
    let record = || Wxsim::run(page.path()).args(&["--allow-host", &host, "--record", file]);
    record().finishes(0);
    record().finishes(0);
    let text = fs::read_to_string(&path).expect("a recording");
    assert_eq!(text.matches("[[routes]]").count(), 1, "{text}");
    fs::write(&path, "").expect("written");
    record().finishes(0);
    for other in ["seed = 1\n", "x"] {
        fs::write(&path, other).expect("written");
        record()
            .finishes(2)
            .complains(&["exists and is no recording", "name another file"]);
        assert_eq!(fs::read_to_string(&path).expect("still there"), other);
    }
    let lost = folder.path().join("no/net.toml");
    let lost = lost.to_str().expect("a plain path");
    let ended = Wxsim::run(page.path()).args(&["--allow-host", &host, "--record", lost]);
    ended
        .finishes(2)
        .complains(&["cannot write the recording", "a folder that is there"]);
    assert_eq!(server.received().len(), 4);
}

#[test]
fn a_wrong_use_of_the_network_says_what_would_be_right() {
    let page = asks(&[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    let file = path.to_str().expect("a plain path");
    fs::write(&path, "[[routes]]\nurl = 'a'\nstatus = 99\n").expect("written");
    for (flags, parts) in [
        (
            &["--allow-host", "https://a.example"][..],
            &["neither a scheme nor a path"][..],
        ),
        (
            &["--record", file],
            &["no host is open", "--allow-host HOST"],
        ),
        (
            &["--record", file, "--replay", file],
            &["--record", "--replay"],
        ),
        (
            &["--replay", "nowhere.toml"],
            &["--replay: the file nowhere.toml", "--record FILE"],
        ),
        (
            &["--replay", file],
            &["routes[0].status", "net.toml:3:10", "100 to 599"],
        ),
    ] {
        Wxsim::run(page.path())
            .args(flags)
            .finishes(2)
            .complains(parts);
    }
}

#[test]
fn settings_open_hosts_and_name_recordings() {
    let server = varied();
    let page = "Page({ onLoad() { wx.request({ url: 'URL', success: (r) => console.log('got', r.data.a) }) } })";
    let page = page.replace("URL", &server.url("/json"));
    let with = |keys: &str| {
        let toml = format!("[network]\nallow = ['{}']\n{keys}\n", server.host());
        project(&[("pages/a/a.js", &page), ("wxsim.toml", &toml)])
    };
    let recording = with("record = 'mock/net.toml'");
    fs::create_dir(recording.path().join("mock")).expect("a folder");
    let recorded = Wxsim::run(recording.path()).finishes(0).prints(&["got 茶"]);
    let text = fs::read_to_string(recording.path().join("mock/net.toml")).expect("a recording");

    let replaying = with("replay = 'net.toml'");
    let ended = Wxsim::run(replaying.path()).finishes(2);
    ended.complains(&[
        "`network.replay`: net.toml: there is no such file",
        "wxsim.toml:3:10",
    ]);
    fs::write(replaying.path().join("net.toml"), &text).expect("written");
    let replayed = Wxsim::run(replaying.path()).finishes(0);
    assert_eq!(replayed.stdout, recorded.stdout);
    assert_eq!(server.received().len(), 1);

    // The flag records anew what the settings replay.
    let file = replaying.path().join("net.toml");
    let file = file.to_str().expect("a plain path");
    Wxsim::run(replaying.path())
        .args(&["--record", file])
        .finishes(0);
    assert_eq!(server.received().len(), 2);
}

#[test]
fn check_asks_open_hosts_and_records_nothing() {
    let server = varied();
    let fails = |path: &str| {
        format!(
            "Page({{ onLoad() {{ wx.request({{ url: '{}', success: (r) => {{ if (r.data.a) null.x }} }}) }} }})",
            server.url(path)
        )
    };
    let toml = format!(
        "network = {{ allow = ['{}'], record = 'net.toml' }}",
        server.host()
    );
    let program = project(&[
        (
            "app.json",
            r#"{"pages": ["pages/a/a", "pages/b/b", "pages/c/c"]}"#,
        ),
        ("pages/a/a.js", &fails("/json")),
        ("pages/b/b.js", &fails("/text")),
        ("pages/b/b.wxml", "<view/>"),
        ("pages/c/c.js", &fails("/nothing")),
        ("pages/c/c.wxml", "<view/>"),
    ]);
    let path = program.path().to_str().expect("a plain path");
    let closed = Wxsim::new().args(&["check", path]).finishes(0);
    closed.prints(&["3 pages: 3 ok"]);
    assert_eq!(server.received().len(), 0);
    let open = Wxsim::new().args(&["check", path, "--allow-host", &server.host()]);
    open.finishes(1).prints(&[
        "app error    pages/a/a",
        "3 pages: 2 ok, 0 unsupported, 1 app error",
    ]);
    // The page with an error is opened a second time, with a query.
    assert_eq!(server.received().len(), 4);
    fs::write(program.path().join("wxsim.toml"), toml).expect("written");
    Wxsim::new().args(&["check", path]).finishes(1);
    assert_eq!(server.received().len(), 8);
    assert!(!program.path().join("net.toml").exists());
}

#[test]
fn runs_are_compared_over_one_recording() {
    let counter = std::sync::atomic::AtomicU32::new(0);
    let server = Server::start(move |_| {
        let count = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        json(&count.to_string())
    });
    let page = asks(&[server.url("/"), server.url("/")]);
    let ended = run(&page, &server).arg("--check-determinism").finishes(0);
    assert_eq!(ended.stderr, "both runs gave the same trace\n");
    assert_eq!(server.received().len(), 2);
}

//! `wxsim serve` as a process: what it prints, answers, keeps and sends.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

mod app;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::support::server::{Reply, Server, reply};
use crate::support::{Wxsim, hello};

const APP: &str = "wx1111111111111111";

/// A server that runs, and what its first line says.
struct Serving {
    child: Child,
    first: Json,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer over HTTP.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Serving {
    fn start(more: &[&str]) -> Self {
        let hello = hello();
        let hello = hello.to_str().expect("a plain path");
        Self::run(&[&["serve", hello, "--appid", APP, "--json"], more].concat())
    }

    fn run(args: &[&str]) -> Self {
        let mut child = Wxsim::new().args(args).start();
        let mut line = String::new();
        let output = child.stdout.take().expect("it is piped");
        let mut output = BufReader::new(output);
        output.read_line(&mut line).expect("a line");
        // The rest is read, so that the server never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        let Ok(first) = serde_json::from_str(&line) else {
            let mut complaint = String::new();
            let errors = child.stderr.take();
            errors.map(|mut it| it.read_to_string(&mut complaint));
            panic!("not JSON: {line}{complaint}");
        };
        Self { child, first }
    }

    fn text(&self, pointer: &str) -> String {
        let value = self.first.pointer(pointer).and_then(Json::as_str);
        value
            .unwrap_or_else(|| panic!("no {pointer} in {}", self.first))
            .to_owned()
    }

    fn send(&self, bytes: &[u8]) -> Answer {
        let url = self.text("/url");
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        stream.write_all(bytes).expect("it is read");
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let end = all.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else {
            return Answer {
                status: 0,
                head: String::new(),
                body: all,
            };
        };
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or_default();
        Answer {
            status,
            head,
            body: all[end + 4..].to_vec(),
        }
    }

    fn request(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "", b"")
    }

    fn post(&self, path: &str, body: &Json) -> Answer {
        self.request("POST", path, "", body.to_string().as_bytes())
    }

    fn control(&self, method: &str, path: &str, body: &Json) -> Answer {
        let token = self.text("/control_token");
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let path = format!("/_wxsim/{path}");
        self.request(
            method,
            &path,
            &format!("authorization: Bearer {token}\r\n"),
            body.as_bytes(),
        )
    }

    fn login(&self) -> String {
        let given = self
            .control("POST", "login", &json!({ "user": "user" }))
            .json();
        given["code"].as_str().expect("a code").to_owned()
    }

    fn exchange(&self, code: &str) -> Json {
        let secret = self.text("/apps/0/secret");
        let path = format!(
            "/sns/jscode2session?appid={APP}&secret={secret}&js_code={code}&grant_type=authorization_code"
        );
        self.get(&path).json()
    }

    fn token(&self) -> String {
        let secret = self.text("/apps/0/secret");
        let path =
            format!("/cgi-bin/token?grant_type=client_credential&appid={APP}&secret={secret}");
        let given = self.get(&path).json();
        given["access_token"].as_str().expect("a token").to_owned()
    }

    /// Looks at a list of the control interface until something holds, for ten seconds.
    fn until(&self, list: &str, holds: impl Fn(&Json) -> bool) -> Json {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            let told = self.control("GET", list, &Json::Null).json();
            if holds(&told) || Instant::now() > end {
                return told;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn the_first_line_says_where_it_is_and_whom_it_knows() {
    let serving = Serving::start(&[]);
    assert_eq!(serving.text("/apps/0/appid"), APP);
    assert_eq!(serving.text("/apps/0/secret").len(), 32);
    assert_eq!(serving.text("/users/0/name"), "user");
    assert_eq!(serving.text("/merchants/0/key").len(), 32);
    let open_id = serving.text(&format!("/users/0/openid/{APP}"));
    let code = serving.login();
    assert_eq!(serving.exchange(&code)["openid"], open_id);
    assert_eq!(serving.exchange(&code)["errcode"], 40163);
    assert_eq!(serving.get("/nothing").json()["errcode"], 40066);
}

#[test]
fn what_a_person_reads_has_the_secrets_and_how_to_point_sdks_at_it() {
    let hello = hello();
    let mut child = Wxsim::new()
        .args(&["serve", hello.to_str().expect("a path")])
        .start();
    let output = child.stdout.take().expect("it is piped");
    let mut text = String::new();
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        text = text + &line + "\n";
        if line.contains("Ctrl-C") {
            break;
        }
    }
    for part in [
        "wxsim serve at http://127.0.0.1:",
        "appid ",
        "secret ",
        "mch_id ",
        "Authorization: Bearer ",
        "co-wechat-api",
        "wechatpy",
        "node-easywechat",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[test]
fn others_are_let_in_only_by_who_knows() {
    let refused = Wxsim::new()
        .args(&["serve", "--bind", "0.0.0.0"])
        .finishes(2);
    refused.complains(&["--bind 0.0.0.0 lets other machines in", "--i-know"]);
}

#[test]
fn a_port_that_is_taken_is_told() {
    let serving = Serving::start(&[]);
    let port = serving
        .text("/url")
        .rsplit(':')
        .next()
        .expect("a port")
        .to_owned();
    let ended = Wxsim::new().args(&["serve", "--port", &port]).finishes(1);
    ended.complains(&["cannot listen at 127.0.0.1", "--port 0"]);
}

#[test]
fn what_is_no_request_of_wechat_is_answered_and_the_server_goes_on() {
    let serving = Serving::start(&[]);
    let huge = format!(
        "POST /cgi-bin/media/upload HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        13 << 20
    );
    let huge = [huge.into_bytes(), vec![b'x'; 13 << 20]].concat();
    let url = serving.text("/url");
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).expect("it listens");
    // It may hang up before it has read all.
    let _ = stream.write_all(&huge);
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 413"),
        "{answer}"
    );
    let attack =
        b"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><appid>&e;</appid></xml>";
    let answer = serving.request("POST", "/pay/unifiedorder", "", attack);
    let text = String::from_utf8_lossy(&answer.body);
    assert!(
        answer.status == 200 && text.contains("FAIL") && !text.contains("root:"),
        "{text}"
    );
    assert_eq!(serving.send(b"\x00\x01\x02\r\n\r\n").status, 400);
    let chunked = b"POST /cgi-bin/stable_token HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    assert_eq!(serving.send(chunked).json()["errcode"], 40002);
    let code = serving.login();
    assert_eq!(serving.exchange(&code).get("errcode"), None);
}

#[test]
fn faults_are_delays_statuses_and_connections_that_end() {
    let serving = Serving::start(&[]);
    let fault = |fault: Json| serving.control("POST", "faults", &fault).status;
    assert_eq!(
        fault(json!({"path": "/cgi-bin/token", "times": 1, "isCut": true})),
        200
    );
    let cut = serving.get("/cgi-bin/token");
    assert_eq!((cut.status, cut.body.len()), (0, 0));
    assert_eq!(
        fault(json!({"path": "/cgi-bin/*", "times": 1, "status": 502})),
        200
    );
    assert_eq!(serving.get("/cgi-bin/token").status, 502);
    assert_eq!(
        fault(json!({"path": "/cgi-bin/token", "times": 1, "delayMs": 300})),
        200
    );
    let begun = Instant::now();
    assert_eq!(serving.get("/cgi-bin/token").json()["errcode"], 40002);
    assert!(
        begun.elapsed() >= Duration::from_millis(300),
        "it was held back"
    );
    assert_eq!(serving.get("/cgi-bin/token").json()["errcode"], 40002);
}

#[test]
fn the_state_survives_the_hardest_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("world.wxsim");
    let flag = ["--state", file.to_str().expect("a path")];
    let mut serving = Serving::start(&flag);
    let (code, token) = (serving.login(), serving.token());
    assert_eq!(serving.exchange(&code).get("errcode"), None);
    serving.child.kill().expect("it runs");
    serving.child.wait().expect("it ends");
    let mut torn = fs::read(&file).expect("it is there");
    torn.extend(b"0123456789abcdef {\"request\":{\"at\":1");
    fs::write(&file, torn).expect("it is written");
    let again = Serving::start(&flag);
    assert_eq!(
        again.exchange(&code)["errcode"],
        40163,
        "it was exchanged before"
    );
    let path = format!("/cgi-bin/get_api_domain_ip?access_token={token}");
    assert_eq!(
        again.get(&path).json()["errcode"]
            .as_i64()
            .unwrap_or_default(),
        0
    );
    let busy = Wxsim::new().args(&["serve", flag[0], flag[1]]).finishes(2);
    busy.complains(&["another wxsim serve uses it"]);
    drop(again);
    newer(&file);
    let newer = Wxsim::new().args(&["serve", flag[0], flag[1]]).finishes(2);
    newer.complains(&["format 99", "newer"]);
}

/// Says that a later format wrote the file.
fn newer(file: &Path) {
    let text = fs::read_to_string(file).expect("it is there");
    let text = text.replacen("{\"wxsimState\":1", "{\"wxsimState\":99", 1);
    fs::write(file, text).expect("it is written");
}

#[test]
fn messages_are_posted_until_they_are_taken() {
    let times = std::sync::atomic::AtomicU32::new(0);
    let back_end = Server::start(move |request| match request.path() {
        path if path.contains("echostr=") => {
            let (_, echo) = path.split_once("echostr=").expect("it is there");
            reply("200 OK", &[], echo.as_bytes())
        }
        _ => match times.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => reply("500 Internal Server Error", &[], b""),
            1 => Reply::Nothing,
            _ => reply("200 OK", &[], b"success"),
        },
    });
    let serving = Serving::start(&[]);
    let wrong = serving.control(
        "POST",
        "push",
        &json!({"url": format!("{}/none", serving.text("/url")), "token": "AAAAA"}),
    );
    assert_eq!(wrong.status, 400);
    assert!(
        wrong.json()["error"].to_string().contains("Token校验失败"),
        "{wrong:?}"
    );
    let settings = json!({"url": back_end.url("/push"), "token": "AAAAA"});
    let set = serving.control("POST", "push", &settings);
    assert_eq!(set.status, 200, "{set:?}");
    let said = serving.control("POST", "say", &json!({"user": "user", "text": "你好"}));
    assert_eq!(said.status, 200);
    let told = serving.until("deliveries", |all| all[0]["state"] == "Done");
    assert_eq!(
        (&told[0]["state"], &told[0]["attempt"]),
        (&json!("Done"), &json!(3)),
        "{told}"
    );
    let received = back_end.received();
    let bodies = received
        .iter()
        .skip(1)
        .map(|it| String::from_utf8_lossy(&it.body).into_owned());
    let bodies: Vec<String> = bodies.collect();
    assert!(
        bodies.len() == 3 && bodies.iter().all(|body| *body == bodies[0]),
        "{bodies:?}"
    );
    assert!(bodies[0].contains("你好") && bodies[0].contains("MsgId"));
    assert!(
        received[1].path().contains("signature="),
        "{}",
        received[1].path()
    );
}

#[test]
fn nothing_is_posted_to_other_machines_unasked() {
    let serving = Serving::start(&[]);
    let settings = json!({"url": "http://203.0.113.7/push", "token": "AAAAA", "check": false});
    assert_eq!(serving.control("POST", "push", &settings).status, 200);
    serving.control("POST", "say", &json!({"user": "user", "text": "hi"}));
    let told = serving.until("deliveries", |all| all[0]["state"] == "GivenUp");
    assert!(
        told[0]["lastAnswer"].to_string().contains("--allow-host"),
        "{told}"
    );
}

#[test]
fn a_virtual_clock_stands_until_it_is_told_to_move() {
    let serving = Serving::start(&["--clock", "virtual", "--compat-date", "2018-06-04"]);
    let now = || {
        serving.control("GET", "world", &Json::Null).json()["now"]
            .as_i64()
            .expect("a moment")
    };
    let begun = now();
    let code = serving.login();
    let moved = serving
        .control("POST", "clock", &json!({"advance": "5m"}))
        .json();
    assert_eq!(moved["now"].as_i64(), Some(begun + 300_000));
    let late = serving.exchange(&code);
    assert_eq!(late["errcode"], 40029);
    let text = late["errmsg"].as_str().expect("a text");
    assert!(
        text.starts_with("invalid code, hints: [ req_id: "),
        "{text}"
    );
    let back = serving.control("POST", "clock", &json!({"to": begun}));
    assert_eq!(back.status, 400);
}

#[test]
fn a_saved_world_can_be_put_back() {
    let serving = Serving::start(&["--clock", "virtual"]);
    let code = serving.login();
    let saved = serving.control("GET", "save", &Json::Null).json();
    assert_eq!(serving.exchange(&code).get("errcode"), None);
    assert_eq!(serving.exchange(&code)["errcode"], 40163);
    assert_eq!(serving.control("POST", "restore", &saved).status, 200);
    assert_eq!(
        serving.exchange(&code).get("errcode"),
        None,
        "it was not exchanged in this world"
    );
    assert_eq!(serving.control("POST", "restore", &json!({})).status, 400);
}

#[test]
fn a_code_is_a_picture() {
    let serving = Serving::start(&[]);
    let path = format!("/wxa/getwxacodeunlimit?access_token={}", serving.token());
    let made = serving.post(&path, &json!({"scene": "a=1", "check_path": false}));
    assert!(
        made.head.contains("image/jpeg") && made.body.starts_with(&[0xff, 0xd8]),
        "{}",
        made.head
    );
    let codes = serving.control("GET", "codes", &Json::Null).json();
    let id = codes[0]["id"].as_str().expect("a code").to_owned();
    let shown = serving.control("GET", &format!("codes/{id}"), &Json::Null);
    assert!(shown.body.starts_with(b"\x89PNG"), "{}", shown.head);
    let wrong = serving.post(&path, &json!({}));
    assert!(wrong.head.contains("application/json"), "{}", wrong.head);
    assert_eq!(wrong.json()["errcode"], 40169);
}

#[test]
#[cfg(unix)]
fn it_ends_when_it_is_told_to() {
    let mut serving = Serving::start(&[]);
    let id = serving.child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-TERM", &id])
        .status();
    assert!(killed.expect("kill is there").success());
    let status = serving.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn requests_are_recorded_where_it_is_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("requests.jsonl");
    let serving = Serving::start(&["--record", file.to_str().expect("a path")]);
    serving.get("/cgi-bin/token");
    let text = fs::read_to_string(&file).expect("it is there");
    let line: Json = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&line["path"], &line["errcode"]),
        (&json!("/cgi-bin/token"), &json!(40002))
    );
}

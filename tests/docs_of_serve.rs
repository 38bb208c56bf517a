//! `docs/serve.md`: its tables are those of the code, its flags and calls exist.
#![allow(
    clippy::disallowed_methods,
    reason = "reads and rewrites the page, starts the program"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;
use wxsim::profile::{CODE_LIFE_MS, PREPAY_LIFE_MS, SESSION_IDLE_MS};
use wxsim::serve::OPEN_API;
use wxsim::server::routes::endpoints;
use wxsim::server::{Endpoint, Verb, pay_interfaces};
use wxsim::world::card::held::TAKEN_KEPT_MAX;
use wxsim::world::message::inbox;
use wxsim::world::message::ticket;
use wxsim::world::open_api::access_token::{OVERLAP_MS, TOKEN_LIFE_MS, TOKENS_KEPT_MAX};
use wxsim::world::open_api::content_check;
use wxsim::world::open_api::delivery::{OVER_KEPT_MAX, WAITING_MAX};
use wxsim::world::open_api::request_log::{BODY_CHARS_MAX, REQUESTS_KEPT_MAX};
use wxsim::world::open_api::temp_media::{MEDIA_BYTES_MAX, MEDIA_KEPT_MAX, MEDIUM_LIFE_MS};
use wxsim::world::pay::{ORDERS_MAX, SPARE_MAX};
use wxsim::world::phone_number::PHONE_CODES_KEPT_MAX;
use wxsim::world::printed_code::made;
use wxsim::world::{conversation, open_data, session};

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/serve.md")
}

fn page() -> String {
    fs::read_to_string(path()).expect("the page is there")
}

/// The page with a text between the marks of a part.
fn filled(page: &str, part: &str, text: &str) -> String {
    let (open, close) = (format!("<!-- {part} -->"), format!("<!-- /{part} -->"));
    let (before, rest) = page.split_once(&open).expect("the part begins");
    let (_, after) = rest.split_once(&close).expect("the part ends");
    format!("{before}{open}\n{text}{close}{after}")
}

fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
        let cells: Vec<String> = cells.map(|cell| format!(" {cell} ")).collect();
        format!("|{}|\n", cells.join("|").replace("  ", " "))
    };
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let rows: String = rows.into_iter().map(|row| line(&row)).collect();
    format!("\n{}{}|\n{rows}\n", line(&head), "|---".repeat(head.len()))
}

fn endpoint_row(endpoint: &Endpoint) -> Vec<String> {
    let verb = match endpoint.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Any => "GET, POST",
    };
    let since = endpoint.since.map(|day| format!("since {day}"));
    let until = endpoint.until.map(|day| format!("until {day}"));
    let days: Vec<String> = since.into_iter().chain(until).collect();
    let (minute, day) = endpoint.limits;
    let minute = minute.map(|calls| format!("{calls} a minute"));
    let day = day.map(|calls| format!("{calls} a day"));
    let limits: Vec<String> = minute.into_iter().chain(day).collect();
    vec![
        format!("`{}`", endpoint.name),
        format!("{verb} `{}`", endpoint.path),
        days.join(", "),
        limits.join(", "),
    ]
}

fn interfaces() -> String {
    let head = ["interface", "path", "days", "calls of an app"];
    let all = table(&head, endpoints().map(endpoint_row));
    let pay = pay_interfaces().map(|it| {
        let since = it.since.map(|day| format!("since {day}"));
        let path = format!("{} `{}`", it.method, it.path);
        vec![path, since.unwrap_or_default()]
    });
    let pay = table(&["WeChat Pay", "days"], pay);
    format!("{all}{}", pay.trim_start_matches('\n'))
}

fn document() -> Json {
    serde_json::from_str(OPEN_API).expect("JSON")
}

/// The members of the body of a call.
fn members(document: &Json, operation: &Json) -> Vec<String> {
    let json = &operation["requestBody"]["content"]["application/json"];
    let mut schema = &json["schema"];
    if let Some(name) = schema["$ref"].as_str() {
        schema = document
            .pointer(name.trim_start_matches('#'))
            .expect("it is there");
    }
    let members = schema["properties"].as_object();
    members
        .into_iter()
        .flat_map(|it| it.keys().cloned())
        .collect()
}

fn calls() -> String {
    let document = document();
    let mut rows = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let name = path.trim_start_matches("/_wxsim/");
            let name = if name.is_empty() { path } else { name };
            let body = members(&document, operation);
            let body: Vec<String> = body.iter().map(|name| format!("`{name}`")).collect();
            rows.push(vec![
                format!("`{} {name}`", method.to_uppercase()),
                operation["summary"].as_str().unwrap_or_default().to_owned(),
                body.join(", "),
            ]);
        }
    }
    table(&["call", "", "members of the body"], rows)
}

/// A duration in its largest whole unit.
fn time(ms: i64) -> String {
    match ms {
        ms if ms % 86_400_000 == 0 => format!("{} d", ms / 86_400_000),
        ms if ms % 3_600_000 == 0 => format!("{} h", ms / 3_600_000),
        ms if ms % 60_000 == 0 => format!("{} min", ms / 60_000),
        ms => format!("{} s", ms / 1_000),
    }
}

fn kept() -> String {
    let row =
        |(what, most, life): (&str, usize, String)| vec![what.to_owned(), most.to_string(), life];
    let rows = of_logins().into_iter().chain(of_messages());
    table(&["", "at most", ""], rows.map(row))
}

type Kept = (&'static str, usize, String);

fn until(ms: i64) -> String {
    format!("good for {}", time(ms))
}

fn of_logins() -> [Kept; 9] {
    let session = format!("of a user in an app; {} without use", time(SESSION_IDLE_MS));
    let token = format!(
        "good for {}, the former one {} longer; known for a day behind its end",
        time(TOKEN_LIFE_MS),
        time(OVERLAP_MS)
    );
    let order = format!(
        "{SPARE_MAX} of them not paid or closed, which go first; a prepay id is {}",
        until(PREPAY_LIFE_MS)
    );
    let body = format!("{BODY_CHARS_MAX} characters of a body");
    let sealed = "encrypted data, for checkEncryptedData";
    [
        ("login codes", session::CODES_KEPT_MAX, until(CODE_LIFE_MS)),
        ("sessions", 1, session),
        ("access tokens", TOKENS_KEPT_MAX, token),
        (
            "codes for phone numbers",
            PHONE_CODES_KEPT_MAX,
            until(CODE_LIFE_MS),
        ),
        (sealed, open_data::CIPHERTEXTS_KEPT_MAX, String::new()),
        ("requests, and as many that failed", REQUESTS_KEPT_MAX, body),
        (
            "deliveries that wait or are out",
            WAITING_MAX,
            String::new(),
        ),
        ("deliveries that are over", OVER_KEPT_MAX, String::new()),
        ("orders", ORDERS_MAX, order),
    ]
}

fn of_messages() -> [Kept; 7] {
    let media = format!(
        "{} MiB together; {}",
        MEDIA_BYTES_MAX >> 20,
        until(MEDIUM_LIFE_MS)
    );
    let notice = "of a user in an app".to_owned();
    let ticket = until(ticket::TICKET_LIFE_MS);
    [
        ("temporary media", MEDIA_KEPT_MAX, media),
        ("service notices", inbox::MESSAGES_KEPT_MAX, notice),
        (
            "messages of a conversation",
            conversation::MESSAGES_KEPT_MAX,
            String::new(),
        ),
        (
            "form ids and payments to send for",
            ticket::TICKETS_KEPT_MAX,
            ticket,
        ),
        ("mini program codes", made::CODES_KEPT_MAX, String::new()),
        ("cards that users took", TAKEN_KEPT_MAX, String::new()),
        (
            "media checks that wait",
            content_check::WAITING_MAX,
            String::new(),
        ),
    ]
}

#[test]
fn the_tables_of_the_page_are_up_to_date() {
    let present = page();
    let mut wanted = filled(&present, "calls", &calls());
    wanted = filled(&wanted, "kept", &kept());
    wanted = filled(&wanted, "interfaces", &interfaces());
    if present != wanted {
        fs::write(path(), wanted).expect("the page can be written");
        panic!("docs/serve.md was stale and is rewritten: read the difference and commit it");
    }
}

#[test]
fn the_page_has_every_flag_and_no_other() {
    let help = Command::new(env!("CARGO_BIN_EXE_wxsim"))
        .args(["serve", "--help"])
        .output()
        .expect("the program starts");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let flags = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        let flags = words.filter(|word| word.len() > 3 && word.starts_with("--"));
        flags.map(str::to_owned).collect()
    };
    let (mut told, there) = (flags(&page()), flags(&help));
    told.insert("--help".to_owned());
    // Of `wxsim run`, which takes over a saved world.
    assert!(told.remove("--world"));
    assert_eq!(told, there);
}

#[test]
fn the_calls_of_the_page_exist_and_take_their_bodies() {
    let (page, document) = (page(), document());
    let lines = page.lines().filter(|line| line.contains("ask "));
    let mut seen = 0;
    for line in lines {
        let Some((before, rest)) = line.split_once("$URL/_wxsim/") else {
            continue;
        };
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '-')
            .collect();
        let body = before
            .split_once("-d '")
            .and_then(|(_, rest)| rest.split_once('\''))
            .map(|(body, _)| body);
        let method = match body {
            Some(_) => "post",
            None if before.contains("-X DELETE") => "delete",
            None => "get",
        };
        let operation = &document["paths"][format!("/_wxsim/{name}")][method];
        assert!(operation.is_object(), "there is no {method} {name}: {line}");
        let known = members(&document, operation);
        let body: Json = serde_json::from_str(body.unwrap_or("{}")).expect(line);
        for member in body.as_object().expect(line).keys() {
            // Answers have the keys of questions.
            let is_known = name == "answer" || known.contains(member);
            assert!(is_known, "{name} has no {member}: {line}");
        }
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn every_link_of_the_page_leads_somewhere() {
    let page = page();
    let mut heads = BTreeSet::new();
    for head in page.lines().filter_map(|line| line.strip_prefix("## ")) {
        let mut anchor = String::new();
        for char in head.to_lowercase().chars() {
            match char {
                ' ' => anchor.push('-'),
                char if char.is_alphanumeric() || char == '-' => anchor.push(char),
                _ => {}
            }
        }
        heads.insert(anchor);
    }
    for link in page.split("](").skip(1) {
        let target = link.split(')').next().unwrap_or_default();
        if let Some(anchor) = target.strip_prefix('#') {
            assert!(heads.contains(anchor), "no section {anchor}");
        } else {
            let file = target.split('#').next().unwrap_or_default();
            assert!(path().with_file_name(file).exists(), "no {file}");
        }
    }
}

#[test]
fn a_part_is_filled_between_its_marks() {
    let page = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n";
    let mut wanted = String::new();
    let _ = write!(
        wanted,
        "a\n<!-- x -->\n{}<!-- /x -->\nb\n",
        table(&["h"], [vec!["c".to_owned()]])
    );
    assert_eq!(
        filled(page, "x", &table(&["h"], [vec!["c".to_owned()]])),
        wanted
    );
    assert_eq!(
        table(&["h"], [vec!["c|d".to_owned()]]),
        "\n| h |\n|---|\n| c\\|d |\n\n"
    );
    assert_eq!(
        [
            time(86_400_000),
            time(7_200_000),
            time(300_000),
            time(15_000)
        ],
        ["1 d", "2 h", "5 min", "15 s"]
    );
}

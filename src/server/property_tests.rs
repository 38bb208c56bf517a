//! Whatever comes over HTTP gets an HTTP answer: random requests of every interface, and random bytes for
//! what reads requests.
//!
//! The requests follow from a fixed seed; `PROPTEST_CASES` makes them more.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Map, Value as Json};

use super::asked::Asked;
use super::request::Request;
use super::response::Response;
use super::testing::{APP, Client, code};
use super::{multipart, routes, xml};
use crate::crypto::signature;
use crate::profile::{Date, Profile};

/// Names that interfaces read, and some that none does.
const NAMES: &[&str] = &[
    "access_token",
    "action",
    "appid",
    "appsecret",
    "auto_color",
    "begin",
    "card_id",
    "cgi_path",
    "check_operator",
    "code",
    "content",
    "data",
    "emphasis_keyword",
    "encrypted_msg_hash",
    "end",
    "form_id",
    "force_refresh",
    "grant_type",
    "js_code",
    "json_signature",
    "json_string",
    "line_color",
    "mch_id",
    "media",
    "media_id",
    "media_type",
    "media_url",
    "msgtype",
    "nothing",
    "openid",
    "out_trade_no",
    "page",
    "path",
    "poi_id",
    "rid",
    "scene",
    "secret",
    "sig_method",
    "signature",
    "template_id",
    "text",
    "touser",
    "transaction_id",
    "type",
    "version",
    "width",
];

/// Values that get a request further than random ones.
fn useful(client: &mut Client) -> Vec<String> {
    let key = client.log_in().base64;
    let mut values = vec![
        client.open_id(),
        client.world.app_secret(APP).unwrap_or_default(),
        signature::of_session("", &key),
    ];
    for text in [
        APP,
        "authorization_code",
        "client_credential",
        "hmac_sha256",
        "dns",
        "all",
        "DEFAULT",
        "/cgi-bin/token",
        "/sns/jscode2session",
        "5b14a800-00000000-00000000",
        "",
        "0",
        "-1",
        "1e400",
        "true",
        "null",
        "%",
        "%e4",
    ] {
        values.push(text.to_owned());
    }
    values
}

fn text(useful: &[String]) -> impl Strategy<Value = String> + use<> {
    prop_oneof![select(useful.to_vec()), any::<String>()]
}

fn json(useful: &[String]) -> impl Strategy<Value = Json> + use<> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        text(useful).prop_map(Json::String),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::Array),
            members(inner).prop_map(Json::Object),
        ]
    })
}

fn members(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Map<String, Json>> {
    let name = prop_oneof![4 => select(NAMES).prop_map(str::to_owned), 1 => any::<String>()];
    vec((name, value), 0..8).prop_map(|members| members.into_iter().collect())
}

fn body(useful: &[String]) -> impl Strategy<Value = Vec<u8>> + use<> {
    prop_oneof![
        4 => members(json(useful)).prop_map(|it| Json::Object(it).to_string().into_bytes()),
        1 => json(useful).prop_map(|it| it.to_string().into_bytes()),
        1 => vec(any::<u8>(), 0..200),
        1 => Just(Vec::new()),
    ]
}

/// A query of names and values, encoded or not.
fn query(useful: &[String]) -> impl Strategy<Value = String> + use<> {
    let pair = (select(NAMES), text(useful), any::<bool>());
    let pairs = vec(pair, 0..6).prop_map(|pairs| {
        let pairs = pairs.into_iter().map(|(name, value, is_raw)| {
            let encoded = value.bytes().map(|it| format!("%{it:02x}"));
            let value = if is_raw { value } else { encoded.collect() };
            format!("{name}={value}")
        });
        pairs.collect::<Vec<_>>().join("&")
    });
    prop_oneof![4 => pairs, 1 => any::<String>()]
}

fn run<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    if let Err(error) = runner.run(&strategy, test) {
        panic!("{error}");
    }
}

/// An answer is HTTP, of a type, and JSON on one line where it says so.
fn check(response: &Response) -> Result<(), TestCaseError> {
    let fail = |why: &str| Err(TestCaseError::fail(format!("{why}: {response:?}")));
    if response.status == 404 && response.body == b"404 not found" {
        // Interfaces of templates answer a wrong method so.
        return Ok(());
    }
    if response.status != 200 {
        return fail("another status");
    }
    let kind = response.header("content-type").unwrap_or_default();
    let is_text = kind.starts_with("application/json") || kind == "text/plain";
    if is_text && !response.body_json().is_object() {
        return fail("no JSON object");
    }
    if is_text && response.body.iter().any(|byte| *byte < b' ') {
        return fail("more than one line");
    }
    if kind.is_empty() {
        return fail("no type");
    }
    Ok(())
}

#[test]
fn every_interface_answers_whatever_is_asked() {
    for day in [Date::new(2018, 6, 4), Profile::default().compat_date] {
        let mut client = Client::new(Profile::on(day));
        let useful = useful(&mut client);
        let token = client.with_token("");
        let paths: Vec<&str> = routes::endpoints().map(|it| it.path).collect();
        let (client, codes) = (RefCell::new(client), RefCell::new(BTreeSet::new()));
        let asked = (
            prop_oneof![9 => select(paths).prop_map(str::to_owned), 1 => any::<String>()],
            prop_oneof![9 => select(&["GET", "POST"][..]).prop_map(str::to_owned), 1 => any::<String>()],
            (query(&useful), any::<bool>()),
            prop_oneof![
                Just("application/json"),
                Just("multipart/form-data; boundary=x"),
                Just("")
            ],
            body(&useful),
        );
        run(asked, |(path, method, (query, has_token), kind, body)| {
            let mark = if has_token { &*token } else { "?" };
            let request = Request {
                method,
                ..Request::post(
                    &format!("/{}{mark}&{query}", path.trim_start_matches('/')),
                    body,
                )
            };
            let request = request.with_header("content-type", kind);
            let response = client.borrow_mut().send(&request);
            codes.borrow_mut().insert(code(&response));
            check(&response)
        });
        let codes = codes.into_inner();
        assert!(codes.len() > 9 && codes.contains(&0), "too few: {codes:?}");
    }
}

#[test]
fn wechat_pay_answers_whatever_is_asked() {
    let mut client = Client::new(Profile::default());
    let useful = useful(&mut client);
    let paths: Vec<String> = super::pay_interfaces()
        .map(|it| it.path.replace("{}", "a"))
        .collect();
    let client = RefCell::new(client);
    let pieces = select(&PIECES[..]).prop_map(str::to_owned);
    let piece = prop_oneof![3 => pieces, 1 => text(&useful)];
    let asked = (
        select(paths),
        prop_oneof![Just(""), Just("/x"), Just("?mchid=1"), Just("%00")],
        select(&["GET", "POST", "HEAD", "PUT"][..]),
        prop_oneof![3 => vec(piece, 0..20).prop_map(|it| it.concat().into_bytes()), 1 => body(&useful)],
        prop_oneof![
            Just("WECHATPAY2-SHA256-RSA2048 mchid=\"1\",nonce_str=\"a\"".to_owned()),
            any::<String>()
        ],
    );
    run(asked, |(path, more, method, body, line)| {
        let request = Request {
            method: method.to_owned(),
            ..Request::post(&format!("{path}{more}"), body)
        };
        let request = request.with_header("user-agent", "t");
        let request = request.with_header("authorization", &line);
        let response = client.borrow_mut().send(&request);
        let is_answer = (200..600).contains(&response.status)
            && (response.status == 204 || !response.body.is_empty());
        if is_answer {
            Ok(())
        } else {
            Err(TestCaseError::fail(format!("{response:?}")))
        }
    });
}

/// Pieces of bodies of WeChat Pay, and of what is wrong with them.
const PIECES: [&str; 18] = [
    "<xml>",
    "</xml>",
    "<appid>wx1111111111111111</appid>",
    "<mch_id>",
    "</mch_id>",
    "1900000109",
    "<nonce_str>a</nonce_str>",
    "<sign>0</sign>",
    "<total_fee>1</total_fee>",
    "<out_trade_no><![CDATA[",
    "]]></out_trade_no>",
    "<!DOCTYPE xml [<!ENTITY a \"b\">]>",
    "&a;",
    "&#0;",
    "<?xml version=\"1.0\"?>",
    "{\"appid\":",
    "\"wx1111111111111111\"",
    "}",
];

#[test]
fn a_login_is_answered_whatever_the_query_is() {
    let mut client = Client::new(Profile::default());
    let useful = useful(&mut client);
    let secret = client.world.app_secret(APP).unwrap_or_default();
    let (client, codes) = (RefCell::new(client), RefCell::new(BTreeSet::new()));
    let good = ["", "appid", "secret", "js_code", "grant_type"].map(|last| {
        let all = [
            ("appid", APP),
            ("secret", &secret),
            ("js_code", "x"),
            ("grant_type", "authorization_code"),
        ];
        let until = all.iter().position(|(name, _)| *name == last).unwrap_or(4);
        let pairs = all[..until].iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}&"))
            .collect();
        pairs.concat()
    });
    let names = select(&["appid", "secret", "js_code", "grant_type", "access_token"][..]);
    let pair = (names, text(&useful)).prop_map(|(name, value)| format!("{name}={value}"));
    let rest = prop_oneof![vec(pair, 0..6).prop_map(|it| it.join("&")), query(&useful)];
    run(
        (select(good.to_vec()), rest, body(&useful)),
        |(good, rest, body)| {
            let path = format!("/sns/jscode2session?{good}{rest}");
            let request = if body.is_empty() {
                Request::get(&path)
            } else {
                Request::post(&path, body)
            };
            let response = client.borrow_mut().send(&request);
            check(&response)?;
            if response.header("content-type") != Some("text/plain") {
                return Err(TestCaseError::fail("it is text"));
            }
            codes.borrow_mut().insert(code(&response));
            Ok(())
        },
    );
    let codes: Vec<i64> = codes.into_inner().into_iter().collect();
    let all = [40002, 40013, 40029, 40125, 41002, 41004, 41008];
    assert_eq!(
        codes, all,
        "no random code is a login, and all that fails was tried"
    );
}

#[test]
fn what_reads_requests_takes_any_bytes() {
    let useful = vec![
        "<xml><a><![CDATA[b]]></a></xml>".to_owned(),
        "&lt;".to_owned(),
    ];
    let part = "--x\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n";
    let chunk = prop_oneof![
        select(vec![
            part.to_owned(),
            "\r\n".to_owned(),
            "--x--\r\n".to_owned(),
            "--x\r\n".to_owned()
        ]),
        select(vec![
            "<xml>".to_owned(),
            "</xml>".to_owned(),
            "<a>".to_owned(),
            "</a>".to_owned()
        ]),
        select(vec![
            "<![CDATA[".to_owned(),
            "]]>".to_owned(),
            "<!DOCTYPE a>".to_owned(),
            "&a;".to_owned()
        ]),
        text(&useful),
    ];
    let bytes = prop_oneof![
        vec(chunk, 0..12).prop_map(|it| it.concat().into_bytes()),
        body(&useful)
    ];
    let kind = prop_oneof![
        Just("multipart/form-data; boundary=x".to_owned()),
        any::<String>(),
    ];
    run((query(&useful), bytes, kind), |(query, bytes, kind)| {
        let request = Request::post(&format!("/p?{query}"), bytes.clone());
        let request = request.with_header("content-type", &kind);
        let asked = Asked::new(&request, String::new());
        for name in NAMES {
            let read = (asked.text(name), asked.integer(name), asked.flag(name));
            let is_body = asked.json().is_ok();
            let is_told = is_body || (read.0.is_err() && read.1.is_err() && read.2.is_err());
            if !is_told {
                return Err(TestCaseError::fail("a member of a body that is none"));
            }
            asked.param(name);
        }
        let _ = (multipart::read(&request), xml::read(&bytes), asked.parts());
        Ok(())
    });
}

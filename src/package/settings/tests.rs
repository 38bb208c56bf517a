use serde_json::json;

use super::{ProfileKeys, Settings};
use crate::package::MemoryFiles;
use crate::profile::Platform;
use crate::world::device::{SystemPermission, SystemState};
use crate::world::network::{Body, Outcome, Response, Route};

pub(super) fn read(text: &str) -> Result<Settings, Vec<String>> {
    let files = MemoryFiles::new([
        ("wxsim.toml", text),
        ("app.json", "{}"),
        ("mock/list.json", "[1]"),
    ]);
    let result = Settings::read(&files);
    result.map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[track_caller]
pub(super) fn good(text: &str) -> Settings {
    read(text).unwrap_or_else(|problems| panic!("{}", problems.join("\n")))
}

/// Insists on the mistakes of a text, one a line.
#[track_caller]
pub(super) fn mistakes(text: &str, wanted: &[&str]) {
    let found = read(text).expect_err("a mistake");
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn without_a_file_nothing_is_said() {
    let files = MemoryFiles::new([("app.json", "{}")]);
    assert_eq!(Settings::read(&files), Ok(Settings::default()));
    assert_eq!(good(""), Settings::default());
}

#[test]
fn the_file_may_lie_beside_app_json() {
    let files = MemoryFiles::new([
        (
            "project.config.json",
            r#"{"miniprogramRoot": "miniprogram/"}"#,
        ),
        ("miniprogram/app.json", "{}"),
        (
            "miniprogram/wxsim.toml",
            "seed = 7\nroutes = ['GET a = 200 @b.txt']",
        ),
        ("miniprogram/b.txt", "b"),
    ]);
    let settings = Settings::read(&files).expect("it is right");
    assert_eq!(settings.seed, Some(7));
    let body = Body::Text("b".to_owned());
    assert_eq!(settings.routes, [answer("GET", "a", 200, body)]);
}

#[test]
fn the_platform_follows_from_the_day_and_flags_come_first() {
    let settings = good("compat_date = '2018-06-04'\nplatform = 'android'\nclient = '6.6.7'");
    let profile = settings.profile(ProfileKeys::default());
    assert_eq!(profile.compat_date.to_string(), "2018-06-04");
    assert_eq!(profile.sdk.to_string(), "2.0.8");
    assert_eq!(profile.client.to_string(), "6.6.7");
    assert_eq!(profile.platform, Platform::Android);
    let flags = ProfileKeys {
        platform: Some(Platform::Ohos),
        ..ProfileKeys::default()
    };
    assert_eq!(settings.profile(flags).platform, Platform::Ohos);
}

#[test]
fn answers_are_words_numbers_tables_and_lists() {
    let settings = good(
        "[answers]\n\
         scope.record = 'deny'\n\
         \"scope.camera\" = 'allow'\n\
         modal = ['confirm', { confirm = 'typed' }]\n\
         actionSheet = 0\n\
         settings = { scope.record = true, 'scope.camera' = false }",
    );
    let answers: Vec<_> = settings
        .answers
        .iter()
        .map(|answer| (answer.key.as_str(), answer.answer.clone()))
        .collect();
    let expected = [
        ("scope.record", json!("deny")),
        ("scope.camera", json!("allow")),
        ("modal", json!(["confirm", {"confirm": "typed"}])),
        ("actionSheet", json!(0)),
        (
            "settings",
            json!({"scope.record": true, "scope.camera": false}),
        ),
    ];
    assert_eq!(answers, expected);
    let place = |at: usize| settings.answers[at].place.to_string();
    assert_eq!(
        (place(0), place(3)),
        ("wxsim.toml:2:16".into(), "wxsim.toml:5:15".into())
    );
    assert_eq!(settings.answers[3].key_place.to_string(), "wxsim.toml:5:1");
}

fn answer(method: &str, url: &str, status: u16, body: Body) -> Route {
    let headers = Vec::new();
    let response = Response {
        status,
        headers,
        body,
    };
    Route::new(method, url, Outcome::Response(response))
}

#[test]
fn a_route_is_a_text_or_a_table() {
    let text = |text: &str| Body::Text(text.to_owned());
    let chunks = Body::Chunks(vec!["a".into(), "b".into()]);
    for (toml, route) in [
        (
            "'GET https://a.example/b = 200 {\"c\":1}'",
            answer("GET", "https://a.example/b", 200, text("{\"c\":1}")),
        ),
        (
            "'GET a = 200 @mock/list.json'",
            answer("GET", "a", 200, text("[1]")),
        ),
        ("{ url = 'a' }", answer("*", "a", 200, text(""))),
        (
            "{ url = 'a', json = { z = 1, a = [true, 1.5, 'é'] } }",
            answer("*", "a", 200, text("{\"z\":1,\"a\":[true,1.5,\"é\"]}")),
        ),
        (
            "{ method = 'POST', url = 'a', status = 404, file = './mock/list.json' }",
            answer("POST", "a", 404, text("[1]")),
        ),
        (
            "{ url = 'a', base64 = 'AP8=' }",
            answer("*", "a", 200, Body::Bytes(vec![0, 255])),
        ),
        (
            "{ url = 'a', chunks = ['a', 'b'] }",
            answer("*", "a", 200, chunks),
        ),
        (
            "{ url = 'a', body = 'x', delay = '2s', times = 3, exact = true }",
            answer("*", "a", 200, text("x"))
                .after(2_000)
                .times(3)
                .exact(),
        ),
        (
            "{ url = 'a', fail = 'timeout', delay = '10ms' }",
            Route::new("*", "a", Outcome::Fail("timeout".into())).after(10),
        ),
    ] {
        assert_eq!(
            good(&format!("routes = [{toml}]")).routes,
            [route],
            "{toml}"
        );
    }
}

#[test]
fn routes_may_be_sections_and_headers_may_repeat() {
    let settings = good(
        "[[routes]]\n\
         url = 'a'\n\
         header = { Set-Cookie = ['a=1', 'b=2'], X-A = 'c' }\n\
         [[routes]]\n\
         url = 'b'\n",
    );
    let lines = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-A", "c")];
    let headers = lines.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let response = Response {
        status: 200,
        headers: headers.to_vec(),
        body: Body::Text(String::new()),
    };
    let first = Route::new("*", "a", Outcome::Response(response));
    let second = answer("*", "b", 200, Body::Text(String::new()));
    assert_eq!(settings.routes, [first, second]);
}

#[test]
fn the_rest_is_read_too() {
    let settings = good("seed = 0\ntime_zone = '-05:00'\nsystem.location = 'denied'");
    assert_eq!(
        (settings.seed, settings.utc_offset_s),
        (Some(0), Some(-18_000))
    );
    let denied = (SystemPermission::Location, SystemState::Denied);
    assert_eq!(settings.system, [denied]);
}

#[test]
fn a_device_may_have_a_platform() {
    let devices = good("devices = [{ id = 'a', platform = 'ohos' }, { id = 'b' }]").devices;
    let platforms = devices.iter().map(|phone| phone.platform);
    assert_eq!(platforms.collect::<Vec<_>>(), [Some(Platform::Ohos), None]);
}

#[test]
fn the_network_has_hosts_and_files_beside_the_settings() {
    let network = good(
        "[network]\nallow = ['*.a.example', 'localhost:1']\nreplay = './net.toml'\nsocket_wait = '2s'",
    );
    let network = network.network;
    let hosts: Vec<String> = network.allow.iter().map(ToString::to_string).collect();
    assert_eq!(hosts, ["*.a.example", "localhost:1"]);
    let replay = network.replay.expect("a file");
    assert_eq!((replay.path.as_str(), replay.place.line), ("net.toml", 3));
    assert_eq!(network.record, None);
    assert_eq!(network.socket_wait_ms, Some(2_000));
}

#[test]
fn two_files_are_one_too_many() {
    let files = MemoryFiles::new([
        ("wxsim.toml", ""),
        ("miniprogram/wxsim.toml", ""),
        ("miniprogram/app.json", "{}"),
    ]);
    let found = Settings::read(&files).expect_err("two files");
    let expected =
        "miniprogram/wxsim.toml: error: wxsim.toml holds settings, too (keep one of the two)";
    assert_eq!(found[0].to_string(), expected);
}

#[test]
fn what_is_no_toml_is_shown_where_it_ends() {
    let found = read("seed = 1\nplatform = ios\n").expect_err("no quotes");
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("wxsim.toml:2:12: error: "),
        "{found:?}"
    );
    assert!(found[0].contains("texts in quotes"), "{found:?}");
    for text in [
        "seed 1",
        "[answers",
        "seed = 1\nseed = 2",
        "a = [1",
        "\u{0}",
    ] {
        let found = read(text).expect_err(text);
        assert!(found[0].starts_with("wxsim.toml:"), "{found:?}");
    }
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let files = MemoryFiles::new([("wxsim.toml", b"seed = \xff".to_vec())]);
    let found = Settings::read(&files).expect_err("no text");
    assert!(found[0].message.contains("UTF-8"), "{found:?}");
    let files = MemoryFiles::new([("wxsim.toml/a", "")]);
    let found = Settings::read(&files).expect_err("a folder");
    assert!(found[0].message.contains("regular file"), "{found:?}");
}

const ALL_KEYS: &str = "compat_date, sdk, client, platform, seed, time_zone, answers, routes, cloud, ads, privacy_guide, system, sensors, biometrics, codes, links, network, app, merchants, we_run, subscriptions, templates, rules, lint, user, users, devices, apps, groups, cards";

#[test]
fn the_cloud_is_a_list_of_rules_as_the_flag_has_them() {
    let settings = good("cloud = ['login = {\"a\":1}', 'db.users = [{}]']\nads = true");
    let rules = ["login = {\"a\":1}", "db.users = [{}]"];
    let rules = rules.map(|text| text.parse().expect(text));
    assert_eq!(settings.cloud, rules);
    assert_eq!(settings.ads, Some(true));
    let guide = good("privacy_guide = 'location'").privacy_guide;
    assert_eq!(guide, Some("location".parse().expect("an item")));
    let files = MemoryFiles::new([("wxsim.toml", "cloud = ['login']")]);
    let found = Settings::read(&files).expect_err("no rule");
    assert!(found[0].message.contains("` = ` is missing"), "{found:?}");
}

#[test]
fn sensors_read_lists() {
    let settings = good(
        "[sensors]\ncompass = [{ at = '0ms', direction = 90 }]\n\
         [[sensors.accelerometer]]\nat = '200ms'\nx = 0.5",
    );
    let scripts = [
        r#"compass = [{"at":"0ms","direction":90}]"#,
        r#"accelerometer = [{"at":"200ms","x":0.5}]"#,
    ];
    let scripts = scripts.map(|text| text.parse().expect(text));
    assert_eq!(settings.sensors, scripts);
}

#[test]
fn an_unknown_key_names_the_nearest() {
    mistakes(
        "compat_dat = '2018-06-04'\n\n[anwsers]\nmodal = 'confirm'\n[zzzzzzzzzzzz]\n",
        &[
            &format!(
                "wxsim.toml:1:1: error: `compat_dat` is no setting \
                 (did you mean `compat_date`? There are {ALL_KEYS})"
            ),
            &format!(
                "wxsim.toml:3:2: error: `anwsers` is no setting \
                 (did you mean `answers`? There are {ALL_KEYS})"
            ),
            &format!("wxsim.toml:5:2: error: `zzzzzzzzzzzz` is no setting (there are {ALL_KEYS})"),
        ],
    );
}

/// Each mistake in three lines: the file, where, what is told.
const MISTAKES: &str = r#"
compat_date = '2018-13-01'
1:15
`compat_date`: `2018-13-01` is not a date such as 2018-06-04

compat_date = 2018-06-04
1:15
`compat_date` is a date without quotes (write a text in quotes)

sdk = 3
1:7
`sdk` is a number (write a text in quotes)

sdk = '3.x'
1:7
`sdk`: `3.x` is not a version such as 2.10.2

client = 'v8'
1:10
`client`: `v8` is not a version such as 2.10.2

platform = 'andorid'
1:12
`andorid` is no value of `platform` (did you mean `android`? There are ios, android, devtools, windows, mac, ohos)

seed = -1
1:8
`seed` is out of range (write a whole number from 0 to 9223372036854775807)

seed = 'one'
1:8
`seed` is a text (write a whole number from 0 to 9223372036854775807)

seed = 1.5
1:8
`seed` is a number (write a whole number from 0 to 9223372036854775807)

time_zone = 'moon'
1:13
`time_zone`: `moon` is no offset from UTC; write +08:00

answers = 1
1:11
`answers` is a number (write a table)

answers.actionSheet = nan
1:23
`answers.actionSheet` is a number (write a number that JSON has)

system = true
1:10
`system` is true or false (write a table)

system.locaton = 'denied'
1:8
the phone has no `locaton` (did you mean `location`? There are location, camera, microphone, album, bluetooth, phoneCalendar)

system.location = 'deny'
1:19
`deny` is no value of `system.location` (did you mean `denied`? There are authorized, denied, not-determined)

routes = 'x'
1:10
`routes` is a text (write a list in [ ])

routes = [1]
1:11
`routes[0]` is no route (write "GET https://a.example/b = 200 {}" or { url = "…", json = {} })

routes = ['GET a']
1:11
`routes[0]`: `GET a`: ` = ` is missing; write GET https://a.example/b = 200 {"c":1}

routes = ['GET a = 200 @nothing.json']
1:11
`routes[0]`: nothing.json: there is no such file (give the path of a file, from the folder of this one)

routes = [{ url = 'a', file = '../a' }]
1:31
`routes[0].file`: ../a leads out of the project folder (put the file below the project folder)

routes = [{ url = 'a', file = '/a' }]
1:31
`routes[0].file`: /a leads out of the project folder (put the file below the project folder)

routes = [{ url = 'a', stauts = 404 }]
1:24
a route has no `stauts` (did you mean `status`? There are method, url, exact, status, header, body, json, file, base64, chunks, fail, open, delay, times)

routes = [{ method = 'GETT', url = 'a' }]
1:22
`GETT` is no value of `routes[0].method` (did you mean `GET`? There are *, OPTIONS, GET, HEAD, POST, PUT, DELETE, TRACE, CONNECT, WS)

routes = [{ method = 'GET' }]
1:11
a route needs `url` (add url = "https://…"; the end may be *, a host alone stands for all of it)

routes = [{ url = '' }]
1:19
`routes[0].url` is no URL (write https://a.example/b, a.example or *)

routes = [{ url = 'GET a' }]
1:19
`routes[0].url` is no URL (write https://a.example/b, a.example or *)

routes = [{ url = 'a', status = 99 }]
1:33
`routes[0].status` is out of range (write a whole number from 100 to 599)

routes = [{ url = 'a', body = 'x', json = 1 }]
1:36
a route has one body: `body` and `json` (remove one of them)

routes = [{ url = 'a', base64 = '?' }]
1:33
`routes[0].base64`: this is no base64

routes = [{ url = 'a', chunks = 'x' }]
1:33
`routes[0].chunks` is a text (write a list in [ ])

routes = [{ url = 'a', fail = ' ' }]
1:31
the words of the failure are missing (write "timeout", "interrupted" or the words after `request:fail`)

routes = [{ url = 'a', fail = 'timeout', status = 200 }]
1:42
a route with `fail` has no `status` (only one of the two can happen: remove the other)

routes = [{ url = 'a', fail = 'timeout', open = 'echo' }]
1:42
a route with `fail` has no `open` (only one of the two can happen: remove the other)

routes = [{ url = 'a', open = 'echo', body = 'x' }]
1:39
a route with `open` has no `body` (only one of the two can happen: remove the other)

routes = [{ method = 'GET', url = 'a', open = 'echo' }]
1:22
a route with `open` has the method WS (leave `method` out)

routes = [{ url = 'a', open = [{ sned = 'x' }] }]
1:31
`routes[0].open`: a step has on, sent, rest, after, send, base64, echo, close, reason and drop only

routes = [{ url = 'a', open = 'dance' }]
1:31
`routes[0].open`: a step is send, echo, close or drop, behind `on` and `after=`

routes = [{ url = 'a', delay = '3' }]
1:32
`routes[0].delay`: write a text such as "500ms", "3s" or "2m"

routes = [{ url = 'a', times = 0 }]
1:32
`routes[0].times` is out of range (write a whole number from 1 to 1000000)

routes = [{ url = 'a', exact = 'yes' }]
1:32
`routes[0].exact` is a text (write true or false)

routes = [{ url = 'a', header = { A = 1 } }]
1:39
`routes[0].header.A` is a number (write a text in quotes)

routes = [{ url = 'a', header = { A = "b\nc" } }]
1:39
`routes[0].header.A` has a character that no header has (remove line ends and other controls)

sensors.compas = []
1:9
the phone has no `compas` (did you mean `compass`? There are accelerometer, compass, gyroscope, deviceMotion)

sensors.compass = 90
1:19
`sensors.compass`: no list of readings

sensors.compass = [{ direction = 90 }]
1:19
`sensors.compass`: each reading needs a time, `at`, such as "200ms"

sensors.compass = [{ at = '1s', x = 90 }]
1:19
`sensors.compass`: `x` is no member; compass reads direction, accuracy

network.alow = []
1:9
`network` has no `alow` (did you mean `allow`? There are allow, record, replay, socket_wait)

network.allow = 'a.example'
1:17
`network.allow` is a text (write a list in [ ])

network.allow = ['a.example', 'https://a.example']
1:31
`network.allow[1]`: `https://a.example` is no host: it has neither a scheme nor a path; write api.example.com, *.example.com or localhost:8080

network.socket_wait = '3'
1:23
`network.socket_wait`: write a text such as "300ms" or "2s"

network.record = '../net.toml'
1:18
`network.record`: ../net.toml leads out of the project folder (put the file below the project folder)

network.record = 'net.json'
1:18
`network.record` names a file that is no TOML (let its name end with .toml)

network = { record = 'a.toml', replay = 'b.toml' }
1:32
b.toml is replayed and the network recorded (keep `replay`; `wxsim run --record FILE` records anew)
"#;

/// Insists on mistakes as the list above has them.
#[track_caller]
pub(super) fn all_of(list: &str) {
    for mistake in list.trim().split("\n\n") {
        let lines: Vec<&str> = mistake.lines().collect();
        let [toml @ .., place, message] = &lines[..] else {
            panic!("at least three lines: {mistake}");
        };
        mistakes(
            &toml.join("\n"),
            &[&format!("wxsim.toml:{place}: error: {message}")],
        );
    }
}

#[test]
fn a_mistake_says_where_it_is_and_what_would_be_right() {
    all_of(MISTAKES);
}

#[test]
fn all_mistakes_are_told_in_the_order_of_the_file() {
    let found = read(
        "system.moon = 'denied'\nroutes = ['a', { url = 'b', status = 1, times = 0 }]\nseed = ''\n",
    );
    let places: Vec<String> = found
        .expect_err("five mistakes")
        .iter()
        .map(|problem| problem.split(": ").next().unwrap_or_default().to_owned())
        .collect();
    let expected = ["1:8", "2:11", "2:38", "2:49", "3:8"].map(|at| format!("wxsim.toml:{at}"));
    assert_eq!(places, expected);
}

//! One program on twenty days of the platform: what the eras change, side by side.
//!
//! `WXSIM_BLESS=1` rewrites the golden file; read the difference before it is committed.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write golden files"
)]

use std::fmt::Write as _;

use serde_json::json;
use wxsim::profile::Profile;
use wxsim::runtime::Persona;
use wxsim::runtime::Policy;
use wxsim::runtime::trace::{Entry, Event};
use wxsim::version::Version;

use crate::play::Play;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/eras.txt");

/// The first day of each era that concerns permissions and users, or one within it; after the era the
/// specification of the client is named by what changed.
const DAYS: [&str; 20] = [
    "2017-01-04", // dialogs for location and user
    "2017-03-31", // openSetting
    "2017-05-20", // getSetting, authorize, phone number button
    "2018-04-29", // the last day on which getUserInfo asks
    "2018-06-04", // only the button asks
    "2018-09-10", // openSetting needs a tap
    "2019-04-02", // the texts of getUserInfo are one
    "2020-02-20", // promises
    "2020-11-12", // the last day of the address scope
    "2020-11-13",
    "2021-02-23", // every login gives the unionid
    "2021-05-01", // an anonymous user, getUserProfile
    "2021-12-13", // the code of a phone number
    "2022-02-22", // scopes of Bluetooth, contacts, calendar
    "2022-07-15", // requiredPrivateInfos
    "2022-11-01", // getUserProfile is anonymous
    "2023-08-28", // phone numbers are charged
    "2023-10-18", // the privacy agreement
    "2024-04-24", // one dialog for scope and agreement
    "2026-07-30",
];

/// What the program does; each call is answered before the next.
const CALLS: &str = "
    const call = (name, options, next) => {
      if (!wx[name]) { console.log(name, 'is not there'); next(); return; }
      wx[name]({ ...options, complete(result) {
        const keys = Object.keys(result).filter((key) => key !== 'errMsg' && key !== 'errno');
        console.log(result.errMsg, result.errno || '', keys.join());
        next();
      } });
    };
    const steps = [
      ['getUserProfile', { desc: 'name' }], ['login', {}], ['getUserInfo', {}],
      ['authorize', { scope: 'scope.userInfo' }], ['authorize', { scope: 'scope.address' }],
      ['getLocation', {}], ['chooseLocation', {}], ['addPhoneContact', { firstName: 'a' }],
      ['addPhoneCalendar', { title: 'a', startTime: 1 }], ['openBluetoothAdapter', {}],
      ['getWeRunData', {}], ['getClipboardData', {}], ['getPrivacySetting', {}], ['getSetting', {}],
      ['openSetting', {}],
    ];
    const go = () => { const step = steps.shift(); if (step) call(step[0], step[1], go); };
    go();
    console.log('promise', typeof wx.setNavigationBarTitle({ title: 'a' }));
";

/// The calls, then the number as the server learns it.
const STEPS: [&str; 3] = ["gesture go", "button getPhoneNumber", "server code2session"];

/// The steps that the base library of the day has.
fn steps(profile: &Profile) -> Vec<String> {
    let has_button = profile.sdk >= Version(1, 2, 0);
    let steps = STEPS.into_iter();
    let there = steps.filter(|step| has_button || !step.starts_with("button"));
    there.map(str::to_owned).collect()
}

fn on(day: &str, persona: Persona) -> String {
    let mut play = Play {
        go: CALLS.to_owned(),
        ..Play::default()
    };
    play.app_json
        .insert("requiredPrivateInfos".into(), json!(["getLocation"]));
    play.config.profile = Profile::on(day.parse().expect(day));
    play.steps = steps(&play.config.profile);
    let account = json!("an account");
    let bound = play.config.registration.set("open_platform", &account);
    bound.expect("a fact of the registration");
    play.config.policy = Policy::of(persona);
    let mut text = format!("== {day}, {}\n", persona.name());
    for entry in play.run().expect("the program runs") {
        let _ = match shown(&entry) {
            Some(line) => writeln!(text, "{line}"),
            None => Ok(()),
        };
    }
    text
}

/// Console lines, questions with their answers, and what the button came to.
fn shown(entry: &Entry) -> Option<String> {
    match &entry.event {
        Event::Console { level, text } if level == "log" => Some(text.trim().to_owned()),
        Event::Question { asked, .. } => {
            let both = if asked.with_privacy {
                " and privacy"
            } else {
                ""
            };
            Some(format!("? {}{both}", asked.key))
        }
        Event::Reply { api, result, .. } if api.starts_with("button.") => {
            let code = if result["code"].is_string() {
                " with a code"
            } else {
                ""
            };
            Some(format!(
                "{}{code}",
                result["errMsg"].as_str().unwrap_or_default()
            ))
        }
        Event::Server { result, .. } => {
            let known = if result["unionid"].is_string() {
                "openid and unionid"
            } else {
                "openid"
            };
            Some(format!("the server learns the {known}"))
        }
        _ => None,
    }
}

#[test]
fn the_eras_differ_as_they_did() {
    let mut text = String::new();
    for day in DAYS {
        for persona in [Persona::AllowAll, Persona::DenyAll] {
            text.push_str(&on(day, persona));
        }
    }
    if std::env::var_os("WXSIM_BLESS").is_some() {
        std::fs::write(GOLDEN, &text).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(GOLDEN).expect("the golden file is there");
    assert_eq!(text, golden);
}

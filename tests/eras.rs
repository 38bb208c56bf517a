//! One program on five days of the platform: what the eras change, side by side.
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

use crate::play::Play;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/eras.txt");

const DAYS: [&str; 5] = [
    "2018-06-04",
    "2021-05-01",
    "2022-11-01",
    "2023-10-18",
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
      ['getWeRunData', {}], ['getClipboardData', {}], ['getPrivacySetting', {}], ['getSetting', {}],
    ];
    const go = () => { const step = steps.shift(); if (step) call(step[0], step[1], go); };
    go();
    console.log('promise', typeof wx.setKeepScreenOn({ keepScreenOn: true }));
";

fn on(day: &str, persona: Persona) -> String {
    let mut play = Play {
        go: CALLS.to_owned(),
        steps: vec!["gesture go".to_owned(), "button getPhoneNumber".to_owned()],
        ..Play::default()
    };
    play.app_json
        .insert("requiredPrivateInfos".into(), json!(["getLocation"]));
    play.config.profile = Profile::on(day.parse().expect(day));
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
            Some(result["errMsg"].as_str().unwrap_or_default().to_owned())
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

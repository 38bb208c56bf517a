//! One seed, one trace: the same command prints the same bytes, however the worker makes its copy.

use serde_json::Value as Json;

use crate::support::{Ended, Wxsim, hello};

/// Steps and answers for the sample program.
const STORIES: &[(&[&str], &[&str])] = &[
    (&[], &[]),
    (&["gesture onLocate"], &["scope.userLocation=allow"]),
    (
        &["gesture onLocate"],
        &[
            "scope.userLocation=deny",
            "modal=confirm",
            "settings={\"scope.userLocation\":true}",
            "privacy=agree",
        ],
    ),
    (&["gesture onLocate"], &[]),
    (
        &[
            "gesture onAbout",
            "gesture onThanks",
            "tabItem 1",
            "gesture onAdd",
            "gesture onAdd",
            "gesture onOpen {\"id\":1}",
            "gesture onDelete",
        ],
        &["actionSheet=0"],
    ),
    (
        &[
            "background",
            "advance 3s",
            "resume pages/about/about?from=card scene=1007",
            "background",
            "advance 31m",
            "resume",
            "launch pages/note/note?id=7",
            "theme dark",
            "kill",
            "launch",
        ],
        &[],
    ),
    (
        &[
            "evaluate Math.random() + ' ' + Date.now() + ' ' + new Date(2024, 1, 29)",
            "evaluate setInterval(() => console.log(Math.random()), 700)",
            "evaluate wx.login().then((res) => console.log(res.code))",
            "advance 5s",
        ],
        &[],
    ),
];

fn tell((steps, answers): (&[&str], &[&str]), args: &[&str]) -> Ended {
    let mut wxsim = Wxsim::run(hello()).json().args(args);
    for step in steps {
        wxsim = wxsim.step(step);
    }
    for answer in answers {
        wxsim = wxsim.answer(answer);
    }
    wxsim.finishes(0)
}

#[test]
fn the_same_command_twice_prints_the_same_bytes() {
    for story in STORIES {
        assert_eq!(tell(*story, &[]).stdout, tell(*story, &[]).stdout);
    }
}

#[test]
fn without_a_fork_the_same_bytes_are_printed() {
    for story in STORIES {
        let forked = tell(*story, &["--seed", "7"]).stdout;
        assert_eq!(tell(*story, &["--seed", "7", "--no-fork"]).stdout, forked);
    }
}

#[test]
fn another_seed_changes_only_what_is_drawn() {
    for story in STORIES {
        let one = tell(*story, &["--seed", "1"]).lines();
        let other = tell(*story, &["--seed", "2"]).lines();
        assert_ne!(one, other, "the seed itself is in the trace");
        let redacted = |lines: &[Json]| lines.iter().map(redacted).collect::<Vec<_>>();
        assert_eq!(redacted(&one), redacted(&other));
    }
}

/// An entry without what the seed decides: the seed, login codes, random numbers.
fn redacted(line: &Json) -> Json {
    let mut line = line.clone();
    if line["type"] == "start" {
        line["seed"] = Json::Null;
    }
    if line["type"] == "reply" && line["api"] == "login" {
        let code = line["result"]["code"].as_str().map(str::len);
        line["result"]["code"] = code.into();
    }
    if line["type"] == "console" && line["level"] != "warn" {
        line["text"] = Json::Null;
    }
    line
}

#[test]
fn seeds_that_differ_give_codes_that_differ() {
    let code = |seed: &str| {
        let lines = tell((&["evaluate wx.login()"], &[]), &["--seed", seed]).lines();
        let reply = lines
            .iter()
            .find(|line| line["api"] == "login" && line["type"] == "reply");
        reply.map(|line| line["result"]["code"].clone())
    };
    assert_ne!(code("1"), None);
    assert_ne!(code("1"), code("2"));
}

#[test]
fn the_folder_and_the_environment_leave_no_trace() {
    let story = STORIES[1];
    let here = tell(story, &[]).stdout;
    let copy = tempfile::tempdir().expect("a folder");
    crate::broken::copy_sample(copy.path());
    let mut there = Wxsim::run(copy.path())
        .json()
        .env("TZ", "America/New_York")
        .env("LANG", "tr_TR.UTF-8");
    for step in story.0 {
        there = there.step(step);
    }
    for answer in story.1 {
        there = there.answer(answer);
    }
    assert_eq!(there.finishes(0).stdout, here);
}

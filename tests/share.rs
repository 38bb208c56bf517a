//! Steps of sharing that do not apply: what they say.

use crate::play::Play;
use wxsim::world::group::Group;
use wxsim::world::user::User;

const SHARED: &str = "Page({ onShareAppMessage() {}, hide() { wx.hideShareMenu(); } });";

/// What a run of a page with these scripts says of its last step.
fn problem(script: &str, scene: u32, steps: &[&str]) -> String {
    let mut play = Play {
        scene,
        steps: steps.iter().map(|step| (*step).to_owned()).collect(),
        ..Play::default()
    };
    let file = "pages/index/index.js".to_owned();
    play.files.insert(file, script.to_owned());
    let user = |id: &str| User {
        id: id.into(),
        ..User::default()
    };
    play.config.users = ["ann", "bob"].map(user).to_vec();
    play.config.groups = vec![Group {
        id: "team".into(),
        name: "Team".into(),
        members: vec!["ann".into()],
    }];
    play.run().expect_err("the step does not apply")
}

#[test]
fn a_page_that_is_not_shared_says_why() {
    for (script, scene, steps, words) in [
        (
            "Page({});",
            1001,
            &["share"][..],
            "it has no onShareAppMessage",
        ),
        (
            SHARED,
            1001,
            &["share timeline"],
            "it has no onShareTimeline",
        ),
        (
            "Page({ onShareTimeline() {} });",
            1001,
            &["share timeline"],
            "it needs the item for friends",
        ),
        (
            SHARED,
            1001,
            &["gesture hide", "share"],
            "wx.hideShareMenu hid it",
        ),
        (SHARED, 1154, &["share"], "the single page of the timeline"),
        (
            SHARED,
            1154,
            &["favorite"],
            "the single page of the timeline",
        ),
        (SHARED, 1154, &["tabItem 0"], "0 items"),
    ] {
        let problem = problem(script, scene, steps);
        assert!(problem.contains(words), "{steps:?}: {problem}");
    }
}

#[test]
fn nobody_gets_what_nobody_can_get() {
    let bob_only = &["share bob", "user bob", "forward card 1 to team"][..];
    for (steps, words) in [
        (
            &["share eve"][..],
            "nobody can get it as `eve`; there are bob, team, fileTransfer",
        ),
        (&["share ann"], "there are bob, team, fileTransfer"),
        (
            bob_only,
            "nobody can get it as `team`; there are ann, fileTransfer",
        ),
        (
            &["background", "forward card 1 to bob"],
            "there is no card yet",
        ),
    ] {
        let problem = problem(SHARED, 1001, steps);
        assert!(problem.contains(words), "{steps:?}: {problem}");
    }
}

#[test]
fn a_card_that_cannot_be_opened_says_why() {
    for (steps, words) in [
        (&["background", "open card"][..], "there is no card yet"),
        (
            &["share bob", "open card"],
            "use the step `background` first",
        ),
        (
            &["share team", "user bob", "open card"],
            "bob does not see card 1",
        ),
        (
            &["share team", "background", "open card 2"],
            "the cards are 1 to 1",
        ),
        (&["share team", "background", "open todo"], "toDoActivityId"),
        (&["open program"], "only the single page"),
        (&["join tea"], "there is no group `tea`"),
        (&["background", "share bob"], "does not run"),
    ] {
        let problem = problem(SHARED, 1001, steps);
        assert!(problem.contains(words), "{steps:?}: {problem}");
    }
}

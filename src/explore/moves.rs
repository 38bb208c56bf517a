//! What the user and the world can do to a program that rests.

use std::collections::BTreeSet;

use serde_json::json;

use super::arrival::{Choice, Did, Kind};
use super::vary::Vary;
use crate::runtime::monitor::Words;
use crate::runtime::{ElementRef, Sim, Step};
use crate::view::gesture::{Act, Gesture};
use crate::world::foreground::RunState;
use crate::world::permission::ScopeState;
use crate::world::scope::Scope;
use crate::world::session::SessionState;

/// Something that can be done.
#[derive(Clone, Debug)]
pub enum Move {
    /// Something with an element of the page on top.
    Act(Box<Act>),
    /// Steps, one after the other.
    Steps(Vec<Step>),
}

/// Items of a list on which something is done: what holds for the first holds for its like.
const OF_SAME: usize = 1;

/// Most things that are done on one page.
const ACTS_MAX: usize = 60;

/// What can be done now, with its words; `hears` are the hooks of the page on top.
pub fn moves(sim: &Sim, vary: &BTreeSet<Vary>, hears: &[String]) -> Vec<(Choice, Move)> {
    match sim.read(crate::world::World::run_state) {
        RunState::NotRunning => vec![world(
            "launch",
            "the program is started",
            "启动小程序",
            &["launch"],
        )],
        RunState::Background { .. } => vec![
            world(
                "resume",
                "the user comes back",
                "用户回到小程序",
                &["resume"],
            ),
            world(
                "start anew",
                "the program is started anew",
                "小程序冷启动",
                &["kill", "launch"],
            ),
        ],
        // A dialog lies over the page: who does not answer it can only leave.
        RunState::Foreground if sim.is_asking() => interrupts(vary),
        RunState::Foreground => {
            let mut found = gestures(sim);
            found.extend(pulls(sim, hears));
            found.extend(menu(sim));
            found.extend(shares(sim, hears));
            found.extend(outside(sim, vary));
            found
        }
    }
}

fn gestures(sim: &Sim) -> Vec<(Choice, Move)> {
    let Some(page) = sim.read(|world| world.current_page().map(|page| page.id)) else {
        return Vec::new();
    };
    let acts = sim.acts(OF_SAME, ACTS_MAX).list.into_iter().map(|act| {
        let element = ElementRef {
            page: page.0,
            node: act.node.0,
        };
        let target = sim.target_of(element).unwrap_or_default();
        let label = act.label.clone();
        let choice = Choice {
            key: act.key.clone(),
            says: Words::new(label.clone(), label),
            cost: 1,
            kind: Kind::Gesture,
            did: steps_of(&act.gestures, &target).map_or(Did::Special, Did::Steps),
        };
        (choice, Move::Act(Box::new(act)))
    });
    acts.collect()
}

/// The steps that do the same, where there are some.
fn steps_of(gestures: &[Gesture], target: &str) -> Option<Vec<String>> {
    if target.is_empty() {
        return None;
    }
    let steps = gestures.iter().map(|gesture| {
        Some(match gesture {
            Gesture::Tap(_) => format!("tap {target}"),
            Gesture::LongPress(_) => format!("longpress {target}"),
            Gesture::Focus => format!("focus {target}"),
            Gesture::Blur => format!("blur {target}"),
            Gesture::Confirm => format!("confirm {target}"),
            Gesture::Input(text) => format!("input {target} = {text}"),
            Gesture::Choose(value) => format!("choose {target} = {value}"),
            _ => return None,
        })
    });
    steps.collect()
}

fn step(text: &str) -> Step {
    text.parse()
        .unwrap_or_else(|error| unreachable!("`{text}` is a step: {error}"))
}

fn made(kind: Kind, key: &str, en: &str, zh: &str, steps: &[&str]) -> (Choice, Move) {
    let choice = Choice {
        key: key.to_owned(),
        says: Words::new(en, zh),
        cost: 1,
        kind,
        did: Did::Steps(steps.iter().map(|step| (*step).to_owned()).collect()),
    };
    let steps = steps.iter().map(|text| step(text)).collect();
    (choice, Move::Steps(steps))
}

fn world(key: &str, en: &str, zh: &str, steps: &[&str]) -> (Choice, Move) {
    made(Kind::World, key, en, zh, steps)
}

/// The back button, the tab bar and the settings page of the menu.
fn menu(sim: &Sim) -> Vec<(Choice, Move)> {
    let mut found = Vec::new();
    let (depth, route, tabs) = sim.read(|world| {
        let stack = world.page_stack();
        let route = stack
            .last()
            .map(|page| page.route.clone())
            .unwrap_or_default();
        (stack.len(), route, world.app().tab_pages.clone())
    });
    if depth > 1 {
        found.push(made(
            Kind::Menu,
            "back",
            "the back button",
            "返回",
            &["back"],
        ));
    }
    if tabs.contains(&route) {
        for (index, tab) in tabs.iter().enumerate().filter(|(_, tab)| **tab != route) {
            let text = format!("tabItem {index}");
            let (en, zh) = (format!("the tab of {tab}"), format!("切换到标签页 {tab}"));
            found.push(made(Kind::Menu, &format!("tab {tab}"), &en, &zh, &[&text]));
        }
    }
    found
}

/// The items of the menu behind the three dots that the page hears of.
fn shares(sim: &Sim, hears: &[String]) -> Vec<(Choice, Move)> {
    let steps = sim.menu_steps(hears).into_iter();
    let moves = steps.map(|step| {
        let (en, zh) = match step {
            "share" => (
                "the user shares the page by the menu",
                "用户通过右上角菜单转发页面",
            ),
            "share timeline" => (
                "the user shares the page to Moments by the menu",
                "用户通过右上角菜单将页面分享到朋友圈",
            ),
            _ => (
                "the user adds the page to the favorites by the menu",
                "用户通过右上角菜单收藏页面",
            ),
        };
        made(Kind::Menu, &format!("{MENU}{step}"), en, zh, &[step])
    });
    moves.collect()
}

/// How the keys of what is done by the menu behind the three dots begin: it leads nowhere.
pub(super) const MENU: &str = "menu ";

/// The page is pulled down, or scrolled to its end, where it hears that.
fn pulls(sim: &Sim, hears: &[String]) -> Vec<(Choice, Move)> {
    let mut found = Vec::new();
    let hears = |hook: &str| hears.iter().any(|own| own == hook);
    if hears("onPullDownRefresh") && sim.can_pull_down() {
        let (en, zh) = ("the page is pulled down", "下拉刷新");
        found.push(made(Kind::Gesture, "pullDown", en, zh, &["pullDown"]));
    }
    if hears("onReachBottom") {
        let (en, zh) = ("the page is scrolled to its end", "上拉触底");
        found.push(made(Kind::Gesture, "reachBottom", en, zh, &["reachBottom"]));
    }
    found
}

/// What happens outside of the program.
fn outside(sim: &Sim, vary: &BTreeSet<Vary>) -> Vec<(Choice, Move)> {
    let mut found = Vec::new();
    if vary.contains(&Vary::Settings) {
        for scope in refused(sim) {
            let name = scope.name();
            let text = format!("settings {}", json!({ name: true }));
            let en = format!("the user switches {name} on in the settings");
            let zh = format!("用户在设置页打开 {name}");
            found.push(world(&format!("settings {name}"), &en, &zh, &[&text]));
        }
    }
    let is_alive = sim.read(|world| world.login_state(&world.caller()) == SessionState::Alive);
    if vary.contains(&Vary::Session) && is_alive {
        found.push(world(
            "expire",
            "the session ends",
            "登录态过期",
            &["expire"],
        ));
    }
    found.extend(interrupts(vary));
    if vary.contains(&Vary::System) {
        for name in ["location", "camera", "microphone", "album"] {
            let text = format!("system {name}=denied");
            let Ok(step) = text.parse::<Step>() else {
                continue;
            };
            let (mut choice, _) = world(
                &text,
                &format!("{name} is off in the system's settings"),
                &format!("系统设置关闭了 {name} 权限"),
                &[],
            );
            choice.did = Did::Steps(vec![text]);
            found.push((choice, Move::Steps(vec![step])));
        }
    }
    found
}

/// The user leaves.
fn interrupts(vary: &BTreeSet<Vary>) -> Vec<(Choice, Move)> {
    if !vary.contains(&Vary::Interrupt) {
        return Vec::new();
    }
    let (en, zh) = ("the user leaves and comes back", "用户离开小程序后又回来");
    let away = world("away and back", en, zh, &["background", "resume"]);
    let (en, zh) = ("the program is started anew", "小程序冷启动");
    vec![away, world("start anew", en, zh, &["kill", "launch"])]
}

/// Scopes that stand refused.
pub(super) fn refused(sim: &Sim) -> Vec<Scope> {
    sim.read(|world| {
        let caller = world.caller();
        let all = Scope::ALL.into_iter();
        all.filter(|scope| world.scope_state(&caller, *scope) == ScopeState::Denied)
            .collect()
    })
}

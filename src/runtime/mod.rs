//! The app service: one mini program running in one world.
//!
//! [`Sim`] is the way in. It owns the script engine and the simulated facts, moves virtual time from
//! one piece of due work to the next, and tells everything observable through the trace.
//!
//! An action (launch, gesture, …) runs until no reply is pending, with app timers that fall due on
//! the way. Timers alone keep nothing alive: [`Sim::advance`] lets them run.

mod animation;
mod around;
mod backend;
mod button;
mod card_step;
mod choices;
mod code;
mod core;
mod dispatch;
mod drawing;
mod elements;
mod elsewhere;
mod event;
mod event_loop;
mod exception_words;
mod exit_state;
mod failure;
mod fate;
mod form_id;
mod gate;
mod geometry;
mod lifecycle;
mod live_socket;
mod message_step;
pub mod monitor;
mod nickname;
mod objects;
mod open_step;
mod opening;
mod ops;
mod page_events;
mod pay;
mod performance;
mod persona;
mod phone_step;
mod placeholder;
mod policy;
mod pretence;
mod privacy;
mod programs;
mod query;
mod queue;
mod responder;
mod route_events;
mod scan_step;
mod scrolling;
mod share;
mod share_step;
mod sim;
mod single_page;
mod soter_step;
mod start;
mod start_words;
mod state;
mod step;
mod step_text;
mod stir;
mod touch;
pub mod trace;
mod transfer;
mod user_step;
mod view;
mod view_definitions;
mod view_facts;
mod view_findings;
mod view_step;
mod watch;
mod wxs;
mod wxs_handlers;
mod wxs_host;
mod wxs_lists;
mod wxs_nodes;

pub use backend::ServerStep;
pub use button::ButtonTap;
pub use choices::Choices;
pub use core::ANSWER_MS;
pub use elements::{ElementFacts, ElementRef, FoundElement};
pub use failure::{Failure, failures};
pub use fate::{Due, Fate, Fault, Telling, Twist, faults};
pub use message_step::{OpenMessage, SendStep};
pub use nickname::NicknameInput;
pub use open_step::OpenStep;
pub use pay::PayStep;
pub use persona::Persona;
pub use phone_step::PhoneStep;
pub use policy::{Person, Policy};
pub use pretence::Pretence;
pub use responder::{Backend, Replaced, Responder, Served, Serving, as_json, failure_name};
pub use scan_step::ScanStep;
pub use share_step::ShareStep;
pub use sim::{Config, Sim, StepError, world_of};
pub use soter_step::SoterStep;
pub use step::{BadStep, Step, parse_duration};
pub use view_step::ViewStep;

/// The scripts that shape the logic layer, in load order.
const PRELUDE: &[(&str, &str)] = &[
    (
        "wxsim:00",
        include_str!("../../js-prelude/00_primordials.js"),
    ),
    ("wxsim:10", include_str!("../../js-prelude/10_globals.js")),
    (
        "wxsim:20",
        include_str!("../../js-prelude/20_console_timers.js"),
    ),
    ("wxsim:30", include_str!("../../js-prelude/30_modules.js")),
    ("wxsim:40", include_str!("../../js-prelude/40_wx.js")),
    (
        "wxsim:45",
        include_str!("../../js-prelude/45_not_simulated.js"),
    ),
    ("wxsim:50", include_str!("../../js-prelude/50_data.js")),
    ("wxsim:60", include_str!("../../js-prelude/60_app_page.js")),
];

/// Scripts that the prelude reads when it needs them.
const LATER: &[(&str, &str)] = &[
    ("wxsim:70", include_str!("../../js-prelude/70_component.js")),
    ("wxsim:71", include_str!("../../js-prelude/71_instance.js")),
    ("wxsim:72", include_str!("../../js-prelude/72_query.js")),
    ("wxsim:73", include_str!("../../js-prelude/73_event.js")),
    ("wxsim:74", include_str!("../../js-prelude/74_observer.js")),
    ("wxsim:75", include_str!("../../js-prelude/75_objects.js")),
    ("wxsim:76", include_str!("../../js-prelude/76_animation.js")),
    ("wxsim:77", include_str!("../../js-prelude/77_canvas.js")),
    ("wxsim:78", include_str!("../../js-prelude/78_canvas_2d.js")),
    ("wxsim:79", include_str!("../../js-prelude/79_cloud.js")),
    ("wxsim:80", include_str!("../../js-prelude/80_map.js")),
    (
        "wxsim:81",
        include_str!("../../js-prelude/81_last_match.js"),
    ),
    (
        "wxsim:82",
        include_str!("../../js-prelude/82_performance.js"),
    ),
    ("wxsim:83", include_str!("../../js-prelude/83_camera.js")),
    ("wxsim:84", include_str!("../../js-prelude/84_locale.js")),
    ("wxsim:85", include_str!("../../js-prelude/85_share.js")),
    ("wxsim:86", include_str!("../../js-prelude/86_vision.js")),
    ("wxsim:87", include_str!("../../js-prelude/87_ask.js")),
];

/// Virtual time from a change of data to the view's answer, in milliseconds.
const RENDER_MS: i64 = 16;
/// Virtual time from opening a page to its first render, in milliseconds.
const FIRST_RENDER_MS: i64 = crate::world::performance::ROUTE_MS;

#[cfg(test)]
mod tests {
    use super::{LATER, PRELUDE};
    use crate::package::prepare;

    #[test]
    fn no_script_of_the_simulator_needs_a_transform() {
        for (name, script) in PRELUDE.iter().chain(LATER) {
            let prepared = prepare(&format!("{name}.js"), script).expect("it parses");
            assert_eq!(prepared.code, *script, "{name}");
        }
    }
}

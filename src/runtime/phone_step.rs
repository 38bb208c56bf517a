//! Steps that happen to the phone: it is moved, its keyboard comes up, its screen is captured, …
//!
//! Each changes the world; what listeners hear of it follows from the change.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use super::core::Core;
use super::step::BadStep;
use crate::world::Caller;
use crate::world::background_fetch::{FetchType, Fetched};
use crate::world::client_event::{Happen, Happening};
use crate::world::connection::SetWeakNetwork;
use crate::world::device::{
    SetInstalled, SetSystemPermission, SystemPermission, SystemState, parse_system,
};
use crate::world::keyboard::{Selection, SetKeyboard};
use crate::world::permission::{DecideScope, ForgetPermissions, ScopeDecision};
use crate::world::phone::Rectangle;
use crate::world::power::{Battery, SetBattery};
use crate::world::scope::Scope;
use crate::world::screen_capture::{RecordScreen, TakeScreenshot};
use crate::world::sensor::MovePhone;
use crate::world::sensor_reading::{Reading, Sensor, reading};
use crate::world::soter::{BiometricFacts, SetBiometrics};
use crate::world::switches::{Switch, TurnSwitch};
use crate::world::window_frame::{MoveCapsule, ResizeWindow, SetWindowState, WindowState};

/// A step that happens to the phone.
#[derive(Clone, Debug, PartialEq)]
pub enum PhoneStep {
    /// `sensor NAME JSON`: a motion sensor reads something else.
    Sensor(Sensor, Reading),
    /// `keyboard HEIGHT [START-END]`: the keyboard comes up, or goes down with height 0.
    Keyboard(u32, Selection),
    /// `capture`: the user takes a picture of the screen.
    Capture,
    /// `recording start|stop`: the user begins or ends a film of the screen.
    Recording(bool),
    /// `resize WIDTHxHEIGHT`: the phone is turned, or the window is drawn to another size.
    Resize(u32, u32),
    /// `window minimize|normalize|maximize`: the window on a computer.
    Window(WindowState),
    /// `capsule JSON`: the capsule is drawn elsewhere.
    Capsule(Map<String, Json>),
    /// `weakNetwork on|off`: the connection becomes weak, or good again.
    WeakNetwork(bool),
    /// `battery JSON`: the battery is another one than before.
    Battery(Map<String, Json>),
    /// `biometrics JSON`: the phone recognises its user by something else, or no longer.
    Biometrics(BiometricFacts),
    /// `switch NAME on|off`: a switch of the phone.
    Switch(Switch, bool),
    /// `system NAME=STATE`: a permission of the operating system.
    System(SystemPermission, SystemState),
    /// `permission SCOPE allow|deny`: what the user has decided, without a dialog.
    Permission(Scope, bool),
    /// `permission reset`: every scope is unasked again, and the privacy guide not agreed to.
    ForgetPermissions,
    /// `install APPID`, `uninstall APPID`: a mobile app comes to the phone or leaves it.
    Install(String, bool),
    /// `fetched pre|periodic TEXT`: WeChat has fetched data for the program.
    Fetched(FetchType, String),
    /// `event NAME [JSON]`: something that leaves nothing behind.
    Event(Happening),
}

/// The verbs with their forms, for help texts.
pub(super) const FORMS: &str = "sensor NAME JSON, keyboard HEIGHT [START-END], capture, \
     recording start|stop, resize WIDTHxHEIGHT, window STATE, capsule JSON, weakNetwork on|off, \
     battery JSON, biometrics JSON, switch NAME on|off, system NAME=STATE, permission SCOPE allow|deny, permission reset, install APPID, uninstall APPID, fetched pre|periodic TEXT, event NAME [JSON]";

impl PhoneStep {
    /// The step of a verb and what follows it; `None` when the verb is no such step.
    pub(super) fn parse(verb: &str, rest: &str) -> Option<Result<Self, BadStep>> {
        Some(match verb {
            "sensor" => sensor(rest),
            "keyboard" => keyboard(rest),
            "capture" if rest.is_empty() => Ok(Self::Capture),
            "capture" => Err(BadStep(format!(
                "`capture` takes nothing more, not `{rest}`"
            ))),
            "recording" => {
                word(verb, rest, &[("start", true), ("stop", false)]).map(Self::Recording)
            }
            "resize" => resize(rest),
            "window" => {
                let words = WindowState::ALL.map(|state| (state.name(), state));
                word(verb, rest, &words).map(Self::Window)
            }
            "capsule" => {
                numbers(verb, rest, &["left", "top", "width", "height"], &[]).map(Self::Capsule)
            }
            "weakNetwork" => word(verb, rest, ON_OFF).map(Self::WeakNetwork),
            "battery" => numbers(
                verb,
                rest,
                &["level"],
                &["isCharging", "isLowPowerModeEnabled"],
            )
            .map(Self::Battery),
            "biometrics" => rest.parse().map(Self::Biometrics).map_err(BadStep),
            "switch" => switch(rest),
            "system" => parse_system(rest)
                .map(|(permission, state)| Self::System(permission, state))
                .map_err(BadStep),
            "permission" => permission(rest),
            "install" | "uninstall" if rest.is_empty() => {
                Err(BadStep(format!("`{verb}` needs the appid of a mobile app")))
            }
            "install" | "uninstall" => Ok(Self::Install(rest.to_owned(), verb == "install")),
            "fetched" => fetched(rest),
            "event" => event(rest),
            _ => return None,
        })
    }
}

fn permission(rest: &str) -> Result<PhoneStep, BadStep> {
    if rest == "reset" {
        return Ok(PhoneStep::ForgetPermissions);
    }
    let (name, decision) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let scope = Scope::parse(name).ok_or_else(|| {
        BadStep(format!(
            "`permission` needs a scope, or `reset`, not `{rest}`"
        ))
    })?;
    let decision = word(name, decision.trim(), &[("allow", true), ("deny", false)])?;
    Ok(PhoneStep::Permission(scope, decision))
}

const ON_OFF: &[(&str, bool)] = &[("on", true), ("off", false)];

/// One of a few words.
fn word<T: Copy>(verb: &str, rest: &str, words: &[(&str, T)]) -> Result<T, BadStep> {
    let found = words.iter().find(|(word, _)| *word == rest);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        BadStep(format!("`{verb}` is {}, not `{rest}`", words.join(" or ")))
    })
}

/// JSON behind a verb.
fn object(verb: &str, rest: &str) -> Result<Map<String, Json>, BadStep> {
    let json: Json = serde_json::from_str(rest)
        .map_err(|error| BadStep(format!("`{verb}` needs JSON, not `{rest}`: {error}")))?;
    let members = json.as_object().cloned();
    members.ok_or_else(|| BadStep(format!("`{verb}` needs an object, not `{rest}`")))
}

/// An object of whole numbers and of booleans, each optional.
fn numbers(
    verb: &str,
    rest: &str,
    whole: &[&str],
    booleans: &[&str],
) -> Result<Map<String, Json>, BadStep> {
    let members = object(verb, rest)?;
    for (key, value) in &members {
        let fits = if whole.contains(&key.as_str()) {
            value.as_u64().is_some_and(|number| number <= NUMBER_MAX)
        } else if booleans.contains(&key.as_str()) {
            value.is_boolean()
        } else {
            let known = [whole, booleans].concat().join(", ");
            return Err(BadStep(format!("`{verb}` knows {known}, not `{key}`")));
        };
        if !fits {
            return Err(BadStep(format!(
                "`{value}` does not fit `{key}` of `{verb}`"
            )));
        }
    }
    Ok(members)
}

/// Largest number of a step in pixels or percent.
const NUMBER_MAX: u64 = 10_000;

fn sensor(rest: &str) -> Result<PhoneStep, BadStep> {
    let (name, json) = rest.split_once(char::is_whitespace).unwrap_or((rest, "{}"));
    let sensor = Sensor::parse(name).ok_or_else(|| {
        let names = Sensor::ALL.map(Sensor::name).join(", ");
        BadStep(format!("`sensor` is one of {names}, not `{name}`"))
    })?;
    let members = Json::Object(object("sensor", json.trim())?);
    let reading = reading(sensor, &members).map_err(|error| BadStep(error.to_string()))?;
    Ok(PhoneStep::Sensor(sensor, reading))
}

fn keyboard(rest: &str) -> Result<PhoneStep, BadStep> {
    let bad = || {
        BadStep(format!(
            "`keyboard` needs its height in pixels (0 takes it away) and perhaps what is selected, \
             such as `keyboard 300 2-5`, not `{rest}`"
        ))
    };
    let (height, selected) = rest
        .split_once(char::is_whitespace)
        .unwrap_or((rest, "0-0"));
    let height: u32 = height.parse().map_err(|_| bad())?;
    let (start, end) = selected.trim().split_once('-').ok_or_else(bad)?;
    let (start, end) = (start.parse().ok(), end.parse().ok());
    let (Some(start), Some(end)) = (start, end) else {
        return Err(bad());
    };
    if start > end || u64::from(height) > NUMBER_MAX {
        return Err(bad());
    }
    Ok(PhoneStep::Keyboard(height, Selection { start, end }))
}

fn resize(rest: &str) -> Result<PhoneStep, BadStep> {
    let size = rest.split_once('x').and_then(|(width, height)| {
        let (width, height): (u32, u32) = (width.parse().ok()?, height.parse().ok()?);
        let fits = |length: u32| (200..=10_000).contains(&length);
        (fits(width) && fits(height)).then_some((width, height))
    });
    match size {
        Some((width, height)) => Ok(PhoneStep::Resize(width, height)),
        None => Err(BadStep(format!(
            "`resize` needs a size from 200x200 to 10000x10000, such as 812x375, not `{rest}`"
        ))),
    }
}

fn switch(rest: &str) -> Result<PhoneStep, BadStep> {
    let (name, state) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let switches = Switch::ALL.map(|switch| (switch.name(), switch));
    let switch = word("switch", name, &switches)?;
    let on = word("switch", state.trim(), ON_OFF)?;
    Ok(PhoneStep::Switch(switch, on))
}

fn fetched(rest: &str) -> Result<PhoneStep, BadStep> {
    let (name, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let kinds = FetchType::ALL.map(|kind| (kind.name(), kind));
    let kind = word("fetched", name, &kinds)?;
    Ok(PhoneStep::Fetched(kind, text.trim().to_owned()))
}

fn event(rest: &str) -> Result<PhoneStep, BadStep> {
    let (name, json) = rest.split_once(char::is_whitespace).unwrap_or((rest, "{}"));
    let members = Json::Object(object("event", json.trim())?);
    let happening = Happening::new(name, &members).map_err(|error| BadStep(error.to_string()))?;
    Ok(PhoneStep::Event(happening))
}

impl fmt::Display for PhoneStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let on = |on: &bool| if *on { "on" } else { "off" };
        match self {
            Self::Sensor(sensor, reading) => {
                write!(f, "sensor {} {}", sensor.name(), json!(reading))
            }
            Self::Keyboard(height, selection) if *selection == Selection::default() => {
                write!(f, "keyboard {height}")
            }
            Self::Keyboard(height, Selection { start, end }) => {
                write!(f, "keyboard {height} {start}-{end}")
            }
            Self::Capture => f.write_str("capture"),
            Self::Recording(on) => {
                write!(f, "recording {}", if *on { "start" } else { "stop" })
            }
            Self::Resize(width, height) => write!(f, "resize {width}x{height}"),
            Self::Window(state) => write!(f, "window {}", state.name()),
            Self::Capsule(members) => write!(f, "capsule {}", json!(members)),
            Self::WeakNetwork(weak) => write!(f, "weakNetwork {}", on(weak)),
            Self::Battery(members) => write!(f, "battery {}", json!(members)),
            Self::Biometrics(facts) => write!(f, "biometrics {}", facts.to_json()),
            Self::Switch(switch, state) => write!(f, "switch {} {}", switch.name(), on(state)),
            Self::System(permission, state) => {
                let state = state.name().replace(' ', "-");
                write!(f, "system {}={state}", permission.name())
            }
            Self::Permission(scope, is_allowed) => {
                let decision = if *is_allowed { "allow" } else { "deny" };
                write!(f, "permission {} {decision}", scope.name())
            }
            Self::ForgetPermissions => f.write_str("permission reset"),
            Self::Install(app_id, true) => write!(f, "install {app_id}"),
            Self::Install(app_id, false) => write!(f, "uninstall {app_id}"),
            Self::Fetched(kind, text) => write!(f, "fetched {} {text}", kind.name()),
            Self::Event(happening) if happening.members().is_empty() => {
                write!(f, "event {}", happening.name())
            }
            Self::Event(happening) => {
                write!(
                    f,
                    "event {} {}",
                    happening.name(),
                    json!(happening.members())
                )
            }
        }
    }
}

impl Core {
    /// Lets the step happen; what it leads to follows when notices are taken.
    pub(super) fn happen(&mut self, step: &PhoneStep) {
        let world = &mut self.world;
        match step {
            PhoneStep::Sensor(sensor, reading) => world.apply(MovePhone(*sensor, reading.clone())),
            PhoneStep::Keyboard(height, selection) => world.apply(SetKeyboard {
                height: *height,
                selection: *selection,
            }),
            PhoneStep::Capture => world.apply(TakeScreenshot),
            PhoneStep::Recording(on) => world.apply(RecordScreen(*on)),
            PhoneStep::Resize(width, height) => world.apply(ResizeWindow {
                width: *width,
                height: *height,
            }),
            PhoneStep::Window(state) => world.apply(SetWindowState(*state)),
            PhoneStep::Capsule(members) => {
                let before = world.capsule();
                let side = |name: &str, before: u32| number(members, name).unwrap_or(before);
                world.apply(MoveCapsule(Rectangle {
                    left: side("left", before.left),
                    top: side("top", before.top),
                    width: side("width", before.width),
                    height: side("height", before.height),
                }));
            }
            PhoneStep::WeakNetwork(weak) => world.apply(SetWeakNetwork(*weak)),
            PhoneStep::Battery(members) => {
                let battery = charged(world.battery(), members);
                world.apply(SetBattery(battery));
            }
            PhoneStep::Biometrics(facts) => world.apply(SetBiometrics(facts.clone())),
            PhoneStep::Switch(switch, on) => world.apply(TurnSwitch {
                switch: *switch,
                on: *on,
            }),
            PhoneStep::System(permission, state) => world.apply(SetSystemPermission {
                permission: *permission,
                state: *state,
            }),
            PhoneStep::Permission(scope, is_allowed) => {
                let caller = world.caller();
                world.apply(decided(caller, *scope, *is_allowed));
            }
            PhoneStep::ForgetPermissions => world.apply(ForgetPermissions(world.caller())),
            PhoneStep::Install(app_id, is) => world.apply(SetInstalled {
                app_id: app_id.clone(),
                is: *is,
            }),
            PhoneStep::Fetched(kind, data) => world.apply(Fetched {
                kind: *kind,
                data: data.clone(),
            }),
            PhoneStep::Event(happening) => world.apply(Happen(happening.clone())),
        }
    }
}

/// What the user has decided.
fn decided(caller: Caller, scope: Scope, is_allowed: bool) -> DecideScope {
    let decision = if is_allowed {
        ScopeDecision::Allow
    } else {
        ScopeDecision::Deny
    };
    DecideScope {
        caller,
        scope,
        decision,
    }
}

/// The battery with what the members say of it.
fn charged(mut battery: Battery, members: &Map<String, Json>) -> Battery {
    let flag = |name: &str| members.get(name).and_then(Json::as_bool);
    let level = number(members, "level").map(|level| level.clamp(1, 100));
    battery.level = level.unwrap_or(battery.level);
    battery.charging = flag("isCharging").unwrap_or(battery.charging);
    battery.saving = flag("isLowPowerModeEnabled").unwrap_or(battery.saving);
    battery
}

/// A whole number among the members.
fn number(members: &Map<String, Json>, name: &str) -> Option<u32> {
    members.get(name)?.as_u64()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use crate::runtime::Step;

    #[test]
    fn a_step_is_written_as_it_is_read() {
        for text in [
            "sensor accelerometer {\"x\":0.5}",
            "sensor compass {\"direction\":90,\"accuracy\":\"low\"}",
            "keyboard 300",
            "keyboard 300 2-5",
            "capture",
            "recording start",
            "resize 812x375",
            "window maximize",
            "capsule {\"left\":200}",
            "weakNetwork on",
            "battery {\"level\":20,\"isLowPowerModeEnabled\":true}",
            "biometrics {\"enrolled\":[],\"fault\":\"key\",\"frozen\":true}",
            "switch bluetooth off",
            "system location=denied",
            "permission scope.camera deny",
            "permission reset",
            "install app1",
            "uninstall app1",
            "event onMemoryWarning {\"level\":15}",
            "fetched pre {\"list\":[1]}",
            "event onAudioInterruptionBegin",
        ] {
            let step: Step = text.parse().expect(text);
            assert_eq!(step.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_such_step_is_refused() {
        for text in [
            "sensor",
            "sensor nose {\"x\":1}",
            "sensor gyroscope",
            "sensor gyroscope {\"x\":\"1\"}",
            "keyboard",
            "keyboard up",
            "keyboard 300 5-2",
            "keyboard 300 5",
            "capture now",
            "recording",
            "resize 10x10",
            "resize 812",
            "window open",
            "capsule [1]",
            "capsule {\"right\":1}",
            "weakNetwork",
            "battery {\"level\":-1}",
            "battery {\"isCharging\":1}",
            "biometrics",
            "biometrics {\"enrolled\":[\"speech\"]}",
            "biometrics {\"locked\":true}",
            "switch radio on",
            "switch wifi",
            "system wifi=denied",
            "permission",
            "permission scope.nothing allow",
            "permission scope.camera",
            "install",
            "uninstall",
            "fetched later text",
            "event onNothing",
            "event onKeyDown {",
        ] {
            assert!(text.parse::<Step>().is_err(), "{text}");
        }
    }
}

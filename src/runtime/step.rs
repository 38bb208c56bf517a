//! Steps: what a user or a test does, as a line of text.

use std::str::FromStr;

use serde_json::Value as Json;

use super::backend::ServerStep;
use super::button::ButtonTap;
use super::core::Core;
use super::message_step::OpenMessage;
use super::nickname::NicknameInput;
use super::open_step::OpenStep;
use super::opening;
use super::phone_step::{self, PhoneStep};
use super::programs;
use super::scan_step::ScanStep;
use super::share_step::{self, ShareStep};
use super::sim::{Sim, StepError};
use super::soter_step::SoterStep;
use super::start_words;
use super::trace::{Cause, ErrorKind};
use super::view_step::{self, ViewStep};
use crate::profile::parse_duration_ms;
use crate::value::Value;
use crate::world::connection::Connection;
use crate::world::device::{LocationFix, SetTheme, Theme};
use crate::world::enter_options::EnterOptions;
use crate::world::jump::Return;
use crate::world::location_updates::Move;
use crate::world::permission::SetScopeSwitch;
use crate::world::recent_apps::DeleteApp;
use crate::world::route::RouteRequest;
use crate::world::scope::Scope;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `gesture METHOD [JSON]`: calls a method of the page as the handler of a tap; JSON is the
    /// event's `currentTarget.dataset`.
    Gesture {
        /// The method.
        method: String,
        /// The dataset.
        dataset: Json,
    },
    /// `button OPEN_TYPE [METHOD] [JSON]`: taps a button with an open capability; METHOD is the
    /// handler of its event, JSON its attributes.
    Button(ButtonTap),
    /// `back`: the back button; at the first page the user leaves the mini program.
    Back,
    /// `tabItem N`: taps an item of the tab bar, counted from 0.
    TabItem(usize),
    /// `advance DURATION`: virtual time passes.
    Advance(i64),
    /// `background`: the user leaves the mini program.
    Background,
    /// `resume [PATH[?QUERY]] [scene=N] [referrer=APPID] [extra=JSON]`: the user comes back.
    Resume(Option<Box<EnterOptions>>),
    /// `launch [PATH[?QUERY]] [scene=N] [referrer=APPID] [extra=JSON]`: a cold start.
    Launch(Box<EnterOptions>),
    /// `scan ID [longpress|album]`: a code of the world is scanned, and the program opens.
    Scan(ScanStep),
    /// `open service-card [N]`: the user opens the program by something outside of it.
    Open(OpenStep),
    /// `kill`: the process ends.
    Kill,
    /// `answer KEY=VALUE`: answers a waiting question.
    Answer {
        /// The question's key.
        key: String,
        /// The answer.
        answer: Json,
    },
    /// `settings {"scope.x": true}`: switches on the settings page, opened from the menu.
    Settings(Vec<(Scope, bool)>),
    /// `server code2session|decrypt|card …`, `server subscribe-send|custom-send JSON`, what it asks of WeChat Pay: the program's
    /// server does something.
    Server(ServerStep),
    /// `open message [N] [scene=N]`: the user taps a message of the program.
    OpenMessage(OpenMessage),
    /// `server soter [JSON]`, `server soterKey`: the server verifies a biometric result.
    Soter(SoterStep),
    /// `expire`: the platform ends the session of the user in the program.
    Expire,
    /// `deleteApp`: the user deletes the mini program; it ends, and what the user agreed to with it.
    DeleteApp,
    /// `program APPID [PATH[?QUERY]] [scene=N]`: the user goes to another mini program whose code is at
    /// hand.
    Program(String, Box<EnterOptions>),
    /// `user ID`: the phone goes to another user, or that user takes up an own one; the program ends
    /// for who held it.
    User(String),
    /// `locate LATITUDE,LONGITUDE`: the phone moves.
    Locate(f64, f64),
    /// `attach COMPONENT [METHOD]`: a component with a gate appears on the page; METHOD is the handler
    /// of its event.
    Attach(ButtonTap),
    /// `nickname METHOD [JSON]`: the user fills in a field of the type `nickname` and leaves it; METHOD is
    /// the handler of `blur`.
    Nickname(NicknameInput),
    /// `pullDown`: the user pulls the page down to refresh it.
    PullDown,
    /// `reachBottom`: the user scrolls to the end of the page.
    ReachBottom,
    /// `network none|wifi|2g|3g|4g|5g|unknown`: the phone has another connection.
    Network(Connection),
    /// `theme light|dark`: the system theme switches.
    Theme(Theme),
    /// Something is touched on the screen, or the screen is printed.
    View(ViewStep),
    /// Something happens to the phone.
    Phone(PhoneStep),
    /// The user shares something or opens a card.
    Share(ShareStep),
    /// `evaluate CODE`: runs code in the logic layer and prints its value to the console.
    Evaluate(String),
}

/// The text is no step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadStep(pub(super) String);

/// Every step with its form, for help texts.
const FORMS: &str = "gesture METHOD [DATASET], button OPEN_TYPE [METHOD] [ATTRIBUTES], back, tabItem N, advance DURATION, background, \
                     resume [PATH] [scene=N] [referrer=APPID] [extra=JSON], launch with the same, open service-card|service-link [N], scan ID [longpress|album], kill, answer KEY=VALUE, \
                     settings {\"scope.x\":true}, server code2session|decrypt|soter|soterKey|prepay ORDER|orders|close NUMBER|publicKey|card …, server subscribe-send|template-send|uniform-send|custom-send JSON, open message [N], expire, deleteApp, program APPID [PATH] [scene=N], user ID, locate LATITUDE,LONGITUDE, attach COMPONENT [METHOD], nickname METHOD [JSON], pullDown, reachBottom, network TYPE, theme light|dark, evaluate CODE";

/// A duration such as `500ms`, `3s`, `5m`, `2h` or `1d`, in milliseconds.
///
/// # Errors
/// The text is no duration.
pub fn parse_duration(text: &str) -> Result<i64, BadStep> {
    parse_duration_ms(text).map_err(BadStep)
}

impl FromStr for Step {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let text = text.trim();
        let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        if let Some(step) = of_one_word(verb) {
            return match rest {
                "" => Ok(step),
                rest => Err(BadStep(format!(
                    "`{verb}` takes nothing more, not `{rest}`"
                ))),
            };
        }
        match verb {
            "gesture" => gesture(rest),
            "button" => rest.parse().map(Self::Button),
            "server" => match SoterStep::parse(rest) {
                Some(step) => step.map(Self::Soter),
                None => rest.parse().map(Self::Server),
            },
            "scan" => rest.parse().map(Self::Scan),
            "program" => {
                let (app_id, rest) = programs::named(rest)?;
                let options = Box::new(start_words::options(rest)?);
                Ok(Self::Program(app_id.to_owned(), options))
            }
            "open" => opening::parse(rest),
            "user" if !rest.is_empty() => Ok(Self::User(rest.to_owned())),
            "user" => Err(BadStep("`user` needs the id of a user".to_owned())),
            "locate" => locate(rest),
            "attach" => rest.parse().map(Self::Attach),
            "nickname" => rest.parse().map(Self::Nickname),
            "network" => Connection::parse(rest).map(Self::Network).ok_or_else(|| {
                let kinds = Connection::ALL.map(Connection::name).join(", ");
                BadStep(format!("`network` is one of {kinds}, not `{rest}`"))
            }),
            "tabItem" => rest
                .parse()
                .map(Self::TabItem)
                .map_err(|_| BadStep(format!("`tabItem` needs a number from 0, not `{rest}`"))),
            "advance" => parse_duration(rest).map(Self::Advance),
            "launch" => start_words::options(rest).map(|options| Self::Launch(Box::new(options))),
            "resume" if rest.is_empty() => Ok(Self::Resume(None)),
            "resume" => {
                start_words::options(rest).map(|options| Self::Resume(Some(Box::new(options))))
            }
            "answer" => answer(rest),
            "settings" => settings(rest),
            "theme" => match rest {
                "light" => Ok(Self::Theme(Theme::Light)),
                "dark" => Ok(Self::Theme(Theme::Dark)),
                _ => Err(BadStep(format!("`theme` is light or dark, not `{rest}`"))),
            },
            "evaluate" if !rest.is_empty() => Ok(Self::Evaluate(rest.to_owned())),
            _ => other(verb, rest),
        }
    }
}

/// The steps that are one word.
fn of_one_word(verb: &str) -> Option<Step> {
    Some(match verb {
        "back" => Step::Back,
        "expire" => Step::Expire,
        "deleteApp" => Step::DeleteApp,
        "pullDown" => Step::PullDown,
        "reachBottom" => Step::ReachBottom,
        "background" => Step::Background,
        "kill" => Step::Kill,
        _ => return None,
    })
}

/// A verb that is none of the usual ones.
fn other(verb: &str, rest: &str) -> Result<Step, BadStep> {
    if let Some(step) = ViewStep::parse(verb, rest) {
        return step.map(Step::View);
    }
    if let Some(step) = ShareStep::parse(verb, rest) {
        return step.map(Step::Share);
    }
    PhoneStep::parse(verb, rest).map_or_else(
        || {
            let (view, phone, share) = (view_step::FORMS, phone_step::FORMS, share_step::FORMS);
            let text = format!("`{verb}` is no step; steps are {view}, {FORMS}, {share}, {phone}");
            Err(BadStep(text))
        },
        |step| step.map(Step::Phone),
    )
}

fn gesture(rest: &str) -> Result<Step, BadStep> {
    let (method, dataset) = rest.split_once(char::is_whitespace).unwrap_or((rest, "{}"));
    if method.is_empty() {
        return Err(BadStep(
            "`gesture` needs the name of a page method".to_owned(),
        ));
    }
    let dataset = serde_json::from_str(dataset)
        .map_err(|error| BadStep(format!("the dataset `{dataset}` is not JSON: {error}")))?;
    Ok(Step::Gesture {
        method: method.to_owned(),
        dataset,
    })
}

fn locate(rest: &str) -> Result<Step, BadStep> {
    let parse = || {
        let (latitude, longitude) = rest.split_once(',')?;
        Some((
            latitude.trim().parse().ok()?,
            longitude.trim().parse().ok()?,
        ))
    };
    let (latitude, longitude) = parse().ok_or_else(|| {
        BadStep(format!(
            "`locate` needs LATITUDE,LONGITUDE such as 39.9,116.4, not `{rest}`"
        ))
    })?;
    Ok(Step::Locate(latitude, longitude))
}

fn answer(rest: &str) -> Result<Step, BadStep> {
    let Some((key, text)) = rest.split_once('=') else {
        return Err(BadStep(
            "`answer` needs KEY=VALUE, such as modal=confirm".to_owned(),
        ));
    };
    let answer = serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()));
    crate::api::question::check_answer(key, &answer).map_err(BadStep)?;
    Ok(Step::Answer {
        key: key.to_owned(),
        answer,
    })
}

fn settings(rest: &str) -> Result<Step, BadStep> {
    let bad = || {
        BadStep(format!(
            "`settings` needs JSON such as {{\"scope.camera\":true}}, not `{rest}`"
        ))
    };
    let json: Json = serde_json::from_str(rest).map_err(|_| bad())?;
    let mut switches = Vec::new();
    for (name, on) in json.as_object().ok_or_else(bad)? {
        let scope = Scope::parse(name).ok_or_else(|| BadStep(format!("`{name}` is no scope")))?;
        switches.push((scope, on.as_bool().ok_or_else(bad)?));
    }
    Ok(Step::Settings(switches))
}

impl Sim {
    pub(super) fn perform(&mut self, step: &Step) -> Result<(), StepError> {
        match step {
            Step::Gesture { method, dataset } => self.gesture(method, dataset),
            Step::Button(tap) => self.tap_button(tap),
            Step::Back => self.back(),
            Step::TabItem(index) => self.tap_tab(*index),
            Step::Advance(ms) => {
                self.advance(*ms);
                Ok(())
            }
            Step::Background => self.background(),
            Step::Resume(options) => self.resume_from(options.as_deref().cloned()),
            Step::Open(step) => self.open(*step),
            Step::Launch(options) => {
                if self.kill().is_err() {
                    self.with(Core::forget_scripts);
                }
                self.cold_start((**options).clone());
                Ok(())
            }
            Step::Scan(step) => self.scan(step),
            Step::Kill => self.kill(),
            Step::Answer { key, answer } => self.answer(key, answer),
            Step::Settings(switches) => self.switch(switches),
            Step::Server(step) => self.with(|core| core.serve(step)),
            Step::OpenMessage(open) => self.open_message(*open),
            Step::Soter(step) => self.with(|core| core.serve_soter(step)),
            Step::Expire => {
                self.with(Core::expire_session);
                Ok(())
            }
            Step::DeleteApp => {
                self.delete_app();
                Ok(())
            }
            Step::Program(app_id, options) => self.go_to_program(app_id, options),
            Step::User(id) => self.hand_over(id),
            Step::Locate(latitude, longitude) => self.locate(*latitude, *longitude),
            Step::Attach(component) => self.attach(component),
            Step::Nickname(input) => self.fill_in_nickname(input),
            Step::PullDown => self.pull_down(),
            Step::ReachBottom => self.reach_bottom(),
            Step::Network(connection) => {
                self.connect(*connection);
                Ok(())
            }
            Step::Theme(theme) => {
                self.with(|core| core.world.apply(SetTheme(*theme)));
                self.theme_changed(theme.name());
                Ok(())
            }
            Step::View(step) => self.touch(step),
            Step::Share(step) => self.deal(step),
            Step::Phone(step) => {
                self.with(|core| core.happen(step));
                Ok(())
            }
            Step::Evaluate(code) => self.evaluate(code),
        }
    }

    /// The user deletes the program.
    fn delete_app(&mut self) {
        // One that does not run can be deleted too.
        let _ = self.kill();
        self.with(|core| {
            let caller = core.world.caller();
            core.world.apply(DeleteApp(caller));
        });
    }

    fn back(&mut self) -> Result<(), StepError> {
        if self.is_elsewhere() {
            return self.resume_from(None);
        }
        if self.close_container() || self.end_visit(None) {
            return Ok(());
        }
        match self.with(|core| core.world.page_stack().len()) {
            0 => Err(StepError::NoPage),
            1 if self.leads_back() => {
                self.go_back(&Return { extra_data: None });
                Ok(())
            }
            1 => self.background(),
            _ => {
                if !self.with(Core::ask_before_leaving) {
                    self.route(None, RouteRequest::back(None));
                }
                Ok(())
            }
        }
    }

    fn locate(&mut self, latitude: f64, longitude: f64) -> Result<(), StepError> {
        let moved = self.with(|core| {
            let fix = LocationFix {
                latitude,
                longitude,
                ..core.world.location()
            };
            core.world.apply(Move(fix))
        });
        moved.map_err(|error| StepError::BadAnswer(error.to_string()))
    }

    fn switch(&mut self, switches: &[(Scope, bool)]) -> Result<(), StepError> {
        self.with(|core| {
            for (scope, on) in switches {
                let caller = core.world.caller();
                let change = SetScopeSwitch {
                    caller,
                    scope: *scope,
                    on: *on,
                };
                let outcome = core.world.apply(change);
                outcome.map_err(|error| StepError::BadAnswer(error.to_string()))?;
            }
            Ok(())
        })
    }

    fn evaluate(&mut self, code: &str) -> Result<(), StepError> {
        let mut outcome = Ok(Value::Undefined);
        self.task(Cause::System, false, "evaluate", |sim| {
            outcome = sim.engine.evaluate("evaluate", code);
            if let Ok(value) = &outcome {
                let text = value.show(4);
                sim.with(|core| core.console("evaluate", text));
            }
            Ok(())
        });
        match outcome {
            Ok(_) => Ok(()),
            Err(exception) if exception.limit.is_some() => {
                self.with(|core| core.fail(ErrorKind::Limit, exception, "evaluate"));
                Ok(())
            }
            Err(exception) => Err(StepError::Threw(exception.text())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, parse_duration};

    #[test]
    fn a_step_is_written_as_it_is_read() {
        for text in [
            "gesture onTap",
            "gesture onTap {\"id\":1}",
            "button getPhoneNumber onPhone {\"id\":\"phone\"}",
            "button openSetting",
            "back",
            "tabItem 1",
            "advance 1500ms",
            "background",
            "resume",
            "resume pages/a/a?x=1 scene=1007",
            "launch scene=1001",
            "scan table-7",
            "scan table-7 album",
            "launch pages/a/a scene=1069 referrer=app1",
            "resume scene=1037 referrer=wx2 extra={\"a\": [1, 2]}",
            "open service-card",
            "open service-link 2",
            "server custom-send {\"msgtype\":\"text\",\"text\":{\"content\":\"好\"}}",
            "server custom-send \"hi\"",
            "kill",
            "answer modal=confirm",
            "answer settings={\"scope.camera\":true}",
            "settings {\"scope.camera\":false}",
            "server code2session",
            "server subscribe-send {\"template_id\":\"A\",\"data\":{\"thing1\":{\"value\":\"茶\"}}}",
            "open message 2 scene=1107",
            "server prepay total=100 signType=MD5",
            "server prepay {\"total\":100}",
            "server orders",
            "server close S1",
            "server publicKey",
            "locate 39.5,116.25",
            "attach camera onError",
            "attach live-pusher onError {\"url\":\"rtmp://a.example/b\"}",
            "expire",
            "deleteApp",
            "user b",
            "pullDown",
            "scroll 120",
            "scroll page by -40",
            "scroll .list .inner to 120",
            "scroll #list by 300",
            "reachBottom",
            "network 4g",
            "theme dark",
            "tap .row .name",
            "longpress \"立即购买\"",
            "input #name = 张三 = 李四",
            "confirm #name",
            "choose picker = [0,1]",
            "drag #knob = 60.5,-8",
            "trigger #box change {\"a\":1}",
            "tree",
            "evaluate 1 + 1",
        ] {
            let step: Step = text.parse().expect(text);
            assert_eq!(step.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_step_says_what_is() {
        let error = |text: &str| text.parse::<Step>().expect_err(text).to_string();
        assert!(error("fly").contains("steps are tap TARGET"));
        assert!(error("tap").contains("needs its target"));
        for text in [
            "",
            "back now",
            "tabItem x",
            "advance 3",
            "gesture",
            "gesture a {",
            "button",
            "button a b [1]",
            "button a b c",
            "theme red",
            "scroll up",
            "scroll #list to",
            "scroll #list to end",
            "server sleep",
            "server prepay",
            "server prepay total=x",
            "server close",
            "server orders S1",
            "server custom-send",
            "server custom-send hi",
            "open",
            "open window",
            "open service-card x",
            "launch scene=1037 extra={}",
            "launch scene=1037 referrer=wx2 extra={",
            "locate here",
            "attach",
            "nickname",
            "nickname a b",
            "nickname onBlur {",
            "expire now",
            "user",
            "network fast",
            "pullDown now",
            "answer modal=maybe",
            "answer",
            "settings []",
            "settings {\"x\":true}",
            "launch scene=x",
            "drag #knob",
            "drag #knob = left",
            "drag #knob = 1,inf",
        ] {
            assert!(text.parse::<Step>().is_err(), "{text}");
        }
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(parse_duration("1.5s"), Ok(1_500));
        assert_eq!(parse_duration("2h"), Ok(7_200_000));
        for text in ["", "5", "s", "-1s", "1y", "999999999999d"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }
}

//! Flags that say in which world a program is explored.

use std::path::Path;

use clap::Args;
use serde_json::{Map, Value as Json};

use super::client_flags::ClientFlags;
use super::settings;
use crate::diagnostic::Diagnostic;
use crate::package::Settings;
use crate::profile::Date;
use crate::runtime::{Config, Policy};
use crate::scenario::flow::Flow;
use crate::world::cloud::CloudRule;
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};
use crate::world::network::{Body, DELAY_MS, Outcome, Route};
use crate::world::privacy::Declared;

/// The world and the start.
#[derive(Clone, Debug, Args)]
pub(super) struct PhoneFlags {
    /// Page to open first, with its query: pages/a/a?id=1
    #[arg(long, value_name = "PATH[?QUERY]")]
    page: Option<String>,
    /// Scene value of the start, such as 1007 for a card in a chat
    #[arg(long, value_name = "N", default_value_t = DEFAULT_SCENE)]
    scene: u32,
    /// Answer that a question always gets, so that the others are not tried: modal=confirm
    #[arg(long, value_name = "KEY=VALUE")]
    answer: Vec<String>,
    /// What a server answers: 'GET https://a.example/b = 200 {"c":1}'; as in `wxsim run`
    #[arg(long, value_name = "METHOD URL = STATUS BODY")]
    route: Vec<Route>,
    /// Cloud development: what a function answers, 'login = {"ok":true}'; as in `wxsim run`
    #[arg(long, value_name = "NAME = JSON")]
    cloud: Vec<CloudRule>,
    /// What the privacy guide in the console names: items such as location,clipboard; everything (the
    /// default), nothing, or banned
    #[arg(long, value_name = "ITEMS")]
    privacy_guide: Option<Declared>,
    /// Day whose platform is simulated, and on which the running version was published
    #[arg(long, value_name = "YYYY-MM-DD")]
    compat_date: Option<Date>,
    #[command(flatten)]
    client: ClientFlags,
    /// Seed of everything random [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
}

impl PhoneFlags {
    /// What the flags and the project's settings make of a run.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn config(&self, project: &Path) -> Result<(Config, Settings), Vec<Diagnostic>> {
        let settings = settings::read(project)?;
        let given = self.client.keys(self.compat_date);
        let mut config = settings::config(settings.clone(), given, Policy::default())?;
        let mut answers = Policy::default();
        for rule in &self.answer {
            let added = answers.add_text(rule);
            added.map_err(|problem| vec![Diagnostic::error(format!("--answer: {problem}"))])?;
        }
        config.policy.override_with(answers);
        config.routes.splice(0..0, self.route.iter().cloned());
        config.cloud.splice(0..0, self.cloud.iter().cloned());
        config.privacy_guide = self.privacy_guide.clone().unwrap_or(config.privacy_guide);
        config.seed = self.seed.unwrap_or(config.seed);
        Ok((config, settings))
    }

    /// Says the same in a flow; gives the flags that it has no keys for.
    pub(super) fn tell(&self, flow: &mut Flow) -> Vec<&'static str> {
        let text = |value: &dyn ToString| Json::from(value.to_string());
        let options = [
            ("seed", self.seed.map(Json::from)),
            ("compatDate", self.compat_date.as_ref().map(|own| text(own))),
            ("sdk", self.client.sdk.as_ref().map(|own| text(own))),
            ("client", self.client.client.as_ref().map(|own| text(own))),
            (
                "platform",
                self.client.platform.map(|own| own.name().into()),
            ),
        ];
        let given = options
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)));
        flow.options.extend(given);
        if let Some(page) = &self.page {
            flow.opening.insert("page".to_owned(), page.as_str().into());
        }
        if self.scene != DEFAULT_SCENE {
            flow.opening.insert("scene".to_owned(), self.scene.into());
        }
        for rule in &self.answer {
            let (key, answer) = rule.split_once('=').unwrap_or((rule, ""));
            let answer = serde_json::from_str(answer).unwrap_or_else(|_| Json::from(answer));
            let answer = match flow.answers.get(key) {
                None => answer,
                Some(Json::Array(before)) => [before.clone(), vec![answer]].concat().into(),
                Some(before) => vec![before.clone(), answer].into(),
            };
            flow.answer(key, answer);
        }
        let mut left_out = Vec::new();
        for route in &self.route {
            match told(route) {
                Some(told) => flow.route(told),
                None => left_out.push("--route"),
            }
        }
        left_out.extend((!self.cloud.is_empty()).then_some("--cloud"));
        left_out.extend(self.privacy_guide.is_some().then_some("--privacy-guide"));
        left_out.dedup();
        left_out
    }

    /// How the program is started.
    pub(super) fn enter(&self) -> EnterOptions {
        EnterOptions::at(self.page.as_deref().unwrap_or_default(), self.scene)
    }
}

/// A route as flows write it, if they can.
fn told(route: &Route) -> Option<Json> {
    let given = serde_json::to_value(route).ok()?;
    let mut told = Map::new();
    if route.method() != "*" {
        told.insert("method".to_owned(), route.method().into());
    }
    told.insert("url".to_owned(), route.url().into());
    if let Some(times) = given["times"].as_u64() {
        told.insert("times".to_owned(), times.into());
    }
    match route.outcome() {
        Outcome::Open(_) => return None,
        Outcome::Fail(words) => drop(told.insert("fail".to_owned(), words.as_str().into())),
        Outcome::Response(response) => {
            if response.status != 200 {
                told.insert("status".to_owned(), response.status.into());
            }
            let Body::Text(text) = &response.body else {
                return None;
            };
            match serde_json::from_str::<Json>(text) {
                Ok(json) => drop(told.insert("json".to_owned(), json)),
                Err(_) if text.is_empty() => {}
                Err(_) => drop(told.insert("text".to_owned(), text.as_str().into())),
            }
            let lines = response.headers.iter();
            let lines: Map<String, Json> = lines
                .map(|(name, value)| (name.clone(), value.as_str().into()))
                .collect();
            if !lines.is_empty() {
                told.insert("header".to_owned(), lines.into());
            }
        }
    }
    let delay = given["delay_ms"].as_i64().unwrap_or_default();
    if delay != i64::from(DELAY_MS) {
        told.insert("delay".to_owned(), format!("{delay}ms").into());
    }
    Some(told.into())
}

//! Flags that say in which world a program is explored.

use std::path::Path;

use clap::Args;

use super::settings;
use crate::diagnostic::Diagnostic;
use crate::package::{ProfileKeys, Settings};
use crate::profile::{Date, Platform};
use crate::runtime::{Config, Policy};
use crate::version::Version;
use crate::world::cloud::CloudRule;
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};
use crate::world::network::Route;
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
    /// Base library version (default: the one of the day)
    #[arg(long, value_name = "VERSION")]
    sdk: Option<Version>,
    /// WeChat client version (default: the one of the day)
    #[arg(long, value_name = "VERSION")]
    client: Option<Version>,
    /// ios, android, devtools, windows, mac or ohos [default: ios]
    #[arg(long, value_name = "NAME")]
    platform: Option<Platform>,
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
        let given = ProfileKeys {
            compat_date: self.compat_date,
            sdk: self.sdk,
            client: self.client,
            platform: self.platform,
        };
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

    /// How the program is started.
    pub(super) fn enter(&self) -> EnterOptions {
        EnterOptions::at(self.page.as_deref().unwrap_or_default(), self.scene)
    }
}

/// The command line of this process without those flags (whether each has a value), to which others can be added.
pub(super) fn own_line(without: &[(&str, bool)]) -> String {
    let mut words = Vec::new();
    let mut skips = false;
    for word in std::env::args().skip(1) {
        if std::mem::take(&mut skips) {
            continue;
        }
        let name = word.split('=').next().unwrap_or_default();
        match without.iter().find(|(flag, _)| *flag == name) {
            Some((_, has_value)) => skips = *has_value && !word.contains('='),
            None => words.push(super::quoted(&word)),
        }
    }
    format!("wxsim {}", words.join(" "))
}

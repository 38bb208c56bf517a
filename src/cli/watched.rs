//! The rules in a run: the flag, and the monitor that goes by it.

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::settings;
use crate::package::Settings;
use crate::profile::Date;
use crate::rules::{Levels, Rules};
use crate::runtime::Sim;

/// What becomes of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub(super) enum RulesFlag {
    /// Errors fail, the rest is shown.
    Error,
    /// All are shown, and fail nothing.
    #[default]
    Warn,
    /// Nobody looks.
    Off,
}

/// The flag of commands that run a program.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct RulesArgument {
    /// What becomes of findings of the rules (`wxsim rules`): error, warn or off
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    pub(super) rules: RulesFlag,
}

/// Who looks at a run, as a worker is told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Watched {
    /// How much findings weigh; `None` when nobody looks.
    levels: Option<Levels>,
    /// Whether errors fail.
    pub(super) fails: bool,
}

impl Watched {
    /// By the flag and the settings, today.
    pub(super) fn new(flag: RulesFlag, settings: &Settings) -> Self {
        Self::on(settings::today(), flag, settings)
    }

    /// The same on a day.
    pub(super) fn on(today: Date, flag: RulesFlag, settings: &Settings) -> Self {
        // Mistakes were told on reading.
        let levels = || Levels::of(&settings.lint, today).unwrap_or_default();
        Self {
            levels: (flag != RulesFlag::Off).then(levels),
            fails: flag == RulesFlag::Error,
        }
    }

    /// Lets the rules look at a program.
    pub(super) fn install(&self, sim: &mut Sim) {
        if let Some(levels) = &self.levels {
            let rules = Rules::new(|_| true).with_levels(levels.clone());
            sim.set_monitor(Box::new(rules));
        }
    }
}

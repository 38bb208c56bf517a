//! `wxsim.toml` of a project, for every command that loads one.

use std::io::IsTerminal as _;
use std::path::Path;

use super::EXIT_USAGE;
use crate::api::question;
use crate::diagnostic::Diagnostic;
use crate::package::{Answer, DiskFiles, ProfileKeys, Settings};
use crate::profile::Date;
use crate::rules::Levels;
use crate::runtime::{Config, Policy};
use crate::serve::real_now_ms;

/// Seed of everything random when nothing says another.
const DEFAULT_SEED: u64 = 1;

/// What the project's file says; a folder that does not open has none, and whoever loads the
/// project complains.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn read(project: &Path) -> Result<Settings, Vec<Diagnostic>> {
    let Ok(files) = DiskFiles::open(project) else {
        return Ok(Settings::default());
    };
    let settings = Settings::read(&files)?;
    Levels::of(&settings.lint, today())?;
    Ok(settings)
}

/// The real day, in China.
pub(super) fn today() -> Date {
    Date::at_unix_ms(real_now_ms())
}

/// How much findings weigh today.
pub(super) fn levels(settings: &Settings) -> Levels {
    Levels::of(&settings.lint, today()).unwrap_or_default() // Mistakes were told on reading.
}

/// What the file makes of a run. `given` are flags, `policy` answers what the file does not. A
/// platform that is given is that of every phone.
///
/// # Errors
/// Answers that fit no question.
pub(super) fn config(
    mut settings: Settings,
    given: ProfileKeys,
    mut policy: Policy,
) -> Result<Config, Vec<Diagnostic>> {
    answer(&mut policy, &settings.answers)?;
    if given.platform.is_some() {
        for phone in &mut settings.devices {
            phone.platform = None;
        }
    }
    Ok(Config {
        profile: settings.profile(given),
        seed: settings.seed.unwrap_or(DEFAULT_SEED),
        policy,
        utc_offset_s: settings.utc_offset_s,
        system: settings.system,
        sensors: settings.sensors,
        biometrics: settings.biometrics,
        codes: settings.codes,
        links: settings.links,
        routes: settings.routes,
        cloud: settings.cloud,
        ads: settings.ads == Some(true),
        privacy_guide: settings.privacy_guide.unwrap_or_default(),
        registration: settings.registration,
        merchants: settings.merchants,
        subscriptions: settings.subscriptions,
        templates: settings.templates,
        we_run_off: settings.we_run == Some(false),
        apps: settings.apps,
        users: settings.users,
        devices: settings.devices,
        groups: settings.groups,
        cards: settings.cards,
        user: settings.user,
        ..Config::default()
    })
}

fn answer(policy: &mut Policy, answers: &[Answer]) -> Result<(), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    for Answer {
        key,
        answer,
        key_place,
        place,
    } in answers
    {
        let Err(problem) = policy.add(key, answer.clone()) else {
            continue;
        };
        let place = if question::exists(key) {
            place
        } else {
            key_place
        };
        let help = question::nearest(key, answer)
            .map_or_else(String::new, |word| format!("did you mean `{word}`?"));
        problems.push(Diagnostic::error(problem).at(place.clone()).help(help));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Says what is wrong with the file.
pub(super) fn refuse(problems: &[Diagnostic]) -> u8 {
    let coloured = std::io::stderr().is_terminal();
    for problem in problems {
        anstream::eprintln!("{}\n", problem.render(coloured));
    }
    EXIT_USAGE
}

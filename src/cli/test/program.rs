//! The program that tests want: read from its folder, under the settings, the options and the flags.

use std::path::Path;
use std::rc::Rc;

use super::job::{Message, Request, Variant, send};
use crate::cli::load::{self, Trouble, Wanted};
use crate::cli::watched::Watched;
use crate::cli::{project_path, settings};
use crate::diagnostic::Diagnostic;
use crate::package::{ProfileKeys, Settings};
use crate::report::suite::{Failure, FailureKind};
use crate::runtime::trace::{Entry, Listener};
use crate::runtime::{Config, Policy, Sim};
use crate::scenario::{Options, Renderer, Stage, host_page};
use crate::worker::Outbox;
use crate::world::World;

/// A program with how one with a page around a component is made of it.
pub(super) struct Made {
    pub(super) sim: Sim,
    pub(super) renderer: Renderer,
    /// Whether rules that weigh as errors fail tests.
    pub(super) fails_for_rules: bool,
}

/// The program that these options want.
#[expect(
    clippy::too_many_lines,
    reason = "what is made is moved into one closure after the other"
)]
pub(super) fn program(
    request: &Request,
    file: &str,
    options: &Options,
    stage: &Stage,
    outbox: &mut Outbox,
) -> Result<Made, Box<Failure>> {
    let unusable = |problem: &Diagnostic| Box::new(failure_of(problem));
    let beside_file = |folder: &str| {
        let file = request.root.join(file);
        file.parent().unwrap_or(Path::new(".")).join(folder)
    };
    let project = options
        .text("app")
        .map_or_else(|| request.project.clone(), |it| beside_file(&it));
    let project = project_path(&project).map_err(|problem| unusable(&problem))?;
    let settings =
        settings::read(&project).map_err(|problems| Box::new(all_failures(&problems)))?;
    let folders: Vec<_> = options
        .texts("with")
        .iter()
        .map(|it| beside_file(it))
        .collect();
    let others = load::beside(&project, &settings, &folders);
    let others = others.map_err(|problem| unusable(&problem))?;
    let today = request.today.unwrap_or_else(settings::today);
    let watched = Watched::on(today, request.rules, &settings);
    let config = config(settings, options, request)?;
    let listening = stage.listening();
    let sender = outbox.clone();
    let listener = move || -> Listener {
        let (listening, mut sender) = (listening.clone(), sender.clone());
        Box::new(move |entry: &Entry| {
            if listening.hear(entry) {
                send(&mut sender, &Message::Trace(entry));
            }
        })
    };
    let mut problem = None;
    let mut speaker = outbox.clone();
    let mut say = |trouble| match trouble {
        Trouble::Project(mistake) => send(&mut speaker, &Message::Mistake(Box::new(mistake))),
        Trouble::Unusable(diagnostic) => problem = Some(diagnostic),
    };
    let own = config.clone();
    let wanted = Wanted {
        project: &project,
        config: own,
        beside: &others,
        live: false,
    };
    let loaded = load::load(wanted, listener(), outbox, &mut say);
    let made = loaded.map(|program| {
        let (project, files) = (program.project, program.files);
        let (mut sim, fails_for_rules) = (program.sim, watched.fails);
        watched.install(&mut sim);
        let renderer: Renderer = Box::new(move |wanted| {
            let page = host_page(&project, Rc::clone(&files), wanted);
            let page = page.map_err(|error| error.to_string())?;
            let (project, files) = (Rc::clone(&page.project), Rc::clone(&page.files));
            let made = Sim::new(project, files, config.clone(), Some(listener()));
            let mut sim = made.map_err(|error| error.text())?;
            watched.install(&mut sim);
            Ok((sim, page))
        });
        Made {
            sim,
            renderer,
            fails_for_rules,
        }
    });
    if let Some(own) = &made {
        check_user(&own.sim, options).map_err(|problem| unusable(&problem))?;
    }
    made.ok_or_else(|| {
        let problem = problem.unwrap_or_else(|| Diagnostic::error("the project cannot run"));
        unusable(&problem)
    })
}

/// Whether the user that the options name exists.
fn check_user(sim: &Sim, options: &Options) -> Result<(), Diagnostic> {
    let known = |world: &World| world.users().iter().map(|user| user.id.clone()).collect();
    let known: Vec<String> = sim.read(known);
    match options.text("user") {
        Some(wanted) if !known.contains(&wanted) => {
            let problem = Diagnostic::error(format!("there is no user `{wanted}`"));
            let known = known.join(", ");
            Err(problem.help(format!(
                "the users are {known}; [[users]] of wxsim.toml adds others"
            )))
        }
        _ => Ok(()),
    }
}

/// What the program runs under.
fn config(
    settings: Settings,
    options: &Options,
    request: &Request,
) -> Result<Config, Box<Failure>> {
    let variant = &request.variant;
    let keys = profile_keys(options, variant)
        .map_err(|problem| Box::new(Failure::new(FailureKind::Load, problem)))?;
    let mut config = settings::config(settings, keys, Policy::default())
        .map_err(|problems| Box::new(all_failures(&problems)))?;
    if let Some(seed) = options.text("seed").and_then(|seed| seed.parse().ok()) {
        config.seed = seed;
    } else if let Some(seed) = variant.seed {
        config.seed = seed;
    }
    config.policy.choose(request.choices.clone());
    config.user = options.text("user").or(config.user);
    if let Some(persona) = variant.persona {
        config.policy.set_persona(persona);
    }
    Ok(config)
}

/// A value that was said, read.
fn read<T: std::str::FromStr>(key: &str, text: Option<String>) -> Result<Option<T>, String>
where
    T::Err: std::fmt::Display,
{
    let parsed = text.map(|text| text.parse().map_err(|error| format!("{key}: {error}")));
    parsed.transpose()
}

/// What the options of tests and the flags say of the rules in force.
fn profile_keys(options: &Options, variant: &Variant) -> Result<ProfileKeys, String> {
    let said = |key: &str, flag: &Option<String>| options.text(key).or_else(|| flag.clone());
    Ok(ProfileKeys {
        compat_date: read("compatDate", said("compatDate", &variant.compat_date))?,
        sdk: read("sdk", said("sdk", &variant.sdk))?,
        client: read("client", said("client", &variant.client))?,
        platform: read("platform", said("platform", &variant.platform))?,
    })
}

pub(super) fn failure_of(problem: &Diagnostic) -> Failure {
    let mut failure = Failure::new(FailureKind::Load, problem.message.clone());
    failure.place.clone_from(&problem.place);
    failure.help.clone_from(&problem.help);
    failure
}

fn all_failures(problems: &[Diagnostic]) -> Failure {
    let mut failure = problems.first().map_or_else(
        || Failure::new(FailureKind::Load, "the settings cannot be read"),
        failure_of,
    );
    for problem in problems.iter().skip(1) {
        failure.message.push('\n');
        failure.message.push_str(&problem.message);
    }
    failure
}

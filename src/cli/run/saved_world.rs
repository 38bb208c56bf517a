//! `--user`, `--world` and `--save-world`: who holds the phone, from which world on.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::diagnostic::Diagnostic;
use crate::runtime::Config;
use crate::world::World;
use crate::world::user::User;

#[derive(Debug, Args)]
pub(super) struct WorldFlags {
    /// Id of the user who holds the phone [default: the first]
    #[arg(long, value_name = "ID")]
    user: Option<String>,
    /// Go on from a world that --save-world wrote, with its seed and its platform
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["seed", "compat_date", "sdk", "client", "platform"]
    )]
    world: Option<PathBuf>,
    /// Write the world to a file after the run: storage, answers, sessions with their keys, clock
    #[arg(long, value_name = "FILE")]
    pub(super) save_world: Option<PathBuf>,
}

impl WorldFlags {
    /// Puts the flags into the configuration.
    pub(super) fn configure(&self, config: &mut Config) -> Result<(), Diagnostic> {
        if let Some(path) = &self.world {
            let world = read(path)?;
            config.profile = world.profile().clone();
            config.seed = world.seed();
            // Who held it holds it still, unless the flag says another.
            config.user = None;
            config.world = Some(Box::new(world));
        }
        config.user = self.user.clone().or(config.user.take());
        let Some(id) = &config.user else {
            return Ok(());
        };
        let known = known(config);
        if known.contains(id) {
            return Ok(());
        }
        let problem = Diagnostic::error(format!("--user: there is no user `{id}`"));
        Err(problem.help(format!("there are {}", known.join(", "))))
    }
}

/// Ids of the users that the run will have.
fn known(config: &Config) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    if let Some(world) = &config.world {
        known.extend(world.users().iter().map(|user| user.id.clone()));
    } else if config.users.is_empty() {
        known.push(User::default().id);
    }
    known.extend(config.users.iter().map(|user| user.id.clone()));
    known.dedup();
    known
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn read(path: &Path) -> Result<World, Diagnostic> {
    let problem = |error: &dyn std::fmt::Display| {
        let problem = Diagnostic::error(format!("--world: {}: {error}", path.display()));
        problem.help("`wxsim run --save-world FILE` writes one")
    };
    let text = std::fs::read_to_string(path).map_err(|error| problem(&error))?;
    World::restore(&text).map_err(|error| problem(&error))
}

/// Writes what the run left; `None` when it ended before it could.
#[expect(clippy::disallowed_methods, reason = "the user names the file")]
pub(super) fn write(path: &Path, world: Option<&str>) -> Result<(), Diagnostic> {
    let problem = |error: &dyn std::fmt::Display| {
        Diagnostic::error(format!("--save-world: {}: {error}", path.display()))
    };
    let Some(world) = world else {
        let problem = problem(&"nothing is written, because the run did not come to its end");
        return Err(problem);
    };
    std::fs::write(path, world).map_err(|error| problem(&error))
}

//! The worker's first half of every command that runs a program: reads it and compiles its scripts.

use std::path::Path;
use std::rc::Rc;

use super::network::Remote;
use crate::diagnostic::Diagnostic;
use crate::package::{self, DiskFiles, Files, Project};
use crate::runtime::trace::Listener;
use crate::runtime::{Config, Sim};
use crate::worker::Outbox;

/// What reading a project may say.
pub(super) enum Trouble {
    /// A mistake in the project.
    Project(Diagnostic),
    /// The project cannot run.
    Unusable(Diagnostic),
}

/// A program that can start.
pub(super) struct Program {
    pub(super) sim: Sim,
    pub(super) project: Rc<Project>,
    pub(super) files: Rc<dyn Files>,
}

/// Reads the project at `path` and compiles what a start runs; nothing has run afterwards. When
/// it is `live`, requests to open hosts are put to the supervisor.
///
/// `None` when it cannot run, which `say` has been told. The notes of `outbox` name the file that
/// is read, until the last one is empty.
pub(super) fn load(
    path: &Path,
    config: Config,
    live: bool,
    listener: Listener,
    outbox: &mut Outbox,
    say: &mut dyn FnMut(Trouble),
) -> Option<Program> {
    outbox.note("while the project was read");
    let files = match DiskFiles::open(path) {
        Ok(files) => files,
        Err(error) => {
            let place = path.display().to_string();
            let problem = Diagnostic::error(format!("{place}: {error}")).help(
                "give the folder of a mini program, the one with project.config.json or app.json",
            );
            say(Trouble::Unusable(problem));
            return None;
        }
    };
    let loaded = package::load(&files);
    for diagnostic in loaded.diagnostics {
        say(Trouble::Project(diagnostic));
    }
    let Some(project) = loaded.project else {
        let problem = Diagnostic::error("the project cannot run").help("correct the errors above");
        say(Trouble::Unusable(problem));
        return None;
    };
    let (project, files): (_, Rc<dyn Files>) = (Rc::new(project), Rc::new(files));
    let sim = Sim::new(project.clone(), files.clone(), config, Some(listener));
    let mut sim = sim.unwrap_or_else(|error| panic!("the prelude does not run: {}", error.text()));
    if live {
        sim.set_outside(Box::new(Remote(outbox.clone())));
    }
    sim.compile_each(&mut |path| outbox.note(&format!("while {path} was read")));
    outbox.note("");
    Some(Program {
        sim,
        project,
        files,
    })
}

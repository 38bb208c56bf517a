//! The worker's first half of every command that runs a program: reads it and compiles its scripts.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::network::Remote;
use super::project_path;
use crate::diagnostic::Diagnostic;
use crate::package::{self, DiskFiles, Files, Project, Settings};
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

/// Another mini program of the world.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Beside {
    /// Its folder.
    pub(super) folder: PathBuf,
    /// The appid that it is registered with; `None` is that of its project.
    pub(super) app_id: Option<String>,
}

/// The other mini programs: those of the settings, then those of `folders` that are not among them.
pub(super) fn beside(
    project: &Path,
    settings: &Settings,
    folders: &[PathBuf],
) -> Result<Vec<Beside>, Diagnostic> {
    let mut beside = Vec::new();
    for named in &settings.projects {
        let folder = project.join(&named.folder);
        let folder = project_path(&folder).map_err(|problem| problem.at(named.place.clone()))?;
        beside.push(Beside {
            folder,
            app_id: Some(named.app_id.clone()),
        });
    }
    for folder in folders {
        let folder = project_path(folder)?;
        if beside.iter().all(|own| !is_same(&own.folder, &folder)) {
            beside.push(Beside {
                folder,
                app_id: None,
            });
        }
    }
    Ok(beside)
}

/// Whether two paths lead to one folder.
#[expect(clippy::disallowed_methods, reason = "the user names the folders")]
fn is_same(one: &Path, other: &Path) -> bool {
    one == other
        || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Gives the world the code of another mini program; what goes wrong has been told.
pub(super) fn add(sim: &mut Sim, other: &Beside, say: &mut dyn FnMut(Trouble)) -> bool {
    let Some((project, files)) = read(&other.folder, say) else {
        return false;
    };
    let app_id = other.app_id.clone().or_else(|| project.app_id.clone());
    let place = other.folder.display();
    let Some(app_id) = app_id.filter(|id| !id.is_empty()) else {
        let problem = Diagnostic::error(format!("{place}: the program has no appid")).help(
            "write `appid` into its project.config.json, or name the project in a table [[apps]] of wxsim.toml",
        );
        say(Trouble::Unusable(problem));
        return false;
    };
    let name = other.folder.file_name().unwrap_or_default();
    let name = name.to_string_lossy();
    let added = sim.add_program(&app_id, &name, project, files);
    if let Err(taken) = &added {
        let problem = Diagnostic::error(format!("{place}: {taken}"));
        say(Trouble::Unusable(
            problem.help("give each program its own appid"),
        ));
    }
    added.is_ok()
}

/// Reads a project; what goes wrong has been told.
fn read(path: &Path, say: &mut dyn FnMut(Trouble)) -> Option<(Rc<Project>, Rc<dyn Files>)> {
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
    Some((Rc::new(project), Rc::new(files)))
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
    let (project, files) = read(path, say)?;
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

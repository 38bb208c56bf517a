//! The worker's first half of every command that runs a program: reads it and compiles its scripts.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::network::Remote;
use super::project_path;
use crate::diagnostic::Diagnostic;
use crate::package::{self, DiskFiles, Files, Project, Settings};
use crate::runtime::trace::Listener;
use crate::runtime::{Config, Sim};
use crate::worker::{Mode, Outbox, Zygote};

/// What reading a project may say, as a worker tells it.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
fn add(sim: &mut Sim, other: &Beside, say: &mut dyn FnMut(Trouble)) -> bool {
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

/// What a worker loads.
pub(super) struct Wanted<'a> {
    /// The project's folder.
    pub(super) project: &'a Path,
    pub(super) config: Config,
    /// The other mini programs of the world.
    pub(super) beside: &'a [Beside],
    /// Whether requests to open hosts are put to the supervisor.
    pub(super) live: bool,
}

/// Reads the project that is wanted and compiles what a start runs, then adds those beside it; nothing has run
/// afterwards.
///
/// `None` when it cannot run, which `say` has been told. The notes of `outbox` name the file that
/// is read, until the last one is empty.
pub(super) fn load(
    wanted: Wanted<'_>,
    listener: Listener,
    outbox: &mut Outbox,
    say: &mut dyn FnMut(Trouble),
) -> Option<Program> {
    outbox.note("while the project was read");
    let (project, files) = read(wanted.project, say)?;
    let sim = Sim::new(
        project.clone(),
        files.clone(),
        wanted.config,
        Some(listener),
    );
    let mut sim = sim.unwrap_or_else(|error| panic!("the prelude does not run: {}", error.text()));
    if wanted.live {
        sim.set_outside(Box::new(Remote(outbox.clone())));
    }
    sim.compile_each(&mut |path| outbox.note(&format!("while {path} was read")));
    outbox.note("");
    for other in wanted.beside {
        if !add(&mut sim, other, say) {
            return None;
        }
    }
    Some(Program {
        sim,
        project,
        files,
    })
}

/// The worker's side of a command with one program: reads the request, loads the program and lets `run` have it, in a
/// copy of the process where `forks` says so.
pub(super) fn in_worker<R: DeserializeOwned, P>(
    text: &str,
    zygote: &mut Zygote,
    forks: impl FnOnce(&R) -> bool,
    load: impl Fn(&R, &mut Outbox) -> Option<P>,
    run: impl FnOnce(&R, &mut P, &mut Outbox),
) {
    let request: R =
        serde_json::from_str(text).expect("the supervisor speaks this program's own language");
    zygote.set_mode(mode(forks(&request)));
    zygote.branch(
        &mut None,
        |outbox| load(&request, outbox),
        |program, outbox| {
            if let Some(program) = program {
                run(&request, program, outbox);
            }
        },
    );
    zygote.finish();
}

/// How branches are made.
pub(super) fn mode(forks: bool) -> Mode {
    if forks { Mode::Fork } else { Mode::Replay }
}

//! `wxsim init`: the first test of a mini program, its settings, a recipe for continuous integration.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{EXIT_OK, print, project_path, types, usage};
use crate::diagnostic::Diagnostic;
use crate::package::{self, DiskFiles};

/// Write a first test of a mini program, with commented settings and a recipe for GitHub Actions.
///
/// Nothing that is there is written over.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the mini program
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Leave out .github/workflows/wxsim.yml
    #[arg(long)]
    no_ci: bool,
}

const EXAMPLES: &str = "\
Examples:
  wxsim init my-app
  wxsim test my-app

Exit codes: 0, 2 when PROJECT is no mini program or a file cannot be written.";

const SETTINGS: &str = include_str!("init/wxsim.toml");
const FIRST_TEST: &str = include_str!("init/first.test.js");
const RECIPE: &str = include_str!("init/wxsim.yml");

pub(super) fn main(arguments: &Arguments) -> u8 {
    match init(arguments) {
        Ok(()) => EXIT_OK,
        Err(problem) => usage(&problem),
    }
}

#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn init(arguments: &Arguments) -> Result<(), Diagnostic> {
    let folder = project_path(&arguments.project)?;
    let home = home_page(&folder)?;
    let mut files = vec![
        ("wxsim.toml", SETTINGS.to_owned()),
        (
            "tests/first.test.js",
            FIRST_TEST.replace("HOME_PAGE", &home),
        ),
        ("tests/wxsim-test.d.ts", types::text()),
    ];
    if !arguments.no_ci {
        files.push((".github/workflows/wxsim.yml", RECIPE.to_owned()));
    }
    for (name, text) in files {
        let path = folder.join(name);
        let done = if path.exists() {
            "is there already"
        } else {
            write(&path, &text)?;
            "written"
        };
        print(&format!("{name:<32} {done}\n"));
    }
    let shown = arguments.project.display();
    print(&format!("\nnow: wxsim test {shown}\n"));
    Ok(())
}

/// The page that a start opens.
fn home_page(folder: &Path) -> Result<String, Diagnostic> {
    let problem = |text: String| {
        Diagnostic::error(text).help("give the folder with project.config.json or app.json")
    };
    let place = folder.display();
    let files = DiskFiles::open(folder).map_err(|error| problem(format!("{place}: {error}")))?;
    let project = package::load(&files).project;
    let project = project.ok_or_else(|| problem(format!("{place}: this is no mini program")))?;
    let home = Some(&project.app.entry_page).filter(|home| !home.is_empty());
    let home = home.or_else(|| project.app.pages.first());
    let home = home.ok_or_else(|| problem(format!("{place}: app.json has no pages")))?;
    Ok(home.clone())
}

#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let folder = path.parent().unwrap_or(path);
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text));
    written.map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())))
}

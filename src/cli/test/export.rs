//! `--export-flow`: what a test did, as a flow.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::report::suite::SuiteResult;
use crate::scenario::flow::{SUFFIX, of_trace, to_yaml};

/// Writes the flow of the one test that ran.
pub(super) fn flow(path: &Path, suite: &SuiteResult) -> Result<(), Diagnostic> {
    let refuse = |text: String, help: &str| Err(Diagnostic::error(text).help(help));
    if !path.to_string_lossy().ends_with(SUFFIX) {
        let text = format!(
            "--export-flow {}: flows are called *{SUFFIX}",
            path.display()
        );
        return refuse(
            text,
            "give the file that name, so that `wxsim test` finds it",
        );
    }
    let ran: Vec<_> = suite
        .tests()
        .filter(|(_, test)| !test.trace.is_empty())
        .collect();
    let [(file, test)] = ran.as_slice() else {
        let text = format!("--export-flow: {} tests ran, and a flow is one", ran.len());
        return refuse(
            text,
            "choose one with -t TITLE, without --personas and --repeat",
        );
    };
    let mut flow = of_trace(&test.title(), &test.trace);
    let folder = std::path::absolute(path.parent().unwrap_or(Path::new(".")));
    let project = std::path::absolute(&file.project).unwrap_or_default();
    let app = relative(&folder.unwrap_or_default(), &project);
    flow.options.shift_insert(0, "app".to_owned(), app.into());
    write(path, &to_yaml(&flow))
}

/// The way from a folder to another, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let parts = path.components();
        let parts = parts.filter(|part| !matches!(part, Component::CurDir));
        parts
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(from), parts(to));
    let same = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - same);
    let way: Vec<String> = up.chain(to[same..].iter().cloned()).collect();
    match way.join("/") {
        here if here.is_empty() => ".".to_owned(),
        way => way,
    }
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let path = PathBuf::from(path);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(&path, text))
        .map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::relative;

    #[test]
    fn the_program_is_named_from_the_folder_of_the_flow() {
        for (from, to, way) in [
            ("/a/app/tests", "/a/app", ".."),
            ("/a/flows", "/a/app", "../app"),
            ("/a/app", "/a/app", "."),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), way);
        }
    }
}

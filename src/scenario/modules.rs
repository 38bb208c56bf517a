//! Files of test code: `require` and `import` between them, from the disk.
//!
//! A module goes by its path as people give it: relative to the folder that the command runs in where it lies
//! below it. `wxsim` is the test API itself. Names without a dot are looked for in `node_modules` upwards.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::flow;
use crate::diagnostic::Diagnostic;
use crate::engine::{ModuleSource, OriginalPlace, Throw};
use crate::package::prepare;

/// The name that test code imports the test API by.
pub(super) const API_MODULE: &str = "wxsim";

/// What the module [`API_MODULE`] is.
const API_SOURCE: &str = "module.exports = __wxsim_api__;";

/// Endings that `require` may leave out, in the order in which they are tried.
const ENDINGS: &[&str] = &[".js", ".ts", ".mjs", ".cjs", ".json"];

/// The files.
#[derive(Debug, Default)]
pub(super) struct TestFiles {
    /// Folder that shown paths are relative to.
    root: PathBuf,
    exporting: RefCell<BTreeSet<String>>,
    /// Every file that was read, for those who watch them.
    read: RefCell<BTreeSet<PathBuf>>,
    /// Code that stands for a file of the disk, as of a flow.
    made: Vec<(String, String)>,
}

impl TestFiles {
    pub(super) fn new(root: &Path, made: Vec<(String, String)>) -> Self {
        Self {
            root: root.to_path_buf(),
            made,
            ..Self::default()
        }
    }

    /// The files that were read so far.
    pub(super) fn read_files(&self) -> Vec<PathBuf> {
        self.read.borrow().iter().cloned().collect()
    }

    /// Whether a module exports by ES syntax.
    pub(super) fn exports(&self, path: &str) -> bool {
        self.exporting.borrow().contains(path)
    }

    /// The module that `specifier` means in the file `from`.
    pub(super) fn resolve(&self, from: &str, specifier: &str) -> Result<String, Throw> {
        if specifier == API_MODULE {
            return Ok(API_MODULE.to_owned());
        }
        let from_path = self.root.join(from);
        let folder = from_path.parent().unwrap_or(&self.root);
        let is_path = specifier.starts_with(['.', '/']) || Path::new(specifier).is_absolute();
        let found = if is_path {
            file_at(&folder.join(specifier))
        } else {
            folder
                .ancestors()
                .find_map(|above| package_at(&above.join("node_modules").join(specifier)))
        };
        let found = found.ok_or_else(|| {
            Throw::error(if is_path {
                let path = self.shown(&folder.join(specifier));
                format!("there is no module '{specifier}' for {from}: no file is at {path}")
            } else {
                format!(
                    "there is no module '{specifier}' for {from}: write a path such as './{specifier}', or \
                     'wxsim' for the test API"
                )
            })
        })?;
        Ok(self.shown(&found))
    }

    /// A path as people give it.
    pub(super) fn shown(&self, path: &Path) -> String {
        let path = tidied(path);
        let shown = path.strip_prefix(&self.root).unwrap_or(&path);
        shown.to_string_lossy().replace('\\', "/")
    }

    /// The text of a file; `None` when it cannot be read.
    #[expect(clippy::disallowed_methods, reason = "test code is its author's own")]
    pub(super) fn text(&self, shown: &str) -> Option<String> {
        if let Some((_, code)) = self.made.iter().find(|(path, _)| path == shown) {
            return Some(code.clone());
        }
        let path = self.root.join(shown);
        self.read.borrow_mut().insert(path.clone());
        let text = std::fs::read_to_string(path).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
    }

    pub(super) fn source(&self, path: &str) -> Result<ModuleSource, Throw> {
        if path == API_MODULE {
            return Ok(ModuleSource {
                code: API_SOURCE.to_owned(),
                strict: false,
                original: None,
            });
        }
        let text = self
            .text(path)
            .ok_or_else(|| Throw::error(format!("{path}: there is no such file")))?;
        if path.ends_with(flow::SUFFIX) {
            return self.flow(path, &text);
        }
        let as_script = path.strip_suffix(".mjs").or(path.strip_suffix(".cjs"));
        let named = as_script.map_or_else(|| path.to_owned(), |stem| format!("{stem}.js"));
        let prepared = prepare(&named, &text).map_err(|error| syntax_error(&error))?;
        if prepared.has_exports {
            self.exporting.borrow_mut().insert(path.to_owned());
        }
        let map = prepared.map;
        Ok(ModuleSource {
            code: prepared.code,
            strict: prepared.is_module,
            original: map.map(|map| {
                Box::new(move |line, column| map.original(line, column)) as Box<OriginalPlace>
            }),
        })
    }
}

impl TestFiles {
    /// A flow as the test that does the same; places are those of the flow.
    fn flow(&self, path: &str, text: &str) -> Result<ModuleSource, Throw> {
        let file = |path: &str| {
            self.text(path)
                .ok_or_else(|| "there is no such file".to_owned())
        };
        let flow = flow::parse(path, text, &file).map_err(|problems| {
            let texts: Vec<String> = problems.iter().map(advised).collect();
            Throw {
                class: "SyntaxError",
                message: texts.join("\n"),
            }
        })?;
        let script = flow::to_js(&flow);
        let places = script.places;
        let original = move |line: u32, _: u32| {
            let at = usize::try_from(line).ok()?.checked_sub(1)?;
            let mut before = places.get(..=at)?.iter().rev();
            let place = before.find_map(Option::as_ref)?;
            Some((place.line, place.column))
        };
        Ok(ModuleSource {
            code: script.code,
            strict: false,
            original: Some(Box::new(original)),
        })
    }
}

fn syntax_error(diagnostic: &Diagnostic) -> Throw {
    let place = diagnostic
        .place
        .as_ref()
        .map(|place| format!("{place}: "))
        .unwrap_or_default();
    Throw {
        class: "SyntaxError",
        message: format!("{place}{}", diagnostic.message),
    }
}

/// A mistake with its place and what to do about it.
fn advised(problem: &Diagnostic) -> String {
    let message = syntax_error(problem).message;
    match problem.help.as_str() {
        "" => message,
        help => format!("{message}; {help}"),
    }
}

/// A path without `.` and `..`.
fn tidied(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// The file that a path means: itself, with an ending, or the index of a folder.
#[expect(clippy::disallowed_methods, reason = "test code is its author's own")]
fn file_at(path: &Path) -> Option<PathBuf> {
    let path = tidied(path);
    if path.is_file() {
        return Some(path);
    }
    let ended = |ending: &&str| {
        let mut name = path.clone().into_os_string();
        name.push(ending);
        Some(PathBuf::from(name)).filter(|path| path.is_file())
    };
    let index = |ending: &&str| Some(path.join(format!("index{ending}"))).filter(|it| it.is_file());
    let mut endings = ENDINGS.iter();
    endings
        .find_map(ended)
        .or_else(|| ENDINGS.iter().find_map(index))
}

/// The entry of a package.
#[expect(clippy::disallowed_methods, reason = "test code is its author's own")]
fn package_at(path: &Path) -> Option<PathBuf> {
    let described = std::fs::read_to_string(path.join("package.json")).ok();
    let described =
        described.and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
    let main = described.as_ref().and_then(|json| json["main"].as_str());
    main.and_then(|main| file_at(&path.join(main)))
        .or_else(|| file_at(path))
}

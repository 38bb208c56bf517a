//! The project's code for the engine: resolution, preparation, positions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::engine::{ModuleSource, Throw};
use crate::package::{
    Files, PackageFiles, Project, ResolveError, Resolver, find_errata, prepare, requires,
};
use crate::value::Frame;

/// How code names parts of the last match.
const LAST_MATCH: &[&str] = &[
    "RegExp.$",
    "RegExp[",
    "RegExp.input",
    "RegExp.last",
    "RegExp.left",
    "RegExp.right",
];

/// A loaded project and its files.
pub(super) struct Code {
    pub(super) project: Rc<Project>,
    files: Rc<dyn Files>,
    /// Modules that export by ES syntax.
    exporting: RefCell<BTreeSet<String>>,
    /// Modules that read parts of the last match from `RegExp`.
    matching: RefCell<BTreeSet<String>>,
    /// Wrong names in modules that have not run yet.
    errata: RefCell<BTreeMap<String, Vec<Diagnostic>>>,
}

impl Code {
    /// The files of the code package; `whole` takes in what is not uploaded as it is.
    pub(super) fn package(&self, whole: bool) -> PackageFiles<'_> {
        PackageFiles::new(&*self.files, &self.project.code_root, whole)
    }

    pub(super) fn new(project: Rc<Project>, files: Rc<dyn Files>) -> Self {
        Self {
            project,
            files,
            exporting: RefCell::default(),
            matching: RefCell::default(),
            errata: RefCell::default(),
        }
    }

    /// The same code for another reader.
    pub(super) fn share(&self) -> Self {
        Self::new(Rc::clone(&self.project), Rc::clone(&self.files))
    }

    /// Finds and reads files of the code.
    pub(super) fn resolver(&self) -> Resolver<'_> {
        self.project.resolver(&*self.files)
    }

    /// The module that `specifier` means in the file `from`.
    pub(super) fn resolve(&self, from: &str, specifier: &str) -> Result<String, Throw> {
        self.resolver().resolve(from, specifier).map_err(|error| {
            let wanted = specifier.strip_suffix(".js").unwrap_or(specifier);
            let near = if from.is_empty() {
                String::new()
            } else {
                format!(" in {from}")
            };
            Throw::error(match error {
                ResolveError::NotFound { .. } => {
                    format!(
                        "module '{wanted}.js' is not defined, require args is '{specifier}'{near}"
                    )
                }
                other => format!("module '{specifier}' is not defined{near}: {other}"),
            })
        })
    }

    /// The text of a template, style sheet or WXS file; `None` when it is missing or unreadable.
    pub(super) fn text(&self, code_path: &str) -> Option<String> {
        self.resolver().read_code(code_path).ok()
    }

    /// The text of a frame's line; empty when it has none.
    pub(super) fn line(&self, frame: Option<&Frame>) -> String {
        let text = frame.and_then(|frame| {
            let text = self.resolver().read_code(&frame.file).ok()?;
            let index = usize::try_from(frame.line).ok()?.checked_sub(1)?;
            text.lines().nth(index).map(str::to_owned)
        });
        text.unwrap_or_default()
    }

    /// Whether app.json lists a plugin, for the whole program or for a subpackage.
    pub(super) fn has_plugin(&self, name: &str) -> bool {
        let raw = &self.project.app.raw;
        let packages = ["subpackages", "subPackages"].map(|key| raw[key].as_array());
        let mut owners = packages.into_iter().flatten().flatten().chain([raw]);
        owners.any(|owner| owner["plugins"].get(name).is_some())
    }

    pub(super) fn exports(&self, path: &str) -> bool {
        self.exporting.borrow().contains(path)
    }

    /// Whether a module names `RegExp.$1` or its kin.
    pub(super) fn reads_last_match(&self, path: &str) -> bool {
        self.matching.borrow().contains(path)
    }

    /// The wrong names of a module, once.
    pub(super) fn take_errata(&self, path: &str) -> Vec<Diagnostic> {
        let found = self.errata.borrow_mut().remove(path);
        found.unwrap_or_default()
    }

    /// The modules that a script asks for by name, where they are there.
    pub(super) fn required(&self, path: &str) -> Vec<String> {
        let resolver = self.resolver();
        let Ok(text) = resolver.read_code(path) else {
            return Vec::new();
        };
        let named = requires(&text).into_iter();
        let found = named.filter_map(|specifier| resolver.resolve(path, specifier).ok());
        found.collect()
    }

    pub(super) fn source(&self, path: &str) -> Result<ModuleSource, Throw> {
        let resolver = self.resolver();
        let text = resolver.read_code(path).map_err(|error| throw(&error))?;
        let file = resolver.project_path(path);
        let prepared = prepare(&file, &text).map_err(|error| throw(&error))?;
        let wrong = find_errata(&file, &text);
        if !wrong.is_empty() {
            self.errata.borrow_mut().insert(path.to_owned(), wrong);
        }
        if LAST_MATCH.iter().any(|name| prepared.code.contains(name)) {
            self.matching.borrow_mut().insert(path.to_owned());
        }
        if prepared.has_exports {
            self.exporting.borrow_mut().insert(path.to_owned());
        }
        let map = prepared.map;
        Ok(ModuleSource {
            code: prepared.code,
            strict: prepared.is_module,
            original: map.map(|map| {
                Box::new(move |line, column| map.original(line, column))
                    as Box<crate::engine::OriginalPlace>
            }),
        })
    }
}

/// A mistake in a file as the error that `require` throws: `file:line:column: message`.
fn throw(diagnostic: &Diagnostic) -> Throw {
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

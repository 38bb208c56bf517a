//! Where npm packages lie: `miniprogram_npm` and `node_modules`.
//!
//! Official page: npm support. The official tool copies each package into a `miniprogram_npm`
//! folder ("build npm"): the folder that package.json names in `miniprogram` (or
//! `miniprogram_dist`), else the bundled `main` script. The platform looks `miniprogram_npm` up
//! from the requiring file's folder to the code root.
//!
//! Differs from the client: a package that was installed but not built is taken from
//! `node_modules`, looked up the same way and then up to the project folder; files below it
//! that "build npm" would not copy can be required too.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;

use super::files::{Files, folder_of, join, normalise};

/// One entry of `packNpmRelationList` in project.config.json: packages of one folder belong to the
/// code below another. Both are relative to the project folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpmRelation {
    /// The folder that holds package.json and `node_modules`.
    pub package_folder: String,
    /// The folder whose `miniprogram_npm` the packages are built into.
    pub dist_folder: String,
}

/// What a package's package.json says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Package {
    /// A package made for mini programs: the folder that is copied, relative to the package.
    MiniProgram(String),
    /// Any other package: its main script, relative to the package.
    Plain(String),
}

/// Finds packages; remembers what their package.json files say.
pub(super) struct Npm<'f> {
    files: &'f dyn Files,
    code_root: String,
    relations: Vec<NpmRelation>,
    packages: RefCell<BTreeMap<String, Package>>,
    /// Folder, relative to the project folder → whether it exists: most look-ups fail, and this
    /// saves the file system from them.
    folders: RefCell<BTreeMap<String, bool>>,
}

impl<'f> Npm<'f> {
    pub(super) fn new(files: &'f dyn Files, code_root: &str, relations: &[NpmRelation]) -> Self {
        let code_root = code_root.to_owned();
        Self {
            files,
            code_root,
            relations: relations.to_vec(),
            packages: RefCell::default(),
            folders: RefCell::default(),
        }
    }

    /// The project path of a code path's file, when there is such a file.
    ///
    /// A code path is relative to the code root; one with a `node_modules` folder in it may also be
    /// relative to the project folder.
    pub(super) fn locate(&self, code_path: &str) -> Option<String> {
        self.locate_by(code_path, |path| {
            self.has_folder(folder_of(path)) && self.files.is_file(path)
        })
    }

    /// Whether a code path's folder exists; a cheap test before its files are looked for.
    pub(super) fn has_folder_of(&self, code_path: &str) -> bool {
        let folder = folder_of(code_path);
        self.locate_by(folder, |path| self.has_folder(path)).is_some()
            // `node_modules/x.js` itself may lie outside the code root.
            || self.has_folder(folder)
    }

    /// The project path of a code path below the code root.
    pub(super) fn in_code_root(&self, code_path: &str) -> String {
        join(&self.code_root, code_path)
    }

    fn has_folder(&self, path: &str) -> bool {
        if path.is_empty() {
            return true;
        }
        if let Some(exists) = self.folders.borrow().get(path) {
            return *exists;
        }
        let exists = self.has_folder(folder_of(path)) && self.files.is_dir(path);
        self.folders.borrow_mut().insert(path.to_owned(), exists);
        exists
    }

    fn locate_by(&self, code_path: &str, exists: impl Fn(&str) -> bool) -> Option<String> {
        let inside = join(&self.code_root, code_path);
        if exists(&inside) {
            return Some(inside);
        }
        let outside = !self.code_root.is_empty() && has_folder(code_path, "node_modules");
        (outside && exists(code_path)).then(|| code_path.to_owned())
    }

    /// The code paths, without extension, at which a bare specifier may lie, best first.
    pub(super) fn bases(&self, from_folder: &str, specifier: &str) -> Vec<String> {
        let Some(specifier) = normalise(specifier).filter(|name| !name.is_empty()) else {
            return Vec::new();
        };
        let mut bases: Vec<String> = upward(from_folder)
            .map(|folder| join(&join(folder, "miniprogram_npm"), &specifier))
            .collect();
        let (name, rest) = package_name(&specifier);
        for folder in self.node_modules_folders(from_folder) {
            let package = join(&join(&folder, "node_modules"), name);
            if self
                .locate_by(&package, |path| self.has_folder(path))
                .is_some()
            {
                bases.extend(self.package_base(&package, rest));
            }
        }
        bases
    }

    /// The folders whose `node_modules` a file sees, as prefixes of code paths.
    fn node_modules_folders(&self, from_folder: &str) -> Vec<String> {
        let mut folders: Vec<String> = upward(from_folder).map(str::to_owned).collect();
        if !self.code_root.is_empty() {
            folders.extend(upward(folder_of(&self.code_root)).map(str::to_owned));
        }
        let place = join(&self.code_root, from_folder);
        for relation in &self.relations {
            let covers = relation.dist_folder.is_empty()
                || place == relation.dist_folder
                || place.starts_with(&format!("{}/", relation.dist_folder));
            if covers {
                let package_folder = relation.package_folder.as_str();
                let inside = match package_folder.strip_prefix(self.code_root.as_str()) {
                    Some("") => "",
                    Some(rest) if self.code_root.is_empty() => rest,
                    Some(rest) => rest.strip_prefix('/').unwrap_or(package_folder),
                    None => package_folder,
                };
                folders.push(inside.to_owned());
            }
        }
        folders
    }

    /// The code path, without extension, of a path inside a package.
    fn package_base(&self, package: &str, rest: &str) -> Option<String> {
        let known = self.packages.borrow().get(package).cloned();
        let described = known.unwrap_or_else(|| {
            let read = self.describe(package);
            self.packages
                .borrow_mut()
                .insert(package.to_owned(), read.clone());
            read
        });
        let inner = match described {
            Package::MiniProgram(folder) => format!("{folder}/{rest}"),
            Package::Plain(main) if rest.is_empty() => main,
            Package::Plain(_) => rest.to_owned(),
        };
        normalise(&inner).map(|inner| join(package, &inner))
    }

    fn describe(&self, package: &str) -> Package {
        let manifest = self
            .locate(&join(package, "package.json"))
            .and_then(|path| self.files.read(&path).ok())
            .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
            .unwrap_or(Value::Null);
        let text = |key: &str| {
            manifest
                .get(key)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        if let Some(folder) = text("miniprogram") {
            return Package::MiniProgram(folder.to_owned());
        }
        let dist = join(package, "miniprogram_dist");
        if self
            .locate_by(&dist, |path| self.has_folder(path))
            .is_some()
        {
            return Package::MiniProgram("miniprogram_dist".to_owned());
        }
        Package::Plain(text("main").unwrap_or("index").to_owned())
    }
}

/// Whether one of a path's folders has that name.
pub(super) fn has_folder(path: &str, name: &str) -> bool {
    folder_of(path).split('/').any(|part| part == name)
}

/// A folder, its parent, … and the root (the empty path).
fn upward(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| {
        (!folder.is_empty()).then(|| folder_of(folder))
    })
}

/// `@scope/name/rest` → (`@scope/name`, `rest`).
fn package_name(specifier: &str) -> (&str, &str) {
    let slashes = if specifier.starts_with('@') { 2 } else { 1 };
    specifier
        .match_indices('/')
        .nth(slashes - 1)
        .map_or((specifier, ""), |(at, _)| {
            (&specifier[..at], &specifier[at + 1..])
        })
}

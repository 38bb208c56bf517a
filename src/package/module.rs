//! Which file a `require` or an `import` means.
//!
//! Official page: module system (`require` takes a path relative to the file, with or without `./`,
//! or an absolute one from the code root), npm support, TypeScript support.
//!
//! A *code path* names a script: relative to the code root (`utils/util.js`), except for a package
//! in a `node_modules` folder outside the code root, which is relative to the project folder.
//!
//! Differs from the client: `.ts` files resolve as `.js` files do, since nothing compiles them
//! beforehand. Unverified: that a `.json` file can be required only inside npm packages, where
//! the official tool bundles it.

use super::files::{Files, folder_of, join, normalise};
use super::npm::{Npm, NpmRelation, has_folder};
use super::text;
use crate::diagnostic::{Diagnostic, Place};

/// Why a specifier names no script.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// No file was found.
    #[error("the module is not found; looked for {}", tried.join(", "))]
    NotFound {
        /// The code paths that were looked at, in order.
        tried: Vec<String>,
    },
    /// The path leads out of the code root.
    #[error("the path leads out of the mini program's code")]
    OutsideProject,
    /// The argument of `require` is no string; for the caller, [`Resolver::resolve`] takes text.
    #[error("the module name must be a string")]
    NotAString,
    /// A module of a plugin; the whole specifier.
    #[error("{0} is part of a plugin, which is not simulated")]
    Plugin(String),
    /// A `.json` file of the program itself; its code path.
    #[error("{0} cannot be required: make it a .js file that assigns module.exports")]
    JsonOutsideNpm(String),
}

/// Finds and reads scripts.
pub struct Resolver<'f> {
    files: &'f dyn Files,
    npm: Npm<'f>,
}

/// Extensions that are added to a path, in order.
const EXTENSIONS: [&str; 2] = [".js", ".ts"];

impl<'f> Resolver<'f> {
    /// A resolver for the code below `code_root` (relative to the project folder).
    pub fn new(files: &'f dyn Files, code_root: &str, relations: &[NpmRelation]) -> Self {
        Self {
            files,
            npm: Npm::new(files, code_root, relations),
        }
    }

    /// The code path of the script that `specifier` means in the script `from` (a code path).
    ///
    /// # Errors
    /// Any [`ResolveError`] but `NotAString`.
    pub fn resolve(&self, from: &str, specifier: &str) -> Result<String, ResolveError> {
        let mut tried = Vec::new();
        if is_plugin(specifier) {
            return Err(ResolveError::Plugin(specifier.to_owned()));
        }
        let folder = folder_of(from);
        let relative = |path: &str| normalise(&join(folder, path));
        let local = match specifier.strip_prefix('/') {
            // The first base libraries passed over empty parts of a path, so `/../a` was `../a`.
            Some(absolute) => normalise(absolute).or_else(|| relative(absolute)),
            None => relative(specifier),
        };
        if let Some(base) = &local
            && !specifier.is_empty()
            && let Some(found) = self.script(base, specifier.ends_with('/'), &mut tried)
        {
            return Ok(found);
        }
        if is_bare(specifier) {
            let is_folder = specifier.ends_with('/');
            for base in self.npm.bases(folder, specifier) {
                if let Some(found) = self.script(&base, is_folder, &mut tried) {
                    return Ok(found);
                }
            }
        }
        match local {
            None => Err(ResolveError::OutsideProject),
            Some(base) => match self.json(&base) {
                Some(path) => Err(ResolveError::JsonOutsideNpm(path)),
                None => Err(ResolveError::NotFound { tried }),
            },
        }
    }

    /// The code path, without extension, of the component that `value` means in a JSON file of
    /// `folder`.
    ///
    /// # Errors
    /// The code paths that were looked for.
    pub fn component(&self, folder: &str, value: &str) -> Result<String, Vec<String>> {
        let local = if let Some(absolute) = value.strip_prefix('/') {
            normalise(absolute)
        } else {
            normalise(&join(folder, value))
        };
        let mut bases: Vec<String> = local.into_iter().collect();
        if is_bare(value) {
            bases.extend(self.npm.bases(folder, value));
        }
        let mut tried = Vec::new();
        for base in bases {
            for path in [base.clone(), join(&base, "index")] {
                let exists = |ext: &str| self.npm.locate(&format!("{path}{ext}")).is_some();
                if !path.is_empty()
                    && self.npm.has_folder_of(&path)
                    && [".json", ".js", ".ts", ".wxml"].into_iter().any(exists)
                {
                    return Ok(path);
                }
                tried.push(path);
            }
        }
        Err(tried)
    }

    /// The script of a page or component: its code path with `.js` or `.ts`.
    pub(super) fn script_of(&self, path: &str) -> Option<String> {
        let mut candidates = EXTENSIONS
            .iter()
            .map(|extension| format!("{path}{extension}"));
        candidates.find(|candidate| self.npm.locate(candidate).is_some())
    }

    /// The template of a page or component: its code path with `.wxml`.
    pub(super) fn template_of(&self, path: &str) -> Option<String> {
        let template = format!("{path}.wxml");
        self.npm.locate(&template).is_some().then_some(template)
    }

    pub(super) fn files(&self) -> &'f dyn Files {
        self.files
    }

    /// The path of a code path's file relative to the project folder, whether it exists or not.
    pub fn project_path(&self, code_path: &str) -> String {
        self.npm
            .locate(code_path)
            .unwrap_or_else(|| self.npm.in_code_root(code_path))
    }

    /// The path of a code path's file relative to the project folder; `None` when it is missing.
    pub fn locate(&self, code_path: &str) -> Option<String> {
        self.npm.locate(code_path)
    }

    /// The text of a script without its byte order mark.
    ///
    /// # Errors
    /// A [`Diagnostic`] when the file is missing, unreadable, too large, binary or not UTF-8.
    pub fn read_code(&self, code_path: &str) -> Result<String, Diagnostic> {
        let Some(path) = self.npm.locate(code_path) else {
            let place = Place::file(self.npm.in_code_root(code_path));
            return Err(Diagnostic::error("there is no such script").at(place));
        };
        let bytes = self.files.read(&path).map_err(|error| {
            Diagnostic::error(format!("cannot read the script: {error}"))
                .at(Place::file(path.as_str()))
        })?;
        Ok(text::decode(&path, bytes)?.text)
    }

    /// The script at a path that may lack its extension or be a folder.
    fn script(&self, base: &str, is_folder: bool, tried: &mut Vec<String>) -> Option<String> {
        let mut candidates = Vec::new();
        if !is_folder && !base.is_empty() {
            let exact = [".js", ".ts", ".cjs", ".mjs"]
                .iter()
                .any(|end| base.ends_with(end));
            if exact || is_npm(base) && is_json(base) {
                candidates.push(base.to_owned());
            }
            candidates.extend(
                EXTENSIONS
                    .iter()
                    .map(|extension| format!("{base}{extension}")),
            );
            if let Some(stem) = base.strip_suffix(".js") {
                // TypeScript's own spelling: `./a.js` stands for a.ts.
                candidates.push(format!("{stem}.ts"));
            }
            if is_npm(base) {
                candidates.push(format!("{base}.json"));
            }
        }
        candidates.extend(
            EXTENSIONS
                .iter()
                .map(|end| join(base, &format!("index{end}"))),
        );
        for candidate in candidates {
            if self.npm.locate(&candidate).is_some() {
                return Some(candidate);
            }
            tried.push(candidate);
        }
        None
    }

    /// A `.json` file that a specifier means, though it cannot be required.
    fn json(&self, base: &str) -> Option<String> {
        let path = if is_json(base) {
            base.to_owned()
        } else {
            format!("{base}.json")
        };
        (!is_npm(base) && self.npm.locate(&path).is_some()).then_some(path)
    }
}

/// Whether a path names a JSON file; the platform minds the case.
fn is_json(path: &str) -> bool {
    path.strip_suffix(".json").is_some()
}

/// Whether a path belongs to an npm package.
fn is_npm(path: &str) -> bool {
    has_folder(path, "miniprogram_npm") || has_folder(path, "node_modules")
}

/// Whether a specifier may name an npm package.
fn is_bare(specifier: &str) -> bool {
    !specifier.starts_with(['/', '.'])
}

/// Whether a specifier names something of a plugin or of a library that the platform supplies.
pub(super) fn is_plugin(specifier: &str) -> bool {
    ["plugin://", "plugin-private://", "dynamicLib://", "ext://"]
        .iter()
        .any(|scheme| specifier.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::super::files::MemoryFiles;
    use super::super::npm::NpmRelation;
    use super::{ResolveError, Resolver};

    fn files(paths: &[&str]) -> MemoryFiles {
        MemoryFiles::new(paths.iter().map(|path| (*path, "")))
    }

    /// Checks (from, specifier, wanted code path) in a code root; an empty wish is "not found".
    fn check(files: &MemoryFiles, code_root: &str, wishes: &[(&str, &str, &str)]) {
        let resolver = Resolver::new(files, code_root, &[]);
        for (from, specifier, want) in wishes {
            let found = resolver.resolve(from, specifier);
            let found = found.as_deref().unwrap_or("");
            assert_eq!(found, *want, "{specifier} from {from}");
        }
    }

    #[test]
    fn a_relative_path_may_lack_its_dot_and_its_extension() {
        let files = files(&[
            "app.js",
            "utils/util.js",
            "utils/index.js",
            "pages/a/a.js",
            "b.ts",
        ]);
        check(
            &files,
            "",
            &[
                ("pages/a/a.js", "../../utils/util.js", "utils/util.js"),
                ("pages/a/a.js", "../../utils/util", "utils/util.js"),
                ("app.js", "utils/util", "utils/util.js"),
                ("app.js", "./utils/util", "utils/util.js"),
                ("app.js", "./utils", "utils/index.js"),
                ("app.js", "utils/", "utils/index.js"),
                ("utils/util.js", ".", "utils/index.js"),
                ("utils/util.js", "./", "utils/index.js"),
                ("utils/util.js", "..", ""),
                ("pages/a/a.js", "/utils/util", "utils/util.js"),
                ("pages/a/a.js", "/b", "b.ts"),
                ("pages/a/a.js", "../../b.js", "b.ts"),
                ("app.js", "./missing", ""),
                ("app.js", "", ""),
            ],
        );
    }

    #[test]
    fn a_name_with_a_dot_gets_an_extension_and_a_file_beats_a_folder() {
        let files = files(&["lib/x.min.js", "lib/y.js", "lib/y/index.js", "lib/z.js.js"]);
        check(
            &files,
            "",
            &[
                ("lib/a.js", "./x.min", "lib/x.min.js"),
                ("lib/a.js", "./y", "lib/y.js"),
                ("lib/a.js", "./y/", "lib/y/index.js"),
                ("lib/a.js", "./z.js", "lib/z.js.js"),
            ],
        );
    }

    #[test]
    fn an_absolute_path_that_leads_out_is_a_relative_one() {
        let files = files(&["utils/api.js", "pages/utils/api.js"]);
        check(
            &files,
            "",
            &[
                ("pages/a/a.js", "/../../utils/api.js", "utils/api.js"),
                ("pages/a/a.js", "/../utils/api", "pages/utils/api.js"),
                ("pages/a/a.js", "/utils/api", "utils/api.js"),
            ],
        );
    }

    #[test]
    fn a_path_out_of_the_code_root_is_refused() {
        let files = files(&["miniprogram/app.js", "secret.js"]);
        let resolver = Resolver::new(&files, "miniprogram", &[]);
        assert_eq!(
            resolver.resolve("app.js", "../secret"),
            Err(ResolveError::OutsideProject)
        );
        assert_eq!(
            resolver.resolve("app.js", "/../secret"),
            Err(ResolveError::OutsideProject)
        );
    }

    #[test]
    fn what_was_looked_for_is_listed() {
        let files = files(&["app.js"]);
        let resolver = Resolver::new(&files, "", &[]);
        let Err(error) = resolver.resolve("pages/a.js", "./b") else {
            panic!("found")
        };
        let text = error.to_string();
        assert!(
            text.contains("pages/b.js, pages/b.ts, pages/b/index.js"),
            "{text}"
        );
    }

    #[test]
    fn built_packages_are_looked_up_from_the_files_folder() {
        let files = files(&[
            "mp/miniprogram_npm/dayjs/index.js",
            "mp/miniprogram_npm/@vant/weapp/button/index.js",
            "mp/pkg/miniprogram_npm/dayjs/index.js",
            "mp/dayjs.js",
        ]);
        check(
            &files,
            "mp",
            &[
                ("pages/a/a.js", "dayjs", "miniprogram_npm/dayjs/index.js"),
                (
                    "pkg/pages/a.js",
                    "dayjs",
                    "pkg/miniprogram_npm/dayjs/index.js",
                ),
                ("app.js", "dayjs", "dayjs.js"),
                (
                    "app.js",
                    "@vant/weapp/button/index",
                    "miniprogram_npm/@vant/weapp/button/index.js",
                ),
                (
                    "app.js",
                    "@vant/weapp/button",
                    "miniprogram_npm/@vant/weapp/button/index.js",
                ),
                ("app.js", "lodash", ""),
            ],
        );
    }

    #[test]
    fn installed_packages_are_read_by_their_package_json() {
        let files = MemoryFiles::new([
            ("node_modules/a/package.json", r#"{"main":"./dist/a"}"#),
            ("node_modules/a/dist/a.js", ""),
            ("node_modules/a/lib/x.js", ""),
            (
                "node_modules/b/package.json",
                r#"{"miniprogram":"out","main":"b.js"}"#,
            ),
            ("node_modules/b/out/index.js", ""),
            ("node_modules/b/out/button/index.js", ""),
            ("node_modules/c/miniprogram_dist/index.js", ""),
            ("node_modules/d/index.js", ""),
            ("node_modules/d/data.json", ""),
            ("node_modules/a/node_modules/d/index.js", ""),
            ("node_modules/e/package.json", "not json"),
            ("node_modules/e/index.js", ""),
            ("node_modules/f/package.json", r#"{"main":"../../../x.js"}"#),
            ("miniprogram/app.js", ""),
        ]);
        check(
            &files,
            "miniprogram",
            &[
                ("app.js", "a", "node_modules/a/dist/a.js"),
                ("app.js", "a/lib/x", "node_modules/a/lib/x.js"),
                ("app.js", "b", "node_modules/b/out/index.js"),
                ("app.js", "b/button", "node_modules/b/out/button/index.js"),
                ("app.js", "c", "node_modules/c/miniprogram_dist/index.js"),
                (
                    "node_modules/a/dist/a.js",
                    "../lib/x",
                    "node_modules/a/lib/x.js",
                ),
                (
                    "node_modules/a/dist/a.js",
                    "d",
                    "node_modules/a/node_modules/d/index.js",
                ),
                ("app.js", "d/data.json", "node_modules/d/data.json"),
                (
                    "node_modules/d/index.js",
                    "./data",
                    "node_modules/d/data.json",
                ),
                ("app.js", "e", "node_modules/e/index.js"),
                ("app.js", "f", ""),
            ],
        );
    }

    #[test]
    fn packages_may_lie_where_project_config_says() {
        let files = files(&["tools/node_modules/a/index.js", "mp/app.js"]);
        let relation = NpmRelation {
            package_folder: "tools".to_owned(),
            dist_folder: "mp".to_owned(),
        };
        let resolver = Resolver::new(&files, "mp", &[relation]);
        let found = resolver.resolve("pages/x.js", "a").expect("found");
        assert_eq!(found, "tools/node_modules/a/index.js");
        assert_eq!(
            resolver.locate(&found).as_deref(),
            Some("tools/node_modules/a/index.js")
        );
        assert!(
            Resolver::new(&files, "mp", &[])
                .resolve("pages/x.js", "a")
                .is_err()
        );
    }

    #[test]
    fn json_is_required_only_from_packages() {
        let files = files(&["data.json", "miniprogram_npm/x/data.json"]);
        let resolver = Resolver::new(&files, "", &[]);
        for specifier in ["./data.json", "./data", "data.json", "/data.json"] {
            let error = resolver.resolve("app.js", specifier);
            assert_eq!(
                error,
                Err(ResolveError::JsonOutsideNpm("data.json".into())),
                "{specifier}"
            );
        }
        assert!(resolver.resolve("app.js", "x/data.json").is_ok());
    }

    #[test]
    fn a_plugins_module_says_so() {
        let files = files(&[]);
        let error = Resolver::new(&files, "", &[]).resolve("app.js", "plugin://hello/x");
        assert_eq!(error, Err(ResolveError::Plugin("plugin://hello/x".into())));
    }

    #[test]
    fn a_script_is_read_as_text_or_refused() {
        let files = MemoryFiles::new([
            ("mp/a.js", b"\xef\xbb\xbf\r\nlet a".to_vec()),
            ("mp/gbk.js", b"// \xc4\xe3".to_vec()),
        ]);
        let resolver = Resolver::new(&files, "mp", &[]);
        assert_eq!(resolver.read_code("a.js").as_deref(), Ok("\r\nlet a"));
        let error = resolver.read_code("gbk.js").expect_err("not UTF-8");
        assert!(
            error.to_string().starts_with("mp/gbk.js:1:4: error"),
            "{error}"
        );
        assert!(resolver.read_code("b.js").is_err());
    }

    #[test]
    fn odd_specifiers_never_panic() {
        let files = files(&["app.js"]);
        let resolver = Resolver::new(&files, "a/b", &[]);
        for odd in [
            "/", "//", "@", "@/", "@a", "\0", "a\\b", "./../..", "é/你", "....", "a//b", "*",
        ] {
            assert!(resolver.resolve("app.js", odd).is_err(), "{odd}");
            assert!(resolver.resolve("", odd).is_err(), "{odd}");
            assert!(resolver.component("", odd).is_err(), "{odd}");
        }
    }
}

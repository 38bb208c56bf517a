//! project.config.json: what the official tool knows about a project folder.
//!
//! Official page: project configuration file. project.private.config.json, which overrides it for
//! one developer, is not read, so that a project behaves the same for everyone.

use super::files::{Files, folder_of, normalise};
use super::findings::Findings;
use super::json::Document;
use super::npm::NpmRelation;
use crate::diagnostic::{Diagnostic, Place};

/// The file's name.
pub(super) const PROJECT_CONFIG: &str = "project.config.json";

/// What the loader needs of project.config.json; everything absent when there is no such file.
#[derive(Debug, Default)]
pub(super) struct ProjectConfig {
    pub(super) app_id: Option<String>,
    pub(super) lib_version: Option<String>,
    pub(super) project_name: Option<String>,
    /// `miniprogramRoot`, normalised; `None` when absent.
    pub(super) miniprogram_root: Option<String>,
    /// Where `miniprogramRoot` stands.
    pub(super) root_place: Option<Place>,
    pub(super) npm_relations: Vec<NpmRelation>,
    /// Why the project is not a mini program.
    pub(super) refusal: Option<Diagnostic>,
}

impl ProjectConfig {
    /// Reads the file; mistakes in it are reported and leave the default.
    pub(super) fn read(files: &dyn Files, findings: &mut Findings) -> Self {
        let Some(document) = Document::read(files, PROJECT_CONFIG, findings) else {
            return Self::default();
        };
        let (miniprogram_root, root_place) = miniprogram_root(&document, findings).unzip();
        Self {
            app_id: document.string("appid", findings),
            lib_version: text(&document, "libVersion", findings),
            project_name: text(&document, "projectname", findings),
            miniprogram_root,
            root_place,
            npm_relations: npm_relations(&document, findings),
            refusal: refusal(&document, findings),
        }
    }
}

/// A string that is not empty.
fn text(document: &Document, key: &str, findings: &mut Findings) -> Option<String> {
    document
        .string(key, findings)
        .filter(|text| !text.is_empty())
}

fn miniprogram_root(document: &Document, findings: &mut Findings) -> Option<(String, Place)> {
    let root = document.string("miniprogramRoot", findings)?;
    let place = document.place(document.root.get("miniprogramRoot")?);
    if let Some(root) = normalise(&root) {
        return Some((root, place));
    }
    findings.push(
        Diagnostic::error("`miniprogramRoot` leads out of the project folder")
            .at(place)
            .help("name a folder below project.config.json"),
    );
    None
}

/// The error for a project that is a game or a plugin.
fn refusal(document: &Document, findings: &mut Findings) -> Option<Diagnostic> {
    let kind = document.string("compileType", findings)?;
    let place = document.place(document.root.get("compileType")?);
    let lower = kind.to_lowercase();
    let (what, help) = if lower.contains("game") {
        ("a mini game", "wxsim runs mini programs only")
    } else if lower.contains("plugin") {
        ("a plugin", "give the folder of a mini program that uses it")
    } else {
        return None;
    };
    let message = format!("the project is {what} (compileType `{kind}`), not a mini program");
    Some(Diagnostic::error(message).at(place).help(help))
}

/// `setting.packNpmRelationList`, when `setting.packNpmManually` is on.
fn npm_relations(document: &Document, findings: &mut Findings) -> Vec<NpmRelation> {
    let Some(setting) = document.object("setting", findings) else {
        return Vec::new();
    };
    if !document.flag_in(
        setting,
        "packNpmManually",
        "setting.packNpmManually",
        findings,
    ) {
        return Vec::new();
    }
    let what = "setting.packNpmRelationList";
    let list = document.list_in(setting, "packNpmRelationList", what, findings);
    let mut relations = Vec::new();
    for item in list.unwrap_or_default() {
        let key = "packageJsonPath";
        let package = document.string_in(item, key, &format!("{what}.{key}"), findings);
        let key = "miniprogramNpmDistDir";
        let dist = document.string_in(item, key, &format!("{what}.{key}"), findings);
        let (Some(package), Some(dist)) = (package, dist) else {
            continue;
        };
        if let (Some(package), Some(dist_folder)) = (normalise(package), normalise(dist)) {
            let package_folder = folder_of(&package).to_owned();
            relations.push(NpmRelation {
                package_folder,
                dist_folder,
            });
        } else {
            findings.push(
                Diagnostic::warning("the npm relation leads out of the project folder")
                    .at(document.place(item))
                    .help("give the folder that holds both, or build the packages"),
            );
        }
    }
    relations
}

//! A whole project: everything that is known before any script runs.
//!
//! Official pages: code composition, global configuration, project configuration file.
//!
//! Differs from the official tool: of ext.json, which a third-party platform merges into app.json,
//! only `ext` is read.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::app_config::AppConfig;
use super::code_root;
use super::component::{self, Component};
use super::ext_config;
use super::files::{Files, join};
use super::findings::Findings;
use super::json::Document;
use super::module::Resolver;
use super::npm::NpmRelation;
use super::page::{self, Page};
use super::project_config::ProjectConfig;
use super::routes::Routes;
use super::using_components;
use crate::diagnostic::{Diagnostic, Place};

/// A project that can run, at least in part.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// `appid` of project.config.json.
    pub app_id: Option<String>,
    /// `libVersion` of project.config.json, as written (`2.32.3`, `latest`, `trial`).
    pub lib_version: Option<String>,
    /// `projectname` of project.config.json.
    pub project_name: Option<String>,
    /// The folder that holds app.json, relative to the project folder; empty for that folder.
    pub code_root: String,
    /// app.json.
    pub app: AppConfig,
    /// The pages in the order of [`AppConfig::pages`].
    pub pages: Vec<Page>,
    /// Every component that can be reached, each once.
    pub components: Vec<Component>,
    /// Code path of the app's script: `app.js` or `app.ts`.
    pub app_script: String,
    /// `ext` of ext.json; empty when there is none.
    pub ext: Map<String, Value>,
    /// Where packages lie besides the usual folders.
    pub npm_relations: Vec<NpmRelation>,
}

impl Project {
    /// Finds and reads the project's scripts.
    pub fn resolver<'f>(&self, files: &'f dyn Files) -> Resolver<'f> {
        Resolver::new(files, &self.code_root, &self.npm_relations)
    }

    /// The page of a route, without a leading slash.
    pub fn page(&self, route: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.route == route)
    }

    /// `navigationBarTitleText` by route, of pages that have one.
    pub fn page_titles(&self) -> BTreeMap<String, String> {
        let title = |page: &Page| {
            let title = page.window.get("navigationBarTitleText")?.as_str()?;
            Some((page.route.clone(), title.to_owned()))
        };
        self.pages.iter().filter_map(title).collect()
    }

    /// The component of a code path without extension.
    pub fn component(&self, path: &str) -> Option<&Component> {
        self.components
            .iter()
            .find(|component| component.path == path)
    }

    /// The text that the JSON file of a component or page has under a key.
    pub fn config_text(&self, path: &str, key: &str) -> Option<&str> {
        let component = self.component(path).map(|component| &component.config);
        let config = component.or_else(|| self.page(path).map(|page| &page.config))?;
        config.get(key)?.as_str()
    }
}

/// What reading a project gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// `None` when nothing can run: no app.json, or one that is unusable, or no page with a script,
    /// or no script of the app. `diagnostics` then holds an error.
    pub project: Option<Project>,
    /// What is wrong with the project, in the order in which it was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a project folder; never panics, whatever the files hold.
pub fn load(files: &dyn Files) -> Loaded {
    let mut findings = Findings::default();
    let project = read(files, &mut findings);
    Loaded {
        project,
        diagnostics: findings.into_vec(),
    }
}

fn read(files: &dyn Files, findings: &mut Findings) -> Option<Project> {
    let config = ProjectConfig::read(files, findings);
    if let Some(refusal) = config.refusal {
        findings.push_fatal(refusal);
        return None;
    }
    let code_root = code_root::find(files, &config, findings)?;
    let resolver = Resolver::new(files, &code_root, &config.npm_relations);
    // When app.json is unusable, that is the last finding: an error.
    let document = Document::read(files, &join(&code_root, "app.json"), findings)?;
    let (mut app, routes) = AppConfig::read(&document, findings);
    let weui = app.uses_weui_library;
    app.using_components = using_components::read(&resolver, &document, "", weui, findings);
    check_sitemap(&resolver, &document, &app, findings);
    let pages: Vec<Page> = routes
        .list
        .iter()
        .map(|route| page::read(&resolver, &document, &app, route, findings))
        .collect();
    let components = component::read_all(&resolver, &app, &pages, findings);
    let app_script = app_script(&resolver, findings);
    check_pages(&document, &routes, &pages, findings)?;
    Some(Project {
        app_id: config.app_id,
        lib_version: config.lib_version,
        project_name: config.project_name,
        code_root,
        app,
        pages,
        components,
        app_script: app_script?,
        ext: ext_config::read(&resolver, findings),
        npm_relations: config.npm_relations,
    })
}

/// The app's script; `None` (reported) when it is missing.
fn app_script(resolver: &Resolver<'_>, findings: &mut Findings) -> Option<String> {
    let script = resolver.script_of("app");
    if script.is_none() {
        findings.push_fatal(
            Diagnostic::error("the app has no script")
                .at(Place::file(resolver.project_path("app.js")))
                .help("create app.js with App({}); the official tool requires it"),
        );
    }
    script
}

/// `None` (reported) when no page can run.
fn check_pages(
    document: &Document,
    routes: &Routes,
    pages: &[Page],
    findings: &mut Findings,
) -> Option<()> {
    if pages.iter().any(|page| page.script.is_some()) {
        return Some(());
    }
    let node = document.root.get("pages").unwrap_or(&document.root);
    let (message, help) = if routes.list.is_empty() {
        ("app.json lists no page", "list at least one in `pages`")
    } else {
        (
            "no page of app.json has a script",
            "create the scripts or correct `pages`",
        )
    };
    findings.push_fatal(
        Diagnostic::error(message)
            .at(document.place(node))
            .help(help),
    );
    None
}

fn check_sitemap(
    resolver: &Resolver<'_>,
    document: &Document,
    app: &AppConfig,
    findings: &mut Findings,
) {
    if let Some(sitemap) = &app.sitemap_location
        && let Some(node) = document.root.get("sitemapLocation")
    {
        let path = super::files::normalise(sitemap);
        if path.and_then(|path| resolver.locate(&path)).is_none() {
            findings.push(
                Diagnostic::warning(format!("the sitemap file `{sitemap}` does not exist"))
                    .at(document.place(node))
                    .help("create it or remove `sitemapLocation`"),
            );
        }
    }
}

#[cfg(test)]
#[path = "project_tests.rs"]
mod tests;

//! A page of the project: its script, template and configuration.
//!
//! Official pages: page configuration, registering a page.

use serde_json::{Map, Value};

use super::app_config::AppConfig;
use super::files::folder_of;
use super::findings::Findings;
use super::json::Document;
use super::module::Resolver;
use super::routes::Route;
use super::using_components::{self, ComponentRef, with_app_level};
use crate::diagnostic::Diagnostic;

/// A page that app.json lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its route, without a leading slash: `pages/a/a`.
    pub route: String,
    /// Code path of its script; `None` when it is missing.
    pub script: Option<String>,
    /// Code path of its template; `None` when it is missing.
    pub template: Option<String>,
    /// Its JSON file, `{}` when that is absent or unusable.
    pub config: Value,
    /// The window defaults of app.json, overlaid by the page's own.
    pub window: Map<String, Value>,
    /// Index into the subpackages of app.json; `None` for the main package.
    pub subpackage: Option<usize>,
    /// Tag → component: the page's own, then those of app.json that it does not redefine.
    pub using_components: Vec<(String, ComponentRef)>,
    /// `restartStrategy` (`homePage`, `homePageAndLatestPage`).
    pub restart_strategy: Option<String>,
}

/// Keys of a page's JSON that do not belong to its window.
const NO_WINDOW_KEYS: [&str; 6] = [
    "usingComponents",
    "componentGenerics",
    "componentPlaceholder",
    "component",
    "restartStrategy",
    "styleIsolation",
];

/// The JSON file of a page or component at a code path without extension.
pub(super) fn read_json(
    resolver: &Resolver<'_>,
    path: &str,
    findings: &mut Findings,
) -> Option<Document> {
    let file = resolver.locate(&format!("{path}.json"))?;
    Document::read(resolver.files(), &file, findings)
}

/// Reads a page; what is missing is reported where app.json lists it.
pub(super) fn read(
    resolver: &Resolver<'_>,
    app_document: &Document,
    app: &AppConfig,
    route: &Route,
    findings: &mut Findings,
) -> Page {
    let path = route.path.as_str();
    let script = resolver.script_of(path);
    if script.is_none() {
        findings.push(
            Diagnostic::error(format!("the page `{path}` has no script"))
                .at(route.place(app_document))
                .help(format!("create {path}.js or remove the page")),
        );
    }
    let template = resolver.template_of(path);
    if template.is_none() {
        findings.push(
            Diagnostic::warning(format!("the page `{path}` has no template"))
                .at(route.place(app_document))
                .help(format!("create {path}.wxml; the page stays empty")),
        );
    }
    let document = read_json(resolver, path, findings);
    let mut own = Vec::new();
    let mut restart_strategy = None;
    if let Some(document) = &document {
        let weui = app.uses_weui_library;
        own = using_components::read(resolver, document, folder_of(path), weui, findings);
        restart_strategy = document.string("restartStrategy", findings);
    }
    let config = config_of(document.as_ref());
    Page {
        route: path.to_owned(),
        script,
        template,
        window: window(&app.window, &config),
        config,
        subpackage: route.subpackage,
        using_components: with_app_level(own, &app.using_components),
        restart_strategy,
    }
}

/// The value of a JSON file, `{}` when there is none.
pub(super) fn config_of(document: Option<&Document>) -> Value {
    document.map_or_else(
        || Value::Object(Map::new()),
        |document| document.root.to_value(),
    )
}

fn window(defaults: &Map<String, Value>, config: &Value) -> Map<String, Value> {
    let mut window = defaults.clone();
    for (key, value) in config.as_object().into_iter().flatten() {
        if !NO_WINDOW_KEYS.contains(&key.as_str()) {
            window.insert(key.clone(), value.clone());
        }
    }
    window
}

//! app.json.
//!
//! Official page: global configuration. Keys that are not listed there are not reported, since
//! each base library adds some; they are in [`AppConfig::raw`].

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::declarations;
use super::findings::Findings;
use super::json::Document;
use super::routes::{Routes, Subpackage, clean_page_path};
use super::tab_bar::TabBar;
use super::using_components::ComponentRef;
use crate::diagnostic::Diagnostic;

/// A plugin that the program declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// The name by which the program uses it.
    pub name: String,
    /// Its version; empty when it is not given.
    pub version: String,
    /// The appid of its provider; empty when it is not given.
    pub provider: String,
}

/// app.json, checked. A key of the wrong type is reported and counts as absent.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of app.json"
)]
pub struct AppConfig {
    /// Full routes: the main package, then the subpackages in order.
    pub pages: Vec<String>,
    /// The page that opens at start: `entryPagePath`, else the first; empty without pages.
    pub entry_page: String,
    /// The tab bar.
    pub tab_bar: Option<TabBar>,
    /// Defaults of every page's window.
    pub window: Map<String, Value>,
    /// Subpackages of both spellings.
    pub subpackages: Vec<Subpackage>,
    /// Scope (`scope.userLocation`) → purpose text.
    pub permission: BTreeMap<String, String>,
    /// Location and address APIs that the program declares; `None` when the key is absent.
    pub required_private_infos: Option<Vec<String>>,
    /// `audio`, `location`.
    pub required_background_modes: Vec<String>,
    /// Components that every page and component can use.
    pub using_components: Vec<(String, ComponentRef)>,
    /// Plugins of the main package.
    pub plugins: Vec<Plugin>,
    /// Whether the program follows the system's dark theme.
    pub dark_mode: bool,
    /// `lazyCodeLoading` is `requiredComponents`.
    pub lazy_code_loading: bool,
    /// `__usePrivacyCheck__`.
    pub use_privacy_check: bool,
    /// `embeddedAppIdList`.
    pub embedded_app_ids: Vec<String>,
    /// `navigateToMiniProgramAppIdList`.
    pub navigate_to_app_ids: Vec<String>,
    /// Path of the sitemap file relative to the code root.
    pub sitemap_location: Option<String>,
    /// Whether `useExtendedLib.weui` supplies `weui-miniprogram` without a package.
    pub uses_weui_library: bool,
    /// The whole file.
    pub raw: Value,
}

impl AppConfig {
    /// Reads app.json; `using_components` stays empty, since it needs the files.
    pub(super) fn read(document: &Document, findings: &mut Findings) -> (Self, Routes) {
        let routes = Routes::read(document, findings);
        let config = Self {
            pages: routes.list.iter().map(|route| route.path.clone()).collect(),
            entry_page: entry_page(document, &routes, findings),
            tab_bar: TabBar::read(document, &routes, findings),
            window: map(document, "window", findings),
            subpackages: routes.subpackages.clone(),
            permission: declarations::permission(document, findings),
            required_private_infos: declarations::required_private_infos(document, findings),
            required_background_modes: strings(document, "requiredBackgroundModes", findings),
            using_components: Vec::new(),
            plugins: plugins(document, findings),
            dark_mode: document.flag("darkmode", findings),
            lazy_code_loading: document.string("lazyCodeLoading", findings).as_deref()
                == Some("requiredComponents"),
            use_privacy_check: document.flag("__usePrivacyCheck__", findings),
            embedded_app_ids: strings(document, "embeddedAppIdList", findings),
            navigate_to_app_ids: strings(document, "navigateToMiniProgramAppIdList", findings),
            sitemap_location: document.string("sitemapLocation", findings),
            uses_weui_library: uses_weui_library(document, findings),
            raw: document.root.to_value(),
        };
        (config, routes)
    }
}

/// The documented value is `true`; WeChat's own demo has a version there.
fn uses_weui_library(document: &Document, findings: &mut Findings) -> bool {
    let Some(libraries) = document.object("useExtendedLib", findings) else {
        return false;
    };
    let version = libraries.get("weui").and_then(|weui| weui.as_str());
    version.is_some_and(|version| !version.is_empty())
        || version.is_none() && document.flag_in(libraries, "weui", "useExtendedLib.weui", findings)
}

fn strings(document: &Document, key: &str, findings: &mut Findings) -> Vec<String> {
    document.strings(key, findings).unwrap_or_default()
}

fn map(document: &Document, key: &str, findings: &mut Findings) -> Map<String, Value> {
    match document
        .object(key, findings)
        .map(super::json::Node::to_value)
    {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn entry_page(document: &Document, routes: &Routes, findings: &mut Findings) -> String {
    let first = routes
        .list
        .first()
        .map_or(String::new(), |route| route.path.clone());
    let key = "entryPagePath";
    let Some(text) = document.string(key, findings) else {
        return first;
    };
    let Some(node) = document.root.get(key) else {
        return first;
    };
    let Some(path) = clean_page_path(document, node, &text, findings) else {
        return first;
    };
    if routes.get(&path).is_some() {
        return path;
    }
    findings.push(
        Diagnostic::error(format!("the entry page `{path}` is not listed in `pages`"))
            .at(document.place(node))
            .help("list it or name another; the first page is used"),
    );
    first
}

fn plugins(document: &Document, findings: &mut Findings) -> Vec<Plugin> {
    let mut plugins = Vec::new();
    let entries = document
        .object("plugins", findings)
        .map_or(&[][..], |node| node.entries());
    for entry in entries {
        let what = format!("plugins.{}", entry.name);
        if !entry.value.is_object() {
            document.wrong_type(&entry.value, &what, "an object", findings);
            continue;
        }
        let mut text = |key: &str| {
            let what = format!("{what}.{key}");
            document
                .string_in(&entry.value, key, &what, findings)
                .unwrap_or("")
                .to_owned()
        };
        let (version, provider) = (text("version"), text("provider"));
        plugins.push(Plugin {
            name: entry.name.clone(),
            version,
            provider,
        });
    }
    plugins
}

//! The components that pages reach through `usingComponents`.
//!
//! Official page: custom components. A component's JSON file says `"component": true`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::app_config::AppConfig;
use super::files::folder_of;
use super::findings::Findings;
use super::generics;
use super::module::Resolver;
use super::page::{Page, config_of, read_json};
use super::using_components::{self, ComponentRef, with_app_level};
use crate::diagnostic::{Diagnostic, Place};

/// Most components that are read.
pub const COMPONENTS_MAX: usize = 5000;

/// Where a program that draws its own tab bar has it.
const CUSTOM_TAB_BAR: &str = "custom-tab-bar/index";

/// A component of the project.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Its code path without extension.
    pub path: String,
    /// Code path of its script; `None` when it is missing.
    pub script: Option<String>,
    /// Code path of its template; `None` when it is missing.
    pub template: Option<String>,
    /// Its JSON file, `{}` when that is absent or unusable.
    pub config: Value,
    /// Tag → component: its own, then those of app.json that it does not redefine.
    pub using_components: Vec<(String, ComponentRef)>,
    /// `componentGenerics`: tag → code path of the component that stands there without a choice.
    pub generics: Vec<(String, Option<String>)>,
}

/// Every component reached from app.json, the pages and the custom tab bar, each once, in the order
/// in which they are first reached.
pub(super) fn read_all(
    resolver: &Resolver<'_>,
    app: &AppConfig,
    pages: &[Page],
    findings: &mut Findings,
) -> Vec<Component> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut queue: Vec<String> = Vec::new();
    let mut reach = |queue: &mut Vec<String>, refs: &[(String, ComponentRef)]| {
        for (_, component) in refs {
            if let ComponentRef::Code(path) = component
                && known.insert(path.clone())
            {
                queue.push(path.clone());
            }
        }
    };
    reach(&mut queue, &app.using_components);
    for page in pages {
        reach(&mut queue, &page.using_components);
    }
    if app.tab_bar.as_ref().is_some_and(|bar| bar.custom) {
        match resolver.component("", CUSTOM_TAB_BAR) {
            Ok(path) => reach(&mut queue, &[(String::new(), ComponentRef::Code(path))]),
            Err(_) => findings.push(
                Diagnostic::warning("`tabBar.custom` is set, but there is no custom-tab-bar")
                    .at(Place::file(
                        resolver.project_path(&format!("{CUSTOM_TAB_BAR}.json")),
                    ))
                    .help("create the component custom-tab-bar/index or remove `custom`"),
            ),
        }
    }
    let mut components = Vec::new();
    while let Some(path) = queue.get(components.len()) {
        if components.len() == COMPONENTS_MAX {
            findings.push(
                Diagnostic::error(format!(
                    "more than {COMPONENTS_MAX} components (COMPONENTS_MAX)"
                ))
                .at(Place::file(resolver.project_path(&format!("{path}.json"))))
                .help("the components from here on are ignored"),
            );
            break;
        }
        let component = read(resolver, app, path, findings);
        reach(&mut queue, &component.using_components);
        let defaults = component.generics.iter();
        let defaults = defaults.filter_map(|(tag, path)| Some((tag, path.clone()?)));
        let defaults: Vec<(String, ComponentRef)> = defaults
            .map(|(tag, path)| (tag.clone(), ComponentRef::Code(path)))
            .collect();
        reach(&mut queue, &defaults);
        components.push(component);
    }
    components
}

fn read(
    resolver: &Resolver<'_>,
    app: &AppConfig,
    path: &str,
    findings: &mut Findings,
) -> Component {
    let document = read_json(resolver, path, findings);
    let (mut own, mut generics) = (Vec::new(), Vec::new());
    let mut is_declared = false;
    if let Some(document) = &document {
        is_declared = document.flag("component", findings);
        let weui = app.uses_weui_library;
        own = using_components::read(resolver, document, folder_of(path), weui, findings);
        generics = generics::read(resolver, document, folder_of(path), findings);
    }
    let file = |extension: &str| Place::file(resolver.project_path(&format!("{path}.{extension}")));
    if !is_declared {
        findings.push(
            Diagnostic::warning("a component's JSON file must say \"component\": true")
                .at(file("json"))
                .help("add it; the official tool does not take the file for a component's"),
        );
    }
    let script = resolver.script_of(path);
    if script.is_none() {
        findings.push(
            Diagnostic::error(format!("the component `{path}` has no script"))
                .at(file("js"))
                .help("create it or remove the component"),
        );
    }
    let template = resolver.template_of(path);
    if template.is_none() {
        findings.push(
            Diagnostic::warning(format!("the component `{path}` has no template"))
                .at(file("wxml"))
                .help("create it; the component stays empty"),
        );
    }
    Component {
        path: path.to_owned(),
        script,
        template,
        config: config_of(document.as_ref()),
        using_components: with_app_level(own, &app.using_components),
        generics,
    }
}

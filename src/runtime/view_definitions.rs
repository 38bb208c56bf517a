//! Components that templates may use: their definitions, as the logic layer tells them to the view.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::core::Core;
use crate::package::{ComponentRef, Project};
use crate::value::Value;
use crate::view::tree::{Definition, Slots};

impl Core {
    /// What the view has to know of a page or component before it is made.
    pub(super) fn define(&mut self, path: &str, told: &Value) {
        let texts = |name: &str| {
            let items = told.get(name).items();
            items
                .iter()
                .filter_map(Value::as_str)
                .map(Rc::from)
                .collect::<Vec<Rc<str>>>()
        };
        let definition = Definition {
            path: path.into(),
            properties: texts("properties").into_iter().collect(),
            external_classes: texts("classes"),
            slots: match told.get("slots").as_str() {
                Some("dynamic") => Slots::Dynamic,
                Some("many") => Slots::Many,
                _ => Slots::One,
            },
            virtual_host: told.get("virtualHost").as_bool() == Some(true),
            using: using(&self.code.project, path),
            placeholders: placeholders(&self.code.project, path),
            generics: generics(&self.code.project, path),
            platform_behaviors: texts("platform"),
        };
        self.views
            .definitions
            .insert(path.into(), Rc::new(definition));
        self.note_isolation(path, told);
    }

    /// Components that a page may use and that the view does not know yet.
    pub(super) fn missing(&self, path: &str) -> Value {
        let mut seen: BTreeSet<Rc<str>> = BTreeSet::new();
        let mut missing = Vec::new();
        let mut queue: Vec<Rc<str>> = vec![path.into()];
        while let Some(path) = queue.pop() {
            if !seen.insert(Rc::clone(&path)) {
                continue;
            }
            let Some(definition) = self.views.definitions.get(&path) else {
                missing.push(Value::from(&*path));
                continue;
            };
            let using = definition.using.iter().filter(|(tag, path)| {
                !definition.placeholders.contains_key(*tag) || !self.has_to_wait(path)
            });
            queue.extend(using.map(|(_, path)| Rc::clone(path)));
            queue.extend(definition.generics.values().flatten().cloned());
        }
        Value::Array(missing)
    }

    /// The script of a component that did not run yet; it counts as run from now on.
    pub(super) fn component_script(&mut self, path: &str) -> Value {
        let component = self.code.project.component(path);
        let script = component.and_then(|component| component.script.clone());
        match script {
            Some(script) if self.loaded.insert(path.to_owned()) => script.into(),
            _ => Value::Undefined,
        }
    }

    /// Whether a page's template may use components.
    pub(super) fn uses_components(&self, route: &str) -> bool {
        !using(&self.code.project, route).is_empty()
    }
}

/// Tags of a page or component that stand for components, with their paths.
fn using(project: &Project, path: &str) -> BTreeMap<Rc<str>, Rc<str>> {
    let refs = project.page(path).map(|page| &page.using_components);
    let component = || project.component(path);
    let refs = refs.or_else(|| component().map(|component| &component.using_components));
    let code = refs.into_iter().flatten().filter_map(|(tag, to)| match to {
        ComponentRef::Code(path) => Some((tag.as_str().into(), path.as_str().into())),
        ComponentRef::Plugin(_) | ComponentRef::Missing(_) => None,
    });
    code.collect()
}

/// `componentPlaceholder` of a page or component.
fn placeholders(project: &Project, path: &str) -> BTreeMap<Rc<str>, Rc<str>> {
    let page = project.page(path).map(|page| &page.config);
    let config = page.or_else(|| Some(&project.component(path)?.config));
    let told = config.and_then(|own| own.get("componentPlaceholder")?.as_object());
    let pairs = told.into_iter().flatten();
    pairs
        .filter_map(|(tag, to)| Some((tag.as_str().into(), to.as_str()?.into())))
        .collect()
}

/// `componentGenerics` of a component, with the defaults.
fn generics(project: &Project, path: &str) -> BTreeMap<Rc<str>, Option<Rc<str>>> {
    let component = project.component(path);
    let generics = component.map_or(&[][..], |own| &own.generics);
    let read = |(tag, default): &(String, Option<String>)| {
        (tag.as_str().into(), default.as_deref().map(Rc::from))
    };
    generics.iter().map(read).collect()
}

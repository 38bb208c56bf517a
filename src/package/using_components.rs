//! `usingComponents`: which component a tag means.
//!
//! Official page: using custom components. A path is relative to the JSON file's folder, absolute
//! from the code root, or names an npm package; `plugin://` and libraries that the platform
//! supplies have no files in the project.

use super::findings::Findings;
use super::json::{Document, Node};
use super::module::{Resolver, is_plugin};
use crate::diagnostic::Diagnostic;

/// Most tags that one `usingComponents` defines.
pub const TAGS_MAX: usize = 1000;

/// What a tag of `usingComponents` means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComponentRef {
    /// A component of the project: its code path without extension.
    Code(String),
    /// A component of a plugin or of a library that the platform supplies: the value as written.
    Plugin(String),
    /// No such component: the value as written.
    Missing(String),
}

/// The `usingComponents` of a JSON file in `folder` (relative to the code root), in order; of equal
/// tags the last wins. A component that does not exist is reported.
pub(super) fn read(
    resolver: &Resolver<'_>,
    document: &Document,
    folder: &str,
    uses_weui_library: bool,
    findings: &mut Findings,
) -> Vec<(String, ComponentRef)> {
    let mut components: Vec<(String, ComponentRef)> = Vec::new();
    let node = document.object("usingComponents", findings);
    for (index, entry) in node
        .map_or(&[][..], |node| node.entries())
        .iter()
        .enumerate()
    {
        if index == TAGS_MAX {
            let message = format!("`usingComponents` has more than {TAGS_MAX} tags (TAGS_MAX)");
            findings.push(
                Diagnostic::error(message)
                    .at(document.place_of_name(entry))
                    .help("the tags from here on are ignored"),
            );
            break;
        }
        let Some(value) = entry.value.as_str() else {
            let what = format!("usingComponents.{}", entry.name);
            document.wrong_type(&entry.value, &what, "a string", findings);
            continue;
        };
        let component = if is_plugin(value) {
            ComponentRef::Plugin(value.to_owned())
        } else {
            match resolver.component(folder, value) {
                Ok(path) => ComponentRef::Code(path),
                Err(_) if uses_weui_library && value.contains("weui-miniprogram/") => {
                    ComponentRef::Plugin(value.to_owned())
                }
                Err(tried) => {
                    findings.push(missing(document, &entry.name, &entry.value, value, &tried));
                    ComponentRef::Missing(value.to_owned())
                }
            }
        };
        components.retain(|(tag, _)| *tag != entry.name);
        components.push((entry.name.clone(), component));
    }
    components
}

/// What is said of a tag whose component does not exist.
pub(super) fn missing(
    document: &Document,
    tag: &str,
    node: &Node,
    value: &str,
    tried: &[String],
) -> Diagnostic {
    let help = if tried.is_empty() {
        "the path leads out of the code".to_owned()
    } else {
        let tried: Vec<String> = tried
            .iter()
            .take(4)
            .map(|path| format!("{path}.json"))
            .collect();
        format!(
            "create it or remove the line; looked for {}",
            tried.join(", ")
        )
    };
    Diagnostic::error(format!("the component `{tag}` does not exist: {value}"))
        .at(document.place(node))
        .help(help)
}

/// A file's own components and, for tags that it does not define, those of app.json.
pub(super) fn with_app_level(
    mut own: Vec<(String, ComponentRef)>,
    app_level: &[(String, ComponentRef)],
) -> Vec<(String, ComponentRef)> {
    for (tag, component) in app_level {
        if !own.iter().any(|(own_tag, _)| own_tag == tag) {
            own.push((tag.clone(), component.clone()));
        }
    }
    own
}

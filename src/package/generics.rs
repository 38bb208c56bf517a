//! `componentGenerics`: tags of a template whose component the user of it chooses.
//!
//! Official page: custom components, abstract nodes. `{"default": PATH}` says what stands there
//! without a choice; the path is read like one of `usingComponents`.

use super::findings::Findings;
use super::json::Document;
use super::module::Resolver;
use super::using_components::missing;

/// Tags with the code paths of their defaults, in order. A default that does not exist is reported.
pub(super) fn read(
    resolver: &Resolver<'_>,
    document: &Document,
    folder: &str,
    findings: &mut Findings,
) -> Vec<(String, Option<String>)> {
    let node = document.object("componentGenerics", findings);
    let mut generics = Vec::new();
    for entry in node.map_or(&[][..], |node| node.entries()) {
        let default = entry.value.get("default");
        let path = default.and_then(|node| Some((node, node.as_str()?)));
        let path = path.and_then(|(node, written)| {
            let found = resolver.component(folder, written);
            let report = |tried: Vec<String>| {
                findings.push(missing(document, &entry.name, node, written, &tried));
            };
            found.map_err(report).ok()
        });
        generics.push((entry.name.clone(), path));
    }
    generics
}

//! ext.json: what a third-party platform puts into a program that it develops for others.
//!
//! Official page: `devtools/ext` (`extEnable`, `ext`). Without `extEnable` the file does not count.

use serde_json::{Map, Value};

use super::findings::Findings;
use super::json::Node;
use super::module::Resolver;
use super::page::read_json;

/// The data of `ext`; empty without the file.
pub(super) fn read(resolver: &Resolver<'_>, findings: &mut Findings) -> Map<String, Value> {
    let Some(document) = read_json(resolver, "ext", findings) else {
        return Map::new();
    };
    if !document.flag("extEnable", findings) {
        return Map::new();
    }
    match document.object("ext", findings).map(Node::to_value) {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

//! What app.json declares for the platform's checks: permission texts, private APIs.
//!
//! Official page: global configuration (`permission`, `requiredPrivateInfos`).

use std::collections::BTreeMap;

use super::findings::Findings;
use super::json::Document;
use crate::diagnostic::Diagnostic;

/// Longest purpose text of a permission, in characters.
pub const PERMISSION_DESC_CHARS_MAX: usize = 30;

/// The APIs that `requiredPrivateInfos` may list.
pub const PRIVATE_INFOS: [&str; 8] = [
    "getFuzzyLocation",
    "getLocation",
    "onLocationChange",
    "startLocationUpdate",
    "startLocationUpdateBackground",
    "chooseLocation",
    "choosePoi",
    "chooseAddress",
];

/// `permission`: scope → purpose text.
pub(super) fn permission(document: &Document, findings: &mut Findings) -> BTreeMap<String, String> {
    let mut permission = BTreeMap::new();
    let entries = document
        .object("permission", findings)
        .map_or(&[][..], |node| node.entries());
    for entry in entries {
        let what = format!("permission[\"{}\"]", entry.name);
        if !entry.value.is_object() {
            document.wrong_type(&entry.value, &what, "an object with `desc`", findings);
            continue;
        }
        let what = format!("{what}.desc");
        let Some(desc) = document.string_in(&entry.value, "desc", &what, findings) else {
            if entry.value.get("desc").is_none() {
                findings.push(
                    Diagnostic::warning(format!("`{what}` is missing"))
                        .at(document.place_of_name(entry))
                        .help("say what the permission is used for; without it the API fails"),
                );
            }
            continue;
        };
        let chars = desc.chars().count();
        if chars > PERMISSION_DESC_CHARS_MAX {
            let node = entry.value.get("desc").unwrap_or(&entry.value);
            findings.push(
                Diagnostic::warning(format!(
                    "`{what}` has {chars} characters, more than {PERMISSION_DESC_CHARS_MAX}"
                ))
                .at(document.place(node))
                .help("shorten it"),
            );
        }
        permission.insert(entry.name.clone(), desc.to_owned());
    }
    permission
}

/// `requiredPrivateInfos`; `None` when absent or of the wrong type.
pub(super) fn required_private_infos(
    document: &Document,
    findings: &mut Findings,
) -> Option<Vec<String>> {
    let key = "requiredPrivateInfos";
    let names = document.strings_in(&document.root, key, key, findings)?;
    for (node, name) in &names {
        if !PRIVATE_INFOS.contains(name) {
            findings.push(
                Diagnostic::warning(format!("`{name}` is no API that `{key}` may list"))
                    .at(document.place(node))
                    .help(format!("use one of {}", PRIVATE_INFOS.join(", "))),
            );
        }
    }
    let fuzzy = names.iter().any(|(_, name)| *name == "getFuzzyLocation");
    if let Some((node, _)) = names.iter().find(|(_, name)| *name == "getLocation")
        && fuzzy
    {
        findings.push(
            Diagnostic::warning("`getLocation` and `getFuzzyLocation` exclude each other")
                .at(document.place(node))
                .help("declare the one that the program uses"),
        );
    }
    Some(names.into_iter().map(|(_, name)| name.to_owned()).collect())
}

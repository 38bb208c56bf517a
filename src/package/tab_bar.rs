//! `tabBar` of app.json.
//!
//! Official page: global configuration (`tabBar`): two to five items, each a page of the main
//! package.

use super::findings::Findings;
use super::json::{Document, Node};
use super::routes::{Routes, clean_page_path};
use crate::diagnostic::Diagnostic;

/// Fewest items of a tab bar.
pub const TAB_ITEMS_MIN: usize = 2;
/// Most items of a tab bar.
pub const TAB_ITEMS_MAX: usize = 5;

/// The tab bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabBar {
    /// Whether the program draws it itself, with the component `custom-tab-bar/index`.
    pub custom: bool,
    /// Its items; those whose page does not exist are left out.
    pub items: Vec<TabItem>,
}

/// One item of the tab bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabItem {
    /// Route of its page.
    pub page_path: String,
    /// Its label; empty when there is none.
    pub text: String,
}

impl TabBar {
    /// Reads `tabBar`; `None` when there is none.
    pub(super) fn read(
        document: &Document,
        routes: &Routes,
        findings: &mut Findings,
    ) -> Option<Self> {
        let node = document.object("tabBar", findings)?;
        let custom = document.flag_in(node, "custom", "tabBar.custom", findings);
        let list = document
            .list_in(node, "list", "tabBar.list", findings)
            .unwrap_or_default();
        if !(TAB_ITEMS_MIN..=TAB_ITEMS_MAX).contains(&list.len()) {
            findings.push(
                Diagnostic::error(format!(
                    "a tab bar has {TAB_ITEMS_MIN} to {TAB_ITEMS_MAX} items, this one {}",
                    list.len()
                ))
                .at(document.place(node.get("list").unwrap_or(node)))
                .help("correct `tabBar.list`; the official tool refuses it"),
            );
        }
        let mut items = Vec::new();
        for (index, item) in list.iter().enumerate() {
            let what = format!("tabBar.list[{index}]");
            items.extend(Self::read_item(document, routes, &what, item, findings));
        }
        Some(Self { custom, items })
    }

    fn read_item(
        document: &Document,
        routes: &Routes,
        what: &str,
        item: &Node,
        findings: &mut Findings,
    ) -> Option<TabItem> {
        if !item.is_object() {
            document.wrong_type(item, what, "an object", findings);
            return None;
        }
        let key = "pagePath";
        let text = document.string_in(item, "text", &format!("{what}.text"), findings);
        let path = document.string_in(item, key, &format!("{what}.{key}"), findings);
        let Some(path) = path else {
            if item.get(key).is_none() {
                findings.push(
                    Diagnostic::error(format!("`{what}.{key}` is missing"))
                        .at(document.place(item))
                        .help("name the page that the item opens"),
                );
            }
            return None;
        };
        let node = item.get(key).unwrap_or(item);
        let page_path = clean_page_path(document, node, path, findings)?;
        let message = match routes.get(&page_path) {
            None => format!("the tab page `{page_path}` is not listed in `pages`"),
            Some(route) if route.subpackage.is_some() => {
                format!("the tab page `{page_path}` is in a subpackage")
            }
            Some(_) => {
                return Some(TabItem {
                    page_path,
                    text: text.unwrap_or("").to_owned(),
                });
            }
        };
        findings.push(
            Diagnostic::error(message)
                .at(document.place(node))
                .help("a tab page must be listed in `pages`, the main package"),
        );
        None
    }
}

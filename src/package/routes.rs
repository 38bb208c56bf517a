//! The pages that app.json lists, in the main package and in subpackages.
//!
//! Official pages: global configuration (`pages`), subpackages. Both spellings, `subpackages` and
//! `subPackages`, are accepted there and here.

use std::collections::BTreeMap;

use super::files::{join, normalise};
use super::findings::Findings;
use super::json::{Document, Node};
use crate::diagnostic::{Diagnostic, Place};

/// Most pages that are read.
pub const PAGES_MAX: usize = 1000;

/// Most subpackages that are read.
pub const SUBPACKAGES_MAX: usize = 200;

/// A subpackage of app.json.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subpackage {
    /// Its folder, relative to the code root, without slashes at its ends.
    pub root: String,
    /// Its alias, when it has one.
    pub name: Option<String>,
    /// Full routes of its pages.
    pub pages: Vec<String>,
    /// Whether it can start without the main package.
    pub independent: bool,
}

/// A page as app.json lists it.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// Full route without a leading slash.
    pub(super) path: String,
    /// Index into the subpackages; `None` for the main package.
    pub(super) subpackage: Option<usize>,
    /// Where it stands in app.json, as (start, end).
    range: (usize, usize),
}

impl Route {
    /// Where the route stands in app.json.
    pub(super) fn place(&self, document: &Document) -> Place {
        Place::span(&document.file, &document.text, self.range.0, self.range.1)
    }
}

/// All pages and subpackages of app.json.
#[derive(Debug, Default)]
pub(super) struct Routes {
    /// Main package first, then the subpackages in order; no route twice.
    pub(super) list: Vec<Route>,
    pub(super) subpackages: Vec<Subpackage>,
    /// Route → index into `list`.
    known: BTreeMap<String, usize>,
    /// Whether [`PAGES_MAX`] was reported.
    is_full: bool,
}

impl Routes {
    /// Reads `pages`, `subpackages` and `subPackages`.
    pub(super) fn read(document: &Document, findings: &mut Findings) -> Self {
        let mut routes = Self::default();
        let pages = document.strings_in(&document.root, "pages", "pages", findings);
        for (node, text) in pages.unwrap_or_default() {
            routes.add(document, "", node, text, None, findings);
        }
        for key in ["subpackages", "subPackages"] {
            let list = document.list_in(&document.root, key, key, findings);
            for (index, node) in list.unwrap_or_default().iter().enumerate() {
                routes.add_subpackage(document, &format!("{key}[{index}]"), node, findings);
            }
        }
        routes
    }

    /// The page of a route.
    pub(super) fn get(&self, route: &str) -> Option<&Route> {
        self.known.get(route).map(|index| &self.list[*index])
    }

    fn add_subpackage(
        &mut self,
        document: &Document,
        what: &str,
        node: &Node,
        findings: &mut Findings,
    ) {
        if !node.is_object() {
            document.wrong_type(node, what, "an object", findings);
            return;
        }
        let root = document.string_in(node, "root", &format!("{what}.root"), findings);
        let root_node = node.get("root").unwrap_or(node);
        let Some(root) = root.and_then(normalise).filter(|root| !root.is_empty()) else {
            findings.push(
                Diagnostic::error(format!("`{what}.root` names no folder"))
                    .at(document.place(root_node))
                    .help("give the subpackage's folder, relative to app.json"),
            );
            return;
        };
        if self.subpackages.len() == SUBPACKAGES_MAX {
            let message = format!("more than {SUBPACKAGES_MAX} subpackages (SUBPACKAGES_MAX)");
            findings.push(
                Diagnostic::error(message)
                    .at(document.place(node))
                    .help("this subpackage is ignored"),
            );
            return;
        }
        self.check_overlap(document, &root, root_node, findings);
        let index = self.subpackages.len();
        let name = document.string_in(node, "name", &format!("{what}.name"), findings);
        let name = name.map(str::to_owned);
        let what_independent = format!("{what}.independent");
        let independent = document.flag_in(node, "independent", &what_independent, findings);
        let pages = document.strings_in(node, "pages", &format!("{what}.pages"), findings);
        let mut full = Vec::new();
        for (page, text) in pages.unwrap_or_default() {
            full.extend(self.add(document, &root, page, text, Some(index), findings));
        }
        self.subpackages.push(Subpackage {
            root,
            name,
            pages: full,
            independent,
        });
    }

    fn check_overlap(&self, document: &Document, root: &str, node: &Node, findings: &mut Findings) {
        let lies_in = |inner: &str, outer: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let other = self
            .subpackages
            .iter()
            .find(|other| lies_in(root, &other.root) || lies_in(&other.root, root));
        if let Some(other) = other {
            findings.push(
                Diagnostic::error(format!(
                    "the subpackage folders `{}` and `{root}` overlap",
                    other.root
                ))
                .at(document.place(node))
                .help("give each subpackage a folder of its own"),
            );
        }
    }

    /// Adds one page; its full route when it is new and sound.
    fn add(
        &mut self,
        document: &Document,
        root: &str,
        node: &Node,
        text: &str,
        subpackage: Option<usize>,
        findings: &mut Findings,
    ) -> Option<String> {
        if self.list.len() >= PAGES_MAX {
            if !self.is_full {
                self.is_full = true;
                findings.push(
                    Diagnostic::error(format!("more than {PAGES_MAX} pages (PAGES_MAX)"))
                        .at(document.place(node))
                        .help("the pages from here on are ignored"),
                );
            }
            return None;
        }
        let path = clean_page_path(document, node, text, findings)?;
        let route = join(root, &path);
        if let Some(earlier) = self.get(&route) {
            findings.push(duplicate(document, node, &route, earlier, subpackage));
            return None;
        }
        self.known.insert(route.clone(), self.list.len());
        let range = (node.start, node.end);
        self.list.push(Route {
            path: route.clone(),
            subpackage,
            range,
        });
        Some(route)
    }
}

/// A page path without its leading slash; `None` (reported) when it names nothing.
pub(super) fn clean_page_path(
    document: &Document,
    node: &Node,
    text: &str,
    findings: &mut Findings,
) -> Option<String> {
    let Some(path) = normalise(text).filter(|path| !path.is_empty()) else {
        findings.push(
            Diagnostic::error(format!("`{text}` is no page path"))
                .at(document.place(node))
                .help("write it as pages/index/index"),
        );
        return None;
    };
    if text.starts_with('/') {
        findings.push(
            Diagnostic::warning("a page path has no leading slash here")
                .at(document.place(node))
                .help(format!("write `{path}`")),
        );
    }
    Some(path)
}

fn duplicate(
    document: &Document,
    node: &Node,
    route: &str,
    earlier: &Route,
    subpackage: Option<usize>,
) -> Diagnostic {
    let message = if earlier.subpackage == subpackage {
        format!("the page `{route}` is listed twice")
    } else if earlier.subpackage.is_none() {
        format!("the page `{route}` is listed in the main package and in a subpackage")
    } else {
        format!("the page `{route}` is listed in two subpackages")
    };
    let line = earlier.place(document).line;
    Diagnostic::error(message)
        .at(document.place(node))
        .help(format!("remove one; the first, in line {line}, is used"))
}

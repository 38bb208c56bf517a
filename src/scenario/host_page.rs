//! A page around one component, for tests of components.
//!
//! The page exists in memory only, beside the pages of the project: a component in a subpackage gets it
//! there. Properties are bound to its data, slots are filled with given WXML, and events that the
//! component triggers are kept in order. Everything else is as in the whole program: its app, its styles,
//! its other pages.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Diagnostic;
use crate::near::near;
use crate::package::{self, FileError, Files, MemoryFiles, Project};
use crate::runtime::Sim;
use crate::view::tags;
use crate::world::enter_options::EnterOptions;

/// The script that renders components, in the test context.
pub(super) const SCRIPT: (&str, &str) = (
    "wxsim:t55",
    include_str!("../../js-prelude/test/55_component.js"),
);

/// Route of the page, below the folder of its package.
const ROUTE: &str = "wxsim-host/page";

/// Member of the page's data that the simulator needs for itself.
const OWN: &str = "wxsim";

/// Scene of the start: the list of mini programs.
const SCENE: u32 = 1001;

/// The component and what is around it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Wanted {
    /// Its path from the code root, or that of a component of an npm package.
    pub component: String,
    /// Its properties at the beginning; only these can change later.
    pub properties: Map<String, Json>,
    /// WXML by the name of the slot; `default` is the one without a name.
    pub slots: BTreeMap<String, String>,
    /// Events that are kept.
    pub on: Vec<String>,
    /// Data for the WXML of the slots.
    pub data: Map<String, Json>,
    /// Components for the WXML of the slots: tag and path.
    pub components: BTreeMap<String, String>,
}

/// Why there is no page around a component.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadComponent {
    /// No file has that name.
    #[error("there is no component `{path}`; {help}")]
    Missing {
        /// What was given.
        path: String,
        /// What to do.
        help: String,
    },
    /// A name that cannot stand in WXML.
    #[error("`{name}` is no name of {what}")]
    Name {
        /// What it should be: a property, an event, a slot, a tag.
        what: &'static str,
        /// What was given.
        name: String,
    },
    /// The project cannot run with it.
    #[error("the component `{path}` cannot run: {why}")]
    Unusable {
        /// What was given.
        path: String,
        /// The first mistake.
        why: String,
    },
}

/// A program with a page around a component: what [`Sim::new`] takes.
pub struct HostPage {
    /// The project with the page.
    pub project: Rc<Project>,
    /// Its files.
    pub files: Rc<dyn Files>,
    /// What is wrong with the project, the page included.
    pub diagnostics: Vec<Diagnostic>,
    /// Route of the page.
    pub route: String,
    /// Tag of the component in the page.
    pub tag: String,
}

impl HostPage {
    /// Starts the program on the page; gives `{ page, tag, route }`, where `page` is its number, `null`
    /// when the program went elsewhere.
    pub fn start(&self, sim: &mut Sim) -> Json {
        sim.launch(EnterOptions::at(&self.route, SCENE));
        let page = sim.read(|world| {
            let stack = world.page_stack().iter();
            let mut own = stack.filter(|page| page.route == self.route);
            own.next().map(|page| page.id.0)
        });
        json!({ "page": page, "tag": self.tag, "route": self.route })
    }
}

/// Events that the component of a host page triggered so far: a list of `{ name, detail }`.
pub(super) fn emitted(sim: &mut Sim, page: u32) -> Json {
    sim.data_of(page)[OWN]["emitted"].take()
}

/// Puts a page around a component of a project.
///
/// # Errors
/// There is no such component, or a name cannot stand in WXML.
pub fn host_page(
    project: &Project,
    files: Rc<dyn Files>,
    wanted: &Wanted,
) -> Result<HostPage, BadComponent> {
    check_names(wanted)?;
    let path = reference(project, &*files, &wanted.component)?;
    let tag = tag_of(&path, &wanted.components);
    let mut using = Map::new();
    for (own, path) in &wanted.components {
        using.insert(own.clone(), reference(project, &*files, path)?.into());
    }
    using.insert(tag.clone(), path.clone().into());
    let subpackage = project.app.subpackages.iter().find(|package| {
        let inner = path
            .trim_start_matches('/')
            .strip_prefix(package.root.as_str());
        inner.is_some_and(|inner| inner.starts_with('/'))
    });
    let root = subpackage.map(|package| package.root.as_str());
    let route = root.map_or_else(|| ROUTE.to_owned(), |root| format!("{root}/{ROUTE}"));
    let at = |file: &str| match project.code_root.as_str() {
        "" => file.to_owned(),
        folder => format!("{folder}/{file}"),
    };
    let own = MemoryFiles::new([
        (at("app.json"), app_json(project, root).to_string()),
        (
            at(&format!("{route}.json")),
            json!({ "usingComponents": using }).to_string(),
        ),
        (at(&format!("{route}.wxml")), template(wanted, &tag)),
        (at(&format!("{route}.js")), script(wanted)),
    ]);
    let files: Rc<dyn Files> = Rc::new(Overlay { own, below: files });
    let loaded = package::load(&*files);
    let unusable = |why: Option<&Diagnostic>| BadComponent::Unusable {
        path: wanted.component.clone(),
        why: why.map_or_else(String::new, ToString::to_string),
    };
    let Some(project) = loaded.project else {
        return Err(unusable(loaded.diagnostics.last()));
    };
    let file = at(&format!("{route}.json"));
    let wrong = loaded
        .diagnostics
        .iter()
        .find(|own| own.to_string().starts_with(&file));
    if let Some(wrong) = wrong {
        return Err(unusable(Some(wrong)));
    }
    Ok(HostPage {
        project: Rc::new(project),
        files,
        diagnostics: loaded.diagnostics,
        route,
        tag,
    })
}

/// Refuses names that would be other WXML than is meant.
fn check_names(wanted: &Wanted) -> Result<(), BadComponent> {
    let is_word = |name: &str, more: &str| {
        let mut letters = name.chars();
        let first = letters
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        first && letters.all(|c| c.is_ascii_alphanumeric() || c == '_' || more.contains(c))
    };
    let check = |what, names: &mut dyn Iterator<Item = &String>, more: &str| {
        for name in names {
            if !is_word(name, more) {
                let name = name.clone();
                return Err(BadComponent::Name { what, name });
            }
        }
        Ok(())
    };
    check("a property", &mut wanted.properties.keys(), "")?;
    check("an event", &mut wanted.on.iter(), "-")?;
    check("a slot", &mut wanted.slots.keys(), "-")?;
    check("a tag", &mut wanted.components.keys(), "-")?;
    if wanted.data.contains_key(OWN) {
        let (what, name) = ("data of a test", OWN.to_owned());
        return Err(BadComponent::Name { what, name });
    }
    Ok(())
}

/// A component as `usingComponents` names it.
fn reference(project: &Project, files: &dyn Files, given: &str) -> Result<String, BadComponent> {
    let path = given
        .trim_start_matches("./")
        .trim_start_matches('/')
        .trim_end_matches('/');
    let endings = [".wxml", ".json", ".js", ".ts"];
    let path = endings
        .iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path);
    if let Ok(found) = project.resolver(files).component("", path) {
        let is_own = found.strip_suffix("/index").unwrap_or(&found) == path || found == path;
        return Ok(if is_own {
            format!("/{found}")
        } else {
            path.to_owned()
        });
    }
    let paths = project.components.iter().map(|own| own.path.as_str());
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let mut like: Vec<&str> = near(path, paths.clone());
    let same = paths.filter(|own| last(own) == last(path));
    like.extend(same.filter(|own| !like.contains(own)).collect::<Vec<_>>());
    like.truncate(3);
    let help = match like.as_slice() {
        [] => {
            "give its path from the folder of app.json, such as components/price/price".to_owned()
        }
        like => format!("did you mean {}?", like.join(" or ")),
    };
    let path = given.to_owned();
    Err(BadComponent::Missing { path, help })
}

/// A tag that is neither a built-in one nor taken: the last part of a path, of `a/index` the folder.
fn tag_of(path: &str, taken: &BTreeMap<String, String>) -> String {
    const SYNTAX: [&str; 7] = [
        "block", "import", "include", "page", "slot", "template", "wxs",
    ];
    let mut parts = path
        .rsplit('/')
        .filter(|part| !part.is_empty() && *part != "index");
    let name = parts.next().unwrap_or("component").to_ascii_lowercase();
    let letters = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let name: String = letters.collect();
    let name = name.trim_matches('-');
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_tag && tags::find(name).is_none() && !SYNTAX.contains(&name) && !taken.contains_key(name)
    {
        return name.to_owned();
    }
    format!("component-{name}").trim_end_matches('-').to_owned()
}

/// app.json with the page.
fn app_json(project: &Project, subpackage: Option<&str>) -> Json {
    let mut app = project.app.raw.clone();
    let pages = match subpackage {
        None => app.get_mut("pages"),
        Some(root) => {
            let is_there = |key: &&str| app[*key].is_array();
            let keys: Vec<&str> = ["subpackages", "subPackages"]
                .into_iter()
                .filter(is_there)
                .collect();
            let key = keys.into_iter().find(|key| {
                let packages = app[*key].as_array().into_iter().flatten();
                packages.into_iter().any(|own| is_root(own, root))
            });
            key.and_then(|key| {
                let packages = app.get_mut(key)?.as_array_mut()?.iter_mut();
                packages
                    .into_iter()
                    .find(|own| is_root(own, root))?
                    .get_mut("pages")
            })
        }
    };
    match pages {
        Some(Json::Array(pages)) => pages.push(ROUTE.into()),
        Some(other) => *other = json!([ROUTE]),
        None => app["pages"] = json!([ROUTE]),
    }
    app
}

fn is_root(package: &Json, root: &str) -> bool {
    let own = package["root"].as_str().unwrap_or_default();
    own.trim_start_matches("./").trim_matches('/') == root
}

fn template(wanted: &Wanted, tag: &str) -> String {
    let bound = wanted.properties.keys();
    let bound =
        bound.map(|name| format!(" {}=\"{{{{{OWN}.properties.{name}}}}}\"", attribute(name)));
    let heard = wanted.on.iter();
    let heard = heard.map(|name| format!(" bind:{name}=\"wxsimEvent\""));
    let filled = wanted
        .slots
        .iter()
        .map(|(name, content)| match name.as_str() {
            "default" => content.clone(),
            name => format!("<block slot=\"{name}\">{content}</block>"),
        });
    let attributes: String = bound.chain(heard).collect();
    let content: String = filled.collect();
    format!("<{tag} wx:if=\"{{{{{OWN}.mounted}}}}\"{attributes}>{content}</{tag}>\n")
}

/// `rowHeight` → `row-height`, unless that would be part of the dataset.
fn attribute(property: &str) -> String {
    let mut name = String::new();
    for c in property.chars() {
        if c.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    if name.starts_with("data-") {
        return property.to_owned();
    }
    name
}

/// Events are kept in the data without `setData`, so that nothing is rendered because of them.
fn script(wanted: &Wanted) -> String {
    let mut data = wanted.data.clone();
    let own = json!({ "mounted": true, "properties": wanted.properties, "emitted": [] });
    data.insert(OWN.to_owned(), own);
    let text = Json::String(Json::Object(data).to_string());
    format!(
        "Page({{
  data: JSON.parse({text}),
  wxsimEvent({{ type, detail }}) {{
    const copy = detail === undefined ? undefined : JSON.parse(JSON.stringify(detail));
    this.data.{OWN}.emitted.push({{ name: type, detail: copy }});
  }},
}});
"
    )
}

/// Files over others.
struct Overlay {
    own: MemoryFiles,
    below: Rc<dyn Files>,
}

impl Files for Overlay {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if self.own.is_file(path) {
            self.own.read(path)
        } else {
            self.below.read(path)
        }
    }

    fn is_file(&self, path: &str) -> bool {
        self.own.is_file(path) || self.below.is_file(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        self.own.is_dir(path) || self.below.is_dir(path)
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let mut names = self.below.list(dir);
        names.extend(self.own.list(dir));
        names.sort();
        names.dedup();
        names
    }
}

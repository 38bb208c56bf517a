//! A small mini program in memory, played in virtual time: what the case files and the examples of
//! the rows run in.
//!
//! Two casts. *Plain*: one page `pages/index/index` whose method `go` is the code under test, and
//! an empty page `pages/other/other`. *Hooks*: tab pages `a` and `b`, other pages `c` and `d`; every
//! page and the App object have every hook, so that the trace shows the order of all of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value as Json, json};
use wxsim::package::{self, MemoryFiles, Project};
use wxsim::report::{Paint, line};
use wxsim::runtime::trace::{Entry, Event};
use wxsim::runtime::{Config, Sim, Step};
use wxsim::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// Which mini program is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Cast {
    /// One page with the code under test.
    #[default]
    Plain,
    /// Four pages that have every hook.
    Hooks,
}

/// What is played, and how.
pub(crate) struct Play {
    /// Which mini program.
    pub(crate) cast: Cast,
    /// Body of the method `go` of every page that has one.
    pub(crate) go: String,
    /// Members of app.json, in place of the usual ones.
    pub(crate) app_json: BTreeMap<String, Json>,
    /// Files, in place of the usual ones or besides them.
    pub(crate) files: BTreeMap<String, String>,
    /// Other mini programs by appid, with their files in place of the usual ones or besides them.
    pub(crate) programs: BTreeMap<String, BTreeMap<String, String>>,
    /// Profile, seed, answers, limits.
    pub(crate) config: Config,
    /// First page, with its query.
    pub(crate) page: String,
    /// Scene of the start.
    pub(crate) scene: u32,
    /// Steps after the start.
    pub(crate) steps: Vec<String>,
    /// Virtual time after the last step.
    pub(crate) for_ms: i64,
}

impl Default for Play {
    fn default() -> Self {
        Self {
            cast: Cast::Plain,
            go: String::new(),
            app_json: BTreeMap::new(),
            files: BTreeMap::new(),
            programs: BTreeMap::new(),
            config: Config {
                seed: 1,
                ..Config::default()
            },
            page: String::new(),
            scene: DEFAULT_SCENE,
            steps: Vec::new(),
            for_ms: 0,
        }
    }
}

impl Play {
    /// Starts the program, does the steps and gives everything that happened.
    ///
    /// # Errors
    /// The project does not load, or a step does not exist or does not apply.
    pub(crate) fn run(self) -> Result<Vec<Entry>, String> {
        let (project, files) = load(self.usual_files().into_iter().chain(self.files))?;
        let seen = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&seen);
        let listener = Box::new(move |entry: &Entry| sink.borrow_mut().push(entry.clone()));
        let sim = Sim::new(project, files, self.config, Some(listener));
        let mut sim = sim.map_err(|error| error.text())?;
        for (app_id, own) in self.programs {
            let (project, files) = load(usual_other().into_iter().chain(own))?;
            sim.add_program(&app_id, &app_id, project, files)
                .map_err(|error| error.to_string())?;
        }
        sim.launch(EnterOptions::at(&self.page, self.scene));
        for text in &self.steps {
            let step: Step = text
                .parse()
                .map_err(|error| format!("step `{text}`: {error}"))?;
            sim.step(&step)
                .map_err(|error| format!("step `{text}`: {error}"))?;
        }
        sim.advance(self.for_ms);
        sim.finish();
        drop(sim);
        Ok(seen.take())
    }

    fn usual_files(&self) -> Vec<(String, String)> {
        let mut app = match self.cast {
            Cast::Plain => json!({ "pages": ["pages/index/index", "pages/other/other"] }),
            Cast::Hooks => hooks_app_json(),
        };
        app["permission"] = json!({ "scope.userLocation": { "desc": "Shows shops near you" } });
        app["requiredPrivateInfos"] = json!(["getLocation"]);
        for (key, value) in &self.app_json {
            app[key] = value.clone();
        }
        let mut files = vec![("app.json".to_owned(), app.to_string())];
        match self.cast {
            Cast::Plain => {
                files.push(("app.js".into(), "App({})".into()));
                let index = format!("Page({{ go(event) {{ {}\n}} }})", self.go);
                files.extend(page("index", &index));
                files.extend(page("other", "Page({})"));
            }
            Cast::Hooks => {
                files.push(("app.js".into(), HOOKS_APP.into()));
                let script = format!("Page({{ {HOOKS_PAGE} go(event) {{ {}\n}} }})", self.go);
                for name in ["a", "b", "c", "d"] {
                    files.extend(page(name, &script));
                }
            }
        }
        files
    }
}

/// A project of these files; later ones take the place of earlier ones.
fn load(
    all: impl Iterator<Item = (String, String)>,
) -> Result<(Rc<Project>, Rc<MemoryFiles>), String> {
    let mut files = MemoryFiles::default();
    for (path, text) in all {
        files.insert(path, text);
    }
    let loaded = package::load(&files);
    if let Some(problem) = loaded.diagnostics.first() {
        return Err(format!("the project: {}", problem.render(false)));
    }
    let project = loaded.project.ok_or("the project does not load")?;
    Ok((Rc::new(project), Rc::new(files)))
}

/// The files of another mini program: two pages, and every hook that opening and leaving runs.
fn usual_other() -> Vec<(String, String)> {
    let app = json!({ "pages": ["pages/there/there", "pages/more/more"] });
    let script = format!("Page({{ {HOOKS_PAGE} }})");
    let mut files = vec![
        ("app.json".to_owned(), app.to_string()),
        ("app.js".to_owned(), HOOKS_APP.to_owned()),
    ];
    files.extend(
        ["there", "more"]
            .iter()
            .flat_map(|name| page(name, &script)),
    );
    files
}

const HOOKS_APP: &str =
    "App({ onLaunch() {}, onShow() {}, onHide() {}, onPageNotFound() {}, onThemeChange() {} })";
const HOOKS_PAGE: &str =
    "onLoad() {}, onShow() {}, onReady() {}, onHide() {}, onUnload() {}, onTabItemTap() {},";

fn hooks_app_json() -> Json {
    let tab = |name: &str| json!({ "pagePath": format!("pages/{name}/{name}"), "text": name });
    json!({
        "pages": ["pages/a/a", "pages/b/b", "pages/c/c", "pages/d/d"],
        "tabBar": { "list": [tab("a"), tab("b")] },
    })
}

/// Script and template of a page.
fn page(name: &str, script: &str) -> [(String, String); 2] {
    let path = format!("pages/{name}/{name}");
    [
        (format!("{path}.js"), script.to_owned()),
        (format!("{path}.wxml"), "<view/>".to_owned()),
    ]
}

/// What happened, a line each, as `wxsim run` prints it.
///
/// With `from_first_step`, what the start did is left out, and so is the line of the method `go`,
/// of which the step's own line has told already.
pub(crate) fn lines(entries: &[Entry], from_first_step: bool) -> Vec<String> {
    let is_step = |entry: &Entry| matches!(entry.event, Event::Step { .. });
    let is_go = |entry: &Entry| matches!(&entry.event, Event::Hook { hook, .. } if hook == "go");
    let first = entries.iter().position(is_step).unwrap_or(0);
    entries
        .iter()
        .skip(if from_first_step { first } else { 0 })
        .filter(|entry| !is_go(entry))
        .filter_map(|entry| line(entry, Paint::Plain))
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

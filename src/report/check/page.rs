//! What `wxsim check` tells of one page, from the trace of its own start.
//!
//! An error is the app's only if a change to the app alone would cure it. One that comes after
//! something without simulation was used counts as unsupported; one that follows from an answer of the network
//! or the cloud that nobody gave is told as such and changes no status.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::taps::Screen;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::report::text::{failed, headline};
use crate::runtime::trace::{Cause as TaskCause, Entry, ErrorKind, Event, Fault};
use crate::value::Frame;

/// What a page came to, from good to bad; the worst cause decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing is wrong.
    Ok,
    /// Something was used that is not simulated.
    Unsupported,
    /// An uncaught error of the app's own.
    AppError,
    /// A script or component is missing or throws while it is loaded, or a template cannot be compiled.
    LoadError,
}

/// Why a page is not ok.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cause {
    /// What it makes of the page.
    pub kind: Status,
    /// The error.
    pub message: String,
    /// `file:line:column` in the project; the hook or task where no position is known.
    pub place: String,
    /// What the user does that leads to it, when opening the page alone does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tapped: Vec<String>,
}

/// What is known of a page before it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFacts {
    /// Its route.
    pub path: String,
    /// Code paths of the scripts that belong to it: the app's, its own, those of its components.
    pub scripts: BTreeSet<String>,
    /// Its JSON file, relative to the project folder.
    pub config: String,
}

/// One page of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageReport {
    /// Its route.
    pub path: String,
    /// The worst of its causes.
    pub status: Status,
    /// Each cause once, in the order in which they came up.
    pub errors: Vec<Cause>,
    /// What was used without simulation.
    pub unsupported: BTreeSet<String>,
    /// Calls that failed because the network is closed or the cloud is empty, and errors that follow
    /// from that.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub network: BTreeSet<String>,
    /// Errors that do not come up when another page opens it with a query.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub query: BTreeSet<String>,
    /// What it shows and what was done there, unless nothing was to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<Screen>,
    /// Whether a limit ended a script: what came after it is not known.
    #[serde(skip)]
    pub is_cut: bool,
    #[serde(skip)]
    facts: Option<PageFacts>,
    /// Calls of the cloud that found nothing declared: by number, what they asked for.
    #[serde(skip)]
    undeclared: BTreeMap<u32, String>,
    /// How the failures of such calls begin.
    #[serde(skip)]
    cloud_failures: BTreeSet<String>,
    #[serde(skip)]
    task: Task,
}

/// The macrotask that runs, as far as it matters whose errors it gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Task {
    number: u32,
    /// The script that it loads.
    loads: Option<String>,
    /// Whether it delivers a failure of the network.
    network: bool,
}

/// APIs whose failure is the network's while it is closed.
const NETWORK: [&str; 4] = ["request", "uploadFile", "downloadFile", "connectSocket"];

impl PageReport {
    /// A page about which nothing is known yet but the mistakes found in the project.
    pub fn new(facts: PageFacts, diagnostics: &[Diagnostic]) -> Self {
        let mut page = Self {
            path: facts.path.clone(),
            status: Status::Ok,
            errors: Vec::new(),
            unsupported: BTreeSet::new(),
            network: BTreeSet::new(),
            query: BTreeSet::new(),
            screen: None,
            is_cut: false,
            undeclared: BTreeMap::new(),
            cloud_failures: BTreeSet::new(),
            task: Task::default(),
            facts: None,
        };
        let no_script = format!("the page `{}` has no script", facts.path);
        for diagnostic in diagnostics {
            let Some(place) = &diagnostic.place else {
                continue;
            };
            // The page runs without a component that does not exist; the project's mistakes tell it.
            let broken = facts.config == place.file && !diagnostic.message.contains("component");
            if (broken || diagnostic.message == no_script) && diagnostic.severity == Severity::Error
            {
                let (message, place) = (diagnostic.message.clone(), place.to_string());
                page.blame(Status::LoadError, message, place);
            }
        }
        page.facts = Some(facts);
        page
    }

    /// Whether an error is the app's, as far as the page's own run tells.
    pub fn has_app_error(&self) -> bool {
        self.errors
            .iter()
            .any(|cause| cause.kind == Status::AppError)
    }

    /// Whether an entry can change a report; the others need not be sent.
    pub fn wants(entry: &Entry) -> bool {
        match &entry.event {
            Event::Task { .. }
            | Event::Error { .. }
            | Event::Unsupported { .. }
            | Event::Undeclared { .. }
            | Event::Finding(_) => true,
            Event::Reply { api, result, .. } => {
                failed(result) && (NETWORK.contains(&api.as_str()) || is_cloud(api))
            }
            _ => false,
        }
    }

    /// Takes in the next entry of the page's trace.
    pub fn add(&mut self, entry: &Entry) {
        if entry.task != self.task.number {
            self.task = Task {
                number: entry.task,
                ..Task::default()
            };
        }
        match &entry.event {
            Event::Task { cause, .. } => self.begin(entry.task, cause),
            Event::Undeclared { call, name } => {
                self.undeclared.insert(*call, name.clone());
            }
            Event::Reply { call, api, result } if failed(result) => {
                let text = result["errMsg"].as_str().unwrap_or_default();
                if NETWORK.contains(&api.as_str()) && !is_not_simulated(text) {
                    self.no_answer(format!("wx.{api}"));
                } else if let Some(name) = self.undeclared.get(call) {
                    self.no_answer(format!("cloud {name}"));
                    self.cloud_failures.insert(text.to_owned());
                }
            }
            Event::Unsupported { name, .. } if self.concerns_it() => {
                self.unsupported.insert(name.clone());
                self.status = self.status.max(Status::Unsupported);
            }
            Event::Error { .. } if self.concerns_it() => self.error(&entry.event),
            Event::Finding(finding) if finding.is_error() => {
                let place = finding.place.as_ref().map(Place::to_string);
                let place = place.unwrap_or_default();
                self.blame(Status::LoadError, finding.message.clone(), place);
            }
            _ => {}
        }
    }

    fn begin(&mut self, number: u32, cause: &TaskCause) {
        let loads = match cause {
            TaskCause::Load(path) => Some(path.clone()),
            _ => None,
        };
        self.task = Task {
            number,
            loads,
            network: false,
        };
    }

    /// What the running task delivers is that nobody answered.
    fn no_answer(&mut self, what: String) {
        self.network.insert(what);
        self.task.network = true;
    }

    /// Not while the script of another page, or of a component that it does not have, is loaded.
    fn concerns_it(&self) -> bool {
        match (&self.task.loads, &self.facts) {
            (Some(path), Some(facts)) => facts.scripts.contains(path),
            _ => true,
        }
    }

    fn error(&mut self, event: &Event) {
        let Event::Error {
            kind,
            place,
            fault,
            exception,
            ..
        } = event
        else {
            return;
        };
        self.is_cut |= *kind == ErrorKind::Limit;
        let message = headline(*kind, exception);
        let frame = exception.stack.first();
        let place = frame.map_or_else(|| place.clone(), Frame::place);
        let says_it = |api: &str| {
            let rest = exception.message.strip_prefix(api);
            rest.is_some_and(|rest| rest.starts_with(":fail"))
        };
        let from_network = self.task.network
            || NETWORK.iter().any(|api| says_it(api))
            || self.cloud_failures.contains(&exception.message);
        if *kind == ErrorKind::Rejection && is_not_simulated(&exception.message) {
            return; // Nobody handles the failure of what is told as unsupported: one fact, told once.
        }
        let kind = match fault {
            Fault::Wxsim => Status::Unsupported,
            Fault::App if from_network => {
                self.network.insert(format!("{place}  {message}"));
                return;
            }
            // What the app was given in the place of it may have led here.
            Fault::App if self.task.loads.is_none() && !self.unsupported.is_empty() => {
                Status::Unsupported
            }
            Fault::App if self.task.loads.is_none() => Status::AppError,
            Fault::App | Fault::Project => Status::LoadError,
        };
        self.blame(kind, message, place);
    }

    /// The page's process ended; `limit` is whether it used more than it may have.
    pub fn died(&mut self, reason: &str, place: &str, limit: bool) {
        let kind = if limit {
            Status::AppError
        } else {
            Status::Unsupported
        };
        self.blame(kind, reason.to_owned(), place.to_owned());
    }

    fn blame(&mut self, kind: Status, message: String, place: String) {
        self.status = self.status.max(kind);
        let cause = Cause {
            kind,
            message,
            place,
            tapped: Vec::new(),
        };
        if !self.errors.contains(&cause) {
            self.errors.push(cause);
        }
    }
}

/// Members of `wx.cloud`, methods of its database's objects.
fn is_cloud(api: &str) -> bool {
    ["cloud.", "Collection.", "Document."]
        .iter()
        .any(|owner| api.starts_with(owner))
}

fn is_not_simulated(message: &str) -> bool {
    message.ends_with("not simulated by wxsim")
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::{PageFacts, PageReport, Status};
    use crate::runtime::trace::Entry;

    /// A page with one script that was told these events, each with the number of its task.
    pub(in crate::report) fn page(events: &[(u32, serde_json::Value)]) -> PageReport {
        let facts = PageFacts {
            path: "pages/a/a".into(),
            scripts: ["app.js", "pages/a/a.js"].map(String::from).into(),
            config: "pages/a/a.json".into(),
        };
        let mut page = PageReport::new(facts, &[]);
        for (task, event) in events {
            add(&mut page, *task, event.clone());
        }
        page
    }

    pub(in crate::report) fn add(page: &mut PageReport, task: u32, mut event: serde_json::Value) {
        event["n"] = json!(1);
        event["t"] = json!(0);
        event["task"] = json!(task);
        let entry: Entry = serde_json::from_value(event).expect("an entry");
        assert!(PageReport::wants(&entry), "{entry:?}");
        page.add(&entry);
    }

    pub(in crate::report) fn error(fault: &str, message: &str) -> serde_json::Value {
        json!({"type": "error", "kind": "exception", "place": "somewhere", "fault": fault,
            "name": "Error", "message": message})
    }

    fn load(path: &str) -> serde_json::Value {
        json!({"type": "task", "cause": {"load": path}})
    }

    #[test]
    fn the_worst_cause_decides() {
        let launch = json!({"type": "task", "cause": "launch"});
        let used = json!({"type": "unsupported", "name": "wx.x", "times": 1});
        for (events, status) in [
            (vec![], Status::Ok),
            (vec![(1, used.clone())], Status::Unsupported),
            (vec![(1, error("wxsim", "x"))], Status::Unsupported),
            (vec![(1, used), (2, error("app", "x"))], Status::Unsupported),
            (vec![(1, launch), (1, error("app", "x"))], Status::AppError),
            (vec![(1, error("project", "x"))], Status::LoadError),
            (
                vec![(1, load("pages/a/a.js")), (1, error("app", "x"))],
                Status::LoadError,
            ),
        ] {
            assert_eq!(page(&events).status, status, "{events:?}");
        }
    }

    #[test]
    fn what_another_page_does_while_it_is_loaded_is_not_this_ones() {
        let events = [(1, load("pages/b/b.js")), (1, error("app", "x"))];
        assert_eq!(page(&events).status, Status::Ok);
        let later = [(1, load("pages/b/b.js")), (2, error("app", "x"))];
        assert_eq!(page(&later).status, Status::AppError, "another task");
    }

    #[test]
    fn a_missing_answer_of_the_network_is_no_error() {
        let reply = |text: &str| json!({"type": "reply", "call": 1, "api": "request", "result": {"errMsg": text}});
        let closed = reply("request:fail url not in domain list");
        let told = page(&[(1, closed), (1, error("app", "no data"))]);
        assert_eq!((told.status, told.network.len()), (Status::Ok, 2));
        let rejected = page(&[(1, error("app", "request:fail url not in domain list"))]);
        assert_eq!(rejected.status, Status::Ok);
        let cloud = [
            (1, json!({"type": "undeclared", "call": 1, "name": "login"})),
            (
                2,
                json!({"type": "reply", "call": 1, "api": "cloud.callFunction", "result": {"errMsg": "cloud.callFunction:fail x"}}),
            ),
            (2, error("app", "in the callback")),
            (3, error("app", "cloud.callFunction:fail x")),
        ];
        let told = page(&cloud);
        assert_eq!((told.status, told.network.len()), (Status::Ok, 3));
        assert!(told.network.contains("cloud login"), "{told:?}");
        assert_eq!(
            page(&cloud[1..]).status,
            Status::AppError,
            "it was declared"
        );
        let unsupported = reply("request:fail not simulated by wxsim");
        let told = page(&[(1, unsupported), (1, error("app", "x"))]);
        assert_eq!(told.status, Status::AppError);
    }
}

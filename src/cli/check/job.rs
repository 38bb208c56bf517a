//! The worker's side of `wxsim check`: reads the project once, opens pages in branches.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::cli::load::{Program, Trouble, load};
use crate::diagnostic::Diagnostic;
use crate::package::{Component, ComponentRef, Page};
use crate::report::{PageFacts, PageReport, Summary};
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Config, Sim};
use crate::worker::{Outbox, Zygote};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) project: PathBuf,
    pub(super) config: Config,
    /// Number of the first page to open.
    pub(super) first: usize,
    /// Distance to the next.
    pub(super) every: usize,
}

/// What the worker says; it sends entries by reference.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Message<E> {
    /// The project is read: its pages, and the mistakes in it.
    Loaded(Vec<PageFacts>, Vec<Diagnostic>),
    /// The project cannot run: why, and the mistakes in it.
    Unusable(Diagnostic, Vec<Diagnostic>),
    /// An entry of the page's trace that can change its report.
    Trace(E),
    /// The page came to its end.
    Done,
}

/// Every note before the first page begins with this.
pub(super) const READING: &str = "while ";

/// Virtual time that passes after a page has come to rest, in milliseconds.
const THEN_MS: i64 = 2_000;

/// The worker's side: loads the program, then opens its pages, each in a branch.
pub(in crate::cli) fn job(request: &str, zygote: &mut Zygote) {
    let request: Request =
        serde_json::from_str(request).expect("the supervisor speaks this program's own language");
    let count = Cell::new(0);
    let mut state = None;
    let mut number = request.first;
    // The first branch loads; only then the number of pages is known.
    while count.get() == 0 || number < count.get() {
        zygote.branch(
            &mut state,
            |outbox| open(&request, outbox, &count),
            |program, outbox| {
                let page = |(_, pages): &(Sim, Vec<String>)| pages.get(number).cloned();
                if let Some(path) = program.as_ref().and_then(page)
                    && let Some((sim, _)) = program
                {
                    sim.launch(EnterOptions::at(&path, DEFAULT_SCENE));
                    sim.advance(THEN_MS);
                    send(outbox, &Message::Done);
                }
            },
        );
        number += request.every;
        if count.get() == 0 {
            break;
        }
    }
    zygote.finish();
}

fn send(outbox: &mut Outbox, message: &Message<&Entry>) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// The program and the routes of its pages; `count` is set to their number.
fn open(request: &Request, outbox: &mut Outbox, count: &Cell<usize>) -> Option<(Sim, Vec<String>)> {
    let mut diagnostics = Vec::new();
    let mut unusable = None;
    let loaded = load(
        &request.project,
        request.config.clone(),
        Box::new(listener(outbox.clone())),
        outbox,
        &mut |trouble| match trouble {
            Trouble::Project(diagnostic) => diagnostics.push(diagnostic),
            Trouble::Unusable(problem) => unusable = Some(problem),
        },
    );
    if let Some(problem) = unusable {
        send(outbox, &Message::Unusable(problem, diagnostics));
        return None;
    }
    let program = loaded?;
    let pages = program.project.pages.iter();
    let facts: Vec<PageFacts> = pages.map(|page| facts(&program, page)).collect();
    count.set(facts.len());
    let routes = facts.iter().map(|page| page.path.clone()).collect();
    send(outbox, &Message::Loaded(facts, diagnostics));
    Some((program.sim, routes))
}

/// Sends what can change a report, and notes what runs for the case that the branch dies.
fn listener(mut outbox: Outbox) -> impl FnMut(&Entry) {
    let mut summary = Summary::default();
    move |entry| {
        if matches!(
            entry.event,
            Event::Task { .. } | Event::Hook { .. } | Event::Reply { .. }
        ) {
            summary.add(entry);
            outbox.note(&summary.place());
        }
        if PageReport::wants(entry) {
            send(&mut outbox, &Message::Trace(entry));
        }
    }
}

/// The scripts of a page and of every component that it can show.
///
/// A component of app.json counts where a template has its tag: many programs list all of them there.
fn facts(program: &Program, page: &Page) -> PageFacts {
    let project = &program.project;
    let mut scripts: BTreeSet<String> = page.script.iter().cloned().collect();
    scripts.insert(project.app_script.clone());
    let mut paths = BTreeSet::from([page.route.as_str()]);
    let mut queue = shown(program, page.template.as_deref(), &page.using_components);
    while let Some(path) = queue.pop() {
        if !paths.insert(path) {
            continue;
        }
        let known = |component: &&Component| component.path == *path;
        if let Some(component) = project.components.iter().find(known) {
            scripts.extend(component.script.clone());
            let template = component.template.as_deref();
            queue.extend(shown(program, template, &component.using_components));
        }
    }
    let config = format!("{}.json", page.route);
    PageFacts {
        path: page.route.clone(),
        scripts,
        config: match project.code_root.as_str() {
            "" => config,
            root => format!("{root}/{config}"),
        },
    }
}

/// The components of the project among `using` that a template can show.
fn shown<'p>(
    program: &Program,
    template: Option<&str>,
    using: &'p [(String, ComponentRef)],
) -> Vec<&'p str> {
    let project = &program.project;
    let resolver = project.resolver(&*program.files);
    let text = template.and_then(|path| resolver.read_code(path).ok());
    let text = text.unwrap_or_default();
    let used = |item: &&(String, ComponentRef)| {
        !project.app.using_components.contains(item) || has_tag(&text, &item.0)
    };
    let path = |(_, component): &'p (String, ComponentRef)| match component {
        ComponentRef::Code(path) => Some(path.as_str()),
        ComponentRef::Plugin(_) | ComponentRef::Missing(_) => None,
    };
    using.iter().filter(used).filter_map(path).collect()
}

fn has_tag(template: &str, tag: &str) -> bool {
    let opening = format!("<{tag}");
    template.match_indices(&opening).any(|(at, _)| {
        let next = template[at + opening.len()..].chars().next();
        !next.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_')
    })
}

//! The worker's side of `wxsim check`: reads the project once, opens pages in branches.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::cli::load::{Program, Trouble, Wanted, load};
use crate::diagnostic::Diagnostic;
use crate::package::{Component, ComponentRef, Page};
use crate::report::{Doubt, PageFacts, PageReport, Summary};
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Config, Pretence, Sim};
use crate::worker::{BranchEnd, Mode, Outbox, Twigs, Word, Zygote};
use crate::world::enter_options::{DEFAULT_SCENE, EnterOptions};

/// What the worker is asked to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own that is or is not done"
)]
pub(super) struct Request {
    pub(super) project: PathBuf,
    pub(super) config: Config,
    /// Whether requests may go out.
    pub(super) live: bool,
    /// Real milliseconds that the supervisor waits for a silent WebSocket.
    pub(super) socket_wait_ms: u64,
    /// Number of the first page to open.
    pub(super) first: usize,
    /// Distance to the next.
    pub(super) every: usize,
    /// Whether the scripts of the main package may run once for all pages.
    pub(super) shares_start: bool,
    /// Whether what is on the pages is tapped.
    pub(super) taps: bool,
    /// Whether every page, and everything done on it, has a start of its own.
    pub(super) no_fork: bool,
}

/// What the worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// The project is read: its pages, the mistakes in it, what happened before a page was opened.
    Loaded(Vec<PageFacts>, Vec<Diagnostic>, Vec<Entry>),
    /// The project cannot run: why, and the mistakes in it.
    Unusable(Diagnostic, Vec<Diagnostic>),
    /// The page of that number is opened.
    Open(usize, Pretence),
    /// An entry of the page's trace that can change its report.
    Trace(Box<Entry>),
    /// The page came to rest, or what followed from an act on it.
    Done,
    /// On the page that came to rest something is done.
    Tap {
        /// What tells it from all others of the page.
        key: String,
        /// As people call it.
        label: String,
    },
    /// Everything was done on the page.
    Tapped {
        /// Elements that it shows.
        elements: usize,
        /// Things that were not done.
        left_out: usize,
    },
}

/// Every note before the first page begins with this.
pub(super) const READING: &str = "while ";

/// Virtual time that passes after a page, or an act on it, has come to rest, in milliseconds.
pub(super) const THEN_MS: i64 = 2_000;

/// A program whose pages can be opened.
pub(super) struct Opened {
    pub(super) sim: Sim,
    facts: Vec<PageFacts>,
    diagnostics: Vec<Diagnostic>,
    ear: Rc<RefCell<Ear>>,
    /// Keys of the acts for which the page is opened anew.
    pub(super) left: Vec<String>,
}

/// How pages are visited.
#[derive(Clone, Copy)]
struct How {
    /// Whether what is on them is tapped.
    taps: bool,
    twigs: Twigs,
}

/// The worker's side: loads the program, then opens its pages, each in a branch.
pub(in crate::cli) fn job(request: &str, zygote: &mut Zygote) {
    let request: Request =
        serde_json::from_str(request).expect("the supervisor speaks this program's own language");
    if request.no_fork {
        zygote.set_mode(Mode::Replay);
    }
    let how = How {
        taps: request.taps,
        twigs: zygote.twigs(),
    };
    let mut state = None;
    let mut number = request.first;
    let load = |outbox: &mut Outbox| open(&request, outbox);
    loop {
        let mut pretences = VecDeque::from([Pretence::None]);
        while let Some(pretence) = pretences.pop_front() {
            let end =
                zygote.branch(
                    &mut state,
                    load,
                    |program: &mut Option<Opened>, outbox| match program {
                        Some(program) => program.visit(number, pretence, how, outbox),
                        None => Word(0),
                    },
                );
            let BranchEnd::Finished(Word(mut word)) = end else {
                continue;
            };
            let left = state.iter_mut().flatten().flat_map(Opened::take_left);
            for key in left.collect::<Vec<_>>() {
                let end = zygote.branch(&mut state, load, |program, outbox| match program {
                    Some(program) => program.visit_for(number, pretence, &key, outbox),
                    None => Word(0),
                });
                if let BranchEnd::Finished(Word(own)) = end {
                    word |= own;
                }
            }
            if pretence == Pretence::None {
                pretences.extend(Doubt::of(word).pretences());
            }
        }
        number += request.every;
        // The first branch loads; only then the number of pages is known.
        let pages = state.as_ref().map_or(0, |program: &Option<Opened>| {
            program.as_ref().map_or(0, |program| program.facts.len())
        });
        if number >= pages {
            break;
        }
    }
    zygote.finish();
}

impl Opened {
    /// Opens a page and does what can be done there; the word says under which pretences it is worth
    /// a second look.
    fn visit(&mut self, number: usize, pretence: Pretence, how: How, outbox: &mut Outbox) -> Word {
        let Some(facts) = self.facts.get(number).cloned() else {
            return Word(0);
        };
        send(outbox, &Message::Open(number, pretence));
        self.open_page(facts, pretence);
        send(outbox, &Message::Done);
        let Word(page) = self.doubt();
        if how.taps {
            let Word(taps) = self.tap_all(pretence, how.twigs, outbox);
            return Word(page | taps);
        }
        Word(page)
    }

    /// Opens a page once more without a word, for one of the acts that were left.
    fn visit_for(
        &mut self,
        number: usize,
        pretence: Pretence,
        key: &str,
        outbox: &mut Outbox,
    ) -> Word {
        let Some(facts) = self.facts.get(number).cloned() else {
            return Word(0);
        };
        self.ear.borrow_mut().is_quiet = true;
        self.open_page(facts, pretence);
        self.ear.borrow_mut().is_quiet = false;
        self.tap_one(key, outbox)
    }

    fn open_page(&mut self, facts: PageFacts, pretence: Pretence) {
        let path = facts.path.clone();
        self.ear
            .borrow_mut()
            .open(PageReport::new(facts, &self.diagnostics));
        self.sim.pretend(pretence);
        match self
            .page_below(&path)
            .filter(|_| pretence == Pretence::FullQuery)
        {
            Some(below) => {
                self.sim.launch(EnterOptions::at(&below, DEFAULT_SCENE));
                let url = serde_json::Value::String(format!("/{path}"));
                let open = format!("evaluate wx.navigateTo({{ url: {url} }})");
                // A page that closed itself meanwhile proves nothing.
                let _ = open.parse().map(|step| self.sim.step(&step));
            }
            None => self.sim.launch(EnterOptions::at(&path, DEFAULT_SCENE)),
        }
        self.sim.advance(THEN_MS);
    }

    /// Acts for which the page must be opened anew, where a branch cannot have branches.
    fn take_left(&mut self) -> Vec<String> {
        std::mem::take(&mut self.left)
    }

    /// What the errors so far may depend on.
    pub(super) fn doubt(&self) -> Word {
        Word(self.ear.borrow().doubt().word())
    }
}

impl Opened {
    /// The page that people come from; `None` for pages that are not opened over another.
    fn page_below(&self, path: &str) -> Option<String> {
        self.sim.read(|world| {
            let home = world.app().home_page()?;
            let above = home != path && !world.app().is_tab_page(path);
            above.then(|| home.to_owned())
        })
    }
}

pub(super) fn send(outbox: &mut Outbox, message: &Message) {
    outbox.send(&serde_json::to_string(message).unwrap_or_default());
}

/// The program and what is known of its pages.
fn open(request: &Request, outbox: &mut Outbox) -> Option<Opened> {
    let mut diagnostics = Vec::new();
    let mut unusable = None;
    let ear = Rc::new(RefCell::new(Ear::new(outbox.clone())));
    let listening = Rc::clone(&ear);
    let wanted = Wanted {
        project: &request.project,
        config: request.config.clone(),
        beside: &[],
        live: request.live,
    };
    let loaded = load(
        wanted,
        Box::new(move |entry| listening.borrow_mut().hear(entry)),
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
    let mut program = loaded?;
    if request.shares_start && can_share_start(&program) && !program.sim.preload() {
        // Each page needs a start of its own: read it anew, for this one has begun.
        let request = Request {
            shares_start: false,
            ..request.clone()
        };
        return open(&request, outbox);
    }
    let pages = program.project.pages.iter();
    let facts: Vec<PageFacts> = pages.map(|page| facts(&program, page)).collect();
    let early = ear.borrow().early.clone();
    let message = Message::Loaded(facts.clone(), diagnostics.clone(), early);
    send(outbox, &message);
    Some(Opened {
        sim: program.sim,
        facts,
        diagnostics,
        ear,
        left: Vec::new(),
    })
}

/// Whether every start runs the scripts of the main package first.
fn can_share_start(program: &Program) -> bool {
    let mut packages = program.project.app.subpackages.iter();
    !packages.any(|package| package.independent)
}

/// Listens to the trace: keeps what happens before a page is opened, sends what can change its
/// report, and notes what runs for the case that the branch dies.
struct Ear {
    outbox: Outbox,
    summary: Summary,
    early: Vec<Entry>,
    /// The report as far as this process sees it.
    report: Option<PageReport>,
    /// Whether a request found no route, or a call of the cloud nothing declared.
    unrouted: bool,
    /// Whether what it hears was sent before.
    is_quiet: bool,
}

impl Ear {
    fn new(outbox: Outbox) -> Self {
        Self {
            outbox,
            summary: Summary::default(),
            early: Vec::new(),
            report: None,
            unrouted: false,
            is_quiet: false,
        }
    }

    fn open(&mut self, mut report: PageReport) {
        for entry in &self.early {
            report.add(entry);
        }
        self.report = Some(report);
    }

    fn hear(&mut self, entry: &Entry) {
        if matches!(
            entry.event,
            Event::Task { .. } | Event::Hook { .. } | Event::Reply { .. }
        ) {
            self.summary.add(entry);
            self.outbox.note(&self.summary.place());
        }
        self.unrouted |= matches!(
            entry.event,
            Event::Unrouted { .. } | Event::Undeclared { .. }
        );
        if !PageReport::wants(entry) {
            return;
        }
        match &mut self.report {
            Some(report) => {
                report.add(entry);
                if !self.is_quiet {
                    send(&mut self.outbox, &Message::Trace(Box::new(entry.clone())));
                }
            }
            None => self.early.push(entry.clone()),
        }
    }

    /// What the page's errors may depend on.
    fn doubt(&self) -> Doubt {
        let has_error = self.report.as_ref().is_some_and(PageReport::has_app_error);
        Doubt {
            network: has_error && self.unrouted,
            query: has_error,
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

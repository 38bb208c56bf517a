//! `wxsim audit`: known causes of rejection, found by trying everything and by the project's own tests.

mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::explore::bound_flags::BoundFlags;
use super::explore::job::Request;
use super::explore::output::Output;
use super::explore::{SINGLE_PAGE_SCENE, put, supervise};
use super::own_line::OwnLine;
use super::phone::PhoneFlags;
use super::{EXIT_FAILED, EXIT_OK, EXIT_USAGE, paint, print, project_path, settings, usage};
use crate::diagnostic::Diagnostic;
use crate::explore::{Bound, Outcome, Vary, Violation};
use crate::report::explored::audit::{self, AuditResult, Finding, Origin, Suppressed};
use crate::report::explored::sarif::sarif;
use crate::report::suite::Language;
use crate::rules::privacy_guide::GuideDraft;
use crate::rules::{ALL, Levels};
use crate::runtime::monitor::{Found, Weight};
use crate::runtime::parse_duration;
use crate::world::enter_options::EnterOptions;

/// Find known causes of rejection: everything a user can do is tried, and the project's tests run
///
/// The program is started at every page and explored (as by `wxsim explore`) within --budget, and its
/// tests run; rules look at all of it (`wxsim rules` lists them). What they find is told with the place
/// in the code, what led to it, the shortest story and how to mend it. No finding means that none of
/// the known causes was seen: what a reviewer decides is another matter.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Folder of the mini program
    project: PathBuf,
    #[command(flatten)]
    phone: PhoneFlags,
    /// Time for the exploration
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = parse_duration)]
    budget: i64,
    #[command(flatten)]
    bounds: BoundFlags,
    /// Leave the project's tests out
    #[arg(long)]
    no_tests: bool,
    /// Start at the first page only
    #[arg(long)]
    first_page: bool,
    /// Print the result as one JSON object and nothing else
    #[arg(long)]
    json: bool,
    /// Write the findings as SARIF 2.1.0
    #[arg(long, value_name = "FILE")]
    sarif: Option<PathBuf>,
    /// Write the result as a page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write a draft of the privacy guide (用户隐私保护指引), as Markdown
    #[arg(long, value_name = "FILE")]
    privacy_draft: Option<PathBuf>,
    /// Words of the report: en or zh [default: by the locale]
    #[arg(long, value_name = "NAME", value_parser = super::parse_language)]
    language: Option<Language>,
}

const EXAMPLES: &str = "\
Examples:
  wxsim audit my-app
  wxsim audit my-app --budget 5m --html audit.html --sarif audit.sarif
  wxsim audit my-app --privacy-draft privacy.md --language zh

Exit codes: 0 no known cause was found, 1 some were, 2 wrong usage or a project that cannot load.";

pub(super) fn main(arguments: &Arguments) -> u8 {
    let (request, levels) = match request(arguments) {
        Ok(request) => request,
        Err(problems) => return settings::refuse(&problems),
    };
    let mut output = Output::new(arguments.json, super::language(arguments.language));
    if let Err(code) = supervise(&request, &mut output) {
        return code;
    }
    let Some(outcome) = output.outcome.take() else {
        return EXIT_USAGE;
    };
    let is_cut = outcome.bound == Some(Bound::Interrupted);
    let ran = if arguments.no_tests || is_cut {
        tests::Ran::default()
    } else {
        match tests::run(&arguments.project) {
            Ok(ran) => ran,
            Err(problem) => return usage(&problem),
        }
    };
    let result = result(arguments, &outcome, ran, &levels);
    let language = output.language();
    if arguments.json {
        print(&audit::json(&result));
    } else {
        print(&audit::terminal(&result, paint(), language));
    }
    // What was found is told even if a file cannot be written.
    if let Err(problem) = write(arguments, &result, &outcome, language) {
        return usage(&problem);
    }
    if result.causes() > 0 {
        EXIT_FAILED
    } else {
        EXIT_OK
    }
}

fn request(arguments: &Arguments) -> Result<(Request, Levels), Vec<Diagnostic>> {
    let project = project_path(&arguments.project).map_err(|problem| vec![problem])?;
    let (config, settings) = arguments.phone.config(&project)?;
    let levels = settings::levels(&settings);
    let single = EnterOptions::at("", SINGLE_PAGE_SCENE);
    let request = Request {
        project,
        config,
        enters: vec![arguments.phone.enter(), single],
        every_page: !arguments.first_page,
        vary: Vary::USUAL.into_iter().collect(),
        twists_max: 1,
        settle_ms: SETTLE_MS,
        bounds: arguments.bounds.bounds(),
        budget_ms: u64::try_from(arguments.budget).unwrap_or(0),
        walks: 0,
        jobs: arguments.bounds.jobs(),
        way_ms: WAY_MS,
        fork: arguments.bounds.forks(),
        properties: Vec::new(),
        threshold: Some(Weight::Info),
        levels: None,
        drafts_guide: true,
        choices: None,
    };
    Ok((request, levels))
}

/// Virtual time after each action.
const SETTLE_MS: i64 = 3_000;
/// Processor time from one choice to the next.
const WAY_MS: u64 = 10_000;

/// Everything that was found.
fn result(
    arguments: &Arguments,
    outcome: &Outcome,
    ran: tests::Ran,
    levels: &Levels,
) -> AuditResult {
    let mut result = AuditResult {
        project: arguments.project.display().to_string(),
        states: outcome.states,
        transitions: outcome.transitions,
        complete: outcome.complete,
        bound: outcome.bound,
        matrix: outcome.matrix.clone(),
        tests: ran.counts,
        privacy_guide: guide(outcome).map_or(serde_json::Value::Null, |draft| {
            serde_json::to_value(draft.used).unwrap_or_default()
        }),
        rule_count: ALL.len(),
        ..AuditResult::default()
    };
    let line = explore_line();
    let mut findings: Vec<Finding> = outcome
        .violations
        .iter()
        .map(|own| of_violation(own, &line))
        .collect();
    let mut known: BTreeSet<String> = findings.iter().map(|own| key(&own.found)).collect();
    findings.extend(
        ran.findings
            .into_iter()
            .filter(|own| known.insert(key(&own.found))),
    );
    for mut finding in findings {
        if !levels.decide(&mut finding.found) {
            continue;
        }
        if finding.found.allowed.is_empty() {
            result.findings.push(finding);
        } else {
            let reason = finding.found.allowed.clone();
            result.suppressed.push(Suppressed {
                finding,
                reason,
                until: None,
            });
        }
    }
    result
}

/// What tells a finding from another.
fn key(found: &Found) -> String {
    match &found.at {
        Some(at) => format!("{} {}:{}:{}", found.rule, at.file, at.line, at.column),
        None => format!("{} {}", found.rule, found.says.en),
    }
}

/// The line of `wxsim explore` that does a story of this audit again, without its choices.
fn explore_line() -> String {
    const OWN: &[(&str, bool)] = &[
        ("--budget", true),
        ("--json", false),
        ("--sarif", true),
        ("--html", true),
        ("--privacy-draft", true),
        ("--no-tests", false),
        ("--first-page", false),
        ("--jobs", true),
        ("--no-fork", false),
        ("--depth", true),
        ("--max-states", true),
    ];
    let line = OwnLine::typed().without(OWN).for_command("explore");
    line.with("--rules", "warn").text()
}

fn of_violation(own: &Violation, line: &str) -> Finding {
    let (rule, name) = own.property.split_once(' ').unwrap_or((&own.property, ""));
    let found = Found {
        rule: rule.to_owned(),
        name: name.to_owned(),
        weight: own.weight,
        says: own.says.clone(),
        causes: own.causes.clone(),
        at: own.at.clone(),
        source_line: own.source_line.clone(),
        page: own.page.clone(),
        data: own.data.clone(),
        allowed: String::new(),
        expired: None,
    };
    Finding {
        found,
        story: own.story.clone(),
        choices: own.choices.clone(),
        replay: format!("{line} --as-audit --choices {}", own.choices),
        origin: Origin::Exploration,
    }
}

/// What the program touched of the user's, in all ways together.
fn guide(outcome: &Outcome) -> Option<GuideDraft> {
    let drafts = outcome
        .notes
        .iter()
        .filter_map(|text| serde_json::from_str::<GuideDraft>(text).ok());
    drafts.reduce(GuideDraft::with)
}

fn write(
    arguments: &Arguments,
    result: &AuditResult,
    outcome: &Outcome,
    language: Language,
) -> Result<(), Diagnostic> {
    if let Some(path) = &arguments.sarif {
        let folder = folder(&arguments.project);
        let text =
            serde_json::to_string_pretty(&sarif(&result.findings, &result.suppressed, &folder));
        put("--sarif", path, &format!("{}\n", text.unwrap_or_default()))?;
    }
    if let Some(path) = &arguments.html {
        put("--html", path, &audit::html(result, language))?;
    }
    if let Some(path) = &arguments.privacy_draft {
        let words = guide(outcome).unwrap_or_default().markdown();
        let text = match language {
            Language::Chinese => words.zh,
            Language::English => words.en,
        };
        put("--privacy-draft", path, &text)?;
    }
    Ok(())
}

/// The project as a path from where the command runs, for readers of the repository.
fn folder(project: &Path) -> String {
    let folder = project.display().to_string();
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    if folder == "." {
        String::new()
    } else {
        folder.to_owned()
    }
}

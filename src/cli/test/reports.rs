//! Where the results go: the terminal, and a file for each report that is asked for.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anstyle::Style;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::named;
use crate::cli::{EXIT_FAILED, EXIT_OK, paint, print, usage};
use crate::diagnostic::Diagnostic;
use crate::report::suite::{
    Coverage, FileResult, Language, SuiteResult, Terminal, github, html, json, junit, tap,
};

/// Flags of the reports.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ReportFlags {
    /// Show passed tests too
    #[arg(long, short)]
    verbose: bool,
    /// Write a `JUnit` XML report
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write a TAP 14 report
    #[arg(long, value_name = "FILE")]
    tap: Option<PathBuf>,
    /// Write one HTML page with the timeline of every test
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write JSON lines to FILE, or print them and nothing else
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    json: Option<PathBuf>,
    /// Print annotations for GitHub Actions, and write the summary of the step
    #[arg(long)]
    github: bool,
    /// Print what of scopes, failures and questions the tests have tried
    #[arg(long)]
    coverage: bool,
    /// Fail when less than this percentage of it was tried
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    require_coverage: Option<u8>,
    /// Language of headings: en, zh [default: by LANG]
    #[arg(long, value_name = "CODE", value_parser = crate::cli::parse_language)]
    language: Option<Language>,
}

/// What shows the results as they come.
pub(super) struct Live {
    terminal: Terminal,
    is_json: bool,
    progress: ProgressBar,
    out: Mutex<()>,
}

impl ReportFlags {
    fn language(&self) -> Language {
        crate::cli::language(self.language)
    }

    fn prints_json(&self) -> bool {
        self.json.as_deref() == Some(Path::new("-"))
    }

    /// Begins to show a run of so many units.
    pub(super) fn live(&self, units: usize) -> Live {
        let is_shown = std::io::stderr().is_terminal() && units > 1 && !self.prints_json();
        let progress = if is_shown {
            let form = "{bar:30} {pos}/{len} {wide_msg}";
            let style =
                ProgressStyle::with_template(form).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(units as u64).with_style(style)
        } else {
            ProgressBar::hidden()
        };
        Live {
            terminal: Terminal {
                paint: paint(),
                language: self.language(),
                is_verbose: self.verbose,
            },
            is_json: self.prints_json(),
            progress,
            out: Mutex::new(()),
        }
    }

    /// Writes all that is wanted; the exit code.
    pub(super) fn finish(&self, live: &Live, suite: &SuiteResult, is_smoke: bool) -> u8 {
        live.progress.finish_and_clear();
        let named = named::apis_of_tests(suite);
        let coverage = Coverage::of(suite, &named);
        if let Err(problem) = self.write(suite, &coverage) {
            return usage(&problem);
        }
        if live.is_json {
            print(&json::end_line(suite));
        } else {
            print(&live.terminal.end(suite));
            if self.coverage || is_smoke || self.require_coverage.is_some() {
                print(&format!(
                    "\n{}",
                    coverage.render(live.terminal.paint, live.terminal.language)
                ));
            }
        }
        if self.github {
            print(&github::render(suite));
            step_summary(suite, self.language());
        }
        let share = coverage.share() * 100.0;
        let is_enough = self
            .require_coverage
            .is_none_or(|wanted| share >= f64::from(wanted));
        if !is_enough && !live.is_json {
            let wanted = self.require_coverage.unwrap_or_default();
            let problem = Diagnostic::error(format!(
                "--require-coverage {wanted}: the tests have tried {share:.0} %"
            ));
            usage(&problem.help("the table above says what never came up"));
        }
        if suite.totals().is_good() && is_enough {
            EXIT_OK
        } else {
            EXIT_FAILED
        }
    }

    fn write(&self, suite: &SuiteResult, coverage: &Coverage) -> Result<(), Diagnostic> {
        let language = self.language();
        if let Some(path) = &self.junit {
            write(path, &junit::render(suite))?;
        }
        if let Some(path) = &self.tap {
            write(path, &tap::render(suite))?;
        }
        if let Some(path) = &self.html {
            write(path, &html::render(suite, Some(coverage), language))?;
        }
        match &self.json {
            Some(path) if !self.prints_json() => write(path, &json::render(suite)),
            _ => Ok(()),
        }
    }
}

impl Live {
    /// A file has ended.
    pub(super) fn file(&self, file: &FileResult) {
        let _turn = self.out.lock();
        let text = if self.is_json {
            let tests = file.tests.iter().map(|test| json::test_line(file, test));
            tests.collect::<String>() + &json::file_line(file)
        } else {
            self.printed(file) + &self.terminal.file(file)
        };
        self.progress.suspend(|| print(&text));
        self.progress.inc(1);
    }

    /// What the tests of a file printed, below the title of each.
    fn printed(&self, file: &FileResult) -> String {
        let tests = file.tests.iter().filter(|test| !test.output.is_empty());
        let shown = tests.map(|test| {
            let title = format!("{} › {}", file.path, test.title());
            let title = self.terminal.paint.apply(Style::new().dimmed(), &title);
            format!("{title}\n{}\n\n", test.output.join("\n"))
        });
        shown.collect()
    }

    /// A file begins.
    pub(super) fn begins(&self, file: &str) {
        self.progress.set_message(file.to_owned());
    }
}

#[expect(clippy::disallowed_methods, reason = "the user names the file")]
fn write(path: &Path, text: &str) -> Result<(), Diagnostic> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| std::fs::write(path, text))
        .map_err(|error| Diagnostic::error(format!("{}: {error}", path.display())))
}

/// Adds to the summary that GitHub shows of the step, where there is one.
#[expect(clippy::disallowed_methods, reason = "GitHub names the file")]
fn step_summary(suite: &SuiteResult, language: Language) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY") else {
        return;
    };
    let file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path);
    if let Ok(mut file) = file {
        let _ = file.write_all(github::step_summary(suite, language).as_bytes());
    }
}

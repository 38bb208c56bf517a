//! What `wxsim check` tells of all pages: as text, as JSON.

mod doubt;
mod page;
mod taps;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::text::{Paint, colour};
use crate::diagnostic::Diagnostic;
pub use doubt::Doubt;
pub use page::{Cause, PageFacts, PageReport, Status};
use taps::Screen;
pub use taps::{TapId, Taps};

impl Status {
    /// From good to bad.
    const ALL: [Self; 4] = [Self::Ok, Self::Unsupported, Self::AppError, Self::LoadError];

    /// As people read it.
    fn words(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unsupported => "unsupported",
            Self::AppError => "app error",
            Self::LoadError => "load error",
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Ok => colour(AnsiColor::Green),
            Self::Unsupported => colour(AnsiColor::Yellow),
            Self::AppError | Self::LoadError => colour(AnsiColor::Red).bold(),
        }
    }
}

/// All pages, in the order of app.json.
#[derive(Clone, Debug, Default)]
pub struct CheckReport {
    /// The pages.
    pub pages: Vec<PageReport>,
    /// Mistakes found in the project and in what the pages show, the worst first.
    pub mistakes: Vec<Diagnostic>,
}

/// The numbers below a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Totals {
    pages: usize,
    ok: usize,
    app_errors: usize,
    unsupported: usize,
    load_errors: usize,
    /// What is on the pages, unless nothing was to be done there.
    #[serde(skip_serializing_if = "Option::is_none")]
    screen: Option<Screen>,
}

impl CheckReport {
    fn totals(&self) -> Totals {
        let [ok, unsupported, app_errors, load_errors] =
            Status::ALL.map(|status| self.pages.iter().filter(|it| it.status == status).count());
        let screens = self.pages.iter().filter_map(|page| page.screen);
        let screen = screens.reduce(|one, other| Screen {
            elements: one.elements + other.elements,
            tapped: one.tapped + other.tapped,
            left_out: one.left_out + other.left_out,
        });
        Totals {
            screen,
            pages: self.pages.len(),
            ok,
            app_errors,
            unsupported,
            load_errors,
        }
    }

    /// Whether a page has an error that is not wxsim's.
    pub fn has_failures(&self) -> bool {
        self.pages.iter().any(|it| it.status > Status::Unsupported)
    }

    /// The object that `--json` prints.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "pages": self.pages,
            "mistakes": self.mistakes,
            "totals": self.totals(),
        })
    }

    /// The report for people, ending with a line feed.
    pub fn render(&self, paint: Paint) -> String {
        let mut text = String::new();
        let shared = self.shared();
        for page in &self.pages {
            let status = format!("{:<12}", page.status.words());
            let status = paint.apply(page.status.style(), &status);
            let taps = page.screen.map_or_else(String::new, Screen::note);
            let _ = writeln!(text, "{status} {}{taps}", page.path);
            render_causes(&mut text, page, &shared);
        }
        if !shared.is_empty() {
            let _ = writeln!(text, "\non every page");
            for line in &shared {
                let line = line.replace('\n', &format!("\n{BELOW}"));
                let _ = writeln!(text, "{BELOW}{line}");
            }
        }
        let _ = writeln!(text, "\n{}", self.totals_text());
        let names = self.unsupported_text();
        if !names.is_empty() {
            let _ = writeln!(text, "not simulated (pages that use it): {names}");
        }
        text
    }

    /// Lines that every page has, of several.
    fn shared(&self) -> BTreeSet<String> {
        let mut pages = self.pages.iter();
        let (Some(first), true) = (pages.next(), self.pages.len() > 1) else {
            return BTreeSet::new();
        };
        pages.fold(lines(first).into_iter().collect(), |shared, page| {
            let own: BTreeSet<String> = lines(page).into_iter().collect();
            shared.intersection(&own).cloned().collect()
        })
    }

    fn totals_text(&self) -> String {
        let totals = self.totals();
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        format!(
            "{}: {} ok, {} unsupported, {}, {}",
            count(totals.pages, "page"),
            totals.ok,
            totals.unsupported,
            count(totals.app_errors, "app error"),
            count(totals.load_errors, "load error")
        ) + &totals.screen.map_or_else(String::new, |screen| {
            let left_out = match screen.left_out {
                0 => String::new(),
                more => format!(" ({more} more left out)"),
            };
            format!("; {}{left_out}", count(screen.tapped, "tap"))
        })
    }

    /// Names without simulation, those that the most pages use first.
    fn unsupported_text(&self) -> String {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.pages.iter().flat_map(|page| &page.unsupported) {
            *uses.entry(name).or_default() += 1;
        }
        let mut names: Vec<(&str, usize)> = uses.into_iter().collect();
        names.sort_by_key(|(name, pages)| (std::cmp::Reverse(*pages), *name));
        let texts = names
            .into_iter()
            .map(|(name, pages)| format!("{name} {pages}"));
        texts.collect::<Vec<_>>().join(", ")
    }
}

/// The lines below a page stand under its name.
const BELOW: &str = "             ";

/// Causes listed below one page before the rest is only counted.
const CAUSES_SHOWN: usize = 8;

impl Screen {
    /// Behind the name of a page.
    fn note(self) -> String {
        match (self.tapped, self.left_out) {
            (0, 0) => String::new(),
            (done, 0) => format!("  ({done} tapped)"),
            (done, more) => format!("  ({done} tapped, {more} more left out)"),
        }
    }
}

/// How a cause came about, behind it.
fn note(cause: &Cause) -> String {
    let mut note = match cause.kind {
        Status::Unsupported => " (possibly because of what is not simulated)".to_owned(),
        _ => String::new(),
    };
    if let Some(first) = cause.tapped.first() {
        let _ = write!(note, "\n  after {first}");
        match cause.tapped.len() {
            1 => {}
            all => {
                let _ = write!(note, " and {} more", all - 1);
            }
        }
    }
    note
}

fn lines(page: &PageReport) -> Vec<String> {
    let errors = page.errors.iter().map(|cause| {
        let note = note(cause);
        // A rejection without a position says where it came up in its own message.
        if cause.message.starts_with(&cause.place) {
            return format!("✗ {}{note}", cause.message);
        }
        format!("✗ {}  {}{note}", cause.place, cause.message)
    });
    let unsupported = page
        .unsupported
        .iter()
        .map(|name| format!("~ {name} is not simulated"));
    let network = page
        .network
        .iter()
        .map(|text| format!("… {text}: no answer from the network"));
    let query = page
        .query
        .iter()
        .map(|text| format!("… {text}: not when another page opens it"));
    errors
        .chain(unsupported)
        .chain(network)
        .chain(query)
        .collect()
}

fn render_causes(text: &mut String, page: &PageReport, shared: &BTreeSet<String>) {
    let lines = lines(page);
    let own = lines.iter().filter(|line| !shared.contains(*line));
    let more = own.clone().count().saturating_sub(CAUSES_SHOWN);
    for line in own.take(CAUSES_SHOWN) {
        let line = line.replace('\n', &format!("\n{BELOW}"));
        let _ = writeln!(text, "{BELOW}{line}");
    }
    if more > 0 {
        let _ = writeln!(text, "{BELOW}… and {more} more; --json lists them all");
    }
}

#[cfg(test)]
mod tests {
    use super::page::tests::{error, page};
    use super::{CheckReport, Paint};

    #[test]
    fn what_every_page_has_is_told_once() {
        let one = page(&[(1, error("app", "early"))]);
        let other = page(&[(1, error("app", "early")), (1, error("app", "late"))]);
        let report = CheckReport {
            pages: vec![one, other],
            mistakes: Vec::new(),
        };
        let text = report.render(Paint::Plain);
        assert_eq!(text.matches("early").count(), 1, "{text}");
        assert!(
            text.contains("2 pages: 0 ok, 0 unsupported, 2 app errors, 0 load errors"),
            "{text}"
        );
    }
}

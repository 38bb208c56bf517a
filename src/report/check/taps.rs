//! What came of what a user could do on a page: of each act the page's report as it goes on from
//! there, in the world as it was declared and in those that were made up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::page::{Cause, PageReport, Status};
use crate::runtime::Pretence;

/// The acts on one page.
#[derive(Clone, Debug, Default)]
pub struct Taps {
    list: Vec<Tap>,
    elements: usize,
    left_out: usize,
}

/// What a page shows at first, and what was done there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Screen {
    /// Elements that are drawn and not hidden.
    pub elements: usize,
    /// Acts that were done.
    pub tapped: usize,
    /// Acts that were not: further items of lists, or above the limit.
    pub left_out: usize,
}

#[derive(Clone, Debug)]
struct Tap {
    key: String,
    label: String,
    report: PageReport,
    /// The same act in made-up worlds; `None` until it came to its end there.
    others: BTreeMap<Pretence, Option<PageReport>>,
}

/// Which act runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TapId(usize);

impl Taps {
    /// An act begins on a page that came to `page`.
    pub fn begin(&mut self, key: String, label: String, page: &PageReport) -> TapId {
        self.list.push(Tap {
            key,
            label,
            report: page.clone(),
            others: BTreeMap::new(),
        });
        TapId(self.list.len() - 1)
    }

    /// It is done again in a made-up world; `None` when there is no such act.
    pub fn again(&mut self, key: &str, pretence: Pretence) -> Option<TapId> {
        let at = self.list.iter().position(|tap| tap.key == key)?;
        self.list[at].others.insert(pretence, None);
        Some(TapId(at))
    }

    /// What is known of an act.
    pub fn report(&mut self, id: TapId) -> Option<&mut PageReport> {
        self.list.get_mut(id.0).map(|tap| &mut tap.report)
    }

    /// An act came to its end in a made-up world.
    pub fn done(&mut self, id: TapId, pretence: Pretence, report: PageReport) {
        if let Some(tap) = self.list.get_mut(id.0) {
            tap.others.insert(pretence, Some(report));
        }
    }

    /// Everything was done on a page of so many elements but `left_out` acts.
    pub fn finish(&mut self, elements: usize, left_out: usize) {
        (self.elements, self.left_out) = (elements, left_out);
    }

    /// Keys of the acts with an app error that the page has not without them.
    pub fn doubtful(&self, page: &PageReport) -> Vec<&str> {
        let taps = self.list.iter();
        let doubtful = taps.filter(|tap| {
            let mut errors = tap.report.errors.iter();
            errors.any(|cause| cause.kind == Status::AppError && !page.errors.contains(cause))
        });
        doubtful.map(|tap| &*tap.key).collect()
    }

    /// Settles the page, and puts what the acts led to besides into its report. `others` are the
    /// page's reports in made-up worlds: an act that cannot be done in one of them has no error there.
    pub fn settle(self, page: &mut PageReport, others: &BTreeMap<Pretence, PageReport>) {
        let alone = page.clone();
        page.settle(others);
        page.screen = Some(Screen {
            elements: self.elements,
            tapped: self.list.len(),
            left_out: self.left_out,
        });
        for mut tap in self.list {
            let known: BTreeMap<Pretence, PageReport> = others
                .iter()
                .filter_map(|(pretence, other)| {
                    let own = tap.others.remove(pretence);
                    Some((*pretence, own.unwrap_or_else(|| Some(other.clone()))?))
                })
                .collect();
            tap.report.settle(&known);
            page.absorb(tap.report, &tap.label, &alone);
        }
    }
}

impl PageReport {
    /// Takes in what an act led to; `alone` is what the page came to without any.
    fn absorb(&mut self, tap: Self, label: &str, alone: &Self) {
        for cause in tap.errors {
            if alone.errors.contains(&cause) {
                continue;
            }
            self.status = self.status.max(cause.kind);
            let is_added = |own: &Cause| !alone.errors.contains(own);
            let same = |own: &&mut Cause| {
                is_added(own) && own.message == cause.message && own.place == cause.place
            };
            // A mistake in a file is the page's, whenever it was found.
            let tapped = match cause.kind {
                Status::LoadError => Vec::new(),
                _ => vec![label.to_owned()],
            };
            match self.errors.iter_mut().find(same) {
                Some(own) => {
                    own.kind = own.kind.max(cause.kind);
                    own.tapped.extend(tapped);
                }
                None => self.errors.push(Cause { tapped, ..cause }),
            }
        }
        if !tap.unsupported.is_empty() {
            self.status = self.status.max(Status::Unsupported);
        }
        self.unsupported.extend(tap.unsupported);
        let new = |own: &String, known: &std::collections::BTreeSet<String>| !known.contains(own);
        let told = |own: &Self| &own.network | &own.query;
        let before = told(alone);
        self.network
            .extend(tap.network.into_iter().filter(|own| new(own, &before)));
        self.query
            .extend(tap.query.into_iter().filter(|own| new(own, &before)));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::page::tests::{add, error, page};
    use super::{Pretence, Screen, Status, Taps};

    #[test]
    fn an_error_is_told_with_the_acts_that_lead_to_it_and_not_with_those_of_the_page() {
        let mut alone = page(&[(1, error("app", "at load"))]);
        let mut taps = Taps::default();
        for label in ["tap a", "tap b", "tap c"] {
            let id = taps.begin(label.into(), label.into(), &alone);
            let message = if label == "tap c" {
                "at load"
            } else {
                "in handler"
            };
            add(taps.report(id).expect("begun"), 2, error("app", message));
        }
        taps.finish(9, 4);
        assert_eq!(taps.doubtful(&alone), ["tap a", "tap b"]);
        taps.settle(&mut alone, &BTreeMap::new());
        let told: Vec<_> = alone.errors.iter().map(|own| own.tapped.len()).collect();
        assert_eq!(told, [0, 2]);
        let screen = Screen {
            elements: 9,
            tapped: 3,
            left_out: 4,
        };
        assert_eq!(alone.screen, Some(screen));
    }

    #[test]
    fn an_error_of_an_act_is_the_apps_only_if_every_world_has_it() {
        let world = Pretence::AnsweringNetwork;
        for (again, errors, network) in [
            (None, 0, 1),              // the element is not there
            (Some(None), 1, 0),        // it was cut short, which proves nothing
            (Some(Some(true)), 1, 0),  // the same error
            (Some(Some(false)), 0, 1), // none
        ] {
            let mut alone = page(&[]);
            let mut taps = Taps::default();
            let id = taps.begin("a".into(), "tap a".into(), &alone);
            add(taps.report(id).expect("begun"), 1, error("app", "x"));
            if let Some(end) = again {
                let id = taps.again("a", world).expect("it is known");
                if let Some(has_error) = end {
                    let events = [(1, error("app", "x"))];
                    let report = page(if has_error { &events } else { &[] });
                    taps.done(id, world, report);
                }
            }
            taps.settle(&mut alone, &BTreeMap::from([(world, page(&[]))]));
            let told = (alone.errors.len(), alone.network.len());
            assert_eq!(told, (errors, network), "{again:?}");
            assert_eq!(alone.status == Status::Ok, errors == 0);
        }
    }
}

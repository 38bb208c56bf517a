//! What an error of a page may depend on besides the app: how `wxsim check` opened it.
//!
//! A page is opened without a query while no network answers. An error is the app's own when it
//! comes up in every world that this stands for: where the network is silent, where it answers, where
//! the query has what the page looks for.

use std::collections::BTreeMap;

use super::page::{PageReport, Status};
use crate::runtime::Pretence;

/// What the errors of a page may depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubt {
    /// A request that nobody answered.
    pub network: bool,
    /// What the query holds.
    pub query: bool,
}

impl Doubt {
    /// Both in one small number.
    pub fn word(self) -> u8 {
        u8::from(self.network) + 2 * u8::from(self.query)
    }

    /// The reverse of [`Doubt::word`].
    pub fn of(word: u8) -> Self {
        Self {
            network: word & 1 != 0,
            query: word & 2 != 0,
        }
    }

    /// The worlds in which the page is opened again.
    pub fn pretences(self) -> Vec<Pretence> {
        let network = [Pretence::SilentNetwork, Pretence::AnsweringNetwork];
        let mut all = Vec::new();
        if self.network {
            all.extend(network);
        }
        if self.query {
            all.push(Pretence::FullQuery);
        }
        all
    }
}

impl PageReport {
    /// Takes the app errors back that do not come up under every pretence: they are told as what
    /// they depend on and change no status. `others` are the page's reports under pretences, each
    /// come to its end.
    pub fn settle(&mut self, others: &BTreeMap<Pretence, Self>) {
        for (pretence, other) in others {
            let gone = |cause: &super::Cause| {
                cause.kind == Status::AppError && !other.tells(&cause.message, &cause.place)
            };
            let (gone, kept): (Vec<_>, Vec<_>) = self.errors.drain(..).partition(gone);
            self.errors = kept;
            let notes = match pretence {
                Pretence::FullQuery => &mut self.query,
                _ => &mut self.network,
            };
            notes.extend(
                gone.iter()
                    .map(|cause| format!("{}  {}", cause.place, cause.message)),
            );
        }
        let unsupported = if self.unsupported.is_empty() {
            Status::Ok
        } else {
            Status::Unsupported
        };
        let worst = self.errors.iter().map(|cause| cause.kind).max();
        self.status = worst.map_or(unsupported, |kind| kind.max(unsupported));
    }

    /// Whether an error came up, whatever was made of it.
    fn tells(&self, message: &str, place: &str) -> bool {
        let same = |cause: &super::Cause| cause.message == message && cause.place == place;
        self.errors.iter().any(same) || self.network.contains(&format!("{place}  {message}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::page::tests::{error, page};
    use super::{Doubt, Pretence, Status};

    #[test]
    fn a_word_is_read_as_it_was_written() {
        for word in 0..4 {
            assert_eq!(Doubt::of(word).word(), word);
        }
        assert_eq!(Doubt::of(0).pretences(), []);
        assert_eq!(Doubt::of(3).pretences().len(), 3);
    }

    #[test]
    fn an_error_is_the_apps_only_if_every_world_has_it() {
        let both = || page(&[(1, error("app", "own")), (2, error("app", "other"))]);
        let own = || page(&[(1, error("app", "own"))]);
        let mut report = both();
        report.settle(&BTreeMap::from([(Pretence::FullQuery, own())]));
        assert_eq!((report.status, report.errors.len()), (Status::AppError, 1));
        assert_eq!(report.query.len(), 1);
        let mut report = both();
        let none = BTreeMap::from([
            (Pretence::SilentNetwork, own()),
            (Pretence::AnsweringNetwork, page(&[])),
        ]);
        report.settle(&none);
        assert_eq!((report.status, report.network.len()), (Status::Ok, 2));
        let mut report = both();
        report.settle(&BTreeMap::from([(Pretence::SilentNetwork, both())]));
        assert_eq!(report.errors.len(), 2, "nothing depends on it");
    }
}

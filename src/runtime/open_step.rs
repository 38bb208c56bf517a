//! The step `open`: the user opens the program by something outside of it.

use std::fmt;
use std::str::FromStr;

use super::sim::{Sim, StepError};
use super::step::BadStep;

/// What the program is opened by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenStep {
    /// `service-card [N]`: a card in the conversation with its customer service, from 1; the latest without N.
    ServiceCard(Option<usize>),
    /// `service-link [N]`: a link in a text there.
    ServiceLink(Option<usize>),
}

impl FromStr for OpenStep {
    type Err = BadStep;

    fn from_str(text: &str) -> Result<Self, BadStep> {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let number = match rest.trim() {
            "" => None,
            number => Some(number.parse().map_err(|_| {
                BadStep(format!("`open {word}` takes a number from 1, not `{rest}`"))
            })?),
        };
        match word {
            "service-card" => Ok(Self::ServiceCard(number)),
            "service-link" => Ok(Self::ServiceLink(number)),
            _ => Err(BadStep(format!(
                "`open` is service-card [N] or service-link [N], not `{text}`"
            ))),
        }
    }
}

impl fmt::Display for OpenStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, number) = match self {
            Self::ServiceCard(number) => ("service-card", number),
            Self::ServiceLink(number) => ("service-link", number),
        };
        f.write_str(word)?;
        number.map_or(Ok(()), |number| write!(f, " {number}"))
    }
}

impl Sim {
    pub(super) fn open(&mut self, step: OpenStep) -> Result<(), StepError> {
        match step {
            OpenStep::ServiceCard(number) => self.open_door(true, number),
            OpenStep::ServiceLink(number) => self.open_door(false, number),
        }
    }
}

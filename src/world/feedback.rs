//! What users wrote on the feedback page of a mini program.
//!
//! Official page: `component/button` (`open-type="feedback"`): the page is WeChat's own; the developer reads
//! what was sent in the console, and the program hears nothing.

use serde::{Deserialize, Serialize};

use super::notice::{Elsewhere, Notice};
use super::{Caller, Change, Millis, World, sealed::Sealed};

/// Something that a user wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Who, and about which program.
    pub from: Caller,
    /// When.
    pub at: Millis,
    /// What.
    pub text: String,
}

/// The user opens the feedback page.
#[derive(Clone, Copy, Debug)]
pub struct OpenFeedback;

impl Sealed for OpenFeedback {}
impl Change for OpenFeedback {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.leave(0, Notice::Away(Elsewhere::Feedback));
    }
}

/// The user closes the feedback page, perhaps after sending a text.
#[derive(Clone, Debug)]
pub struct CloseFeedback {
    /// Who, and about which program.
    pub caller: Caller,
    /// The text; `None` for nothing.
    pub text: Option<String>,
}

impl Sealed for CloseFeedback {}
impl Change for CloseFeedback {
    type Effect = ();

    fn apply(self, world: &mut World) {
        if let Some(text) = self.text {
            let (from, at) = (self.caller, world.now);
            world.feedback.push(Feedback { from, at, text });
        }
        world.leave(0, Notice::Back(None));
    }
}

impl World {
    /// What users wrote, in order.
    pub fn feedback(&self) -> &[Feedback] {
        &self.feedback
    }
}

#[cfg(test)]
mod tests {
    use super::CloseFeedback;
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn only_what_was_sent_is_kept() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        for text in [None, Some("tea is cold".to_owned())] {
            let caller = world.caller();
            world.apply(CloseFeedback { caller, text });
        }
        let texts: Vec<&str> = world.feedback().iter().map(|it| &*it.text).collect();
        assert_eq!(texts, ["tea is cold"]);
        assert_eq!(world.feedback()[0].from, world.caller());
    }
}

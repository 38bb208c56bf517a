//! The text of the program where it is pinned to the top of the chats.
//!
//! Official page: `wx.setTopBarText`. Within five seconds of a success the next call fails.

use serde::{Deserialize, Serialize};

use super::{Change, Millis, World, sealed::Sealed};
use crate::errmsg::{DeviceProblem, Reason};

/// Time between two texts, in milliseconds.
const PAUSE_MS: i64 = 5_000;

/// The text and when it was set.
pub(super) type TopBar = Option<Text>;

/// A text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Text {
    text: String,
    since: Millis,
}

/// The program sets the text.
#[derive(Clone, Debug)]
pub struct SetTopBarText(pub String);

impl Sealed for SetTopBarText {}
impl Change for SetTopBarText {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        let last = world.top_bar.as_ref();
        if last.is_some_and(|last| world.now.since(last.since) < PAUSE_MS) {
            return Err(Reason::Device(DeviceProblem::TooOften));
        }
        world.top_bar = Some(Text {
            text: self.0,
            since: world.now,
        });
        Ok(())
    }
}

impl World {
    /// The text that the program set last.
    pub fn top_bar_text(&self) -> Option<&str> {
        self.top_bar.as_ref().map(|bar| bar.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::SetTopBarText;
    use crate::errmsg::{DeviceProblem, Reason};
    use crate::profile::Profile;
    use crate::world::{AdvanceTo, AppFacts, World};

    #[test]
    fn five_seconds_lie_between_two_texts() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let set = |world: &mut World, text: &str| world.apply(SetTopBarText(text.to_owned()));
        assert_eq!(set(&mut world, "a"), Ok(()));
        world.apply(AdvanceTo(world.now().plus(4_999)));
        assert_eq!(
            set(&mut world, "b"),
            Err(Reason::Device(DeviceProblem::TooOften))
        );
        assert_eq!(world.top_bar_text(), Some("a"));
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(set(&mut world, "b"), Ok(()));
        assert_eq!(world.top_bar_text(), Some("b"));
    }
}

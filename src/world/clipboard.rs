//! The clipboard of the phone: one text, shared by everything on it.

use super::{Change, World, sealed::Sealed};

/// Puts a text onto the clipboard.
#[derive(Clone, Debug)]
pub struct SetClipboard(pub String);

impl Sealed for SetClipboard {}
impl Change for SetClipboard {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.clipboard = self.0;
    }
}

impl World {
    /// The text on the clipboard; empty at first.
    pub fn clipboard(&self) -> &str {
        &self.clipboard
    }
}

#[cfg(test)]
mod tests {
    use super::SetClipboard;
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn the_last_text_stays() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert_eq!(world.clipboard(), "");
        world.apply(SetClipboard("a".into()));
        world.apply(SetClipboard("b".into()));
        assert_eq!(world.clipboard(), "b");
    }
}

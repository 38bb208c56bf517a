//! The keyboard: how high it is, and what is selected in the field it writes into.
//!
//! Official pages: `wx.onKeyboardHeightChange`, `wx.hideKeyboard`, `wx.getSelectedTextRange`. A step
//! brings it up and takes it away.
//!
//! Unverified: it goes down when pages change.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
use super::{Change, World, sealed::Sealed};

/// What the keyboard tells of the field it writes into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// First selected character.
    pub start: u32,
    /// Behind the last one.
    pub end: u32,
}

/// The keyboard; its height is 0 while it is down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Keyboard {
    height: u32,
    selection: Selection,
}

/// The keyboard gets another height; 0 takes it away.
#[derive(Clone, Copy, Debug)]
pub struct SetKeyboard {
    /// In pixels.
    pub height: u32,
    /// What is selected in the field.
    pub selection: Selection,
}

impl Sealed for SetKeyboard {}
impl Change for SetKeyboard {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = world.keyboard.height;
        world.keyboard = Keyboard {
            height: self.height,
            selection: self.selection,
        };
        if before != self.height {
            let argument = json!({ "height": self.height });
            let told = Told::global("onKeyboardHeightChange", argument);
            world.leave(0, Notice::Told(told));
        }
    }
}

/// The keyboard goes down; the effect tells whether it was up.
#[derive(Clone, Copy, Debug)]
pub struct LowerKeyboard;

impl Sealed for LowerKeyboard {}
impl Change for LowerKeyboard {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let was_up = world.keyboard.height > 0;
        let down = SetKeyboard {
            height: 0,
            selection: Selection::default(),
        };
        down.apply(world);
        was_up
    }
}

impl World {
    /// What is selected in the field that the keyboard writes into; `None` while it is down.
    pub fn selection(&self) -> Option<Selection> {
        (self.keyboard.height > 0).then_some(self.keyboard.selection)
    }
}

#[cfg(test)]
mod tests {
    use super::{LowerKeyboard, Selection, SetKeyboard};
    use crate::profile::Profile;
    use crate::world::notice::{Notice, TakeNotices};
    use crate::world::{AppFacts, World};

    fn heights(world: &mut World) -> Vec<String> {
        let due = world.apply(TakeNotices);
        let told = due.into_iter().map(|due| match due.notice {
            Notice::Told(told) => told.argument.to_string(),
            other => panic!("{other:?}"),
        });
        told.collect()
    }

    #[test]
    fn another_height_is_told_and_the_same_one_is_not() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert_eq!(world.selection(), None);
        let selection = Selection { start: 1, end: 3 };
        let set = |height| SetKeyboard { height, selection };
        world.apply(set(300));
        world.apply(set(300));
        world.apply(set(260));
        assert_eq!(world.selection(), Some(selection));
        assert_eq!(
            heights(&mut world),
            [r#"{"height":300}"#, r#"{"height":260}"#]
        );
        assert!(world.apply(LowerKeyboard));
        assert!(!world.apply(LowerKeyboard));
        assert_eq!((world.selection(), heights(&mut world).len()), (None, 1));
    }
}

//! Pictures and films that the user takes of the screen.
//!
//! Official pages: `wx.onUserCaptureScreen`, `wx.onScreenRecordingStateChanged`,
//! `wx.getScreenRecordingState`, `wx.setVisualEffectOnCapture`.
//!
//! Unverified: what the listener of a screenshot gets is an empty object.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
use super::{Change, World, sealed::Sealed};

/// Whether a film is being taken, and what it shows of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ScreenCapture {
    recording: bool,
    hidden: bool,
}

impl ScreenCapture {
    /// As it is when the program is gone, and with it what it hid.
    pub(super) fn shown(self) -> Self {
        Self {
            hidden: false,
            ..self
        }
    }
}

/// The user takes a picture of the screen.
#[derive(Clone, Copy, Debug)]
pub struct TakeScreenshot;

impl Sealed for TakeScreenshot {}
impl Change for TakeScreenshot {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let told = Told::global("onUserCaptureScreen", json!({}));
        world.leave(0, Notice::Told(told));
    }
}

/// The user begins or ends a film of the screen.
#[derive(Clone, Copy, Debug)]
pub struct RecordScreen(pub bool);

impl Sealed for RecordScreen {}
impl Change for RecordScreen {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = std::mem::replace(&mut world.screen_capture.recording, self.0);
        if before != self.0 {
            let state = if self.0 { "start" } else { "stop" };
            let argument = json!({ "state": state });
            let told = Told::global("onScreenRecordingStateChanged", argument);
            world.leave(0, Notice::Told(told));
        }
    }
}

/// The program hides itself from pictures and films, or shows itself again.
#[derive(Clone, Copy, Debug)]
pub struct HideFromCapture(pub bool);

impl Sealed for HideFromCapture {}
impl Change for HideFromCapture {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.screen_capture.hidden = self.0;
    }
}

impl World {
    /// Whether the user takes a film of the screen.
    pub fn is_screen_recorded(&self) -> bool {
        self.screen_capture.recording
    }

    /// Whether pictures and films show nothing of the program.
    pub fn is_hidden_from_capture(&self) -> bool {
        self.screen_capture.hidden
    }
}

#[cfg(test)]
mod tests {
    use super::{HideFromCapture, RecordScreen};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::notice::TakeNotices;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_film_goes_on_when_the_program_ends_but_hiding_does_not() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(RecordScreen(true));
        world.apply(RecordScreen(true));
        assert_eq!(world.apply(TakeNotices).len(), 1);
        world.apply(HideFromCapture(true));
        assert!(world.is_hidden_from_capture());
        world.apply(Kill);
        assert!(world.is_screen_recorded() && !world.is_hidden_from_capture());
    }
}

//! The window of the program on the screen: its size, its state on a computer, the capsule in it.
//!
//! Official pages: "Responding to changes of the display area", `wx.onWindowResize`,
//! `wx.onWindowStateChange`, `wx.onMenuButtonBoundingClientRectWeightChange`. A phone that is turned
//! gives the whole screen another size; on a computer the user draws the window.
//!
//! Differs from the client: a program is turned also without `pageOrientation` in its configuration.
//!
//! Unverified: the bars keep their heights, and the capsule its distance from the right edge.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::notice::{Notice, Told};
use super::phone::Rectangle;
use super::{Change, World, sealed::Sealed};

/// What differs from the usual window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WindowFrame {
    /// Width and height of the screen.
    screen: Option<(u32, u32)>,
    capsule: Option<Rectangle>,
    state: WindowState,
}

/// State of a window on a computer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WindowState {
    /// In the task bar.
    Minimize,
    /// As drawn.
    #[default]
    Normalize,
    /// As large as the screen.
    Maximize,
}

impl WindowState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Minimize, Self::Normalize, Self::Maximize];

    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minimize => "minimize",
            Self::Normalize => "normalize",
            Self::Maximize => "maximize",
        }
    }
}

/// Screen or window get another size; nothing happens when they have it already.
#[derive(Clone, Copy, Debug)]
pub struct ResizeWindow {
    /// Whole width.
    pub width: u32,
    /// Whole height, bars included.
    pub height: u32,
}

/// Smallest width or height that the bars leave room in.
pub const SIZE_MIN: u32 = 200;
/// Largest width or height.
pub const SIZE_MAX: u32 = 10_000;

impl Sealed for ResizeWindow {}
impl Change for ResizeWindow {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = (world.phone().screen_width, world.phone().screen_height);
        let size = |length: u32| length.clamp(SIZE_MIN, SIZE_MAX);
        let now = (size(self.width), size(self.height));
        if before == now {
            return;
        }
        world.window_frame.screen = Some(now);
        let size = json!({ "size": {
            "windowWidth": now.0,
            "windowHeight": world.window_height(),
        } });
        if let Some(page) = world.current_page().map(|page| page.id) {
            world.leave(0, Notice::Resized(page, size.clone()));
        }
        world.leave(0, Notice::Told(Told::global("onWindowResize", size)));
    }
}

/// The window on a computer is made small, large, or as before.
#[derive(Clone, Copy, Debug)]
pub struct SetWindowState(pub WindowState);

impl Sealed for SetWindowState {}
impl Change for SetWindowState {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = std::mem::replace(&mut world.window_frame.state, self.0);
        if before != self.0 {
            let argument = json!({ "state": self.0.name() });
            let told = Told::global("onWindowStateChange", argument);
            world.leave(0, Notice::Told(told));
        }
    }
}

/// The client draws the capsule elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct MoveCapsule(pub Rectangle);

impl Sealed for MoveCapsule {}
impl Change for MoveCapsule {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let before = world.capsule();
        world.window_frame.capsule = Some(self.0);
        if before != self.0 {
            let event = "onMenuButtonBoundingClientRectWeightChange";
            let told = Told::global(event, edges(self.0));
            world.leave(0, Notice::Told(told));
        }
    }
}

/// The rectangle with its four edges and its size.
pub fn edges(area: Rectangle) -> Json {
    json!({
        "left": area.left,
        "right": area.left + area.width,
        "top": area.top,
        "bottom": area.top + area.height,
        "width": area.width,
        "height": area.height,
    })
}

impl World {
    /// Width and height of the screen (or window), when they are not the usual ones.
    pub(super) fn screen_size(&self) -> Option<(u32, u32)> {
        self.window_frame.screen
    }

    /// Where the capsule with the menu lies.
    pub fn capsule(&self) -> Rectangle {
        let moved = self.window_frame.capsule;
        moved.unwrap_or_else(|| self.phone().menu_button())
    }

    /// Whether the screen is wider than high.
    pub fn is_landscape(&self) -> bool {
        self.phone().screen_width > self.phone().screen_height
    }
}

#[cfg(test)]
mod tests {
    use super::{MoveCapsule, ResizeWindow, SetWindowState, WindowState};
    use crate::profile::Profile;
    use crate::world::notice::{Notice, TakeNotices};
    use crate::world::phone::Rectangle;
    use crate::world::{AppFacts, World};

    fn told(world: &mut World) -> Vec<String> {
        let due = world.apply(TakeNotices);
        let told = due.into_iter().filter_map(|due| match due.notice {
            Notice::Told(told) => Some(told.argument.to_string()),
            _ => None,
        });
        told.collect()
    }

    #[test]
    fn a_turned_phone_has_a_wide_window() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let turn = ResizeWindow {
            width: 812,
            height: 375,
        };
        assert!(!world.is_landscape());
        world.apply(turn);
        world.apply(turn);
        assert!(world.is_landscape());
        assert_eq!(
            told(&mut world),
            [r#"{"size":{"windowWidth":812,"windowHeight":287}}"#]
        );
        assert_eq!(world.capsule().left, 812 - 87 - 7);
        let safe = world.phone().safe_area();
        assert!(safe.top + safe.height <= 375);
    }

    #[test]
    fn a_tiny_window_keeps_room_for_the_bars() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(ResizeWindow {
            width: 1,
            height: 0,
        });
        assert_eq!(world.phone().screen_width, 200);
        assert!(world.window_height() > 0);
    }

    #[test]
    fn what_stays_is_not_told() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(SetWindowState(WindowState::Normalize));
        let capsule = world.capsule();
        world.apply(MoveCapsule(capsule));
        assert!(told(&mut world).is_empty());
        world.apply(SetWindowState(WindowState::Maximize));
        let left = 200;
        world.apply(MoveCapsule(Rectangle { left, ..capsule }));
        assert_eq!((told(&mut world).len(), world.capsule().left), (2, 200));
    }
}

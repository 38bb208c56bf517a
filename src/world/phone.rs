//! The phone (or computer) the client runs on: model, screen, bars.
//!
//! One device for each platform, with the figures of a common model. Sizes are in logical pixels.
//!
//! Differs from the client: the window's height takes a page's own `navigationStyle` for the usual
//! one; only tab pages are told apart.

use serde::{Deserialize, Serialize};

use super::World;
use crate::profile::Platform;

/// A device.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phone {
    /// Maker.
    pub brand: &'static str,
    /// Model.
    pub model: &'static str,
    /// Operating system with its version.
    pub system: &'static str,
    /// Physical pixels in a logical one.
    pub pixel_ratio: f64,
    /// Width of the screen.
    pub screen_width: u32,
    /// Height of the screen.
    pub screen_height: u32,
    /// Height of the status bar.
    pub status_bar_height: u32,
    /// Height of the navigation bar of a page.
    pub navigation_bar_height: u32,
    /// Height of the part at the bottom that gestures use.
    pub bottom_inset: u32,
    /// Grade of the device, −2 to 50; −1 where the platform does not tell.
    pub benchmark_level: i32,
    /// Memory in MiB.
    pub memory_mib: u32,
}

/// Height of the tab bar without the bottom inset.
const TAB_BAR_HEIGHT: u32 = 49;

const IPHONE: Phone = Phone {
    brand: "iPhone",
    model: "iPhone X",
    system: "iOS 16.7",
    pixel_ratio: 3.0,
    screen_width: 375,
    screen_height: 812,
    status_bar_height: 44,
    navigation_bar_height: 44,
    bottom_inset: 34,
    benchmark_level: -1,
    memory_mib: 3072,
};

const PIXEL: Phone = Phone {
    brand: "google",
    model: "Pixel 5",
    system: "Android 14",
    pixel_ratio: 2.75,
    screen_width: 393,
    screen_height: 851,
    status_bar_height: 24,
    navigation_bar_height: 48,
    bottom_inset: 0,
    benchmark_level: 27,
    memory_mib: 8192,
};

const COMPUTER: Phone = Phone {
    brand: "microsoft",
    model: "microsoft",
    system: "Windows 11 x64",
    pixel_ratio: 1.0,
    screen_width: 414,
    screen_height: 736,
    status_bar_height: 0,
    navigation_bar_height: 40,
    bottom_inset: 0,
    benchmark_level: -1,
    memory_mib: 16_384,
};

/// A rectangle on the screen: left, top, width, height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectangle {
    /// From the left edge.
    pub left: u32,
    /// From the top edge.
    pub top: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Phone {
    /// The device of a platform.
    pub fn of(platform: Platform) -> Self {
        match platform {
            Platform::Ios => IPHONE,
            Platform::Devtools => Self {
                brand: "devtools",
                ..IPHONE
            },
            Platform::Android => PIXEL,
            Platform::Ohos => Self {
                brand: "HUAWEI",
                model: "Mate 60",
                system: "HarmonyOS 5.0",
                ..PIXEL
            },
            Platform::Windows => COMPUTER,
            Platform::Mac => Self {
                brand: "apple",
                model: "MacBookPro18,1",
                system: "Mac OS X 14.5",
                ..COMPUTER
            },
        }
    }

    /// The part of the screen that nothing covers.
    pub fn safe_area(&self) -> Rectangle {
        let top = self.status_bar_height;
        Rectangle {
            left: 0,
            top,
            width: self.screen_width,
            height: self.screen_height - top - self.bottom_inset,
        }
    }

    /// The capsule with the menu at the top right.
    pub fn menu_button(&self) -> Rectangle {
        let (width, height) = (87, 32);
        let below = (self.navigation_bar_height - height) / 2;
        // iOS draws it two pixels above the middle.
        let top = self.status_bar_height + if below == 6 { 4 } else { below };
        Rectangle {
            left: self.screen_width - width - 7,
            top,
            width,
            height,
        }
    }
}

impl World {
    /// The device, its screen as it is held.
    pub fn phone(&self) -> Phone {
        let phone = Phone::of(self.profile.platform);
        match self.screen_size() {
            None => phone,
            Some((screen_width, screen_height)) => Phone {
                screen_width,
                screen_height,
                ..phone
            },
        }
    }

    /// Height of the page's own area: the screen without the bars.
    pub fn window_height(&self) -> u32 {
        let phone = self.phone();
        let tab_bar = if self.current_page().is_some_and(|page| page.tab) {
            TAB_BAR_HEIGHT + phone.bottom_inset
        } else {
            0
        };
        phone.screen_height - phone.status_bar_height - phone.navigation_bar_height - tab_bar
    }
}

#[cfg(test)]
mod tests {
    use super::{Phone, Rectangle};
    use crate::profile::{Platform, Profile};
    use crate::world::route::OpenFirstPage;
    use crate::world::{AppFacts, World};

    #[test]
    fn bars_take_their_part_of_the_window() {
        let app = AppFacts {
            pages: vec!["tab".into(), "page".into()],
            tab_pages: vec!["tab".into()],
            ..AppFacts::default()
        };
        let height = |path: &str| {
            let mut world = World::new(Profile::default(), app.clone(), 1);
            let open = OpenFirstPage {
                path: path.into(),
                query: Vec::new(),
            };
            world.apply(open).expect("the page exists");
            world.window_height()
        };
        assert_eq!((height("page"), height("tab")), (724, 641));
    }

    #[test]
    fn what_is_on_the_screen_lies_on_the_screen() {
        for platform in Platform::ALL {
            let phone = Phone::of(platform);
            for Rectangle {
                left,
                top,
                width,
                height,
            } in [phone.safe_area(), phone.menu_button()]
            {
                assert!(left + width <= phone.screen_width, "{platform:?}");
                assert!(top + height <= phone.screen_height, "{platform:?}");
            }
        }
        let capsule = Phone::of(Platform::Ios).menu_button();
        assert_eq!((capsule.left, capsule.top), (281, 48));
    }
}

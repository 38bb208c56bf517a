//! The navigation bar of each page, as far as the program changed it.
//!
//! Official pages: `api/ui/navigation-bar`. What was never changed is as in app.json and the page's
//! own JSON file. A change is for the page on top at that moment, also when it comes late.

use serde::{Deserialize, Serialize};

use super::route::PageId;
use super::{Change, World, sealed::Sealed};

/// What the program changed of a page's bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NavigationBar {
    /// The title; `None` as configured.
    pub title: Option<String>,
    /// Color of title and buttons, then of the bar; `None` as configured.
    pub colors: Option<(String, String)>,
    /// Whether the loading mark turns beside the title.
    pub loading: bool,
    /// Whether the button that leads to the home page was taken away.
    pub home_button_hidden: bool,
}

/// The bars of the open pages that were changed, by page.
pub(super) type NavigationBars = Vec<(PageId, NavigationBar)>;

/// One change of a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BarEdit {
    /// `setNavigationBarTitle`.
    Title(String),
    /// `setNavigationBarColor`: front, background.
    Colors(String, String),
    /// `showNavigationBarLoading` or `hideNavigationBarLoading`.
    Loading(bool),
    /// `hideHomeButton`.
    HideHomeButton,
}

/// Changes the bar of the page on top; no effect without a page.
#[derive(Clone, Debug)]
pub struct EditNavigationBar(pub BarEdit);

impl Sealed for EditNavigationBar {}
impl Change for EditNavigationBar {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Some(page) = world.current_page().map(|page| page.id) else {
            return;
        };
        let mut bars = std::mem::take(&mut world.navigation_bars);
        bars.retain(|(id, _)| world.page(*id).is_some());
        let mut bar = found(&bars, page).clone();
        match self.0 {
            BarEdit::Title(title) => bar.title = Some(title),
            BarEdit::Colors(front, background) => bar.colors = Some((front, background)),
            BarEdit::Loading(on) => bar.loading = on,
            BarEdit::HideHomeButton => bar.home_button_hidden = true,
        }
        bars.retain(|(id, _)| *id != page);
        bars.push((page, bar));
        world.navigation_bars = bars;
    }
}

const UNCHANGED: &NavigationBar = &NavigationBar {
    title: None,
    colors: None,
    loading: false,
    home_button_hidden: false,
};

impl World {
    /// What the program changed of a page's navigation bar.
    pub fn navigation_bar(&self, page: PageId) -> &NavigationBar {
        found(&self.navigation_bars, page)
    }
}

fn found(bars: &NavigationBars, page: PageId) -> &NavigationBar {
    let own = bars.iter().find(|(id, _)| *id == page);
    own.map_or(UNCHANGED, |(_, bar)| bar)
}

#[cfg(test)]
mod tests {
    use super::{BarEdit, EditNavigationBar};
    use crate::world::page_window::tests::{back, open, world};

    #[test]
    fn a_change_is_for_the_page_on_top_and_goes_with_it() {
        let mut world = world();
        let title = |text: &str| EditNavigationBar(BarEdit::Title(text.to_owned()));
        world.apply(title("lost"));
        let (home, other) = (open(&mut world, "pages/a/a"), open(&mut world, "pages/b/b"));
        world.apply(title("B"));
        world.apply(EditNavigationBar(BarEdit::Loading(true)));
        assert_eq!(world.navigation_bar(home).title, None);
        assert_eq!(world.navigation_bar(other).title.as_deref(), Some("B"));
        assert!(world.navigation_bar(other).loading);
        back(&mut world);
        world.apply(title("A"));
        assert_eq!(world.navigation_bar(home).title.as_deref(), Some("A"));
        assert_eq!(world.navigation_bar(other).title, None, "closed");
    }
}

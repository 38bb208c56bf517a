//! The tab bar, as far as the program changed it.
//!
//! Official pages: `api/ui/tab-bar`. All of its APIs need a tab page on top. A badge and a red dot
//! share one place: the later replaces the earlier. The changes end with the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};
use crate::errmsg::Reason;

/// The mark at the upper right of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Badge {
    /// None.
    #[default]
    None,
    /// A text.
    Text(String),
    /// A red dot.
    Dot,
}

/// What the program changed of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabItemState {
    /// Its mark.
    pub badge: Badge,
    /// Its label; `None` as configured.
    pub text: Option<String>,
    /// Its pictures, plain and selected; `None` as configured.
    pub icons: (Option<String>, Option<String>),
}

/// What the program changed of the bar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TabBarState {
    items: BTreeMap<usize, TabItemState>,
    hidden: bool,
    style: BTreeMap<String, String>,
}

impl TabBarState {
    fn item(&mut self, index: usize, tabs: usize) -> Result<&mut TabItemState, Reason> {
        if index >= tabs {
            return Err(Reason::TabItemNotFound);
        }
        Ok(self.items.entry(index).or_default())
    }
}

/// One change of the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabBarEdit {
    /// The mark of an item.
    Badge(usize, Badge),
    /// Label and pictures of an item; what is `None` stays.
    Item(usize, TabItemState),
    /// `color`, `selectedColor`, `backgroundColor`, `borderStyle`.
    Style(Vec<(String, String)>),
    /// Whether it is hidden.
    Hidden(bool),
}

/// Changes the tab bar.
#[derive(Clone, Debug)]
pub struct EditTabBar(pub TabBarEdit);

impl Sealed for EditTabBar {}
impl Change for EditTabBar {
    type Effect = Result<(), Reason>;

    fn apply(self, world: &mut World) -> Result<(), Reason> {
        if !world.current_page().is_some_and(|page| page.tab) {
            return Err(Reason::NotOnTabPage);
        }
        let tabs = world.app.tab_pages.len();
        let bar = &mut world.tab_bar;
        match self.0 {
            TabBarEdit::Badge(index, badge) => bar.item(index, tabs)?.badge = badge,
            TabBarEdit::Item(index, new) => {
                let item = bar.item(index, tabs)?;
                item.text = new.text.or(item.text.take());
                item.icons.0 = new.icons.0.or(item.icons.0.take());
                item.icons.1 = new.icons.1.or(item.icons.1.take());
            }
            TabBarEdit::Style(style) => bar.style.extend(style),
            TabBarEdit::Hidden(hidden) => bar.hidden = hidden,
        }
        Ok(())
    }
}

impl World {
    /// What the program changed of an item of the tab bar.
    pub fn tab_item(&self, index: usize) -> TabItemState {
        let item = self.tab_bar.items.get(&index);
        item.cloned().unwrap_or_default()
    }

    /// Whether the program hid the tab bar.
    pub fn is_tab_bar_hidden(&self) -> bool {
        self.tab_bar.hidden
    }

    /// A color or the border of the tab bar that the program set.
    pub fn tab_bar_style(&self, key: &str) -> Option<&str> {
        self.tab_bar.style.get(key).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Badge, EditTabBar, TabBarEdit, TabItemState};
    use crate::errmsg::Reason;
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::page_window::tests::open;
    use crate::world::{AppFacts, World};

    fn world(tabs: &[&str]) -> World {
        let pages = ["pages/a/a", "pages/b/b"].map(str::to_owned);
        let facts = AppFacts {
            pages: pages.to_vec(),
            tab_pages: tabs.iter().map(|tab| (*tab).to_owned()).collect(),
            ..AppFacts::default()
        };
        let mut world = World::new(Profile::default(), facts, 1);
        open(&mut world, "pages/a/a");
        world
    }

    fn badge(world: &mut World, index: usize, badge: Badge) -> Result<(), Reason> {
        world.apply(EditTabBar(TabBarEdit::Badge(index, badge)))
    }

    #[test]
    fn a_dot_replaces_a_badge_until_the_program_ends() {
        let mut world = world(&["pages/a/a", "pages/b/b"]);
        assert_eq!(badge(&mut world, 1, Badge::Text("9".into())), Ok(()));
        assert_eq!(world.tab_item(1).badge, Badge::Text("9".into()));
        assert_eq!(badge(&mut world, 1, Badge::Dot), Ok(()));
        assert_eq!(world.tab_item(1).badge, Badge::Dot);
        assert_eq!(world.tab_item(0).badge, Badge::None);
        world.apply(Kill);
        assert_eq!(world.tab_item(1).badge, Badge::None);
    }

    #[test]
    fn only_items_that_are_there_on_a_tab_page() {
        let missing = Err(Reason::TabItemNotFound);
        assert_eq!(badge(&mut world(&["pages/a/a"]), 1, Badge::Dot), missing);
        let elsewhere = Err(Reason::NotOnTabPage);
        assert_eq!(badge(&mut world(&["pages/b/b"]), 0, Badge::Dot), elsewhere);
    }

    #[test]
    fn what_is_not_named_stays() {
        let mut world = world(&["pages/a/a"]);
        for text in [Some("Me"), None] {
            let item = TabItemState {
                text: text.map(str::to_owned),
                ..TabItemState::default()
            };
            assert_eq!(world.apply(EditTabBar(TabBarEdit::Item(0, item))), Ok(()));
        }
        assert_eq!(world.tab_item(0).text.as_deref(), Some("Me"));
        let style = vec![("color".to_owned(), "#f00".to_owned())];
        assert_eq!(world.apply(EditTabBar(TabBarEdit::Style(style))), Ok(()));
        assert_eq!(world.tab_bar_style("color"), Some("#f00"));
        assert_eq!(world.apply(EditTabBar(TabBarEdit::Hidden(true))), Ok(()));
        assert!(world.is_tab_bar_hidden());
    }
}

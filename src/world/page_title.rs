//! How the page on top is called, and where it is: the defaults of cards.
//!
//! Official page: `component/button` (`send-message-title`, `send-message-path`).

use super::World;

impl World {
    /// The title in the navigation bar of the page on top; empty without a page.
    pub fn page_title(&self) -> &str {
        let Some(page) = self.current_page() else {
            return "";
        };
        let written = || self.app.page_titles.get(&page.route);
        let set = self.navigation_bar(page.id).title.as_ref();
        set.or_else(written).map_or("", String::as_str)
    }

    /// The page on top with its query; empty without a page.
    pub fn page_address(&self) -> String {
        let Some(page) = self.current_page() else {
            return String::new();
        };
        let pairs = page.query.iter();
        let pairs: Vec<_> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", page.route, pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use crate::world::navigation_bar::{BarEdit, EditNavigationBar};
    use crate::world::page_window::tests::{open, world};

    #[test]
    fn what_the_program_set_counts_before_what_is_written() {
        let mut world = world();
        assert_eq!((world.page_title(), &*world.page_address()), ("", ""));
        open(&mut world, "pages/a/a");
        assert_eq!(world.page_address(), "pages/a/a");
        open(&mut world, "pages/b/b?x=1&y=");
        assert_eq!(world.page_address(), "pages/b/b?x=1&y=");
        let titles = &mut world.app.page_titles;
        titles.insert("pages/b/b".into(), "written".into());
        assert_eq!(world.page_title(), "written");
        world.apply(EditNavigationBar(BarEdit::Title("set".into())));
        assert_eq!(world.page_title(), "set");
    }
}

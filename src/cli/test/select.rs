//! Which tests of a file run.

use serde::{Deserialize, Serialize};

/// What the flags choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Selection {
    /// A part of the titles, joined by ` › `; upper and lower case count alike.
    pub(super) title: Option<String>,
    /// Tags, one of which a test must have; those with `!` none.
    pub(super) tags: Vec<String>,
}

impl Selection {
    /// Whether a test runs.
    pub(super) fn takes(&self, titles: &[String], tags: &[String]) -> bool {
        let named = self.title.as_ref().is_none_or(|wanted| {
            let whole = titles.join(" › ").to_lowercase();
            let plain = titles.join(" ").to_lowercase();
            let wanted = wanted.to_lowercase();
            whole.contains(&wanted) || plain.contains(&wanted)
        });
        let tag = |text: &str| format!("@{}", text.trim_start_matches('@'));
        let mut refused = self.tags.iter().filter_map(|own| own.strip_prefix('!'));
        let mut wanted = self.tags.iter().filter(|own| !own.starts_with('!'));
        let is_refused = refused.any(|own| tags.contains(&tag(own)));
        let is_wanted = self.tags.iter().all(|own| own.starts_with('!'))
            || wanted.any(|own| tags.contains(&tag(own)));
        named && !is_refused && is_wanted
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;

    #[test]
    fn titles_and_tags_choose() {
        let titles = ["支付".to_owned(), "Cancels the order".to_owned()];
        let tags = ["@slow".to_owned(), "@pay".to_owned()];
        let takes = |title: Option<&str>, chosen: &[&str]| {
            let tags_chosen = chosen.iter().map(|tag| (*tag).to_owned()).collect();
            let title = title.map(str::to_owned);
            Selection {
                title,
                tags: tags_chosen,
            }
            .takes(&titles, &tags)
        };
        assert!(takes(None, &[]));
        assert!(takes(Some("cancels"), &[]) && takes(Some("支付 › Can"), &[]));
        assert!(!takes(Some("refund"), &[]));
        assert!(takes(None, &["pay", "other"]) && takes(None, &["@pay"]));
        assert!(!takes(None, &["other"]) && !takes(None, &["!slow"]) && takes(None, &["!other"]));
    }
}

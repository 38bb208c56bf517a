//! The addresses that routing APIs take: `/pages/a/a?x=1`, `../b/b`, `c`.
//!
//! A leading slash means the mini program's root; other addresses start in the folder of the
//! current page. The query stands behind the first `?` and is never decoded.
//!
//! Unverified: steps above the root are ignored; of a repeated name in the query the last value
//! counts.

/// An address, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageUrl {
    /// Full path without leading slash.
    pub(super) route: String,
    /// Names and values, in order of first appearance.
    pub(super) query: Vec<(String, String)>,
    /// The query's text; `None` without `?`.
    query_text: Option<String>,
}

impl PageUrl {
    /// Resolves an address against the route of the current page, if there is one.
    pub(super) fn resolve(url: &str, current: Option<&str>) -> Self {
        let (path, query) = url
            .split_once('?')
            .map_or((url, None), |(path, query)| (path, Some(query)));
        let route = if let Some(path) = path.strip_prefix('/') {
            joined("", path)
        } else {
            let folder = current
                .and_then(|route| route.rsplit_once('/'))
                .map_or("", |(up, _)| up);
            joined(folder, path)
        };
        let pairs = query.map(parse_query).unwrap_or_default();
        Self {
            route,
            query: pairs,
            query_text: query.map(str::to_owned),
        }
    }

    /// The resolved path with its query, as error texts quote it.
    pub(super) fn text(&self) -> String {
        match &self.query_text {
            Some(query) => format!("{}?{query}", self.route),
            None => self.route.clone(),
        }
    }
}

/// The path as seen from the folder, with `.` and `..` followed.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Names and values, not decoded; a name without `=` has an empty value.
fn parse_query(query: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for piece in query.split('&').filter(|piece| !piece.is_empty()) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        match pairs.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => pairs.push((name.to_owned(), value.to_owned())),
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::PageUrl;

    #[test]
    fn addresses_start_at_the_root_or_in_the_folder_of_the_current_page() {
        let cases = [
            ("/pages/b/b", "pages/b/b"),
            ("b", "pages/a/b"),
            ("./b", "pages/a/b"),
            ("../b/b", "pages/b/b"),
            ("../../../x", "x"),
            ("pages/b/b", "pages/a/pages/b/b"),
            ("/pages/a/../b/b", "pages/b/b"),
            ("/pages/b/", "pages/b/"),
            ("", "pages/a/"),
        ];
        for (url, route) in cases {
            assert_eq!(
                PageUrl::resolve(url, Some("pages/a/a")).route,
                route,
                "{url}"
            );
        }
        assert_eq!(
            PageUrl::resolve("pages/b/b", None).route,
            "pages/b/b",
            "no page yet"
        );
    }

    #[test]
    fn a_query_is_kept_as_written() {
        let url = PageUrl::resolve("/p?a=1&b=x%20y=?&&c&a=2", None);
        let pairs: Vec<_> = url
            .query
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(pairs, [("a", "2"), ("b", "x%20y=?"), ("c", "")]);
        assert_eq!(url.text(), "p?a=1&b=x%20y=?&&c&a=2");
        assert_eq!(PageUrl::resolve("/p?", None).text(), "p?");
    }
}

//! Where a redirect leads.
//!
//! Official page: `wx.request`, `redirect`.
//!
//! Unverified: 307 and 308 repeat the request; every other one becomes a GET without a body.

use super::exchange::Request;

/// Scheme and host of a URL.
pub fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    let end = url[host..].find(['/', '?', '#']);
    end.map_or(url, |at| &url[..host + at])
}

/// The request that follows an answer with a `location`.
pub fn redirected(request: &Request, location: &str, status: u16) -> Request {
    let url = resolved(&request.url, location);
    if status == 307 || status == 308 {
        return Request {
            url,
            ..request.clone()
        };
    }
    Request {
        method: "GET".to_owned(),
        url,
        body: String::new(),
    }
}

/// Where a `location` leads from a URL: it is whole, begins with `//` or `/`, or goes on from the
/// folder of the path.
fn resolved(base: &str, location: &str) -> String {
    let lower = location.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return location.to_owned();
    }
    if location.starts_with("//") {
        let scheme = base.split("//").next().unwrap_or_default();
        return format!("{scheme}{location}");
    }
    let origin = origin(base);
    let path = base[origin.len()..].split(['?', '#']).next();
    let path = path.unwrap_or_default();
    if location.starts_with(['?', '#']) {
        return format!("{origin}{path}{location}");
    }
    let end = location.find(['?', '#']).unwrap_or(location.len());
    let (relative, rest) = location.split_at(end);
    let folder = match relative.strip_prefix('/') {
        Some(_) => "",
        None => path.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let is_folder = matches!(relative.rsplit('/').next(), Some("" | "." | ".."));
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    let slash = if is_folder && !path.is_empty() {
        "/"
    } else {
        ""
    };
    format!("{origin}/{path}{slash}{rest}")
}

#[cfg(test)]
mod tests {
    use super::{origin, redirected, resolved};
    use crate::api::exchange::Request;

    #[test]
    fn a_redirect_goes_to_a_url_or_a_path() {
        let post = Request {
            method: "POST".into(),
            url: "https://a.example/b/c".into(),
            body: "{}".into(),
        };
        let next = redirected(&post, "/d", 302);
        assert_eq!(
            (next.method.as_str(), next.url.as_str()),
            ("GET", "https://a.example/d")
        );
        let next = redirected(&post, "https://b.example", 307);
        assert_eq!(
            (next.method.as_str(), next.url.as_str()),
            ("POST", "https://b.example")
        );
    }

    #[test]
    fn a_location_goes_on_from_the_url() {
        let base = "https://a.example/b/c?d=1#e";
        for (location, url) in [
            ("HTTP://b.example/x", "HTTP://b.example/x"),
            ("//b.example/x", "https://b.example/x"),
            ("/x?y=https://z", "https://a.example/x?y=https://z"),
            ("x", "https://a.example/b/x"),
            ("./x/", "https://a.example/b/x/"),
            ("../x/./y/../z", "https://a.example/x/z"),
            ("../../../x", "https://a.example/x"),
            ("..", "https://a.example/"),
            (".", "https://a.example/b/"),
            ("?q", "https://a.example/b/c?q"),
            ("#f", "https://a.example/b/c#f"),
        ] {
            assert_eq!(resolved(base, location), url, "{location}");
        }
        assert_eq!(resolved("https://a.example", "x"), "https://a.example/x");
        assert_eq!(origin("https://a.example:1?b/c"), "https://a.example:1");
    }
}

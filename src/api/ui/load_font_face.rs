//! `wx.loadFontFace`: loads a font for the page.
//!
//! Official page: `api/ui/font/wx.loadFontFace`.
//!
//! The view fetches the font, so the list of domains does not matter. A route for the address decides how it ends; without one it
//! ends well.
//!
//! Unverified: that `source` must be a text. Differs from the client: a failure has no `status`.

use crate::api::{Api, Cx, Reply, answer};
use crate::errmsg::{DeviceProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::connection::Connection;
use crate::world::network::{Fetch, Outcome};

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "loadFontFace",
    group: Group::Ui,
    summary: "Loads a font.",
    since: Version(2, 1, 0),
    params: &[
        Param::required("family", Class::String),
        Param::required("source", Class::String),
        Param::optional("desc", Class::Object),
        Param::since("global", Class::Boolean, Version(2, 10, 0)),
        Param::optional("scopes", Class::Array),
    ],
    fails: &[Reason::Device(DeviceProblem::FontNotLoaded)],
    differs: "Without a route for the address the font counts as loaded; a failure has no `status`.",
    examples: &[Example {
        title: "A font of the brand",
        js: "wx.loadFontFace({ family: 'Brand', source: 'url(\"https://a.example/brand.ttf\")' })",
        replies: "loadFontFace:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = answer(&SPEC, call);

fn call(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let source = options.get("source").as_str().unwrap_or_default();
    let url = address(source);
    if !url.starts_with("data:") {
        let offline = cx.world.connection() == Connection::None;
        let outcome = cx.world.apply(Fetch { method: "GET", url });
        let fails = match outcome {
            Some((_, Outcome::Response(response))) => response.status >= 400,
            Some(_) => true,
            None => false,
        };
        if offline || fails {
            return Err(Reason::Device(DeviceProblem::FontNotLoaded));
        }
    }
    Ok(vec![("status".to_owned(), "loaded".into())])
}

/// The address in `url("…")`, or the text itself.
fn address(source: &str) -> &str {
    let inner = source
        .trim()
        .strip_prefix("url(")
        .and_then(|rest| rest.strip_suffix(')'));
    let quoted = inner.unwrap_or(source).trim();
    quoted.trim_matches(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_source_is_an_address_in_several_clothes() {
        for source in [
            "https://a/b",
            "url(https://a/b)",
            "url(\"https://a/b\")",
            "url('https://a/b')",
        ] {
            assert_eq!(address(source), "https://a/b", "{source}");
        }
    }
}

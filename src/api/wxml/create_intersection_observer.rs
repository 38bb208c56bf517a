//! `wx.createIntersectionObserver`: hears when nodes come into sight.
//!
//! Official pages: `api/wxml/wx.createIntersectionObserver`, `api/wxml/IntersectionObserver`. A callback
//! runs when the part of a node that lies in all references comes to a threshold, looked at after each
//! change of the page and after it or a scroll-view scrolled. Without an owner it is about the page
//! on top. `this.createIntersectionObserver` is the same for its component.
//!
//! Differs from the client: rectangles come from an own layout with a table of text widths, see
//! `crate::view::layout`; `nativeMode` changes nothing.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createIntersectionObserver",
    group: Group::Wxml,
    summary: "Observes how much of nodes lies in other nodes or on the screen.",
    since: Version(1, 9, 3),
    form: Form::Script,
    examples: &[Example {
        title: "A picture comes into sight",
        js: "const observer = wx.createIntersectionObserver();\n\
             observer.relativeToViewport({ bottom: 100 }).observe('.picture', () => observer.disconnect());",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};

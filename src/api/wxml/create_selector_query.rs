//! `wx.createSelectorQuery`: asks for facts of nodes of the page.
//!
//! Official page: `api/wxml/wx.createSelectorQuery`. The chain of `select`, `fields` and their kin is a
//! matter of script; `exec` sends it, and the answers come after the view has taken over the data
//! that was set before. Without `in` a query is about the page on top.
//!
//! Differs from the client: rectangles come from an own layout with a table of text widths, see
//! `crate::view::layout`.

use crate::api::{Api, Behaviour};
use crate::spec::{ApiSpec, Example, Form, Group};
use crate::version::Version;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "createSelectorQuery",
    group: Group::Wxml,
    summary: "Asks for facts of nodes of the page.",
    since: Version(1, 4, 0),
    form: Form::Script,
    examples: &[Example {
        title: "How often a node is there",
        js: "const query = wx.createSelectorQuery();\n\
             query.selectAll('.none').fields({ dataset: true }, (nodes) => console.log(nodes.length)).exec()",
        replies: "",
    }],
    ..ApiSpec::SYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Script,
};

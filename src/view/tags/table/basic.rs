//! Basic content: icon, text and what shows only something.
//!
//! Official pages: `component/` and the name of each tag.

use crate::view::tags::Tag;
use crate::view::tags::attribute::{V1, any, event, flag, length, number, text, v};

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    Tag {
        name: "icon",
        since: V1,
        container: false,
        inert: false,
        attributes: &[
            text("type", "", V1),
            length("size", Some(23.0), V1),
            text("color", "", V1),
        ],
        events: &[],
    },
    Tag {
        name: "progress",
        since: V1,
        container: false,
        inert: false,
        attributes: &[
            number("percent", None, V1),
            flag("show-info", false, V1),
            length("border-radius", Some(0.0), v(2, 3, 1)),
            length("font-size", Some(16.0), v(2, 3, 1)),
            length("stroke-width", Some(6.0), V1),
            text("color", "#09BB07", V1),
            text("activeColor", "#09BB07", V1),
            text("backgroundColor", "#EBEBEB", V1),
            flag("active", false, V1),
            text("active-mode", "backwards", v(1, 7, 0)),
            number("duration", Some(30.0), v(2, 8, 2)),
        ],
        events: &[event("activeend", v(2, 4, 1))],
    },
    Tag {
        name: "rich-text",
        since: v(1, 4, 0),
        container: false,
        inert: false,
        attributes: &[
            any("nodes", v(1, 4, 0)),
            text("space", "", v(2, 4, 1)).words(&[
                ("ensp", v(2, 4, 1)),
                ("emsp", v(2, 4, 1)),
                ("nbsp", v(2, 4, 1)),
            ]),
            flag("user-select", false, v(2, 24, 0)),
            text("mode", "default", v(1, 4, 0)).words(&[
                ("default", v(1, 4, 0)),
                ("compat", v(1, 4, 0)),
                ("aggressive", v(1, 4, 0)),
                ("inline-block", v(1, 4, 0)),
                ("web", v(1, 4, 0)),
                ("web-static", v(1, 4, 0)),
            ]),
        ],
        events: &[],
    },
    Tag {
        name: "selection",
        since: v(3, 6, 4),
        container: true,
        inert: true,
        attributes: &[flag("disable-context-menu", false, v(3, 6, 4))],
        events: &[event("selectionchange", v(3, 6, 4))],
    },
    Tag {
        name: "text",
        since: V1,
        container: true,
        inert: false,
        attributes: &[
            flag("selectable", false, v(1, 1, 0)),
            flag("user-select", false, v(2, 12, 1)),
            text("overflow", "visible", V1).words(&[
                ("clip", V1),
                ("fade", V1),
                ("ellipsis", V1),
                ("visible", V1),
            ]),
            number("max-lines", None, V1),
            flag("select-on-gesture", true, V1),
            text("space", "", v(1, 4, 0)).words(&[
                ("ensp", v(1, 4, 0)),
                ("emsp", v(1, 4, 0)),
                ("nbsp", v(1, 4, 0)),
            ]),
            flag("decode", false, v(1, 4, 0)),
        ],
        events: &[],
    },
    Tag {
        name: "span",
        since: v(2, 29, 0),
        container: true,
        inert: false,
        attributes: &[],
        events: &[],
    },
];

//! Navigation and the configuration of a page.
//!
//! Official pages: `component/` and the name of each tag.

use crate::view::tags::Tag;
use crate::view::tags::attribute::{V1, event, flag, number, object, text, v};

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    Tag {
        name: "navigator",
        since: V1,
        container: true,
        inert: false,
        attributes: &[
            text("target", "self", v(2, 0, 7))
                .words(&[("self", v(2, 0, 7)), ("miniProgram", v(2, 0, 7))]),
            text("url", "", V1),
            text("open-type", "navigate", V1).words(&[
                ("navigate", V1),
                ("redirect", V1),
                ("switchTab", V1),
                ("reLaunch", v(1, 1, 0)),
                ("navigateBack", v(1, 1, 0)),
                ("exit", v(2, 1, 0)),
            ]),
            number("delta", Some(1.0), V1),
            text("app-id", "", v(2, 0, 7)),
            text("path", "", v(2, 0, 7)),
            object("extra-data", v(2, 0, 7)),
            text("version", "release", v(2, 0, 7)).words(&[
                ("develop", v(2, 0, 7)),
                ("trial", v(2, 0, 7)),
                ("release", v(2, 0, 7)),
            ]),
            text("short-link", "", v(2, 18, 1)),
            text("hover-class", "navigator-hover", V1),
            flag("hover-stop-propagation", false, v(1, 5, 0)),
            number("hover-start-time", Some(50.0), V1),
            number("hover-stay-time", Some(600.0), V1),
            flag("redirect", false, V1),
        ],
        events: &[
            event("success", v(2, 0, 7)),
            event("fail", v(2, 0, 7)),
            event("complete", v(2, 0, 7)),
        ],
    },
    Tag {
        name: "functional-page-navigator",
        since: v(2, 1, 0),
        container: true,
        inert: true,
        attributes: &[
            text("version", "release", v(2, 1, 0)).words(&[
                ("develop", v(2, 1, 0)),
                ("trial", v(2, 1, 0)),
                ("release", v(2, 1, 0)),
            ]),
            text("name", "", v(2, 1, 0)).words(&[
                ("loginAndGetUserInfo", v(2, 1, 0)),
                ("requestPayment", v(2, 1, 0)),
                ("chooseAddress", v(2, 4, 0)),
                ("chooseInvoice", v(2, 14, 1)),
                ("chooseInvoiceTitle", v(2, 14, 1)),
            ]),
            object("args", v(2, 1, 0)),
        ],
        events: &[
            event("success", v(2, 1, 0)),
            event("fail", v(2, 1, 0)),
            event("cancel", v(2, 4, 1)),
        ],
    },
    Tag {
        name: "page-meta",
        since: v(2, 9, 0),
        container: true,
        inert: false,
        attributes: &[
            text("background-text-style", "", v(2, 9, 0)),
            text("background-color", "", v(2, 9, 0)),
            text("background-color-top", "", v(2, 9, 0)),
            text("background-color-bottom", "", v(2, 9, 0)),
            text("root-background-color", "", v(2, 12, 1)),
            text("page-style", "", v(2, 9, 0)),
            text("page-font-size", "", v(2, 11, 0)),
            text("root-font-size", "", v(2, 9, 0)),
            text("page-orientation", "", v(2, 12, 0)),
            text("scroll-top", "", v(2, 9, 0)),
            number("scroll-duration", Some(300.0), v(2, 9, 0)),
        ],
        events: &[
            event("resize", v(2, 9, 0)),
            event("scroll", v(2, 9, 0)),
            event("scrolldone", v(2, 9, 0)),
        ],
    },
    Tag {
        name: "navigation-bar",
        since: v(2, 9, 0),
        container: true,
        inert: true,
        attributes: &[
            text("title", "", v(2, 9, 0)),
            flag("loading", false, v(2, 9, 0)),
            text("front-color", "", v(2, 9, 0)),
            text("background-color", "", v(2, 9, 0)),
            number("color-animation-duration", Some(0.0), v(2, 9, 0)),
            text("color-animation-timing-func", "linear", v(2, 9, 0)),
        ],
        events: &[],
    },
];

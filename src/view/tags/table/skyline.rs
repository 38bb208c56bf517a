//! What the Skyline renderer adds.
//!
//! Official pages: `component/` and the name of each tag.

use crate::view::tags::attribute::{V1, event, flag, list, number, text, v};
use crate::view::tags::{Attr, Tag};

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    Tag {
        name: "draggable-sheet",
        since: v(3, 2, 0),
        container: true,
        inert: true,
        attributes: &[
            number("initial-child-size", Some(0.5), v(3, 2, 0)),
            number("min-child-size", Some(0.25), v(3, 2, 0)),
            number("max-child-size", Some(1.0), v(3, 2, 0)),
            flag("snap", false, v(3, 2, 0)),
            list("snap-sizes", v(3, 2, 0)),
        ],
        events: &[],
    },
    Tag {
        name: "grid-view",
        since: v(2, 29, 0),
        container: true,
        inert: true,
        attributes: &[
            text("type", "aligned", v(2, 29, 0))
                .words(&[("aligned", v(2, 29, 0)), ("masonry", v(2, 29, 0))]),
            number("cross-axis-count", Some(2.0), v(2, 29, 0)),
            number("max-cross-axis-extent", Some(0.0), v(2, 29, 0)),
            number("main-axis-gap", Some(0.0), v(2, 29, 0)),
            number("cross-axis-gap", Some(0.0), v(2, 29, 0)),
            list("padding", v(3, 0, 0)),
        ],
        events: &[],
    },
    Tag {
        name: "grid-builder",
        since: v(3, 4, 0),
        container: true,
        inert: true,
        attributes: &[
            list("padding", v(3, 4, 0)),
            list("list", v(3, 4, 0)),
            number("child-count", None, v(3, 4, 0)),
            text("type", "aligned", v(3, 4, 0))
                .words(&[("aligned", v(3, 4, 0)), ("masonry", v(3, 4, 0))]),
            number("cross-axis-count", Some(2.0), v(3, 4, 0)),
            number("max-cross-axis-extent", Some(0.0), v(3, 4, 0)),
            number("main-axis-gap", Some(0.0), v(3, 4, 0)),
            number("cross-axis-gap", Some(0.0), v(3, 4, 0)),
        ],
        events: &[
            event("itembuild", v(3, 4, 0)),
            event("itemdispose", v(3, 4, 0)),
        ],
    },
    Tag {
        name: "list-view",
        since: v(2, 29, 0),
        container: true,
        inert: true,
        attributes: &[list("padding", v(3, 0, 0))],
        events: &[],
    },
    Tag {
        name: "list-builder",
        since: v(3, 3, 0),
        container: true,
        inert: true,
        attributes: &[
            list("padding", v(3, 3, 0)),
            text("type", "static", v(3, 3, 0))
                .words(&[("static", v(3, 3, 0)), ("dynamic", v(3, 3, 0))]),
            list("list", v(3, 3, 0)),
            number("child-count", None, v(3, 3, 0)),
            number("child-height", None, v(3, 3, 0)),
            number("initial-child-count", Some(0.0), v(3, 7, 12)),
        ],
        events: &[
            event("itembuild", v(3, 3, 0)),
            event("itemdispose", v(3, 3, 0)),
        ],
    },
    Tag {
        name: "nested-scroll-header",
        since: v(3, 2, 0),
        container: true,
        inert: true,
        attributes: &[],
        events: &[],
    },
    Tag {
        name: "nested-scroll-body",
        since: v(3, 2, 0),
        container: true,
        inert: true,
        attributes: &[number("offset-top", Some(0.0), v(3, 6, 2))],
        events: &[],
    },
    Tag {
        name: "open-container",
        since: v(3, 4, 0),
        container: true,
        inert: true,
        attributes: &[
            text("closed-color", "white", v(3, 4, 0)),
            number("closed-elevation", Some(0.0), v(3, 4, 0)),
            number("closed-border-radius", Some(0.0), v(3, 4, 0)),
            text("middle-color", "", v(3, 4, 0)),
            text("open-color", "white", v(3, 4, 0)),
            number("open-elevation", Some(0.0), v(3, 4, 0)),
            number("open-border-radius", Some(0.0), v(3, 4, 0)),
            number("transition-duration", Some(300.0), v(3, 4, 0)),
            text("transition-type", "fade", v(3, 4, 0))
                .words(&[("fade", v(3, 4, 0)), ("fadeThrough", v(3, 4, 0))]),
        ],
        events: &[],
    },
    Tag {
        name: "open-data-list",
        since: v(3, 7, 8),
        container: true,
        inert: true,
        attributes: &[
            text("type", "", v(3, 7, 8)).words(&[("groupMembers", v(3, 7, 8))]),
            list("members", v(3, 7, 8)),
        ],
        events: &[],
    },
    Tag {
        name: "open-data-item",
        since: v(3, 7, 8),
        container: true,
        inert: true,
        attributes: &[
            text("type", "", v(3, 7, 8))
                .words(&[("userNickName", v(3, 7, 8)), ("userAvatar", v(3, 7, 8))]),
            number("index", None, v(3, 7, 8)),
        ],
        events: &[],
    },
    Tag {
        name: "snapshot",
        since: v(3, 0, 1),
        container: true,
        inert: true,
        attributes: &[text("mode", "view", v(3, 0, 1))
            .words(&[("view", v(3, 1, 0)), ("picture", v(3, 1, 0))])],
        events: &[],
    },
    Tag {
        name: "sticky-header",
        since: v(2, 29, 0),
        container: true,
        inert: true,
        attributes: &[
            number("offset-top", Some(0.0), v(3, 0, 0)),
            flag("allow-overlapping", false, v(3, 7, 11)),
            list("padding", v(3, 0, 0)),
        ],
        events: &[event("stickontopchange", v(3, 6, 2))],
    },
    Tag {
        name: "sticky-section",
        since: v(2, 29, 0),
        container: true,
        inert: true,
        attributes: &[
            flag("push-pinned-header", true, v(2, 29, 0)),
            list("padding", v(3, 0, 0)),
        ],
        events: &[],
    },
    gesture_handler("double-tap-gesture-handler"),
    gesture_handler("force-press-gesture-handler"),
    gesture_handler("horizontal-drag-gesture-handler"),
    gesture_handler("long-press-gesture-handler"),
    gesture_handler("pan-gesture-handler"),
    gesture_handler("scale-gesture-handler"),
    gesture_handler("tap-gesture-handler"),
    gesture_handler("vertical-drag-gesture-handler"),
];

/// A tag that lets WXS or a worklet handle a gesture: they differ in the gesture only.
const fn gesture_handler(name: &'static str) -> Tag {
    Tag {
        name,
        since: V1,
        container: true,
        inert: true,
        attributes: GESTURE_HANDLER,
        events: &[],
    }
}

const GESTURE_HANDLER: &[Attr] = &[
    text("tag", "", V1),
    list("simultaneous-handlers", V1),
    text("native-view", "", V1),
];

//! Map and canvas.
//!
//! Official pages: `component/` and the name of each tag.

use crate::view::tags::Tag;
use crate::view::tags::attribute::{V1, event, flag, list, number, object, text, v};

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    Tag {
        name: "map",
        since: V1,
        container: true,
        inert: false,
        attributes: &[
            number("longitude", None, V1),
            number("latitude", None, V1),
            number("scale", Some(16.0), V1),
            number("min-scale", Some(3.0), v(2, 13, 0)),
            number("max-scale", Some(20.0), v(2, 13, 0)),
            list("markers", V1),
            list("covers", V1),
            list("polyline", V1),
            list("circles", V1),
            list("controls", V1),
            list("include-points", V1),
            flag("show-location", false, V1),
            list("polygons", v(2, 3, 0)),
            text("subkey", "", v(2, 3, 0)),
            number("layer-style", Some(1.0), V1),
            number("rotate", Some(0.0), v(2, 5, 0)),
            number("skew", Some(0.0), v(2, 5, 0)),
            flag("enable-3D", false, v(2, 3, 0)),
            flag("show-compass", false, v(2, 3, 0)),
            flag("show-scale", false, v(2, 8, 0)),
            flag("enable-overlooking", false, v(2, 3, 0)),
            flag("enable-auto-max-overlooking", false, v(2, 26, 0)),
            flag("enable-zoom", true, v(2, 3, 0)),
            flag("enable-scroll", true, v(2, 3, 0)),
            flag("enable-rotate", false, v(2, 3, 0)),
            flag("enable-satellite", false, v(2, 7, 0)),
            flag("enable-traffic", false, v(2, 7, 0)),
            flag("enable-poi", true, v(2, 14, 0)),
            flag("enable-building", false, v(2, 14, 0)),
            object("setting", v(2, 8, 2)),
        ],
        events: &[
            event("tap", V1),
            event("markertap", V1),
            event("labeltap", v(2, 9, 0)),
            event("controltap", V1),
            event("callouttap", v(1, 2, 0)),
            event("updated", v(1, 6, 0)),
            event("regionchange", v(2, 3, 0)),
            event("poitap", v(2, 3, 0)),
            event("polylinetap", v(3, 1, 0)),
            event("abilitysuccess", V1),
            event("abilityfail", V1),
            event("authsuccess", V1),
            event("interpolatepoint", V1),
            event("error", V1),
        ],
    },
    Tag {
        name: "canvas",
        since: V1,
        container: true,
        inert: false,
        attributes: &[
            text("type", "", v(2, 7, 0)),
            text("canvas-id", "", V1),
            flag("disable-scroll", false, V1),
        ],
        events: &[
            event("touchstart", V1),
            event("touchmove", V1),
            event("touchend", V1),
            event("touchcancel", V1),
            event("longtap", V1),
            event("error", V1),
        ],
    },
];

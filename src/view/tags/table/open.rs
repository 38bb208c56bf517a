//! Open capabilities: advertisements, data and shops of the platform.
//!
//! Official pages: `component/` and the name of each tag.

use crate::view::tags::Tag;
use crate::view::tags::attribute::{color, event, flag, number, object, text, v};

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    Tag {
        name: "ad",
        since: v(1, 9, 94),
        container: false,
        inert: false,
        attributes: &[
            text("unit-id", "", v(1, 9, 94)),
            number("ad-intervals", None, v(2, 3, 1)),
            text("ad-type", "banner", v(2, 8, 0)),
            text("ad-theme", "white", v(2, 8, 0)),
        ],
        events: &[
            event("load", v(2, 2, 1)),
            event("error", v(2, 2, 1)),
            event("close", v(2, 6, 5)),
        ],
    },
    Tag {
        name: "ad-custom",
        since: v(2, 10, 4),
        container: false,
        inert: false,
        attributes: &[
            text("unit-id", "", v(2, 10, 4)),
            number("ad-intervals", None, v(2, 10, 4)),
        ],
        events: &[event("load", v(2, 10, 4)), event("error", v(2, 10, 4))],
    },
    Tag {
        name: "official-account",
        since: v(2, 3, 0),
        container: false,
        inert: true,
        attributes: &[],
        events: &[event("load", v(2, 3, 0)), event("error", v(2, 3, 0))],
    },
    Tag {
        name: "official-account-publish",
        since: v(3, 9, 3),
        container: false,
        inert: true,
        attributes: &[
            text("topic", "", v(3, 9, 3)),
            number("limit", Some(4.0), v(3, 10, 3)),
            color("background-color", "#f7f7f7", v(3, 9, 3)),
            flag("color-unity", false, v(3, 9, 3)),
            text("placeholder", "来写下第一条吧", v(3, 10, 2)),
            flag("show-related", true, v(3, 16, 0)),
            text("recommend-path", "", v(3, 16, 1)),
            text("recommend-title", "", v(3, 16, 1)),
        ],
        events: &[
            event("error", v(3, 9, 3)),
            event("empty", v(3, 9, 3)),
            event("publishsuccess", v(3, 11, 3)),
            event("publishfail", v(3, 11, 3)),
        ],
    },
    Tag {
        name: "open-data",
        since: v(1, 4, 0),
        container: false,
        inert: true,
        attributes: &[
            text("type", "", v(1, 4, 0)).words(&[
                ("groupName", v(1, 4, 0)),
                ("userNickName", v(1, 9, 90)),
                ("userAvatarUrl", v(1, 9, 90)),
                ("userGender", v(1, 9, 90)),
                ("userCity", v(1, 9, 90)),
                ("userProvince", v(1, 9, 90)),
                ("userCountry", v(1, 9, 90)),
                ("userLanguage", v(1, 9, 90)),
            ]),
            text("open-gid", "", v(1, 4, 0)),
            text("lang", "en", v(1, 4, 0)).words(&[
                ("en", v(1, 4, 0)),
                ("zh_CN", v(1, 4, 0)),
                ("zh_TW", v(1, 4, 0)),
            ]),
            text("default-text", "", v(2, 8, 1)),
            text("default-avatar", "", v(2, 8, 1)),
        ],
        events: &[event("error", v(2, 8, 1))],
    },
    Tag {
        name: "web-view",
        since: v(1, 6, 4),
        container: false,
        inert: false,
        attributes: &[text("src", "", v(1, 6, 4))],
        events: &[
            event("message", v(1, 6, 4)),
            event("load", v(1, 6, 4)),
            event("error", v(1, 6, 4)),
        ],
    },
    Tag {
        name: "store-product",
        since: v(3, 5, 5),
        container: true,
        inert: true,
        attributes: &[
            text("appid", "", v(3, 5, 5)),
            text("product-id", "", v(3, 5, 5)),
            text("product-promotion-link", "", v(3, 5, 5)),
            text("media-id", "", v(3, 7, 1)),
            object("custom-style", v(3, 7, 1)),
            flag("custom-content", false, v(3, 7, 2)),
            text("open-page", "product-detail", v(3, 7, 4)).words(&[
                ("product-detail", v(3, 7, 4)),
                ("gift-product-detail", v(3, 7, 7)),
                ("buy", v(3, 7, 4)),
                ("gift", v(3, 15, 1)),
            ]),
            text("logo-position", "bottom-left", v(3, 7, 2))
                .words(&[("bottom-left", v(3, 7, 2)), ("bottom-right", v(3, 7, 2))]),
        ],
        events: &[
            event("entersuccess", v(3, 7, 1)),
            event("entererror", v(3, 7, 1)),
        ],
    },
    Tag {
        name: "store-gift",
        since: v(3, 8, 10),
        container: true,
        inert: true,
        attributes: &[
            text("present-order-id", "", v(3, 8, 10)),
            text("open-id", "", v(3, 8, 10)),
            flag("show-gift-card", true, v(3, 8, 10)),
        ],
        events: &[event("success", v(3, 8, 10)), event("error", v(3, 8, 10))],
    },
    Tag {
        name: "store-home",
        since: v(3, 5, 5),
        container: false,
        inert: true,
        attributes: &[text("appid", "", v(3, 5, 5))],
        events: &[],
    },
    Tag {
        name: "store-coupon",
        since: v(3, 8, 3),
        container: false,
        inert: true,
        attributes: &[
            text("appid", "", v(3, 8, 3)),
            text("coupon-id", "", v(3, 8, 3)),
            object("custom-style", v(3, 8, 3)),
            text("promoter-share-link", "", v(3, 8, 11)),
        ],
        events: &[
            event("entersuccess", v(3, 8, 3)),
            event("entererror", v(3, 8, 3)),
        ],
    },
];

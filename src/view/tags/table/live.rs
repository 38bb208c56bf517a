//! Media from and to other people.
//!
//! Official pages: `component/` and the name of each tag.

use crate::view::tags::Tag;
use crate::view::tags::attribute::{any, event, flag, number, text, v};

/// The tags of this family.
pub(super) const TAGS: &[Tag] = &[
    Tag {
        name: "live-player",
        since: v(1, 7, 0),
        container: true,
        inert: false,
        attributes: &[
            text("src", "", v(1, 7, 0)),
            text("mode", "live", v(1, 7, 0)).words(&[("live", v(1, 7, 0)), ("RTC", v(1, 7, 0))]),
            flag("autoplay", false, v(1, 7, 0)),
            flag("muted", false, v(1, 7, 0)),
            text("orientation", "vertical", v(1, 7, 0))
                .words(&[("vertical", v(1, 7, 0)), ("horizontal", v(1, 7, 0))]),
            text("object-fit", "contain", v(1, 7, 0))
                .words(&[("contain", v(1, 7, 0)), ("fillCrop", v(1, 7, 0))]),
            flag("background-mute", false, v(1, 7, 0)),
            number("min-cache", Some(1.0), v(1, 7, 0)),
            number("max-cache", Some(3.0), v(1, 7, 0)),
            text("sound-mode", "speaker", v(1, 9, 90))
                .words(&[("speaker", v(1, 9, 90)), ("ear", v(1, 9, 90))]),
            flag("auto-pause-if-navigate", true, v(2, 5, 0)),
            flag("auto-pause-if-open-native", true, v(2, 5, 0)),
            any("picture-in-picture-mode", v(2, 10, 3))
                .words(&[("push", v(2, 10, 3)), ("pop", v(2, 10, 3))]),
            text("picture-in-picture-init-position", "", v(3, 3, 0)),
            flag("enable-system-pip", true, v(3, 14, 1)),
            flag("enable-auto-rotation", false, v(2, 11, 0)),
            text("referrer-policy", "no-referrer", v(2, 13, 0))
                .words(&[("origin", v(2, 13, 0)), ("no-referrer", v(2, 13, 0))]),
            flag("enable-casting", false, v(2, 32, 0)),
            flag("mute-on-audio-conflict", false, v(3, 16, 2)),
        ],
        events: &[
            event("statechange", v(1, 7, 0)),
            event("fullscreenchange", v(1, 7, 0)),
            event("netstatus", v(1, 9, 0)),
            event("audiovolumenotify", v(2, 10, 0)),
            event("enterpictureinpicture", v(2, 11, 0)),
            event("leavepictureinpicture", v(2, 11, 0)),
            event("castinguserselect", v(2, 32, 0)),
            event("castingstatechange", v(2, 32, 0)),
            event("castinginterrupt", v(2, 32, 0)),
        ],
    },
    Tag {
        name: "live-pusher",
        since: v(1, 7, 0),
        container: false,
        inert: false,
        attributes: &[
            text("url", "", v(1, 7, 0)),
            text("mode", "RTC", v(1, 7, 0)).words(&[
                ("QVGA", v(3, 5, 0)),
                ("HVGA", v(3, 5, 0)),
                ("SD", v(1, 7, 0)),
                ("HD", v(1, 7, 0)),
                ("FHD", v(1, 7, 0)),
                ("RTC", v(1, 7, 0)),
            ]),
            flag("autopush", false, v(1, 7, 0)),
            flag("enableVideoCustomRender", false, v(2, 29, 0)),
            flag("muted", false, v(1, 7, 0)),
            flag("enable-camera", true, v(1, 7, 0)),
            flag("auto-focus", true, v(1, 7, 0)),
            text("orientation", "vertical", v(1, 7, 0))
                .words(&[("vertical", v(1, 7, 0)), ("horizontal", v(1, 7, 0))]),
            number("beauty", Some(0.0), v(1, 7, 0)),
            number("whiteness", Some(0.0), v(1, 7, 0)),
            text("aspect", "9:16", v(1, 7, 0)),
            number("min-bitrate", Some(200.0), v(1, 7, 0)),
            number("max-bitrate", Some(1000.0), v(1, 7, 0)),
            text("audio-quality", "high", v(1, 7, 0)),
            text("waiting-image", "", v(1, 7, 0)),
            text("waiting-image-hash", "", v(1, 7, 0)),
            flag("zoom", false, v(2, 1, 0)),
            text("device-position", "front", v(2, 3, 0)),
            flag("background-mute", false, v(1, 7, 0)),
            flag("mirror", false, v(2, 7, 0)),
            flag("remote-mirror", false, v(2, 10, 0)),
            text("local-mirror", "auto", v(2, 10, 0)).words(&[
                ("auto", v(2, 10, 0)),
                ("enable", v(2, 10, 0)),
                ("disable", v(2, 10, 0)),
            ]),
            number("audio-reverb-type", Some(0.0), v(2, 10, 0)),
            flag("enable-mic", true, v(2, 10, 0)),
            flag("enable-agc", false, v(2, 10, 0)),
            flag("enable-ans", false, v(2, 10, 0)),
            text("audio-volume-type", "auto", v(2, 10, 0)).words(&[
                ("auto", v(2, 10, 0)),
                ("media", v(2, 10, 0)),
                ("voicecall", v(2, 10, 0)),
            ]),
            number("video-width", Some(360.0), v(2, 10, 0)),
            number("video-height", Some(640.0), v(2, 10, 0)),
            text("beauty-style", "smooth", v(2, 12, 0))
                .words(&[("smooth", v(2, 12, 0)), ("nature", v(2, 12, 0))]),
            text("filter", "standard", v(2, 12, 0)).words(&[
                ("standard", v(2, 12, 0)),
                ("pink", v(2, 12, 0)),
                ("nostalgia", v(2, 12, 0)),
                ("blues", v(2, 12, 0)),
                ("romantic", v(2, 12, 0)),
                ("cool", v(2, 12, 0)),
                ("fresher", v(2, 12, 0)),
                ("solor", v(2, 12, 0)),
                ("aestheticism", v(2, 12, 0)),
                ("whitening", v(2, 12, 0)),
                ("cerisered", v(2, 12, 0)),
            ]),
            any("picture-in-picture-mode", v(2, 25, 0))
                .words(&[("push", v(2, 25, 0)), ("pop", v(2, 25, 0))]),
            number("voice-changer-type", Some(0.0), v(2, 31, 0)),
            flag("custom-effect", false, v(2, 29, 1)),
            number("skin-whiteness", Some(0.0), v(2, 29, 1)),
            number("skin-smoothness", Some(0.0), v(2, 29, 1)),
            number("face-thinness", Some(0.0), v(2, 29, 1)),
            number("eye-bigness", Some(0.0), v(2, 29, 1)),
            number("fps", Some(15.0), v(2, 31, 0)),
            flag("mute-on-audio-conflict", false, v(3, 16, 2)),
        ],
        events: &[
            event("statechange", v(1, 7, 0)),
            event("netstatus", v(1, 9, 0)),
            event("error", v(1, 7, 4)),
            event("bgmstart", v(2, 4, 0)),
            event("bgmprogress", v(2, 4, 0)),
            event("bgmcomplete", v(2, 4, 0)),
            event("audiovolumenotify", v(2, 12, 0)),
            event("enterpictureinpicture", v(2, 25, 0)),
            event("leavepictureinpicture", v(2, 25, 0)),
        ],
    },
    Tag {
        name: "voip-room",
        since: v(2, 11, 0),
        container: false,
        inert: true,
        attributes: &[
            text("openid", "", v(2, 11, 0)),
            text("mode", "camera", v(2, 11, 0))
                .words(&[("camera", v(2, 11, 0)), ("video", v(2, 11, 0))]),
            text("device-position", "front", v(2, 11, 0))
                .words(&[("front", v(2, 11, 0)), ("back", v(2, 11, 0))]),
            text("object-fit", "fill", v(2, 29, 0)).words(&[
                ("fill", v(2, 29, 0)),
                ("contain", v(2, 29, 0)),
                ("cover", v(2, 29, 0)),
            ]),
        ],
        events: &[event("error", v(2, 11, 0))],
    },
    Tag {
        name: "channel-live",
        since: v(2, 29, 0),
        container: false,
        inert: true,
        attributes: &[
            text("feed-id", "", v(2, 29, 0)),
            text("finder-user-name", "", v(2, 29, 0)),
        ],
        events: &[],
    },
    Tag {
        name: "channel-video",
        since: v(2, 25, 1),
        container: false,
        inert: true,
        attributes: &[
            text("feed-id", "", v(2, 25, 1)),
            text("finder-user-name", "", v(2, 25, 1)),
            text("feed-token", "", v(2, 31, 1)),
            flag("autoplay", false, v(2, 31, 1)),
            flag("loop", false, v(2, 25, 1)),
            flag("muted", false, v(2, 25, 1)),
            text("object-fit", "contain", v(2, 25, 1)).words(&[
                ("contain", v(2, 25, 1)),
                ("fill", v(2, 25, 1)),
                ("cover", v(2, 25, 1)),
            ]),
        ],
        events: &[event("error", v(2, 25, 1))],
    },
];

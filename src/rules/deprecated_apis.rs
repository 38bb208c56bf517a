//! Members of `wx` that the platform has given up, as the official typings say.

use crate::version::Version;

/// A member that was given up.
pub(super) struct Deprecated {
    /// Its name.
    pub(super) name: &'static str,
    /// Since which base library.
    pub(super) since: Version,
    /// What takes its place; empty for nothing.
    pub(super) instead: &'static str,
}

const fn one(name: &'static str, since: Version, instead: &'static str) -> Deprecated {
    Deprecated {
        name,
        since,
        instead,
    }
}

const SYSTEM_INFO: &str = "getWindowInfo, getDeviceInfo, getAppBaseInfo";
const AUDIO: &str = "getBackgroundAudioManager";
const VOICE: &str = "createInnerAudioContext";

/// All of them.
const ALL: [Deprecated; 24] = [
    one("getSystemInfo", Version(2, 20, 1), SYSTEM_INFO),
    one("getSystemInfoSync", Version(2, 20, 1), SYSTEM_INFO),
    one("getSystemInfoAsync", Version(2, 20, 1), SYSTEM_INFO),
    one("chooseImage", Version(2, 21, 0), "chooseMedia"),
    one("chooseVideo", Version(2, 21, 0), "chooseMedia"),
    one(
        "createCanvasContext",
        Version(2, 9, 0),
        "the canvas of type 2d",
    ),
    one("createAudioContext", Version(1, 6, 0), VOICE),
    one("playVoice", Version(1, 6, 0), VOICE),
    one("pauseVoice", Version(1, 6, 0), VOICE),
    one("stopVoice", Version(1, 6, 0), VOICE),
    one("startRecord", Version(1, 6, 0), "getRecorderManager"),
    one("stopRecord", Version(1, 6, 0), "getRecorderManager"),
    one("getBackgroundAudioPlayerState", Version(1, 2, 0), AUDIO),
    one("playBackgroundAudio", Version(1, 2, 0), AUDIO),
    one("pauseBackgroundAudio", Version(1, 2, 0), AUDIO),
    one("stopBackgroundAudio", Version(1, 2, 0), AUDIO),
    one("seekBackgroundAudio", Version(1, 2, 0), AUDIO),
    one("onBackgroundAudioPlay", Version(1, 2, 0), AUDIO),
    one("onBackgroundAudioPause", Version(1, 2, 0), AUDIO),
    one("getShareInfo", Version(2, 17, 3), "getGroupEnterInfo"),
    one("reportAnalytics", Version(2, 31, 1), "reportEvent"),
    one("reportMonitor", Version(2, 31, 1), "reportEvent"),
    one("setTopBarText", Version(1, 9, 9), ""),
    one("setWindowSize", Version(2, 11, 0), ""),
];

/// The member of that name, when a base library has given it up.
pub(super) fn deprecated(name: &str, sdk: Version) -> Option<&'static Deprecated> {
    ALL.iter()
        .find(|known| known.name == name && sdk >= known.since)
}

#[cfg(test)]
mod tests {
    use super::{ALL, deprecated};
    use crate::api::names::NAMES;
    use crate::version::Version;

    #[test]
    fn they_are_members_of_wx_and_given_up_at_a_version() {
        for known in &ALL {
            assert!(
                NAMES.iter().any(|name| name.name == known.name),
                "{}",
                known.name
            );
        }
        assert!(deprecated("chooseImage", Version(2, 21, 0)).is_some());
        assert!(deprecated("chooseImage", Version(2, 20, 9)).is_none());
        assert!(deprecated("chooseMedia", Version(3, 0, 0)).is_none());
    }
}

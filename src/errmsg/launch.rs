//! Failures of the button that opens a mobile app.
//!
//! Official page: "Opening an App", which has the one word `invalid scene`. The name before it is what the
//! clients call the function; `launchApplication:fail` alone, for an app that is not there, is what
//! published programs compare with.
//!
//! Unverified: clients put the name before `invalid scene` too. The rule `launch_refusal` leaves it out.

use super::meaning::{Meaning, text};

/// Why no mobile app is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaunchProblem {
    /// No app opened the mini program, or another scene came since.
    InvalidScene,
    /// The app is not on the phone any more.
    NotInstalled,
}

impl LaunchProblem {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::InvalidScene => "invalid scene",
            Self::NotInstalled => "",
        }
    }

    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::InvalidScene => text(
                "A mini program opens only the mobile app that opened it (scene 1069), and only until it is opened from a scene that takes the ability away.",
                "小程序只能跳回拉起它的 App（场景值 1069）；之后从其他场景打开会失去该能力。",
                "Show the button when the scene is 1069 or keeps the ability; offer something else in `binderror`.",
                "仅在场景值为 1069 或保持该能力的场景下显示按钮；在 binderror 中提供其他入口。",
            ),
            Self::NotInstalled => text(
                "The mobile app that opened the mini program is not installed any more.",
                "拉起小程序的 App 已被卸载。",
                "Tell the user where to get the app.",
                "提示用户重新安装 App。",
            ),
        }
    }
}

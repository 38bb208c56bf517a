//! What can go wrong with pictures, videos and recordings.

use super::meaning::{Meaning, text};

/// A failure of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaProblem {
    /// No picture has that path.
    FileNotFound,
    /// The file is no picture or video.
    InvalidFileType,
    /// There is a recording already.
    RecorderBusy,
    /// There is no recording.
    RecorderNotStarted,
    /// The page has no camera.
    NoCamera,
    /// The page has no live pusher.
    NoPusher,
    /// The page has a live pusher already.
    OnePusher,
    /// The session was destroyed.
    SessionGone,
    /// A call keeps the microphone.
    MicrophoneInUse,
    /// The path of a file for the favorites is empty.
    FilePathEmpty,
    /// It leads to no file.
    FilePathIllegal,
    /// The path of a video for the favorites is empty.
    VideoPathEmpty,
    /// It leads to no file.
    VideoPathIllegal,
    /// The client says no more than that it failed.
    Unexplained,
}

impl MediaProblem {
    /// The words of a `<video>` whose source is no film. Unverified.
    pub const UNPLAYABLE: &'static str = "MEDIA_ERR_SRC_NOT_SUPPORTED";

    /// The words of an `<image>` that finds no picture. Unverified.
    pub fn picture_missing(src: &str) -> String {
        format!("GET {src} 404 (Not Found)")
    }

    /// Its words; the native client's.
    pub const fn text(self) -> &'static str {
        match self {
            Self::FileNotFound => "file not found",
            Self::InvalidFileType => "invalid file type",
            Self::RecorderBusy => "is recording or paused",
            Self::RecorderNotStarted => "recorder not start",
            Self::NoCamera => "no camera",
            Self::NoPusher => "uninited livePusher",
            Self::OnePusher => "can insert only one live-pusher",
            Self::SessionGone => "session is unavailable",
            Self::MicrophoneInUse => "audio is using by others, stop record and return",
            Self::FilePathEmpty => "filePath is empty",
            Self::FilePathIllegal => "filePath is illegal",
            Self::VideoPathEmpty => "videoPath is empty",
            Self::VideoPathIllegal => "videoPath is illegal",
            Self::Unexplained => "",
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::FileNotFound => text(
                "No picture has that path.",
                "路径没有对应的图片。",
                "Check the path; temporary files end with the program.",
                "检查路径；临时文件随小程序结束而消失。",
            ),
            Self::InvalidFileType => text(
                "The file is no picture or video of a kind that the client knows.",
                "文件不是客户端支持的图片或视频。",
                "Download it to a temporary file first, and look whether the server sent what was asked for.",
                "先下载为临时文件，并检查服务器返回的是否为所需内容。",
            ),
            Self::RecorderBusy => text(
                "There is a recording already, perhaps a paused one.",
                "已经在录音，或录音处于暂停状态。",
                "Stop it first; wait for `onStop`.",
                "先停止录音，并等待 `onStop`。",
            ),
            Self::RecorderNotStarted => text(
                "Nothing is being recorded.",
                "没有正在进行的录音。",
                "Start first; a recording ends by itself after its `duration`.",
                "先开始录音；到达 `duration` 后录音会自动结束。",
            ),
            Self::NoCamera => text(
                "The page has no `<camera>`, or the user refused it.",
                "页面没有 `<camera>` 组件，或用户拒绝了授权。",
                "Wait for the component's `initdone`.",
                "等待组件的 `initdone` 事件后再调用。",
            ),
            other => other.other_meaning(),
        }
    }

    /// Those of live broadcasts, calls, favorites and the former voices.
    const fn other_meaning(self) -> Meaning {
        match self {
            Self::NoPusher => text(
                "The page has no `<live-pusher>`, or the user refused the camera or the microphone.",
                "页面没有 `<live-pusher>` 组件，或用户拒绝了摄像头或麦克风授权。",
                "Handle the component's `error`: 10001 is the camera, 10002 the microphone.",
                "处理组件的 `error` 事件：10001 为摄像头，10002 为麦克风。",
            ),
            Self::OnePusher => text(
                "The page has a live pusher already.",
                "同一页面只能插入一个 live-pusher 组件。",
                "Show one `<live-pusher>` at a time.",
                "同时只显示一个 `<live-pusher>`。",
            ),
            Self::SessionGone => text(
                "The session was destroyed.",
                "会话已销毁。",
                "Make another one with wx.createVKSession.",
                "用 wx.createVKSession 重新创建会话。",
            ),
            Self::MicrophoneInUse => text(
                "A phone call or a voice chat keeps the microphone.",
                "通话或语音聊天占用了麦克风。",
                "Record again after `onInterruptionEnd`.",
                "收到 `onInterruptionEnd` 之后再录音。",
            ),
            Self::FilePathEmpty
            | Self::FilePathIllegal
            | Self::VideoPathEmpty
            | Self::VideoPathIllegal => text(
                "The path leads to no local or temporary file.",
                "路径不是存在的本地文件或临时文件。",
                "Download the file first and hand over its path.",
                "先下载文件，再传入其路径。",
            ),
            _ => text(
                "The client does not say why: there is a recording already or none, or no such file.",
                "客户端没有给出原因：已经在录音、没有在录音，或文件不存在。",
                "Use `wx.getRecorderManager` and `wx.createInnerAudioContext`, which tell more.",
                "改用 `wx.getRecorderManager` 与 `wx.createInnerAudioContext`，它们给出更多信息。",
            ),
        }
    }
}

//! Failures of storage, sensors, keyboard and system pages.

use super::meaning::{Meaning, text};

/// Words for a storage that is full.
pub(super) fn storage_full(android: bool) -> &'static str {
    if android {
        "quota reached"
    } else {
        "exceed storage max size 10Mb"
    }
}

/// Why storage or the phone does not do what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceProblem {
    /// The key of storage is the empty text.
    EmptyKey,
    /// The value contains itself, so that storage cannot write it.
    Unserializable,
    /// What is stored under the key was not stored encrypted.
    NotDecrypted,
    /// The sensor runs already.
    SensorRuns,
    /// The sensor does not run.
    SensorStands,
    /// Not a number of random bytes that one call can give.
    RandomLength,
    /// The phone has no connection.
    NoNetwork,
    /// No field has the focus.
    NoFocus,
    /// The last success was too short a while ago.
    TooOften,
    /// The view did not get the font.
    FontNotLoaded,
    /// WeChat fetched nothing before.
    NothingFetched,
    /// No token was set.
    NoToken,
    /// The token has more than 1024 characters.
    TokenTooLong,
}

impl DeviceProblem {
    /// Its own words.
    pub(super) fn text(self, android: bool) -> &'static str {
        match self {
            Self::EmptyKey => "key is empty",
            Self::Unserializable if android => "Converting circular structure to JSON",
            Self::Unserializable => "JSON.stringify cannot serialize cyclic structures.",
            Self::NotDecrypted => "decrypt data fail",
            Self::SensorRuns => "has enable, should stop pre operation",
            Self::SensorStands => "fail to disable, not enable?",
            Self::RandomLength => "invalid random value length",
            Self::NoNetwork => "no network",
            Self::NoFocus => "no focused input",
            Self::TooOften => "invoke too frequently",
            Self::FontNotLoaded => "A network error occurred.",
            Self::NothingFetched => "record is null",
            Self::NoToken => "no token",
            Self::TokenTooLong => "token is too long",
        }
    }

    /// The general error number.
    pub(super) fn errno(self) -> Option<u32> {
        match self {
            Self::RandomLength => Some(109_001),
            Self::TooOften => Some(510_001),
            _ => None,
        }
    }

    /// Whether the words come from the native client.
    pub(super) fn is_native(self) -> bool {
        matches!(
            self,
            Self::EmptyKey | Self::NotDecrypted | Self::SensorStands | Self::NothingFetched
        )
    }

    /// What it means and what to do.
    pub(super) fn meaning(self) -> Meaning {
        match self {
            Self::EmptyKey => text(
                "The key of storage is the empty text.",
                "存储的 key 为空字符串。",
                "Give the data a name; look why the variable is empty.",
                "为数据指定 key，并检查变量为什么是空的。",
            ),
            Self::Unserializable => text(
                "The value contains itself, so that it has no text to store.",
                "数据中存在循环引用，无法序列化后存储。",
                "Store a copy with the members that matter, without parent links.",
                "只存储需要的字段，去掉循环引用。",
            ),
            Self::NotDecrypted => text(
                "`encrypt` was asked for, and the data was stored without it.",
                "读取时声明了 `encrypt`，但数据不是加密存储的。",
                "Give `encrypt` to both wx.setStorage and wx.getStorage, or to neither.",
                "wx.setStorage 与 wx.getStorage 要同时声明 `encrypt`，或都不声明。",
            ),
            Self::SensorRuns => text(
                "The sensor runs already; Android wants it stopped before it is started again.",
                "传感器已经在监听；Android 要求先停止再重新开始。",
                "Start it once; `wx.onAccelerometerChange` and `wx.onCompassChange` start theirs by themselves.",
                "只开始一次；`wx.onAccelerometerChange` 与 `wx.onCompassChange` 会自动开始监听。",
            ),
            Self::SensorStands => text(
                "The sensor that is to be stopped does not run.",
                "要停止的传感器没有在监听。",
                "Nothing is wrong: stop what was started, and ignore this failure.",
                "可以忽略该失败；只停止已经开始的监听。",
            ),
            other => other.meaning_of_the_rest(),
        }
    }

    fn meaning_of_the_rest(self) -> Meaning {
        match self {
            Self::RandomLength => text(
                "Not a number of random bytes that one call can give.",
                "随机数的字节数不合法。",
                "Ask for 1 to 1048576 bytes, a whole number.",
                "`length` 须为 1 到 1048576 的整数。",
            ),
            Self::NoNetwork => text(
                "The phone has no connection, and so no address.",
                "手机没有网络连接，没有局域网地址。",
                "Ask again when wx.onNetworkStatusChange tells of a connection.",
                "等 wx.onNetworkStatusChange 通知网络恢复后再试。",
            ),
            Self::NoFocus => text(
                "No field has the focus.",
                "当前没有获得焦点的输入框。",
                "Call it in the focus or input event of the field.",
                "在输入框的 focus 或 input 事件里调用。",
            ),
            Self::TooOften => text(
                "The call comes too soon after its last success.",
                "距上次调用成功的时间太短。",
                "Wait at least five seconds.",
                "至少间隔 5 秒再调用。",
            ),
            Self::NothingFetched => text(
                "WeChat has fetched no data for the program before.",
                "微信没有为该小程序预先拉取的数据。",
                "Ask the server itself, and listen with wx.onBackgroundFetchData.",
                "自行请求服务器，并用 wx.onBackgroundFetchData 监听。",
            ),
            Self::NoToken => text(
                "No token was set for fetching.",
                "没有设置过自定义登录态。",
                "Call wx.setBackgroundFetchToken after the login.",
                "登录后调用 wx.setBackgroundFetchToken。",
            ),
            Self::TokenTooLong => text(
                "The token has more than 1024 characters.",
                "自定义登录态超过 1024 个字符。",
                "Set a shorter one.",
                "缩短登录态。",
            ),
            _ => text(
                "The view did not get the font; in wxsim, its route says so.",
                "视图层没有加载到字体；在 wxsim 里由对应的路由决定。",
                "Serve it over https with a cross-origin header, and keep a fallback font.",
                "用 https 提供字体并允许跨域，同时设置备用字体。",
            ),
        }
    }
}

//! Meanings of the failures of storage, sensors, keyboard and system pages.

use super::Reason;
use super::meaning::{Meaning, text};

impl Reason {
    /// Storage and the phone.
    pub(super) fn of_device(&self) -> Option<Meaning> {
        Some(match self {
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
            _ => return None,
        })
    }
}

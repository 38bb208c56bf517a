//! Failures of Bluetooth Low Energy.
//!
//! Official pages of Bluetooth: the table of `errCode`; the texts are those of the table.

use super::meaning::{Meaning, text};

/// Why Bluetooth Low Energy does not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BleProblem {
    /// There is no such service.
    NoService,
    /// The service has no such characteristic.
    NoCharacteristic,
    /// The client says no more: the server was closed, or something goes on already.
    System,
    /// What was given does not fit.
    InvalidData,
}

impl BleProblem {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::NoService => "no service",
            Self::NoCharacteristic => "no characteristic",
            Self::System => "system error",
            Self::InvalidData => "invalid_data",
        }
    }

    /// `errCode` of the result.
    pub(super) const fn code(self) -> i64 {
        match self {
            Self::NoService => 10_004,
            Self::NoCharacteristic => 10_005,
            Self::System => 10_008,
            Self::InvalidData => 10_013,
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::NoService => text(
                "There is no such service.",
                "没有找到指定服务。",
                "Look at the UUID; add the service first.",
                "检查 UUID，并先添加该服务。",
            ),
            Self::NoCharacteristic => text(
                "The service has no such characteristic.",
                "没有找到指定特征。",
                "Look at the UUID; a service is added with its characteristics.",
                "检查 UUID；添加服务时要同时给出特征。",
            ),
            Self::System => text(
                "The system says no more: the server was closed, or iOS advertises already.",
                "系统上报的异常：服务端已关闭，或 iOS 已在广播。",
                "Make another server; stop advertising before it is begun again.",
                "重新创建服务端；重新广播前先停止广播。",
            ),
            Self::InvalidData => text(
                "What was given does not fit: a beacon beside other members, or no value.",
                "传入的数据不合法：beacon 与其他字段同时传入，或没有 value。",
                "Give either `beacon` or the other members of `advertiseRequest`; `value` is an ArrayBuffer.",
                "`advertiseRequest` 中 beacon 与其他字段二选一；`value` 须为 ArrayBuffer。",
            ),
        }
    }
}

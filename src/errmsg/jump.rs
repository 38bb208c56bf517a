//! Failures of jumps between mini programs.
//!
//! The words of a missing list entry and of a wrong appid are those that published programs compare
//! against, and so are those of a way back that does not exist.
//!
//! Unverified: the words for programs that no official account links, and for one that may not be
//! embedded.

use super::meaning::{Meaning, text};

/// Why there is no jump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JumpProblem {
    /// There is no mini program of that appid.
    InvalidAppId,
    /// app.json does not list the target, whose appid this is.
    NotListed(String),
    /// No official account is linked to both programs.
    NotRelated,
    /// app.json does not list the target as one to embed; its appid.
    NotEmbeddable(String),
    /// No mini program opened this one.
    NoOpener,
}

impl JumpProblem {
    /// The same with `…` for the appid.
    #[must_use]
    pub fn sample(&self) -> Self {
        match self {
            Self::NotListed(_) => Self::NotListed("…".to_owned()),
            Self::NotEmbeddable(_) => Self::NotEmbeddable("…".to_owned()),
            other => other.clone(),
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::InvalidAppId => "invalid appid".to_owned(),
            Self::NotListed(id) => {
                format!("appId \"{id}\" is not in navigateToMiniProgramAppIdList")
            }
            Self::NotRelated => "the mini programs have no official account in common".to_owned(),
            Self::NotEmbeddable(id) => format!("appId \"{id}\" is not in embeddedAppIdList"),
            Self::NoOpener => "not MiniProgram can navigate back.".to_owned(),
        }
    }

    pub(super) const fn meaning(&self) -> Meaning {
        match self {
            Self::InvalidAppId => text(
                "There is no mini program with that appid.",
                "不存在该 appid 的小程序。",
                "Look the appid up; in wxsim, declare the program in [[apps]] of wxsim.toml.",
                "检查 appid；在 wxsim 中，于 wxsim.toml 的 [[apps]] 声明该小程序。",
            ),
            Self::NotListed(_) => text(
                "From base library 2.4.0 until 2020-04-24 app.json had to list the targets of jumps.",
                "基础库 2.4.0 起至 2020-04-24，跳转目标须在 app.json 中声明。",
                "Add the appid to `navigateToMiniProgramAppIdList` (ten at most).",
                "将 appid 加入 `navigateToMiniProgramAppIdList`（最多 10 个）。",
            ),
            Self::NotRelated => text(
                "In 2018 only mini programs linked to one official account could open each other.",
                "2018 年只有关联同一公众号的小程序才能互相跳转。",
                "Link both to one official account; in wxsim, `official_accounts` of [app] and [[apps]].",
                "将两个小程序关联到同一公众号；在 wxsim 中使用 [app] 与 [[apps]] 的 `official_accounts`。",
            ),
            Self::NotEmbeddable(_) => text(
                "app.json must list the programs that are opened over half of the screen.",
                "以半屏方式打开的小程序须在 app.json 中声明。",
                "Add the appid to `embeddedAppIdList`.",
                "将 appid 加入 `embeddedAppIdList`。",
            ),
            Self::NoOpener => text(
                "No mini program opened this one, so there is none to go back to.",
                "当前小程序不是由其他小程序打开的，无法返回。",
                "Offer the way back only when the enter options have the scene 1037.",
                "仅当进入场景值为 1037 时提供返回入口。",
            ),
        }
    }
}

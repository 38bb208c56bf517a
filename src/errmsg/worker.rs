//! What can go wrong with workers.
//!
//! Unverified: all of these words; the official page only says what is required.

use super::meaning::{Meaning, text};

/// Why there is no worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerProblem {
    /// app.json has no `workers`.
    NotDeclared,
    /// One runs.
    OneRuns,
    /// The package of the scripts has not arrived.
    PackageMissing,
    /// There is no such script in the folder of the workers.
    NoScript,
}

impl WorkerProblem {
    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::NotDeclared => "workers is not declared in app.json",
            Self::OneRuns => {
                "the number of workers is limited to 1, terminate the current one first"
            }
            Self::PackageMissing => "the workers subpackage is not downloaded",
            Self::NoScript => "script file not found",
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::NotDeclared => text(
                "app.json does not say in which folder the scripts of workers are.",
                "app.json 没有配置 workers 目录。",
                "Add `\"workers\": \"FOLDER\"` to app.json.",
                "在 app.json 中加入 `\"workers\": \"目录\"`。",
            ),
            Self::OneRuns => text(
                "One worker can run at a time.",
                "同一时间最多一个 Worker。",
                "Call `terminate` of the one that runs first.",
                "先调用当前 Worker 的 `terminate`。",
            ),
            Self::PackageMissing => text(
                "The scripts of workers are a package of their own, which has not arrived.",
                "workers 分包还没有下载。",
                "Call wx.preDownloadSubpackage({ packageType: 'workers' }) first.",
                "先调用 wx.preDownloadSubpackage({ packageType: 'workers' })。",
            ),
            Self::NoScript => text(
                "The folder of the workers has no such script.",
                "workers 目录中没有该脚本。",
                "Give the path from the root of the code, such as workers/index.js.",
                "使用代码根目录开始的路径，例如 workers/index.js。",
            ),
        }
    }
}

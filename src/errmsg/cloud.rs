//! What can go wrong with cloud development.
//!
//! Official page: the table of error codes of cloud development; the words are those that reports of
//! programs quote.

use super::meaning::{Meaning, text};

/// A failure of the environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloudProblem {
    /// `wx.cloud.init` was not called.
    NotInitialised,
    /// There is no function of that name.
    NoFunction(String),
    /// The function threw; its words.
    Threw(String),
    /// There is no collection of that name.
    NoCollection(String),
    /// There is no record of that id.
    NoRecord(String),
    /// There is no file of that id.
    NoFile(String),
}

impl CloudProblem {
    pub(super) fn text(&self) -> String {
        match self {
            Self::NotInitialised => "Error: errCode: -1  | errMsg: Cloud API isn't enabled, \
                                     please call wx.cloud.init first"
                .to_owned(),
            Self::NoFunction(_) => "Error: errCode: -501000  | errMsg: FunctionName parameter \
                                    could not be found."
                .to_owned(),
            Self::Threw(words) => {
                format!("Error: errCode: -504002 functions execute fail | errMsg: {words}")
            }
            Self::NoCollection(name) => format!(
                "-502005 database collection not exists. [ResourceNotFound] Db or Table not exist: \
                 {name}."
            ),
            Self::NoRecord(id) => format!(
                "cannot find document with _id {id}, please make sure that the document exists and \
                 you have the corresponding access permission"
            ),
            Self::NoFile(_) => {
                "Error: errCode: -503003  | errMsg: storage file not exists".to_owned()
            }
        }
    }

    pub(super) const fn code(&self) -> i32 {
        match self {
            Self::NotInitialised | Self::NoRecord(_) => -1,
            Self::NoFunction(_) => -501_000,
            Self::Threw(_) => -504_002,
            Self::NoCollection(_) => -502_005,
            Self::NoFile(_) => -503_003,
        }
    }

    /// The same with an ellipsis where the text depends on the call.
    #[must_use]
    pub fn sample(&self) -> Self {
        let more = || "…".to_owned();
        match self {
            Self::NoFunction(_) => Self::NoFunction(more()),
            Self::Threw(_) => Self::Threw(more()),
            Self::NoCollection(_) => Self::NoCollection(more()),
            Self::NoRecord(_) => Self::NoRecord(more()),
            Self::NoFile(_) => Self::NoFile(more()),
            Self::NotInitialised => Self::NotInitialised,
        }
    }

    pub(super) const fn meaning(&self) -> Meaning {
        match self {
            Self::NotInitialised => text(
                "The program has not called wx.cloud.init yet.",
                "还没有调用 wx.cloud.init。",
                "Call it in App.onLaunch, before anything else of wx.cloud.",
                "在 App.onLaunch 中最先调用它。",
            ),
            Self::NoFunction(_) => text(
                "The environment has no cloud function of that name; in wxsim, nobody said what it answers.",
                "环境中没有该名称的云函数；在 wxsim 里表示没有给出它的应答。",
                "On the platform: deploy the function. In wxsim: give its answer with `--cloud 'NAME = {…}'`.",
                "在微信平台：部署该云函数。在 wxsim：用 `--cloud 'NAME = {…}'` 给出应答。",
            ),
            Self::Threw(_) => text(
                "The cloud function ended with an error.",
                "云函数执行出错。",
                "Look at the function's log; handle the failure in the program.",
                "查看云函数日志，并在小程序中处理失败。",
            ),
            Self::NoCollection(_) => text(
                "The database has no collection of that name; in wxsim, nobody declared it.",
                "数据库没有该集合；在 wxsim 里表示没有声明它。",
                "On the platform: create the collection. In wxsim: `--cloud 'db.NAME = [{…}]'`.",
                "在微信平台：创建该集合。在 wxsim：用 `--cloud 'db.NAME = [{…}]'`。",
            ),
            Self::NoRecord(_) => text(
                "The collection has no record of that id, or the user may not read it.",
                "集合中没有该 _id 的记录，或没有权限。",
                "Use `where` when a record may be missing: it gives an empty list.",
                "记录可能不存在时用 `where`，它返回空数组。",
            ),
            Self::NoFile(_) => text(
                "The environment has no file of that id; in wxsim, nobody uploaded or declared it.",
                "环境中没有该 fileID 的文件；在 wxsim 里表示没有上传或声明它。",
                "Keep the fileID that uploadFile gave. In wxsim: `--cloud 'cloud://ID = \"TEXT\"'`.",
                "保存 uploadFile 返回的 fileID。在 wxsim：用 `--cloud 'cloud://ID = \"TEXT\"'`。",
            ),
        }
    }
}

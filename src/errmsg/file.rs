//! What can go wrong with files.
//!
//! Official page: the table of errors of `FileSystemManager`; the number is `errno` and `errCode`.

use super::meaning::{Meaning, text};

/// A failure of the file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the official words")]
pub enum FileProblem {
    OperationNotPermitted,
    NoSuchFile,
    PermissionDenied,
    NotADirectory,
    DirectoryNotEmpty,
    StorageLimitExceeded,
    Base64EncodeError,
    IllegalOnDirectory,
    IllegalOnPackage,
    AlreadyExists,
    LengthOutOfRange,
    PositionOutOfRange,
    TempFileNotExist,
    FileNotExist,
}

impl FileProblem {
    /// The official words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::OperationNotPermitted => "operation not permitted",
            Self::NoSuchFile => "no such file or directory",
            Self::PermissionDenied => "permission denied",
            Self::NotADirectory => "not a directory",
            Self::DirectoryNotEmpty => "directory not empty",
            Self::StorageLimitExceeded => "the maximum size of the file storage limit is exceeded",
            Self::Base64EncodeError => "base64 encode error",
            Self::IllegalOnDirectory => "illegal operation on a directory",
            Self::IllegalOnPackage => "illegal operation on a package directory",
            Self::AlreadyExists => "file already exists",
            Self::LengthOutOfRange => "value of length is out of range",
            Self::PositionOutOfRange => "value of position is out of range",
            Self::TempFileNotExist => "tempFilePath file not exist",
            Self::FileNotExist => "file not exist",
        }
    }

    /// The official number.
    pub const fn errno(self) -> u32 {
        match self {
            Self::OperationNotPermitted => 1_300_001,
            Self::NoSuchFile | Self::FileNotExist => 1_300_002,
            Self::PermissionDenied => 1_300_013,
            Self::NotADirectory => 1_300_020,
            Self::DirectoryNotEmpty => 1_300_066,
            Self::StorageLimitExceeded => 1_300_202,
            Self::Base64EncodeError => 1_300_203,
            Self::IllegalOnDirectory => 1_301_003,
            Self::IllegalOnPackage => 1_301_004,
            Self::AlreadyExists => 1_301_005,
            Self::LengthOutOfRange => 1_301_006,
            Self::PositionOutOfRange => 1_301_009,
            Self::TempFileNotExist => 1_301_112,
        }
    }

    pub(super) const fn meaning(self) -> Meaning {
        match self {
            Self::NoSuchFile | Self::FileNotExist | Self::TempFileNotExist => text(
                "Nothing has that path, or the folder it is in is missing.",
                "路径指向的文件或目录不存在，或者上层目录不存在。",
                "Temporary files end with the program; make folders with `mkdir` first.",
                "临时文件随小程序结束而消失；先用 `mkdir` 创建目录。",
            ),
            Self::PermissionDenied | Self::IllegalOnPackage => text(
                "The program may not write there.",
                "小程序没有该路径的写权限。",
                "Write below wx.env.USER_DATA_PATH; the code package and temporary files are read only.",
                "写入 wx.env.USER_DATA_PATH 之下；代码包和临时文件只读。",
            ),
            Self::OperationNotPermitted | Self::IllegalOnDirectory | Self::NotADirectory => text(
                "A file was expected and a folder is there, or the other way round.",
                "需要文件的位置是目录，或需要目录的位置是文件。",
                "Look with `stat` what the path is.",
                "用 `stat` 查看路径的类型。",
            ),
            Self::DirectoryNotEmpty => text(
                "The folder has something in it.",
                "目录不为空。",
                "Empty it first, or pass `recursive: true`.",
                "先清空目录，或传 `recursive: true`。",
            ),
            Self::AlreadyExists => text(
                "The path is taken.",
                "已有同名文件或目录。",
                "Look with `access` first.",
                "先用 `access` 判断。",
            ),
            Self::StorageLimitExceeded => text(
                "The files of the mini program would be larger than the platform allows.",
                "小程序的文件超过存储上限。",
                "Remove files that are no longer needed.",
                "删除不再需要的文件。",
            ),
            Self::Base64EncodeError => text(
                "The text is not in the encoding.",
                "文本不符合指定的编码。",
                "Check the text and `encoding`.",
                "检查内容与 `encoding`。",
            ),
            Self::LengthOutOfRange | Self::PositionOutOfRange => text(
                "`length` or `position` lies outside of the file.",
                "`length` 或 `position` 超出文件范围。",
                "Look with `stat` how large the file is.",
                "用 `stat` 查看文件大小。",
            ),
        }
    }
}

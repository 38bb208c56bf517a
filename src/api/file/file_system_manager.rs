//! `FileSystemManager`: files of the program, asynchronously and at once.
//!
//! Official page: `api/file/FileSystemManager`. Each method has a file of its own in the folder beside;
//! those with a twin `…Sync` have it in the same file. A twin takes its arguments in order and throws
//! what the other fails with. No promise form.

pub mod access;
pub mod append_file;
pub mod copy_file;
pub mod get_file_info;
pub mod get_saved_file_list;
pub mod mkdir;
pub mod read_file;
pub mod readdir;
pub mod remove_saved_file;
pub mod rename;
pub mod rmdir;
pub mod save_file;
pub mod stat;
pub mod truncate;
pub mod unlink;
pub mod write_file;

use crate::api::Class;
use crate::spec::{ApiSpec, Group};
use crate::version::Version;

/// The class.
pub const CLASS: Class = Class {
    name: "FileSystemManager",
    methods: &[
        access::API,
        access::SYNC,
        read_file::API,
        read_file::SYNC,
        write_file::API,
        write_file::SYNC,
        append_file::API,
        append_file::SYNC,
        copy_file::API,
        copy_file::SYNC,
        mkdir::API,
        mkdir::SYNC,
        readdir::API,
        readdir::SYNC,
        rename::API,
        rename::SYNC,
        rmdir::API,
        rmdir::SYNC,
        unlink::API,
        unlink::SYNC,
        truncate::API,
        truncate::SYNC,
        stat::API,
        stat::SYNC,
        save_file::API,
        save_file::SYNC,
        get_file_info::API,
        get_saved_file_list::API,
        remove_saved_file::API,
    ],
    members: &[],
    missing: &[
        "close",
        "closeSync",
        "fstat",
        "fstatSync",
        "ftruncate",
        "ftruncateSync",
        "open",
        "openSync",
        "read",
        "readSync",
        "readCompressedFile",
        "readCompressedFileSync",
        "readZipEntry",
        "unzip",
        "write",
        "writeSync",
    ],
};

/// Defaults of the asynchronous methods.
const METHOD: ApiSpec = ApiSpec {
    group: Group::File,
    since: Version(1, 9, 9),
    promise: false,
    ..ApiSpec::ASYNC
};

/// Defaults of their twins.
const SYNC_METHOD: ApiSpec = ApiSpec {
    group: Group::File,
    since: Version(1, 9, 9),
    ..ApiSpec::SYNC
};

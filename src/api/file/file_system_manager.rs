//! `FileSystemManager`: files of the program, asynchronously and at once.
//!
//! Official page: `api/file/FileSystemManager`. Each method has a file of its own in the folder beside;
//! those with a twin `…Sync` have it in the same file. A twin throws what the other fails with; the older
//! ones take their arguments in order, those since base library 2.16.1 an object. No promise form.

pub mod access;
pub mod append_file;
pub mod close;
pub mod copy_file;
pub mod fstat;
pub mod ftruncate;
pub mod get_file_info;
pub mod get_saved_file_list;
pub mod mkdir;
pub mod open;
pub mod read;
pub mod read_compressed_file;
pub mod read_file;
pub mod read_zip_entry;
pub mod readdir;
pub mod remove_saved_file;
pub mod rename;
pub mod rmdir;
pub mod save_file;
pub mod stat;
pub mod truncate;
pub mod unlink;
pub mod unzip;
pub mod write;
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
        append_file::API,
        append_file::SYNC,
        close::API,
        close::SYNC,
        copy_file::API,
        copy_file::SYNC,
        fstat::API,
        fstat::SYNC,
        ftruncate::API,
        ftruncate::SYNC,
        get_file_info::API,
        get_saved_file_list::API,
        mkdir::API,
        mkdir::SYNC,
        open::API,
        open::SYNC,
        read::API,
        read::SYNC,
        read_compressed_file::API,
        read_compressed_file::SYNC,
        read_file::API,
        read_file::SYNC,
        read_zip_entry::API,
        readdir::API,
        readdir::SYNC,
        remove_saved_file::API,
        rename::API,
        rename::SYNC,
        rmdir::API,
        rmdir::SYNC,
        save_file::API,
        save_file::SYNC,
        stat::API,
        stat::SYNC,
        truncate::API,
        truncate::SYNC,
        unlink::API,
        unlink::SYNC,
        unzip::API,
        write::API,
        write::SYNC,
        write_file::API,
        write_file::SYNC,
    ],
    members: &[],
    missing: &[],
};

/// Defaults of the asynchronous methods.
const METHOD: ApiSpec = ApiSpec {
    group: Group::File,
    since: Version(1, 9, 9),
    promise: false,
    ..ApiSpec::ASYNC
};

/// The row of a method's twin, which answers at once.
const fn twin(name: &'static str, method: &ApiSpec) -> ApiSpec {
    ApiSpec {
        name,
        group: Group::File,
        summary: method.summary,
        since: method.since,
        fails: method.fails,
        support: method.support,
        ..ApiSpec::SYNC
    }
}

/// What a twin does: the same as the file's `call`, with the options that its arguments come to.
macro_rules! at_once {
    ($options:ident) => {
        |cx, arguments| {
            let options = $options(&SPEC, arguments)?;
            only(call(cx, &options))
        }
    };
}
use at_once;

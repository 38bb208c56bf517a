//! wxsim runs a WeChat mini program without WeChat.

pub mod api;
pub mod cli;
pub mod data_path;
pub mod diagnostic;
pub mod engine;
pub mod errmsg;
pub mod package;
pub mod profile;
pub mod report;
pub mod runtime;
pub mod spec;
pub mod value;
pub mod version;
pub mod worker;
pub mod world;

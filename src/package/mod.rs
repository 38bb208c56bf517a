//! Reading a project: its files, its configuration, its scripts.
//!
//! [`load`] reads everything but the scripts; [`Resolver`] finds and reads those;
//! [`prepare`] turns one into code for the engine.

mod app_config;
mod code_root;
mod component;
mod declarations;
mod disk;
mod errata;
mod ext_config;
mod files;
mod findings;
mod generics;
mod json;
mod lexical_this;
mod module;
mod nesting;
mod npm;
mod page;
mod plain_script;
mod project;
mod project_config;
mod requires;
mod routes;
mod settings;
mod source_map;
mod tab_bar;
mod text;
mod text_calls;
mod transform;
mod typed_line;
mod using_components;
mod using_name;
mod words;
mod wxs;
mod wxs_effects;

pub use app_config::{AppConfig, Plugin};
pub use component::{COMPONENTS_MAX, Component};
pub use declarations::{PERMISSION_DESC_CHARS_MAX, PRIVATE_INFOS};
pub use disk::DiskFiles;
pub use errata::{find as find_errata, is_text as is_erratum};
pub use files::{FILE_BYTES_MAX, FileError, Files, MemoryFiles, PackageFiles};
pub use findings::DIAGNOSTICS_MAX;
pub use json::JSON_NESTING_MAX;
pub use module::{ResolveError, Resolver};
pub use nesting::{ELSE_IF_MAX, OPERATOR_CHAIN_MAX, SOURCE_NESTING_MAX, check_nesting};
pub use npm::NpmRelation;
pub use page::Page;
pub use project::{Loaded, Project, load};
pub use requires::requires;
pub use routes::{PAGES_MAX, SUBPACKAGES_MAX, Subpackage};
pub use settings::{
    Answer, LintLevel, LintRule, NamedFile, NamedProject, NetworkKeys, ProfileKeys, RECORDING,
    Recording, SETTINGS, Settings,
};
pub use source_map::SourceMap;
pub use tab_bar::{TAB_ITEMS_MAX, TAB_ITEMS_MIN, TabBar, TabItem};
pub use text_calls::{TextCall, text_calls};
pub use transform::{Prepared, prepare};
pub use typed_line::{TYPED, TypedLine, typed_line};
pub use using_components::{ComponentRef, TAGS_MAX};
pub use wxs::{CheckedWxs, check_wxs, wxs_path};

//! What a path of a script means.
//!
//! Official page: "File system". A path without protocol is a file of the package, from the code
//! root on. Local files begin with a protocol, which is `wxfile` in clients and `http` in the
//! developer tool, so that no program should write it out.
//!
//! Unverified: a path of the other protocol is as good as any foreign one, and so is one with `./`
//! or `../` into the package, which the page forbids; clients put `_` between `tmp` or `store` and
//! the name of a file, the developer tool `/`.

use serde::{Deserialize, Serialize};

use crate::profile::Platform;

/// Where a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Root {
    /// `wx.env.USER_DATA_PATH`.
    User,
    /// Files that were kept with `saveFile`.
    Saved,
    /// Temporary files.
    Temp,
    /// The code package.
    Package,
}

/// A path of the file system: root and the way below it, without `.`, `..` and double slashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FilePath {
    /// The root.
    pub root: Root,
    /// The way below it; empty for the root itself.
    pub path: String,
}

/// `wx.env.USER_DATA_PATH`.
pub(super) const fn user_data_path(platform: Platform) -> &'static str {
    match platform {
        Platform::Devtools => "http://usr",
        _ => "wxfile://usr",
    }
}

/// What stands before the names of a root.
const fn before_names(root: Root, platform: Platform) -> &'static str {
    match (root, platform) {
        (Root::User, Platform::Devtools) => "http://usr/",
        (Root::User, _) => "wxfile://usr/",
        (Root::Temp, Platform::Devtools) => "http://tmp/",
        (Root::Temp, _) => "wxfile://tmp_",
        (Root::Saved, Platform::Devtools) => "http://store/",
        (Root::Saved, _) => "wxfile://store_",
        (Root::Package, _) => "",
    }
}

impl FilePath {
    /// A path of the user folder.
    pub fn user(path: impl Into<String>) -> Self {
        let (root, path) = (Root::User, path.into());
        Self { root, path }
    }

    /// Reads a script's path; `None` when it is outside of the file system.
    pub(super) fn read(text: &str, platform: Platform) -> Option<Self> {
        if text == user_data_path(platform) {
            return Some(Self::user(""));
        }
        for root in [Root::Temp, Root::Saved] {
            if let Some(name) = text.strip_prefix(before_names(root, platform)) {
                let is_name = !name.is_empty() && !name.contains('/');
                return is_name.then(|| Self {
                    root,
                    path: name.to_owned(),
                });
            }
        }
        if let Some(inner) = text.strip_prefix(before_names(Root::User, platform)) {
            return inside(inner).map(Self::user);
        }
        let is_relative = text.split('/').any(|part| part == "." || part == "..");
        if text.is_empty() || text.contains("://") || is_relative {
            return None;
        }
        inside(text).map(|path| Self {
            root: Root::Package,
            path,
        })
    }

    /// The path as scripts see it.
    pub(super) fn shown(&self, platform: Platform) -> String {
        match self.root {
            Root::User if self.path.is_empty() => user_data_path(platform).to_owned(),
            root => format!("{}{}", before_names(root, platform), self.path),
        }
    }
}

/// A way without empty parts, `.` and `..`; `None` when it leaves its root.
fn inside(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{FilePath, Root};
    use crate::profile::Platform;

    #[test]
    fn a_path_leads_to_a_root_or_out_of_the_file_system() {
        for (text, want) in [
            ("a/b.png", Some((Root::Package, "a/b.png"))),
            ("/a//b.png", Some((Root::Package, "a/b.png"))),
            ("/", Some((Root::Package, ""))),
            ("", None),
            ("./a", None),
            ("a/../b", None),
            ("wxfile://tmp_a.png", Some((Root::Temp, "a.png"))),
            ("wxfile://store_a.png", Some((Root::Saved, "a.png"))),
            ("wxfile://usr", Some((Root::User, ""))),
            ("wxfile://usr/", Some((Root::User, ""))),
            ("wxfile://usr/a/./b/../c/", Some((Root::User, "a/c"))),
            ("wxfile://usr/..", None),
            ("wxfile://usr/a/../../b", None),
            ("wxfile://usrs", None),
            ("wxfile://", None),
            ("wxfile://tmp_", None),
            ("wxfile://tmp_a/b", None),
            ("http://usr/a", None),
            ("https://example.com/a.png", None),
        ] {
            let path = FilePath::read(text, Platform::Ios);
            let found = path.as_ref().map(|path| (path.root, path.path.as_str()));
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn what_is_shown_is_read_the_same() {
        for platform in Platform::ALL {
            for (root, path) in [
                (Root::Temp, "a.png"),
                (Root::Saved, "a"),
                (Root::User, ""),
                (Root::User, "a/b"),
                (Root::Package, "a/b"),
            ] {
                let path = path.to_owned();
                let path = FilePath { root, path };
                let text = path.shown(platform);
                assert_eq!(FilePath::read(&text, platform), Some(path), "{text}");
            }
        }
    }
}

//! A project folder on disk: the only code of the project reader that touches the file system.
#![allow(
    clippy::disallowed_methods,
    reason = "this module is the one reader of std::fs"
)]

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::files::{FILE_BYTES_MAX, FileError, Files};

/// The files below one folder; links that lead out of it are not followed.
#[derive(Clone, Debug)]
pub struct DiskFiles {
    /// The folder, absolute and free of links.
    root: PathBuf,
}

impl DiskFiles {
    /// Opens a project folder.
    ///
    /// # Errors
    /// [`FileError::Missing`] when nothing is there, [`FileError::Unreadable`] when it is not a
    /// folder or the operating system refuses.
    pub fn open(folder: &Path) -> Result<Self, FileError> {
        let root = fs::canonicalize(folder).map_err(|error| reason(&error))?;
        if root.is_dir() {
            Ok(Self { root })
        } else {
            Err(FileError::Unreadable("that is not a folder".to_owned()))
        }
    }

    /// The folder, absolute and free of links.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a path really lies.
    fn real(&self, path: &str) -> Result<PathBuf, FileError> {
        if path.contains('\0') {
            return Err(FileError::Missing);
        }
        if path.starts_with('/') || path.split('/').any(|part| part == "..") || has_prefix(path) {
            return Err(FileError::OutsideProject);
        }
        let real = fs::canonicalize(self.root.join(path)).map_err(|error| reason(&error))?;
        if real.starts_with(&self.root) {
            Ok(real)
        } else {
            Err(FileError::OutsideProject)
        }
    }
}

/// Whether a path would replace the folder it is joined to (`C:\x` on Windows).
fn has_prefix(path: &str) -> bool {
    Path::new(path).is_absolute()
        || cfg!(windows) && (path.contains(':') || path.starts_with('\\') || path.contains("..\\"))
}

fn reason(error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileError::Missing,
        _ => FileError::Unreadable(error.to_string()),
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let real = self.real(path)?;
        // Checked before opening: opening a pipe would wait for a writer.
        let metadata = fs::metadata(&real).map_err(|error| reason(&error))?;
        if !metadata.is_file() {
            return Err(FileError::NotAFile);
        }
        if metadata.len() > FILE_BYTES_MAX {
            return Err(FileError::TooLarge {
                bytes: metadata.len(),
            });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        let file = File::open(&real).map_err(|error| reason(&error))?;
        // The file may have grown since, or be a device file with no size.
        file.take(FILE_BYTES_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| reason(&error))?;
        let length = bytes.len() as u64;
        if length > FILE_BYTES_MAX {
            Err(FileError::TooLarge { bytes: length })
        } else {
            Ok(bytes)
        }
    }

    fn is_file(&self, path: &str) -> bool {
        !path.contains('\0')
            && fs::metadata(self.root.join(path)).is_ok_and(|found| found.is_file())
    }

    fn is_dir(&self, path: &str) -> bool {
        !path.contains('\0') && fs::metadata(self.root.join(path)).is_ok_and(|found| found.is_dir())
    }

    fn list(&self, dir: &str) -> Vec<String> {
        let Ok(entries) = self
            .real(dir)
            .and_then(|real| fs::read_dir(real).map_err(|e| reason(&e)))
        else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::files::{FILE_BYTES_MAX, FileError, Files as _};
    use super::DiskFiles;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("pages")).expect("created");
        fs::write(folder.path().join("pages/a.js"), "1").expect("written");
        fs::write(folder.path().join("app.json"), "{}").expect("written");
        folder
    }

    #[test]
    fn a_folder_on_disk_is_read() {
        let folder = folder();
        let files = DiskFiles::open(folder.path()).expect("opens");
        assert_eq!(files.read("pages/a.js"), Ok(b"1".to_vec()));
        assert_eq!(files.list(""), ["app.json", "pages"]);
        assert!(files.is_dir("pages") && files.is_dir("") && files.is_file("app.json"));
        assert!(!files.is_file("pages") && !files.is_file("nul\0byte"));
        assert_eq!(files.read("pages"), Err(FileError::NotAFile));
        assert_eq!(files.read("missing.js"), Err(FileError::Missing));
        assert_eq!(files.read("app.json/x"), Err(FileError::Missing));
        assert_eq!(files.read("nul\0byte"), Err(FileError::Missing));
    }

    #[test]
    fn only_a_folder_opens() {
        let folder = folder();
        let missing = DiskFiles::open(&folder.path().join("nowhere")).expect_err("nothing there");
        assert_eq!(missing, FileError::Missing);
        assert!(DiskFiles::open(&folder.path().join("app.json")).is_err());
    }

    #[test]
    fn a_path_out_of_the_project_is_refused() {
        let folder = folder();
        let files = DiskFiles::open(&folder.path().join("pages")).expect("opens");
        for path in ["../app.json", "/etc/hostname", "a/../../app.json"] {
            assert_eq!(files.read(path), Err(FileError::OutsideProject), "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_out_of_the_project_is_refused_and_one_inside_followed() {
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("secret.js"), "2").expect("written");
        let folder = folder();
        let link = |to: &Path, name: &str| {
            std::os::unix::fs::symlink(to, folder.path().join(name)).expect("linked");
        };
        link(&outside.path().join("secret.js"), "file.js");
        link(outside.path(), "linked");
        link(&folder.path().join("pages"), "inside");
        link(Path::new("circle"), "circle");
        let files = DiskFiles::open(folder.path()).expect("opens");
        assert_eq!(files.read("file.js"), Err(FileError::OutsideProject));
        assert_eq!(
            files.read("linked/secret.js"),
            Err(FileError::OutsideProject)
        );
        assert!(files.list("linked").is_empty());
        assert_eq!(files.read("inside/a.js"), Ok(b"1".to_vec()));
        assert!(matches!(
            files.read("circle"),
            Err(FileError::Unreadable(_))
        ));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = folder();
        let file = fs::File::create(folder.path().join("big.js")).expect("created");
        file.set_len(FILE_BYTES_MAX + 1).expect("sparse");
        let files = DiskFiles::open(folder.path()).expect("opens");
        let error = files.read("big.js").expect_err("too large");
        assert_eq!(
            error,
            FileError::TooLarge {
                bytes: FILE_BYTES_MAX + 1
            }
        );
    }
}

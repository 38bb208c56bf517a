//! The program under test: a builder for its command line, small projects for it to run.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

#[cfg(unix)]
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod socket_server;

use std::fs;
use std::io::{Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use serde_json::Value as Json;
use tempfile::TempDir;

/// One call of the program.
#[must_use = "nothing runs before `finishes` or `ends`"]
pub(crate) struct Wxsim {
    command: Command,
}

/// What the program left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Wxsim {
    /// The program with arguments of any kind to come.
    pub(crate) fn new() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wxsim"));
        command.stdin(Stdio::null()).env_remove("NO_COLOR");
        Self { command }
    }

    /// `wxsim run PROJECT`
    pub(crate) fn run(project: impl AsRef<Path>) -> Self {
        let mut wxsim = Self::new().arg("run");
        wxsim.command.arg(project.as_ref());
        wxsim
    }

    pub(crate) fn arg(mut self, arg: &str) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.command.args(args);
        self
    }

    /// `--do STEP`
    pub(crate) fn step(self, step: &str) -> Self {
        self.args(&["--do", step])
    }

    /// `--answer KEY=VALUE`
    pub(crate) fn answer(self, answer: &str) -> Self {
        self.args(&["--answer", answer])
    }

    pub(crate) fn json(self) -> Self {
        self.arg("--json")
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The folder in which it is called.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// What somebody types into it, in place of nothing.
    pub(crate) fn typed(mut self, text: &str) -> Self {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("it is written");
        file.rewind().expect("it has a beginning");
        self.command.stdin(file);
        self
    }

    /// It reads what is written to it while it runs.
    pub(crate) fn listens(mut self) -> Self {
        self.command.stdin(Stdio::piped());
        self
    }

    /// Starts it with its standard output open to be read, and nothing to read itself.
    pub(crate) fn start(mut self) -> Child {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.spawn().expect("the program starts")
    }

    /// Runs it to its end, however that is.
    pub(crate) fn ends(mut self) -> Ended {
        let output = self.command.output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Ended {
            status: output.status,
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Runs it and insists on its exit code.
    #[track_caller]
    pub(crate) fn finishes(self, code: i32) -> Ended {
        let ended = self.ends();
        assert_eq!(ended.status.code(), Some(code), "{}", ended.show());
        ended
    }
}

impl Ended {
    /// Both outputs, for a failed assertion.
    pub(crate) fn show(&self) -> String {
        let Self {
            status,
            stdout,
            stderr,
        } = self;
        format!("{status}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }

    /// The lines of `--json`, each one object.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Json> {
        let line = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        self.stdout.lines().map(line).collect()
    }

    /// Insists on texts in the standard output.
    #[track_caller]
    pub(crate) fn prints(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.stdout.contains(part),
                "no `{part}` in: {}",
                self.show()
            );
        }
        self
    }

    /// Insists on texts in the standard error.
    #[track_caller]
    pub(crate) fn complains(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "no `{part}` in: {}",
                self.show()
            );
        }
        self
    }
}

/// The smallest mini program: one page, `pages/a/a`.
const SMALLEST: &[(&str, &str)] = &[
    ("app.json", r#"{"pages": ["pages/a/a"]}"#),
    ("app.js", "App({})"),
    ("pages/a/a.js", "Page({})"),
    ("pages/a/a.json", "{}"),
    ("pages/a/a.wxml", "<view/>"),
];

/// A folder with the smallest mini program, in which `files` are replaced or added.
pub(crate) fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    for (path, text) in SMALLEST.iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// A mini program whose page runs `code` in `onLoad`; `this` is the page.
pub(crate) fn on_load(code: &str) -> TempDir {
    project(&[(
        "pages/a/a.js",
        &format!("Page({{\nonLoad() {{\n{code}\n}}\n}})"),
    )])
}

/// The sample program.
pub(crate) fn hello() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apps/hello")
}

//! The READMEs: their commands run, what they quote is what is printed, both languages agree.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read files and start the program"
)]

use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Fenced blocks of a language, in order.
pub(crate) fn blocks(text: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    text.split(&opening)
        .skip(1)
        .map(|part| part.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(path)).expect(path)
}

/// The `wxsim` commands of a document, with continued lines joined.
pub(crate) fn commands(text: &str) -> Vec<String> {
    blocks(text, "sh")
        .iter()
        .flat_map(|block| {
            let joined = block.replace("\\\n", " ");
            joined.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .filter_map(|line| {
            let line = line.replace("cargo run --release --", "wxsim");
            line.starts_with("wxsim ").then_some(line)
        })
        .collect()
}

/// Words of a shell command with single quotes.
pub(crate) fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A program where the documents say `path/to/my-program`: its goods page fails in onLoad.
fn my_program(folder: &Path) {
    let root = folder.join("path/to/my-program");
    let page = root.join("pages/goods");
    std::fs::create_dir_all(&page).expect("a temporary folder");
    let write = |path: &Path, text: &str| std::fs::write(path, text).expect("a temporary file");
    write(
        &root.join("app.json"),
        r#"{"pages": ["pages/goods/goods"]}"#,
    );
    write(&root.join("app.js"), "App({});");
    write(&page.join("goods.wxml"), "<view />");
    write(&page.join("goods.json"), "{}");
    let script = "Page({\n  onLoad() {\n    const name = this.data.user.name;\n  },\n});\n";
    write(&page.join("goods.js"), script);
}

/// Runs a command of a document; gives its exit code and all it printed.
fn run(command: &str, folder: &Path) -> (Option<i32>, String) {
    let samples = format!("{ROOT}/sample-apps");
    let arguments = words(command)
        .into_iter()
        .skip(1)
        .map(|word| word.replace("sample-apps", &samples));
    // A busy machine is no failure of a document.
    let patience: &[&str] = if command.starts_with("wxsim test") {
        &["--wall-limit", "2m"]
    } else {
        &[]
    };
    let output = Command::new(env!("CARGO_BIN_EXE_wxsim"))
        .args(arguments)
        .args(patience)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), text + &errors)
}

fn check(document: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    my_program(folder.path());
    let text = read(document);
    let commands = commands(&text);
    assert!(!commands.is_empty(), "{document} has no command");
    let mut printed = String::new();
    for command in &commands {
        let (code, output) = run(command, folder.path());
        let expected = i32::from(command.contains("path/to/"));
        assert_eq!(code, Some(expected), "{document}: {command}\n{output}");
        printed.push_str(&output);
    }
    // The question that nobody answers, which the text describes without a command.
    printed.push_str(
        &run(
            "wxsim run sample-apps/hello --do 'gesture onLocate'",
            folder.path(),
        )
        .1,
    );
    for quoted in blocks(&text, "text") {
        assert!(
            printed.contains(quoted.trim_end()),
            "{document} quotes what is not printed:\n{quoted}"
        );
    }
}

#[test]
fn the_readme_shows_what_the_program_does() {
    check("README.md");
}

#[test]
fn the_chinese_readme_shows_what_the_program_does() {
    check("README.zh-CN.md");
}

#[test]
fn the_readme_of_the_hello_sample_shows_what_the_program_does() {
    check("sample-apps/hello/README.md");
}

#[test]
fn the_readmes_of_the_other_samples_show_what_the_program_does() {
    check("sample-apps/cards/README.md");
    check("sample-apps/login/README.md");
    check("sample-apps/permissions/README.md");
    check("sample-apps/share/README.md");
    check("sample-apps/soter/README.md");
    check("sample-apps/service/README.md");
    check("sample-apps/components/README.md");
    check("sample-apps/shop/README.md");
    check("sample-apps/two-apps/README.md");
}

#[test]
fn both_languages_give_the_same_commands_and_transcripts() {
    let (english, chinese) = (read("README.md"), read("README.zh-CN.md"));
    assert_eq!(blocks(&english, "sh"), blocks(&chinese, "sh"));
    assert_eq!(blocks(&english, "text"), blocks(&chinese, "text"));
    assert_eq!(blocks(&english, "console"), blocks(&chinese, "console"));
}

#[test]
fn every_linked_file_exists() {
    for document in ["README.md", "README.zh-CN.md", "docs/ARCHITECTURE.md"] {
        let text = read(document);
        let folder = Path::new(document).parent().unwrap_or(Path::new(""));
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap_or_default();
            let local = !target.starts_with("http") && !target.is_empty();
            let path = Path::new(ROOT).join(folder).join(target);
            assert!(!local || path.exists(), "{document} links to {target}");
        }
    }
}

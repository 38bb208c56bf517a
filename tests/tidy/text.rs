//! What no text may hold: traces of the machine it was written on; and how long a source may be.

/// Lines of a source file, tests included.
const LINES_MAX: usize = 600;

/// Reports a file with more than [`LINES_MAX`] lines.
pub(super) fn check_length(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    if lines <= LINES_MAX {
        return Vec::new();
    }
    vec![format!(
        "{path}: {lines} lines, {LINES_MAX} at most: split it by concept"
    )]
}

/// Folders that exist on one machine only; written in pieces so that this file does not hold them.
const FOLDERS: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/var/fol", "ders/"),
    concat!("C:\\Us", "ers\\"),
];

/// Page folders of mini programs that look like the home folder of somebody.
const PAGES: &[&str] = &["home", "index"];

/// Hosts that serve packages: which one a machine uses is its own business.
const HOSTS: &[&str] = &[
    concat!("registry.npm", "js.org"),
    concat!("registry.npm", "mirror.com"),
    concat!("registry.yarn", "pkg.com"),
    concat!("py", "pi.org"),
    concat!("files.python", "hosted.org"),
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("proxy.go", "lang.org"),
    concat!("deb.deb", "ian.org"),
];

/// Reports absolute paths of a machine and hosts of package registries.
pub(super) fn check_machine_traces(path: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        for folder in FOLDERS.iter().filter(|folder| names_folder(line, folder)) {
            findings.push(format!(
                "{path}:{number}: `{folder}` is a folder of one machine"
            ));
        }
        for host in HOSTS.iter().filter(|host| line.contains(**host)) {
            findings.push(format!(
                "{path}:{number}: `{host}` is a package registry: name the package"
            ));
        }
    }
    findings
}

/// Whether `folder` starts an absolute path in the line.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let inside_a_path =
            before.is_some_and(|char| char.is_alphanumeric() || ".-_/\\*~@})]>$".contains(char));
        let rest = &line[at + folder.len()..];
        let next = rest
            .split(|char: char| !char.is_alphanumeric())
            .next()
            .unwrap_or_default();
        !inside_a_path && !PAGES.contains(&next)
    })
}

#[test]
fn a_file_that_is_too_long_is_reported() {
    assert!(check_length("src/a.rs", &"x\n".repeat(600)).is_empty());
    assert_eq!(check_length("src/a.rs", &"x\n".repeat(601)).len(), 1);
}

#[test]
fn a_path_of_a_machine_is_reported() {
    for folder in FOLDERS {
        let text = format!("fine\nsee `{folder}someone/file`");
        assert_eq!(
            check_machine_traces("README.md", &text).len(),
            1,
            "{folder}"
        );
    }
}

#[test]
fn a_package_registry_is_reported() {
    for host in HOSTS {
        let text = format!("\"resolved\": \"https://{host}/a/-/a-1.0.0.tgz\"");
        assert_eq!(
            check_machine_traces("tests/package-lock.json", &text).len(),
            1,
            "{host}"
        );
    }
}

#[test]
fn paths_of_the_repository_and_of_mini_programs_are_fine() {
    let pages = concat!(
        "'/pages/ho",
        "me/home' '../ho",
        "me/home' '/ho",
        "me/home' docs/wo",
        "rk/a.md"
    );
    assert_eq!(check_machine_traces("a.js", pages), Vec::<String>::new());
    let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    assert_eq!(
        check_machine_traces("Cargo.lock", lock),
        Vec::<String>::new()
    );
}

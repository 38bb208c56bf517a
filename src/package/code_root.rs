//! Where a project's code lies: the folder that holds app.json.
//!
//! The official tool takes `miniprogramRoot` of project.config.json, else the project folder.
//!
//! Differs from the official tool: when app.json is not there, the usual folders are tried and what
//! was found is reported; the source of a framework that must be built first is recognised.

use super::files::{Files, join};
use super::findings::Findings;
use super::project_config::{PROJECT_CONFIG, ProjectConfig};
use crate::diagnostic::{Diagnostic, Place};

/// Folders that are tried when app.json is not where it should be, best first.
const USUAL_FOLDERS: [&str; 12] = [
    "",
    "miniprogram",
    "dist",
    "src",
    "dist/wx",
    "dist/weapp",
    "dist/wechat",
    "dist/build/mp-weixin",
    "dist/dev/mp-weixin",
    "unpackage/dist/build/mp-weixin",
    "unpackage/dist/dev/mp-weixin",
    "client",
];

/// The source of a framework: files that give it away, its name, where its output goes.
const FRAMEWORKS: [(&[&str], &str, &str); 5] = [
    (
        &[
            "src/app.config.ts",
            "src/app.config.js",
            "src/app.config.tsx",
        ],
        "Taro",
        "dist",
    ),
    (&["src/app.mpx", "app.mpx"], "mpx", "dist/wx"),
    (&["src/app.wpy"], "wepy", "dist"),
    (
        &["src/manifest.json", "src/pages.json"],
        "uni-app",
        "dist/build/mp-weixin",
    ),
    (
        &["manifest.json", "pages.json"],
        "uni-app",
        "unpackage/dist/dev/mp-weixin",
    ),
];

/// The code root relative to the project folder; `None` (reported) when there is no app.json.
pub(super) fn find(
    files: &dyn Files,
    config: &ProjectConfig,
    findings: &mut Findings,
) -> Option<String> {
    let has_app = |folder: &str| files.is_file(&join(folder, "app.json"));
    let wanted = config.miniprogram_root.as_deref().unwrap_or("");
    if has_app(wanted) {
        return Some(wanted.to_owned());
    }
    if let Some(found) = USUAL_FOLDERS.into_iter().find(|folder| has_app(folder)) {
        findings.push(found_elsewhere(config, wanted, found));
        return Some(found.to_owned());
    }
    findings.push_fatal(unbuilt(files).unwrap_or_else(|| nothing(files, config, wanted)));
    None
}

fn wanted_place(config: &ProjectConfig, wanted: &str) -> Place {
    config
        .root_place
        .clone()
        .unwrap_or_else(|| Place::file(join(wanted, "app.json")))
}

fn found_elsewhere(config: &ProjectConfig, wanted: &str, found: &str) -> Diagnostic {
    let found_file = join(found, "app.json");
    let message = if config.root_place.is_some() {
        format!("`miniprogramRoot` names `{wanted}`, which has no app.json; {found_file} is used")
    } else {
        format!("there is no app.json in the project folder; {found_file} is used")
    };
    let given = if found.is_empty() { "./" } else { found };
    Diagnostic::warning(message)
        .at(wanted_place(config, wanted))
        .help(format!(
            "set \"miniprogramRoot\": \"{given}\" in {PROJECT_CONFIG}, or give that folder to wxsim"
        ))
}

/// The error for the source of a framework.
fn unbuilt(files: &dyn Files) -> Option<Diagnostic> {
    FRAMEWORKS.iter().find_map(|(signs, name, output)| {
        let is_there = |sign: &&&str| files.is_file(sign);
        // uni-app is recognised by both of its files, the others by any of theirs.
        let found = if *name == "uni-app" {
            signs.iter().all(|sign| is_there(&sign)).then(|| signs[0])
        } else {
            signs.iter().find(is_there).copied()
        }?;
        let message = format!("this is the source of a {name} project, which must be built first");
        Some(Diagnostic::error(message).at(Place::file(found)).help(format!(
            "build it for WeChat; the output usually goes to {output}; then give this folder again"
        )))
    })
}

/// The error when nothing was found.
fn nothing(files: &dyn Files, config: &ProjectConfig, wanted: &str) -> Diagnostic {
    if files.is_file("game.json") {
        return Diagnostic::error("the project is a mini game, not a mini program")
            .at(Place::file("game.json"))
            .help("wxsim runs mini programs only");
    }
    let message = match &config.root_place {
        Some(_) => format!("`miniprogramRoot` names `{wanted}`, which has no app.json"),
        None => "there is no app.json".to_owned(),
    };
    Diagnostic::error(message)
        .at(wanted_place(config, wanted))
        .help("give the folder that holds app.json or project.config.json")
}

#[cfg(test)]
mod tests {
    use super::super::files::MemoryFiles;
    use super::super::findings::Findings;
    use super::super::project_config::ProjectConfig;
    use super::find;

    /// The code root of a project and the messages.
    fn found(files: &[(&str, &str)]) -> (Option<String>, String) {
        let files = MemoryFiles::new(files.iter().copied());
        let mut findings = Findings::default();
        let config = ProjectConfig::read(&files, &mut findings);
        let root = find(&files, &config, &mut findings);
        let messages: Vec<String> = findings
            .into_vec()
            .iter()
            .map(ToString::to_string)
            .collect();
        (root, messages.join("\n"))
    }

    #[test]
    fn the_code_root_is_what_project_config_says() {
        for spelling in [
            "miniprogram",
            "miniprogram/",
            "./miniprogram/",
            "./miniprogram",
        ] {
            let config = format!("{{\"miniprogramRoot\":\"{spelling}\"}}");
            let files = [
                ("project.config.json", config.as_str()),
                ("miniprogram/app.json", "{}"),
            ];
            assert_eq!(
                found(&files),
                (Some("miniprogram".into()), String::new()),
                "{spelling}"
            );
        }
        for spelling in ["", "./", "/"] {
            let config = format!("{{\"miniprogramRoot\":\"{spelling}\"}}");
            let files = [("project.config.json", config.as_str()), ("app.json", "{}")];
            assert_eq!(
                found(&files),
                (Some(String::new()), String::new()),
                "{spelling}"
            );
        }
        assert_eq!(
            found(&[("app.json", "{}")]),
            (Some(String::new()), String::new())
        );
    }

    #[test]
    fn app_json_elsewhere_is_used_and_the_right_setting_named() {
        for folder in ["miniprogram", "dist", "src"] {
            let (root, messages) = found(&[(&format!("{folder}/app.json"), "{}")]);
            assert_eq!(root.as_deref(), Some(folder));
            assert!(
                messages.starts_with("app.json: warning: there is no app.json"),
                "{messages}"
            );
            assert!(
                messages.contains(&format!("\"miniprogramRoot\": \"{folder}\"")),
                "{messages}"
            );
        }
        let files = [
            ("project.config.json", r#"{"miniprogramRoot":"dist/"}"#),
            ("app.json", "{}"),
        ];
        let (root, messages) = found(&files);
        assert_eq!(root.as_deref(), Some(""));
        assert!(
            messages.starts_with("project.config.json:1:20: warning"),
            "{messages}"
        );
    }

    #[test]
    fn a_project_that_must_be_built_first_is_recognised() {
        let dist = r#"{"miniprogramRoot":"dist/"}"#;
        for (files, framework, output) in [
            (
                vec![("src/app.config.ts", ""), ("project.config.json", dist)],
                "Taro",
                "to dist;",
            ),
            (vec![("src/app.mpx", "")], "mpx", "dist/wx"),
            (vec![("src/app.wpy", "")], "wepy", "to dist;"),
            (
                vec![("manifest.json", ""), ("pages.json", "")],
                "uni-app",
                "unpackage/dist",
            ),
            (
                vec![("src/manifest.json", ""), ("src/pages.json", "")],
                "uni-app",
                "dist/build",
            ),
        ] {
            let (root, messages) = found(&files);
            assert_eq!(root, None);
            assert!(
                messages.contains(&format!("{framework} project")),
                "{messages}"
            );
            assert!(messages.contains(output), "{messages}");
        }
    }

    #[test]
    fn without_app_json_there_is_an_error() {
        let (root, messages) = found(&[("index.html", "")]);
        assert_eq!(root, None);
        assert!(
            messages.starts_with("app.json: error: there is no app.json"),
            "{messages}"
        );
        let (_, messages) = found(&[("project.config.json", r#"{"miniprogramRoot":"x"}"#)]);
        assert!(
            messages.contains("error: `miniprogramRoot` names `x`"),
            "{messages}"
        );
        let (root, messages) = found(&[("project.config.json", r#"{"miniprogramRoot":"../x"}"#)]);
        assert_eq!(root, None);
        assert!(
            messages.contains("leads out of the project folder"),
            "{messages}"
        );
        assert!(found(&[("game.json", "{}")]).1.contains("mini game"));
    }
}

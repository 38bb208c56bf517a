use std::collections::BTreeMap;

use serde_json::json;

use super::{Loaded, Project, load};
use crate::package::files::{Files as _, MemoryFiles};
use crate::package::tab_bar::TabItem;
use crate::package::using_components::ComponentRef;

#[path = "project_mistakes_tests.rs"]
mod mistakes;

const PAGES: &str = r#""pages":["pages/a/a","pages/b/b"]"#;

/// A sound project whose app.json has two pages and `rest`.
fn files(rest: &str) -> MemoryFiles {
    let comma = if rest.is_empty() { "" } else { "," };
    MemoryFiles::new([
        ("app.json", format!("{{{PAGES}{comma}\n{rest}}}")),
        ("app.js", "App({})".to_owned()),
        ("pages/a/a.js", "Page({})".to_owned()),
        ("pages/a/a.wxml", String::new()),
        ("pages/b/b.ts", "Page({})".to_owned()),
        ("pages/b/b.wxml", String::new()),
    ])
}

fn add_component(files: &mut MemoryFiles, path: &str, json: &str) {
    files.insert(format!("{path}.json"), json);
    files.insert(format!("{path}.js"), "Component({})");
    files.insert(format!("{path}.wxml"), "");
}

fn messages(loaded: &Loaded) -> Vec<String> {
    loaded.diagnostics.iter().map(ToString::to_string).collect()
}

/// The project, which must have no mistake.
fn sound(files: &MemoryFiles) -> Project {
    let loaded = load(files);
    assert_eq!(messages(&loaded), Vec::<String>::new());
    loaded.project.expect("it can run")
}

/// Checks that the project has exactly one mistake, whose text begins so and contains that.
#[track_caller]
fn one_mistake(files: &MemoryFiles, begins: &str, contains: &str) -> Option<Project> {
    let loaded = load(files);
    let messages = messages(&loaded);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    assert!(messages[0].starts_with(begins), "{messages:#?}");
    assert!(messages[0].contains(contains), "{messages:#?}");
    let diagnostic = &loaded.diagnostics[0];
    assert!(!diagnostic.help.is_empty(), "no advice: {messages:?}");
    let place = diagnostic.place.as_ref().expect("a place");
    assert!(
        place.line == 0 || !place.source_line.is_empty() || messages[0].contains("empty"),
        "no source line: {messages:?}"
    );
    loaded.project
}

#[test]
fn a_sound_project_is_read() {
    let mut files = files(
        r#""window":{"navigationBarTitleText":"app","backgroundColor":"@bg"},
           "permission":{"scope.userLocation":{"desc":"shows shops nearby"}},
           "requiredPrivateInfos":["getLocation"], "requiredBackgroundModes":["audio"],
           "plugins":{"hello":{"version":"1.0.0","provider":"wx0"}}, "entryPagePath":"pages/b/b",
           "lazyCodeLoading":"requiredComponents", "darkmode":true, "__usePrivacyCheck__":true,
           "embeddedAppIdList":["wx1"], "navigateToMiniProgramAppIdList":["wx2"],
           "sitemapLocation":"sitemap.json", "somethingNew":{"x":1}"#,
    );
    files.insert("sitemap.json", "{}");
    files.insert(
        "project.config.json",
        r#"{"appid":"wx9","libVersion":"latest","projectname":"p"}"#,
    );
    files.insert(
        "pages/a/a.json",
        r#"{"navigationBarTitleText":"a","usingComponents":{},"restartStrategy":"homePage"}"#,
    );
    let project = sound(&files);
    assert_eq!(project.app_id.as_deref(), Some("wx9"));
    assert_eq!(project.lib_version.as_deref(), Some("latest"));
    assert_eq!(
        (project.code_root.as_str(), project.app_script.as_str()),
        ("", "app.js")
    );
    let app = &project.app;
    assert_eq!((app.pages.len(), app.entry_page.as_str()), (2, "pages/b/b"));
    assert_eq!(app.permission["scope.userLocation"], "shows shops nearby");
    assert_eq!(
        app.required_private_infos,
        Some(vec!["getLocation".to_owned()])
    );
    assert_eq!(
        (
            app.plugins[0].name.as_str(),
            app.plugins[0].provider.as_str()
        ),
        ("hello", "wx0")
    );
    assert!(app.lazy_code_loading && app.dark_mode && app.use_privacy_check);
    assert_eq!(
        (
            app.embedded_app_ids[0].as_str(),
            app.navigate_to_app_ids[0].as_str()
        ),
        ("wx1", "wx2")
    );
    assert_eq!(app.raw["somethingNew"], json!({"x": 1}));
    let page = &project.pages[0];
    assert_eq!(
        (page.route.as_str(), page.script.as_deref()),
        ("pages/a/a", Some("pages/a/a.js"))
    );
    assert_eq!(page.window["navigationBarTitleText"], "a", "the page's own");
    assert_eq!(page.window["backgroundColor"], "@bg", "the app's");
    assert!(!page.window.contains_key("usingComponents"));
    assert_eq!(page.restart_strategy.as_deref(), Some("homePage"));
    assert_eq!(project.pages[1].script.as_deref(), Some("pages/b/b.ts"));
    assert_eq!(project.pages[1].config, json!({}));
}

#[test]
fn a_project_below_miniprogram_root_is_read() {
    let mut moved = MemoryFiles::new([("project.config.json", r#"{"miniprogramRoot":"./mp/"}"#)]);
    let original = files("");
    for path in [
        "app.json",
        "app.js",
        "pages/a/a.js",
        "pages/a/a.wxml",
        "pages/b/b.ts",
        "pages/b/b.wxml",
    ] {
        moved.insert(format!("mp/{path}"), original.read(path).expect("there"));
    }
    let project = sound(&moved);
    assert_eq!(
        (project.code_root.as_str(), project.app_script.as_str()),
        ("mp", "app.js")
    );
    let resolver = project.resolver(&moved);
    assert_eq!(resolver.read_code("app.js").as_deref(), Ok("App({})"));
}

#[test]
fn subpackages_of_both_spellings_add_pages() {
    for key in ["subpackages", "subPackages"] {
        let mut files = files(&format!(
            r#""{key}":[{{"root":"/sub/","name":"s","independent":true,"pages":["c/c","./d"]}}]"#
        ));
        for page in ["sub/c/c", "sub/d"] {
            files.insert(format!("{page}.js"), "");
            files.insert(format!("{page}.wxml"), "");
        }
        let project = sound(&files);
        assert_eq!(
            project.app.pages,
            ["pages/a/a", "pages/b/b", "sub/c/c", "sub/d"]
        );
        let subpackage = &project.app.subpackages[0];
        assert_eq!(
            (subpackage.root.as_str(), subpackage.name.as_deref()),
            ("sub", Some("s"))
        );
        assert!(subpackage.independent);
        assert_eq!(subpackage.pages, ["sub/c/c", "sub/d"]);
        assert_eq!(project.pages[2].subpackage, Some(0));
    }
}

#[test]
fn the_tab_bar_is_read() {
    let list = r#"[{"pagePath":"pages/a/a","text":"A"},{"pagePath":"pages/b/b"}]"#;
    let project = sound(&files(&format!(r#""tabBar":{{"list":{list}}}"#)));
    let bar = project.app.tab_bar.expect("a tab bar");
    assert!(!bar.custom);
    let item = |page: &str, text: &str| TabItem {
        page_path: page.into(),
        text: text.into(),
    };
    assert_eq!(bar.items, [item("pages/a/a", "A"), item("pages/b/b", "")]);

    let mut files = files(&format!(r#""tabBar":{{"custom":true,"list":{list}}}"#));
    one_mistake(
        &files,
        "custom-tab-bar/index.json: warning",
        "there is no custom-tab-bar",
    );
    add_component(&mut files, "custom-tab-bar/index", r#"{"component":true}"#);
    let project = sound(&files);
    assert_eq!(project.components[0].path, "custom-tab-bar/index");
}

#[test]
fn components_are_found_by_every_kind_of_path() {
    let mut files =
        files(r#""usingComponents":{"app-wide":"components/w/w","same":"/components/w/w"}"#);
    files.insert(
        "pages/a/a.json",
        r#"{"usingComponents":{"near":"./near","up":"../../components/x","abs":"/components/x",
            "same":"/components/x","npm":"@vant/weapp/button/index","folder":"lib/cell",
            "raw":"kit/tag","plug":"plugin://p/c","lib":"dynamicLib://l/c"}}"#,
    );
    for path in [
        "components/w/w",
        "components/x",
        "pages/a/near",
        "miniprogram_npm/@vant/weapp/button/index",
        "miniprogram_npm/lib/cell/index",
        "node_modules/kit/out/tag/index",
    ] {
        add_component(&mut files, path, r#"{"component":true}"#);
    }
    files.insert(
        "node_modules/kit/package.json",
        r#"{"miniprogram":"./out"}"#,
    );
    let project = sound(&files);
    let found: BTreeMap<_, _> = project.pages[0].using_components.iter().cloned().collect();
    let code = |path: &str| ComponentRef::Code(path.to_owned());
    assert_eq!(found["near"], code("pages/a/near"));
    assert_eq!(
        (&found["up"], &found["abs"]),
        (&code("components/x"), &code("components/x"))
    );
    assert_eq!(found["same"], code("components/x"), "the page's own wins");
    assert_eq!(found["app-wide"], code("components/w/w"));
    assert_eq!(
        found["npm"],
        code("miniprogram_npm/@vant/weapp/button/index")
    );
    assert_eq!(found["folder"], code("miniprogram_npm/lib/cell/index"));
    assert_eq!(found["raw"], code("node_modules/kit/out/tag/index"));
    assert_eq!(found["plug"], ComponentRef::Plugin("plugin://p/c".into()));
    assert_eq!(
        found["lib"],
        ComponentRef::Plugin("dynamicLib://l/c".into())
    );
    assert_eq!(
        project.pages[1].using_components.len(),
        2,
        "those of app.json"
    );
    assert_eq!(project.components.len(), 6);
    assert_eq!(project.components[0].path, "components/w/w");
    assert_eq!(
        project.components[0].script.as_deref(),
        Some("components/w/w.js")
    );
}

#[test]
fn components_that_use_each_other_are_read_once() {
    let mut files = files(r#""usingComponents":{"x":"c/x"}"#);
    add_component(
        &mut files,
        "c/x",
        r#"{"component":true,"usingComponents":{"y":"./y","x":"x"}}"#,
    );
    add_component(
        &mut files,
        "c/y",
        r#"{"component":true,"usingComponents":{"x":"x","y":"y"}}"#,
    );
    let project = sound(&files);
    let paths: Vec<&str> = project.components.iter().map(|c| c.path.as_str()).collect();
    assert_eq!(paths, ["c/x", "c/y"]);
}

#[test]
fn components_that_stand_in_generic_tags_are_read() {
    let mut files = files(r#""usingComponents":{"x":"c/x"}"#);
    add_component(
        &mut files,
        "c/x",
        r#"{"component":true,"componentGenerics":{"row":{"default":"./y"},"head":true}}"#,
    );
    add_component(&mut files, "c/y", r#"{"component":true}"#);
    let project = sound(&files);
    let paths: Vec<&str> = project.components.iter().map(|c| c.path.as_str()).collect();
    assert_eq!(paths, ["c/x", "c/y"]);
    let tags = [
        ("row".to_owned(), Some("c/y".to_owned())),
        ("head".to_owned(), None),
    ];
    assert_eq!(project.components[0].generics, tags);
}

#[test]
fn a_damaged_app_json_never_panics() {
    let rest = r#""window":{"a":"你\u00e9"},/*é*/"tabBar":{"list":[{"pagePath":"pages/a/a"},{}]},
        "subPackages":[{"root":"s","pages":["c/c"],}],"permission":{"scope.x":{"desc":"d"}},
        "usingComponents":{"x":"/c/x","y":"npm/y"},"requiredPrivateInfos":["getLocation"]"#;
    let mut files = files(rest);
    add_component(&mut files, "c/x", r#"{"component":true}"#);
    let sound = files.read("app.json").expect("there");
    for length in 0..sound.len() {
        files.insert("app.json", &sound[..length]);
        let loaded = load(&files);
        assert!(loaded.project.is_none(), "length {length}");
        assert!(
            loaded
                .diagnostics
                .iter()
                .any(crate::diagnostic::Diagnostic::is_error)
        );
    }
    let mut seed = 99_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize
    };
    for _ in 0..2000 {
        let mut text = sound.clone();
        for _ in 0..=random() % 3 {
            let at = random() % text.len();
            text[at] = u8::try_from(random() % 256).expect("a byte");
        }
        files.insert("app.json", text);
        let loaded = load(&files);
        let has_error = loaded
            .diagnostics
            .iter()
            .any(crate::diagnostic::Diagnostic::is_error);
        assert!(
            loaded.project.is_some() || has_error,
            "nothing runs and no error says why"
        );
    }
}

use std::collections::BTreeMap;

use serde_json::json;

use super::super::component::COMPONENTS_MAX;
use super::super::files::{Files as _, MemoryFiles};
use super::super::routes::{PAGES_MAX, SUBPACKAGES_MAX};
use super::super::tab_bar::TabItem;
use super::super::using_components::{ComponentRef, TAGS_MAX};
use super::{Loaded, Project, load};

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
fn pages_that_are_missing_or_listed_twice_are_reported_where_they_are_listed() {
    let mut files = files("");
    files.remove("pages/b/b.ts");
    let project = one_mistake(
        &files,
        "app.json:1:23: error: the page `pages/b/b` has no script",
        "b.js",
    );
    assert_eq!(project.expect("the rest runs").pages[1].script, None);

    let mut files = self::files("");
    files.remove("pages/b/b.wxml");
    assert!(one_mistake(&files, "app.json:1:23: warning", "no template").is_some());

    let listed = |pages: &str, rest: &str| {
        let mut files = self::files("");
        files.insert("app.json", format!("{{\"pages\":[{pages}]{rest}}}"));
        files
    };
    one_mistake(
        &listed(r#""pages/a/a","pages/a/a""#, ""),
        "app.json:1:23: error",
        "listed twice",
    );
    one_mistake(
        &listed(r#""/pages/a/a""#, ""),
        "app.json:1:11: warning",
        "write `pages/a/a`",
    );
    one_mistake(
        &listed(r#""pages/a/a",7"#, ""),
        "app.json:1:23: error",
        "`pages[1]` must be a string",
    );
    one_mistake(
        &listed(r#""pages/a/a","../x""#, ""),
        "app.json:1:23: error",
        "no page path",
    );
    one_mistake(
        &listed(r#""pages/a/a","""#, ""),
        "app.json:1:23: error",
        "no page path",
    );
    let both = r#","subpackages":[{"root":"pages","pages":["a/a"]}]"#;
    one_mistake(
        &listed(r#""pages/a/a""#, both),
        "app.json:1:64: error",
        "in the main package and in a sub",
    );
}

#[test]
fn mistakes_in_subpackages_are_reported() {
    for (rest, contains) in [
        (
            r#""subpackages":[{"root":"x","pages":[]},{"root":"x/y","pages":[]}]"#,
            "overlap",
        ),
        (
            r#""subpackages":[{"root":"x","pages":[]},{"root":"x","pages":[]}]"#,
            "overlap",
        ),
        (r#""subpackages":{}"#, "`subpackages` must be a list"),
        (r#""subpackages":[1]"#, "`subpackages[0]` must be an object"),
        (r#""subPackages":[{"pages":[]}]"#, "names no folder"),
        (r#""subPackages":[{"root":"../x"}]"#, "names no folder"),
        (
            r#""subPackages":[{"root":"x","pages":3}]"#,
            "`subPackages[0].pages` must be a list",
        ),
        (
            r#""subPackages":[{"root":"x","independent":"yes"}]"#,
            "must be true or false",
        ),
        (
            r#""subpackages":[{"root":"x","pages":["a"]}],"subPackages":[{"root":"x/","pages":["a"]}]"#,
            "overlap",
        ),
    ] {
        let loaded = load(&files(rest));
        assert!(loaded.project.is_some());
        assert!(
            messages(&loaded)
                .iter()
                .any(|m| m.contains(contains) && m.starts_with("app.json:2:")),
            "{rest}: {:?}",
            messages(&loaded)
        );
    }
    assert!(
        load(&files(r#""subpackages":[{"root":"xy"},{"root":"x"}]"#))
            .diagnostics
            .is_empty()
    );
}

#[test]
fn nothing_runs_without_app_json_pages_or_the_apps_script() {
    let mut files = files("");
    files.remove("app.js");
    assert!(one_mistake(&files, "app.js: error: the app has no script", "App({})").is_none());
    for (app, contains) in [
        ("{\"pages\":[]}", "lists no page"),
        ("{}", "lists no page"),
        ("[]", "must be an object"),
        ("{\"pages\":[\"pages/a/a\",}", "not JSON"),
        ("", "empty"),
    ] {
        let mut files = self::files("");
        files.insert("app.json", app);
        assert!(
            one_mistake(&files, "app.json:1:", contains).is_none(),
            "{app}"
        );
    }
    let mut files = self::files("");
    files.insert("app.json", b"{\"pages\":[\"\xff\"]}".to_vec());
    assert!(one_mistake(&files, "app.json:1:12: error", "UTF-8").is_none());
    let mut files = self::files("");
    files.remove("pages/a/a.js");
    files.remove("pages/b/b.ts");
    let loaded = load(&files);
    assert!(loaded.project.is_none());
    assert!(messages(&loaded)[2].contains("no page of app.json has a script"));
    let loaded = load(&MemoryFiles::default());
    assert!(loaded.project.is_none());
    assert_eq!(loaded.diagnostics.len(), 1);
}

#[test]
fn a_game_and_a_plugin_are_refused() {
    for (kind, contains) in [
        ("game", "mini game"),
        ("plugin", "a plugin"),
        ("miniprogramPlugin", "a plugin"),
    ] {
        let mut files = files("");
        files.insert(
            "project.config.json",
            format!("{{\"compileType\":\"{kind}\"}}"),
        );
        assert!(one_mistake(&files, "project.config.json:1:16: error", contains).is_none());
    }
    let mut files = files("");
    files.insert("project.config.json", r#"{"compileType":"miniprogram"}"#);
    sound(&files);
}

#[test]
fn a_broken_project_config_is_reported_and_the_project_read() {
    let mut files = files("");
    files.insert("project.config.json", "{\n\"appid\": }");
    assert!(one_mistake(&files, "project.config.json:2:10: error", "not JSON").is_some());
    files.insert("project.config.json", "{\"appid\": 5}");
    assert!(one_mistake(&files, "project.config.json:1:11: error", "`appid` must be").is_some());
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
fn mistakes_in_the_tab_bar_are_reported() {
    let a = r#"{"pagePath":"pages/a/a","text":"A"}"#;
    for (list, contains) in [
        (format!("[{a}]"), "2 to 5 items, this one 1"),
        (
            format!("[{a},{a},{a},{a},{a},{a}]"),
            "2 to 5 items, this one 6",
        ),
        (
            format!(r#"[{a},{{"pagePath":"pages/x/x"}}]"#),
            "`pages/x/x` is not listed",
        ),
        (
            format!(r#"[{a},{{"text":"x"}}]"#),
            "`tabBar.list[1].pagePath` is missing",
        ),
        (format!("[{a},1]"), "`tabBar.list[1]` must be an object"),
        (
            format!(r#"[{a},{{"pagePath":"/pages/b/b"}}]"#),
            "no leading slash",
        ),
        ("{}".to_owned(), "`tabBar.list` must be a list"),
    ] {
        let loaded = load(&files(&format!(r#""tabBar":{{"list":{list}}}"#)));
        let messages = messages(&loaded);
        assert!(
            messages
                .iter()
                .any(|m| m.contains(contains) && m.starts_with("app.json:2:")),
            "{messages:?}"
        );
    }
    let mut files = files(&format!(
        r#""subpackages":[{{"root":"s","pages":["c"]}}],
           "tabBar":{{"list":[{a},{{"pagePath":"s/c"}}]}}"#
    ));
    files.insert("s/c.js", "");
    files.insert("s/c.wxml", "");
    one_mistake(&files, "app.json:3:", "is in a subpackage");
}

#[test]
fn mistakes_in_declarations_are_reported() {
    let long = "好".repeat(31);
    for (rest, begins, contains) in [
        (
            r#""entryPagePath":"pages/x/x""#.to_owned(),
            "app.json:2:17: error",
            "not listed in `pages`",
        ),
        (
            r#""requiredPrivateInfos":["getLocation","getFuzzyLocation"]"#.to_owned(),
            "app.json:2:25: warning",
            "exclude each other",
        ),
        (
            r#""requiredPrivateInfos":["getUserInfo"]"#.to_owned(),
            "app.json:2:25: warning",
            "no API that",
        ),
        (
            format!(r#""permission":{{"scope.userLocation":{{"desc":"{long}"}}}}"#),
            "app.json:2:44: warning",
            "31 characters",
        ),
        (
            r#""permission":{"scope.x":{}}"#.to_owned(),
            "app.json:2:15: warning",
            "is missing",
        ),
        (
            r#""permission":{"scope.x":"y"}"#.to_owned(),
            "app.json:2:25: error",
            "must be an object",
        ),
        (
            r#""permission":[]"#.to_owned(),
            "app.json:2:14: error",
            "must be an object",
        ),
        (
            r#""plugins":{"x":1}"#.to_owned(),
            "app.json:2:16: error",
            "`plugins.x` must be",
        ),
        (
            r#""window":"x""#.to_owned(),
            "app.json:2:10: error",
            "`window` must be an object",
        ),
        (
            r#""darkmode":"x""#.to_owned(),
            "app.json:2:12: error",
            "`darkmode` must be true",
        ),
        (
            r#""sitemapLocation":"no.json""#.to_owned(),
            "app.json:2:19: warning",
            "does not exist",
        ),
        (
            r#""usingComponents":{"x":1}"#.to_owned(),
            "app.json:2:24: error",
            "must be a string",
        ),
        (
            r#""x":1, // note"#.to_owned() + "\n\"y\":2",
            "app.json:2:8: warning",
            "no comments",
        ),
        (r#""x":1,"#.to_owned(), "app.json:2:6: warning", "no comma"),
    ] {
        assert!(
            one_mistake(&files(&rest), begins, contains).is_some(),
            "{rest}"
        );
    }
    let app = sound(&files(&format!(
        r#""permission":{{"scope.userLocation":{{"desc":"{}"}}}}"#,
        "好".repeat(30)
    )));
    assert_eq!(app.app.permission.len(), 1);
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
fn mistakes_in_components_are_reported() {
    let using = |path: &str| files(&format!(r#""usingComponents":{{"x":"{path}"}}"#));
    let project = one_mistake(
        &using("./c/x"),
        "app.json:2:24: error",
        "looked for c/x.json, c/x/index.json",
    );
    let refs = project.expect("the rest runs").app.using_components;
    assert_eq!(
        refs,
        [("x".to_owned(), ComponentRef::Missing("./c/x".to_owned()))]
    );
    one_mistake(
        &using("../x"),
        "app.json:2:24: error",
        "leads out of the code",
    );

    let mut files = using("c/x");
    add_component(&mut files, "c/x", "{}");
    one_mistake(&files, "c/x.json: warning", "\"component\": true");
    files.remove("c/x.json");
    one_mistake(&files, "c/x.json: warning", "\"component\": true");
    add_component(&mut files, "c/x", r#"{"component":true}"#);
    files.remove("c/x.js");
    one_mistake(&files, "c/x.js: error", "has no script");
    add_component(&mut files, "c/x", r#"{"component":true}"#);
    files.remove("c/x.wxml");
    one_mistake(&files, "c/x.wxml: warning", "has no template");

    let weui =
        r#""useExtendedLib":{"weui":true},"usingComponents":{"c":"weui-miniprogram/cells/cells"}"#;
    let refs = sound(&self::files(weui)).app.using_components;
    assert!(matches!(refs[0].1, ComponentRef::Plugin(_)));
}

#[test]
fn a_pages_broken_json_is_reported_and_the_page_kept() {
    for (json, begins) in [
        (
            "{\r\n  \"usingComponents\": {\r\n}",
            "pages/a/a.json:1:1: error",
        ),
        ("", "pages/a/a.json:1:1: error"),
        ("[]", "pages/a/a.json:1:1: error"),
        ("{}{}", "pages/a/a.json:1:3: error"),
        ("\u{feff}{}", "pages/a/a.json:1:1: warning"),
    ] {
        let mut files = files("");
        files.insert("pages/a/a.json", json);
        let project = load(&files).project.expect("it runs");
        assert_eq!(project.pages[0].config, json!({}));
        let texts = messages(&load(&files));
        assert!(
            texts.len() == 1 && texts[0].starts_with(begins),
            "{json:?}: {texts:?}"
        );
    }
}

#[test]
fn too_much_of_anything_is_cut_off_with_the_limits_name() {
    let list =
        |n: usize, item: &dyn Fn(usize) -> String| (0..n).map(item).collect::<Vec<_>>().join(",");
    let mut files = files("");
    let pages = list(PAGES_MAX, &|i| format!("\"p{i}\""));
    files.insert("app.json", format!("{{\"pages\":[\"pages/a/a\",{pages}]}}"));
    let loaded = load(&files);
    assert_eq!(
        loaded.project.as_ref().map(|p| p.pages.len()),
        Some(PAGES_MAX)
    );
    assert!(messages(&loaded)[0].contains("PAGES_MAX"));

    let subpackages = list(SUBPACKAGES_MAX + 1, &|i| format!("{{\"root\":\"s{i}\"}}"));
    let files = self::files(&format!("\"subpackages\":[{subpackages}]"));
    one_mistake(&files, "app.json:2:", "SUBPACKAGES_MAX");

    let tags = list(TAGS_MAX + 1, &|i| format!("\"t{i}\":\"plugin://p/c\""));
    let files = self::files(&format!("\"usingComponents\":{{{tags}}}"));
    one_mistake(&files, "app.json:2:", "TAGS_MAX");

    // Every component uses the next one: the walk must not depend on the stack either.
    let mut files = self::files(r#""usingComponents":{"x":"c/0"}"#);
    for i in 0..=COMPONENTS_MAX {
        let next = format!(
            "{{\"component\":true,\"usingComponents\":{{\"y\":\"./{}\"}}}}",
            i + 1
        );
        add_component(&mut files, &format!("c/{i}"), &next);
    }
    let loaded = load(&files);
    assert_eq!(
        loaded.project.as_ref().map(|p| p.components.len()),
        Some(COMPONENTS_MAX)
    );
    assert!(
        messages(&loaded)[0].contains("COMPONENTS_MAX"),
        "{:?}",
        messages(&loaded)
    );
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

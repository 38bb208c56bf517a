//! What is reported, where, and what still runs.

use serde_json::json;

use super::{add_component, files, messages, one_mistake, sound};
use crate::package::component::COMPONENTS_MAX;
use crate::package::files::MemoryFiles;
use crate::package::load;
use crate::package::routes::{PAGES_MAX, SUBPACKAGES_MAX};
use crate::package::using_components::{ComponentRef, TAGS_MAX};

#[test]
fn pages_that_are_missing_or_listed_twice_are_reported_where_they_are_listed() {
    let mut changed = files("");
    changed.remove("pages/b/b.ts");
    let project = one_mistake(
        &changed,
        "app.json:1:23: error: the page `pages/b/b` has no script",
        "b.js",
    );
    assert_eq!(project.expect("the rest runs").pages[1].script, None);

    let mut changed = files("");
    changed.remove("pages/b/b.wxml");
    assert!(one_mistake(&changed, "app.json:1:23: warning", "no template").is_some());

    let listed = |pages: &str, rest: &str| {
        let mut changed = files("");
        changed.insert("app.json", format!("{{\"pages\":[{pages}]{rest}}}"));
        changed
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
    let mut changed = files("");
    changed.remove("app.js");
    assert!(one_mistake(&changed, "app.js: error: the app has no script", "App({})").is_none());
    for (app, contains) in [
        ("{\"pages\":[]}", "lists no page"),
        ("{}", "lists no page"),
        ("[]", "must be an object"),
        ("{\"pages\":[\"pages/a/a\",}", "not JSON"),
        ("", "empty"),
    ] {
        let mut changed = files("");
        changed.insert("app.json", app);
        assert!(
            one_mistake(&changed, "app.json:1:", contains).is_none(),
            "{app}"
        );
    }
    let mut changed = files("");
    changed.insert("app.json", b"{\"pages\":[\"\xff\"]}".to_vec());
    assert!(one_mistake(&changed, "app.json:1:12: error", "UTF-8").is_none());
    let mut changed = files("");
    changed.remove("pages/a/a.js");
    changed.remove("pages/b/b.ts");
    let loaded = load(&changed);
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
        let mut changed = files("");
        changed.insert(
            "project.config.json",
            format!("{{\"compileType\":\"{kind}\"}}"),
        );
        assert!(one_mistake(&changed, "project.config.json:1:16: error", contains).is_none());
    }
    let mut changed = files("");
    changed.insert("project.config.json", r#"{"compileType":"miniprogram"}"#);
    sound(&changed);
}

#[test]
fn a_broken_project_config_is_reported_and_the_project_read() {
    let mut changed = files("");
    changed.insert("project.config.json", "{\n\"appid\": }");
    assert!(one_mistake(&changed, "project.config.json:2:10: error", "not JSON").is_some());
    changed.insert("project.config.json", "{\"appid\": 5}");
    assert!(
        one_mistake(
            &changed,
            "project.config.json:1:11: error",
            "`appid` must be"
        )
        .is_some()
    );
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
    let mut changed = files(&format!(
        r#""subpackages":[{{"root":"s","pages":["c"]}}],
           "tabBar":{{"list":[{a},{{"pagePath":"s/c"}}]}}"#
    ));
    changed.insert("s/c.js", "");
    changed.insert("s/c.wxml", "");
    one_mistake(&changed, "app.json:3:", "is in a subpackage");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of mistakes")]
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

    let mut changed = using("c/x");
    add_component(&mut changed, "c/x", "{}");
    one_mistake(&changed, "c/x.json: warning", "\"component\": true");
    changed.remove("c/x.json");
    one_mistake(&changed, "c/x.json: warning", "\"component\": true");
    add_component(&mut changed, "c/x", r#"{"component":true}"#);
    changed.remove("c/x.js");
    one_mistake(&changed, "c/x.js: error", "has no script");
    add_component(&mut changed, "c/x", r#"{"component":true}"#);
    changed.remove("c/x.wxml");
    one_mistake(&changed, "c/x.wxml: warning", "has no template");

    for value in ["true", "\"latest\""] {
        let weui = format!(
            r#""useExtendedLib":{{"weui":{value}}},"usingComponents":{{"c":"weui-miniprogram/cells/cells"}}"#
        );
        let refs = sound(&files(&weui)).app.using_components;
        assert!(matches!(refs[0].1, ComponentRef::Plugin(_)), "{value}");
    }
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
        let mut changed = files("");
        changed.insert("pages/a/a.json", json);
        let project = load(&changed).project.expect("it runs");
        assert_eq!(project.pages[0].config, json!({}));
        let texts = messages(&load(&changed));
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
    let mut changed = files("");
    let pages = list(PAGES_MAX, &|i| format!("\"p{i}\""));
    changed.insert("app.json", format!("{{\"pages\":[\"pages/a/a\",{pages}]}}"));
    let loaded = load(&changed);
    assert_eq!(
        loaded.project.as_ref().map(|p| p.pages.len()),
        Some(PAGES_MAX)
    );
    assert!(messages(&loaded)[0].contains("PAGES_MAX"));

    let subpackages = list(SUBPACKAGES_MAX + 1, &|i| format!("{{\"root\":\"s{i}\"}}"));
    let changed = files(&format!("\"subpackages\":[{subpackages}]"));
    one_mistake(&changed, "app.json:2:", "SUBPACKAGES_MAX");

    let tags = list(TAGS_MAX + 1, &|i| format!("\"t{i}\":\"plugin://p/c\""));
    let changed = files(&format!("\"usingComponents\":{{{tags}}}"));
    one_mistake(&changed, "app.json:2:", "TAGS_MAX");

    // Every component uses the next one: the walk must not depend on the stack either.
    let mut changed = files(r#""usingComponents":{"x":"c/0"}"#);
    for i in 0..=COMPONENTS_MAX {
        let next = format!(
            "{{\"component\":true,\"usingComponents\":{{\"y\":\"./{}\"}}}}",
            i + 1
        );
        add_component(&mut changed, &format!("c/{i}"), &next);
    }
    let loaded = load(&changed);
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

//! Ways to break what `app.json` and its like say.

use serde_json::{Value as Json, json};

use super::mutations::{Loads, Project, bytes, put};
use super::random::Random;

pub(super) fn duplicate_pages(project: &mut Project, random: &mut Random) -> Loads {
    let mut app = app_json(project);
    let page = random
        .pick(&["pages/home/home", "/pages/home/home", "pages/home/home.js"])
        .to_owned();
    let pages = app["pages"].as_array_mut().expect("pages");
    for _ in 0..=random.below(50) {
        pages.push(json!(page));
    }
    put(project, "app.json", app.to_string());
    Loads::Maybe
}

pub(super) fn lone_surrogates(project: &mut Project, random: &mut Random) -> Loads {
    let mut app = app_json(project);
    match random.below(3) {
        0 => {
            let text = app.to_string().replace("首页", "\\ud83d");
            put(project, "app.json", text);
        }
        1 => {
            app["pages"][1] = json!("pages/SURROGATE/x");
            let text = app.to_string().replace("SURROGATE", "\\udc00");
            put(project, "app.json", text);
        }
        _ => {
            let code = "const s = '\\ud800'\nwx.setStorageSync(s, s)\nconsole.log(s)\n\
                        Page({ data: { [s]: s }, onLoad() { this.setData({ [s]: s }) } })";
            put(project, "pages/home/home.js", code);
        }
    }
    Loads::Maybe
}

pub(super) fn huge_numbers(project: &mut Project, random: &mut Random) -> Loads {
    let digits = "9".repeat(100_000);
    let number = *random.pick(&["1e999", "-1e999", "1e-999", "18446744073709551616", &digits]);
    let member = *random.pick(&[
        "\"window\": {\"x\": N}",
        "\"pages\": [N]",
        "\"tabBar\": {\"list\": [N]}",
        "\"networkTimeout\": {\"request\": N}",
        "\"subPackages\": [{\"root\": N, \"pages\": [N]}]",
        "\"entryPagePath\": N",
    ]);
    let text = format!(
        "{{\"pages\": [\"pages/home/home\"], {}}}",
        member.replace('N', number)
    );
    put(project, "app.json", text);
    Loads::Maybe
}

pub(super) fn unicode_names(project: &mut Project, random: &mut Random) -> Loads {
    let name = *random.pick(&[
        "页面",
        "e\u{301}",
        "\u{202e}cba",
        "😀 😀",
        "%41",
        "a?b",
        "a#b",
        "'",
    ]);
    let mut app = app_json(project);
    let route = format!("pages/{name}/{name}");
    app["pages"]
        .as_array_mut()
        .expect("pages")
        .insert(0, json!(route));
    put(project, "app.json", app.to_string());
    put(project, &format!("{route}.js"), "Page({})");
    put(project, &format!("{route}.wxml"), "<view/>");
    Loads::Maybe
}

pub(super) fn circular_components(project: &mut Project, random: &mut Random) -> Loads {
    let length = 1 + random.below(200);
    for number in 0..length {
        let next = (number + 1) % length;
        let config = json!({"component": true, "usingComponents": {
            "next": format!("/c/c{next}"), "self": format!("./c{number}"),
        }});
        put(project, &format!("c/c{number}.json"), config.to_string());
        put(project, &format!("c/c{number}.js"), "Component({})");
        put(project, &format!("c/c{number}.wxml"), "<next/><self/>");
    }
    let config = json!({"usingComponents": {"c": "/c/c0"}});
    put(project, "pages/home/home.json", config.to_string());
    Loads::Yes
}

pub(super) fn wrong_types(project: &mut Project, random: &mut Random) -> Loads {
    let file = *random.pick(&["app.json", "project.config.json", "pages/home/home.json"]);
    let mut config: Json = serde_json::from_slice(&bytes(project, file)).expect("the sample's");
    let members = config.as_object_mut().expect("an object");
    let names: Vec<String> = members.keys().cloned().collect();
    let values = [
        json!(null),
        json!(5),
        json!("x"),
        json!([[]]),
        json!({"a": {}}),
        json!(true),
    ];
    let value = random.pick(&values).clone();
    match random.below(4) {
        0 => config = value,
        _ => {
            members.insert(random.pick(&names).clone(), value);
        }
    }
    put(project, file, config.to_string());
    Loads::Maybe
}

pub(super) fn strange_pages(project: &mut Project, random: &mut Random) -> Loads {
    let long = "x/".repeat(5_000);
    let pages = [
        "",
        "/",
        ".",
        "..",
        "../../outside",
        "/etc/passwd",
        "pages//home/home",
        "pages/home/home?a=1",
        "C:\\x",
        "\0",
        "__proto__",
        "constructor",
        "miniprogram_npm/a",
        &long,
    ];
    let mut app = app_json(project);
    let list = app["pages"].as_array_mut().expect("pages");
    list.insert(0, json!(random.pick(&pages)));
    put(project, "app.json", app.to_string());
    Loads::Maybe
}

pub(super) fn wrong_root(project: &mut Project, random: &mut Random) -> Loads {
    let roots = [
        json!("../"),
        json!("nowhere/"),
        json!("app.js"),
        json!(5),
        json!("/"),
        json!("pages"),
    ];
    let config = json!({"miniprogramRoot": random.pick(&roots), "appid": random.pick(&roots)});
    put(project, "project.config.json", config.to_string());
    Loads::Maybe
}

fn app_json(project: &Project) -> Json {
    serde_json::from_slice(&bytes(project, "app.json")).expect("the sample's app.json")
}

use std::path::Path;
use std::rc::Rc;

use serde_json::{Value as Json, json};

use super::host_page::{BadComponent, HostPage, Wanted, emitted, host_page};
use crate::package::{DiskFiles, Files, MemoryFiles, load};
use crate::runtime::{Config, Sim};

/// Files of a sample app.
fn sample(name: &str) -> Rc<dyn Files> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample-apps")
        .join(name);
    Rc::new(DiskFiles::open(&folder).expect("a sample app"))
}

fn made(files: &Rc<dyn Files>, wanted: Json) -> Result<HostPage, BadComponent> {
    let project = load(&**files).project.expect("the project is complete");
    let wanted: Wanted = serde_json::from_value(wanted).expect("it has these members");
    host_page(&project, Rc::clone(files), &wanted)
}

/// A simulator with the page on top, and the page's number.
fn started(host: &HostPage) -> (Sim, u32) {
    let (project, files) = (Rc::clone(&host.project), Rc::clone(&host.files));
    let sim = Sim::new(project, files, Config::default(), None);
    let mut sim = sim.expect("the simulator starts");
    let told = host.start(&mut sim);
    assert_eq!(
        (&told["tag"], &told["route"]),
        (&json!(host.tag), &json!(host.route))
    );
    let page = told["page"].as_u64().expect("the page is open");
    (sim, u32::try_from(page).expect("a small number"))
}

fn run(sim: &mut Sim, step: &str) {
    sim.step(&step.parse().expect(step)).expect(step);
}

#[test]
fn a_component_gets_its_properties_and_events_are_kept() {
    let files = sample("components");
    let rows = json!([{ "id": 1, "from": 100, "off": 10 }, { "id": 2, "from": 50, "off": 5 }]);
    let wanted = json!({
        "component": "components/choice-list/choice-list",
        "properties": { "rows": rows },
        "on": ["choose"],
    });
    let host = made(&files, wanted).expect("there is such a component");
    assert_eq!(
        (host.route.as_str(), host.tag.as_str()),
        ("wxsim-host/page", "choice-list")
    );
    let (mut sim, page) = started(&host);
    assert_eq!(sim.errors(), 0);
    let shown = sim.tree_text(None);
    assert!(
        shown.contains("<choice-list") && shown.contains("row-view"),
        "{shown}"
    );
    assert_eq!(emitted(&mut sim, page), json!([]));
    run(&mut sim, "tap row-view@2");
    let row = &rows[1];
    assert_eq!(
        emitted(&mut sim, page),
        json!([{ "name": "choose", "detail": { "row": row } }])
    );
    run(
        &mut sim,
        "evaluate getCurrentPages()[0].setData({ 'wxsim.properties.rows': [] })",
    );
    assert!(!sim.tree_text(None).contains("row-view"));
    run(
        &mut sim,
        "evaluate getCurrentPages()[0].setData({ 'wxsim.mounted': false })",
    );
    assert_eq!(sim.tree_text(None), "");
    assert_eq!(sim.errors(), 0);
}

#[test]
fn slots_are_filled_with_wxml_over_data() {
    let files = sample("components");
    let wanted = json!({
        "component": "/components/info-card/info-card.wxml",
        "properties": { "title": "标题", "footer": true },
        "slots": {
            "default": "<text>{{name}}</text>",
            "foot": "<price-tag value=\"{{cents}}\" />",
        },
        "data": { "name": "正文", "cents": 1250 },
        "components": { "price-tag": "components/price-tag/price-tag" },
    });
    let host = made(&files, wanted).expect("there is such a component");
    let (sim, _) = started(&host);
    let expected = r#"<info-card>
  <view class="card">
    <view class="head">
      <text>标题</text>
    </view>
    <view class="body">
      <text>正文</text>
    </view>
    <view class="foot">
      <price-tag>
        <view class="tag">售价 ¥12.50</view>
      </price-tag>
    </view>
  </view>
</info-card>
"#;
    assert_eq!(sim.tree_text(None), expected);
}

/// A program with a subpackage, a package of npm, and a component whose name is that of a built-in one.
fn shop() -> Rc<dyn Files> {
    let component = r#"{"component": true}"#;
    Rc::new(MemoryFiles::new([
        ("project.config.json", r#"{"miniprogramRoot": "src/"}"#),
        (
            "src/app.json",
            r#"{"pages": ["pages/a/a"], "subPackages": [{"root": "more", "pages": ["b/b"]}]}"#,
        ),
        ("src/app.js", "App({ globalData: { shop: 1 } })"),
        ("src/pages/a/a.js", "Page({})"),
        ("src/pages/a/a.wxml", "<view />"),
        ("src/more/b/b.js", "Page({})"),
        ("src/more/b/b.wxml", "<view />"),
        ("src/more/tip/index.json", component),
        (
            "src/more/tip/index.js",
            "Component({ properties: { aB: String } })",
        ),
        ("src/more/tip/index.wxml", "<text>{{aB}}</text>"),
        ("src/button/index.json", component),
        (
            "src/button/index.js",
            "Component({ methods: { tap() { this.triggerEvent('press', undefined); this.triggerEvent('x-y', { n: [1] }) } } })",
        ),
        (
            "src/button/index.wxml",
            "<button bindtap=\"tap\"><slot /></button>",
        ),
        ("src/miniprogram_npm/@ui/tag/index.json", component),
        ("src/miniprogram_npm/@ui/tag/index.js", "Component({})"),
        ("src/miniprogram_npm/@ui/tag/index.wxml", "<text>tag</text>"),
    ]))
}

#[test]
fn components_of_subpackages_packages_and_built_in_names_are_found() {
    let files = shop();
    let tip = json!({ "component": "more/tip/index", "properties": { "aB": "好" } });
    let tip = made(&files, tip).expect("there is such a component");
    assert_eq!(tip.route, "more/wxsim-host/page");
    assert_eq!(
        started(&tip).0.tree_text(None),
        "<tip>\n  <text>好</text>\n</tip>\n"
    );
    let tag =
        made(&files, json!({ "component": "@ui/tag/index" })).expect("there is such a component");
    assert_eq!(
        started(&tag).0.tree_text(None),
        "<tag>\n  <text>tag</text>\n</tag>\n"
    );
    for path in ["button", "./button/index", "/button/index.js"] {
        let wanted =
            json!({ "component": path, "slots": { "default": "按" }, "on": ["press", "x-y"] });
        let button = made(&files, wanted).expect(path);
        assert_eq!(button.tag, "component-button");
        let (mut sim, page) = started(&button);
        run(&mut sim, "tap \"按\"");
        let told = emitted(&mut sim, page);
        assert_eq!(
            told[1],
            json!({ "name": "x-y", "detail": { "n": [1] } }),
            "{told}"
        );
        assert_eq!((told[0]["name"].as_str(), sim.errors()), (Some("press"), 0));
    }
}

#[test]
fn what_cannot_be_rendered_says_why() {
    let files = shop();
    let why = |wanted: Json| {
        made(&files, wanted)
            .map(|_| ())
            .expect_err("it is refused")
            .to_string()
    };
    let missing = why(json!({ "component": "components/price" }));
    assert!(
        missing.starts_with("there is no component `components/price`; give its path"),
        "{missing}"
    );
    assert!(why(json!({ "component": "" })).contains("there is no component"));
    assert!(why(json!({ "component": "../x" })).contains("there is no component"));
    let sample = sample("components");
    let near = made(
        &sample,
        json!({ "component": "components/prices/price-tag" }),
    );
    let near = near.map(|_| ()).expect_err("it is refused").to_string();
    assert!(
        near.contains("did you mean components/price-tag/price-tag"),
        "{near}"
    );
    for (wanted, expected) in [
        (
            json!({ "properties": { "a\"b": 1 } }),
            "`a\"b` is no name of a property",
        ),
        (json!({ "on": ["a b"] }), "`a b` is no name of an event"),
        (json!({ "on": ["a:b"] }), "`a:b` is no name of an event"),
        (
            json!({ "slots": { "a>": "" } }),
            "`a>` is no name of a slot",
        ),
        (
            json!({ "components": { "<x": "button" } }),
            "`<x` is no name of a tag",
        ),
        (
            json!({ "data": { "wxsim": 1 } }),
            "`wxsim` is no name of data of a test",
        ),
    ] {
        let mut wanted = wanted;
        wanted["component"] = "button".into();
        assert_eq!(why(wanted), expected);
    }
}

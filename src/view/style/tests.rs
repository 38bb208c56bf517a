use super::sample::{PHONE, Sample};
use super::{Drawn, Pseudo, Styles, Viewport};

/// Width of `#x` on a page with that template and these files.
fn width(wxml: &str, files: &[(&str, &str)]) -> String {
    Sample::new(wxml, files).style(PHONE, "x", "width")
}

#[test]
fn the_strongest_rule_wins_then_the_latest() {
    for (wxss, found) in [
        (".a { width: 1px } .b { width: 2px }", "2px"),
        ("#x { width: 1px } .a.b { width: 2px }", "1px"),
        (".a { width: 1px !important } #x { width: 2px }", "1px"),
        ("view.a { width: 1px } .a { width: 2px }", "1px"),
        ("view .a { width: 1px } .a { width: 2px }", "1px"),
        (".c > .a { width: 1px }", "1px"),
        ("page > .a { width: 1px }", "auto"),
        (".z + .a { width: 1px }", "1px"),
        (".y + .a { width: 1px }", "auto"),
        (".y ~ .a { width: 1px }", "1px"),
        (".a:nth-child(3) { width: 1px }", "1px"),
        (".a:nth-child(odd) { width: 1px }", "1px"),
        (".a:nth-last-child(2) { width: 1px }", "1px"),
        (".a:last-child { width: 1px }", "auto"),
        ("view.a:first-of-type { width: 1px }", "1px"),
        (".a:not(.b, .c) { width: 1px }", "auto"),
        (".a:not(.c):empty { width: 1px }", "1px"),
        (".a:active, .a:hover { width: 1px }", "auto"),
        (".a:active, .b { width: 1px }", "1px"),
        ("[data-n] { width: 1px }", "auto"),
        ("[hover-class=\"h\"] { width: 1px }", "1px"),
        ("view[hover-class^=h] { width: 1px }", "1px"),
        (".q, .a { width: 1px } .q { width: 2px }", "1px"),
        (".w-1\\/2 { width: 50% }", "50%"),
    ] {
        let wxml = "<view class=\"c\"><text class=\"y\"/><text class=\"z\"/>\
            <view id=\"x\" class=\"a b w-1/2\" hover-class=\"h\"/><text/></view>";
        assert_eq!(width(wxml, &[("p.wxss", wxss)]), found, "{wxss}");
    }
}

#[test]
fn inline_styles_are_stronger_than_rules_but_for_important_ones() {
    let wxml = "<view id=\"x\" class=\"a\" style=\"width: 3px\"/>";
    assert_eq!(width(wxml, &[("p.wxss", "#x { width: 1px }")]), "3px");
    assert_eq!(
        width(wxml, &[("p.wxss", ".a { width: 1px !important }")]),
        "1px"
    );
    let wxml = "<view id=\"x\" class=\"a\" style=\"width: 3px !important\"/>";
    assert_eq!(
        width(wxml, &[("p.wxss", ".a { width: 1px !important }")]),
        "3px"
    );
}

#[test]
fn units_are_pixels_of_the_viewport() {
    let page = Sample::page(
        "<view id=\"x\" class=\"a\"/>",
        ".a { font-size: 20px; width: 100rpx; height: 2em; top: 1rem; left: 10vw; right: 10vh }",
    );
    for (name, on_phone, on_tablet) in [
        ("width", "50px", "100px"),
        ("height", "40px", "40px"),
        ("top", "18.75px", "37.5px"),
        ("left", "37.5px", "75px"),
        ("right", "66.7px", "100px"),
    ] {
        assert_eq!(page.style(PHONE, "x", name), on_phone, "{name}");
        assert_eq!(
            page.style(Viewport::new(750.0, 1000.0), "x", name),
            on_tablet,
            "{name}"
        );
    }
}

#[test]
fn text_properties_are_inherited_others_are_not() {
    let page = Sample::page(
        "<view class=\"a\"><view><text id=\"x\"/></view></view>",
        ".a { font-size: 30rpx; line-height: 1.5; color: red; width: 10px; white-space: nowrap }",
    );
    for (name, found) in [
        ("fontSize", "15px"),
        ("line-height", "22.5px"),
        ("color", "rgb(255, 0, 0)"),
        ("width", "auto"),
        ("white-space", "nowrap"),
        ("display", "inline"),
    ] {
        assert_eq!(page.style(PHONE, "x", name), found, "{name}");
    }
}

#[test]
fn custom_properties_are_inherited_and_resolved() {
    let page = Sample::page(
        "<view class=\"a\"><view id=\"x\" style=\"margin: 1px var(--gap)\" class=\"b\"/></view>",
        "page { --base: 8px; --gap: var(--base) } .b { width: calc(var(--none, 4px)); \
         height: var(--none) }",
    );
    assert_eq!(page.style(PHONE, "x", "margin"), "1px 8px");
    assert_eq!(page.style(PHONE, "x", "width"), "4px");
    assert_eq!(page.style(PHONE, "x", "height"), "auto");
    assert_eq!(page.style(PHONE, "x", "--gap"), "8px");
}

#[test]
fn imports_bring_rules_in_their_place_and_under_their_conditions() {
    let files = [
        (
            "p.wxss",
            "@import './s/one.wxss'; @import url('/s/two') (min-width: 400px); .b { top: 2px }",
        ),
        (
            "s/one.wxss",
            "@import 'deep.wxss'; .a { width: 1px } .b { top: 1px }",
        ),
        ("s/deep.wxss", ".a { width: 9px; left: 9px }"),
        ("s/two.wxss", ".a { width: 2px }"),
    ];
    let page = Sample::new("<view id=\"x\" class=\"a b\"/>", &files);
    assert_eq!(page.style(PHONE, "x", "width"), "1px");
    assert_eq!(page.style(PHONE, "x", "left"), "9px");
    assert_eq!(page.style(PHONE, "x", "top"), "2px");
    assert_eq!(page.style(Viewport::new(400.0, 600.0), "x", "width"), "2px");
    assert!(page.sheets.problems().is_empty());
}

#[test]
fn missing_and_circular_imports_are_told() {
    let files = [
        ("app.wxss", "@import 'none.wxss';"),
        ("p.wxss", "@import 'q.wxss';"),
        ("q.wxss", "\n  @import 'p.wxss';"),
    ];
    let page = Sample::new("<view/>", &files);
    let shown: Vec<String> = page
        .sheets
        .problems()
        .iter()
        .map(|one| format!("{} {}", one.place.as_ref().expect("a place"), one.message))
        .collect();
    assert_eq!(
        shown,
        [
            "app.wxss:1:1 the style sheet none.wxss is missing",
            "q.wxss:2:3 p.wxss imports itself",
        ]
    );
}

#[test]
fn media_rules_follow_the_viewport() {
    let page = Sample::page(
        "<view id=\"x\" class=\"a\"/>",
        ".a { width: 1px } @media (min-width: 400px) { .a { width: 2px } \
         @media (prefers-color-scheme: dark) { .a { width: 3px } } }",
    );
    let dark = |width| Viewport {
        dark: true,
        ..Viewport::new(width, 600.0)
    };
    assert_eq!(page.style(PHONE, "x", "width"), "1px");
    assert_eq!(page.style(dark(375.0), "x", "width"), "1px");
    assert_eq!(page.style(Viewport::new(400.0, 600.0), "x", "width"), "2px");
    assert_eq!(page.style(dark(400.0), "x", "width"), "3px");
}

/// Width of `#x`, which a component `k` draws as `<view id="x" class="a">`.
fn inside(options: &str, app: &str, page: &str, own: &str) -> String {
    let files = [
        ("app.wxss", app),
        ("p.wxss", page),
        ("c/k.wxss", own),
        ("c/k.options", options),
        ("c/k.wxml", "<view id=\"x\" class=\"a\"/>"),
    ];
    width("<k class=\"a\"/>", &files)
}

#[test]
fn classes_cross_a_components_border_as_its_isolation_says() {
    let own = ".a { width: 9px }";
    for (options, app, page, component, found) in [
        ("", "", "", own, "9px"),
        ("", own, "", "", "auto"),
        ("", "", own, "", "auto"),
        ("isolated", own, own, "", "auto"),
        ("apply-shared", own, "", "", "9px"),
        ("apply-shared", "", own, "", "9px"),
        ("shared", "", own, "", "9px"),
        // Tags of the app and the page reach into components.
        ("", "view { width: 9px }", "", "", "9px"),
        ("", "", "view { width: 9px }", "", "9px"),
        ("", "", "k view { width: 9px }", "", "9px"),
        ("", "", "#x { width: 9px }", "", "9px"),
    ] {
        assert_eq!(
            inside(options, app, page, component),
            found,
            "{options} {app} {page}"
        );
    }
}

/// Width of `#x` on the page beside a component whose sheet is `.a { width: 9px }`.
fn outside(options: &str, page_options: &str) -> String {
    let files = [
        ("c/k.wxss", ".a { width: 9px } view { height: 9px }"),
        ("c/k.options", options),
        ("p.options", page_options),
        ("c/k.wxml", "<view/>"),
    ];
    let page = Sample::new("<k/><view id=\"x\" class=\"a\"/>", &files);
    assert_eq!(page.style(PHONE, "x", "height"), "auto", "tags stay inside");
    page.style(PHONE, "x", "width")
}

#[test]
fn shared_components_style_the_page() {
    assert_eq!(outside("", ""), "auto");
    assert_eq!(outside("apply-shared", ""), "auto");
    assert_eq!(outside("shared", ""), "9px");
    assert_eq!(outside("shared", "page-isolated"), "auto");
    assert_eq!(outside("shared", "page-apply-shared"), "9px");
}

#[test]
fn a_page_may_leave_out_the_apps_sheet() {
    for (options, found) in [
        ("", "9px"),
        ("page-isolated", "auto"),
        ("page-shared", "auto"),
    ] {
        let files = [("app.wxss", ".a { width: 9px }"), ("p.options", options)];
        assert_eq!(
            width("<view id=\"x\" class=\"a\"/>", &files),
            found,
            "{options}"
        );
    }
    // An isolated page keeps its sheet from components that would take it.
    for (options, found) in [
        ("", "9px"),
        ("page-isolated", "auto"),
        ("page-shared", "9px"),
    ] {
        let files = [
            ("p.wxss", ".a { width: 9px }"),
            ("p.options", options),
            ("c/k.options", "shared"),
            ("c/k.wxml", "<view id=\"x\" class=\"a\"/>"),
        ];
        assert_eq!(width("<k/>", &files), found, "{options}");
    }
}

#[test]
fn host_external_classes_and_outer_classes() {
    let files = [
        (
            "p.wxss",
            ".red { width: 5px } .host { height: 7px } .page-only { top: 1px }",
        ),
        (
            "c/k.wxss",
            ":host { width: 6px; height: 6px } :host(.host) .in { left: 2px }",
        ),
        ("c/k.options", "external=my-class"),
        (
            "c/k.wxml",
            "<view id=\"x\" class=\"my-class\"/><view id=\"y\" class=\"in ~page-only\"/>\
             <view id=\"z\" class=\"^page-only\"/>",
        ),
    ];
    let page = Sample::new("<k id=\"k\" class=\"host\" my-class=\"red\"/>", &files);
    for (id, name, found) in [
        ("k", "width", "6px"),
        ("k", "height", "7px"),
        ("x", "width", "5px"),
        ("y", "left", "2px"),
        ("y", "top", "1px"),
        ("z", "top", "1px"),
    ] {
        assert_eq!(page.style(PHONE, id, name), found, "{id} {name}");
    }
}

#[test]
fn content_of_a_slot_is_styled_by_its_author_inside_the_components_boxes() {
    let files = [
        (
            "p.wxss",
            ".a { width: 5px } .wrap .a { height: 5px } .out .a { left: 1px }",
        ),
        ("c/k.wxss", ".a { width: 6px } .wrap { font-size: 30px }"),
        ("c/k.wxml", "<view class=\"wrap\"><slot/></view>"),
    ];
    let page = Sample::new(
        "<view class=\"out\"><k><view id=\"x\" class=\"a\"/></k></view>",
        &files,
    );
    for (name, found) in [
        ("width", "5px"),
        ("height", "auto"),
        ("left", "1px"),
        ("font-size", "30px"),
    ] {
        assert_eq!(page.style(PHONE, "x", name), found, "{name}");
    }
}

#[test]
fn generated_boxes_need_a_content() {
    let page = Sample::page(
        "<view id=\"x\" class=\"a b\"/>",
        ".a::before { content: ''; width: 4px } .b:after { width: 4px }",
    );
    let drawn = Drawn::new(&page.tree);
    let styles = Styles::new(&page.tree, &drawn, &page.sheets, PHONE);
    let place = drawn.place(page.node("x")).expect("drawn");
    let before = styles
        .pseudo(place, Pseudo::Before)
        .expect("it has a content");
    assert_eq!(before.text("width"), "4px");
    assert!(styles.pseudo(place, Pseudo::After).is_none());
}

#[test]
fn hidden_is_weaker_than_a_class() {
    for (wxml, found) in [
        ("<view id=\"x\" hidden/>", "none"),
        ("<view id=\"x\" hidden=\"{{!on}}\"/>", "block"),
        ("<view id=\"x\" class=\"f\" hidden=\"{{on}}\"/>", "flex"),
    ] {
        let page = Sample::page(wxml, ".f { display: flex }");
        assert_eq!(page.style(PHONE, "x", "display"), found, "{wxml}");
    }
}

#[test]
fn what_was_declared_is_kept_as_written() {
    let page = Sample::page(
        "<view id=\"x\" class=\"a\"/>",
        ".a { margin: 1rpx 2PX; color: #ABC }",
    );
    let node = page.node("x");
    let style = super::style_of(&page.tree, node, &page.sheets, PHONE).expect("drawn");
    assert_eq!(style.declared("margin"), Some("1rpx 2PX"));
    assert_eq!(style.declared("color"), Some("#ABC"));
    assert_eq!(style.text("margin-top"), "0.5px");
    assert_eq!(style.text("borderTopWidth"), "0px");
}

#[test]
fn classes_with_rules_are_listed() {
    let page = Sample::page("<view/>", ".a .b:not(.c) { top: 0 }\n.d { top: 0 }");
    let names: Vec<(&str, usize)> = page
        .sheets
        .classes()
        .iter()
        .map(|class| (&*class.name, class.at))
        .collect();
    assert_eq!(names, [("a", 0), ("b", 0), ("c", 0), ("d", 25)]);
}

use super::{Selector, find_all, find_drawn, find_first, matches};
use crate::view::sketch::{node_of, sketch};
use crate::view::tree::{NodeId, Tree};

const PAGE: &str = r#"
    component van-button type,size
      button#inner.van-button open-type=share
        view#text.text
          slot
    component card title
      view#card-body.body
        van-button#deep.go type=primary
          "x"
        slot
    view#top.page.p-1/2
      block
        view#a.item data-itemId={{3}} hidden={{false}}
        view#b.item.on
      view#c.item disabled
        text#t.label
          "x"
        van-button#buy.go type=primary size=small
          text#light.label
            "buy"
      card#card
        text#put.label
          "y"
"#;

fn ids(tree: &Tree, found: &[NodeId]) -> String {
    let ids = found
        .iter()
        .map(|id| tree.node(*id).element().expect("an element").id.to_string());
    ids.collect::<Vec<_>>().join(" ")
}

fn in_page(text: &str) -> String {
    let tree = sketch(PAGE);
    let selector = Selector::parse(text).expect(text);
    let found = find_all(&tree, tree.page(), &selector);
    assert_eq!(
        find_first(&tree, tree.page(), &selector),
        found.first().copied(),
        "{text}"
    );
    ids(&tree, &found)
}

#[test]
fn compounds_and_relations_match() {
    for (selector, expected) in [
        (".item", "a b c"),
        ("view.item.on", "b"),
        ("#a, #c", "a c"),
        ("*", "top a b c t buy light card put"),
        (".page > .item", "a b c"),
        (".page>#t", ""),
        (".page .label", "t light put"),
        (".page .item .label", "t light"),
        ("#buy > .label", "light"),
        (r".p-1\/2 > card", "card"),
        ("page .item", ""),
        (".item:first-child", "a"),
        (".page > :last-child", "card"),
        ("view:nth-child(3)", "c"),
        (".item:nth-child(odd)", "a c"),
        (".item:nth-child(-n + 2)", "a b"),
        (".item:nth-child(2n)", "b"),
        (".item:not(.on):not(#c)", "a"),
        ("[data-item-id=3]", "a"),
        ("[data-item-id]", "a"),
        ("view[disabled]", "c"),
        ("[hidden]", ""),
        ("[hidden=false]", "a"),
        ("[type=\"primary\"]", "buy"),
        ("[size^=sm][size$='ll'][size*=mal]", "buy"),
        ("[size^='']", ""),
    ] {
        assert_eq!(in_page(selector), expected, "{selector}");
    }
}

#[test]
fn three_signs_reach_into_components() {
    for (selector, expected) in [
        (".van-button", ""),
        ("#buy .van-button", ""),
        ("#buy >>> .van-button", "inner"),
        ("#buy>>>.text", "text"),
        ("card >>> .go", "deep"),
        ("card >>> .van-button", "inner"),
        ("card >>> .go .van-button", ""),
        (".page >>> .go", "buy deep"),
        (".page >>> .van-button > .text", "text text"),
        (".body >>> .go", ""),
        ("card >>> .label", "put"),
    ] {
        assert_eq!(in_page(selector), expected, "{selector}");
    }
}

#[test]
fn a_query_in_a_component_sees_its_own_shadow_tree() {
    let tree = sketch(PAGE);
    let card = node_of(&tree, "card");
    let find = |text: &str| {
        let selector = Selector::parse(text).expect(text);
        ids(&tree, &find_all(&tree, card, &selector))
    };
    assert_eq!(find(".go"), "deep");
    assert_eq!(find(".label, .body"), "card-body");
    assert_eq!(find("card .go"), "");
    assert_eq!(find("card >>> .go"), "");
    assert_eq!(find(".go >>> .text"), "text");
}

#[test]
fn the_drawn_page_is_one_tree() {
    let tree = sketch(PAGE);
    let find = |text: &str| {
        let selector = Selector::parse(text).expect(text);
        ids(&tree, &find_drawn(&tree, &selector))
    };
    assert_eq!(find(".van-button"), "inner inner");
    assert_eq!(find("#buy .van-button"), "inner");
    assert_eq!(find(".van-button .label"), "light");
    assert_eq!(find("card > view"), "card-body");
    assert_eq!(find("page > .page"), "top");
}

#[test]
fn one_element_is_tested_wherever_it_is() {
    let tree = sketch(PAGE);
    let deep = node_of(&tree, "deep");
    let test = |text: &str| matches(&tree, deep, &Selector::parse(text).expect(text));
    assert!(test(".body > .go"));
    assert!(test("card >>> .go"));
    assert!(!test("card .go"));
    assert!(!test(".on"));
}

#[test]
fn what_is_not_understood_is_told_from_where() {
    for (text, rest) in [
        ("", ""),
        ("view >", ""),
        (".a, ", ""),
        (".a:hover", ":hover"),
        (".a[b~=c]", "[b~=c]"),
        (".a + .b", "+ .b"),
        (".", "."),
        ("#a:not(.b", ":not(.b"),
        (".a:nth-child(x)", ":nth-child(x)"),
    ] {
        let bad = Selector::parse(text).expect_err(text);
        assert_eq!(bad.rest, rest, "{text}");
    }
    let bad = Selector::parse(".a:hover").expect_err("no such condition");
    assert_eq!(
        bad.to_string(),
        "the selector `.a:hover` is not understood from `:hover` on"
    );
}

#[test]
fn ids_may_have_colons() {
    let parse = |text: &str| Selector::parse(text).expect(text);
    assert_eq!(parse("#a:b").words(), ["#a:b"]);
    assert_eq!(parse("#a:first-child").words(), ["#a"]);
}

#[test]
fn the_client_understands_ids_and_classes_only() {
    let same = |one: &str, other: &str| {
        let other = Selector::parse(other).expect(other);
        assert_eq!(Selector::of_client(one).choices, other.choices, "{one}");
    };
    same("#a.b .c>.d >>> .e", "#a.b .c > .d >>> .e");
    same("view, .a", ".a");
    same(".a:first-child,.b", ".b");
    same("> .a", ".a");
    same(".a >", ".a");
    same(".a >> .b", ".a .b");
    same("#a:b", "#a:b");
    for text in ["", "view", ".a > > .b", ".1", "[x]", "*", ".a\n.b", ".a#b"] {
        assert!(Selector::of_client(text).is_empty(), "{text}");
    }
}

#[test]
fn the_client_tries_the_nearest_element_around_only() {
    let tree = sketch(
        r"
        component box x
          view.a
            view#in.b
        view.c
          view.a
            view.a
              text#t.b
              box.d
          view.a
            text#u.b
        ",
    );
    let found = |selector: &Selector| ids(&tree, &find_all(&tree, tree.page(), selector));
    for (text, client, people) in [
        (".c > .a .b", "u", "t u"),
        (".c .a .b", "t u", "t u"),
        (".c > .a > .a .b", "t", "t"),
        (".c > .a >>> .b", "t in u", "t in u"),
        (".c > .a .d >>> .b", "", "in"),
        (".c > .a > .a .d >>> .b", "in", "in"),
    ] {
        assert_eq!(found(&Selector::of_client(text)), client, "{text}");
        let selector = Selector::parse(text).expect(text);
        assert_eq!(found(&selector), people, "{text}");
    }
}

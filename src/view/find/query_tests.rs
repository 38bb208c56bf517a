use super::{By, ElementQuery, Target, find, nearest_to, query, targets};
use crate::view::sketch::{node_of, sketch};
use crate::view::tree::{NodeId, Tree};

const PAGE: &str = r#"
    component van-button type
      button.van-button
        view.van-button__text
          slot
    component van-field placeholder
      view.van-field
        input#typed placeholder=手机号 value=138
    view#top
      view#list
        view#one.row data-testid=row
          "苹果"
          button#buy1
            "购买"
        view#two.row data-testid=row
          "Pear Juice"
          button#buy2
            "购买"
      text#sum
        "总计 "
        text#count
          "5"
        " 元"
      view#price
        view
          "¥"
        view
          "99"
      van-button#van type=primary
        "提交"
      van-field#field placeholder=手机号
      label#l1
        checkbox#agree
        text#agreed
          "同意协议"
      label#l2 for=sw
        "通知"
      switch#sw
      view#tip aria-label=帮助
        "?"
      view#off hidden
        button#gone placeholder=x
          "删除"
"#;

fn ids(tree: &Tree, wanted: &ElementQuery, within: Option<NodeId>) -> String {
    let found = query(tree, wanted, within).expect("it is understood");
    let id = |node| {
        tree.node(node)
            .element()
            .expect("an element")
            .id
            .to_string()
    };
    let ids: Vec<String> = found.iter().map(|own| id(own.node)).collect();
    ids.join(" ")
}

fn asked(by: By, value: &str) -> ElementQuery {
    ElementQuery::new(by, value)
}

#[test]
fn elements_are_found_by_text_role_label_and_value() {
    let tree = sketch(PAGE);
    for (by, value, expected) in [
        (By::Text, "购买", "buy1 buy2"),
        (By::Text, "买", ""),
        (By::Text, "总计 5 元", "sum"),
        (By::Text, "¥99", "price"),
        (By::Text, "Pear Juice 购买", "two"),
        (By::Text, "删除", ""),
        (By::Role, "button", "buy1 buy2 "),
        (By::Role, "buton", ""),
        (By::TestId, "row", "one two"),
        (By::TestId, "ro", ""),
        (By::Placeholder, "手机号", "typed"),
        (By::Placeholder, "x", "gone"),
        (By::DisplayValue, "138", "typed"),
        (By::DisplayValue, "13", ""),
        (By::Label, "同意协议", "agree"),
        (By::Label, "通知", "sw"),
        (By::Label, "帮助", "tip"),
        (By::Target, ".row", "one two"),
        (By::Target, "role=button[name=提交]", ""),
        (By::Target, "#buy2", "buy2"),
    ] {
        let found = ids(&tree, &asked(by, value), None);
        assert_eq!(found, expected, "{by:?} {value}");
    }
    let bad = query(&tree, &asked(By::Target, ".a:hover"), None);
    assert!(bad.is_err(), "{bad:?}");
}

#[test]
fn parts_in_any_case_and_names_and_hidden_elements_are_asked_for() {
    let tree = sketch(PAGE);
    let loose = |by, value: &str| ElementQuery {
        exact: false,
        ..asked(by, value)
    };
    assert_eq!(ids(&tree, &loose(By::Text, "pear juice"), None), "two");
    assert_eq!(ids(&tree, &loose(By::Text, "元"), None), "sum");
    assert_eq!(ids(&tree, &loose(By::DisplayValue, "3"), None), "typed");
    assert_eq!(ids(&tree, &loose(By::TestId, "RO"), None), "one two");
    let named = |name: &str, exact| ElementQuery {
        name: Some(name.into()),
        exact,
        ..asked(By::Role, "button")
    };
    assert_eq!(ids(&tree, &named("购买", true), None), "buy1 buy2");
    assert_eq!(ids(&tree, &named("购", true), None), "");
    assert_eq!(ids(&tree, &named("购", false), None), "buy1 buy2");
    let hidden = |wanted| ElementQuery {
        hidden: true,
        ..wanted
    };
    assert_eq!(ids(&tree, &hidden(asked(By::Text, "删除")), None), "gone");
    let found = ids(&tree, &hidden(named("删除", true)), None);
    assert_eq!(found, "gone");
}

#[test]
fn only_what_is_in_an_element_is_found_within_it() {
    let tree = sketch(PAGE);
    let within = |id: &str, by, value: &str| {
        let node = Some(node_of(&tree, id));
        ids(&tree, &asked(by, value), node)
    };
    assert_eq!(within("two", By::Text, "购买"), "buy2");
    assert_eq!(within("buy2", By::Text, "购买"), "");
    assert_eq!(within("list", By::TestId, "row"), "one two");
    assert_eq!(within("two", By::Target, "button"), "buy2");
    assert_eq!(within("field", By::Placeholder, "手机号"), "typed");
    let page = Some(tree.page());
    assert_eq!(ids(&tree, &asked(By::Text, "购买"), page), "buy1 buy2");
}

#[test]
fn without_a_value_every_element_tells_its_texts() {
    let tree = sketch(PAGE);
    let all = ElementQuery {
        value: None,
        ..asked(By::Text, "")
    };
    let list = Some(node_of(&tree, "list"));
    let found = query(&tree, &all, list).expect("it is understood");
    let told: Vec<(&str, usize)> = found
        .iter()
        .map(|own| (own.texts[0].as_str(), own.inside))
        .collect();
    assert_eq!(
        told,
        [
            ("苹果 购买", 1),
            ("购买", 0),
            ("Pear Juice 购买", 1),
            ("购买", 0)
        ]
    );
    let buttons = query(&tree, &asked(By::Role, "button"), None).expect("it is understood");
    assert_eq!(buttons[2].texts, ["提交"]);
}

#[test]
fn a_question_without_an_answer_tells_what_is_near() {
    let tree = sketch(PAGE);
    let list = Some(node_of(&tree, "list"));
    for (by, value, within, expected) in [
        (By::Text, "同意协仪", None, "\"同意协议\""),
        (By::Text, "同意协仪", list, ""),
        (By::Text, "购买了", list, "\"购买\""),
        (By::Text, "删除", None, "\"删除\" (hidden)"),
        (By::TestId, "rows", None, "testid=row"),
        (By::DisplayValue, "1388", None, "\"138\""),
        (By::Label, "同意", None, ""),
        (By::Label, "同意协", None, "\"同意协议\""),
        (By::Role, "buton", None, "role=button"),
    ] {
        let near = nearest_to(&tree, &asked(by, value), within).join(", ");
        assert_eq!(near, expected, "{by:?} {value}");
    }
}

#[test]
fn an_element_has_targets_that_mean_it() {
    let tree = sketch(PAGE);
    for (id, expected) in [
        ("buy1", "#buy1"),
        ("count", "\"5\""),
        ("sum", "#sum"),
        ("typed", "#typed"),
        ("van", "#van"),
        ("gone", "#gone"),
    ] {
        let node = node_of(&tree, id);
        let found = targets(&tree, node);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{id}");
        for target in found {
            let read = Target::parse(&target).expect(&target);
            assert_eq!(find(&tree, &read), [node], "{target}");
        }
    }
    let two = sketch("view\n  button\n    \"买\"\n  button.b\n    \"买\"\n");
    let asked = query(&two, &asked(By::Target, "button"), None).expect("it is understood");
    let best: Vec<String> = asked
        .iter()
        .map(|own| targets(&two, own.node).remove(0))
        .collect();
    assert_eq!(best, ["\"买\"@1", ".b"]);
}

use super::{BadTarget, Target, find, nearest, role, visible_text};
use crate::view::sketch::{node_of, sketch};
use crate::view::tree::Tree;
use crate::view::value::Val;

const PAGE: &str = r#"
    component van-button type,openType
      button#inner.van-button open-type=share
        view#slot.van-button__text
          slot
    component van-field name,placeholder
      view.van-field
        input#typed name=phone placeholder=手机号
    view#top
      text#title
        "商品\n  详情 "
      view#price
        view
          "¥"
        view
          "99"
      text#inline1
        "库存"
      text#inline2
        "3 件"
      van-button#buy.buy openType=share data-testid=buy
        "立即购买"
      button#cart data-testId=cart
        "加入购物车"
      button#cart2 aria-label=收藏
        "加入购物车"
      view#off hidden
        button#hidden
          "删除"
      view#none style="color: red; display : NONE !important"
        "看不见"
      view#shown style="display: none; display: block"
        "看得见"
      van-field#field name=phone placeholder=手机号
      input#secret value=abc password
      label#l1
        checkbox#agree
        "同意协议"
      label#l2 for=sw
        "通知"
      switch#sw
      text#decoded decode
        "a&nbsp;&lt;b&amp;lt;"
      text#plain
        "a&lt;b"
      rich-text#rich nodes="<p>第一<b>段</b></p><p>x &amp; y</p>"
      rich-text#nodes nodes={{[{"type":"text","text":"甲"},{"name":"b","children":[{"type":"text","text":"乙"}]}]}}
      view#tab aria-role=tab
        "首页"
"#;

fn found(tree: &Tree, target: &str) -> String {
    let target = Target::parse(target).expect(target);
    let ids = find(tree, &target);
    let ids = ids
        .iter()
        .map(|id| tree.node(*id).element().expect("an element").id.to_string());
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn things_are_found_by_what_people_see_and_write() {
    let tree = sketch(PAGE);
    for (target, expected) in [
        ("\"立即购买\"", "slot"),
        ("text=立即", "slot"),
        ("“加入购物车”", "cart cart2"),
        ("'加入购物车'@2", "cart2"),
        ("'加入购物车'@3", ""),
        ("\"商品 详情\"", "title"),
        ("\"¥99\"", "price"),
        ("text=\"库存3 件\"", "top"),
        ("text=删除", ""),
        ("text=看不见", ""),
        ("text=看得见", "shown"),
        ("text=手机号", "typed"),
        ("role=button", "inner cart cart2"),
        ("role=button[name=\"立即购买\"]", "inner"),
        ("role=button[name=收藏]", "cart2"),
        ("role=button[name=购物车]@1", "cart"),
        ("role=checkbox[name=同意协议]", "agree"),
        ("role=switch[name=通知]", "sw"),
        ("role=textbox[name=手机号]", "typed"),
        ("role=tab", "tab"),
        ("testid=buy", "buy"),
        ("testid=cart", "cart"),
        ("open-type=share", "inner"),
        ("name=phone", "typed"),
        ("placeholder=手机号", "typed"),
        (".van-button", "inner"),
        ("#hidden", "hidden"),
        ("[data-testid=buy]", "buy"),
        ("button@3", "cart2"),
    ] {
        assert_eq!(found(&tree, target), expected, "{target}");
    }
}

#[test]
fn visible_text_is_what_is_drawn() {
    let mut tree = sketch(PAGE);
    for (id, expected) in [
        ("price", "¥ 99"),
        ("buy", "立即购买"),
        ("off", ""),
        ("none", ""),
        ("field", "手机号"),
        ("secret", "•••"),
        ("decoded", "a <b&lt;"),
        ("plain", "a&lt;b"),
        ("rich", "第一段 x & y"),
        ("nodes", "甲乙"),
    ] {
        assert_eq!(visible_text(&tree, node_of(&tree, id)), expected, "{id}");
    }
    let typed = node_of(&tree, "typed");
    let element = tree.node_mut(typed).element_mut().expect("an element");
    element.state.push(("value".into(), Val::text("138")));
    assert_eq!(visible_text(&tree, typed), "138");
    assert_eq!(found(&tree, "role=textbox[name=手机号]"), "typed");
    let page = visible_text(&tree, tree.page());
    assert!(
        page.starts_with("商品 详情 ¥ 99 库存3 件 立即购买 加入购物车"),
        "{page}"
    );
}

#[test]
fn roles_are_written_or_by_tag() {
    let tree = sketch(PAGE);
    let role_of = |id: &str| role(&tree, node_of(&tree, id));
    assert_eq!(role_of("cart"), Some("button"));
    assert_eq!(role_of("tab"), Some("tab"));
    assert_eq!(role_of("buy"), None);
    assert_eq!(role_of("price"), None);
}

#[test]
fn a_miss_tells_what_is_near() {
    let tree = sketch(PAGE);
    let near = |target: &str| nearest(&tree, &Target::parse(target).expect(target)).join(", ");
    for (target, expected) in [
        ("text=立刻购买", "\"立即购买\""),
        ("text=立即购买商品店", "\"立即购买\""),
        ("text=删除", "\"删除\" (hidden)"),
        ("text=完全没有这样的文字", ""),
        ("'加入购物车'@3", "@1, @2"),
        ("role=buton", "role=button"),
        ("role=switch[name=提醒]", "role=switch[name=\"通知\"]"),
        (
            "role=button[name=立即夠买]",
            "role=button[name=\"立即购买\"]",
        ),
        ("testid=by", "testid=buy"),
        ("placeholder=phone", "name=phone"),
        (".van-buton", ".van-button"),
        ("#top > cart", "#cart"),
        (".cart2", "#cart2"),
    ] {
        let found = near(target);
        assert!(found.starts_with(expected), "{target}: {found}");
        assert_eq!(found.is_empty(), expected.is_empty(), "{target}: {found}");
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    for (target, expected) in [
        (" ", BadTarget::Empty),
        ("@2", BadTarget::Empty),
        ("\"x", BadTarget::Quote("\"x".into())),
        ("\"x\" y", BadTarget::Quote("\"x\" y".into())),
        ("\" \"", BadTarget::Value("\" \"".into())),
        ("text=", BadTarget::Value("text=".into())),
        ("role=[name=x]", BadTarget::Value("role=[name=x]".into())),
        (
            "role=button[disabled]",
            BadTarget::Role("role=button[disabled]".into()),
        ),
        (".a@0", BadTarget::Pick(".a@0".into())),
    ] {
        assert_eq!(Target::parse(target), Err(expected), "{target}");
    }
    let bad = Target::parse(".a:hover").expect_err("no such condition");
    assert!(bad.to_string().contains("`:hover`"), "{bad}");
    assert!(Target::parse("\"a@2\"").is_ok());
}

//! Agreement is ticked by the user.
//!
//! Found is a `checkbox`, `radio` or `switch` that is on when its page comes to rest for the first time, before any
//! gesture on it, and that stands beside a short text, alone with it, which speaks of reading or agreeing and of an
//! agreement, terms or privacy. Each page is looked at once: what is on later may be what the user ticked. Boxes that a component
//! library draws itself are not known.

use std::collections::BTreeSet;

use super::on_page::{elements, place};
use super::{Cx, Judged, Rule, Watcher};
use crate::runtime::monitor::Weight;
use crate::view::find::{hides, visible_text};
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::{coerce, tags};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P11",
    name: "no-preticked-consent",
    weight: Weight::Info,
    title: [
        "Agreement is ticked by the user, not beforehand",
        "协议由用户主动勾选，不默认勾选",
    ],
    fix: [
        "leave the box empty until the user ticks it",
        "默认不勾选，由用户自己勾选",
    ],
    source: "https://bjdodo.com/contents/16/2349.html",
    official: false,
    judged: Judged::Run(|| Box::<Pages>::default()),
};

/// How many elements around a box are looked at for its text.
const AROUND_MAX: usize = 4;
/// Most characters of a text that belongs to a box.
const TEXT_CHARS_MAX: usize = 120;
/// Words of agreeing.
const AGREES: [&str; 8] = [
    "同意", "阅读", "接受", "知悉", "agree", "read", "accept", "consent",
];
/// Words of what is agreed to.
const AGREEMENTS: [&str; 8] = [
    "协议",
    "隐私",
    "条款",
    "政策",
    "agreement",
    "privacy",
    "terms",
    "policy",
];

/// Keeps which pages were looked at.
#[derive(Clone, Default)]
struct Pages {
    seen: BTreeSet<String>,
}

impl Watcher for Pages {
    fn rest(&mut self, cx: &mut Cx<'_>) {
        let Some(tree) = cx.rest.tree else {
            return;
        };
        if !self.seen.insert(cx.page.to_owned()) {
            return;
        }
        for (node, element) in elements(tree) {
            if let Some(text) = is_on(element).then(|| consent(tree, node)).flatten() {
                let at = place(tree, node, cx);
                let tag = &element.tag;
                let found = cx.find_at(
                    0,
                    at,
                    format!("this {tag} is on before the user touches it: {text}"),
                    format!("用户操作之前，该 {tag} 已默认勾选：{text}"),
                );
                found.data = serde_json::json!({ "tag": &**tag, "text": text });
            }
        }
    }
}

/// Whether an element is a box that is on.
fn is_on(element: &Element) -> bool {
    is_box(element)
        && element.component.is_none()
        && element.state.is_empty()
        && !hides(element)
        && coerce::to_bool(&tags::value(element, "checked"))
}

/// The text beside a box, when it is one of an agreement.
fn consent(tree: &Tree, node: NodeId) -> Option<String> {
    let mut around = node;
    for _ in 0..AROUND_MAX {
        let text = visible_text(tree, around);
        if around != node && has_others(tree, around) {
            return None;
        }
        if text.chars().count() > TEXT_CHARS_MAX {
            return None;
        }
        let lower = text.to_lowercase();
        let has_one = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has_one(&AGREES) && has_one(&AGREEMENTS) {
            return Some(text);
        }
        around = tree.drawn_parent(around)?;
    }
    None
}

/// Whether an element has several boxes in it: its text may be of any of them.
fn has_others(tree: &Tree, around: NodeId) -> bool {
    let mut open = vec![around];
    let mut boxes = 0;
    while let Some(id) = open.pop() {
        boxes += usize::from(tree.node(id).element().is_some_and(is_box));
        open.extend(tree.drawn_children(id));
    }
    boxes > 1
}

fn is_box(element: &Element) -> bool {
    matches!(&*element.tag, "checkbox" | "radio" | "switch")
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    fn found(markup: &str, script: &str, steps: &[&str]) -> Vec<Found> {
        Sample::page(markup, script).steps(steps).findings("P11")
    }

    #[test]
    fn a_box_that_is_ticked_beforehand_is_found_in_the_template() {
        for markup in [
            "<view>\n<checkbox checked/> <text>我已阅读并同意《用户协议》</text></view>",
            "<view>\n<checkbox checked=\"{{on}}\"/> I agree to the <text>Privacy Policy</text></view>",
            "<view><label>\n<radio checked=\"{{true}}\"/>同意</label><text>《隐私政策》</text></view>",
            "<view>\n<switch checked=\"{{on}}\"/>接受服务条款</view>",
        ] {
            let found = found(markup, "Page({ data: { on: true } })", &[]);
            assert_eq!(found.len(), 1, "{markup}: {found:?}");
            assert!(
                found[0]
                    .says
                    .en
                    .contains("is on before the user touches it")
            );
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!(
                (at.file.as_str(), at.line, at.column),
                ("pages/a/a.wxml", 2, 1)
            );
        }
    }

    #[test]
    fn a_box_in_a_component_is_found_in_its_template() {
        let found = Sample::page("<consent/>", "Page({})")
            .file(
                "pages/a/a.json",
                r#"{ "usingComponents": { "consent": "/c/consent" } }"#,
            )
            .file("c/consent.json", r#"{ "component": true }"#)
            .file("c/consent.js", "Component({})")
            .file(
                "c/consent.wxml",
                "<label><checkbox checked/>同意协议</label>",
            )
            .findings("P11");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("c/consent.wxml", 1));
    }

    #[test]
    fn an_empty_box_and_one_of_something_else_are_none() {
        for markup in [
            "<view><checkbox/> 我已阅读并同意《用户协议》</view>",
            "<view><checkbox checked=\"{{off}}\"/> 我已阅读并同意《用户协议》</view>",
            "<view><switch checked/> 接收优惠通知</view>",
            "<form><label><radio checked/>快递</label><label><radio/>自提</label><checkbox/>同意条款</form>",
            "<view><checkbox checked/> 已阅读</view>",
            "<view><checkbox checked/> 隐私模式</view>",
            "<view><checkbox checked/> 记住密码</view><view>同意《用户协议》</view>",
        ] {
            let markup = format!("<view>{markup}<text>{}</text></view>", "商品".repeat(70));
            assert_eq!(
                found(&markup, "Page({ data: { off: false } })", &[]),
                [],
                "{markup}"
            );
        }
    }

    #[test]
    fn what_the_user_ticked_is_none() {
        let markup = "<view><checkbox id=\"c\" checked=\"{{on}}\"/> 同意《用户协议》</view>\
                      <button bindtap=\"go\">a</button>";
        let script = "Page({ data: { on: false }, go() { this.setData({ on: true }) } })";
        assert_eq!(found(markup, script, &["tap text=a"]), []);
    }
}

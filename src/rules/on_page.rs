//! Elements of the page on top, for the rules that read it.

use super::{CallFacts, Cx};
use crate::value::Frame;
use crate::view::coerce;
use crate::view::tree::{Element, NodeId, Tree};

/// The elements that are drawn, in order, with the number of each; content of hidden ones too.
pub(super) fn elements(tree: &Tree) -> Vec<(NodeId, &Element)> {
    let mut found = Vec::new();
    let mut open = vec![tree.page()];
    while let Some(id) = open.pop() {
        if let Some(element) = tree.node(id).element() {
            found.push((id, element));
        }
        open.extend(tree.drawn_children(id).into_iter().rev());
    }
    found
}

/// Where an element is written; the place in an included file counts as one of the template.
pub(super) fn place(tree: &Tree, node: NodeId, cx: &Cx<'_>) -> Option<Frame> {
    let own = tree.find(node)?;
    let element = own.element()?;
    let file = if own.host == tree.page() {
        cx.rest.project.page(cx.page)?.template.clone()?
    } else {
        let component = tree.find(own.host)?.component()?;
        format!("{}.wxml", component.path)
    };
    Some(Frame {
        function: String::new(),
        file,
        line: element.place.line,
        column: element.place.column,
    })
}

/// Where the button is written whose capability was used, when the page is still there and has one such button.
pub(super) fn button(call: &CallFacts, cx: &Cx<'_>) -> Option<Frame> {
    let kind = call.api.strip_prefix("button.")?;
    let on_top = cx.rest.world.current_page()?;
    let tree = cx.rest.tree.filter(|_| on_top.route == cx.page)?;
    let id = call.options["id"].as_str().unwrap_or_default();
    let fits = |element: &Element| {
        let kinds = coerce::join_text(element.attribute("open-type"));
        &*element.id == id && kinds.split('|').any(|own| own == kind)
    };
    let all = elements(tree).into_iter();
    let mut found = all.filter(|(_, element)| fits(element));
    let (node, _) = found.next()?;
    found.next().is_none().then(|| place(tree, node, cx))?
}

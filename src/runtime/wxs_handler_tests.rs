//! Event handlers, property observers and timers of WXS modules.

use std::cell::RefCell;
use std::rc::Rc;

use super::{file, function, project, reports};
use crate::runtime::wxs::{Descriptors, WxsModules};
use crate::value::Value;
use crate::view::tree::NodeId;
use crate::view::value::Val;
use crate::world::route::PageId;

/// Nodes that write down what they are asked.
#[derive(Default)]
struct Nodes {
    asked: RefCell<Vec<String>>,
}

impl Descriptors for Nodes {
    fn ask(&self, page: PageId, node: NodeId, method: &str, arguments: &[Value]) -> Value {
        let node = node.0;
        assert_eq!(page, PageId(3));
        let arguments: Vec<String> = arguments.iter().map(|value| value.show(3)).collect();
        let line = format!("{node}.{method}({})", arguments.join(", "));
        self.asked.borrow_mut().push(line);
        match method {
            "selectComponent" if arguments == ["\".box\""] => 9_u32.into(),
            "selectAllComponents" => Value::Array(vec![9_u32.into(), 10_u32.into()]),
            "hasClass" => true.into(),
            "getDataset" => Value::object([("id", node.into())]),
            _ => Value::Undefined,
        }
    }
}

const HANDLERS: &str = "
var calls = 0;
module.exports = {
  onTap: function (event, owner) {
    var state = event.instance.getState();
    state.taps = (state.taps || 0) + 1;
    var box = owner.selectComponent('.box');
    box.setStyle({ left: event.detail.x + 'px' }).removeClass('off').addClass('on');
    owner.callMethod('tapped', event);
    owner.triggerEvent('moved', { taps: state.taps }, { bubbles: true });
    console.log(owner.selectComponent('.none'), owner.selectComponent('.box') === box,
      owner.selectAllComponents('.all')[0] === box, box.hasClass('on'), box.getDataset().id);
    return state.taps < 2;
  },
  onChange: function (value, old, owner, instance) {
    instance.setStyle('left: ' + (value - old) + 'px');
    owner.removeClass('x');
    instance.getBoundingClientRect();
    instance.getComputedStyle(['width']);
  },
  wait: function (event, owner) {
    owner.requestAnimationFrame(function () { console.log('frame'); });
    var id = event.instance.setTimeout(function () { console.log('late'); }, 20);
    event.instance.clearTimeout(owner.setTimeout(function () { console.log('never'); }));
  },
};";

#[test]
fn event_handlers_reach_their_nodes() {
    let mut modules = project(&[("m.wxs", HANDLERS)]);
    let exports = file(&mut modules, "m.wxs");
    let nodes = Rc::new(Nodes::default());
    let tap = function(&exports, "onTap");
    let event = Val::object([("detail", Val::object([("x", Val::Number(3.0))]))]);
    let handle = |modules: &mut WxsModules| {
        modules.handle(
            &tap,
            &event,
            PageId(3),
            [NodeId(5), NodeId(1)],
            Rc::<Nodes>::clone(&nodes),
        )
    };
    assert_eq!(handle(&mut modules), Val::Bool(true));
    assert_eq!(
        nodes.asked.borrow()[..6],
        [
            "1.selectComponent(\".box\")",
            "9.setStyle({left: \"3px\"})",
            "9.removeClass(\"off\")",
            "9.addClass(\"on\")",
            "1.callMethod(\"tapped\", {detail: {x: 3}})",
            "1.triggerEvent(\"moved\", {taps: 1}, {bubbles: true})",
        ]
    );
    assert_eq!(reports(&mut modules), ["undefined true true true 9"]);
    assert_eq!(
        handle(&mut modules),
        Val::Bool(false),
        "the node kept its state"
    );
    modules.forget(PageId(3), &[NodeId(4), NodeId(5)]);
    assert_eq!(
        handle(&mut modules),
        Val::Bool(true),
        "a new node begins anew"
    );
}

#[test]
fn changes_and_timers_reach_their_nodes() {
    let mut modules = project(&[("m.wxs", HANDLERS)]);
    let exports = file(&mut modules, "m.wxs");
    let nodes = Rc::new(Nodes::default());
    let change = function(&exports, "onChange");
    let values = [&Val::Number(7.0), &Val::Number(2.0)];
    modules.changed(
        &change,
        values,
        PageId(3),
        [NodeId(5), NodeId(1)],
        Rc::<Nodes>::clone(&nodes),
    );
    let wait = function(&exports, "wait");
    let event = Val::object([("type", Val::text("tap"))]);
    modules.handle(
        &wait,
        &event,
        PageId(3),
        [NodeId(5), NodeId(1)],
        Rc::<Nodes>::clone(&nodes),
    );
    assert_eq!(
        nodes.asked.take(),
        [
            "5.setStyle(\"left: 5px\")",
            "1.removeClass(\"x\")",
            "5.getBoundingClientRect()",
            "5.getComputedStyle([\"width\"])",
            "1.requestAnimationFrame(1)",
            "5.setTimeout(2, 20)",
            "1.setTimeout(3, 0)",
            "5.clearTimeout(3)",
        ]
    );
    for number in [2, 1, 3, 2] {
        modules.timer(number, Rc::<Nodes>::clone(&nodes));
    }
    assert_eq!(reports(&mut modules), ["late", "frame"], "each runs once");
}

//! What built-in tags look like before any rule.
//!
//! Official pages give these figures: image 320×240, swiper 150 high, canvas 300×150, video and
//! live-player 300×225, map 300×150, movable-area and movable-view 10×10.
//! Unverified: all others, which are what the web view of the client is known to use: buttons of 18
//! px and 46 px high, inputs 1.4 lines high, textareas 300×150, switches 52×32, checkboxes and radios
//! 22 px wide with a gap of 5 px, sliders 30 px high between margins of 10 and 18 px.
//! Differs from the client: inner parts of built-in components are no boxes of their own.

use std::rc::Rc;

use super::sheet::{Item, parse};
use super::{Linked, LinkedRule, Owner};

const COMMON: &str = "
page{display:block}
view,scroll-view,swiper-item,form,navigator,picker,picker-view,picker-view-column,rich-text,
cover-view,movable-area,checkbox-group,radio-group,page-container,root-portal,
match-media,grid-view,list-view,sticky-section,sticky-header,nested-scroll-header,
nested-scroll-body,editor,ad,ad-custom,official-account,functional-page-navigator,
store-home,store-product,share-element,snapshot,draggable-sheet,custom-wrapper
{display:block}
text,span,label,open-data,keyboard-accessory{display:inline}
[hidden]{display:none}
page-meta,navigation-bar,wxs,audio{display:none}
image,cover-image{display:inline-block;width:320px;height:240px;overflow:hidden}
cover-image{display:block;width:auto;height:auto}
scroll-view{width:100%}
scroll-view[scroll-x]{overflow-x:auto;overflow-y:hidden}
scroll-view[scroll-y]{overflow-x:hidden;overflow-y:auto}
scroll-view[scroll-x][scroll-y]{overflow:auto}
swiper{display:block;height:150px;overflow:hidden;position:relative}
swiper-item{position:absolute;top:0;left:0;width:100%;height:100%;overflow:hidden}
canvas{display:block;width:300px;height:150px;position:relative}
video,live-player{display:inline-block;width:300px;height:225px;overflow:hidden;position:relative}
live-pusher,camera,voip-room{display:block;width:100%;height:225px;position:relative}
map{display:block;width:300px;height:150px;position:relative}
web-view{position:fixed;top:0;right:0;bottom:0;left:0}
movable-area{width:10px;height:10px;position:relative}
movable-view{display:inline-block;position:absolute;top:0;left:0;width:10px;height:10px}
picker-view-column{flex:1;position:relative;height:100%;overflow:hidden}
picker-view{display:flex}
cover-view{line-height:1.2;overflow:hidden}
navigator{overflow:hidden}
input{display:block;height:1.4em;min-height:1.4em;overflow:hidden;white-space:nowrap}
textarea{display:block;width:300px;height:150px;position:relative}
textarea[auto-height]{height:auto;min-height:1.4em}
editor{min-height:200px}
icon{display:inline-block;width:23px;height:23px}
progress{display:block;height:6px}
progress[show-info]{height:20px}
switch{display:inline-block;width:52px;height:32px;margin-right:5px}
switch[type=\"checkbox\"]{width:22px;height:22px}
checkbox,radio{display:inline-flex;align-items:center;padding-left:27px;min-height:22px}
slider{display:block;margin:10px 18px;height:30px}
official-account{height:84px}
";

const BUTTON: &str = "
button{display:block;position:relative;box-sizing:border-box;margin-left:auto;margin-right:auto;
padding-left:14px;padding-right:14px;font-size:18px;line-height:2.55555556;text-align:center;
overflow:hidden}
button[size=\"mini\"]{display:inline-block;line-height:2.3;font-size:13px;padding:0 1.34em}
";

const BUTTON_V2: &str = "
button{display:block;position:relative;box-sizing:border-box;margin-left:auto;margin-right:auto;
padding:8px 24px;width:184px;font-size:17px;font-weight:700;line-height:1.41176471;
text-align:center;overflow:hidden}
button[size=\"mini\"]{display:inline-block;width:auto;padding:0 12px;font-size:16px;line-height:2}
";

/// The default sheet for a value of `style` of app.json.
pub(super) fn sheet(app_style: &str) -> Rc<Linked> {
    let button = if app_style == "v2" { BUTTON_V2 } else { BUTTON };
    let text: Rc<str> = format!("{COMMON}{button}").into();
    let parsed = parse("defaults", &text);
    debug_assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    let mut linked = Linked::empty(Owner::App);
    linked
        .rules
        .extend(parsed.items.into_iter().filter_map(|item| match item {
            Item::Rule(rule) => Some(LinkedRule {
                rule,
                media: Vec::new(),
            }),
            Item::Import { .. } => None,
        }));
    linked.index();
    Rc::new(linked)
}

//! Elements for tests: found by a question, read, and touched one by one.
//!
//! Nothing here runs a script of the program, but [`Sim::step_on`] and what follows from it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::core::Core;
use super::event::dataset;
use super::scrolling::Way;
use super::sim::{Sim, StepError};
use super::step::Step;
use super::trace::{Event, json};
use super::view_step::ViewStep;
use crate::view::coerce::to_bool;
use crate::view::find::{
    ElementQuery, Glance, glance, hides, names_of, nearest_to, query, role, targets, visible_text,
};
use crate::view::markup::{markup, outer};
use crate::view::selector::written;
use crate::view::style::Computed;
use crate::view::tags;
use crate::view::tree::{Element, NodeId, Tree};
use crate::view::value::Val;
use crate::world::route::PageId;

/// An element of an open page. Numbers are never used again: when the element is gone, it stays gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ElementRef {
    /// The page's number.
    pub page: u32,
    /// The node's number in the page.
    pub node: u32,
}

/// An element that a question found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundElement {
    /// Which it is.
    #[serde(flatten)]
    pub element: ElementRef,
    /// Its tag.
    pub tag: String,
    /// The texts by which it was asked for: its text, its values, with a role its names.
    pub texts: Vec<String>,
    /// How many of those found right behind it are drawn in it.
    pub inside: usize,
}

/// What can be read of an element without laying out its page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ElementFacts {
    /// Tag as written.
    pub tag: String,
    /// `id`; empty without one.
    pub id: String,
    /// Classes, in order.
    pub classes: Vec<String>,
    /// Inline style.
    pub style: String,
    /// Visible text, white space tidied.
    pub text: String,
    /// Attributes as they are now; of a component its properties too. Values without a JSON form are
    /// left out.
    pub attributes: Map<String, Json>,
    /// `data-*`, in camel case.
    pub dataset: Json,
    /// `value` as it is now, with what the user typed or chose; `null` without one.
    pub value: Json,
    /// Whether a checkbox, radio or switch is on; `null` for what cannot be.
    pub is_checked: Option<bool>,
    /// `disabled`.
    pub is_disabled: bool,
    /// Whether it has the keyboard.
    pub is_focused: bool,
    /// Whether `hidden`, or `display: none` of an inline style, hides it or an element around it.
    pub is_hidden: bool,
    /// `aria-role`, or what its tag stands for.
    pub role: Option<String>,
    /// Names by which it is called: label, text, placeholder.
    pub names: Vec<String>,
    /// Code path of the component, when it is one.
    pub component: Option<String>,
    /// Code path of the page or component in whose template it is written.
    pub owner: String,
    /// As readable WXML.
    pub markup: String,
}

const GONE: &str = "the element is no longer on its page";

impl Sim {
    /// The elements of the page on top, or in one element, that a question means, in the order they
    /// are drawn.
    ///
    /// # Errors
    /// No page is open, `within` is gone, or a selector is not understood.
    pub fn elements(
        &self,
        asked: &ElementQuery,
        within: Option<ElementRef>,
    ) -> Result<Vec<FoundElement>, StepError> {
        self.with(|core| {
            let (page, tree, node) = core.looked_at(within)?;
            let found = query(tree, asked, node);
            let found = found.map_err(|bad| StepError::BadAnswer(bad.to_string()))?;
            let told = found.into_iter().map(|own| FoundElement {
                element: ElementRef {
                    page: page.0,
                    node: own.node.0,
                },
                tag: tag_of(tree, own.node),
                texts: own.texts,
                inside: own.inside,
            });
            Ok(told.collect())
        })
    }

    /// What would nearly have answered a question, as a step writes it.
    pub fn nearest_elements(
        &self,
        asked: &ElementQuery,
        within: Option<ElementRef>,
    ) -> Vec<String> {
        self.with(|core| {
            let place = core.looked_at(within);
            place.map_or_else(
                |_| Vec::new(),
                |(_, tree, node)| nearest_to(tree, asked, node),
            )
        })
    }

    /// What can be read of an element; `None` when it is gone.
    pub fn element(&self, element: ElementRef) -> Option<ElementFacts> {
        self.with(|core| {
            let (_, tree, node) = core.looked_at(Some(element)).ok()?;
            facts(tree, node?)
        })
    }

    /// How a step points at an element, such as `"购买"` or `#a@2`; its tag when none can. `None` when it
    /// is gone.
    pub fn target_of(&self, element: ElementRef) -> Option<String> {
        self.with(|core| {
            let (_, tree, node) = core.looked_at(Some(element)).ok()?;
            let node = node?;
            let found = targets(tree, node).into_iter().next();
            Some(found.unwrap_or_else(|| format!("<{}>", tag_of(tree, node))))
        })
    }

    /// Whether an element can be seen where it stands, wherever the page is scrolled: nothing hides it,
    /// styles included, and it has a size. `None` when it is gone.
    ///
    /// The page is laid out for that, which may tell mistakes of its style sheets to the trace.
    pub fn is_visible(&self, element: ElementRef) -> Option<bool> {
        self.with(|core| {
            let node = NodeId(element.node);
            let page = PageId(element.page);
            let tree = core.views.trees.get(&page)?;
            tree.find(node)?.element()?;
            if is_hidden(tree, node) {
                return Some(false);
            }
            let place = core.layout_of(page)?;
            let is_shown = place.style(node).is_none_or(Computed::is_visible);
            let rect = place.visible_rect(node);
            let has_size = rect.is_some_and(|rect| rect.width > 0.0 && rect.height > 0.0);
            Some(is_shown && has_size)
        })
    }

    /// What the page on top, or one element, shows as readable WXML; empty when there is none.
    pub fn tree_text(&self, within: Option<ElementRef>) -> String {
        if within.is_none() {
            return self.shown().map(|(_, markup)| markup).unwrap_or_default();
        }
        self.with(|core| match core.looked_at(within) {
            Ok((_, tree, Some(node))) => markup(tree, node),
            _ => String::new(),
        })
    }

    /// The page on top at a glance, `max` lines at most; empty without a page.
    pub fn glance(&self, max: usize) -> Vec<(ElementRef, Glance)> {
        self.with(|core| {
            let Ok((page, tree, _)) = core.looked_at(None) else {
                return Vec::new();
            };
            let told = glance(tree, max).into_iter().map(|line| {
                let (page, node) = (page.0, line.node.0);
                (ElementRef { page, node }, line)
            });
            told.collect()
        })
    }

    /// Data of an open page; `null` when it is not.
    pub fn data_of(&mut self, page: u32) -> Json {
        let data = self.engine.call("data", &[page.into()]);
        data.map_or(Json::Null, |data| json(&data))
    }

    /// Does a step on just this element and lets it come to rest; the trace says it as a step that
    /// finds the same element again, where there is one.
    ///
    /// | `verb` | `detail` |
    /// |---|---|
    /// | `tap`, `longpress`, `focus`, `blur`, `confirm` | nothing |
    /// | `input` | the text |
    /// | `choose` | the value |
    /// | `drag` | `[x, y]`, in pixels |
    /// | `trigger` | `["event", detail]`; without a detail it is `{}` |
    /// | `scroll` | `{"to": pixels}` or `{"by": pixels}` |
    ///
    /// # Errors
    /// The element is gone or on another page, the verb or its detail is none, or the step does not
    /// apply to the element.
    pub fn step_on(
        &mut self,
        verb: &str,
        element: ElementRef,
        detail: &Json,
    ) -> Result<(), StepError> {
        let (page, node) = (PageId(element.page), NodeId(element.node));
        let (pointed, tag) = self.with(|core| {
            let (_, tree, _) = core.looked_at(Some(element))?;
            if core.page_on_top().is_none_or(|(top, _)| top != page) {
                let told = "the element is on a page that is not on top";
                return Err(StepError::BadAnswer(told.to_owned()));
            }
            Ok((targets(tree, node), tag_of(tree, node)))
        })?;
        let make = |target: String| step_of(verb, target, detail);
        let mut step = make(format!("<{tag}>"))?;
        for target in pointed {
            let own = make(target)?;
            // A target may hold what a step takes for its end.
            let read = Step::View(own.clone()).to_string().parse::<Step>();
            if read.is_ok_and(|read| read == Step::View(own.clone())) {
                step = own;
                break;
            }
        }
        self.with(|core| {
            core.emit(|| Event::Step {
                step: step.to_string(),
            });
        });
        self.touch_at(page, node, &step)?;
        self.with(Core::take_notices);
        self.settle();
        Ok(())
    }
}

impl Core {
    /// The tree of the page on top or of an element, with the element's node.
    fn looked_at(
        &self,
        within: Option<ElementRef>,
    ) -> Result<(PageId, &Tree, Option<NodeId>), StepError> {
        let Some(within) = within else {
            let (page, _) = self.page_on_top().ok_or(StepError::NoPage)?;
            let tree = self.views.trees.get(&page).ok_or(StepError::NoPage)?;
            return Ok((page, tree, None));
        };
        let (page, node) = (PageId(within.page), NodeId(within.node));
        let tree = self.views.trees.get(&page);
        let tree = tree.filter(|tree| tree.find(node).is_some_and(|own| own.element().is_some()));
        let tree = tree.ok_or_else(|| StepError::BadAnswer(GONE.to_owned()))?;
        Ok((page, tree, Some(node)))
    }
}

/// The step of a verb with its detail.
fn step_of(verb: &str, target: String, detail: &Json) -> Result<ViewStep, StepError> {
    let bad = |form: &str| {
        let told = format!("`{verb}` takes {form}, not {detail}");
        StepError::BadAnswer(told)
    };
    let field = |verb| ViewStep::Field {
        verb,
        target: target.clone(),
    };
    Ok(match verb {
        "tap" => ViewStep::Tap(target),
        "longpress" => ViewStep::LongPress(target),
        "focus" => field("focus"),
        "blur" => field("blur"),
        "confirm" => field("confirm"),
        "input" => {
            let text = match detail {
                Json::String(text) => text.clone(),
                Json::Number(number) => number.to_string(),
                _ => return Err(bad("a text")),
            };
            ViewStep::Input { target, text }
        }
        "choose" => ViewStep::Choose {
            target,
            value: detail.clone(),
        },
        "drag" => {
            let at = |index: usize| detail.get(index).and_then(Json::as_f64);
            let by = at(0).zip(at(1)).ok_or_else(|| bad("[x, y] in pixels"))?;
            ViewStep::Drag { target, by }
        }
        "trigger" => {
            let event = detail[0].as_str().filter(|event| !event.is_empty());
            ViewStep::Trigger {
                target,
                event: event.ok_or_else(|| bad("[event, detail]"))?.to_owned(),
                detail: match &detail[1] {
                    Json::Null => Json::Object(Map::new()),
                    own => own.clone(),
                },
            }
        }
        "scroll" => {
            let pixels = |key: &str| i32::try_from(detail[key].as_i64()?).ok();
            let way = pixels("to")
                .map(Way::To)
                .or_else(|| pixels("by").map(Way::By));
            ViewStep::Scroll {
                target: Some(target),
                way: way.ok_or_else(|| bad("{to: pixels} or {by: pixels}"))?,
            }
        }
        _ => {
            let told = format!(
                "`{verb}` is nothing that is done to an element: use tap, longpress, focus, blur, \
                 confirm, input, choose, drag, trigger or scroll"
            );
            return Err(StepError::BadAnswer(told));
        }
    })
}

fn tag_of(tree: &Tree, node: NodeId) -> String {
    let element = tree.find(node).and_then(|own| own.element());
    element.map(|own| own.tag.to_string()).unwrap_or_default()
}

/// Whether an element or one around it, as they are drawn, hides it.
fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    let mut next = Some(node);
    while let Some(id) = next {
        let element = tree.find(id).and_then(|own| own.element());
        if element.is_some_and(hides) {
            return true;
        }
        next = tree.drawn_parent(id);
    }
    false
}

fn facts(tree: &Tree, node: NodeId) -> Option<ElementFacts> {
    let element = tree.find(node)?.element()?;
    let owner = tree
        .find(tree.node(node).host)
        .and_then(|own| own.component());
    let is_hidden = is_hidden(tree, node);
    let can_be_checked = ["checkbox", "radio", "switch"].contains(&&*element.tag);
    let component = element.component.as_deref();
    Some(ElementFacts {
        id: element.id.to_string(),
        classes: element.classes.iter().map(ToString::to_string).collect(),
        style: element.style.to_string(),
        text: if is_hidden {
            String::new()
        } else {
            visible_text(tree, node)
        },
        attributes: attributes(element),
        dataset: dataset(element).to_json().unwrap_or_default(),
        value: written(element, "value")
            .to_value()
            .to_json()
            .unwrap_or_default(),
        is_checked: (can_be_checked && component.is_none())
            .then(|| to_bool(element.current("checked"))),
        is_disabled: to_bool(&match component {
            Some(_) => written(element, "disabled"),
            None => tags::value(element, "disabled"),
        }),
        is_focused: tree.focused() == Some(node),
        is_hidden,
        role: role(tree, node).map(str::to_owned),
        names: names_of(tree, node),
        component: component.map(|own| own.path.to_string()),
        owner: owner.map(|own| own.path.to_string()).unwrap_or_default(),
        markup: outer(tree, node),
        tag: element.tag.to_string(),
    })
}

/// What is written on an element, as it is now; of a component also its properties.
fn attributes(element: &Element) -> Map<String, Json> {
    let mut found = Map::new();
    let mut tell = |name: &str, value: &Val| {
        if let Some(value) = value.to_value().to_json() {
            found.insert(name.to_owned(), value);
        }
    };
    for (name, value) in element.attributes.iter().chain(&element.state) {
        tell(name, value);
    }
    if let Some(component) = element.component.as_deref() {
        for name in &component.definition.properties {
            tell(name, &written(element, name));
        }
    }
    found
}

#[cfg(test)]
#[path = "elements_tests.rs"]
mod tests;

//! What test scripts ask of the page that the program shows.

use serde_json::Value as Json;

use super::host_page;
use crate::runtime::{ElementRef, Sim};
use crate::value::Value;
use crate::view::find::ElementQuery;

/// The script that asks these, in the test context.
pub(super) const SCRIPT: (&str, &str) = (
    "wxsim:t50",
    include_str!("../../js-prelude/test/50_screen.js"),
);

/// Answers an operation; `None` when the name is none of these.
///
/// | operation | gives |
/// |---|---|
/// | `elements(query, within)` | `[{ page, node, tag, texts, inside }]` |
/// | `elementsNear(query, within)` | texts that would nearly have answered |
/// | `element(ref)` | what can be read of it; `null` when it is gone |
/// | `elementVisible(ref)` | whether it can be seen; `null` when it is gone |
/// | `elementTarget(ref)` | how a step points at it; `null` when it is gone |
/// | `tree(within)` | readable WXML |
/// | `emitted(page)` | `[{ name, detail }]` of a host page |
///
/// An element is `{ page, node }`; `within` may be left out.
///
/// # Errors
/// A question that is not understood, or that nobody can answer: no page is open, the element around is
/// gone.
pub(super) fn answer(
    sim: &mut Sim,
    operation: &str,
    arguments: &[Value],
) -> Option<Result<Value, String>> {
    let json = |at: usize| arguments.get(at).and_then(Value::to_json);
    let place =
        |at: usize| json(at).and_then(|json| serde_json::from_value::<ElementRef>(json).ok());
    let query = || -> Result<ElementQuery, String> {
        let asked = json(0).unwrap_or_default();
        serde_json::from_value(asked).map_err(|error| error.to_string())
    };
    let told = |json: Json| Value::from(&json);
    Some(match operation {
        "elements" => query().and_then(|query| {
            let found = sim.elements(&query, place(1));
            let found = found.map_err(|error| error.to_string())?;
            Ok(told(serde_json::json!(found)))
        }),
        "elementsNear" => query().map(|query| {
            let near = sim.nearest_elements(&query, place(1));
            told(serde_json::json!(near))
        }),
        "element" => Ok(told(serde_json::json!(
            place(0).and_then(|own| sim.element(own))
        ))),
        "elementVisible" => Ok(told(serde_json::json!(
            place(0).and_then(|own| sim.is_visible(own))
        ))),
        "elementTarget" => Ok(told(serde_json::json!(
            place(0).and_then(|own| sim.target_of(own))
        ))),
        "tree" => Ok(sim.tree_text(place(0)).as_str().into()),
        "emitted" => {
            let page = json(0).and_then(|json| u32::try_from(json.as_u64()?).ok());
            Ok(page.map_or(Value::Null, |page| told(host_page::emitted(sim, page))))
        }
        _ => return None,
    })
}

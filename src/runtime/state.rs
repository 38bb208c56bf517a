//! The state of a program at rest, as far as anybody can see it.
//!
//! Variables of modules and closures cannot be seen: two moments that differ in nothing else are taken for the same.

use serde_json::{Map, Value as Json, json};

use super::sim::Sim;
use super::trace::json;
use crate::view::markup::markup;

/// Gives the fields of the App object and of the pages on the stack, without functions.
const FIELDS: &str = "(() => {
  const own = (object) => {
    const found = {}
    for (const key of Object.keys(object)) if (typeof object[key] !== 'function') found[key] = object[key]
    return found
  }
  const app = typeof getApp === 'function' ? getApp() : undefined
  return { app: app ? own(app) : null, pages: getCurrentPages().map(own) }
})()";

impl Sim {
    /// What there is to see: fields of the App object and of the pages, the pages as they are drawn, what is due, and the
    /// facts of the world that what comes next depends on ([`World::essence`](crate::world::World::essence)).
    pub fn state(&mut self) -> Json {
        let fields = match self.engine.evaluate("wxsim:state", FIELDS) {
            Ok(fields) => json(&fields),
            Err(error) => Json::String(error.headline()),
        };
        self.with(|core| {
            let mut drawn = Map::new();
            for (page, tree) in &core.views.trees {
                if let Some(shown) = core.world.page(*page) {
                    drawn.insert(shown.route.clone(), markup(tree, tree.page()).into());
                }
            }
            let now = core.world.now();
            let due: Vec<Json> = core.queue.outline(now).map(Json::from).collect();
            let calls: Vec<Json> = core.calls.values().map(|call| json!([call.name, json(&call.options)])).collect();
            let asked: Vec<&str> = core.asked.values().map(|asked| asked.question.key.as_str()).collect();
            json!({
                "fields": fields,
                "drawn": drawn,
                "stack": core.routes(),
                "due": due,
                "calls": calls,
                "asked": asked,
                "visited": core.visited.is_some(),
                "world": core.world.essence(),
            })
        })
    }
}

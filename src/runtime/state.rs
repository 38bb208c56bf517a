//! The state of a program at rest, as far as anybody can see it.
//!
//! Variables of modules and closures cannot be seen: two moments that differ in nothing else are taken for the same.

use serde_json::{Map, Value as Json, json};

use super::sim::Sim;
use super::trace::json;
use crate::view::markup::markup;
use crate::world::scope::Scope;

/// Gives the fields of the App object and of the pages on the stack, without functions.
const FIELDS: &str = "(() => {
  const own = (object) => {
    const found = {}
    for (const key of Object.keys(object)) if (typeof object[key] !== 'function') found[key] = object[key]
    return found
  }
  const app = typeof getApp === 'function' ? getApp() : undefined
  const pages = getCurrentPages()
  const top = pages[pages.length - 1]
  const hears = ['onPullDownRefresh', 'onReachBottom', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites'].filter((name) => top && typeof top[name] === 'function')
  return { app: app ? own(app) : null, hears, pages: pages.map(own) }
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
            let calls: Vec<Json> = core
                .calls
                .values()
                .map(|call| json!([call.name, json(&call.options)]))
                .collect();
            let asked: Vec<&str> = core
                .asked
                .values()
                .map(|asked| asked.question.key.as_str())
                .collect();
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

    /// Whether the page on top can be pulled down.
    pub fn can_pull_down(&self) -> bool {
        self.with(|core| {
            let Some(top) = core.world.current_page() else {
                return false;
            };
            let mut pages = core.code.project.pages.iter();
            let page = pages.find(|page| page.route == top.route);
            let on = page.and_then(|page| page.window.get("enablePullDownRefresh"));
            on == Some(&Json::Bool(true))
        })
    }

    /// Whether the page on top has a button in its navigation bar that leads home: it is the only one on the stack,
    /// neither the first page nor a tab, and the bar is the client's with the button not hidden.
    pub fn has_home_button(&self) -> bool {
        self.with(|core| {
            let [only] = core.world.page_stack() else {
                return false;
            };
            let app = core.world.app();
            let is_home =
                app.home_page() == Some(only.route.as_str()) || app.is_tab_page(&only.route);
            let project = &core.code.project;
            let page = project.pages.iter().find(|page| page.route == only.route);
            let style = page.and_then(|page| page.window.get("navigationStyle"));
            let is_custom = style.and_then(Json::as_str) == Some("custom");
            let is_hidden = core.world.navigation_bar(only.id).home_button_hidden;
            !is_home && !is_custom && !is_hidden
        })
    }

    /// Whether a dialog lies over the page: the user was asked something and has not answered, or will never do.
    pub fn is_asking(&self) -> bool {
        self.with(|core| !core.asked.is_empty())
    }

    /// The state as properties see it: `page`, `stack`, `data`, `app`, `storage`, `shows`, `session`, `permissions`,
    /// `orders`, `isLoading`.
    pub fn state_view(&mut self) -> Json {
        let state = self.state();
        let data = self.page_data();
        let shows: Vec<String> = self
            .glance(usize::MAX)
            .into_iter()
            .map(|(_, line)| line.text)
            .filter(|text| !text.is_empty())
            .collect();
        let world = &state["world"];
        let (storage, permissions) = self.with(|core| {
            let caller = core.world.caller();
            let keys = core
                .world
                .storage_keys(&caller)
                .into_iter()
                .map(str::to_owned);
            let storage: Map<String, Json> = keys
                .filter_map(|key| {
                    let text = core.world.stored(&caller, &key)?;
                    let value = serde_json::from_str(text);
                    let value = value.unwrap_or_else(|_| Json::String(text.to_owned()));
                    Some((key, value))
                })
                .collect();
            let scopes = Scope::ALL.into_iter().map(|scope| {
                let state = core.world.scope_state(&caller, scope);
                (
                    scope.name().to_owned(),
                    format!("{state:?}").to_lowercase().into(),
                )
            });
            (storage, scopes.collect::<Map<String, Json>>())
        });
        let stack = &state["stack"];
        json!({
            "page": stack.as_array().and_then(|stack| stack.last()),
            "stack": stack,
            "data": data,
            "app": state["fields"]["app"],
            "storage": storage,
            "shows": shows.join("\n"),
            "session": world["session"],
            "permissions": permissions,
            "orders": world["orders"],
            "isLoading": world["screen"].to_string().contains("Loading"),
        })
    }

    /// Whether a text can be an expression over `state`.
    ///
    /// # Errors
    /// What is wrong with it, and its line and column in the text (from 1).
    pub fn can_hold(&mut self, code: &str) -> Result<(), (String, u32, u32)> {
        let checked = self.engine.check(&format!("({})", function_of(code)));
        checked.map_err(|(message, line, column)| {
            let last = code.lines().count().max(1);
            match usize::try_from(line).unwrap_or(0) {
                line if (2..=last + 1).contains(&line) => (message, number(line - 1), column),
                // The expression ends too early.
                _ => {
                    let end = code.lines().last().map_or(0, |line| line.chars().count());
                    (message, number(last), number(end + 1))
                }
            }
        })
    }

    /// Whether an expression over `state`, a [`Sim::state_view`] as JSON text, holds.
    ///
    /// # Errors
    /// What it threw.
    pub fn holds(&mut self, code: &str, state: &str) -> Result<bool, String> {
        let code = format!("({})({STRICT}({state}))", function_of(code));
        match self.engine.evaluate("wxsim:property", &code) {
            Ok(value) => Ok(value.as_bool() == Some(true)),
            Err(error) => Err(error.headline()),
        }
    }
}

/// An expression over `state` as a function; it begins in the second line.
fn function_of(code: &str) -> String {
    format!("state => !!(\n{code}\n)")
}

/// Gives the state a voice for members that it does not have: a misspelt one holds nowhere.
const STRICT: &str = "(state => new Proxy(state, { get(all, key) { \
    if (typeof key === 'string' && key !== 'toJSON' && !(key in all)) \
    throw new TypeError(`state has no \\`${key}\\`; there are ${Object.keys(all).join(', ')}`); \
    return all[key] } }))";

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

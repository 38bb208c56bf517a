//! What the commands that only look at something show.

use serde_json::Value as Json;
use unicode_width::UnicodeWidthStr;

use super::screen;
use super::words::Words;
use crate::data_path::{DataPath, Segment};
use crate::report::Paint;
use crate::runtime::Sim;
use crate::runtime::trace::{Entry, Event};
use crate::value::Value;
use crate::world::scope::Scope;

/// How deep values are shown.
pub(super) const DEPTH: usize = 4;

fn written(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

/// The data of the page, or a part of it.
pub(super) fn data(sim: &mut Sim, path: &str) -> Result<String, String> {
    let data = sim.page_data();
    if path.is_empty() {
        return Ok(written(&data));
    }
    let path = DataPath::parse(path).map_err(|bad| bad.to_string())?;
    let mut at = &data;
    for segment in path.segments() {
        at = match segment {
            Segment::Key(key) => &at[key.as_str()],
            Segment::Index(index) => &at[*index],
        };
    }
    Ok(written(at))
}

/// What the program has stored.
pub(super) fn storage(sim: &Sim, key: &str, words: Words) -> String {
    sim.read(|world| {
        let caller = world.caller();
        let keys = world.storage_keys(&caller);
        let keys = keys.into_iter().filter(|own| key.is_empty() || *own == key);
        let lines: Vec<String> = keys
            .map(|key| {
                let stored = world.stored(&caller, key).unwrap_or_default();
                format!("{key} = {stored}")
            })
            .collect();
        match lines.as_slice() {
            [] => words.empty(),
            lines => lines.join("\n"),
        }
    })
}

/// The open pages, the one on top first.
pub(super) fn stack(sim: &Sim, words: Words) -> String {
    let pages = sim.read(|world| {
        let pages = world.page_stack().iter().rev();
        let pages = pages.map(|page| address(&page.route, &page.query));
        pages.collect::<Vec<_>>()
    });
    match pages.as_slice() {
        [] => words.no_page_open(),
        pages => pages.join("\n"),
    }
}

/// A page with its query.
pub(super) fn address(route: &str, query: &[(String, String)]) -> String {
    let query = query.iter().map(|(key, value)| format!("{key}={value}"));
    match query.collect::<Vec<_>>().as_slice() {
        [] => route.to_owned(),
        query => format!("{route}?{}", query.join("&")),
    }
}

/// Calls of `wx`, with what came of them.
pub(super) fn calls(entries: &[Entry], name: &str, words: Words, paint: Paint) -> String {
    let is_meant = |api: &str| name.is_empty() || api == name;
    let of_calls: Vec<Entry> = entries
        .iter()
        .filter(|entry| match &entry.event {
            Event::Call { api, .. } | Event::Sync { api, .. } | Event::Reply { api, .. } => {
                is_meant(api)
            }
            _ => false,
        })
        .cloned()
        .collect();
    match of_calls.as_slice() {
        [] => words.no_call(),
        some => screen::trace(some, paint),
    }
}

/// What the user decided, scope by scope.
pub(super) fn permissions(sim: &Sim, words: Words) -> String {
    sim.read(|world| {
        let caller = world.caller();
        let lines = Scope::ALL.iter().map(|scope| {
            let state = words.scope_state(world.scope_state(&caller, *scope));
            format!("{:<32} {state}", scope.name())
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The login session.
pub(super) fn session(sim: &Sim, words: Words) -> String {
    sim.read(|world| words.session(world.session_state(&world.caller())))
}

/// The privacy guide.
pub(super) fn privacy(sim: &Sim, words: Words) -> String {
    sim.read(|world| {
        let needs = world.needs_privacy_agreement(&world.caller());
        let needs = world.checks_privacy().then_some(needs);
        words.privacy(&format!("{:?}", world.privacy_guide()), needs)
    })
}

/// The phone.
pub(super) fn device(sim: &Sim, words: Words) -> String {
    sim.read(|world| {
        let place = world.location();
        let facts = [
            world.device_id().to_string(),
            world.profile().platform.name().to_owned(),
            world.theme().name().to_owned(),
            world.connection().name().to_owned(),
            place.latitude.to_string(),
            place.longitude.to_string(),
        ];
        let lines = words.device().into_iter().zip(facts);
        let lines = lines.map(|(name, fact)| {
            let gap = 12_usize.saturating_sub(UnicodeWidthStr::width(name));
            format!("{name}{}{fact}", " ".repeat(gap))
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// Who there is; a mark stands at who holds the phone.
pub(super) fn users(sim: &Sim) -> String {
    sim.read(|world| {
        let holder = world.user().id.clone();
        let lines = world.users().iter().map(|user| {
            let mark = if user.id == holder { "●" } else { " " };
            format!("{mark} {}", user.id)
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The mini programs of the world; a mark stands at the one in use.
pub(super) fn programs(sim: &Sim) -> String {
    sim.read(|world| {
        let line = |mark: &str, app_id: &str, name: &str| {
            format!("{mark} {app_id} {name}").trim_end().to_owned()
        };
        let own = line("●", &world.app().app_id, &world.app().name);
        let others = world
            .other_apps()
            .iter()
            .map(|app| line(" ", &app.app_id, &app.name));
        std::iter::once(own)
            .chain(others)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// The orders.
pub(super) fn orders(sim: &Sim, words: Words) -> String {
    let lines: Vec<String> = sim.read(|world| {
        let orders = world.orders();
        orders
            .map(|order| {
                let (number, state) = (&order.out_trade_no, world.trade_state(order));
                format!("{number} {} {state} {}", order.total, order.description)
            })
            .collect()
    });
    match lines.as_slice() {
        [] => words.no_order(),
        lines => lines.join("\n"),
    }
}

/// A value for a person.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => serde_json::to_string(text).unwrap_or_default(),
        other => other.show(DEPTH),
    }
}

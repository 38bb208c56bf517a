//! What the commands that only look at something show.

use serde_json::{Value as Json, json};

use super::screen;
use crate::data_path::{DataPath, Segment};
use crate::report::Paint;
use crate::runtime::Sim;
use crate::runtime::trace::{Entry, Event};
use crate::value::Value;
use crate::world::permission::ScopeState;
use crate::world::scope::Scope;
use crate::world::session::SessionState;

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
pub(super) fn storage(sim: &Sim, key: &str) -> String {
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
            [] => "(empty)".to_owned(),
            lines => lines.join("\n"),
        }
    })
}

/// The open pages, the one on top first.
pub(super) fn stack(sim: &Sim) -> String {
    let pages = sim.read(|world| {
        let pages = world.page_stack().iter().rev();
        let pages = pages.map(|page| address(&page.route, &page.query));
        pages.collect::<Vec<_>>()
    });
    match pages.as_slice() {
        [] => "(no page)".to_owned(),
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
pub(super) fn calls(entries: &[Entry], name: &str, paint: Paint) -> String {
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
        [] => "(no call)".to_owned(),
        some => screen::trace(some, paint),
    }
}

/// What the user decided, scope by scope.
pub(super) fn permissions(sim: &Sim) -> String {
    sim.read(|world| {
        let caller = world.caller();
        let lines = Scope::ALL.iter().map(|scope| {
            let state = match world.scope_state(&caller, *scope) {
                ScopeState::Unasked => "not asked",
                ScopeState::Dismissed => "dismissed",
                ScopeState::Granted => "granted",
                ScopeState::Denied => "denied",
            };
            format!("{:<32} {state}", scope.name())
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The login session.
pub(super) fn session(sim: &Sim) -> String {
    sim.read(|world| match world.session_state(&world.caller()) {
        SessionState::Absent => "no session: wx.login was never called".to_owned(),
        SessionState::Alive => "alive".to_owned(),
        SessionState::Expired => "expired".to_owned(),
    })
}

/// The privacy guide.
pub(super) fn privacy(sim: &Sim) -> String {
    sim.read(|world| {
        let caller = world.caller();
        let agreement = if !world.checks_privacy() {
            "not needed: the program does not check it"
        } else if world.needs_privacy_agreement(&caller) {
            "needed"
        } else {
            "given"
        };
        format!(
            "guide      {:?}\nagreement  {agreement}",
            world.privacy_guide()
        )
    })
}

/// The phone.
pub(super) fn device(sim: &Sim) -> String {
    sim.read(|world| {
        let place = world.location();
        let told = json!({
            "phone": world.device_id(),
            "platform": world.profile().platform.name(),
            "theme": world.theme().name(),
            "network": world.connection().name(),
            "latitude": place.latitude,
            "longitude": place.longitude,
        });
        members(&told)
    })
}

/// Members of an object, a line each.
fn members(json: &Json) -> String {
    let members = json.as_object().into_iter().flatten();
    let lines = members.map(|(key, value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        format!("{key:<10} {value}")
    });
    lines.collect::<Vec<_>>().join("\n")
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

/// The mini programs of the world.
pub(super) fn programs(sim: &Sim) -> String {
    sim.read(|world| {
        let own = format!("● {}", world.app().app_id);
        let others = world
            .other_apps()
            .iter()
            .map(|app| format!("  {}", app.app_id));
        std::iter::once(own)
            .chain(others)
            .collect::<Vec<_>>()
            .join("\n")
    })
}

/// The orders.
pub(super) fn orders(sim: &Sim) -> String {
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
        [] => "(no order)".to_owned(),
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

//! What test scripts read of the program, the world and the trace, at rest.

use serde_json::{Value as Json, json};

use super::host::{BUSY, Shared};
use crate::api::{self, Api, storage_value};
use crate::engine::Throw;
use crate::near::near;
use crate::report::{Paint, line};
use crate::runtime::failure_name;
use crate::spec::Form;
use crate::value::Value;
use crate::world::World;

/// Items of a list that are told of as things to do.
pub(super) const OF_SAME: usize = 2;
/// Things to do that are told of.
pub(super) const ACTS_MAX: usize = 60;

/// A fact by its name.
pub(super) fn read(shared: &Shared, what: &str, arguments: &[Value]) -> Result<Value, Throw> {
    let text = |at: usize| arguments.get(at).and_then(Value::as_str);
    let found = match what {
        "trace" => trace(shared, arguments.first()),
        "seed" => json!(shared.seed.get()),
        "data" => {
            let mut sim = shared
                .sim
                .try_borrow_mut()
                .map_err(|_| Throw::error(BUSY))?;
            sim.as_mut()
                .map_or(Json::Null, crate::runtime::Sim::page_data)
        }
        "questions" => {
            let sim = shared.sim.try_borrow().map_err(|_| Throw::error(BUSY))?;
            json!(sim.as_ref().map(crate::runtime::Sim::open_questions))
        }
        "callable" => {
            row(text(0).unwrap_or_default())?;
            Json::Null
        }
        "isFailure" => json!(is_failure(shared, arguments)?),
        "traceText" => json!(trace_text(shared)),
        "acts" => {
            let sim = shared.sim.try_borrow().map_err(|_| Throw::error(BUSY))?;
            let acts = sim.as_ref().map(|sim| sim.acts(OF_SAME, ACTS_MAX).list);
            let acts = acts.unwrap_or_default().into_iter();
            let told = acts.map(|act| json!({ "key": act.key, "label": act.told() }));
            told.collect()
        }
        "failures" => json!(failures_in_words(shared, text(0).unwrap_or_default())?),
        "failureList" => failure_list(shared, text(0).unwrap_or_default())?,
        other => shared
            .backend()?
            .read(|world| of_world(world, other, text(0))),
    };
    Ok(Value::from(&found))
}

fn of_world(world: &World, what: &str, key: Option<&str>) -> Json {
    let caller = world.caller();
    let page = |page: &crate::world::route::PageEntry| {
        let pairs = page.query.iter();
        let query = pairs.map(|(key, value)| (key.clone(), Json::from(value.as_str())));
        json!({ "route": page.route, "query": query.collect::<serde_json::Map<_, _>>() })
    };
    match what {
        "now" => json!(world.now().0),
        "tabs" => json!(world.app().tab_pages.len()),
        "page" => world.current_page().map_or(Json::Null, page),
        "pages" => world.page_stack().iter().map(page).collect(),
        "storage" => {
            if let Some(key) = key {
                stored(world, key)
            } else {
                let keys = world.storage_keys(&caller).into_iter();
                let pairs = keys.map(|key| (key.to_owned(), stored(world, key)));
                Json::Object(pairs.collect())
            }
        }
        "permissions" => {
            let answers = world.auth_setting(&caller).into_iter();
            let pairs = answers.map(|(scope, on)| (scope.name().to_owned(), on.into()));
            Json::Object(pairs.collect())
        }
        "users" => world
            .users()
            .iter()
            .map(|user| json!({ "id": user.id }))
            .collect(),
        "world" => json!(world.save()),
        other => unreachable!("the scripts read nothing called {other}"),
    }
}

/// A value of the storage, as `wx.getStorageSync` gives it; `null` without one.
fn stored(world: &World, key: &str) -> Json {
    let caller = world.caller();
    let value = world
        .stored(&caller, key)
        .zip(world.stored_type(&caller, key));
    let value = value.map(|(text, kind)| storage_value::value_of(kind, text));
    value.and_then(|value| value.to_json()).unwrap_or_default()
}

/// Entries of the trace of these types; all of them without types.
fn trace(shared: &Shared, types: Option<&Value>) -> Json {
    let wanted: Vec<&str> = types
        .map(Value::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let log = shared.log.borrow();
    let entries = log
        .iter()
        .filter_map(|entry| serde_json::to_value(entry).ok());
    let is_wanted =
        |entry: &Json| wanted.is_empty() || wanted.iter().any(|wanted| entry["type"] == *wanted);
    entries.filter(is_wanted).collect()
}

/// The row of an API by its name.
fn row(api: &str) -> Result<&'static Api, Throw> {
    api::find(api).ok_or_else(|| {
        let near = near(api, api::rows().map(|row| row.spec.name));
        let help = near.first().map_or_else(
            || "`wxsim api` lists all of them".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        Throw::error(format!("there is no API wx.{api}; {help}"))
    })
}

/// The row of an API whose calls can be answered by a test.
pub(super) fn replaceable(api: &str) -> Result<&'static Api, Throw> {
    let row = row(api)?;
    if matches!(row.spec.form, Form::Async | Form::Task(_)) {
        return Ok(row);
    }
    let text = format!("wx.{api} is not called with callbacks: only such APIs can be replaced");
    Err(Throw::error(text))
}

/// The names and words of the failures that a row lists.
fn failure_list(shared: &Shared, api: &str) -> Result<Json, Throw> {
    let row = replaceable(api)?;
    let backend = shared.backend()?;
    Ok(backend.read(|world| {
        let fails = row.spec.fails.iter();
        let told = fails.map(|reason| {
            let text = crate::errmsg::fail(row.spec.own_name(), reason, world.profile());
            json!({ "name": failure_name(reason), "errMsg": text })
        });
        told.collect()
    }))
}

fn failures_in_words(shared: &Shared, api: &str) -> Result<String, Throw> {
    let list = failure_list(shared, api)?;
    let items = list.as_array().into_iter().flatten();
    let words: Vec<String> = items
        .map(|item| {
            format!(
                "{} ({})",
                item["name"].as_str().unwrap_or_default(),
                item["errMsg"]
            )
        })
        .collect();
    Ok(format!(
        "give the name or the words of a failure: {}",
        words.join(", ")
    ))
}

/// Whether a text is what an API says of a failure with such a name or such words.
fn is_failure(shared: &Shared, arguments: &[Value]) -> Result<bool, Throw> {
    let text = |at: usize| {
        arguments
            .get(at)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (api, wanted, said) = (text(0), text(1), text(2));
    let Some(row) = api::find(api) else {
        return Ok(false);
    };
    let backend = shared.backend()?;
    Ok(backend.read(|world| {
        row.spec.fails.iter().any(|reason| {
            let own = crate::errmsg::fail(row.spec.own_name(), reason, world.profile());
            own == said
                && (failure_name(reason) == wanted || reason.text(api, world.profile()) == wanted)
        })
    }))
}

/// The trace as `wxsim run` prints it.
fn trace_text(shared: &Shared) -> String {
    let log = shared.log.borrow();
    let lines = log.iter().filter_map(|entry| line(entry, Paint::Plain));
    lines.collect::<Vec<_>>().join("\n")
}

//! `Document` of the cloud's database: one record, by its id.
//!
//! Official page: `wxcloud/reference-sdk-api/database/Document`. Only `get` fails when the record is missing;
//! `set` makes it.

use serde_json::json;

use super::collection::{name, stats, write};
use crate::api::cloud_value::{self, members, stored};
use crate::api::{Class, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, Reason};
use crate::spec::{ApiSpec, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::cloud::{Query, Write};

/// The class.
pub const CLASS: Class = Class {
    name: "Document",
    methods: &[
        answer(
            &ApiSpec {
                name: "Document.get",
                replies_as: "document.get",
                summary: "Gives a record.",
                fails: GET_FAILS,
                ..METHOD
            },
            get,
        ),
        answer(
            &ApiSpec {
                name: "Document.set",
                replies_as: "document.set",
                summary: "Puts a record in the place of what was there.",
                ..METHOD
            },
            set,
        ),
        answer(
            &ApiSpec {
                name: "Document.update",
                replies_as: "document.update",
                summary: "Changes a record.",
                ..METHOD
            },
            update,
        ),
        answer(
            &ApiSpec {
                name: "Document.remove",
                replies_as: "document.remove",
                summary: "Removes a record.",
                ..METHOD
            },
            remove,
        ),
    ],
    members: &[],
    missing: &["watch"],
};

const METHOD: ApiSpec = ApiSpec {
    group: Group::Cloud,
    since: Version(2, 2, 3),
    asks_wechat: true,
    latency_ms: 100,
    fails: FAILS,
    support: Support::Partial("permissions"),
    ..ApiSpec::ASYNC
};

const FAILS: &[Reason] = &[
    Reason::Cloud(CloudProblem::NotInitialised),
    Reason::Cloud(CloudProblem::NoCollection(String::new())),
];

const GET_FAILS: &[Reason] = &[
    Reason::Cloud(CloudProblem::NotInitialised),
    Reason::Cloud(CloudProblem::NoCollection(String::new())),
    Reason::Cloud(CloudProblem::NoRecord(String::new())),
];

fn get(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let query = Query {
        collection: name(cx, options)?,
        conditions: json!({ "_id": stored(cx, options.get("id")) }),
        field: members(cx, options.get("field")),
        limit: 1,
        ..Query::default()
    };
    let found = cx.world.records().find(&query).unwrap_or_default();
    let Some(record) = found.first() else {
        let id = options.get("id");
        let id = id.as_str().map_or_else(|| id.show(1), str::to_owned);
        return Err(Reason::Cloud(CloudProblem::NoRecord(id)));
    };
    Ok(vec![("data".to_owned(), cloud_value::record(record))])
}

fn set(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let id = stored(cx, options.get("id"));
    let record = members(cx, options.get("data"));
    let (created, updated) = write(cx, collection, Write::Set(id, record))?;
    let count = u32::from(created.is_some());
    Ok(vec![
        ("_id".to_owned(), options.get("id").clone()),
        stats([("updated", updated), ("created", count.into())]),
    ])
}

fn update(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let conditions = json!({ "_id": stored(cx, options.get("id")) });
    let changes = members(cx, options.get("data"));
    let (_, updated) = write(cx, collection, Write::Update(conditions, changes))?;
    Ok(vec![stats([("updated", updated)])])
}

fn remove(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let conditions = json!({ "_id": stored(cx, options.get("id")) });
    let (_, removed) = write(cx, collection, Write::Remove(conditions))?;
    Ok(vec![stats([("removed", removed)])])
}

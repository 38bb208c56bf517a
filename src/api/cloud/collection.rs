//! `Collection` of the cloud's database: queries and aggregations.
//!
//! Official page: `wxcloud/reference-sdk-api/database/Collection`. A query gives 20 records at most.
//!
//! Differs from the client: every user may read and change every record; `RegExp` knows plain text, `^`,
//! `$` and `.*`; an aggregation knows match, sort, limit, skip, project, count and sample.

use serde_json::Value as Json;

use crate::api::cloud_value::{self, members, stored};
use crate::api::{Class, Cx, Reply, answer};
use crate::errmsg::{CloudProblem, Reason};
use crate::spec::{ApiSpec, Group, Support};
use crate::value::Value;
use crate::version::Version;
use crate::world::cloud::{LIMIT_MAX, Query, Stage, Write, WriteRecords};
use crate::world::rng::{Draw, Stream};

/// The class.
pub const CLASS: Class = Class {
    name: "Collection",
    methods: &[
        answer(
            &ApiSpec {
                name: "Collection.get",
                replies_as: "collection.get",
                summary: "Gives the records that a query finds.",
                ..METHOD
            },
            get,
        ),
        answer(
            &ApiSpec {
                name: "Collection.count",
                replies_as: "collection.count",
                summary: "Tells how many records a query finds.",
                ..METHOD
            },
            count,
        ),
        answer(
            &ApiSpec {
                name: "Collection.add",
                replies_as: "collection.add",
                summary: "Adds a record.",
                ..METHOD
            },
            add,
        ),
        answer(
            &ApiSpec {
                name: "Collection.update",
                replies_as: "collection.update",
                summary: "Changes the records that a query finds.",
                ..METHOD
            },
            update,
        ),
        answer(
            &ApiSpec {
                name: "Collection.remove",
                replies_as: "collection.remove",
                summary: "Removes the records that a query finds.",
                ..METHOD
            },
            remove,
        ),
        answer(
            &ApiSpec {
                name: "Collection.aggregate",
                replies_as: "collection.aggregate",
                summary: "Gives what an aggregation comes to.",
                fails: AGGREGATE_FAILS,
                ..METHOD
            },
            aggregate,
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

const AGGREGATE_FAILS: &[Reason] = &[
    Reason::Cloud(CloudProblem::NotInitialised),
    Reason::Cloud(CloudProblem::NoCollection(String::new())),
    Reason::NotSimulated,
];

/// The collection that is asked for.
pub(super) fn name(cx: &Cx<'_>, options: &Value) -> Result<String, Reason> {
    cloud_value::env(cx, &Value::Undefined)?;
    let name = options.get("collection").as_str().unwrap_or_default();
    match cx.world.records().list(name) {
        Some(_) => Ok(name.to_owned()),
        None => Err(Reason::Cloud(CloudProblem::NoCollection(name.to_owned()))),
    }
}

/// Writes; gives the new id and the number of changed records.
pub(super) fn write(
    cx: &mut Cx<'_>,
    collection: String,
    write: Write,
) -> Result<(Option<Value>, Value), Reason> {
    let open_id = cx.world.open_id(&cx.caller);
    let written = cx.world.apply(WriteRecords {
        collection: collection.clone(),
        open_id,
        write,
    });
    let (id, count) = written.ok_or(Reason::Cloud(CloudProblem::NoCollection(collection)))?;
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Ok((id.map(|id| cloud_value::shown(&id)), count.into()))
}

/// `{name: count}` as `stats`.
pub(super) fn stats<const N: usize>(counts: [(&str, Value); N]) -> (String, Value) {
    ("stats".to_owned(), Value::object(counts))
}

fn conditions(cx: &Cx<'_>, options: &Value) -> Json {
    stored(cx, options.get("where"))
}

fn count_of(value: &Value) -> Option<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float casts saturate"
    )]
    value.as_f64().map(|count| count as usize)
}

/// `[[path, "asc" | "desc"]]`.
fn order(value: &Value) -> Vec<(String, bool)> {
    let order = value.items().iter().filter_map(|pair| {
        let [path, direction] = pair.items() else {
            return None;
        };
        Some((
            path.as_str()?.to_owned(),
            direction.as_str() == Some("desc"),
        ))
    });
    order.collect()
}

fn query(cx: &Cx<'_>, options: &Value, limit: usize) -> Result<Query, Reason> {
    Ok(Query {
        collection: name(cx, options)?,
        conditions: conditions(cx, options),
        order: order(options.get("orderBy")),
        skip: count_of(options.get("skip")).unwrap_or(0),
        limit,
        field: members(cx, options.get("field")),
    })
}

fn get(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let limit = count_of(options.get("limit")).unwrap_or(LIMIT_MAX);
    let query = query(cx, options, limit.min(LIMIT_MAX))?;
    let found = cx.world.records().find(&query).unwrap_or_default();
    let data = found.iter().map(cloud_value::record).collect();
    Ok(vec![("data".to_owned(), Value::Array(data))])
}

fn count(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let query = query(cx, options, usize::MAX)?;
    let found = cx.world.records().find(&query).unwrap_or_default();
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    Ok(vec![("total".to_owned(), total.into())])
}

fn add(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let record = members(cx, options.get("data"));
    let (id, _) = write(cx, collection, Write::Add(record))?;
    Ok(vec![("_id".to_owned(), id.unwrap_or_default())])
}

fn update(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let changes = members(cx, options.get("data"));
    let change = Write::Update(conditions(cx, options), changes);
    let (_, updated) = write(cx, collection, change)?;
    Ok(vec![stats([("updated", updated)])])
}

fn remove(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let change = Write::Remove(conditions(cx, options));
    let (_, removed) = write(cx, collection, change)?;
    Ok(vec![stats([("removed", removed)])])
}

fn aggregate(cx: &mut Cx<'_>, options: &Value) -> Reply {
    let collection = name(cx, options)?;
    let mut stages = Vec::new();
    for stage in options.get("stages").items() {
        let [name, argument] = stage.items() else {
            continue;
        };
        let name = name.as_str().unwrap_or_default();
        stages.push(read_stage(cx, name, argument).ok_or(Reason::NotSimulated)?);
    }
    let found = cx.world.records().aggregate(&collection, stages);
    let list = found
        .unwrap_or_default()
        .iter()
        .map(cloud_value::record)
        .collect();
    Ok(vec![("list".to_owned(), Value::Array(list))])
}

/// Most records of a sample.
const SAMPLE_MAX: usize = 1_000;

fn read_stage(cx: &mut Cx<'_>, name: &str, argument: &Value) -> Option<Stage> {
    Some(match name {
        "match" => Stage::Match(stored(cx, argument)),
        "limit" => Stage::Limit(count_of(argument)?),
        "skip" => Stage::Skip(count_of(argument)?),
        "count" => Stage::Count(argument.as_str()?.to_owned()),
        "project" => {
            let field = members(cx, argument);
            let plain = field.values().all(|it| it.is_boolean() || it.is_number());
            plain.then_some(Stage::Project(field))?
        }
        "sort" => {
            let keys = members(cx, argument).into_iter();
            Stage::Sort(
                keys.map(|(key, way)| (key, way.as_f64() == Some(-1.0)))
                    .collect(),
            )
        }
        "sample" => {
            let size = count_of(argument.get("size"))?.min(SAMPLE_MAX);
            let lots = (0..size).map(|_| cx.world.apply(Draw(Stream::Ids)));
            Stage::Sample(lots.collect())
        }
        _ => return None,
    })
}

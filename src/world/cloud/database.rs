//! The collections of the environment: reading and writing records.
//!
//! Official pages: "Database". A program gets at most [`LIMIT_MAX`] records at a time.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::query::{compare, find, matches};
use super::update::update;
use crate::world::rng::Stream;
use crate::world::{Change, World, sealed::Sealed};

/// Most records that a program gets at a time (official page `Collection.limit`).
pub const LIMIT_MAX: usize = 20;

type Record = Map<String, Json>;

/// The collections with their records, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Records {
    collections: Vec<(String, Vec<Record>)>,
}

/// Which records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Collection.
    pub collection: String,
    /// Conditions; an object or a command.
    pub conditions: Json,
    /// Paths to sort by, and whether the greatest is first.
    pub order: Vec<(String, bool)>,
    /// How many to leave out.
    pub skip: usize,
    /// How many at most.
    pub limit: usize,
    /// Members to give; empty for all.
    pub field: Record,
}

/// Step of an aggregation.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Keeps what fulfils the conditions.
    Match(Json),
    /// Sorts.
    Sort(Vec<(String, bool)>),
    /// Keeps the first so many.
    Limit(usize),
    /// Leaves out the first so many.
    Skip(usize),
    /// Gives these members.
    Project(Record),
    /// Gives one record with their number.
    Count(String),
    /// Keeps so many by lot, by these random numbers.
    Sample(Vec<u64>),
}

/// Records that were found.
pub type Found = Vec<Record>;

impl Records {
    pub(super) fn declare(&mut self, name: &str, records: Vec<Record>) {
        match self.list_mut(name) {
            Some(known) => known.extend(records),
            None => self.collections.push((name.to_owned(), records)),
        }
        let list = self.list_mut(name).into_iter().flatten();
        for (at, record) in list.enumerate() {
            let id = format!("{}", at + 1);
            record.entry("_id").or_insert(Json::String(id));
        }
    }

    /// The records of a collection; `None` when there is no such collection.
    pub fn list(&self, name: &str) -> Option<&[Record]> {
        let mut collections = self.collections.iter();
        let found = collections.find(|(known, _)| known == name);
        found.map(|(_, records)| records.as_slice())
    }

    fn list_mut(&mut self, name: &str) -> Option<&mut Vec<Record>> {
        let mut collections = self.collections.iter_mut();
        let found = collections.find(|(known, _)| known == name);
        found.map(|(_, records)| records)
    }

    /// What a query finds; `None` when there is no such collection.
    pub fn find(&self, query: &Query) -> Option<Found> {
        let records = self.list(&query.collection)?.iter();
        let mut found: Found = records
            .filter(|record| matches(record, &query.conditions))
            .cloned()
            .collect();
        sort(&mut found, &query.order);
        let some = found.into_iter().skip(query.skip).take(query.limit);
        Some(some.map(|record| project(record, &query.field)).collect())
    }

    /// What an aggregation comes to; `None` when there is no such collection.
    pub fn aggregate(&self, collection: &str, stages: Vec<Stage>) -> Option<Found> {
        let mut found = self.list(collection)?.to_vec();
        for stage in stages {
            match stage {
                Stage::Match(conditions) => found.retain(|record| matches(record, &conditions)),
                Stage::Sort(order) => sort(&mut found, &order),
                Stage::Limit(count) => found.truncate(count),
                Stage::Skip(count) => drop(found.drain(..count.min(found.len()))),
                Stage::Project(field) => {
                    found = found.into_iter().map(|it| project(it, &field)).collect();
                }
                Stage::Count(name) => {
                    let count = Json::from(found.len());
                    found = vec![Record::from_iter([(name, count)])];
                }
                Stage::Sample(lots) => found = sample(found, &lots),
            }
        }
        Some(found)
    }
}

fn sort(records: &mut Found, order: &[(String, bool)]) {
    records.sort_by(|one, other| {
        let mut orders = order.iter().map(|(path, falls)| {
            let order = match (find(one, path), find(other, path)) {
                (Some(one), Some(other)) => compare(one, other).unwrap_or(Ordering::Equal),
                (one, other) => one.is_some().cmp(&other.is_some()),
            };
            if *falls { order.reverse() } else { order }
        });
        let first = orders.find(|order| *order != Ordering::Equal);
        first.unwrap_or(Ordering::Equal)
    });
}

/// The members that `field` asks for, or without those that it refuses.
fn project(record: Record, field: &Record) -> Record {
    let wanted = |value: &Json| *value != Json::Bool(false) && value.as_f64() != Some(0.0);
    if field.is_empty() {
        return record;
    }
    if !field
        .iter()
        .any(|(key, value)| key != "_id" && wanted(value))
    {
        let kept = record.into_iter();
        return kept
            .filter(|(key, _)| field.get(key).is_none_or(wanted))
            .collect();
    }
    let mut kept = Record::new();
    if field.get("_id").is_none_or(wanted)
        && let Some(id) = record.get("_id")
    {
        kept.insert("_id".to_owned(), id.clone());
    }
    for (path, _) in field.iter().filter(|(_, value)| wanted(value)) {
        if let Some(value) = find(&record, path) {
            let changes = Record::from_iter([(path.clone(), value.clone())]);
            update(&mut kept, &changes);
        }
    }
    kept
}

fn sample(mut records: Found, lots: &[u64]) -> Found {
    let mut drawn = Vec::new();
    for lot in lots {
        let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
        let Some(at) = lot.checked_rem(count) else {
            break;
        };
        drawn.push(records.swap_remove(usize::try_from(at).unwrap_or(0)));
    }
    drawn
}

/// What to do with records.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// A new record; without `_id` it gets one.
    Add(Record),
    /// The record of that id is this one, whether it was there or not.
    Set(Json, Record),
    /// Changes those that fulfil the conditions.
    Update(Json, Record),
    /// Removes those that fulfil the conditions.
    Remove(Json),
}

/// Writes records of a collection: the id of a new record, and how many others changed. `None` when
/// there is no such collection.
#[derive(Clone, Debug)]
pub struct WriteRecords {
    /// The collection.
    pub collection: String,
    /// Who writes.
    pub open_id: String,
    /// What.
    pub write: Write,
}

impl Sealed for WriteRecords {}
impl Change for WriteRecords {
    type Effect = Option<(Option<Json>, usize)>;

    fn apply(self, world: &mut World) -> Self::Effect {
        world.records().list(&self.collection)?;
        let new_id = world.rng.draw_text(Stream::Ids, 32);
        let list = world.cloud.records.list_mut(&self.collection)?;
        let position = |list: &[Record], id: &Json| {
            let mut records = list.iter();
            records.position(|record| record.get("_id") == Some(id))
        };
        Some(match self.write {
            Write::Add(mut record) => {
                let id = record.entry("_id").or_insert(Json::String(new_id));
                let id = id.clone();
                record.insert("_openid".to_owned(), self.open_id.into());
                list.push(record);
                (Some(id), 0)
            }
            Write::Set(id, data) => {
                let mut record = Record::from_iter([("_id".to_owned(), id.clone())]);
                record.insert("_openid".to_owned(), self.open_id.into());
                update(&mut record, &data);
                if let Some(at) = position(list, &id) {
                    list[at] = record;
                    (None, 1)
                } else {
                    list.push(record);
                    (Some(id), 0)
                }
            }
            Write::Update(conditions, changes) => {
                let hit = list.iter_mut().filter(|it| matches(it, &conditions));
                (None, hit.map(|record| update(record, &changes)).count())
            }
            Write::Remove(conditions) => {
                let before = list.len();
                list.retain(|record| !matches(record, &conditions));
                (None, before - list.len())
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::{Query, Stage, Write, WriteRecords};
    use crate::profile::Profile;
    use crate::world::cloud::AddCloudRule;
    use crate::world::{AppFacts, World};

    fn world() -> World {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let rule = r#"db.n = [{"n":3,"s":"x"},{"n":1},{"_id":"own","n":2,"s":"y"},{"s":"z"}]"#;
        world.apply(AddCloudRule(rule.parse().expect(rule)));
        world
    }

    fn shown(found: Option<&super::Found>) -> String {
        serde_json::to_string(&found).expect("records")
    }

    #[test]
    fn records_are_found_sorted_cut_and_shown_in_part() {
        let world = world();
        let query = Query {
            collection: "n".into(),
            order: vec![("n".into(), true)],
            limit: 2,
            skip: 1,
            field: json!({ "n": true, "_id": false })
                .as_object()
                .expect("it")
                .clone(),
            ..Query::default()
        };
        assert_eq!(
            shown(world.records().find(&query).as_ref()),
            r#"[{"n":2},{"n":1}]"#
        );
        let without = Query {
            conditions: json!({ "_id": "1" }),
            field: json!({ "s": 0 }).as_object().expect("it").clone(),
            limit: 20,
            skip: 0,
            ..query.clone()
        };
        assert_eq!(
            shown(world.records().find(&without).as_ref()),
            r#"[{"n":3,"_id":"1"}]"#
        );
        let collection = "m".into();
        assert_eq!(
            world.records().find(&Query {
                collection,
                ..query
            }),
            None
        );
    }

    #[test]
    fn an_aggregation_is_one_step_after_the_other() {
        let world = world();
        let stages = vec![
            Stage::Match(json!({ "n": { "$command": "exists", "arguments": [true] } })),
            Stage::Sort(vec![("n".into(), false)]),
            Stage::Skip(1),
            Stage::Limit(9),
            Stage::Project(json!({ "n": 1, "_id": 0 }).as_object().expect("it").clone()),
        ];
        let found = world.records().aggregate("n", stages);
        assert_eq!(shown(found.as_ref()), r#"[{"n":2},{"n":3}]"#);
        let count = world
            .records()
            .aggregate("n", vec![Stage::Count("all".into())]);
        assert_eq!(shown(count.as_ref()), r#"[{"all":4}]"#);
        let lots = world
            .records()
            .aggregate("n", vec![Stage::Sample(vec![9; 9])]);
        assert_eq!(lots.map(|it| it.len()), Some(4), "each once");
    }

    #[test]
    fn what_is_written_is_there() {
        let mut world = world();
        let mut write = |write| {
            world.apply(WriteRecords {
                collection: "n".into(),
                open_id: "o1".into(),
                write,
            })
        };
        let record = |json: Json| json.as_object().expect("an object").clone();
        let (id, _) = write(Write::Add(record(json!({ "n": 9 })))).expect("the collection");
        let id = id.expect("an id");
        assert_eq!(id.as_str().map(str::len), Some(32));
        let by_id = json!({ "_id": id });
        let changes = record(json!({ "n": 10 }));
        assert_eq!(
            write(Write::Update(by_id.clone(), changes)),
            Some((None, 1))
        );
        let set = |id: &str| Write::Set(json!(id), record(json!({ "n": 5 })));
        assert_eq!(write(set("own")), Some((None, 1)));
        assert_eq!(write(set("new")), Some((Some(json!("new")), 0)));
        assert_eq!(write(Write::Remove(by_id)), Some((None, 1)));
        assert_eq!(write(Write::Remove(json!({ "n": 99 }))), Some((None, 0)));
        let list = world.records().list("n").expect("the collection");
        assert_eq!(list.len(), 5);
        assert_eq!(
            serde_json::to_string(&list[2]).expect("a record"),
            r#"{"_id":"own","_openid":"o1","n":5}"#,
            "`set` replaces"
        );
    }
}

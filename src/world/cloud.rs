//! Cloud development: functions, files and collections of the program's environment.
//!
//! Official pages: "Cloud development". What a function answers and which records there are is given by
//! whoever runs the program ([`CloudRule`]); uploaded files are kept by their ids.
//!
//! Differs from the client: every environment is the same one, and every user may read and write
//! everything.

mod database;
mod query;
mod rule;
mod update;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::files::Content;
use super::{Change, World, sealed::Sealed};
use crate::crypto::hex;

pub use database::{Found, LIMIT_MAX, Query, Records, Stage, Write, WriteRecords};
pub use rule::{BadCloudRule, CloudRule};

/// The environment of a program that names none.
pub const USUAL_ENV: &str = "cloud1-1g0a0a0a0a0a0a0a";

/// What a function answers to calls with that data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Members that the call's data must have.
    pub when: Map<String, Json>,
    /// The result, or the words of the error that it throws.
    pub outcome: Result<Json, String>,
}

/// What the environment is like.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Cloud {
    env: Option<String>,
    functions: Vec<Function>,
    files: BTreeMap<String, Content>,
    records: Records,
}

impl Cloud {
    /// As it is for the next run, which has to call `init` again.
    pub(super) fn after_run(&self) -> Self {
        Self {
            env: None,
            ..self.clone()
        }
    }
}

/// What functions answer is no longer known; files and records stay.
pub(super) fn forget_functions(world: &mut World) {
    world.cloud.functions.clear();
}

impl World {
    /// The environment; `None` before `wx.cloud.init`.
    pub fn cloud_env(&self) -> Option<&str> {
        self.cloud.env.as_deref()
    }

    /// What a function answers; `None` when nobody said it.
    pub fn cloud_function(&self, name: &str, data: &Json) -> Option<&Result<Json, String>> {
        let holds = |function: &&Function| {
            let mut when = function.when.iter();
            function.name == name && when.all(|(key, value)| data.get(key) == Some(value))
        };
        let found = self.cloud.functions.iter().find(holds);
        found.map(|function| &function.outcome)
    }

    /// A file of the environment, by its id.
    pub fn cloud_file(&self, id: &str) -> Option<&[u8]> {
        let file = self.cloud.files.get(id);
        file.map(Content::bytes)
    }

    /// The id that a file of that cloud path has.
    pub fn cloud_file_id(&self, env: &str, path: &str) -> String {
        format!("cloud://{env}.{}/{path}", bucket(env))
    }

    /// Where the network has a file; empty for what is no id.
    pub fn cloud_file_url(&self, id: &str) -> String {
        let rest = id.strip_prefix("cloud://");
        let place = rest.and_then(|rest| rest.split_once('/'));
        let Some((host, path)) = place else {
            return String::new();
        };
        let bucket = host.split_once('.').map_or(host, |(_, bucket)| bucket);
        format!("https://{bucket}.tcb.qcloud.la/{path}")
    }

    /// The collections.
    pub fn records(&self) -> &Records {
        &self.cloud.records
    }
}

/// A bucket's name holds the first two letters of its environment as numbers.
fn bucket(env: &str) -> String {
    let start: Vec<u8> = env.bytes().take(2).collect();
    format!("{}-{env}-1250000000", hex::encode(&start))
}

/// `wx.cloud.init`.
#[derive(Clone, Debug)]
pub struct InitCloud(pub Option<String>);

impl Sealed for InitCloud {}
impl Change for InitCloud {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.cloud.env = Some(self.0.unwrap_or_else(|| USUAL_ENV.to_owned()));
    }
}

/// Somebody says what the environment is like.
#[derive(Clone, Debug)]
pub struct AddCloudRule(pub CloudRule);

impl Sealed for AddCloudRule {}
impl Change for AddCloudRule {
    type Effect = ();

    fn apply(self, world: &mut World) {
        match self.0 {
            CloudRule::Function(function) => world.cloud.functions.push(function),
            CloudRule::Collection(name, records) => world.cloud.records.declare(&name, records),
            CloudRule::File(id, text) => {
                let content = Some(text.into_bytes());
                world.apply(PutCloudFile { id, content });
            }
        }
    }
}

/// A file comes into the environment, or leaves it; whether one was there.
#[derive(Clone, Debug)]
pub struct PutCloudFile {
    /// Its id.
    pub id: String,
    /// Its bytes; `None` removes it.
    pub content: Option<Vec<u8>>,
}

impl Sealed for PutCloudFile {}
impl Change for PutCloudFile {
    type Effect = bool;

    fn apply(self, world: &mut World) -> bool {
        let files = &mut world.cloud.files;
        match self.content {
            Some(bytes) => files.insert(self.id, bytes.into()).is_some(),
            None => files.remove(&self.id).is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{AddCloudRule, InitCloud, PutCloudFile};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::{AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    #[test]
    fn the_first_rule_whose_data_fits_answers() {
        let mut world = world();
        for text in [
            r#"user {"type":"get"} = {"a":1}"#,
            "user = fail out of order",
            r#"user = {"a":2}"#,
        ] {
            world.apply(AddCloudRule(text.parse().expect(text)));
        }
        let answer = |data| world.cloud_function("user", &data).cloned();
        assert_eq!(
            answer(json!({"type": "get", "x": 1})),
            Some(Ok(json!({"a": 1})))
        );
        assert_eq!(answer(json!({})), Some(Err("out of order".into())));
        assert_eq!(world.cloud_function("other", &json!({})), None);
    }

    #[test]
    fn files_have_ids_of_their_environment() {
        let mut world = world();
        let id = world.cloud_file_id("test-1", "a/b.png");
        assert_eq!(id, "cloud://test-1.7465-test-1-1250000000/a/b.png");
        let url = "https://7465-test-1-1250000000.tcb.qcloud.la/a/b.png";
        assert_eq!(world.cloud_file_url(&id), url);
        assert_eq!(world.cloud_file_url("a/b.png"), "");
        let put = |content| PutCloudFile {
            id: id.clone(),
            content,
        };
        assert!(!world.apply(put(Some(vec![1]))));
        assert_eq!(world.cloud_file(&id), Some(&[1][..]));
        assert!(world.apply(put(None)));
        assert_eq!(world.cloud_file(&id), None);
    }

    #[test]
    fn a_program_that_starts_again_has_to_call_init_again() {
        let mut world = world();
        world.apply(InitCloud(None));
        assert_eq!(world.cloud_env(), Some(super::USUAL_ENV));
        world.apply(Kill);
        assert_eq!(world.cloud_env(), None);
    }
}

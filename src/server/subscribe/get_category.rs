//! `GET /wxaapi/newtmpl/getcategory`: the categories of the app.
//!
//! Official page: `subscribeMessage.getCategory`.
//!
//! Differs from the platform: every app has all categories of the library.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{SINCE, check_account};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.getCategory",
    Verb::Get,
    "/wxaapi/newtmpl/getcategory",
    handle,
)
.since(SINCE);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, &asked.app_id)?;
    let categories = world.library().into_iter().map(|it| it.category);
    let categories: BTreeMap<u32, String> = categories.collect();
    let data: Vec<Json> = categories
        .into_iter()
        .map(|(id, name)| json!({ "id": id, "name": name }))
        .collect();
    Ok(Answer::with(json!({ "data": data })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::Client;
    use crate::world::message::library::{AddToLibrary, Entry};

    #[test]
    fn each_category_of_the_library_is_there_once() {
        let mut client = Client::new(Profile::default());
        let answer = client.read("/wxaapi/newtmpl/getcategory");
        assert_eq!(answer["errcode"], 0);
        assert_eq!(answer["data"][0], json!({ "id": 90, "name": "教育" }));
        let count = answer["data"].as_array().map(Vec::len);
        assert_eq!(count, Some(7));
        let entry = Entry {
            number: 500,
            category: (1, "x".into()),
            ..Entry::default()
        };
        assert_eq!(client.world.apply(AddToLibrary(entry)), Ok(()));
        let answer = client.read("/wxaapi/newtmpl/getcategory");
        assert_eq!(answer["data"][0], json!({ "id": 1, "name": "x" }));
    }
}

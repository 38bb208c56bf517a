//! `POST /cgi-bin/wxopen/template/library/list`: the entries of the library.
//!
//! Official page: `templateMessage.getTemplateLibraryList`.
//!
//! Unverified: wrong `offset` or `count` give 40097.

use serde_json::{Value as Json, json};

use super::{check_day, interface, range};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = interface(
    "templateMessage.getTemplateLibraryList",
    "/cgi-bin/wxopen/template/library/list",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_day(world)?;
    let (offset, count) = range(asked)?;
    let library = world.library();
    let some = library.iter().skip(offset).take(count);
    let list: Vec<Json> = some
        .map(|entry| json!({ "id": entry.id(), "title": entry.title }))
        .collect();
    Ok(Answer::with(
        json!({ "list": list, "total_count": library.len() }),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::profile::{Date, Profile};
    use crate::server::testing::Client;

    const PATH: &str = "/cgi-bin/wxopen/template/library/list";

    #[test]
    fn a_part_of_the_library_comes_with_its_size() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let answer = client.call(PATH, &json!({ "offset": 1, "count": 2 }));
        assert_eq!(
            answer,
            json!({ "errcode": 0, "errmsg": "ok", "list": [
                { "id": "AT0007", "title": "订单发货提醒" },
                { "id": "AT0011", "title": "取餐提醒" },
            ], "total_count": 12 })
        );
        let all = client.call(PATH, &json!({ "offset": "0", "count": "20" }));
        assert_eq!(all["list"].as_array().map(Vec::len), Some(12));
        let behind = client.call(PATH, &json!({ "offset": 9_999, "count": 20 }));
        assert_eq!(
            (&behind["list"], &behind["total_count"]),
            (&json!([]), &json!(12))
        );
    }

    #[test]
    fn wrong_numbers_are_refused() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        for (body, code) in [
            (json!({}), 40097),
            (json!({ "offset": 0 }), 40097),
            (json!({ "offset": -1, "count": 1 }), 40097),
            (json!({ "offset": 0, "count": 21 }), 40097),
            (json!({ "offset": 0, "count": -1 }), 40097),
            (json!({ "offset": 0, "count": "many" }), 47001),
            (Json::Null, 47001),
        ] {
            assert_eq!(client.call(PATH, &body)["errcode"], code, "{body}");
        }
        let url = client.with_token(PATH);
        assert_eq!(client.post(&url, "").body_json()["errcode"], 44002);
    }
}

//! `POST /cgi-bin/wxopen/template/library/get`: an entry of the library with its lines.
//!
//! Official page: `templateMessage.getTemplateLibraryById`.
//!
//! Unverified: an unknown id gives 40037; numbers of lines go out as numbers.

use serde_json::{Value as Json, json};

use super::{check_day, entry, interface};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = interface(
    "templateMessage.getTemplateLibraryById",
    "/cgi-bin/wxopen/template/library/get",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_day(world)?;
    let entry = entry(world, asked)?;
    let keywords = entry.keywords.iter();
    let keywords: Vec<Json> = keywords
        .map(|it| json!({ "keyword_id": it.number, "name": it.name, "example": it.example }))
        .collect();
    Ok(Answer::with(json!({
        "id": entry.id(),
        "title": entry.title,
        "keyword_list": keywords,
    })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::server::testing::Client;
    use crate::world::message::library::{AddToLibrary, Entry, Keyword};

    const PATH: &str = "/cgi-bin/wxopen/template/library/get";

    #[test]
    fn an_entry_comes_with_its_lines() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let answer = client.call(PATH, &json!({ "id": "AT0053" }));
        assert_eq!(answer["title"], "活动开始提醒");
        assert_eq!(answer["errcode"], 0);
        assert_eq!(
            answer["keyword_list"][2],
            json!({ "keyword_id": 3, "name": "活动地点", "example": "城南店二楼" })
        );
        assert_eq!(answer["keyword_list"].as_array().map(Vec::len), Some(3));
    }

    #[test]
    fn entries_that_were_added_are_there_and_others_are_not() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        for id in ["", "AT0003", "AT2", "2", "at0002", "AT00002"] {
            let answer = client.call(PATH, &json!({ "id": id }));
            assert_eq!(answer["errcode"], 40037, "{id}");
        }
        let keyword = Keyword {
            number: 1,
            name: "n".into(),
            example: "e".into(),
            ..Keyword::default()
        };
        let entry = Entry {
            number: 3,
            title: "own".into(),
            keywords: vec![keyword],
            ..Entry::default()
        };
        assert_eq!(client.world.apply(AddToLibrary(entry)), Ok(()));
        let answer = client.call(PATH, &json!({ "id": "AT0003" }));
        assert_eq!(
            answer,
            json!({ "errcode": 0, "errmsg": "ok", "id": "AT0003", "title": "own",
                "keyword_list": [{ "keyword_id": 1, "name": "n", "example": "e" }] })
        );
    }
}

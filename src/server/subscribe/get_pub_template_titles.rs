//! `GET /wxaapi/newtmpl/getpubtemplatetitles`: the entries of the library in some categories.
//!
//! Official page: `subscribeMessage.getPubTemplateTitleList`.
//!
//! Unverified: `start` and `limit` are needed.

use serde_json::{Value as Json, json};

use super::{SINCE, check_account, type_of};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.getPubTemplateTitleList",
    Verb::Get,
    "/wxaapi/newtmpl/getpubtemplatetitles",
    handle,
)
.since(SINCE);

/// Entries that a call gets at most.
const LIMIT_MAX: usize = 30;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, &asked.app_id)?;
    let ids = asked.param("ids");
    if ids.trim().is_empty() {
        return Err(errcode::CATEGORY_IDS_MISSING.because("`ids` is a list such as 616,307"));
    }
    let start: usize = (asked.param("start").parse())
        .map_err(|_| errcode::INVALID_START.because("`start` is a number from 0"))?;
    let limit = asked.param("limit").parse().ok();
    let limit = limit.filter(|limit| *limit <= LIMIT_MAX);
    let limit = limit.ok_or_else(|| {
        errcode::INVALID_LIMIT.because(format!("`limit` is a number up to {LIMIT_MAX}"))
    })?;
    let library = world.library();
    let known = |id: &u32| library.iter().any(|it| it.category.0 == *id);
    let ids = ids.split(',').map(|id| id.trim().parse().ok());
    let ids: Option<Vec<u32>> = ids.map(|id| id.filter(known)).collect();
    let ids = ids.ok_or_else(|| {
        errcode::INVALID_CATEGORY_IDS.because("`getcategory` tells the categories of the app")
    })?;
    let fits: Vec<_> = library
        .iter()
        .filter(|it| ids.contains(&it.category.0))
        .collect();
    let some = fits.iter().skip(start).take(limit);
    let data: Vec<Json> = some
        .map(|it| {
            json!({
                "tid": it.number,
                "title": it.title,
                "type": type_of(it.kind),
                "categoryId": it.category.0.to_string(),
            })
        })
        .collect();
    Ok(Answer::with(json!({ "count": fits.len(), "data": data })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::Client;

    const PATH: &str = "/wxaapi/newtmpl/getpubtemplatetitles";

    #[test]
    fn entries_of_the_categories_come_in_parts() {
        let mut client = Client::new(Profile::default());
        let answer = client.read(&format!("{PATH}?ids=616,%2090&start=0&limit=30"));
        assert_eq!(
            answer,
            json!({ "errcode": 0, "errmsg": "ok", "count": 2, "data": [
                { "tid": 7, "title": "订单发货提醒", "type": 2, "categoryId": "616" },
                { "tid": 64, "title": "上课提醒", "type": 3, "categoryId": "90" },
            ] })
        );
        let part = client.read(&format!("{PATH}?ids=307&start=1&limit=1"));
        assert_eq!(
            (&part["count"], &part["data"][0]["tid"]),
            (&json!(3), &json!(31))
        );
        assert_eq!(part["data"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn each_parameter_has_its_code() {
        let mut client = Client::new(Profile::default());
        for (query, code) in [
            ("start=0&limit=1", 200_018),
            ("ids=&start=0&limit=1", 200_018),
            ("ids=x&start=0&limit=1", 200_019),
            ("ids=616,8&start=0&limit=1", 200_019),
            ("ids=616&limit=1", 200_016),
            ("ids=616&start=-1&limit=1", 200_016),
            ("ids=616&start=0", 200_017),
            ("ids=616&start=0&limit=31", 200_017),
            ("ids=616&start=0&limit=-1", 200_017),
        ] {
            let answer = client.read(&format!("{PATH}?{query}"));
            assert_eq!(answer["errcode"], code, "{query}");
        }
    }
}

//! `GET /wxaapi/newtmpl/getpubtemplatekeywords`: the lines of an entry of the library.
//!
//! Official page: `subscribeMessage.getPubTemplateKeyWordsById`.

use serde_json::{Value as Json, json};

use super::{SINCE, check_account, entry};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.getPubTemplateKeyWordsById",
    Verb::Get,
    "/wxaapi/newtmpl/getpubtemplatekeywords",
    handle,
)
.since(SINCE);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, &asked.app_id)?;
    let keywords = entry(world, asked)?.keywords;
    let data: Vec<Json> = keywords
        .iter()
        .map(|it| {
            json!({
                "kid": it.number,
                "name": it.name,
                "example": it.example,
                "rule": it.rule,
            })
        })
        .collect();
    Ok(Answer::with(json!({ "count": data.len(), "data": data })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::Client;

    const PATH: &str = "/wxaapi/newtmpl/getpubtemplatekeywords";

    #[test]
    fn the_lines_come_with_their_rules() {
        let mut client = Client::new(Profile::default());
        let answer = client.read(&format!("{PATH}?tid=36"));
        assert_eq!(
            answer,
            json!({ "errcode": 0, "errmsg": "ok", "count": 3, "data": [
                { "kid": 1, "name": "会员名称", "example": "茶友会", "rule": "thing" },
                { "kid": 2, "name": "到期日期", "example": "2019年6月4日", "rule": "date" },
                { "kid": 3, "name": "会员等级", "example": "金卡", "rule": "enum" },
            ] })
        );
        for query in ["", "?tid=", "?tid=AT0036", "?tid=1"] {
            let answer = client.read(&format!("{PATH}{query}"));
            assert_eq!(answer["errcode"], 200_014, "{query}");
        }
    }
}

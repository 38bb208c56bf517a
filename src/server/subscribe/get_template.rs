//! `GET /wxaapi/newtmpl/gettemplate`: the templates of the app.
//!
//! Official page: `subscribeMessage.getTemplateList`.
//!
//! Unverified: the templates that the project declares come first, without an example; `keywordCode` is the key
//! without `.DATA`; a template of a device is told as a long-term one.

use serde_json::{Value as Json, json};

use super::{SINCE, check_account, type_of};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::message::template_book::{Family, Listed};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.getTemplateList",
    Verb::Get,
    "/wxaapi/newtmpl/gettemplate",
    handle,
)
.since(SINCE);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, &asked.app_id)?;
    let all = world.listed_templates(&asked.app_id, Family::Subscribed);
    let data: Vec<Json> = all.iter().map(told).collect();
    Ok(Answer::with(json!({ "data": data })))
}

fn told(listed: &Listed) -> Json {
    let template = &listed.template;
    let mut told = json!({
        "priTmplId": template.id,
        "title": template.title,
        "content": template.content,
        "example": listed.example,
        "type": type_of(template.kind),
    });
    if !listed.words.is_empty() {
        let words = listed.words.iter();
        let words = words.map(|(key, words)| json!({ "keywordCode": key, "enumValueList": words }));
        told["keywordEnumValueList"] = words.collect();
    }
    told
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::Client;
    use crate::world::message::template::{DeclareTemplates, Kind, Template};

    const PATH: &str = "/wxaapi/newtmpl/gettemplate";

    #[test]
    fn declared_templates_come_before_those_that_were_made() {
        let mut client = Client::new(Profile::default());
        assert_eq!(
            client.read(PATH),
            json!({ "errcode": 0, "errmsg": "ok", "data": [] })
        );
        let of = |id: &str, kind| Template {
            id: id.into(),
            title: "t".into(),
            kind,
            content: "a{{thing1.DATA}}".into(),
        };
        client.world.apply(DeclareTemplates(vec![
            of("own", Kind::LongTerm),
            of("other", Kind::TemplateMessage),
        ]));
        let add = "/wxaapi/newtmpl/addtemplate";
        let made = client.call(add, &json!({ "tid": "36", "kidList": [3, 2] }));
        assert_eq!(
            client.read(PATH)["data"],
            json!([
                { "priTmplId": "own", "title": "t", "content": "a{{thing1.DATA}}", "example": "", "type": 3 },
                { "priTmplId": made["priTmplId"], "title": "会员到期提醒",
                  "content": "会员等级:{{enum3.DATA}}\n到期日期:{{date2.DATA}}\n",
                  "example": "会员等级:金卡\n到期日期:2019年6月4日\n", "type": 2,
                  "keywordEnumValueList": [{ "keywordCode": "enum3", "enumValueList": ["金卡", "银卡", "普通卡"] }] },
            ])
        );
    }
}

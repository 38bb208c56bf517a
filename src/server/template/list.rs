//! `POST /cgi-bin/wxopen/template/list`: the templates of the app.
//!
//! Official page: `templateMessage.getTemplateList`. A page with fewer than `count` is the last one.
//!
//! Unverified: the templates that the project declares come first, without an example.

use serde_json::{Value as Json, json};

use super::{check_day, interface, range};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint};
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::message::template_book::Family;

pub(super) const ENDPOINT: Endpoint = interface(
    "templateMessage.getTemplateList",
    "/cgi-bin/wxopen/template/list",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_day(world)?;
    let (offset, count) = range(asked)?;
    let all = world.listed_templates(&asked.app_id, Family::Message);
    let some = all.iter().skip(offset).take(count);
    let list: Vec<Json> = some
        .map(|it| {
            json!({
                "template_id": it.template.id,
                "title": it.template.title,
                "content": it.template.content,
                "example": it.example,
            })
        })
        .collect();
    Ok(Answer::with(json!({ "list": list })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::server::testing::Client;
    use crate::world::message::template::{DeclareTemplates, Kind, Template};

    const PATH: &str = "/cgi-bin/wxopen/template/list";

    #[test]
    fn declared_templates_come_before_those_that_were_made() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let empty = client.call(PATH, &json!({ "offset": 0, "count": 20 }));
        assert_eq!(empty, json!({ "errcode": 0, "errmsg": "ok", "list": [] }));
        let of = |id: &str, kind| Template {
            id: id.into(),
            title: "t".into(),
            kind,
            content: "a{{keyword1.DATA}}".into(),
        };
        client.world.apply(DeclareTemplates(vec![
            of("own", Kind::TemplateMessage),
            of("other", Kind::OneTime),
        ]));
        let add = "/cgi-bin/wxopen/template/add";
        let made = client.call(add, &json!({ "id": "AT0002", "keyword_id_list": [5, 3] }));
        let list = client.call(PATH, &json!({ "offset": 0, "count": 2 }));
        assert_eq!(
            list["list"],
            json!([
                { "template_id": "own", "title": "t", "content": "a{{keyword1.DATA}}", "example": "" },
                { "template_id": made["template_id"], "title": "购买成功通知",
                  "content": "备注{{keyword1.DATA}}\n订单编号{{keyword2.DATA}}\n",
                  "example": "备注:可在订单页查看\n订单编号:20180604123001\n" },
            ])
        );
        let second = client.call(PATH, &json!({ "offset": 1, "count": 20 }));
        assert_eq!(second["list"].as_array().map(Vec::len), Some(1));
        assert_eq!(
            client.call(PATH, &json!({ "offset": 0, "count": 21 }))["errcode"],
            40097
        );
    }
}

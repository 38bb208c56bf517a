//! `POST /cgi-bin/wxopen/template/add`: makes a template of an entry of the library.
//!
//! Official page: `templateMessage.addTemplate`. The order of `keyword_id_list` is that of the lines.
//!
//! Unverified: an app has 25 templates, then 45026; lines that do not fit give 40097; the same template can be
//! made twice.

use serde_json::json;

use super::{check_day, entry, interface};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::server::message_body::numbers;
use crate::world::World;
use crate::world::message::template_book::{Family, MakeTemplate, NotMade};

pub(super) const ENDPOINT: Endpoint = interface(
    "templateMessage.addTemplate",
    "/cgi-bin/wxopen/template/add",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_day(world)?;
    let lines = numbers(asked.member("keyword_id_list")?).ok_or_else(|| {
        errcode::INVALID_ARGS.because("`keyword_id_list` is a list of numbers of lines")
    })?;
    let entry = entry(world, asked)?;
    let made = world.apply(MakeTemplate {
        app_id: asked.app_id.clone(),
        family: Family::Message,
        entry: entry.number,
        lines,
    });
    let id = made.map_err(|problem| {
        let code = match problem {
            NotMade::Full => errcode::TEMPLATES_FULL,
            NotMade::Entry | NotMade::Banned => errcode::INVALID_TEMPLATE_ID,
            NotMade::Lines | NotMade::Same => errcode::INVALID_ARGS,
        };
        code.because(problem.to_string())
    })?;
    Ok(Answer::with(json!({ "template_id": id })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::server::testing::{APP, Client};
    use crate::world::message::template_book::{Family, MESSAGE_TEMPLATES_MAX};

    const PATH: &str = "/cgi-bin/wxopen/template/add";

    #[test]
    fn a_template_is_one_of_the_app_from_now_on() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let answer = client.call(
            PATH,
            &json!({ "id": "AT0002", "keyword_id_list": [4, "1"] }),
        );
        assert_eq!(
            (&answer["errcode"], &answer["errmsg"]),
            (&json!(0), &json!("ok"))
        );
        let id = answer["template_id"].as_str().expect("a text");
        assert_eq!(id.len(), 43);
        let template = client.world.message_template(id).expect("it is there");
        assert_eq!(
            template.rows(),
            [("支付金额", "keyword1"), ("商品名称", "keyword2")]
        );
        let again = client.call(PATH, &json!({ "id": "AT0002", "keyword_id_list": [4, 1] }));
        assert_ne!(again["template_id"], id, "a template of its own");
    }

    #[test]
    fn what_is_wrong_makes_none() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        for (body, code) in [
            (json!({ "id": "AT0002" }), 40097),
            (json!({ "id": "AT0002", "keyword_id_list": "1,2" }), 40097),
            (json!({ "id": "AT0002", "keyword_id_list": [] }), 40097),
            (json!({ "id": "AT0002", "keyword_id_list": [6] }), 40097),
            (json!({ "id": "AT0002", "keyword_id_list": [1, 1] }), 40097),
            (json!({ "keyword_id_list": [1] }), 40037),
            (json!({ "id": "AT9", "keyword_id_list": [1] }), 40037),
        ] {
            assert_eq!(client.call(PATH, &body)["errcode"], code, "{body}");
        }
        assert!(
            client
                .world
                .listed_templates(APP, Family::Message)
                .is_empty()
        );
    }

    #[test]
    fn an_app_has_twenty_five() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let body = json!({ "id": "AT0007", "keyword_id_list": [1] });
        for _ in 0..MESSAGE_TEMPLATES_MAX {
            assert_eq!(client.call(PATH, &body)["errcode"], 0);
        }
        assert_eq!(client.call(PATH, &body)["errcode"], 45026);
    }
}

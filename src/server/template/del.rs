//! `POST /cgi-bin/wxopen/template/del`: deletes a template of the app.
//!
//! Official page: `templateMessage.deleteTemplate`. One that the project declares comes again when the project is
//! loaded again.

use super::{check_day, interface};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::message::template_book::{DeleteTemplate, Family};

pub(super) const ENDPOINT: Endpoint = interface(
    "templateMessage.deleteTemplate",
    "/cgi-bin/wxopen/template/del",
    handle,
);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_day(world)?;
    let id = asked.text("template_id")?;
    let is_gone = world.apply(DeleteTemplate {
        app_id: asked.app_id.clone(),
        family: Family::Message,
        id,
    });
    if is_gone {
        Ok(Answer::ok())
    } else {
        let why = "the app has no such template of template messages; the list shows their ids";
        Err(errcode::INVALID_TEMPLATE_ID.because(why))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::{Date, Profile};
    use crate::server::testing::Client;

    const PATH: &str = "/cgi-bin/wxopen/template/del";

    #[test]
    fn a_template_is_deleted_once() {
        let mut client = Client::new(Profile::on(Date::new(2018, 6, 4)));
        let add = "/cgi-bin/wxopen/template/add";
        let made = client.call(add, &json!({ "id": "AT0002", "keyword_id_list": [1] }));
        let body = json!({ "template_id": made["template_id"] });
        assert_eq!(
            client.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        assert_eq!(client.call(PATH, &body)["errcode"], 40037);
        assert_eq!(client.call(PATH, &json!({}))["errcode"], 40037);
        let id = made["template_id"].as_str().expect("a text");
        assert_eq!(
            client.world.message_template(id),
            None,
            "nobody can send it"
        );
    }
}

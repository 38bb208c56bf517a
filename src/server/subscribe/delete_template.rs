//! `POST /wxaapi/newtmpl/deltemplate`: deletes a template of the app.
//!
//! Official page: `subscribeMessage.deleteTemplate`. One that the project declares comes again when the project is
//! loaded again.
//!
//! Unverified: an unknown template gives 40037, none at all 200002.

use super::{SINCE, check_account};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::message::template_book::{DeleteTemplate, Family};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.deleteTemplate",
    Verb::Post,
    "/wxaapi/newtmpl/deltemplate",
    handle,
)
.since(SINCE);

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, &asked.app_id)?;
    let id = asked.text("priTmplId")?;
    if id.is_empty() {
        return Err(errcode::TEMPLATE_ARGS.because("`priTmplId` is missing"));
    }
    let is_gone = world.apply(DeleteTemplate {
        app_id: asked.app_id.clone(),
        family: Family::Subscribed,
        id,
    });
    if is_gone {
        Ok(Answer::ok())
    } else {
        let why = "the app has no such template; `gettemplate` lists them";
        Err(errcode::INVALID_TEMPLATE_ID.because(why))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::Client;

    const PATH: &str = "/wxaapi/newtmpl/deltemplate";

    #[test]
    fn a_template_is_deleted_once() {
        let mut client = Client::new(Profile::default());
        let add = "/wxaapi/newtmpl/addtemplate";
        let made = client.call(add, &json!({ "tid": "2", "kidList": [1, 2] }));
        let id = made["priTmplId"].as_str().expect("a text").to_owned();
        let body = json!({ "priTmplId": id });
        assert_eq!(
            client.call(PATH, &body),
            json!({ "errcode": 0, "errmsg": "ok" })
        );
        assert_eq!(
            client.world.subscribed_template(&id),
            None,
            "nobody can ask for it"
        );
        assert_eq!(client.call(PATH, &body)["errcode"], 40037);
        assert_eq!(client.call(PATH, &json!({}))["errcode"], 200_002);
    }
}

//! `POST /wxaapi/newtmpl/addtemplate`: makes a template of an entry of the library.
//!
//! Official page: `subscribeMessage.addTemplate`. The order of `kidList` is that of the lines.
//!
//! Unverified: `sceneDesc` may be missing; the same lines in another order are the same template.

use serde_json::json;

use super::{SINCE, check_account, entry};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::server::message_body::numbers;
use crate::world::World;
use crate::world::message::template_book::{Family, MakeTemplate, NotMade, SUBSCRIBED_LINES};

pub(super) const ENDPOINT: Endpoint = Endpoint::new(
    "subscribeMessage.addTemplate",
    Verb::Post,
    "/wxaapi/newtmpl/addtemplate",
    handle,
)
.since(SINCE);

/// Characters of `sceneDesc`.
const SCENE_CHARS_MAX: usize = 15;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    check_account(world, &asked.app_id)?;
    let lines = numbers(asked.member("kidList")?);
    let lines = lines.filter(|it| SUBSCRIBED_LINES.contains(&it.len()));
    let lines = lines.ok_or_else(|| {
        errcode::INVALID_KID_LIST.because("`kidList` is a list of two to five numbers of lines")
    })?;
    if asked.text("sceneDesc")?.chars().count() > SCENE_CHARS_MAX {
        let why = format!("it has {SCENE_CHARS_MAX} characters at most");
        return Err(errcode::INVALID_SCENE_DESC.because(why));
    }
    let entry = entry(world, asked)?;
    let made = world.apply(MakeTemplate {
        app_id: asked.app_id.clone(),
        family: Family::Subscribed,
        entry: entry.number,
        lines,
    });
    let id = made.map_err(|problem| {
        let code = match problem {
            NotMade::Entry => errcode::INVALID_TID,
            NotMade::Lines => errcode::INVALID_KID_LIST,
            NotMade::Banned => errcode::TEMPLATE_BANNED,
            NotMade::Full => errcode::SUBSCRIBE_TEMPLATES_FULL,
            NotMade::Same => errcode::DUPLICATE_TEMPLATE,
        };
        code.because(problem.to_string())
    })?;
    Ok(Answer::with(json!({ "priTmplId": id })))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::profile::Profile;
    use crate::server::testing::{APP, Client};
    use crate::world::message::library::{AddToLibrary, Entry, Keyword};
    use crate::world::message::template::{DeclareTemplates, Kind, Template};
    use crate::world::message::template_book::{Family, SUBSCRIBED_TEMPLATES_MAX};

    const PATH: &str = "/wxaapi/newtmpl/addtemplate";

    #[test]
    fn the_client_can_ask_for_a_template_that_was_made() {
        let mut client = Client::new(Profile::default());
        let body = json!({ "tid": "64", "kidList": [2, "1"], "sceneDesc": "上课前提醒" });
        let answer = client.call(PATH, &body);
        assert_eq!(
            (&answer["errcode"], &answer["errmsg"]),
            (&json!(0), &json!("ok"))
        );
        let id = answer["priTmplId"].as_str().expect("a text");
        let template = client.world.subscribed_template(id).expect("it is there");
        assert_eq!((id.len(), template.kind), (43, Kind::LongTerm));
        assert_eq!(template.rows(), [("上课时间", "time2"), ("课程", "thing1")]);
    }

    #[test]
    fn each_parameter_has_its_code() {
        let mut client = Client::new(Profile::default());
        for (body, code) in [
            (json!({ "kidList": [1, 2] }), 200_014),
            (json!({ "tid": "1", "kidList": [1, 2] }), 200_014),
            (json!({ "tid": 2 }), 200_020),
            (json!({ "tid": 2, "kidList": [1] }), 200_020),
            (json!({ "tid": 2, "kidList": [1, 2, 3, 4, 5, 6] }), 200_020),
            (json!({ "tid": 2, "kidList": [1, 7] }), 200_020),
            (json!({ "tid": 2, "kidList": [1, 1] }), 200_020),
            (json!({ "tid": 2, "kidList": "1,2" }), 200_020),
            (
                json!({ "tid": 2, "kidList": [1, 2], "sceneDesc": "十".repeat(16) }),
                200_021,
            ),
        ] {
            assert_eq!(client.call(PATH, &body)["errcode"], code, "{body}");
        }
        assert!(
            client
                .world
                .listed_templates(APP, Family::Subscribed)
                .is_empty()
        );
        let url = client.with_token(PATH);
        assert_eq!(client.post(&url, "").body_json()["errcode"], 44002);
        assert_eq!(client.post(&url, "tid=2").body_json()["errcode"], 47001);
        let fits = json!({ "tid": 2, "kidList": [1, 2], "sceneDesc": "十".repeat(15) });
        assert_eq!(client.call(PATH, &fits)["errcode"], 0);
        let same = json!({ "tid": 2, "kidList": [2, 1] });
        assert_eq!(client.call(PATH, &same)["errcode"], 200_022);
    }

    #[test]
    fn a_banned_entry_and_a_full_list_make_none() {
        let mut client = Client::new(Profile::default());
        let keyword = |number| Keyword {
            number,
            ..Keyword::default()
        };
        let banned = Entry {
            number: 5,
            keywords: vec![keyword(1), keyword(2)],
            is_banned: true,
            ..Entry::default()
        };
        assert_eq!(client.world.apply(AddToLibrary(banned)), Ok(()));
        let body = json!({ "tid": 5, "kidList": [1, 2] });
        assert_eq!(client.call(PATH, &body)["errcode"], 200_013);
        let declared = (0..SUBSCRIBED_TEMPLATES_MAX).map(|number| Template {
            id: number.to_string(),
            ..Template::default()
        });
        client.world.apply(DeclareTemplates(declared.collect()));
        let body = json!({ "tid": 2, "kidList": [1, 2] });
        assert_eq!(client.call(PATH, &body)["errcode"], 200_012);
    }
}

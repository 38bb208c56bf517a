//! Subscribe messages: the library, the templates of an app, and sending one; and messages by way of an official
//! account.
//!
//! Official pages: "Subscribe message" (the chapter of the server interfaces), `uniformMessage.send`. The interfaces
//! that manage templates answer a wrong method with the plain text `404 not found`.
//!
//! Unverified: they came with base library 2.8.2; a mobile app or an official account hears 200100 from those that
//! manage templates, and 200011 comes while subscribe messages are blocked for the program.

mod add_template;
mod delete_template;
mod get_category;
mod get_pub_template_keywords;
mod get_pub_template_titles;
mod get_template;
mod send;
mod uniform_send;

use super::asked::Asked;
use super::endpoint::Endpoint;
use super::errcode;
use super::fault::Fault;
use crate::profile::Date;
use crate::world::World;
use crate::world::message::library::Entry;
use crate::world::message::template::Kind;
use crate::world::registration::Capability;
use crate::world::registry::Kind as Registered;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    get_category::ENDPOINT,
    get_pub_template_titles::ENDPOINT,
    get_pub_template_keywords::ENDPOINT,
    add_template::ENDPOINT,
    get_template::ENDPOINT,
    delete_template::ENDPOINT,
    send::ENDPOINT,
    uniform_send::ENDPOINT,
];

/// From this day there are subscribe messages.
const SINCE: Date = Date::new(2019, 8, 30);

/// Whether the app may manage templates.
fn check_account(world: &World, app_id: &str) -> Result<(), Fault> {
    let registered = world.registered(app_id);
    if registered.is_some_and(|it| it.kind != Registered::MiniProgram) {
        let why = "the token is not that of a mini program";
        return Err(errcode::TEMPLATE_ACCOUNT_TYPE.because(why));
    }
    if world.is_blocked_for(app_id, Capability::SubscribeMessage) {
        let why = "the platform blocks `subscribeMessage` for the program ([app] blocked)";
        return Err(errcode::TEMPLATE_ACCOUNT_BANNED.because(why));
    }
    Ok(())
}

/// The entry of the library that `tid` names.
fn entry(world: &World, asked: &Asked<'_>) -> Result<Entry, Fault> {
    let tid = asked.param("tid");
    let number = tid.trim().parse().ok();
    let entry = number.and_then(|number| world.library_entry(number));
    entry.ok_or_else(|| {
        let all = world.library();
        let known: Vec<String> = all
            .iter()
            .take(30)
            .map(|it| it.number.to_string())
            .collect();
        let known = known.join(", ");
        errcode::INVALID_TID.because(format!("the library has {known}, not `{tid}`"))
    })
}

/// `type` of a template.
fn type_of(kind: Kind) -> u8 {
    match kind {
        Kind::OneTime | Kind::TemplateMessage => 2,
        Kind::LongTerm | Kind::Device => 3,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ENDPOINTS;
    use crate::profile::{Date, Profile};
    use crate::server::endpoint::Verb;
    use crate::server::testing::{APP, Client, code, code_of};
    use crate::world::AppFacts;
    use crate::world::registration::Capability;
    use crate::world::registry::{Kind, Register, Registered};

    const MANAGE: &str = "/wxaapi/newtmpl/";

    fn codes(client: &mut Client, app_id: &str) -> Vec<i64> {
        let managing = ENDPOINTS.iter().filter(|it| it.path.starts_with(MANAGE));
        managing
            .map(|endpoint| {
                let url = client.with_token_of(app_id, endpoint.path);
                let response = match endpoint.verb {
                    Verb::Get => client.get(&url),
                    _ => client.post(&url, "{}"),
                };
                code_of(&response.body_json())
            })
            .collect()
    }

    #[test]
    fn accounts_of_other_kinds_and_blocked_programs_manage_no_templates() {
        let mut client = Client::new(Profile::default());
        let other = Registered {
            app_id: "wxmp".into(),
            kind: Kind::OfficialAccount,
            ..Registered::default()
        };
        assert_eq!(client.world.apply(Register(other)), Ok(()));
        assert_eq!(codes(&mut client, "wxmp"), [200_100; 6]);
        assert!(codes(&mut client, APP).iter().all(|code| *code != 200_100));
        let mut blocked = Client::of(
            Profile::default(),
            AppFacts {
                app_id: APP.into(),
                blocked: [Capability::SubscribeMessage].into(),
                ..AppFacts::default()
            },
        );
        assert_eq!(codes(&mut blocked, APP), [200_011; 6]);
    }

    #[test]
    fn each_has_its_token_and_its_day() {
        let mut client = Client::new(Profile::default());
        let mut old = Client::new(Profile::on(Date::new(2018, 6, 4)));
        for endpoint in ENDPOINTS {
            let response = match endpoint.verb {
                Verb::Get => client.get(endpoint.path),
                _ => client.post(endpoint.path, "{}"),
            };
            assert_eq!(code(&response), 41001, "{}", endpoint.path);
            let answer = old.call(endpoint.path, &json!({}));
            let is_uniform = endpoint.path.ends_with("uniform_send");
            assert_eq!(code_of(&answer) == 40066, !is_uniform, "{}", endpoint.path);
        }
    }
}

//! Template messages: the library, the templates of an app, and sending one. They ended on 2020-01-10.
//!
//! Official pages: "Template message" (the chapter of the server interfaces). From the day on which they ended
//! every interface of the group answers 45103.

mod add;
mod del;
mod library_get;
mod library_list;
mod list;
mod send;

use super::asked::Asked;
use super::endpoint::{Endpoint, Handle, Verb};
use super::errcode;
use super::fault::Fault;
use crate::world::World;
use crate::world::message::library::Entry;
use crate::world::message::ticket::TEMPLATE_MESSAGES_UNTIL;

/// The interfaces of the group.
pub(super) const ENDPOINTS: &[Endpoint] = &[
    library_list::ENDPOINT,
    library_get::ENDPOINT,
    add::ENDPOINT,
    list::ENDPOINT,
    del::ENDPOINT,
    send::ENDPOINT,
];

/// Items of a list that a call gets at most.
const COUNT_MAX: i64 = 20;

/// An interface that ended with template messages.
const fn interface(name: &'static str, path: &'static str, handle: Handle) -> Endpoint {
    Endpoint::new(name, Verb::Post, path, handle).until(TEMPLATE_MESSAGES_UNTIL)
}

/// Refuses when the day passed while the world went on.
fn check_day(world: &World) -> Result<(), Fault> {
    if world.has_template_messages() {
        return Ok(());
    }
    let why = format!("template messages ended on {TEMPLATE_MESSAGES_UNTIL}");
    Err(errcode::API_UNSUPPORTED.because(why))
}

/// `offset` and `count`: how many items are skipped, and how many are wanted.
fn range(asked: &Asked<'_>) -> Result<(usize, usize), Fault> {
    let offset = asked.integer("offset")?.filter(|it| *it >= 0);
    let count = asked.integer("count")?;
    let count = count.filter(|it| (0..=COUNT_MAX).contains(it));
    let both = offset.zip(count).and_then(|(offset, count)| {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        Some((offset, usize::try_from(count).ok()?))
    });
    both.ok_or_else(|| {
        let why = format!("`offset` is a number from 0, `count` one from 0 to {COUNT_MAX}");
        errcode::INVALID_ARGS.because(why)
    })
}

/// The entry of the library that `id` names: `AT0002`.
fn entry(world: &World, asked: &Asked<'_>) -> Result<Entry, Fault> {
    let id = asked.text("id")?;
    let number = id.strip_prefix("AT").and_then(|it| it.parse().ok());
    let entry = number.and_then(|number| world.library_entry(number));
    entry.filter(|entry| entry.id() == id).ok_or_else(|| {
        let all = world.library();
        let known: Vec<String> = all.iter().take(30).map(Entry::id).collect();
        let known = known.join(", ");
        errcode::INVALID_TEMPLATE_ID.because(format!("the library has {known}, not `{id}`"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ENDPOINTS;
    use crate::profile::{Date, Profile};
    use crate::server::testing::{Client, code, code_of};

    #[test]
    fn all_of_them_ended_on_one_day() {
        let mut client = Client::new(Profile::on(Date::new(2020, 1, 10)));
        let mut eve = Client::new(Profile::on(Date::new(2020, 1, 9)));
        for endpoint in ENDPOINTS {
            let response = client.call(endpoint.path, &json!({}));
            assert_eq!(response["errcode"], 45103, "{}", endpoint.path);
            let text = response["errmsg"].as_str().expect("a text");
            assert!(text.starts_with("This API has been unsupported"), "{text}");
            assert_ne!(code_of(&eve.call(endpoint.path, &json!({}))), 45103);
            assert_eq!(code(&eve.get(endpoint.path)), 43002);
            assert_eq!(code(&eve.post(endpoint.path, "{}")), 41001);
        }
        eve.wait(86_400_000);
        for endpoint in ENDPOINTS {
            assert_eq!(code_of(&eve.call(endpoint.path, &json!({}))), 45103);
        }
    }
}

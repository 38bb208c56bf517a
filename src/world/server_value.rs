//! Values that a declared answer leaves to the server: `{"$card": {…}}` in a JSON body.
//!
//! A rule of the network says what a server answers, but what is signed or decrypted depends on the
//! moment and on the user. An object whose only member is one of [`MARKERS`] is replaced by what the
//! program's server would put there. What cannot be made is an answer with status 500 that says why.
//! Bodies that come in pieces and bodies that are no JSON stay as they are.

use serde_json::{Map, Value as Json};

use super::card::server;
use super::network::{Body, Outcome, Response};
use super::pay::server as pay;
use super::{Change, World, sealed::Sealed};

/// Makes a value out of what stands beside the marker.
type Maker = fn(&mut World, &Json) -> Result<Json, String>;

/// Every marker.
const MARKERS: &[(&str, Maker)] = &[
    ("$card", server::card),
    ("$cardCode", server::card_code),
    ("$memberCard", server::member_card),
    ("$order", pay::order),
    ("$pay", pay::pay),
];

/// Whether what stands beside a marker is written as it must be; those that are not here tell when they
/// are made.
type Checker = fn(&Json) -> Result<(), String>;

const CHECKS: &[(&str, Checker)] = &[("$order", pay::check_order), ("$pay", pay::check_pay)];

/// The outcome of a request with its values made.
pub(super) fn filled(world: &mut World, outcome: Outcome) -> Outcome {
    let Outcome::Response(mut response) = outcome else {
        return outcome;
    };
    let Some(mut json) = with_markers(&response.body) else {
        return Outcome::Response(response);
    };
    match fill(world, &mut json) {
        Ok(()) => response.body = Body::Text(json.to_string()),
        Err(problem) => {
            response = Response {
                status: 500,
                body: Body::Text(problem),
                ..response
            };
        }
    }
    Outcome::Response(response)
}

/// A declared result of a cloud function is given, with its values made.
#[derive(Clone, Debug)]
pub struct FillIn(pub Json);

impl Sealed for FillIn {}
impl Change for FillIn {
    type Effect = Result<Json, String>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let mut json = self.0;
        fill(world, &mut json).map(|()| json)
    }
}

/// Whether the markers of a body are written as they must be.
///
/// # Errors
/// What is wrong with the first that is not.
pub fn check_body(body: &Body) -> Result<(), String> {
    with_markers(body).map_or(Ok(()), |json| check(&json))
}

/// Whether the markers of a value are written as they must be.
///
/// # Errors
/// What is wrong with the first that is not.
pub fn check(json: &Json) -> Result<(), String> {
    match json {
        Json::Array(items) => items.iter().try_for_each(check),
        Json::Object(members) => match marker(members) {
            Some((name, _, argument)) => {
                let found = CHECKS.iter().find(|(known, _)| *known == name);
                let checked = found.map_or(Ok(()), |(_, check)| check(argument));
                checked.map_err(|problem| format!("`{name}`: {problem}"))
            }
            None => members.values().try_for_each(check),
        },
        _ => Ok(()),
    }
}

/// The JSON of a body that has markers.
fn with_markers(body: &Body) -> Option<Json> {
    let Body::Text(text) = body else { return None };
    let is_there = |(name, _): &(&str, Maker)| text.contains(name);
    MARKERS.iter().any(is_there).then_some(())?;
    serde_json::from_str(text).ok()
}

fn fill(world: &mut World, json: &mut Json) -> Result<(), String> {
    match json {
        Json::Array(items) => items.iter_mut().try_for_each(|item| fill(world, item)),
        Json::Object(members) => match marker(members) {
            Some((name, make, argument)) => {
                let value = make(world, argument);
                *json = value.map_err(|problem| format!("`{name}`: {problem}"))?;
                Ok(())
            }
            None => members
                .values_mut()
                .try_for_each(|member| fill(world, member)),
        },
        _ => Ok(()),
    }
}

/// The marker that an object is.
fn marker(members: &Map<String, Json>) -> Option<(&'static str, Maker, &Json)> {
    let mut all = members.iter();
    let (Some((key, argument)), None) = (all.next(), all.next()) else {
        return None;
    };
    let known = MARKERS.iter().find(|(name, _)| name == key)?;
    Some((known.0, known.1, argument))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::check;
    use crate::profile::Profile;
    use crate::world::card::{Card, CardKind, OfferCard};
    use crate::world::network::{AddRoute, Body, Fetch, Outcome, Response};
    use crate::world::{AppFacts, World};

    fn answer(world: &mut World, body: &str) -> Response {
        let url = "https://a.example/b";
        let route = format!("GET {url} = 200 times=1 {body}");
        world.apply(AddRoute(route.parse().expect("a rule")));
        match world.apply(Fetch { method: "GET", url }) {
            Some((_, Outcome::Response(response))) => response,
            other => panic!("{other:?}"),
        }
    }

    fn text(response: &Response) -> String {
        String::from_utf8(response.body.bytes()).expect("a text")
    }

    #[test]
    fn markers_become_values_and_the_rest_stays() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(OfferCard(Card {
            id: "p1".into(),
            kind: CardKind::MemberCard,
            ..Card::default()
        }));
        let body = r#"{"list":[{"$card":{"cardId":"p1","outer_str":"door"}},5],"more":{"$memberCard":{"cardId":"p1"}},"$cards":{}}"#;
        let response = answer(&mut world, body);
        assert_eq!(response.status, 200);
        let json: Json = serde_json::from_str(&text(&response)).expect("JSON");
        assert_eq!(json["list"][0]["cardId"], "p1");
        let ext = json["list"][0]["cardExt"].as_str().expect("a text");
        let ext: Json = serde_json::from_str(ext).expect("JSON");
        assert_eq!(ext["outer_str"], "door");
        assert_eq!(ext["signature"].as_str().map(str::len), Some(40));
        assert_eq!(json["list"][1], 5);
        assert!(json["more"]["encrypt_card_id"].is_string());
        assert_eq!(json["$cards"], json!({}));
        for same in ["no JSON $card", r#"{"$card":{},"other":1}"#, r#"["$card"]"#] {
            assert_eq!(text(&answer(&mut world, same)), same);
        }
    }

    #[test]
    fn a_marker_that_is_written_wrong_says_what_is() {
        assert_eq!(check(&json!([{ "$pay": { "total": 1 } }, 1])), Ok(()));
        let wrong = check(&json!({ "a": [{ "$pay": { "totl": 1 } }] }));
        assert!(wrong.is_err_and(|it| it.contains("`$pay`: an order has no `totl`")));
        assert!(check(&json!({ "$order": 1 })).is_err());
    }

    #[test]
    fn what_cannot_be_made_is_an_answer_that_says_why() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        for (body, problem) in [
            (r#"{"$card":{}}"#, "`$card`: it has no `cardId`"),
            (r#"{"$card":{"cardId":"p1"}}"#, "`$card`: invalid card id"),
            (
                r#"{"$card":{"cardId":"p1","code":5}}"#,
                "`$card`: invalid cardExt",
            ),
            (
                r#"[{"$cardCode":{"cardId":"p1"}}]"#,
                "`$cardCode`: the user took no card p1 yet",
            ),
            (
                r#"{"$memberCard":{"cardId":"p1"}}"#,
                "`$memberCard`: invalid card id",
            ),
        ] {
            let response = answer(&mut world, body);
            assert_eq!(response.status, 500);
            assert_eq!(response.body, Body::Text(problem.into()));
        }
    }
}

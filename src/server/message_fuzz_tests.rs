//! Random bodies to the interfaces of messages: none panics, each gets an answer.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::endpoint::Verb;
use super::testing::{APP, Client};
use super::{service, subscribe, template};
use crate::profile::{Date, Profile};
use crate::world::conversation::{Content, Say};
use crate::world::message::permission::{AnswerSubscription, Choice};

/// A world in which some of the bodies are right.
fn client(year: i32) -> Client {
    let mut client = Client::new(Profile::on(Date::new(year, 6, 4)));
    let caller = client.world.caller();
    client
        .world
        .apply(Say(caller.clone(), Content::Text("hi".into())));
    client.world.apply(AnswerSubscription {
        caller,
        choices: vec![("a".into(), Choice::Accept)],
        keep: false,
    });
    client
}

/// Any JSON of a little depth, with the names and words that the interfaces know.
fn json() -> impl Strategy<Value = Json> {
    let words = prop::sample::select(vec![
        "a",
        "AT0002",
        "2",
        "text",
        "image",
        "voice",
        "Typing",
        "CancelTyping",
        "pages/index/index",
        "formal",
        "zh_CN",
        "OPENID",
        "",
        "15:01",
        "茶",
    ]);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (0..30_i64).prop_map(Json::from),
        any::<f64>().prop_map(|it| json!(it)),
        words.prop_map(Json::from),
        ".{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::vec((name(), inner), 0..8)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "touser",
        "template_id",
        "page",
        "data",
        "form_id",
        "emphasis_keyword",
        "lang",
        "value",
        "miniprogram_state",
        "thing1",
        "keyword1",
        "offset",
        "count",
        "id",
        "keyword_id_list",
        "tid",
        "kidList",
        "sceneDesc",
        "priTmplId",
        "msgtype",
        "text",
        "content",
        "image",
        "media_id",
        "link",
        "title",
        "url",
        "miniprogrampage",
        "pagepath",
        "thumb_media_id",
        "command",
        "appid",
        "weapp_template_msg",
        "mp_template_msg",
        "miniprogram",
    ]);
    prop_oneof![9 => names.prop_map(str::to_owned), 1 => ".{0,8}"]
}

/// A body: JSON of an object mostly, else any bytes.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let object = prop::collection::vec((name(), json()), 0..8);
    let object = object.prop_map(|members| members.into_iter().collect::<Json>());
    prop_oneof![
        6 => object.prop_map(|it| it.to_string().into_bytes()),
        2 => json().prop_map(|it| it.to_string().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..64),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_body_gets_an_answer(bodies in prop::collection::vec(body(), 1..4), query in "[ -~]{0,40}") {
        for year in [2018, 2019, 2026] {
            let mut client = client(year);
            let token = client.with_token("");
            let open_id = client.open_id();
            for group in [template::ENDPOINTS, subscribe::ENDPOINTS, service::ENDPOINTS] {
                for endpoint in group {
                    let url = format!("{}{token}&{query}", endpoint.path);
                    for body in &bodies {
                        let body = String::from_utf8_lossy(body).replace("OPENID", &open_id);
                        let response = match endpoint.verb {
                            Verb::Get => client.get(&url),
                            _ => client.post(&url, body),
                        };
                        prop_assert_eq!(response.status, 200);
                        let answer = response.body_json();
                        prop_assert!(answer["errcode"].is_i64(), "{} {}", endpoint.path, answer);
                    }
                }
            }
            prop_assert!(client.world.registered(APP).is_some());
        }
    }
}

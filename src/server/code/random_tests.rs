//! Whatever a server sends, it gets an answer.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::profile::{Date, Profile};
use crate::server::testing::Client;

const PATHS: [&str; 3] = [
    "/wxa/getwxacode",
    "/wxa/getwxacodeunlimit",
    "/cgi-bin/wxaapp/createwxaqrcode",
];

/// A value of any kind, often a good one.
fn value() -> impl Strategy<Value = Json> {
    let parts = proptest::collection::vec(any::<i16>(), 3);
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        (0_i64..300).prop_map(Json::from),
        "[ -~]{0,40}".prop_map(Json::from),
        "\\PC{0,40}".prop_map(Json::from),
        "[a-z0-9=]{1,32}".prop_map(Json::from),
        Just(json!("pages/index/index")),
        Just(json!("release")),
        Just(json!([])),
        parts.prop_map(|it| json!({ "r": it[0], "g": it[1].to_string(), "b": it[2] & 255 })),
    ]
}

/// A body with some of the members that the interfaces know.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let names = prop_oneof![
        Just("path"),
        Just("scene"),
        Just("page"),
        Just("width"),
        Just("auto_color"),
        Just("line_color"),
        Just("is_hyaline"),
        Just("env_version"),
        Just("check_path"),
    ];
    let members = proptest::collection::vec((names, value()), 0..6);
    let object = members.prop_map(|members| {
        let members = members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        Json::Object(members.collect()).to_string().into_bytes()
    });
    prop_oneof![4 => object, 1 => proptest::collection::vec(any::<u8>(), 0..64)]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_body_gets_a_picture_or_an_errcode(body in body(), path in 0..3_usize, is_old in any::<bool>()) {
        let day = if is_old { Date::new(2018, 6, 4) } else { Date::new(2024, 6, 1) };
        let mut client = Client::new(Profile::on(day));
        let url = client.with_token(PATHS[path]);
        let response = client.post(&url, body);
        prop_assert_eq!(response.status, 200);
        let made = client.world.made_codes().count();
        let begins = |bytes: &[u8]| response.body.starts_with(bytes);
        match response.header("content-type") {
            Some("image/jpeg") => prop_assert!(begins(&[0xff, 0xd8]) && made == 1),
            Some("image/png") => prop_assert!(begins(b"\x89PNG") && made == 1),
            Some("application/json") => {
                let json = response.body_json();
                prop_assert!(json["errcode"].as_i64().is_some_and(|code| code != 0), "{}", json);
                prop_assert_eq!(made, 0);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

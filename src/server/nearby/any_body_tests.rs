//! Whatever a client says of places, there is an answer.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use serde_json::{Value as Json, json};

use super::add::tests::place;
use crate::profile::{Date, Profile};
use crate::server::request::Request;
use crate::server::testing::Client;

const PATHS: [&str; 4] = [
    "/wxa/addnearbypoi",
    "/wxa/getnearbypoilist",
    "/wxa/delnearbypoi",
    "/wxa/setnearbypoishowstatus",
];

const NAMES: [&str; 18] = [
    "is_comm_nearby",
    "kf_info",
    "pic_list",
    "service_infos",
    "store_name",
    "hour",
    "credential",
    "address",
    "company_name",
    "qualification_list",
    "contract_phone",
    "poi_id",
    "map_poi_id",
    "status",
    "page",
    "page_rows",
    "related_name",
    "related_credential",
];

fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (0..3_i64).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".*".prop_map(Json::from),
        "[0-9:-]{0,18}".prop_map(Json::from),
        vec(".*", 0..3).prop_map(|list| json!(list)),
        vec(".*", 0..12).prop_map(|list| json!({ "list": list }).to_string().into()),
        vec((".*", any::<i64>()), 0..3).prop_map(|list| {
            let one = |(text, number)| json!({"id": number, "type": 1, "name": text});
            let list: Vec<Json> = list.into_iter().map(one).collect();
            json!({ "service_infos": list }).to_string().into()
        }),
    ]
}

/// A right body with some members replaced, or bytes of any kind.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let changed = vec((0..NAMES.len(), value()), 0..5).prop_map(|changes| {
        let mut body = place("123456789012345");
        for (at, value) in changes {
            body[NAMES[at]] = value;
        }
        body.to_string().into_bytes()
    });
    prop_oneof![4 => changed, 1 => vec(any::<u8>(), 0..100)]
}

proptest! {
    #[test]
    fn any_bodies_are_answered(
        requests in vec((0..PATHS.len(), body(), 0..20_000_i64), 1..6),
        year in 2018..2026,
    ) {
        let mut client = Client::new(Profile::on(Date::new(year, 6, 4)));
        for (at, body, wait) in requests {
            let url = client.with_token(PATHS[at]);
            let response = client.send(&Request::post(&url, body));
            assert_eq!(response.status, 200);
            let answer = response.body_json();
            assert!(answer["errcode"].is_i64() && answer["errmsg"].is_string(), "{answer}");
            client.wait(wait);
        }
    }

    #[test]
    fn any_query_is_answered(query in "[ -~]*", text in ".*") {
        let mut client = Client::new(Profile::default());
        let url = client.with_token("/wxa/getnearbypoilist");
        let response = client.get(&format!("{url}&{query}&page={text}"));
        assert!(response.body_json()["errcode"].is_i64());
    }
}

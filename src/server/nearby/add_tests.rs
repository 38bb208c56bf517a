use serde_json::{Value as Json, json};

use crate::profile::{Date, Profile};
use crate::server::testing::{APP, Client, code, code_of};
use crate::world::AppFacts;
use crate::world::account::{EnvVersion, Subject};
use crate::world::open_api::nearby::{
    AUDIT_MS, Audit, DecidePoi, NearbyRules, Place, SetNearbyRules,
};
use crate::world::registry::{Kind, Register, Registered};

const PATH: &str = "/wxa/addnearbypoi";

/// A body that is right, of a licence.
pub(in super::super) fn place(credential: &str) -> Json {
    json!({
        "is_comm_nearby": "1",
        "kf_info": r#"{"open_kf":true,"kf_headimg":"http://a/1.png","kf_name":"Tea"}"#,
        "pic_list": r#"{"list":["http://a/1.png","https://a/2.png"]}"#,
        "service_infos": r#"{"service_infos":[{"id":"0","type":2,"name":"快递","appid":"wx1","path":"pages/a"}]}"#,
        "store_name": "茶",
        "hour": "10:00-22:00",
        "credential": credential,
        "address": "广州",
        "company_name": "公司",
        "qualification_list": "media",
        "contract_phone": "13800138000",
        "poi_id": "",
        "map_poi_id": credential,
    })
}

/// The answer to a place that is added, a second after the one before.
pub(in super::super) fn add(client: &mut Client, body: &Json) -> Json {
    client.wait(1_000);
    client.call(PATH, body)
}

const FIRST: &str = "123456789012345";
const SECOND: &str = "91440101MA59ABCD1X";

fn with(name: &str, value: impl Into<Json>) -> Json {
    let mut body = place(FIRST);
    body[name] = value.into();
    body
}

fn places(client: &Client) -> Vec<Place> {
    client.world.places_of(APP).cloned().collect()
}

#[test]
fn a_place_is_audited_then_shown() {
    let mut client = Client::new(Profile::default());
    let answer = add(&mut client, &place(FIRST));
    let expected = json!({
        "errcode": 0,
        "errmsg": "ok",
        "data": {"audit_id": 416_620_525, "poi_id": 112_333, "related_credential": FIRST},
    });
    assert_eq!(answer.to_string(), expected.to_string());
    let added = &places(&client)[0];
    assert!(matches!(added.audit, Audit::Waiting(Some(_))) && !added.is_shown);
    assert_eq!(
        (&*added.facts.store_name, &*added.facts.hours),
        ("茶", "10:00-22:00")
    );
    assert_eq!(added.facts.pictures, ["http://a/1.png", "https://a/2.png"]);
    assert_eq!(added.facts.services[0].name, "快递");
    client.wait(AUDIT_MS);
    client.read("/wxa/getnearbypoilist?page=1&page_rows=1");
    assert!(places(&client)[0].is_shown);
    assert_eq!(client.world.handovers()[0].message["poi_id"], 112_333);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, or one table of cases")]
fn what_is_wrong_is_told_and_nothing_is_added() {
    let mut client = Client::new(Profile::default());
    assert_eq!(code(&client.get(PATH)), 43002);
    assert_eq!(code(&client.post(PATH, "{}")), 41001);
    let mut post = |body: &str| {
        client.wait(1_000);
        let url = client.with_token(PATH);
        code(&client.post(&url, body))
    };
    assert_eq!(post(""), 44002);
    assert_eq!(post("a=1"), 47001);
    assert_eq!(post("{}"), 20002);
    for name in [
        "is_comm_nearby",
        "pic_list",
        "service_infos",
        "store_name",
        "hour",
        "credential",
        "address",
        "company_name",
        "contract_phone",
    ] {
        assert_eq!(
            code_of(&add(&mut client, &with(name, Json::Null))),
            20002,
            "{name}"
        );
        assert_eq!(
            code_of(&add(&mut client, &with(name, json!([1])))),
            20002,
            "{name}"
        );
        assert_eq!(
            code_of(&add(&mut client, &with(name, "x".repeat(1_025)))),
            20002,
            "{name}"
        );
    }
    let service = |rest: &str| {
        with(
            "service_infos",
            format!(r#"{{"service_infos":[{{"name":"a","appid":"b","path":"c",{rest}}}]}}"#),
        )
    };
    for body in [
        with("is_comm_nearby", "0"),
        with("kf_info", "{}"),
        with("kf_info", "x"),
        with("kf_info", json!({"open_kf": false})),
        with("kf_info", r#"{"open_kf":true,"kf_name":"Tea"}"#),
        with("pic_list", "[]"),
        with("pic_list", r#"{"list":[]}"#),
        with("pic_list", r#"{"list":["a"]}"#),
        with(
            "pic_list",
            json!({"list": vec!["http://a/1.png"; 10]}).to_string(),
        ),
        with("pic_list", json!({"list": ["http://a/1.png"]})),
        with("service_infos", r#"{"service_infos":[{"id":0,"type":2}]}"#),
        with("service_infos", r#"{"service_infos":["x"]}"#),
        service(r#""id":0,"type":3"#),
        service(r#""id":"x","type":1"#),
        service(r#""id":0,"type":1,"desc":"12345678901""#),
        with("hour", "10:00"),
        with("hour", "24:00-22:00"),
        with("hour", "10:00-22:60"),
        with("hour", "1:00-22:00"),
        with("credential", "12345678901234x"),
        with("credential", "1234567"),
    ] {
        assert_eq!(code_of(&add(&mut client, &body)), 20002, "{body}");
    }
    assert_eq!(code_of(&add(&mut client, &with("poi_id", "1"))), 93010);
    assert_eq!(code_of(&add(&mut client, &with("poi_id", "x"))), 93010);
    assert_eq!(code_of(&add(&mut client, &with("map_poi_id", ""))), 93013);
    assert_eq!(places(&client), []);
}

#[test]
fn forms_that_clients_write_are_taken() {
    let number = json!(1);
    for body in [
        with("is_comm_nearby", number),
        with("kf_info", ""),
        with("kf_info", r#"{"open_kf":false}"#),
        with("qualification_list", json!(["media"])),
        with("poi_id", Json::Null),
        with("credential", "12345678-"),
        with("credential", SECOND),
        with("contract_phone", json!(13_800_138_000_u64)),
        with(
            "service_infos",
            r#"{"service_infos":[{"id":0,"type":1,"name":"a","appid":"b","path":"c","desc":"1234567890"}]}"#,
        ),
    ] {
        let mut client = Client::new(Profile::default());
        assert_eq!(code_of(&add(&mut client, &body)), 0, "{body}");
    }
}

#[test]
fn calls_come_a_second_apart_whether_they_succeed_or_not() {
    let mut client = Client::new(Profile::default());
    assert_eq!(code_of(&client.call(PATH, &json!({}))), 20002);
    client.wait(999);
    let answer = client.call(PATH, &place(FIRST));
    assert_eq!(code_of(&answer), 44990);
    client.wait(1);
    assert_eq!(code_of(&client.call(PATH, &place(FIRST))), 0);
}

#[test]
fn only_published_programs_of_companies_have_places() {
    let ask = |app: AppFacts| {
        let app = AppFacts {
            app_id: APP.into(),
            ..app
        };
        let mut client = Client::of(Profile::default(), app);
        let mut codes = Vec::new();
        for path in [
            PATH,
            "/wxa/getnearbypoilist",
            "/wxa/delnearbypoi",
            "/wxa/setnearbypoishowstatus",
        ] {
            codes.push(code_of(
                &client.call(path, &json!({"page": 1, "page_rows": 1})),
            ));
        }
        codes
    };
    let personal = AppFacts {
        subject: Subject::Personal,
        ..AppFacts::default()
    };
    assert_eq!(ask(personal), [93011; 4]);
    let trial = AppFacts {
        env_version: EnvVersion::Trial,
        ..AppFacts::default()
    };
    assert_eq!(ask(trial), [93009; 4]);
    assert_eq!(ask(AppFacts::default()), [20002, 0, 20002, 20002]);
    let mut client = Client::new(Profile::default());
    let account = Registered {
        app_id: "gh1".into(),
        kind: Kind::OfficialAccount,
        ..Registered::default()
    };
    client.world.apply(Register(account)).expect("an account");
    let url = client.with_token_of("gh1", PATH);
    assert_eq!(code(&client.post(&url, "{}")), 93012);
    let mut ruled = |rules| {
        client.world.apply(SetNearbyRules(APP.into(), rules));
        code_of(&add(&mut client, &place(FIRST)))
    };
    let banned = NearbyRules {
        is_banned: true,
        ..NearbyRules::default()
    };
    assert_eq!(ruled(banned), 92004);
    let store = NearbyRules {
        is_special: true,
        ..NearbyRules::default()
    };
    assert_eq!(ruled(store), 93012);
    let elsewhere = NearbyRules {
        unknown_map_ids: vec![FIRST.into()],
        ..NearbyRules::default()
    };
    assert_eq!(ruled(elsewhere), 93013);
    assert_eq!(ruled(NearbyRules::default()), 0);
}

#[test]
fn an_app_has_ten_places_unless_it_got_more() {
    let mut client = Client::new(Profile::default());
    let of = |number: usize| place(&format!("1234567890123{number:02}"));
    for number in 0..10 {
        assert_eq!(code_of(&add(&mut client, &of(number))), 0);
    }
    assert_eq!(code_of(&add(&mut client, &of(10))), 92002);
    let rules = NearbyRules {
        places: 11,
        ..NearbyRules::default()
    };
    client.world.apply(SetNearbyRules(APP.into(), rules));
    assert_eq!(code_of(&add(&mut client, &of(10))), 0);
    assert_eq!(code_of(&add(&mut client, &of(11))), 92002);
}

#[test]
fn a_licence_and_a_place_of_the_map_are_added_once() {
    let mut client = Client::new(Profile::default());
    let added = add(&mut client, &place(FIRST));
    let poi_id = added["data"]["poi_id"].as_u64().expect("a number");
    let mut again = place(FIRST);
    again["map_poi_id"] = "elsewhere".into();
    assert_eq!(code_of(&add(&mut client, &again)), 93014, "in audit");
    let approve = DecidePoi {
        poi_id,
        refused: None,
    };
    client.world.apply(approve).expect("in audit");
    let answer = add(&mut client, &again);
    assert_eq!(code_of(&answer), 92000);
    assert!(
        answer["errmsg"]
            .as_str()
            .is_some_and(|it| it.starts_with("该经营资质已添加，请勿重复添加"))
    );
    let other = Registered {
        app_id: "wx2".into(),
        ..Registered::default()
    };
    client.world.apply(Register(other)).expect("another app");
    let url = client.with_token_of("wx2", PATH);
    assert_eq!(
        code(&client.post(&url, place(FIRST).to_string())),
        92003,
        "another app has it"
    );
    client.wait(1_000);
    let mut elsewhere = place(FIRST);
    elsewhere["map_poi_id"] = "elsewhere".into();
    assert_eq!(
        code(&client.post(&url, elsewhere.to_string())),
        0,
        "the licence may be the same"
    );
}

#[test]
fn a_place_is_changed_and_audited_anew() {
    let mut client = Client::new(Profile::default());
    let added = add(&mut client, &place(FIRST));
    let poi_id = added["data"]["poi_id"].clone();
    let mut change = place(FIRST);
    change["poi_id"] = poi_id.to_string().into();
    change["store_name"] = "奶茶".into();
    assert_eq!(code_of(&add(&mut client, &change)), 92005, "in audit");
    let refuse = DecidePoi {
        poi_id: poi_id.as_u64().expect("a number"),
        refused: Some("dark".into()),
    };
    client.world.apply(refuse).expect("in audit");
    let answer = add(&mut client, &change);
    assert_eq!(answer["data"]["poi_id"], poi_id);
    assert_eq!(answer["data"]["audit_id"], 416_620_526);
    let all = places(&client);
    assert_eq!((all.len(), &*all[0].facts.store_name), (1, "奶茶"));
    assert!(matches!(all[0].audit, Audit::Waiting(_)));
}

#[test]
fn the_seed_era_took_another_form_and_no_id_of_the_map() {
    let old_form = json!({
        "related_name": "茶", "related_credential": FIRST, "related_address": "广州",
        "related_proof_material": "media",
    });
    let on = |(year, month, day), body: &Json| {
        let mut client = Client::new(Profile::on(Date::new(year, month, day)));
        add(&mut client, body)
    };
    let answer = on((2018, 6, 30), &old_form);
    assert_eq!(answer["data"]["related_credential"], FIRST);
    for name in [
        "related_credential",
        "related_address",
        "related_proof_material",
    ] {
        let mut body = old_form.clone();
        body[name] = Json::Null;
        assert_eq!(code_of(&on((2018, 6, 30), &body)), 20002, "{name}");
    }
    assert_eq!(code_of(&on((2018, 7, 1), &old_form)), 20002);
    let without = with("map_poi_id", Json::Null);
    assert_eq!(code_of(&on((2018, 6, 30), &without)), 0);
    assert_eq!(code_of(&on((2018, 12, 31), &without)), 0);
    assert_eq!(code_of(&on((2019, 1, 1), &without)), 93013);
}

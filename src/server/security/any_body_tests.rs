//! Whatever a client sends to the interfaces of uploads and checks, there is an answer.

use image::ImageFormat;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use serde_json::{Value as Json, json};

use super::picture::tests::picture;
use crate::profile::Profile;
use crate::server::request::Request;
use crate::server::testing::{Client, upload};
use crate::world::open_api::content_check::RunDueChecks;

/// A value of JSON, often one that means something.
fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (0..6_i64).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".*".prop_map(Json::from),
        "[0-9:-]{0,12}".prop_map(Json::from),
        "https?://[a-z./]{0,9}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            vec(inner, 0..4).prop_map(|list| json!({ "list": list })),
        ]
    })
}

/// A body of JSON with some of the names, or bytes of any kind.
fn body(names: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let members = vec((0..names.len(), value()), 0..8).prop_map(|members| {
        let members = members
            .into_iter()
            .map(|(at, value)| (names[at].to_owned(), value));
        Json::Object(members.collect()).to_string().into_bytes()
    });
    prop_oneof![4 => members, 1 => vec(any::<u8>(), 0..200)]
}

/// A body of one file, with some bytes replaced and perhaps cut.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif];
    let files: Vec<Vec<u8>> = formats.map(|format| picture(24, 24, format)).into();
    let changes = vec((any::<usize>(), any::<u8>()), 0..6);
    let known = (0..files.len(), changes, any::<usize>());
    let known = known.prop_map(move |(at, changes, cut)| {
        let mut bytes = files[at].clone();
        for (place, byte) in changes {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        if cut % 4 == 0 {
            bytes.truncate(cut / 4 % bytes.len());
        }
        bytes
    });
    prop_oneof![4 => known, 1 => vec(any::<u8>(), 0..300)]
}

const PATHS: [&str; 3] = [
    "/wxa/img_sec_check",
    "/cgi-bin/media/upload?type=image",
    "/cgi-bin/media/upload?type=thumb",
];

/// Sends a request; the answer is JSON with a code or an id.
fn answered(client: &mut Client, request: &Request) {
    let response = client.send(request);
    assert_eq!(response.status, 200);
    let body = response.body_json();
    let is_known = body["errcode"].is_i64() || body["media_id"].is_string();
    assert!(is_known, "{request:?}: {body}");
}

proptest! {
    #[test]
    fn any_json_is_answered(
        text in body(&["content", "version", "openid", "scene", "title", "nickname", "signature"]),
        media in body(&["media_url", "media_type", "version", "openid", "scene"]),
        wait in 0..10_000_i64,
    ) {
        let mut client = Client::new(Profile::default());
        let url = client.with_token("/wxa/msg_sec_check");
        answered(&mut client, &Request::post(&url, text));
        let url = client.with_token("/wxa/media_check_async");
        answered(&mut client, &Request::post(&url, media));
        client.wait(wait);
        client.world.apply(RunDueChecks);
    }

    #[test]
    fn any_file_is_answered(bytes in file(), part in prop_oneof![Just("media"), Just("x")]) {
        let mut client = Client::new(Profile::default());
        for path in PATHS {
            let url = client.with_token(path);
            answered(&mut client, &upload(&url, part, "a.png", &bytes));
        }
    }

    #[test]
    fn any_multipart_is_answered(
        changes in vec((any::<usize>(), any::<u8>()), 1..8),
        kind in prop_oneof![Just("multipart/form-data; boundary=x".to_owned()), ".*"],
    ) {
        let mut client = Client::new(Profile::default());
        for path in PATHS {
            let url = client.with_token(path);
            let mut request = upload(&url, "media", "a.gif", &picture(2, 2, ImageFormat::Gif));
            for (place, byte) in &changes {
                let place = place % request.body.len();
                request.body[place] = *byte;
            }
            request.headers = vec![("content-type".to_owned(), kind.clone())];
            answered(&mut client, &request);
        }
    }

    #[test]
    fn any_id_of_a_medium_is_answered(id in ".*", other in "[ -~]*") {
        let mut client = Client::new(Profile::default());
        let url = client.with_token("/cgi-bin/media/get");
        for id in [id, other] {
            answered(&mut client, &Request::get(&format!("{url}&media_id={id}")));
        }
    }
}

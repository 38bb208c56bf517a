//! `<button open-type="chooseAvatar">`: the user chooses an avatar.
//!
//! Official page: "Avatar and nickname" (头像昵称填写). The event has the path of a temporary file. A failure
//! gives no event; the client prints it.
//!
//! Unverified: the words of a success.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Group};
use crate::value::Value;
use crate::version::Version;
use crate::world::files::MakeTempFile;
use crate::world::privacy::PrivacyItem;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "button.chooseAvatar",
    group: Group::Button,
    summary: "Lets the user choose an avatar.",
    since: Version(2, 21, 2),
    form: Form::Button {
        success: "chooseavatar",
        failure: "",
    },
    promise: false,
    privacy: Some(PrivacyItem::Profile),
    fails: &[Reason::Cancel],
    ..ApiSpec::ASYNC
};

/// The capability.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(_: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    Ok(Question::new("avatar", "choose an avatar"))
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    if answer.as_str() != Some("choose") {
        return Err(Reason::Cancel);
    }
    let path = cx.world.apply(MakeTempFile {
        caller: cx.caller.clone(),
        ending: "png".to_owned(),
        content: PICTURE.to_vec(),
    });
    Ok(vec![("avatarUrl".to_owned(), path.into())])
}

/// The smallest PNG: one grey pixel.
const PICTURE: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

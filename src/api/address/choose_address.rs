//! `wx.chooseAddress`: the user chooses one of the addresses kept in WeChat.
//!
//! Official page: `api/open-api/address/wx.chooseAddress`. Guarded by `scope.address` until November 2020
//! (typings 3.2.0). Versions published after 2022-07-14 must list it in `requiredPrivateInfos`, and the
//! console must have opened it. `detailInfo` begins with the street, which base library 2.19.1 tells
//! apart as `streetName`.
//!
//! Differs from the client: the page with the list is a question, on which addresses are not edited.
//! Unverified: `detailInfoNew`, which is the detail without the street, came with `streetName`.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, choice};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Example, Group, Guard};
use crate::value::Value;
use crate::version::Version;
use crate::world::address::Address;
use crate::world::privacy::PrivacyItem;

/// Base library since which the street is told apart.
const STREET_SINCE: Version = Version(2, 19, 1);

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "chooseAddress",
    group: Group::Address,
    summary: "Lets the user choose a postal address.",
    since: Version(1, 1, 0),
    guard: Guard::Scope("scope.address"),
    private_info: true,
    privacy: Some(PrivacyItem::Address),
    fails: &[Reason::AuthDeny, Reason::AuthCanceled, Reason::Cancel],
    examples: &[Example {
        title: "Where to send it",
        js: "wx.chooseAddress({ success: ({ cityName }) => console.log(cityName) })",
        replies: "chooseAddress:ok",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of APIs that ask")]
fn ask(cx: &mut Cx<'_>, _: &Value) -> Result<Question, Reason> {
    let entries: Vec<String> = cx.world.addresses().iter().map(Address::line).collect();
    Ok(Question {
        text: choice::shown(&entries, "no address yet"),
        entries,
        ..Question::new("address", "")
    })
}

fn answered(cx: &mut Cx<'_>, _: &Value, answer: &Json) -> Reply {
    let has_street = cx.world.profile().sdk >= STREET_SINCE;
    let place = match answer.as_str() {
        Some("choose") => Some(0),
        Some(_) => return Err(Reason::Cancel),
        None => choice::places(answer).and_then(|places| places.first().copied()),
    };
    let Some(place) = place else {
        return Ok(written(answer, has_street));
    };
    let address = cx.world.addresses().get(place).ok_or(Reason::Cancel)?;
    Ok(choice::members(address.members(has_street)))
}

/// The members of an address that the user wrote just now; those left out are empty texts.
fn written(answer: &Json, has_street: bool) -> Vec<(String, Value)> {
    let names = Address::empty().members(has_street).into_iter();
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    choice::members(names.map(|(name, _)| (name, text(name))).collect())
}

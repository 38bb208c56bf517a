//! `wx.openCard`: shows cards that the user holds.
//!
//! Official page: `api/open-api/card/wx.openCard`. `code` is the one that the merchant's server decrypted,
//! not the one that `wx.addCard` gave.
//!
//! Unverified: the words of failures; closing the page is no failure, so that the call succeeds when the
//! user goes back.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, card_list};
use crate::errmsg::{CardProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::card::code::ViewCard;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "openCard",
    group: Group::Card,
    summary: "Shows cards that the user holds.",
    since: Version(1, 1, 0),
    params: &[Param::required("cardList", Class::Array)],
    asks_wechat: true,
    fails: &[
        Reason::NoPermission,
        Reason::Card(CardProblem::NotHeld),
        Reason::Card(CardProblem::NotUsable),
    ],
    examples: &[Example {
        title: "A card that the user does not hold",
        js: "wx.openCard({ cardList: [{ cardId: 'pTea', code: '110201201245' }], fail() {} })",
        replies: "openCard:fail invalid serial code",
    }],
    ..ApiSpec::ASYNC
};

/// The member of `wx`.
pub const API: Api = Api {
    spec: &SPEC,
    behaviour: Behaviour::Ask { ask, answered },
};

fn ask(cx: &mut Cx<'_>, options: &Value) -> Result<Question, Reason> {
    let mut entries = Vec::new();
    for (card_id, code) in card_list::read(cx.world, options, "code")? {
        let held = cx.world.usable_card(&cx.caller, &card_id, &code);
        held.map_err(Reason::Card)?;
        let title = card_list::title(cx.world, &card_id);
        entries.push(format!("{title} {code}"));
    }
    Ok(Question {
        text: format!("look at {}", entries.join(", ")),
        cancellable: false,
        ..Question::new("card", "")
    })
}

fn answered(cx: &mut Cx<'_>, options: &Value, _: &Json) -> Reply {
    for (card_id, code) in card_list::read(cx.world, options, "code")? {
        let caller = cx.caller.clone();
        let viewed = cx.world.apply(ViewCard {
            caller,
            card_id,
            code,
        });
        viewed.map_err(Reason::Card)?;
    }
    Ok(Vec::new())
}

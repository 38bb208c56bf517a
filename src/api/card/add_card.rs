//! `wx.addCard`: the user takes cards of a merchant.
//!
//! Official page: `api/open-api/card/wx.addCard`. `cardExt` is a JSON text that the merchant's server
//! signed. Each card of the result tells whether it was taken, and its code encrypted, which the server
//! decrypts (`card/code/decrypt`).
//!
//! Unverified: a `cardExt` that is wrong fails the call before the page opens, and so do the words (the
//! page names "detail message" of the back end); what is sold out is seen on the page, and the call fails
//! when none of its cards is taken.

use serde_json::Value as Json;

use crate::api::question::Question;
use crate::api::{Api, Behaviour, Cx, Reply, card_list, choice};
use crate::errmsg::{CardProblem, Reason};
use crate::spec::{ApiSpec, Class, Example, Group, Param};
use crate::value::Value;
use crate::version::Version;
use crate::world::card::ext::CardExt;
use crate::world::card::take::TakeCard;

/// The row.
pub const SPEC: ApiSpec = ApiSpec {
    name: "addCard",
    group: Group::Card,
    summary: "Lets the user take cards of a merchant.",
    since: Version(1, 1, 0),
    params: &[Param::required("cardList", Class::Array)],
    asks_wechat: true,
    fails: &[
        Reason::NoPermission,
        Reason::Card(CardProblem::NoSuchCard),
        Reason::Card(CardProblem::NotAuthorized),
        Reason::Card(CardProblem::Ext),
        Reason::Card(CardProblem::Timestamp),
        Reason::Card(CardProblem::Code),
        Reason::Card(CardProblem::OpenId),
        Reason::Card(CardProblem::Signature),
        Reason::Card(CardProblem::TicketExpired),
        Reason::Card(CardProblem::NonceUsed),
        Reason::Card(CardProblem::CodeUsed),
        Reason::Card(CardProblem::SoldOut),
        Reason::Card(CardProblem::Limit),
        Reason::Card(CardProblem::Over),
        Reason::Cancel,
    ],
    examples: &[Example {
        title: "A card that no merchant hands out",
        js: "wx.addCard({ cardList: [{ cardId: 'pTea', cardExt: '{\"timestamp\":1}' }], fail() {} })",
        replies: "addCard:fail invalid card id",
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
    for (card_id, text) in card_list::read(cx.world, options, "cardExt")? {
        let ext = CardExt::read(&text).map_err(Reason::Card)?;
        let checked = cx.world.check_card(&cx.caller, &card_id, &ext);
        checked.map_err(Reason::Card)?;
        let left = cx.world.card(&card_id);
        let left = left.map_or(Ok(()), |card| cx.world.check_left(&cx.caller, card));
        let title = card_list::title(cx.world, &card_id);
        entries.push(match left {
            Ok(()) => title,
            Err(problem) => format!("{title} ({})", problem.text()),
        });
    }
    Ok(Question {
        text: format!("take {}", entries.join(", ")),
        entries,
        ..Question::new("card", "")
    })
}

fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    let cards = card_list::read(cx.world, options, "cardExt")?;
    let chosen = match answer.as_str() {
        Some("ok") => (0..cards.len()).collect(),
        Some(_) => return Err(Reason::Cancel),
        None => choice::places(answer).unwrap_or_default(),
    };
    let mut results = Vec::new();
    let (mut taken, mut problem) = (0, None);
    for (at, (card_id, text)) in cards.into_iter().enumerate() {
        let code = if chosen.contains(&at) {
            let (caller, card_id) = (cx.caller.clone(), card_id.clone());
            let take = CardExt::read(&text).and_then(|ext| {
                cx.world.apply(TakeCard {
                    caller,
                    card_id,
                    ext,
                })
            });
            take.map_err(|it| problem = problem.or(Some(it))).ok()
        } else {
            None
        };
        taken += usize::from(code.is_some());
        results.push(Value::object([
            ("isSuccess", code.is_some().into()),
            ("code", code.unwrap_or_default().into()),
            ("cardId", card_id.into()),
            ("cardExt", text.into()),
        ]));
    }
    match problem {
        Some(problem) if taken == 0 => Err(Reason::Card(problem)),
        _ => Ok(vec![("cardList".to_owned(), Value::Array(results))]),
    }
}

//! What asking for subscribe messages of all kinds has in common: the templates, the question, the words for
//! each template.
//!
//! Official pages: `wx.requestSubscribeMessage`, `wx.requestSubscribeDeviceMessage`.
//!
//! Unverified: one unknown id fails the whole call; of several templates with one title the first is asked
//! for; an id that is named twice counts once; with nothing left to ask for there is no dialog.

use serde_json::Value as Json;

use super::question::Question;
use super::{Asked, Cx, Reply};
use crate::errmsg::{MessageProblem, Reason};
use crate::value::Value;
use crate::world::connection::Connection;
use crate::world::message::permission::{AnswerSubscription, Choice};
use crate::world::message::template::{Kind, Template};
use crate::world::registration::Capability;
use crate::world::subscription::Subscribed;

/// What asking for messages can fail with.
pub const FAILS: &[Reason] = &[
    Reason::Cancel,
    Reason::Message(MessageProblem::NoIds),
    Reason::Message(MessageProblem::ListUnreachable),
    Reason::Message(MessageProblem::AnswerUnsent),
    Reason::Message(MessageProblem::InvalidId),
    Reason::Message(MessageProblem::CannotShow),
    Reason::Message(MessageProblem::NoTemplate),
    Reason::Message(MessageProblem::TooMany),
    Reason::Message(MessageProblem::SwitchedOff),
    Reason::Message(MessageProblem::Banned),
];

/// Words for a template that the user accepted.
pub const ACCEPTED: [&str; 3] = ["accept", "acceptWithAudio", "acceptWithAlert"];
/// The word for one that the user refused.
pub const REJECTED: &str = "reject";
/// The key of an answer that says that it holds for later requests too.
pub const KEEP: &str = "always";

/// Whether a member of an answer is a decision on a template, or says that it holds for later.
pub fn is_word((id, word): (&String, &Json)) -> bool {
    match word.as_str() {
        Some(word) => id != KEEP && (ACCEPTED.contains(&word) || word == REJECTED),
        None => id == KEEP && word.is_boolean(),
    }
}

/// A template of a call.
struct Named {
    template: Template,
    /// What becomes of it without asking; `None` when the user is asked.
    known: Option<&'static str>,
}

fn failed<T>(problem: MessageProblem) -> Result<T, Reason> {
    Err(Reason::Message(problem))
}

fn is_offline(cx: &Cx<'_>) -> bool {
    cx.world.connection() == Connection::None
}

/// The ids of a call, each once.
fn ids(options: &Value) -> Result<Vec<String>, Reason> {
    let items = options.get("tmplIds").items();
    if items.is_empty() {
        return failed(MessageProblem::NoIds);
    }
    let mut ids: Vec<String> = Vec::new();
    for item in items {
        match item.as_str().filter(|id| !id.is_empty()) {
            None => return failed(MessageProblem::InvalidId),
            Some(id) if ids.iter().any(|known| known == id) => {}
            Some(id) => ids.push(id.to_owned()),
        }
    }
    Ok(ids)
}

/// The templates of a call, with what is known of each before the user is asked.
fn named(cx: &Cx<'_>, ids: &[String]) -> Result<Vec<Named>, Reason> {
    let kept = cx.world.subscriptions(&cx.caller).templates;
    let mut found: Vec<Named> = Vec::new();
    for id in ids {
        let Some(template) = cx.world.subscribed_template(id) else {
            return failed(MessageProblem::NoTemplate);
        };
        let mut before = found.iter().map(|it| &it.template.title);
        let is_second = !template.title.is_empty() && before.any(|title| *title == template.title);
        let known = match kept.get(id) {
            _ if is_second => Some("filter"),
            Some(Subscribed::Ban) => Some("ban"),
            Some(Subscribed::Accept) => Some(ACCEPTED[0]),
            Some(Subscribed::Reject) => Some(REJECTED),
            None => None,
        };
        found.push(Named { template, known });
    }
    Ok(found)
}

/// The question for the templates of a call, or the reply when nothing is left to ask.
///
/// # Errors
/// Why the user cannot be asked.
pub fn ask(
    cx: &mut Cx<'_>,
    options: &Value,
    max: usize,
    check: impl Fn(&[Kind]) -> Option<MessageProblem>,
) -> Result<Asked, Reason> {
    let ids = ids(options)?;
    if cx.world.is_in_background() {
        return failed(MessageProblem::CannotShow);
    }
    if is_offline(cx) {
        return failed(MessageProblem::ListUnreachable);
    }
    if cx.world.is_blocked(Capability::SubscribeMessage) {
        return failed(MessageProblem::Banned);
    }
    let named = named(cx, &ids)?;
    let kinds: Vec<Kind> = named.iter().map(|it| it.template.kind).collect();
    if let Some(problem) = check(&kinds) {
        return failed(problem);
    }
    if named.len() > max {
        return failed(MessageProblem::TooMany);
    }
    if !cx.world.subscriptions(&cx.caller).main_switch {
        return failed(MessageProblem::SwitchedOff);
    }
    let asked = named.iter().filter(|it| it.known.is_none());
    let asked: Vec<&Template> = asked.map(|it| &it.template).collect();
    if asked.is_empty() {
        return Ok(Asked::Answer(decided(cx, &named, &[], false)));
    }
    let shown: Vec<&str> = asked.iter().map(|it| it.shown()).collect();
    Ok(Asked::Question(Question {
        entries: asked.iter().map(|it| it.id.clone()).collect(),
        ..Question::new("subscribe", format!("messages: {}", shown.join(", ")))
    }))
}

/// What the user's answer leads to.
///
/// # Errors
/// Why it leads to nothing.
pub fn answered(cx: &mut Cx<'_>, options: &Value, answer: &Json) -> Reply {
    if answer.as_str() == Some("cancel") {
        return Err(Reason::Cancel);
    }
    if is_offline(cx) {
        return failed(MessageProblem::AnswerUnsent);
    }
    let named = named(cx, &ids(options)?)?;
    let word = |id: &str| match answer.as_str() {
        Some("reject" | "never") => REJECTED,
        Some(_) => ACCEPTED[0],
        None => {
            let word = answer.get(id).and_then(Json::as_str);
            let known = ACCEPTED.iter().find(|it| Some(**it) == word);
            match (known, word) {
                (Some(known), _) => known,
                // All boxes of the sheet are ticked at first.
                (None, None) => ACCEPTED[0],
                (None, Some(_)) => REJECTED,
            }
        }
    };
    let keep = matches!(answer.as_str(), Some("always" | "never"))
        || answer.get(KEEP).and_then(Json::as_bool) == Some(true);
    let open = named.iter().filter(|it| it.known.is_none());
    let words: Vec<(String, &'static str)> = open
        .map(|it| (it.template.id.clone(), word(&it.template.id)))
        .collect();
    Ok(decided(cx, &named, &words, keep))
}

/// The decisions go to the server; the members of the result.
fn decided(
    cx: &mut Cx<'_>,
    named: &[Named],
    words: &[(String, &'static str)],
    keep: bool,
) -> Vec<(String, Value)> {
    let word_of = |it: &Named| {
        let given = words.iter().find(|(id, _)| *id == it.template.id);
        it.known
            .or(given.map(|(_, word)| *word))
            .unwrap_or(REJECTED)
    };
    let all: Vec<(String, &'static str)> = named
        .iter()
        .map(|it| (it.template.id.clone(), word_of(it)))
        .collect();
    let caller = cx.caller.clone();
    let choices = choices(&all);
    cx.world.apply(AnswerSubscription {
        caller,
        choices,
        keep,
    });
    all.into_iter()
        .map(|(id, word)| (id, word.into()))
        .collect()
}

/// What the words mean for the server; nothing for templates that nobody decided on.
fn choices(words: &[(String, &'static str)]) -> Vec<(String, Choice)> {
    let mut choices = Vec::new();
    for (id, word) in words {
        if ACCEPTED.contains(word) {
            choices.push((id.clone(), Choice::Accept));
        } else if *word == REJECTED {
            choices.push((id.clone(), Choice::Reject));
        }
    }
    choices
}

//! `POST /wxa/msg_sec_check`: whether a text breaks rules.
//!
//! Official page: "Check a message or text" (`msgSecCheck`). Version 1 has a text of 500 KB and fails for a risky one.
//! Version 2 names the user and the scene, and succeeds for a risky one, too: what it found is in `result`. 4000
//! calls a minute, 2,000,000 a day.
//!
//! What is written with escapes (`\u4e2d`) is not recognised, so that a risky text passes: a known trap. Words of
//! ASCII alone are found either way.
//!
//! Unverified: a text that is too long gives 45002; the same code for a title, nickname or signature beyond
//! [`SHORT_CHARS_MAX`] characters; levels of words in version 2; `signature` is not looked at outside of scene 1.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::{check_user, is_v2, required, scene};
use crate::server::asked::Asked;
use crate::server::endpoint::{Answer, Endpoint, Verb};
use crate::server::errcode;
use crate::server::fault::Fault;
use crate::world::World;
use crate::world::open_api::content_check::{PROBABILITY, Suggest, Verdict};
use crate::world::open_api::request_log::NextRid;

pub(super) const ENDPOINT: Endpoint =
    Endpoint::new("msgSecCheck", Verb::Post, "/wxa/msg_sec_check", handle)
        .per_minute(4_000)
        .minute_code(errcode::MINUTE_LIMIT)
        .per_day(2_000_000);

/// Bytes of a text of version 1.
const BYTES_MAX: usize = 500 * 1_024;
/// Characters of a text of version 2.
const CHARS_MAX: usize = 2_500;
/// Characters of the other texts of version 2.
pub(super) const SHORT_CHARS_MAX: usize = 2_500;
/// Words that an answer tells.
const WORDS_TOLD_MAX: usize = 10;
/// The scene of a profile, which has a signature.
const PROFILE: i64 = 1;

fn handle(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    if is_v2(world, asked)? {
        return second(world, asked);
    }
    let content = required(asked, "content")?;
    if content.len() > BYTES_MAX {
        let why = format!("{} bytes; at most {BYTES_MAX}", content.len());
        return Err(errcode::CONTENT_TOO_LONG.because(why));
    }
    let raw = String::from_utf8_lossy(&asked.request.body);
    let found = found(world, &raw, &content);
    let mut risky = found.iter().filter(|it| it.1.suggest == Suggest::Risky);
    match risky.next() {
        Some((hit, _)) => Err(errcode::RISKY_CONTENT.because(format!("it has `{hit}`"))),
        None => Ok(Answer::ok()),
    }
}

fn second(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Fault> {
    let content = required(asked, "content")?;
    let open_id = required(asked, "openid")?;
    let scene = scene(asked)?;
    let mut texts = content;
    check_length("content", &texts, CHARS_MAX)?;
    for name in ["title", "nickname", "signature"] {
        let text = asked.text(name)?;
        check_length(name, &text, SHORT_CHARS_MAX)?;
        if name != "signature" || scene == PROFILE {
            texts.push('\n');
            texts.push_str(&text);
        }
    }
    check_user(world, &asked.app_id, &open_id)?;
    let raw = String::from_utf8_lossy(&asked.request.body);
    let found = found(world, &raw, &texts);
    // The first of the worst, as the rules are ordered.
    let worst = found.iter().map(|it| it.1).rev();
    let worst = worst.max_by_key(|verdict| verdict.suggest);
    let result = worst.filter(|verdict| verdict.suggest != Suggest::Pass);
    let result = result.unwrap_or(Verdict::PASS);
    let mut detail = vec![json!({
        "strategy": "content_model",
        "errcode": 0,
        "suggest": result.suggest.name(),
        "label": result.label,
        "prob": PROBABILITY,
    })];
    detail.extend(found.iter().take(WORDS_TOLD_MAX).map(row));
    let trace_id = world.apply(NextRid);
    Ok(Answer::with(json!({
        "result": result.json(),
        "detail": detail,
        "trace_id": trace_id,
    })))
}

fn check_length(name: &str, text: &str, limit: usize) -> Result<(), Fault> {
    let chars = text.chars().count();
    if chars > limit {
        let why = format!("`{name}` has {chars} characters; at most {limit}");
        return Err(errcode::CONTENT_TOO_LONG.because(why));
    }
    Ok(())
}

/// What is told of a word.
fn row((word, verdict): &(String, Verdict)) -> Json {
    let level = match verdict.suggest {
        Suggest::Pass => 20,
        Suggest::Review => 60,
        Suggest::Risky => 90,
    };
    json!({
        "strategy": "keyword",
        "errcode": 0,
        "suggest": verdict.suggest.name(),
        "label": verdict.label,
        "level": level,
        "keyword": word,
    })
}

/// The words of the rules in a text that stand in the body as they are.
fn found(world: &World, raw: &str, text: &str) -> Vec<(String, Verdict)> {
    let is_raw = |word: &str| word.is_ascii() || raw.contains(&*in_json(word));
    let found = world.words_found(text).filter(|(word, _)| is_raw(word));
    found
        .map(|(word, verdict)| (word.to_owned(), verdict))
        .collect()
}

/// A text as it stands in JSON, without quotes.
fn in_json(text: &str) -> Cow<'_, str> {
    if text.contains(['"', '\\']) || text.contains(char::is_control) {
        let quoted = Json::from(text).to_string();
        return quoted.trim_matches('"').to_owned().into();
    }
    text.into()
}

#[cfg(test)]
#[path = "msg_sec_check_tests.rs"]
mod tests;

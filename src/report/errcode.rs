//! What a number of WeChat's servers means: the part of `wxsim explain` for what a program's own server
//! meets.

use serde_json::Value as Json;

use super::explain::Explanation;
use crate::errmsg::{ERRCODES, Errcode};

/// What the number of an answer means; empty when unknown.
pub(super) fn of_code(code: i32) -> Vec<Explanation> {
    of(|it| it.code == code)
}

/// What an answer of a server, its `errmsg` or the beginning of that means; empty when unknown.
pub(super) fn of_answer(text: &str) -> Vec<Explanation> {
    if let Ok(answer) = serde_json::from_str::<Json>(text)
        && let Some(code) = answer["errcode"].as_i64()
    {
        return i32::try_from(code).map(of_code).unwrap_or_default();
    }
    let text = without_trace(text);
    of(|it| it.text.eq_ignore_ascii_case(text))
}

/// The text without what servers append: `invalid code, rid: …`, `…, hints: […]`.
fn without_trace(text: &str) -> &str {
    let end = ["rid:", "hint:", "hints:"]
        .into_iter()
        .filter_map(|mark| text.find(mark))
        .min();
    text[..end.unwrap_or(text.len())].trim_end_matches([' ', ','])
}

/// Texts and numbers, to be looked through for near ones.
pub(super) fn known() -> impl Iterator<Item = String> {
    ERRCODES
        .iter()
        .flat_map(|it| [it.code.to_string(), it.text.to_owned()])
}

fn of(wanted: impl Fn(&Errcode) -> bool) -> Vec<Explanation> {
    let found = ERRCODES.iter().filter(|it| wanted(it));
    found.map(Explanation::of_errcode).collect()
}

#[cfg(test)]
mod tests {
    use super::{of_answer, of_code, without_trace};
    use crate::errmsg::ERRCODES;

    #[test]
    fn each_number_and_each_text_is_known() {
        for it in ERRCODES {
            let first = |found: Vec<super::Explanation>| found.first().map(|it| it.text.clone());
            assert_eq!(first(of_code(it.code)).as_deref(), Some(it.text));
            assert_eq!(first(of_answer(it.text)).as_deref(), Some(it.text));
        }
        assert!(of_code(2).is_empty());
    }

    #[test]
    fn an_answer_is_taken_as_it_stands_in_a_log() {
        for text in [
            r#"{"errcode":40029,"errmsg":"invalid code, rid: 619c7771-0a02d499-79942718"}"#,
            "invalid code, rid: 619c7771-0a02d499-79942718",
            "Invalid code, hints: [ req_id: abc ]",
        ] {
            let found = of_answer(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].text, "invalid code");
        }
        assert_eq!(without_trace("risky content hint: [a]"), "risky content");
        assert!(of_answer(r#"{"errcode":0}"#).is_empty() && of_answer("").is_empty());
    }
}

//! What the user chooses out of a list that WeChat keeps: addresses, invoice titles, invoices, licence plates, cards.
//!
//! An answer is `choose`, which is the first; `{"index": 1}`; for lists of which one may choose several
//! `{"index": [0, 2]}`; or something that is not in the list yet, written in full with the members of
//! the result: `{"userName": "…", "detailInfo": "…"}`.

use serde_json::{Map, Value as Json};

use crate::value::Value;

/// Members of an address in an answer.
const ADDRESS: [&str; 10] = [
    "userName",
    "postalCode",
    "provinceName",
    "cityName",
    "countyName",
    "streetName",
    "detailInfo",
    "detailInfoNew",
    "nationalCode",
    "telNumber",
];

/// Members of an invoice title in an answer.
const TITLE: [&str; 7] = [
    "type",
    "title",
    "taxNumber",
    "companyAddress",
    "telephone",
    "bankName",
    "bankAccount",
];

/// Members of an invoice in an answer.
const INVOICE: [&str; 3] = ["card_id", "encrypt_code", "app_id"];

/// Questions with a list, what may be written in full, whether several may be chosen.
const LISTS: [(&str, &[&str], bool); 5] = [
    ("address", &ADDRESS, false),
    ("invoiceTitle", &TITLE, false),
    ("invoice", &INVOICE, true),
    ("licensePlate", &["plateNumber"], false),
    ("card", &[], true),
];

fn list_of(key: &str) -> Option<(&'static [&'static str], bool)> {
    let found = LISTS.iter().find(|(known, ..)| *known == key);
    found.map(|(_, members, several)| (*members, *several))
}

/// The places that an answer names; `None` for one that names none.
pub(super) fn places(answer: &Json) -> Option<Vec<usize>> {
    let place = |value: &Json| value.as_u64().and_then(|at| usize::try_from(at).ok());
    match answer.get("index")? {
        Json::Array(all) => all.iter().map(place).collect(),
        one => place(one).map(|at| vec![at]),
    }
}

/// Whether an object answers the question, whatever is in its list.
pub(super) fn is_choice(key: &str, answer: &Map<String, Json>) -> bool {
    let Some((known, several)) = list_of(key) else {
        return false;
    };
    if let Some(index) = answer.get("index") {
        let places = places(&Json::Object(answer.clone()));
        let fits = places.is_some_and(|places| !places.is_empty());
        return answer.len() == 1 && fits && (several || !index.is_array());
    }
    let fits = |(key, value): (&String, &Json)| known.contains(&key.as_str()) && value.is_string();
    !answer.is_empty() && answer.iter().all(fits)
}

/// Whether the entries of a list have what the answer chooses.
///
/// # Errors
/// What is not there.
pub(super) fn is_there(entries: usize, answer: &Json) -> Result<(), String> {
    if answer.as_str() == Some("choose") && entries == 0 {
        return Err("there is nothing to choose; answer with an object".to_owned());
    }
    let places = places(answer).unwrap_or_default();
    for (at, place) in places.iter().enumerate() {
        if *place >= entries {
            return Err(format!("entry {place} of a list with {entries}"));
        }
        if places[..at].contains(place) {
            return Err(format!("entry {place} twice"));
        }
    }
    Ok(())
}

/// Whether a question has such a list, of which the first is chosen by the word.
pub(super) fn is_list(key: &str) -> bool {
    list_of(key).is_some_and(|(known, _)| !known.is_empty())
}

/// What the page with a list shows, in one line.
pub(super) fn shown(entries: &[String], nothing: &str) -> String {
    if entries.is_empty() {
        nothing.to_owned()
    } else {
        entries.join(" / ")
    }
}

/// Members of a result that are texts.
pub(super) fn members(texts: Vec<(&'static str, String)>) -> Vec<(String, Value)> {
    let texts = texts.into_iter();
    texts
        .map(|(name, text)| (name.to_owned(), text.into()))
        .collect()
}

/// What more an answer may be, for a person.
pub(super) fn advice(key: &str) -> &'static str {
    match key {
        "address" => {
            " or {\"index\":1} or an address such as {\"userName\":\"…\",\"detailInfo\":\"…\"}"
        }
        "invoiceTitle" => {
            " or {\"index\":1} or a title such as {\"title\":\"…\",\"taxNumber\":\"…\"}"
        }
        "licensePlate" => " or {\"index\":1} or {\"plateNumber\":\"粤B12345\"}",
        "invoice" => " or {\"index\":[0,1]}",
        "card" => " or {\"index\":[0]} for some of several cards",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{is_choice, is_there, places};

    fn fits(key: &str, answer: &serde_json::Value) -> bool {
        is_choice(key, answer.as_object().expect("an object"))
    }

    #[test]
    fn an_answer_names_places_or_is_written_in_full() {
        assert!(fits("address", &json!({"index": 1})));
        assert!(fits("address", &json!({"userName": "A", "streetName": ""})));
        assert!(fits("invoice", &json!({"index": [0, 2]})));
        assert!(fits("licensePlate", &json!({"plateNumber": "粤B12345"})));
        assert!(fits("invoiceTitle", &json!({"type": "1", "title": "A"})));
        for (key, wrong) in [
            ("licensePlate", json!({"index": [0]})),
            ("licensePlate", json!({"plate": "粤B12345"})),
            ("address", json!({})),
            ("address", json!({"index": [0]})),
            ("address", json!({"index": -1})),
            ("address", json!({"index": 0, "userName": "A"})),
            ("address", json!({"name": "A"})),
            ("address", json!({"userName": 5})),
            ("card", json!({"index": []})),
            ("card", json!({"cardId": "p1"})),
            ("modal", json!({"index": 0})),
        ] {
            assert!(!fits(key, &wrong), "{key}: {wrong}");
        }
        assert_eq!(places(&json!({"index": [0, 2]})), Some(vec![0, 2]));
        assert_eq!(places(&json!({"index": 1})), Some(vec![1]));
        assert_eq!(places(&json!({"userName": "A"})), None);
    }

    #[test]
    fn what_is_chosen_must_be_there() {
        assert!(is_there(1, &json!("choose")).is_ok());
        assert!(is_there(0, &json!("cancel")).is_ok());
        assert!(is_there(2, &json!({"index": [1, 0]})).is_ok());
        assert!(is_there(0, &json!({"userName": "A"})).is_ok());
        assert!(is_there(0, &json!("choose")).is_err());
        assert!(is_there(1, &json!({"index": 1})).is_err());
        assert!(is_there(2, &json!({"index": [1, 1]})).is_err());
    }
}

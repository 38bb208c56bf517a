//! When two states are the same.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// Days before and after now within which a number is taken for a moment.
const DAYS: i64 = 800;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Shortest text that is taken for one that somebody drew at random.
const DRAWN_CHARS: usize = 12;

/// A number equal for equal states: moments count for nothing, and texts that were drawn at random (codes, tokens, ids,
/// paths of temporary files) by where they stand again, not by what they are.
pub fn fingerprint(state: &Json, now_ms: i64) -> u64 {
    let mut reader = Reader {
        hash: OFFSET,
        names: BTreeMap::new(),
        now_ms,
    };
    reader.value(state);
    reader.hash
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

struct Reader {
    hash: u64,
    /// Drawn texts, by the order in which they were met.
    names: BTreeMap<String, usize>,
    now_ms: i64,
}

impl Reader {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    fn value(&mut self, value: &Json) {
        match value {
            Json::Null => self.bytes(b"n"),
            Json::Bool(on) => self.bytes(if *on { b"t" } else { b"f" }),
            Json::Number(number) => match number.as_i64() {
                Some(number) if self.is_moment(number) => self.bytes(b"T"),
                _ => {
                    self.bytes(b"#");
                    self.bytes(number.to_string().as_bytes());
                }
            },
            Json::String(text) => self.text(text),
            Json::Array(items) => {
                self.bytes(b"[");
                for item in items {
                    self.value(item);
                }
                self.bytes(b"]");
            }
            Json::Object(members) => {
                self.bytes(b"{");
                for (key, value) in members {
                    self.text(key);
                    self.value(value);
                }
                self.bytes(b"}");
            }
        }
    }

    /// Whether a number is a moment near now, in milliseconds or seconds.
    fn is_moment(&self, number: i64) -> bool {
        let near = |ms: i64| (ms - self.now_ms).abs() < DAYS * DAY_MS;
        near(number) || number.checked_mul(1000).is_some_and(near)
    }

    fn text(&mut self, text: &str) {
        self.bytes(b"\"");
        let mut from = 0;
        for (start, end) in words(text) {
            let word = &text[start..end];
            if !self.is_drawn(word) {
                continue;
            }
            self.bytes(&text.as_bytes()[from..start]);
            let next = self.names.len();
            let number = *self.names.entry(word.to_owned()).or_insert(next);
            self.bytes(b"?");
            self.bytes(&number.to_le_bytes());
            from = end;
        }
        self.bytes(&text.as_bytes()[from..]);
        self.bytes(b"\"");
    }

    /// Whether a word looks drawn: long, with both digits and letters, or a moment in digits.
    fn is_drawn(&self, word: &str) -> bool {
        if let Ok(number) = word.parse() {
            return self.is_moment(number) || word.len() >= 2 * DRAWN_CHARS;
        }
        let has = |kind: fn(&u8) -> bool| word.bytes().any(|byte| kind(&byte));
        word.len() >= DRAWN_CHARS && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
    }
}

/// Runs of letters, digits and the signs of base64, by their places.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().enumerate() {
        let is_part = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'=' | b'_');
        match (is_part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found.extend(start.map(|from| (from, text.len())));
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::fingerprint;

    const NOW: i64 = 1_785_373_200_000;

    #[test]
    fn moments_and_drawn_texts_count_by_where_they_stand() {
        let print = |value| fingerprint(&value, NOW);
        for (one, other, is_same) in [
            (json!({ "a": NOW }), json!({ "a": NOW + 5000 }), true),
            (
                json!({ "a": NOW / 1000 }),
                json!({ "a": NOW / 1000 + 9 }),
                true,
            ),
            (json!({ "a": 5 }), json!({ "a": 6 }), false),
            (
                json!(["k3J9dkL20sLq", "k3J9dkL20sLq"]),
                json!(["Zp0aK1mN8cXz", "Zp0aK1mN8cXz"]),
                true,
            ),
            (
                json!(["k3J9dkL20sLq", "k3J9dkL20sLq"]),
                json!(["k3J9dkL20sLq", "Zp0aK1mN8cXz"]),
                false,
            ),
            (json!("t1"), json!("t2"), false),
            (json!("绑定手机号"), json!("登录失败"), false),
            (
                json!("wxfile://tmp_9a8b7c6d5e4f3a2b.jpg"),
                json!("wxfile://tmp_1a2b3c4d5e6f7a8b.jpg"),
                true,
            ),
            (
                json!("time 1785373200000"),
                json!("time 1785373209999"),
                true,
            ),
            (json!({ "a": 1, "b": null }), json!({ "a": 1 }), false),
            (json!(["ab", "c"]), json!(["a", "bc"]), false),
        ] {
            assert_eq!(
                print(one.clone()) == print(other.clone()),
                is_same,
                "{one} {other}"
            );
        }
    }
}

use serde_json::json;

use super::{Document, JSON_NESTING_MAX};
use crate::package::files::MemoryFiles;
use crate::package::findings::Findings;

/// The value and the messages of a text.
fn read(text: &[u8]) -> (Option<serde_json::Value>, Vec<String>) {
    let mut findings = Findings::default();
    let document = Document::parse("app.json", text.to_vec(), &mut findings);
    let messages = findings
        .into_vec()
        .iter()
        .map(ToString::to_string)
        .collect();
    (document.map(|document| document.root.to_value()), messages)
}

#[test]
fn plain_json_gives_its_value_and_no_message() {
    let (value, messages) =
        read("{\"a\":[1,-2.5e3,true,null,\"\\u4f60\\n\"],\r\n \"b\":{\"c\":\"好\"}}".as_bytes());
    assert_eq!(
        value,
        Some(json!({"a": [1, -2.5e3, true, null, "你\n"], "b": {"c": "好"}}))
    );
    assert_eq!(messages, Vec::<String>::new());
}

#[test]
fn of_equal_names_the_last_wins() {
    let mut findings = Findings::default();
    let document = Document::parse("a.json", br#"{"a":1,"a":"x"}"#.to_vec(), &mut findings);
    let document = document.expect("an object");
    assert_eq!(document.string("a", &mut findings).as_deref(), Some("x"));
    assert_eq!(document.root.to_value(), json!({"a": "x"}));
}

#[test]
fn comments_and_trailing_commas_are_warned_of_and_the_value_used() {
    let (value, messages) = read(b"{\n  // pages\n  \"a\": [1, 2,],\n  /* x */ \"b\": 2,\n}");
    assert_eq!(value, Some(json!({"a": [1, 2], "b": 2})));
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages[0].starts_with("app.json:2:3: warning: JSON has no comments"),
        "{messages:?}"
    );
    assert!(
        messages[1].starts_with("app.json:3:13: warning: JSON has no comma"),
        "{messages:?}"
    );
}

#[test]
fn a_byte_order_mark_is_warned_of() {
    let (value, messages) = read(b"\xef\xbb\xbf{}");
    assert_eq!(value, Some(json!({})));
    assert!(messages[0].contains("byte order mark"), "{messages:?}");
}

#[test]
fn what_is_not_json_is_an_error_at_its_first_position() {
    for (text, place) in [
        ("{\n \"a\" 1}", "app.json:2:6"),
        ("{\"a\":1,\n b:2}", "app.json:2:2"),
        ("{\"a\":1\n \"b\":2}", "app.json:1:7"),
        ("{'a':1}", "app.json:1:2"),
        ("{\"a\":0x10}", "app.json:1:6"),
        ("{\"a\":NaN}", "app.json:1:6"),
        ("{} {}", "app.json:1:4"),
        ("{", "app.json:1:1"),
        ("", "app.json:1:1"),
        ("  \n ", "app.json:1:1"),
        ("{\"a\":1e999999}", "app.json:1:6"),
    ] {
        let (value, messages) = read(text.as_bytes());
        assert_eq!(value, None, "{text}");
        assert_eq!(messages.len(), 1, "{text}: {messages:?}");
        assert!(
            messages[0].starts_with(&format!("{place}: error")),
            "{text}: {messages:?}"
        );
    }
}

#[test]
fn the_top_level_must_be_an_object() {
    for text in ["[]", "\"a\"", "1", "null", "true"] {
        let (value, messages) = read(text.as_bytes());
        assert_eq!(value, None, "{text}");
        assert!(messages[0].contains("must be an object"), "{messages:?}");
    }
}

#[test]
fn deep_nesting_is_refused_and_brackets_in_strings_do_not_count() {
    let nested = |levels: usize| {
        format!(
            "{{\"a\":{}{}}}",
            "[".repeat(levels - 1),
            "]".repeat(levels - 1)
        )
    };
    assert!(read(nested(JSON_NESTING_MAX).as_bytes()).0.is_some());
    for levels in [JSON_NESTING_MAX + 1, 200_000] {
        let (value, messages) = read(nested(levels).as_bytes());
        assert_eq!(value, None);
        assert!(messages[0].contains("JSON_NESTING_MAX"), "{messages:?}");
    }
    let (_, messages) = read("[".repeat(100_000).as_bytes());
    assert!(messages[0].contains("JSON_NESTING_MAX"), "{messages:?}");
    let string = format!("{{\"a\":\"\\\"{}\"}}", "[{".repeat(500));
    assert!(read(string.as_bytes()).0.is_some());
}

#[test]
fn a_wrong_type_is_reported_with_its_key_and_place() {
    let mut findings = Findings::default();
    let text = br#"{"a":1,"b":"x","c":[1,"y"],"d":[],"e":{}}"#.to_vec();
    let document = Document::parse("app.json", text, &mut findings).expect("an object");
    assert_eq!(document.string("a", &mut findings), None);
    assert!(!document.flag("b", &mut findings));
    assert_eq!(
        document.strings("c", &mut findings),
        Some(vec!["y".to_owned()])
    );
    assert!(document.object("d", &mut findings).is_none());
    assert_eq!(document.strings("e", &mut findings), None);
    assert_eq!(document.strings("absent", &mut findings), None);
    let messages: Vec<String> = findings
        .into_vec()
        .iter()
        .map(|d| d.message.clone())
        .collect();
    assert_eq!(
        messages,
        [
            "`a` must be a string, not a number",
            "`b` must be true or false, not a string",
            "`c[0]` must be a string, not a number",
            "`d` must be an object, not a list",
            "`e` must be a list, not an object",
        ]
    );
}

#[test]
fn a_missing_file_is_no_message_and_an_unreadable_one_is() {
    let files = MemoryFiles::new([("dir/a.json", "{}")]);
    let mut findings = Findings::default();
    assert!(Document::read(&files, "b.json", &mut findings).is_none());
    assert!(Document::read(&files, "dir", &mut findings).is_none());
    let list = findings.into_vec();
    assert_eq!(list.len(), 1);
    assert!(
        list[0].message.contains("not a regular file"),
        "{}",
        list[0]
    );
}

#[test]
fn damaged_json_never_panics() {
    let sound = "{\"a\":[1,2.5e-3,\"你\\u00e9\\\\\"],/*é*/\"b\":{\"c\":null,},}".as_bytes();
    for length in 0..sound.len() {
        read(&sound[..length]);
    }
    let mut seed = 12345_u32;
    let mut random = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize
    };
    let alphabet = b"{}[]\",:\\/*.-+eEnulltrue0159\xe4\xbd\xa0\n\r\t \0'xI";
    for _ in 0..3000 {
        let mut text = sound.to_vec();
        for _ in 0..=random() % 4 {
            let at = random() % text.len();
            text[at] = alphabet[random() % alphabet.len()];
        }
        read(&text);
        let noise: Vec<u8> = (0..random() % 30)
            .map(|_| alphabet[random() % alphabet.len()])
            .collect();
        read(&noise);
    }
}

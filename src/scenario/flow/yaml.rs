//! A flow as YAML.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::{Flow, Step};

/// The text of a flow, which reads as the same flow. An include stays one line.
pub fn to_yaml(flow: &Flow) -> String {
    let mut text = format!("name: {}\n", scalar(&flow.name));
    let mut line = |key: &str, value: &Json| {
        let _ = writeln!(text, "{key}: {}", inline(value));
    };
    match &flow.tags[..] {
        [] => {}
        [tag] => line("tags", &json!(tag)),
        tags => line("tags", &json!(tags)),
    }
    if !flow.options.is_empty() {
        line("use", &flow.options.clone().into());
    }
    if !flow.personas.is_empty() {
        line("personas", &json!(flow.personas));
    }
    let paths: Vec<&Json> = flow.includes.iter().map(|step| &step.value).collect();
    match &paths[..] {
        [] => {}
        [path] => line("include", path),
        paths => line("include", &json!(paths)),
    }
    for (key, value) in &flow.opening {
        line(key, value);
    }
    matrix(&mut text, flow);
    if !flow.answers.is_empty() {
        text.push_str("answers:\n");
        members(&mut text, &flow.answers, 2);
    }
    if !flow.routes.is_empty() {
        text.push_str("server:\n  routes:\n");
        for route in &flow.routes {
            let _ = writeln!(text, "    - {}", inline(route));
        }
    }
    if !flow.steps.is_empty() {
        text.push_str("steps:\n");
        for step in &flow.steps {
            text.push_str(&written(step));
        }
    }
    text
}

fn matrix(text: &mut String, flow: &Flow) {
    let matrix = &flow.matrix;
    if matrix.axes.is_empty() && !matrix.is_pairwise {
        return;
    }
    text.push_str("matrix:\n");
    if matrix.is_pairwise {
        text.push_str("  mode: pairwise\n");
    }
    if matrix.axes.is_empty() {
        text.push_str("  axes: {}\n");
        return;
    }
    text.push_str("  axes:\n");
    for (name, values) in &matrix.axes {
        let _ = writeln!(text, "    {}: {}", scalar(name), inline(&json!(values)));
    }
}

fn members(text: &mut String, members: &Map<String, Json>, indent: usize) {
    for (key, value) in members {
        let blanks = " ".repeat(indent);
        let _ = writeln!(text, "{blanks}{}: {}", scalar(key), inline(value));
    }
}

/// A step as an item of the list.
fn written(step: &Step) -> String {
    match &step.value {
        Json::Null => format!("  - {}\n", step.verb),
        Json::Object(value)
            if value.len() > 1 && matches!(step.verb, "expect" | "call" | "capture") =>
        {
            let mut text = format!("  - {}:\n", step.verb);
            members(&mut text, value, 6);
            text
        }
        value => format!("  - {}: {}\n", step.verb, inline(value)),
    }
}

/// A value in one line.
fn inline(value: &Json) -> String {
    match value {
        Json::String(text) => scalar(text),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) if members.is_empty() => "{}".to_owned(),
        Json::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("{}: {}", scalar(key), inline(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text, without quotes where nobody could take it for something else.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    // The quotes and escapes of JSON are those of YAML, which prints fewer characters.
    let mut quoted = String::new();
    for letter in json!(text).to_string().chars() {
        let is_hidden = matches!(
            letter,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        );
        if is_hidden {
            let _ = write!(quoted, "\\u{:04x}", u32::from(letter));
        } else {
            quoted.push(letter);
        }
    }
    quoted
}

/// Whether a text is itself without quotes, in a line and between brackets.
fn is_plain(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphabetic() || letter == '_';
    let is_inner = |letter: char| {
        letter.is_alphanumeric()
            || matches!(
                letter,
                '_' | '-' | '.' | '/' | '?' | '=' | '&' | ' ' | '(' | ')' | '+'
            )
    };
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text));
    // A duration or a day begins with a digit and is no number.
    let is_digits = text.starts_with(|first: char| first.is_ascii_digit())
        && text.ends_with(['s', 'm', 'h', 'd'])
        && text.chars().all(|letter| letter.is_ascii_alphanumeric());
    let is_begun = text.starts_with(is_letter) || is_digits || text.starts_with("pages/");
    is_begun && !is_word && !text.ends_with(' ') && text.chars().all(is_inner)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::node::Source;
    use super::inline;

    const TEXTS: &[&str] = &[
        "",
        " ",
        "a",
        "a b ",
        "a: b",
        "a #b",
        "#b",
        "- a",
        "a,b",
        "[a",
        "{a",
        "'",
        "\"",
        "\\",
        "\n",
        "\t",
        "true",
        "Yes",
        "no",
        "null",
        "~",
        "1",
        "01",
        "1.5",
        "1e3",
        "0x1",
        "1_000",
        "3d",
        "0d",
        "2018-06-04",
        ".inf",
        "<<",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "?",
        ":",
        "a:",
        "拒绝 定位",
        "é",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "\u{1f600}",
        "pages/a/a?id=1&b=2",
        "${a}",
        "getApp().globalData.n + 1",
        "e1",
        "0b1",
        "0o7",
        "12h",
        "1d 2",
        "NaN",
        "inf",
        "n",
        "Y",
    ];

    #[test]
    fn every_text_reads_as_itself() {
        for &text in TEXTS {
            let value = json!({ "k": [text, { text: text }] });
            let yaml = inline(&value);
            let node = Source {
                path: "f",
                text: &yaml,
            }
            .parse();
            assert_eq!(node.map(|node| node.json()), Ok(value), "{yaml}");
        }
    }
}

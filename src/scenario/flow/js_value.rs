//! Values as JavaScript, in the style of a person.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::template::{self, Part};

/// A value; texts have no variables.
pub(super) fn plain(json: &Json) -> String {
    written(json, &string)
}

/// A value in whose texts `${name}` is a variable; a text that is one alone is its value.
pub(super) fn literal(json: &Json) -> String {
    written(json, &template)
}

fn written(json: &Json, text: &dyn Fn(&str) -> String) -> String {
    match json {
        Json::String(own) => text(own),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| written(item, text)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) if members.is_empty() => "{}".to_owned(),
        Json::Object(members) => {
            let members = members.iter();
            let members: Vec<String> = members
                .map(|(name, value)| format!("{}: {}", key(name), written(value, text)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => other.to_string(),
    }
}

/// A key of an object. `__proto__` in quotes would still be the prototype.
fn key(name: &str) -> String {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    let first = name.chars().next();
    if name == "__proto__" {
        "['__proto__']".to_owned()
    } else if first.is_some_and(|first| !first.is_ascii_digit()) && name.chars().all(is_word) {
        name.to_owned()
    } else {
        string(name)
    }
}

/// A text in single quotes, or in double ones when that spares escapes.
pub(super) fn string(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut code = String::from(quote);
    for letter in text.chars() {
        escape(&mut code, letter, quote);
    }
    code.push(quote);
    code
}

fn escape(code: &mut String, letter: char, quote: char) {
    match letter {
        '\\' => code.push_str("\\\\"),
        '\n' => code.push_str("\\n"),
        '\r' => code.push_str("\\r"),
        '\t' => code.push_str("\\t"),
        own if own == quote => {
            code.push('\\');
            code.push(own);
        }
        own if own.is_control() || matches!(own, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
            let _ = write!(code, "\\u{:04x}", u32::from(own));
        }
        own => code.push(own),
    }
}

/// A text with variables.
fn template(text: &str) -> String {
    let parts = template::parts(text);
    match &parts[..] {
        [] => "''".to_owned(),
        [Part::Variable(name)] => (*name).to_owned(),
        [Part::Text(own)] => string(own),
        parts => {
            let mut code = String::from('`');
            for part in parts {
                match part {
                    Part::Variable(name) => {
                        let _ = write!(code, "${{{name}}}");
                    }
                    Part::Text(own) => quasi(&mut code, own),
                }
            }
            code.push('`');
            code
        }
    }
}

/// Characters between the variables of a template.
fn quasi(code: &mut String, text: &str) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '$' if letters.peek().is_none_or(|next| *next == '{') => code.push_str("\\$"),
            own => escape(code, own, '`'),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{literal, plain};

    #[test]
    fn values_look_like_hand_written_ones() {
        for (json, code) in [
            (
                json!({"a": [1, "x"], "scope.camera": true, "": null}),
                "{ a: [1, 'x'], 'scope.camera': true, '': null }",
            ),
            (json!("it's"), "\"it's\""),
            (
                json!("it's \"so\"\n\u{2028}\\"),
                r#"'it\'s "so"\n\u2028\\'"#,
            ),
            (json!({}), "{}"),
            (json!([]), "[]"),
            (json!(-1.5), "-1.5"),
            (json!({"__proto__": 1}), "{ ['__proto__']: 1 }"),
            (json!("${a}"), "'${a}'"),
        ] {
            assert_eq!(plain(&json), code);
        }
    }

    #[test]
    fn variables_are_put_in() {
        for (text, code) in [
            ("${token}", "token"),
            ("a ${b.c} `d` $", r"`a ${b.c} \`d\` \$`"),
            ("$${a}", "'${a}'"),
            ("$${a}${b}", r"`\${a}${b}`"),
            ("", "''"),
            ("$", "'$'"),
        ] {
            assert_eq!(literal(&json!(text)), code);
        }
    }
}

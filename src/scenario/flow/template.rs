//! Variables in texts: `${name}`, `${name.member}`; `$${` is `${` itself.

use serde_json::{Map, Value as Json};

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Characters.
    Text(String),
    /// A variable, with the members that are read of it.
    Variable(&'t str),
}

/// Words that cannot be the name of a variable in the code of a test, besides what a test holds in
/// its hands.
const RESERVED: &[&str] = &[
    "arguments",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "test",
    "expect",
    "app",
    "user",
    "server",
    "clock",
    "wx",
    "world",
    "sim",
    "screen",
    "title",
    "use",
];

/// Whether a text is a name for a variable.
///
/// # Errors
/// Why it is none.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    if RESERVED.contains(&name) {
        return Err(format!(
            "`{name}` has a meaning in tests: take another name"
        ));
    }
    let mut letters = name.chars();
    let is_name = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_name {
        return Ok(());
    }
    Err(format!(
        "`{name}` is no name of a variable: use letters, digits and `_`"
    ))
}

/// The parts of a text. What is no variable stays a text.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        if let Some(before) = before.strip_suffix('$') {
            plain.push_str(before);
            plain.push_str("${");
            rest = &from[2..];
            continue;
        }
        plain.push_str(before);
        if let Some(name) = variable(&from[2..]) {
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Variable(name));
            rest = &from[2 + name.len() + 1..];
        } else {
            plain.push_str("${");
            rest = &from[2..];
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain));
    }
    parts
}

/// The variable that a text begins with, up to its brace.
fn variable(text: &str) -> Option<&str> {
    let (name, _) = text.split_once('}')?;
    let is_path = name.split('.').enumerate().all(|(at, part)| {
        let is_word = !part.is_empty()
            && part
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        is_word && (at > 0 || !part.starts_with(|first: char| first.is_ascii_digit()))
    });
    is_path.then_some(name)
}

/// Whether a text has variables.
pub(super) fn has_variables(text: &str) -> bool {
    text.contains("${") && variables(text).next().is_some()
}

/// Names of the variables in a text.
pub(super) fn variables(text: &str) -> impl Iterator<Item = &str> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Variable(path) => path.split('.').next(),
        Part::Text(_) => None,
    })
}

/// Whether a variable stands somewhere in a value, or what would be one without its `$`.
pub(super) fn is_in(json: &Json) -> bool {
    match json {
        Json::String(text) => has_variables(text) || text.contains("$${"),
        Json::Array(items) => items.iter().any(is_in),
        Json::Object(members) => members.values().any(is_in),
        _ => false,
    }
}

/// Puts the values of variables in.
pub(super) fn fill(json: &mut Json, variables: &Map<String, Json>) {
    match json {
        Json::String(text) => {
            let value = |path: &str| {
                let mut names = path.split('.');
                let first = names.next().and_then(|name| variables.get(name));
                names.try_fold(first?, |value, name| value.get(name))
            };
            let parts = parts(text);
            let filled = match &parts[..] {
                [Part::Variable(path)] => value(path).cloned().unwrap_or_default(),
                parts => {
                    let texts = parts.iter().map(|part| match part {
                        Part::Text(text) => text.clone(),
                        Part::Variable(path) => match value(path) {
                            Some(Json::String(text)) => text.clone(),
                            Some(other) => other.to_string(),
                            None => String::new(),
                        },
                    });
                    Json::String(texts.collect())
                }
            };
            *json = filled;
        }
        Json::Array(items) => items.iter_mut().for_each(|item| fill(item, variables)),
        Json::Object(members) => members
            .values_mut()
            .for_each(|value| fill(value, variables)),
        _ => {}
    }
}

/// A text in which nothing is a variable.
pub(super) fn escaped(text: &str) -> String {
    if has_variables(text) || text.contains("$${") {
        text.replace("${", "$${")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, check_name, escaped, has_variables, parts};

    #[test]
    fn a_text_falls_apart_at_its_variables() {
        let text = |text: &str| Part::Text(text.to_owned());
        assert_eq!(
            parts("a ${b} c${d.e1}"),
            [
                text("a "),
                Part::Variable("b"),
                text(" c"),
                Part::Variable("d.e1")
            ]
        );
        for plain in ["", "$", "${", "${}", "${1a}", "${a b}", "a$"] {
            assert!(!has_variables(plain), "{plain}");
            let whole: String = parts(plain)
                .iter()
                .map(|part| match part {
                    Part::Text(text) => text.as_str(),
                    Part::Variable(_) => "?",
                })
                .collect();
            assert_eq!(whole, plain);
        }
        assert_eq!(parts("$${a} ${"), [text("${a} ${")]);
    }

    #[test]
    fn an_escaped_text_is_itself() {
        for own in ["${a}", "$${a}", "$$${a}", "a", "${", "$${"] {
            assert_eq!(parts(&escaped(own)), [Part::Text(own.to_owned())], "{own}");
        }
    }

    #[test]
    fn a_name_is_a_word_that_code_can_have() {
        assert_eq!(check_name("token_2"), Ok(()));
        for name in ["", "2a", "a-b", "app", "class", "名字"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}

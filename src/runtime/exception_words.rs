//! The engine's errors in words that name what failed.
//!
//! The engine says "cannot convert 'null' or 'undefined' to object" and "not a callable function"; a
//! phone's engine says which member was read and what was called. The source line tells it. What a
//! script that catches the error reads in `message` stays the engine's.

use crate::value::Exception;

/// What the engine says when a member of nothing is read, set or called.
const OF_NOTHING: &str = "cannot convert 'null' or 'undefined' to object";
/// What it says when something else than a function is called.
const NO_FUNCTION: &str = "not a callable function";

/// Puts what failed into the message, where the line that it happened in shows it.
pub(super) fn name_what_failed(exception: &mut Exception, line: &str) {
    let Some(column) = exception.stack.first().map(|frame| frame.column) else {
        return;
    };
    let Some(at) = usize::try_from(column)
        .ok()
        .and_then(|at| at.checked_sub(1))
    else {
        return;
    };
    let line: Vec<char> = line.chars().collect();
    let words = match exception.message.as_str() {
        OF_NOTHING => member_of_nothing(&line, at),
        NO_FUNCTION => called(&line, at),
        _ => None,
    };
    if let Some(words) = words {
        exception.message = words;
    }
}

/// `at` is where the member's name begins.
fn member_of_nothing(line: &[char], at: usize) -> Option<String> {
    let name: String = line
        .get(at..)?
        .iter()
        .take_while(|it| is_name(**it))
        .collect();
    let dot = at.checked_sub(1)?;
    let is_member = line[dot] == '.' && !name.is_empty();
    is_member.then(|| format!("cannot read property '{name}' of null or undefined"))
}

/// `at` is the bracket of the call, or the last name before it.
fn called(line: &[char], at: usize) -> Option<String> {
    let end = at
        + line
            .get(at..)?
            .iter()
            .take_while(|it| is_name(**it))
            .count();
    if line.get(end) != Some(&'(') {
        return None;
    }
    let is_part = |it: &&char| is_name(**it) || **it == '.';
    let length = line[..end].iter().rev().take_while(is_part).count();
    let callee: String = line[end - length..end].iter().collect();
    let is_path = callee.starts_with(|it| is_name(it) && !it.is_ascii_digit());
    is_path.then(|| format!("{callee} is not a function"))
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::{NO_FUNCTION, OF_NOTHING, name_what_failed};
    use crate::value::{Exception, Frame};

    #[track_caller]
    fn says(message: &str, line: &str, mark: &str, expected: &str) {
        let column = mark.find('^').and_then(|at| u32::try_from(at + 1).ok());
        let frame = Frame {
            function: String::new(),
            file: "a.js".to_owned(),
            line: 1,
            column: column.unwrap_or_default(),
        };
        let mut exception = Exception {
            message: message.to_owned(),
            stack: vec![frame],
            ..Exception::default()
        };
        name_what_failed(&mut exception, line);
        assert_eq!(exception.message, expected, "{line}");
    }

    #[test]
    fn a_member_of_nothing_is_named() {
        let reads = "cannot read property 'b' of null or undefined";
        says(OF_NOTHING, "o.a.b;", "    ^", reads);
        says(OF_NOTHING, ".b", " ^", reads);
        says(OF_NOTHING, "茶.b", "  ^", reads);
        for (line, mark) in [
            ("o.a[k]", "    ^"),
            ("{ b }", "  ^"),
            ("b", "^"),
            ("", "      ^"),
            ("b", ""),
        ] {
            says(OF_NOTHING, line, mark, OF_NOTHING);
        }
    }

    #[test]
    fn what_is_called_is_named() {
        says(
            NO_FUNCTION,
            "x = o.f(1)",
            "       ^",
            "o.f is not a function",
        );
        says(
            NO_FUNCTION,
            "db.collection(1)",
            "   ^",
            "db.collection is not a function",
        );
        says(NO_FUNCTION, "g()", " ^", "g is not a function");
        for (line, mark) in [
            ("o['f']()", "      ^"),
            ("(1)(2)", "   ^"),
            ("f", "^"),
            ("7()", " ^"),
            ("", " ^"),
        ] {
            says(NO_FUNCTION, line, mark, NO_FUNCTION);
        }
    }

    #[test]
    fn other_errors_keep_their_words() {
        says("no a.b", "a.b()", "  ^", "no a.b");
    }
}

//! What somebody types: JavaScript, or a command with a dot before it.

use super::command::{self, Command};
use super::words::Words;
use crate::diagnostic::Diagnostic;
use crate::package::{TypedLine, typed_line};

/// A line, or several that belong together.
#[derive(Clone, Debug)]
pub enum Typed {
    /// Nothing, or a remark.
    Nothing,
    /// A command with what stands behind it.
    Command(&'static Command, String),
    /// JavaScript.
    Code(TypedLine),
    /// No command.
    Unknown(String),
}

/// Reads what was typed.
pub fn read(text: &str) -> Typed {
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') && !text.starts_with("#!") {
        return Typed::Nothing;
    }
    let Some(rest) = text.strip_prefix('.') else {
        return Typed::Code(typed_line(text));
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Typed::Code(typed_line(text));
    }
    let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    match command::find(name) {
        Some(command) => Typed::Command(command, rest.trim().to_owned()),
        None => Typed::Unknown(name.to_owned()),
    }
}

/// What is wrong with a command that does not exist.
pub fn unknown(name: &str, words: Words) -> Diagnostic {
    let near = command::nearest(name);
    let near: Vec<String> = near.iter().map(|own| format!(".{own}")).collect();
    Diagnostic::error(words.no_command(name)).help(words.did_you_mean(&near))
}

#[cfg(test)]
mod tests {
    use super::{Typed, read, unknown};
    use crate::package::TypedLine;
    use crate::repl::words::Words;

    #[test]
    fn a_dot_makes_a_command_and_the_rest_is_javascript() {
        assert!(matches!(read("  "), Typed::Nothing));
        assert!(matches!(read("# a remark"), Typed::Nothing));
        assert!(matches!(
            read(".5 + 1"),
            Typed::Code(TypedLine::Expression(_))
        ));
        let Typed::Command(command, rest) = read(" .tap  #buy ") else {
            panic!("a command");
        };
        assert_eq!((command.name, rest.as_str()), ("tap", "#buy"));
        assert!(matches!(read(".tapp 3"), Typed::Unknown(name) if name == "tapp"));
        let told = unknown("tapp", Words::English).render(false);
        assert!(told.contains(".tap"), "{told}");
    }
}

//! Cheap tests over source text that decide whether a real parser is needed.

/// Whether a word stands somewhere in a text as a whole, be it in a string or a comment.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    occurrences(text, word).next().is_some()
}

/// Whether `import` or `export` stands where a statement may begin, so that the text may be an ES
/// module. Never wrong about a module; a comment or a template may look like one.
pub(super) fn may_be_module(text: &str) -> bool {
    ["import", "export"].into_iter().any(|word| {
        occurrences(text, word).any(|at| {
            let after = text.as_bytes().get(at + word.len()).copied();
            let begins = match after {
                Some(b'(' | b'.' | b':' | b'=' | b',' | b';' | b')' | b']' | b'}' | b'-')
                | None => false,
                Some(_) => true,
            };
            begins && starts_statement(&text.as_bytes()[..at])
        })
    })
}

/// Whether a statement may begin after that text.
fn starts_statement(before: &[u8]) -> bool {
    let last = before
        .iter()
        .rev()
        .find(|byte| !matches!(byte, b' ' | b'\t' | 0x0b | 0x0c));
    match last {
        // The start of the text, a line end, a statement's or a comment's end, or a character
        // that may be one of the rarer line ends or spaces.
        None | Some(b'\n' | b'\r' | b';' | b'}' | b'/' | 0x80..) => true,
        Some(_) => false,
    }
}

/// Where a word stands as a whole (byte offsets).
fn occurrences<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_name = |byte: Option<&u8>| {
        byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$'))
    };
    let bytes = text.as_bytes();
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            !is_name(before) && before != Some(&b'.') && !is_name(bytes.get(at + word.len()))
        })
}

#[cfg(test)]
mod tests {
    use super::{has_word, may_be_module};

    #[test]
    fn a_word_is_found_as_a_whole() {
        assert!(has_word("a = using(b)", "using"));
        assert!(has_word("using", "using"));
        for text in [
            "focusing", "using_", "using1", "$using", "a.using", "Using", "usin",
        ] {
            assert!(!has_word(text, "using"), "{text}");
        }
    }

    #[test]
    fn a_module_is_always_suspected() {
        for text in [
            "import a from 'b'",
            "import'b'",
            "import{a}from'b'",
            "import*as a from'b'",
            "'use strict';export{a}",
            "function f(){}export default f",
            "/* x */ export const a = 1",
            "let a\n  export { a }",
            "\u{2028}export{a}",
            "let a\r\timport\n'b'",
            "import/**/'b'",
        ] {
            assert!(may_be_module(text), "{text:?}");
        }
    }

    #[test]
    fn most_scripts_are_not_suspected() {
        for text in [
            "exports.a = 1; module.exports = {}",
            "import('./a').then(f)",
            "x = { import: 1, export: 2 }",
            "// we export the function and import it",
            "a.import\n('b')",
            "const important = 1, exported = 2",
        ] {
            assert!(!may_be_module(text), "{text:?}");
        }
    }
}

//! Snapshots in the test code itself: the argument of `toMatchInlineSnapshot`.

use std::ops::Range;

use super::store::plain_lines;
use crate::package::{TextCall, text_calls};

/// The matcher.
const METHOD: &str = "toMatchInlineSnapshot";

/// A text to be written into a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Line of the call, from 1.
    pub line: u32,
    /// Column of the call, from 1, in characters.
    pub column: u32,
    /// What the call said when the test ran.
    pub before: Option<String>,
    /// What it is to say.
    pub text: String,
}

/// The source with the texts in their calls, and why some could not be written, by their index.
pub fn rewrite(path: &str, source: &str, edits: &[Edit]) -> (String, Vec<(usize, String)>) {
    let (mark, code) = match source.strip_prefix('\u{feff}') {
        Some(code) => ("\u{feff}", code),
        None => ("", source),
    };
    let calls = text_calls(path, code, METHOD);
    let mut wrong = Vec::new();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (index, edit) in edits.iter().enumerate() {
        match change(code, &calls, edit) {
            Ok(change) => match changes
                .iter()
                .find(|(range, _)| range.start == change.0.start)
            {
                Some(before) if *before == change => {}
                Some(_) => wrong.push((index, format!("this {METHOD}() gets different texts"))),
                None => changes.push(change),
            },
            Err(problem) => wrong.push((index, problem)),
        }
    }
    changes.sort_by_key(|(range, _)| range.start);
    let mut new = code.to_owned();
    for (range, text) in changes.iter().rev() {
        new.replace_range(range.clone(), text);
    }
    (format!("{mark}{new}"), wrong)
}

/// What to put where.
fn change(code: &str, calls: &[TextCall], edit: &Edit) -> Result<(Range<usize>, String), String> {
    let changed =
        || format!("there is no such {METHOD}() any more: the file changed after the test ran");
    let call = call_at(code, calls, edit).ok_or_else(changed)?;
    let literal = template(code, call.name, &edit.text)?;
    match (&call.text, &edit.before) {
        (Some((range, text)), Some(before)) if dedented(text) == *before => {
            Ok((range.clone(), literal))
        }
        (None, None) if call.arguments == 0 => Ok((call.end..call.end, literal)),
        (None, None) if call.arguments == 1 => Ok((call.end..call.end, format!(", {literal}"))),
        (None, Some(_)) => Err(format!(
            "the snapshot of {METHOD}() is no plain text there: write a string or a template without ${{…}}"
        )),
        _ => Err(changed()),
    }
}

/// The call that a stack names: the innermost around that place, else the only one in that line.
fn call_at<'c>(code: &str, calls: &'c [TextCall], edit: &Edit) -> Option<&'c TextCall> {
    let line = lines_of(code).nth(usize::try_from(edit.line).ok()?.checked_sub(1)?)?;
    let text = &code[line.clone()];
    let column = usize::try_from(edit.column).ok()?.saturating_sub(1);
    let inside = text
        .char_indices()
        .nth(column)
        .map_or(text.len(), |(at, _)| at);
    let at = line.start + inside;
    let around = calls.iter().filter(|call| call.span.contains(&at));
    let named = calls.iter().find(|call| call.name == at);
    let innermost = named.or_else(|| around.min_by_key(|call| call.span.len()));
    innermost.or_else(|| {
        let mut in_line = calls.iter().filter(|call| line.contains(&call.name));
        in_line.next().filter(|_| in_line.next().is_none())
    })
}

/// The lines without their ends.
fn lines_of(code: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    code.split('\n').map(move |line| {
        let own = start..start + line.len();
        start += line.len() + 1;
        own
    })
}

/// A template literal with the text, indented as the code around the byte `at`.
fn template(code: &str, at: usize, text: &str) -> Result<String, String> {
    let body = if text.contains('\n') {
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        let blanks = code[line..].chars().take_while(|c| matches!(c, ' ' | '\t'));
        let indent: String = blanks.collect();
        let step = if indent.contains('\t') { "\t" } else { "  " };
        let mut body = String::from("\n");
        for line in text.split('\n') {
            if !line.is_empty() {
                body.push_str(&indent);
                body.push_str(step);
                body.push_str(line);
            }
            body.push('\n');
        }
        body + &indent
    } else {
        text.to_owned()
    };
    if dedented(&body) != text {
        return Err(format!(
            "all lines of this text begin with blanks, which {METHOD}() takes for those of the code: use \
             toMatchSnapshot()"
        ));
    }
    let escaped = body
        .replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${");
    let has_windows_lines = code.contains("\r\n");
    Ok(if has_windows_lines {
        format!("`{}`", escaped.replace('\n', "\r\n"))
    } else {
        format!("`{escaped}`")
    })
}

/// The text between the first and the last line break, without the blanks that all its lines begin with; a text
/// that does not begin with an empty line is as it is.
fn dedented(text: &str) -> String {
    let text = plain_lines(text);
    let is_blank = |text: &str| text.chars().all(|c| matches!(c, ' ' | '\t'));
    let Some((_, rest)) = text.split_once('\n').filter(|(first, _)| is_blank(first)) else {
        return text;
    };
    let rest = rest.trim_end_matches([' ', '\t']);
    let rest = rest.strip_suffix('\n').unwrap_or(rest);
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let full = rest.split('\n').filter(|line| !line.trim().is_empty());
    let shift = full.map(blanks).min().unwrap_or(0);
    let lines = rest
        .split('\n')
        .map(|line| line.get(shift..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Edit, dedented, rewrite};

    fn edit(line: u32, column: u32, before: Option<&str>, text: &str) -> Edit {
        let before = before.map(str::to_owned);
        Edit {
            line,
            column,
            before,
            text: text.to_owned(),
        }
    }

    #[test]
    fn texts_are_written_into_their_calls_indented_as_the_code() {
        let source = "test('a', () => {\n  expect(1).toMatchInlineSnapshot()\n  expect({ 支: 2 }).toMatchInlineSnapshot(\
                      `\n    old\n  `); expect(3).toMatchInlineSnapshot('x')\n})\n";
        let edits = [
            edit(3, 61, Some("x"), "y"),
            edit(2, 13, None, "a `b`\n\n  ${c}\\"),
            edit(3, 22, Some("old"), "{\n  \"支\": 2,\n}"),
        ];
        let source = source.replace("\n  `);", "`);");
        let (new, wrong) = rewrite("a.test.js", &source, &edits[1..]);
        assert!(wrong.is_empty(), "{wrong:?}");
        let expected = "test('a', () => {\n  expect(1).toMatchInlineSnapshot(`\n    a \\`b\\`\n\n      \\${c}\\\\\n  `)\n  \
                        expect({ 支: 2 }).toMatchInlineSnapshot(`\n    {\n      \"支\": 2,\n    }\n  `); \
                        expect(3).toMatchInlineSnapshot('x')\n})\n";
        assert_eq!(new, expected);
        let windows = format!("\u{feff}{}", source.replace('\n', "\r\n"));
        let (new, wrong) = rewrite("a.test.js", &windows, &edits[1..]);
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(new, format!("\u{feff}{}", expected.replace('\n', "\r\n")));
    }

    #[test]
    fn one_of_several_calls_in_a_line_is_the_one_of_the_column() {
        let source = "q(1).toMatchInlineSnapshot('a'); q(2).toMatchInlineSnapshot('b')";
        let new = |column, before| rewrite("a.js", source, &[edit(1, column, Some(before), "z")]).0;
        for column in [1, 6, 26] {
            assert_eq!(new(column, "a"), source.replace("'a'", "`z`"));
        }
        for column in [34, 39, 60] {
            assert_eq!(new(column, "b"), source.replace("'b'", "`z`"));
        }
    }

    #[test]
    fn an_object_of_patterns_stays_before_the_text() {
        let source = "e.toMatchInlineSnapshot({ a: any })";
        let (new, _) = rewrite("a.js", source, &[edit(1, 3, None, "z")]);
        assert_eq!(new, "e.toMatchInlineSnapshot({ a: any }, `z`)");
        let (new, _) = rewrite("a.js", &new, &[edit(1, 3, Some("z"), "y")]);
        assert_eq!(new, "e.toMatchInlineSnapshot({ a: any }, `y`)");
    }

    #[test]
    fn what_changed_meanwhile_or_is_no_plain_text_is_left_alone() {
        let source = "e.toMatchInlineSnapshot('a')\ne.toMatchInlineSnapshot(TEXT)\ne.toMatchInlineSnapshot()\nf()";
        for (edit, part) in [
            (edit(1, 3, Some("b"), "z"), "changed"),
            (edit(1, 3, None, "z"), "changed"),
            (edit(2, 3, Some("b"), "z"), "no plain text"),
            (edit(3, 3, Some("b"), "z"), "no plain text"),
            (edit(4, 1, None, "z"), "changed"),
            (edit(9, 1, None, "z"), "changed"),
            (edit(3, 3, None, "  a\n  b"), "use toMatchSnapshot()"),
        ] {
            let (new, wrong) = rewrite("a.js", source, std::slice::from_ref(&edit));
            assert_eq!(new, source, "{edit:?}");
            assert!(
                wrong.len() == 1 && wrong[0].1.contains(part),
                "{edit:?}: {wrong:?}"
            );
        }
    }

    #[test]
    fn a_text_that_was_written_reads_as_it_was() {
        for text in [
            "",
            "a",
            "a\nb",
            "a\n",
            "\na",
            "a\n\n  b\n c",
            "  a",
            "{\n\ta\n}",
            "a\n   \nb",
        ] {
            for source in [
                "e.toMatchInlineSnapshot()",
                "    e.toMatchInlineSnapshot()",
                "\te.toMatchInlineSnapshot()",
            ] {
                let (new, wrong) = rewrite("a.js", source, &[edit(1, 9, None, text)]);
                assert!(wrong.is_empty(), "{text:?}: {wrong:?}");
                let literal =
                    &new[new.find('`').map_or(0, |at| at + 1)..new.rfind('`').unwrap_or(0)];
                assert_eq!(dedented(literal), text, "{new}");
                let (again, _) = rewrite("a.js", &new, &[edit(1, 9, Some(text), text)]);
                assert_eq!(again, new);
            }
        }
    }
}

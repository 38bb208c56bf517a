//! Refuses source text that is nested so deeply that a recursive parser would overflow its stack.
//!
//! A scan over the text, not a parser: it knows strings, templates, comments and, by what stands
//! before a `/`, regular expressions. Where it takes a `/` wrongly, the count is off by what stands
//! in that line.
//!
//! Differs from the client, whose engine throws a `SyntaxError` or a `RangeError` at depths of
//! its own.

use crate::diagnostic::{Diagnostic, Place};

/// Deepest nesting of brackets, braces, parentheses and template substitutions.
pub const SOURCE_NESTING_MAX: usize = 1000;

/// Most `else if` in one block.
pub const ELSE_IF_MAX: usize = 1000;

/// Most operators, assignments, calls and member accesses in one expression, and most statements
/// that are nested without braces.
pub const OPERATOR_CHAIN_MAX: usize = 5000;

/// Checks a script or module; `path` names it in the diagnostic.
///
/// # Errors
/// A [`Diagnostic`] that names the limit.
pub fn check_nesting(path: &str, source: &str) -> Result<(), Diagnostic> {
    scan(path, source).map(|_| ())
}

/// What a scan saw besides the nesting.
#[derive(Default)]
pub(super) struct Seen {
    /// The word `using`, outside strings and comments and not after a dot.
    pub(super) has_using: bool,
    /// The word `await`, likewise.
    pub(super) has_await: bool,
    /// An `@`, likewise: a decorator.
    pub(super) has_at_sign: bool,
}

/// As [`check_nesting`].
pub(super) fn scan(path: &str, source: &str) -> Result<Seen, Diagnostic> {
    Scan::new(source).run().map_err(|(at, what)| {
        let (message, help) = match what {
            Excess::Brackets => (
                format!(
                    "the code is nested more than {SOURCE_NESTING_MAX} levels deep \
                     (SOURCE_NESTING_MAX)"
                ),
                "make it flatter",
            ),
            Excess::ElseIf => (
                format!("one block has more than {ELSE_IF_MAX} `else if` (ELSE_IF_MAX)"),
                "use a switch or a table",
            ),
            Excess::Chain => (
                format!(
                    "one expression has more than {OPERATOR_CHAIN_MAX} operators \
                     (OPERATOR_CHAIN_MAX)"
                ),
                "split it, or join an array",
            ),
        };
        Diagnostic::error(message)
            .at(Place::span(path, source, at, at + 1))
            .help(help)
    })
}

/// Which limit is passed.
enum Excess {
    Brackets,
    ElseIf,
    Chain,
}

/// What was counted inside one pair of brackets.
#[derive(Default)]
struct Frame {
    /// The frame is a `${…}` of a template.
    is_template: bool,
    operators: usize,
    else_ifs: usize,
}

/// What stands before the next token, as far as it matters for `/` and line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The end of an operand: a name, a literal, `)` or `]`.
    Operand,
    /// A `}`: rather the end of a block than of an object.
    Brace,
    /// An operator, an opening bracket, a keyword, a statement's start.
    Other,
}

struct Scan<'s> {
    bytes: &'s [u8],
    at: usize,
    frames: Vec<Frame>,
    before: Before,
    /// The last word was `else`.
    after_else: bool,
    seen: Seen,
}

impl<'s> Scan<'s> {
    fn new(source: &'s str) -> Self {
        let frames = vec![Frame::default()];
        Self {
            bytes: source.as_bytes(),
            at: 0,
            frames,
            before: Before::Other,
            after_else: false,
            seen: Seen::default(),
        }
    }

    fn run(mut self) -> Result<Seen, (usize, Excess)> {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'#' | b'\\' | 0x80.. => self.word()?,
                b'0'..=b'9' => self.number(),
                b'\n' | b'\r' => self.line_end(),
                b'\t' | b' ' | 0x0b | 0x0c => self.at += 1,
                b'"' | b'\'' => self.string(byte),
                b'`' => {
                    self.at += 1;
                    self.template()?;
                }
                b'(' | b'[' | b'{' => {
                    if byte != b'{' && self.before == Before::Operand {
                        self.operator()?;
                    }
                    self.open(false)?;
                }
                b')' | b']' | b'}' => self.close(byte)?,
                b'/' => self.slash()?,
                b';' | b',' => self.separator(),
                b'@' => {
                    self.seen.has_at_sign = true;
                    self.at += 1;
                }
                _ => {
                    self.operator()?;
                    self.at += 1;
                    self.before = Before::Other;
                }
            }
        }
        Ok(self.seen)
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Counts one step of an expression.
    fn operator(&mut self) -> Result<(), (usize, Excess)> {
        let at = self.at;
        let frame = self.frame();
        frame.operators += 1;
        if frame.operators > OPERATOR_CHAIN_MAX {
            Err((at, Excess::Chain))
        } else {
            Ok(())
        }
    }

    fn separator(&mut self) {
        self.frame().operators = 0;
        self.before = Before::Other;
        self.at += 1;
    }

    fn open(&mut self, is_template: bool) -> Result<(), (usize, Excess)> {
        // The first frame stands for the file itself.
        if self.frames.len() > SOURCE_NESTING_MAX {
            return Err((self.at, Excess::Brackets));
        }
        self.frames.push(Frame {
            is_template,
            ..Frame::default()
        });
        self.before = Before::Other;
        self.at += 1;
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Result<(), (usize, Excess)> {
        let closed = if self.frames.len() > 1 {
            self.frames.pop()
        } else {
            None
        };
        self.at += 1;
        if closed.is_some_and(|frame| frame.is_template) {
            return self.template();
        }
        self.before = if byte == b'}' {
            Before::Brace
        } else {
            Before::Operand
        };
        Ok(())
    }

    /// A statement may end here: the chain starts anew unless an operator joins the lines.
    fn line_end(&mut self) {
        let ends = self.before != Before::Other;
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek(0) {
            self.at += 1;
        }
        let starts = match self.peek(0) {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | b'"' | b'\'' | b'}' | 0x80..) => true,
            Some(b'/') => matches!(self.peek(1), Some(b'/' | b'*')),
            _ => false,
        };
        if ends && starts && !self.bytes[self.at..].starts_with(b"else") {
            self.frame().operators = 0;
        }
    }

    fn word(&mut self) -> Result<(), (usize, Excess)> {
        let start = self.at;
        while let Some(
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'$' | b'#' | b'\\' | 0x80..,
        ) = self.peek(0)
        {
            self.at += 1;
        }
        let is_member = start > 0 && self.bytes[start - 1] == b'.';
        let after_else = std::mem::take(&mut self.after_else);
        let word = &self.bytes[start..self.at];
        if self.before == Before::Brace && !matches!(word, b"else" | b"in" | b"of" | b"instanceof")
        {
            self.frame().operators = 0;
        }
        self.before = Before::Operand;
        self.seen.has_await |= word == b"await";
        if is_member || word.len() > 10 {
            return Ok(());
        }
        match word {
            b"if" if after_else => {
                let frame = self.frame();
                frame.else_ifs += 1;
                let excess = frame.else_ifs > ELSE_IF_MAX;
                // Each is one level, however its branches are written.
                frame.operators = 0;
                if excess {
                    return Err((start, Excess::ElseIf));
                }
            }
            b"else" => self.after_else = true,
            b"if" | b"for" | b"while" | b"do" | b"with" | b"new" | b"typeof" | b"void"
            | b"delete" | b"await" | b"yield" | b"in" | b"of" | b"instanceof" | b"async" => {
                self.operator()?;
            }
            b"return" | b"throw" | b"case" => {}
            b"using" => {
                self.seen.has_using = true;
                return Ok(());
            }
            _ => return Ok(()),
        }
        self.before = Before::Other;
        Ok(())
    }

    fn number(&mut self) {
        while let Some(b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'.') = self.peek(0) {
            self.at += 1;
        }
        self.before = Before::Operand;
    }

    /// A string; it ends at the end of the line at the latest.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 1,
                b'\n' => break,
                _ if byte == quote => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        self.before = Before::Operand;
    }

    /// The text of a template up to its end or its next `${`.
    fn template(&mut self) -> Result<(), (usize, Excess)> {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 1,
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 1;
                    return self.open(true);
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        self.before = Before::Operand;
        Ok(())
    }

    /// A comment, a regular expression or a division.
    fn slash(&mut self) -> Result<(), (usize, Excess)> {
        match self.peek(1) {
            Some(b'/') => self.skip_to(b"\n", 0),
            Some(b'*') => {
                self.at += 2;
                self.skip_to(b"*/", 2);
            }
            _ if self.before != Before::Operand => self.regular_expression(),
            _ => {
                self.operator()?;
                self.at += 1;
                self.before = Before::Other;
            }
        }
        Ok(())
    }

    /// Moves to the next `end` and past `length` of its bytes.
    fn skip_to(&mut self, end: &[u8], length: usize) {
        let rest = &self.bytes[self.at..];
        let found = rest.windows(end.len()).position(|window| window == end);
        self.at += found.map_or(rest.len(), |at| at + length);
    }

    fn regular_expression(&mut self) {
        let mut in_class = false;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'\n' => break,
                b'/' if !in_class => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        self.before = Before::Operand;
    }
}

#[cfg(test)]
mod tests {
    use super::{ELSE_IF_MAX, OPERATOR_CHAIN_MAX, SOURCE_NESTING_MAX, check_nesting};

    fn passes(source: &str) -> bool {
        check_nesting("a.js", source).is_ok()
    }

    #[track_caller]
    fn refused(source: &str, limit: &str) {
        let error = check_nesting("a.js", source).expect_err("too deep");
        assert!(error.message.contains(limit), "{error}");
    }

    #[test]
    fn brackets_are_counted_to_the_limit_and_not_further() {
        let nested = |open: &str, close: &str, n: usize| open.repeat(n) + &close.repeat(n);
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("`${", "}`"),
            ("f(", ")"),
        ] {
            assert!(passes(&nested(open, close, SOURCE_NESTING_MAX)), "{open}");
            refused(
                &nested(open, close, SOURCE_NESTING_MAX + 1),
                "SOURCE_NESTING_MAX",
            );
        }
        refused(&"[".repeat(1_000_000), "SOURCE_NESTING_MAX");
        assert!(passes(&"]})".repeat(100_000)), "nothing is open");
    }

    #[test]
    fn brackets_in_strings_comments_and_regular_expressions_do_not_count() {
        let many = "([{".repeat(2000);
        for source in [
            format!("'{many}'"),
            format!("\"\\\"{many}\""),
            format!("`\\`{many}`"),
            format!("// {many}\n"),
            format!("/* {many} */"),
            "x = /[({/]\\/[(]/;".repeat(2000),
            "return /[(]/;".repeat(2000),
            "a / b; c(/\\(/, /[[]/);".repeat(2000),
            "f(x) / 2 + '(' / 3;\n".repeat(2000),
        ] {
            assert!(passes(&source), "{}", &source[..20]);
        }
    }

    #[test]
    fn else_if_is_counted_per_block() {
        let chain = |n: usize| format!("if(a){{}}{}", "else if(a){b()}\n".repeat(n));
        assert!(passes(&chain(ELSE_IF_MAX)));
        refused(&chain(ELSE_IF_MAX + 1), "ELSE_IF_MAX");
        assert!(passes(&format!("function f(){{{}}}", chain(600)).repeat(5)));
    }

    #[test]
    fn operators_are_counted_per_expression() {
        let n = OPERATOR_CHAIN_MAX + 1;
        for source in [
            "a+".repeat(n) + "a",
            "a\n + ".repeat(n) + "a",
            "!".repeat(n) + "a",
            "a=".repeat(n) + "b",
            "a?b:".repeat(n) + "c",
            "f".to_owned() + &"()".repeat(n),
            "f".to_owned() + &".a\n".repeat(n),
            "if(a)".repeat(n) + "b",
            "typeof ".repeat(n) + "b",
            "x=>".repeat(n) + "b",
        ] {
            refused(&source, "OPERATOR_CHAIN_MAX");
        }
    }

    #[test]
    fn long_ordinary_code_passes() {
        for statement in [
            "a = b + c * d\n",
            "a = b + c * d;",
            "var a = 1, b = 2 + 3,\n",
            "if (a) { b() } else { c() }\n",
            "if (a) b()\n",
            "x.then(function () { return 1 })\n  .then(() => 2)\n",
            "{ a: 1 + 2, b: /x/ },\n",
            "case 1: return a / b\n",
            "// it's `odd\n",
            "x = `a${b + `c${d}`}e`\n",
            "function f() { return 1 }\n",
            "function f() { return 1 } // f\n",
            "function f(){return 1}",
            "if(a){b()}else{c()}",
        ] {
            assert!(passes(&statement.repeat(10_000)), "{statement}");
        }
    }

    #[test]
    fn any_text_ends() {
        let mut seed = 7_u32;
        let mut random = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize
        };
        let pieces = [
            "`", "${", "}", "'", "\"", "\\", "/", "*", "[", "]", "\n", "a", "é", "else if", "(",
            ")",
        ];
        for _ in 0..5000 {
            let text: String = (0..random() % 40)
                .map(|_| pieces[random() % pieces.len()])
                .collect();
            assert!(passes(&text), "{text}");
        }
    }
}

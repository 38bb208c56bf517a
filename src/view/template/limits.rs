//! Refuses templates that the parser cannot survive: it recurses into tags and brackets and calls
//! some malformed numbers unreachable.
//!
//! A scan over the text that knows what the parser knows about comments, quotes, `{{ }}`, `<wxs>` and
//! end tags that were left out.

use std::borrow::Cow;
use std::ops::Range;

/// Deepest nesting of tags that is read; the parser's own stack ends near 2,000.
pub(super) const TAG_NESTING_MAX: usize = 256;

/// Deepest nesting of brackets in one expression that is read.
pub(super) const BRACKET_NESTING_MAX: usize = 64;

/// Most operators, commas and pieces of text in one value that are read.
pub(super) const OPERATORS_MAX: usize = 2000;

/// Something that is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Where, in bytes.
    pub(super) at: usize,
    /// What, in one sentence.
    pub(super) message: String,
    /// What to do.
    pub(super) help: &'static str,
}

/// Checks a file, and gives where it has whole numbers that the parser would count wrong.
///
/// Where an expression is malformed the parser goes on behind the next `}}`, also in a string; so the
/// text is gone through both ways.
pub(super) fn check(text: &str) -> Result<Vec<Range<usize>>, Refusal> {
    let mut long = Vec::new();
    for knows_strings in [true, false] {
        let mut scan = Scan {
            whole: text,
            text: text.as_bytes(),
            knows_strings,
            ..Scan::default()
        };
        while scan.at < scan.text.len() {
            scan.step()?;
        }
        if knows_strings {
            long = scan.long;
        }
    }
    Ok(long)
}

/// The text with long whole numbers as floating ones of the same length, which the parser reads as
/// scripts do; its own whole numbers have 63 bits.
pub(super) fn readable<'a>(text: &'a str, long: &[Range<usize>]) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    for place in long {
        let digits = &text[place.clone()];
        let Ok(number) = digits.parse::<f64>() else {
            continue;
        };
        // `1.2345e20` as `12345e16`, with zeros before the exponent.
        let shortest = if number.is_finite() {
            format!("{number:e}")
        } else {
            "1e999".to_owned()
        };
        let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let exponent = exponent
            .parse()
            .unwrap_or(0_usize)
            .saturating_sub(part.len());
        let width = place.len().saturating_sub(whole.len() + part.len() + 1);
        let written = format!("{whole}{part}e{exponent:0width$}");
        if written.len() == place.len() {
            text.to_mut().replace_range(place.clone(), &written);
        }
    }
    text
}

#[derive(Default)]
struct Scan<'a> {
    whole: &'a str,
    /// The same as bytes.
    text: &'a [u8],
    at: usize,
    /// Whether `}}` in a string does not end an expression.
    knows_strings: bool,
    /// Names of the tags that are open.
    open: Vec<&'a [u8]>,
    /// Operators and pieces of the value that is read.
    operators: usize,
    /// Whole numbers with more than 63 bits.
    long: Vec<Range<usize>>,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.text[self.at.min(self.text.len())..]
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or_default()
    }

    /// Where the next of these is.
    fn find(&self, what: &str) -> Option<usize> {
        let found = self.whole.get(self.at..)?.find(what)?;
        Some(self.at + found)
    }

    /// Goes behind the next `end`, or to the end of the file.
    fn skip_behind(&mut self, end: &str) {
        self.at = self
            .find(end)
            .map_or(self.text.len(), |found| found + end.len());
    }

    /// Text, a comment or a tag.
    fn step(&mut self) -> Result<(), Refusal> {
        match (self.peek(0), self.peek(1)) {
            (b'{', b'{') => return self.expression(),
            (b'<', b'!') if self.rest().starts_with(b"<!--") => self.skip_behind("-->"),
            (b'<', b'/') => self.end_tag(),
            (b'<', first) if starts_name(first) => return self.tag(),
            _ => self.at += 1,
        }
        Ok(())
    }

    fn name(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest
            .iter()
            .take_while(|byte| continues_name(**byte))
            .count();
        self.at += length;
        &rest[..length]
    }

    /// `</view>`: ends the innermost tag of that name and those in it that have no end.
    fn end_tag(&mut self) {
        self.operators = 0;
        self.at += 2;
        let name = self.name();
        let found = self
            .open
            .iter()
            .rposition(|open| open.eq_ignore_ascii_case(name));
        self.open.truncate(found.unwrap_or_default());
        self.skip_behind(">");
    }

    fn tag(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        loop {
            self.operators = 0;
            match (self.peek(0), self.peek(1)) {
                (b'/', b'>') => {
                    self.at += 2;
                    return Ok(());
                }
                (b'>', _) => {
                    self.at += 1;
                    break;
                }
                (b'=', _) => self.value()?,
                _ if self.at >= self.text.len() => break,
                _ => self.at += 1,
            }
        }
        if name == b"wxs" {
            self.at = self.find("</wxs").unwrap_or(self.text.len());
        }
        self.open.push(name);
        if self.open.len() > TAG_NESTING_MAX {
            return Err(Refusal {
                at: start,
                message: format!(
                    "tags are nested more than {TAG_NESTING_MAX} levels deep (TAG_NESTING_MAX)"
                ),
                help: "move the inner tags into a component or a template",
            });
        }
        Ok(())
    }

    /// What follows the `=` of an attribute.
    fn value(&mut self) -> Result<(), Refusal> {
        self.at += 1;
        while self.peek(0).is_ascii_whitespace() {
            self.at += 1;
        }
        let quote = self.peek(0);
        if quote != b'"' && quote != b'\'' {
            return if self.rest().starts_with(b"{{") {
                self.expression()
            } else {
                Ok(())
            };
        }
        self.at += 1;
        while self.at < self.text.len() && self.peek(0) != quote {
            if self.rest().starts_with(b"{{") {
                self.expression()?;
            } else {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(())
    }

    /// `{{ … }}`
    fn expression(&mut self) -> Result<(), Refusal> {
        self.at += 2;
        self.operators += 2;
        let mut open = 0_usize;
        let mut before = b' ';
        while self.at < self.text.len() {
            let byte = self.peek(0);
            match byte {
                b'}' if open == 0 && self.peek(1) == b'}' => break,
                b'"' | b'\'' if self.knows_strings => self.string(byte),
                b'(' | b'[' | b'{' => open += 1,
                b')' | b']' | b'}' => open = open.saturating_sub(1),
                b'0' if !continues_name(before) && before != b'$' => self.number()?,
                b'1'..=b'9' if !continues_name(before) && before != b'$' => self.decimal(),
                _ => {}
            }
            if byte.is_ascii_punctuation() && !matches!(byte, b'_' | b'$' | b')' | b']' | b'}') {
                self.operators += 1;
            }
            self.within_limits(open)?;
            before = byte;
            self.at += 1;
        }
        self.at += 2;
        Ok(())
    }

    fn within_limits(&self, open: usize) -> Result<(), Refusal> {
        let message = if open > BRACKET_NESTING_MAX {
            format!(
                "brackets are nested more than {BRACKET_NESTING_MAX} levels deep \
                 (BRACKET_NESTING_MAX)"
            )
        } else if self.operators > OPERATORS_MAX {
            format!("a value has more than {OPERATORS_MAX} operators and pieces (OPERATORS_MAX)")
        } else {
            return Ok(());
        };
        Err(Refusal {
            at: self.at,
            message,
            help: "compute the value in script, or move it into a <wxs> module",
        })
    }

    /// Goes to the quote that ends a string, or to the end of the file.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        while self.at < self.text.len() && self.peek(0) != quote {
            self.at += if self.peek(0) == b'\\' { 2 } else { 1 };
        }
    }

    /// A decimal number: notes a whole one that is too long for the parser.
    fn decimal(&mut self) {
        let rest = self.rest();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
        let length = digits.count();
        let ends = rest.get(length).is_none_or(|byte| !continues_name(*byte));
        let place = self.at..self.at + length;
        if ends && self.whole[place.clone()].parse::<i64>().is_err() {
            self.long.push(place);
        }
    }

    /// A number with a zero in front, of which the parser knows too little: hexadecimal ones with
    /// other letters in them, and such that have more than 63 bits.
    fn number(&self) -> Result<(), Refusal> {
        let rest = self.rest();
        let digits = &rest[1..];
        let length = digits
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        let digits = &digits[..length];
        let (message, help) = match digits {
            [b'x', digits @ ..] if !digits.iter().all(u8::is_ascii_hexdigit) => (
                "a number that begins with 0x has other letters than those of hexadecimal digits",
                "write a number such as 0x1f",
            ),
            [b'x', digits @ ..] if digits.len() > 15 => LONG_NUMBER,
            digits if digits.len() > 20 && digits.iter().all(u8::is_ascii_digit) => LONG_NUMBER,
            _ => return Ok(()),
        };
        Err(Refusal {
            at: self.at,
            message: message.to_owned(),
            help,
        })
    }
}

const LONG_NUMBER: (&str, &str) = (
    "a hexadecimal or octal number is too long to be read",
    "write it as a decimal number",
);

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn continues_name(byte: u8) -> bool {
    starts_name(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
}

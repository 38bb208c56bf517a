//! Date texts that every phone understands and the engine does not.
//!
//! Mini programs write `2024/01/02 03:04:05` because iOS rejects the dashed form; the engine's own
//! parser knows ISO 8601 and RFC 1123 only. Texts without an offset are local time.
//!
//! Differs from the client: `2024-01-02 03:04:05` is accepted on every platform, where older iOS
//! versions give an invalid date.

use boa_engine::{Context, JsResult, JsValue};

use super::shared;
use crate::profile::days_since_1970;

/// `host.parseDate(text)`: Unix milliseconds, or `NaN`.
pub(super) fn parse(
    _: &JsValue,
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = arguments.first().cloned().unwrap_or_default();
    let text = text.to_string(context)?.to_std_string_lossy();
    let offset_s = shared(context).host.utc_offset_s();
    Ok(JsValue::from(unix_ms(&text, offset_s).unwrap_or(f64::NAN)))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(i64, usize),
    Word(String),
    Mark(char),
}

/// The moment a loosely written date means; `None` when it means nothing.
fn unix_ms(text: &str, local_offset_s: i32) -> Option<f64> {
    let tokens = tokens(text)?;
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
    };
    let (year, month, day) = reader.day()?;
    let (mut hour, minute, second, milli) = reader.time()?;
    let mut offset_s = i64::from(local_offset_s);
    while let Some(token) = reader.next().cloned() {
        match token {
            Token::Word(word) => match word.to_ascii_lowercase().as_str() {
                "am" if hour == 12 => hour = 0,
                "pm" if hour < 12 => hour += 12,
                "am" | "pm" => {}
                "z" | "utc" | "gmt" => offset_s = 0,
                _ => return None,
            },
            Token::Mark(sign @ ('+' | '-')) => offset_s = reader.offset(sign)?,
            // A remark such as "(China Standard Time)" ends the text.
            Token::Mark('(') => break,
            _ => return None,
        }
    }
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..=24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second);
    if !in_range {
        return None;
    }
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    #[expect(
        clippy::cast_precision_loss,
        reason = "dates are far below 2^53 milliseconds"
    )]
    Some(((seconds - offset_s) * 1000 + milli) as f64)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = text.trim().chars().peekable();
    while let Some(&c) = chars.peek() {
        if c.is_ascii_digit() {
            let mut digits = String::new();
            while let Some(d) = chars.next_if(char::is_ascii_digit) {
                digits.push(d);
            }
            tokens.push(Token::Number(digits.parse().ok()?, digits.len()));
        } else if c.is_ascii_alphabetic() {
            let mut word = String::new();
            while let Some(letter) = chars.next_if(char::is_ascii_alphabetic) {
                word.push(letter);
            }
            tokens.push(Token::Word(word));
        } else {
            chars.next();
            if !c.is_whitespace() && c != ',' && c != '.' {
                tokens.push(Token::Mark(c));
            } else if c == '.' {
                tokens.push(Token::Mark('.'));
            }
        }
        if tokens.len() > 40 {
            return None;
        }
    }
    Some(tokens)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<&Token> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn number(&mut self) -> Option<i64> {
        let Some(Token::Number(number, _)) = self.peek(0) else {
            return None;
        };
        let number = *number;
        self.at += 1;
        Some(number)
    }

    fn mark(&mut self, mark: char) -> bool {
        let found = self.peek(0) == Some(&Token::Mark(mark));
        self.at += usize::from(found);
        found
    }

    /// `2024/1/2`, `2024-1-2`, `1/2/2024`, `Jan 2 2024`, `2 Jan 2024`, each with a weekday before.
    fn day(&mut self) -> Option<(i64, i64, i64)> {
        if let Some(Token::Word(word)) = self.peek(0)
            && month(word).is_none()
        {
            weekday(word)?;
            self.at += 1;
        }
        match (self.next()?.clone(), self.next()?.clone()) {
            (Token::Word(name), Token::Number(day, _))
            | (Token::Number(day, _), Token::Word(name)) => {
                Some((self.number()?, month(&name)?, day))
            }
            (Token::Number(first, digits), Token::Mark(mark @ ('/' | '-'))) => {
                let second = self.number()?;
                if !self.mark(mark) {
                    // `2024/01`: the first of the month.
                    return (digits == 4).then_some((first, second, 1));
                }
                let third = self.number()?;
                Some(if digits >= 3 {
                    (first, second, third)
                } else {
                    (third, first, second)
                })
            }
            _ => None,
        }
    }

    /// `T03:04:05.006`, `3:04`, or nothing.
    fn time(&mut self) -> Option<(i64, i64, i64, i64)> {
        if matches!(self.peek(0), Some(Token::Word(word)) if word.eq_ignore_ascii_case("t")) {
            self.at += 1;
        }
        if !matches!(self.peek(0), Some(Token::Number(..))) {
            return Some((0, 0, 0, 0));
        }
        let hour = self.number()?;
        if !self.mark(':') {
            return None;
        }
        let minute = self.number()?;
        let second = if self.mark(':') { self.number()? } else { 0 };
        let mut milli = 0;
        if self.mark('.') || self.mark(':') {
            let Some(Token::Number(fraction, digits)) = self.next().cloned() else {
                return None;
            };
            milli = match digits {
                1 => fraction * 100,
                2 => fraction * 10,
                3 => fraction,
                _ => fraction / 10_i64.checked_pow(u32::try_from(digits - 3).ok()?)?,
            };
        }
        Some((hour, minute, second, milli))
    }

    /// `0800`, `08:00` or `8` after a sign, in seconds east of UTC.
    fn offset(&mut self, sign: char) -> Option<i64> {
        let Some(Token::Number(number, digits)) = self.next().cloned() else {
            return None;
        };
        let seconds = if digits > 2 {
            (number / 100) * 3600 + (number % 100) * 60
        } else {
            let minutes = if self.mark(':') { self.number()? } else { 0 };
            number * 3600 + minutes * 60
        };
        Some(if sign == '-' { -seconds } else { seconds })
    }
}

fn month(word: &str) -> Option<i64> {
    position(
        word,
        &[
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ],
    )
}

fn weekday(word: &str) -> Option<i64> {
    position(word, &["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
}

fn position(word: &str, names: &[&str]) -> Option<i64> {
    let word = word.to_ascii_lowercase();
    let at = names.iter().position(|name| word.starts_with(name))?;
    i64::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::unix_ms;

    const CHINA: i32 = 8 * 3600;
    /// 2024-01-02 03:04:05 in China.
    const MOMENT: f64 = 1_704_135_845_000.0;

    #[test]
    fn the_written_forms_of_one_moment_agree() {
        for text in [
            "2024/01/02 03:04:05",
            "2024-01-02 03:04:05",
            "2024/1/2 3:4:5",
            "2024/01/02 03:04:05.000",
            "1/2/2024 03:04:05 AM",
            "Jan 2, 2024 03:04:05",
            "2 January 2024 03:04:05",
            "Tue Jan 02 2024 03:04:05 GMT+0800 (China Standard Time)",
            "2024/01/01 19:04:05 UTC",
            "2024/01/01 19:04:05Z",
        ] {
            assert_eq!(unix_ms(text, CHINA), Some(MOMENT), "{text}");
        }
    }

    #[test]
    fn a_day_alone_is_local_midnight() {
        let midnight = Some(1_704_124_800_000.0);
        for text in ["2024/01/02", "2024-1-2", "2024/1/2 12:00 AM", "Jan 2, 2024"] {
            assert_eq!(unix_ms(text, CHINA), midnight, "{text}");
        }
    }

    #[test]
    fn nonsense_is_no_date() {
        for text in [
            "",
            "hello",
            "2024/13/01",
            "2024/01/02 25:00",
            "12",
            "2024/01/02 x",
            "99999999999999999999/1/1",
        ] {
            assert_eq!(unix_ms(text, CHINA), None, "{text}");
        }
    }
}

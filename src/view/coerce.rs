//! ECMAScript's conversions and comparisons, for the operators of templates.

use std::cmp::Ordering;
use std::rc::Rc;

use super::value::Val;

/// `String(value)`.
pub fn to_text(value: &Val) -> String {
    match value {
        Val::Undefined => "undefined".to_owned(),
        Val::Null => "null".to_owned(),
        Val::Bool(flag) => flag.to_string(),
        Val::Number(number) => number_text(*number),
        Val::Text(text) => text.to_string(),
        Val::Array(items) => {
            let parts: Vec<String> = items.iter().map(join_text).collect();
            parts.join(",")
        }
        Val::Date(_) => value.to_value().show(1),
        Val::Function(function) => format!("function {}() {{ [native code] }}", function.name),
        Val::Object(_) | Val::Other(_) => "[object Object]".to_owned(),
    }
}

/// The text of a value in the middle of other text: `undefined` and `null` are empty.
pub fn join_text(value: &Val) -> String {
    match value {
        Val::Undefined | Val::Null => String::new(),
        other => to_text(other),
    }
}

/// A number as ECMAScript writes it.
pub fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    // The shortest digits that give the number back, and where the point is.
    let text = format!("{:e}", number.abs());
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits: String = digits.chars().filter(|c| *c != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let sign = if number < 0.0 { "-" } else { "" };
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let point = exponent + 1;
    let body = if count <= point && point <= 21 {
        format!(
            "{digits}{}",
            "0".repeat(usize::try_from(point - count).unwrap_or(0))
        )
    } else if 0 < point && point <= 21 {
        let (whole, rest) = digits.split_at(usize::try_from(point).unwrap_or(0));
        format!("{whole}.{rest}")
    } else if -6 < point && point <= 0 {
        format!(
            "0.{}{digits}",
            "0".repeat(usize::try_from(-point).unwrap_or(0))
        )
    } else {
        let (first, rest) = digits.split_at(1);
        let rest = if rest.is_empty() {
            String::new()
        } else {
            format!(".{rest}")
        };
        let mark = if exponent < 0 { "-" } else { "+" };
        format!("{first}{rest}e{mark}{}", exponent.abs())
    };
    format!("{sign}{body}")
}

/// `Number(value)`.
pub fn to_number(value: &Val) -> f64 {
    match value {
        Val::Undefined | Val::Function(_) | Val::Object(_) | Val::Other(_) => f64::NAN,
        Val::Null => 0.0,
        Val::Bool(flag) => f64::from(u8::from(*flag)),
        Val::Number(number) | Val::Date(number) => *number,
        Val::Text(text) => text_number(text),
        Val::Array(_) => text_number(&to_text(value)),
    }
}

fn text_number(text: &str) -> f64 {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return 0.0;
    }
    for (prefixes, radix) in [(["0x", "0X"], 16), (["0o", "0O"], 8), (["0b", "0B"], 2)] {
        if let Some(digits) = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)) {
            #[expect(clippy::cast_precision_loss, reason = "as a script's number")]
            return u64::from_str_radix(digits, radix).map_or(f64::NAN, |number| number as f64);
        }
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ if text.contains(|c: char| !matches!(c, '0'..='9' | '.' | '+' | '-' | 'e' | 'E')) => {
            f64::NAN
        }
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// Whether a value counts as true.
pub fn to_bool(value: &Val) -> bool {
    match value {
        Val::Undefined | Val::Null => false,
        Val::Bool(flag) => *flag,
        Val::Number(number) => *number != 0.0 && !number.is_nan(),
        Val::Text(text) => !text.is_empty(),
        _ => true,
    }
}

/// The whole number of 32 bits that bitwise operators see.
pub fn to_int32(value: &Val) -> i32 {
    let number = to_number(value);
    if !number.is_finite() {
        return 0;
    }
    let modulus = 4_294_967_296.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 32 bits after the remainder"
    )]
    let bits = number.trunc().rem_euclid(modulus) as u32;
    bits.cast_signed()
}

/// `typeof value`.
pub fn type_of(value: &Val) -> &'static str {
    match value {
        Val::Undefined => "undefined",
        Val::Bool(_) => "boolean",
        Val::Number(_) => "number",
        Val::Text(_) => "string",
        Val::Function(_) => "function",
        Val::Null | Val::Array(_) | Val::Object(_) | Val::Date(_) | Val::Other(_) => "object",
    }
}

/// `one === other`.
pub fn same(one: &Val, other: &Val) -> bool {
    match (one, other) {
        (Val::Array(one), Val::Array(other)) => Rc::ptr_eq(one, other),
        (Val::Object(one), Val::Object(other)) => Rc::ptr_eq(one, other),
        (Val::Other(one), Val::Other(other)) => Rc::ptr_eq(one, other),
        _ => one == other,
    }
}

/// `one == other`.
pub fn equal(one: &Val, other: &Val) -> bool {
    match (one, other) {
        (Val::Undefined | Val::Null, Val::Undefined | Val::Null) => true,
        (Val::Undefined | Val::Null, _) | (_, Val::Undefined | Val::Null) => false,
        (Val::Bool(_), _) => equal_to_number(other, to_number(one)),
        (_, Val::Bool(_)) => equal_to_number(one, to_number(other)),
        (Val::Number(number), Val::Text(_)) => equal_to_number(other, *number),
        (Val::Text(_), Val::Number(number)) => equal_to_number(one, *number),
        (simple @ (Val::Number(_) | Val::Text(_)), object)
        | (object, simple @ (Val::Number(_) | Val::Text(_)))
            if is_object(object) =>
        {
            equal(simple, &Val::text(&to_text(object)))
        }
        _ => same(one, other),
    }
}

#[expect(clippy::float_cmp, reason = "as scripts compare")]
fn equal_to_number(value: &Val, number: f64) -> bool {
    match value {
        Val::Undefined | Val::Null => false,
        other => to_number(other) == number,
    }
}

fn is_object(value: &Val) -> bool {
    matches!(type_of(value), "object" | "function") && !matches!(value, Val::Null)
}

/// How two values compare with `<`; `None` when either is not a number.
pub fn compare(one: &Val, other: &Val) -> Option<Ordering> {
    let text = |value: &Val| is_object(value).then(|| to_text(value));
    let simple = |value: &Val| match value {
        Val::Date(_) => value.clone(),
        other => text(other).map_or_else(|| other.clone(), |text| Val::text(&text)),
    };
    match (simple(one), simple(other)) {
        (Val::Text(one), Val::Text(other)) => Some(one.encode_utf16().cmp(other.encode_utf16())),
        (one, other) => to_number(&one).partial_cmp(&to_number(&other)),
    }
}

/// `one + other`.
pub fn plus(one: &Val, other: &Val) -> Val {
    let is_text = |value: &Val| matches!(value, Val::Text(_)) || is_object(value);
    if is_text(one) || is_text(other) {
        return Val::Text(format!("{}{}", to_text(one), to_text(other)).into());
    }
    Val::Number(to_number(one) + to_number(other))
}

#[cfg(test)]
mod tests {
    use super::{compare, equal, number_text, plus, to_int32, to_number};
    use crate::view::value::Val;

    #[test]
    fn numbers_are_written_as_scripts_write_them() {
        let cases = [
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (1e-7, "1e-7"),
            (0.000_001, "0.000001"),
            (-1.5, "-1.5"),
            (-0.0, "0"),
            (123_456_789.0, "123456789"),
            (1.5e300, "1.5e+300"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (number, text) in cases {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn texts_are_read_as_numbers() {
        let number = |text: &str| to_number(&Val::text(text));
        assert_eq!(number(" 12 ").to_bits(), 12.0_f64.to_bits());
        assert_eq!(number("0x10").to_bits(), 16.0_f64.to_bits());
        assert_eq!(number("").to_bits(), 0.0_f64.to_bits());
        assert_eq!(number(".5").to_bits(), 0.5_f64.to_bits());
        assert!(number("1px").is_nan() && number("inf").is_nan() && number("1_0").is_nan());
        assert!(to_number(&Val::Undefined).is_nan());
        assert_eq!(to_int32(&Val::Number(4_294_967_295.0)), -1);
        assert_eq!(to_int32(&Val::Number(-1.5)), -1);
    }

    #[test]
    fn values_compare_as_in_scripts() {
        assert!(equal(&Val::Null, &Val::Undefined) && !equal(&Val::Null, &Val::Number(0.0)));
        assert!(equal(&Val::text("1"), &Val::Number(1.0)));
        assert!(equal(&Val::Bool(true), &Val::text("1")));
        assert!(equal(&Val::array([Val::Number(1.0)]), &Val::Number(1.0)));
        assert!(!equal(&Val::array([]), &Val::array([])));
        assert!(compare(&Val::text("10"), &Val::text("9")).is_some_and(std::cmp::Ordering::is_lt));
        assert!(
            compare(&Val::text("10"), &Val::Number(9.0)).is_some_and(std::cmp::Ordering::is_gt)
        );
        assert_eq!(compare(&Val::Undefined, &Val::Number(1.0)), None);
        assert_eq!(plus(&Val::Number(1.0), &Val::text("2")), Val::text("12"));
        assert_eq!(plus(&Val::Null, &Val::Bool(true)), Val::Number(1.0));
        assert_eq!(
            plus(&Val::array([]), &Val::object::<&str>([])),
            Val::text("[object Object]")
        );
    }
}

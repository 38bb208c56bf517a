//! What the values of a subscribe message may be, by the beginning of their keys.
//!
//! Official page: `subscribeMessage.send`, the table of parameter kinds: `thing` takes 20 characters, `number` 32
//! digits, and so on.
//!
//! Unverified: days may be written with hyphens, slashes or dots too; a currency sign is any character that is
//! no letter, digit or blank; the words of an enumeration are not known here, so any text is taken.

/// A check of a value.
type Check = fn(&str) -> bool;

/// Beginnings of keys with what the value must be, in words.
const KINDS: &[(&str, &str, Check)] = &[
    ("thing", "at most 20 characters", |text| count(text) <= 20),
    ("number", "a number of at most 32 digits", |text| {
        count(text) <= 32 && text.parse::<f64>().is_ok() && text.starts_with(is_sign_or_digit)
    }),
    ("letter", "at most 32 letters", |text| {
        count(text) <= 32 && text.chars().all(|it| it.is_ascii_alphabetic())
    }),
    ("symbol", "at most 5 symbols", |text| {
        count(text) <= 5 && text.chars().all(|it| !it.is_alphanumeric())
    }),
    (
        "character_string",
        "at most 32 digits, letters and symbols",
        |text| count(text) <= 32 && text.is_ascii(),
    ),
    (
        "time",
        "a time such as 15:01 or 2019年10月1日 15:01, two of them joined by ~",
        |text| {
            each_end(text, |day, time| {
                time.is_some_and(is_time) && day.is_none_or(is_day)
            })
        },
    ),
    (
        "date",
        "a day such as 2019年10月1日, perhaps with a time, two of them joined by ~",
        |text| {
            each_end(text, |day, time| {
                day.is_some_and(is_day) && time.is_none_or(is_time)
            })
        },
    ),
    (
        "amount",
        "a currency sign and a number of at most 10 digits, perhaps with 元",
        is_amount,
    ),
    ("phone_number", "at most 17 digits and symbols", |text| {
        count(text) <= 17
            && text
                .chars()
                .all(|it| it.is_ascii_digit() || "+-() ".contains(it))
    }),
    ("car_number", "at most 8 characters", |text| {
        count(text) <= 8
    }),
    (
        "name",
        "at most 10 Chinese characters, or at most 20 letters and symbols",
        |text| count(text) <= if text.is_ascii() { 20 } else { 10 },
    ),
    ("phrase", "at most 5 Chinese characters", |text| {
        count(text) <= 5 && text.chars().all(is_chinese)
    }),
    ("enum", "one of the words of the template", |_| true),
];

/// Whether a value fits its key: `thing1`.
///
/// # Errors
/// What it should be, in words.
pub fn check(key: &str, value: &str) -> Result<(), &'static str> {
    let kind = key.trim_end_matches(|it: char| it.is_ascii_digit());
    match KINDS.iter().find(|(name, ..)| *name == kind) {
        Some((_, wanted, fits)) if !fits(value) => Err(wanted),
        _ => Ok(()),
    }
}

/// Whether a key begins like those of subscribe messages.
pub fn is_key(key: &str) -> bool {
    let kind = key.trim_end_matches(|it: char| it.is_ascii_digit());
    kind.len() < key.len() && KINDS.iter().any(|(name, ..)| *name == kind)
}

fn count(text: &str) -> usize {
    text.chars().count()
}

fn is_sign_or_digit(it: char) -> bool {
    it == '-' || it == '.' || it.is_ascii_digit()
}

fn is_chinese(it: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&it)
}

/// Whether both ends of a span, or the one point of time, pass: a day and a time, either perhaps missing.
fn each_end(text: &str, fits: impl Fn(Option<&str>, Option<&str>) -> bool) -> bool {
    let mut ends = text.split('~').map(str::trim);
    text.matches('~').count() <= 1
        && ends.all(|end| match end.rsplit_once(' ') {
            Some((day, time)) => fits(Some(day.trim()), Some(time)),
            None if end.contains(':') => fits(None, Some(end)),
            None => fits(Some(end), None),
        })
}

/// `15:01`, `15:01:30`.
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let within = |part: &str, max: u8| {
        part.len() <= 2
            && part.chars().all(|it| it.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|number| number <= max)
    };
    match parts[..] {
        [hour, minute] => within(hour, 23) && within(minute, 59),
        [hour, minute, second] => within(hour, 23) && within(minute, 59) && within(second, 59),
        _ => false,
    }
}

/// `2019年10月1日`, `2019-10-01`.
fn is_day(text: &str) -> bool {
    let text = text.strip_suffix('日').unwrap_or(text);
    let parts: Vec<&str> = text.split(['年', '月', '-', '/', '.']).collect();
    let number = |part: &str| {
        let is_digits = part.chars().all(|it| it.is_ascii_digit());
        is_digits.then(|| part.parse::<u16>().ok()).flatten()
    };
    match parts[..] {
        [year, month, day] => {
            year.len() == 4
                && number(year).is_some()
                && number(month).is_some_and(|it| (1..=12).contains(&it))
                && number(day).is_some_and(|it| (1..=31).contains(&it))
        }
        _ => false,
    }
}

/// `￥12.50`, `12元`.
fn is_amount(text: &str) -> bool {
    let text = text.strip_suffix('元').unwrap_or(text);
    let text = match text.chars().next() {
        Some(sign) if !sign.is_alphanumeric() && !sign.is_whitespace() => &text[sign.len_utf8()..],
        _ => text,
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits <= 10 && text.starts_with(|it: char| it.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{check, is_key};

    #[test]
    fn each_kind_of_key_takes_its_values() {
        for (key, value) in [
            ("thing1", "一二三四五六七八九十一二三四五六七八九十"),
            ("number2", "-12.5"),
            ("letter1", "abcXYZ"),
            ("symbol1", "~!@"),
            ("character_string10", "NO-2019.001"),
            ("time3", "15:01"),
            ("time3", "2019年10月1日 15:01"),
            ("time3", "15:01~16:30"),
            ("date4", "2019年10月1日"),
            ("date4", "2019-10-01 15:01"),
            ("date4", "2019年10月1日~2019年10月3日"),
            ("amount5", "￥12.50"),
            ("amount5", "12元"),
            ("phone_number6", "+86-0766-66888866"),
            ("car_number7", "粤A8Z888挂"),
            ("name8", "张三"),
            ("name8", "Alexander the Great"),
            ("phrase9", "配送中"),
            ("enum1", "x"),
            ("unknown", "anything"),
        ] {
            assert_eq!(check(key, value), Ok(()), "{key} {value}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told_in_words() {
        for (key, value) in [
            ("thing1", "一二三四五六七八九十一二三四五六七八九十一"),
            ("number2", "twelve"),
            ("number2", "inf"),
            ("letter1", "a1"),
            ("symbol1", "a"),
            ("character_string10", "单号1"),
            ("time3", "25:00"),
            ("time3", "2019年10月1日"),
            ("time3", "1:00~2:00~3:00"),
            ("date4", "15:01"),
            ("date4", "2019年13月1日"),
            ("date4", "tomorrow"),
            ("amount5", "12345678901"),
            ("amount5", "about 3"),
            ("phone_number6", "12345678901234567890"),
            ("car_number7", "粤A8Z888888"),
            ("name8", "一二三四五六七八九十一"),
            ("phrase9", "配送中！"),
            ("phrase9", "已经在配送了"),
        ] {
            assert!(check(key, value).is_err(), "{key} {value}");
        }
    }

    #[test]
    fn a_key_is_a_kind_and_a_number() {
        assert!(is_key("thing1") && is_key("character_string12"));
        assert!(!is_key("thing") && !is_key("keyword1") && !is_key("1"));
    }
}

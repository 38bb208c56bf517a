//! Moments as WeChat Pay writes them, in the time of China.
//!
//! Official pages of WeChat Pay: "Parameter rules" (v2: `yyyyMMddHHmmss`), "Basic rules" (v3: RFC 3339).

use super::super::Millis;
use crate::profile::{CHINA_UTC_OFFSET_S, Date};

/// Year, month, day, hour, minute and second of a moment in China.
fn parts(at: Millis) -> [i64; 6] {
    let seconds = at.0.div_euclid(1_000) + i64::from(CHINA_UTC_OFFSET_S);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The civil calendar from days since 1970, as in the usual algorithm of 400-year eras.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * of_era + of_era / 4 - of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    [year, month, day, hour, minute, second]
}

/// Fourteen digits: year to second.
pub fn digits(at: Millis) -> String {
    let [year, month, day, hour, minute, second] = parts(at);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// `2018-06-08 10:34:56`.
pub fn words(at: Millis) -> String {
    let [year, month, day, hour, minute, second] = parts(at);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// `2018-06-08T10:34:56+08:00`.
pub fn rfc3339(at: Millis) -> String {
    format!("{}+08:00", words(at).replace(' ', "T"))
}

/// The moment of a day of China and a time of that day; `None` when there is none.
fn moment(date: &str, hour: &str, minute: &str, second: &str) -> Option<Millis> {
    let date: Date = date.parse().ok()?;
    let number = |text: &str, limit: i64| {
        let fits = text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit());
        let number = text.parse().ok().filter(|number| *number < limit);
        number.filter(|_| fits)
    };
    let (hour, minute) = (number(hour, 24)?, number(minute, 60)?);
    let second: i64 = number(second, 60)?;
    let ms = ((hour * 60 + minute) * 60 + second) * 1_000;
    Some(Millis(date.midnight_unix_ms()).plus(ms))
}

/// The moment of fourteen digits.
pub fn from_digits(text: &str) -> Option<Millis> {
    if text.len() != 14 || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let date = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]);
    moment(&date, &text[8..10], &text[10..12], &text[12..])
}

/// The moment of a text in the form of RFC 3339; parts of a second do not count.
pub fn from_rfc3339(text: &str) -> Option<Millis> {
    let (date, time) = text.split_once('T')?;
    let at = time.find(['Z', '+', '-'])?;
    let (time, zone) = time.split_at(at);
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let [hour, minute, second] = time.split(':').collect::<Vec<_>>().try_into().ok()?;
    let offset_s = match zone {
        "Z" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let (hours, minutes) = zone[1..].split_once(':')?;
            let number = |text: &str| -> Option<i64> {
                let fits = text.len() == 2 && text.bytes().all(|it| it.is_ascii_digit());
                text.parse().ok().filter(|_| fits)
            };
            sign * (number(hours)? * 3_600 + number(minutes)? * 60)
        }
    };
    let china = moment(date, hour, minute, second)?;
    Some(china.plus((i64::from(CHINA_UTC_OFFSET_S) - offset_s) * 1_000))
}

#[cfg(test)]
mod tests {
    use super::{digits, from_digits, from_rfc3339, rfc3339, words};
    use crate::world::Millis;

    #[test]
    fn a_moment_in_china_is_written_and_read() {
        for (ms, text) in [
            (0, "19700101080000"),
            (951_782_400_000, "20000229080000"),
            (1_709_222_399_000, "20240229235959"),
            (1_767_196_800_000, "20260101000000"),
        ] {
            assert_eq!(digits(Millis(ms)), text);
            assert_eq!(from_digits(text), Some(Millis(ms)));
            assert_eq!(from_rfc3339(&rfc3339(Millis(ms))), Some(Millis(ms)));
        }
        assert_eq!(words(Millis(0)), "1970-01-01 08:00:00");
        assert_eq!(rfc3339(Millis(0)), "1970-01-01T08:00:00+08:00");
    }

    #[test]
    fn other_zones_are_read_and_what_is_no_moment_is_not() {
        for text in [
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.999Z",
            "1969-12-31T23:30:00-00:30",
        ] {
            let read = from_rfc3339(text);
            let expected = text.starts_with("1970").then_some(Millis(0));
            assert_eq!(read, expected, "{text}: days before 1970 are no days");
        }
        for text in [
            "",
            "T",
            "2018-06-08",
            "2018-06-08T10:34:56",
            "2018-02-30T10:34:56Z",
            "2018-06-08T24:00:00Z",
            "2018-06-08T10:60:00Z",
            "2018-06-08T10:34Z",
            "2018-06-08T1:34:56Z",
            "2018-06-08T10:34:56+8:00",
            "2018-06-08T10:34:56+",
            "2018-06-08T10:34:56é",
        ] {
            assert_eq!(from_rfc3339(text), None, "{text}");
        }
        for text in ["", "2018060810345", "2018060810346a", "20181301000000"] {
            assert_eq!(from_digits(text), None, "{text}");
        }
    }
}

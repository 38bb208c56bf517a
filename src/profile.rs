//! Compatibility date, versions and platform: which rules of the platform hold.
//!
//! The platform changed its rules at dates (for versions published after them), with base-library
//! versions and with client versions. Each question below names the change it stands for.

mod duration;
mod rules;

pub use duration::parse_duration_ms;
pub use rules::{CODE_LIFE_MS, PREPAY_LIFE_MS, PRIVACY_GAP_MS, Rules, SESSION_IDLE_MS, Separator};

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::version::Version;

/// A calendar day of the Gregorian calendar, in China standard time (UTC+8, no daylight saving).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// China standard time, the zone of the platform's own dates, in seconds east of UTC.
pub const CHINA_UTC_OFFSET_S: i32 = 8 * 3600;

/// A zone written `+08:00`, in seconds east of UTC.
///
/// # Errors
/// It is none.
pub fn parse_utc_offset(text: &str) -> Result<i32, String> {
    let parse = || {
        let (sign, rest) = match text.split_at_checked(1)? {
            ("+", rest) => (1, rest),
            ("-", rest) => (-1, rest),
            _ => return None,
        };
        let (hours, minutes) = rest.split_once(':')?;
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let exists = (0..=14).contains(&hours) && (0..60).contains(&minutes);
        exists.then_some(sign * (hours * 3600 + minutes * 60))
    };
    parse().ok_or_else(|| format!("`{text}` is no offset from UTC; write +08:00"))
}

/// The text is not a day written `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2018-06-04")]
pub struct BadDate(String);

impl Date {
    /// The day, without a check that it exists; for constants.
    pub const fn new(year: i32, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// The day of a moment, in milliseconds of Unix time.
    pub fn at_unix_ms(ms: i64) -> Self {
        let seconds = ms.div_euclid(1000) + i64::from(CHINA_UTC_OFFSET_S);
        let (year, month, day) = civil_day(seconds.div_euclid(86_400));
        Self {
            year: i32::try_from(year).unwrap_or(i32::MAX),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }

    /// Unix time of midnight in China, in milliseconds.
    pub fn midnight_unix_ms(self) -> i64 {
        let days = days_since_1970(
            i64::from(self.year),
            i64::from(self.month),
            i64::from(self.day),
        );
        (days * 86_400 - i64::from(CHINA_UTC_OFFSET_S)) * 1000
    }

    fn days_in_month(year: i32, month: u8) -> u8 {
        match month {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; a day beyond its month runs over.
pub fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day counted from 1970-01-01.
pub fn civil_day(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        let parse = || -> Option<Self> {
            let mut parts = text.split('-');
            let year: i32 = parts.next()?.parse().ok()?;
            let month: u8 = parts.next()?.parse().ok()?;
            let day: u8 = parts.next()?.parse().ok()?;
            let exists = parts.next().is_none()
                && (1970..=9999).contains(&year)
                && (1..=12).contains(&month)
                && (1..=Self::days_in_month(year, month)).contains(&day);
            exists.then_some(Self { year, month, day })
        };
        parse().ok_or_else(|| BadDate(text.to_owned()))
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Where the client runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// iPhone or iPad.
    Ios,
    /// Android phone.
    Android,
    /// The simulator of the official developer tool.
    Devtools,
    /// WeChat for Windows.
    Windows,
    /// WeChat for Mac.
    Mac,
    /// `HarmonyOS` NEXT.
    Ohos,
}

impl Platform {
    /// Every platform, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Ios,
        Self::Android,
        Self::Devtools,
        Self::Windows,
        Self::Mac,
        Self::Ohos,
    ];

    /// The platform's own word, as in `wx.getDeviceInfo().platform`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ios => "ios",
            Self::Android => "android",
            Self::Devtools => "devtools",
            Self::Windows => "windows",
            Self::Mac => "mac",
            Self::Ohos => "ohos",
        }
    }
}

/// The text is not a platform's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a platform: use ios, android, devtools, windows, mac or ohos")]
pub struct BadPlatform(String);

impl FromStr for Platform {
    type Err = BadPlatform;

    fn from_str(text: &str) -> Result<Self, BadPlatform> {
        Self::ALL
            .into_iter()
            .find(|platform| platform.name() == text)
            .ok_or_else(|| BadPlatform(text.to_owned()))
    }
}

/// The platform of one day: which rules hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The day whose platform is simulated; also the publish date of the running version.
    pub compat_date: Date,
    /// Base library version (`SDKVersion`).
    pub sdk: Version,
    /// WeChat client version.
    pub client: Version,
    /// Where the client runs.
    pub platform: Platform,
    /// Rules that are not published, or not the same everywhere.
    #[serde(default, skip_serializing_if = "Rules::are_usual")]
    pub rules: Rules,
}

/// The day this release of wxsim takes as today; never the wall clock.
pub const COMPAT_DATE: Date = Date::new(2026, 7, 30);

/// Base library and client of a day: the newest of which the day is not before.
///
/// Source: the official base-library changelog; client versions are the ones current then.
const VERSIONS: &[(Date, Version, Version)] = &[
    (Date::new(2017, 1, 4), Version(1, 0, 0), Version(6, 5, 3)),
    (Date::new(2017, 3, 31), Version(1, 1, 0), Version(6, 5, 6)),
    (Date::new(2017, 5, 20), Version(1, 2, 1), Version(6, 5, 7)),
    (Date::new(2017, 6, 21), Version(1, 3, 0), Version(6, 5, 9)),
    (Date::new(2017, 8, 17), Version(1, 5, 0), Version(6, 5, 13)),
    (Date::new(2017, 10, 11), Version(1, 6, 0), Version(6, 5, 16)),
    (Date::new(2018, 1, 24), Version(1, 9, 5), Version(6, 6, 1)),
    (Date::new(2018, 3, 20), Version(1, 9, 92), Version(6, 6, 5)),
    (Date::new(2018, 5, 18), Version(2, 0, 8), Version(6, 6, 6)),
    (Date::new(2018, 9, 10), Version(2, 3, 0), Version(6, 7, 3)),
    (Date::new(2018, 11, 5), Version(2, 4, 0), Version(6, 7, 3)),
    (Date::new(2019, 4, 2), Version(2, 6, 5), Version(7, 0, 4)),
    (Date::new(2019, 8, 30), Version(2, 8, 2), Version(7, 0, 6)),
    (Date::new(2020, 2, 20), Version(2, 10, 2), Version(7, 0, 10)),
    (
        Date::new(2020, 11, 13),
        Version(2, 14, 0),
        Version(7, 0, 20),
    ),
    (
        Date::new(2021, 12, 13),
        Version(2, 21, 2),
        Version(8, 0, 16),
    ),
    (Date::new(2023, 10, 17), Version(3, 1, 3), Version(8, 0, 43)),
    (Date::new(2024, 4, 24), Version(3, 4, 3), Version(8, 0, 49)),
    (
        Date::new(2025, 11, 13),
        Version(3, 12, 0),
        Version(8, 0, 65),
    ),
    (Date::new(2026, 7, 1), Version(3, 17, 0), Version(8, 0, 74)),
];

impl Default for Profile {
    fn default() -> Self {
        Self::on(COMPAT_DATE)
    }
}

impl Profile {
    /// The platform of a day: iOS with the base library and client that were current then.
    pub fn on(compat_date: Date) -> Self {
        let (_, sdk, client) = VERSIONS
            .iter()
            .rev()
            .find(|(from, ..)| *from <= compat_date)
            .unwrap_or(&VERSIONS[0]);
        Self {
            compat_date,
            sdk: *sdk,
            client: *client,
            platform: Platform::Ios,
            rules: Rules::default(),
        }
    }

    /// What stands between `fail` and a native client's reason: a colon on Android, else a blank.
    ///
    /// Both forms are reported from the field; which client version switched is not known, so
    /// every Android client of wxsim uses the colon unless [`Rules::separator`] says otherwise.
    pub fn separator(&self) -> char {
        match self.rules.separator {
            Some(Separator::Colon) => ':',
            None if self.platform == Platform::Android => ':',
            Some(Separator::Blank) | None => ' ',
        }
    }

    /// Whether what `onShareAppMessage` returns can hear of the result: in the developer tool until base
    /// library 2.0.8 (its changelog), on phones until October 2018 (the day is a guess).
    pub fn tells_share_result(&self) -> bool {
        let usual = match self.platform {
            Platform::Devtools => self.sdk < Version(2, 0, 8),
            _ => self.compat_date < Date::new(2018, 10, 10),
        };
        self.rules.share_callbacks.unwrap_or(usual)
    }

    /// Asynchronous APIs return a promise when no callback is given (base library 2.10.2).
    pub fn has_promises(&self) -> bool {
        self.sdk >= Version(2, 10, 2)
    }

    /// How many pages the page stack holds (5 until 2016-10-28 was lifted to 10 by 2017).
    pub fn page_stack_max(&self) -> usize {
        if self.compat_date < Date::new(2017, 1, 4) {
            5
        } else {
            10
        }
    }

    /// Unix time in milliseconds at which a run starts: nine in the morning of the date, in China.
    pub fn start_unix_ms(&self) -> i64 {
        self.compat_date.midnight_unix_ms() + 9 * 3_600_000
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Platform, Profile};
    use crate::version::Version;

    #[test]
    fn a_date_is_a_day_in_china() {
        let date: Date = "2018-06-04".parse().expect("a date");
        assert_eq!(date.midnight_unix_ms(), 1_528_041_600_000);
        assert_eq!(date.to_string(), "2018-06-04");
        assert!("2024-02-29".parse::<Date>().is_ok(), "leap day");
        for bad in [
            "2023-02-29",
            "2018-13-01",
            "2018-6",
            "today",
            "2018-06-04-1",
            "",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_date_decides_the_versions() {
        let profile = Profile::on("2018-06-04".parse().expect("a date"));
        assert_eq!(
            (profile.sdk, profile.platform),
            (Version(2, 0, 8), Platform::Ios)
        );
        assert!(!profile.has_promises());
        assert!(Profile::default().has_promises());
        let android = Profile {
            platform: Platform::Android,
            ..Profile::default()
        };
        assert_eq!(
            (android.separator(), Profile::default().separator()),
            (':', ' ')
        );
    }
}

//! Version numbers of the base library (`SDKVersion`) and of the WeChat client.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A version such as `2.10.2`; missing parts are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u16, pub u16, pub u16);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// The text is not one to three numbers joined by dots.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a version such as 2.10.2")]
pub struct BadVersion(String);

impl FromStr for Version {
    type Err = BadVersion;

    fn from_str(text: &str) -> Result<Self, BadVersion> {
        let bad = || BadVersion(text.to_owned());
        let mut parts = [0_u16; 3];
        for (index, part) in text.split('.').enumerate() {
            *parts.get_mut(index).ok_or_else(bad)? = part.parse().map_err(|_| bad())?;
        }
        Ok(Self(parts[0], parts[1], parts[2]))
    }
}

impl Serialize for Version {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_compare_by_number() {
        let parse = |text: &str| text.parse::<Version>();
        assert_eq!(parse("2.10"), Ok(Version(2, 10, 0)));
        assert!(Version(2, 10, 2) > Version(2, 9, 9), "not as text");
        for bad in ["", "2.", "a", "1.2.3.4", "-1"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}

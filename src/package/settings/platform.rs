//! The keys of the platform: `compat_date`, `sdk`, `client`, `platform`.

use super::item::{Item, Problems};
use crate::profile::{Date, Platform, Profile};
use crate::version::Version;

/// What is said of the platform; the rest follows from the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProfileKeys {
    /// Day whose platform is simulated.
    pub compat_date: Option<Date>,
    /// Base library.
    pub sdk: Option<Version>,
    /// WeChat client.
    pub client: Option<Version>,
    /// Where the client runs.
    pub platform: Option<Platform>,
}

impl ProfileKeys {
    /// What is said here, and what only the other says.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            compat_date: self.compat_date.or(other.compat_date),
            sdk: self.sdk.or(other.sdk),
            client: self.client.or(other.client),
            platform: self.platform.or(other.platform),
        }
    }

    pub(super) fn profile(self) -> Profile {
        let day = self.compat_date.map_or_else(Profile::default, Profile::on);
        Profile {
            sdk: self.sdk.unwrap_or(day.sdk),
            client: self.client.unwrap_or(day.client),
            platform: self.platform.unwrap_or(day.platform),
            ..day
        }
    }
}

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Platform> {
    let words = Platform::ALL.map(|platform| (platform.name(), platform));
    item.word(&words, problems)
}

//! Flags that say which client it is.

use clap::Args;

use crate::package::ProfileKeys;
use crate::profile::{Date, Platform};
use crate::version::Version;

/// The client and the phone it is on.
#[derive(Clone, Debug, Args)]
pub(super) struct ClientFlags {
    /// Base library version (default: the one of the day)
    #[arg(long, value_name = "VERSION")]
    pub(super) sdk: Option<Version>,
    /// WeChat client version (default: the one of the day)
    #[arg(long, value_name = "VERSION")]
    pub(super) client: Option<Version>,
    /// ios, android, devtools, windows, mac or ohos [default: ios]
    #[arg(long, value_name = "NAME")]
    pub(super) platform: Option<Platform>,
}

impl ClientFlags {
    /// What is given of a profile.
    pub(super) fn keys(&self, compat_date: Option<Date>) -> ProfileKeys {
        ProfileKeys {
            compat_date,
            sdk: self.sdk,
            client: self.client,
            platform: self.platform,
        }
    }
}

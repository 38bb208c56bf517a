//! What a program cannot do as it was opened: the table of the timeline's single page, and of other ways.
//!
//! Official pages: "Share to the timeline" (its list of what is disabled), `wx.getApiCategory`, the pages of the
//! APIs. A call that a tap leads to makes WeChat point at the whole program.
//!
//! Unverified: everything that is disabled fails with `no permission`.
//! Differs from the client: forms, editors and open-data on the single page work; objects that come back at once
//! (advertisements, UDP sockets) are made.

use super::core::Core;
use crate::errmsg::Reason;
use crate::world::World;
use crate::world::enter_options::ApiCategory;

/// Members of `wx` and components that the single page does not have, by chapter.
const CLOSED: &[&[&str]] = &[
    &[
        "redirectTo",
        "reLaunch",
        "navigateTo",
        "switchTab",
        "navigateBack",
    ],
    &[
        "showNavigationBarLoading",
        "hideNavigationBarLoading",
        "setNavigationBarTitle",
        "setNavigationBarColor",
        "hideHomeButton",
    ],
    &[
        "setTabBarBadge",
        "removeTabBarBadge",
        "showTabBarRedDot",
        "hideTabBarRedDot",
        "setTabBarItem",
        "setTabBarStyle",
        "showTabBar",
        "hideTabBar",
    ],
    &[
        "getBackgroundFetchData",
        "setBackgroundFetchToken",
        "getBackgroundFetchToken",
    ],
    &[
        "chooseMedia",
        "chooseImage",
        "saveImageToPhotosAlbum",
        "chooseVideo",
        "saveVideoToPhotosAlbum",
        "getVideoInfo",
        "compressVideo",
        "joinVoIPChat",
    ],
    &[
        "openLocation",
        "chooseLocation",
        "choosePoi",
        "startLocationUpdateBackground",
        "startLocationUpdate",
    ],
    &[
        "getShareInfo",
        "showShareMenu",
        "hideShareMenu",
        "updateShareMenu",
    ],
    &["openDocument"],
    &["login", "checkSession"],
    &[
        "navigateToMiniProgram",
        "navigateBackMiniProgram",
        "openEmbeddedMiniProgram",
        "exitMiniProgram",
    ],
    &["getUserInfo", "getUserProfile"],
    &["requestPayment", "requestOrderPayment"],
    &["authorize", "authorizeForMiniProgram"],
    &["getSetting", "openSetting"],
    &["chooseAddress"],
    &["addCard", "openCard"],
    &["chooseInvoiceTitle", "chooseInvoice"],
    &[
        "startSoterAuthentication",
        "checkIsSupportSoterAuthentication",
        "checkIsSoterEnrolledInDevice",
    ],
    &["getWeRunData", "shareToWeRun"],
    &["showRedPackage"],
    &[
        "openBluetoothAdapter",
        "closeBluetoothAdapter",
        "getBluetoothAdapterState",
        "startBluetoothDevicesDiscovery",
        "startBeaconDiscovery",
        "startWifi",
        "startHCE",
    ],
    &["addPhoneContact"],
    &["setClipboardData", "getClipboardData"],
    &["makePhoneCall"],
    &["scanCode"],
    &["component.insertCamera", "component.insertLivePusher"],
];

/// What chat material and chat tools do not open.
const NO_OTHER_PROGRAM: &[&str] = &["navigateToMiniProgram", "openEmbeddedMiniProgram"];

/// What WeChat tells a user who taps for something that is disabled.
const TOAST: &str = "WeChat tells the user: 请前往小程序使用完整服务";

/// Why a program that was opened in this way cannot call an API.
pub(super) fn refusal(world: &World, api: &str) -> Option<Reason> {
    let is_closed = if world.is_single_page() {
        CLOSED.iter().any(|chapter| chapter.contains(&api)) || api.starts_with("button.")
    } else {
        match world.api_category() {
            ApiCategory::Default => false,
            ApiCategory::BrowseOnly => {
                CLOSED.iter().any(|chapter| chapter.contains(&api)) || api.starts_with("button.")
            }
            ApiCategory::NativeFunctionalized | ApiCategory::ChatTool => {
                NO_OTHER_PROGRAM.contains(&api) || api == SHARE
            }
            ApiCategory::Embedded => api == "openEmbeddedMiniProgram" || api == SHARE,
        }
    };
    is_closed.then_some(Reason::NoPermission)
}

/// The share button.
pub(super) const SHARE: &str = "button.share";

impl Core {
    /// What the user sees of a call that the single page refuses.
    pub(super) fn tell_single_page(&mut self, api: &str, tap: bool) {
        if tap && self.world.is_single_page() && refusal(&self.world, api).is_some() {
            self.console("warn", TOAST.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CLOSED;
    use crate::api;

    #[test]
    fn every_name_is_one_of_the_platform_and_stands_once() {
        let mut seen = BTreeSet::new();
        for name in CLOSED.iter().flat_map(|chapter| chapter.iter()) {
            let known = api::find(name).is_some()
                || api::names::NAMES.iter().any(|known| known.name == *name);
            assert!(known, "{name}");
            assert!(seen.insert(name), "{name} twice");
        }
    }
}

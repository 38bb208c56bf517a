//! Where WeChat pushes messages to: the URL that an app gave in the console.
//!
//! Official pages: "Message push", "Network communication detection".

use std::collections::BTreeMap;

use super::super::{Change, World, sealed::Sealed};

/// The URLs of apps that have one.
pub(super) type CallbackUrls = BTreeMap<String, String>;

/// The console of an app has this URL from now on; an empty one is none.
#[derive(Clone, Debug)]
pub struct SetCallbackUrl {
    /// The app.
    pub app_id: String,
    /// The URL.
    pub url: String,
}

impl Sealed for SetCallbackUrl {}
impl Change for SetCallbackUrl {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let urls = &mut world.open_api.callback_urls;
        if self.url.is_empty() {
            urls.remove(&self.app_id);
        } else {
            urls.insert(self.app_id, self.url);
        }
    }
}

impl World {
    /// Where messages for an app are pushed to; `None` for an app that has no URL.
    pub fn callback_url(&self, app_id: &str) -> Option<&str> {
        self.open_api.callback_urls.get(app_id).map(String::as_str)
    }
}

//! Bytes in memory that the program gave an address.
//!
//! Official pages: `wx.createBufferURL`, `wx.revokeBufferURL`. Addresses begin with `wxblob://`, as
//! those of the Android client; they end with the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// The bytes by address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct BufferUrls {
    bytes: BTreeMap<String, Vec<u8>>,
    made: u32,
}

/// Gives bytes an address; the effect is that address, another one each time.
#[derive(Clone, Debug)]
pub struct CreateBufferUrl(pub Vec<u8>);

impl Sealed for CreateBufferUrl {}
impl Change for CreateBufferUrl {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let urls = &mut world.buffer_urls;
        urls.made = urls.made.saturating_add(1);
        let url = format!("wxblob://{:032x}", urls.made);
        urls.bytes.insert(url.clone(), self.0);
        url
    }
}

/// Forgets the bytes of an address; no effect when there are none.
#[derive(Clone, Debug)]
pub struct RevokeBufferUrl(pub String);

impl Sealed for RevokeBufferUrl {}
impl Change for RevokeBufferUrl {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.buffer_urls.bytes.remove(&self.0);
    }
}

impl World {
    /// The bytes of an address in memory.
    pub fn buffer_at(&self, url: &str) -> Option<&[u8]> {
        self.buffer_urls.bytes.get(url).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::{CreateBufferUrl, RevokeBufferUrl};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::{AppFacts, World};

    #[test]
    fn bytes_have_their_address_until_it_is_revoked_or_the_program_ends() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let one = world.apply(CreateBufferUrl(vec![1]));
        let other = world.apply(CreateBufferUrl(vec![1]));
        assert_ne!(one, other, "each is unique");
        world.apply(RevokeBufferUrl(one.clone()));
        assert_eq!(world.buffer_at(&one), None);
        assert_eq!(world.buffer_at(&other), Some(&[1][..]));
        world.apply(Kill);
        assert_eq!(world.buffer_at(&other), None);
    }
}

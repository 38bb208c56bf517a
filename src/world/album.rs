//! The phone's album: pictures and videos that the user may choose, and what programs saved there.
//!
//! The simulated phone has three pictures and one video; each is a real file with nothing to see.
//! What a program saves comes first. The album is the phone's, so it outlives every program.

use serde::{Deserialize, Serialize};

use super::files::Content;
use super::{Change, World, sealed::Sealed};
use crate::media_format::film::{self, Film};
use crate::media_format::picture;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A video.
    Video,
}

impl MediaKind {
    /// The word of results: `image`, `video`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
        }
    }
}

/// Files that programs saved, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Album(Vec<(MediaKind, Content)>);

/// A file is saved to the album.
#[derive(Clone, Debug)]
pub struct SaveToAlbum {
    /// What it is.
    pub kind: MediaKind,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Sealed for SaveToAlbum {}
impl Change for SaveToAlbum {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let saved = (self.kind, Content::from(self.content));
        world.album.0.insert(0, saved);
    }
}

/// Sizes of the pictures that are there from the beginning.
const PICTURES: [(u16, u16); 3] = [(1080, 1440), (1440, 1080), (750, 1334)];
/// The video that is there from the beginning.
const VIDEO: Film = Film {
    width: 1280,
    height: 720,
    duration_ms: 10_000,
};

impl World {
    /// The files of a kind, the latest first.
    pub fn album(&self, kind: MediaKind) -> Vec<Vec<u8>> {
        let saved = self.album.0.iter().filter(|(saved, _)| *saved == kind);
        let mut files: Vec<Vec<u8>> = saved.map(|(_, content)| content.bytes().to_vec()).collect();
        match kind {
            MediaKind::Image => {
                files.extend(PICTURES.map(|(width, height)| picture::gray_jpeg(width, height)));
            }
            MediaKind::Video => files.push(film::mp4(VIDEO)),
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, SaveToAlbum};
    use crate::media_format::{film, picture};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::{AppFacts, World};

    #[test]
    fn what_is_saved_comes_first_and_stays() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert_eq!(world.album(MediaKind::Image).len(), 3);
        for content in [b"one".to_vec(), b"two".to_vec()] {
            let kind = MediaKind::Image;
            world.apply(SaveToAlbum { kind, content });
        }
        world.apply(Kill);
        let pictures = world.album(MediaKind::Image);
        assert_eq!(pictures[..2], [b"two".to_vec(), b"one".to_vec()]);
        assert!(
            pictures[2..]
                .iter()
                .all(|file| picture::read(file).is_some())
        );
        let videos = world.album(MediaKind::Video);
        assert_eq!(
            film::read(&videos[0]).map(|film| film.duration_ms),
            Some(10_000)
        );
    }
}

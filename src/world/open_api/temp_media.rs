//! Files that servers upload for three days, and the pictures that users send to the customer service.
//!
//! Official pages: "Temporary media" (upload, get), "Receiving messages and events" (`MediaId`). An id belongs to
//! one app, can be used any number of times, and ends with the file.
//!
//! Differs from the platform: [`MEDIA_KEPT_MAX`] files of [`MEDIA_BYTES_MAX`] bytes together are kept; when one
//! more does not fit, the oldest of all apps go before their time, and their ids are as good as unknown.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::super::conversation::{Content, Say};
use super::super::rng::derived_text;
use super::super::{Caller, Change, Millis, World, sealed::Sealed};
use crate::crypto::base64_text;
use crate::media_format::picture;

/// Life of a file, in milliseconds: three days.
pub const MEDIUM_LIFE_MS: i64 = 3 * 86_400_000;
/// How many files are kept.
pub const MEDIA_KEPT_MAX: usize = 500;
/// How many bytes they have together.
pub const MEDIA_BYTES_MAX: usize = 32 << 20;
/// Characters of an id.
pub const MEDIA_ID_CHARS: usize = 64;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A voice message.
    Voice,
    /// A video.
    Video,
    /// The small picture of something else.
    Thumb,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Image, Self::Voice, Self::Video, Self::Thumb];

    /// The platform's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::Thumb => "thumb",
        }
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// Whose it is.
    pub app_id: String,
    /// What it is.
    pub kind: MediaKind,
    /// Its type, such as `image/png`.
    pub content_type: String,
    /// Ending of its name, such as `png`.
    pub ending: String,
    /// The name that it came with; empty for one without.
    pub file_name: String,
    /// Its bytes.
    #[serde(with = "base64_text::in_json")]
    pub bytes: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    since: Millis,
    medium: Medium,
}

/// All files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TempMedia {
    made: u64,
    by_id: BTreeMap<String, Kept>,
    /// Ids in the order in which they came.
    order: VecDeque<String>,
    /// Bytes of all together.
    bytes: usize,
}

impl TempMedia {
    /// Drops what is too old, and what is in the way of so many bytes.
    fn make_room(&mut self, now: Millis, bytes: usize) {
        while let Some(id) = self.order.front() {
            let since = self.by_id.get(id).map(|kept| kept.since);
            let is_old = since.is_none_or(|since| now.since(since) >= MEDIUM_LIFE_MS);
            let fits = self.order.len() < MEDIA_KEPT_MAX
                && self.bytes.saturating_add(bytes) <= MEDIA_BYTES_MAX;
            if !is_old && fits {
                return;
            }
            if let Some(gone) = self.by_id.remove(id) {
                self.bytes = self.bytes.saturating_sub(gone.medium.bytes.len());
            }
            self.order.pop_front();
        }
    }
}

/// A file is kept for three days.
#[derive(Clone, Debug)]
pub struct KeepMedium(pub Medium);

impl Sealed for KeepMedium {}
impl Change for KeepMedium {
    /// Its id: 64 characters.
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        let (seed, now) = (world.seed, world.now);
        let media = &mut world.open_api.media;
        media.made += 1;
        let made = media.made.to_string();
        let id = derived_text(seed, &["medium", &self.0.app_id, &made], MEDIA_ID_CHARS);
        media.make_room(now, self.0.bytes.len());
        media.bytes += self.0.bytes.len();
        media.order.push_back(id.clone());
        let kept = Kept {
            since: now,
            medium: self.0,
        };
        media.by_id.insert(id.clone(), kept);
        id
    }
}

/// The bytes are no picture that users send: PNG, JPEG, GIF or WebP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no picture; users send PNG, JPEG, GIF and WebP")]
pub struct NoPicture;

/// The user sends a picture to the customer service; its server can fetch the bytes by the id in the message.
#[derive(Clone, Debug)]
pub struct SayPicture {
    /// Who, and to the service of which program.
    pub caller: Caller,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl Sealed for SayPicture {}
impl Change for SayPicture {
    /// The id of the medium.
    type Effect = Result<String, NoPicture>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let (content_type, ending) = picture_type(&self.bytes).ok_or(NoPicture)?;
        let id = world.apply(KeepMedium(Medium {
            app_id: self.caller.app_id().to_owned(),
            kind: MediaKind::Image,
            content_type: content_type.to_owned(),
            ending: ending.to_owned(),
            file_name: String::new(),
            bytes: self.bytes,
        }));
        world.apply(Say(self.caller, Content::Image(id.clone())));
        Ok(id)
    }
}

/// Type and ending of a picture by its bytes; `None` for what neither programs nor users send.
pub fn picture_type(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let kind = picture::read(bytes)?.kind;
    let content_type = match kind {
        picture::Kind::Png => "image/png",
        picture::Kind::Jpeg => "image/jpeg",
        picture::Kind::Gif => "image/gif",
        picture::Kind::Webp => "image/webp",
        picture::Kind::Tiff => return None,
    };
    Some((content_type, kind.ending()))
}

impl World {
    /// The file of an app by its id; `None` for one that is unknown, too old or another app's.
    pub fn medium(&self, app_id: &str, media_id: &str) -> Option<&Medium> {
        let kept = self.open_api.media.by_id.get(media_id)?;
        let is_alive = self.now.since(kept.since) < MEDIUM_LIFE_MS;
        (is_alive && kept.medium.app_id == app_id).then_some(&kept.medium)
    }

    /// How many files are kept, and how many bytes they have together.
    pub fn media_kept(&self) -> (usize, usize) {
        let media = &self.open_api.media;
        (media.order.len(), media.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        KeepMedium, MEDIA_BYTES_MAX, MEDIA_ID_CHARS, MEDIA_KEPT_MAX, MEDIUM_LIFE_MS, MediaKind,
        Medium, NoPicture, SayPicture,
    };
    use crate::media_format::picture::gray_jpeg;
    use crate::profile::Profile;
    use crate::world::conversation::Content;
    use crate::world::{AdvanceTo, AppFacts, World};

    fn world() -> World {
        World::new(Profile::default(), AppFacts::default(), 1)
    }

    fn keep(world: &mut World, bytes: usize) -> String {
        world.apply(KeepMedium(Medium {
            app_id: "wx1".into(),
            kind: MediaKind::Image,
            content_type: "image/png".into(),
            ending: "png".into(),
            file_name: "a.png".into(),
            bytes: vec![7; bytes],
        }))
    }

    #[test]
    fn a_file_is_its_apps_for_three_days() {
        let mut world = world();
        let (id, other) = (keep(&mut world, 3), keep(&mut world, 3));
        assert_eq!((id.len(), id == other), (MEDIA_ID_CHARS, false));
        let found = world.medium("wx1", &id).expect("just kept");
        assert_eq!(
            (found.bytes.as_slice(), &*found.file_name),
            (&[7, 7, 7][..], "a.png")
        );
        assert_eq!(world.medium("wx2", &id), None, "another app's");
        assert_eq!(world.medium("wx1", "x"), None);
        world.apply(AdvanceTo(world.now().plus(MEDIUM_LIFE_MS - 1)));
        assert!(world.medium("wx1", &id).is_some());
        world.apply(AdvanceTo(world.now().plus(1)));
        assert_eq!(world.medium("wx1", &id), None);
        keep(&mut world, 1);
        assert_eq!(
            world.media_kept(),
            (1, 1),
            "what is too old goes with the next"
        );
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many_or_too_large_ones() {
        let mut many = world();
        let first = keep(&mut many, 1);
        let second = keep(&mut many, 1);
        for _ in 2..MEDIA_KEPT_MAX {
            keep(&mut many, 1);
        }
        assert!(many.medium("wx1", &first).is_some());
        keep(&mut many, 1);
        assert_eq!(many.medium("wx1", &first), None);
        assert!(many.medium("wx1", &second).is_some());
        assert_eq!(many.media_kept(), (MEDIA_KEPT_MAX, MEDIA_KEPT_MAX));
        let mut large = world();
        let first = keep(&mut large, MEDIA_BYTES_MAX / 2);
        let second = keep(&mut large, MEDIA_BYTES_MAX / 2);
        assert!(large.medium("wx1", &first).is_some());
        keep(&mut large, 1);
        assert_eq!(large.medium("wx1", &first), None);
        assert!(large.medium("wx1", &second).is_some());
        assert_eq!(large.media_kept(), (2, MEDIA_BYTES_MAX / 2 + 1));
    }

    #[test]
    fn a_picture_that_a_user_sends_is_a_message_and_a_file() {
        let mut world = world();
        let caller = world.caller();
        let say = |world: &mut World, bytes| {
            let caller = world.caller();
            world.apply(SayPicture { caller, bytes })
        };
        assert_eq!(say(&mut world, b"hello".to_vec()), Err(NoPicture));
        assert!(world.conversation(&caller).is_none() && world.handovers().is_empty());
        let picture = gray_jpeg(4, 4);
        let id = say(&mut world, picture.clone()).expect("a picture");
        let medium = world.medium(caller.app_id(), &id).expect("kept");
        assert_eq!(
            (&medium.bytes, &*medium.content_type),
            (&picture, "image/jpeg")
        );
        let said = world.conversation(&caller).expect("begun").messages();
        assert_eq!(said[0].content, Content::Image(id.clone()));
        let pushed = &world.handovers()[0].message;
        assert_eq!(
            (&pushed["MsgType"], &pushed["MediaId"]),
            (&"image".into(), &id.into())
        );
    }

    #[test]
    fn files_survive_saving() {
        let mut world = world();
        keep(&mut world, 3);
        let text = serde_json::to_string(&world).expect("a JSON form");
        let again: World = serde_json::from_str(&text).expect("the same form");
        assert_eq!(again, world);
    }
}

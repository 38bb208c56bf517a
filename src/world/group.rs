//! Group chats: who is in them, and their ids in a program.
//!
//! Official page: `wx.getShareInfo`. A group has an id of its own in each mini program, `openGId`: the
//! same for all its members, another one in another program.
//!
//! Unverified: an `openGId` has 28 characters and begins with `tG`, as in examples; the ids of chats of two and
//! of users in a chat look alike, with `oS` and `oG`.

use serde::{Deserialize, Serialize};

use super::rng::derived_text;
use super::share::Chat;
use super::{Caller, Change, World, sealed::Sealed};

/// A group chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The name by which scenarios call it.
    pub id: String,
    /// The name that its members see.
    pub name: String,
    /// Who is in it, by the users' ids.
    pub members: Vec<String>,
}

/// The groups, in the order in which they came.
pub(super) type Groups = Vec<Group>;

/// Adds a group, or replaces the facts of the one with the same id.
#[derive(Clone, Debug)]
pub struct AddGroup(pub Group);

impl Sealed for AddGroup {}
impl Change for AddGroup {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let groups = &mut world.groups;
        match groups.iter_mut().find(|group| group.id == self.0.id) {
            Some(group) => *group = self.0,
            None => groups.push(self.0),
        }
    }
}

/// The holder of the phone comes into a group, or leaves it; no effect when that is so already.
#[derive(Clone, Debug)]
pub struct EnterGroup {
    /// Which group.
    pub group: String,
    /// Whether in or out.
    pub is_in: bool,
}

/// There is no group of this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no group `{0}`")]
pub struct NoSuchGroup(pub String);

impl Sealed for EnterGroup {}
impl Change for EnterGroup {
    type Effect = Result<(), NoSuchGroup>;

    fn apply(self, world: &mut World) -> Result<(), NoSuchGroup> {
        let user = world.user().id.clone();
        let Some(group) = world.groups.iter_mut().find(|it| it.id == self.group) else {
            return Err(NoSuchGroup(self.group));
        };
        group.members.retain(|member| *member != user);
        if self.is_in {
            group.members.push(user);
        }
        Ok(())
    }
}

/// Characters of an `openGId` behind `tG`.
const ID_CHARS: usize = 26;

impl World {
    /// Every group.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// `openGId` of a group in the app: the same for the same seed, group and app; `None` when there
    /// is no such group.
    pub fn open_gid(&self, group_id: &str, app_id: &str) -> Option<String> {
        let group = self.group(group_id)?;
        let parts = ["openGId", app_id, group.id.as_str()];
        Some(format!("tG{}", derived_text(self.seed, &parts, ID_CHARS)))
    }

    /// The id of a chat in the app: of a group its `openGId`, of a chat of two the same for both.
    pub fn chat_id(&self, chat: &Chat, app_id: &str) -> String {
        match chat {
            Chat::Group(id) => self.open_gid(id, app_id).unwrap_or_default(),
            Chat::Two(one, other) => {
                let (first, second) = if one <= other {
                    (one, other)
                } else {
                    (other, one)
                };
                let parts = ["open_single_roomid", app_id, first, second];
                format!("oS{}", derived_text(self.seed, &parts, ID_CHARS))
            }
        }
    }

    /// The id of a user in a chat, for the app.
    pub fn member_id(&self, chat: &Chat, user: &Caller) -> String {
        let chat = self.chat_id(chat, user.app_id());
        let parts = ["group_openid", &chat, user.user_id()];
        format!("oG{}", derived_text(self.seed, &parts, ID_CHARS))
    }
}

#[cfg(test)]
mod tests {
    use super::{AddGroup, EnterGroup, Group};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    fn world(seed: u64) -> World {
        let mut world = World::new(Profile::default(), AppFacts::default(), seed);
        for id in ["g1", "g2"] {
            world.apply(AddGroup(Group {
                id: id.into(),
                ..Group::default()
            }));
        }
        world
    }

    #[test]
    fn the_holder_of_the_phone_joins_and_leaves() {
        let mut world = world(1);
        let mut enter = |group: &str, is_in| {
            let group = group.to_owned();
            world.apply(EnterGroup { group, is_in })
        };
        for is_in in [true, true, false, false, true] {
            assert_eq!(enter("g1", is_in), Ok(()));
        }
        assert!(enter("g3", true).is_err());
        assert_eq!(world.group("g1").expect("it").members, ["user"]);
    }

    #[test]
    fn a_group_has_an_id_of_its_own_in_each_app() {
        let mut world = world(1);
        let id = world.open_gid("g1", "wx1").expect("a group");
        assert!(id.starts_with("tG") && id.len() == 28, "{id}");
        assert_ne!(world.open_gid("g1", "wx2").as_ref(), Some(&id), "app");
        assert_ne!(world.open_gid("g2", "wx1").as_ref(), Some(&id), "group");
        assert_eq!(world.open_gid("g3", "wx1"), None);
        let other = self::world(2);
        assert_ne!(other.open_gid("g1", "wx1").as_ref(), Some(&id), "seed");
        world.apply(AddGroup(Group {
            id: "g1".into(),
            name: "Tea".into(),
            members: vec!["user".into()],
        }));
        assert_eq!(world.groups().len(), 2, "replaced, not added");
        assert_eq!(world.group("g1").expect("it").name, "Tea");
        assert_eq!(world.open_gid("g1", "wx1"), Some(id), "whoever is in it");
    }
}

//! Objects with methods that the program got from the client, such as a socket or a sound.
//!
//! Only their numbers are kept here; what an object is like is kept by the module of its family,
//! under its number. All of them end with the program.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// Number of an object, from 1 in each run of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ObjectId(pub u32);

/// The objects of a run of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Objects {
    classes: BTreeMap<ObjectId, String>,
}

/// Makes an object of a class, named as in the manual.
#[derive(Clone, Copy, Debug)]
pub struct NewObject(pub &'static str);

impl Sealed for NewObject {}
impl Change for NewObject {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let classes = &mut world.objects.classes;
        let last = classes.last_key_value().map_or(0, |(id, _)| id.0);
        let id = ObjectId(last + 1);
        classes.insert(id, self.0.to_owned());
        id
    }
}

/// The one object of a class: made when it is first asked for, the same ever after.
#[derive(Clone, Copy, Debug)]
pub struct SingleObject(pub &'static str);

impl Sealed for SingleObject {}
impl Change for SingleObject {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let mut known = world.objects.classes.iter();
        match known.find(|(_, class)| *class == self.0) {
            Some((id, _)) => *id,
            None => NewObject(self.0).apply(world),
        }
    }
}

impl World {
    /// The class of an object of this run.
    pub fn class_of(&self, object: ObjectId) -> Option<&str> {
        self.objects.classes.get(&object).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{NewObject, ObjectId, SingleObject};
    use crate::profile::Profile;
    use crate::world::foreground::Kill;
    use crate::world::{AppFacts, World};

    #[test]
    fn objects_are_numbered_and_end_with_the_program() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        assert_eq!(world.apply(NewObject("SocketTask")), ObjectId(1));
        assert_eq!(world.apply(SingleObject("UpdateManager")), ObjectId(2));
        assert_eq!(world.apply(NewObject("SocketTask")), ObjectId(3));
        assert_eq!(world.apply(SingleObject("UpdateManager")), ObjectId(2));
        assert_eq!(world.class_of(ObjectId(3)), Some("SocketTask"));
        world.apply(Kill);
        assert_eq!(world.class_of(ObjectId(3)), None);
    }
}

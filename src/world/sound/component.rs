//! The old component `<audio>`: its context speaks for the sound of an id on a page.

use super::AddSound;
use crate::world::object::{NewObject, ObjectId};
use crate::world::{Change, World, sealed::Sealed};

/// The program gets the object that speaks for the `<audio>` of an id on the page on top.
#[derive(Clone, Debug)]
pub struct OpenAudio {
    /// `id` of the component.
    pub id: String,
}

impl Sealed for OpenAudio {}
impl Change for OpenAudio {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let page = world.current_page().map(|page| page.id);
        let mut known = world.sounds.components.iter();
        if let Some((.., object)) = known.find(|it| it.0 == page && it.1 == self.id) {
            return *object;
        }
        let object = world.apply(NewObject("AudioContext"));
        world.apply(AddSound(object));
        world.sounds.components.push((page, self.id, object));
        object
    }
}

#[cfg(test)]
mod tests {
    use super::OpenAudio;
    use crate::profile::Profile;
    use crate::world::sound::{DriveSound, Order, SetSource};
    use crate::world::{AppFacts, World};

    #[test]
    fn an_id_is_one_sound() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let open = |world: &mut World, id: &str| world.apply(OpenAudio { id: id.to_owned() });
        let one = open(&mut world, "a");
        assert_eq!(open(&mut world, "a"), one);
        assert!(open(&mut world, "b") != one);
        world.apply(SetSource {
            object: one,
            src: "https://a.example/a.mp3".to_owned(),
            found: true,
        });
        let order = Order::Play;
        world.apply(DriveSound { object: one, order });
        let sound = world.sound(one).expect("it is there");
        assert!(sound.paused() && sound.wanted, "it plays once it is loaded");
    }
}

//! Things that happen to a program from outside and leave nothing behind but what its listeners do:
//! warnings, interruptions, keys, entries of the menu.
//!
//! Official pages: those of the events. Each event is a row of [`EVENTS`] with the members that
//! listeners get; what a step does not say has the usual value.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::notice::{Notice, Told};
use super::{Change, World, sealed::Sealed};
use crate::profile::Platform;

/// An event that a step makes happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClientEvent {
    /// Name of the method that adds a listener.
    pub name: &'static str,
    /// What listeners get.
    pub members: &'static [Member],
}

/// A member of what listeners get.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// Its usual value, as JSON; it decides which values fit.
    pub usual: &'static str,
}

const fn member(name: &'static str, usual: &'static str) -> Member {
    Member { name, usual }
}

const KEY: &[Member] = &[
    member("key", "\"a\""),
    member("code", "\"KeyA\""),
    member("shiftKey", "false"),
    member("altKey", "false"),
    member("ctrlKey", "false"),
    member("metaKey", "false"),
    member("timeStamp", "0"),
];

/// A characteristic; empty texts mean the first one.
const CHARACTERISTIC: &[Member] = &[
    member("serviceId", "\"\""),
    member("characteristicId", "\"\""),
];
const CHAT: &[Member] = &[member("errCode", "-1000"), member("errMsg", "\"\"")];
const OF_MEMBERS: &[Member] = &[
    member("openIdList", "[]"),
    member("errCode", "0"),
    member("errMsg", "\"\""),
];

/// The events, by name.
pub const EVENTS: &[ClientEvent] = &[
    ClientEvent {
        name: "BLEPeripheralServer.onCharacteristicReadRequest",
        members: CHARACTERISTIC,
    },
    ClientEvent {
        name: "BLEPeripheralServer.onCharacteristicSubscribed",
        members: CHARACTERISTIC,
    },
    ClientEvent {
        name: "BLEPeripheralServer.onCharacteristicUnsubscribed",
        members: CHARACTERISTIC,
    },
    ClientEvent {
        name: "BLEPeripheralServer.onCharacteristicWriteRequest",
        members: &[
            member("serviceId", "\"\""),
            member("characteristicId", "\"\""),
            member("value", "[]"),
        ],
    },
    ClientEvent {
        name: "onAudioInterruptionBegin",
        members: &[],
    },
    ClientEvent {
        name: "onAudioInterruptionEnd",
        members: &[],
    },
    ClientEvent {
        name: "onBLEPeripheralConnectionStateChanged",
        members: &[
            member("deviceId", "\"00:00:00:00:00:01\""),
            member("connected", "true"),
        ],
    },
    ClientEvent {
        name: "onKeyDown",
        members: KEY,
    },
    ClientEvent {
        name: "onKeyUp",
        members: KEY,
    },
    ClientEvent {
        name: "onLazyLoadError",
        members: &[
            member("type", "\"subpackage\""),
            member("subpackage", "[]"),
            member("errMsg", "\"loadSubpackage: timeout\""),
        ],
    },
    ClientEvent {
        name: "onMemoryWarning",
        members: &[member("level", "10")],
    },
    ClientEvent {
        name: "onUserOffTranslation",
        members: &[],
    },
    ClientEvent {
        name: "onUserTriggerTranslation",
        members: &[member("type", "\"button\""), member("locale", "\"en_US\"")],
    },
    ClientEvent {
        name: "onVoIPChatInterrupted",
        members: CHAT,
    },
    ClientEvent {
        name: "onVoIPChatMembersChanged",
        members: OF_MEMBERS,
    },
    ClientEvent {
        name: "onVoIPChatSpeakersChanged",
        members: OF_MEMBERS,
    },
    ClientEvent {
        name: "onVoIPChatStateChanged",
        members: &[
            member("code", "0"),
            member("data", "{}"),
            member("errCode", "0"),
            member("errMsg", "\"\""),
        ],
    },
    ClientEvent {
        name: "onVoIPVideoMembersChanged",
        members: OF_MEMBERS,
    },
];

/// Levels of the memory warning on Android, as its system numbers them.
const MEMORY_LEVELS: [u64; 3] = [5, 10, 15];

/// What does not fit an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadEvent(String);

/// An event with what a step says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    name: String,
    members: Map<String, Json>,
}

impl Happening {
    /// The event of that name with some of its members.
    ///
    /// # Errors
    /// There is no such event, or a member does not fit it.
    pub fn new(name: &str, members: &Json) -> Result<Self, BadEvent> {
        let event = EVENTS.iter().find(|event| event.name == name);
        let event = event.ok_or_else(|| {
            let names: Vec<&str> = EVENTS.iter().map(|event| event.name).collect();
            BadEvent(format!("`{name}` is none of {}", names.join(", ")))
        })?;
        let given = members.as_object();
        let given = given.ok_or_else(|| BadEvent(format!("`{members}` is no object")))?;
        for (key, value) in given {
            let known = event.members.iter().find(|member| member.name == key);
            let known = known.ok_or_else(|| BadEvent(format!("{name} has no `{key}`")))?;
            let usual = known.value();
            if std::mem::discriminant(&usual) != std::mem::discriminant(value) {
                return Err(BadEvent(format!(
                    "`{key}` of {name} is like `{usual}`, not `{value}`"
                )));
            }
            let fits = |value: &Json| value.as_u64().is_some_and(|it| MEMORY_LEVELS.contains(&it));
            if name == "onMemoryWarning" && !fits(value) {
                return Err(BadEvent(
                    "a memory warning has level 5, 10 or 15".to_owned(),
                ));
            }
        }
        Ok(Self {
            name: name.to_owned(),
            members: given.clone(),
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The members that the step says.
    pub fn members(&self) -> &Map<String, Json> {
        &self.members
    }
}

impl Member {
    fn value(&self) -> Json {
        serde_json::from_str(self.usual).unwrap_or_default()
    }
}

/// The event happens.
#[derive(Clone, Debug)]
pub struct Happen(pub Happening);

impl Sealed for Happen {}
impl Change for Happen {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Happening { name, members } = self.0;
        let mut argument = Map::new();
        let event = EVENTS.iter().find(|event| event.name == name);
        for member in event.map_or(&[][..], |event| event.members) {
            let given = members.get(member.name).cloned();
            argument.insert(
                member.name.to_owned(),
                given.unwrap_or_else(|| member.value()),
            );
        }
        if argument.contains_key("timeStamp") && !members.contains_key("timeStamp") {
            argument.insert("timeStamp".to_owned(), json!(world.now.0));
        }
        // Only Android tells how urgent it is.
        let android = matches!(world.profile.platform, Platform::Android | Platform::Ohos);
        if name == "onMemoryWarning" && !android {
            argument.clear();
        }
        let argument = Json::Object(argument);
        if super::peripheral::happens(world, &name, &argument)
            || !super::voip::happens(world, &name, &argument)
        {
            return;
        }
        let told = Told::global(&name, argument);
        world.leave(0, Notice::Told(told));
        match name.as_str() {
            "onAudioInterruptionBegin" => {
                world.audio_interrupted = true;
                super::sound::interrupt(world);
                super::recorder::interrupt(world);
                super::voip::interrupt(world);
            }
            "onAudioInterruptionEnd" => {
                world.audio_interrupted = false;
                super::recorder::free(world);
            }
            _ => {}
        }
    }
}

impl World {
    /// Whether the system keeps the sounds of the program silent, as during a phone call.
    pub fn is_audio_interrupted(&self) -> bool {
        self.audio_interrupted
    }
}

#[cfg(test)]
mod tests {
    use super::{EVENTS, Happen, Happening};
    use crate::profile::{Platform, Profile};
    use crate::world::notice::{Notice, TakeNotices};
    use crate::world::{AppFacts, World};
    use serde_json::{Value as Json, json};

    fn told(platform: Platform, name: &str, members: &Json) -> String {
        let profile = Profile {
            platform,
            ..Profile::default()
        };
        let mut world = World::new(profile, AppFacts::default(), 1);
        let happening = Happening::new(name, members).expect(name);
        world.apply(Happen(happening));
        match world.apply(TakeNotices).remove(0).notice {
            Notice::Told(told) => told.argument.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_step_does_not_say_is_as_usual() {
        let event = told(
            Platform::Ios,
            "onUserTriggerTranslation",
            &json!({ "type": "capsule" }),
        );
        assert_eq!(event, r#"{"type":"capsule","locale":"en_US"}"#);
        assert_eq!(
            told(Platform::Android, "onMemoryWarning", &json!({})),
            r#"{"level":10}"#
        );
        assert_eq!(told(Platform::Ios, "onMemoryWarning", &json!({})), "{}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (name, members) in [
            ("onNothing", json!({})),
            ("onKeyDown", json!([])),
            ("onKeyDown", json!({ "x": 1 })),
            ("onKeyDown", json!({ "key": 1 })),
            ("onMemoryWarning", json!({ "level": 7 })),
        ] {
            assert!(Happening::new(name, &members).is_err(), "{name}");
        }
        assert!(EVENTS.is_sorted_by_key(|event| event.name));
    }
}

//! The voice chat that the user is in.
//!
//! Official pages: `wx.joinVoIPChat`, "Real-time voice". One chat at a time; leaving the mini program ends it, and so does a
//! phone call, which the program hears by `onVoIPChatInterrupted`.
//!
//! Differs from the client: nobody else joins or speaks of their own accord; the steps `event onVoIPChatMembersChanged …` and so
//! on say who does.
//! Unverified: what listeners get besides the members that the pages name; a program that is in no chat hears of none.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::notice::{Notice, Told};
use super::{Change, World, sealed::Sealed};
use crate::errmsg::VoipProblem;

/// What the user hears and lets hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Muted {
    /// The microphone is.
    pub microphone: bool,
    /// The earphone is.
    pub earphone: bool,
}

/// A voice chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceChat {
    /// Its id.
    pub group_id: String,
    /// Whether it has pictures.
    pub video: bool,
    /// What is muted.
    pub muted: Muted,
    /// The others in it, by openid.
    pub others: Vec<String>,
}

/// The user joins a chat.
#[derive(Clone, Debug)]
pub struct JoinChat(pub VoiceChat);

impl Sealed for JoinChat {}
impl Change for JoinChat {
    type Effect = Result<(), VoipProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        if world.voice_chat.is_some() {
            return Err(VoipProblem::Joined);
        }
        if world.is_in_background() {
            return Err(VoipProblem::Left);
        }
        if world.audio_interrupted || world.is_recording() {
            return Err(VoipProblem::MicrophoneInUse);
        }
        world.voice_chat = Some(self.0);
        Ok(())
    }
}

/// The user leaves the chat.
#[derive(Clone, Copy, Debug)]
pub struct ExitChat;

impl Sealed for ExitChat {}
impl Change for ExitChat {
    type Effect = Result<(), VoipProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let chat = world.voice_chat.take();
        chat.map(drop).ok_or(VoipProblem::System)
    }
}

/// The user mutes something in the chat, or nothing more.
#[derive(Clone, Copy, Debug)]
pub struct MuteChat(pub Muted);

impl Sealed for MuteChat {}
impl Change for MuteChat {
    type Effect = Result<(), VoipProblem>;

    fn apply(self, world: &mut World) -> Self::Effect {
        let chat = world.voice_chat.as_mut().ok_or(VoipProblem::System)?;
        chat.muted = self.0;
        Ok(())
    }
}

/// Events that only somebody in a chat hears.
const EVENTS: [&str; 5] = [
    INTERRUPTED,
    "onVoIPChatMembersChanged",
    "onVoIPChatSpeakersChanged",
    "onVoIPChatStateChanged",
    "onVoIPVideoMembersChanged",
];
/// The event of a chat that ends by itself.
const INTERRUPTED: &str = "onVoIPChatInterrupted";

/// Whether an event reaches the program; what it changes is changed.
pub(super) fn happens(world: &mut World, event: &str, argument: &Json) -> bool {
    if !EVENTS.contains(&event) {
        return true;
    }
    let own = world.open_id(&world.caller());
    let Some(chat) = &mut world.voice_chat else {
        return false;
    };
    match event {
        INTERRUPTED => world.voice_chat = None,
        "onVoIPChatMembersChanged" => {
            let ids = argument["openIdList"].as_array();
            let ids = ids.into_iter().flatten().filter_map(Json::as_str);
            chat.others = ids.filter(|id| *id != own).map(str::to_owned).collect();
        }
        _ => {}
    }
    true
}

/// The user left the program, or the system needs the microphone: the chat is over.
pub(super) fn interrupt(world: &mut World) {
    if world.voice_chat.take().is_some() {
        let problem = VoipProblem::Left;
        let argument = json!({ "errCode": problem.code(), "errMsg": problem.text() });
        world.leave(0, Notice::Told(Told::global(INTERRUPTED, argument)));
    }
}

impl World {
    /// The chat that the user is in.
    pub fn voice_chat(&self) -> Option<&VoiceChat> {
        self.voice_chat.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::{ExitChat, JoinChat, MuteChat, Muted, VoiceChat};
    use crate::errmsg::VoipProblem;
    use crate::profile::Profile;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, EnterBackground};
    use crate::world::notice::TakeNotices;
    use crate::world::{AppFacts, World};

    fn chat() -> JoinChat {
        JoinChat(VoiceChat {
            group_id: "g".into(),
            video: false,
            muted: Muted::default(),
            others: Vec::new(),
        })
    }

    #[test]
    fn one_chat_at_a_time_until_the_user_leaves() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        assert_eq!(world.apply(ExitChat), Err(VoipProblem::System));
        assert_eq!(world.apply(chat()), Ok(()));
        assert_eq!(world.apply(chat()), Err(VoipProblem::Joined));
        let muted = Muted {
            microphone: true,
            earphone: false,
        };
        assert_eq!(world.apply(MuteChat(muted)), Ok(()));
        assert_eq!(world.voice_chat().map(|chat| chat.muted), Some(muted));
        world.apply(EnterBackground);
        assert!(world.voice_chat().is_none());
        assert_eq!(world.apply(TakeNotices).len(), 1, "it hears of it");
        assert_eq!(world.apply(chat()), Err(VoipProblem::Left));
        assert_eq!(world.apply(MuteChat(muted)), Err(VoipProblem::System));
    }
}

//! Sessions of `VisionKit`, which look at what the camera sees.
//!
//! Official page: `VKSession`, with the numbers of `state`.
//!
//! Differs from the client: the camera sees nothing, so nothing is ever recognised.
//! Unverified: a session that was not started yet is *initialising*; the size of the camera's picture, which listeners of
//! `resize` hear when a session begins; a session goes on when the user comes back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::notice::{Notice, Told};
use super::object::{NewObject, ObjectId};
use super::{Change, World, sealed::Sealed};

/// The class of the sessions.
pub const SESSION: &str = "VKSession";
/// Width and height of the camera's picture.
const CAMERA: (u32, u32) = (720, 1280);

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionState {
    /// It was destroyed.
    Gone,
    /// It runs.
    Runs,
    /// It pauses.
    Paused,
    /// It has not been started.
    New,
}

impl SessionState {
    /// Its number.
    pub const fn number(self) -> u32 {
        match self {
            Self::Gone => 0,
            Self::Runs => 1,
            Self::Paused => 2,
            Self::New => 3,
        }
    }
}

/// The sessions of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sessions(BTreeMap<ObjectId, (SessionState, bool)>);

/// The program gets a session.
#[derive(Clone, Copy, Debug)]
pub struct OpenSession {
    /// Whether the phone has that version.
    pub supported: bool,
}

impl Sealed for OpenSession {}
impl Change for OpenSession {
    type Effect = ObjectId;

    fn apply(self, world: &mut World) -> ObjectId {
        let session = world.apply(NewObject(SESSION));
        let fresh = (SessionState::New, self.supported);
        world.vision_sessions.0.insert(session, fresh);
        session
    }
}

/// A session comes to a state, unless it was destroyed; what it is then.
#[derive(Clone, Copy, Debug)]
pub struct SetSession(pub ObjectId, pub SessionState);

impl Sealed for SetSession {}
impl Change for SetSession {
    type Effect = SessionState;

    fn apply(self, world: &mut World) -> SessionState {
        let Some((state, _)) = world.vision_sessions.0.get_mut(&self.0) else {
            return SessionState::Gone;
        };
        let before = *state;
        *state = match (before, self.1) {
            // What was not started does not pause.
            (SessionState::Gone, _) | (SessionState::New, SessionState::Paused) => before,
            (_, next) => next,
        };
        let now = *state;
        if before == SessionState::New && now == SessionState::Runs {
            let (width, height) = CAMERA;
            let size = json!({ "width": width, "height": height });
            world.leave(0, Notice::Told(Told::of(self.0, "resize", size)));
        }
        now
    }
}

impl World {
    /// How far a session is.
    pub fn session_of(&self, session: ObjectId) -> SessionState {
        let known = self.vision_sessions.0.get(&session);
        known.map_or(SessionState::Gone, |(state, _)| *state)
    }

    /// Whether the phone has the version of a session.
    pub fn has_version_of(&self, session: ObjectId) -> bool {
        let known = self.vision_sessions.0.get(&session);
        known.is_some_and(|(_, supported)| *supported)
    }

    /// Width and height of the picture of a session's camera; none before it was started.
    pub fn picture_of(&self, session: ObjectId) -> (u32, u32) {
        match self.session_of(session) {
            SessionState::Runs | SessionState::Paused => CAMERA,
            SessionState::Gone | SessionState::New => (0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OpenSession, SessionState, SetSession};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_session_runs_pauses_and_goes_for_good() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let session = world.apply(OpenSession { supported: true });
        let mut set = |state| world.apply(SetSession(session, state));
        assert_eq!(set(SessionState::Paused), SessionState::New);
        assert_eq!(set(SessionState::Runs), SessionState::Runs);
        assert_eq!(set(SessionState::Paused), SessionState::Paused);
        assert_eq!(set(SessionState::Gone), SessionState::Gone);
        assert_eq!(set(SessionState::Runs), SessionState::Gone);
        assert_eq!(world.picture_of(session), (0, 0));
    }
}

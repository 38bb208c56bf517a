//! WebSockets to real servers, and to servers whose doings were recorded.
//!
//! What a real server sends is asked for whenever virtual time would move on: the program has come to
//! rest. It arrives [`DELAY_MS`] later. How many messages had gone out, and how many rests there had
//! been since, is all that a recording needs to repeat it.

use serde::{Deserialize, Serialize};

use super::network::{DELAY_MS, Outcome};
use super::object::ObjectId;
use super::socket::{Coming, ConnectSocket, alarm, coming};
use super::socket_rule::Message;
use super::{Change, World, sealed::Sealed};

/// How far a socket is with its server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Course {
    /// Whether its messages really go out.
    pub(super) is_real: bool,
    turn: Turn,
    /// Recorded steps that have happened.
    happened: usize,
}

impl Course {
    /// The program sends a message; whether it really goes out.
    pub(super) fn sends(&mut self) -> bool {
        self.turn = self.turn.after_sending();
        self.is_real
    }
}

/// When a real server did something that was recorded: so many messages of the program had gone
/// out, and since the last of them the program had come to rest so many times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Turn {
    /// Messages of the program.
    pub sent: u32,
    /// Rests since the last of them.
    pub rest: u32,
}

impl Turn {
    /// The turn after another message of the program.
    #[must_use]
    pub fn after_sending(self) -> Self {
        Self {
            sent: self.sent + 1,
            rest: 0,
        }
    }

    /// The turn after another rest.
    #[must_use]
    pub fn after_rest(self) -> Self {
        Self {
            rest: self.rest + 1,
            ..self
        }
    }
}

/// What the program does over a real socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wire {
    /// A message goes out.
    Send {
        /// Number of the object.
        socket: ObjectId,
        /// What is sent.
        message: Message,
    },
    /// The program closes.
    Close {
        /// Number of the object.
        socket: ObjectId,
        /// Why, as a number.
        code: u16,
        /// Why, in words; perhaps none.
        reason: String,
    },
}

/// A real server has answered the handshake that no rule answers.
#[derive(Clone, Debug)]
pub struct ConnectReal<'a> {
    /// What was asked.
    pub connect: ConnectSocket<'a>,
    /// What came of it.
    pub outcome: Outcome,
}

impl Sealed for ConnectReal<'_> {}
impl Change for ConnectReal<'_> {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let course = Course {
            is_real: matches!(self.outcome, Outcome::Open(_)),
            ..Course::default()
        };
        let delay_ms = i64::from(DELAY_MS);
        self.connect.answered(world, delay_ms, self.outcome, course);
    }
}

/// The program has come to rest: what was recorded for now arrives soon.
#[derive(Clone, Copy, Debug)]
pub struct Rest;

impl Sealed for Rest {}
impl Change for Rest {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let mut due = Vec::new();
        for (id, socket) in &mut world.sockets.live {
            let course = &mut socket.course;
            course.turn = course.turn.after_rest();
            let ahead = socket.server.recorded().skip(course.happened);
            let now = ahead.take_while(|(turn, _)| *turn <= course.turn);
            let steps: Vec<_> = now.map(|(_, step)| step.clone()).collect();
            course.happened += steps.len();
            due.extend(steps.into_iter().map(|step| (*id, step)));
        }
        for (id, step) in due {
            let after_ms = step.after_ms.unwrap_or(DELAY_MS.into());
            world.leave(after_ms, alarm(id, coming(&step.act, None)));
        }
    }
}

/// Something came from a real server.
#[derive(Clone, Debug)]
pub struct Hear(pub ObjectId, pub Coming);

impl Sealed for Hear {}
impl Change for Hear {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.leave(DELAY_MS.into(), alarm(self.0, self.1));
    }
}

/// Hands over what goes out, in order.
#[derive(Clone, Copy, Debug)]
pub struct TakeWires;

impl Sealed for TakeWires {}
impl Change for TakeWires {
    type Effect = Vec<Wire>;

    fn apply(self, world: &mut World) -> Vec<Wire> {
        std::mem::take(&mut world.sockets.wires)
    }
}

impl World {
    /// Sockets to real servers that are not closed.
    pub fn real_sockets(&self) -> Vec<ObjectId> {
        let live = self.sockets.live.iter();
        let real = live.filter(|(_, socket)| socket.course.is_real);
        real.map(|(id, _)| *id).collect()
    }

    /// Whether something may come from a real server, or is recorded and still to come.
    pub fn awaits_servers(&self) -> bool {
        self.sockets.live.values().any(|socket| {
            let course = &socket.course;
            course.is_real || socket.server.recorded().nth(course.happened).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ConnectReal, Hear, Rest, TakeWires, Wire};
    use crate::profile::Profile;
    use crate::world::network::{AddRoute, Outcome};
    use crate::world::notice::{Alarm, Arrive, Notice, TakeNotices};
    use crate::world::object::NewObject;
    use crate::world::socket::{Coming, ConnectSocket, Phase, SendMessage};
    use crate::world::socket_rule::{Message, Server};
    use crate::world::{AppFacts, World};

    fn text(text: &str) -> Message {
        Message::Text(text.to_owned())
    }

    /// Lets every notice happen; what came to sockets.
    fn come(world: &mut World) -> Vec<Coming> {
        let mut came = Vec::new();
        for due in world.apply(TakeNotices) {
            if let Notice::Alarm(Alarm::Socket(id, coming)) = due.notice {
                came.push(coming.clone());
                world.apply(Arrive(Alarm::Socket(id, coming)));
            }
        }
        came
    }

    #[test]
    fn what_was_recorded_happens_after_as_many_messages_and_rests() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let steps = r#"[{"sent":0,"rest":2,"send":"a"},{"sent":1,"rest":1,"send":"b"},
                        {"sent":1,"rest":1,"close":4000,"reason":"c"}]"#;
        let rule = format!("WS a.example = open {steps}");
        world.apply(AddRoute(rule.parse().expect("a rule")));
        let socket = world.apply(NewObject("SocketTask"));
        let url = "wss://a.example/";
        let connected = world.apply(ConnectSocket {
            socket,
            url,
            timeout_ms: 1_000,
        });
        assert_eq!(connected, Ok(true));
        assert_eq!(come(&mut world), [Coming::Opening]);
        assert!(world.awaits_servers());
        world.apply(Rest);
        assert_eq!(come(&mut world), []);
        world.apply(Rest);
        assert_eq!(come(&mut world), [Coming::Message(text("a"))]);
        world.apply(Rest);
        let message = text("hi");
        assert_eq!(world.apply(SendMessage { socket, message }), Ok(()));
        assert_eq!(world.apply(TakeWires), [], "nothing goes out");
        assert_eq!(come(&mut world), []);
        world.apply(Rest);
        let close = Coming::Close {
            code: 4_000,
            reason: "c".to_owned(),
        };
        assert_eq!(come(&mut world), [Coming::Message(text("b")), close]);
        assert!(!world.awaits_servers());
    }

    #[test]
    fn messages_of_a_real_socket_go_out() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let socket = world.apply(NewObject("SocketTask"));
        let connect = ConnectSocket {
            socket,
            url: "wss://a.example/",
            timeout_ms: 1_000,
        };
        assert_eq!(world.apply(connect.clone()), Ok(false));
        let outcome = Outcome::Open(Server::accepting(Vec::new()));
        world.apply(ConnectReal { connect, outcome });
        assert_eq!(come(&mut world), [Coming::Opening]);
        assert_eq!(world.real_sockets(), [socket]);
        let message = text("hi");
        assert_eq!(world.apply(SendMessage { socket, message }), Ok(()));
        let message = text("hi");
        assert_eq!(world.apply(TakeWires), [Wire::Send { socket, message }]);
        world.apply(Hear(socket, Coming::Loss));
        assert_eq!(come(&mut world), [Coming::Loss]);
        assert_eq!(world.socket(socket), Phase::Closed);
        assert!(!world.awaits_servers());
    }
}

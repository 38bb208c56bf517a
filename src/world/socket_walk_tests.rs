//! A seeded random walk over sockets: what listeners hear is in order, whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use super::connection::{Connection, SetConnection};
use super::network::AddRoute;
use super::notice::{Arrive, Due, Notice, TakeNotices};
use super::object::{NewObject, ObjectId};
use super::rng::{Rng, Stream};
use super::socket::{
    CloseSocket, ConnectSocket, InterruptSockets, Phase, SOCKETS_MAX, SendMessage,
};
use super::socket_rule::Message;
use super::{AdvanceTo, AppFacts, Millis, World};
use crate::errmsg::{Reason, SocketProblem};
use crate::profile::Profile;
use crate::version::Version;

const STEPS: usize = 1_000;
const RULES: &[&str] = &[
    r#"WS wss://a/push = open send "hi" after=70ms send "again" after=2s close 1001 "late""#,
    r#"WS wss://a/talk = open delay=5ms on "bye" close 4000 on "x" drop on "twice" send 1 on "twice" after=1s send 2 echo"#,
    "WS wss://a/slow = open delay=3s after=10ms drop",
    "WS wss://a/no = 403",
    "WS wss://a/never = fail timeout",
    "WS wss://a/broken = fail certificate",
];

/// The sockets under test, the notices under way, and what was heard.
struct Walk {
    world: World,
    dice: Rng,
    due: BTreeMap<(Millis, usize), Notice>,
    arrivals: usize,
    made: Vec<ObjectId>,
    /// Sockets of which the program was told that they connect.
    connecting: BTreeSet<ObjectId>,
    heard: BTreeMap<ObjectId, Vec<String>>,
}

impl Walk {
    fn new(profile: Profile, seed: u64) -> Self {
        let mut world = World::new(profile, AppFacts::default(), seed);
        for rule in RULES {
            world.apply(AddRoute(rule.parse().expect(rule)));
        }
        Self {
            world,
            dice: Rng::new(seed),
            due: BTreeMap::new(),
            arrivals: 0,
            made: Vec::new(),
            connecting: BTreeSet::new(),
            heard: BTreeMap::new(),
        }
    }

    fn die(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.draw(Stream::Ids) % sides as u64).expect("small")
    }

    fn step(&mut self) {
        match self.die(12) {
            0..=2 => self.connect(),
            3..=5 => self.send(),
            6 | 7 => self.close(),
            8 if self.die(4) == 0 => {
                self.world.apply(SetConnection(Connection::None));
            }
            8 => {
                self.world.apply(SetConnection(Connection::Wifi));
            }
            9 if self.die(4) == 0 => {
                self.world.apply(InterruptSockets);
            }
            _ => {
                let ms = [1, 10, 50, 500, 4_000][self.die(5)];
                self.advance(ms);
            }
        }
        self.take();
        self.check();
    }

    fn connect(&mut self) {
        let socket = self.world.apply(NewObject("SocketTask"));
        self.made.push(socket);
        let paths = [
            "push", "talk", "talk", "talk", "slow", "no", "never", "broken", "none",
        ];
        let url = format!("wss://a/{}", paths[self.die(paths.len())]);
        let live = self.live();
        let connect = ConnectSocket {
            socket,
            url: &url,
            timeout_ms: 2_000,
        };
        match self.world.apply(connect) {
            Ok(routed) => {
                assert_eq!(routed, !url.ends_with("none"));
                if routed {
                    self.connecting.insert(socket);
                }
            }
            Err(reason) => {
                assert_eq!(reason, Reason::Socket(SocketProblem::TooMany));
                assert_eq!(live, SOCKETS_MAX);
            }
        }
    }

    fn some_socket(&mut self) -> Option<ObjectId> {
        let recent = self.made.len().min(8);
        let back = self.die(recent.max(1));
        self.made.iter().rev().nth(back).copied()
    }

    fn send(&mut self) {
        let Some(socket) = self.some_socket() else {
            return;
        };
        let text = ["bye", "x", "twice", "y", "y"][self.die(5)];
        let message = Message::Text(text.to_owned());
        let open = self.world.socket(socket) == Phase::Open;
        let sent = self.world.apply(SendMessage { socket, message });
        assert_eq!(sent.is_ok(), open);
    }

    fn close(&mut self) {
        let Some(socket) = self.some_socket() else {
            return;
        };
        let closable = [Phase::Connecting, Phase::Open].contains(&self.world.socket(socket));
        let closed = self.world.apply(CloseSocket {
            socket,
            code: 1_000,
            reason: String::new(),
        });
        assert_eq!(closed.is_ok(), closable);
    }

    fn live(&self) -> usize {
        let live = self.made.iter();
        live.filter(|id| self.world.socket(**id) != Phase::Closed)
            .count()
    }

    /// Queues what the last change left.
    fn take(&mut self) {
        for Due {
            after_ms, notice, ..
        } in self.world.apply(TakeNotices)
        {
            self.arrivals += 1;
            let at = self.world.now().plus(after_ms);
            self.due.insert((at, self.arrivals), notice);
        }
    }

    /// Time passes; what falls due on the way happens.
    fn advance(&mut self, ms: i64) {
        let end = self.world.now().plus(ms);
        while let Some(entry) = self.due.first_entry() {
            let at = entry.key().0;
            if at > end {
                break;
            }
            let notice = entry.remove();
            self.world.apply(AdvanceTo(at));
            match notice {
                Notice::Told(told) => {
                    if let Some(id) = told.object {
                        self.heard.entry(id).or_default().push(told.event);
                    }
                }
                Notice::Alarm(alarm) => self.world.apply(Arrive(alarm)),
                other => panic!("{other:?}"),
            }
            self.take();
        }
        self.world.apply(AdvanceTo(end));
    }

    /// What may be heard of one socket, as a small grammar.
    fn check(&self) {
        assert!(self.live() <= SOCKETS_MAX);
        for (id, heard) in &self.heard {
            assert!(self.connecting.contains(id), "{id:?} was refused");
            let events: Vec<&str> = heard.iter().map(String::as_str).collect();
            let (opened, rest) = match events.split_first() {
                Some((&"onOpen", rest)) => (true, rest),
                _ => (false, &events[..]),
            };
            let messages = rest.iter().take_while(|event| **event == "onMessage");
            let count = messages.count();
            assert!(
                opened || count == 0,
                "a message before the opening: {events:?}"
            );
            let ends: &[&[&str]] = if opened {
                &[&[], &["onClose"], &["onError"], &["onError", "onClose"]]
            } else {
                &[&[], &["onClose"], &["onError"]]
            };
            assert!(ends.contains(&&rest[count..]), "{id:?} heard {events:?}");
        }
    }

    /// All that was due has happened: each socket that began has one end.
    fn settle(&mut self) {
        self.world.apply(SetConnection(Connection::Wifi));
        self.advance(60_000);
        self.world.apply(InterruptSockets);
        self.take();
        self.advance(60_000);
        self.check();
        assert_eq!(self.live(), 0);
        for id in &self.connecting {
            let heard = self.heard.get(id).map_or(&[][..], Vec::as_slice);
            let count = |event: &str| heard.iter().filter(|it| *it == event).count();
            let expected = if heard.first().is_some_and(|first| first == "onOpen") {
                count("onClose") == 1
            } else {
                heard.len() == 1
            };
            assert!(expected, "{id:?} heard {heard:?}");
        }
    }
}

fn walk(profile: &Profile, seed: u64) {
    let mut walk = Walk::new(profile.clone(), seed);
    for _ in 0..STEPS {
        walk.step();
    }
    walk.settle();
    let text = serde_json::to_string(&walk.world).expect("a JSON form");
    let restored: World = serde_json::from_str(&text).expect("the same form");
    assert_eq!(restored, walk.world);
}

#[test]
fn listeners_hear_an_opening_then_messages_then_one_end() {
    for seed in 0..8 {
        walk(&Profile::default(), seed);
    }
}

#[test]
fn an_old_base_library_has_one_socket_at_a_time() {
    let old = Profile {
        sdk: Version(1, 6, 9),
        ..Profile::default()
    };
    let mut world = World::new(old, AppFacts::default(), 1);
    world.apply(AddRoute("WS a = open".parse().expect("a rule")));
    let mut connect = || {
        let socket = world.apply(NewObject("SocketTask"));
        let connect = ConnectSocket {
            socket,
            url: "wss://a/b",
            timeout_ms: 2_000,
        };
        assert_eq!(world.apply(connect), Ok(true));
        socket
    };
    let (former, latter) = (connect(), connect());
    assert_eq!(world.socket(former), Phase::Closed);
    assert_eq!(world.socket(latter), Phase::Connecting);
    let left = world.apply(TakeNotices);
    let closed =
        |due: &Due| matches!(&due.notice, Notice::Told(told) if told.event == "onSocketClose");
    assert_eq!(left.iter().filter(|due| closed(due)).count(), 1);
}

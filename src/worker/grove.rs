//! Copies of a process that stop where there is something to choose, and go on in all ways at once.
//!
//! A program under test may come to a point with several ways on, anywhere inside of whatever it does. Its process
//! calls [`Sprout::choose`] there: it tells what the ways are and stops. When it is [grown](Grove::grow), it forks one
//! copy for each way; every copy returns from that call with the number of its way and runs to its own next point. So
//! each point has the exact heap and stack that led to it, nothing is run twice, and a point costs only memory while it
//! waits. A point that is of no use is [felled](Grove::fell).
//!
//! ```text
//! grove ──fork──▶ ● choose(3) … stops          grow: ● ──fork──▶ ○ way 0 … choose, stops
//!    ▲                                               ├──fork──▶ ○ way 1 … ends
//!    └── datagrams: arrived, died, grown ──          └──fork──▶ ○ way 2 … choose, stops
//! ```
//!
//! Linux alone: elsewhere [`CAN_GROW`] is false and every way is run from the beginning.

use std::collections::BTreeMap;
use std::io;
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use super::death::Death;
use super::limits::{Limits, TimeLeft};
use super::message::RawEnd;
use super::sys::{self, Stopped};

/// Bytes of one datagram's text; longer ones go in pieces.
const PIECE_BYTES: usize = 48 << 10;

/// Bytes before the text of a datagram.
const HEAD_BYTES: usize = 5;

/// How often those that grow are looked at when nothing is heard of them.
const TICK: Duration = Duration::from_millis(20);

/// A stopped copy, by the number of its process.
pub type Copy = i32;

/// What is heard of the copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A copy came to a point, or to its end.
    Arrived {
        /// The copy; `None` when it has ended.
        copy: Option<Copy>,
        /// The copy that it was forked from; 0 for the first.
        parent: Copy,
        /// Which of its ways.
        way: u32,
        /// What it told.
        report: String,
    },
    /// A copy died on its way.
    Died {
        /// The copy that it was forked from.
        parent: Copy,
        /// Which of its ways.
        way: u32,
        /// How, for people.
        why: String,
    },
    /// All ways of a copy were gone; it has ended.
    Grown {
        /// The copy.
        copy: Copy,
    },
}

/// The side of a copy.
#[derive(Debug)]
pub struct Sprout {
    sender: UnixDatagram,
    wall_ms: u64,
    parent: Copy,
    way: u32,
}

/// The side of who decides which copies grow.
#[derive(Debug)]
pub struct Grove {
    receiver: UnixDatagram,
    sender: UnixDatagram,
    wall_ms: u64,
    /// Pieces of datagrams, by the process that sends them.
    pieces: BTreeMap<Copy, Vec<u8>>,
    /// Copies that grow now.
    growing: Vec<Copy>,
    /// Copies that stand still.
    stopped: Vec<Copy>,
}

impl News {
    /// One line of words and numbers, then the text.
    fn to_text(&self) -> String {
        match self {
            Self::Arrived {
                copy,
                parent,
                way,
                report,
            } => format!("arrived {} {parent} {way}\n{report}", copy.unwrap_or(0)),
            Self::Died { parent, way, why } => format!("died 0 {parent} {way}\n{why}"),
            Self::Grown { copy } => format!("grown {copy} 0 0\n"),
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let (line, text) = text.split_once('\n')?;
        let mut words = line.split(' ');
        let kind = words.next()?;
        let copy: Copy = words.next()?.parse().ok()?;
        let parent = words.next()?.parse().ok()?;
        let way = words.next()?.parse().ok()?;
        let text = text.to_owned();
        Some(match kind {
            "arrived" => Self::Arrived {
                copy: (copy > 0).then_some(copy),
                parent,
                way,
                report: text,
            },
            "died" => Self::Died {
                parent,
                way,
                why: text,
            },
            _ => Self::Grown { copy },
        })
    }
}

impl Sprout {
    /// Tells what is here and stops; returns in one copy for each way, with its number.
    pub fn choose(&mut self, report: &str, ways: u32) -> u32 {
        let own = sys::own_number();
        self.arrive(Some(own), report);
        sys::disarm_timer();
        sys::stop_here();
        for way in 0..ways {
            match sys::fork_on() {
                Ok(None) => {
                    (self.parent, self.way) = (own, way);
                    sys::arm_timer(TimeLeft::of(self.wall_ms));
                    return way;
                }
                Ok(Some(child)) => {
                    if let Stopped::Ended(end) = sys::wait_for_stop(child) {
                        self.tell_end(own, way, &end);
                    }
                }
                Err(why) => self.send(&News::Died {
                    parent: own,
                    way,
                    why,
                }),
            }
        }
        self.send(&News::Grown { copy: own });
        sys::leave(super::message::FINISHED_CODE)
    }

    /// Tells what is here, where nothing is to choose, and ends.
    pub fn end(&mut self, report: &str) -> ! {
        self.arrive(None, report);
        sys::leave(super::message::FINISHED_CODE)
    }

    fn arrive(&self, copy: Option<Copy>, report: &str) {
        self.send(&News::Arrived {
            copy,
            parent: self.parent,
            way: self.way,
            report: report.to_owned(),
        });
    }

    fn tell_end(&self, parent: Copy, way: u32, end: &RawEnd) {
        if *end != RawEnd::Finished {
            let why = words(end, self.wall_ms);
            self.send(&News::Died { parent, way, why });
        }
    }

    /// Sends news whole or in pieces, each behind the number of this process and whether more follows; without anybody
    /// who hears it there is nothing left to do.
    fn send(&self, news: &News) {
        let text = news.to_text();
        let mut pieces = text.as_bytes().chunks(PIECE_BYTES).peekable();
        while let Some(piece) = pieces.next() {
            let mut bytes = Vec::with_capacity(piece.len() + HEAD_BYTES);
            bytes.extend(sys::own_number().to_le_bytes());
            bytes.push(u8::from(pieces.peek().is_some()));
            bytes.extend(piece);
            if self.sender.send(&bytes).is_err() {
                sys::leave(1);
            }
        }
    }
}

impl Grove {
    /// A grove whose copies may take so many milliseconds from one point to the next.
    ///
    /// # Errors
    /// The system gives no way to hear of copies, or cannot hand those of copies over.
    pub fn new(wall_ms: u64) -> io::Result<Self> {
        let (sender, receiver) = UnixDatagram::pair()?;
        receiver.set_read_timeout(Some(TICK))?;
        sys::adopt_orphans()?;
        Ok(Self {
            receiver,
            sender,
            wall_ms,
            pieces: BTreeMap::new(),
            growing: Vec::new(),
            stopped: Vec::new(),
        })
    }

    /// Runs `body` in a copy of this process, which has no parent among the others; gives its number. It ends by
    /// [`Sprout::end`], or is taken for dead.
    ///
    /// # Errors
    /// The system has no room for a copy.
    pub fn plant(&mut self, body: impl FnOnce(Sprout)) -> io::Result<Copy> {
        let sender = self.sender.try_clone()?;
        match sys::fork_on().map_err(io::Error::other)? {
            None => {
                // Who decides hears of an interrupt, and ends the copies.
                sys::ignore_interrupts();
                sys::arm_timer(TimeLeft::of(self.wall_ms));
                let sprout = Sprout {
                    sender,
                    wall_ms: self.wall_ms,
                    parent: 0,
                    way: 0,
                };
                let run = std::panic::AssertUnwindSafe(|| body(sprout));
                drop(std::panic::catch_unwind(run));
                sys::leave(super::message::PANIC_CODE);
            }
            Some(child) => {
                // It is waited for in `next_news`, as those that grow are.
                self.growing.push(child);
                Ok(child)
            }
        }
    }

    /// How many copies are on their way.
    pub fn growing(&self) -> usize {
        self.growing.len()
    }

    /// How many copies stand still.
    pub fn stopped(&self) -> usize {
        self.stopped.len()
    }

    /// Lets a copy go on, in all its ways; [`News::Grown`] tells that this is done. The copy that it was forked from
    /// is grown: until then it may have told of its point and not stand still yet.
    pub fn grow(&mut self, copy: Copy) {
        self.stopped.retain(|stopped| *stopped != copy);
        self.growing.push(copy);
        sys::go_on(copy);
    }

    /// Ends a copy that stands still.
    pub fn fell(&mut self, copy: Copy) {
        self.stopped.retain(|stopped| *stopped != copy);
        sys::end(copy);
    }

    /// The next news; `None` when no copy is on its way.
    pub fn next_news(&mut self) -> Option<News> {
        let mut bytes = vec![0; PIECE_BYTES + HEAD_BYTES];
        loop {
            if let Ok(length) = self.receiver.recv(&mut bytes) {
                if let Some(news) = self.take(&bytes[..length]) {
                    return Some(news);
                }
            } else if self.growing.is_empty() {
                return None;
            } else if let Some(news) = self.look() {
                return Some(news);
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Option<News> {
        let (head, text) = bytes.split_at_checked(HEAD_BYTES)?;
        let from = Copy::from_le_bytes(head[..4].try_into().ok()?);
        self.pieces.entry(from).or_default().extend(text);
        if head[4] != 0 {
            return None;
        }
        let whole = self.pieces.remove(&from)?;
        let news = News::of_text(&String::from_utf8_lossy(&whole))?;
        match &news {
            News::Arrived { copy, parent, .. } => {
                if *parent == 0 {
                    // The first one: it was waited for as one that grows.
                    self.growing.retain(|growing| *growing != from);
                    if copy.is_some() {
                        sys::wait_for_stop(from);
                    } else {
                        sys::reap(from);
                    }
                }
                self.stopped.extend(copy);
            }
            News::Grown { copy } => {
                self.growing.retain(|growing| growing != copy);
                sys::reap(*copy);
            }
            News::Died { .. } => {}
        }
        Some(news)
    }

    /// One that grew and ended without a word.
    fn look(&mut self) -> Option<News> {
        let ended = self
            .growing
            .iter()
            .find_map(|copy| sys::ended(*copy).map(|end| (*copy, end)));
        let (copy, end) = ended?;
        // What it said last may still be on its way.
        let mut bytes = vec![0; PIECE_BYTES + HEAD_BYTES];
        if let Ok(length) = self.receiver.recv(&mut bytes)
            && let Some(news) = self.take(&bytes[..length])
        {
            return Some(news);
        }
        self.growing.retain(|growing| *growing != copy);
        let why = words(&end, self.wall_ms);
        Some(News::Died {
            parent: copy,
            way: u32::MAX,
            why,
        })
    }
}

/// How a copy ended, for people.
fn words(end: &RawEnd, wall_ms: u64) -> String {
    let limits = Limits {
        wall_ms,
        ..Limits::default()
    };
    Death::of(end, "", &limits).map_or_else(String::new, |death| death.text())
}

impl Drop for Grove {
    fn drop(&mut self) {
        for copy in self.growing.iter().chain(&self.stopped) {
            sys::end(*copy);
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
#[path = "grove_tests.rs"]
mod tests;

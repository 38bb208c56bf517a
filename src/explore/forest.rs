//! Where the ways behind a choice are gone: in copies of the process, or from the beginning each time.

use std::collections::{BTreeMap, VecDeque};

use super::arrival::Arrival;
use super::chooser::{Rest, Script};
use super::walk::Walked;

/// What is heard of ways that are gone.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "few are held at a time")]
pub enum Heard {
    /// What is behind a way of a node.
    Behind {
        /// The node.
        node: usize,
        /// Its way.
        way: u32,
        /// Where the copy stands that came there, if one does.
        place: Option<i32>,
        /// What is there, or how it died.
        arrival: Result<Arrival, String>,
    },
    /// All ways of a node are gone.
    Grown {
        /// The node.
        node: usize,
    },
}

/// Goes ways.
pub trait Forest {
    /// Goes the beginning: what is there, and where the copy stands.
    ///
    /// # Errors
    /// How it died.
    fn root(&mut self) -> Result<(Option<i32>, Arrival), String>;

    /// Begins to go all ways of a node: from a copy that stands there, or by the ways that lead to it.
    fn grow(&mut self, node: usize, place: Option<i32>, path: &[u32], ways: u32);

    /// The next news of those that grow; `None` when none does.
    fn next(&mut self) -> Option<Heard>;

    /// Nobody needs the copy that stands there.
    fn fell(&mut self, place: i32);

    /// How many nodes may grow at the same time.
    fn room(&self) -> usize;

    /// How many copies may stand still: the nodes beyond are led to their place again. Nothing of what is found depends
    /// on it.
    fn standing_max(&self) -> usize;

    /// Goes a way alone, while nothing grows.
    ///
    /// # Errors
    /// How it died.
    fn alone(&mut self, lone: Lone) -> Result<Walked, String>;
}

/// A way that is gone alone, from the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lone {
    /// Ways that are known, then so many choices at random.
    Roam {
        /// The ways.
        path: Vec<u32>,
        /// Which random sequence.
        seed: u64,
        /// How many.
        steps: u32,
    },
    /// Choices by their keys.
    Follow(Vec<String>),
}

impl Lone {
    /// The way that is given, and what comes after.
    pub fn script(self) -> (Script, Rest) {
        match self {
            Self::Roam { path, seed, steps } => {
                let rest = Rest::Roam {
                    seed,
                    left: steps,
                    drawn: 0,
                };
                (Script::Ways(path.into()), rest)
            }
            Self::Follow(keys) => (Script::Keys(keys.into()), Rest::Stop(None)),
        }
    }
}

/// What a copy does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Goes those ways, then stops where there is something to choose and grows.
    Grow(Vec<u32>),
    /// Goes a way alone and tells what came of it.
    Alone(Lone),
}

/// Goes each way from the beginning.
pub struct Again<F> {
    /// Goes a way and tells what came of it.
    pub run: F,
    /// What will be heard.
    pub heard: VecDeque<Heard>,
}

impl<F: FnMut(Script, Rest) -> Walked> Again<F> {
    /// A forest whose ways `run` goes.
    pub fn new(run: F) -> Self {
        Self {
            run,
            heard: VecDeque::new(),
        }
    }
}

impl<F: FnMut(Script, Rest) -> Walked> Again<F> {
    fn behind(&mut self, path: &[u32]) -> Result<Arrival, String> {
        let script = Script::Ways(path.iter().copied().collect());
        let walked = (self.run)(script, Rest::Stop(None));
        let arrival = walked.arrival;
        arrival.ok_or_else(|| "the way was not there".to_owned())
    }
}

impl<F: FnMut(Script, Rest) -> Walked> Forest for Again<F> {
    fn root(&mut self) -> Result<(Option<i32>, Arrival), String> {
        self.behind(&[]).map(|arrival| (None, arrival))
    }

    fn grow(&mut self, node: usize, _place: Option<i32>, path: &[u32], ways: u32) {
        for way in 0..ways {
            let mut path = path.to_vec();
            path.push(way);
            let arrival = self.behind(&path);
            self.heard.push_back(Heard::Behind {
                node,
                way,
                place: None,
                arrival,
            });
        }
        self.heard.push_back(Heard::Grown { node });
    }

    fn next(&mut self) -> Option<Heard> {
        self.heard.pop_front()
    }

    fn fell(&mut self, _place: i32) {}

    fn room(&self) -> usize {
        1
    }

    fn standing_max(&self) -> usize {
        0
    }

    fn alone(&mut self, lone: Lone) -> Result<Walked, String> {
        let (script, rest) = lone.script();
        Ok((self.run)(script, rest))
    }
}

/// Goes ways in copies of the process.
#[cfg(unix)]
pub struct Wood<P> {
    grove: crate::worker::grove::Grove,
    /// Runs in a new copy.
    plant: P,
    /// Nodes by the copies that grow them.
    nodes: BTreeMap<i32, usize>,
    heard: VecDeque<Heard>,
    room: usize,
}

#[cfg(unix)]
impl<P: FnMut(crate::worker::grove::Sprout, Task)> Wood<P> {
    /// A forest of so many copies that run at the same time.
    pub fn new(grove: crate::worker::grove::Grove, room: usize, plant: P) -> Self {
        Self {
            grove,
            plant,
            nodes: BTreeMap::new(),
            heard: VecDeque::new(),
            room,
        }
    }

    /// How many copies stand still.
    pub fn standing(&self) -> usize {
        self.grove.stopped()
    }

    /// A copy that has gone those ways, with what is there.
    fn planted(&mut self, path: &[u32]) -> Result<(Option<i32>, Arrival), String> {
        use crate::worker::grove::News;
        let plant = &mut self.plant;
        let task = Task::Grow(path.to_vec());
        let planted = self.grove.plant(|sprout| plant(sprout, task));
        let first = planted.map_err(|error| error.to_string())?;
        while let Some(news) = self.grove.next_news() {
            match news {
                News::Arrived {
                    copy,
                    parent: 0,
                    report,
                    ..
                } => return read(&report).map(|arrival| (copy, arrival)),
                News::Died { parent, why, .. } if parent == first => return Err(why),
                other => self.take(other),
            }
        }
        Err("the process ended without a word".to_owned())
    }

    fn take(&mut self, news: crate::worker::grove::News) {
        use crate::worker::grove::News;
        match news {
            News::Arrived {
                copy,
                parent,
                way,
                report,
            } => {
                if let Some(node) = self.nodes.get(&parent) {
                    self.heard.push_back(Heard::Behind {
                        node: *node,
                        way,
                        place: copy,
                        arrival: read(&report),
                    });
                }
            }
            News::Died { parent, way, why } => {
                let Some(node) = self.nodes.get(&parent).copied() else {
                    return;
                };
                if way == u32::MAX {
                    // The one that grew died itself: its other ways are not known.
                    self.nodes.remove(&parent);
                    self.heard.push_back(Heard::Grown { node });
                } else {
                    self.heard.push_back(Heard::Behind {
                        node,
                        way,
                        place: None,
                        arrival: Err(why),
                    });
                }
            }
            News::Grown { copy } => {
                if let Some(node) = self.nodes.remove(&copy) {
                    self.heard.push_back(Heard::Grown { node });
                }
            }
        }
    }
}

/// Reads what a copy told.
#[cfg(unix)]
fn read(report: &str) -> Result<Arrival, String> {
    serde_json::from_str(report).map_err(|error| format!("a copy told nonsense: {error}"))
}

#[cfg(unix)]
impl<P: FnMut(crate::worker::grove::Sprout, Task)> Forest for Wood<P> {
    fn root(&mut self) -> Result<(Option<i32>, Arrival), String> {
        self.planted(&[])
    }

    fn grow(&mut self, node: usize, place: Option<i32>, path: &[u32], ways: u32) {
        let standing = place.map_or_else(
            || self.planted(path).map(|(copy, _)| copy),
            |place| Ok(Some(place)),
        );
        if let Ok(Some(copy)) = standing {
            self.nodes.insert(copy, node);
            return self.grove.grow(copy);
        }
        let why = standing.err().unwrap_or_else(|| "it has ended".to_owned());
        for way in 0..ways {
            self.heard.push_back(Heard::Behind {
                node,
                way,
                place: None,
                arrival: Err(why.clone()),
            });
        }
        self.heard.push_back(Heard::Grown { node });
    }

    fn next(&mut self) -> Option<Heard> {
        while self.heard.is_empty() {
            let news = self.grove.next_news()?;
            self.take(news);
        }
        self.heard.pop_front()
    }

    fn fell(&mut self, place: i32) {
        self.grove.fell(place);
    }

    fn room(&self) -> usize {
        self.room
    }

    fn standing_max(&self) -> usize {
        self.grove.room()
    }

    fn alone(&mut self, lone: Lone) -> Result<Walked, String> {
        use crate::worker::grove::News;
        let plant = &mut self.plant;
        let planted = self.grove.plant(|sprout| plant(sprout, Task::Alone(lone)));
        let copy = planted.map_err(|error| error.to_string())?;
        while let Some(news) = self.grove.next_news() {
            match news {
                News::Arrived {
                    parent: 0, report, ..
                } => {
                    let walked = serde_json::from_str(&report);
                    return walked.map_err(|error| format!("a copy told nonsense: {error}"));
                }
                News::Died { parent, why, .. } if parent == copy => return Err(why),
                other => self.take(other),
            }
        }
        Err("the process ended without a word".to_owned())
    }
}

//! What the supervisor knows of a running worker: its branch, its clock, its last words.

use std::time::{Duration, Instant};

use super::death::Death;
use super::limits::{Limits, TimeLeft};
use super::message::{FINISHED_CODE, Frame, Kind, Piece, RawEnd, encode};
use super::supervisor::{Ending, Event, WorkerError};
use super::sys;

/// After its own timer must have ended a worker, the supervisor waits this long and kills it.
const GRACE: Duration = Duration::from_secs(1);

/// How long a process that is over may keep the pipe open before its group is killed.
pub(super) const LINGER: Duration = Duration::from_millis(500);

/// How often a silent worker is looked at.
const TICK: Duration = Duration::from_millis(100);

/// How far a worker got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It has said nothing yet.
    Starting,
    /// It said hello.
    Working,
    /// The job has returned.
    Done,
}

/// What the supervisor knows of a running worker.
pub(super) struct Run {
    limits: Limits,
    /// When to kill; `None` without a time limit.
    deadline: Option<Instant>,
    /// It was killed; its deadline is the one for being gone.
    killed: bool,
    /// It was killed because it took too long.
    overdue: bool,
    stage: Stage,
    branch: u32,
    note: Option<String>,
    noise: Noise,
    first_death: Option<(Death, u32, Option<String>)>,
    /// Frames to send.
    answers: Vec<Vec<u8>>,
}

impl Run {
    pub(super) fn new(limits: Limits) -> Self {
        let mut run = Self {
            limits,
            deadline: None,
            killed: false,
            overdue: false,
            stage: Stage::Starting,
            branch: 0,
            note: None,
            noise: Noise::default(),
            first_death: None,
            answers: Vec::new(),
        };
        run.restart_clock();
        run
    }

    /// Whoever begins or ends a branch has the whole limit again.
    fn restart_clock(&mut self) {
        if self.limits.wall_ms > 0 && !self.killed {
            let limit = Duration::from_micros(TimeLeft::of(self.limits.wall_ms).real_us) + GRACE;
            self.deadline = now().checked_add(limit);
        }
    }

    /// The worker is over: wait no longer than [`LINGER`] for the pipe to close.
    pub(super) fn hurry(&mut self) {
        let soon = now() + LINGER;
        self.deadline = Some(self.deadline.map_or(soon, |deadline| deadline.min(soon)));
    }

    /// It is killed now and has [`LINGER`] to be gone; `was_running`: it had not ended by itself.
    pub(super) fn killed(&mut self, was_running: bool) {
        self.overdue = was_running && self.stage != Stage::Done;
        self.killed = true;
        self.deadline = Some(now() + LINGER);
    }

    /// Whether it was killed.
    pub(super) fn is_killed(&self) -> bool {
        self.killed
    }

    /// The time that the caller took over an event does not count.
    pub(super) fn excuse(&mut self, time: Duration) {
        self.deadline = self
            .deadline
            .and_then(|deadline| deadline.checked_add(time));
    }

    /// `None` without a time limit.
    pub(super) fn time_left(&self) -> Option<Duration> {
        self.deadline
            .map(|deadline| deadline.saturating_duration_since(now()))
    }

    pub(super) fn is_late(&self) -> bool {
        self.time_left() == Some(Duration::ZERO)
    }

    /// How long to wait for output now.
    pub(super) fn patience(&self) -> Duration {
        self.time_left().map_or(TICK, |left| left.min(TICK))
    }

    /// The frames that answer what was asked since the last time.
    pub(super) fn answers(&mut self) -> impl Iterator<Item = Vec<u8>> {
        std::mem::take(&mut self.answers).into_iter()
    }

    pub(super) fn take(&mut self, piece: Piece, on_event: &mut dyn FnMut(Event<'_>)) {
        match piece {
            Piece::Noise(bytes) => self.noise.add(&bytes),
            Piece::Frame(frame) => self.take_frame(frame, on_event),
        }
    }

    fn take_frame(&mut self, frame: Frame, on_event: &mut dyn FnMut(Event<'_>)) {
        let Frame { kind, branch, text } = frame;
        match kind {
            Kind::Hello => self.stage = Stage::Working,
            Kind::Branch => {
                self.branch = branch;
                self.note = None;
                self.noise = Noise::default();
                if branch > 0 {
                    self.restart_clock();
                }
            }
            Kind::Line => on_event(Event::Line {
                branch,
                text: &text,
            }),
            Kind::Ask => {
                let (number, question) = text.split_once(' ').unwrap_or_default();
                let mut answer = String::new();
                on_event(Event::Ask {
                    branch,
                    question,
                    answer: &mut answer,
                });
                let text = format!("{number} {answer}");
                self.answers.push(encode(Kind::Answer, branch, &text));
            }
            Kind::More => self.excuse(Duration::from_millis(text.parse().unwrap_or(0))),
            Kind::Note => self.note = Some(text),
            Kind::End => {
                self.restart_clock();
                let end = RawEnd::of_text(&text);
                if let Some(death) = Death::of(&end, &self.noise.text(), &self.limits) {
                    self.died(death, on_event);
                }
                self.note = None;
                self.noise = Noise::default();
            }
            Kind::Done => {
                self.stage = Stage::Done;
                self.hurry();
            }
            // Only the supervisor sends these.
            Kind::Job | Kind::Answer => {}
        }
    }

    fn died(&mut self, death: Death, on_event: &mut dyn FnMut(Event<'_>)) {
        on_event(Event::Died {
            branch: self.branch,
            death: &death,
            last_note: self.note.as_deref(),
        });
        if self.first_death.is_none() {
            self.first_death = Some((death, self.branch, self.note.clone()));
        }
    }

    /// `end` is how the worker itself ended.
    pub(super) fn finish(
        mut self,
        end: &RawEnd,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<Ending, WorkerError> {
        let rest_ran = self.stage == Stage::Done;
        let noise = self.noise.text();
        let killed = matches!(end, RawEnd::Signal(9)) || !sys::CAN_FORK;
        let end_death = match end {
            _ if self.overdue && killed => Some(Death::Time {
                limit_ms: self.limits.wall_ms,
            }),
            RawEnd::Finished if self.stage != Stage::Done => Some(Death::Exit {
                code: FINISHED_CODE,
            }),
            _ => Death::of(end, &noise, &self.limits),
        };
        if self.stage == Stage::Starting {
            let ending = end_death.map_or_else(|| "it left at once".into(), |death| death.text());
            return Err(WorkerError::NotAWorker {
                ending,
                output: noise,
            });
        }
        if let (Some(death), false) = (end_death, rest_ran) {
            self.died(death, on_event);
        }
        Ok(self
            .first_death
            .map_or(Ending::Finished, |(death, branch, last_note)| {
                Ending::Died {
                    death,
                    branch,
                    last_note,
                    rest_ran,
                }
            }))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the watchdog measures real time; no simulated fact depends on it"
)]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// What a branch printed outside the frames: its end, where the last words are.
#[derive(Default)]
struct Noise(Vec<u8>);

impl Noise {
    /// Bytes of noise that are kept.
    const KEPT: usize = 16 << 10;

    fn add(&mut self, bytes: &[u8]) {
        self.0
            .extend(&bytes[bytes.len().saturating_sub(Self::KEPT)..]);
        if self.0.len() > 2 * Self::KEPT {
            self.0.drain(..self.0.len() - Self::KEPT);
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds frames to a [`Run`] and gives the events as text, then the ending.
    fn run(
        pieces: Vec<(Kind, u32, &str)>,
        end: &RawEnd,
    ) -> (Vec<String>, Result<Ending, WorkerError>) {
        let mut events = Vec::new();
        let mut on_event = |event: Event<'_>| {
            events.push(match event {
                Event::Line { branch, text } => format!("{branch}: {text}"),
                Event::Ask {
                    branch, question, ..
                } => format!("{branch} asks {question}"),
                Event::Died {
                    branch,
                    death,
                    last_note,
                } => format!("{branch} died: {death:?} at {last_note:?}"),
            });
        };
        let mut run = Run::new(Limits::default());
        for (kind, branch, text) in pieces {
            run.take(
                Piece::Frame(Frame {
                    kind,
                    branch,
                    text: text.into(),
                }),
                &mut on_event,
            );
        }
        let ending = run.finish(end, &mut on_event);
        (events, ending)
    }

    #[test]
    fn a_dead_branch_is_told_with_its_note_and_the_rest_goes_on() {
        let (events, ending) = run(
            vec![
                (Kind::Hello, 0, ""),
                (Kind::Branch, 0, ""),
                (Kind::Note, 0, "onLoad"),
                (Kind::End, 0, r#""Finished""#),
                (Kind::Branch, 1, ""),
                (Kind::Note, 1, "onShow"),
                (Kind::End, 1, r#"{"Exit":3}"#),
                (Kind::Branch, 2, ""),
                (Kind::Line, 2, "ok"),
                (Kind::End, 2, r#"{"Exit":4}"#),
                (Kind::Done, 2, ""),
            ],
            &RawEnd::Finished,
        );
        let expected = [
            r#"1 died: Exit { code: 3 } at Some("onShow")"#,
            "2: ok",
            "2 died: Exit { code: 4 } at None",
        ];
        assert_eq!(events, expected);
        let first = Ending::Died {
            death: Death::Exit { code: 3 },
            branch: 1,
            last_note: Some("onShow".into()),
            rest_ran: true,
        };
        assert_eq!(ending.expect("a worker"), first);
    }

    #[test]
    fn what_a_branch_asks_is_answered_under_its_number() {
        let mut run = Run::new(Limits::default());
        let frame = Frame {
            kind: Kind::Ask,
            branch: 3,
            text: "12 how are you?".into(),
        };
        run.take(Piece::Frame(frame), &mut |event| {
            if let Event::Ask {
                branch: 3,
                question: "how are you?",
                answer,
            } = event
            {
                answer.push_str("well");
            }
        });
        let answers: Vec<_> = run.answers().collect();
        assert_eq!(answers, [encode(Kind::Answer, 3, "12 well")]);
        assert_eq!(run.answers().count(), 0);
    }

    #[test]
    fn a_worker_that_leaves_before_done_died() {
        let pieces = vec![(Kind::Hello, 0, ""), (Kind::Branch, 4, "")];
        let (events, ending) = run(pieces, &RawEnd::Exit(0));
        assert_eq!(events, ["4 died: Exit { code: 0 } at None"]);
        assert!(
            matches!(
                ending,
                Ok(Ending::Died {
                    rest_ran: false,
                    branch: 4,
                    ..
                })
            ),
            "{ending:?}"
        );
    }

    #[test]
    fn a_killed_worker_gets_no_more_time_from_what_it_said_before() {
        let mut run = Run::new(Limits::default());
        run.killed(true);
        let frame = Frame {
            kind: Kind::Branch,
            branch: 1,
            text: String::new(),
        };
        run.take(Piece::Frame(frame), &mut |_| ());
        assert!(run.time_left() <= Some(LINGER), "{:?}", run.time_left());
    }

    #[test]
    fn without_a_time_limit_only_the_end_is_awaited_in_haste() {
        let limits = Limits {
            wall_ms: 0,
            ..Limits::default()
        };
        let mut run = Run::new(limits);
        assert_eq!(run.time_left(), None);
        run.hurry();
        assert!(run.time_left() <= Some(LINGER), "{:?}", run.time_left());
    }

    #[test]
    fn a_program_that_never_says_hello_is_not_a_worker() {
        let (_, ending) = run(vec![], &RawEnd::Exit(0));
        assert!(
            matches!(ending, Err(WorkerError::NotAWorker { .. })),
            "{ending:?}"
        );
    }

    #[test]
    fn a_broken_end_frame_is_a_death_not_a_success() {
        let (events, _) = run(
            vec![
                (Kind::Hello, 0, ""),
                (Kind::End, 0, "?"),
                (Kind::Done, 0, ""),
            ],
            &RawEnd::Finished,
        );
        assert_eq!(events.len(), 1, "{events:?}");
    }

    #[test]
    fn noise_keeps_its_last_words_however_much_there_is() {
        let mut noise = Noise::default();
        noise.add(&vec![b'x'; 100 << 10]);
        for _ in 0..10_000 {
            noise.add(b"some chatter\n");
        }
        noise.add(b"last words");
        assert!(noise.text().ends_with("chatter\nlast words"));
        assert!(noise.0.len() <= 3 * Noise::KEPT, "{}", noise.0.len());
    }
}

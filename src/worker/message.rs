//! The wire between worker and supervisor: frames in a stream that may hold anything else.
//!
//! What the supervisor sends are frames only: the job, then an [`Kind::Answer`] to each
//! [`Kind::Ask`], with the number of what was asked and a blank before both texts.
//!
//! A worker's standard output and standard error are one pipe, so that everything it says keeps one
//! order: frames of [`Outbox`](super::Outbox), and *noise*, which is whatever the Rust runtime, the
//! C library or a stray print writes (the last words before an abort are noise). A frame is
//!
//! ```text
//! STX kind branch SPACE text ETX
//! ```
//!
//! with any STX, ETX or DLE in the text preceded by DLE and moved to `B`, `C`, `P`. JSON text never
//! holds these characters, so it travels as it is. A frame whose writer died in the middle is
//! recognised by the next STX, or by the end of the stream, and becomes noise.

use serde::{Deserialize, Serialize};

const STX: u8 = 0x02;
const ETX: u8 = 0x03;
const DLE: u8 = 0x10;

/// Longest frame that is kept, in bytes; a longer one is dropped with a word in the noise.
const FRAME_BYTES_MAX: usize = 256 << 20;

/// What a frame is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The process runs `serve`: it is a worker indeed.
    Hello,
    /// A branch begins.
    Branch,
    /// A line of the job for the supervisor's caller.
    Line,
    /// What is about to run.
    Note,
    /// A branch is over; the text is a [`RawEnd`] as JSON.
    End,
    /// The job has returned.
    Done,
    /// The branch waits for an answer.
    Ask,
    /// The branch has so many more milliseconds of real time.
    More,
    /// To the worker: its limits in one line, then its request.
    Job,
    /// To the worker: an answer.
    Answer,
}

impl Kind {
    const ALL: [(Self, u8); 10] = [
        (Self::Hello, b'h'),
        (Self::Branch, b'b'),
        (Self::Line, b'l'),
        (Self::Note, b'n'),
        (Self::End, b'e'),
        (Self::Done, b'd'),
        (Self::Ask, b'a'),
        (Self::More, b'm'),
        (Self::Job, b'j'),
        (Self::Answer, b'r'),
    ];

    fn letter(self) -> u8 {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or(b'?', |(_, letter)| *letter)
    }

    fn of(letter: u8) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == letter)
            .map(|(kind, _)| *kind)
    }
}

/// How a process ended, as the operating system tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum RawEnd {
    /// It came to the end of its work.
    Finished,
    /// It left with this code before that.
    Exit(i32),
    /// This signal ended it.
    Signal(i32),
    /// It could not be started, for this reason.
    NotStarted(String),
}

impl RawEnd {
    /// The text of an [`Kind::End`] frame.
    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads such a text; one that cannot be read is no success.
    pub(super) fn of_text(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| Self::NotStarted(text.into()))
    }
}

/// Exit code of a branch that came to the end of its work. Not 0, so that code which calls
/// `exit(0)` half-way is not taken for success.
pub(super) const FINISHED_CODE: i32 = 87;

/// The exit code of a branch that leaves a word for the job: this and the word.
pub(super) fn code_of(word: Word) -> i32 {
    FINISHED_CODE + i32::from(word.0)
}

/// The word of an exit code; `None` when the branch did not come to its end.
pub(super) fn word_of(code: i32) -> Option<Word> {
    let word = u8::try_from(code.checked_sub(FINISHED_CODE)?).ok()?;
    (word <= WORD_MAX).then_some(Word(word))
}

/// Exit code of Rust's runtime after a panic.
pub(super) const PANIC_CODE: i32 = 101;

/// What a branch tells the job in the zygote: a small number of the job's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word(pub u8);

/// Largest word; [`PANIC_CODE`] comes after it.
pub const WORD_MAX: u8 = 7;

impl From<()> for Word {
    fn from((): ()) -> Self {
        Self(0)
    }
}

/// One message from the worker.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) branch: u32,
    pub(super) text: String,
}

/// The bytes of one frame.
pub(super) fn encode(kind: Kind, branch: u32, text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 16);
    bytes.extend([STX, kind.letter()]);
    bytes.extend(branch.to_string().into_bytes());
    bytes.push(b' ');
    if text.bytes().any(is_control) {
        for byte in text.bytes() {
            if is_control(byte) {
                bytes.extend([DLE, byte | 0x40]);
            } else {
                bytes.push(byte);
            }
        }
    } else {
        bytes.extend(text.as_bytes());
    }
    bytes.push(ETX);
    bytes
}

fn is_control(byte: u8) -> bool {
    matches!(byte, STX | ETX | DLE)
}

/// A piece of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A whole frame.
    Frame(Frame),
    /// Anything else, in the order written.
    Noise(Vec<u8>),
}

/// Finds the frames in the stream, however it is cut into reads.
#[derive(Default)]
pub(super) struct Decoder {
    /// Bytes since the last STX; `None` outside a frame.
    open: Option<Vec<u8>>,
}

impl Decoder {
    /// Takes the next bytes of the stream and hands on every piece that is complete.
    pub(super) fn feed(&mut self, mut bytes: &[u8], take: &mut dyn FnMut(Piece)) {
        while !bytes.is_empty() {
            let mark = bytes.iter().position(|byte| matches!(*byte, STX | ETX));
            let (before, rest) = bytes.split_at(mark.unwrap_or(bytes.len()));
            self.add(before, take);
            match rest.first() {
                Some(&STX) => {
                    self.end(take);
                    self.open = Some(Vec::new());
                }
                Some(_) => self.close(take),
                None => {}
            }
            bytes = rest.get(1..).unwrap_or_default();
        }
    }

    /// The stream is over: a frame still open was cut by its writer's death.
    pub(super) fn end(&mut self, take: &mut dyn FnMut(Piece)) {
        if let Some(cut) = self.open.take() {
            take(Piece::Noise(cut));
        }
    }

    fn add(&mut self, bytes: &[u8], take: &mut dyn FnMut(Piece)) {
        match &mut self.open {
            Some(frame) if frame.len() + bytes.len() > FRAME_BYTES_MAX => {
                self.open = None;
                let text =
                    format!("\n(a message of more than {FRAME_BYTES_MAX} bytes was dropped)\n");
                take(Piece::Noise(text.into_bytes()));
            }
            Some(frame) => frame.extend(bytes),
            None if bytes.is_empty() => {}
            None => take(Piece::Noise(bytes.to_vec())),
        }
    }

    fn close(&mut self, take: &mut dyn FnMut(Piece)) {
        if let Some(bytes) = self.open.take() {
            take(parse(&bytes).map_or_else(|| Piece::Noise(bytes), Piece::Frame));
        }
    }
}

fn parse(bytes: &[u8]) -> Option<Frame> {
    let (letter, rest) = bytes.split_first()?;
    let space = rest.iter().position(|byte| *byte == b' ')?;
    let (number, text) = rest.split_at(space);
    Some(Frame {
        kind: Kind::of(*letter)?,
        branch: str::from_utf8(number).ok()?.parse().ok()?,
        text: unescape(&text[1..])?,
    })
}

fn unescape(text: &[u8]) -> Option<String> {
    if !text.contains(&DLE) {
        return String::from_utf8(text.to_vec()).ok();
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        plain.push(if byte == DLE {
            bytes.next()? & !0x40
        } else {
            byte
        });
    }
    String::from_utf8(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(stream: &[u8], step: usize) -> Vec<Piece> {
        let mut decoder = Decoder::default();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut take = |piece| match (pieces.last_mut(), piece) {
            (Some(Piece::Noise(last)), Piece::Noise(more)) => last.extend(more),
            (_, piece) => pieces.push(piece),
        };
        for part in stream.chunks(step) {
            decoder.feed(part, &mut take);
        }
        decoder.end(&mut take);
        pieces
    }

    fn line(branch: u32, text: &str) -> Piece {
        Piece::Frame(Frame {
            kind: Kind::Line,
            branch,
            text: text.into(),
        })
    }

    fn noise(text: &str) -> Piece {
        Piece::Noise(text.into())
    }

    #[test]
    fn frames_and_noise_come_out_in_the_order_written_however_the_reads_fall() {
        let mut stream = b"hello ".to_vec();
        stream.extend(encode(Kind::Line, 0, r#"{"a":"中\n"}"#));
        stream.extend(b"printed\n");
        stream.extend(encode(Kind::Line, 4_000_000_000, ""));
        let expected = [
            noise("hello "),
            line(0, r#"{"a":"中\n"}"#),
            noise("printed\n"),
            line(4_000_000_000, ""),
        ];
        for step in 1..=stream.len() {
            assert_eq!(decode(&stream, step), expected, "reads of {step} bytes");
        }
    }

    #[test]
    fn control_characters_and_line_ends_survive_in_a_line() {
        let text = "a\u{2}b\u{3}c\u{10}d\u{10}B\nè\r\n\0";
        assert_eq!(decode(&encode(Kind::Line, 7, text), 3), [line(7, text)]);
    }

    #[test]
    fn json_text_travels_without_a_single_byte_more() {
        let text = serde_json::to_string("\u{2}\u{3}\u{10}\n\\").expect("a string");
        assert_eq!(
            encode(Kind::Line, 1, &text).len(),
            text.len() + "Sl1 E".len()
        );
    }

    #[test]
    fn a_frame_cut_by_death_becomes_noise_and_the_next_frame_is_whole() {
        let whole = encode(Kind::Line, 1, "first");
        for cut in 1..whole.len() {
            let mut stream = whole[..cut].to_vec();
            stream.extend(b"\nlast words\n");
            stream.extend(encode(Kind::Line, 2, "second"));
            let pieces = decode(&stream, 5);
            assert_eq!(pieces.len(), 2, "cut at {cut}: {pieces:?}");
            assert!(
                matches!(&pieces[0], Piece::Noise(text) if text.ends_with(b"\nlast words\n")),
                "the last words stay readable"
            );
            assert_eq!(pieces[1], line(2, "second"));
        }
    }

    #[test]
    fn a_frame_cut_by_the_end_of_the_stream_is_not_delivered() {
        let whole = encode(Kind::Done, 1, "");
        assert_eq!(decode(&whole[..whole.len() - 1], 100), [noise("d1 ")]);
    }

    #[test]
    fn what_only_looks_like_a_frame_is_noise() {
        let cases: [&[u8]; 7] = [
            b"\x02\x03",
            b"\x02z1 x\x03",
            b"\x02l1x\x03",
            b"\x02l-1 x\x03",
            b"\x02l x\x03",
            b"\x02l1 \x10\x03",
            b"\x02l1 \xff\x03",
        ];
        for stream in cases {
            let pieces = decode(stream, 2);
            assert!(
                !pieces.iter().any(|piece| matches!(piece, Piece::Frame(_))),
                "{stream:?}"
            );
        }
    }

    #[test]
    fn every_kind_has_its_own_letter() {
        for (kind, letter) in Kind::ALL {
            assert_eq!((Kind::of(letter), kind.letter()), (Some(kind), letter));
        }
    }
}

//! The supervisor's way to the worker: its job, then an answer to each thing that it asks.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read};

use super::message::{Decoder, Frame, Piece};

/// One read of the input.
const READ_BYTES: usize = 64 << 10;

/// Reads frames; a fork has the same pipe, and only one of the processes reads at a time.
pub(super) struct Inbox {
    source: Box<dyn Read + Send>,
    decoder: Decoder,
    frames: VecDeque<Frame>,
}

impl Inbox {
    pub(super) fn new(source: Box<dyn Read + Send>) -> Self {
        Self {
            source,
            decoder: Decoder::default(),
            frames: VecDeque::new(),
        }
    }

    /// Waits for the next frame; `None` when there will be none. What is no frame is passed over.
    pub(super) fn next(&mut self) -> Option<Frame> {
        let mut buffer = vec![0; READ_BYTES];
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Some(frame);
            }
            match self.source.read(&mut buffer) {
                Ok(0) => return None,
                Ok(count) => {
                    let frames = &mut self.frames;
                    self.decoder.feed(&buffer[..count], &mut |piece| {
                        if let Piece::Frame(frame) = piece {
                            frames.push_back(frame);
                        }
                    });
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Inbox;
    use crate::worker::message::{Kind, encode};

    #[test]
    fn frames_come_one_after_the_other_and_a_cut_one_is_passed_over() {
        let mut bytes = encode(Kind::Answer, 1, "1 first");
        bytes.truncate(bytes.len() - 3);
        bytes.extend(encode(Kind::Answer, 2, "2 second\u{2}"));
        bytes.extend(encode(Kind::Job, 0, ""));
        let mut inbox = Inbox::new(Box::new(std::io::Cursor::new(bytes)));
        let next = |inbox: &mut Inbox| inbox.next().map(|frame| (frame.kind, frame.text));
        assert_eq!(
            next(&mut inbox),
            Some((Kind::Answer, "2 second\u{2}".to_owned()))
        );
        assert_eq!(next(&mut inbox), Some((Kind::Job, String::new())));
        assert_eq!(next(&mut inbox), None);
    }
}

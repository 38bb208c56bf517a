//! What a worker process may use: stack, address space, time.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a worker process may use. Each limit ends a runaway app with a [`Death`](super::Death).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Native stack of the worker's only thread, in bytes; `u64::MAX` for the system's own limit.
    pub stack_bytes: u64,
    /// Address space of the worker, in bytes; `u64::MAX` for the system's own limit.
    pub memory_bytes: u64,
    /// Processor time one branch may take, in milliseconds; 0 for no limit. It may take six times
    /// as much real time, so that a busy machine makes no failures. Loading counts for the branch
    /// that loads.
    pub wall_ms: u64,
}

/// How many times as much real time as processor time a branch may take.
pub(super) const REAL_FACTOR: u64 = 6;

/// The time that a branch has left, in microseconds; 0 stands for no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeLeft {
    pub(super) processor_us: u64,
    pub(super) real_us: u64,
}

impl TimeLeft {
    /// The whole time of a branch.
    pub(super) fn of(wall_ms: u64) -> Self {
        let processor_us = wall_ms.saturating_mul(1000);
        Self {
            processor_us,
            real_us: processor_us.saturating_mul(REAL_FACTOR),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            stack_bytes: 256 << 20,
            memory_bytes: 1 << 30,
            wall_ms: 60_000,
        }
    }
}

/// A number of bytes for people: `256 MiB`, `1536 KiB`, `1000 bytes`; `u64::MAX` stands for the
/// system's own limit.
pub(super) struct Bytes(pub(super) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == u64::MAX {
            return f.write_str("what the system gives");
        }
        let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
        for (shift, unit) in units {
            if self.0 > 0 && self.0.trailing_zeros() >= shift {
                return write!(f, "{} {unit}", self.0 >> shift);
            }
        }
        write!(f, "{} bytes", self.0)
    }
}

/// Milliseconds for people: `60 s`, `1500 ms`.
pub(super) struct Span(pub(super) u64);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 1000, self.0 % 1000) {
            (seconds, 0) if seconds > 0 => write!(f, "{seconds} s"),
            _ => write!(f, "{} ms", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_shown_in_the_largest_unit_that_loses_nothing() {
        let shown =
            [0, 1000, 1536 << 10, 256 << 20, 4 << 30, (4 << 30) + 1].map(|n| Bytes(n).to_string());
        let expected = [
            "0 bytes",
            "1000 bytes",
            "1536 KiB",
            "256 MiB",
            "4 GiB",
            "4294967297 bytes",
        ];
        assert_eq!(shown, expected);
        assert_eq!(Bytes(u64::MAX).to_string(), "what the system gives");
        assert_eq!(
            [0, 999, 1500, 60_000].map(|n| Span(n).to_string()),
            ["0 ms", "999 ms", "1500 ms", "60 s"]
        );
    }

    #[test]
    fn limits_cross_the_wire_unchanged() {
        let limits = Limits {
            wall_ms: 0,
            ..Limits::default()
        };
        let text = serde_json::to_string(&limits).expect("plain numbers");
        assert_eq!(
            serde_json::from_str::<Limits>(&text).expect("what was written"),
            limits
        );
        assert!(
            !text.contains('\n'),
            "it is the first line of the worker's input"
        );
    }
}

//! Why a worker, or one of its branches, did not finish.

use serde::{Deserialize, Serialize};

use super::limits::{Bytes, Limits, Span};
use super::message::{PANIC_CODE, RawEnd};
use super::sys;

/// Why a worker, or one of its branches, did not finish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Death {
    /// It ran longer than it may.
    Time {
        /// The limit, in milliseconds of processor time.
        limit_ms: u64,
    },
    /// It overflowed the native stack.
    Stack {
        /// The limit, in bytes.
        limit_bytes: u64,
    },
    /// It asked for more memory than it may have.
    Memory {
        /// The limit, in bytes of address space.
        limit_bytes: u64,
    },
    /// Rust code panicked, in the engine or in wxsim.
    Panic {
        /// The panic's text and place.
        message: String,
    },
    /// Another signal ended it.
    Signal {
        /// The signal's number on this system.
        number: i32,
        /// Its name (`SIGSEGV`), or `unknown signal`.
        name: String,
    },
    /// It left by itself before its work was done.
    Exit {
        /// The exit code.
        code: i32,
    },
    /// The branch could not be forked.
    NotStarted {
        /// The system's reason.
        error: String,
    },
}

/// Longest panic text that is quoted, in characters.
const PANIC_CHARS_MAX: usize = 2_000;

impl Death {
    /// One or two sentences for people: which limit, its value, and what usually causes this.
    pub fn text(&self) -> String {
        match self {
            Self::Time { limit_ms } => format!(
                "it ran longer than the time limit of {}; the usual cause is a loop without \
                 end, a regular expression that backtracks without end, or filling a huge array",
                Span(*limit_ms)
            ),
            Self::Stack { limit_bytes } => format!(
                "it overflowed the native stack, whose limit is {}; the usual cause is recursion \
                 without end inside a builtin (JSON.stringify, toString, a getter or a proxy that \
                 leads back to itself), or source text nested thousands of levels deep",
                Bytes(*limit_bytes)
            ),
            Self::Memory { limit_bytes } => format!(
                "it needed more memory than it may have, which is {}; the usual cause is an array \
                 or string that grows in a loop without end, or one huge allocation",
                Bytes(*limit_bytes)
            ),
            Self::Panic { message } => format!(
                "the script engine (or wxsim) panicked: {message}; the usual cause is one huge \
                 string or array, such as 'x'.repeat(2 ** 30) or new Array(1e9), or a fault of \
                 wxsim itself"
            ),
            Self::Signal { number, name } => signal_text(*number, name),
            Self::Exit { code } => {
                format!("the worker process left with exit code {code} before its work was done")
            }
            Self::NotStarted { error } => {
                format!("the system could not fork the worker process: {error}")
            }
        }
    }

    /// Reads the ending of a process; `noise` is what it printed outside the frames, which tells
    /// stack, memory and panic apart: Rust's runtime says why before it aborts.
    ///
    /// `None` if it did finish.
    pub(super) fn of(end: &RawEnd, noise: &str, limits: &Limits) -> Option<Self> {
        let name = match end {
            RawEnd::Finished => return None,
            RawEnd::NotStarted(error) => {
                return Some(Self::NotStarted {
                    error: error.clone(),
                });
            }
            RawEnd::Signal(number) => sys::signal_name(*number),
            RawEnd::Exit(_) => String::new(),
        };
        Some(match end {
            _ if matches!(name.as_str(), "SIGPROF" | "SIGALRM") => Self::Time {
                limit_ms: limits.wall_ms,
            },
            RawEnd::Exit(PANIC_CODE) => Self::Panic {
                message: panic_message(noise),
            },
            _ if noise.contains("has overflowed its stack") => Self::Stack {
                limit_bytes: limits.stack_bytes,
            },
            _ if noise.contains("memory allocation of ") => Self::Memory {
                limit_bytes: limits.memory_bytes,
            },
            _ if name == "SIGABRT" && noise.contains("panicked at ") => Self::Panic {
                message: panic_message(noise),
            },
            RawEnd::Signal(number) => Self::Signal {
                number: *number,
                name,
            },
            RawEnd::Exit(code) => Self::Exit { code: *code },
            RawEnd::Finished | RawEnd::NotStarted(_) => return None,
        })
    }
}

fn signal_text(number: i32, name: &str) -> String {
    let cause = match name {
        "SIGSEGV" | "SIGBUS" => {
            "; the usual cause is a native stack that could not grow, or a fault inside the engine"
        }
        "SIGKILL" => "; the usual cause is the system's out-of-memory killer",
        "SIGABRT" => "; the process gave up by itself",
        _ => "",
    };
    format!("signal {number} ({name}) ended the worker process{cause}")
}

/// The text and place of the last panic in `noise`, on one line where it was one.
fn panic_message(noise: &str) -> String {
    let Some((_, last)) = noise.rsplit_once("panicked at ") else {
        return "no message was printed".into();
    };
    let (place, rest) = last.split_once(":\n").unwrap_or((last.trim_end(), ""));
    let message = ["\nnote: run with `RUST_BACKTRACE", "\nstack backtrace:"]
        .iter()
        .filter_map(|end| rest.find(end))
        .min()
        .map_or(rest, |end| &rest[..end]);
    let message: String = message.trim_end().chars().take(PANIC_CHARS_MAX).collect();
    format!("{message} ({place})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits {
            stack_bytes: 8 << 20,
            memory_bytes: 1 << 30,
            wall_ms: 2_000,
        }
    }

    fn signal(name: &str) -> RawEnd {
        let number = (1..32).find(|number| sys::signal_name(*number) == name);
        RawEnd::Signal(number.expect("a signal of this system"))
    }

    fn death(end: &RawEnd, noise: &str) -> Death {
        Death::of(end, noise, &limits()).expect("not finished")
    }

    const PANIC: &str = "\nthread 'main' (77) panicked at src/a.rs:3:5:\nindex 9 is\nout\nnote: \
                         run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n";

    #[test]
    fn a_panic_is_quoted_with_its_place_whether_it_unwound_or_aborted() {
        let expected = Death::Panic {
            message: "index 9 is\nout (src/a.rs:3:5)".into(),
        };
        assert_eq!(death(&RawEnd::Exit(PANIC_CODE), PANIC), expected);
        #[cfg(unix)]
        assert_eq!(death(&signal("SIGABRT"), PANIC), expected);
    }

    #[test]
    fn a_panic_text_lost_or_strange_still_gives_a_panic() {
        let lost = Death::Panic {
            message: "no message was printed".into(),
        };
        assert_eq!(death(&RawEnd::Exit(PANIC_CODE), "x"), lost);
        let strange = Death::Panic {
            message: " (nowhere)".into(),
        };
        assert_eq!(
            death(&RawEnd::Exit(PANIC_CODE), "panicked at nowhere\n"),
            strange
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_runtimes_last_words_tell_stack_memory_and_other_signals_apart() {
        let stack =
            "\nthread 'main' (1) has overflowed its stack\nfatal runtime error: stack overflow\n";
        let memory = "memory allocation of 1099511627776 bytes failed\n";
        assert_eq!(
            death(&signal("SIGABRT"), stack),
            Death::Stack {
                limit_bytes: 8 << 20
            }
        );
        assert_eq!(
            death(&signal("SIGABRT"), memory),
            Death::Memory {
                limit_bytes: 1 << 30
            }
        );
        for timer in ["SIGPROF", "SIGALRM"] {
            let late = death(&signal(timer), stack);
            assert_eq!(late, Death::Time { limit_ms: 2_000 }, "{timer}");
        }
        let plain = death(&signal("SIGSEGV"), PANIC);
        assert!(
            matches!(&plain, Death::Signal { name, .. } if name == "SIGSEGV"),
            "{plain:?}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_caught_panic_before_an_overflow_is_not_the_cause() {
        let noise = format!("{PANIC}thread 'main' has overflowed its stack\n");
        assert!(matches!(
            death(&signal("SIGABRT"), &noise),
            Death::Stack { .. }
        ));
    }

    #[test]
    fn leaving_with_code_zero_before_the_end_is_a_death() {
        assert_eq!(death(&RawEnd::Exit(0), ""), Death::Exit { code: 0 });
        assert_eq!(Death::of(&RawEnd::Finished, PANIC, &limits()), None);
    }

    #[test]
    fn each_text_names_the_limit_and_its_value() {
        let texts = [
            (Death::Time { limit_ms: 60_000 }, "time limit of 60 s"),
            (
                Death::Stack {
                    limit_bytes: 256 << 20,
                },
                "native stack, whose limit is 256 MiB",
            ),
            (
                Death::Memory {
                    limit_bytes: 4 << 30,
                },
                "more memory than it may have, which is 4 GiB",
            ),
            (
                Death::Panic {
                    message: "oh (a.rs:1:2)".into(),
                },
                "panicked: oh (a.rs:1:2); the usual cause",
            ),
            (
                Death::Signal {
                    number: 9,
                    name: "SIGKILL".into(),
                },
                "signal 9 (SIGKILL)",
            ),
            (Death::Exit { code: 3 }, "exit code 3"),
            (
                Death::NotStarted {
                    error: "EAGAIN".into(),
                },
                "could not fork the worker process: EAGAIN",
            ),
        ];
        for (death, part) in texts {
            assert!(
                death.text().contains(part),
                "{:?} → {}",
                death,
                death.text()
            );
        }
    }
}

//! Seeded randomness: the `SplitMix64` generator in independent, named streams.
//!
//! Draw number `n` of a stream is the `SplitMix64` output for `n` steps from a start that follows
//! from seed and stream name, so drawing from one stream never shifts another, and a stream's whole
//! state is how often it was drawn from.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use super::{Change, World, sealed::Sealed};

/// What a random number is for; each has its own sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// Login codes.
    Codes,
    /// Session keys.
    Keys,
    /// Ids the platform hands out.
    Ids,
    /// `Math.random()` of the mini program.
    Math,
    /// Nonces and initial vectors.
    Nonces,
}

impl Stream {
    fn name(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Keys => "keys",
            Self::Ids => "ids",
            Self::Math => "math",
            Self::Nonces => "nonces",
        }
    }
}

/// The streams of one seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rng {
    seed: u64,
    drawn: BTreeMap<Stream, u64>,
}

impl Rng {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: BTreeMap::new(),
        }
    }

    /// The stream's next 64 bits.
    pub(super) fn draw(&mut self, stream: Stream) -> u64 {
        let drawn = self.drawn.entry(stream).or_insert(0);
        *drawn = drawn.wrapping_add(1);
        split_mix(start(self.seed, &[stream.name()]), *drawn)
    }

    /// A text of letters and digits, one draw a character.
    pub(super) fn draw_text(&mut self, stream: Stream, chars: usize) -> String {
        (0..chars)
            .map(|_| pick(LETTERS_AND_DIGITS, self.draw(stream)))
            .collect()
    }
}

/// Number `n` of a sequence outside of the world's streams, such as that of WXS.
pub fn number_of(seed: u64, sequence: &str, n: u64) -> u64 {
    split_mix(start(seed, &[sequence]), n)
}

/// The stream's next 64 bits.
#[derive(Clone, Copy, Debug)]
pub struct Draw(pub Stream);

impl Sealed for Draw {}
impl Change for Draw {
    type Effect = u64;

    fn apply(self, world: &mut World) -> u64 {
        world.rng.draw(self.0)
    }
}

/// A random text of so many characters out of `A-Z`, `a-z` and `0-9`.
#[derive(Clone, Copy, Debug)]
pub struct DrawText {
    /// Whose sequence is drawn from.
    pub stream: Stream,
    /// Length in characters.
    pub chars: usize,
}

impl Sealed for DrawText {}
impl Change for DrawText {
    type Effect = String;

    fn apply(self, world: &mut World) -> String {
        world.rng.draw_text(self.stream, self.chars)
    }
}

/// Random bytes.
#[derive(Clone, Copy, Debug)]
pub struct DrawBytes {
    /// Whose sequence is drawn from.
    pub stream: Stream,
    /// How many.
    pub bytes: usize,
}

impl Sealed for DrawBytes {}
impl Change for DrawBytes {
    type Effect = Vec<u8>;

    fn apply(self, world: &mut World) -> Vec<u8> {
        let words = self.bytes.div_ceil(8);
        let drawn = (0..words).map(|_| world.rng.draw(self.stream).to_le_bytes());
        let mut bytes: Vec<u8> = drawn.flatten().collect();
        bytes.truncate(self.bytes);
        bytes
    }
}

/// A text that follows from the seed and the parts alone, out of `A-Z`, `a-z`, `0-9`, `_`, `-`.
pub(super) fn derived_text(seed: u64, parts: &[&str], chars: usize) -> String {
    let start = start(seed, parts);
    let mut count = 0;
    std::iter::repeat_with(|| {
        count += 1;
        pick(URL_SAFE, split_mix(start, count))
    })
    .take(chars)
    .collect()
}

/// Lower-case hexadecimal digits that follow from the seed and the parts alone.
pub(super) fn derived_hex(seed: u64, parts: &[&str], digits: usize) -> String {
    let start = start(seed, parts);
    let digit = |at| pick(b"0123456789abcdef", split_mix(start, at));
    (1..).take(digits).map(digit).collect()
}

/// The decimal digit that 64 random bits choose.
pub(super) fn pick_digit(bits: u64) -> char {
    pick(b"0123456789", bits)
}

const LETTERS_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL_SAFE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// The character that 64 random bits choose.
fn pick(alphabet: &[u8], bits: u64) -> char {
    let at = (u128::from(bits) * alphabet.len() as u128) >> 64;
    char::from(alphabet[usize::try_from(at).unwrap_or(0)])
}

/// Where a sequence starts: a hash of the seed and of its name's parts, each with its end marked.
fn start(seed: u64, parts: &[&str]) -> u64 {
    let mut hash = Fnv1a::default();
    hash.add(&seed.to_le_bytes());
    for part in parts {
        hash.add(part.as_bytes());
        hash.add(&[0xff]);
    }
    hash.value()
}

/// Output `n` of `SplitMix64` (Steele, Lea and Flood, 2014) from a start.
fn split_mix(start: u64, n: u64) -> u64 {
    let mut z = start.wrapping_add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The 64-bit FNV-1a hash of the bytes written to it.
pub(super) struct Fnv1a(u64);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv1a {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(super) fn value(&self) -> u64 {
        self.0
    }
}

impl io::Write for Fnv1a {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Draw, DrawText, Fnv1a, Stream, derived_text, split_mix};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    fn world(seed: u64) -> World {
        World::new(Profile::default(), AppFacts::default(), seed)
    }

    #[test]
    fn the_generator_and_the_hash_are_the_published_ones() {
        assert_eq!(split_mix(0, 1), 0xe220_a839_7b1d_cdaf);
        assert_eq!(split_mix(0, 2), 0x6e78_9e6a_a1b9_65f4);
        let mut hash = Fnv1a::default();
        hash.add(b"foobar");
        assert_eq!(hash.value(), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn drawing_from_one_stream_never_shifts_another() {
        let (mut one, mut two) = (world(7), world(7));
        for _ in 0..100 {
            one.apply(DrawText {
                stream: Stream::Ids,
                chars: 3,
            });
        }
        assert_eq!(one.apply(Draw(Stream::Math)), two.apply(Draw(Stream::Math)));
        assert_ne!(
            one.apply(Draw(Stream::Codes)),
            one.apply(Draw(Stream::Nonces))
        );
    }

    #[test]
    fn another_seed_gives_other_numbers() {
        let text = |seed| {
            world(seed).apply(DrawText {
                stream: Stream::Nonces,
                chars: 32,
            })
        };
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
        assert!(text(1).chars().all(|c| c.is_ascii_alphanumeric()) && text(1).len() == 32);
    }

    #[test]
    fn a_derived_text_depends_on_where_its_parts_end() {
        assert_eq!(derived_text(1, &["a", "b"], 27).len(), 27);
        assert_ne!(
            derived_text(1, &["ab", "c"], 27),
            derived_text(1, &["a", "bc"], 27)
        );
    }
}

//! Formats of pictures and videos, as far as their headers go: pure.
//!
//! What a file says of itself is read from its first bytes, never from its name. Pictures and videos
//! that the simulated phone makes are real files with nothing to see on them.

pub mod film;
pub mod picture;

/// Big-endian number at a place.
fn be(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(length)?)?;
    Some(
        part.iter()
            .fold(0, |sum, byte| (sum << 8) | u32::from(*byte)),
    )
}

/// Little-endian number at a place.
fn le(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(length)?)?;
    let from_top = part.iter().rev();
    Some(from_top.fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

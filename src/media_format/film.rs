//! Videos: size and duration by the header of an MP4 file, and MP4 files with nothing to see.

use super::be;

/// What a video's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Film {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Its length in milliseconds.
    pub duration_ms: u32,
}

/// Reads the header of an MP4 or QuickTime file; `None` when the bytes are none.
pub fn read(bytes: &[u8]) -> Option<Film> {
    inside(bytes, b"ftyp")?;
    let movie = inside(bytes, b"moov")?;
    let header = inside(movie, b"mvhd")?;
    // Version 1 has times of eight bytes.
    let (scale_at, length) = if be(header, 0, 1)? == 1 {
        (20, 8)
    } else {
        (12, 4)
    };
    let scale = u64::from(be(header, scale_at, 4)?);
    let units = be(header, scale_at + length, 4).filter(|_| length == 4);
    let units = units.or_else(|| be(header, scale_at + 8, 4))?;
    let duration_ms = (u64::from(units) * 1_000).checked_div(scale)?;
    let mut size = (0, 0);
    for track in parts(movie).filter(|(name, _)| *name == b"trak") {
        let header = inside(track.1, b"tkhd")?;
        // Width and height end the header, each with 16 bits behind the point.
        let end = header.len();
        let pixels = |back: usize| be(header, end.checked_sub(back)?, 2);
        let found = (pixels(8)?, pixels(4)?);
        if found.0 > 0 {
            size = found;
            break;
        }
    }
    Some(Film {
        width: size.0,
        height: size.1,
        duration_ms: u32::try_from(duration_ms).ok()?,
    })
}

/// The boxes of a stretch of bytes: name and content.
fn parts(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let length = usize::try_from(be(bytes, at, 4)?).ok()?;
        let name = bytes.get(at + 4..at + 8)?;
        let content = bytes.get(at + 8..at.checked_add(length)?)?;
        at += length;
        Some((name, content))
    })
}

fn inside<'a>(bytes: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    parts(bytes)
        .find(|(name, _)| *name == wanted)
        .map(|part| part.1)
}

/// An MP4 file of that size and length, without any frame.
pub fn mp4(film: Film) -> Vec<u8> {
    let pixels = |number: u32| (number.min(0xffff) << 16).to_be_bytes();
    let (thousand, duration) = (1_000_u32.to_be_bytes(), film.duration_ms.to_be_bytes());
    let one = 1_u32.to_be_bytes();
    let (wide, tall) = (pixels(film.width), pixels(film.height));
    let none = [0; 80];
    let movie: [&[u8]; 5] = [&none[..12], &thousand, &duration, &none[..76], &one];
    let track: [&[u8]; 7] = [
        &none[..12],
        &one,
        &none[..4],
        &duration,
        &none[..52],
        &wide,
        &tall,
    ];
    let track = block("trak", &block("tkhd", &track.concat()));
    let movie = [block("mvhd", &movie.concat()), track].concat();
    [
        block("ftyp", b"isom\0\0\x02\0isommp41"),
        block("moov", &movie),
    ]
    .concat()
}

fn block(name: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap_or_default();
    [&length.to_be_bytes()[..], name.as_bytes(), content].concat()
}

#[cfg(test)]
mod tests {
    use super::{Film, block, mp4, read};

    #[test]
    fn a_made_video_says_its_size_and_length() {
        let film = Film {
            width: 1280,
            height: 720,
            duration_ms: 15_500,
        };
        let made = mp4(film);
        assert_eq!(read(&made), Some(film));
        assert_eq!(made.len(), 24 + 8 + 108 + 8 + 8 + 84);
        for length in 0..made.len() {
            assert_eq!(read(&made[..length]), None, "{length}");
        }
    }

    #[test]
    fn long_times_and_tracks_without_picture_are_read() {
        let header = [
            &[1; 1][..],
            &[0; 19],
            &600_u32.to_be_bytes(),
            &[0; 4],
            &1_200_u32.to_be_bytes(),
            &[0; 80],
        ];
        let sound = block("trak", &block("tkhd", &[0; 84]));
        let movie = [block("mvhd", &header.concat()), sound].concat();
        let file = [block("ftyp", b"qt  "), block("moov", &movie)].concat();
        let expected = Film {
            width: 0,
            height: 0,
            duration_ms: 2_000,
        };
        assert_eq!(read(&file), Some(expected));
        assert_eq!(read(b"hello"), None);
    }
}

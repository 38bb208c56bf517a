//! A picture file of one colour, as small as its format allows.
//!
//! What a canvas shows is not rasterised, but files of it have a size that programs read.

/// A picture format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Transparent.
    Png,
    /// Grey.
    Jpeg,
}

/// A file of that format and size, in pixels.
pub fn picture(format: Format, width: u16, height: u16) -> Vec<u8> {
    match format {
        Format::Png => png(width, height),
        Format::Jpeg => jpeg(width, height),
    }
}

/// One bit for each pixel, all 0, and that grey is transparent.
fn png(width: u16, height: u16) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend_from_slice(&u32::from(width).to_be_bytes());
    header.extend_from_slice(&u32::from(height).to_be_bytes());
    header.extend_from_slice(&[1, 0, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"tRNS", &[0, 0]);
    let row = 1 + usize::from(width).div_ceil(8);
    chunk(&mut file, *b"IDAT", &zlib_zeros(row * usize::from(height)));
    chunk(&mut file, *b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    file.extend_from_slice(&length.to_be_bytes());
    let start = file.len();
    file.extend_from_slice(&kind);
    file.extend_from_slice(data);
    let crc = crc32(&file[start..]);
    file.extend_from_slice(&crc.to_be_bytes());
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

/// Bits of a deflate stream, lowest first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for at in 0..count {
            if self.used == 0 {
                self.bytes.push(0);
            }
            let bit = u8::try_from(value >> at & 1).unwrap_or(0);
            if let Some(last) = self.bytes.last_mut() {
                *last |= bit << self.used;
            }
            self.used = (self.used + 1) % 8;
        }
    }

    /// A Huffman code, highest bit first.
    fn code(&mut self, code: u32, count: u32) {
        for at in (0..count).rev() {
            self.push(code >> at & 1, 1);
        }
    }
}

/// A zlib stream of that many zeros: one block with the fixed codes, in repetitions of 258.
fn zlib_zeros(count: usize) -> Vec<u8> {
    const LITERAL_ZERO: u32 = 0x30;
    const LENGTH_258: u32 = 0xc5;
    let mut bits = Bits {
        bytes: vec![0x78, 0x9c],
        used: 0,
    };
    bits.push(0b011, 3);
    let repeated = count.saturating_sub(1) / 258;
    for _ in 0..count - repeated * 258 {
        bits.code(LITERAL_ZERO, 8);
    }
    for _ in 0..repeated {
        bits.code(LENGTH_258, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    let sum = u32::try_from(count % 65_521).unwrap_or(0) << 16 | 1;
    bits.bytes.extend_from_slice(&sum.to_be_bytes());
    bits.bytes
}

/// Grey alone, each block a zero and an end, each with a code of one bit.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    let mut segment = |kind: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).unwrap_or(u16::MAX);
        file.extend_from_slice(&[0xff, kind]);
        file.extend_from_slice(&length.to_be_bytes());
        file.extend_from_slice(data);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let mut quantities = vec![0];
    quantities.extend_from_slice(&[1; 64]);
    segment(0xdb, &quantities);
    let ([high, low], [wide, narrow]) = (height.to_be_bytes(), width.to_be_bytes());
    segment(0xc0, &[8, high, low, wide, narrow, 1, 1, 0x11, 0]);
    for table in [0x00, 0x10] {
        let mut codes = vec![table, 1];
        codes.extend_from_slice(&[0; 15]);
        codes.push(0);
        segment(0xc4, &codes);
    }
    segment(0xda, &[1, 1, 0x00, 0, 63, 0]);
    let blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    let bits = blocks * 2;
    file.resize(file.len() + bits / 8, 0);
    if !bits.is_multiple_of(8) {
        file.push(0xff >> (bits % 8));
    }
    file.extend_from_slice(&[0xff, 0xd9]);
    file
}

#[cfg(test)]
mod tests {
    use super::{Format, crc32, picture, zlib_zeros};

    #[test]
    fn checksums_are_those_of_the_format() {
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        // zlib of one zero byte, as every implementation writes it with the fixed codes.
        assert_eq!(zlib_zeros(1), [0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]);
    }

    #[test]
    fn a_picture_has_its_size_in_its_header() {
        let png = picture(Format::Png, 900, 450);
        assert_eq!(png[16..24], [0, 0, 3, 132, 0, 0, 1, 194]);
        assert!(png.len() < 1_000, "{}", png.len());
        let jpeg = picture(Format::Jpeg, 900, 450);
        assert!(jpeg.ends_with(&[0xff, 0xd9]), "an end");
        let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]);
        let size = frame.map(|at| &jpeg[at + 5..at + 9]);
        assert_eq!(size, Some(&[1, 194, 3, 132][..]));
        assert_eq!(picture(Format::Jpeg, 9, 9).iter().rev().nth(2), Some(&0));
    }
}

//! Zip archives: what is in them, and each file's bytes.
//!
//! The usual form only: stored or deflated files, no encryption, no parts, no archives or files of
//! 4 GB (Zip64). Sizes are known before anything is unpacked, and checked by the checksum after.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The archive or a file in it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadZip;

/// A file or folder of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the archive, with `/`; that of a folder ends with it.
    pub path: String,
    /// Its size, unpacked, in bytes.
    pub size: u64,
    packed_size: usize,
    method: u16,
    flags: u16,
    checksum: u32,
    /// Where its own header begins.
    at: usize,
}

impl Entry {
    /// Whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }
}

/// An archive in memory.
#[derive(Clone, Debug)]
pub struct ZipArchive<'z> {
    bytes: &'z [u8],
    entries: Vec<Entry>,
}

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const LISTED: &[u8] = b"PK\x01\x02";
const LISTED_BYTES: usize = 46;
const FILE: &[u8] = b"PK\x03\x04";
const FILE_BYTES: usize = 30;
/// Longest comment behind the end mark.
const COMMENT_BYTES_MAX: usize = 0xffff;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const ENCRYPTED: u16 = 1;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn index_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

impl<'z> ZipArchive<'z> {
    /// Reads the list of an archive.
    ///
    /// # Errors
    /// It is none, or one of another form.
    pub fn open(bytes: &'z [u8]) -> Result<Self, BadZip> {
        let entries = list(bytes).ok_or(BadZip)?;
        Ok(Self { bytes, entries })
    }

    /// Its files and folders, in the order of its list.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// It is damaged, encrypted or packed in another way.
    pub fn read(&self, entry: &Entry) -> Result<Vec<u8>, BadZip> {
        let packed = self.packed(entry).ok_or(BadZip)?;
        let size = usize::try_from(entry.size).map_err(|_| BadZip)?;
        let bytes = match entry.method {
            STORED => packed.to_vec(),
            DEFLATED => decompress_to_vec_with_limit(packed, size).map_err(|_| BadZip)?,
            _ => return Err(BadZip),
        };
        let whole = bytes.len() == size && checksum(&bytes) == entry.checksum;
        whole.then_some(bytes).ok_or(BadZip)
    }

    fn packed(&self, entry: &Entry) -> Option<&'z [u8]> {
        let own = self.bytes.get(entry.at..)?;
        if !own.starts_with(FILE) || entry.flags & ENCRYPTED != 0 {
            return None;
        }
        // The lengths of the name and of the extra field may differ from those in the list.
        let (name, extra) = (u16_at(own, 26)?, u16_at(own, 28)?);
        let start = FILE_BYTES + usize::from(name) + usize::from(extra);
        own.get(start..start.checked_add(entry.packed_size)?)
    }
}

fn list(bytes: &[u8]) -> Option<Vec<Entry>> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(COMMENT_BYTES_MAX);
    let end = (first..=last)
        .rev()
        .find(|at| bytes[*at..].starts_with(END))?;
    let count = u16_at(bytes, end + 10)?;
    let mut at = index_at(bytes, end + 16)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let own = bytes.get(at..)?;
        if !own.starts_with(LISTED) {
            return None;
        }
        let name = usize::from(u16_at(own, 28)?);
        let behind = usize::from(u16_at(own, 30)?) + usize::from(u16_at(own, 32)?);
        let path = own.get(LISTED_BYTES..LISTED_BYTES + name)?;
        entries.push(Entry {
            path: String::from_utf8_lossy(path).replace('\\', "/"),
            size: u64::from(u32_at(own, 24)?),
            packed_size: index_at(own, 20)?,
            method: u16_at(own, 10)?,
            flags: u16_at(own, 8)?,
            checksum: u32_at(own, 16)?,
            at: index_at(own, 42)?,
        });
        at += LISTED_BYTES + name + behind;
    }
    Some(entries)
}

/// CRC-32 of the bytes, as zip has it.
fn checksum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (POLYNOMIAL & 0_u32.wrapping_sub(crc & 1))
        })
    };
    !bytes.iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::{BadZip, ZipArchive, checksum};
    use crate::crypto::base64_text;

    /// `hello.txt` (deflated), `d/` and `d/raw.bin` (stored), made by a common tool.
    fn archive() -> Vec<u8> {
        let text = "UEsDBBQAAAAIAIMYIlgv+vhICwAAAHgAAAAJAAAAaGVsbG8udHh0y0jNyclXyKA7CQBQSwMEFAAAAAAAgxgi\
         WAAAAAAAAAAAAAAAAAIAAABkL1BLAwQUAAAAAACDGCJYJDiyPwQAAAAEAAAACQAAAGQvcmF3LmJpbgABAv9Q\
         SwECFAMUAAAACACDGCJYL/r4SAsAAAB4AAAACQAAAAAAAAAAAAAApAEAAAAAaGVsbG8udHh0UEsBAhQDFAAA\
         AAAAgxgiWAAAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAKQBMgAAAGQvUEsBAhQDFAAAAAAAgxgiWCQ4sj8EAAAA\
         BAAAAAkAAAAAAAAAAAAAAKQBUgAAAGQvcmF3LmJpblBLBQYAAAAAAwADAJ4AAAB9AAAAAAA=";
        base64_text::decode(text).expect("base64")
    }

    const RAW: [u8; 4] = [0, 1, 2, 255];

    #[test]
    fn the_checksum_is_the_published_one() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn an_archive_gives_its_files() {
        let bytes = archive();
        let archive = ZipArchive::open(&bytes).expect("an archive");
        let files: Vec<(&str, Result<Vec<u8>, BadZip>)> = archive
            .entries()
            .iter()
            .map(|entry| (entry.path.as_str(), archive.read(entry)))
            .collect();
        let hello = "hello ".repeat(20).into_bytes();
        assert_eq!(
            files,
            [
                ("hello.txt", Ok(hello)),
                ("d/", Ok(Vec::new())),
                ("d/raw.bin", Ok(RAW.to_vec())),
            ]
        );
        assert!(archive.entries()[1].is_folder() && !archive.entries()[2].is_folder());
    }

    #[test]
    fn what_is_no_archive_or_damaged_is_refused() {
        for bytes in [&b""[..], b"PK", b"no archive, but long enough to be one"] {
            assert_eq!(ZipArchive::open(bytes).err(), Some(BadZip));
        }
        let whole = archive();
        for cut in 0..whole.len() {
            if let Ok(archive) = ZipArchive::open(&whole[..cut]) {
                panic!("{cut}: {archive:?}");
            }
        }
        let hello = "hello ".repeat(20);
        let known = [hello.as_bytes(), b"", &RAW];
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let Ok(archive) = ZipArchive::open(&damaged) else {
                continue;
            };
            for entry in archive.entries() {
                if let Ok(bytes) = archive.read(entry) {
                    assert!(known.contains(&bytes.as_slice()), "{at}: {bytes:?}");
                }
            }
        }
    }
}

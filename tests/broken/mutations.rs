//! Ways to break a project, each driven by a seeded generator.

use std::collections::BTreeMap;

use super::config;
use super::random::Random;

/// What lies at a path of a project.
#[derive(Clone, Debug)]
pub(super) enum Item {
    File(Vec<u8>),
    /// A file of so many zero bytes.
    Zeros(u64),
    Folder,
    /// A link to this place.
    Link(&'static str),
    /// A pipe that nobody writes to.
    Pipe,
}

pub(super) type Project = BTreeMap<String, Item>;

/// Whether a broken project can still load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loads {
    /// It cannot.
    No,
    /// It can; the program may fail.
    Yes,
    /// It depends on where the damage is.
    Maybe,
}

type Mutation = fn(&mut Project, &mut Random) -> Loads;

/// Every way, by name.
pub(super) const MUTATIONS: &[(&str, Mutation)] = &[
    ("truncated json", |p, r| truncate(p, r, &[".json"])),
    ("truncated script", |p, r| truncate(p, r, &[".js"])),
    ("deleted file", deleted),
    ("garbage as script", garbage_script),
    ("garbage as json", garbage_json),
    ("two files swapped", swapped),
    ("huge file", huge),
    ("link or pipe", special_file),
    ("deep json", deep_json),
    ("deep source", deep_source),
    ("nearly empty folder", emptied),
    ("folder instead of a file", folder_for_file),
    ("duplicate pages", config::duplicate_pages),
    ("invalid utf-8", invalid_utf8),
    ("lone surrogates", config::lone_surrogates),
    ("nul bytes", nul_bytes),
    ("huge numbers", config::huge_numbers),
    ("unicode names", config::unicode_names),
    ("circular require", circular_require),
    ("circular components", config::circular_components),
    ("flipped bytes", flipped_bytes),
    ("wrong types", config::wrong_types),
    ("strange pages", config::strange_pages),
    ("other encoding", other_encoding),
    ("wrong root", config::wrong_root),
];

pub(super) fn put(project: &mut Project, path: &str, bytes: impl Into<Vec<u8>>) {
    project.insert(path.to_owned(), Item::File(bytes.into()));
}

pub(super) fn bytes(project: &Project, path: &str) -> Vec<u8> {
    match project.get(path) {
        Some(Item::File(bytes)) => bytes.clone(),
        _ => Vec::new(),
    }
}

fn truncate(project: &mut Project, random: &mut Random, endings: &[&str]) -> Loads {
    let path = random.file(project, endings);
    let mut text = bytes(project, &path);
    text.truncate(random.below(text.len()));
    put(project, &path, text);
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

fn deleted(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &["app.json", "app.js", ".js", ".json", ".wxml"]);
    project.remove(&path);
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

fn garbage_script(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &[".js"]);
    let count = random.below(5_000);
    put(project, &path, random.bytes(count));
    Loads::Yes
}

fn garbage_json(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &[".json"]);
    let count = random.below(5_000);
    put(project, &path, random.bytes(count));
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

fn swapped(project: &mut Project, random: &mut Random) -> Loads {
    let one = random.file(project, &[".js", ".json", ".wxml"]);
    let other = random.file(project, &[".js", ".json", ".wxml"]);
    let (first, second) = (bytes(project, &one), bytes(project, &other));
    put(project, &one, second);
    put(project, &other, first);
    Loads::Maybe
}

fn huge(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &["app.json", "home.js", "home.json", "home.wxml"]);
    let size = 50 << 20;
    let item = if random.below(2) == 0 {
        Item::Zeros(size)
    } else {
        let line = b"// as long as the day is, and longer still, until it is fifty million\n";
        Item::File(line.iter().copied().cycle().take(50 << 20).collect())
    };
    project.insert(path.clone(), item);
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

fn special_file(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &["app.json", "app.js", "home.js", "home.json"]);
    let items = [
        Item::Link("/etc/passwd"),
        Item::Link("/dev/zero"),
        Item::Link("../../../../etc/hosts"),
        Item::Link("nowhere"),
        Item::Link("/"),
        Item::Pipe,
    ];
    project.insert(path.clone(), random.pick(&items).clone());
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

fn deep_json(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &[".json"]);
    let depth = *random.pick(&[200, 5_000, 200_000]);
    let (open, shut) = *random.pick(&[("[", "]"), ("{\"a\":", "}")]);
    let inner = format!("{}0{}", open.repeat(depth), shut.repeat(depth));
    put(
        project,
        &path,
        format!("{{\"pages\":[\"pages/home/home\"],\"x\":{inner}}}"),
    );
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

fn deep_source(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &[".js"]);
    let depth = *random.pick(&[900, 20_000, 200_000]);
    let around = |open: &str, shut: &str| format!("{}1{}", open.repeat(depth), shut.repeat(depth));
    let text = match random.below(14) {
        0 => around("(", ")"),
        1 => format!("x = {}", around("[", "]")),
        2 => format!("x = {}", around("{a:", "}")),
        3 => around("function f(){", "}"),
        4 => around("(() => {", "})()"),
        5 => around("{", "}"),
        6 => around("if (1) ", ""),
        7 => format!("x = {}", around("1 ? 1 : ", "")),
        8 => format!("x = {}", around("!", "")),
        9 => format!("x = {}", around("1 + ", "")),
        10 => format!("x = y{}", ".a".repeat(depth)),
        11 => format!("x = {}", around("`${", "}`")),
        12 => format!("x = {}", around("a = ", "")),
        _ => format!("x = y{}", "()".repeat(depth)),
    };
    put(project, &path, text);
    Loads::Yes
}

fn emptied(project: &mut Project, random: &mut Random) -> Loads {
    match random.below(3) {
        0 => project.clear(),
        1 => project.retain(|path, _| !path.ends_with("app.json")),
        _ => {
            project.clear();
            put(project, "README.md", "nothing here");
        }
    }
    Loads::No
}

fn folder_for_file(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &["app.json", "app.js", "home.js", "home.wxml"]);
    project.insert(path.clone(), Item::Folder);
    if path == "app.json" {
        Loads::No
    } else {
        Loads::Maybe
    }
}

/// Puts bytes at random places of a random text file.
fn insert(project: &mut Project, random: &mut Random, inserted: &[&[u8]]) -> Loads {
    let path = random.file(project, &[".js", ".json", ".wxml"]);
    let mut text = bytes(project, &path);
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        text.splice(at..at, random.pick(inserted).iter().copied());
    }
    put(project, &path, text);
    Loads::Maybe
}

fn invalid_utf8(project: &mut Project, random: &mut Random) -> Loads {
    insert(
        project,
        random,
        &[b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"],
    )
}

fn nul_bytes(project: &mut Project, random: &mut Random) -> Loads {
    insert(
        project,
        random,
        &[b"\0", b"\0\0\0\0", b"\x02\x03\x10", b"\x1b[2J"],
    )
}

fn circular_require(project: &mut Project, random: &mut Random) -> Loads {
    let length = 1 + random.below(400);
    for number in 0..length {
        let next = (number + 1) % length;
        let code = format!("exports.n = require('./m{next}').n || {number}");
        put(project, &format!("utils/m{number}.js"), code);
    }
    let mut page = b"require('../../utils/m0')\n".to_vec();
    page.extend(bytes(project, "pages/home/home.js"));
    put(project, "pages/home/home.js", page);
    Loads::Yes
}

fn flipped_bytes(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &[".js", ".json"]);
    let mut text = bytes(project, &path);
    for _ in 0..=random.below(10) {
        let at = random.below(text.len());
        text[at] ^= 1 << random.below(8);
    }
    put(project, &path, text);
    Loads::Maybe
}

fn other_encoding(project: &mut Project, random: &mut Random) -> Loads {
    let path = random.file(project, &[".js", ".json"]);
    let text = String::from_utf8(bytes(project, &path)).expect("the sample is UTF-8");
    let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let encoded = match random.below(4) {
        0 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        1 => [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat(),
        2 => wide(u16::to_be_bytes),
        _ => text.replace('\n', "\r").into_bytes(),
    };
    put(project, &path, encoded);
    Loads::Maybe
}

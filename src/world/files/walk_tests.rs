//! A seeded random walk over the files of a program, beside a simple model of what should be there.

use std::collections::BTreeMap;

use super::{CloseFile, Flag, OpenFileAt, WriteOpen};
use super::{Edit, EditFiles, FilePath, KeepFile, MakeTempFile, ReadFile, RemoveKept, bytes_max};
use crate::errmsg::FileProblem;
use crate::profile::{Date, Profile};
use crate::world::foreground::Kill;
use crate::world::rng::{Rng, Stream};
use crate::world::{AdvanceTo, AppFacts, World};

const STEPS: usize = 4_000;
const MEGABYTE: usize = 1024 * 1024;

/// What should be in the user folder: the bytes of a file, nothing for a folder.
type Model = BTreeMap<String, Option<Vec<u8>>>;

struct Walk {
    world: World,
    dice: Rng,
    user: Model,
    saved: BTreeMap<FilePath, Vec<u8>>,
    temporary: BTreeMap<FilePath, Vec<u8>>,
    outcomes: BTreeMap<&'static str, usize>,
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Walk {
    fn new(seed: u64) -> Self {
        let profile = Profile::on(Date::new(2018, 6, 4));
        Self {
            world: World::new(profile, AppFacts::default(), seed),
            dice: Rng::new(seed),
            user: Model::new(),
            saved: BTreeMap::new(),
            temporary: BTreeMap::new(),
            outcomes: BTreeMap::new(),
        }
    }

    fn die(&mut self, sides: usize) -> usize {
        usize::try_from(self.dice.draw(Stream::Ids) % sides as u64).expect("small")
    }

    /// A path as a script may write it, and the same inside the user folder.
    fn path(&mut self) -> Option<String> {
        let depth = 1 + self.die(3);
        let names = ["a", "b", "c", ".", "..", ""];
        let parts: Vec<&str> = (0..depth)
            .map(|_| {
                let sides = if self.die(4) == 0 { names.len() } else { 3 };
                names[self.die(sides)]
            })
            .collect();
        let path = format!("wxfile://usr/{}", parts.join("/"));
        self.world.file_path(&path).map(|path| path.path)
    }

    fn bytes(&mut self) -> Vec<u8> {
        let size = match self.die(8) {
            0 => 4 * MEGABYTE,
            1 => MEGABYTE,
            _ => self.die(20),
        };
        let byte = u8::try_from(self.die(256)).expect("a byte");
        vec![byte; size]
    }

    /// Bytes that the model holds.
    fn used(&self) -> usize {
        let user = self.user.values().flatten().map(Vec::len).sum::<usize>();
        user + self.saved.values().map(Vec::len).sum::<usize>()
    }

    fn fits(&self, old: usize, new: usize) -> bool {
        new <= old || self.used() - old + new <= 10 * MEGABYTE
    }

    fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.user.get(path).is_some_and(Option::is_none)
    }

    fn is_file(&self, path: &str) -> bool {
        self.user.get(path).is_some_and(Option::is_some)
    }

    fn edit(&mut self, name: &'static str, edit: Edit) -> Result<(), FileProblem> {
        let caller = self.world.caller();
        let outcome = self.world.apply(EditFiles { caller, edit });
        let name = if outcome.is_ok() { name } else { "refused" };
        *self.outcomes.entry(name).or_default() += 1;
        outcome
    }

    fn write(&mut self, path: String, bytes: Vec<u8>) {
        let old = self.user.get(&path).cloned().flatten();
        let fits = self.fits(old.map_or(0, |old| old.len()), bytes.len());
        let good = !self.is_folder(&path) && self.is_folder(parent(&path)) && fits;
        let content = bytes.clone().into();
        let edit = Edit::Write {
            path: path.clone(),
            content,
        };
        assert_eq!(self.edit("write", edit).is_ok(), good, "{path}");
        if good {
            self.user.insert(path, Some(bytes));
        }
    }

    fn append(&mut self, path: &str, bytes: Vec<u8>) {
        let old = self.user.get(path).cloned().flatten();
        let good = old
            .as_ref()
            .is_some_and(|old| self.fits(old.len(), old.len() + bytes.len()));
        let edit = Edit::Append {
            path: path.to_owned(),
            bytes: bytes.clone(),
        };
        assert_eq!(self.edit("append", edit).is_ok(), good, "{path}");
        if good {
            let file = self.user.get_mut(path).and_then(Option::as_mut);
            file.expect("a file").extend(bytes);
        }
    }

    fn resize(&mut self, path: &str) {
        let size = self.die(30);
        let old = self.user.get(path).cloned().flatten();
        let good = old.as_ref().is_some_and(|old| self.fits(old.len(), size));
        let edit = Edit::Resize {
            path: path.to_owned(),
            size: size as u64,
        };
        assert_eq!(self.edit("resize", edit).is_ok(), good, "{path}");
        if good {
            let file = self.user.get_mut(path).and_then(Option::as_mut);
            file.expect("a file").resize(size, 0);
        }
    }

    fn make_folder(&mut self, path: String, recursive: bool) {
        let above: Vec<String> = path
            .match_indices('/')
            .map(|(at, _)| path[..at].to_owned())
            .collect();
        let free = !path.is_empty() && !self.user.contains_key(&path);
        let good = free
            && if recursive {
                !above.iter().any(|folder| self.is_file(folder))
            } else {
                self.is_folder(parent(&path))
            };
        let edit = Edit::MakeFolder {
            path: path.clone(),
            recursive,
        };
        assert_eq!(self.edit("mkdir", edit).is_ok(), good, "{path} {recursive}");
        if good {
            self.user.insert(path, None);
            self.user
                .extend(above.into_iter().map(|folder| (folder, None)));
        }
    }

    fn remove(&mut self, path: &str) {
        let inner = format!("{path}/");
        let below: Vec<String> = self.user.keys().cloned().collect();
        let below: Vec<String> = below
            .into_iter()
            .filter(|key| key.starts_with(&inner))
            .collect();
        let recursive = self.die(2) == 0;
        let (edit, good) = if self.die(2) == 0 {
            let good = self.is_file(path);
            (
                Edit::Remove {
                    path: path.to_owned(),
                },
                good,
            )
        } else {
            let emptied = recursive || below.is_empty();
            let good = !path.is_empty() && self.is_folder(path) && emptied;
            let path = path.to_owned();
            (Edit::RemoveFolder { path, recursive }, good)
        };
        assert_eq!(self.edit("remove", edit).is_ok(), good, "{path}");
        if good {
            self.user
                .retain(|key, _| *key != path && !below.contains(key));
        }
    }

    fn rename(&mut self, from: &str, to: &str) {
        let inner = format!("{from}/");
        let target_has_files = self
            .user
            .keys()
            .any(|key| key.starts_with(&format!("{to}/")));
        let same_kind = !self.user.contains_key(to)
            || self.is_folder(from) == self.is_folder(to) && !target_has_files;
        let good = self.user.contains_key(from)
            && !to.is_empty()
            && self.is_folder(parent(to))
            && !to.starts_with(&inner)
            && (from == to || same_kind);
        let edit = Edit::Rename {
            from: from.to_owned(),
            to: to.to_owned(),
        };
        assert_eq!(self.edit("rename", edit).is_ok(), good, "{from} -> {to}");
        if good && from != to {
            self.user.remove(to);
            for (key, node) in std::mem::take(&mut self.user) {
                let moved = key == from || key.starts_with(&inner);
                let key = if moved {
                    format!("{to}{}", &key[from.len()..])
                } else {
                    key
                };
                self.user.insert(key, node);
            }
        }
    }

    fn keep(&mut self) {
        let content = self.bytes();
        let added = self.world.apply(MakeTempFile {
            caller: self.world.caller(),
            ending: "bin".into(),
            content: content.clone(),
        });
        let file = self.world.file_path(&added).expect("a temporary file");
        self.temporary.insert(file.clone(), content.clone());
        let caller = self.world.caller();
        let kept = self.world.apply(KeepFile {
            caller,
            temporary: file.clone(),
            target: None,
        });
        assert_eq!(kept.is_ok(), self.fits(0, content.len()));
        if let Ok(kept) = kept {
            self.temporary.remove(&file);
            self.saved.insert(kept, content);
        }
    }

    fn remove_kept(&mut self) {
        let Some(place) = self.saved.keys().next().cloned() else {
            return;
        };
        let caller = self.world.caller();
        let remove = RemoveKept {
            caller,
            path: place.clone(),
        };
        assert_eq!(self.world.apply(remove), Ok(()));
        self.saved.remove(&place);
    }

    /// Opens a file, writes twice, closes it.
    fn write_open(&mut self, path: &str) {
        let caller = self.world.caller();
        let opened = self.world.apply(OpenFileAt {
            caller: caller.clone(),
            path: FilePath::user(path),
            flag: Flag::parse("w").expect("a flag"),
        });
        let good = !self.is_folder(path) && self.is_folder(parent(path));
        assert_eq!(opened.is_ok(), good, "{path}");
        let Ok(descriptor) = opened else { return };
        self.user.insert(path.to_owned(), Some(Vec::new()));
        for bytes in [b"12", b"34"] {
            let written = self.world.apply(WriteOpen {
                caller: caller.clone(),
                descriptor: descriptor.clone(),
                bytes: bytes.to_vec(),
                position: None,
            });
            let old = self.user[path].as_ref().map_or(0, Vec::len);
            assert_eq!(written.is_ok(), self.fits(old, old + 2));
            if written.is_ok() {
                let file = self.user.get_mut(path).and_then(Option::as_mut);
                file.expect("a file").extend(bytes);
            }
        }
        assert_eq!(self.world.apply(CloseFile(descriptor)), Ok(()));
    }

    fn step(&mut self) {
        let now = self.world.now().plus(1_000);
        self.world.apply(AdvanceTo(now));
        let (Some(path), Some(other)) = (self.path(), self.path()) else {
            return;
        };
        match self.die(14) {
            0..=2 => {
                let bytes = self.bytes();
                self.write(path, bytes);
            }
            3 => {
                let bytes = self.bytes();
                self.append(&path, bytes);
            }
            4 => self.resize(&path),
            5..=7 => {
                let recursive = self.die(2) == 0;
                self.make_folder(path, recursive);
            }
            8 => self.remove(&path),
            9 | 10 => self.rename(&path, &other),
            11 => self.keep(),
            12 => match self.die(10) {
                0 => {
                    self.world.apply(Kill);
                    self.temporary.clear();
                }
                _ => self.remove_kept(),
            },
            _ => self.write_open(&path),
        }
    }

    /// What must hold after every step.
    fn check(&mut self) {
        let caller = self.world.caller();
        let there = self
            .world
            .folder_facts(&caller, "")
            .expect("the user folder");
        let paths: Vec<&String> = there.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, self.user.keys().collect::<Vec<_>>());
        for (path, facts) in &there {
            assert!(self.is_folder(parent(path)), "{path} lies in a folder");
            let odd = ["", ".", ".."];
            assert!(!path.split('/').any(|part| odd.contains(&part)), "{path}");
            let size = self.user[path].as_ref().map(Vec::len);
            assert_eq!(facts.is_folder, size.is_none(), "{path}");
            assert_eq!(facts.size, size.unwrap_or(0) as u64, "{path}");
        }
        let used = self.world.files_bytes(&caller);
        assert_eq!(used, self.used() as u64, "sizes add up");
        assert!(used <= bytes_max(self.world.profile()), "never more");
        assert_eq!(self.world.kept_files(&caller).len(), self.saved.len());
    }

    /// Every file has the bytes that it should have.
    fn read_all(&mut self) {
        let user = self.user.iter();
        let user =
            user.filter_map(|(path, bytes)| Some((FilePath::user(path.clone()), bytes.clone()?)));
        let single = self.saved.iter().chain(&self.temporary);
        let single = single.map(|(place, bytes)| (place.clone(), bytes.clone()));
        for (place, bytes) in user.chain(single).collect::<Vec<_>>() {
            let caller = self.world.caller();
            let text = self.world.shown_path(&place);
            let path = place;
            let read = self.world.apply(ReadFile { caller, path });
            assert!(read.expect("there").bytes() == bytes, "{text}");
        }
    }
}

#[test]
fn files_are_what_a_simple_model_says() {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in [1, 2, 3] {
        let mut walk = Walk::new(seed);
        for step in 0..STEPS {
            walk.step();
            walk.check();
            if step % 500 == 0 {
                walk.read_all();
            }
        }
        walk.read_all();
        let text = serde_json::to_string(&walk.world).expect("a JSON form");
        let restored: World = serde_json::from_str(&text).expect("the same form");
        assert!(restored == walk.world, "seed {seed}");
        for (name, count) in walk.outcomes {
            *all.entry(name).or_default() += count;
        }
    }
    let names = [
        "append", "mkdir", "refused", "remove", "rename", "resize", "write",
    ];
    assert_eq!(all.keys().copied().collect::<Vec<_>>(), names);
    assert!(all.values().all(|count| *count >= 20), "{all:?}");
}

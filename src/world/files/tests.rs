//! Paths, quota, the end of temporary files, and a random walk against a simple model.

use std::collections::BTreeMap;

use super::{
    Content, FilePath, MakeTempFile, MoveEntry, PutEntry, QUOTA_BYTES_BEFORE, QuotaExceeded,
    RemoveEntry, Root, TouchEntry,
};
use crate::profile::{Date, Platform, Profile};
use crate::world::foreground::Kill;
use crate::world::rng::{Draw, Stream};
use crate::world::{AdvanceTo, AppFacts, World};

fn world() -> World {
    World::new(Profile::default(), AppFacts::default(), 1)
}

fn put(world: &mut World, path: &str, content: Option<&[u8]>) -> Result<(), QuotaExceeded> {
    let caller = world.caller();
    let path = world.file_path(path).expect(path);
    let content = content.map(<[u8]>::to_vec);
    world.apply(PutEntry {
        caller,
        path,
        content,
    })
}

#[test]
fn a_path_leads_to_a_root_or_out_of_the_file_system() {
    let world = world();
    let path = |text: &str| world.file_path(text).map(|path| (path.root, path.path));
    let at = |root, text: &str| Some((root, text.to_owned()));
    assert_eq!(path("wxfile://usr"), at(Root::User, ""));
    assert_eq!(path("wxfile://usr/a//b/./c/../d"), at(Root::User, "a/b/d"));
    assert_eq!(path("wxfile://tmp_1.png"), at(Root::Temp, "1.png"));
    assert_eq!(path("wxfile://store_1.png"), at(Root::Saved, "1.png"));
    assert_eq!(path("/images/a.png"), at(Root::Package, "images/a.png"));
    assert_eq!(path("images/a.png"), at(Root::Package, "images/a.png"));
    for outside in [
        "wxfile://usr/../tmp_1",
        "../a",
        "https://a.example/b",
        "http://usr/a",
        "wxfile://x",
    ] {
        assert_eq!(path(outside), None, "{outside}");
    }
    for shown in [
        "wxfile://usr",
        "wxfile://usr/a",
        "wxfile://tmp_1",
        "wxfile://store_2",
    ] {
        let path = world.file_path(shown).expect(shown);
        assert_eq!(world.shown_path(&path), shown);
    }
    let profile = Profile {
        platform: Platform::Devtools,
        ..Profile::default()
    };
    let tool = World::new(profile, AppFacts::default(), 1);
    assert_eq!(
        tool.file_path("http://usr/a").map(|it| it.root),
        Some(Root::User)
    );
    assert_eq!(
        tool.file_path("http://tmp/a").map(|it| it.root),
        Some(Root::Temp)
    );
}

#[test]
fn the_user_folder_outlives_the_program_and_temporary_files_do_not() {
    let mut world = world();
    let caller = world.caller();
    put(&mut world, "wxfile://usr/a", Some(b"1")).expect("small");
    let temporary = world.apply(MakeTempFile {
        caller: caller.clone(),
        ending: "png".into(),
        content: vec![1, 2],
    });
    let temporary = world.file_path(&temporary).expect("its path");
    assert_eq!(temporary.path.rsplit_once('.').map(|it| it.1), Some("png"));
    assert!(world.file_entry(&caller, &temporary).is_some());
    world.apply(Kill);
    assert!(world.file_entry(&caller, &temporary).is_none());
    let kept = world.file_path("wxfile://usr/a").expect("a path");
    assert_eq!(
        world
            .file_entry(&caller, &kept)
            .and_then(|entry| entry.content.clone()),
        Some(Content(b"1".to_vec()))
    );
    let text = serde_json::to_string(&world).expect("a JSON form");
    assert_eq!(
        serde_json::from_str::<World>(&text).expect("the same form"),
        world
    );
}

#[test]
fn the_quota_counts_what_is_kept() {
    let mut world = World::new(Profile::on(Date::new(2019, 6, 1)), AppFacts::default(), 1);
    let full = vec![0; usize::try_from(QUOTA_BYTES_BEFORE).expect("small")];
    assert_eq!(put(&mut world, "wxfile://usr/a", Some(&full)), Ok(()));
    assert_eq!(
        put(&mut world, "wxfile://store_b", Some(b"1")),
        Err(QuotaExceeded)
    );
    assert_eq!(
        put(&mut world, "wxfile://tmp_c", Some(b"1")),
        Ok(()),
        "not counted"
    );
    assert_eq!(
        put(&mut world, "wxfile://usr/a", Some(b"1")),
        Ok(()),
        "replaced"
    );
    assert_eq!(world.stored_bytes(&world.caller()), 1);
}

#[test]
fn reading_and_writing_leave_their_times() {
    let mut world = world();
    let caller = world.caller();
    put(&mut world, "wxfile://usr/a", Some(b"1")).expect("small");
    let (path, made) = (
        world.file_path("wxfile://usr/a").expect("a path"),
        world.now(),
    );
    world.apply(AdvanceTo(made.plus(5)));
    world.apply(TouchEntry {
        caller: caller.clone(),
        path: path.clone(),
    });
    let entry = world.file_entry(&caller, &path).expect("there").clone();
    assert_eq!((entry.modified, entry.accessed), (made, made.plus(5)));
}

/// Paths of a model: bytes of files, `None` for folders.
type Model = BTreeMap<String, Option<Vec<u8>>>;

const NAMES: [&str; 6] = ["a", "b", "a/c", "a/d", "a/c/e", "f"];

fn user(text: &str) -> FilePath {
    FilePath {
        root: Root::User,
        path: text.to_owned(),
    }
}

fn is_in(of: &str, known: &str) -> bool {
    known == of || known.starts_with(&format!("{of}/"))
}

/// One random change, of the world and of the model.
fn step(world: &mut World, model: &mut Model) {
    let mut die = |sides: usize| {
        let bits = world.apply(Draw(Stream::Math));
        usize::try_from(bits % 1_000).unwrap_or(0) % sides
    };
    let (kind, one, other) = (die(4), NAMES[die(6)], NAMES[die(6)]);
    let caller = world.caller();
    if kind == 0 {
        let content = (one.len() % 2 == 1).then(|| vec![1; one.len()]);
        model.insert(one.to_owned(), content.clone());
        let put = PutEntry {
            caller,
            path: user(one),
            content,
        };
        world.apply(put).expect("small");
    } else if kind == 1 {
        model.retain(|known, _| !is_in(one, known));
        world.apply(RemoveEntry {
            caller,
            path: user(one),
        });
    } else if !is_in(one, other) && !is_in(other, one) {
        model.retain(|known, _| !is_in(other, known));
        let moved: Vec<String> = model.keys().filter(|it| is_in(one, it)).cloned().collect();
        for known in moved {
            let content = model.remove(&known).flatten();
            model.insert(format!("{other}{}", &known[one.len()..]), content);
        }
        let (from, to) = (user(one), user(other));
        world.apply(MoveEntry { caller, from, to });
    }
}

/// Random changes give what a map of paths would give.
#[test]
fn a_random_walk_agrees_with_a_map_of_paths() {
    for seed in 0..20 {
        let mut world = World::new(Profile::default(), AppFacts::default(), seed);
        let (caller, root) = (world.caller(), user(""));
        let mut model = Model::new();
        for _ in 0..300 {
            step(&mut world, &mut model);
            let entries = world.entries_below(&caller, &root);
            let found: Model = entries
                .map(|(path, entry)| {
                    let content = entry.content.as_ref().map(|content| content.0.clone());
                    (path.path.clone(), content)
                })
                .collect();
            assert_eq!(found, model, "seed {seed}");
            let bytes: u64 = model.values().flatten().map(|it| it.len() as u64).sum();
            assert_eq!(world.stored_bytes(&caller), bytes, "seed {seed}");
        }
    }
}

//! Roots, quota, times, and what stays when the program ends.

use super::{Edit, EditFiles, FilePath, KeepFile, MakeTempFile, ReadFile, RemoveKept};
use crate::errmsg::FileProblem;
use crate::profile::{Date, Platform, Profile};
use crate::world::foreground::Kill;
use crate::world::{AdvanceTo, AppFacts, Caller, World};

fn world(profile: Profile) -> World {
    World::new(profile, AppFacts::default(), 1)
}

fn temporary(world: &mut World, bytes: &[u8]) -> FilePath {
    let path = world.apply(MakeTempFile {
        caller: world.caller(),
        ending: "png".into(),
        content: bytes.to_vec(),
    });
    world.file_path(&path).expect("a temporary file")
}

fn keep(
    world: &mut World,
    temporary: &FilePath,
    to: Option<&str>,
) -> Result<FilePath, FileProblem> {
    world.apply(KeepFile {
        caller: world.caller(),
        temporary: temporary.clone(),
        target: to.map(str::to_owned),
    })
}

fn edit(world: &mut World, edit: Edit) -> Result<(), FileProblem> {
    let caller = world.caller();
    world.apply(EditFiles { caller, edit })
}

fn write(world: &mut World, path: &str, bytes: &[u8]) -> Result<(), FileProblem> {
    let (path, content) = (path.to_owned(), bytes.to_vec().into());
    edit(world, Edit::Write { path, content })
}

#[test]
fn a_temporary_file_ends_with_the_program_and_a_kept_one_stays() {
    let mut world = world(Profile::default());
    let (one, two) = (temporary(&mut world, b"one"), temporary(&mut world, b"two"));
    assert_eq!(
        world.shown_path(&one).rsplit_once('.').map(|it| it.1),
        Some("png")
    );
    let kept = keep(&mut world, &one, None).expect("kept");
    assert_eq!(
        keep(&mut world, &one, None),
        Err(FileProblem::TempFileNotExist),
        "moved"
    );
    assert_eq!(write(&mut world, "a", b"user"), Ok(()));
    world.apply(Kill);
    let caller = world.caller();
    assert_eq!(
        world.file_facts(&caller, &two),
        Err(FileProblem::NoSuchFile)
    );
    let read = world.apply(ReadFile {
        caller: caller.clone(),
        path: kept.clone(),
    });
    assert_eq!(read.expect("there").bytes(), b"one");
    assert_eq!(world.files_bytes(&caller), 7);
    assert_eq!(world.kept_files(&caller).len(), 1);
    let remove = RemoveKept {
        caller: caller.clone(),
        path: kept,
    };
    assert_eq!(world.apply(remove.clone()), Ok(()));
    assert_eq!(world.apply(remove), Err(FileProblem::FileNotExist));
    assert_eq!(world.files_bytes(&caller), 4);
}

#[test]
fn a_temporary_file_can_be_kept_under_a_path() {
    let mut world = world(Profile::default());
    let file = temporary(&mut world, b"12");
    assert_eq!(
        keep(&mut world, &file, Some("no/b")),
        Err(FileProblem::NoSuchFile)
    );
    let kept = keep(&mut world, &file, Some("b")).expect("kept");
    assert_eq!(kept, FilePath::user("b"));
    let caller = world.caller();
    assert_eq!(world.file_facts(&caller, &kept).map(|it| it.size), Ok(2));
    assert_eq!(
        world.file_facts(&caller, &file),
        Err(FileProblem::NoSuchFile)
    );
}

#[test]
fn each_user_has_files_of_their_own() {
    let mut world = world(Profile::default());
    write(&mut world, "a", b"1").expect("it fits");
    let other = Caller::new(&*world.app().app_id, "other");
    let place = FilePath::user("a");
    assert_eq!(
        world.file_facts(&other, &place),
        Err(FileProblem::NoSuchFile)
    );
}

#[test]
fn kept_files_and_the_user_folder_share_what_there_is() {
    let mut world = world(Profile::on(Date::new(2018, 6, 4)));
    let half = vec![0; 5 * 1024 * 1024];
    let file = temporary(&mut world, &half);
    keep(&mut world, &file, None).expect("it fits");
    assert_eq!(write(&mut world, "a", &half), Ok(()));
    assert_eq!(
        write(&mut world, "b", b""),
        Ok(()),
        "an empty file takes nothing"
    );
    assert_eq!(
        write(&mut world, "b", b"1"),
        Err(FileProblem::StorageLimitExceeded)
    );
    let file = temporary(&mut world, b"1");
    assert_eq!(
        keep(&mut world, &file, None),
        Err(FileProblem::StorageLimitExceeded)
    );
    assert_eq!(keep(&mut world, &file, Some("a")), Ok(FilePath::user("a")));
    assert_eq!(
        write(&mut world, "b", b"1"),
        Ok(()),
        "the old file made room"
    );
}

#[test]
fn times_are_those_of_the_world() {
    let mut world = world(Profile::default());
    let start = world.now();
    write(&mut world, "a", b"1").expect("it fits");
    world.apply(AdvanceTo(start.plus(1_000)));
    let (caller, place) = (world.caller(), FilePath::user("a"));
    let read = ReadFile {
        caller: caller.clone(),
        path: place.clone(),
    };
    world.apply(read).expect("there");
    let facts = world.file_facts(&caller, &place).expect("there");
    assert_eq!((facts.modified, facts.accessed), (start, start.plus(1_000)));
    let (path, bytes) = ("a".to_owned(), b"2".to_vec());
    edit(&mut world, Edit::Append { path, bytes }).expect("it fits");
    let facts = world.file_facts(&caller, &place).expect("there");
    assert_eq!((facts.modified, facts.size), (start.plus(1_000), 2));
}

#[test]
fn paths_follow_the_platform() {
    let profile = Profile {
        platform: Platform::Devtools,
        ..Profile::default()
    };
    let mut world = world(profile);
    let file = temporary(&mut world, b"");
    assert!(world.shown_path(&file).starts_with("http://tmp/"));
    let kept = keep(&mut world, &file, None).expect("kept");
    assert!(world.shown_path(&kept).starts_with("http://store/"));
}

//! The file between runs.
#![expect(clippy::disallowed_methods, reason = "a test looks at the file itself")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use super::{BadState, Lock, StateFile, entry, summed};
use crate::profile::Profile;
use crate::serve::Entry;
use crate::server::Request;
use crate::world::{AppFacts, Millis, World};

fn world() -> World {
    World::new(Profile::default(), AppFacts::default(), 1)
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("world.wxsim");
    (folder, path)
}

/// A control request at the beginning of the world and so many milliseconds.
fn entry_of(ms: i64, name: &str, body: &serde_json::Value) -> Entry {
    Entry::Request {
        at: Millis(Profile::default().compat_date.midnight_unix_ms() + ms),
        request: Request::post(&format!("/_wxsim/{name}"), body.to_string()),
    }
}

fn user(number: i64) -> Entry {
    entry_of(number, "users", &json!({ "name": format!("u{number}") }))
}

/// Writes an entry down and performs it, as the owner of the world does.
fn take(state: &mut StateFile, world: &mut World, entry: &Entry) {
    state.append(entry, world).expect("it is written");
    entry::perform(world, entry);
}

/// A file of a world with so many users besides, and the world.
fn with_users(path: &Path, users: i64) -> World {
    let mut world = world();
    let mut state = StateFile::begin(path, &world).expect("a new file");
    for number in 0..users {
        take(&mut state, &mut world, &user(number));
    }
    world
}

fn opened(path: &Path) -> Result<World, BadState> {
    let (world, _) = StateFile::open(path)?;
    Ok(world.expect("the file has a world"))
}

#[test]
fn a_file_that_is_not_there_or_empty_has_no_world() {
    let (_folder, path) = folder();
    let (world, lock) = StateFile::open(&path).expect("a new file");
    assert!(world.is_none());
    drop(lock);
    fs::write(&path, "").expect("an empty file");
    assert!(StateFile::open(&path).expect("a new file").0.is_none());
}

#[test]
fn what_was_appended_is_there_without_any_end() {
    let (_folder, path) = folder();
    let world = with_users(&path, 3);
    let again = opened(&path).expect("it opens");
    assert_eq!(again.fingerprint(), world.fingerprint());
    assert_eq!(again.users().len(), 4);
    assert_eq!(again.now(), world.now());
    let third = opened(&path).expect("reading changes nothing");
    assert_eq!(third.fingerprint(), world.fingerprint());
}

#[test]
fn a_last_line_that_was_cut_is_dropped_wherever_it_was_cut() {
    let (_folder, path) = folder();
    with_users(&path, 1);
    let whole = fs::read(&path).expect("the file");
    let (_other, other_path) = folder();
    let before = with_users(&other_path, 0);
    let begin = fs::read(&other_path).expect("the file").len();
    for length in begin..whole.len() {
        fs::write(&path, &whole[..length]).expect("it is cut");
        let again = opened(&path).expect("it opens");
        assert_eq!(again.fingerprint(), before.fingerprint(), "at {length}");
    }
}

#[test]
fn a_last_line_of_other_bytes_is_dropped_too() {
    let (_folder, path) = folder();
    let world = with_users(&path, 1);
    let mut bytes = fs::read(&path).expect("the file");
    bytes.extend([0_u8; 300]);
    fs::write(&path, &bytes).expect("it is written");
    let again = opened(&path).expect("it opens");
    assert_eq!(again.fingerprint(), world.fingerprint());
    bytes.push(b'\n');
    fs::write(&path, &bytes).expect("it is written");
    assert!(opened(&path).is_ok(), "the last line is whole, and wrong");
}

#[test]
fn one_goes_on_behind_a_line_that_was_cut() {
    let (_folder, path) = folder();
    with_users(&path, 2);
    let whole = fs::read(&path).expect("the file");
    fs::write(&path, &whole[..whole.len() - 9]).expect("it is cut");
    let mut world = opened(&path).expect("it opens");
    assert_eq!(world.users().len(), 2);
    let mut state = StateFile::begin(&path, &world).expect("it is written anew");
    take(&mut state, &mut world, &user(7));
    let again = opened(&path).expect("it opens");
    assert_eq!(again.fingerprint(), world.fingerprint());
    assert!(again.user_of("u7").is_some() && again.user_of("u1").is_none());
}

#[test]
fn a_broken_line_in_the_middle_is_told_with_its_number() {
    let (_folder, path) = folder();
    with_users(&path, 3);
    let text = fs::read_to_string(&path).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5, "head, world, three entries");
    for at in 1..4 {
        let mut broken: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        broken[at] = broken[at].replace("at", "ta");
        fs::write(&path, broken.join("\n") + "\n").expect("it is written");
        let error = opened(&path).expect_err("it is broken");
        assert!(matches!(error, BadState::Broken(line) if line == at + 1));
        let words = error.to_string();
        assert!(words.contains(&format!("line {}", at + 1)), "{words}");
    }
}

#[test]
fn a_line_with_good_digits_that_is_no_entry_is_broken_too() {
    let (_folder, path) = folder();
    with_users(&path, 1);
    let text = fs::read_to_string(&path).expect("text");
    let strange = format!("{text}{}{}", summed(r#"{"strange":{}}"#), summed("{}"));
    fs::write(&path, strange).expect("it is written");
    assert!(matches!(opened(&path), Err(BadState::Broken(4))));
}

#[test]
fn a_newer_format_is_refused_in_clear_words() {
    let (_folder, path) = folder();
    with_users(&path, 1);
    let text = fs::read_to_string(&path).expect("text");
    let newer = text.replacen("\"wxsimState\":1", "\"wxsimState\":2", 1);
    fs::write(&path, &newer).expect("it is written");
    let error = opened(&path).expect_err("it is newer");
    assert!(matches!(error, BadState::Newer(2)));
    assert!(error.to_string().contains("or a newer one"), "{error}");
    assert_eq!(fs::read_to_string(&path).expect("text"), newer, "untouched");
}

#[test]
fn a_foreign_file_is_refused_and_stays_as_it_is() {
    for foreign in [
        "hello",
        "{}",
        "[1]\n",
        "\n\n",
        "\u{0}\u{1}",
        "{\"wxsimState\":\"1\"}",
    ] {
        let (_folder, path) = folder();
        fs::write(&path, foreign).expect("it is written");
        let error = opened(&path).expect_err("it is foreign");
        assert!(matches!(error, BadState::Foreign), "{foreign}: {error}");
        assert_eq!(fs::read_to_string(&path).expect("text"), foreign);
    }
}

#[test]
fn a_world_that_cannot_be_read_is_told() {
    let (_folder, path) = folder();
    for (world, is_of_world) in [(r#"{"wxsimWorld":999}"#, true), ("", true)] {
        let text = format!("{{\"wxsimState\":1}}\n{}", summed(world));
        fs::write(&path, text).expect("it is written");
        let error = opened(&path).expect_err("no world");
        assert_eq!(matches!(error, BadState::World(_)), is_of_world, "{error}");
    }
    fs::write(&path, "{\"wxsimState\":1}\n").expect("it is written");
    assert!(matches!(opened(&path), Err(BadState::Broken(2))));
}

#[test]
fn a_file_in_use_is_refused() {
    let (_folder, path) = folder();
    let (_, lock) = StateFile::open(&path).expect("a new file");
    let error = Lock::take(&path).expect_err("it is in use");
    assert!(matches!(error, BadState::Taken));
    assert!(matches!(StateFile::open(&path), Err(BadState::Taken)));
    let world = world();
    StateFile::begin(&path, &world).expect("its owner writes it anew");
    assert!(matches!(StateFile::open(&path), Err(BadState::Taken)));
    drop(lock);
    assert!(StateFile::open(&path).is_ok());
}

#[test]
fn a_file_that_was_written_anew_has_the_same_world_and_less_in_it() {
    let (_folder, path) = folder();
    let mut world = world();
    let mut state = StateFile::begin(&path, &world).expect("a new file");
    state.most_bytes = 2_000;
    let mut longest = 0;
    let mut last = 0;
    let mut times = 0;
    for number in 0..60 {
        let entry = entry_of(number, "clock", &json!({ "advance": 1 }));
        take(&mut state, &mut world, &entry);
        let length = fs::read(&path).expect("the file").len();
        times += usize::from(length < last);
        last = length;
        longest = longest.max(length);
        let again = opened(&path).expect("it opens");
        assert_eq!(again.fingerprint(), world.fingerprint(), "after {number}");
    }
    assert!(times > 2, "{times}");
    let begin = format!("{{}}\n{}", summed(&world.save_whole())).len();
    assert!(longest < begin + 5_000, "{longest} of {begin}");
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = folder();
    with_users(&path, 1);
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let (_folder, path) = folder();
    let path = path.join("no/such/file");
    assert!(matches!(StateFile::open(&path), Err(BadState::File(_))));
}

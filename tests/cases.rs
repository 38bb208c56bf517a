//! The case files: `tests/cases/<group>/<case>.md`, each a story with its expected trace.
//!
//! Their form is described in `tests/cases/README.md`. `WXSIM_BLESS=1` writes the traces that the
//! program gives into the files.
#![allow(
    clippy::disallowed_methods,
    reason = "reads and blesses the case files, some at a time"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value as Json;
use wxsim::package::{MemoryFiles, Settings as PackageSettings};
use wxsim::profile::{Date, Platform, Profile};
use wxsim::runtime::{Persona, Policy, parse_duration};
use wxsim::version::Version;
use wxsim::world::card::Card;
use wxsim::world::cloud::CloudRule;
use wxsim::world::device::parse_system;
use wxsim::world::enter_options::DEFAULT_SCENE;
use wxsim::world::message::template::Template;
use wxsim::world::network::Route;
use wxsim::world::printed_code::{LinkRule, PrintedCode};
use wxsim::world::registry::Registered;
use wxsim::world::sensor_reading::SensorScript;
use wxsim::world::soter::BiometricFacts;
use wxsim::world::subscription::Subscriptions;
use wxsim::world::user::User;

use crate::play::{Cast, Play, lines};

/// The `toml` block of a case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    compat_date: Option<Date>,
    sdk: Option<Version>,
    client: Option<Version>,
    platform: Option<Platform>,
    seed: Option<u64>,
    system: Vec<String>,
    routes: Vec<String>,
    sensors: Vec<String>,
    biometrics: Option<Json>,
    printed: Option<String>,
    cloud: Vec<String>,
    ads: bool,
    privacy_guide: Option<String>,
    registration: BTreeMap<String, Json>,
    rules: BTreeMap<String, Json>,
    subscriptions: Option<Subscriptions>,
    templates: Vec<Template>,
    we_run: Option<bool>,
    users: Vec<User>,
    apps: Vec<Registered>,
    programs: BTreeMap<String, BTreeMap<String, String>>,
    cards: Vec<Card>,
    groups: BTreeMap<String, Vec<String>>,
    cast: Cast,
    answers: BTreeMap<String, Json>,
    persona: Option<Persona>,
    app: BTreeMap<String, Json>,
    files: BTreeMap<String, String>,
    page: String,
    scene: Option<u32>,
    steps: Option<Vec<String>>,
    r#for: Option<String>,
}

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
struct Block<'t> {
    kind: &'t str,
    text: &'t str,
}

/// The blocks of a Markdown text, in order.
fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let end = at + line.len();
        match (line.trim_end().strip_prefix("```"), open) {
            (Some(kind), None) => open = Some((kind, end)),
            (Some(_), Some((kind, start))) => {
                let text = &markdown[start..at];
                found.push(Block { kind, text });
                open = None;
            }
            _ => {}
        }
        at = end;
    }
    found
}

/// The path in the first line `// file: path` of a block.
fn file_of<'t>(block: &Block<'t>) -> Option<&'t str> {
    let is_code = ["js", "ts"].contains(&block.kind);
    let first = block.text.lines().next().filter(|_| is_code)?;
    first.strip_prefix("// file: ").map(str::trim)
}

/// What a case plays, and whether its trace begins with the first step.
fn play(markdown: &str) -> Result<(Play, bool), String> {
    let blocks = blocks(markdown);
    let text = blocks.iter().find(|block| block.kind == "toml");
    let settings: Settings = toml::from_str(text.map_or("", |block| block.text))
        .map_err(|error| format!("the toml block: {error}"))?;
    let mut play = Play {
        cast: settings.cast,
        app_json: settings.app.clone(),
        files: settings.files.clone(),
        programs: settings.programs.clone(),
        page: settings.page.clone(),
        scene: settings.scene.unwrap_or(DEFAULT_SCENE),
        ..Play::default()
    };
    for block in &blocks {
        if let Some(path) = file_of(block) {
            play.files.insert(path.to_owned(), block.text.to_owned());
        } else if block.kind == "js" {
            block.text.clone_into(&mut play.go);
        }
    }
    let has_go = !play.go.is_empty();
    let profile = &mut play.config.profile;
    *profile = settings
        .compat_date
        .map_or_else(Profile::default, Profile::on);
    profile.sdk = settings.sdk.unwrap_or(profile.sdk);
    profile.client = settings.client.unwrap_or(profile.client);
    profile.platform = settings.platform.unwrap_or(profile.platform);
    play.config.seed = settings.seed.unwrap_or(play.config.seed);
    play.config.policy = policy(&settings.answers)?;
    if let Some(persona) = settings.persona {
        play.config.policy.set_persona(persona);
    }
    declare(&mut play, &settings)?;
    let usual = if has_go { vec!["gesture go"] } else { vec![] };
    play.steps = settings
        .steps
        .unwrap_or_else(|| usual.into_iter().map(str::to_owned).collect());
    if let Some(text) = settings.r#for {
        play.for_ms = parse_duration(&text).map_err(|error| error.to_string())?;
    }
    Ok((play, has_go))
}

/// What the world around the program is.
fn declare(play: &mut Play, settings: &Settings) -> Result<(), String> {
    play.config.apps.clone_from(&settings.apps);
    for rule in &settings.system {
        play.config.system.push(parse_system(rule)?);
    }
    for rule in &settings.routes {
        let route = rule.parse::<Route>();
        play.config
            .routes
            .push(route.map_err(|error| error.to_string())?);
    }
    for script in &settings.sensors {
        let script = script.parse::<SensorScript>();
        play.config
            .sensors
            .push(script.map_err(|error| error.to_string())?);
    }
    if let Some(facts) = &settings.biometrics {
        play.config.biometrics = BiometricFacts::of(facts)?;
    }
    if let Some(text) = &settings.printed {
        (play.config.codes, play.config.links) = printed(text)?;
    }
    for (name, value) in &settings.registration {
        play.config.registration.set(name, value)?;
    }
    for (name, value) in &settings.rules {
        play.config.profile.rules.set(name, value)?;
    }
    play.config
        .subscriptions
        .clone_from(&settings.subscriptions);
    play.config.templates.clone_from(&settings.templates);
    play.config.we_run_off = settings.we_run == Some(false);
    play.config.ads = settings.ads;
    play.config.users.clone_from(&settings.users);
    play.config.cards.clone_from(&settings.cards);
    let group = |(id, members): (&String, &Vec<String>)| wxsim::world::group::Group {
        id: id.clone(),
        name: id.clone(),
        members: members.clone(),
    };
    play.config.groups = settings.groups.iter().map(group).collect();
    if let Some(text) = &settings.privacy_guide {
        play.config.privacy_guide = text.parse()?;
    }
    for rule in &settings.cloud {
        let rule = rule.parse::<CloudRule>();
        play.config
            .cloud
            .push(rule.map_err(|error| error.to_string())?);
    }
    Ok(())
}

/// The codes and links of a text as `wxsim.toml` has them.
fn printed(text: &str) -> Result<(Vec<PrintedCode>, Vec<LinkRule>), String> {
    let files = MemoryFiles::new([("wxsim.toml", text), ("app.json", "{}")]);
    let settings = PackageSettings::read(&files).map_err(|problems| {
        let problems = problems.iter().map(ToString::to_string);
        problems.collect::<Vec<_>>().join("\n")
    })?;
    Ok((settings.codes, settings.links))
}

fn policy(answers: &BTreeMap<String, Json>) -> Result<Policy, String> {
    let mut policy = Policy::default();
    for (key, answer) in answers {
        let text = answer
            .as_str()
            .map_or_else(|| answer.to_string(), str::to_owned);
        policy.add_text(&format!("{key}={text}"))?;
    }
    Ok(policy)
}

/// The trace of a case as it is.
fn trace_of(markdown: &str) -> Result<String, String> {
    let (play, from_first_step) = play(markdown)?;
    let lines = lines(&play.run()?, from_first_step);
    Ok(lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{line}");
        text
    }))
}

/// The text with another trace.
fn blessed(markdown: &str, trace: &str) -> Option<String> {
    let old = blocks(markdown)
        .into_iter()
        .find(|block| block.kind == "trace")?;
    let start = old.text.as_ptr() as usize - markdown.as_ptr() as usize;
    let (before, rest) = markdown.split_at(start);
    Some(format!("{before}{trace}{}", &rest[old.text.len()..]))
}

/// The lines that differ: `-` expected, `+` as it is, with the equal lines around them counted.
fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - head;
    let tails = old.iter().rev().zip(new.iter().rev());
    let tail = tails.take(rest).take_while(same).count();
    let mut text = format!("  … {head} equal lines\n");
    for line in &old[head..old.len() - tail] {
        let _ = writeln!(text, "  - {line}");
    }
    for line in &new[head..new.len() - tail] {
        let _ = writeln!(text, "  + {line}");
    }
    let _ = writeln!(text, "  … {tail} equal lines");
    text
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// Texts beside the cases.
const NO_CASES: [&str; 2] = ["README.md", "matrix.md"];

/// The case files, sorted.
fn case_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of cases") {
            let path = entry.expect("an entry of a folder of cases").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md")
                && path
                    .file_name()
                    .is_none_or(|name| !NO_CASES.iter().any(|it| name == *it))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Runs one case; gives what is wrong with it.
fn check(path: &Path, bless: bool) -> Option<String> {
    let markdown = fs::read_to_string(path).expect("a case that was just listed");
    let name = path.strip_prefix(root()).unwrap_or(path).display();
    let actual = match trace_of(&markdown) {
        Ok(actual) => actual,
        Err(problem) => return Some(format!("tests/cases/{name}: {problem}")),
    };
    let blocks = blocks(&markdown);
    let Some(expected) = blocks.iter().find(|block| block.kind == "trace") else {
        return Some(format!("tests/cases/{name}: no ```trace block"));
    };
    if expected.text == actual {
        return None;
    }
    if bless {
        let text = blessed(&markdown, &actual).expect("the block is there");
        fs::write(path, text).expect("a case can be written");
        return None;
    }
    let difference = difference(expected.text, &actual);
    Some(format!("tests/cases/{name}:\n{difference}"))
}

#[test]
fn every_case_gives_its_trace() {
    let bless = std::env::var_os("WXSIM_BLESS").is_some();
    let files = case_files();
    assert!(files.len() > 20, "only {} cases were found", files.len());
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let run = |part: &[PathBuf]| -> Vec<String> {
        part.iter().filter_map(|path| check(path, bless)).collect()
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts = files.chunks(files.len().div_ceil(workers));
        let running: Vec<_> = parts.map(|part| scope.spawn(move || run(part))).collect();
        let finished = running.into_iter().map(std::thread::ScopedJoinHandle::join);
        finished
            .flat_map(|found| found.expect("a case does not panic"))
            .collect()
    });
    assert!(
        wrong.is_empty(),
        "{} of {} cases differ (`-` expected, `+` as it is):\n\n{}\n\
         If the new traces are right: `just bless cases`, then read the diff.",
        wrong.len(),
        files.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_case_that_gives_another_trace_is_seen() {
    let markdown = "# A\n\n```js\nconsole.log('one')\n```\n\n```trace\nold\n```\nend\n";
    let actual = trace_of(markdown).expect("it runs");
    assert_eq!(
        actual,
        "    0.050  ▸ gesture go\n    0.050  console.log: one\n"
    );
    let new = blessed(markdown, &actual).expect("it has a trace");
    assert_eq!(new, markdown.replace("old\n", &actual));
    assert_eq!(
        difference("a\nb\nc\n", "a\nx\ny\nc\n"),
        "  … 1 equal lines\n  - b\n  + x\n  + y\n  … 1 equal lines\n"
    );
    assert_eq!(
        difference("a\na\n", "a\n"),
        "  … 1 equal lines\n  - a\n  … 0 equal lines\n"
    );
}

#[test]
fn a_case_with_an_unknown_setting_or_a_wrong_step_is_refused() {
    let run = |toml: &str| trace_of(&format!("# A\n```toml\n{toml}\n```\n```js\n1\n```\n"));
    for toml in [
        "colour = 1",
        "steps = ['fly']",
        "steps = ['tabItem 7']",
        "answers.modal = 'perhaps'",
        "for = 'long'",
        "files.'app.json' = '{'",
    ] {
        assert!(run(toml).is_err(), "{toml}");
    }
    assert!(run("seed = 2").is_ok());
}

#[test]
fn a_block_that_names_a_file_is_that_file() {
    let markdown = "```js\n// file: a.js\n1\n```\n```ts\n// file: b.ts\n2\n```\n```js\n3\n```\n";
    let (play, has_go) = play(markdown).expect("it is a case");
    assert!(has_go && play.go == "3\n");
    let files: Vec<&str> = play.files.values().map(String::as_str).collect();
    assert_eq!(files, ["// file: a.js\n1\n", "// file: b.ts\n2\n"]);
}

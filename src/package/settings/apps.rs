//! `[[apps]]`: what is registered besides the program itself.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::item::{Entry, Item, Problems, advice, only};
use super::people::{each_once, filled, ids, named};
use crate::diagnostic::Place;
use crate::world::account::{EnvVersion, Subject};
use crate::world::registration::OPENED;
use crate::world::registry::{Kind, Registered};

const KEYS: &[&str] = &[
    "appid",
    "kind",
    "name",
    "secret",
    "subject",
    "verified",
    "open_platform",
    "merchants",
    "official_accounts",
    "short_links",
    "project",
    "stub",
    "published",
    "env_version",
    "privacy_guide",
    "closed_apis",
];

/// Keys that say nothing of other kinds.
const OF_MINI_PROGRAMS: [&str; 8] = [
    "published",
    "env_version",
    "privacy_guide",
    "closed_apis",
    "official_accounts",
    "short_links",
    "project",
    "stub",
];

const SUBJECTS: &[(&str, Subject)] = &[
    ("personal", Subject::Personal),
    ("company", Subject::Company),
    ("government", Subject::Government),
    ("overseas", Subject::Overseas),
];

const ENV_VERSIONS: &[(&str, EnvVersion)] = &[
    ("develop", EnvVersion::Develop),
    ("trial", EnvVersion::Trial),
    ("release", EnvVersion::Release),
];

/// A mini program whose code is at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedProject {
    /// Its appid.
    pub app_id: String,
    /// Its folder, from the project folder on.
    pub folder: String,
    /// Where it is named.
    pub place: Place,
}

/// What is registered, and the code that is at hand.
pub(super) fn read(
    item: &Item<'_>,
    problems: &mut Problems<'_>,
) -> (Vec<Registered>, Vec<NamedProject>) {
    let items = item.list(problems);
    let mut projects = Vec::new();
    let apps = items
        .iter()
        .filter_map(|item| app(item, &mut projects, problems));
    let apps: Vec<_> = apps.collect();
    ids(&apps, "appid", problems);
    if let Some(own) = problems.running() {
        for (app_id, range) in apps.iter().map(|(app, range)| (&app.app_id, range)) {
            if *app_id == own {
                let message = format!("`{app_id}` is the program itself");
                let help = "`[[apps]]` is for other programs and accounts";
                problems.push(range, message, help);
            }
        }
    }
    (apps.into_iter().map(|(app, _)| app).collect(), projects)
}

fn app(
    item: &Item<'_>,
    projects: &mut Vec<NamedProject>,
    problems: &mut Problems<'_>,
) -> Option<named::Named<Registered>> {
    let entries = item.table(problems);
    only(&entries, "an app", KEYS, problems);
    let (app_id, range) = named::key(item, &entries, "appid", problems)?;
    let mut app = Registered {
        name: app_id.clone(),
        app_id,
        ..Registered::default()
    };
    for entry in &entries {
        let item = &entry.item;
        let text = |problems: &mut Problems<'_>| item.text(problems).map(str::to_owned);
        match entry.key.as_str() {
            "kind" => app.kind = item.word(&Kind::ALL, problems).unwrap_or_default(),
            "name" => app.name = text(problems).unwrap_or_default(),
            "secret" => app.secret = filled(item, problems),
            "subject" => app.subject = item.word(SUBJECTS, problems).unwrap_or_default(),
            "verified" => app.verified = item.flag(problems).unwrap_or_default(),
            "open_platform" => app.open_platform = filled(item, problems),
            "merchants" => app.merchants = each_once(item, problems, filled),
            "official_accounts" => app.official_accounts = each_once(item, problems, filled),
            "short_links" => app.short_links = links(item, problems),
            "project" => {
                let folder = filled(item, problems);
                projects.extend(folder.map(|folder| NamedProject {
                    app_id: app.app_id.clone(),
                    folder: problems.beside(&folder),
                    place: problems.place(&item.range),
                }));
            }
            "stub" => app.stub = stub(item, problems),
            "published" => app.published = item.parsed(problems).unwrap_or(app.published),
            "env_version" => {
                app.env_version = item.word(ENV_VERSIONS, problems).unwrap_or_default();
            }
            "privacy_guide" => app.privacy_guide = item.parsed(problems).unwrap_or_default(),
            "closed_apis" => {
                let names = each_once(item, problems, closed_api);
                app.closed_apis = names.into_iter().collect();
            }
            _ => {}
        }
    }
    check_kind(app.kind, &entries, problems);
    Some((app, range))
}

/// What happens in a program without code: it is left, not left, or left with data.
fn stub(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Json> {
    let stub = item.json(problems);
    let with_data = |members: &Map<String, Json>| {
        members.len() == 1 && members.get("extraData").is_some_and(Json::is_object)
    };
    let fits = match &stub {
        Json::String(word) => ["back", "stay"].contains(&word.as_str()),
        Json::Object(members) => with_data(members),
        _ => false,
    };
    if !fits {
        let message = format!("`{}` says nothing that a user can do there", item.name);
        let help = "write \"back\", \"stay\" or { extraData = { … } }, which it goes back with";
        problems.push(&item.range, message, help);
        return None;
    }
    Some(stub)
}

/// Short links with the pages that they lead to.
fn links(item: &Item<'_>, problems: &mut Problems<'_>) -> BTreeMap<String, String> {
    let entries = item.table(problems);
    let pairs = entries.iter().filter_map(|entry| {
        let url = entry.item.text(problems)?;
        Some((entry.key.clone(), url.to_owned()))
    });
    pairs.collect()
}

/// An API that is not opened in the console.
fn closed_api(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let name = item.text(problems)?;
    if !OPENED.contains(&name) {
        let message = format!("`{}`: `{name}` needs no opening", item.name);
        problems.push(&item.range, message, advice(name, OPENED.into_iter()));
        return None;
    }
    Some(name.to_owned())
}

/// Reports what only mini programs have.
fn check_kind(kind: Kind, entries: &[Entry<'_>], problems: &mut Problems<'_>) {
    let word = Kind::ALL.iter().find(|(_, it)| *it == kind);
    let word = word.map_or("", |(word, _)| *word);
    let foreign = |entry: &&Entry<'_>| {
        kind != Kind::MiniProgram && OF_MINI_PROGRAMS.contains(&entry.key.as_str())
    };
    for entry in entries.iter().filter(foreign) {
        let message = format!("an app of the kind `{word}` has no `{}`", entry.key);
        let help = "only mini programs have it: remove the key, or correct `kind`";
        problems.push(&entry.key_range, message, help);
    }
}

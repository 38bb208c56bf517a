//! `[[apps]]`: what is registered besides the program itself.

use super::item::{Item, Problems, only};
use super::people::{ids, named, text_list};
use crate::world::account::{EnvVersion, Subject};
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
    "published",
    "env_version",
    "privacy_guide",
    "closed_apis",
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

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Registered> {
    let items = item.list(problems);
    let apps = items.iter().filter_map(|item| app(item, problems));
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
    apps.into_iter().map(|(app, _)| app).collect()
}

fn app(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<named::Named<Registered>> {
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
            "secret" => app.secret = text(problems),
            "subject" => app.subject = item.word(SUBJECTS, problems).unwrap_or_default(),
            "verified" => app.verified = item.flag(problems).unwrap_or_default(),
            "open_platform" => app.open_platform = text(problems),
            "merchants" => app.merchants = text_list(item, problems),
            "published" => app.published = item.parsed(problems).unwrap_or(app.published),
            "env_version" => {
                app.env_version = item.word(ENV_VERSIONS, problems).unwrap_or_default();
            }
            "privacy_guide" => app.privacy_guide = item.parsed(problems).unwrap_or_default(),
            "closed_apis" => app.closed_apis = text_list(item, problems).into_iter().collect(),
            _ => {}
        }
    }
    Some((app, range))
}

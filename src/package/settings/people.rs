//! `[[users]]`, `[[devices]]`, `[[groups]]`: who there is, on which phones, in which groups.

use std::collections::BTreeMap;

use super::item::{Item, Problems, only};
use super::{cards, platform, system};
use crate::world::connection::Connection;
use crate::world::device::{LocationFix, Theme};
use crate::world::devices::Phone;
use crate::world::group::Group;
use crate::world::place_name::{Language, PlaceName};
use crate::world::user::User;

/// Things with an id.
pub(super) mod named {
    use std::ops::Range;

    use super::super::item::{Entry, Item, Problems};
    use crate::world::card::Card;
    use crate::world::devices::Phone;
    use crate::world::group::Group;
    use crate::world::printed_code::PrintedCode;
    use crate::world::registry::Registered;
    use crate::world::user::User;

    /// A thing, and where its id stands.
    pub(in super::super) type Named<T> = (T, Range<usize>);

    /// What has an id.
    pub(in super::super) trait HasId {
        /// The id.
        fn id(&self) -> &str;
    }

    impl HasId for User {
        fn id(&self) -> &str {
            &self.id
        }
    }

    impl HasId for Phone {
        fn id(&self) -> &str {
            &self.id
        }
    }

    impl HasId for Group {
        fn id(&self) -> &str {
            &self.id
        }
    }

    impl HasId for Card {
        fn id(&self) -> &str {
            &self.id
        }
    }

    impl HasId for PrintedCode {
        fn id(&self) -> &str {
            &self.id
        }
    }

    impl HasId for Registered {
        fn id(&self) -> &str {
            &self.app_id
        }
    }

    /// The id that a table must have, and its place.
    pub(in super::super) fn key(
        item: &Item<'_>,
        entries: &[Entry<'_>],
        key: &str,
        problems: &mut Problems<'_>,
    ) -> Option<(String, Range<usize>)> {
        let Some(entry) = entries.iter().find(|entry| entry.key == key) else {
            if item.is_table() {
                let message = format!("`{}` has no `{key}`", item.name);
                problems.push(&item.range, message, format!("add {key} = \"…\""));
            }
            return None;
        };
        let text = entry.item.text(problems)?;
        if text.is_empty() || text.contains(char::is_whitespace) {
            let message = format!("`{}` is no id: `{text}`", entry.item.name);
            problems.push(&entry.item.range, message, "write a name without blanks");
            return None;
        }
        Some((text.to_owned(), entry.item.range.clone()))
    }
}

use named::{HasId, Named};

/// Reports an id that comes a second time.
pub(super) fn ids<T: HasId>(all: &[Named<T>], key: &str, problems: &mut Problems<'_>) {
    for (at, (thing, range)) in all.iter().enumerate() {
        if all[..at].iter().any(|(other, _)| other.id() == thing.id()) {
            let message = format!("the {key} `{}` is there twice", thing.id());
            problems.push(range, message, "give each its own");
        }
    }
}

/// A list whose elements `one` reads, each there once.
pub(super) fn each_once<'t, T: PartialEq>(
    item: &Item<'t>,
    problems: &mut Problems<'_>,
    one: impl Fn(&Item<'t>, &mut Problems<'_>) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for element in item.list(problems) {
        let Some(value) = one(&element, problems) else {
            continue;
        };
        if values.contains(&value) {
            let message = format!("`{}` has the same twice", item.name);
            problems.push(&element.range, message, "once is enough");
        } else {
            values.push(value);
        }
    }
    values
}

/// A text with something in it.
pub(super) fn filled(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let text = item.text(problems)?;
    if text.trim().is_empty() {
        let message = format!("`{}` is empty", item.name);
        problems.push(&item.range, message, "write something or leave it out");
        return None;
    }
    Some(text.to_owned())
}

/// A list of ids of something that the file names elsewhere, or that every world has.
fn references(item: &Item<'_>, to: &'static str, problems: &mut Problems<'_>) -> Vec<String> {
    each_once(item, problems, |item, problems| {
        let text = item.text(problems)?;
        problems.refer(&item.range, to, text);
        Some(text.to_owned())
    })
}

/// Reads each table of a list.
fn each<T: HasId>(
    item: &Item<'_>,
    one: fn(&Item<'_>, &mut Problems<'_>) -> Option<Named<T>>,
    problems: &mut Problems<'_>,
) -> Vec<T> {
    let items = item.list(problems);
    let things = items.iter().filter_map(|item| one(item, problems));
    let things: Vec<_> = things.collect();
    ids(&things, "id", problems);
    things.into_iter().map(|(thing, _)| thing).collect()
}

pub(super) fn users(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<User> {
    each(item, user, problems)
}

const USER_KEYS: &[&str] = &[
    "id",
    "nickname",
    "avatar",
    "gender",
    "country",
    "province",
    "city",
    "language",
    "phone_numbers",
    "phone_verified",
    "license_plates",
    "addresses",
    "invoice_titles",
    "invoices",
    "we_run",
    "steps",
    "follows",
    "authorized",
];

const GENDERS: &[(&str, u8)] = &[("unknown", 0), ("male", 1), ("female", 2)];

fn user(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Named<User>> {
    let entries = item.table(problems);
    only(&entries, "a user", USER_KEYS, problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    let mut user = User {
        nickname: id.clone(),
        id,
        ..User::default()
    };
    for entry in &entries {
        let item = &entry.item;
        let text = |problems: &mut Problems<'_>| {
            item.text(problems).map(str::to_owned).unwrap_or_default()
        };
        match entry.key.as_str() {
            "nickname" => user.nickname = text(problems),
            "avatar" => user.avatar_url = text(problems),
            "gender" => user.gender = item.word(GENDERS, problems).unwrap_or_default(),
            "country" => user.country = place_name(item, problems),
            "province" => user.province = place_name(item, problems),
            "city" => user.city = place_name(item, problems),
            "language" => user.language = text(problems),
            "phone_numbers" => {
                if item.is_list() && item.list(problems).is_empty() {
                    let message = format!("`{}` is empty", item.name);
                    problems.push(&item.range, message, "give a number or leave the key out");
                }
                user.phone_numbers = each_once(item, problems, Item::parsed);
            }
            "phone_verified" => user.phone_verified = item.flag(problems).unwrap_or_default(),
            "license_plates" => user.license_plates = each_once(item, problems, filled),
            "addresses" => user.addresses = cards::addresses(item, problems),
            "invoice_titles" => user.invoice_titles = cards::invoice_titles(item, problems),
            "invoices" => user.invoices = cards::invoices(item, problems),
            "we_run" => user.we_run = item.flag(problems).unwrap_or_default(),
            "steps" => user.steps = item.number(0..=1_000_000, problems),
            "follows" => user.follows = references(item, "official account", problems),
            "authorized" => {
                user.authorized = references(item, "official account or mobile app", problems);
            }
            _ => {}
        }
    }
    Some((user, range))
}

/// A name in every language, or `{ en = "…", zh_CN = "…", zh_TW = "…" }`.
fn place_name(item: &Item<'_>, problems: &mut Problems<'_>) -> PlaceName {
    let mut place = PlaceName::default();
    if !item.is_table() {
        let name = item.text(problems).unwrap_or_default();
        place.set(Language::default(), name.to_owned());
        return place;
    }
    let entries = item.table(problems);
    let known = Language::WORDS.map(|(word, _)| word);
    only(&entries, "the name of a place", &known, problems);
    for entry in &entries {
        if let Some(language) = Language::parse(entry.key.as_ref()) {
            let name = entry.item.text(problems).unwrap_or_default();
            place.set(language, name.to_owned());
        }
    }
    place
}

pub(super) fn devices(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Phone> {
    let phones = each(item, device, problems);
    check_signed_in(item, problems);
    phones
}

/// Reports a user who is signed in on a second device, where that names him. What is no text or no
/// list was reported before.
fn check_signed_in(item: &Item<'_>, problems: &mut Problems<'_>) {
    let mut signed_in: BTreeMap<String, String> = BTreeMap::new();
    let devices = if item.is_list() {
        item.list(problems)
    } else {
        Vec::new()
    };
    for device in devices.iter().filter(|it| it.is_table()) {
        let entries = device.table(problems);
        let of = |key: &str| entries.iter().find(|it| it.key == key).map(|it| &it.item);
        let id = of("id").filter(|it| it.is_text());
        let Some(id) = id.and_then(|it| it.text(problems)) else {
            continue;
        };
        let users = of("users").filter(|it| it.is_list());
        let users = users.map_or_else(Vec::new, |users| users.list(problems));
        for named in users.iter().filter(|it| it.is_text()) {
            let user = named.text(problems).unwrap_or_default();
            match signed_in.insert(user.to_owned(), id.to_owned()) {
                Some(other) if other != id => {
                    let message = format!("the user `{user}` is signed in on {other} and {id}");
                    let help = "a user is signed in on one device";
                    problems.push(&named.range, message, help);
                }
                _ => {}
            }
        }
    }
}

const DEVICE_KEYS: &[&str] = &[
    "id",
    "users",
    "platform",
    "system",
    "theme",
    "location",
    "connection",
    "clipboard",
    "biometrics",
];

const THEMES: &[(&str, Theme)] = &[("light", Theme::Light), ("dark", Theme::Dark)];

fn device(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Named<Phone>> {
    let entries = item.table(problems);
    only(&entries, "a device", DEVICE_KEYS, problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    let mut phone = Phone {
        id,
        ..Phone::default()
    };
    for entry in &entries {
        let item = &entry.item;
        match entry.key.as_str() {
            "users" => phone.users = references(item, "user", problems),
            "platform" => phone.platform = platform::read(item, problems),
            "system" => phone.system = system::read(item, problems),
            "biometrics" => phone.biometrics = system::biometrics(item, problems),
            "theme" => phone.theme = item.word(THEMES, problems).unwrap_or_default(),
            "location" => phone.location = location(item, problems),
            "connection" => {
                let words = Connection::ALL.map(|kind| (kind.name(), kind));
                phone.connection = item.word(&words, problems).unwrap_or_default();
            }
            "clipboard" => item
                .text(problems)
                .unwrap_or_default()
                .clone_into(&mut phone.clipboard),
            _ => {}
        }
    }
    Some((phone, range))
}

/// `[39.9, 116.4]`: latitude and longitude.
fn location(item: &Item<'_>, problems: &mut Problems<'_>) -> LocationFix {
    let json = item.json(problems);
    let numbers = json.as_array().map_or_else(Vec::new, |all| {
        // What is no number is no place either.
        let number = |it: &serde_json::Value| it.as_f64().unwrap_or(f64::NAN);
        all.iter().map(number).collect()
    });
    let on_the_globe = |north: f64, east: f64| north.abs() <= 90.0 && east.abs() <= 180.0;
    match numbers[..] {
        [latitude, longitude] if on_the_globe(latitude, longitude) => LocationFix {
            latitude,
            longitude,
            ..LocationFix::default()
        },
        _ => {
            let message = format!("`{}` is no place", item.name);
            let help = "write [LATITUDE, LONGITUDE], such as [39.9, 116.4]";
            problems.push(&item.range, message, help);
            LocationFix::default()
        }
    }
}

pub(super) fn groups(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<Group> {
    each(item, group, problems)
}

fn group(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<Named<Group>> {
    let entries = item.table(problems);
    only(&entries, "a group", &["id", "name", "members"], problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    let mut group = Group {
        name: id.clone(),
        id,
        ..Group::default()
    };
    for entry in &entries {
        let item = &entry.item;
        match entry.key.as_str() {
            "name" => item
                .text(problems)
                .unwrap_or_default()
                .clone_into(&mut group.name),
            "members" => group.members = references(item, "user", problems),
            _ => {}
        }
    }
    Some((group, range))
}

/// Who holds the phone.
pub(super) fn holder(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let text = item.text(problems)?;
    problems.refer(&item.range, "user", text);
    Some(text.to_owned())
}

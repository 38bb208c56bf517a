//! Values of a TOML file with their places, and the mistakes found in them.

use std::fmt::Display;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use serde_json::{Map, Number, Value as Json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::files::{Files, join, normalise};
use crate::diagnostic::{Diagnostic, Place};
use crate::near::near;
use crate::profile::Date;

/// Where something stands, in bytes.
type Bytes = Range<usize>;

/// A value of the file.
#[derive(Clone, Debug)]
pub(super) struct Item<'t> {
    /// What it is called: `answers.modal`, `routes[0].status`.
    pub(super) name: String,
    pub(super) range: Bytes,
    value: &'t DeValue<'t>,
}

/// A member of a table.
#[derive(Clone, Debug)]
pub(super) struct Entry<'t> {
    pub(super) key: String,
    pub(super) key_range: Bytes,
    pub(super) item: Item<'t>,
}

/// The members of a table in the order of the file; `name` is the table's own.
pub(super) fn entries<'t>(table: &'t DeTable<'t>, name: &str) -> Vec<Entry<'t>> {
    let member = |(key, value): (&Spanned<_>, &'t Spanned<DeValue<'t>>)| {
        let key_range = key.span();
        let key: &std::borrow::Cow<'_, str> = key.get_ref();
        let dot = if name.is_empty() { "" } else { "." };
        let name = format!("{name}{dot}{key}");
        let key = key.clone().into_owned();
        let item = Item::of(name, value);
        Entry {
            key,
            key_range,
            item,
        }
    };
    let mut entries: Vec<Entry<'t>> = table.iter().map(member).collect();
    entries.sort_by_key(|entry| entry.key_range.start);
    entries
}

impl<'t> Item<'t> {
    fn of(name: String, value: &'t Spanned<DeValue<'t>>) -> Self {
        Self {
            name,
            range: value.span(),
            value: value.get_ref(),
        }
    }

    /// The value when it is of the kind; `wanted` is the kind in words, with an example.
    fn kind<T>(&self, value: Option<T>, wanted: &str, problems: &mut Problems<'_>) -> Option<T> {
        if value.is_none() {
            let message = format!("`{}` is {}", self.name, kind_name(self.value));
            problems.push(&self.range, message, format!("write {wanted}"));
        }
        value
    }

    /// A text.
    pub(super) fn text(&self, problems: &mut Problems<'_>) -> Option<&'t str> {
        self.kind(self.value.as_str(), "a text in quotes", problems)
    }

    /// A number within bounds.
    pub(super) fn number<T: TryFrom<i64>>(
        &self,
        bounds: RangeInclusive<i64>,
        problems: &mut Problems<'_>,
    ) -> Option<T> {
        let (least, most) = (*bounds.start(), *bounds.end());
        let wanted = format!("a whole number from {least} to {most}");
        let number = self.value.as_integer().and_then(|digits| {
            let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
            number.filter(|number| bounds.contains(number))
        });
        if number.is_none() && self.value.is_integer() {
            let message = format!("`{}` is out of range", self.name);
            problems.push(&self.range, message, format!("write {wanted}"));
            return None;
        }
        self.kind(number, &wanted, problems)?.try_into().ok()
    }

    /// A day, with or without quotes.
    pub(super) fn day(&self, problems: &mut Problems<'_>) -> Option<Date> {
        let text = match self.value {
            DeValue::Datetime(date) => Some(date.to_string()),
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        let text = self.kind(text, "a day such as 2027-01-01", problems)?;
        self.taken(text.parse::<Date>(), problems)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, problems: &mut Problems<'_>) -> Option<bool> {
        self.kind(self.value.as_bool(), "true or false", problems)
    }

    /// The members of a table.
    pub(super) fn table(&self, problems: &mut Problems<'_>) -> Vec<Entry<'t>> {
        let table = self.kind(self.value.as_table(), "a table", problems);
        table.map_or_else(Vec::new, |table| entries(table, &self.name))
    }

    /// The elements of a list.
    pub(super) fn list(&self, problems: &mut Problems<'_>) -> Vec<Item<'t>> {
        let list = self.kind(self.value.as_array(), "a list in [ ]", problems);
        let elements = list.into_iter().flat_map(|list| list.iter());
        let named = |(at, value)| Item::of(format!("{}[{at}]", self.name), value);
        elements.enumerate().map(named).collect()
    }

    pub(super) fn is_text(&self) -> bool {
        self.value.is_str()
    }

    pub(super) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    pub(super) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// A text that its type reads.
    pub(super) fn parsed<T: FromStr>(&self, problems: &mut Problems<'_>) -> Option<T>
    where
        T::Err: Display,
    {
        let result = self.text(problems)?.parse::<T>();
        self.taken(result, problems)
    }

    /// What reading the value gave.
    pub(super) fn taken<T, E: Display>(
        &self,
        result: Result<T, E>,
        problems: &mut Problems<'_>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                problems.push(&self.range, format!("`{}`: {error}", self.name), "");
                None
            }
        }
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &self,
        words: &[(&'static str, T)],
        problems: &mut Problems<'_>,
    ) -> Option<T> {
        let text = self.text(problems)?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let message = format!("`{text}` is no value of `{}`", self.name);
            let known = words.iter().map(|(word, _)| *word);
            problems.push(&self.range, message, advice(text, known));
        }
        found.map(|(_, value)| *value)
    }

    /// The value as JSON; a date is its text.
    pub(super) fn json(&self, problems: &mut Problems<'_>) -> Json {
        match self.value {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Boolean(flag) => (*flag).into(),
            DeValue::Datetime(date) => date.to_string().into(),
            DeValue::Integer(_) => self.number::<i64>(i64::MIN..=i64::MAX, problems).into(),
            DeValue::Float(float) => {
                let number = float.as_str().parse().ok().and_then(Number::from_f64);
                let wanted = "a number that JSON has";
                self.kind(number, wanted, problems)
                    .map_or(Json::Null, Json::Number)
            }
            DeValue::Array(_) => {
                let elements = self.list(problems);
                elements.iter().map(|item| item.json(problems)).collect()
            }
            DeValue::Table(_) => {
                let mut members = Map::new();
                for entry in self.table(problems) {
                    members.insert(entry.key, entry.item.json(problems));
                }
                Json::Object(members)
            }
        }
    }
}

/// The kind of a value with its article.
fn kind_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date without quotes",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What to write instead of a word that does not exist.
pub(super) fn advice<'w>(wanted: &str, known: impl Iterator<Item = &'w str>) -> String {
    let known: Vec<&str> = known.collect();
    let all = known.join(", ");
    let begins = |word: &&&str| wanted.get(..3).is_some_and(|start| word.starts_with(start));
    let nearest = near(wanted, known.iter().copied()).first().copied();
    match nearest.or(known.iter().find(begins).copied()) {
        Some(nearest) => format!("did you mean `{nearest}`? There are {all}"),
        None => format!("there are {all}"),
    }
}

/// The mistakes found in a file.
pub(super) struct Problems<'t> {
    files: &'t dyn Files,
    /// The folder that the file lies in, relative to the project's.
    folder: &'t str,
    file: &'t str,
    text: &'t str,
    found: Vec<(usize, Diagnostic)>,
    /// The program's own appid.
    running: Option<String>,
    /// Ids of things that other keys name: where, what kind of thing, the id.
    references: Vec<(Bytes, &'static str, String)>,
}

impl<'t> Problems<'t> {
    pub(super) fn new(files: &'t dyn Files, folder: &'t str, file: &'t str, text: &'t str) -> Self {
        Self {
            files,
            folder,
            file,
            text,
            found: Vec::new(),
            running: None,
            references: Vec::new(),
        }
    }

    /// The file belongs to the program with this appid.
    pub(super) fn running_as(self, app_id: Option<String>) -> Self {
        Self {
            running: app_id,
            ..self
        }
    }

    /// The program's own appid.
    pub(super) fn running(&self) -> Option<String> {
        self.running.clone()
    }

    /// Here stands the id of something that another key must name.
    pub(super) fn refer(&mut self, range: &Bytes, to: &'static str, id: &str) {
        self.references.push((range.clone(), to, id.to_owned()));
    }

    /// Reports the ids that nothing has.
    pub(super) fn check_references(&mut self, has: impl Fn(&str, &str) -> bool) {
        for (range, to, id) in std::mem::take(&mut self.references) {
            if !has(to, &id) {
                let list = if to == "user" { "users" } else { "apps" };
                let help = format!("name it in a table [[{list}]]");
                self.push(&range, format!("there is no {to} `{id}`"), help);
            }
        }
    }

    pub(super) fn place(&self, range: &Bytes) -> Place {
        Place::span(self.file, self.text, range.start, range.end)
    }

    /// Adds a mistake and what to do.
    pub(super) fn push(
        &mut self,
        range: &Bytes,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::error(message).at(self.place(range)).help(help);
        self.found.push((range.start, problem));
    }

    /// Why the file is no TOML.
    pub(super) fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        let range = error.span().unwrap_or(0..0);
        Diagnostic::error(error.message())
            .at(self.place(&range))
            .help("the file is TOML: KEY = VALUE lines below [SECTION] lines, texts in quotes")
    }

    /// The path from the project folder on of something that a value names, relative to the settings;
    /// it may lead out of the folder.
    pub(super) fn beside(&self, path: &str) -> String {
        if path.starts_with('/') {
            return path.to_owned();
        }
        join(self.folder, path)
    }

    /// The path below the project folder of a file that a value names, relative to the settings.
    pub(super) fn path(&mut self, path: &str, item: &Item<'_>) -> Option<String> {
        let inside = normalise(&join(self.folder, path)).filter(|_| !path.starts_with('/'));
        if inside.is_none() {
            let message = format!("`{}`: {path} leads out of the project folder", item.name);
            let help = "put the file below the project folder";
            self.push(&item.range, message, help);
        }
        inside
    }

    /// The bytes of a file that a value names, relative to the settings.
    pub(super) fn file(&mut self, path: &str, item: &Item<'_>) -> Option<Vec<u8>> {
        let inside = self.path(path, item)?;
        match self.files.read(&inside) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let message = format!("`{}`: {inside}: {error}", item.name);
                let help = "give the path of a file, from the folder of this one";
                self.push(&item.range, message, help);
                None
            }
        }
    }

    /// The value, unless there were mistakes: those, in the order of the file.
    pub(super) fn into_result<T>(mut self, value: T) -> Result<T, Vec<Diagnostic>> {
        if self.found.is_empty() {
            return Ok(value);
        }
        self.found.sort_by_key(|(at, _)| *at);
        Err(self.found.into_iter().map(|(_, problem)| problem).collect())
    }
}

/// Reports the members of a table that have none of the known keys.
pub(super) fn only(entries: &[Entry<'_>], of: &str, known: &[&str], problems: &mut Problems<'_>) {
    for entry in entries {
        if !known.contains(&entry.key.as_str()) {
            problems.push(
                &entry.key_range,
                format!("{of} has no `{}`", entry.key),
                advice(&entry.key, known.iter().copied()),
            );
        }
    }
}

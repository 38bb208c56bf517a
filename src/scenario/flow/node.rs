//! YAML as a tree in which every value knows where it is written.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value as Json};
use serde_saphyr::{Error, Location, Spanned};

use crate::diagnostic::{Diagnostic, Place};

/// Deepest nesting of lists and objects.
const DEPTH_MAX: usize = 100;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Bytes of the file; of a list or map without brackets, its beginning.
    pub(super) range: (usize, usize),
    /// Bytes of the text that it is written with, elsewhere when an alias stands here.
    written: (usize, usize),
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key and its place.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) range: (usize, usize),
}

/// A file of YAML.
pub(super) struct Source<'s> {
    /// Its path, as mistakes name it.
    pub(super) path: &'s str,
    pub(super) text: &'s str,
}

impl Source<'_> {
    pub(super) fn place(&self, (start, end): (usize, usize)) -> Place {
        Place::span(self.path, self.text, start, end)
    }

    /// The tree of the file.
    pub(super) fn parse(&self) -> Result<Node, Diagnostic> {
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! { max_depth: DEPTH_MAX },
            strict_booleans: true,
            leading_zero_numbers_as_strings: true,
            underscored_numbers_as_strings: true,
        };
        let parsed = serde_saphyr::from_str_with_options::<Spanned<Kind>>(self.text, options);
        parsed.map(node).map_err(|error| self.problem(&error))
    }

    fn problem(&self, error: &Error) -> Diagnostic {
        let error = error.without_snippet();
        let text = error.to_string();
        let message = text.lines().next().unwrap_or_default();
        // The place is shown in its own way.
        let message = message.split(" at line ").next().unwrap_or_default();
        let place = match error.location() {
            Some(location) if location != Location::UNKNOWN => self.place(range(location)),
            _ => Place::file(self.path),
        };
        Diagnostic::error(format!("this is no YAML: {message}")).at(place)
    }
}

impl Node {
    /// Something else at the same place.
    pub(super) fn with(&self, kind: Kind) -> Self {
        let (range, written) = (self.range, self.written);
        Self {
            kind,
            range,
            written,
        }
    }

    /// What a person calls it.
    pub(super) fn what(&self) -> String {
        match &self.kind {
            Kind::Null => "nothing".to_owned(),
            Kind::Flag(on) => format!("`{on}`"),
            Kind::Number(number) => format!("the number {number}"),
            Kind::Text(text) if text.chars().count() > 40 => "a text".to_owned(),
            Kind::Text(text) => format!("the text `{text}`"),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map(_) => "an object".to_owned(),
        }
    }

    /// The characters of a scalar: a number or a flag without quotes may be meant as a text.
    pub(super) fn text<'n>(&'n self, source: &'n Source<'_>) -> Option<&'n str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            Kind::Flag(_) | Kind::Number(_) => source.text.get(self.written.0..self.written.1),
            Kind::Null | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Kind::Map(entries) = &self.kind else {
            return None;
        };
        let found = entries.iter().find(|(key, _)| key.name == name);
        found.map(|(_, node)| node)
    }

    /// Its JSON, without places.
    pub(super) fn json(&self) -> Json {
        match &self.kind {
            Kind::Null => Json::Null,
            Kind::Flag(on) => Json::Bool(*on),
            Kind::Number(number) => Json::Number(number.clone()),
            Kind::Text(text) => Json::String(text.clone()),
            Kind::List(items) => items.iter().map(Self::json).collect(),
            Kind::Map(entries) => {
                let members = entries.iter();
                let members: Map<String, Json> = members
                    .map(|(key, node)| (key.name.clone(), node.json()))
                    .collect();
                Json::Object(members)
            }
        }
    }
}

fn node(spanned: Spanned<Kind>) -> Node {
    Node {
        kind: spanned.value,
        range: range(spanned.referenced),
        written: range(spanned.defined),
    }
}

fn range(location: Location) -> (usize, usize) {
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let start = number(location.span().byte_offset());
    (start, start + number(location.span().byte_len()))
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Kind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Kind, E> {
        Ok(Kind::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind, D::Error> {
        Kind::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, on: bool) -> Result<Kind, E> {
        Ok(Kind::Flag(on))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Kind, E> {
        Ok(Kind::Number(number.into()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Kind, E> {
        Ok(Kind::Number(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Kind, E> {
        Ok(Number::from_f64(number).map_or(Kind::Null, Kind::Number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Kind, E> {
        Ok(Kind::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Kind>>()? {
            list.push(node(item));
        }
        Ok(Kind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Kind, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<String>>()? {
            let value = entries.next_value::<Spanned<Kind>>()?;
            let range = range(key.referenced);
            let name = key.value;
            map.push((Key { name, range }, node(value)));
        }
        Ok(Kind::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Node, Source};

    fn parse(text: &str) -> Node {
        let path = "a.flow.yaml";
        Source { path, text }.parse().expect(text)
    }

    #[test]
    fn every_value_knows_its_place() {
        let text = "# 说明\na: 1\n名字:\n  - { b: \"值\" }\n  - 013\n";
        let source = Source { path: "f", text };
        let node = source.parse().expect("YAML");
        let Kind::Map(entries) = &node.kind else {
            panic!("{node:?}")
        };
        assert_eq!(source.place(entries[1].0.range).to_string(), "f:3:1");
        let Kind::List(items) = &entries[1].1.kind else {
            panic!("{node:?}")
        };
        let inner = items[0].get("b").expect("b");
        assert_eq!(source.place(inner.range).to_string(), "f:4:10");
        assert_eq!(source.place(inner.range).length, 3);
        assert_eq!(items[1].text(&source), Some("013"));
        assert_eq!(
            node.json().to_string(),
            r#"{"a":1,"名字":[{"b":"值"},"013"]}"#
        );
    }

    #[test]
    fn words_that_look_like_flags_stay_texts() {
        let node = parse("[yes, on, ~, true, 0x10, 1_000, 1.50, 2018-06-04, 3d]");
        assert_eq!(
            node.json().to_string(),
            r#"["yes","on",null,true,16,"1_000",1.5,"2018-06-04","3d"]"#
        );
        let alias = parse("a: &x 1.50\nb: *x");
        let source = Source {
            path: "f",
            text: "a: &x 1.50\nb: *x",
        };
        assert_eq!(alias.get("b").and_then(|b| b.text(&source)), Some("1.50"));
    }

    #[test]
    fn what_is_no_yaml_says_where() {
        let text = "a: 1\n b: [2\n";
        let problem = Source { path: "f", text }.parse().expect_err("no YAML");
        assert!(problem.to_string().starts_with("f:"), "{problem}");
        let deep = "[".repeat(200_000);
        let deep = Source {
            path: "f",
            text: &deep,
        };
        assert!(deep.parse().is_err());
        let twice = Source {
            path: "f",
            text: "a: 1\na: 2\n",
        };
        assert!(
            twice
                .parse()
                .expect_err("twice")
                .to_string()
                .starts_with("f:2:1")
        );
    }
}

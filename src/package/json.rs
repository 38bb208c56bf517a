//! A JSON file with the position of every value, so that each mistake can be shown in its line.
//!
//! Differs from the official tool: comments, trailing commas and a byte order mark are reported
//! as warnings and the value is still used; the tool refuses such a file.

use jsonc_parser::ast;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Number, Value};

use super::files::{FileError, Files};
use super::findings::Findings;
use super::text;
use crate::diagnostic::{Diagnostic, Place};

/// Deepest nesting of arrays and objects that is read.
pub const JSON_NESTING_MAX: usize = 100;

/// A JSON value and where it stands (byte offsets in the text).
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Node>),
    Object(Vec<Entry>),
}

/// One member of an object.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    /// Where the name stands, as (start, end).
    pub(super) name_range: (usize, usize),
    pub(super) value: Node,
}

impl Node {
    /// The last member of that name, as `JSON.parse` decides; `None` also for other kinds.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        let entries = self.entries();
        entries
            .iter()
            .rev()
            .find(|entry| entry.name == name)
            .map(|entry| &entry.value)
    }

    /// The members of an object; empty for other kinds.
    pub(super) fn entries(&self) -> &[Entry] {
        if let Kind::Object(entries) = &self.kind {
            entries
        } else {
            &[]
        }
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.kind, Kind::Object(_))
    }

    /// The text of a string; `None` for other kinds.
    pub(super) fn as_str(&self) -> Option<&str> {
        if let Kind::String(text) = &self.kind {
            Some(text)
        } else {
            None
        }
    }

    /// The kind in words, with its article.
    fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }

    /// The value without positions; of equal names the last wins.
    pub(super) fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Number(value) => Value::Number(value.clone()),
            Kind::String(value) => Value::String(value.clone()),
            Kind::Array(elements) => elements.iter().map(Node::to_value).collect(),
            Kind::Object(entries) => {
                let members = entries.iter().map(|e| (e.name.clone(), e.value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }
}

/// A JSON file whose top level is an object.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Path relative to the project folder.
    pub(super) file: String,
    pub(super) text: String,
    pub(super) root: Node,
}

impl Document {
    /// Reads a JSON file; what is wrong with it goes to `findings`. `None` when it is missing
    /// (not reported), unreadable, no JSON or no object (reported as errors).
    pub(super) fn read(files: &dyn Files, file: &str, findings: &mut Findings) -> Option<Self> {
        match files.read(file) {
            Ok(bytes) => Self::parse(file, bytes, findings),
            Err(FileError::Missing) => None,
            Err(error) => {
                findings.push(
                    Diagnostic::error(format!("cannot read the file: {error}"))
                        .at(Place::file(file)),
                );
                None
            }
        }
    }

    /// As [`Self::read`], of bytes.
    pub(super) fn parse(file: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<Self> {
        let found = text::decode(file, bytes)
            .map_err(|error| findings.push(error))
            .ok()?;
        if found.had_mark {
            findings.push(
                Diagnostic::warning("the file begins with a byte order mark")
                    .at(Place::span(file, &found.text, 0, 0))
                    .help("save it as UTF-8 without a mark; the official tool may refuse it"),
            );
        }
        let root = parse_text(file, &found.text, findings)
            .map_err(|error| findings.push(error))
            .ok()?;
        let document = Self {
            file: file.to_owned(),
            text: found.text,
            root,
        };
        if document.root.is_object() {
            return Some(document);
        }
        let kind = document.root.kind_name();
        findings.push(
            Diagnostic::error(format!("the top level must be an object, not {kind}"))
                .at(document.place(&document.root))
                .help("write { … }"),
        );
        None
    }

    /// Where a value stands.
    pub(super) fn place(&self, node: &Node) -> Place {
        Place::span(&self.file, &self.text, node.start, node.end)
    }

    /// Where the name of a member stands.
    pub(super) fn place_of_name(&self, entry: &Entry) -> Place {
        Place::span(
            &self.file,
            &self.text,
            entry.name_range.0,
            entry.name_range.1,
        )
    }

    /// Reports that a value has the wrong type; `what` names the key, `want` the right type.
    pub(super) fn wrong_type(&self, node: &Node, what: &str, want: &str, findings: &mut Findings) {
        let kind = node.kind_name();
        findings.push(
            Diagnostic::error(format!("`{what}` must be {want}, not {kind}"))
                .at(self.place(node))
                .help("correct the type; the value is ignored"),
        );
    }

    /// A member of the top level that must be a string.
    pub(super) fn string(&self, key: &str, findings: &mut Findings) -> Option<String> {
        self.string_in(&self.root, key, key, findings)
            .map(str::to_owned)
    }

    /// A member that must be a string; `what` names it in a message.
    pub(super) fn string_in<'d>(
        &self,
        object: &'d Node,
        key: &str,
        what: &str,
        findings: &mut Findings,
    ) -> Option<&'d str> {
        let node = object.get(key)?;
        if node.as_str().is_none() {
            self.wrong_type(node, what, "a string", findings);
        }
        node.as_str()
    }

    /// A member of the top level that must be a boolean; `false` when absent.
    pub(super) fn flag(&self, key: &str, findings: &mut Findings) -> bool {
        self.flag_in(&self.root, key, key, findings)
    }

    /// A member that must be a boolean; `false` when absent.
    pub(super) fn flag_in(
        &self,
        object: &Node,
        key: &str,
        what: &str,
        findings: &mut Findings,
    ) -> bool {
        match object.get(key).map(|node| (node, &node.kind)) {
            None => false,
            Some((_, Kind::Bool(value))) => *value,
            Some((node, _)) => {
                self.wrong_type(node, what, "true or false", findings);
                false
            }
        }
    }

    /// A member of the top level that must be an object.
    pub(super) fn object(&self, key: &str, findings: &mut Findings) -> Option<&Node> {
        let node = self.root.get(key)?;
        if node.is_object() {
            return Some(node);
        }
        self.wrong_type(node, key, "an object", findings);
        None
    }

    /// A member that must be a list.
    pub(super) fn list_in<'d>(
        &self,
        object: &'d Node,
        key: &str,
        what: &str,
        findings: &mut Findings,
    ) -> Option<&'d [Node]> {
        let node = object.get(key)?;
        if let Kind::Array(elements) = &node.kind {
            return Some(elements);
        }
        self.wrong_type(node, what, "a list", findings);
        None
    }

    /// A member that must be a list of strings: each string with its position; others are reported.
    pub(super) fn strings_in<'d>(
        &self,
        object: &'d Node,
        key: &str,
        what: &str,
        findings: &mut Findings,
    ) -> Option<Vec<(&'d Node, &'d str)>> {
        let elements = self.list_in(object, key, what, findings)?;
        let mut strings = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            match element.as_str() {
                Some(text) => strings.push((element, text)),
                None => self.wrong_type(element, &format!("{what}[{index}]"), "a string", findings),
            }
        }
        Some(strings)
    }

    /// A member of the top level that must be a list of strings, without positions.
    pub(super) fn strings(&self, key: &str, findings: &mut Findings) -> Option<Vec<String>> {
        let strings = self.strings_in(&self.root, key, key, findings)?;
        Some(
            strings
                .into_iter()
                .map(|(_, text)| text.to_owned())
                .collect(),
        )
    }
}

/// Parses a text; laxities are reported, a text that is no JSON is the error.
fn parse_text(file: &str, text: &str, findings: &mut Findings) -> Result<Node, Diagnostic> {
    check_nesting(file, text)?;
    let mut options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    loop {
        let error = match parse_to_ast(text, &CollectOptions::default(), &options) {
            Ok(parsed) => {
                let value = parsed.value.ok_or_else(|| {
                    Diagnostic::error("the file is empty")
                        .at(Place::span(file, text, 0, 0))
                        .help("write at least {}")
                })?;
                return node(file, text, value);
            }
            Err(error) => error,
        };
        let range = error.range();
        let place = Place::span(file, text, range.start, range.end);
        let laxity = match error.kind() {
            ParseErrorKind::CommentsNotAllowed if !options.allow_comments => {
                options.allow_comments = true;
                "JSON has no comments"
            }
            ParseErrorKind::TrailingCommasNotAllowed if !options.allow_trailing_commas => {
                options.allow_trailing_commas = true;
                "JSON has no comma after the last item"
            }
            kind => {
                let message = format!("this is not JSON: {}", lower_first(&kind.to_string()));
                return Err(Diagnostic::error(message)
                    .at(place)
                    .help("correct the JSON"));
            }
        };
        findings.push(
            Diagnostic::warning(laxity)
                .at(place)
                .help("remove it: the official tool refuses the file; here its value is used"),
        );
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

/// Refuses deep nesting before a recursive parser sees it. Brackets in comments count: a file that
/// holds so many of them unbalanced is refused although it could be read.
fn check_nesting(file: &str, text: &str) -> Result<(), Diagnostic> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > JSON_NESTING_MAX {
                    let message = format!(
                        "the JSON is nested more than {JSON_NESTING_MAX} levels deep \
                         (JSON_NESTING_MAX)"
                    );
                    return Err(Diagnostic::error(message)
                        .at(Place::span(file, text, at, at + 1))
                        .help("make it flatter"));
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Our own form of a parsed value.
fn node(file: &str, text: &str, value: ast::Value<'_>) -> Result<Node, Diagnostic> {
    let range = value.range();
    let kind = match value {
        ast::Value::NullKeyword(_) => Kind::Null,
        ast::Value::BooleanLit(literal) => Kind::Bool(literal.value),
        ast::Value::StringLit(literal) => Kind::String(literal.value.into_owned()),
        ast::Value::NumberLit(literal) => Kind::Number(literal.value.parse().map_err(|_| {
            Diagnostic::error("this is not JSON: the number is out of range")
                .at(Place::span(file, text, range.start, range.end))
                .help("correct the JSON")
        })?),
        ast::Value::Array(array) => {
            let elements = array
                .elements
                .into_iter()
                .map(|element| node(file, text, element));
            Kind::Array(elements.collect::<Result<_, _>>()?)
        }
        ast::Value::Object(object) => {
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let name = property.name.range();
                entries.push(Entry {
                    name_range: (name.start, name.end),
                    name: property.name.into_string(),
                    value: node(file, text, property.value)?,
                });
            }
            Kind::Object(entries)
        }
    };
    Ok(Node {
        start: range.start,
        end: range.end,
        kind,
    })
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;

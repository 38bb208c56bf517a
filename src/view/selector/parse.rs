//! Reading selectors.

use super::{BadSelector, Chain, Link, Part, Relation, Selector, Test};

impl Selector {
    /// Reads a selector with everything that people may point with.
    ///
    /// # Errors
    /// When any part of it is not understood.
    pub fn parse(text: &str) -> Result<Self, BadSelector> {
        let mut reader = Reader { rest: text.trim() };
        let bad = |rest: &str| BadSelector {
            text: text.to_owned(),
            rest: rest.to_owned(),
        };
        let mut choices = Vec::new();
        loop {
            choices.push(reader.chain().ok_or_else(|| bad(reader.rest))?);
            if reader.rest.is_empty() {
                return Ok(Self {
                    choices,
                    tries_nearest: false,
                });
            }
            if !reader.take(",") {
                return Err(bad(reader.rest));
            }
            reader.space();
        }
    }

    /// Reads a selector as the client's queries do: ids, classes, `>`, `>>>`, spaces and commas. A
    /// choice of a union that it does not understand is left out, so a selector of tags finds
    /// nothing.
    pub fn of_client(text: &str) -> Self {
        let choices = text
            .split(',')
            .filter_map(client_chain)
            .filter(|chain| !chain.is_empty());
        Self {
            choices: choices.collect(),
            tries_nearest: true,
        }
    }

    /// Whether nothing can match it.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// Ids, classes and tags it speaks of, as written in selectors.
    pub(in crate::view) fn words(&self) -> Vec<String> {
        let parts = self.choices.iter().flatten().flat_map(|link| &link.parts);
        let words = parts.filter_map(|part| match part {
            Part::Tag(tag) => Some(tag.clone()),
            Part::Id(id) => Some(format!("#{id}")),
            Part::Class(class) => Some(format!(".{class}")),
            _ => None,
        });
        words.collect()
    }
}

/// One choice as the client reads it; what stands before the first compound is ignored.
fn client_chain(text: &str) -> Option<Chain> {
    let mut chain = Chain::new();
    let mut next = Relation::Descendant;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ' ' | '\t' => 1,
            '>' => rest.len() - rest.trim_start_matches('>').len(),
            _ => rest.find([' ', '\t', '>']).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        match piece {
            // Two signs are passed over, and that is how the client has it.
            " " | "\t" | ">>" => {}
            _ if first == '>' => {
                if next != Relation::Descendant {
                    return None;
                }
                next = if length == 3 {
                    Relation::Across
                } else {
                    Relation::Child
                };
            }
            _ => {
                let relation = if chain.is_empty() {
                    Relation::Descendant
                } else {
                    next
                };
                chain.push(Link {
                    relation,
                    parts: client_parts(piece)?,
                });
                next = Relation::Descendant;
            }
        }
    }
    Some(chain)
}

/// `#id.class.class`, with names of the letters that the client allows.
fn client_parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut pieces = text.split('.');
    let head = pieces.next()?;
    if !head.is_empty() {
        let id = head.strip_prefix('#')?;
        if !is_name(id, ":") {
            return None;
        }
        parts.push(Part::Id(id.to_owned()));
    }
    for class in pieces {
        if !is_name(class.strip_prefix('-').unwrap_or(class), "") {
            return None;
        }
        parts.push(Part::Class(class.to_owned()));
    }
    (!parts.is_empty()).then_some(parts)
}

fn is_name(text: &str, also: &str) -> bool {
    let begins = text.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic());
    let fits = |c: char| matches!(c, '-' | '_') || c.is_ascii_alphanumeric() || also.contains(c);
    begins && text.chars().all(fits)
}

/// What is left of a selector.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn space(&mut self) -> bool {
        let after = self.rest.trim_start();
        let any = after.len() < self.rest.len();
        self.rest = after;
        any
    }

    fn chain(&mut self) -> Option<Chain> {
        let mut chain = Chain::new();
        let mut relation = Relation::Descendant;
        loop {
            chain.push(Link {
                relation,
                parts: self.compound()?,
            });
            let spaced = self.space();
            if self.rest.is_empty() || self.rest.starts_with(',') {
                return Some(chain);
            }
            relation = if self.take(">>>") {
                Relation::Across
            } else if self.take(">") {
                Relation::Child
            } else if spaced {
                Relation::Descendant
            } else {
                return None;
            };
            self.space();
        }
    }

    /// Conditions without anything between; at least one.
    fn compound(&mut self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        if self.take("*") {
            parts.push(Part::Any);
        } else if let Some(tag) = self.name() {
            parts.push(Part::Tag(tag));
        }
        while let Some(first) = self.rest.chars().next() {
            match first {
                '.' | '#' | '[' | ':' => parts.push(self.simple()?),
                _ => break,
            }
        }
        (!parts.is_empty()).then_some(parts)
    }

    /// One condition. What is not understood is left to be read.
    fn simple(&mut self) -> Option<Part> {
        let before = self.rest;
        let found = if self.take(".") {
            self.name().map(Part::Class)
        } else if self.take("#") {
            self.id().map(Part::Id)
        } else if self.take("[") {
            self.attribute()
        } else if self.take(":") {
            self.pseudo()
        } else {
            None
        };
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    /// A name; a backslash takes the next letter as it is.
    fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        let mut letters = self.rest.char_indices();
        let mut end = self.rest.len();
        while let Some((at, c)) = letters.next() {
            if c == '\\' {
                name.push(letters.next()?.1);
            } else if c == '-' || c == '_' || c.is_alphanumeric() {
                name.push(c);
            } else {
                end = at;
                break;
            }
        }
        self.rest = &self.rest[end..];
        (!name.is_empty()).then_some(name)
    }

    /// Ids may have colons in them.
    fn id(&mut self) -> Option<String> {
        let mut id = self.name()?;
        while self.rest.starts_with(':') && !self.before_pseudo() {
            let before = self.rest;
            self.rest = &self.rest[1..];
            let Some(more) = self.name() else {
                self.rest = before;
                break;
            };
            id.push(':');
            id.push_str(&more);
        }
        Some(id)
    }

    fn before_pseudo(&self) -> bool {
        PSEUDO.iter().any(|word| self.rest[1..].starts_with(word))
    }

    /// The rest of `[name]` or `[name=value]`, the value with or without quotes.
    fn attribute(&mut self) -> Option<Part> {
        self.space();
        let name = self.name()?;
        self.space();
        if self.take("]") {
            return Some(Part::Attribute(name, Test::Present));
        }
        let make = if self.take("=") {
            Test::Is
        } else if self.take("^=") {
            Test::Begins
        } else if self.take("$=") {
            Test::Ends
        } else if self.take("*=") {
            Test::Contains
        } else {
            return None;
        };
        self.space();
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = if let Some(quote) = quote {
            let (value, after) = self.rest[1..].split_once(quote)?;
            self.rest = after;
            value
        } else {
            let (value, _) = self.rest.split_once(']')?;
            self.rest = &self.rest[value.len()..];
            value.trim_end()
        };
        self.space();
        self.take("]")
            .then(|| Part::Attribute(name, make(value.to_owned())))
    }

    fn pseudo(&mut self) -> Option<Part> {
        if self.take("first-child") {
            return Some(Part::Nth(0, 1));
        }
        if self.take("last-child") {
            return Some(Part::LastChild);
        }
        if self.take("nth-child(") {
            let (formula, after) = self.rest.split_once(')')?;
            let (step, first) = nth(formula)?;
            self.rest = after;
            return Some(Part::Nth(step, first));
        }
        if !self.take("not(") {
            return None;
        }
        self.space();
        let parts = self.compound()?;
        self.space();
        self.take(")").then_some(Part::Not(parts))
    }
}

/// What may follow a colon.
const PSEUDO: [&str; 4] = ["first-child", "last-child", "nth-child(", "not("];

/// `3`, `odd`, `even`, `2n`, `2n+1`, `-n + 3`: the step and the first place.
fn nth(formula: &str) -> Option<(i64, i64)> {
    let formula: String = formula.chars().filter(|c| !c.is_whitespace()).collect();
    match &*formula {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let Some((step, first)) = formula.split_once('n') else {
        return Some((0, formula.parse().ok()?));
    };
    let step = match step {
        "" | "+" => 1,
        "-" => -1,
        number => number.parse().ok()?,
    };
    let first = if first.is_empty() {
        0
    } else {
        first.parse().ok()?
    };
    Some((step, first))
}

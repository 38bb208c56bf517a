//! Reading selectors.

use std::rc::Rc;

use super::scan::split_at_mark;
use super::selector::{Combinator, Compound, Part, Pseudo, Selector};

const ID: u32 = 1 << 20;
const CLASS: u32 = 1 << 10;
const TAG: u32 = 1;

/// Reads a selector list; the error names the part that cannot be read.
pub(super) fn parse_list(text: &str) -> Result<Vec<Selector>, String> {
    let parts = split_at_mark(text, ',');
    parts.into_iter().map(|part| parse(part.trim())).collect()
}

fn parse(text: &str) -> Result<Selector, String> {
    let mut reader = Reader { text, at: 0 };
    let mut selector = Selector::default();
    let mut combinator = Combinator::Descendant;
    if text.is_empty() {
        return Err("a selector is empty".to_owned());
    }
    loop {
        let compound = reader.compound(&mut selector)?;
        selector.compounds.push((combinator, compound));
        let had_blank = reader.skip_blanks();
        combinator = match reader.peek() {
            None => break,
            Some('>') => Combinator::Child,
            Some('+') => Combinator::Next,
            Some('~') => Combinator::Later,
            Some(_) if had_blank => {
                combinator = Combinator::Descendant;
                if selector.pseudo.is_some() {
                    return Err(reader.unexpected());
                }
                continue;
            }
            Some(_) => return Err(reader.unexpected()),
        };
        if selector.pseudo.is_some() {
            return Err(reader.unexpected());
        }
        reader.at += 1;
        // `>>>` reaches into components; style sheets have no such thing, so it is a child.
        reader.skip_blanks();
    }
    Ok(selector)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, mark: char) -> bool {
        let there = self.peek() == Some(mark);
        if there {
            self.at += mark.len_utf8();
        }
        there
    }

    fn skip_blanks(&mut self) -> bool {
        let rest = self.rest();
        let blanks = rest.len() - rest.trim_start().len();
        self.at += blanks;
        blanks > 0
    }

    fn unexpected(&self) -> String {
        match self.peek() {
            Some(mark) => format!("`{mark}` is not expected in the selector `{}`", self.text),
            None => format!("the selector `{}` is not complete", self.text),
        }
    }

    /// A name with its escapes resolved.
    fn name(&mut self) -> Result<Rc<str>, String> {
        let mut name = String::new();
        while let Some(c) = self.peek() {
            if c == '\\' {
                self.at += 1;
                name.push(self.escape()?);
            } else if c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii() {
                self.at += c.len_utf8();
                name.push(c);
            } else {
                break;
            }
        }
        if name.is_empty() {
            return Err(self.unexpected());
        }
        Ok(name.into())
    }

    fn escape(&mut self) -> Result<char, String> {
        let digits: String = self
            .rest()
            .chars()
            .take(6)
            .take_while(char::is_ascii_hexdigit)
            .collect();
        if digits.is_empty() {
            let c = self.peek().ok_or_else(|| self.unexpected())?;
            self.at += c.len_utf8();
            return Ok(c);
        }
        self.at += digits.len();
        if self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let number = u32::from_str_radix(&digits, 16).unwrap_or(0);
        Ok(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn compound(&mut self, selector: &mut Selector) -> Result<Compound, String> {
        let mut compound = Compound::default();
        let start = self.at;
        if self.take('*') {
            // Any tag.
        } else if self
            .peek()
            .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-')
        {
            compound.tag = Some(self.name()?);
            selector.specificity += TAG;
        }
        loop {
            let (part, weight) = match self.peek() {
                Some('.') => {
                    self.at += 1;
                    (Part::Class(self.name()?), CLASS)
                }
                Some('#') => {
                    self.at += 1;
                    (Part::Id(self.name()?), ID)
                }
                Some('[') => (self.attribute()?, CLASS),
                Some(':') => match self.pseudo(selector)? {
                    Some(found) => found,
                    None => continue,
                },
                _ if self.at == start => return Err(self.unexpected()),
                _ => return Ok(compound),
            };
            compound.parts.push(part);
            selector.specificity += weight;
        }
    }

    fn attribute(&mut self) -> Result<Part, String> {
        let end = self.rest().find(']').ok_or_else(|| self.unexpected())?;
        let inner = self.rest()[1..end].trim();
        self.at += end + 1;
        let Some(equals) = inner.find('=') else {
            return Ok(Part::Attribute {
                name: inner.into(),
                operator: ' ',
                value: "".into(),
            });
        };
        let before = inner[..equals].trim_end();
        let operator = before.chars().last().filter(|c| "~|^$*".contains(*c));
        let name = before.trim_end_matches(['~', '|', '^', '$', '*']).trim();
        let value = inner[equals + 1..].trim();
        let value = value
            .strip_suffix(" i")
            .or(value.strip_suffix(" s"))
            .unwrap_or(value);
        if name.is_empty() {
            return Err(self.unexpected());
        }
        Ok(Part::Attribute {
            name: name.into(),
            operator: operator.unwrap_or('='),
            value: value.trim().trim_matches(['"', '\'']).into(),
        })
    }

    /// A pseudo-class; a pseudo-element goes into the selector.
    fn pseudo(&mut self, selector: &mut Selector) -> Result<Option<(Part, u32)>, String> {
        self.at += 1;
        let is_element = self.take(':');
        let name = self.name()?.to_ascii_lowercase();
        let argument = self.argument()?;
        let element = match &*name {
            "before" => Some(Pseudo::Before),
            "after" => Some(Pseudo::After),
            _ => None,
        };
        if element.is_some() {
            selector.pseudo = element;
            selector.specificity += TAG;
            return Ok(None);
        }
        if is_element {
            return Ok(Some((Part::Never, TAG)));
        }
        pseudo_class(&name, argument).map(Some)
    }

    /// What stands in brackets behind a name.
    fn argument(&mut self) -> Result<Option<&'t str>, String> {
        if !self.take('(') {
            return Ok(None);
        }
        let inside = split_at_mark(self.rest(), ')')[0];
        if inside.len() == self.rest().len() {
            return Err(format!(
                "the bracket in the selector `{}` is not closed",
                self.text
            ));
        }
        self.at += inside.len() + 1;
        Ok(Some(inside.trim()))
    }
}

fn pseudo_class(name: &str, argument: Option<&str>) -> Result<(Part, u32), String> {
    let nth = |from_end, of_type| -> Result<(Part, u32), String> {
        let (step, offset) = nth_formula(argument.unwrap_or_default())
            .ok_or_else(|| format!("`:{name}({})` has no formula", argument.unwrap_or_default()))?;
        Ok((nth_part(step, offset, from_end, of_type), CLASS))
    };
    Ok(match name {
        "first-child" => (nth_part(0, 1, false, false), CLASS),
        "last-child" => (nth_part(0, 1, true, false), CLASS),
        "first-of-type" => (nth_part(0, 1, false, true), CLASS),
        "last-of-type" => (nth_part(0, 1, true, true), CLASS),
        "only-child" => (only(false), CLASS),
        "only-of-type" => (only(true), CLASS),
        "nth-child" => return nth(false, false),
        "nth-last-child" => return nth(true, false),
        "nth-of-type" => return nth(false, true),
        "nth-last-of-type" => return nth(true, true),
        "empty" => (Part::Empty, CLASS),
        "root" => (Part::Root, CLASS),
        "host" => match argument {
            None => (Part::Host(Vec::new()), CLASS),
            Some(list) => (Part::Host(parse_list(list)?), 2 * CLASS),
        },
        "not" | "is" | "where" | "matches" | "-webkit-any" => {
            let inner = parse_list(argument.unwrap_or_default())?;
            let most = inner.iter().map(|one| one.specificity).max().unwrap_or(0);
            match name {
                "not" => (Part::Not(inner), most),
                "where" => (Part::Is(inner), 0),
                _ => (Part::Is(inner), most),
            }
        }
        _ => (Part::Never, CLASS),
    })
}

fn only(of_type: bool) -> Part {
    let selector = |from_end| Selector {
        compounds: vec![(
            Combinator::Descendant,
            Compound {
                tag: None,
                parts: vec![nth_part(0, 1, from_end, of_type)],
            },
        )],
        ..Selector::default()
    };
    let mut both = selector(false);
    both.compounds[0]
        .1
        .parts
        .push(nth_part(0, 1, true, of_type));
    Part::Is(vec![both])
}

fn nth_part(step: i32, offset: i32, from_end: bool, of_type: bool) -> Part {
    Part::Nth {
        step,
        offset,
        from_end,
        of_type,
    }
}

/// `odd`, `even`, `3`, `2n+1`, `-n + 3`.
fn nth_formula(text: &str) -> Option<(i32, i32)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_ascii_lowercase();
    match &*text {
        "odd" => return Some((2, 1)),
        "even" => return Some((2, 0)),
        _ => {}
    }
    let Some(n) = text.find('n') else {
        return Some((0, text.parse().ok()?));
    };
    let step = match &text[..n] {
        "" | "+" => 1,
        "-" => -1,
        number => number.parse().ok()?,
    };
    let offset = match &text[n + 1..] {
        "" => 0,
        number => number.parse().ok()?,
    };
    Some((step, offset))
}

#[cfg(test)]
mod tests {
    use super::super::selector::{Combinator, Part, Pseudo};
    use super::{CLASS, ID, TAG, nth_formula, parse_list};

    #[test]
    fn weights_count_ids_classes_and_tags() {
        let list = parse_list("view.a > #b:first-child, .c .d::before, *").expect("a list");
        assert_eq!(list[0].specificity, ID + 2 * CLASS + TAG);
        assert_eq!(list[0].compounds[1].0, Combinator::Child);
        assert_eq!(
            (list[1].specificity, list[1].pseudo),
            (2 * CLASS + TAG, Some(Pseudo::Before))
        );
        assert_eq!(list[2].specificity, 0);
        let host = &parse_list(":host([dark]) .x:not(.a, .b):active").expect("a list")[0];
        assert_eq!(host.compounds.len(), 2);
        assert!(host.compounds[1].1.parts.contains(&Part::Never));
    }

    #[test]
    fn names_may_be_escaped() {
        let list = parse_list(r".w-1\/2, .\31 0").expect("a list");
        assert_eq!(list[0].compounds[0].1.parts, [Part::Class("w-1/2".into())]);
        assert_eq!(list[1].compounds[0].1.parts, [Part::Class("10".into())]);
    }

    #[test]
    fn formulas_of_children() {
        for (text, found) in [
            ("odd", Some((2, 1))),
            ("3", Some((0, 3))),
            ("-n + 3", Some((-1, 3))),
            ("2n", Some((2, 0))),
            ("x", None),
        ] {
            assert_eq!(nth_formula(text), found, "{text}");
        }
    }

    #[test]
    fn what_is_no_selector_is_named() {
        for (text, part) in [
            ("", "empty"),
            (".a >", "complete"),
            (".a $b", "`$`"),
            (".", "complete"),
        ] {
            let error = parse_list(text).expect_err("a mistake");
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}

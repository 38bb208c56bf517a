//! Flat XML, as WeChat Pay and message push write it: one element, and members with text in it.
//!
//! A document with a type declaration is refused: entities of an attacker are never read. Members of members are
//! taken as one text (official page: "Secure XML parsing" of WeChat Pay, on the risk of external entities).

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

pub use crate::world::open_api::flat_xml::{Member, write};

/// Longest document, in bytes.
pub const BYTES_MAX: usize = 1 << 20;
/// Members of a document.
pub const MEMBERS_MAX: usize = 1_000;

/// Why a text is no flat XML.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadXml {
    /// It is too long, or has too many members.
    #[error("it is longer than {BYTES_MAX} bytes or has more than {MEMBERS_MAX} members")]
    TooLarge,
    /// It declares a type.
    #[error("it has a document type declaration, which is never read")]
    Declaration,
    /// It has members in members.
    #[error("the member `{0}` has members of its own")]
    Deep(String),
    /// It is not well formed.
    #[error("{0}")]
    Form(String),
}

/// Names and texts of the members, in order; blanks around a text without CDATA are cut.
///
/// # Errors
/// Why it is none.
pub fn read(bytes: &[u8]) -> Result<Vec<(String, String)>, BadXml> {
    if bytes.len() > BYTES_MAX {
        return Err(BadXml::TooLarge);
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_| BadXml::Form("it is not UTF-8".to_owned()))?;
    let mut reader = Reader::from_str(text);
    let mut members: Vec<(String, String)> = Vec::new();
    let (mut depth, mut plain, mut has_root) = (0, String::new(), false);
    let form = |error: &dyn std::fmt::Display| BadXml::Form(error.to_string());
    loop {
        match reader.read_event().map_err(|error| form(&error))? {
            Event::DocType(_) => return Err(BadXml::Declaration),
            Event::Start(start) => {
                depth += 1;
                let name = start.name().as_ref().to_owned();
                match (depth, members.last()) {
                    (1, _) => has_root = true,
                    (2, _) => members.push((name, String::new())),
                    (_, Some((outer, _))) => return Err(BadXml::Deep(outer.clone())),
                    (_, None) => return Err(BadXml::Deep(name)),
                }
                plain.clear();
            }
            Event::Empty(empty) if depth == 1 => {
                let name = empty.name().as_ref().to_owned();
                members.push((name, String::new()));
            }
            Event::Text(part) => {
                let part = unescape(&part).map_err(|error| form(&error))?;
                plain.push_str(&part);
            }
            Event::GeneralRef(part) => {
                let name = &*part;
                let entity = format!("&{name};");
                plain.push_str(&unescape(&entity).map_err(|error| form(&error))?);
            }
            Event::CData(part) => {
                if let (2, Some(member)) = (depth, members.last_mut()) {
                    member.1.push_str(plain.trim());
                    member.1.push_str(&part);
                }
                plain.clear();
            }
            Event::End(_) => {
                if let (2, Some(member)) = (depth, members.last_mut()) {
                    member.1.push_str(plain.trim());
                }
                plain.clear();
                depth -= 1;
            }
            Event::Eof if depth == 0 && has_root => return Ok(members),
            Event::Eof => return Err(BadXml::Form("it ends too early".to_owned())),
            Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
        if members.len() > MEMBERS_MAX {
            return Err(BadXml::TooLarge);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BadXml, Member, read, write};

    fn pairs(text: &str) -> Vec<(String, String)> {
        read(text.as_bytes()).expect(text)
    }

    fn pair(name: &str, text: &str) -> (String, String) {
        (name.to_owned(), text.to_owned())
    }

    #[test]
    fn members_are_read_with_and_without_cdata() {
        let text = "<?xml version=\"1.0\"?>\n<xml>\n <a>1</a>\n<b><![CDATA[<&>]]></b><c/> <d> x &amp; &#20320; </d>\n<e><![CDATA[ y ]]></e></xml>\n";
        let expected = [
            pair("a", "1"),
            pair("b", "<&>"),
            pair("c", ""),
            pair("d", "x & 你"),
            pair("e", " y "),
        ];
        assert_eq!(pairs(text), expected);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["", "a]]>b", "<x>&amp;", "你好\n"] {
            let written = write(
                "xml",
                &[("t", Member::Text(text)), ("n", Member::Number(-7))],
            );
            assert_eq!(
                pairs(&written),
                [pair("t", text), pair("n", "-7")],
                "{written}"
            );
        }
    }

    #[test]
    fn declarations_depth_and_broken_text_are_refused() {
        let error = |text: &str| read(text.as_bytes()).expect_err(text);
        let attack =
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xml><a>&e;</a></xml>";
        assert_eq!(error(attack), BadXml::Declaration);
        assert!(matches!(error("<xml><a>&e;</a></xml>"), BadXml::Form(_)));
        assert_eq!(
            error("<xml><a><b>1</b></a></xml>"),
            BadXml::Deep("a".into())
        );
        for text in [
            "",
            " ",
            "<xml>",
            "<xml><a></xml>",
            "</xml>",
            "x",
            "{\"a\":1}",
        ] {
            assert!(matches!(error(text), BadXml::Form(_)), "{text}");
        }
        assert!(read(b"\xff").is_err());
        assert_eq!(read(&vec![b' '; 2 << 20]), Err(BadXml::TooLarge));
        assert_eq!(
            error(&format!("<xml>{}</xml>", "<a/>".repeat(1_001))),
            BadXml::TooLarge
        );
    }
}

//! Flat XML as WeChat Pay and message push write it.
//!
//! Official pages: "Message push"; of WeChat Pay: "Protocol rules" (v2). The reader is in the server.

/// A text or a number to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member<'a> {
    /// In a CDATA section.
    Text(&'a str),
    /// As it is.
    Number(i64),
}

/// `<root>` with members in order.
pub fn write(root: &str, members: &[(&str, Member<'_>)]) -> String {
    let mut out = format!("<{root}>");
    for (name, member) in members {
        match member {
            Member::Number(number) => {
                out.push_str(&format!("<{name}>{number}</{name}>"));
            }
            Member::Text(text) => {
                // The end of a section inside a text is spread over two sections.
                let text = text.replace("]]>", "]]]]><![CDATA[>");
                out.push_str(&format!("<{name}><![CDATA[{text}]]></{name}>"));
            }
        }
    }
    out.push_str(&format!("</{root}>"));
    out
}

#[cfg(test)]
mod tests {
    use super::{Member, write};

    #[test]
    fn texts_stand_in_sections_and_numbers_do_not() {
        let members = [("a", Member::Text("<&]]>")), ("b", Member::Number(-1))];
        assert_eq!(
            write("xml", &members),
            "<xml><a><![CDATA[<&]]]]><![CDATA[>]]></a><b>-1</b></xml>"
        );
    }
}

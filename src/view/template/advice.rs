//! What the parser complains about, in our words, with what to do.

use glass_easel_template_compiler::parse::ParseErrorKind as Kind;

use crate::diagnostic::Severity;

/// A complaint: how much it matters, what is wrong, what to do.
pub(super) type Complaint = (Severity, &'static str, &'static str);

/// What is told of a complaint of the parser about something `written`; `None` when it is a matter of
/// taste.
pub(super) fn of(kind: &Kind, written: &str) -> Option<Complaint> {
    structure(kind)
        .or_else(|| attribute(kind, written))
        .or_else(|| combination(kind))
        .or_else(|| expression(kind))
}

/// Tags, ends of tags and texts.
fn structure(kind: &Kind) -> Option<Complaint> {
    use Severity::{Error, Note, Warning};
    Some(match kind {
        Kind::UnexpectedCharacter => (
            Error,
            "a character does not belong here",
            "remove it, or quote the value it is part of",
        ),
        Kind::UnknownMetaTag => (
            Note,
            "a tag with `<!` is left out",
            "write comments as <!-- … -->",
        ),
        Kind::IllegalEntity => (
            Error,
            "there is no character of that name",
            "write &amp; for an ampersand, or a known name such as &nbsp;",
        ),
        Kind::IncompleteTag => (Error, "the tag has no `>`", "close it"),
        Kind::MissingEndTag => (
            Warning,
            "the tag is never closed",
            "add its end tag, or end it with />",
        ),
        Kind::InvalidEndTag => (
            Warning,
            "the end tag closes nothing",
            "remove it, or add the start tag it belongs to",
        ),
        Kind::IllegalNamePrefix => (
            Warning,
            "names of tags have no colon",
            "write the name without a prefix",
        ),
        Kind::AvoidUppercaseLetters => (
            Note,
            "capital letters in this name become small ones",
            "write words with dashes between: data-item-id is read as itemId",
        ),
        Kind::ChildNodesNotAllowed => (
            Warning,
            "the tag takes no content, so this is left out",
            "move the content behind it",
        ),
        Kind::MissingModuleName => (
            Error,
            "the name is missing",
            "add `module` to <wxs>, `name` or `is` to <template>",
        ),
        Kind::MissingSourcePath => (Error, "`src` is missing", "name the file"),
        _ => return None,
    })
}

/// Names and values of attributes.
fn attribute(kind: &Kind, written: &str) -> Option<Complaint> {
    use Severity::Warning;
    Some(match kind {
        Kind::InvalidAttributePrefix if written.starts_with("wx:") => (
            Warning,
            "no attribute with wx: has this name, so it is left out",
            "there are wx:if, wx:elif, wx:else, wx:for, wx:for-items, wx:for-item, wx:for-index and \
             wx:key",
        ),
        Kind::InvalidAttributePrefix => (
            Warning,
            "the attribute is left out: what stands before its colon means nothing here",
            "prefixes are wx, bind, catch, capture-bind, capture-catch, mut-bind, mark, model, \
             change, generic, data, class, style, slot, worklet and let",
        ),
        Kind::InvalidAttributeName => {
            (Warning, "this is not the name of an attribute", "remove it")
        }
        Kind::InvalidAttributeValue => (
            Warning,
            "the value is left out: it has the wrong form",
            "write data=\"{{ a, b: c }}\"",
        ),
        Kind::InvalidAttribute if written.starts_with("wx:el") => (
            Warning,
            "no wx:if stands before this, so it always shows",
            "wx:elif and wx:else follow a tag with wx:if directly",
        ),
        Kind::InvalidAttribute => (
            Warning,
            "the attribute means nothing on this tag and is left out",
            "put it on an element; <block>, <slot>, <template>, <include> and the like are none",
        ),
        Kind::DuplicatedAttribute => (
            Warning,
            "the attribute is there twice; the first one counts",
            "remove one",
        ),
        Kind::DuplicatedName => (
            Warning,
            "the name is there twice; the first one counts",
            "rename one",
        ),
        Kind::DataBindingNotAllowed => (
            Warning,
            "this attribute takes no {{ }}",
            "write a fixed text; wx:key names a member",
        ),
        Kind::InvalidScopeName => (
            Warning,
            "expressions cannot use this name",
            "use letters, digits, _ and $, without a digit in front",
        ),
        Kind::ShouldQuoted => (Warning, "the value has no quotes", "quote it"),
        Kind::DeprecatedAttribute => (Warning, "this attribute is old", "write wx:for"),
        _ => return None,
    })
}

/// Attributes that exclude each other.
fn combination(kind: &Kind) -> Option<Complaint> {
    use Severity::Error;
    Some(match kind {
        Kind::IncompatibleWithWxAttribute => (
            Error,
            "this attribute and wx:if or wx:for exclude each other",
            "put wx:if or wx:for on a <block> around the tag",
        ),
        Kind::InvalidClassNames
        | Kind::DuplicatedClassNames
        | Kind::IncompatibleWithClassColonAttributes => (
            Error,
            "`class` does not go together with `class:name`",
            "beside class:name, `class` is a fixed list of different names",
        ),
        Kind::InvalidInlineStyleString
        | Kind::DuplicatedStylePropertyNames
        | Kind::IncompatibleWithStyleColonAttributes => (
            Error,
            "`style` does not go together with `style:name`",
            "beside style:name, `style` is a fixed list of different properties",
        ),
        _ => return None,
    })
}

/// What stands between `{{` and `}}`.
fn expression(kind: &Kind) -> Option<Complaint> {
    use Severity::{Error, Warning};
    Some(match kind {
        Kind::UnexpectedExpressionCharacter => (
            Error,
            "the expression cannot be read and counts as an empty text",
            "expressions have values, members, operators and calls of <wxs> functions; compute the \
             rest in script",
        ),
        Kind::MissingExpressionEnd => (Error, "the expression has no }}", "add it"),
        Kind::InvalidIdentifier => (Error, "this is no name", "start it with a letter, _ or $"),
        Kind::IllegalEscapeSequence => (
            Error,
            "the escape in this text cannot be read",
            "write \\n, \\x41 or \\u0041",
        ),
        Kind::IncompleteConditionExpression => (
            Error,
            "the condition has no second branch",
            "write a ? b : c",
        ),
        Kind::UnmatchedBracket => (Error, "a ] is missing", "add it"),
        Kind::UnmatchedParenthesis => (Error, "a ) is missing", "add it"),
        Kind::UnsupportedSyntax => (
            Error,
            "templates do not have this syntax",
            "compute the value in script",
        ),
        Kind::EmptyExpression => (
            Warning,
            "the expression is empty and counts as an empty text",
            "remove it",
        ),
        Kind::UninitializedScope => (
            Error,
            "the name is used before it has a value",
            "put its let: further in front",
        ),
        _ => return None,
    })
}

//! Calls of a method that take a text: where it is written, to be rewritten there.

use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_ast::ast::{Argument, CallExpression, Expression};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan as _, SourceType};

/// A call. Places are bytes of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCall {
    /// The whole call, with what the method belongs to.
    pub span: Range<usize>,
    /// Where the name of the method begins.
    pub name: usize,
    /// How many arguments there are.
    pub arguments: usize,
    /// The last argument and its value, when it is a string or a template without parts to fill in.
    pub text: Option<(Range<usize>, String)>,
    /// Where another argument could be written.
    pub end: usize,
}

/// The calls of `x.method(…)`, in the order in which they end; none in code that does not parse. `path` tells
/// the language.
pub fn text_calls(path: &str, source: &str, method: &str) -> Vec<TextCall> {
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let kind = if path.strip_suffix(".ts").is_some() {
        SourceType::ts()
    } else {
        SourceType::mjs()
    };
    let parsed = Parser::new(&allocator, source, kind.with_unambiguous(true))
        .with_options(options)
        .parse();
    let mut finder = Finder {
        method,
        calls: Vec::new(),
    };
    finder.visit_program(&parsed.program);
    finder.calls
}

struct Finder<'s> {
    method: &'s str,
    calls: Vec<TextCall>,
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        walk::walk_call_expression(self, call);
        let Expression::StaticMemberExpression(member) = &call.callee else {
            return;
        };
        if member.property.name != self.method {
            return;
        }
        let span = call.span.start as usize..call.span.end as usize;
        let last = call.arguments.last();
        self.calls.push(TextCall {
            name: member.property.span.start as usize,
            arguments: call.arguments.len(),
            text: last.and_then(literal),
            end: last.map_or(span.end - 1, |last| last.span().end as usize),
            span,
        });
    }
}

fn literal(argument: &Argument<'_>) -> Option<(Range<usize>, String)> {
    let span = argument.span();
    let value = match argument {
        Argument::StringLiteral(text) => text.value.to_string(),
        Argument::TemplateLiteral(template) if template.expressions.is_empty() => {
            template.quasis.first()?.value.cooked?.to_string()
        }
        _ => return None,
    };
    Some((span.start as usize..span.end as usize, value))
}

#[cfg(test)]
mod tests {
    use super::text_calls;

    #[test]
    fn calls_are_found_with_their_texts_and_not_in_comments_or_strings() {
        let source = "// a.be('x')\nexpect('a.be(`no`)').be()\nx(() => { expect(1)\n  .be({ a: 1 }, `\\`支\n付`) })\n\
                      q.be('s');q.be(s,);q.be(`${s}`)";
        let calls = text_calls("a.test.js", source, "be");
        let seen: Vec<(usize, Option<&str>, &str)> = calls
            .iter()
            .map(|call| {
                let text = call.text.as_ref().map(|(_, value)| value.as_str());
                (call.arguments, text, &source[call.end..=call.end])
            })
            .collect();
        let expected = [
            (0, None, ")"),
            (2, Some("`支\n付"), ")"),
            (1, Some("s"), ")"),
            (1, None, ","),
            (1, None, ")"),
        ];
        assert_eq!(seen, expected);
        let own = calls[1].text.as_ref().expect("a text");
        assert_eq!(&source[own.0.clone()], "`\\`支\n付`");
        assert_eq!(&source[calls[2].span.clone()], "q.be('s')");
        let typed = "const a: number = 1; expect<number>(a as any).be('x' )";
        assert_eq!(text_calls("a.test.ts", typed, "be").len(), 1);
    }
}

//! The syntax tree of a script without module syntax, for changes that keep its text.

use oxc_allocator::Allocator;
use oxc_ast::ast::Program;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::SourceType;

/// The tree; `None` for code that does not parse (the engine then says why).
pub(super) fn parse<'a>(allocator: &'a Allocator, code: &'a str) -> Option<Program<'a>> {
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(allocator, code, SourceType::cjs())
        .with_options(options)
        .parse();
    parsed.diagnostics.is_empty().then_some(parsed.program)
}

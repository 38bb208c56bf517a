//! What WXS has of JavaScript: a module that uses anything else does not compile.
//!
//! Official pages: `reference/wxs/` (variables, comments, operators, statements, data types). The
//! language is a part of ES5 without `new`, exceptions, `for … in`, getters and literals of regular
//! expressions; a comment may be left open at the end of a module.
//!
//! Shorthand members and default parameters pass, because libraries in wide use have them.
//!
//! Unverified: that the official compiler refuses `in`, `instanceof`, labels and the rarer syntax of
//! ES2015 and later; the pages do not list them.

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{
    BinaryOperator, Expression, Function, LogicalOperator, ObjectProperty, Program, PropertyKind,
    VariableDeclarationKind,
};
use oxc_ast_visit::Visit;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan as _, LabeledSpan, SourceType, Span};

use super::files::{folder_of, join, normalise};
use super::nesting::check_nesting;
use super::wxs_effects::keeps_arguments;
use crate::diagnostic::{Diagnostic, Place};

/// What ends a comment that a module leaves open.
const COMMENT_END: &str = "*/";

/// A module that compiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedWxs {
    /// The code to run.
    pub code: String,
    /// No function of the module changes an object that it did not make.
    pub keeps_arguments: bool,
}

/// Checks a module and gives the code to run; `path` names its file and `first_line` is the line
/// of that file on which the code begins.
///
/// # Errors
/// A [`Diagnostic`] for the first thing that WXS does not have or that is nested too deeply.
pub fn check_wxs(path: &str, source: &str, first_line: u32) -> Result<CheckedWxs, Diagnostic> {
    check_nesting(path, source).map_err(|error| moved(error, first_line))?;
    let refuse = |refusal: Refusal| {
        let (start, end) = (refusal.span.start as usize, refusal.span.end as usize);
        let place = Place::span(path, source, start, end);
        let error = Diagnostic::error(refusal.what).at(place).help(refusal.help);
        Err(moved(error, first_line))
    };
    let compiles = |code: String, keeps_arguments| CheckedWxs {
        code,
        keeps_arguments,
    };
    match inspect(source) {
        Ok(keeps) => Ok(compiles(source.to_owned(), keeps)),
        Err(mistake) if mistake.parses => refuse(mistake),
        Err(mistake) => {
            let closed = format!("{source}{COMMENT_END}");
            match inspect(&closed) {
                Ok(keeps) => Ok(compiles(closed, keeps)),
                Err(refusal) if refusal.parses => refuse(refusal),
                Err(_) => refuse(mistake),
            }
        }
    }
}

/// The code path of the module that `specifier` means in the file `from`: relative to its folder, or
/// from the code root with a `/` in front. `None` when it leads out of the code root.
pub fn wxs_path(from: &str, specifier: &str) -> Option<String> {
    match specifier.strip_prefix('/') {
        Some(absolute) => normalise(absolute),
        None => normalise(&join(folder_of(from), specifier)),
    }
}

/// A mistake in code that begins on a later line of its file.
fn moved(mut error: Diagnostic, first_line: u32) -> Diagnostic {
    if let Some(place) = &mut error.place {
        place.line += first_line.saturating_sub(1);
    }
    error
}

/// What a module may not have.
struct Refusal {
    /// Whether it is good JavaScript.
    parses: bool,
    span: Span,
    what: String,
    help: String,
}

/// Whether the module keeps its arguments, or the first thing that WXS lacks.
fn inspect(source: &str) -> Result<bool, Refusal> {
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, source, SourceType::cjs())
        .with_options(options)
        .parse();
    if let Some(error) = parsed.diagnostics.errors().next() {
        let span = error.labels.first().map(LabeledSpan::span);
        return Err(Refusal {
            parses: false,
            span: span.unwrap_or_default(),
            what: format!("syntax error: {}", error.message),
            help: "correct the code".to_owned(),
        });
    }
    match first_refusal(&parsed.program) {
        Some(refusal) => Err(refusal),
        None => Ok(keeps_arguments(&parsed.program)),
    }
}

fn first_refusal(program: &Program<'_>) -> Option<Refusal> {
    let mut inspector = Inspector::default();
    inspector.visit_program(program);
    let exports = inspector.exports.filter(|_| !inspector.declares_exports);
    let exports = exports.map(|span| Refusal {
        parses: true,
        span,
        what: "`exports` is not defined in WXS".to_owned(),
        help: "write `module.exports`".to_owned(),
    });
    let found = [inspector.found, exports].into_iter().flatten();
    found.min_by_key(|refusal| refusal.span.start)
}

#[derive(Default)]
struct Inspector {
    found: Option<Refusal>,
    /// Where the name `exports` is used first, and whether the module declares it.
    exports: Option<Span>,
    declares_exports: bool,
}

impl<'a> Visit<'a> for Inspector {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::IdentifierReference(name) if name.name == "exports" => {
                self.exports.get_or_insert(name.span);
            }
            AstKind::BindingIdentifier(name) if name.name == "exports" => {
                self.declares_exports = true;
            }
            _ => {}
        }
        if let Some((width, what, help)) = lacking(kind) {
            let span = kind.span();
            let span = if width == 0 {
                span
            } else {
                Span::sized(span.start, width)
            };
            let is_first = |found: &Refusal| span.start < found.span.start;
            if self.found.as_ref().is_none_or(is_first) {
                self.found = Some(Refusal {
                    parses: true,
                    span,
                    what: format!("WXS has no {what}"),
                    help: help.to_owned(),
                });
            }
        }
    }
}

/// What a node uses that WXS does not have: how many bytes of it to mark (0: all), its name, and
/// what to write instead.
fn lacking(kind: AstKind<'_>) -> Option<(u32, &'static str, &'static str)> {
    Some(match kind {
        AstKind::VariableDeclaration(it) if it.kind != VariableDeclarationKind::Var => {
            let (width, what) = match it.kind {
                VariableDeclarationKind::Let => (3, "`let`"),
                VariableDeclarationKind::Const => (5, "`const`"),
                _ => (5, "`using`"),
            };
            (width, what, "write `var`")
        }
        AstKind::NewExpression(it) => return Some(lacking_new(&it.callee)),
        AstKind::RegExpLiteral(_) => (
            0,
            "literals of regular expressions",
            "write getRegExp('pattern', 'flags')",
        ),
        AstKind::TryStatement(_) => (3, "`try`", "test for the failure before it happens"),
        AstKind::ThrowStatement(_) => (5, "`throw`", "return a value that tells of the failure"),
        AstKind::ForInStatement(_) => (3, "`for … in`", "go through an array of keys"),
        AstKind::ForOfStatement(_) => (3, "`for … of`", "count an index up to the length"),
        AstKind::ArrowFunctionExpression(_) => (0, "arrow functions", "write `function`"),
        AstKind::TemplateLiteral(_) | AstKind::TaggedTemplateExpression(_) => {
            (0, "template strings", "join strings with `+`")
        }
        AstKind::SpreadElement(_) => (3, "spread", "copy the elements or members one by one"),
        AstKind::FormalParameterRest(_) | AstKind::BindingRestElement(_) => {
            (3, "rest parameters", "read `arguments`")
        }
        AstKind::ObjectPattern(_)
        | AstKind::ArrayPattern(_)
        | AstKind::ArrayAssignmentTarget(_)
        | AstKind::ObjectAssignmentTarget(_) => (1, "destructuring", "assign one by one"),
        AstKind::Class(_) => (5, "classes", "write functions"),
        AstKind::Function(it) => return lacking_function(it),
        AstKind::ObjectProperty(it) => return lacking_property(it),
        AstKind::ChainExpression(_) => (0, "`?.`", "test with `&&` first"),
        AstKind::WithStatement(_) => (4, "`with`", "write the object's name"),
        AstKind::LabeledStatement(_) => (0, "labels", "leave the loop by a flag or a function"),
        AstKind::BigIntLiteral(_) => (0, "big integers", "write a number"),
        _ => return lacking_operator(kind),
    })
}

fn lacking_new(callee: &Expression<'_>) -> (u32, &'static str, &'static str) {
    let help = match callee.get_identifier_reference().map(|name| name.name) {
        Some(name) if name == "Date" => "write getDate(…)",
        Some(name) if name == "RegExp" => "write getRegExp(pattern, flags)",
        _ => "write a literal or call a function",
    };
    (3, "`new`", help)
}

fn lacking_function(function: &Function<'_>) -> Option<(u32, &'static str, &'static str)> {
    if function.r#async {
        Some((5, "async functions", "return the value itself"))
    } else if function.generator {
        Some((8, "generators", "return an array"))
    } else {
        None
    }
}

fn lacking_property(property: &ObjectProperty<'_>) -> Option<(u32, &'static str, &'static str)> {
    if property.kind != PropertyKind::Init {
        Some((3, "getters and setters", "write a function"))
    } else if property.computed {
        Some((1, "computed keys", "assign `object[key]` afterwards"))
    } else {
        None
    }
}

fn lacking_operator(kind: AstKind<'_>) -> Option<(u32, &'static str, &'static str)> {
    Some(match kind {
        AstKind::BinaryExpression(it) => match it.operator {
            BinaryOperator::In => (0, "`in`", "compare the member with undefined"),
            BinaryOperator::Instanceof => (0, "`instanceof`", "compare `value.constructor`"),
            BinaryOperator::Exponential => (0, "`**`", "write Math.pow"),
            _ => return None,
        },
        AstKind::LogicalExpression(it) if it.operator == LogicalOperator::Coalesce => {
            (0, "`??`", "compare with null and undefined")
        }
        AstKind::AssignmentExpression(it)
            if !it.operator.is_assign()
                && !it.operator.is_arithmetic()
                && !it.operator.is_bitwise() =>
        {
            (
                0,
                "logical assignment",
                "write the condition and the assignment",
            )
        }
        _ => return None,
    })
}

#[cfg(test)]
#[path = "wxs_tests.rs"]
mod tests;

//! A line that somebody types at a prompt, made ready to be evaluated after the lines before it.
//!
//! What a line declares stays for the lines after it, and may be declared again; `await` is allowed; the value
//! of the last statement is the value of the line.

use std::fmt::Write as _;

use oxc_allocator::Allocator;
use oxc_ast::ast::{Program, Statement, VariableDeclaration};
use oxc_parser::Parser;
use oxc_span::{GetSpan as _, SourceType, Span};

use crate::diagnostic::{Diagnostic, Place};

/// What somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedLine {
    /// It goes on in the next line.
    Open,
    /// It cannot be read.
    Wrong(Box<Diagnostic>),
    /// An expression, which can be evaluated as it is.
    Expression(String),
    /// The body of an asynchronous function that does the same and returns the value.
    Body(String),
}

/// The name under which mistakes in what was typed are told.
pub const TYPED: &str = "input";

/// Reads a line, or several that belong together.
pub fn typed_line(text: &str) -> TypedLine {
    let whole = text.trim_end();
    let allocator = Allocator::default();
    // `{ a: 1 }` is an object for who types it.
    let as_value = format!("({whole}\n)");
    if whole.trim_start().starts_with('{') && parse(&allocator, &as_value).is_ok() {
        return TypedLine::Expression(whole.trim().to_owned());
    }
    match parse(&allocator, whole) {
        Ok(program) => read(whole, &program),
        Err((at, message)) => {
            let is_open = at >= whole.len() || message.starts_with("Unterminated");
            let is_quote = whole
                .get(at..)
                .is_some_and(|rest| rest.starts_with(['\'', '"']));
            if is_open && !is_quote {
                return TypedLine::Open;
            }
            wrong(whole, at, message)
        }
    }
}

fn wrong(text: &str, at: usize, message: impl Into<String>) -> TypedLine {
    let at = at.min(text.len());
    let place = Place::span(TYPED, text, at, at);
    TypedLine::Wrong(Box::new(Diagnostic::error(message).at(place)))
}

/// The program, or where its first mistake is and what it is.
fn parse<'a>(allocator: &'a Allocator, code: &'a str) -> Result<Program<'a>, (usize, String)> {
    let parsed = Parser::new(allocator, code, SourceType::mjs()).parse();
    match parsed.diagnostics.errors().next() {
        None => Ok(parsed.program),
        Some(problem) => {
            let at = problem
                .labels
                .first()
                .map_or(0, |label| label.offset() as usize);
            Err((at, problem.message.to_string()))
        }
    }
}

fn read(text: &str, program: &Program<'_>) -> TypedLine {
    if let [Statement::ExpressionStatement(only)] = program.body.as_slice()
        && program.directives.is_empty()
        && !has_await(text)
    {
        return TypedLine::Expression(slice(text, only.expression.span()).to_owned());
    }
    if let Some(module) = program.body.iter().find(|own| own.is_module_declaration()) {
        let message = "`import` and `export` belong into a module; use require('./path')";
        return wrong(text, module.span().start as usize, message);
    }
    let mut first = String::new();
    let mut body = String::new();
    for directive in &program.directives {
        let _ = writeln!(body, "return {};", slice(text, directive.expression.span));
    }
    for (at, statement) in program.body.iter().enumerate() {
        let is_last = at + 1 == program.body.len();
        match statement {
            Statement::FunctionDeclaration(function) => {
                let name = function.id.as_ref().map_or("", |id| id.name.as_str());
                let _ = writeln!(first, "{name} = {};", slice(text, function.span));
            }
            other => body.push_str(&written(text, other, is_last)),
        }
    }
    TypedLine::Body(first + &body)
}

/// Whether `await` may stand outside of functions; a guess that errs on the safe side.
fn has_await(text: &str) -> bool {
    text.contains("await")
}

/// A statement at the top, with what it declares kept for the lines to come.
fn written(text: &str, statement: &Statement<'_>, is_last: bool) -> String {
    match statement {
        Statement::VariableDeclaration(declaration) => {
            format!("{};\n", assigned(text, declaration))
        }
        Statement::ClassDeclaration(class) => {
            let name = class.id.as_ref().map_or("", |id| id.name.as_str());
            format!("{name} = {};\n", slice(text, class.span))
        }
        Statement::ExpressionStatement(own) if is_last => {
            format!("return (\n{}\n);\n", slice(text, own.expression.span()))
        }
        other => format!("{}\n", slice(text, other.span())),
    }
}

/// `const { a } = b, c = 1` as assignments.
fn assigned(text: &str, declaration: &VariableDeclaration<'_>) -> String {
    let parts = declaration.declarations.iter().map(|own| {
        let target = slice(text, own.id.span());
        let value = own
            .init
            .as_ref()
            .map_or("undefined", |value| slice(text, value.span()));
        format!("({target} = {value})")
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{TypedLine, typed_line};

    fn body(text: &str) -> String {
        match typed_line(text) {
            TypedLine::Body(body) => body,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn an_expression_stays_as_it_is() {
        for (typed, meant) in [
            ("1 + 1;", "1 + 1"),
            ("{ a: 1 }", "{ a: 1 }"),
            ("f(\n1)", "f(\n1)"),
        ] {
            assert_eq!(typed_line(typed), TypedLine::Expression(meant.to_owned()));
        }
    }

    #[test]
    fn what_is_declared_stays_for_the_next_line() {
        assert_eq!(body("const a = 1, { b } = c"), "(a = 1), ({ b } = c);\n");
        assert_eq!(body("let x"), "(x = undefined);\n");
        assert_eq!(body("f(); function f() {}"), "f = function f() {};\nf();\n");
        assert_eq!(
            body("class A {}\nnew A"),
            "A = class A {};\nreturn (\nnew A\n);\n"
        );
        assert_eq!(
            body("const r = await f(); r.ok"),
            "(r = await f());\nreturn (\nr.ok\n);\n"
        );
    }

    #[test]
    fn what_is_not_finished_goes_on() {
        for text in [
            "function f() {",
            "f(1,",
            "`a",
            "/* a",
            "[1,",
            "x = {",
            "if (a)",
        ] {
            assert_eq!(typed_line(text), TypedLine::Open, "{text}");
        }
        for text in ["1 +* 2", "'a", "import a from 'a'", ")"] {
            assert!(matches!(typed_line(text), TypedLine::Wrong(_)), "{text}");
        }
    }
}

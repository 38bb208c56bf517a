//! From the author's script to code that the engine can run in a function.
//!
//! Official pages: module system, TypeScript support. The wrapper around the code supplies
//! `require`, `module`, `exports` and, for ES modules,
//! `__vite_ssr_import__(specifier, { importedNames })`, `__vite_ssr_exports__`,
//! `__vite_ssr_exportAll__(module)`, `__vite_ssr_dynamic_import__(specifier)` and
//! `__vite_ssr_import_meta__`; the import call returns the module's exports at once. Exports are
//! getters that are defined before anything is imported, so that circular imports see each other.
//!
//! Differs from the client, whose tool compiles to ES5: everything up to ES2022 stays as it is.
//! Class fields of TypeScript without a value are left out, as with its templates' settings.

use std::path::{Path, PathBuf};

use oxc_allocator::{Allocator, ArenaVec, TakeIn as _};
use oxc_ast::AstKind;
use oxc_ast::ast::{
    Expression, ImportDeclaration, ImportDeclarationSpecifier, Program, Statement, StringLiteral,
    VariableDeclarationKind,
};
use oxc_ast::builder::AstBuilder;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Scoping, Semantic, SemanticBuilder};
use oxc_span::{LabeledSpan, SourceType, Span};
use oxc_transformer::{EnvOptions, Module, TransformOptions, Transformer};
use oxc_transformer_plugins::ModuleRunnerTransform;

use super::lexical_this;
use super::nesting::{Seen, scan};
use super::source_map::SourceMap;
use super::using_name;
use super::words::may_be_module;
use crate::diagnostic::{Diagnostic, Place};

/// What a compiler complains of; its own type belongs to a crate that is no direct dependency.
struct Complaint<'c> {
    message: &'c str,
    span: Option<Span>,
    help: Option<&'c str>,
}

/// The first error of a list of oxc diagnostics.
macro_rules! first_error {
    ($diagnostics:expr) => {
        $diagnostics.errors().next().map(|error| Complaint {
            message: &error.message,
            span: error.labels.first().map(LabeledSpan::span),
            help: error.help.as_deref(),
        })
    };
}

/// Code for the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The body of the module's function.
    pub code: String,
    /// Back to the author's positions; `None` when lines and columns are the author's.
    pub map: Option<SourceMap>,
    /// The file uses ES module syntax: its code is strict.
    pub is_module: bool,
    /// The module exports something by `export`: `exports.__esModule` must be set.
    pub has_exports: bool,
}

/// Prepares the script of a code path; `path` also decides the language: `.ts`, `.json`, else
/// JavaScript. A script without ES module syntax stays as it is.
///
/// # Errors
/// A [`Diagnostic`] for code that is nested too deeply, and for a module or a TypeScript file with
/// a syntax error. The engine finds the syntax errors of other scripts.
pub fn prepare(path: &str, source: &str) -> Result<Prepared, Diagnostic> {
    if path.strip_suffix(".json").is_some() {
        return json(path, source);
    }
    let seen = scan(path, source)?;
    let is_typescript = path.strip_suffix(".ts").is_some();
    if !is_typescript && !may_be_module(source) {
        return Ok(script(source, seen.has_using));
    }
    let source_type = if is_typescript {
        SourceType::ts()
    } else {
        SourceType::mjs()
    };
    let allocator = Allocator::default();
    let options = ParseOptions {
        allow_return_outside_function: true,
        ..ParseOptions::default()
    };
    let parsed = Parser::new(&allocator, source, source_type.with_unambiguous(true))
        .with_options(options)
        .parse();
    refuse(path, source, first_error!(parsed.diagnostics).as_ref())?;
    let mut program = parsed.program;
    let is_module = program.source_type.is_module();
    if !is_typescript && !is_module {
        return Ok(script(source, seen.has_using));
    }
    compile(path, source, &seen, &allocator, &mut program)
}

/// A JSON file as a module.
fn json(path: &str, source: &str) -> Result<Prepared, Diagnostic> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source) {
        let column = u32::try_from(error.column()).unwrap_or(0);
        let line = u32::try_from(error.line()).unwrap_or(0);
        let text = source
            .lines()
            .nth(error.line().saturating_sub(1))
            .unwrap_or("");
        return Err(Diagnostic::error(format!("this is not JSON: {error}"))
            .at(Place::at(path, line, column.max(1), 1).with_source(text))
            .help("correct the JSON"));
    }
    let code = format!("module.exports = {source}");
    Ok(Prepared {
        code,
        map: None,
        is_module: false,
        has_exports: false,
    })
}

/// A script without module syntax.
fn script(source: &str, has_using: bool) -> Prepared {
    let code = match source.strip_prefix("#!") {
        // The line is legal only at the start of a file, not inside a function.
        Some(rest) => format!("//{rest}"),
        None => source.to_owned(),
    };
    let renamed = if has_using {
        using_name::rename(&code)
    } else {
        None
    };
    let code = renamed.unwrap_or(code);
    let (code, map) = keep_this(code, None);
    Prepared {
        code,
        map,
        is_module: false,
        has_exports: false,
    }
}

/// Code whose arrow functions keep `this`, and its map, from those of the code before.
fn keep_this(code: String, map: Option<SourceMap>) -> (String, Option<SourceMap>) {
    match lexical_this::keep(&code) {
        Some((code, insertions)) => (code, Some(SourceMap::with_insertions(map, insertions))),
        None => (code, map),
    }
}

/// Compiles a module or a TypeScript file.
fn compile<'a>(
    path: &str,
    source: &str,
    seen: &Seen,
    allocator: &'a Allocator,
    program: &mut Program<'a>,
) -> Result<Prepared, Diagnostic> {
    let is_module = program.source_type.is_module();
    split_imports(allocator, program);
    let mut scoping = analyse(path, source, seen, program)?;
    if program.source_type.is_typescript() {
        let done = Transformer::new(allocator, Path::new(path), &typescript_options())
            .build_with_scoping(scoping, program);
        refuse(path, source, first_error!(done.diagnostics).as_ref())?;
        scoping = done.scoping;
    }
    let has_exports = program.body.iter().any(exports_something);
    if is_module {
        ModuleRunnerTransform::new().transform(allocator, program, scoping);
        strip_awaits(allocator, program);
    }
    let options = CodegenOptions {
        source_map_path: Some(PathBuf::from(path)),
        comments: CommentOptions::disabled(),
        ..CodegenOptions::default()
    };
    let printed = Codegen::new().with_options(options).build(program);
    let map = printed.map.as_ref().map(SourceMap::new);
    let code = using_name::rename(&printed.code).unwrap_or(printed.code);
    let (code, map) = keep_this(code, map);
    Ok(Prepared {
        code,
        map,
        is_module,
        has_exports,
    })
}

/// The program's names; refuses what is wrong or cannot run.
fn analyse<'a>(
    path: &str,
    source: &str,
    seen: &Seen,
    program: &'a Program<'a>,
) -> Result<Scoping, Diagnostic> {
    let is_suspect = seen.has_await || seen.has_using || seen.has_at_sign;
    let built = SemanticBuilder::new()
        .with_check_syntax_error(true)
        .with_enum_eval(true)
        .with_excess_capacity(2.0)
        .with_build_nodes(is_suspect)
        .build(program);
    refuse(path, source, first_error!(built.diagnostics).as_ref())?;
    match is_suspect.then(|| unsupported(&built.semantic)).flatten() {
        None => Ok(built.semantic.into_scoping()),
        Some((span, what, help)) => {
            let place = Place::span(path, source, span.start as usize, span.end as usize);
            Err(Diagnostic::error(what).at(place).help(help))
        }
    }
}

/// The first thing in a program that cannot run.
fn unsupported(semantic: &Semantic<'_>) -> Option<(Span, &'static str, &'static str)> {
    let nodes = semantic.nodes();
    nodes.iter().find_map(|node| {
        let at_top = || {
            !nodes.ancestor_kinds(node.id()).any(|kind| {
                matches!(
                    kind,
                    AstKind::Function(_) | AstKind::ArrowFunctionExpression(_)
                )
            })
        };
        let (span, is_await) = match node.kind() {
            AstKind::AwaitExpression(it) => (Span::sized(it.span.start, 5), true),
            AstKind::ForOfStatement(it) if it.r#await => (Span::sized(it.span.start, 3), true),
            AstKind::Decorator(it) => {
                let help = "call the function yourself, or compile the file first";
                return Some((it.span, "decorators are not supported", help));
            }
            AstKind::VariableDeclaration(it)
                if matches!(
                    it.kind,
                    VariableDeclarationKind::Using | VariableDeclarationKind::AwaitUsing
                ) =>
            {
                let help = "use const and try … finally";
                return Some((
                    Span::sized(it.span.start, 5),
                    "`using` is not supported",
                    help,
                ));
            }
            _ => return None,
        };
        let help = "put it into an async function: a module is loaded synchronously";
        (is_await && at_top()).then_some((span, "`await` at the top level of a module", help))
    })
}

fn typescript_options() -> TransformOptions {
    let mut options = TransformOptions {
        // The name of a target that exists cannot be refused.
        env: EnvOptions::from_target("es2022").unwrap_or_default(),
        ..TransformOptions::default()
    };
    options.env.module = Module::CommonJS;
    options.typescript.remove_class_fields_without_initializer = true;
    options
}

/// `import d, * as n from 'x'` → `import d from 'x'; import * as n from 'x'`: the module
/// transform loses the default name of the first form.
fn split_imports<'a>(allocator: &'a Allocator, program: &mut Program<'a>) {
    let is_double = |statement: &Statement<'a>| match statement {
        Statement::ImportDeclaration(import) => import.specifiers.as_ref().is_some_and(|list| {
            let last = list.last();
            let namespace = matches!(
                last,
                Some(ImportDeclarationSpecifier::ImportNamespaceSpecifier(_))
            );
            namespace && list.len() > 1
        }),
        _ => false,
    };
    if !program.body.iter().any(is_double) {
        return;
    }
    let builder = AstBuilder::new(allocator);
    let mut body = ArenaVec::with_capacity_in(program.body.len() + 1, &builder);
    for mut statement in program.body.drain(..) {
        if is_double(&statement)
            && let Statement::ImportDeclaration(import) = &mut statement
            && let Some(namespace) = import.specifiers.as_mut().and_then(|list| list.pop())
        {
            let source = &import.source;
            let source = StringLiteral::new(source.span, source.value, source.raw, &builder);
            let second = ImportDeclaration::boxed(
                import.span,
                Some(ArenaVec::from_value_in(namespace, &builder)),
                source,
                import.phase,
                None,
                import.import_kind,
                &builder,
            );
            body.push(statement);
            body.push(Statement::ImportDeclaration(second));
        } else {
            body.push(statement);
        }
    }
    program.body = body;
}

/// `const x = await __vite_ssr_import__(…)` → `const x = __vite_ssr_import__(…)`.
fn strip_awaits<'a>(allocator: &'a Allocator, program: &mut Program<'a>) {
    for statement in &mut program.body {
        let Statement::VariableDeclaration(declaration) = statement else {
            continue;
        };
        for declarator in &mut declaration.declarations {
            if let Some(Expression::AwaitExpression(awaited)) = &mut declarator.init
                && let Expression::CallExpression(call) = &awaited.argument
                && call.callee.is_specific_id("__vite_ssr_import__")
            {
                let call = awaited.argument.take_in(&allocator);
                declarator.init = Some(call);
            }
        }
    }
}

/// Whether a statement exports at least one name.
fn exports_something(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::ExportDefaultDeclaration(_)
        | Statement::ExportAllDeclaration(_)
        | Statement::ExportDeclaration(_) => true,
        Statement::ExportNamedDeclaration(export) => !export.specifiers.is_empty(),
        Statement::ExportFromDeclaration(export) => !export.specifiers.is_empty(),
        _ => false,
    }
}

/// The error for a compiler's first complaint, when there is one.
fn refuse(path: &str, source: &str, complaint: Option<&Complaint<'_>>) -> Result<(), Diagnostic> {
    let Some(&Complaint {
        message,
        span,
        help,
    }) = complaint
    else {
        return Ok(());
    };
    let (start, end) = span.map_or((0, 0), |span| (span.start as usize, span.end as usize));
    let mut chars = message.chars();
    let message: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(chars)
        .collect();
    Err(
        Diagnostic::error(format!("syntax error: {}", message.trim_end_matches('.')))
            .at(Place::span(path, source, start, end))
            .help(help.unwrap_or("correct the code")),
    )
}

#[cfg(test)]
#[path = "transform_tests.rs"]
mod tests;

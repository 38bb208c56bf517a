//! Keeps `this` of an arrow function inside an arrow function.
//!
//! In `boa_engine` 0.22 `() => () => this` has the wrong `this` unless the outer arrow function uses
//! it too: only the innermost function around is asked to keep it. So the outermost arrow function
//! gets a use that never runs, behind `0 ?` or `0 &&`: before `super()` a real one would throw.

use std::collections::BTreeMap;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::{ArrowFunctionBody, ArrowFunctionExpression};
use oxc_ast_visit::Visit;
use oxc_span::GetSpan as _;

use super::plain_script;
use super::source_map::Insertion;

/// What an expression as body begins with.
const BEFORE: &str = "0?this:";
/// What a block as body ends with.
const AT_END: &str = ";0&&this";

/// The code with those uses, and where they are; `None` when nothing changes, also for code that
/// does not parse (the engine then says why).
pub(super) fn keep(code: &str) -> Option<(String, Vec<Insertion>)> {
    let mut arrows = code.matches("=>");
    if arrows.nth(1).is_none() || !(code.contains("this") || code.contains("super")) {
        return None;
    }
    let allocator = Allocator::default();
    let program = plain_script::parse(&allocator, code)?;
    let mut finder = Finder::default();
    finder.visit_program(&program);
    (!finder.edits.is_empty()).then(|| insert(code, &finder.edits))
}

/// A function around what is looked at.
struct Around {
    /// The place for a use of `this`, in bytes; `None` for a function that has one of its own.
    place: Option<(usize, &'static str)>,
    /// Whether it uses `this` itself.
    uses: bool,
    /// Whether an arrow function inside uses the `this` that it uses.
    passes: bool,
}

/// Looks for arrow functions that have to use `this`.
#[derive(Default)]
struct Finder {
    functions: Vec<Around>,
    /// What to insert, by byte.
    edits: BTreeMap<usize, &'static str>,
}

impl Finder {
    fn enter(&mut self, place: Option<(usize, &'static str)>) {
        let (uses, passes) = (false, false);
        self.functions.push(Around {
            place,
            uses,
            passes,
        });
    }

    fn found_this(&mut self) {
        let mut arrows = self.functions.iter_mut().rev();
        let arrows = arrows.by_ref().take_while(|around| around.place.is_some());
        match arrows.enumerate().last() {
            Some((0, innermost)) => innermost.uses = true,
            Some((_, outermost)) => outermost.passes = true,
            None => {}
        }
    }

    fn leave(&mut self) {
        if let Some(around) = self.functions.pop()
            && let Some((at, text)) = around.place
            && around.passes
            && !around.uses
        {
            self.edits.insert(at, text);
        }
    }
}

impl<'a> Visit<'a> for Finder {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::ArrowFunctionExpression(arrow) => self.enter(place(arrow)),
            AstKind::Function(_) | AstKind::PropertyDefinition(_) | AstKind::StaticBlock(_) => {
                self.enter(None);
            }
            AstKind::ThisExpression(_) | AstKind::Super(_) => self.found_this(),
            _ => {}
        }
    }

    fn leave_node(&mut self, kind: AstKind<'a>) {
        if let AstKind::ArrowFunctionExpression(_)
        | AstKind::Function(_)
        | AstKind::PropertyDefinition(_)
        | AstKind::StaticBlock(_) = kind
        {
            self.leave();
        }
    }
}

/// Where a use of `this` fits into an arrow function, in bytes.
fn place(arrow: &ArrowFunctionExpression<'_>) -> Option<(usize, &'static str)> {
    let span = arrow.body.span();
    match &arrow.body {
        ArrowFunctionBody::FunctionBody(_) => Some((span.end.checked_sub(1)? as usize, AT_END)),
        _ => Some((span.start as usize, BEFORE)),
    }
}

fn insert(code: &str, edits: &BTreeMap<usize, &'static str>) -> (String, Vec<Insertion>) {
    let mut changed = String::with_capacity(code.len() + edits.len() * AT_END.len());
    let mut insertions = Vec::new();
    let (mut done, mut line, mut column) = (0, 0, 0);
    for (at, text) in edits {
        for letter in code[done..*at].chars() {
            if letter == '\n' {
                (line, column) = (line + 1, 0);
            } else {
                column += letter.len_utf16();
            }
        }
        changed.push_str(&code[done..*at]);
        changed.push_str(text);
        insertions.push(Insertion::new(line, column, text.len()));
        column += text.len();
        done = *at;
    }
    changed.push_str(&code[done..]);
    (changed, insertions)
}

#[cfg(test)]
mod tests {
    use super::keep;

    #[track_caller]
    fn becomes(code: &str, expected: &str) {
        let kept = keep(code).map(|(code, _)| code);
        assert_eq!(kept.as_deref(), Some(expected));
        assert_eq!(keep(expected), None, "once is enough");
    }

    #[test]
    fn the_outermost_arrow_function_uses_this() {
        becomes("m(() => () => this)", "m(() => 0?this:() => this)");
        becomes(
            "m(a => { f(() => { this.x }) // no\n})",
            "m(a => { f(() => { this.x }) // no\n;0&&this})",
        );
        becomes(
            "() => ({ a: () => () => this })",
            "() => 0?this:({ a: () => () => this })",
        );
        becomes(
            "class A extends B { m() { return () => () => super.m() } }",
            "class A extends B { m() { return () => 0?this:() => super.m() } }",
        );
        becomes(
            "f(async (a = 1) => { 'use strict'; return b => b ? () => this : 1 })",
            "f(async (a = 1) => { 'use strict'; return b => b ? () => this : 1 ;0&&this})",
        );
    }

    #[test]
    fn other_code_stays_as_it_is() {
        for code in [
            "() => this; () => 1",
            "() => { this; f(() => this) }",
            "() => () => function () { return this }",
            "() => () => { class A { f = this; static { this.x } m() { this } } }",
            "() => () => 'this'",
            "() => () => this =>",
        ] {
            assert_eq!(keep(code).map(|(code, _)| code), None, "{code}");
        }
    }
}

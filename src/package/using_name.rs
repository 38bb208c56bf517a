//! Renames the identifier `using`, which the engine cannot parse.
//!
//! `using` is an ordinary name in JavaScript up to 2025 (rxjs has a function of that name);
//! `boa_engine` 0.22 takes it for the start of a declaration wherever it stands. The new name has
//! the same length, so that positions stay true, save after a shorthand `{using}`.

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_semantic::SemanticBuilder;

use super::plain_script;
use super::words::has_word;

/// The code without `using` as an identifier; `None` when nothing changes, also for code that
/// does not parse (the engine then says why).
pub(super) fn rename(code: &str) -> Option<String> {
    if !has_word(code, "using") {
        return None;
    }
    let name = ["usin_", "usin$", "usin0", "usin1", "usin2"]
        .into_iter()
        .find(|n| !code.contains(n))?;
    let allocator = Allocator::default();
    let program = plain_script::parse(&allocator, code)?;
    let semantic = SemanticBuilder::new()
        .with_build_nodes(true)
        .build(&program)
        .semantic;
    let mut edits: Vec<(usize, bool)> = Vec::new();
    for node in semantic.nodes().iter() {
        let (found, span) = match node.kind() {
            AstKind::IdentifierReference(it) => (it.name.as_str(), it.span),
            AstKind::BindingIdentifier(it) => (it.name.as_str(), it.span),
            AstKind::LabelIdentifier(it) => (it.name.as_str(), it.span),
            _ => continue,
        };
        if found == "using" && span.size() == 5 {
            let is_shorthand = semantic
                .nodes()
                .ancestor_kinds(node.id())
                .take(2)
                .any(|kind| match kind {
                    AstKind::ObjectProperty(it) => it.shorthand && it.span.start == span.start,
                    AstKind::BindingProperty(it) => it.shorthand && it.span.start == span.start,
                    AstKind::AssignmentTargetPropertyIdentifier(it) => it.span.start == span.start,
                    _ => false,
                });
            edits.push((span.start as usize, is_shorthand));
        }
    }
    (!edits.is_empty()).then(|| apply(code, edits, name))
}

fn apply(code: &str, mut edits: Vec<(usize, bool)>, name: &str) -> String {
    edits.sort_unstable();
    edits.dedup();
    let mut renamed = String::with_capacity(code.len() + 16);
    let mut done = 0;
    for (start, is_shorthand) in edits {
        renamed.push_str(&code[done..start]);
        if is_shorthand {
            renamed.push_str("using:");
        }
        renamed.push_str(name);
        done = start + "using".len();
    }
    renamed.push_str(&code[done..]);
    renamed
}

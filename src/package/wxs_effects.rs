//! Whether a WXS module can change what it is given.
//!
//! A module whose every write goes to an object or array of its own making cannot; the simulator may
//! then hand it the same copy of a big list again. Names are taken for the whole module, whatever
//! function they are in, so the answer errs on the side of "it can".

use std::collections::BTreeSet;

use oxc_ast::AstKind;
use oxc_ast::ast::{
    AssignmentTarget, CallExpression, Expression, Program, SimpleAssignmentTarget, UnaryOperator,
};
use oxc_ast_visit::Visit;

/// Whether no function of the module writes to anything but its own objects.
pub(super) fn keeps_arguments(program: &Program<'_>) -> bool {
    let mut writes = Writes::default();
    writes.visit_program(program);
    let own = |name: &String| writes.fresh.contains(name) && !writes.other.contains(name);
    !writes.elsewhere && writes.to.iter().all(own) && writes.assigned.is_subset(&writes.declared)
}

/// Methods that change the object they are called on; so does each that begins with `set`.
const CHANGING: [&str; 7] = [
    "push", "pop", "shift", "unshift", "splice", "sort", "reverse",
];

#[derive(Default)]
struct Writes {
    /// Names that hold a literal of the module's own at some time, or another value.
    fresh: BTreeSet<String>,
    other: BTreeSet<String>,
    declared: BTreeSet<String>,
    /// Names whose members are written.
    to: BTreeSet<String>,
    /// Names that are assigned: one that is declared nowhere is a global one.
    assigned: BTreeSet<String>,
    /// Whether a write goes to something that has no name.
    elsewhere: bool,
}

impl Writes {
    /// A member of `object` is written.
    fn write(&mut self, object: &Expression<'_>) {
        match object.get_identifier_reference() {
            Some(name) if name.name == "module" => {}
            Some(name) => {
                self.to.insert(name.name.to_string());
            }
            // `module.exports.name = …`
            None => {
                let is_exports = object.as_member_expression().is_some_and(|member| {
                    let owner = member.object().get_identifier_reference();
                    owner.is_some_and(|owner| owner.name == "module")
                });
                self.elsewhere |= !is_exports;
            }
        }
    }

    fn holds(&mut self, name: &str, value: Option<&Expression<'_>>) {
        let is_fresh = match value {
            None => true,
            Some(value) => {
                matches!(
                    value,
                    Expression::ArrayExpression(_) | Expression::ObjectExpression(_)
                ) || value.is_literal()
            }
        };
        let names = if is_fresh {
            &mut self.fresh
        } else {
            &mut self.other
        };
        names.insert(name.to_owned());
    }

    /// A parameter or a function.
    fn declares(&mut self, name: &str) {
        self.declared.insert(name.to_owned());
        self.other.insert(name.to_owned());
    }

    fn target(&mut self, target: &SimpleAssignmentTarget<'_>) {
        if let Some(member) = target.as_member_expression() {
            self.write(member.object());
        }
    }

    fn call(&mut self, call: &CallExpression<'_>) {
        match &call.callee {
            Expression::StaticMemberExpression(member) => {
                let name = member.property.name.as_str();
                if CHANGING.contains(&name) || name.starts_with("set") {
                    self.write(&member.object);
                }
            }
            // A method by a computed name may be any.
            Expression::ComputedMemberExpression(member) => self.write(&member.object),
            _ => {}
        }
    }
}

impl<'a> Visit<'a> for Writes {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        match kind {
            AstKind::VariableDeclarator(it) => {
                if let Some(name) = it.id.get_identifier_name() {
                    self.declared.insert(name.to_string());
                    self.holds(name.as_str(), it.init.as_ref());
                }
            }
            AstKind::FormalParameter(it) => {
                if let Some(name) = it.pattern.get_identifier_name() {
                    self.declares(name.as_str());
                }
            }
            AstKind::Function(it) => {
                if let Some(id) = &it.id {
                    self.declares(id.name.as_str());
                }
            }
            AstKind::AssignmentExpression(it) => match &it.left {
                AssignmentTarget::AssignmentTargetIdentifier(name) => {
                    self.assigned.insert(name.name.to_string());
                    if it.operator.is_assign() {
                        self.holds(name.name.as_str(), Some(&it.right));
                    }
                }
                left => match left.as_simple_assignment_target() {
                    Some(target) => self.target(target),
                    None => self.elsewhere = true,
                },
            },
            AstKind::UpdateExpression(it) => self.target(&it.argument),
            AstKind::UnaryExpression(it) if it.operator == UnaryOperator::Delete => {
                match it.argument.as_member_expression() {
                    Some(member) => self.write(member.object()),
                    None => self.elsewhere = true,
                }
            }
            AstKind::CallExpression(it) => self.call(it),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wxs::check_wxs;

    fn keeps(source: &str) -> bool {
        let checked = check_wxs("a.wxs", source, 1);
        checked.expect("it compiles").keeps_arguments
    }

    #[test]
    fn a_module_that_writes_only_to_its_own_objects_keeps_what_it_is_given() {
        for source in [
            "module.exports = { f: function (list, i) { return list[i].name + list.length; } };",
            "module.exports.f = function (a) { var r = [], n = 0; r.push(a); n += 1; return r; };",
            "var cache = {}; function f(k) { cache[k] = k; delete cache[k]; i = 0; } var i;",
            "function f(a) { var r; r = {}; r.x = a; r[a]++; return r; }",
        ] {
            assert!(keeps(source), "{source}");
        }
    }

    #[test]
    fn a_write_to_anything_else_is_seen() {
        for source in [
            "function f(a) { a.x = 1; }",
            "function f(a) { a.b.c++; }",
            "function f(a) { delete a.x; }",
            "function f(a) { return a.sort(); }",
            "function f(a) { var r = a; r.push(1); }",
            "function f(a) { var r = []; r = a; r.push(1); }",
            "function f(a) { var r = [a]; r[0].x = 1; }",
            "function f(a, k) { a[k](1); }",
            "function f(a) { a.date.setHours(0); }",
            "function f(a) { last = a; }",
            "function f(a) { arguments[0] = 1; }",
            "function f(a) { this.a = a; }",
            "function f(list) { var f = []; f.push(1); }",
            "function f() { g().x = 1; }",
        ] {
            assert!(!keeps(source), "{source}");
        }
    }
}

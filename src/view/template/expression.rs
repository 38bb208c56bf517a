//! The parser's expressions as those of programs.

use std::rc::Rc;

use glass_easel_template_compiler::parse::expr::{ArrayFieldKind, Expression, ObjectFieldKind};
use glass_easel_template_compiler::parse::tag::Value;

use crate::view::program::{Binary, Entry, Expr, Item, Unary};
use crate::view::value::Val;

/// The value of an attribute or a text.
pub(super) fn of_value(value: &Value) -> Expr {
    match value {
        Value::Static { value, .. } => fixed(value.as_str()),
        Value::Dynamic { expression, .. } => of(expression),
        _ => Expr::default(),
    }
}

/// A fixed text.
pub(super) fn fixed(text: &str) -> Expr {
    Expr::Fixed(Val::text(text))
}

/// An expression.
pub(super) fn of(expression: &Expression) -> Expr {
    use Expression as E;
    match expression {
        E::ScopeRef { index, .. } => Expr::Scope(*index),
        E::DataField { name, .. } => Expr::Field(name.as_str().into()),
        E::ToStringWithoutUndefined { value, .. } => Expr::Join(vec![of(value)]),
        E::LitNull { .. } => Expr::Fixed(Val::Null),
        E::LitStr { value, .. } => fixed(value.as_str()),
        #[expect(clippy::cast_precision_loss, reason = "as a script's number")]
        E::LitInt { value, .. } => Expr::Fixed(Val::Number(*value as f64)),
        E::LitFloat { value, .. } => Expr::Fixed(Val::Number(*value)),
        E::LitBool { value, .. } => Expr::Fixed(Val::Bool(*value)),
        E::LitObj { fields, .. } => Expr::Object(fields.iter().map(entry).collect()),
        E::LitArr { fields, .. } => Expr::Array(fields.iter().map(item).collect()),
        E::StaticMember { obj, field_name, .. } => {
            Expr::Member(Box::new(of(obj)), field_name.as_str().into())
        }
        E::DynamicMember { obj, field_name, .. } => {
            Expr::Index(Box::new(of(obj)), Box::new(of(field_name)))
        }
        E::FuncCall { func, args, .. } => {
            Expr::Call(Box::new(of(func)), args.iter().map(of).collect())
        }
        E::Reverse { value, .. } => unary(Unary::Not, value),
        E::BitReverse { value, .. } => unary(Unary::BitNot, value),
        E::Positive { value, .. } => unary(Unary::Plus, value),
        E::Negative { value, .. } => unary(Unary::Minus, value),
        E::TypeOf { value, .. } => unary(Unary::TypeOf, value),
        E::Void { value, .. } => unary(Unary::Void, value),
        E::Cond { cond, true_br, false_br, .. } => Expr::Cond(
            Box::new(of(cond)),
            Box::new(of(true_br)),
            Box::new(of(false_br)),
        ),
        other => with_two(other),
    }
}

fn unary(operator: Unary, value: &Expression) -> Expr {
    Expr::Unary(operator, Box::new(of(value)))
}

fn with_two(expression: &Expression) -> Expr {
    use Expression as E;
    let (operator, left, right) = match expression {
        E::Multiply { left, right, .. } => (Binary::Times, left, right),
        E::Divide { left, right, .. } => (Binary::Divide, left, right),
        E::Remainer { left, right, .. } => (Binary::Remainder, left, right),
        E::Plus { left, right, .. } => (Binary::Plus, left, right),
        E::Minus { left, right, .. } => (Binary::Minus, left, right),
        E::LeftShift { left, right, .. } => (Binary::ShiftLeft, left, right),
        E::RightShift { left, right, .. } => (Binary::ShiftRight, left, right),
        E::UnsignedRightShift { left, right, .. } => (Binary::ShiftRightUnsigned, left, right),
        E::Lt { left, right, .. } => (Binary::Less, left, right),
        E::Gt { left, right, .. } => (Binary::Greater, left, right),
        E::Lte { left, right, .. } => (Binary::LessOrEqual, left, right),
        E::Gte { left, right, .. } => (Binary::GreaterOrEqual, left, right),
        E::InstanceOf { left, right, .. } => (Binary::InstanceOf, left, right),
        E::Eq { left, right, .. } => (Binary::Equal, left, right),
        E::Ne { left, right, .. } => (Binary::NotEqual, left, right),
        E::EqFull { left, right, .. } => (Binary::Same, left, right),
        E::NeFull { left, right, .. } => (Binary::NotSame, left, right),
        E::BitAnd { left, right, .. } => (Binary::BitAnd, left, right),
        E::BitXor { left, right, .. } => (Binary::BitXor, left, right),
        E::BitOr { left, right, .. } => (Binary::BitOr, left, right),
        E::LogicAnd { left, right, .. } => (Binary::And, left, right),
        E::LogicOr { left, right, .. } => (Binary::Or, left, right),
        E::NullishCoalescing { left, right, .. } => (Binary::Nullish, left, right),
        _ => return Expr::default(),
    };
    Expr::Binary(operator, Box::new(of(left)), Box::new(of(right)))
}

fn entry(field: &ObjectFieldKind) -> Entry {
    match field {
        ObjectFieldKind::Named { name, value, .. } => Entry::Named(name.as_str().into(), of(value)),
        ObjectFieldKind::Spread { value, .. } => Entry::Spread(of(value)),
    }
}

fn item(field: &ArrayFieldKind) -> Item {
    match field {
        ArrayFieldKind::Normal { value } => Item::One(of(value)),
        ArrayFieldKind::Spread { value, .. } => Item::Spread(of(value)),
        ArrayFieldKind::EmptySlot => Item::Hole,
    }
}

/// Whether an expression is a path into data, which `model:` can write back to.
pub(super) fn is_path(expr: &Expr) -> bool {
    match expr {
        Expr::Field(_) | Expr::Scope(_) => true,
        Expr::Member(owner, _) | Expr::Index(owner, _) => is_path(owner),
        _ => false,
    }
}

/// A text value, when it is fixed.
pub(super) fn fixed_text(expr: &Expr) -> Option<Rc<str>> {
    match expr {
        Expr::Fixed(Val::Text(text)) => Some(Rc::clone(text)),
        _ => None,
    }
}

//! The parser's expressions as those of programs.

use glass_easel_template_compiler::parse::expr::{ArrayFieldKind, Expression, ObjectFieldKind};
use glass_easel_template_compiler::parse::tag::Value;

use crate::view::program::{Binary, Entry, Expr, Item, Unary};
use crate::view::value::Val;

/// A fixed text.
pub(super) fn fixed(text: &str) -> Expr {
    Expr::Fixed(Val::text(text))
}

/// Largest expression, in nodes, that a `let:` name may stand for.
const LET_MAX: usize = 500;

/// What a scope of the parser is in the program.
#[derive(Clone)]
enum Known {
    /// A scope there, by number.
    Scope(usize),
    /// A `let:` name: the parser counts it as a scope, the program has its value in its place.
    Value(Expr),
}

/// The scopes of a place in a template, from the outside in.
#[derive(Clone, Default)]
pub(super) struct Scopes {
    known: Vec<Known>,
    /// Whether each scope of the program stands for a part of the data.
    is_data: Vec<bool>,
}

impl Scopes {
    /// These with so many more, which are no data.
    pub(super) fn with(&self, more: usize) -> Self {
        let mut scopes = self.clone();
        for _ in 0..more {
            scopes.add(false);
        }
        scopes
    }

    /// These with the item and the index of a list.
    pub(super) fn with_item(&self, list: &Expr) -> Self {
        let mut scopes = self.clone();
        scopes.add(self.is_path(list));
        scopes.add(false);
        scopes
    }

    fn add(&mut self, is_data: bool) {
        self.known.push(Known::Scope(self.is_data.len()));
        self.is_data.push(is_data);
    }

    /// Whether an expression is a path into data, which `model:` can write back to.
    pub(super) fn is_path(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Field(_) => true,
            Expr::Scope(at) => self.is_data.get(*at).copied().unwrap_or_default(),
            Expr::Member(owner, _) | Expr::Index(owner, _) => self.is_path(owner),
            Expr::Cond(_, yes, no) => self.is_path(yes) || self.is_path(no),
            _ => false,
        }
    }

    /// Adds a `let:` name; `false` when its value is too large, and then it is `undefined`.
    pub(super) fn name(&mut self, value: Option<&Value>) -> bool {
        let value = value.map(|value| self.value(value)).unwrap_or_default();
        let fits = size(&value) <= LET_MAX;
        self.known
            .push(Known::Value(if fits { value } else { Expr::default() }));
        fits
    }

    fn scope(&self, at: usize) -> Expr {
        match self.known.get(at) {
            Some(Known::Scope(own)) => Expr::Scope(*own),
            Some(Known::Value(value)) => value.clone(),
            // A name that stands further inside: not set here.
            None => Expr::default(),
        }
    }

    /// The value of an attribute or a text.
    pub(super) fn value(&self, value: &Value) -> Expr {
        match value {
            Value::Static { value, .. } => fixed(value.as_str()),
            Value::Dynamic { expression, .. } => self.of(expression),
            _ => Expr::default(),
        }
    }

    /// An expression.
    fn of(&self, expression: &Expression) -> Expr {
        use Expression as E;
        match expression {
            E::ScopeRef { index, .. } => self.scope(*index),
            E::DataField { name, .. } => Expr::Field(name.as_str().into()),
            E::ToStringWithoutUndefined { .. } | E::Plus { .. } if is_joined(expression) => {
                let mut pieces = Vec::new();
                self.pieces(expression, &mut pieces);
                Expr::Join(pieces)
            }
            E::LitNull { .. } => Expr::Fixed(Val::Null),
            E::LitStr { value, .. } => fixed(value.as_str()),
            #[expect(clippy::cast_precision_loss, reason = "as a script's number")]
            E::LitInt { value, .. } => Expr::Fixed(Val::Number(*value as f64)),
            E::LitFloat { value, .. } => Expr::Fixed(Val::Number(*value)),
            E::LitBool { value, .. } => Expr::Fixed(Val::Bool(*value)),
            E::LitObj { fields, .. } => {
                Expr::Object(fields.iter().map(|own| self.entry(own)).collect())
            }
            E::LitArr { fields, .. } => {
                Expr::Array(fields.iter().map(|own| self.item(own)).collect())
            }
            E::StaticMember {
                obj, field_name, ..
            } => Expr::Member(Box::new(self.of(obj)), field_name.as_str().into()),
            E::DynamicMember {
                obj, field_name, ..
            } => Expr::Index(Box::new(self.of(obj)), Box::new(self.of(field_name))),
            E::FuncCall { func, args, .. } => Expr::Call(
                Box::new(self.of(func)),
                args.iter().map(|own| self.of(own)).collect(),
            ),
            E::Reverse { value, .. } => self.unary(Unary::Not, value),
            E::BitReverse { value, .. } => self.unary(Unary::BitNot, value),
            E::Positive { value, .. } => self.unary(Unary::Plus, value),
            E::Negative { value, .. } => self.unary(Unary::Minus, value),
            E::TypeOf { value, .. } => self.unary(Unary::TypeOf, value),
            E::Void { value, .. } => self.unary(Unary::Void, value),
            E::Cond {
                cond,
                true_br,
                false_br,
                ..
            } => Expr::Cond(
                Box::new(self.of(cond)),
                Box::new(self.of(true_br)),
                Box::new(self.of(false_br)),
            ),
            other => self.with_two(other),
        }
    }

    /// The pieces of a text with expressions in it.
    fn pieces(&self, expression: &Expression, pieces: &mut Vec<Expr>) {
        match expression {
            Expression::Plus { left, right, .. } if is_joined(expression) => {
                self.pieces(left, pieces);
                self.pieces(right, pieces);
            }
            Expression::ToStringWithoutUndefined { value, .. } => pieces.push(self.of(value)),
            other => pieces.push(self.of(other)),
        }
    }

    fn unary(&self, operator: Unary, value: &Expression) -> Expr {
        Expr::Unary(operator, Box::new(self.of(value)))
    }

    fn with_two(&self, expression: &Expression) -> Expr {
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
        Expr::Binary(operator, Box::new(self.of(left)), Box::new(self.of(right)))
    }

    fn entry(&self, field: &ObjectFieldKind) -> Entry {
        match field {
            ObjectFieldKind::Named { name, value, .. } => {
                Entry::Named(name.as_str().into(), self.of(value))
            }
            ObjectFieldKind::Spread { value, .. } => Entry::Spread(self.of(value)),
        }
    }

    fn item(&self, field: &ArrayFieldKind) -> Item {
        match field {
            ArrayFieldKind::Normal { value } => Item::One(self.of(value)),
            ArrayFieldKind::Spread { value, .. } => Item::Spread(self.of(value)),
            ArrayFieldKind::EmptySlot => Item::Hole,
        }
    }
}

/// Whether the parser has put an expression together from the pieces of a text; in written
/// expressions nothing is made a text without `undefined`.
fn is_joined(expression: &Expression) -> bool {
    match expression {
        Expression::ToStringWithoutUndefined { .. } => true,
        Expression::Plus { left, right, .. } => is_joined(right) || is_joined(left),
        _ => false,
    }
}

/// How many nodes an expression has.
fn size(expr: &Expr) -> usize {
    1 + match expr {
        Expr::Fixed(_) | Expr::Field(_) | Expr::Scope(_) => 0,
        Expr::Member(of, _) | Expr::Unary(_, of) => size(of),
        Expr::Index(left, right) | Expr::Binary(_, left, right) => size(left) + size(right),
        Expr::Cond(test, yes, no) => size(test) + size(yes) + size(no),
        Expr::Call(function, arguments) => {
            size(function) + arguments.iter().map(size).sum::<usize>()
        }
        Expr::Join(pieces) => pieces.iter().map(size).sum(),
        Expr::Object(entries) => {
            let values = entries.iter().map(|entry| match entry {
                Entry::Named(_, value) | Entry::Spread(value) => size(value),
            });
            values.sum()
        }
        Expr::Array(items) => {
            let values = items.iter().map(|item| match item {
                Item::One(value) | Item::Spread(value) => size(value),
                Item::Hole => 0,
            });
            values.sum()
        }
    }
}

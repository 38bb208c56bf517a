//! Expressions of templates: their value, and whether an update touches them.

use std::rc::Rc;

use super::Modules;
use super::coerce::{
    compare, equal, join_text, plus, same, to_bool, to_int32, to_number, to_text, type_of,
};
use super::program::{Binary, Entry, Expr, Item, Unary};
use super::touch::Touch;
use super::value::{Fields, Val};

/// The value of an expression over the data and the scopes of its place.
///
/// Reading a member of `undefined` or `null` gives `undefined`.
pub fn eval(expr: &Expr, data: &Val, scopes: &[Val], modules: &mut dyn Modules) -> Val {
    Evaluation {
        data,
        scopes,
        modules,
    }
    .value(expr)
}

/// Which part of an expression's value an update touches.
pub fn touch(
    expr: &Expr,
    data: &Val,
    scopes: &[Val],
    touched: &Touch,
    scope_touches: &[Touch],
    modules: &mut dyn Modules,
) -> Touch {
    let mut evaluation = Evaluation {
        data,
        scopes,
        modules,
    };
    evaluation.touch(expr, touched, scope_touches)
}

struct Evaluation<'a> {
    data: &'a Val,
    scopes: &'a [Val],
    modules: &'a mut dyn Modules,
}

impl Evaluation<'_> {
    fn value(&mut self, expr: &Expr) -> Val {
        match expr {
            Expr::Fixed(value) => value.clone(),
            Expr::Field(name) => member(self.data, name),
            Expr::Scope(at) => self.scopes.get(*at).cloned().unwrap_or_default(),
            Expr::Member(owner, name) => member(&self.value(owner), name),
            Expr::Index(owner, key) => {
                let owner = self.value(owner);
                let key = self.value(key);
                index(&owner, &key)
            }
            Expr::Call(function, arguments) => {
                let arguments: Vec<Val> = arguments.iter().map(|one| self.value(one)).collect();
                match self.value(function) {
                    Val::Function(function) => self.modules.call(&function, &arguments),
                    _ => Val::Undefined,
                }
            }
            Expr::Object(entries) => self.object(entries),
            Expr::Array(items) => self.array(items),
            Expr::Unary(operator, value) => unary(*operator, &self.value(value)),
            Expr::Binary(operator, left, right) => self.binary(*operator, left, right),
            Expr::Cond(condition, yes, no) => {
                let chosen = if to_bool(&self.value(condition)) {
                    yes
                } else {
                    no
                };
                self.value(chosen)
            }
            Expr::Join(parts) => {
                let text: String = parts
                    .iter()
                    .map(|part| join_text(&self.value(part)))
                    .collect();
                Val::Text(text.into())
            }
        }
    }

    fn object(&mut self, entries: &[Entry]) -> Val {
        let mut fields = Fields::default();
        for entry in entries {
            match entry {
                Entry::Named(name, value) => {
                    let value = self.value(value);
                    fields.set(name, value);
                }
                Entry::Spread(value) => match self.value(value) {
                    Val::Object(others) => {
                        for (name, value) in others.iter() {
                            fields.set(name, value.clone());
                        }
                    }
                    Val::Array(items) => {
                        for (at, value) in items.iter().enumerate() {
                            fields.set(&at.to_string(), value.clone());
                        }
                    }
                    Val::Text(text) => {
                        for (at, unit) in text.encode_utf16().enumerate() {
                            let value = Val::text(&String::from_utf16_lossy(&[unit]));
                            fields.set(&at.to_string(), value);
                        }
                    }
                    _ => {}
                },
            }
        }
        Val::Object(Rc::new(fields))
    }

    fn array(&mut self, items: &[Item]) -> Val {
        let mut values = Vec::new();
        for item in items {
            match item {
                Item::One(value) => values.push(self.value(value)),
                Item::Hole => values.push(Val::Undefined),
                Item::Spread(value) => match self.value(value) {
                    Val::Array(others) => values.extend(others.iter().cloned()),
                    // As the official compiler has it, what is no array is one element.
                    other => values.push(other),
                },
            }
        }
        Val::Array(Rc::new(values))
    }

    fn binary(&mut self, operator: Binary, left: &Expr, right: &Expr) -> Val {
        let left = self.value(left);
        match operator {
            Binary::And if !to_bool(&left) => return left,
            // The official compiler does not only pass over `undefined` and `null` with `??`.
            Binary::Or | Binary::Nullish if to_bool(&left) => return left,
            _ => {}
        }
        let right = self.value(right);
        let number =
            |run: fn(f64, f64) -> f64| Val::Number(run(to_number(&left), to_number(&right)));
        let bits = |run: fn(i32, i32) -> i32| {
            Val::Number(f64::from(run(to_int32(&left), to_int32(&right))))
        };
        let order = || compare(&left, &right);
        match operator {
            Binary::And | Binary::Or | Binary::Nullish => right,
            Binary::Times => number(|a, b| a * b),
            Binary::Divide => number(|a, b| a / b),
            Binary::Remainder => number(|a, b| a % b),
            Binary::Minus => number(|a, b| a - b),
            Binary::Plus => plus(&left, &right),
            Binary::ShiftLeft => bits(|a, b| a.wrapping_shl(b.cast_unsigned())),
            Binary::ShiftRight => bits(|a, b| a.wrapping_shr(b.cast_unsigned())),
            Binary::ShiftRightUnsigned => {
                let shift = to_int32(&right).cast_unsigned();
                Val::Number(f64::from(
                    to_int32(&left).cast_unsigned().wrapping_shr(shift),
                ))
            }
            Binary::BitAnd => bits(|a, b| a & b),
            Binary::BitXor => bits(|a, b| a ^ b),
            Binary::BitOr => bits(|a, b| a | b),
            Binary::Less => Val::Bool(order().is_some_and(std::cmp::Ordering::is_lt)),
            Binary::Greater => Val::Bool(order().is_some_and(std::cmp::Ordering::is_gt)),
            Binary::LessOrEqual => Val::Bool(order().is_some_and(std::cmp::Ordering::is_le)),
            Binary::GreaterOrEqual => Val::Bool(order().is_some_and(std::cmp::Ordering::is_ge)),
            // Templates see no classes.
            Binary::InstanceOf => Val::Bool(false),
            Binary::Equal => Val::Bool(equal(&left, &right)),
            Binary::NotEqual => Val::Bool(!equal(&left, &right)),
            Binary::Same => Val::Bool(same(&left, &right)),
            Binary::NotSame => Val::Bool(!same(&left, &right)),
        }
    }

    fn touch(&mut self, expr: &Expr, touched: &Touch, scopes: &[Touch]) -> Touch {
        match expr {
            Expr::Fixed(_) => Touch::None,
            Expr::Field(name) => touched.get(name),
            Expr::Scope(at) => scopes.get(*at).cloned().unwrap_or_default(),
            Expr::Member(owner, name) => self.touch(owner, touched, scopes).get(name),
            Expr::Index(owner, key) => {
                let own = self.touch(owner, touched, scopes);
                if self.touch(key, touched, scopes).is_touched() {
                    return Touch::All;
                }
                match own {
                    Touch::Paths(_) => {
                        let key = to_text(&self.value(key));
                        own.get(&key)
                    }
                    other => other,
                }
            }
            Expr::Cond(condition, yes, no) => {
                if self.touch(condition, touched, scopes).is_touched() {
                    return Touch::All;
                }
                let chosen = if to_bool(&self.value(condition)) {
                    yes
                } else {
                    no
                };
                self.touch(chosen, touched, scopes)
            }
            Expr::Object(entries) => self.touch_object(entries, touched, scopes),
            Expr::Array(items) => self.touch_array(items, touched, scopes),
            Expr::Call(function, arguments) => {
                let parts = std::iter::once(&**function).chain(arguments);
                self.touch_any(parts, touched, scopes)
            }
            Expr::Unary(_, value) => self.touch_any([&**value].into_iter(), touched, scopes),
            Expr::Binary(_, left, right) => {
                self.touch_any([&**left, &**right].into_iter(), touched, scopes)
            }
            Expr::Join(parts) => self.touch_any(parts.iter(), touched, scopes),
        }
    }

    fn touch_any<'e>(
        &mut self,
        mut parts: impl Iterator<Item = &'e Expr>,
        touched: &Touch,
        scopes: &[Touch],
    ) -> Touch {
        if parts.any(|part| self.touch(part, touched, scopes).is_touched()) {
            Touch::All
        } else {
            Touch::None
        }
    }

    fn touch_object(&mut self, entries: &[Entry], touched: &Touch, scopes: &[Touch]) -> Touch {
        let mut members: Vec<(Rc<str>, Touch)> = Vec::new();
        for entry in entries {
            match entry {
                Entry::Named(name, value) => {
                    let own = self.touch(value, touched, scopes);
                    members.retain(|(known, _)| known != name);
                    members.push((Rc::clone(name), own));
                }
                Entry::Spread(value) => match self.touch(value, touched, scopes) {
                    Touch::None => {}
                    Touch::All => return Touch::All,
                    Touch::Paths(parts) => {
                        for (name, own) in parts.iter() {
                            members.retain(|(known, _)| known != name);
                            members.push((Rc::clone(name), own.clone()));
                        }
                    }
                },
            }
        }
        Touch::of_members(members)
    }

    fn touch_array(&mut self, items: &[Item], touched: &Touch, scopes: &[Touch]) -> Touch {
        let mut members = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match item {
                Item::One(value) => {
                    members.push((at.to_string().into(), self.touch(value, touched, scopes)));
                }
                Item::Spread(value) if self.touch(value, touched, scopes).is_touched() => {
                    return Touch::All;
                }
                Item::Spread(_) | Item::Hole => {}
            }
        }
        Touch::of_members(members)
    }
}

fn unary(operator: Unary, value: &Val) -> Val {
    match operator {
        Unary::Not => Val::Bool(!to_bool(value)),
        Unary::BitNot => Val::Number(f64::from(!to_int32(value))),
        Unary::Plus => Val::Number(to_number(value)),
        Unary::Minus => Val::Number(-to_number(value)),
        Unary::TypeOf => Val::text(type_of(value)),
        Unary::Void => Val::Undefined,
    }
}

/// `owner.name`
fn member(owner: &Val, name: &str) -> Val {
    #[expect(clippy::cast_precision_loss, reason = "lengths are small")]
    match owner {
        Val::Object(fields) => fields.get(name).cloned().unwrap_or_default(),
        Val::Array(items) if name == "length" => Val::Number(items.len() as f64),
        Val::Text(text) if name == "length" => Val::Number(text.encode_utf16().count() as f64),
        Val::Array(items) => place(name)
            .and_then(|at| items.get(at).cloned())
            .unwrap_or_default(),
        Val::Text(text) => {
            let unit = place(name).and_then(|at| text.encode_utf16().nth(at));
            unit.map(|unit| Val::text(&String::from_utf16_lossy(&[unit])))
                .unwrap_or_default()
        }
        _ => Val::Undefined,
    }
}

/// The index that a key is: digits without a zero in front.
fn place(key: &str) -> Option<usize> {
    let at: usize = key.parse().ok()?;
    (at.to_string() == key).then_some(at)
}

/// `owner[key]`
fn index(owner: &Val, key: &Val) -> Val {
    if let (Val::Array(items), Val::Number(at)) = (owner, key) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and not negative"
        )]
        if at.fract() == 0.0 && *at >= 0.0 {
            return items.get(*at as usize).cloned().unwrap_or_default();
        }
    }
    member(owner, &to_text(key))
}

#[cfg(test)]
mod tests;

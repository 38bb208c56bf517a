use super::{eval, touch};
use crate::data_path::DataPath;
use crate::value::Callable;
use crate::view::Modules;
use crate::view::program::{Binary, Entry, Expr, Item, ModuleCode, Unary};
use crate::view::touch::Touch;
use crate::view::value::Val;

/// A module whose functions give their first argument back.
struct Echo;

impl Modules for Echo {
    fn call(&mut self, _: &Callable, arguments: &[Val]) -> Val {
        arguments.first().cloned().unwrap_or_default()
    }

    fn exports(&mut self, _: &ModuleCode, _: &str) -> Val {
        Val::Undefined
    }
}

fn field(name: &str) -> Expr {
    Expr::Field(name.into())
}

fn dot(owner: Expr, name: &str) -> Expr {
    Expr::Member(Box::new(owner), name.into())
}

fn fixed(value: impl Into<Val>) -> Expr {
    Expr::Fixed(value.into())
}

impl From<f64> for Val {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Val {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

fn data() -> Val {
    Val::object([
        ("n", Val::Number(3.0)),
        (
            "list",
            Val::array([Val::text("a"), Val::object([("x", Val::Number(7.0))])]),
        ),
        (
            "o",
            Val::object([("p", Val::Null), ("0", Val::text("zero"))]),
        ),
        ("text", Val::text("中文")),
    ])
}

fn value(expr: &Expr) -> Val {
    eval(expr, &data(), &[Val::Number(42.0)], &mut Echo)
}

fn binary(left: impl Into<Val>, operator: Binary, right: impl Into<Val>) -> Val {
    value(&Expr::Binary(
        operator,
        Box::new(fixed(left)),
        Box::new(fixed(right)),
    ))
}

#[test]
fn members_of_missing_values_are_undefined() {
    assert_eq!(value(&dot(dot(field("none"), "a"), "b")), Val::Undefined);
    assert_eq!(value(&dot(dot(field("o"), "p"), "q")), Val::Undefined);
    assert_eq!(value(&dot(field("list"), "length")), Val::Number(2.0));
    assert_eq!(value(&dot(field("text"), "length")), Val::Number(2.0));
    let at = |owner: &str, key: Expr| value(&Expr::Index(Box::new(field(owner)), Box::new(key)));
    assert_eq!(at("list", fixed(0.0)), Val::text("a"));
    assert_eq!(at("list", fixed("0")), Val::text("a"));
    assert_eq!(at("list", fixed(-1.0)), Val::Undefined);
    assert_eq!(at("o", fixed(0.0)), Val::text("zero"));
    assert_eq!(at("text", fixed(1.0)), Val::text("文"));
    assert_eq!(value(&Expr::Scope(0)), Val::Number(42.0));
    assert_eq!(value(&Expr::Scope(9)), Val::Undefined);
}

#[test]
fn operators_are_those_of_scripts() {
    assert_eq!(binary(7.0, Binary::Remainder, -4.0), Val::Number(3.0));
    assert_eq!(binary("3", Binary::Times, "4"), Val::Number(12.0));
    assert_eq!(binary(1.0, Binary::Plus, "1"), Val::text("11"));
    assert_eq!(binary(1.0, Binary::ShiftLeft, 33.0), Val::Number(2.0));
    assert_eq!(
        binary(-1.0, Binary::ShiftRightUnsigned, 0.0),
        Val::Number(4_294_967_295.0)
    );
    assert_eq!(binary(5.0, Binary::BitAnd, 6.0), Val::Number(4.0));
    assert_eq!(binary("b", Binary::Greater, "a"), Val::Bool(true));
    assert_eq!(binary("x", Binary::LessOrEqual, 1.0), Val::Bool(false));
    assert_eq!(binary("1", Binary::Equal, 1.0), Val::Bool(true));
    assert_eq!(binary("1", Binary::Same, 1.0), Val::Bool(false));
    assert_eq!(binary(Val::Null, Binary::Nullish, "d"), Val::text("d"));
    assert_eq!(binary("a", Binary::Nullish, "d"), Val::text("a"));
    assert_eq!(
        binary(0.0, Binary::Nullish, "d"),
        Val::text("d"),
        "as the official compiler has it"
    );
    assert_eq!(binary("", Binary::Or, "d"), Val::text("d"));
    assert_eq!(binary("", Binary::And, "d"), Val::text(""));
    let unary = |operator, own: Val| value(&Expr::Unary(operator, Box::new(Expr::Fixed(own))));
    assert_eq!(unary(Unary::Not, Val::text("")), Val::Bool(true));
    assert_eq!(unary(Unary::BitNot, Val::Number(5.0)), Val::Number(-6.0));
    assert_eq!(unary(Unary::TypeOf, Val::Null), Val::text("object"));
    assert_eq!(unary(Unary::Minus, Val::text("2")), Val::Number(-2.0));
}

#[test]
fn literals_and_texts_are_put_together() {
    let object = Expr::Object(vec![
        Entry::Spread(field("o")),
        Entry::Named("n".into(), field("n")),
        Entry::Spread(field("none")),
    ]);
    let Val::Object(fields) = value(&object) else {
        panic!("an object");
    };
    let names: Vec<&str> = fields.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["p", "0", "n"]);
    let array = Expr::Array(vec![
        Item::Spread(field("list")),
        Item::Hole,
        Item::One(field("n")),
    ]);
    let Val::Array(items) = value(&array) else {
        panic!("an array");
    };
    assert_eq!(items.len(), 4);
    let kept = Expr::Array(vec![
        Item::Spread(fixed("ab")),
        Item::Spread(fixed(Val::Null)),
    ]);
    assert_eq!(value(&kept), Val::array([Val::text("ab"), Val::Null]));
    let letters = Expr::Object(vec![Entry::Spread(fixed("ab"))]);
    assert_eq!(
        value(&letters),
        Val::object([("0", Val::text("a")), ("1", Val::text("b"))])
    );
    let join = Expr::Join(vec![
        fixed("a"),
        field("none"),
        fixed(Val::Null),
        field("n"),
    ]);
    assert_eq!(value(&join), Val::text("a3"));
}

#[test]
fn only_functions_are_called() {
    let function = Val::Function(Callable::named("f"));
    let call = |function: Val| value(&Expr::Call(Box::new(fixed(function)), vec![field("n")]));
    assert_eq!(call(function), Val::Number(3.0));
    assert_eq!(call(Val::text("f")), Val::Undefined);
}

#[test]
fn touches_follow_the_parts_that_are_read() {
    let path = |text: &str| DataPath::parse(text).expect("a path").segments().to_vec();
    let touched = Touch::of_paths(&[path("list[1].x"), path("n")]);
    let of = |expr: &Expr| {
        touch(
            expr,
            &data(),
            &[Val::Null],
            &touched,
            &[Touch::None],
            &mut Echo,
        )
    };
    assert_eq!(of(&field("n")), Touch::All);
    assert_eq!(of(&field("text")), Touch::None);
    let at = |key: Expr| Expr::Index(Box::new(field("list")), Box::new(key));
    assert!(!of(&at(fixed(0.0))).is_touched());
    assert_eq!(of(&dot(at(fixed(1.0)), "x")), Touch::All);
    assert_eq!(of(&at(field("n"))), Touch::All, "the key was touched");
    let template_data = Expr::Object(vec![
        Entry::Named("a".into(), field("text")),
        Entry::Named("b".into(), field("list")),
    ]);
    let own = of(&template_data);
    assert!(!own.get("a").is_touched());
    assert_eq!(own.get("b").get("1").get("x"), Touch::All);
    let chosen = Expr::Cond(
        Box::new(fixed(1.0)),
        Box::new(field("text")),
        Box::new(field("n")),
    );
    assert_eq!(of(&chosen), Touch::None);
    let sum = Expr::Binary(Binary::Plus, Box::new(field("text")), Box::new(field("n")));
    assert_eq!(of(&sum), Touch::All);
    assert_eq!(
        of(&Expr::Call(Box::new(Expr::Scope(0)), vec![field("n")])),
        Touch::All
    );
}

//! A page with a list of a thousand rows: first rendering and updates.

use std::fmt::Write as _;

use criterion::Criterion;
use wxsim::package::MemoryFiles;

use super::projects::Program;
use super::{fresh, steps};

/// Rows of the list.
const ROWS: usize = 1_000;

/// A row as elements of the page.
const ELEMENTS: &str = "\
<view class=\"row\" wx:for=\"{{rows}}\" wx:key=\"id\" data-id=\"{{item.id}}\" bindtap=\"open\">
  <text class=\"title {{item.done ? 'done' : ''}}\">{{item.text}}</text>
  <text>{{index}}</text>
</view>
<view>{{other}}</view>";

/// A row as a component with three properties.
const COMPONENTS: &str = "\
<x-row wx:for=\"{{rows}}\" wx:key=\"id\" number=\"{{index}}\" done=\"{{item.done}}\" text=\"{{item.text}}\"/>
<view>{{other}}</view>";

/// Updates of the page, by the name of its method.
const UPDATES: [(&str, &str); 5] = [
    ("one row", "one"),
    ("all rows", "all"),
    ("a key that no row reads", "unrelated"),
    ("rows in reverse", "reverse"),
    ("gesture that does nothing", "nothing"),
];

/// The list in both forms.
pub(crate) fn lists(criterion: &mut Criterion) {
    for (form, template) in [("elements", ELEMENTS), ("components", COMPONENTS)] {
        let mut group = criterion.benchmark_group(format!("list of {form}"));
        for rows in [0, ROWS] {
            let program = list(template, rows);
            group.bench_function(format!("start with {rows} rows"), |bencher| {
                fresh(bencher, || program.launched());
            });
        }
        for (name, method) in UPDATES {
            steps(&mut group, name, method, list(template, ROWS).launched());
        }
        group.finish();
    }
}

fn list(template: &str, rows: usize) -> Program {
    let mut script = String::new();
    let _ = write!(
        script,
        r"
const row = (n) => ({{ id: n, text: 'row ' + n, done: false }})
const rows = []
for (let n = 0; n < {rows}; n += 1) rows.push(row(n))
let turn = 0

Page({{
  data: {{ rows, other: 0 }},
  open() {{}},
  nothing() {{}},
  one() {{ this.setData({{ 'rows[500].done': !this.data.rows[500].done }}) }},
  all() {{
    turn += 1
    this.setData({{ rows: this.data.rows.map(({{ id }}) => ({{ id, text: 'row ' + id + ' ' + turn, done: turn % 2 === 0 }})) }})
  }},
  unrelated() {{ this.setData({{ other: this.data.other + 1 }}) }},
  reverse() {{ this.setData({{ rows: this.data.rows.slice().reverse() }}) }},
}})
"
    );
    let component = "Component({ properties: { number: Number, done: Boolean, text: String } })";
    Program::load(MemoryFiles::new([
        ("app.json", r#"{ "pages": ["pages/a/a"] }"#.to_owned()),
        ("app.js", "App({})".to_owned()),
        (
            "pages/a/a.json",
            r#"{ "usingComponents": { "x-row": "/row/row" } }"#.to_owned(),
        ),
        ("pages/a/a.js", script),
        ("pages/a/a.wxml", template.to_owned()),
        ("row/row.json", r#"{ "component": true }"#.to_owned()),
        ("row/row.js", component.to_owned()),
        (
            "row/row.wxml",
            "<view class=\"row\"><text class=\"title {{done ? 'done' : ''}}\">{{text}}</text><text>{{number}}</text></view>".to_owned(),
        ),
    ]))
}

//! A page with a list of a thousand rows (`list/`): first rendering and updates.
//!
//! `peers/view.mjs` runs the same program in the official framework and in miniprogram-simulate.

use criterion::Criterion;
use wxsim::package::MemoryFiles;

use super::projects::Program;
use super::{fresh, steps};

/// The rows as elements of the page, and as a component with three properties.
const FORMS: [(&str, &str); 2] = [
    ("elements", include_str!("list/elements.wxml")),
    ("components", include_str!("list/components.wxml")),
];

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
    for (form, template) in FORMS {
        let mut group = criterion.benchmark_group(format!("list of {form}"));
        for rows in [0, 1_000] {
            let program = list(template, rows);
            group.bench_function(format!("start with {rows} rows"), |bencher| {
                fresh(bencher, || program.launched());
            });
        }
        for (name, method) in UPDATES {
            steps(&mut group, name, method, list(template, 1_000).launched());
        }
        group.finish();
    }
}

fn list(template: &str, rows: usize) -> Program {
    let script = include_str!("list/page.js").replace("ROWS = 1000", &format!("ROWS = {rows}"));
    let using = r#"{ "usingComponents": { "x-row": "/row/row" } }"#;
    let text = |text: &str| text.to_owned();
    Program::load(MemoryFiles::new([
        ("app.json", text(r#"{ "pages": ["pages/a/a"] }"#)),
        ("app.js", text("App({})")),
        ("pages/a/a.json", text(using)),
        ("pages/a/a.js", script),
        ("pages/a/a.wxml", text(template)),
        ("row/row.json", text(r#"{ "component": true }"#)),
        ("row/row.js", text(include_str!("list/row.js"))),
        ("row/row.wxml", text(include_str!("list/row.wxml"))),
    ]))
}

//! `wxsim convert` and `wxsim schema`.

#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files of their own"
)]

use std::fs;

use tempfile::tempdir;

use crate::support::{Wxsim, hello};

#[test]
fn a_flow_becomes_a_test_and_a_run_becomes_a_flow() {
    let folder = tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    fs::write(path("a.flow.yaml"), "name: a\nsteps:\n  - tap: \"#b\"\n").expect("a file");
    let printed = Wxsim::new()
        .args(&["convert", &path("a.flow.yaml")])
        .finishes(0);
    printed.prints(&[
        "test('a', async ({ app, user }) => {",
        "  await user.tap('#b');",
    ]);

    let run = Wxsim::run(hello()).step("back").json().ends();
    fs::write(path("run.jsonl"), &run.stdout).expect("a file");
    let out = path("b.flow.yaml");
    let arguments = [
        "convert",
        &path("run.jsonl"),
        "--app",
        "../hello",
        "--name",
        "b",
        "-o",
        &out,
    ];
    Wxsim::new().args(&arguments).finishes(0);
    let flow = fs::read_to_string(&out).expect("the flow");
    assert!(
        flow.starts_with("name: b\nuse: { app: \"../hello\", "),
        "{flow}"
    );
    assert!(flow.contains("\n  - back\n"), "{flow}");
    Wxsim::new()
        .args(&["convert", &out, "--to", "yaml"])
        .finishes(0)
        .prints(&[flow.as_str()]);
    Wxsim::new()
        .args(&["convert", "-", "--to", "js"])
        .typed(&run.stdout)
        .finishes(0)
        .prints(&["await user.back();"]);
}

#[test]
fn what_cannot_be_converted_says_what_can() {
    let folder = tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let convert = |name: &str| Wxsim::new().args(&["convert", &path(name)]).finishes(2);
    convert("a.test.js").complains(&["--export-flow FILE"]);
    convert("none.flow.yaml").complains(&["none.flow.yaml", "name a flow"]);
    fs::write(
        path("a.flow.yaml"),
        "name: a\nsteps:\n  - tpa: \"#b\"\n  - fly\n",
    )
    .expect("a file");
    convert("a.flow.yaml").complains(&[
        "`tpa` is no verb",
        "a.flow.yaml:3:5",
        "did you mean `tap`?",
        "`fly` is no verb",
    ]);
    fs::write(path("a.jsonl"), "{\"type\":\"diagnostic\"}\n{}\n").expect("a file");
    convert("a.jsonl").complains(&["a.jsonl:2", "no entry of a trace"]);
    fs::write(path("b.jsonl"), "\n").expect("a file");
    convert("b.jsonl").complains(&["the trace is empty"]);
    let named = ["convert", &path("a.flow.yaml"), "--name", "b"];
    Wxsim::new()
        .args(&named)
        .finishes(2)
        .complains(&["--app and --name are for traces"]);
}

#[test]
fn the_schema_is_that_of_the_documentation() {
    let printed = Wxsim::new().arg("schema").finishes(0).stdout;
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/flow.schema.json");
    assert_eq!(printed, fs::read_to_string(page).expect("the schema"));
}

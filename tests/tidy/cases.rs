//! The sections of a Markdown case.

/// Reports a case without title, script or trace, with two of them, or with an open block.
///
/// A case is a title, prose, and fenced blocks: `js` and `trace`, perhaps `toml`, `sh` and others.
/// Several `js` blocks are fine when all but one name their file in the first line.
pub(super) fn check(path: &str, text: &str) -> Vec<String> {
    if path.ends_with("/README.md") || path == "tests/cases/matrix.md" {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut titles = 0;
    let mut blocks: Vec<(&str, usize)> = Vec::new();
    let mut named = 0;
    let mut open = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => {
                blocks.push((info.split_whitespace().next().unwrap_or_default(), 0));
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => {
                if let Some((info, lines)) = blocks.last_mut() {
                    *lines += 1;
                    let names_file = *lines == 1 && line.starts_with("// file: ");
                    named += usize::from(names_file && *info == "js");
                }
            }
            (None, false) => titles += usize::from(line.starts_with("# ")),
        }
    }
    if open {
        findings.push(format!("{path}: the last block is not closed"));
    }
    if titles != 1 || !text.starts_with("# ") {
        findings.push(format!(
            "{path}: starts with one title `# …`, the only one of its level"
        ));
    }
    let scripts = blocks.iter().filter(|(info, _)| *info == "js").count();
    for (kind, advice) in [("js", "the script"), ("trace", "bless it, then read it")] {
        match blocks
            .iter()
            .filter(|(info, _)| *info == kind)
            .collect::<Vec<_>>()[..]
        {
            [] => findings.push(format!("{path}: no ```{kind} block: {advice}")),
            [(_, 0)] => findings.push(format!("{path}: the ```{kind} block is empty: {advice}")),
            [_] => {}
            // Scripts that name their file, and at most one that does not.
            [..] if kind == "js" && scripts <= named + 1 => {}
            _ => findings.push(format!("{path}: more than one ```{kind} block")),
        }
    }
    findings
}

#[test]
fn a_case_without_one_of_its_sections_is_reported() {
    let good = "# A title\n\nProse.\n\n```toml\nseed = 1\n```\n\n```js\n# no title\n```\n\n```trace\nok\n```\n";
    assert_eq!(check("tests/cases/a.md", good), Vec::<String>::new());
    for (cut, with) in [
        ("# A title", "A title"),
        ("Prose.", "# Another title"),
        ("```js\n", "```javascript\n"),
        ("```trace\nok\n", "```trace\n"),
        ("```trace\n", "```text\n"),
        ("```trace\nok\n```", "```trace\nok\n"),
        ("```toml\nseed = 1\n```", "```js\n1\n```"),
    ] {
        assert_eq!(
            check("tests/cases/a.md", &good.replace(cut, with)).len(),
            1,
            "{cut:?}"
        );
    }
    let more = "```js\n// file: a.js\n1\n```\n\n```js\n";
    let with_file = good.replace("```js\n", more);
    assert_eq!(check("tests/cases/a.md", &with_file), Vec::<String>::new());
    assert!(check("tests/cases/README.md", "About the cases.").is_empty());
}

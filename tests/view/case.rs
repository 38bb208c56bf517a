//! Reading the case files: Markdown with the files of a program, steps and records.

use std::collections::BTreeMap;

/// One case.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Case<'t> {
    /// Its title.
    pub(super) title: &'t str,
    /// Files by path.
    pub(super) files: BTreeMap<&'t str, &'t str>,
    /// Steps after the start.
    pub(super) steps: Vec<&'t str>,
    /// What the official framework shows.
    pub(super) record: Option<&'t str>,
    /// Name of the deliberate difference.
    pub(super) difference: Option<&'t str>,
    /// What wxsim shows instead.
    pub(super) wxsim: Option<&'t str>,
}

/// The cases of a file: from each title to the next; those without files are only titles.
pub(super) fn read(markdown: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        let end = at + line.len();
        let text = line.trim_end();
        match (text.strip_prefix("```"), open) {
            (Some(info), None) => open = Some((info, end)),
            (Some(_), Some((info, start))) => {
                if let Some(case) = cases.last_mut() {
                    take(case, info, &markdown[start..at]);
                }
                open = None;
            }
            (None, None) => {
                if let Some(title) = text.strip_prefix("# ").or_else(|| text.strip_prefix("## ")) {
                    cases.push(Case {
                        title,
                        ..Case::default()
                    });
                } else if let (Some(case), Some(name)) =
                    (cases.last_mut(), text.strip_prefix("Difference: "))
                {
                    case.difference = Some(name);
                }
            }
            (None, Some(_)) => {}
        }
        at = end;
    }
    cases.retain(|case| !case.files.is_empty());
    cases
}

fn take<'t>(case: &mut Case<'t>, info: &'t str, text: &'t str) {
    let mut words = info.split_whitespace();
    match (words.next(), words.next()) {
        (Some("steps"), None) => {
            case.steps = text.lines().filter(|line| !line.is_empty()).collect();
        }
        (Some("record"), None) => case.record = Some(text),
        (Some("wxsim"), None) => case.wxsim = Some(text),
        (_, Some(path)) => {
            case.files.insert(path, text);
        }
        _ => {}
    }
}

#[test]
fn a_case_has_files_steps_and_records() {
    let text = "# All\n\nWhy.\n\n## One\n\n```wxml page.wxml\n<a />\n```\n\n```steps\ntap a\n\n```\n\n```record\nx\n```\n\nDifference: why\n\n```wxsim\ny\n```\n";
    let wanted = Case {
        title: "One",
        files: BTreeMap::from([("page.wxml", "<a />\n")]),
        steps: vec!["tap a"],
        record: Some("x\n"),
        difference: Some("why"),
        wxsim: Some("y\n"),
    };
    assert_eq!(read(text), [wanted]);
}

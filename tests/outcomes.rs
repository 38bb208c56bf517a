//! Every failure of every row is shown: by a case of `tests/cases`, or by an example of the row.
//!
//! The traces are read as they stand in the files, which another test holds to what happens. A
//! failure counts for the very API whose call or return the line is of.
#![allow(
    clippy::disallowed_methods,
    reason = "reads the case files, which the program does not"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use wxsim::api::rows;
use wxsim::errmsg::{self, Reason};
use wxsim::profile::{Date, Platform, Profile};
use wxsim::report::api::{failures, sample};
use wxsim::spec::{ApiSpec, own_name};
use wxsim::version::Version;

/// Failures by the name of the API; by the name that they begin with where the call is not shown.
type Shown = BTreeMap<String, BTreeSet<String>>;

/// The number of a call in `… #3` or `… #3 {…}`: the text before, the number.
fn numbered(line: &str) -> Option<(&str, u32)> {
    line.match_indices(" #").find_map(|(at, _)| {
        let digits: &str = &line[at + 2..];
        let end = digits.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = digits.split_at(end.unwrap_or(digits.len()));
        let ends = rest.is_empty() || rest.starts_with(' ');
        number
            .parse()
            .ok()
            .filter(|_| ends)
            .map(|it| (&line[..at], it))
    })
}

/// `wx.login` and `Class.method @1` as the rows have them.
fn row_name(shown: &str) -> &str {
    let name = shown.split(" @").next().unwrap_or(shown);
    name.strip_prefix("wx.").unwrap_or(name)
}

/// Collects the failures that a trace shows.
fn read_trace(trace: &str, shown: &mut Shown) {
    let mut calls = BTreeMap::new();
    for line in trace.lines() {
        // Ten characters of time and two blanks stand before.
        let line = line.get(9..).unwrap_or_default().trim_start();
        if let Some(rest) = line.strip_prefix("→ ") {
            if let Some((name, number)) = numbered(rest) {
                calls.insert(number, row_name(name).to_owned());
            }
        } else if let Some(rest) = line.strip_prefix("← ") {
            if let Some((text, number)) = numbered(rest) {
                let begins = text.split(':').next().unwrap_or_default().to_owned();
                let api = calls.get(&number).cloned().unwrap_or(begins);
                shown.entry(api).or_default().insert(text.to_owned());
            }
        } else if let Some(rest) = line.strip_prefix("· ") {
            let (Some((name, _)), Some((_, result))) =
                (rest.split_once('('), rest.rsplit_once(" = "))
            else {
                continue;
            };
            let text = serde_json::from_str(result)
                .unwrap_or_else(|_| result.trim_matches('"').to_owned());
            shown
                .entry(row_name(name).to_owned())
                .or_default()
                .insert(text);
        }
    }
}

/// The trace blocks of all cases.
fn traces(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of cases") {
        let path = entry.expect("an entry of it").path();
        if path.is_dir() {
            traces(&path, found);
        } else if path.extension().is_some_and(|end| end == "md") {
            let text = fs::read_to_string(&path).expect("a case that was just listed");
            let trace = text.split("```trace\n").nth(1);
            found.extend(
                trace
                    .and_then(|rest| rest.split("```").next())
                    .map(str::to_owned),
            );
        }
    }
}

/// Every failure that a case or an example shows.
fn shown() -> Shown {
    let mut shown = Shown::new();
    let mut found = Vec::new();
    traces(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"),
        &mut found,
    );
    for trace in &found {
        read_trace(trace, &mut shown);
    }
    for row in rows().map(|api| api.spec) {
        let replies = row
            .examples
            .iter()
            .flat_map(|example| example.replies.lines());
        let own = replies.filter(|reply| reply.split(':').next() == Some(row.own_name()));
        shown
            .entry(row.name.to_owned())
            .or_default()
            .extend(own.map(str::to_owned));
    }
    shown
}

/// Whether a text is the pattern, in which `…` stands for anything; the trace cuts long texts.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('…');
    let start = parts.next().unwrap_or_default();
    if let Some(cut) = text.strip_suffix('…') {
        return cut.starts_with(start) || start.starts_with(cut);
    }
    let Some(mut rest) = text.strip_prefix(start) else {
        return false;
    };
    let mut exact = true;
    for part in parts {
        exact = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !pattern.contains('…') && rest.is_empty() || pattern.contains('…') && (exact || rest.is_empty())
}

/// The texts of a failure on the platforms and in the years that have their own.
fn texts(row: &ApiSpec, reason: &Reason) -> BTreeSet<String> {
    let on = |platform| Profile {
        platform,
        ..Profile::default()
    };
    let old = Profile {
        sdk: Version(2, 4, 0),
        ..Profile::on(Date::new(2018, 6, 4))
    };
    let profiles = [
        Profile::default(),
        on(Platform::Android),
        on(Platform::Devtools),
        Profile {
            platform: Platform::Android,
            ..old.clone()
        },
        old,
    ];
    let name = row.own_name();
    let texts = profiles
        .iter()
        .map(|it| errmsg::fail(name, &sample(reason), it));
    texts.collect()
}

/// Failures that no case can show, and why: the row, the words.
const UNSHOWABLE: &[(&str, &str, &str)] = &[
    // The trace would have 1024 lines of open files.
    (
        "FileSystemManager.open",
        "excced max concurrent fd limit",
        "1024 open files",
    ),
    (
        "FileSystemManager.openSync",
        "excced max concurrent fd limit",
        "1024 open files",
    ),
];

/// The failures of a row that nothing shows.
fn unshown(row: &ApiSpec, shown: &Shown) -> Vec<String> {
    let of = |name: &str| shown.get(name).into_iter().flatten();
    let own: Vec<&String> = of(row.name).chain(of(own_name(row.name))).collect();
    let is_shown = |reason: &Reason| {
        let texts = texts(row, reason);
        own.iter()
            .any(|it| texts.iter().any(|text| is_like(it, text)))
    };
    let all = failures(row);
    let missing = all.iter().filter(|reason| match reason {
        // Words of a rule are whatever no other failure of the row says.
        Reason::Network(_) => {
            let others = all.iter().filter(|it| !matches!(it, Reason::Network(_)));
            let others: Vec<_> = others.flat_map(|it| texts(row, it)).collect();
            let begins = format!("{}:fail", row.own_name());
            !own.iter()
                .any(|it| it.starts_with(&begins) && !others.iter().any(|text| is_like(it, text)))
        }
        reason => !is_shown(reason),
    });
    let first = |reason| texts(row, reason).pop_first().unwrap_or_default();
    missing
        .map(|it| format!("{}: {}", row.name, first(it)))
        .collect()
}

#[test]
fn every_failure_of_every_row_is_shown() {
    let shown = shown();
    let unshown: Vec<String> = rows().flat_map(|api| unshown(api.spec, &shown)).collect();
    let known: BTreeSet<String> = UNSHOWABLE
        .iter()
        .map(|(row, words, _)| format!("{row}: {}:fail {words}", own_name(row)))
        .collect();
    let found: BTreeSet<String> = unshown.iter().cloned().collect();
    let shown_now: Vec<&String> = known.difference(&found).collect();
    assert!(
        shown_now.is_empty(),
        "take these from the list, they are shown: {shown_now:?}"
    );
    let unshown: Vec<String> = unshown
        .into_iter()
        .filter(|it| !known.contains(it))
        .collect();
    assert!(
        unshown.is_empty(),
        "{} failures are in no case and no example: add cases to tests/cases, or take what cannot \
         happen from the rows:\n{}",
        unshown.len(),
        unshown.join("\n")
    );
}

#[test]
fn a_failure_that_no_trace_shows_is_seen() {
    const ROW: ApiSpec = ApiSpec {
        name: "Thing.do",
        fails: &[
            Reason::Cancel,
            Reason::Timeout,
            Reason::InvalidValue("size", String::new()),
            Reason::Network(String::new()),
        ],
        ..ApiSpec::ASYNC
    };
    let mut shown = Shown::new();
    let trace = "    0.050  → Thing.do @1 #3 {a: 1}\n    0.060  ← do:fail invalid size \"9\" #3\n    \
                 0.050  → Other.do @2 #4\n    0.070  ← do:fail timeout #4\n    \
                 0.070  · Thing.do @1(\"a = b\") = \"do:fail cancel\"\n";
    read_trace(trace, &mut shown);
    assert_eq!(
        unshown(&ROW, &shown),
        [
            "Thing.do: do:fail timeout",
            "Thing.do: do:fail the words of the rule"
        ]
    );
    read_trace(
        "    0.050  → Thing.do @1 #5\n    0.060  ← do:fail errcode:-1 #5 {errno: 5}",
        &mut shown,
    );
    assert_eq!(unshown(&ROW, &shown), ["Thing.do: do:fail timeout"]);
}

use super::{Shelf, compiled, dump};
use crate::diagnostic::Diagnostic;
use crate::view::template::Library;
use crate::view::template::limits::{BRACKET_NESTING_MAX, OPERATORS_MAX, TAG_NESTING_MAX};

/// Runs with as much stack as a worker has; the unoptimized parser needs more than a test thread's.
#[expect(
    clippy::disallowed_methods,
    reason = "a test cannot choose the stack of its own thread"
)]
fn with_stack(body: impl FnOnce() + Send + 'static) {
    let large = std::thread::Builder::new().stack_size(64 << 20);
    large
        .spawn(body)
        .expect("a thread")
        .join()
        .expect("no panic");
}

/// Texts with what is told of them, from the place on.
const COMPLAINTS: &[(&str, &str)] = &[
    ("<view", "1:1: error: the tag has no `>`"),
    ("a\n <view>", "2:3: warning: the tag is never closed"),
    ("</view>", "1:1: warning: the end tag closes nothing"),
    ("&nosuch;", "1:1: error: there is no character of that name"),
    ("<!doctype>", "1:1: note: a tag with `<!` is left out"),
    (
        "<a on:tap=\"x\"/>",
        "1:4: warning: the attribute is left out",
    ),
    (
        "<a b=\"1\" b=\"2\"/>",
        "1:10: warning: the attribute is there twice",
    ),
    ("<a wx:else/>", "1:4: warning: no wx:if stands before this"),
    (
        "<block hidden/>",
        "1:8: warning: the attribute means nothing on this tag",
    ),
    ("<a b=c/>", "1:6: warning: the value has no quotes"),
    (
        "<a wx:for-items=\"{{x}}\"/>",
        "1:4: warning: this attribute is old",
    ),
    (
        "<a wx:for=\"{{x}}\" wx:key=\"{{y}}\"/>",
        "1:27: warning: this attribute takes no {{ }}",
    ),
    ("<slot>t</slot>", "1:7: warning: the tag takes no content"),
    ("<wxs>x</wxs>", "1:2: error: the name is missing"),
    ("<include/>", "1:2: error: `src` is missing"),
    ("{{ a b }}", "1:6: error: the expression cannot be read"),
    ("{{ a", "1:1: error: the expression has no }}"),
    ("{{ }}", "1:4: warning: the expression is empty"),
    ("名{{ a[1 }}", "1:9: error: a ] is missing"),
    ("{{ (a }}", "1:7: error: a ) is missing"),
    (
        "{{ a ? b }}",
        "1:10: error: the condition has no second branch",
    ),
    (
        "<a class:b class=\"{{c}}\"/>",
        "1:21: error: `class` does not go together",
    ),
    (
        "<a style:b=\"c\" style=\"{{c}}\"/>",
        "1:25: error: `style` does not go together",
    ),
    (
        "<a wx:if=\"{{x}}\" let:b=\"{{c}}\"/>",
        "1:18: error: this attribute and wx:if",
    ),
];

#[test]
fn every_complaint_has_its_place_and_advice() {
    for (text, expected) in COMPLAINTS {
        let (_, findings) = compiled(text);
        let expected = format!("pages/a/a.wxml:{expected}");
        assert!(findings.contains(&expected), "{text}\n{findings}");
        assert!(
            findings.lines().all(|line| line.ends_with(')')),
            "advice: {findings}"
        );
    }
}

#[test]
fn a_finding_quotes_the_line() {
    let mut library = Library::default();
    let shelf = Shelf::of(&[("a.wxml", "<a/>\n  <b>{{ x y }}</b>\n")]);
    shelf.program(&mut library, "a.wxml");
    let findings = library.take_findings();
    let place = findings[0].place.as_ref().expect("a place");
    assert_eq!((place.line, place.column), (2, 11));
    assert_eq!(place.source_line, "  <b>{{ x y }}</b>");
    assert_eq!(library.take_findings(), [], "told once");
}

#[test]
fn a_mistake_leaves_the_rest_as_it_is() {
    let (program, _) = compiled("<a b=\"{{ x y }}\" c=\"{{d}}\">{{ 1 + }}t<e></a>u");
    assert_eq!(
        dump::body(&program),
        "<a b=\"\" c=d>\n  \"t\"\n  <e>\n\"u\"\n"
    );
}

#[test]
fn files_that_are_not_there_are_told_where_they_are_named() {
    let mut library = Library::default();
    let shelf = Shelf::of(&[(
        "p/a.wxml",
        "<import src=\"x\"/>\n<include src=\"/y.wxml\"/>\n<wxs module=\"m\" src=\"../z.wxs\"/>",
    )]);
    shelf.program(&mut library, "p/a.wxml");
    let told: Vec<String> = library
        .take_findings()
        .iter()
        .map(Diagnostic::to_string)
        .collect();
    let advice = "(create it, or correct the path: it is relative to this file's folder)";
    assert_eq!(
        told,
        [
            format!("p/a.wxml:1:14: error: the imported file p/x.wxml does not exist {advice}"),
            format!("p/a.wxml:2:15: error: the included file y.wxml does not exist {advice}"),
            format!("p/a.wxml:3:22: error: the module's file z.wxs does not exist {advice}"),
        ]
    );
    assert!(shelf.program(&mut library, "q.wxml").is_none());
}

#[test]
fn a_file_that_includes_itself_is_cut_off() {
    let mut library = Library::default();
    let shelf = Shelf::of(&[
        ("a.wxml", "1<include src=\"b\"/>"),
        ("b.wxml", "2<include src=\"a\"/>3<include src=\"b\"/>"),
    ]);
    let a = shelf.program(&mut library, "a.wxml").expect("there");
    let b = shelf.program(&mut library, "b.wxml").expect("there");
    assert_eq!(dump::body(&a), "\"1\"\ninclude b.wxml\n");
    assert_eq!(dump::body(&b), "\"2\"\n\"3\"\n");
    let told: Vec<String> = library
        .take_findings()
        .iter()
        .map(Diagnostic::to_string)
        .collect();
    assert!(
        told[0].starts_with("b.wxml:1:16: error: a.wxml includes itself"),
        "{told:?}"
    );
    assert!(
        told[1].starts_with("b.wxml:1:35: error: b.wxml includes itself"),
        "{told:?}"
    );
    assert_eq!(told.len(), 2);
}

#[test]
fn what_the_parser_cannot_survive_is_refused() {
    for (text, expected) in [
        (
            "<a>".repeat(TAG_NESTING_MAX + 1),
            "1:769: error: tags are nested more than 256",
        ),
        (
            "<a>".repeat(300_000),
            "1:769: error: tags are nested more than 256",
        ),
        (
            format!("{{{{{}", "(".repeat(100_000)),
            "1:67: error: brackets are nested",
        ),
        (
            format!("<a b=\"{{{{{}", "a+".repeat(100_000)),
            "error: a value has more than 2000",
        ),
        ("{{a}}".repeat(100_000), "error: a value has more than 2000"),
        (
            "{{ 0xz }}".to_owned(),
            "1:4: error: a number that begins with 0x",
        ),
        (
            "<a b={{0x1g}}/>".to_owned(),
            "1:8: error: a number that begins with 0x",
        ),
        (
            "{{ 0xfffffffffffffffffff }}".to_owned(),
            "1:4: error: a hexadecimal or octal",
        ),
        (
            "{{ 07777777777777777777777 }}".to_owned(),
            "1:4: error: a hexadecimal or octal",
        ),
    ] {
        let (program, findings) = compiled(&text);
        assert_eq!(program.body.len(), 0);
        assert!(findings.contains(expected), "{findings}");
        assert_eq!(findings.lines().count(), 1, "{findings}");
    }
}

#[test]
fn what_is_just_within_the_limits_is_read() {
    with_stack(|| {
        for text in [
            "<a>".repeat(TAG_NESTING_MAX) + &"</a>".repeat(TAG_NESTING_MAX),
            "<a><b>t</a>".repeat(TAG_NESTING_MAX * 2),
            "<!-- <a> -->".repeat(TAG_NESTING_MAX * 2),
            "<a b=\"<c>\" d='>' e='{{ \"<f>\" }}'/>".repeat(TAG_NESTING_MAX * 2),
            format!(
                "<wxs module=\"m\">{}</wxs>",
                "i<n;((".repeat(TAG_NESTING_MAX * 2)
            ),
            "{{ a <b }} ".repeat(500),
            format!(
                "{{{{{}a{}}}}}",
                "(".repeat(BRACKET_NESTING_MAX),
                ")".repeat(BRACKET_NESTING_MAX)
            ),
            format!("{{{{a{}}}}}", "+a".repeat(OPERATORS_MAX - 2)),
            format!("{{{{a{}}}}}", ".a".repeat(OPERATORS_MAX - 2)),
            format!("{{{{{}a}}}}", "!".repeat(OPERATORS_MAX - 2)),
            format!("{{{{a{}}}}}", "?a:a".repeat(OPERATORS_MAX / 2 - 1)),
            "{{a}}".repeat(OPERATORS_MAX / 2),
        ] {
            let (_, findings) = compiled(&text);
            let refused = findings.contains("_MAX");
            assert!(!refused, "{} {findings}", &text[..40]);
        }
    });
}

#[test]
fn a_let_that_grows_without_end_is_refused() {
    let names = (1..40)
        .map(|n| format!(" let:a{n}=\"{{{{a{0}+a{0}}}}}\"", n - 1))
        .collect::<Vec<_>>()
        .concat();
    let (_, findings) = compiled(&format!("<v let:a0=\"{{{{x}}}}\"{names}>{{{{a39}}}}</v>"));
    assert!(
        findings.contains("the value of this let: is too large (LET_MAX)"),
        "{findings}"
    );
}

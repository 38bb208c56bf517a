use super::{Shelf, compiled, dump};
use crate::view::program::ModuleCode;
use crate::view::template::Library;

/// The dump of a text in which nothing is to be told.
fn dumped(text: &str) -> String {
    let (program, findings) = compiled(text);
    assert_eq!(findings, "", "{text}");
    dump::body(&program)
}

/// The only expression of a text.
fn expression(text: &str) -> String {
    dumped(&format!("{{{{{text}}}}}")).trim_end().to_owned()
}

#[test]
fn texts_are_fixed_values_or_pieces() {
    assert_eq!(dumped("a &lt; b"), "\"a < b\"\n");
    assert_eq!(dumped("{{a}}"), "a\n", "one expression keeps its type");
    assert_eq!(dumped("x{{a}}{{b + 1}}y"), "«\"x\",a,(b Plus 1),\"y\"»\n");
    assert_eq!(
        dumped("{{'a' + b}}"),
        "(\"a\" Plus b)\n",
        "no piece of a text"
    );
    assert_eq!(dumped("{{'a' + b}}{{c}}"), "«(\"a\" Plus b),c»\n");
    assert_eq!(
        dumped("<a/> \n <!-- c --><b/>"),
        "<a>\n<b>\n",
        "spaces between tags"
    );
    assert_eq!(
        dumped("<a b=\"\" c=\"{{1}}\" d=\" {{x}}\"/>"),
        "<a b=\"\" c=1 d=«\" \",x»>\n"
    );
}

#[test]
fn expressions_keep_their_shape() {
    for (written, expected) in [
        ("a.b[c].d", "a.b[c].d"),
        ("f.g(1, 'x')", "f.g(1,\"x\")"),
        ("[1, , ...a]", "[1,,...a]"),
        ("!a", "Not(a)"),
        ("-a + +b", "(Minus(a) Plus Plus(b))"),
        ("~a", "BitNot(a)"),
        ("typeof a", "TypeOf(a)"),
        ("void a", "Void(a)"),
        ("a ? b : c ? 1.5 : 0x1f", "(a?b:(c?1.5:31))"),
        (
            "a * b / c % d - e",
            "((((a Times b) Divide c) Remainder d) Minus e)",
        ),
        (
            "a << b >> c >>> d",
            "(((a ShiftLeft b) ShiftRight c) ShiftRightUnsigned d)",
        ),
        ("a < b === c > d", "((a Less b) Same (c Greater d))"),
        (
            "a <= b !== c >= d",
            "((a LessOrEqual b) NotSame (c GreaterOrEqual d))",
        ),
        ("a == b != c", "((a Equal b) NotEqual c)"),
        ("a instanceof b", "(a InstanceOf b)"),
        ("a & b ^ c | d", "(((a BitAnd b) BitXor c) BitOr d)"),
        ("a && b || c", "((a And b) Or c)"),
        ("a ?? b", "(a Nullish b)"),
        ("true", "true"),
        ("null", "null"),
        ("undefined", "undefined"),
        ("'\\u0041'", "\"A\""),
    ] {
        assert_eq!(expression(written), expected, "{written}");
    }
}

#[test]
fn elements_carry_what_is_written() {
    assert_eq!(
        dumped(
            "<view id=\"i\" class=\"a {{b}}\" style=\"{{s}}\" slot=\"x\" data-element-type=\"{{t}}\" \
             data:rawName=\"1\" mark:m=\"{{n}}\" hover-class=\"h\" hidden generic:row=\"my-row\"/>"
        ),
        "<view id:\"i\" class:«\"a \",b» style:s slot:\"x\" @elementType=t @rawName=\"1\" #m=n \
         hover-class=\"h\" hidden=true <row=my-row>>\n"
    );
    assert_eq!(
        dumped("<view class=\"a\" class:b=\"{{c}}\" class:d style:color=\"{{e}}\"/>"),
        "<view .a? .b?c .d? ;color=e>\n"
    );
    assert_eq!(
        dumped("<c slot:item slot:index=\"at\">{{item}}{{at}}</c>"),
        "<c ↓item→item index→at>\n  «$0,$1»\n"
    );
    assert_eq!(dumped("<v change:prop=\"{{m.f}}\"/>"), "<v Δprop=m.f>\n");
}

#[test]
fn dataset_names_are_small_letters_before_they_are_camel_case() {
    let (program, findings) = compiled("<view data-elementType=\"1\"/>");
    assert_eq!(dump::body(&program), "<view @elementtype=\"1\">\n");
    assert_eq!(
        findings,
        "pages/a/a.wxml:1:7: note: capital letters in this name become small ones (write words \
         with dashes between: data-item-id is read as itemId)\n"
    );
}

#[test]
fn handlers_have_a_colon_or_none() {
    assert_eq!(
        dumped(
            "<v bind:a=\"f\" catch:a=\"{{g}}\" mut-bind:a=\"f\" capture-bind:a=\"f\" \
             capture-catch:a=\"f\" capture-mut-bind:a=\"f\"/>"
        ),
        "<v !a[]\"f\" !a[c]g !a[m]\"f\" !a[k]\"f\" !a[ck]\"f\" !a[mk]\"f\">\n"
    );
    assert_eq!(
        dumped(
            "<v bindtap=\"f\" catchtap mut-bindtap=\"f\" capture-bindtap=\"f\" \
             capture-catchtap=\"{{g}}\" bind=\"x\" model:bind-to=\"{{y}}\"/>"
        ),
        "<v bind=\"x\" bindTo=y⇄y !tap[]\"f\" !tap[c]true !tap[m]\"f\" !tap[k]\"f\" !tap[ck]g>\n"
    );
}

#[test]
fn model_values_are_paths_or_only_values() {
    assert_eq!(
        dumped("<input model:value=\"{{a.b[c]}}\" model:x=\"{{a ? b : 1}}\" y=\"{{a}}\"/>"),
        "<input value=a.b[c]⇄a.b[c] x=(a?b:1)⇄(a?b:1) y=a>\n"
    );
    assert_eq!(
        dumped("<i wx:for=\"{{list}}\" model:value=\"{{item.v}}\"/>"),
        "for list key None\n  <i value=$0.v⇄$0.v>\n"
    );
    for one_way in [
        "<i model:x=\"{{a + 1}}\"/>",
        "<i model:x=\"{{a}}!\"/>",
        "<i model:x=\"a\"/>",
        "<i model:x/>",
        "<i wx:for=\"{{list}}\" model:x=\"{{index}}\"/>",
        "<i wx:for=\"{{[1, a]}}\" model:x=\"{{item.v}}\"/>",
        "<i slot:v model:x=\"{{v.w}}\"/>",
        "<wxs module=\"m\">exports.a = 1</wxs><i model:x=\"{{m.a}}\"/>",
    ] {
        let (program, findings) = compiled(one_way);
        assert!(!dump::body(&program).contains('⇄'), "{one_way}");
        assert!(
            findings.contains("warning: model: writes nothing back"),
            "{one_way}: {findings}"
        );
    }
}

#[test]
fn whole_numbers_are_as_long_as_one_likes() {
    assert_eq!(expression("9223372036854775807"), "9223372036854776000");
    assert_eq!(expression("9223372036854775808"), "9223372036854776000");
    assert_eq!(expression("12345678901234567890"), "12345678901234567000");
    assert_eq!(
        expression("'12345678901234567890'"),
        "\"12345678901234567890\""
    );
    assert_eq!(
        expression("100000000000000000000000 + a"),
        "(100000000000000000000000 Plus a)"
    );
    assert_eq!(expression(&"9".repeat(400)), "inf");
}

#[test]
fn attributes_of_any_element_are_texts() {
    assert_eq!(
        dumped("<a extra-attr:b=\"c\" extra-attr:d/>"),
        "<a ·b=c ·d=>\n"
    );
}

#[test]
fn conditions_and_lists_nest_their_scopes() {
    assert_eq!(
        dumped("<a wx:if=\"{{x}}\"/><!-- c --><b wx:elif=\"{{y}}\"/> <block wx:else>t</block>"),
        "if\n? x\n  <a>\n? y\n  <b>\nelse\n  \"t\"\n"
    );
    assert_eq!(
        dumped(
            "<wxs module=\"m\">1</wxs><a wx:for=\"{{m.l}}\" wx:key=\"id\" wx:if=\"{{item.x}}\">\
             <b wx:for=\"{{item.l}}\" wx:for-item=\"o\" wx:for-index=\"n\" wx:key=\"*this\">\
             {{item + o + n + index}}</b></a>{{item}}"
        ),
        "for $0.l key Some(\"id\")\n  if\n  ? $1.x\n    <a>\n      for $1.l key Some(\"*this\")\n        \
         <b>\n          ((($1 Plus $3) Plus $4) Plus $2)\nitem\n"
    );
    assert_eq!(
        dumped("<a wx:for=\"abc\"/>"),
        "for \"abc\" key None\n  <a>\n"
    );
}

#[test]
fn blocks_and_slots() {
    assert_eq!(
        dumped("<block slot=\"s\" slot:v=\"w\">{{w}}</block><block>t</block>"),
        "block \"s\" v→w \n  $0\nblock  \n  \"t\"\n"
    );
    assert_eq!(
        dumped("<slot/><slot name=\"{{n}}\" slot=\"o\" my-value=\"{{v}}\" id=\"i\"/>"),
        "slot \"\" \nslot n \"o\" myValue=v id:\"i\" slot:\"o\"\n"
    );
}

#[test]
fn a_let_name_stands_for_its_value() {
    assert_eq!(
        dumped(
            "<v wx:for=\"{{l}}\"><c let:x=\"{{item.a}}\" let:y=\"{{x + 1}}\" b=\"{{y}}\">\
             <d wx:for=\"{{x}}\" model:v=\"{{x.z}}\">{{index}}{{y}}</d></c></v>"
        ),
        "for l key None\n  <v>\n    <c b=($0.a Plus 1)>\n      for $0.a key None\n        \
         <d v=$0.a.z⇄$0.a.z>\n          «$3,($0.a Plus 1)»\n"
    );
}

#[test]
fn templates_take_objects() {
    assert_eq!(
        dumped("\n <template is=\"{{t}}\" data=\"{{a, b: c.d, ...e}}\"/><template is=\"u\"/>"),
        "template t {a:a,b:c.d,...e} (2, 2)\ntemplate \"u\" {} (2, 51)\n"
    );
    let (program, _) = compiled("<wxs module=\"m\"/><template name=\"t\">{{m.f(a)}}</template>");
    let mut body = String::new();
    dump::nodes(&program.templates[0].1.body, 0, &mut body);
    assert_eq!((&*program.templates[0].0, &*body), ("t", "$0.f(a)\n"));
    assert_eq!(program.body.len(), 0);
}

#[test]
fn modules_are_files_or_code_with_its_line() {
    let files = [
        (
            "p/a.wxml",
            "<wxs src=\"../u.wxs\" module=\"u\"/>\n<wxs module=\"v\">\nx</wxs>{{v.a(u)}}",
        ),
        ("u.wxs", ""),
    ];
    let mut library = Library::default();
    let program = Shelf::of(&files)
        .program(&mut library, "p/a.wxml")
        .expect("there");
    assert_eq!(library.take_findings(), []);
    assert_eq!(dump::body(&program), "$1.a($0)\n");
    assert_eq!(program.modules[0].code, ModuleCode::File("u.wxs".into()));
    let code = ModuleCode::Inline {
        code: "\nx".into(),
        line: 2,
    };
    assert_eq!(program.modules[1].code, code);
}

#[test]
fn a_template_is_found_in_the_file_and_in_its_imports_but_no_further() {
    let shelf = Shelf::of(&[
        (
            "p/a.wxml",
            "<import src=\"b\"/><import src=\"/c.wxml\"/><template name=\"x\">a</template>",
        ),
        (
            "p/b.wxml",
            "<import src=\"../d\"/><template name=\"x\">b</template><template name=\"y\">b</template>",
        ),
        (
            "c.wxml",
            "<template name=\"y\">c</template><wxs module=\"m\"></wxs>",
        ),
        ("d.wxml", "<template name=\"z\">d</template>"),
    ]);
    let mut library = Library::default();
    let from = shelf.program(&mut library, "p/a.wxml").expect("there");
    let mut find = |name: &str| {
        let (program, body) = library.template(&from, name, &|file| shelf.read(file))?;
        let mut out = String::new();
        dump::nodes(&body, 0, &mut out);
        Some(format!("{} {out}", program.path))
    };
    assert_eq!(
        find("x").as_deref(),
        Some("p/a.wxml \"a\"\n"),
        "its own before imported ones"
    );
    assert_eq!(
        find("y").as_deref(),
        Some("c.wxml \"c\"\n"),
        "the last import"
    );
    assert_eq!(find("z"), None, "an import of an import");
}

//! `[[codes]]`, `[[links]]`: codes that can be scanned, and which links open which page.
//!
//! What the servers refuse to make a code of is a mistake here, with their number.

use super::item::{Entry, Item, Problems, only};
use super::people::{filled, ids, named};
use crate::world::account::EnvVersion;
use crate::world::printed_code::{Content, FORMATS, LinkRule, PrintedCode};

/// Keys that every code may have.
const COMMON: [&str; 3] = ["id", "kind", "appid"];
/// Each kind of codes with its own keys.
const KINDS: [(&str, &[&str]); 4] = [
    ("unlimited", &["scene", "page", "check_path", "env_version"]),
    ("limited", &["path", "env_version"]),
    ("square", &["path", "env_version"]),
    ("text", &["text", "format", "page"]),
];

const BUILDS: &[(&str, EnvVersion)] = &[
    ("develop", EnvVersion::Develop),
    ("trial", EnvVersion::Trial),
    ("release", EnvVersion::Release),
];

/// Most characters of `scene`.
const SCENE_MAX: usize = 32;
/// Most characters of a path.
const PATH_MAX: usize = 1024;
/// The parameter that WeChat adds.
const RESERVED: &str = "scancode_time";

pub(super) fn codes(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<PrintedCode> {
    let items = item.list(problems);
    let codes = items.iter().filter_map(|item| code(item, problems));
    let codes: Vec<_> = codes.collect();
    ids(&codes, "id", problems);
    codes.into_iter().map(|(code, _)| code).collect()
}

fn code(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<named::Named<PrintedCode>> {
    let entries = item.table(problems);
    let (id, range) = named::key(item, &entries, "id", problems)?;
    if ["cancel", "ignore"].contains(&id.as_str()) {
        let message = format!("`{id}` is no id of a code: it answers the question `scan`");
        problems.push(&range, message, "take another name");
    }
    let of = |key: &str| entries.iter().find(|entry| entry.key == key);
    let Some(kind) = of("kind") else {
        let kinds = KINDS.map(|(kind, _)| kind).join(", ");
        let message = format!("`{}` has no `kind`", item.name);
        problems.push(&item.range, message, format!("kinds are {kinds}"));
        return None;
    };
    let (kind, keys) = kind.item.word(&KINDS.map(|it| (it.0, it)), problems)?;
    let known = [&COMMON[..], keys].concat();
    only(
        &entries,
        &format!("a code of the kind {kind}"),
        &known,
        problems,
    );
    let content = match kind {
        "unlimited" => unlimited(item, &entries, problems)?,
        "text" => text(item, &entries, problems)?,
        _ => Content::Limited {
            path: path(of("path"), item, problems)?,
            square: kind == "square",
        },
    };
    let app_id = of("appid").and_then(|entry| filled(&entry.item, problems));
    let build = of("env_version").and_then(|entry| entry.item.word(BUILDS, problems));
    let code = PrintedCode {
        id,
        content,
        app_id,
        env_version: build.unwrap_or_default(),
    };
    Some((code, range))
}

/// The text of a key that a code must have.
fn required(
    entry: Option<&Entry<'_>>,
    key: &str,
    item: &Item<'_>,
    problems: &mut Problems<'_>,
) -> Option<String> {
    if entry.is_none() {
        let message = format!("`{}` has no `{key}`", item.name);
        problems.push(&item.range, message, format!("add {key} = \"…\""));
    }
    filled(&entry?.item, problems)
}

fn unlimited(
    item: &Item<'_>,
    entries: &[Entry<'_>],
    problems: &mut Problems<'_>,
) -> Option<Content> {
    let of = |key: &str| entries.iter().find(|entry| entry.key == key);
    let scene = required(of("scene"), "scene", item, problems)?;
    let range = of("scene").map_or(&item.range, |entry| &entry.item.range);
    let legal = |c: char| c.is_ascii_alphanumeric() || "!#$&'()*+,/:;=?@-._~".contains(c);
    if scene.chars().count() > SCENE_MAX {
        let message = format!("the scene `{scene}` is too long (the server answers 40169)");
        let help = "32 characters at most; keep more on your server under a short number";
        problems.push(range, message, help);
    } else if let Some(wrong) = scene.chars().find(|c| !legal(*c)) {
        let message = format!("the scene `{scene}` has `{wrong}` (the server answers 40129)");
        let help = "letters, digits and !#$&'()*+,/:;=?@-._~ are allowed, no %";
        problems.push(range, message, help);
    }
    let page = of("page").and_then(|entry| Some((filled(&entry.item, problems)?, entry)));
    let page = page.map_or_else(String::new, |(page, entry)| {
        if page.starts_with('/') || page.contains('?') {
            let message = format!("`{page}` is no page of a code (the server answers 41030)");
            let help = "no slash in front and no parameters: the scene is the parameter";
            problems.push(&entry.item.range, message, help);
        }
        page
    });
    for (text, range) in [
        (&scene, range),
        (&page, of("page").map_or(range, |entry| &entry.item.range)),
    ] {
        reserved(text, range, problems);
    }
    let check = of("check_path").and_then(|entry| entry.item.flag(problems));
    Some(Content::Unlimited {
        scene,
        page,
        check_path: check.unwrap_or(true),
    })
}

fn text(item: &Item<'_>, entries: &[Entry<'_>], problems: &mut Problems<'_>) -> Option<Content> {
    let of = |key: &str| entries.iter().find(|entry| entry.key == key);
    let text = required(of("text"), "text", item, problems)?;
    let formats = FORMATS.map(|(format, _)| (format, format));
    let plain: Vec<_> = formats.into_iter().filter(|it| it.0 != "WX_CODE").collect();
    let format = of("format").and_then(|entry| entry.item.word(&plain, problems));
    let page = match of("page") {
        None => String::new(),
        page => path(page, item, problems)?,
    };
    Some(Content::Text {
        text,
        format: format.unwrap_or("QR_CODE").to_owned(),
        page,
    })
}

/// A page with its parameters.
fn path(entry: Option<&Entry<'_>>, item: &Item<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let path = required(entry, "path", item, problems)?;
    let range = entry.map_or(&item.range, |entry| &entry.item.range);
    if path.chars().count() > PATH_MAX {
        let message = "the path is too long (the server answers 40159)";
        problems.push(range, message, "1024 characters at most");
    }
    reserved(&path, range, problems);
    Some(path)
}

/// Reports the parameter that WeChat adds itself.
fn reserved(text: &str, range: &std::ops::Range<usize>, problems: &mut Problems<'_>) {
    if text.contains(RESERVED) {
        let message = format!("`{RESERVED}` is reserved (the server answers 85096)");
        problems.push(range, message, "WeChat adds it; take another name");
    }
}

pub(super) fn links(item: &Item<'_>, problems: &mut Problems<'_>) -> Vec<LinkRule> {
    let items = item.list(problems);
    let rules = items.iter().filter_map(|item| link(item, problems));
    rules.collect()
}

fn link(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<LinkRule> {
    let entries = item.table(problems);
    only(&entries, "a link", &["prefix", "page"], problems);
    let of = |key: &str| entries.iter().find(|entry| entry.key == key);
    let prefix = required(of("prefix"), "prefix", item, problems)?;
    let page = required(of("page"), "page", item, problems)?;
    let range = of("prefix").map_or(&item.range, |entry| &entry.item.range);
    if !prefix.starts_with("http://") && !prefix.starts_with("https://") {
        let message = format!("`{prefix}` begins no link");
        problems.push(range, message, "links begin with http:// or https://");
    }
    Some(LinkRule { prefix, page })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{good, mistakes};
    use crate::world::account::EnvVersion;
    use crate::world::printed_code::{Content, LinkRule};

    #[test]
    fn codes_and_links_are_read() {
        let settings = good(
            "[[codes]]\nid = 'table'\nkind = 'unlimited'\nscene = 't=7'\npage = 'p/menu'\n\
             [[codes]]\nid = 'poster'\nkind = 'limited'\npath = 'p/menu?a=1'\nenv_version = 'trial'\n\
             [[codes]]\nid = 'old'\nkind = 'square'\npath = 'p/menu'\nappid = 'wx2'\n\
             [[codes]]\nid = 'goods'\nkind = 'text'\ntext = '690'\nformat = 'EAN_13'\n\
             [[links]]\nprefix = 'https://a.example/t/'\npage = 'p/menu'\n",
        );
        let [table, poster, old, goods] = &settings.codes[..] else {
            panic!("{:?}", settings.codes);
        };
        let unlimited = Content::Unlimited {
            scene: "t=7".into(),
            page: "p/menu".into(),
            check_path: true,
        };
        assert_eq!((table.id.as_str(), &table.content), ("table", &unlimited));
        assert_eq!(poster.env_version, EnvVersion::Trial);
        assert_eq!(old.app_id.as_deref(), Some("wx2"));
        assert_eq!((old.format(), goods.format()), ("QR_CODE", "EAN_13"));
        let rule = LinkRule {
            prefix: "https://a.example/t/".into(),
            page: "p/menu".into(),
        };
        assert_eq!(settings.links, [rule]);
    }

    #[test]
    fn what_the_servers_refuse_is_a_mistake_with_its_number() {
        let code = |rest: &str| format!("codes = [{{ id = 'a', kind = 'unlimited', {rest} }}]");
        for (rest, wanted) in [
            (
                "scene = '100%'",
                "1:50: error: the scene `100%` has `%` (the server answers 40129) (letters, digits and \
                 !#$&'()*+,/:;=?@-._~ are allowed, no %)",
            ),
            (
                "scene = '123456789012345678901234567890123'",
                "1:50: error: the scene `123456789012345678901234567890123` is too long (the server answers \
                 40169) (32 characters at most; keep more on your server under a short number)",
            ),
            (
                "scene = '1', page = '/p/a'",
                "1:62: error: `/p/a` is no page of a code (the server answers 41030) (no slash in front and no \
                 parameters: the scene is the parameter)",
            ),
            (
                "scene = 'scancode_time=1'",
                "1:50: error: `scancode_time` is reserved (the server answers 85096) (WeChat adds it; take \
                 another name)",
            ),
            (
                "page = 'p/a'",
                "1:10: error: `codes[0]` has no `scene` (add scene = \"…\")",
            ),
            (
                "scene = ''",
                "1:50: error: `codes[0].scene` is empty (write something or leave it out)",
            ),
            (
                "scene = '1', path = 'p/a'",
                "1:55: error: a code of the kind unlimited has no `path` (there are id, \
                 kind, appid, scene, page, check_path, env_version)",
            ),
        ] {
            mistakes(&code(rest), &[&format!("wxsim.toml:{wanted}")]);
        }
    }

    #[test]
    fn other_mistakes_have_a_place_and_an_advice() {
        for (text, wanted) in [
            (
                "codes = [{ id = 'a' }]",
                "1:10: error: `codes[0]` has no `kind` (kinds are unlimited, limited, square, text)",
            ),
            (
                "codes = [{ id = 'a', kind = 'round', path = 'p' }]",
                "1:29: error: `round` is no value of `codes[0].kind` (there are unlimited, limited, square, text)",
            ),
            (
                "codes = [{ id = 'cancel', kind = 'text', text = 'a' }]",
                "1:17: error: `cancel` is no id of a code: it answers the question `scan` (take another name)",
            ),
            (
                "codes = [{ id = 'a', kind = 'text', text = 'a', format = 'WX_CODES' }]",
                "1:58: error: `WX_CODES` is no value of `codes[0].format` (there are QR_CODE, \
                 AZTEC, CODABAR, CODE_25, CODE_39, CODE_93, CODE_128, DATA_MATRIX, EAN_8, EAN_13, ITF, MAXICODE, \
                 PDF_417, RSS_14, RSS_EXPANDED, UPC_A, UPC_E, UPC_EAN_EXTENSION)",
            ),
            (
                "codes = [{ id = 'a', kind = 'text', text = 'a' }, { id = 'a', kind = 'text', text = 'b' }]",
                "1:58: error: the id `a` is there twice (give each its own)",
            ),
            (
                "links = [{ prefix = 'a.example', page = 'p/a' }]",
                "1:21: error: `a.example` begins no link (links begin with http:// or https://)",
            ),
            (
                "links = [{ prefix = 'https://a.example/' }]",
                "1:10: error: `links[0]` has no `page` (add page = \"…\")",
            ),
            (
                "[biometrics]\nenroled = []",
                "2:1: error: the phone has no `enroled` (did you mean `enrolled`? There are supported, enrolled, \
                 allowed, fault, frozen)",
            ),
            (
                "[biometrics]\nenrolled = ['speech']",
                "2:12: error: `enrolled` is a list of fingerPrint, facial, not [\"speech\"]",
            ),
        ] {
            mistakes(text, &[&format!("wxsim.toml:{wanted}")]);
        }
    }
}

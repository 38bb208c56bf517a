//! What location APIs need in `app.json` and in the console is there.
//!
//! Found are: a text of `permission` that is longer than 30 characters, when the project is read; a location without
//! such a text, and an API that the console has not opened, when the platform refuses the call; an API that
//! `requiredPrivateInfos` does not list, at the call, for programs published after 2022-07-14. A build that is not
//! published yet may call the latter, so there the run goes on.

use super::outcome::failure;
use super::{Cx, Judged, Rule, Watcher};
use crate::api;
use crate::profile::Date;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};
use crate::value::Frame;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P15",
    name: "location-config",
    weight: Weight::Error,
    title: [
        "app.json and the console have what location APIs need",
        "app.json 和公众平台后台具备位置接口所需的配置",
    ],
    fix: [
        "add permission[\"scope.userLocation\"].desc (at most 30 characters) and requiredPrivateInfos to app.json, and apply for the API in the console",
        "在 app.json 中补充 permission[\"scope.userLocation\"].desc（不超过 30 字）和 requiredPrivateInfos，并在后台申请开通接口",
    ],
    source: "https://developers.weixin.qq.com/minigame/dev/guide/base-ability/authorize.md",
    official: true,
    judged: Judged::Run(|| Box::new(Location)),
};

/// Most characters of a text in `permission`.
const DESC_CHARS_MAX: usize = 30;
/// Programs published after this day must list location APIs.
const LISTED_AFTER: Date = Date::new(2022, 7, 14);

/// Reads app.json and hears calls.
struct Location;

impl Watcher for Location {
    fn begin(&mut self, cx: &mut Cx<'_>) {
        let texts = cx.app_json()["permission"].as_object().cloned();
        for (scope, permission) in texts.unwrap_or_default() {
            let text = permission["desc"].as_str().unwrap_or_default();
            let count = text.chars().count();
            if count <= DESC_CHARS_MAX {
                continue;
            }
            let at = place_of(text, cx);
            let found = cx.find_at(
                0,
                Some(at),
                format!("the text of `{scope}` in `permission` has {count} characters; {DESC_CHARS_MAX} are admitted"),
                format!("`permission` 中 `{scope}` 的说明有 {count} 个字，最多 {DESC_CHARS_MAX} 个字"),
            );
            found.data = serde_json::json!({ "scope": scope, "characters": count });
        }
    }

    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        if let Event::Call { api, .. } = &entry.event {
            return hear_call(api, cx);
        }
        let Some(failed) = failure(&entry.event) else {
            return;
        };
        let api = failed.api;
        let (en, zh) = if failed.text.ends_with("require permission desc") {
            (
                format!(
                    "`{api}` is refused: app.json does not say in `permission` what the location is used for"
                ),
                format!("`{api}` 被拒绝：app.json 的 `permission` 中没有说明位置的用途"),
            )
        } else if is_private(api) && failed.text.ends_with("fail no permission") {
            (
                format!("`{api}` is refused: it is not opened in the console"),
                format!("`{api}` 被拒绝：该接口没有在公众平台后台开通"),
            )
        } else {
            return;
        };
        let found = cx.find_call(failed.call, en, zh);
        found.data = serde_json::json!({ "api": api, "errMsg": failed.text });
    }
}

/// An API that must be listed is called.
fn hear_call(api: &str, cx: &mut Cx<'_>) {
    let app = cx.rest.world.app();
    let mut listed = app.required_private_infos.iter().flatten();
    if !is_private(api) || app.published <= LISTED_AFTER || listed.any(|known| known == api) {
        return;
    }
    let found = cx.find(
        format!("`{api}` is called and app.json does not list it in `requiredPrivateInfos`: a published program is refused"),
        format!("调用了 `{api}`，但 app.json 的 `requiredPrivateInfos` 中没有声明：发布后会被拒绝"),
    );
    found.data = serde_json::json!({ "api": api, "key": "requiredPrivateInfos" });
}

/// Whether an API is one of those that must be listed.
fn is_private(name: &str) -> bool {
    api::find(name).is_some_and(|api| api.spec.private_info)
}

/// Where a text is written in app.json; its first line when it is written another way.
fn place_of(text: &str, cx: &Cx<'_>) -> Frame {
    let written = serde_json::Value::from(text).to_string();
    let file = (cx.rest.text)("app.json").unwrap_or_default();
    let lines = file.lines().zip(1..);
    let mut places = lines.filter_map(|(line, number)| {
        let before = line.get(..line.find(&written)?)?;
        let column = u32::try_from(before.encode_utf16().count()).ok()?;
        Some((number, column + 1))
    });
    let (line, column) = places.next().unwrap_or((1, 1));
    Frame {
        function: String::new(),
        file: "app.json".to_owned(),
        line,
        column,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    const MARKUP: &str = "<button bindtap=\"go\">a</button>";
    const SCRIPT: &str = "Page({ go() {\n wx.getLocation({ fail() {} }) } })";
    const DESC: &str = r#""permission": { "scope.userLocation": { "desc": "to find shops" } }"#;
    const LISTED: &str = r#""requiredPrivateInfos": ["getLocation"]"#;

    fn sample(keys: &[&str]) -> Sample {
        let keys = keys
            .iter()
            .fold(String::new(), |all, key| all + ",\n " + key);
        let app = format!("{{ \"pages\": [\"pages/a/a\"]{keys}\n}}");
        let sample = Sample::page(MARKUP, SCRIPT).file("app.json", &app);
        sample.agrees().steps(&["tap text=a"])
    }

    #[test]
    fn a_location_with_its_text_and_its_declaration_is_none() {
        assert_eq!(sample(&[DESC, LISTED]).findings("P15"), []);
    }

    #[test]
    fn a_missing_text_and_a_missing_declaration_are_found_at_the_call() {
        for (keys, says) in [
            ([DESC], "does not list it in `requiredPrivateInfos`"),
            ([LISTED], "app.json does not say in `permission`"),
        ] {
            let found = sample(&keys).findings("P15");
            assert_eq!(found.len(), 1, "{says}: {found:?}");
            assert!(found[0].says.en.contains(says), "{found:?}");
            let at = found[0].at.as_ref().expect("a place");
            assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        }
    }

    #[test]
    fn before_they_were_needed_there_is_nothing_to_find() {
        assert_eq!(sample(&[DESC]).day("2022-01-01").findings("P15"), []);
        assert_eq!(sample(&[]).day("2018-06-04").findings("P15"), []);
    }

    #[test]
    fn a_text_that_is_too_long_is_found_in_app_json() {
        let long = "x".repeat(31);
        let desc = DESC.replace("to find shops", &long);
        let found = sample(&[LISTED, &desc]).findings("P15");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .says
                .en
                .contains("has 31 characters; 30 are admitted")
        );
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line, at.column), ("app.json", 3, 50));
        let fits = DESC.replace("to find shops", &"长".repeat(30));
        assert_eq!(sample(&[LISTED, &fits]).findings("P15"), []);
    }

    #[test]
    fn an_api_that_the_console_has_not_opened_is_found() {
        let closed = |name: &str| {
            let value = serde_json::json!([name]);
            sample(&[DESC, LISTED]).with(|config| {
                config
                    .registration
                    .set("closed_apis", &value)
                    .expect("a member");
            })
        };
        let found = closed("getLocation").findings("P15");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            found[0].says.en,
            "`getLocation` is refused: it is not opened in the console"
        );
        assert_eq!(closed("chooseAddress").findings("P15"), []);
    }
}

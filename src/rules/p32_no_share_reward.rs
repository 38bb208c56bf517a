//! Nobody is rewarded for sharing.
//!
//! Since 2018-10-10 (base library 2.3.0) a program does not learn whether the user really shared. Found are:
//! callbacks in what `onShareAppMessage` returns, which nobody calls since then (the text of the hook is read when it
//! has run: members of the returned object called `success`, `fail` or `complete`); and a gain in the chain of a
//! share: a number or flag of the data or the storage whose name speaks of points, coins, rewards, chances, or a toast
//! or dialog that says so. A gain that waits until the program is shown again is not found.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::texts::{Text, members};
use super::{Cx, Judged, Rule, Watcher};
use crate::profile::Date;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P32",
    name: "no-share-reward",
    weight: Weight::Warning,
    title: [
        "Sharing is neither rewarded nor forced, and nothing hangs on its callbacks",
        "不以奖励诱导或强制分享，也不依赖分享回调",
    ],
    fix: [
        "remove the callbacks of the share and give the feature without it",
        "去掉分享回调，不把功能或奖励与分享挂钩",
    ],
    source: "https://developers.weixin.qq.com/community/personal/oCJUsw_RoR2gArszR4sLUHCcmtv4/fav",
    official: true,
    judged: Judged::Run(|| Box::<Shares>::default()),
};

/// Day from which nobody calls them.
const WITHDRAWN: Date = Date::new(2018, 10, 10);
/// The hook.
const HOOK: &str = "onShareAppMessage";

/// Hears shares and what comes of them.
#[derive(Default)]
struct Shares {
    /// Macrotasks in which a result was told.
    told: BTreeSet<u32>,
}

impl Watcher for Shares {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        match &entry.event {
            Event::Hook { owner, hook, .. } if hook == HOOK && is_withdrawn(cx) => {
                judge_text(owner, cx);
            }
            Event::Reply { api, .. } if api == "shareAppMessage" => {
                self.told.insert(entry.task);
            }
            Event::SetData { data, .. } => self.judge(entry, gained(data), cx),
            Event::Sync { api, arguments, .. } if api == "setStorageSync" => {
                let stored = json!({ arguments[0].as_str().unwrap_or("?"): arguments[1] });
                self.judge(entry, gained(&stored), cx);
            }
            Event::Call { api, options, .. } if api == "setStorage" => {
                let stored = json!({ options["key"].as_str().unwrap_or("?"): options["data"] });
                self.judge(entry, gained(&stored), cx);
            }
            Event::Call { api, options, .. } if api == "showToast" || api == "showModal" => {
                let texts = [&options["title"], &options["content"]];
                let mut texts = texts.into_iter().filter_map(Json::as_str);
                let said = texts.find(|text| SAID.iter().any(|word| text.contains(word)));
                self.judge(entry, said.map(str::to_owned), cx);
            }
            _ => {}
        }
    }
}

/// Words of a gain that the user reads.
const SAID: [&str; 5] = ["奖励", "解锁", "积分", "金币", "reward"];
/// Words of a gain in names, whole.
const NAMED: [&str; 15] = [
    "point", "points", "score", "coin", "coins", "credit", "credits", "gold", "reward", "rewards",
    "bonus", "chance", "chances", "unlock", "unlocked",
];
/// Parts of them.
const NAMED_IN_PART: [&str; 4] = ["积分", "金币", "奖励", "抽奖"];

/// Whether a name speaks of a gain: one of its words in camel case or between other characters does.
fn is_gain_name(name: &str) -> bool {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c.is_uppercase() || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.iter().any(|word| NAMED.contains(&word.as_str()))
        || NAMED_IN_PART.iter().any(|part| name.contains(part))
}

/// The name of a number or flag that is a gain.
fn gained(data: &Json) -> Option<String> {
    let members = data.as_object().into_iter().flatten();
    let mut gains = members.filter(|(name, value)| {
        let is_gain =
            *value == &Json::Bool(true) || value.as_f64().is_some_and(|number| number > 0.0);
        is_gain && is_gain_name(name)
    });
    gains.next().map(|(name, _)| name.clone())
}

impl Shares {
    fn judge(&self, entry: &Entry, gain: Option<String>, cx: &mut Cx<'_>) {
        let Some(gain) = gain else {
            return;
        };
        let hook = format!(".{HOOK}");
        let is_after = cx
            .causes
            .hooks(entry.task)
            .any(|known| known.ends_with(&hook));
        if is_after || self.told.contains(&entry.task) {
            let found = cx.find(
                format!("sharing is rewarded: `{gain}`"),
                format!("分享带来了奖励：`{gain}`"),
            );
            found.data = json!({ "problem": "reward", "gain": gain });
        }
    }
}

/// Whether nobody calls the callbacks of a share any more.
fn is_withdrawn(cx: &Cx<'_>) -> bool {
    cx.rest.world.profile().compat_date >= WITHDRAWN
}

/// Looks through the text of the hook that has run.
fn judge_text(route: &str, cx: &mut Cx<'_>) {
    let script = cx
        .rest
        .project
        .page(route)
        .and_then(|page| page.script.clone());
    let text = script.and_then(|file| {
        let text = (cx.rest.text)(&file)?;
        Some(Text { file, text })
    });
    let Some(text) = text else {
        return;
    };
    if let Some((name, at)) = returned_callback(&text.text) {
        let frame = text.frame(at);
        let task = cx.causes.task();
        let found = cx.find_at(
            task,
            Some(frame),
            format!("what {HOOK} returns has `{name}`, which nobody has called since 2018-10-10"),
            format!("{HOOK} 的返回值中有 `{name}`，自 2018-10-10 起不再触发"),
        );
        found.data = json!({ "problem": "callback", "member": name });
    }
}

/// A callback among the members of the object that the hook returns, and where it is written.
fn returned_callback(text: &str) -> Option<(String, usize)> {
    let hook = text.find(HOOK)?;
    let returned = returned_object(text, hook)?;
    let members = members(&text[returned..])?;
    let named = |name: &&String| matches!(name.as_str(), "success" | "fail" | "complete");
    let mut callbacks = members.iter().filter(|(name, _)| named(&name));
    callbacks
        .next()
        .map(|(name, at)| (name.clone(), returned + at))
}

/// Where the members begin of the object that a hook returns: behind `return {`, or behind `=> ({`.
fn returned_object(text: &str, hook: usize) -> Option<usize> {
    let open = hook + text[hook..].find('{')?;
    let before = text[hook..open].trim_end();
    if before.ends_with('(') && before[..before.len() - 1].trim_end().ends_with("=>") {
        return Some(open + 1);
    }
    let body = open + 1 + balanced(&text[open + 1..])?;
    let inside = &text[open + 1..body];
    inside.match_indices("return").find_map(|(at, word)| {
        let rest = &inside[at + word.len()..];
        let brace = rest
            .trim_start()
            .starts_with('{')
            .then(|| rest.find('{'))??;
        Some(open + 1 + at + word.len() + brace + 1)
    })
}

/// Where the brace closes that was open before a text; quotes are skipped.
fn balanced(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut is_escaped) = (1_u32, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            (Some(_) | None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::Found;

    fn found(hook: &str, day: &str) -> Vec<Found> {
        let script =
            format!("Page({{ data: {{ points: 0 }},\n onShareAppMessage() {{ {hook} }} }})");
        let markup = "<view>{{points}}</view><button id=\"s\" open-type=\"share\">a</button>";
        let sample = Sample::page(markup, &script).agrees().day(day);
        sample.steps(&["tap #s", "advance 3s"]).findings("P32")
    }

    const TODAY: &str = "2024-01-01";
    const ONCE: &str = "2018-06-04";

    #[test]
    fn callbacks_of_a_share_are_found_since_nobody_calls_them() {
        let hook = "return { title: 'a, {',\n  success() { console.log(1) } }";
        let all = found(hook, TODAY);
        assert_eq!(all.len(), 1, "{all:?}");
        let at = all[0].at.as_ref().expect("a place");
        assert_eq!(
            (at.file.as_str(), at.line, at.column),
            ("pages/a/a.js", 3, 3)
        );
        assert_eq!(all[0].data["member"], "success");
        assert_eq!(found(hook, ONCE), [], "its time");
        assert_eq!(
            found("return { title: 'success: (', path: '/pages/a/a' }", TODAY),
            []
        );
        let path = "const { id, name } = { id: 1, name: 'a' }\n return { title: name, path: `/pages/a/a?id=${id}`, success: () => { this.setData({ points: 10 }) } }";
        let all = found(path, TODAY);
        assert_eq!(all.len(), 1, "{all:?}");
        let at = all[0].at.as_ref().expect("a place");
        assert_eq!((at.line, at.column), (3, 53), "{at:?}");
        let inner = "wx.getSystemInfo({ success() {} }); return { title: 'x' }";
        assert_eq!(found(inner, TODAY), []);
    }

    #[test]
    fn an_object_that_an_arrow_gives_is_read() {
        let script = "Page({ onShareAppMessage: () => ({ title: 'a', complete() {} }) })";
        let markup = "<button id=\"s\" open-type=\"share\">a</button>";
        let sample = Sample::page(markup, script).agrees().day(TODAY);
        let all = sample.steps(&["tap #s", "advance 3s"]).findings("P32");
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].data["member"], "complete");
    }

    #[test]
    fn a_gain_in_the_chain_of_a_share_is_found() {
        for hook in [
            "this.setData({ points: this.data.points + 10 }); return { title: 'x' }",
            "wx.setStorageSync('rewardGiven', true); return { title: 'x' }",
            "setTimeout(() => wx.showToast({ title: '获得10积分' }), 1000); return { title: 'x' }",
        ] {
            let all = found(hook, TODAY);
            assert_eq!(all.len(), 1, "{hook}: {all:?}");
            assert_eq!(all[0].at.as_ref().map(|at| at.line), Some(2), "{hook}");
            assert_eq!(all[0].data["problem"], "reward");
        }
        let told = "return { title: 'x', success: () => this.setData({ points: 1 }) }";
        let all = found(told, ONCE);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].data["gain"], "points");
    }

    #[test]
    fn what_is_no_gain_is_not_found() {
        for hook in [
            "this.setData({ shared: true }); return { title: 'x' }",
            "this.setData({ points: 0 }); return { title: 'x' }",
            "this.setData({ appointment: 1, endpoint: 2 }); return { title: 'x' }",
            "wx.showToast({ title: '分享' }); return { title: 'x' }",
        ] {
            assert_eq!(found(hook, TODAY), [], "{hook}");
        }
    }
}

//! A draft of the privacy guide (用户隐私保护指引) out of what a program really touched.
//!
//! A [`GuideCollector`] hears the events of one run or of many and keeps, for each item of the platform's table
//! ([`PrivacyItem`]), which interfaces asked for it, on which pages, and what led there: handlers, steps of the user, the
//! program's own words (`desc` of `permission` in app.json and of `wx.getUserProfile`). [`GuideCollector::draft`] compares
//! that with what is declared. The draft is data ([`GuideDraft`]) with a text in both languages.
//!
//! An item counts as used when an interface that collects it was called, also where the user refused. What was never run
//! is not in the draft; why data are wanted a person has to say where the program does not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::causes::Causes;
use crate::api;
use crate::package::Project;
use crate::runtime::monitor::{Happening, Noted, Words};
use crate::runtime::trace::{Entry, Event};
use crate::world::World;
use crate::world::privacy::{Declared, PrivacyItem};
use crate::world::registration::OPENED;
use crate::world::scope::Scope;

/// An item that the program touched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Used {
    /// Which.
    pub item: PrivacyItem,
    /// Whether the program got it at least once.
    pub was_given: bool,
    /// Interfaces that were called.
    pub apis: BTreeSet<String>,
    /// Pages on top when they were.
    pub pages: BTreeSet<String>,
    /// Why, in the program's own words.
    pub purposes: BTreeSet<String>,
    /// Hooks and handlers that led there: `pages/a/a.save`.
    pub handlers: BTreeSet<String>,
    /// What the user had done: `tap button "Save"`.
    pub steps: BTreeSet<String>,
    /// Where in the code: `pages/a/a.js:3:5`.
    pub places: BTreeSet<String>,
}

impl Used {
    fn new(item: PrivacyItem) -> Self {
        Self {
            item,
            was_given: false,
            apis: BTreeSet::new(),
            pages: BTreeSet::new(),
            purposes: BTreeSet::new(),
            handlers: BTreeSet::new(),
            steps: BTreeSet::new(),
            places: BTreeSet::new(),
        }
    }
}

impl Used {
    /// With what another run touched of the same item.
    fn add(&mut self, other: Self) {
        self.was_given |= other.was_given;
        self.apis.extend(other.apis);
        self.pages.extend(other.pages);
        self.purposes.extend(other.purposes);
        self.handlers.extend(other.handlers);
        self.steps.extend(other.steps);
        self.places.extend(other.places);
    }
}

/// What is in one of two lists, in order.
fn joined<T: Ord>(one: Vec<T>, other: Vec<T>) -> Vec<T> {
    let all: BTreeSet<T> = one.into_iter().chain(other).collect();
    all.into_iter().collect()
}

/// A draft of the guide, and how it compares with what is declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GuideDraft {
    /// Name of the program.
    pub app: String,
    /// What it touched, in the order of the platform's table.
    pub used: Vec<Used>,
    /// What the console declares; `None` when nothing is said of it.
    pub declared: Option<BTreeSet<PrivacyItem>>,
    /// Touched and not declared: these calls fail for users.
    pub undeclared: Vec<PrivacyItem>,
    /// Declared and never touched: reviewers ask what they are for.
    pub unused: Vec<PrivacyItem>,
    /// Interfaces that were called and that `requiredPrivateInfos` of app.json lacks.
    pub infos_missing: Vec<String>,
    /// Interfaces in `requiredPrivateInfos` that were never called.
    pub infos_unused: Vec<String>,
    /// Whether app.json has `__usePrivacyCheck__`.
    pub uses_privacy_check: bool,
}

/// Hears events and keeps what was touched.
#[derive(Clone, Debug, Default)]
pub struct GuideCollector {
    causes: Causes,
    page: String,
    step: String,
    used: BTreeMap<PrivacyItem, Used>,
    /// Calls that were not answered, with the item of each.
    open: BTreeMap<u32, PrivacyItem>,
    /// Interfaces of [`OPENED`] that were called.
    infos: BTreeSet<String>,
}

impl GuideCollector {
    /// Takes in an entry of a trace, which tells no places in the code.
    pub fn hear_entry(&mut self, entry: &Entry) {
        self.hear(&Noted {
            what: Happening::Entry(entry.clone()),
            stack: Vec::new(),
        });
    }

    /// Takes in what happened.
    pub fn hear(&mut self, noted: &Noted) {
        if let Happening::Entry(entry) = &noted.what
            && matches!(entry.event, Event::Start { .. })
        {
            self.causes = Causes::default();
        }
        self.causes.add(noted);
        let Happening::Entry(entry) = &noted.what else {
            return;
        };
        match &entry.event {
            Event::Start { .. } => self.open.clear(),
            Event::Enter { kind, .. } if kind == "launch" => self.open.clear(),
            Event::Route { pages, .. } => self.page = pages.last().cloned().unwrap_or_default(),
            Event::Step { step } => {
                self.step.clone_from(step);
                if step.starts_with("nickname ") {
                    self.touch(PrivacyItem::Profile, "input[type=nickname]", noted)
                        .was_given = true;
                }
            }
            Event::Call {
                call, api, options, ..
            } => self.hear_call(*call, api, options, noted),
            Event::Sync { api, result, .. } => {
                for item in items(api, &Json::Null) {
                    let has_failed = result.as_str().is_some_and(|text| text.contains(":fail"));
                    self.touch(item, api, noted).was_given |= !has_failed;
                }
            }
            Event::Reply { call, result, .. } => {
                let message = result["errMsg"].as_str().unwrap_or_default();
                let item = self.open.remove(call).filter(|_| message.ends_with(":ok"));
                if let Some(used) = item.and_then(|item| self.used.get_mut(&item)) {
                    used.was_given = true;
                }
            }
            _ => {}
        }
    }

    fn hear_call(&mut self, call: u32, api: &str, options: &Json, noted: &Noted) {
        if OPENED.contains(&api) {
            self.infos.insert(api.to_owned());
        }
        let purpose = options["desc"].as_str().filter(|_| api == "getUserProfile");
        for item in items(api, options) {
            let used = self.touch(item, api, noted);
            used.purposes.extend(purpose.map(str::to_owned));
            self.open.insert(call, item);
        }
    }

    /// An item is touched.
    fn touch(&mut self, item: PrivacyItem, api: &str, noted: &Noted) -> &mut Used {
        let task = self.causes.task();
        let handlers = self.causes.hooks(task).take(1).map(str::to_owned);
        let handlers: Vec<String> = handlers.collect();
        let is_by_user = matches!(self.causes.root(task), super::Root::Gesture(_));
        let place = noted.stack.first();
        let place = place.map(|at| format!("{}:{}:{}", at.file, at.line, at.column));
        let used = self.used.entry(item).or_insert_with(|| Used::new(item));
        used.apis.insert(api.to_owned());
        used.pages
            .extend(Some(self.page.clone()).filter(|page| !page.is_empty()));
        used.handlers.extend(handlers);
        used.steps
            .extend(Some(self.step.clone()).filter(|step| is_by_user && !step.is_empty()));
        used.places.extend(place);
        used
    }

    /// The draft so far, compared with what is declared in the world and in app.json.
    pub fn draft(&self, project: &Project, world: &World) -> GuideDraft {
        let declared = match world.privacy_guide() {
            Declared::Everything => None,
            Declared::Items(items) => Some(items.clone()),
            Declared::Banned => Some(BTreeSet::new()),
        };
        let used: Vec<Used> = self
            .used
            .values()
            .cloned()
            .map(|used| with_desc(used, project))
            .collect();
        let is_used = |item: &PrivacyItem| self.used.contains_key(item);
        let is_declared =
            |item: &PrivacyItem| declared.as_ref().is_none_or(|all| all.contains(item));
        let listed = project
            .app
            .required_private_infos
            .clone()
            .unwrap_or_default();
        GuideDraft {
            app: world.app().name.clone(),
            undeclared: self
                .used
                .keys()
                .copied()
                .filter(|item| !is_declared(item))
                .collect(),
            unused: declared
                .iter()
                .flatten()
                .copied()
                .filter(|item| !is_used(item))
                .collect(),
            infos_missing: self
                .infos
                .iter()
                .filter(|api| !listed.contains(api))
                .cloned()
                .collect(),
            infos_unused: listed
                .iter()
                .filter(|api| !self.infos.contains(*api))
                .cloned()
                .collect(),
            uses_privacy_check: project.app.use_privacy_check,
            declared,
            used,
        }
    }
}

/// What an interface collects.
fn items(api: &str, options: &Json) -> Vec<PrivacyItem> {
    if api == "authorize" {
        let scope = options["scope"].as_str().unwrap_or_default();
        let scope = Scope::ALL.into_iter().find(|known| known.name() == scope);
        return scope.and_then(PrivacyItem::of_scope).into_iter().collect();
    }
    let row = api::rows().find(|row| row.spec.name == api);
    let item = row.and_then(|row| row.spec.privacy);
    // The one component with two.
    let more = (api == "component.insertLivePusher").then_some(PrivacyItem::Microphone);
    item.into_iter().chain(more).collect()
}

/// With the purpose that app.json tells of a scope.
fn with_desc(mut used: Used, project: &Project) -> Used {
    let told = project.app.permission.iter().filter(|(name, desc)| {
        let scope = Scope::ALL
            .into_iter()
            .find(|scope| scope.name() == name.as_str());
        scope.and_then(PrivacyItem::of_scope) == Some(used.item) && !desc.is_empty()
    });
    used.purposes.extend(told.map(|(_, desc)| desc.clone()));
    used
}

/// What an item is called in English and in the console.
pub const fn item_words(item: PrivacyItem) -> [&'static str; 2] {
    match item {
        PrivacyItem::Profile => ["nickname and avatar", "昵称、头像"],
        PrivacyItem::Location => ["location", "位置信息"],
        PrivacyItem::ChosenLocation => ["chosen location", "选择的位置信息"],
        PrivacyItem::Address => ["postal address", "地址"],
        PrivacyItem::Invoice => ["invoices and their titles", "发票信息"],
        PrivacyItem::Steps => ["steps of WeRun", "微信运动步数"],
        PrivacyItem::PhoneNumber => ["phone number", "手机号"],
        PrivacyItem::LicensePlate => ["licence plate", "车牌号"],
        PrivacyItem::ChosenMedia => ["chosen photos or videos", "选中的照片或视频信息"],
        PrivacyItem::ChosenFiles => ["chosen files", "选中的文件"],
        PrivacyItem::Microphone => ["microphone", "麦克风"],
        PrivacyItem::Camera => ["camera", "摄像头"],
        PrivacyItem::Bluetooth => ["Bluetooth", "蓝牙"],
        PrivacyItem::Album => ["album (writing only)", "相册（仅写入）权限"],
        PrivacyItem::Contacts => ["contacts (writing only)", "通讯录（仅写入）权限"],
        PrivacyItem::Calendar => ["calendar (writing only)", "日历（仅写入）权限"],
        PrivacyItem::Accelerometer => ["accelerometer", "加速传感器"],
        PrivacyItem::Compass => ["magnetometer", "磁场传感器"],
        PrivacyItem::DeviceMotion => ["orientation sensor", "方向传感器"],
        PrivacyItem::Gyroscope => ["gyroscope", "陀螺仪传感器"],
        PrivacyItem::Clipboard => ["clipboard", "剪切板"],
    }
}

impl GuideDraft {
    /// With what another run touched.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        for own in other.used {
            match self.used.iter_mut().find(|used| used.item == own.item) {
                None => self.used.push(own),
                Some(used) => used.add(own),
            }
        }
        self.used.sort_by_key(|used| used.item);
        self.undeclared = joined(self.undeclared, other.undeclared);
        self.infos_missing = joined(self.infos_missing, other.infos_missing);
        self.unused.retain(|item| other.unused.contains(item));
        self.infos_unused
            .retain(|api| other.infos_unused.contains(api));
        self
    }

    /// The draft as Markdown, in English and Chinese.
    pub fn markdown(&self) -> Words {
        Words::new(self.written(0), self.written(1))
    }

    fn written(&self, language: usize) -> String {
        let say = |words: [&'static str; 2]| words[language];
        let mut text = match language {
            0 => format!("# Draft of the privacy guide of {}\n\n", self.app),
            _ => format!("# {}隐私保护指引草稿\n\n", self.app),
        };
        text.push_str(say([
            "Made of what the program touched in the runs; what was not run is missing. Check every purpose.\n\n",
            "根据运行中实际接触到的信息生成，未运行到的部分不在其中，请逐条核对用途。\n\n",
        ]));
        if self.used.is_empty() {
            text.push_str(say([
                "No personal information was touched.\n",
                "没有接触到任何个人信息。\n",
            ]));
        } else {
            self.write_used(&mut text, language);
        }
        let lists = [
            (
                say(["Used but not declared", "已使用但未声明"]),
                names(&self.undeclared, language),
            ),
            (
                say(["Declared but never used", "已声明但未使用"]),
                names(&self.unused, language),
            ),
            (
                say([
                    "Missing in requiredPrivateInfos",
                    "requiredPrivateInfos 中缺少",
                ]),
                self.infos_missing.clone(),
            ),
            (
                say([
                    "In requiredPrivateInfos but never called",
                    "requiredPrivateInfos 中有但未调用",
                ]),
                self.infos_unused.clone(),
            ),
        ];
        for (title, list) in lists {
            if !list.is_empty() {
                write_list(&mut text, title, &list);
            }
        }
        if self.declared.is_none() {
            text.push('\n');
            text.push_str(say([
                "Nothing is said of what the console declares, so declared items were not compared.\n",
                "没有给出后台已声明的内容，因此未做比较。\n",
            ]));
        }
        text
    }

    /// A sentence for each item, and the table of what led to it.
    fn write_used(&self, text: &mut String, language: usize) {
        for used in &self.used {
            let item = item_words(used.item)[language];
            let purposes: Vec<&str> = used.purposes.iter().map(String::as_str).collect();
            let open = ["(say what for)", "（请填写用途）"][language];
            let purpose = if purposes.is_empty() {
                open.to_owned()
            } else {
                purposes.join(["; ", "；"][language])
            };
            let line = match language {
                0 => format!("- The {item} is collected for: {purpose}\n"),
                _ => format!("- 为了{purpose}，开发者将收集你的{item}。\n"),
            };
            text.push_str(&line);
        }
        text.push_str(
            [
                "\n| Item | Interfaces | Pages | Led to by | Given |\n|---|---|---|---|---|\n",
                "\n| 信息 | 接口 | 页面 | 触发方式 | 用户是否提供 |\n|---|---|---|---|---|\n",
            ][language],
        );
        for used in &self.used {
            let led: BTreeSet<String> = used.steps.union(&used.handlers).cloned().collect();
            let given = [["no", "否"], ["yes", "是"]][usize::from(used.was_given)][language];
            let cells = [
                item_words(used.item)[language].to_owned(),
                cell(&used.apis),
                cell(&used.pages),
                cell(&led),
                given.to_owned(),
            ];
            text.push_str(&format_row(&cells));
        }
    }
}

/// Names of items in a language.
fn names(items: &[PrivacyItem], language: usize) -> Vec<String> {
    items
        .iter()
        .map(|item| item_words(*item)[language].to_owned())
        .collect()
}

fn write_list(text: &mut String, title: &str, list: &[String]) {
    // Writing to a text cannot fail.
    let _ = write!(text, "\n## {title}\n\n");
    for item in list {
        let _ = writeln!(text, "- {item}");
    }
}

/// The cell of a table.
fn cell(texts: &BTreeSet<String>) -> String {
    let texts: Vec<String> = texts
        .iter()
        .map(|text| text.replace('|', "\\|").replace('\n', " "))
        .collect();
    texts.join("<br>")
}

fn format_row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GuideCollector, GuideDraft, item_words};
    use crate::package::{MemoryFiles, load};
    use crate::profile::Profile;
    use crate::rules::fixture::Sample;
    use crate::world::privacy::{DeclarePrivacy, Declared, PrivacyItem};
    use crate::world::{AppFacts, World};

    const APP: &str = r#"{"pages": ["pages/a/a"], "permission": {"scope.userLocation": {"desc": "show shops near you"}},
        "requiredPrivateInfos": ["getLocation", "choosePoi"], "__usePrivacyCheck__": true}"#;
    const SCRIPT: &str = "Page({ near() { wx.getLocation({ success() {}, fail() {} }) }, who() {\n wx.getUserProfile({ desc: 'greet you', success() {}, fail() {} }) }, copy() { wx.setClipboardData({ data: 'x' }) } })";
    const MARKUP: &str = "<button id=\"n\" bindtap=\"near\">a</button><button id=\"w\" bindtap=\"who\">b</button><button id=\"c\" bindtap=\"copy\">c</button>";

    /// The draft of a run in which those buttons are tapped.
    fn draft(steps: &[&str], answer: &str, declared: &[PrivacyItem]) -> GuideDraft {
        let sample = Sample::page(MARKUP, SCRIPT)
            .file("app.json", APP)
            .answers(answer)
            .agrees();
        let entries = sample.steps(steps).run("none");
        let mut collector = GuideCollector::default();
        for entry in &entries {
            collector.hear_entry(entry);
        }
        let files = [
            ("app.json", APP),
            ("app.js", "App({})"),
            ("pages/a/a.wxml", MARKUP),
            ("pages/a/a.js", SCRIPT),
        ];
        let project = load(&MemoryFiles::new(files))
            .project
            .expect("the project is complete");
        let mut world = World::new(Profile::default(), AppFacts::default(), 0);
        if !declared.is_empty() {
            let items = declared.iter().copied().collect();
            world.apply(DeclarePrivacy(Declared::Items(items)));
        }
        collector.draft(&project, &world)
    }

    #[test]
    fn what_was_touched_is_drafted_with_what_led_to_it() {
        let draft = draft(&["tap #n", "tap #w"], "modal=cancel", &[]);
        let items: Vec<PrivacyItem> = draft.used.iter().map(|used| used.item).collect();
        assert_eq!(items, [PrivacyItem::Profile, PrivacyItem::Location]);
        let location = &draft.used[1];
        let set = |texts: &[&str]| {
            texts
                .iter()
                .map(|text| (*text).to_owned())
                .collect::<BTreeSet<String>>()
        };
        assert_eq!(location.apis, set(&["getLocation"]));
        assert_eq!(location.pages, set(&["pages/a/a"]));
        assert_eq!(location.purposes, set(&["show shops near you"]));
        assert_eq!(location.handlers, set(&["pages/a/a.near"]));
        assert_eq!(location.steps, set(&["tap #n"]));
        assert!(location.was_given);
        assert_eq!(draft.used[0].purposes, set(&["greet you"]));
        assert_eq!(draft.declared, None);
        assert!(draft.undeclared.is_empty() && draft.unused.is_empty() && draft.uses_privacy_check);
        assert_eq!(
            (draft.infos_missing.len(), draft.infos_unused.as_slice()),
            (0, ["choosePoi".to_owned()].as_slice())
        );
    }

    #[test]
    fn a_refused_item_is_used_and_not_given() {
        let draft = draft(&["tap #n"], "scope.userLocation=deny", &[]);
        assert_eq!(draft.used.len(), 1);
        assert!(!draft.used[0].was_given);
    }

    #[test]
    fn it_is_compared_with_what_is_declared() {
        let declared = [PrivacyItem::Location, PrivacyItem::Camera];
        let draft = draft(&["tap #n", "tap #c"], "modal=cancel", &declared);
        assert_eq!(draft.undeclared, [PrivacyItem::Clipboard]);
        assert_eq!(draft.unused, [PrivacyItem::Camera]);
    }

    #[test]
    fn the_text_is_written_in_both_languages() {
        let declared = [PrivacyItem::Location, PrivacyItem::Camera];
        let text = draft(&["tap #n", "tap #c"], "modal=cancel", &declared).markdown();
        for line in [
            "- The location is collected for: show shops near you",
            "- The clipboard is collected for: (say what for)",
            "| location | getLocation | pages/a/a | pages/a/a.near<br>tap #n | yes |",
            "## Used but not declared\n\n- clipboard\n",
            "## Declared but never used\n\n- camera\n",
        ] {
            assert!(text.en.contains(line), "{line}\n{}", text.en);
        }
        for line in [
            "- 为了show shops near you，开发者将收集你的位置信息。",
            "## 已使用但未声明\n\n- 剪切板\n",
        ] {
            assert!(text.zh.contains(line), "{line}\n{}", text.zh);
        }
        let nothing = draft(&[], "modal=cancel", &[]).markdown();
        assert!(
            nothing.en.contains("No personal information was touched."),
            "{}",
            nothing.en
        );
    }

    #[test]
    fn a_draft_is_read_as_it_was_written_and_names_differ() {
        let draft = draft(&["tap #n"], "modal=cancel", &[PrivacyItem::Camera]);
        let text = serde_json::to_string(&draft).expect("plain members");
        assert_eq!(
            serde_json::from_str::<GuideDraft>(&text).expect("the same form"),
            draft
        );
        let names: BTreeSet<&str> = PrivacyItem::ALL
            .iter()
            .flat_map(|item| item_words(*item))
            .collect();
        assert_eq!(names.len(), 2 * PrivacyItem::ALL.len());
    }
}

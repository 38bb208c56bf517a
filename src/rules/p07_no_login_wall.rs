//! Who opens the program for the first time is not met by a login.
//!
//! Found is a page that shows nothing but a login when the program rests after its start, before any gesture: every
//! element that can be operated belongs to a login (its button, its fields, its agreement, the customer service),
//! there are few other texts, no tab bar and no page below to go back to. An element whose purpose its words do not
//! tell may be the way out, so then nothing is found.
//!
//! What a program shows without the data of its server says little: when a request went unanswered, only a page with
//! a name of a login that was not reached by such a request counts. Whether the service is open to the public, which
//! the platform's rule is about, the program does not say.

use std::collections::BTreeSet;

use super::on_page::place;
use super::outcome::is_missing;
use super::{Cx, Judged, Root, Rule, Watcher};
use crate::login_words::{is_agreement, is_login, is_way_out};
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Cause, Entry, Event};
use crate::view::coerce;
use crate::view::find::{Glance, glance, names_of};
use crate::view::tree::{Element, Tree};
use crate::view::value::Val;

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P07",
    name: "no-login-wall",
    weight: Weight::Error,
    title: [
        "A service for the public does not begin with a login",
        "面向公众的服务，首次打开时不强制登录",
    ],
    fix: [
        "show the content first, and ask for the login when the user uses what needs it",
        "先展示内容，用户使用需要登录的功能时再要求登录",
    ],
    source: "https://developers.weixin.qq.com/community/develop/doc/000ea46d08898015317b956c65fc09?page=3",
    official: true,
    judged: Judged::Run(|| Box::<Start>::default()),
};

/// Most lines of a page that are looked at; a login has fewer.
const LINES_MAX: usize = 60;
/// Most texts besides what can be operated.
const OTHER_TEXTS_MAX: usize = 5;
/// Words in the route of a login.
const ROUTES: [&str; 7] = [
    "login", "auth", "signin", "register", "passport", "denglu", "logon",
];

/// Keeps how the program came to the page on top.
#[derive(Clone, Default)]
struct Start {
    /// The user did something.
    is_over: bool,
    /// Calls that got no answer because nobody says what the server answers.
    unanswered: BTreeSet<u32>,
    /// Whether anything of the kind was missing.
    is_missing: bool,
    /// The last call that opened a page, and whether it follows from an answer that is missing.
    routing: Option<(u32, bool)>,
    /// How many pages there are.
    depth: usize,
}

impl Watcher for Start {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        self.is_missing |= is_missing(&entry.event);
        match &entry.event {
            // Who opens another page than the first, by a card or a code, asked for it.
            Event::Enter {
                kind, options, ..
            } if kind == "launch" => {
                let home = cx.rest.world.app().home_page();
                let path = options.as_ref().and_then(|own| own["path"].as_str());
                self.is_over |= path.is_some_and(|path| Some(path) != home);
            }
            Event::Task {
                cause: Cause::Gesture(_),
                ..
            } => self.is_over = true,
            Event::Unrouted { call, .. } | Event::Undeclared { call, .. } => {
                self.unanswered.insert(*call);
            }
            Event::Call { call, api, .. } if is_routing(api) => {
                let is_launch = cx.causes.root(entry.task) == Root::Launch;
                let mut replies = cx.causes.replies(entry.task);
                let guessed = replies.any(|reply| self.unanswered.contains(&reply.call));
                self.routing = Some((*call, guessed || !is_launch));
            }
            Event::Route { pages, .. } => self.depth = pages.len(),
            _ => {}
        }
    }

    fn rest(&mut self, cx: &mut Cx<'_>) {
        let Some(tree) = cx.rest.tree.filter(|_| !self.is_over) else {
            return;
        };
        let app = cx.rest.world.app();
        let has_bar = tree.tab_bar().is_some() || app.is_tab_page(cx.page);
        let is_guess = self.is_missing && !is_login_route(cx.page)
            || self.routing.is_some_and(|(_, guessed)| guessed);
        // A program of one page has nothing behind a wall.
        let is_whole = cx.rest.project.app.pages.len() == 1;
        if has_bar || is_guess || is_whole || self.depth != 1 {
            return;
        }
        let lines = glance(tree, LINES_MAX);
        let Some(login) = only_login(tree, &lines) else {
            return;
        };
        self.is_over = true;
        let page = cx.page.to_owned();
        let (en, zh) = (
            format!(
                "the program begins with the login `{page}`: there is nothing else to do and no way past it"
            ),
            format!("小程序一打开就是登录页 `{page}`：没有其他内容，也无法跳过"),
        );
        let found = if let Some((call, _)) = self.routing {
            cx.find_call(call, en, zh)
        } else {
            let at = place(tree, login.node, cx);
            cx.find_at(0, at, en, zh)
        };
        found.data = serde_json::json!({ "page": page, "login": login.text });
    }
}

/// Whether an API replaces the page on top.
fn is_routing(api: &str) -> bool {
    matches!(api, "reLaunch" | "redirectTo" | "navigateTo" | "switchTab")
}

fn is_login_route(route: &str) -> bool {
    let route = route.to_lowercase();
    ROUTES.iter().any(|word| route.contains(word))
}

/// The line of the login, when a page shows nothing else.
fn only_login<'a>(tree: &Tree, lines: &'a [Glance]) -> Option<&'a Glance> {
    let mut login = None;
    let mut others = 0;
    for line in lines {
        let element = tree.node(line.node).element()?;
        match line.part {
            None => {
                others += 1;
                if is_way_out(&line.text) {
                    return None;
                }
            }
            Some(part) => match kind(tree, element, line, part) {
                Part::Login => login = login.or(Some(line)),
                Part::Beside => {}
                Part::Other => return None,
            },
        }
    }
    login.filter(|_| others <= OTHER_TEXTS_MAX && lines.len() < LINES_MAX)
}

/// What an element is to a login.
enum Part {
    /// It logs in.
    Login,
    /// It belongs to it: a field, an agreement, the customer service.
    Beside,
    /// Something else, or not known.
    Other,
}

fn kind(tree: &Tree, element: &Element, line: &Glance, part: &str) -> Part {
    let mut words = names_of(tree, line.node);
    words.push(line.text.clone());
    let words = words.join(" ");
    let kinds = coerce::join_text(element.attribute("open-type"));
    let handlers = element.events.iter().filter_map(|own| match &own.handler {
        Val::Text(name) => Some(name.to_string()),
        _ => None,
    });
    let handlers = handlers.collect::<Vec<_>>().join(" ");
    if is_way_out(&words) || is_way_out(&handlers) {
        return Part::Other;
    }
    let asks = ["getPhoneNumber", "getRealtimePhoneNumber", "getUserInfo"];
    if asks.iter().any(|kind| kinds.contains(kind)) {
        return Part::Login;
    }
    if matches!(&*kinds, "contact" | "feedback" | "chooseAvatar") {
        return Part::Beside;
    }
    match part {
        "checkbox" | "radio" | "switch" => Part::Beside,
        "input" if is_login(&words) => Part::Beside,
        "input" => Part::Other,
        _ if is_agreement(&words) => Part::Beside,
        _ if is_login(&words) => Part::Login,
        _ => Part::Other,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;

    const LOGIN: &str = "<image src=\"/logo.png\"/><view>欢迎使用</view>\n\
        <button bindtap=\"go\">微信一键登录</button>\
        <label><checkbox/>同意</label><text bindtap=\"show\">《用户协议》</text>";

    /// A program that begins with this page and has another one.
    fn first(markup: &str, script: &str) -> Sample {
        Sample::page(markup, script)
            .file("app.json", r#"{"pages": ["pages/a/a", "pages/b/b"]}"#)
            .file("pages/b/b.wxml", "<view>商品一</view>")
            .file("pages/b/b.js", "Page({})")
    }

    /// A home page with content, and a login page.
    fn program(home: &str, login: &str) -> Sample {
        Sample::new(&[
            (
                "app.json",
                r#"{"pages": ["pages/a/a", "pages/login/login"]}"#,
            ),
            ("app.js", "App({})"),
            ("pages/a/a.wxml", "<view bindtap=\"open\">商品一</view>"),
            ("pages/a/a.js", home),
            ("pages/login/login.wxml", login),
            ("pages/login/login.js", "Page({ go() {}, show() {} })"),
        ])
    }

    const SENDS: &str =
        "Page({ open() {}, onLoad() {\n wx.reLaunch({ url: '/pages/login/login' }) } })";

    #[test]
    fn a_first_page_that_is_a_login_is_found_in_its_template() {
        let found = first(LOGIN, "Page({ go() {}, show() {} })").findings("P07");
        assert_eq!(found.len(), 1, "{found:?}");
        let says = "the program begins with the login `pages/a/a`: there is nothing else to do and no way past it";
        assert_eq!(found[0].says.en, says);
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.wxml", 2));
        let phone = "<button open-type=\"getPhoneNumber\" bindgetphonenumber=\"go\">开始</button>";
        assert_eq!(first(phone, "Page({ go() {} })").findings("P07").len(), 1);
    }

    #[test]
    fn a_start_that_leads_to_the_login_is_found_at_the_call_also_by_a_timer() {
        let found = program(SENDS, LOGIN).findings("P07");
        assert_eq!(found.len(), 1, "{found:?}");
        let at = found[0].at.as_ref().expect("a place");
        assert_eq!((at.file.as_str(), at.line), ("pages/a/a.js", 2));
        let later = SENDS
            .replace("wx.reLaunch", "setTimeout(() => wx.reLaunch")
            .replace("' })", "' }), 500)");
        let found = program(&later, LOGIN)
            .steps(&["advance 1s"])
            .findings("P07");
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_way_past_it_makes_it_no_wall() {
        for more in [
            "<button bindtap=\"show\">暂不登录</button>",
            "<view bindtap=\"show\">商品一</view>",
            "<view bindtap=\"show\"></view>",
            "<input placeholder=\"搜索\" bindinput=\"show\"/>",
        ] {
            let page = first(&format!("{LOGIN}{more}"), "Page({ go() {}, show() {} })");
            assert_eq!(page.findings("P07"), [], "{more}");
        }
        let texts = "<view>新闻</view>".repeat(6);
        let page = first(&format!("{LOGIN}{texts}"), "Page({ go() {}, show() {} })");
        assert_eq!(page.findings("P07"), [], "it shows something");
        let on_top = SENDS.replace("reLaunch", "navigateTo");
        assert_eq!(program(&on_top, LOGIN).findings("P07"), [], "back is a way");
        let bar = r#"{"pages": ["pages/a/a", "pages/login/login"], "tabBar": { "list": [
            { "pagePath": "pages/a/a", "text": "a" }, { "pagePath": "pages/login/login", "text": "b" }] }}"#;
        assert_eq!(
            program(SENDS, LOGIN).file("app.json", bar).findings("P07"),
            []
        );
    }

    #[test]
    fn a_login_that_the_user_asked_for_is_none() {
        let home = "Page({ open() { wx.reLaunch({ url: '/pages/login/login' }) } })";
        let found = program(home, LOGIN)
            .steps(&["tap text=商品一"])
            .findings("P07");
        assert_eq!(found, []);
        let page = first("<view>商品</view>", "Page({})");
        assert_eq!(page.findings("P07"), []);
    }

    #[test]
    fn what_follows_from_an_answer_that_is_missing_is_none() {
        let asks = "Page({ open() {}, onLoad() { wx.request({ url: 'https://a.example/me', fail() {\n\
             wx.reLaunch({ url: '/pages/login/login' }) } }) } })";
        assert_eq!(program(asks, LOGIN).findings("P07"), []);
        let list = "Page({ go() {}, show() {}, onLoad() { wx.request({ url: 'https://a.example/list', fail() {} }) } })";
        assert_eq!(first(LOGIN, list).findings("P07"), []);
        let login = SENDS.replace(
            "onLoad() {",
            "onLoad() { wx.request({ url: 'https://a.example/log', fail() {} });",
        );
        assert_eq!(
            program(&login, LOGIN).findings("P07").len(),
            1,
            "it needs no answer to go there"
        );
    }
}

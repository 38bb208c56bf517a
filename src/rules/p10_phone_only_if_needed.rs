//! The phone number is not asked for in flows that do without it.
//!
//! Told, as information, is a prompt for the number on a page whose route or title names picking up, eating in,
//! parking or sharing. Whether the number is needed there is for people to say.

use super::{Cx, Judged, Rule, Watcher};
use crate::profile::Date;
use crate::runtime::monitor::Weight;
use crate::runtime::trace::{Entry, Event};

/// The row.
pub(super) const RULE: Rule = Rule {
    id: "P10",
    name: "phone-only-if-needed",
    weight: Weight::Info,
    title: [
        "The phone number is not asked for in pick-up, dine-in, parking and sharing flows",
        "自提、堂食、停车、分享等流程不请求手机号",
    ],
    fix: [
        "leave the number out of this flow, or let the user type it where it is needed",
        "该流程不请求手机号；确有需要时由用户自行填写",
    ],
    source: "https://zz5.net/news/6992",
    official: false,
    judged: Judged::Run(|| Box::new(Phone)),
};

/// From this day the platform charges for numbers.
const CHARGED_FROM: Date = Date::new(2023, 8, 28);

/// A flow: its name in English and Chinese, its words in routes and in titles.
type Flow = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// Flows that do without a phone number.
const FLOWS: [Flow; 4] = [
    (
        "pick-up",
        "自提",
        &["pickup", "ziti", "selftake"],
        &["自提", "Pick-up"],
    ),
    (
        "dine-in",
        "堂食",
        &["dinein", "tangshi"],
        &["堂食", "Dine-in"],
    ),
    (
        "parking",
        "停车",
        &["parking", "tingche"],
        &["停车", "Parking"],
    ),
    (
        "sharing",
        "分享",
        &["/share/", "/share"],
        &["分享", "Share"],
    ),
];

/// Hears prompts for the phone number.
struct Phone;

impl Watcher for Phone {
    fn hear(&mut self, entry: &Entry, cx: &mut Cx<'_>) {
        let Event::Question { call, asked, .. } = &entry.event else {
            return;
        };
        if asked.key != "phone" {
            return;
        }
        let page = cx.rest.project.page(cx.page);
        let title = page.and_then(|page| page.window.get("navigationBarTitleText"));
        let title = title.and_then(serde_json::Value::as_str);
        let Some((en, zh)) = flow(cx.page, title.unwrap_or_default()) else {
            return;
        };
        let api = cx.causes.call(*call).map_or("", |call| call.api.as_str());
        let day = cx.rest.world.profile().compat_date;
        let is_charged = api == "button.getPhoneNumber" && day >= CHARGED_FROM;
        let (cost_en, cost_zh) = if is_charged {
            (
                "; each number costs 0.03 yuan",
                "；每次成功获取收费 0.03 元",
            )
        } else {
            ("", "")
        };
        let found = cx.find_call(
            *call,
            format!("the phone number is asked for on a page of a {en} flow{cost_en}"),
            format!("在{zh}流程的页面请求手机号{cost_zh}"),
        );
        found.data = serde_json::json!({ "flow": en, "charged": is_charged });
    }
}

/// The flow that a page belongs to, by its route and its title.
fn flow(route: &str, title: &str) -> Option<(&'static str, &'static str)> {
    let route = route.to_lowercase().replace(['-', '_'], "");
    let mut flows = FLOWS.iter();
    let is_named = |(_, _, routes, titles): &&Flow| {
        let in_route = |word: &&str| match *word {
            "/share" => route.ends_with("/share"),
            word => route.contains(word),
        };
        routes.iter().any(in_route) || titles.iter().any(|word| title.contains(word))
    };
    flows.find(is_named).map(|(en, zh, ..)| (*en, *zh))
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::Sample;
    use crate::runtime::monitor::{Found, Weight};

    fn asked(route: &str, title: &str, day: &str) -> Vec<Found> {
        let markup = "<button open-type=\"getPhoneNumber\" bindgetphonenumber=\"go\">a</button>";
        let app = format!("{{ \"pages\": [\"{route}\"] }}");
        let json = format!("{{ \"navigationBarTitleText\": \"{title}\" }}");
        let (path, of) = (format!("{route}.wxml"), format!("{route}.json"));
        let script = "App({ onLaunch() { wx.login({}) } })";
        let sample = Sample::new(&[("app.json", &app), ("app.js", script), (&path, markup)]);
        let sample = sample
            .file(&of, &json)
            .file(&format!("{route}.js"), "Page({ go() {} })");
        sample
            .agrees()
            .day(day)
            .opened(route, 1001)
            .steps(&["tap text=a"])
            .findings("P10")
    }

    #[test]
    fn a_prompt_in_a_flow_that_does_without_is_told_with_its_cost() {
        for (route, title, flow) in [
            ("pages/self-take/index", "", "pick-up"),
            ("pages/order/index", "到店堂食", "dine-in"),
            ("pages/ParkingPay/index", "", "parking"),
            ("pages/share/index", "", "sharing"),
        ] {
            let found = asked(route, title, "2026-01-01");
            assert_eq!(found.len(), 1, "{route}: {found:?}");
            let says = format!(
                "the phone number is asked for on a page of a {flow} flow; each number costs 0.03 yuan"
            );
            assert_eq!(found[0].says.en, says);
            assert_eq!(
                (found[0].weight, found[0].page.as_str()),
                (Weight::Info, route)
            );
            assert_eq!(found[0].causes, ["tap text=a"]);
            let at = found[0].at.as_ref().expect("the button");
            assert_eq!((at.file.clone(), at.line), (format!("{route}.wxml"), 1));
        }
    }

    #[test]
    fn before_numbers_were_charged_no_cost_is_told() {
        let found = asked("pages/pickup/index", "", "2022-01-01");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].says.en.ends_with("of a pick-up flow"), "{found:?}");
    }

    #[test]
    fn another_page_is_none() {
        assert_eq!(asked("pages/delivery/index", "外卖", "2026-01-01"), []);
        assert_eq!(asked("pages/shareholder/index", "", "2026-01-01"), []);
    }
}

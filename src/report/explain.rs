//! What an errMsg, an errno, a scope or a name means: what `wxsim explain` prints.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anstyle::Style;
use serde_json::{Value as Json, json};

use super::api::{Member, failures, sample};
use super::errcode;
use super::text::Paint;
use crate::api::rows;
use crate::errmsg::{self, ERRNOS, Errcode, Errno, Meaning, Reason};
use crate::near::near;
use crate::profile::{Date, Platform, Profile};
use crate::spec::{ApiSpec, shown_name};
use crate::world::scope::Scope;

/// One thing that a text can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The reason's text, the error number's text or the scope.
    pub text: String,
    errno: Option<u32>,
    /// The `errCode` of a result.
    err_code: Option<i32>,
    /// The number of WeChat's servers, and the endpoints that give it.
    errcode: Option<(i32, &'static [&'static str])>,
    meaning: Meaning,
    /// The APIs that give it, without `wx.`.
    apis: Vec<&'static str>,
}

/// What a text means: a whole errMsg, its reason alone, an errno, a number or an answer of WeChat's
/// servers, a scope, or the name of an API with all that it fails with; empty when unknown.
pub fn explain(text: &str) -> Vec<Explanation> {
    let text = text.trim();
    if let Ok(code) = text.parse::<i32>() {
        let own = u32::try_from(code).map(of_number).unwrap_or_default();
        let carried = if own.is_empty() {
            of_err_code(code)
        } else {
            Vec::new()
        };
        return [own, errcode::of_code(code), carried].concat();
    }
    if let Some(member) = Member::find(text) {
        return of_member(member);
    }
    if let Some(scope) = Scope::parse(text).or_else(|| Scope::parse(&format!("scope.{text}"))) {
        return vec![of_scope(scope)];
    }
    let (api, reason) = parts(text);
    if reason == "ok" {
        return of_errno(|errno| errno.code == 0);
    }
    if reason.contains("net::ERR_") {
        return of_network(reason);
    }
    let found = of_text(api, reason);
    if !found.is_empty() {
        return found;
    }
    let numbers = of_errno(|errno| errno.text.eq_ignore_ascii_case(reason));
    [numbers, errcode::of_answer(text)].concat()
}

/// Known texts that look like one.
pub fn near_texts(text: &str) -> Vec<String> {
    let (api, reason) = parts(text.trim());
    let mut known: Vec<String> = Vec::new();
    for candidate in reasons() {
        known.extend(texts(&candidate, api));
    }
    known.extend(ERRNOS.iter().map(|errno| errno.code.to_string()));
    known.extend(ERRNOS.iter().map(|errno| errno.text.to_owned()));
    known.extend(errcode::known());
    known.extend(Scope::ALL.iter().map(|scope| scope.name().to_owned()));
    known.extend(Member::all().map(|member| member.name().into_owned()));
    let mut found: Vec<String> = Vec::new();
    let spelled = near(reason, known.iter().map(String::as_str));
    for text in spelled.into_iter().chain(sharing_words(reason, &known)) {
        if !found.iter().any(|other| other == text) {
            found.push(text.to_owned());
        }
    }
    found.truncate(NEAR_MAX);
    found
}

/// Texts named to somebody whose own is unknown.
const NEAR_MAX: usize = 5;

/// The known texts that have most of the words of a text, those with the most first.
fn sharing_words<'k>(text: &str, known: &'k [String]) -> Vec<&'k str> {
    let words = |text: &str| -> BTreeSet<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        let long = parts.filter(|word| word.chars().count() > 2);
        long.map(str::to_lowercase).collect()
    };
    let wanted = words(text);
    let mut found: Vec<(usize, &str)> = known
        .iter()
        .map(|known| (words(known).intersection(&wanted).count(), known.as_str()))
        .filter(|(shared, _)| *shared > 0 && 2 * shared >= wanted.len())
        .collect();
    found.sort_by_key(|(shared, text)| (std::cmp::Reverse(*shared), text.len(), *text));
    found.dedup();
    found
        .into_iter()
        .take(NEAR_MAX)
        .map(|(_, text)| text)
        .collect()
}

/// The API and the reason of an errMsg; without an API the text is the reason.
fn parts(text: &str) -> (&str, &str) {
    let Some((api, rest)) = text.split_once(':') else {
        return ("", text);
    };
    match (rest.strip_prefix("fail"), rest) {
        (Some(reason), _) => (api, reason.trim_start_matches([' ', ':']).trim_end()),
        (None, "ok") => (api, "ok"),
        _ => ("", text),
    }
}

/// Every reason of a row, and those that any call can meet.
fn reasons() -> Vec<Reason> {
    let mut all = vec![Reason::Parameter(String::new()), Reason::NotSimulated];
    for reason in rows().flat_map(|api| failures(api.spec)) {
        if !all.iter().any(|known| sample(known) == sample(&reason)) {
            all.push(reason);
        }
    }
    all
}

/// The words of a reason on the platforms that have their own.
fn texts(reason: &Reason, api: &str) -> Vec<String> {
    let of = |platform, day: Profile| Profile { platform, ..day };
    let old = Profile::on(Date::new(2018, 6, 4));
    let profiles = [
        Profile::default(),
        of(Platform::Android, Profile::default()),
        of(Platform::Devtools, Profile::default()),
        old.clone(),
        of(Platform::Devtools, old),
    ];
    let mut texts: Vec<String> = Vec::new();
    for profile in profiles {
        let text = sample(reason).text(api, &profile);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// Whether a text is the pattern; `…` stands for anything.
pub(super) fn is_like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('…') {
        None => text.eq_ignore_ascii_case(pattern),
        Some((start, end)) => {
            text.len() >= start.len() + end.len() && text.starts_with(start) && text.ends_with(end)
        }
    }
}

/// Exact texts before patterns.
fn of_text(api: &str, text: &str) -> Vec<Explanation> {
    let spelled = |reason: &Reason| {
        let mut texts = texts(reason, api);
        texts.retain(|known| is_like(text, known));
        texts.into_iter().next()
    };
    let mut found: Vec<(Reason, String)> = reasons()
        .into_iter()
        .filter_map(|reason| spelled(&reason).map(|text| (reason, text)))
        .collect();
    if found.iter().any(|(_, text)| !text.contains('…')) {
        found.retain(|(_, text)| !text.contains('…'));
    }
    let found = found.into_iter();
    found
        .filter_map(|(reason, text)| explained(&reason, text))
        .collect()
}

/// A number of the table of errnos, or of a failure's own.
fn of_number(code: u32) -> Vec<Explanation> {
    let found = of_errno(|errno| errno.code == code);
    if !found.is_empty() {
        return found;
    }
    let own = reasons().into_iter().filter(|it| it.errno() == Some(code));
    let explained = own.filter_map(|reason| explained(&reason, words_of(&reason)));
    explained.collect()
}

/// A number that results of APIs carry as `errCode`.
fn of_err_code(code: i32) -> Vec<Explanation> {
    let own = reasons().into_iter();
    let own = own.filter(|it| it.err_code() == Some(i64::from(code)));
    let explained = own.filter_map(|reason| {
        Some(Explanation {
            err_code: Some(code),
            ..explained(&reason, words_of(&reason))?
        })
    });
    explained.collect()
}

/// The words of a failure; where it has none, the whole text of an API that gives it.
fn words_of(reason: &Reason) -> String {
    let words = texts(reason, "").swap_remove(0);
    match givers(reason).first() {
        Some(api) if words.is_empty() => errmsg::fail(api, reason, &Profile::default()),
        _ => words,
    }
}

/// An API in a sentence, then each of its failures.
fn of_member(member: Member) -> Vec<Explanation> {
    let Member::Row(spec) = member else {
        let not_simulated = Reason::NotSimulated;
        let text = shown_name(&member.name());
        return explained(&not_simulated, text).into_iter().collect();
    };
    let itself = Explanation {
        text: shown_name(spec.name),
        errno: None,
        err_code: None,
        errcode: None,
        meaning: Meaning {
            en: spec.summary,
            zh: "微信小程序接口。",
            advice_en: "`wxsim api` with this name shows parameters and examples; its failures follow.",
            advice_zh: "用 `wxsim api` 加接口名查看参数和示例；下面是它的失败原因。",
        },
        apis: Vec::new(),
    };
    let mut all = vec![itself];
    let mut reasons = failures(spec);
    if spec.params.iter().any(|param| param.checked) {
        reasons.insert(0, Reason::Parameter("…".to_owned()));
    }
    let profile = Profile::default();
    all.extend(reasons.iter().filter_map(|reason| {
        let text = errmsg::fail(spec.own_name(), &sample(reason), &profile);
        let apis = Vec::new();
        Some(Explanation {
            apis,
            ..explained(reason, text)?
        })
    }));
    all
}

fn explained(reason: &Reason, text: String) -> Option<Explanation> {
    Some(Explanation {
        text,
        errno: reason.errno(),
        err_code: None,
        errcode: None,
        meaning: reason.meaning()?,
        apis: givers(reason),
    })
}

/// Words of the client's network component, of which there are many.
fn of_network(words: &str) -> Vec<Explanation> {
    let reason = Reason::Network(words.to_owned());
    explained(&reason, words.to_owned()).into_iter().collect()
}

fn of_errno(wanted: impl Fn(&Errno) -> bool) -> Vec<Explanation> {
    let found = ERRNOS.iter().filter(|errno| wanted(errno));
    let explained = found.map(|errno| {
        let mut apis: Vec<&str> = reasons()
            .iter()
            .filter(|reason| reason.errno() == Some(errno.code))
            .flat_map(givers)
            .collect();
        apis.dedup();
        Explanation {
            text: errno.text.to_owned(),
            errno: Some(errno.code),
            err_code: None,
            errcode: None,
            meaning: errno.meaning,
            apis,
        }
    });
    explained.collect()
}

/// The rows that list the reason, or that can fail with it because of their gates.
fn givers(reason: &Reason) -> Vec<&'static str> {
    let gives = |spec: &ApiSpec| {
        let checked =
            matches!(reason, Reason::Parameter(_)) && spec.params.iter().any(|param| param.checked);
        let listed = failures(spec)
            .iter()
            .any(|own| sample(own) == sample(reason));
        checked || listed
    };
    let giving = rows().filter(|api| gives(api.spec));
    giving.map(|api| api.spec.name).collect()
}

fn of_scope(scope: Scope) -> Explanation {
    let guarded = |spec: &ApiSpec| spec.guard.asks_for(scope.name());
    let rows = rows().filter(|api| guarded(api.spec));
    let (en, zh) = scope_words(scope);
    Explanation {
        text: scope.name().to_owned(),
        errno: None,
        err_code: None,
        errcode: None,
        meaning: Meaning {
            en,
            zh,
            advice_en: "Ask with wx.authorize or by the API itself; after a refusal only \
                        wx.openSetting changes it.",
            advice_zh: "用 wx.authorize 或接口本身询问；被拒绝后只能通过 wx.openSetting 更改。",
        },
        apis: rows.map(|api| api.spec.name).collect(),
    }
}

/// What a scope allows.
fn scope_words(scope: Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::UserLocation => ("Exact location.", "精确地理位置。"),
        Scope::UserFuzzyLocation => ("Approximate location.", "模糊地理位置。"),
        Scope::UserLocationBackground => ("Location in the background.", "后台定位。"),
        Scope::Record => ("The microphone.", "麦克风。"),
        Scope::Camera => ("The camera.", "摄像头。"),
        Scope::Bluetooth => ("Bluetooth.", "蓝牙。"),
        Scope::WritePhotosAlbum => ("Adding to the photo album.", "添加到相册。"),
        Scope::AddPhoneContact => ("Adding to the contacts.", "添加到联系人。"),
        Scope::AddPhoneCalendar => ("Adding to the calendar.", "添加到日历。"),
        Scope::Werun => ("Steps of WeRun.", "微信运动步数。"),
        Scope::UserInfo => (
            "Nickname and avatar; no longer asked for.",
            "用户信息（已不再询问）。",
        ),
        Scope::Address => (
            "The address list; no longer asked for.",
            "通讯地址（已不再询问）。",
        ),
        Scope::InvoiceTitle => (
            "Invoice titles; no longer asked for.",
            "发票抬头（已不再询问）。",
        ),
        Scope::Invoice => ("Invoices; no longer asked for.", "获取发票（已不再询问）。"),
    }
}

impl Explanation {
    /// That of a number of WeChat's servers.
    pub(super) fn of_errcode(it: &Errcode) -> Self {
        Self {
            text: it.text.to_owned(),
            errno: None,
            err_code: None,
            errcode: Some((it.code, it.endpoints)),
            meaning: it.meaning,
            apis: Vec::new(),
        }
    }

    /// The object that `--json` prints of it.
    pub fn to_json(&self) -> Json {
        let words = self.meaning;
        json!({
            "text": self.text,
            "errno": self.errno,
            "errCode": self.err_code,
            "errcode": self.errcode.map(|it| it.0),
            "endpoints": self.errcode.map(|it| it.1),
            "meaning": {"en": words.en, "zh": words.zh},
            "advice": {"en": words.advice_en, "zh": words.advice_zh},
            "apis": self.apis,
        })
    }

    /// For people, English first, ending with a line feed.
    pub fn render(&self, paint: Paint) -> String {
        let errcode = self.errcode.map(|it| format!("  (errcode {})", it.0));
        let errno = self.errno.map(|errno| format!("  (errno {errno})"));
        let carried = self.err_code.map(|code| format!("  (errCode {code})"));
        let number = errno.or(errcode).or(carried);
        let title = paint.apply(Style::new().bold(), &self.text);
        let mut text = format!("{title}{}\n\n", number.unwrap_or_default());
        let words = self.meaning;
        let apis = self.apis.iter().map(|name| shown_name(name));
        let mut apis = apis.collect::<Vec<_>>().join(", ");
        if let Some((_, endpoints)) = self.errcode {
            apis = match endpoints {
                [] => "WeChat's servers".to_owned(),
                some => some.join(", "),
            };
        }
        for (title, value) in [
            ("meaning", words.en),
            ("what to do", words.advice_en),
            ("含义", words.zh),
            ("怎么办", words.advice_zh),
            ("given by", &apis),
        ] {
            if !value.is_empty() {
                let wide = title.chars().filter(|c| !c.is_ascii()).count();
                let title = format!("{title}{}", " ".repeat(12 - title.chars().count() - wide));
                let title = paint.apply(Style::new().dimmed(), &title);
                let _ = writeln!(text, "{title} {value}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, explain, near_texts, reasons, texts};
    use crate::world::network_failure::NetworkFailure;

    #[test]
    fn every_reason_has_a_meaning_in_both_languages() {
        let silent: Vec<_> = reasons()
            .into_iter()
            .filter(|reason| {
                !reason.meaning().is_some_and(|words| {
                    let all = [words.en, words.zh, words.advice_en, words.advice_zh];
                    all.iter().all(|text| !text.is_empty())
                })
            })
            .collect();
        assert!(
            silent.is_empty(),
            "add to src/errmsg/meaning.rs: {silent:?}"
        );
    }

    #[test]
    fn every_text_of_every_reason_is_explained() {
        for reason in reasons() {
            for text in texts(&reason, "navigateTo") {
                let whole = format!("navigateTo:fail {text}");
                assert!(!explain(&whole).is_empty(), "{whole}");
            }
        }
    }

    #[test]
    fn every_errno_of_every_reason_is_explained() {
        for code in reasons().iter().filter_map(Reason::errno) {
            assert!(!explain(&code.to_string()).is_empty(), "{code}");
        }
        for code in reasons().iter().filter_map(Reason::err_code) {
            assert!(!explain(&code.to_string()).is_empty(), "{code}");
        }
        let frozen = explain("90010");
        assert_eq!(
            frozen[0].text,
            "authenticate freeze. please try again later"
        );
        assert_eq!(frozen[0].apis, ["startSoterAuthentication"]);
        let nameless = explain("90002");
        assert_eq!(nameless[0].text, "startSoterAuthentication:fail");
    }

    #[test]
    fn a_name_is_explained_with_all_that_it_fails_with() {
        let told = |name: &str| -> Vec<String> {
            let all = explain(name).into_iter();
            all.map(|it| it.text).collect()
        };
        let texts = told("wx.getStorage");
        assert!(
            texts.contains(&"getStorage:fail data not found".to_owned()),
            "{texts:?}"
        );
        assert!(
            texts.contains(&"getStorage:fail parameter error: …".to_owned()),
            "{texts:?}"
        );
        assert_eq!(
            told("createLivePusherContext"),
            ["wx.createLivePusherContext"]
        );
    }

    #[test]
    fn an_unknown_text_leads_to_those_with_the_same_words() {
        let near = near_texts("the system permission was denied");
        assert!(
            near.contains(&"system permission denied".to_owned()),
            "{near:?}"
        );
        assert!(near_texts("getStorag").contains(&"getStorage".to_owned()));
        assert!(near_texts("zzz").is_empty());
    }

    #[test]
    fn a_text_is_taken_as_it_stands_in_a_log() {
        let first = |text: &str| explain(text).first().map(|it| it.text.clone());
        for text in [
            "authorize:fail auth deny",
            "authorize:fail:auth deny",
            "auth deny",
            " auth deny ",
        ] {
            assert_eq!(first(text).as_deref(), Some("auth deny"), "{text}");
        }
        for text in [
            "authorize:fail 系统错误，错误码：-12006,auth deny",
            "checkSession:fail 系统错误，错误码：-13001,session time out, need relogin",
        ] {
            let known = first(text).expect("the developer tool says it");
            assert!(text.ends_with(&known), "{known}");
        }
        assert_eq!(first("103").as_deref(), Some("jsapi user authorize denied"));
        assert_eq!(first("userLocation").as_deref(), Some("scope.userLocation"));
        assert_eq!(first("login:ok").as_deref(), Some("ok"));
        let page = first("navigateTo:fail page \"pages/x/x\" is not found");
        assert_eq!(page.as_deref(), Some("page \"…\" is not found"));
        assert_eq!(first("wx.getStorage").as_deref(), Some("wx.getStorage"));
        assert_eq!(first("authorize:fail no such thing"), None);
        let refused = NetworkFailure::Refused.words();
        assert_eq!(first(&format!("request:fail {refused}")), Some(refused));
        assert!(near_texts("authorize:fail auth denied").contains(&"auth deny".to_owned()));
    }
}

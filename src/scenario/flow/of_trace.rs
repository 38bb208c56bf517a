//! The flow of a recorded run: its steps, what the user answered, what the servers answered.
//!
//! A flow has what people and servers did, so that its run gives the same trace, and expects what the
//! run came to. What passed after the last step (`--for`) is not in it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::exploration::VERB;
use super::opening::shortest;
use super::signed::Orders;
use super::{Flow, Step, template, verbs};
use crate::profile::{Platform, Profile};
use crate::runtime::trace::{Entry, ErrorKind, Event};
use crate::world::network::DELAY_MS;

/// The flow of a trace, which begins with its first entry. `name` is what the test is called.
pub fn of_trace(name: &str, entries: &[Entry]) -> Flow {
    let mut reader = Reader {
        flow: Flow {
            name: name.to_owned(),
            ..Flow::default()
        },
        ..Reader::default()
    };
    // What an exploration does at the end of a test is none of its steps.
    let explores = |entry: &&Entry| matches!(&entry.event, Event::Step { step } if step == VERB);
    for entry in entries.iter().take_while(|entry| !explores(entry)) {
        reader.entry(entry);
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    flow: Flow,
    /// Whether a step or a start was met.
    is_begun: bool,
    /// Answers by key, in order, with how many steps there were; `None` where nobody answered.
    answers: BTreeMap<String, Vec<(usize, Option<Json>)>>,
    /// The question that a step answers, by key.
    stepped: Option<String>,
    /// Requests by call: when, method, URL.
    sent: BTreeMap<u32, (i64, String, String)>,
    /// Replies by method and URL.
    replies: Vec<((String, String), Vec<Json>)>,
    orders: Orders,
    /// What fails a test by itself and happened.
    lenient: Map<String, Json>,
}

impl Reader {
    fn entry(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Start {
                seed,
                profile,
                user,
                ..
            } => self.start(*seed, profile, user.as_deref()),
            Event::Enter {
                kind,
                options: Some(options),
            } if kind == "launch" && !self.is_begun => self.launch(options),
            Event::Step { step } => self.step(step),
            Event::Answer { key, answer, .. }
                if self.stepped.take().is_none_or(|stepped| stepped != *key) =>
            {
                self.answered(key, Some(answer.clone()));
            }
            Event::Unanswered { key, .. } => {
                self.answered(key, None);
                self.allow("questions");
            }
            Event::Request {
                call, method, url, ..
            } => {
                let request = (entry.t, method.clone(), url.clone());
                self.sent.insert(*call, request);
            }
            Event::Reply { call, api, result } => self.reply(*call, api, result, entry.t),
            Event::Unrouted { .. } | Event::Undeclared { .. } => self.allow("requests"),
            Event::Console { level, .. } if level == "error" => self.allow("console"),
            Event::Error { kind, .. } => self.allow(match kind {
                ErrorKind::Rejection => "rejections",
                ErrorKind::Exception | ErrorKind::Limit => "exceptions",
            }),
            Event::Call { api, options, .. } if api == "requestPayment" => {
                self.orders.called(options);
            }
            Event::Question { asked, .. } if asked.key == "pay" => self.orders.shown(&asked.text),
            Event::Payment { told, .. } => self.orders.paid(told),
            Event::End { pages, errors, .. } => self.end(pages, *errors),
            _ => {}
        }
    }

    fn start(&mut self, seed: u64, profile: &Profile, user: Option<&str>) {
        let usual = Profile::on(profile.compat_date);
        let options = &mut self.flow.options;
        let mut set = |key: &str, value: Json| options.insert(key.to_owned(), value);
        set("seed", seed.into());
        set("compatDate", profile.compat_date.to_string().into());
        if profile.sdk != usual.sdk {
            set("sdk", profile.sdk.to_string().into());
        }
        if profile.client != usual.client {
            set("client", profile.client.to_string().into());
        }
        if profile.platform != Platform::Ios {
            set("platform", profile.platform.name().into());
        }
        if let Some(user) = user {
            set("user", user.into());
        }
    }

    /// The start of a run whose steps begin after it.
    fn launch(&mut self, options: &Json) {
        self.is_begun = true;
        let mut opening = Map::new();
        opening.insert("page".to_owned(), options["path"].clone());
        let query = options["query"]
            .as_object()
            .filter(|query| !query.is_empty());
        if let Some(query) = query {
            opening.insert("query".to_owned(), query.clone().into());
        }
        opening.insert("scene".to_owned(), options["scene"].clone());
        let referrer = options["referrerInfo"]
            .as_object()
            .filter(|referrer| !referrer.is_empty());
        if let Some(referrer) = referrer {
            let members = [("referrer", "appId"), ("extra", "extraData")];
            let members =
                members.map(|(key, own)| Some((key.to_owned(), referrer.get(own)?.clone())));
            opening.extend(members.into_iter().flatten());
            // The beginning of a flow has no opener: a step says it.
            let value = own_text(shortest(opening));
            self.flow.steps.push(Step::new("launch", value));
            return;
        }
        self.flow.opening = match shortest(opening) {
            Json::Object(members) => members,
            Json::Null => Map::new(),
            page => Map::from_iter([("page".to_owned(), page)]),
        };
        self.flow
            .opening
            .values_mut()
            .for_each(|value| *value = own_text(value.take()));
    }

    fn step(&mut self, text: &str) {
        self.is_begun = true;
        let (verb, value) = verbs::of_text(text);
        self.stepped = match verb.name {
            "answer" => {
                let answers = value.as_object();
                answers.and_then(|answers| answers.keys().next().cloned())
            }
            // With names it asks nobody.
            "share" if !value.is_null() => Some("share".to_owned()),
            _ => None,
        };
        self.flow.steps.push(Step::new(verb.name, own_text(value)));
    }

    fn answered(&mut self, key: &str, answer: Option<Json>) {
        let answers = self.answers.entry(key.to_owned()).or_default();
        answers.push((self.flow.steps.len(), answer));
    }

    fn allow(&mut self, what: &str) {
        self.lenient.insert(what.to_owned(), false.into());
    }

    fn reply(&mut self, call: u32, api: &str, result: &Json, t: i64) {
        let Some((sent, method, url)) = self.sent.remove(&call) else {
            return;
        };
        if !matches!(api, "request" | "uploadFile") {
            return;
        }
        let mut reply = Map::new();
        let fail = result["errMsg"]
            .as_str()
            .and_then(|text| text.split_once(":fail"));
        match fail {
            Some((_, words)) if words.trim() == "abort" => return,
            Some((_, words)) => drop(reply.insert("fail".to_owned(), words.trim().into())),
            None => answer(&mut reply, result),
        }
        if t - sent != i64::from(DELAY_MS) {
            reply.insert("delay".to_owned(), format!("{}ms", t - sent).into());
        }
        let key = (method, url);
        let reply = own_text(reply.into());
        match self.replies.iter_mut().find(|(own, _)| *own == key) {
            Some((_, replies)) => replies.push(reply),
            None => self.replies.push((key, vec![reply])),
        }
    }

    fn end(&mut self, pages: &[String], errors: u32) {
        let mut expected = Map::new();
        if let Some(page) = pages.last() {
            expected.insert("page".to_owned(), page.as_str().into());
        }
        if errors == 0 {
            expected.insert("noErrors".to_owned(), true.into());
        }
        if !expected.is_empty() {
            self.flow.steps.push(Step::new("expect", expected.into()));
        }
    }

    fn finish(mut self) -> Flow {
        let mut between = BTreeMap::new();
        for (key, answers) in self.answers {
            if answers.iter().any(|(_, answer)| answer.is_none()) {
                // Some questions stay open, so each answer is given before the step that asks.
                for (steps, answer) in answers {
                    let given: &mut Vec<Json> = between.entry((steps, key.clone())).or_default();
                    given.extend(answer);
                }
                continue;
            }
            let given: Vec<Json> = answers.into_iter().filter_map(|(_, own)| own).collect();
            let is_same = given.windows(2).all(|pair| pair[0] == pair[1]);
            let answer = match given.first() {
                None => continue,
                Some(first) if is_same => first.clone(),
                Some(_) => given.into(),
            };
            self.flow.answers.insert(key, own_text(answer));
        }
        between.retain(|_, given| !given.is_empty());
        for ((steps, key), given) in between.into_iter().rev() {
            let given = own_text(given.into());
            match steps.checked_sub(1) {
                None => drop(self.flow.answers.insert(key, given)),
                Some(at) => {
                    let answers = Json::Object(Map::from_iter([(key, given)]));
                    self.flow.steps.insert(at, Step::new("answers", answers));
                }
            }
        }
        for ((method, url), replies) in self.replies {
            let mut route = Map::from_iter([
                ("method".to_owned(), Json::from(method)),
                ("url".to_owned(), own_text(url.into())),
            ]);
            let replies: Vec<Json> = replies
                .into_iter()
                .map(|reply| self.orders.restored(reply))
                .collect();
            let is_same = replies.windows(2).all(|pair| pair[0] == pair[1]);
            match replies.first() {
                Some(Json::Object(reply)) if is_same => route.extend(reply.clone()),
                _ => drop(route.insert("replies".to_owned(), replies.into())),
            }
            self.flow.routes.push(route.into());
        }
        if !self.lenient.is_empty() {
            self.flow
                .options
                .insert("strict".to_owned(), self.lenient.into());
        }
        self.flow
    }
}

/// Status, header and body of a reply.
fn answer(reply: &mut Map<String, Json>, result: &Json) {
    if result["statusCode"] != json!(200) {
        reply.insert("status".to_owned(), result["statusCode"].clone());
    }
    match &result["data"] {
        Json::String(text) => reply.insert("text".to_owned(), text.as_str().into()),
        Json::Null => None,
        data => reply.insert("json".to_owned(), data.clone()),
    };
    let usual = match &result["data"] {
        Json::String(_) | Json::Null => "text/plain; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };
    let lines = result["header"].as_object().into_iter().flatten();
    let lines =
        lines.filter(|(name, value)| !name.eq_ignore_ascii_case("content-type") || *value != usual);
    let lines: Map<String, Json> = lines
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if !lines.is_empty() {
        reply.insert("header".to_owned(), lines.into());
    }
}

/// A value in which no text has a variable.
pub(super) fn own_text(value: Json) -> Json {
    match value {
        Json::String(text) => template::escaped(&text).into(),
        Json::Array(items) => items.into_iter().map(own_text).collect(),
        Json::Object(members) => {
            let members = members
                .into_iter()
                .map(|(key, value)| (key, own_text(value)));
            Json::Object(members.collect())
        }
        other => other,
    }
}

//! Routes and replaced APIs of a test: its functions are asked in a macrotask of the test context.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::host::Shared;
use super::real_server::{RealServer, line_text};
use crate::crypto::base64_text;
use crate::engine::Engine;
use crate::report::suite::FailureKind;
use crate::runtime::{Backend, Replaced, Responder, Served, Serving, parse_duration};
use crate::value::{Exception, Value};
use crate::world::network::{Body, Outcome, Response, Route};
use crate::world::open_host::is_own_machine;

/// The functions of a test, for the simulator.
pub(super) struct TestRoutes {
    pub(super) engine: Rc<RefCell<Engine>>,
    pub(super) shared: Rc<Shared>,
    /// Requests whose function has not answered yet, by the number of its answer.
    pub(super) waiting: Vec<(u32, Served)>,
    /// The way to servers that run.
    pub(super) real: RealServer,
}

impl Responder for TestRoutes {
    fn serve(&mut self, backend: &Backend, request: &Served) -> Serving {
        self.shared.set_backend(backend.clone());
        let token = self.shared.next_token();
        let told = json!({
            "method": request.method,
            "url": request.url,
            "header": request.header,
            "body": request.body,
        });
        let what = of(request);
        let arguments = [token.into(), Value::from(&told)];
        let is_known = self.call("serve", &arguments, &what);
        if is_known.and_then(|known| known.as_bool()) != Some(true) {
            return Serving::Unknown;
        }
        self.run_microtasks(&what);
        let Some(reply) = self.shared.take_reply(token) else {
            self.waiting.push((token, request.clone()));
            return Serving::Later;
        };
        let answer = self.answer(backend, request, reply);
        answer.map_or(Serving::Unknown, Serving::Answer)
    }

    /// A real back end gets its notifications itself.
    fn hears_payments(&self) -> bool {
        !self.real.is_open()
    }

    fn late(&mut self) -> Vec<(u32, Option<Route>)> {
        let mut late = Vec::new();
        for (token, request) in std::mem::take(&mut self.waiting) {
            match self.shared.take_reply(token) {
                Some(reply) => {
                    let backend = self.shared.backend().ok();
                    let answer = backend.and_then(|it| self.answer(&it, &request, reply));
                    late.push((request.number, answer));
                }
                None => self.waiting.push((token, request)),
            }
        }
        late
    }

    fn replace(&mut self, backend: &Backend, api: &str, options: &Json) -> Option<Replaced> {
        self.shared.set_backend(backend.clone());
        let what = format!("the function of wx.stub('{api}')");
        let arguments = [api.into(), Value::from(options)];
        let given = self.call("replace", &arguments, &what)?;
        self.run_microtasks(&what);
        let given = given.to_json()?;
        if given["silence"] == true {
            return Some(Replaced::Silence);
        }
        if let Some(words) = given["fail"].as_str() {
            return Some(Replaced::Fail(words.to_owned()));
        }
        let members = given.get("ok")?.as_object();
        Some(Replaced::Ok(members.cloned().unwrap_or_default()))
    }
}

/// What a request is asked.
fn of(request: &Served) -> String {
    format!("the route function of {} {}", request.method, request.url)
}

impl TestRoutes {
    /// The answer of a function as a rule; what is wrong with it fails the test.
    fn answer(
        &self,
        backend: &Backend,
        request: &Served,
        reply: Result<Json, Exception>,
    ) -> Option<Route> {
        let reply = match reply {
            Ok(reply) => reply,
            Err(exception) => return Some(self.failed(request, &of(request), &exception)),
        };
        let wrong = |problem: &String| {
            let message = format!("{}: {problem}", of(request));
            self.shared.fail_with(FailureKind::TestException, message);
        };
        let made = match reply["forward"].as_str() {
            Some(to) => self.forwarded(backend, request, to),
            None => route(request, &reply),
        };
        made.inspect_err(wrong).ok()
    }

    /// What a server of this machine answers to the request.
    fn forwarded(&self, backend: &Backend, request: &Served, to: &str) -> Result<Route, String> {
        let path = request
            .url
            .split_once("://")
            .map_or(&*request.url, |(_, rest)| rest);
        let path = path.find(['/', '?']).map_or("", |at| &path[at..]);
        let url = format!("{}{path}", to.trim_end_matches('/'));
        if !is_own_machine(&url) {
            return Err(format!(
                "`forward` leads to this machine: http://127.0.0.1:PORT, not {to}"
            ));
        }
        let outcome = self.real.forward(backend, request, url)?;
        Ok(once(request, outcome))
    }

    fn call(&self, function: &str, arguments: &[Value], what: &str) -> Option<Value> {
        let called = self.engine.borrow_mut().call(function, arguments);
        let thrown = |exception: &Exception| self.shared.fail_exception(exception, what);
        called.inspect_err(thrown).ok()
    }

    fn run_microtasks(&self, what: &str) {
        for exception in self.engine.borrow_mut().run_microtasks() {
            self.shared.fail_exception(&exception, what);
        }
    }

    fn failed(&self, request: &Served, what: &str, exception: &Exception) -> Route {
        self.shared.fail_exception(exception, what);
        let text = exception.headline();
        let body = Body::Text(text);
        let (status, headers) = (500, Vec::new());
        let response = Response {
            status,
            headers,
            body,
        };
        once(request, Outcome::Response(response))
    }
}

/// A rule that answers just this request.
fn once(request: &Served, outcome: Outcome) -> Route {
    Route::new(&request.method, &request.url, outcome)
        .times(1)
        .exact()
}

/// The answer that a test gives as a rule: `{ json, text, base64, status, header, delay, fail }`.
fn route(request: &Served, reply: &Json) -> Result<Route, String> {
    let delay_ms = match reply["delay"].as_str() {
        Some(text) => Some(parse_duration(text).map_err(|error| error.to_string())?),
        None => None,
    };
    let outcome = if let Some(words) = reply["fail"].as_str() {
        let rule = format!("{} {} = fail {words}", request.method, request.url);
        let rule: Route = rule.parse().map_err(|error| format!("{error}"))?;
        rule.outcome().clone()
    } else {
        let status = reply["status"].as_u64().unwrap_or(200);
        let status = u16::try_from(status).ok();
        let status = status
            .filter(|code| (100..600).contains(code))
            .ok_or_else(|| format!("`status` is 100 to 599, not {}", reply["status"]))?;
        let body = match (reply.get("json"), &reply["text"], &reply["base64"]) {
            (Some(json), ..) => Body::Text(json.to_string()),
            (None, _, Json::String(text)) => {
                let bytes = base64_text::decode(text).ok_or("`base64` is not base64")?;
                Body::Bytes(bytes)
            }
            (None, Json::String(text), _) => Body::Text(text.to_owned()),
            _ => Body::Text(String::new()),
        };
        Outcome::Response(Response {
            status,
            headers: header_lines(reply["header"].as_object()),
            body,
        })
    };
    let route = once(request, outcome);
    Ok(match delay_ms {
        Some(delay_ms) => route.after(delay_ms),
        None => route,
    })
}

fn header_lines(header: Option<&Map<String, Json>>) -> Vec<(String, String)> {
    let lines = header.into_iter().flatten();
    lines
        .map(|(name, value)| (name.clone(), line_text(value)))
        .collect()
}

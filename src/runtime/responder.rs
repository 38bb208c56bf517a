//! Code beside the program that stands for its server and for answers of APIs: the code of a test.
//!
//! A request first goes to the [`Responder`]; what it does not know goes on to the rules of the world. An API
//! that is [replaced](Sim::replace_api) asks it in the place of the platform. Both happen in a macrotask of
//! their own, never inside a call of the program, and no script of the program runs meanwhile.
//!
//! A [`Backend`] is what such code may do to the world at that moment and at any other: what the program's
//! server does at `api.weixin.qq.com` and at WeChat Pay.

use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::core::Core;
use super::ops::AppHost;
use super::persona::Persona;
use super::policy::Policy;
use super::queue::{Until, Work};
use super::sim::Sim;
use super::trace::{Cause, Event, json as trace_json};
use crate::api::exchange::Request;
use crate::errmsg::Reason;
use crate::server;
use crate::spec::ApiSpec;
use crate::value::{Exception, Value};
use crate::world::cloud::{AddCloudRule, CloudRule};
use crate::world::network::{PutRoute, Route};
use crate::world::open_api::content_check::RunDueChecks;
use crate::world::open_api::delivery::{Delivery, Outcome, TakeDueDeliveries};
use crate::world::open_api::push::{EndDelivery, PushSettings, QueuePushes, SetPush};
use crate::world::open_data::ReadGiven;
use crate::world::pay::cashier::Payment;
use crate::world::pay::merchant::ShowCredentials;
use crate::world::pay::notice::ShowNotice;
use crate::world::pay::server::pay;
use crate::world::session::RedeemLoginCode;
use crate::world::{Millis, World};

/// Who answers before the world does.
pub trait Responder {
    /// What a server answers to a request.
    fn serve(&mut self, backend: &Backend, request: &Served) -> Serving;

    /// Answers that have come to requests that were to be answered [later](Serving::Later), with their
    /// numbers; `None` leaves one to the rules of the world.
    fn late(&mut self) -> Vec<(u32, Option<Route>)>;

    /// Whether it hears of payments, as the server of an order's `notify_url`.
    fn hears_payments(&self) -> bool {
        false
    }

    /// What comes of a call of a replaced API; `None` leaves it to the platform.
    fn replace(&mut self, backend: &Backend, api: &str, options: &Json) -> Option<Replaced>;
}

/// What comes of a request at the responder.
#[derive(Clone, Debug, PartialEq)]
pub enum Serving {
    /// It is left to the rules of the world.
    Unknown,
    /// It is answered so.
    Answer(Route),
    /// The server takes its time: the program waits, and comes to rest meanwhile.
    Later,
}

/// A request as a server gets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Served {
    /// Its number among all that the responder was asked.
    pub number: u32,
    /// HTTP method.
    pub method: String,
    /// Whole URL.
    pub url: String,
    /// Header lines.
    pub header: Map<String, Json>,
    /// Body, as text.
    pub body: String,
}

/// What comes of a call in the place of what the platform would say.
#[derive(Clone, Debug, PartialEq)]
pub enum Replaced {
    /// It succeeds with these members.
    Ok(Map<String, Json>),
    /// It fails; the words after `fail`, or all of `errMsg`.
    Fail(String),
    /// It is never answered.
    Silence,
}

/// The program's server, for code that is not the program's.
#[derive(Clone)]
pub struct Backend(pub(super) Rc<AppHost>);

impl Backend {
    /// Virtual time.
    pub fn now(&self) -> Millis {
        self.read(World::now)
    }

    /// The simulated facts, to read.
    pub fn read<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.0.core.borrow().world)
    }

    /// `code2Session`: exchanges a login code, the latest one without `login_code`. Gives `openid`, `session_key`
    /// and, if there is one, `unionid`.
    ///
    /// # Errors
    /// What the endpoint says, or that there is no code.
    pub fn code2session(&self, login_code: Option<&str>) -> Result<Json, String> {
        let core = &mut *self.0.core.borrow_mut();
        let latest = || core.world.latest_code(&core.world.caller());
        let given = login_code.map(str::to_owned).or_else(latest);
        let given = given.ok_or("wx.login gave no code yet")?;
        let app_id = core.world.app().app_id.clone();
        let redeemed = core.world.apply(RedeemLoginCode {
            app_id,
            code: given,
        });
        let told = redeemed.as_ref().map(|redeemed| {
            let key = redeemed.session_key.id.0;
            json!({ "openid": redeemed.open_id, "sessionKey": key })
        });
        core.tell_deed("code2session", &told);
        let redeemed = redeemed.map_err(|error| error.as_endpoint())?;
        let mut result =
            json!({ "openid": redeemed.open_id, "session_key": redeemed.session_key.base64 });
        if let Some(union_id) = core.world.union_id_of_login(&redeemed.caller) {
            result["unionid"] = union_id.into();
        }
        Ok(result)
    }

    /// Opens encrypted data with a session key; without one, with the key that the server got last for the
    /// user in front.
    ///
    /// # Errors
    /// Why it cannot be opened: a key that is not the one it was made under, for example.
    pub fn decrypt(&self, data: &str, iv: &str, session_key: Option<&str>) -> Result<Json, String> {
        let core = &mut *self.0.core.borrow_mut();
        let opened = core.world.apply(ReadGiven {
            data,
            iv,
            session_key,
        });
        core.tell_deed("decrypt", &opened);
        opened
    }

    /// Makes an order at WeChat Pay and signs: the parameters of `wx.requestPayment` with `out_trade_no`. The
    /// members of `order` are those of `$pay`.
    ///
    /// # Errors
    /// What WeChat Pay says.
    pub fn prepay(&self, order: &Json) -> Result<Json, String> {
        let core = &mut *self.0.core.borrow_mut();
        let made = pay(&mut core.world, order);
        core.tell_server();
        made
    }

    /// The simulated facts, to change; for whoever holds the world besides the program.
    pub fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.0.core.borrow_mut().world)
    }

    /// A request to WeChat's interfaces over HTTP. The trace tells of it, without keys and tokens.
    pub fn http(&self, request: &server::Request) -> server::Response {
        let core = &mut *self.0.core.borrow_mut();
        let response = server::answer(&mut core.world, request);
        core.world.apply(QueuePushes);
        let action = format!("{} {}", request.method, request.path);
        let result = without_secrets(response.body_json());
        let problem = response.why.clone();
        core.emit(|| Event::Server {
            action,
            result,
            problem,
        });
        core.tell_server();
        response
    }

    /// What is to be told to developers' servers now: it counts as under way.
    pub fn due_deliveries(&self) -> Vec<Delivery> {
        let core = &mut *self.0.core.borrow_mut();
        core.world.apply(RunDueChecks);
        core.world.apply(QueuePushes);
        core.world.apply(TakeDueDeliveries)
    }

    /// What came of telling it.
    pub fn delivered(&self, id: u64, outcome: &Outcome) {
        let core = &mut *self.0.core.borrow_mut();
        let outcome = outcome.clone();
        core.world.apply(EndDelivery { id, outcome });
    }

    /// Where messages for the program's server go from now on.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn push_to(&self, settings: &Json) -> Result<(), String> {
        let settings: PushSettings =
            serde_json::from_value(settings.clone()).map_err(|error| error.to_string())?;
        settings.check()?;
        let core = &mut *self.0.core.borrow_mut();
        let app_id = core.world.app().app_id.clone();
        core.world.apply(SetPush(app_id, settings));
        Ok(())
    }

    /// What a real server of the program needs to know: appid and secret, and the keys of its first merchant.
    pub fn credentials(&self) -> Json {
        let core = &mut *self.0.core.borrow_mut();
        let app = core.world.app().clone();
        let secret = core.world.app_secret(&app.app_id);
        let merchant = app.merchants.first();
        let merchant = merchant.and_then(|id| core.world.apply(ShowCredentials(id)));
        let merchant = merchant.map(|of| {
            json!({
                "mch_id": of.mch_id,
                "key": of.key,
                "v3_key": of.v3_key,
                "serial": of.serial,
                "private_key": of.private_key,
            })
        });
        json!({ "appid": app.app_id, "secret": secret, "merchant": merchant })
    }

    /// What WeChat Pay knows of an order; `None` when it has none of that number.
    pub fn order(&self, out_trade_no: &str) -> Option<Json> {
        self.read(|world| Some(world.order(out_trade_no)?.told()))
    }

    /// All orders, oldest first.
    pub fn orders(&self) -> Vec<Json> {
        self.read(|world| {
            world
                .orders()
                .map(super::super::world::pay::order::Order::told)
                .collect()
        })
    }
}

impl Sim {
    /// The page that the present start asked for in vain: the project has none of that path, and
    /// `App.onPageNotFound` does not see to it.
    pub fn missing_page(&self) -> Option<String> {
        self.with(|core| core.missing_page.clone())
    }

    /// Asks somebody before the world answers.
    pub fn set_responder(&mut self, responder: Box<dyn Responder>) {
        self.with(|core| core.responder = Some(responder));
    }

    /// Lets the responder answer the calls of an asynchronous API, or no longer.
    pub fn replace_api(&mut self, api: &str, on: bool) {
        self.with(|core| {
            if on {
                core.replaced.insert(api.to_owned());
            } else {
                core.replaced.remove(api);
            }
        });
    }

    /// Answers the questions to come, in the place of earlier answers to the same ones; a list answers one after
    /// the other.
    ///
    /// # Errors
    /// What is wrong with an answer, for a person.
    pub fn answer_with(&mut self, answers: &Map<String, Json>) -> Result<(), String> {
        let mut policy = Policy::default();
        for (key, answer) in answers {
            policy.add(key, answer.clone())?;
        }
        self.with(|core| core.policy.override_with(policy));
        Ok(())
    }

    /// Who answers questions, and how.
    pub fn policy(&self) -> Policy {
        self.with(|core| core.policy.clone())
    }

    /// Lets others answer.
    pub fn set_policy(&mut self, policy: Policy) {
        self.with(|core| core.policy = policy);
    }

    /// Gives the questions without an answer to a user of that temper.
    pub fn set_persona(&mut self, persona: Persona) {
        self.with(|core| core.policy.set_persona(persona));
    }

    /// Says what a function or a collection of the cloud gives.
    pub fn declare_cloud(&mut self, rule: CloudRule) {
        self.with(|core| core.world.apply(AddCloudRule(rule)));
    }

    /// Keys of the questions that wait for an answer, oldest first.
    pub fn open_questions(&self) -> Vec<String> {
        self.with(|core| {
            let open = core.unanswered.iter();
            let asked = open.filter_map(|number| core.asked.get(number));
            asked.map(|asked| asked.question.key.clone()).collect()
        })
    }

    /// The oldest question of that key that waits for an answer.
    pub fn open_question(&self, key: &str) -> Option<crate::api::question::Question> {
        self.with(|core| {
            let open = core.unanswered.iter();
            let mut asked = open.filter_map(|number| core.asked.get(number));
            let found = asked.find(|asked| asked.question.key == key)?;
            Some(found.question.clone())
        })
    }

    /// Lets the timers of the program run until none is left, so many virtual milliseconds at most.
    pub fn run_timers(&mut self, ms_max: i64) {
        let end = self.now().plus(ms_max);
        while let Some(at) = self.with(|core| core.next_at(Until::Time(end))) {
            self.run_until(at);
        }
    }

    /// Evaluates an expression in the logic layer, lets the program come to rest and gives the value; of a
    /// promise, what it is settled with.
    ///
    /// # Errors
    /// What it threw or was rejected with, or that its promise is still pending.
    pub fn ask_scripts(&mut self, code: &str) -> Result<Value, Exception> {
        let number = self.with(|core| {
            core.told.clear();
            core.questions_put += 1;
            core.emit(|| Event::Step {
                step: format!("evaluate {code}"),
            });
            core.questions_put
        });
        let code = format!("() => ({code}\n)");
        let mut outcome = Ok(());
        self.task(Cause::System, false, "evaluate", |sim| {
            let function = sim.engine.evaluate("evaluate", &code);
            outcome = function.and_then(|function| {
                let put = sim.engine.call("ask", &[function, number.into()]);
                put.map(drop)
            });
            Ok(())
        });
        outcome?;
        self.settle();
        let told = self.with(|core| core.told.remove(&number));
        told.unwrap_or_else(|| {
            Err(Exception {
                message: "its promise is still pending now that the app has come to rest"
                    .to_owned(),
                ..Exception::default()
            })
        })
    }

    /// What the promises of earlier expressions came to since [`Sim::ask_scripts`] was called last, in the order of
    /// the expressions.
    pub fn late_answers(&mut self) -> Vec<Result<Value, Exception>> {
        self.with(|core| std::mem::take(&mut core.told).into_values().collect())
    }

    /// What the program's server may do.
    pub fn backend(&self) -> Backend {
        Backend(Rc::clone(&self.host))
    }

    /// A request reaches the responder.
    pub(super) fn serve_request(&mut self, call: u32, request: Request) {
        let responder = self.with(|core| core.responder.take());
        let Some(mut responder) = responder else {
            return;
        };
        let served = self.with(|core| {
            // It may have been aborted.
            core.let_go_of(call)?;
            core.served(call, &request)
        });
        let Some(served) = served else {
            return self.with(|core| core.responder = Some(responder));
        };
        let serving = responder.serve(&self.backend(), &served);
        self.with(|core| {
            core.responder = Some(responder);
            match serving {
                Serving::Later => return core.hold(call, served.number, request),
                Serving::Answer(route) => core.world.apply(PutRoute(route)),
                Serving::Unknown => {}
            }
            core.transfer_on(call, request);
        });
    }

    /// The responder is told of a payment, if it knows the address.
    pub(super) fn tell_payment(&mut self, payment: &Payment) {
        let Some(mut responder) = self.with(|core| core.responder.take()) else {
            return self.with(|core| core.notify(payment));
        };
        let notice = self.with(|core| {
            core.counters.served += 1;
            let (headers, body) = core.world.apply(ShowNotice(&payment.order));
            let lines = headers.into_iter();
            Served {
                number: core.counters.served,
                method: "POST".to_owned(),
                url: payment.order.notify_url.clone(),
                header: lines.map(|(name, value)| (name, value.into())).collect(),
                body,
            }
        });
        let serving = responder.serve(&self.backend(), &notice);
        self.with(|core| {
            core.responder = Some(responder);
            if let Serving::Answer(route) = serving {
                core.world.apply(PutRoute(route));
            }
            core.notify(payment);
        });
    }

    /// Requests that waited for the responder go on, if it has an answer by now.
    pub fn take_late(&mut self) {
        self.with(|core| {
            let late = core.responder.as_mut().map(|responder| responder.late());
            for (number, route) in late.into_iter().flatten() {
                let Some((call, request)) = core.let_go(number) else {
                    continue;
                };
                if let Some(route) = route {
                    core.world.apply(PutRoute(route));
                }
                core.transfer_on(call, request);
            }
        });
    }

    /// A call of a replaced API reaches the responder.
    pub(super) fn replace_call(&mut self, number: u32) {
        let Some(call) = self.with(|core| core.calls.get(&number).cloned()) else {
            return;
        };
        let Some(mut responder) = self.with(|core| core.responder.take()) else {
            return;
        };
        let options = super::trace::options(&call.options);
        let replaced = responder.replace(&self.backend(), &call.name, &options);
        self.with(|core| {
            core.responder = Some(responder);
            match replaced {
                None => core.enter_gate(number),
                Some(Replaced::Silence) => {}
                Some(Replaced::Ok(members)) => {
                    let members = members.iter();
                    let members = members.map(|(name, value)| (name.clone(), Value::from(value)));
                    core.reply(number, Ok(members.collect()));
                }
                Some(Replaced::Fail(words)) => {
                    let reason = core.reason_for(call.api.spec, &words);
                    core.reply(number, Err(reason));
                }
            }
        });
    }
}

impl Core {
    /// What came of a question that [`Sim::ask_scripts`] put.
    pub(super) fn hear(&mut self, question: u32, ok: bool, value: &Value) {
        let answer = if ok {
            Ok(value.clone())
        } else {
            Err(match value {
                Value::Error(exception) => (**exception).clone(),
                other => Exception {
                    message: other.show(2),
                    ..Exception::default()
                },
            })
        };
        self.told.insert(question, answer);
    }

    /// Whether a request waits for the responder; it is due at once.
    pub(super) fn waits_for_responder(&mut self, call: u32, request: &Request) -> bool {
        let asks = self.responder.is_some();
        if asks {
            let request = request.clone();
            self.hold(call, 0, request.clone());
            self.later(0, Work::Serve { call, request });
        }
        asks
    }

    /// Whether a call waits for the responder; it is due at once.
    pub(super) fn is_replaced(&mut self, call: u32, api: &str) -> bool {
        let replaced = self.replaced.contains(api) && self.responder.is_some();
        if replaced {
            self.later(0, Work::Replace(call));
        }
        replaced
    }

    /// The failure of a row that has such a name or such words; else just the words.
    fn reason_for(&self, spec: &ApiSpec, words: &str) -> Reason {
        let profile = self.world.profile();
        let known = spec.fails.iter().find(|reason| {
            failure_name(reason) == words || reason.text(spec.own_name(), profile) == words
        });
        known
            .cloned()
            .unwrap_or_else(|| Reason::Replaced(words.to_owned()))
    }

    fn served(&mut self, call: u32, request: &Request) -> Option<Served> {
        self.counters.served += 1;
        let call = self.calls.get(&call)?;
        let lines =
            crate::api::sent_header::sent_header(&self.world, call.api.spec.name, &call.options);
        let lines = lines.into_iter();
        Some(Served {
            number: self.counters.served,
            method: request.method.clone(),
            url: request.url.clone(),
            header: lines.map(|(name, value)| (name, value.into())).collect(),
            body: request.body.clone(),
        })
    }

    /// What the server did is an entry of the trace.
    fn tell_deed<E: ToString>(&mut self, action: &str, done: &Result<Json, E>) {
        self.emit(|| Event::Server {
            action: action.to_owned(),
            result: done.as_ref().ok().cloned().unwrap_or_default(),
            problem: done
                .as_ref()
                .err()
                .map(ToString::to_string)
                .unwrap_or_default(),
        });
    }
}

/// Members of answers that the trace does not tell.
const SECRETS: [&str; 3] = ["session_key", "access_token", "ticket"];

/// An answer without keys and tokens.
fn without_secrets(mut answer: Json) -> Json {
    for name in SECRETS {
        if let Some(secret) = answer.get_mut(name) {
            *secret = "…".into();
        }
    }
    answer
}

/// The name by which a test asks for a failure: `authDeny`.
pub fn failure_name(reason: &Reason) -> String {
    let shown = format!("{reason:?}");
    let shown = shown.split(['{', '"']).next().unwrap_or_default();
    let mut words = shown.split(|c: char| !c.is_ascii_alphanumeric());
    let last = words.rfind(|word| !word.is_empty());
    let last = last.unwrap_or_default();
    let (first, rest) = last.split_at(last.len().min(1));
    format!("{}{rest}", first.to_ascii_lowercase())
}

/// A value of scripts as JSON, as the trace has it.
pub fn as_json(value: &Value) -> Json {
    trace_json(value)
}

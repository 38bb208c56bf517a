//! From a call to its reply: row, parameters, gate, behaviour, answer.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::core::{Call, Core, Purpose};
use super::gate::{self, Gate};
use super::queue::{Until, Work};
use super::trace::{Event, json, options as trace_options};
use crate::api::exchange::Request;
use crate::api::measured::{Measure, Measured};
use crate::api::unmodelled::UNMODELLED;
use crate::api::{self, Api, Asked, Behaviour, Cx, Turn};
use crate::engine::Throw;
use crate::errmsg::{self, AccountProblem, CloudProblem, Reason};
use crate::spec::{Form, Guard, ON_LAUNCH_SINCE, TapState, shown_name};
use crate::value::Value;
use crate::version::Version;
use crate::world::frequency::CountCall;
use crate::world::object::{NewObject, ObjectId};
use crate::world::permission::{DecideScope, ScopeDecision};
use crate::world::privacy::AgreePrivacy;
use crate::world::route::RouteRequest;
use crate::world::scope::Scope;

impl Core {
    /// An asynchronous call. Nothing is called back before the present task has ended, except by what
    /// is given back: the result of an API that calls back at once.
    ///
    /// `object` is the one whose method is called.
    pub(super) fn invoke(
        &mut self,
        index: usize,
        call: u32,
        options: &Value,
        object: Option<ObjectId>,
    ) -> Option<Value> {
        let api = self.table.get(index).copied()?;
        self.begin(api, call, options, object);
        if !api.spec.calls_back_at_once {
            return None;
        }
        let is_its =
            |work: &Work| matches!(work, Work::Reply { call: of, reply: Ok(_) } if *of == call);
        let (_, work) = self.queue.take_first(Until::Quiet, is_its)?;
        let (call_made, Work::Reply { reply, .. }) = (self.calls.remove(&call)?, work) else {
            return None;
        };
        let result = self.result_of(&call_made, &reply);
        self.tell_reply(call, &call_made, &result);
        Some(result)
    }

    fn begin(&mut self, api: &'static Api, call: u32, options: &Value, object: Option<ObjectId>) {
        let object = match api.spec.form {
            Form::Opens(class) => Some(self.world.apply(NewObject(class))),
            _ => object,
        };
        let name = Cow::Borrowed(api.spec.name);
        self.enlist(call, api, name, options.clone(), object);
        if let Some(reason) = api
            .spec
            .parameter_errors_in(self.world.profile().sdk, options)
        {
            return self.refuse_parameters(call, reason);
        }
        if api.spec.calls_per_second.is_some() && !self.is_in_time(api.spec.name) {
            let reason = Reason::Account(AccountProblem::TooFrequent);
            return self.reply(call, Err(reason));
        }
        if !self.is_replaced(call, api.spec.name) {
            self.enter_gate(call);
        }
    }

    /// Whether the platform still answers a call of an API with a limit; the call is counted.
    fn is_in_time(&mut self, api: &'static str) -> bool {
        let caller = self.world.caller();
        self.world.apply(CountCall { caller, api })
    }

    /// Whether a mistake of the client swallows the call: client 6.3.30 never answered a login in
    /// `App.onLaunch` (base library changelog of 2016-12-21; that it was so on Android too is the word
    /// of developers).
    fn is_lost(&self, api: &str) -> bool {
        let client = self.world.profile().client;
        api == "login" && client == Version(6, 3, 30) && self.task.hook == "App.onLaunch"
    }

    /// Whether `App.onLaunch` makes a call that only a later base library admits there.
    fn is_too_early(&self, since: Option<Version>) -> bool {
        let sdk = self.world.profile().sdk;
        since.is_some_and(|since| sdk < since) && self.task.hook == "App.onLaunch"
    }

    /// What stands between a call and its behaviour, from the beginning.
    pub(super) fn enter_gate(&mut self, number: u32) {
        let Some(call) = self.calls.get(&number).cloned() else {
            return;
        };
        if self.is_lost(call.api.spec.name) {
            return;
        }
        if self.is_too_early(call.api.spec.on_launch_since) {
            return self.reply(number, Err(Reason::OnLaunch));
        }
        let tap = Self::is_by_tap(&call);
        match gate::check(&self.world, call.api.spec, &call.options, tap) {
            Gate::Ask(..) if self.is_too_early(Some(ON_LAUNCH_SINCE)) => {
                self.reply(number, Err(Reason::OnLaunch));
            }
            Gate::Open => self.perform(number),
            Gate::Refused(reason) => {
                self.tell_single_page(call.api.spec.name, call.tap);
                self.tell_unknown_scope(&call.options, &reason);
                self.reply(number, Err(reason));
            }
            Gate::Privacy(need) => self.need_privacy(number, need),
            Gate::Ask(scope, question) => self.ask(number, question, Purpose::Scope(scope)),
        }
    }

    /// The base library refuses a call: printed, and replied before the client hears of it.
    pub(super) fn refuse_parameters(&mut self, call: u32, reason: Reason) {
        if let Some(api) = self.calls.get(&call).map(|call| call.api) {
            let text = errmsg::fail(api.spec.own_name(), &reason, self.world.profile());
            self.console("error", text);
        }
        let reply = Err(reason);
        self.later(0, Work::Reply { call, reply });
    }

    /// An asynchronous call of something that is not simulated.
    pub(super) fn invoke_unmodelled(&mut self, name: &str, call: u32, options: Value) {
        let owned = Cow::Owned(name.to_owned());
        self.enlist(call, &UNMODELLED, owned, options, None);
        if !self.is_replaced(call, name) {
            self.perform(call);
        }
    }

    pub(super) fn enlist(
        &mut self,
        call: u32,
        api: &'static Api,
        name: Cow<'static, str>,
        options: Value,
        object: Option<ObjectId>,
    ) {
        self.emit(|| Event::Call {
            call,
            api: name.to_string(),
            object: object.map(|object| object.0),
            options: trace_options(&options),
        });
        let (tap, tap_of_payment) = (self.task.tap, self.task.tap_of_payment);
        let made = Call {
            api,
            name,
            options,
            tap,
            tap_of_payment,
            object,
            event: None,
        };
        self.calls.insert(call, made);
    }

    /// The behaviour of a call that passed the gate, or a failure that comes instead.
    fn perform(&mut self, number: u32) {
        let Some(call) = self.calls.get(&number).cloned() else {
            return;
        };
        if !self.does_otherwise(number, &call) {
            self.do_call(number, &call);
        }
    }

    /// The behaviour of a call.
    pub(super) fn do_call(&mut self, number: u32, call: &Call) {
        match call.api.behaviour {
            Behaviour::Answer(behave) => {
                let reply = behave(&mut self.cx(call.object), &call.options);
                self.answer_at_once(number, call.api, reply);
            }
            Behaviour::Measures { asks, measured } => {
                self.measure_for(number, call, asks, measured);
            }
            Behaviour::Ask { ask, .. } | Behaviour::Dialog { ask, .. } => {
                match ask(&mut self.cx(call.object), &call.options) {
                    Ok(question) => self.ask_for(number, question),
                    Err(reason @ (Reason::Parameter(_) | Reason::TooManyItems)) => {
                        self.refuse_parameters(number, reason);
                    }
                    Err(reason) => self.reply(number, Err(reason)),
                }
            }
            Behaviour::MayAsk { ask, .. } => match ask(&mut self.cx(call.object), &call.options) {
                Ok(Asked::Question(question)) => self.ask(number, question, Purpose::Api),
                Ok(Asked::Answer(members)) => {
                    self.reply(number, Ok(members));
                    self.take_notices();
                    self.tell_keys(number);
                }
                Err(reason) => self.reply(number, Err(reason)),
            },
            Behaviour::Route(request) => {
                self.later(
                    0,
                    Work::Route {
                        call: number,
                        request: request(&call.options),
                    },
                );
            }
            Behaviour::Unsupported => {
                self.unsupported(&shown_name(&call.name));
                self.reply(number, Err(Reason::NotSimulated));
            }
            Behaviour::Connect(connect) => self.connect(number, connect),
            Behaviour::Lasts(begin) => match begin(&mut self.cx(None), &call.options) {
                Ok(object) => {
                    if let Some(call) = self.calls.get_mut(&number) {
                        call.object = Some(object);
                    }
                    self.take_notices();
                }
                Err(reason) => self.answer_at_once(number, call.api, Err(reason)),
            },
            Behaviour::Transfer { request, .. } => self.transfer_of(number, call, request),
            Behaviour::MayTransfer { local, request, .. } => {
                match local(&mut self.cx(call.object), &call.options) {
                    Some(reply) => self.reply(number, reply),
                    None => self.transfer_of(number, call, request),
                }
            }
            _ => unreachable!("{} is not asynchronous", call.api.spec.name),
        }
    }

    /// An API that has to know where things stand.
    fn measure_for(
        &mut self,
        number: u32,
        call: &Call,
        asks: fn(&Value) -> Measure,
        measured: fn(&mut Cx<'_>, &Value, Measured) -> api::Reply,
    ) {
        let found = self.measure(&asks(&call.options));
        let reply = measured(&mut self.cx(call.object), &call.options, found);
        self.answer_at_once(number, call.api, reply);
    }

    /// An API answered without the user.
    fn answer_at_once(&mut self, number: u32, api: &Api, reply: api::Reply) {
        debug_assert!(is_listed(api, &reply), "{} {reply:?}", api.spec.name);
        let pretended = self.note_undeclared(number, &reply) && self.pretends_cloud(number);
        match reply {
            _ if pretended => {}
            Err(reason @ Reason::InvalidValue(..)) => self.refuse_parameters(number, reason),
            reply => self.reply(number, reply),
        }
        self.take_notices();
        self.tell_keys(number);
        self.tell_server();
    }

    /// Says what to declare when a call fails for want of it; whether it does.
    fn note_undeclared(&mut self, call: u32, reply: &api::Reply) -> bool {
        let name = match reply {
            Err(Reason::Cloud(CloudProblem::NoFunction(name))) => name.clone(),
            Err(Reason::Cloud(CloudProblem::NoCollection(name))) => format!("db.{name}"),
            Err(Reason::Cloud(CloudProblem::NoFile(id))) => id.clone(),
            _ => return false,
        };
        self.emit(|| Event::Undeclared { call, name });
        true
    }

    /// A call that asks a server, unless its options say nothing that can be sent.
    fn transfer_of(
        &mut self,
        number: u32,
        call: &Call,
        request: fn(&mut Cx<'_>, &Value) -> Result<Request, Reason>,
    ) {
        match request(&mut self.cx(call.object), &call.options) {
            Ok(request) => self.transfer(number, request),
            Err(reason @ Reason::File(..)) => self.reply(number, Err(reason)),
            Err(reason) => self.refuse_parameters(number, reason),
        }
    }

    /// The user answered; whether the question was what happens in a program without code.
    pub(super) fn answered(&mut self, question: u32, answer: &Json, choice: u32) -> bool {
        let Some(asked) = self.asked.get(&question).cloned() else {
            return false;
        };
        let (key, given) = (asked.question.key.clone(), answer.clone());
        self.emit(|| Event::Answer {
            question,
            key,
            answer: given,
            choice,
        });
        if answer.as_str() == Some("ignore") {
            return false;
        }
        self.asked.remove(&question);
        match asked.purpose {
            Purpose::Scope(scope) => {
                if asked.question.with_privacy && answer.as_str() == Some("allow") {
                    let caller = self.world.caller();
                    self.world.apply(AgreePrivacy(caller));
                }
                self.decide(scope, answer, &asked.calls);
            }
            Purpose::Privacy => {
                self.privacy_answered(answer.as_str() == Some("agree"), &asked.calls);
            }
            Purpose::Leave => {
                if answer.as_str() == Some("confirm") {
                    let (call, request) = (0, RouteRequest::back(None));
                    self.later(0, Work::Route { call, request });
                }
            }
            Purpose::Share => {
                for number in asked.calls {
                    self.share_answered(number, answer);
                }
            }
            Purpose::Elsewhere => self.leave_service_chat(answer),
            Purpose::Api => {
                for call in asked.calls {
                    self.answer_call(call, answer);
                }
            }
            Purpose::Visit => return true,
        }
        false
    }

    fn decide(&mut self, scope: Scope, answer: &Json, calls: &[u32]) {
        let (decision, refusal) = match answer.as_str() {
            Some("allow") => (ScopeDecision::Allow, None),
            Some("deny") => (ScopeDecision::Deny, Some(Reason::AuthDeny)),
            _ => (ScopeDecision::Dismiss, Some(Reason::AuthCanceled)),
        };
        let caller = self.world.caller();
        self.world.apply(DecideScope {
            caller,
            scope,
            decision,
        });
        for call in calls {
            match &refusal {
                Some(reason) => self.reply(*call, Err(reason.clone())),
                None => self.pass_scope(*call),
            }
        }
    }

    /// A scope was granted; a call that needs several goes on to the next.
    fn pass_scope(&mut self, number: u32) {
        let guard = self.calls.get(&number).map(|call| call.api.spec.guard);
        if matches!(
            guard,
            Some(Guard::Scopes(_) | Guard::ScopeWith(..) | Guard::Argument(_))
        ) {
            self.enter_gate(number);
        } else {
            self.perform(number);
        }
    }

    fn answer_call(&mut self, number: u32, answer: &Json) {
        let Some(call) = self.calls.get(&number).cloned() else {
            return;
        };
        let turn = match call.api.behaviour {
            Behaviour::Ask { answered, .. } | Behaviour::MayAsk { answered, .. } => {
                Turn::Reply(answered(&mut self.cx(call.object), &call.options, answer))
            }
            Behaviour::Dialog { answered, .. } => {
                answered(&mut self.cx(call.object), &call.options, answer)
            }
            _ => return,
        };
        self.tell_server();
        match turn {
            Turn::Reply(reply) => {
                debug_assert!(
                    is_listed(call.api, &reply),
                    "{} {reply:?}",
                    call.api.spec.name
                );
                self.reply(number, reply);
            }
            Turn::Ask(question) => self.ask(number, question, Purpose::Api),
            Turn::Silence => drop(self.calls.remove(&number)),
        }
        self.take_notices();
        self.tell_keys(number);
    }

    /// Whether the callbacks of a reply have the tap state.
    pub(super) fn callback_tap(&self, call: &Call, succeeded: bool) -> bool {
        match call.api.spec.tap_state {
            TapState::Lost => false,
            TapState::Inherited => call.tap,
            TapState::Given | TapState::OfPayment => {
                succeeded || self.world.profile().sdk < FAILURE_LOSES_TAP
            }
        }
    }

    /// Whether the tap state of a call's callbacks comes of a payment.
    pub(super) fn comes_of_payment(call: &Call) -> bool {
        match call.api.spec.tap_state {
            TapState::Lost | TapState::Given => false,
            TapState::Inherited => call.tap_of_payment,
            TapState::OfPayment => true,
        }
    }

    /// Whether a call counts as made by a tap.
    fn is_by_tap(call: &Call) -> bool {
        call.tap && !(call.tap_of_payment && call.api.spec.not_by_payment)
    }

    /// A synchronous call: its result, or what it throws.
    pub(super) fn invoke_sync(
        &mut self,
        index: usize,
        object: Option<ObjectId>,
        arguments: &[Value],
    ) -> Result<Value, Throw> {
        let Some(api) = self.table.get(index).copied() else {
            return Ok(Value::Undefined);
        };
        self.asks_how_started |= TELL_START.contains(&api.spec.name);
        let instead = self.throws_instead(api);
        let mut cx = self.cx(object);
        let outcome = match (instead, api.behaviour) {
            (Some(reason), _) => Err(reason),
            (None, Behaviour::Sync(behave)) => behave(&mut cx, arguments),
            (None, Behaviour::Create(create)) => create(&mut cx, arguments).map(|id| id.0.into()),
            _ => unreachable!("{} is not synchronous", api.spec.name),
        };
        self.take_notices();
        debug_assert!(
            may_throw(api, outcome.as_ref().err()),
            "{} {outcome:?}",
            api.spec.name
        );
        let thrown = outcome
            .as_ref()
            .err()
            .map(|reason| errmsg::fail(api.spec.own_name(), reason, self.world.profile()));
        self.emit(|| Event::Sync {
            api: api.spec.name.to_owned(),
            object: object.map(|object| object.0),
            arguments: Json::Array(arguments.iter().map(json).collect()),
            result: match (&outcome, &thrown) {
                (Ok(value), _) => match api.spec.form {
                    Form::Object(class) => Json::String(format!("{class} @{}", json(value))),
                    _ => json(value),
                },
                (Err(_), text) => Json::String(text.clone().unwrap_or_default()),
            },
        });
        outcome.map_err(|_| Throw::error(thrown.unwrap_or_default()))
    }
}

/// Members of `wx` that tell how the program was started.
const TELL_START: [&str; 2] = ["getLaunchOptionsSync", "getEnterOptionsSync"];

/// Base library in which the failure callbacks of dialogs lost the tap state (its changelog).
const FAILURE_LOSES_TAP: Version = Version(3, 3, 5);

/// Whether a failure is one that the row lists: an unlisted one is a mistake of the API's file.
fn is_listed(api: &Api, reply: &api::Reply) -> bool {
    reply.as_ref().err().is_none_or(|reason| lists(api, reason))
}

/// The same of a synchronous one, which always throws when its arguments are wrong.
fn may_throw(api: &Api, reason: Option<&Reason>) -> bool {
    reason.is_none_or(|reason| matches!(reason, Reason::Parameter(_)) || lists(api, reason))
}

fn lists(api: &Api, reason: &Reason) -> bool {
    let mut listed = api.spec.fails.iter();
    listed.any(|listed| listed.is_like(reason))
}

//! The row of a client API: what it is called, checks, asks for and answers.
//!
//! Each API's file holds one [`ApiSpec`]; the `wx` object, argument checks, gates, `wx.canIUse`,
//! promise form and the documentation are all read from it.

use crate::errmsg::Reason;
use crate::profile::Date;
use crate::value::Value;
use crate::version::Version;
use crate::world::privacy::PrivacyItem;

/// Chapter of the official API manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the chapters")]
pub enum Group {
    Base,
    Route,
    Navigate,
    Storage,
    Ui,
    Login,
    Setting,
    Message,
    Location,
    Device,
    Ext,
    Analytics,
    Network,
    File,
    Media,
    Privacy,
    UserInfo,
    Werun,
    Share,
    Group,
    Soter,
    Payment,
    Favorites,
    Address,
    Invoice,
    LicensePlate,
    Card,
    Contact,
    Calendar,
    Bluetooth,
    Component,
    Button,
    ServiceChat,
    Animation,
    Canvas,
    Map,
    Ad,
    Ai,
    Worker,
    Cloud,
    Wxml,
    /// Everything that is not simulated.
    Unmodelled,
}

/// How much of an API is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Every documented outcome.
    Modelled,
    /// The named part is missing.
    Partial(&'static str),
    /// Nothing: it is there and answers softly.
    Unsupported,
}

/// How a member of `wx` is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Options object with callbacks, or a promise.
    Async,
    /// Options object with callbacks; returns a task that can be aborted and tells of these, each
    /// since a base library.
    Task(&'static [(&'static str, Version)]),
    /// Returns its result or throws.
    Sync,
    /// Returns an object of the named class: `createInnerAudioContext`.
    Object(&'static str),
    /// Options object with callbacks; returns an object of the named class: `connectSocket`.
    Opens(&'static str),
    /// Adds a listener of the named event.
    On(&'static str),
    /// Removes one listener of the named event, or all.
    Off(&'static str),
    /// An open capability of a button (`open-type`); its result is the detail of an event.
    Button {
        /// The event of a success.
        success: &'static str,
        /// The event of a failure; empty where a failure only shows in the console.
        failure: &'static str,
    },
    /// Puts a listener of the named event in the place of the former one.
    Sets(&'static str),
    /// Behaviour is a matter of script alone and lives in the prelude.
    Script,
    /// Is not called: an object that holds other members.
    Holder,
}

/// What happens to the tap state of a call in its callbacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TapState {
    /// Callbacks have none.
    Lost,
    /// Callbacks have the state that the call had.
    Inherited,
    /// Success and complete callbacks have it: the user has just tapped the dialog.
    Given,
    /// As `Given`; this one cannot lead to another program in the same window.
    OfPayment,
}

/// Which scope the user must have granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// None.
    Free,
    /// The named one, such as `scope.userLocation`.
    Scope(&'static str),
    /// All of these, asked for one after the other, each with the `errCode` of the failure event when it is not granted.
    Scopes(&'static [(&'static str, u32)]),
    /// The named one, for versions published before a day.
    ScopeBefore(&'static str, Date),
    /// The named one, unless each of these keys of the options has a number, since a base library.
    ScopeUnlessGiven(&'static str, &'static [&'static str], Version),
    /// The first one; the second too where a key of the options has a value.
    ScopeWith(&'static str, &'static str, (&'static str, &'static str)),
    /// The one that the caller names under this key of the options.
    Argument(&'static str),
}

impl Guard {
    /// Whether what the caller gives makes the scope needless.
    pub fn is_lifted(self, sdk: Version, options: &Value) -> bool {
        let Self::ScopeUnlessGiven(_, keys, since) = self else {
            return false;
        };
        let is_number = |key: &&str| options.get(key).as_f64().is_some_and(f64::is_finite);
        sdk >= since && keys.iter().all(is_number)
    }

    /// Whether the scope of that name is one that it asks for.
    pub fn asks_for(self, scope: &str) -> bool {
        match self {
            Self::Free | Self::Argument(_) => false,
            Self::Scope(name) | Self::ScopeBefore(name, _) | Self::ScopeUnlessGiven(name, ..) => {
                name == scope
            }
            Self::ScopeWith(one, other, _) => one == scope || other == scope,
            Self::Scopes(scopes) => scopes.iter().any(|(name, _)| *name == scope),
        }
    }
}

/// ECMAScript class that a parameter must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the classes")]
pub enum Class {
    String,
    Number,
    Boolean,
    Object,
    Array,
    Function,
    Any,
}

impl Class {
    /// The name as parameter errors print it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Number => "Number",
            Self::Boolean => "Boolean",
            Self::Object => "Object",
            Self::Array => "Array",
            Self::Function => "Function",
            Self::Any => "Any",
        }
    }

    fn admits(self, value: &Value) -> bool {
        self == Self::Any || value.class() == self.name()
    }
}

/// One key of the options object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Its class.
    pub class: Class,
    /// Whether the base library refuses the call without it.
    pub required: bool,
    /// Whether the base library refuses a value of another class.
    pub checked: bool,
    /// Base library that introduced it.
    pub since: Version,
    /// Base library before which it refuses the call without it, although later ones do not.
    pub required_before: Version,
    /// Base library since which a list of such values is refused; older ones take it.
    pub list_before: Version,
}

impl Param {
    /// A key that the base library checks.
    pub const fn required(name: &'static str, class: Class) -> Self {
        Self {
            name,
            class,
            required: true,
            checked: true,
            since: Version(0, 0, 0),
            required_before: Version(0, 0, 0),
            list_before: Version(0, 0, 0),
        }
    }

    /// A key that may be left out, for a default; a value that is given is checked.
    pub const fn defaulted(name: &'static str, class: Class) -> Self {
        Self {
            checked: true,
            ..Self::optional(name, class)
        }
    }

    /// A key that came with a later base library; it may be missing and is not checked.
    pub const fn since(name: &'static str, class: Class, since: Version) -> Self {
        Self {
            since,
            ..Self::optional(name, class)
        }
    }

    /// A key that may be missing and is not checked.
    pub const fn optional(name: &'static str, class: Class) -> Self {
        Self {
            name,
            class,
            required: false,
            checked: false,
            since: Version(0, 0, 0),
            required_before: Version(0, 0, 0),
            list_before: Version(0, 0, 0),
        }
    }
}

/// Base library since which `App.onLaunch` may open pages and dialogs (its changelog).
pub const ON_LAUNCH_SINCE: Version = Version(1, 5, 0);

/// A runnable example of the documentation: its trace is checked by a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub title: &'static str,
    /// Body of a page's tap handler.
    pub js: &'static str,
    /// The `errMsg`s of the replies, one a line.
    pub replies: &'static str,
}

/// Members of `wx` whose page marks the promise style as not supported, although clients give promises.
const PROMISE_NOT_DOCUMENTED: [&str; 11] = [
    "login",
    "getUserInfo",
    "getWeRunData",
    "getShareInfo",
    "getGroupEnterInfo",
    "authPrivateMessage",
    "getPrivacySetting",
    "requirePrivacyAuthorize",
    "openPrivacyContract",
    "getFuzzyLocation",
    "openCustomerServiceChat",
];

/// Whether the official page of a member of `wx` does not deny its promise form.
pub fn documents_promise(name: &str) -> bool {
    !PROMISE_NOT_DOCUMENTED.contains(&name)
}

/// One client API.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of a row")]
pub struct ApiSpec {
    /// Member of `wx`; a method with its class: `SocketTask.send`.
    pub name: &'static str,
    /// What results begin with when it is not the name; empty for the name (of a method its own).
    pub replies_as: &'static str,
    /// Chapter.
    pub group: Group,
    /// One sentence.
    pub summary: &'static str,
    /// Base library that introduced it; absent before.
    pub since: Version,
    /// How it is called.
    pub form: Form,
    /// Keys of the options object, checked in this order.
    pub params: &'static [Param],
    /// Whether it has a promise form (base library 2.10.2).
    pub promise: bool,
    /// Base library since which only a tap may lead to the call.
    pub tap_since: Option<Version>,
    /// Whether a tap on the cashier of a payment does not count as one (official page: "Tap events").
    pub not_by_payment: bool,
    /// Calls back before the call returns.
    pub calls_back_at_once: bool,
    /// Base library since which `App.onLaunch` may call it; `None` when it always could.
    pub on_launch_since: Option<Version>,
    /// Tap state of the callbacks.
    pub tap_state: TapState,
    /// The scope that guards it.
    pub guard: Guard,
    /// What it collects: the privacy guide must name it and the user must have agreed.
    pub privacy: Option<PrivacyItem>,
    /// Whether it asks for agreement to whatever the privacy guide names.
    pub needs_agreement: bool,
    /// The event by which listeners of the object hear of a failure too; empty for none.
    pub failure_event: &'static str,
    /// Whether app.json's `requiredPrivateInfos` must list it (published after 2022-07-14), and the
    /// console must have opened it.
    pub private_info: bool,
    /// Calls a second that the platform admits of a user, where it publishes a number.
    pub calls_per_second: Option<u32>,
    /// Whether it asks servers of WeChat, and so needs the network, though it gives no request of the program's.
    pub asks_wechat: bool,
    /// Virtual time from the call (or the last answer) to the callback, in milliseconds.
    pub latency_ms: u32,
    /// Reasons of its own; parameter, gate and tap failures are not repeated here.
    pub fails: &'static [Reason],
    /// How much is simulated.
    pub support: Support,
    /// What differs from the client, in one sentence; empty when nothing is known to.
    pub differs: &'static str,
    /// Examples.
    pub examples: &'static [Example],
}

impl ApiSpec {
    /// Defaults of an asynchronous API.
    pub const ASYNC: Self = Self {
        name: "",
        replies_as: "",
        group: Group::Base,
        summary: "",
        since: Version(1, 0, 0),
        form: Form::Async,
        params: &[],
        promise: true,
        tap_since: None,
        not_by_payment: false,
        calls_back_at_once: false,
        on_launch_since: None,
        tap_state: TapState::Lost,
        guard: Guard::Free,
        privacy: None,
        needs_agreement: false,
        failure_event: "",
        private_info: false,
        calls_per_second: None,
        asks_wechat: false,
        latency_ms: 10,
        fails: &[],
        support: Support::Modelled,
        differs: "",
        examples: &[],
    };

    /// Defaults of a synchronous API.
    pub const SYNC: Self = Self {
        form: Form::Sync,
        promise: false,
        latency_ms: 0,
        ..Self::ASYNC
    };

    /// The name that results begin with: of `SocketTask.send` the method's.
    pub fn own_name(&self) -> &'static str {
        match self.replies_as {
            "" => own_name(self.name),
            name => name,
        }
    }

    /// The list of what is wrong with the options object, as the base library words it.
    ///
    /// Source: the parameter check of the open re-implementation of base library 1.4.2.
    pub fn parameter_errors(&self, options: &Value) -> Option<Reason> {
        self.errors_of(options, |_| false, |_| false)
    }

    /// The same in an older base library: some take lists too, and none checks a key that it does not know.
    pub fn parameter_errors_in(&self, sdk: Version, options: &Value) -> Option<Reason> {
        let takes_list =
            |param: &Param| sdk < param.list_before && Class::Array.admits(options.get(param.name));
        let was_required = |param: &Param| sdk < param.required_before;
        let is_unknown =
            |param: &Param| sdk < param.since && !param.required && !was_required(param);
        let passes = |param: &Param| takes_list(param) || is_unknown(param);
        self.errors_of(options, passes, was_required)
    }

    fn errors_of(
        &self,
        options: &Value,
        pass: impl Fn(&Param) -> bool,
        was_required: impl Fn(&Param) -> bool,
    ) -> Option<Reason> {
        let required = |param: &Param| param.required || was_required(param);
        let given = |param: &&Param| required(param) || options.has(param.name);
        let checked = self
            .params
            .iter()
            .filter(|param| param.checked && !pass(param))
            .filter(given);
        if self.params.iter().any(|param| param.required) && !matches!(options, Value::Object(_)) {
            let class = options.class();
            return Some(Reason::Parameter(format!(
                "parameter should be Object instead of {class};"
            )));
        }
        let wrong = checked.filter(|param| !param.class.admits(options.get(param.name)));
        let errors: Vec<String> = wrong
            .map(|param| {
                let (name, class) = (param.name, param.class.name());
                let actual = options.get(param.name).class();
                format!("parameter.{name} should be {class} instead of {actual};")
            })
            .collect();
        (!errors.is_empty()).then_some(Reason::Parameter(errors.concat()))
    }
}

/// The name that results begin with: of a method of a class the method's, of a button's capability
/// the `open-type`, else the whole.
pub fn own_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some(("button" | "component", own)) => own,
        Some((class, method)) if class.starts_with(char::is_uppercase) => method,
        _ => name,
    }
}

/// Whether a row is of an element of the view: `button.getPhoneNumber`, `component.insertCamera`.
pub fn is_of_view(name: &str) -> bool {
    name.starts_with("button.") || name.starts_with("component.")
}

/// How a name is shown: `wx.login`; methods of classes and capabilities of buttons as they are.
pub fn shown_name(name: &str) -> String {
    if name.starts_with(char::is_uppercase) || is_of_view(name) {
        name.to_owned()
    } else {
        format!("wx.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::{ApiSpec, Class, Guard, Param, own_name};
    use crate::errmsg::Reason;
    use crate::value::Value;
    use crate::version::Version;

    const SPEC: ApiSpec = ApiSpec {
        params: &[
            Param::required("url", Class::String),
            Param::required("list", Class::Array),
            Param::optional("timeout", Class::Number),
            Param::defaulted("mark", Class::String),
        ],
        ..ApiSpec::ASYNC
    };

    #[test]
    fn a_result_begins_with_the_name_of_the_method() {
        assert_eq!(own_name("SocketTask.send"), "send");
        assert_eq!(own_name("button.getPhoneNumber"), "getPhoneNumber");
        assert_eq!(own_name("cloud.callFunction"), "cloud.callFunction");
        assert_eq!(own_name("request"), "request");
    }

    fn errors(options: &Value) -> Option<String> {
        SPEC.parameter_errors(options).map(|reason| match reason {
            Reason::Parameter(items) => items,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn every_wrong_key_is_listed_without_blanks_between() {
        assert_eq!(
            errors(&Value::object([
                ("url", Value::Number(1.0)),
                ("timeout", "x".into())
            ]))
            .as_deref(),
            Some(
                "parameter.url should be String instead of Number;\
                 parameter.list should be Array instead of Undefined;"
            )
        );
    }

    const LISTS: ApiSpec = ApiSpec {
        params: &[Param {
            list_before: Version(1, 6, 0),
            ..Param::required("scope", Class::String)
        }],
        ..ApiSpec::ASYNC
    };

    #[test]
    fn an_older_base_library_wants_what_later_ones_do_not() {
        const SPEC: ApiSpec = ApiSpec {
            params: &[Param {
                required_before: Version(2, 4, 1),
                ..Param::defaulted("kind", Class::String)
            }],
            ..ApiSpec::ASYNC
        };
        let nothing = Value::object([]);
        let refuses = |sdk, options| SPEC.parameter_errors_in(sdk, options).is_some();
        assert!(refuses(Version(2, 4, 0), &nothing));
        assert!(!refuses(Version(2, 4, 1), &nothing));
        let wrong = Value::object([("kind", Value::Number(1.0))]);
        assert!(refuses(Version(2, 4, 1), &wrong));
    }

    #[test]
    fn an_older_base_library_takes_a_list() {
        let refuses = |sdk, scope| {
            let options = Value::object([("scope", scope)]);
            LISTS.parameter_errors_in(sdk, &options).is_some()
        };
        let list = || Value::Array(vec!["a".into()]);
        assert!(!refuses(Version(1, 5, 9), list()));
        assert!(refuses(Version(1, 6, 0), list()));
        assert!(refuses(Version(1, 5, 9), Value::Number(1.0)));
        assert!(!refuses(Version(1, 6, 0), "a".into()));
    }

    #[test]
    fn a_guard_falls_when_all_keys_have_numbers() {
        let since = Version(2, 25, 2);
        let guard = Guard::ScopeUnlessGiven("scope.a", &["x", "y"], since);
        let both = Value::object([("x", 0.0.into()), ("y", 1.0.into())]);
        let one = Value::object([("x", 0.0.into()), ("y", f64::NAN.into())]);
        assert!(guard.is_lifted(since, &both));
        assert!(!guard.is_lifted(Version(2, 25, 1), &both));
        assert!(!guard.is_lifted(since, &one));
        assert!(!guard.is_lifted(since, &Value::Undefined));
        assert!(!Guard::Scope("scope.a").is_lifted(since, &both));
        assert!(guard.asks_for("scope.a") && !guard.asks_for("scope.b"));
    }

    #[test]
    fn a_key_with_a_default_is_checked_when_it_is_given() {
        let with = |mark: Option<Value>| {
            let mut members = vec![("url", "".into()), ("list", Value::Array(Vec::new()))];
            members.extend(mark.map(|mark| ("mark", mark)));
            let members = members.into_iter();
            errors(&Value::Object(
                members
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect(),
            ))
        };
        assert_eq!(with(None), None);
        assert_eq!(with(Some("".into())), None);
        let expected = "parameter.mark should be String instead of Undefined;";
        assert_eq!(with(Some(Value::Undefined)).as_deref(), Some(expected));
    }

    #[test]
    fn an_api_that_needs_an_object_says_so() {
        let expected = "parameter should be Object instead of Undefined;";
        assert_eq!(errors(&Value::Undefined).as_deref(), Some(expected));
        assert_eq!(
            ApiSpec::ASYNC.parameter_errors(&Value::Undefined),
            None,
            "nothing required"
        );
    }
}

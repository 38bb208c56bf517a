//! A row as words: what `wxsim api` prints and the tables of `docs/` are made of.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde_json::{Value as Json, json};

use super::text::{Paint, colour};
use crate::api::names::NAMES;
use crate::api::unmodelled::{Kind, Name};
use crate::api::{CLASSES, Class, find, rows};
use crate::errmsg::{self, AccountProblem, Reason};
use crate::near::near;
use crate::profile::{Date, Profile};
use crate::spec::{ApiSpec, Form, Guard, Support, TapState, own_name, shown_name};
use crate::version::Version;
use crate::world::scope::{Scope, Standing};

/// The last day of base libraries that open no dialog in `App.onLaunch`.
const DAY_BEFORE_1_5_0: Date = Date::new(2017, 8, 16);

/// The reason with an ellipsis where the text depends on the call.
pub fn sample(reason: &Reason) -> Reason {
    match reason {
        Reason::Parameter(_) => Reason::Parameter("…".to_owned()),
        Reason::PageNotFound(_) => Reason::PageNotFound("…".to_owned()),
        Reason::InvalidValue(key, _) => Reason::InvalidValue(key, "…".to_owned()),
        Reason::InvalidUrl(_) => Reason::InvalidUrl("…".to_owned()),
        Reason::File(problem, _) if problem.names_path() => Reason::File(*problem, "…".to_owned()),
        Reason::Cloud(problem) => Reason::Cloud(problem.sample()),
        Reason::Jump(problem) => Reason::Jump(problem.sample()),
        Reason::Payment(problem) => Reason::Payment(problem.sample()),
        Reason::Network(_) => Reason::Network("the words of the rule".to_owned()),
        other => other.clone(),
    }
}

/// Whether a dialog of a scope came before it while `App.onLaunch` could open none.
fn asks_before_1_5_0(spec: &ApiSpec) -> bool {
    let then = Profile::on(DAY_BEFORE_1_5_0);
    let is_asked = |scope: &Scope| {
        let standing = scope.standing(&then, DAY_BEFORE_1_5_0);
        standing == Standing::Enforced && spec.guard.asks_for(scope.name())
    };
    let asks = matches!(spec.guard, Guard::Argument(_)) || Scope::ALL.iter().any(is_asked);
    spec.since <= then.sdk && asks
}

/// What a call can fail with besides wrong parameters: its gates in order, then its own reasons.
pub fn failures(spec: &ApiSpec) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if spec.tap_since.is_some() {
        reasons.push(Reason::TapRequired);
    }
    if spec.on_launch_since.is_some() || asks_before_1_5_0(spec) {
        reasons.push(Reason::OnLaunch);
    }
    if spec.calls_per_second.is_some() {
        reasons.push(Reason::Account(AccountProblem::TooFrequent));
    }
    if spec.private_info {
        reasons.extend([Reason::PrivateInfoUndeclared, Reason::NoPermission]);
    }
    if spec.privacy.is_some() {
        reasons.extend([Reason::PrivacyUndeclared, Reason::PrivacyBanned]);
    }
    if spec.privacy.is_some() || spec.needs_agreement {
        reasons.push(Reason::PrivacyRefused);
    }
    for reason in spec.fails {
        if !reasons.contains(reason) {
            reasons.push(reason.clone());
        }
    }
    reasons
}

/// How much is simulated, in one word.
fn support(spec: &ApiSpec) -> &'static str {
    match spec.support {
        Support::Modelled => "modelled",
        Support::Partial(_) => "partial",
        Support::Unsupported => "unsupported",
    }
}

/// How it is called.
pub fn form(spec: &ApiSpec) -> &'static str {
    match (spec.form, spec.promise) {
        (Form::Async, true) => "callbacks, promise",
        (Form::Async, false) => "callbacks",
        (Form::Sync, _) => "synchronous",
        (Form::Object(_), _) => "returns an object",
        (Form::Opens(_), _) => "callbacks, returns an object",
        (Form::On(_) | Form::Off(_) | Form::Sets(_), _) => "listener",
        (Form::Button { .. }, _) => "button",
        (Form::Script, _) => "script",
        (Form::Holder, _) => "object",
        (Form::Task(_), _) => "callbacks, task",
    }
}

/// The scope that guards it; empty without one.
pub fn scope(spec: &ApiSpec) -> String {
    match spec.guard {
        Guard::Free => String::new(),
        Guard::Scope(name) => format!("`{name}`"),
        Guard::Scopes(scopes) => {
            let names = scopes.iter().map(|(name, _)| format!("`{name}`"));
            names.collect::<Vec<_>>().join(", ")
        }
        Guard::ScopeBefore(name, day) => format!("`{name}` before {day}"),
        Guard::ScopeWith(name, other, (key, value)) => {
            format!("`{name}`, `{other}` too where `{key}` is `{value}`")
        }
        Guard::ScopeUnlessGiven(name, keys, since) => {
            let keys = keys.iter().map(|key| format!("`{key}`"));
            let keys = keys.collect::<Vec<_>>().join(", ");
            format!("`{name}` without {keys} (since {since}; always before)")
        }
        Guard::Argument(key) => format!("the one in `{key}`"),
    }
}

/// Since when it needs a tap; empty when it does not.
pub fn tap(spec: &ApiSpec) -> String {
    spec.tap_since
        .map(|since| format!("since {since}"))
        .unwrap_or_default()
}

/// What differs from the client and what is missing; empty when nothing is known to.
pub fn differs(spec: &ApiSpec) -> String {
    let missing = match spec.support {
        Support::Modelled | Support::Unsupported => String::new(),
        Support::Partial(missing) => format!("Missing: {missing}."),
    };
    let remarks = [spec.differs, missing.as_str()];
    let remarks = remarks.into_iter().filter(|text| !text.is_empty());
    remarks.collect::<Vec<_>>().join(" ")
}

/// A member of `wx` with a row, or without.
#[derive(Clone, Copy)]
pub enum Member {
    /// It is simulated, at least in part.
    Row(&'static ApiSpec),
    /// It answers softly.
    Name(&'static Name),
    /// A method of a simulated class that answers softly: the class, the name with the class.
    Missing(&'static Class, &'static str),
}

impl Member {
    /// Every member and method, simulated ones first, in the order of the manual; then the others.
    pub fn all() -> impl Iterator<Item = Self> {
        let rows = rows().map(|api| Self::Row(api.spec));
        let others = NAMES.iter().filter(|name| find(name.name).is_none());
        let missing = CLASSES
            .iter()
            .flat_map(|class| class.missing.iter().map(move |name| (class, *name)));
        rows.chain(others.map(Self::Name))
            .chain(missing.map(|(class, name)| Self::Missing(class, name)))
    }

    /// The member of that name, in any case, with or without `wx.`; or the method of an object, such
    /// as `SocketTask.send`.
    pub fn find(name: &str) -> Option<Self> {
        let wanted = bare(name);
        Self::all().find(|member| member.name().eq_ignore_ascii_case(wanted))
    }

    /// Up to five names that look like it, methods of that name first.
    pub fn near(name: &str) -> Vec<String> {
        let wanted = bare(name);
        let names: Vec<String> = Self::all().map(|it| it.name().into_owned()).collect();
        let is_method = |known: &&String| {
            let own = known.split_once('.').map(|(_, own)| own);
            own.is_some_and(|own| own.eq_ignore_ascii_case(wanted))
        };
        let mut found: Vec<String> = names.iter().filter(is_method).cloned().collect();
        for name in near(wanted, names.iter().map(String::as_str)) {
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
        found.truncate(5);
        found
    }

    /// Its name without `wx.`.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Row(spec) => spec.name.into(),
            Self::Name(name) => name.name.into(),
            Self::Missing(class, name) => format!("{}.{name}", class.name).into(),
        }
    }

    fn since(self) -> Version {
        match self {
            Self::Row(spec) => spec.since,
            Self::Name(name) => name.since,
            Self::Missing(class, _) => {
                let gives = |form| match form {
                    Form::Object(name) | Form::Opens(name) => name == class.name,
                    _ => false,
                };
                let first = rows().filter(|api| gives(api.spec.form));
                let first = first.map(|api| api.spec.since).min();
                first.unwrap_or(Version(1, 0, 0))
            }
        }
    }

    fn support(self) -> &'static str {
        match self {
            Self::Row(spec) => support(spec),
            Self::Name(_) | Self::Missing(..) => "unsupported",
        }
    }

    /// The object that `--json` prints of it.
    pub fn to_json(self) -> Json {
        let mut json = json!({
            "name": self.name(),
            "support": self.support(),
            "since": self.since().to_string(),
        });
        let more = match self {
            Self::Row(spec) => row_json(spec),
            Self::Missing(..) => json!({
                "form": "method",
                "failures": failure_texts(own_name(&self.name()), &[Reason::NotSimulated]),
            }),
            Self::Name(name) => json!({
                "form": name_form(name),
                "promise": name.promise,
                "failures": failure_texts(name.name, &[Reason::NotSimulated]),
            }),
        };
        if let (Some(members), Json::Object(more)) = (json.as_object_mut(), more) {
            members.extend(more);
        }
        json
    }

    /// Everything about it for people, ending with a line feed.
    pub fn render(self, paint: Paint) -> String {
        let bold = Style::new().bold();
        let title = shown_name(&self.name());
        let mut text = format!("{}\n", paint.apply(bold, &title));
        match self {
            Self::Row(spec) => render_row(&mut text, spec, paint),
            Self::Name(name) => {
                let _ = writeln!(text, "{}\n", soft(name));
                field(&mut text, paint, "support", "unsupported");
                field(&mut text, paint, "since", &since_text(name.since));
                field(&mut text, paint, "form", name_form(name));
            }
            Self::Missing(..) => {
                let _ = writeln!(
                    text,
                    "Is not simulated: it answers softly and is reported.\n"
                );
                field(&mut text, paint, "support", "unsupported");
                field(&mut text, paint, "since", &since_text(self.since()));
            }
        }
        text
    }
}

fn row_json(spec: &ApiSpec) -> Json {
    let params = spec.params.iter().map(
        |param| json!({"name": param.name, "type": param.class.name(), "required": param.required}),
    );
    let examples = spec.examples.iter().map(|example| {
        let replies: Vec<&str> = example.replies.lines().collect();
        json!({"title": example.title, "js": example.js, "replies": replies})
    });
    let missing = match spec.support {
        Support::Partial(missing) => Json::from(missing),
        Support::Modelled | Support::Unsupported => Json::Null,
    };
    let guard = match spec.guard {
        Guard::Free => Json::Null,
        Guard::Scope(name) | Guard::ScopeBefore(name, _) | Guard::ScopeUnlessGiven(name, ..) => {
            Json::from(name)
        }
        Guard::Scopes(scopes) => {
            let names: Vec<&str> = scopes.iter().map(|(name, _)| *name).collect();
            Json::from(names.join(", "))
        }
        Guard::ScopeWith(name, other, _) => Json::from(format!("{name}, {other}")),
        Guard::Argument(key) => Json::from(format!("options.{key}")),
    };
    json!({
        "group": format!("{:?}", spec.group),
        "summary": spec.summary,
        "form": form(spec),
        "promise": spec.promise,
        "params": params.collect::<Vec<_>>(),
        "scope": guard,
        "tapSince": spec.tap_since.map(|since| since.to_string()),
        "failures": row_failures(spec),
        "missing": missing,
        "differs": spec.differs,
        "examples": examples.collect::<Vec<_>>(),
    })
}

/// The `errMsg`s of a row's failures, wrong parameters first.
fn row_failures(spec: &ApiSpec) -> Vec<String> {
    let mut reasons = failures(spec);
    let wrong = Reason::Parameter(String::new());
    let told = reasons.iter().any(|it| sample(it) == sample(&wrong));
    if spec.params.iter().any(|param| param.checked) && !told {
        reasons.insert(0, wrong);
    }
    failure_texts(spec.own_name(), &reasons)
}

/// The `errMsg`s of an API on the default platform.
fn failure_texts(api: &str, reasons: &[Reason]) -> Vec<String> {
    let profile = Profile::default();
    let text = |reason: &Reason| errmsg::fail(api, &sample(reason), &profile);
    reasons.iter().map(text).collect()
}

fn name_form(name: &Name) -> &'static str {
    match name.kind {
        Kind::Async if name.promise => "callbacks, promise",
        Kind::Async => "callbacks",
        Kind::Task => "callbacks, returns an object",
        Kind::Sync => "synchronous",
        Kind::Factory => "returns an object",
        Kind::On | Kind::Off => "listener",
        Kind::Object => "object",
    }
}

/// How a name without simulation answers.
fn soft(name: &Name) -> &'static str {
    match name.kind {
        Kind::Async | Kind::Task => "Is not simulated: every call fails softly.",
        Kind::Sync => "Is not simulated: it gives undefined.",
        Kind::Factory | Kind::Object => "Is not simulated: an object whose members do nothing.",
        Kind::On | Kind::Off => "Is not simulated: a listener is taken and never called.",
    }
}

fn since_text(since: Version) -> String {
    format!("base library {since}")
}

fn field(text: &mut String, paint: Paint, title: &str, value: &str) {
    let title = paint.apply(Style::new().dimmed(), &format!("{title:<12}"));
    for (index, line) in value.lines().enumerate() {
        let title = if index == 0 {
            title.as_str()
        } else {
            "            "
        };
        let _ = writeln!(text, "{title} {line}");
    }
}

fn render_row(text: &mut String, spec: &ApiSpec, paint: Paint) {
    let _ = writeln!(text, "{}\n", spec.summary);
    field(text, paint, "support", support(spec));
    field(text, paint, "since", &since_text(spec.since));
    field(text, paint, "form", form(spec));
    field(text, paint, "parameters", &params_text(spec));
    field(text, paint, "scope", &scope(spec).replace('`', ""));
    field(text, paint, "needs a tap", &tap(spec));
    let tap_state = match spec.tap_state {
        TapState::Lost => "",
        TapState::Inherited => "its callbacks count as a tap when the call did",
        TapState::Given | TapState::OfPayment => {
            "its success and complete callbacks count as a tap"
        }
    };
    field(text, paint, "tap", tap_state);
    let declared = if spec.private_info {
        "app.json must list it in requiredPrivateInfos (published after 2022-07-14)"
    } else {
        ""
    };
    field(text, paint, "declaration", declared);
    field(text, paint, "failures", &row_failures(spec).join("\n"));
    field(text, paint, "differs", &differs(spec));
    for example in spec.examples {
        let _ = writeln!(text, "\n// {}\n{}", example.title, example.js);
        for reply in example.replies.lines() {
            let reply = paint.apply(colour(AnsiColor::Green), &format!("// {reply}"));
            let _ = writeln!(text, "{reply}");
        }
    }
}

fn params_text(spec: &ApiSpec) -> String {
    let params = spec.params.iter().map(|param| {
        let required = match (param.required, param.checked) {
            (true, _) => ", required",
            (false, true) => ", checked",
            (false, false) => "",
        };
        let since = match param.since {
            Version(0, 0, 0) => String::new(),
            since => format!(", since {since}"),
        };
        format!("{}: {}{required}{since}", param.name, param.class.name())
    });
    params.collect::<Vec<_>>().join("\n")
}

/// The table of all members for people, by support, ending with a line feed.
pub fn table(paint: Paint) -> String {
    let mut text = String::new();
    for (support, style) in [
        ("modelled", colour(AnsiColor::Green)),
        ("partial", colour(AnsiColor::Yellow)),
    ] {
        let members: Vec<Member> = Member::all()
            .filter(|member| member.support() == support)
            .collect();
        let title = format!("{support} ({})", members.len());
        let _ = writeln!(text, "{}", paint.apply(style.bold(), &title));
        for member in members {
            if let Member::Row(spec) = member {
                let _ = writeln!(text, "  {:<36} {}", spec.name, spec.summary);
            }
        }
        text.push('\n');
    }
    let names: Vec<String> = Member::all()
        .filter(|member| member.support() == "unsupported")
        .map(|member| member.name().into_owned())
        .collect();
    let title = format!("unsupported ({}): they answer softly", names.len());
    let style = colour(AnsiColor::Red).bold();
    let _ = writeln!(text, "{}", paint.apply(style, &title));
    for line in wrapped(&names) {
        let _ = writeln!(text, "  {line}");
    }
    text
}

/// Names in lines of at most about a hundred characters.
fn wrapped(names: &[String]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for name in names {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(name),
            Some(line) if line.len() + name.len() < 96 => {
                line.push_str(", ");
                line.push_str(name);
            }
            _ => lines.push(name.clone()),
        }
    }
    lines
}

/// A name as the rows have it.
fn bare(name: &str) -> &str {
    let name = name.trim().trim_end_matches("()");
    name.strip_prefix("wx.").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::Member;

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let found = |name: &str| Member::find(name).map(|it| it.name().into_owned());
        for name in ["login", "wx.login", "LOGIN", "wx.login()", " login "] {
            assert_eq!(found(name).as_deref(), Some("login"), "{name}");
        }
        assert_eq!(found("cloud.init").as_deref(), Some("cloud.init"));
        assert_eq!(found("sockettask.SEND").as_deref(), Some("SocketTask.send"));
        assert_eq!(
            found("FileSystemManager.open").as_deref(),
            Some("FileSystemManager.open")
        );
        assert!(Member::near("send").contains(&"SocketTask.send".to_owned()));
        assert_eq!(found("logim"), None);
        assert!(Member::near("logim").contains(&"login".to_owned()));
        assert!(Member::near("wx.checkSesion").contains(&"checkSession".to_owned()));
        assert_eq!(Member::near("zzzzzzzzzzzz"), Vec::<String>::new());
    }
}

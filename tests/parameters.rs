//! The text of every parameter error of the table: each required key of each row, missing and of
//! each wrong class, with callbacks and as a promise.

use wxsim::api::{Api, exists, rows};
use wxsim::errmsg;
use wxsim::errmsg::Reason;
use wxsim::profile::Profile;
use wxsim::runtime::trace::Event;
use wxsim::spec::{Class, Form, Param, is_of_view};

use crate::play::Play;

/// Script values with the class that errors give them.
const VALUES: &[(&str, &str)] = &[
    ("undefined", "Undefined"),
    ("null", "Null"),
    ("'text'", "String"),
    ("7", "Number"),
    ("true", "Boolean"),
    ("{}", "Object"),
    ("[]", "Array"),
    ("() => {}", "Function"),
];

/// One call that the base library must refuse: its options, and what the error says after
/// `parameter error: `.
struct Wrong {
    options: String,
    says: String,
}

/// A value that a parameter admits.
fn right(class: Class) -> &'static str {
    let fits = |(_, name): &&(&str, &str)| class == Class::Any || *name == class.name();
    let usable = VALUES.iter().skip(2).find(fits);
    usable.map_or("'text'", |(value, _)| *value)
}

/// Every call of a row with one checked key wrong, and those without any options.
fn wrong_calls(api: &Api) -> Vec<Wrong> {
    let params = &api.spec.params;
    let required: Vec<&Param> = params.iter().filter(|it| it.required).collect();
    let mut calls = Vec::new();
    let checked = params.iter().filter(|it| it.checked);
    for wrong in checked.filter(|it| it.class != Class::Any) {
        let others = required.iter().filter(|it| it.name != wrong.name);
        let others: Vec<String> = others
            .map(|it| format!("{}: {}, ", it.name, right(it.class)))
            .collect();
        let others = others.concat();
        for (value, class) in VALUES
            .iter()
            .filter(|(_, name)| *name != wrong.class.name())
        {
            let (name, wanted) = (wrong.name, wrong.class.name());
            calls.push(Wrong {
                options: format!("{{ {others}{name}: {value} }}"),
                says: format!("parameter.{name} should be {wanted} instead of {class};"),
            });
        }
        if !wrong.required {
            continue;
        }
        calls.push(Wrong {
            options: format!("{{ {others} }}"),
            says: format!(
                "parameter.{} should be {} instead of Undefined;",
                wrong.name,
                wrong.class.name()
            ),
        });
    }
    if !required.is_empty() {
        for (value, class) in VALUES.iter().filter(|(_, name)| *name != "Object") {
            calls.push(Wrong {
                options: (*value).to_owned(),
                says: format!("parameter should be Object instead of {class};"),
            });
        }
    }
    calls
}

/// Script that gives the object whose method the row is, or `wx`.
fn owner(api: &Api) -> Option<String> {
    let Some((class, _)) = api.spec.name.split_once('.') else {
        return Some("wx".to_owned());
    };
    if class == "cloud" {
        return Some("wx.cloud".to_owned());
    }
    if class == "BLEPeripheralServer" {
        return Some(
            "await wx.openBluetoothAdapter().then(() => wx.createBLEPeripheralServer()) \
             .then(({ server }) => server)"
                .to_owned(),
        );
    }
    rows().find_map(|giver| match giver.spec.form {
        Form::Object(given) if given == class => Some(format!("wx.{}({{}})", giver.spec.name)),
        Form::Opens(given) if given == class => {
            let name = giver.spec.name;
            Some(format!(
                "wx.{name}({{ url: 'wss://a.example', fail() {{}} }})"
            ))
        }
        _ => None,
    })
}

/// The `errMsg`s of the calls, or `none`; in the callback form, then as promises where there are any.
fn answers(api: &Api, calls: &[Wrong]) -> Vec<String> {
    let own = api.spec.name.rsplit('.').next().unwrap_or_default();
    let owner = owner(api).unwrap_or_else(|| panic!("nothing gives {}", api.spec.name));
    let list: Vec<&str> = calls.iter().map(|it| it.options.as_str()).collect();
    // Without an object there is no place for callbacks: such calls are made as promises only.
    let go = format!(
        "(async () => {{ const owner = {owner};
         const told = [];
         const calls = [{}];
         calls.forEach((options, at) => {{
           told[at] = 'none';
           if (Object.prototype.toString.call(options) !== '[object Object]') return;
           const order = [];
           owner.{own}({{ ...options,
             success: () => order.push('success'),
             fail: (error) => order.push(error.errMsg),
             complete: () => {{ told[at] = order.join() }} }});
         }});
         calls.forEach((options, at) => {{
           told[calls.length + at] = 'none';
           const promise = owner.{own}(options);
           if ({}) promise.then(() => {{ told[calls.length + at] = 'resolved' }},
             (error) => {{ told[calls.length + at] = error.errMsg }});
         }});
         setTimeout(() => told.forEach((text) => console.log(text)), 2000); }})();",
        list.join(", "),
        api.spec.promise,
    );
    let mut play = Play {
        go,
        steps: vec!["gesture go".to_owned()],
        for_ms: 5_000,
        ..Play::default()
    };
    // One object comes only after the scope was granted.
    let granted = play.config.policy.add_text("scope.bluetooth=allow");
    granted.expect("the words of the vocabulary");
    let entries = play.run().unwrap_or_else(|problem| panic!("{problem}"));
    let said = entries.iter().filter_map(|entry| match &entry.event {
        Event::Console { level, text } if level == "log" => Some(text.clone()),
        _ => None,
    });
    said.collect()
}

#[test]
fn every_checked_parameter_is_refused_with_its_text() {
    let profile = Profile::default();
    let mut checked = 0;
    let mut problems = Vec::new();
    let asynchronous = |api: &&Api| {
        matches!(api.spec.form, Form::Async | Form::Task(_) | Form::Opens(_))
            && !is_of_view(api.spec.name)
            && exists(api, profile.sdk)
    };
    for api in rows().filter(asynchronous) {
        let calls = wrong_calls(api);
        if calls.is_empty() {
            continue;
        }
        let told = answers(api, &calls);
        assert_eq!(told.len(), 2 * calls.len(), "{}", api.spec.name);
        for (at, call) in calls.iter().enumerate() {
            let reason = Reason::Parameter(call.says.clone());
            let text = errmsg::fail(api.spec.own_name(), &reason, &profile);
            let has_place = call.options.starts_with('{');
            for (form, told, wanted) in [
                ("callbacks", &told[at], has_place),
                ("promise", &told[calls.len() + at], api.spec.promise),
            ] {
                checked += 1;
                let wanted = if wanted { text.as_str() } else { "none" };
                if told != wanted {
                    problems.push(format!(
                        "{}({}), {form}: {told:?}, not {wanted:?}",
                        api.spec.name, call.options
                    ));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(checked > 500, "only {checked} texts were looked at");
}

//! The table of APIs as a whole: names, groups, and facts that must agree within a row.

use std::collections::BTreeSet;

use super::{APIS, Api, Behaviour, CLASSES, rows};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Form, Guard, Param, Support, own_name};
use crate::version::Version;

/// `group/file` of every entry of the `apis!` list, in order: members of `wx` if `classes` is
/// false, else the classes.
fn listed(classes: bool) -> Vec<(String, String)> {
    let text = include_str!("mod.rs");
    let list = text
        .split("\napis! {")
        .nth(1)
        .and_then(|rest| rest.split("\n}\n").next())
        .expect("the list");
    let mut found = Vec::new();
    for group in list.split('}').filter(|part| part.contains('{')) {
        let (group, names) = group.split_once('{').expect("a group");
        let (apis, of_objects) = names.split_once(';').unwrap_or((names, ""));
        let names = if classes { of_objects } else { apis };
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        found.extend(names.map(|name| (group.trim().to_owned(), name.to_owned())));
    }
    found
}

/// `checkSession` → `check_session`, `createBufferURL` → `create_buffer_url`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if begins {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// The names of rows that a check finds wrong.
fn wrong(check: impl Fn(&ApiSpec) -> bool) -> Vec<&'static str> {
    let wrong = rows().filter(|api| !check(api.spec));
    wrong.map(|api| api.spec.name).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_row_is_named_and_grouped_as_its_file() {
    let listed = listed(false);
    assert_eq!(listed.len(), APIS.len());
    for ((group, file), api) in listed.iter().zip(APIS) {
        let own = own_name(api.spec.name).trim_start_matches("cloud.");
        // One word, whatever its letters.
        let own = own.replace("VoIP", "Voip").replace("1v1", "_1v1");
        assert_eq!(file, &snake_case(&own), "{group}/{file}");
        let chapter = format!("{:?}", api.spec.group).to_lowercase();
        assert_eq!(group.replace('_', ""), chapter, "{}", api.spec.name);
    }
}

#[test]
fn a_class_is_named_as_its_file_and_its_methods_after_it() {
    let files = listed(true);
    assert_eq!(files.len(), CLASSES.len());
    for ((group, file), class) in files.iter().zip(CLASSES) {
        assert_eq!(file, &snake_case(class.name), "{group}");
        let mut names: Vec<&str> = class.missing.to_vec();
        for method in class.methods {
            let spec = method.spec;
            let own = spec
                .name
                .strip_prefix(class.name)
                .and_then(|it| it.strip_prefix('.'));
            names.push(own.expect(spec.name));
            let chapter = format!("{:?}", spec.group).to_lowercase();
            assert_eq!(group.replace('_', ""), chapter, "{}", spec.name);
        }
        names.extend(class.members.iter().map(|member| member.name));
        let distinct: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(distinct.len(), names.len(), "{}: {names:?}", class.name);
    }
}

#[test]
fn every_object_that_an_api_gives_has_a_class() {
    for api in rows() {
        if let Form::Object(class) | Form::Opens(class) = api.spec.form {
            assert!(
                super::class(class).is_some(),
                "{} gives {class}",
                api.spec.name
            );
        }
    }
}

#[test]
fn no_name_is_used_twice_and_each_is_found() {
    let names: BTreeSet<&str> = APIS.iter().map(|api| api.spec.name).collect();
    assert_eq!(names.len(), APIS.len());
    for api in APIS {
        assert_eq!(
            super::find(api.spec.name).map(|found| found.spec),
            Some(api.spec)
        );
    }
    assert!(super::find("nothing").is_none());
}

#[test]
fn a_group_stands_together() {
    let mut groups: Vec<_> = APIS.iter().map(|api| api.spec.group).collect();
    groups.dedup();
    let distinct: BTreeSet<_> = groups.iter().collect();
    assert_eq!(distinct.len(), groups.len(), "{groups:?}");
}

#[test]
fn every_summary_is_one_sentence() {
    let is_sentence = |text: &str| {
        let first = text.chars().next();
        let ends = text.ends_with('.') && !text.trim_end_matches('.').contains(". ");
        ends && first.is_some_and(char::is_uppercase)
    };
    assert_eq!(wrong(|spec| is_sentence(spec.summary)), NONE);
    assert_eq!(
        wrong(|spec| spec.differs.is_empty() || spec.differs.ends_with('.')),
        NONE
    );
    let named = |spec: &ApiSpec| match spec.support {
        Support::Modelled => true,
        Support::Unsupported => false,
        Support::Partial(missing) => !missing.is_empty() && !missing.ends_with('.'),
    };
    assert_eq!(wrong(named), NONE, "what is missing is a list, no sentence");
}

#[test]
fn parts_of_an_api_are_not_older_than_the_api() {
    let newer = |since: Version, spec: &ApiSpec| since == Version(0, 0, 0) || since >= spec.since;
    let params = |spec: &ApiSpec| spec.params.iter().all(|param| newer(param.since, spec));
    assert_eq!(wrong(params), NONE);
    let tap = |spec: &ApiSpec| spec.tap_since.is_none_or(|since| since >= spec.since);
    assert_eq!(wrong(tap), NONE);
    assert_eq!(wrong(|spec| spec.since >= Version(1, 0, 0)), NONE);
}

#[test]
fn a_listener_can_be_added_wherever_it_can_be_taken_away() {
    for api in APIS {
        let Form::Off(event) = api.spec.form else {
            continue;
        };
        let adds = |other: &&Api| [Form::On(event), Form::Sets(event)].contains(&other.spec.form);
        let on = APIS.iter().find(adds).expect(api.spec.name);
        assert!(api.spec.since >= on.spec.since, "{}", api.spec.name);
        assert_eq!(api.spec.name.replacen("off", "on", 1), on.spec.name);
    }
}

#[test]
fn form_and_behaviour_agree() {
    let agree = |api: &Api| {
        matches!(
            (api.spec.form, api.behaviour),
            (
                Form::Async,
                Behaviour::Answer(_)
                    | Behaviour::Ask { .. }
                    | Behaviour::MayAsk { .. }
                    | Behaviour::Dialog { .. }
                    | Behaviour::MayTransfer { .. }
                    | Behaviour::Lasts(_)
                    | Behaviour::Measures { .. }
                    | Behaviour::Route(_)
            ) | (Form::Task(_), Behaviour::Transfer { .. })
                | (
                    Form::Button { .. },
                    Behaviour::Answer(_)
                        | Behaviour::Ask { .. }
                        | Behaviour::MayAsk { .. }
                        | Behaviour::Share
                )
                | (Form::Opens(_), Behaviour::Answer(_) | Behaviour::Connect(_))
                | (Form::Sync, Behaviour::Sync(_))
                | (Form::Object(_), Behaviour::Create(_))
                | (
                    Form::On(_) | Form::Off(_) | Form::Sets(_),
                    Behaviour::Listen
                )
                | (Form::Script | Form::Holder, Behaviour::Script)
        )
    };
    let disagreeing: Vec<&str> = rows()
        .filter(|api| !agree(api))
        .map(|api| api.spec.name)
        .collect();
    assert_eq!(disagreeing, NONE);
    let plain = |spec: &ApiSpec| {
        matches!(
            spec.form,
            Form::Async | Form::Task(_) | Form::Opens(_) | Form::Button { .. }
        ) || (!spec.promise && spec.params.is_empty())
    };
    assert_eq!(wrong(plain), NONE, "only options objects are checked");
}

#[test]
fn a_guarded_api_lists_what_the_dialog_leads_to() {
    let listed = |spec: &ApiSpec| {
        let has = |reason: &Reason| spec.fails.contains(reason);
        spec.guard == Guard::Free || (has(&Reason::AuthDeny) && has(&Reason::AuthCanceled))
    };
    assert_eq!(wrong(listed), NONE);
    let argument = |spec: &ApiSpec| match spec.guard {
        Guard::Argument(key) => spec
            .params
            .iter()
            .any(|param: &Param| param.name == key && param.required),
        _ => true,
    };
    assert_eq!(
        wrong(argument),
        NONE,
        "the key that names the scope is required"
    );
}

#[test]
fn no_failure_is_listed_twice() {
    let once = |spec: &ApiSpec| {
        let rest = |at: usize| &spec.fails[at + 1..];
        let mut reasons = spec.fails.iter().enumerate();
        reasons.all(|(at, reason)| !rest(at).contains(reason))
    };
    assert_eq!(wrong(once), NONE);
}

#[test]
fn what_the_console_opens_is_what_app_json_declares() {
    use crate::world::registration::OPENED;

    let gated = rows().filter(|api| api.spec.private_info);
    let mut gated: Vec<&str> = gated.map(|api| api.spec.name).collect();
    let mut opened = OPENED.to_vec();
    gated.sort_unstable();
    opened.sort_unstable();
    assert_eq!(gated, opened);
}

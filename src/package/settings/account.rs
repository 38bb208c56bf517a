//! `[app]`, `[rules]`, `[subscriptions]`: the program's account, rules that are not published, and
//! what the user set for messages.

use super::item::{Item, Problems, advice, only};
use crate::profile::Rules;
use crate::world::registration::Registration;
use crate::world::subscription::{Subscribed, Subscriptions};

/// Reads the members of a table that its type takes by name.
fn each(
    item: &Item<'_>,
    of: &str,
    known: &[&str],
    problems: &mut Problems<'_>,
    mut set: impl FnMut(&str, &serde_json::Value) -> Result<(), String>,
) {
    let entries = item.table(problems);
    only(&entries, of, known, problems);
    for entry in &entries {
        if known.contains(&entry.key.as_str()) {
            let value = entry.item.json(problems);
            if let Err(problem) = set(&entry.key, &value) {
                problems.push(&entry.item.range, problem, "");
            }
        }
    }
}

pub(super) fn app(item: &Item<'_>, problems: &mut Problems<'_>) -> Registration {
    let known: Vec<&str> = Registration::names().collect();
    let mut said = Registration::default();
    each(item, "the registration", &known, problems, |name, value| {
        said.set(name, value)
    });
    said
}

pub(super) fn rules(item: &Item<'_>, problems: &mut Problems<'_>) -> Rules {
    let known: Vec<&str> = Rules::names().collect();
    let mut rules = Rules::default();
    each(item, "the platform", &known, problems, |name, value| {
        rules.set(name, value)
    });
    rules
}

const ANSWERS: &[(&str, Subscribed)] = &[
    ("accept", Subscribed::Accept),
    ("reject", Subscribed::Reject),
    ("ban", Subscribed::Ban),
];

pub(super) fn subscriptions(item: &Item<'_>, problems: &mut Problems<'_>) -> Subscriptions {
    let mut facts = Subscriptions::default();
    for entry in item.table(problems) {
        match entry.key.as_str() {
            "main_switch" => {
                facts.main_switch = entry.item.flag(problems).unwrap_or(true);
            }
            "templates" => {
                for template in entry.item.table(problems) {
                    let answer = template.item.word(ANSWERS, problems);
                    facts.templates.extend(answer.map(|it| (template.key, it)));
                }
            }
            other => problems.push(
                &entry.key_range,
                format!("subscriptions have no `{other}`"),
                advice(other, ["main_switch", "templates"].into_iter()),
            ),
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::read;
    use crate::package::settings::ProfileKeys;
    use crate::profile::Rules;
    use crate::world::registration::Registration;
    use crate::world::subscription::Subscribed;

    #[test]
    fn the_account_the_rules_and_the_messages_are_read() {
        let settings = read(
            "we_run = false
            [app]
            subject = 'personal'
            phone_quota = 0
            published = '2021-04-28'
            blocked = ['login']
            [subscriptions]
            main_switch = false
            templates = { 'AB-1' = 'reject' }
            [rules]
            deny_cooldown = '5m'
            frequency_limit = 4",
        )
        .expect("it is right");
        let mut said = Registration::default();
        for (name, value) in [
            ("subject", json!("personal")),
            ("phone_quota", json!(0)),
            ("published", json!("2021-04-28")),
            ("blocked", json!(["login"])),
        ] {
            said.set(name, &value).expect(name);
        }
        assert_eq!(settings.registration, said);
        assert_eq!(settings.we_run, Some(false));
        let messages = settings.subscriptions.clone().expect("said");
        assert!(!messages.main_switch);
        assert_eq!(messages.templates["AB-1"], Subscribed::Reject);
        let rules = Rules {
            deny_cooldown_ms: Some(300_000),
            frequency_limit: Some(4),
            ..Rules::default()
        };
        assert_eq!(settings.profile(ProfileKeys::default()).rules, rules);
        let found = read(
            "[app]\nsubjct = 1\nverified = 'no'\n[rules]\nprivacy_gap = 5\ntea = 1\n\
             [subscriptions]\nmain = true\ntemplates = { a = 'yes' }",
        );
        assert_eq!(
            found.expect_err("mistakes"),
            [
                "wxsim.toml:2:1: error: the registration has no `subjct` (did you mean `subject`? \
                 There are name, subject, verified, linked_account, open_platform, merchants, published, \
                 env_version, phone_quota, blocked, closed_apis, official_accounts)",
                "wxsim.toml:3:12: error: `verified` is true or false, not \"no\"",
                "wxsim.toml:5:15: error: `privacy_gap` is a duration such as \"90s\", not 5",
                "wxsim.toml:6:1: error: the platform has no `tea` (there are deny_cooldown, \
                 dismissed_counts_as_asked, strict_promises, session_refresh, session_idle, \
                 code_life, frequency_limit, location_interval, share_callbacks, separator, privacy_gate, \
                 privacy_dialog, privacy_gap, unknown_programs, invoice_type, \
                 invoice_info, biometric_tries, biometric_freeze, prepay_life, \
                 app_card_launches, launch_refusal, bluetooth_opens)",
                "wxsim.toml:8:1: error: subscriptions have no `main` (did you mean `main_switch`? \
                 There are main_switch, templates)",
                "wxsim.toml:9:19: error: `yes` is no value of `subscriptions.templates.a` (there are \
                 accept, reject, ban)",
            ],
        );
    }
}

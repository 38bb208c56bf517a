//! `[system]`, `[biometrics]`: what the phone's own settings allow WeChat, by what it recognises its user.

use super::item::{Entry, Item, Problems, only};
use crate::world::device::{SystemPermission, SystemState};
use crate::world::soter::BiometricFacts;

const STATES: &[(&str, SystemState)] = &[
    ("authorized", SystemState::Authorized),
    ("denied", SystemState::Denied),
    ("not-determined", SystemState::NotDetermined),
];

pub(super) fn read(
    item: &Item<'_>,
    problems: &mut Problems<'_>,
) -> Vec<(SystemPermission, SystemState)> {
    let entries = item.table(problems);
    let names = SystemPermission::ALL.map(SystemPermission::name);
    only(&entries, "the phone", &names, problems);
    let mut states = Vec::new();
    for entry in &entries {
        let permissions = SystemPermission::ALL.into_iter();
        let permission = permissions.zip(names).find(|(_, name)| *name == entry.key);
        if let Some((permission, _)) = permission {
            let state = entry.item.word(STATES, problems);
            states.extend(state.map(|state| (permission, state)));
        }
    }
    states
}

pub(super) fn biometrics(item: &Item<'_>, problems: &mut Problems<'_>) -> BiometricFacts {
    let entries = item.table(problems);
    only(&entries, "the phone", &BiometricFacts::NAMES, problems);
    let mut facts = BiometricFacts::default();
    let known = |entry: &&Entry<'_>| BiometricFacts::NAMES.contains(&entry.key.as_str());
    for entry in entries.iter().filter(known) {
        let value = entry.item.json(problems);
        if let Err(problem) = facts.set(&entry.key, &value) {
            problems.push(&entry.item.range, problem, "");
        }
    }
    facts
}

//! `[system]`: what the phone's own settings allow WeChat.

use super::item::{Item, Problems, only};
use crate::world::device::{SystemPermission, SystemState};

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

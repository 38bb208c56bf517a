//! `[network]`: hosts that are open, and where their answers are kept.

use super::item::{Entry, Item, Problems, only};
use crate::diagnostic::Place;
use crate::world::network_rule::milliseconds;
use crate::world::open_host::OpenHost;

/// What the section says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkKeys {
    /// Hosts that requests without a rule may go to.
    pub allow: Vec<OpenHost>,
    /// Where the answers are written to.
    pub record: Option<NamedFile>,
    /// Where they are taken from, instead of the network.
    pub replay: Option<NamedFile>,
    /// Real milliseconds that a silent WebSocket is waited for.
    pub socket_wait_ms: Option<i64>,
}

/// A file of the project that a setting names.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedFile {
    /// Its path below the project folder.
    pub path: String,
    /// Where it is named.
    pub place: Place,
}

pub(super) fn read(item: &Item<'_>, problems: &mut Problems<'_>) -> NetworkKeys {
    let entries = item.table(problems);
    only(
        &entries,
        "`network`",
        &["allow", "record", "replay", "socket_wait"],
        problems,
    );
    let mut keys = NetworkKeys::default();
    for Entry { key, item, .. } in &entries {
        match key.as_str() {
            "allow" => {
                for host in item.list(problems) {
                    keys.allow.extend(host.parsed::<OpenHost>(problems));
                }
            }
            "record" => keys.record = file(item, problems),
            "replay" => keys.replay = file(item, problems),
            "socket_wait" => keys.socket_wait_ms = wait(item, problems),
            _ => {}
        }
    }
    if let (Some(_), Some(second)) = (&keys.record, &keys.replay) {
        let range = entries.iter().find(|entry| entry.key == "replay");
        let range = range.map_or(0..0, |entry| entry.key_range.clone());
        let message = format!("{} is replayed and the network recorded", second.path);
        let help = "keep `replay`; `wxsim run --record FILE` records anew";
        problems.push(&range, message, help);
    }
    keys
}

fn wait(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<i64> {
    let ms = milliseconds(item.text(problems)?);
    let wanted = "write a text such as \"300ms\" or \"2s\"";
    item.taken(ms.ok_or(wanted), problems)
}

fn file(item: &Item<'_>, problems: &mut Problems<'_>) -> Option<NamedFile> {
    let text = item.text(problems)?;
    let path = problems.path(text, item)?;
    if path.rsplit('.').next() != Some("toml") {
        let message = format!("`{}` names a file that is no TOML", item.name);
        problems.push(&item.range, message, "let its name end with .toml");
        return None;
    }
    let place = problems.place(&item.range);
    Some(NamedFile { path, place })
}

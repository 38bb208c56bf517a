//! What a call came to, and what the user notices of what a program does.

use crate::api;
use crate::runtime::trace::Event;
use crate::spec::{Group, Guard};

/// A call that failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure<'a> {
    /// Number of the call.
    pub(super) call: u32,
    /// The API.
    pub(super) api: &'a str,
    /// Its `errMsg`.
    pub(super) text: &'a str,
}

/// The failure that an event tells of.
pub(super) fn failure(event: &Event) -> Option<Failure<'_>> {
    let Event::Reply { call, api, result } = event else {
        return None;
    };
    let text = result.get("errMsg")?.as_str()?;
    text.contains(":fail").then_some(Failure {
        call: *call,
        api,
        text,
    })
}

impl Failure<'_> {
    /// Whether the user refused, now or earlier: a scope, the phone number or the profile.
    pub(super) fn is_refusal(&self) -> bool {
        let words = ["auth deny", "auth denied", "user deny"];
        words.iter().any(|word| self.text.ends_with(word))
    }

    /// Whether the agreement to the privacy guide is missing.
    pub(super) fn is_privacy_refusal(&self) -> bool {
        self.text.ends_with("privacy permission is not authorized")
    }
}

/// Whether the user may notice something of an event. What nobody can tell counts as noticed; lines of the console
/// do not.
pub(super) fn is_noticed(event: &Event) -> bool {
    match event {
        Event::SetData { .. }
        | Event::Route { .. }
        | Event::Question { .. }
        | Event::Jump { .. }
        | Event::Card { .. }
        | Event::Wxs { .. } => true,
        Event::Call { api, .. } => is_noticed_call(api),
        Event::Sync { object, .. } => object.is_some(),
        _ => false,
    }
}

/// Whether the user may notice a call of an API. Those that a scope guards are judged by what they ask.
fn is_noticed_call(name: &str) -> bool {
    let Some(api) = api::find(name) else {
        return true;
    };
    if !matches!(api.spec.guard, Guard::Free) {
        return false;
    }
    match api.spec.group {
        Group::Base
        | Group::Storage
        | Group::Login
        | Group::Setting
        | Group::UserInfo
        | Group::Network
        | Group::File
        | Group::Analytics
        | Group::Privacy
        | Group::Cloud => name.starts_with("open"),
        Group::Wxml | Group::Worker | Group::Ext | Group::Group => false,
        _ => true,
    }
}

/// Whether an event says that the program could not get what it would get outside of the simulator.
pub(super) fn is_missing(event: &Event) -> bool {
    matches!(
        event,
        Event::Unrouted { .. } | Event::Undeclared { .. } | Event::Unsupported { .. }
    )
}

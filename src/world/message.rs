//! Messages from a program's server to its users: template messages until 2020, subscribe messages since.
//!
//! Official pages: "Template message", "Subscribe message", `component/form` (`report-submit`),
//! `subscribeMessage.send`, `templateMessage.send`. A message lands among the service notices of the user; a
//! tap on it opens the page that the server named.

pub mod data;
pub(super) mod events;
pub mod inbox;
pub mod library;
pub mod permission;
pub mod send;
pub mod template;
pub mod template_book;
pub mod ticket;
#[cfg(test)]
mod walk_tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::per_caller::PerCaller;

/// All facts about messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Messages {
    /// The templates of each app, by appid.
    templates: BTreeMap<String, template_book::TemplateBook>,
    /// What is in the library of templates besides what is built in.
    library: library::Additions,
    tickets: Vec<ticket::Ticket>,
    permissions: PerCaller<permission::Permissions>,
    inbox: PerCaller<inbox::Inbox>,
    /// How many subscribe messages were sent.
    sent: u64,
}

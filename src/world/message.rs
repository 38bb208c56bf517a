//! Messages from a program's server to its users: template messages until 2020, subscribe messages since.
//!
//! Official pages: "Template message", "Subscribe message", `component/form` (`report-submit`),
//! `subscribeMessage.send`, `templateMessage.send`. A message lands among the service notices of the user; a
//! tap on it opens the page that the server named.

pub mod data;
pub mod inbox;
pub mod permission;
pub mod send;
pub mod template;
pub mod ticket;
#[cfg(test)]
mod walk_tests;

use serde::{Deserialize, Serialize};

use super::per_caller::PerCaller;

/// All facts about messages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Messages {
    /// The program whose templates are declared.
    templates_of: String,
    templates: Vec<template::Template>,
    tickets: Vec<ticket::Ticket>,
    permissions: PerCaller<permission::Permissions>,
    inbox: Vec<inbox::Message>,
}

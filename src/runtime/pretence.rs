//! What a run takes for granted that nobody told it: to see whether an error depends on it.
//!
//! `wxsim check` opens a page without a query while no network answers. Where an error comes up, it
//! opens the page again under a pretence; an error that is gone then was not the app's alone.

use serde::{Deserialize, Serialize};

use super::core::Core;
use super::sim::Sim;
use crate::value::Value;

/// A world that differs from the one that was declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Pretence {
    /// None: a request without a route fails, and so does a call of the cloud that finds nothing
    /// declared.
    #[default]
    None,
    /// Those are never answered.
    SilentNetwork,
    /// Those are answered with whatever the app looks for.
    AnsweringNetwork,
    /// Every key of a page's query is there, with the text `1`; the page was opened from another.
    FullQuery,
}

/// Iterations of the loops of one function call under a pretence.
const LOOP_ITERATIONS_MAX: u64 = 20_000;

/// Macrotasks of one action or advance under a pretence.
const TASKS_MAX: u32 = 3_000;

impl Sim {
    /// Pretends something from now on. Loops and chains of tasks then end sooner: with what is made
    /// up many would run for ever.
    pub fn pretend(&mut self, pretence: Pretence) {
        self.with(|core| core.pretence = pretence);
        if pretence != Pretence::None {
            self.limits.loop_iterations = LOOP_ITERATIONS_MAX;
            self.limit_tasks(TASKS_MAX);
            self.engine.limit_loops(LOOP_ITERATIONS_MAX);
        }
    }
}

impl Core {
    /// Whether pages get a query in which every key is there.
    pub(super) fn fills_queries(&self) -> bool {
        self.pretence == Pretence::FullQuery
    }

    /// Answers a request without a route under a pretence; whether there is one.
    pub(super) fn pretends_answer(&mut self, number: u32) -> bool {
        self.pretends(number, || {
            let fields = [
                ("statusCode", 200_u32.into()),
                ("header", Value::Object(Vec::new())),
            ];
            fields.map(|(key, value)| (key.to_owned(), value)).into()
        })
    }

    /// The same for a call of the cloud that finds nothing declared.
    pub(super) fn pretends_cloud(&mut self, number: u32) -> bool {
        self.pretends(number, Vec::new)
    }

    fn pretends(&mut self, number: u32, fields: impl Fn() -> Vec<(String, Value)>) -> bool {
        match self.pretence {
            Pretence::None | Pretence::FullQuery => return false,
            Pretence::SilentNetwork => {}
            Pretence::AnsweringNetwork => {
                self.made_up.insert(number);
                self.reply(number, Ok(fields()));
            }
        }
        true
    }

    /// The member of a made-up answer that stands for whatever the app looks for.
    pub(super) fn made_up_member(&mut self, number: u32, api: &str) -> Option<&'static str> {
        let made_up = self.made_up.remove(&number);
        made_up.then_some(match api {
            "downloadFile" | "cloud.downloadFile" => "tempFilePath",
            "cloud.callFunction" => "result",
            "Collection.add" => "_id",
            "Collection.aggregate" => "list",
            "Collection.count" => "total",
            "Collection.update" | "Collection.remove" | "Document.set" | "Document.update"
            | "Document.remove" => "stats",
            _ => "data",
        })
    }
}

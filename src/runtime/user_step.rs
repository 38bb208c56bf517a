//! Steps of who holds the phone: an answer, and giving the phone away.

use serde_json::Value as Json;

use super::core::{Core, Purpose};
use super::sim::{Sim, StepError};
use crate::world::user::SwitchUser;

impl Sim {
    pub(super) fn answer(&mut self, key: &str, answer: &Json) -> Result<(), StepError> {
        let visit = self.with(|core| {
            let number = core
                .open_question(key)
                .ok_or_else(|| StepError::NoQuestion(key.to_owned()))?;
            let asked = core.asked.get(&number);
            let fits = asked.map(|asked| asked.question.accepts(answer));
            fits.unwrap_or(Ok(())).map_err(StepError::BadAnswer)?;
            let is_of_visit = asked.is_some_and(|asked| asked.purpose == Purpose::Visit);
            if !is_of_visit {
                core.give_answer(number, answer.clone());
            }
            Ok(is_of_visit.then_some(number))
        })?;
        // The program that asks may be suspended by now; its user is not.
        if let Some(question) = visit {
            let choice = self.with(Core::next_choice);
            if self.with(|core| core.answered(question, answer, choice)) {
                self.visit_answered(answer);
            }
        }
        Ok(())
    }

    pub(super) fn hand_over(&mut self, user_id: &str) -> Result<(), StepError> {
        let known = self.with(|core| core.world.user_of(user_id).is_some());
        let same = self.with(|core| core.world.user().id == user_id);
        if known && !same {
            self.kill_all();
        }
        let switched = self.with(|core| core.world.apply(SwitchUser(user_id.to_owned())));
        switched.map_err(|error| StepError::BadAnswer(error.to_string()))
    }
}

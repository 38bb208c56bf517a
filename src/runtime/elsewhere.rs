//! Places that a program opens and that take its place on the screen: a conversation, the feedback page, a mobile
//! app. What the user does there goes on while scripts stand still.
//!
//! Unverified: coming back by the step `resume` from a conversation is the same as leaving it plainly.

use serde_json::{Value as Json, json};

use super::core::{Core, Purpose};
use super::queue::{Until, Work};
use super::sim::{Sim, StepError};
use super::trace::Event;
use crate::api::conversation::{described, entries};
use crate::api::question::Question;
use crate::world::AdvanceTo;
use crate::world::conversation::Door;
use crate::world::enter_options::EnterOptions;
use crate::world::foreground::RunState;
use crate::world::handover::{Handover, Recipient, TakeHandovers};
use crate::world::notice::{Elsewhere, Notice};
use crate::world::service_chat::LeaveServiceChat;

impl Sim {
    /// The user leaves for a place that the program opened.
    pub(super) fn go_elsewhere(&mut self, place: Elsewhere) {
        // Who left already is not here to leave.
        let _ = self.background();
        if place == Elsewhere::ServiceChat {
            self.with(|core| {
                let chat = core.world.service_chats().last();
                let url = chat.map_or_else(String::new, |chat| chat.url.clone());
                let question = Question::new("conversation", url);
                core.ask(0, question, Purpose::Elsewhere);
            });
        }
    }

    /// The user comes back from there.
    pub(super) fn return_from(&mut self, options: Option<EnterOptions>) {
        // Who came back by another way is here.
        let _ = self.resume(options);
    }

    /// Whether the user is in a place that asks what comes next.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.with(|core| core.place_of_question().is_some())
    }

    /// The step `resume`: the user comes back, from a place that the program opened too.
    pub(super) fn resume_from(&mut self, options: Option<EnterOptions>) -> Result<(), StepError> {
        let place = self.with(|core| core.place_of_question());
        let (Some((number, key)), None) = (place, &options) else {
            self.with(Core::forget_place);
            return self.resume(options);
        };
        let plain = if key == "conversation" {
            "return"
        } else {
            "cancel"
        };
        self.with(|core| core.give_answer(number, plain.into()));
        Ok(())
    }

    /// Something outside of the program opens it: it starts, or comes to the front.
    pub(super) fn open_from_outside(&mut self, options: EnterOptions) -> Result<(), StepError> {
        self.with(Core::forget_place);
        if self.with(|core| core.world.run_state()) == RunState::Foreground {
            self.background()?;
        }
        if self.with(|core| core.world.run_state()) == RunState::NotRunning {
            self.with(Core::forget_scripts);
            self.cold_start(options);
            return Ok(());
        }
        self.resume(Some(options))
    }

    /// The user taps a card or a link in the list of conversations; without a number the latest.
    pub(super) fn open_door(
        &mut self,
        is_card: bool,
        number: Option<usize>,
    ) -> Result<(), StepError> {
        let doors = self.with(|core| {
            let caller = core.world.caller();
            let all = core.world.doors(&caller).into_iter();
            all.filter(|door| door.is_card == is_card)
                .collect::<Vec<Door>>()
        });
        let at = number.unwrap_or(doors.len()).checked_sub(1);
        let Some(door) = at.and_then(|at| doors.get(at)) else {
            let kind = if is_card { "cards" } else { "links" };
            let count = doors.len();
            let text = format!("the conversation with the customer service has {count} {kind}");
            return Err(StepError::BadAnswer(text));
        };
        self.open_from_outside(EnterOptions::at(&door.page, door.scene()))
    }
}

impl Core {
    /// Asks what an API has to know; the place that it opened by asking comes before.
    pub(super) fn ask_for(&mut self, call: u32, question: Question) {
        self.take_notices();
        self.ask(call, question, Purpose::Api);
    }

    /// The question in a place that the program opened: its number and key.
    fn place_of_question(&self) -> Option<(u32, String)> {
        let mut asked = self.asked.iter().rev();
        let found = asked.find(|(_, asked)| asked.question.is_elsewhere())?;
        Some((*found.0, found.1.question.key.clone()))
    }

    /// The user is in no such place any more, and what was asked there is void.
    fn forget_place(&mut self) {
        let Some((number, _)) = self.place_of_question() else {
            return;
        };
        let asked = self.asked.remove(&number);
        self.unanswered.retain(|open| *open != number);
        for call in asked.into_iter().flat_map(|asked| asked.calls) {
            self.calls.remove(&call);
        }
    }

    /// What the user does elsewhere while scripts stand still.
    pub(super) fn next_of_user(&mut self, until: Until) -> Option<Work> {
        let asked = &self.asked;
        let is_of_user = |work: &Work| match work {
            Work::Notice(Notice::Back(_)) => true,
            Work::Answer { question, .. } => asked
                .get(question)
                .is_some_and(|asked| asked.question.is_elsewhere()),
            _ => false,
        };
        let (at, work) = self.queue.take_first(until, is_of_user)?;
        self.world.apply(AdvanceTo(at.max(self.world.now())));
        Some(work)
    }

    /// The user leaves a conversation with a company.
    pub(super) fn leave_service_chat(&mut self, answer: &Json) {
        let page = described(answer).map(|card| card.page);
        self.world.apply(LeaveServiceChat(page));
        self.take_notices();
    }

    /// The conversation has got another message: what the user can tap there is more.
    pub(super) fn renew_doors(&mut self) {
        let entries = entries(&self.world, &self.world.caller());
        let asked = self.asked.values_mut();
        for asked in asked.filter(|asked| asked.purpose == Purpose::Api) {
            if asked.question.key == "conversation" {
                asked.question.entries.clone_from(&entries);
            }
        }
    }

    /// Tells what was handed to others.
    pub(super) fn tell_handovers(&mut self) {
        for Handover { to, message, .. } in self.world.apply(TakeHandovers) {
            let to = match to {
                Recipient::Server(_) => json!("server"),
                Recipient::MobileApp(app_id) => json!({ "app": app_id }),
            };
            self.emit(|| Event::Handed { to, message });
        }
    }
}

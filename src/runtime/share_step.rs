//! Steps with cards: the menu behind the three dots, and the chats in which cards lie.

use std::fmt;

use serde_json::{Value as Json, json};

use super::core::Core;
use super::sim::{Sim, StepError};
use super::step::BadStep;
use super::trace::Event;
use crate::world::enter_options::EnterOptions;
use crate::world::foreground::RunState;
use crate::world::group::EnterGroup;
use crate::world::share::{OpenCard, SendOn, Way};
use crate::world::share_menu::ShareItem;

/// A step with cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareStep {
    /// `share [ID]…`: the menu's item for friends; to these, or as the question `share` is answered.
    Share(Vec<String>),
    /// `share cancel`: the same, and no chat is chosen.
    Cancel,
    /// `share timeline`: the menu's item of the timeline.
    Timeline,
    /// `favorite`: the menu's item that keeps the page.
    Favorite,
    /// `open card [N]`: taps a card, the latest without number.
    Card(Option<u32>),
    /// `open todo [N]`: taps the to-do of a group that a card made.
    ToDo(Option<u32>),
    /// `open program`: leaves the single page of the timeline for the whole program.
    Program,
    /// `forward card N to ID`: sends a card on from its chat.
    Forward(u32, String),
    /// `join GROUP`, `leave GROUP`: whoever holds the phone comes into a group, or leaves it.
    Member(bool, String),
}

/// The verbs with their forms, for help texts.
pub(super) const FORMS: &str = "share [USER|GROUP]…, share timeline, share cancel, favorite, open card [N], \
     open todo [N], open program, forward card N to USER|GROUP, \
     join GROUP, leave GROUP";

impl ShareStep {
    /// The step of a verb and what follows it; `None` when the verb is no such step.
    pub(super) fn parse(verb: &str, rest: &str) -> Option<Result<Self, BadStep>> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let step = match (verb, &words[..]) {
            ("share", ["timeline"]) => Some(Self::Timeline),
            ("share", ["cancel"]) => Some(Self::Cancel),
            ("share", ids) => Some(Self::Share(ids.iter().map(|id| (*id).to_owned()).collect())),
            ("favorite", []) => Some(Self::Favorite),
            ("open", ["program"]) => Some(Self::Program),
            ("open", ["card"]) => Some(Self::Card(None)),
            ("open", ["todo"]) => Some(Self::ToDo(None)),
            ("open", ["card", number]) => number.parse().ok().map(|it| Self::Card(Some(it))),
            ("open", ["todo", number]) => number.parse().ok().map(|it| Self::ToDo(Some(it))),
            ("forward", ["card", number, "to", id]) => number
                .parse()
                .ok()
                .map(|it| Self::Forward(it, (*id).to_owned())),
            ("join", [group]) => Some(Self::Member(true, (*group).to_owned())),
            ("leave", [group]) => Some(Self::Member(false, (*group).to_owned())),
            ("favorite" | "open" | "forward" | "join" | "leave", _) => None,
            _ => return None,
        };
        Some(step.ok_or_else(|| BadStep(format!("`{verb} {rest}` is none of {FORMS}"))))
    }
}

impl fmt::Display for ShareStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share(ids) if ids.is_empty() => f.write_str("share"),
            Self::Share(ids) => write!(f, "share {}", ids.join(" ")),
            Self::Cancel => f.write_str("share cancel"),
            Self::Timeline => f.write_str("share timeline"),
            Self::Favorite => f.write_str("favorite"),
            Self::Card(None) => f.write_str("open card"),
            Self::Card(Some(number)) => write!(f, "open card {number}"),
            Self::ToDo(None) => f.write_str("open todo"),
            Self::ToDo(Some(number)) => write!(f, "open todo {number}"),
            Self::Program => f.write_str("open program"),
            Self::Forward(number, id) => write!(f, "forward card {number} to {id}"),
            Self::Member(true, group) => write!(f, "join {group}"),
            Self::Member(false, group) => write!(f, "leave {group}"),
        }
    }
}

impl Sim {
    /// A step with cards.
    pub(super) fn deal(&mut self, step: &ShareStep) -> Result<(), StepError> {
        match step {
            ShareStep::Share(ids) => {
                let answer = match &ids[..] {
                    [] => None,
                    [id] => Some(json!({ "to": id })),
                    ids => Some(json!({ "to": ids })),
                };
                self.share_by_menu(ShareItem::Message, answer)
            }
            ShareStep::Cancel => {
                let answer = Some(Json::from("cancel"));
                self.share_by_menu(ShareItem::Message, answer)
            }
            ShareStep::Timeline => self.share_by_menu(ShareItem::Timeline, None),
            ShareStep::Favorite => self.keep_page(),
            ShareStep::Card(number) => self.open_card(*number, Way::Card),
            ShareStep::ToDo(number) => self.open_card(*number, Way::ToDo),
            ShareStep::Program => self.open_program(),
            ShareStep::Forward(number, id) => self.with(|core| core.send_on(*number, id)),
            ShareStep::Member(is_in, group) => {
                let entered = self.with(|core| {
                    let (group, is_in) = (group.clone(), *is_in);
                    core.world.apply(EnterGroup { group, is_in })
                });
                entered.map_err(|problem| StepError::BadAnswer(problem.to_string()))
            }
        }
    }

    fn open_card(&mut self, number: Option<u32>, way: Way) -> Result<(), StepError> {
        if self.with(|core| core.world.run_state()) == RunState::Foreground {
            return Err(StepError::Running);
        }
        let number = number.unwrap_or_else(|| self.with(|core| core.world.last_card()));
        let program = self.with(|core| {
            let card = core.world.shared_card(number);
            card.map(|card| card.app_id.clone())
        });
        if let Some(program) = program {
            // Without its code, opening the card says so.
            self.use_program(&program);
        }
        let opened = self.with(|core| core.world.apply(OpenCard(number, way)));
        let options = opened.map_err(|problem| StepError::BadAnswer(problem.to_string()))?;
        self.come(options)
    }

    /// The user comes to the program; between its single page and the whole of it lies a cold start.
    fn come(&mut self, options: EnterOptions) -> Result<(), StepError> {
        let to_single = options.scene == SINGLE_PAGE;
        let is_running = self.with(|core| core.world.run_state() != RunState::NotRunning);
        let is_single = self.with(|core| core.world.is_single_page());
        if is_running && !to_single && !is_single {
            return self.resume(Some(options));
        }
        if self.kill().is_err() {
            self.with(Core::forget_scripts);
        }
        self.cold_start(options);
        Ok(())
    }

    fn open_program(&mut self) -> Result<(), StepError> {
        let options = self.with(|core| core.world.leave_single_page());
        let options = options.ok_or_else(|| {
            let text = "only the single page of the timeline (scene 1154) leads to the program";
            StepError::BadAnswer(text.to_owned())
        })?;
        self.come(options)
    }
}

/// The scene of the single page.
const SINGLE_PAGE: u32 = 1154;

impl Core {
    fn send_on(&mut self, number: u32, id: &str) -> Result<(), StepError> {
        let targets = self.world.share_targets();
        let place = targets.iter().find(|(known, _)| known == id);
        let Some((_, place)) = place.cloned() else {
            let known: Vec<&str> = targets.iter().map(|(name, _)| name.as_str()).collect();
            let known = known.join(", ");
            return Err(StepError::BadAnswer(format!(
                "nobody can get it as `{id}`; there are {known}"
            )));
        };
        let sent = self.world.apply(SendOn(number, place));
        let card = sent.map_err(|problem| StepError::BadAnswer(problem.to_string()))?;
        let Some(sent) = self.world.shared_card(card).cloned() else {
            return Ok(());
        };
        self.emit(|| Event::Card {
            card,
            to: sent.place.text(),
            title: sent.content.title,
            path: sent.content.path,
            picture: sent.content.picture.text(),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ShareStep;

    fn step(text: &str) -> Option<Result<ShareStep, String>> {
        let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
        let step = ShareStep::parse(verb, rest)?;
        Some(step.map_err(|error| error.to_string()))
    }

    #[test]
    fn a_step_is_written_as_it_is_read() {
        for text in [
            "share",
            "share bob",
            "share bob team",
            "share timeline",
            "share cancel",
            "favorite",
            "open card",
            "open card 2",
            "open todo",
            "open todo 1",
            "open program",
            "forward card 1 to team",
            "join team",
            "leave team",
        ] {
            let step = step(text).expect("a verb").expect(text);
            assert_eq!(step.to_string(), text);
        }
    }

    #[test]
    fn what_is_none_says_what_there_is() {
        for text in [
            "favorite it",
            "open",
            "open card one",
            "open door",
            "forward 1 to b",
            "leave",
            "join a b",
        ] {
            let error = step(text).expect("a verb").expect_err(text);
            assert!(error.contains("open card [N]"), "{error}");
        }
        assert!(step("tap a").is_none());
    }
}

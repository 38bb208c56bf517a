//! The worker's side of the taps: on a page that came to rest, each in a copy of the process of its
//! own, so that none sees what another did. Without a fork the page is opened anew for each.

use std::collections::BTreeSet;

use super::job::{Message, Opened, THEN_MS, send};
use crate::runtime::Pretence;
use crate::view::gesture::Act;
use crate::worker::{BranchEnd, Outbox, Twigs, Word};

/// What the worker asks before it goes through a page again in a made-up world: the keys of the acts
/// whose errors are in doubt, as a list.
pub(super) const WHICH_AGAIN: &str = "which acts again";

/// Items of a list on which something is done.
const OF_SAME: usize = 2;

/// Acts on one page.
const ACTS_MAX: usize = 60;

impl Opened {
    /// Does everything that a user could do on the page that is open; the word says what the errors
    /// may depend on.
    pub(super) fn tap_all(
        &mut self,
        pretence: Pretence,
        twigs: Twigs,
        outbox: &mut Outbox,
    ) -> Word {
        let mut word = Word(0);
        let again: Option<BTreeSet<String>> = (pretence != Pretence::None).then(|| {
            let answer = outbox.ask(WHICH_AGAIN);
            serde_json::from_str(&answer).unwrap_or_default()
        });
        if again.as_ref().is_some_and(BTreeSet::is_empty) {
            return word;
        }
        let acts = self.sim.acts(OF_SAME, ACTS_MAX);
        for act in &acts.list {
            if again.as_ref().is_some_and(|keys| !keys.contains(&act.key)) {
                continue;
            }
            if !twigs.can_grow() {
                self.left.push(act.key.clone());
            } else if let BranchEnd::Finished(Word(own)) =
                twigs.grow(outbox, |outbox| self.tap(act, outbox))
            {
                word.0 |= own;
            }
        }
        if pretence == Pretence::None {
            let (elements, left_out) = (acts.elements, acts.left_out);
            send(outbox, &Message::Tapped { elements, left_out });
        }
        word
    }

    fn tap(&mut self, act: &Act, outbox: &mut Outbox) -> Word {
        let (key, label) = (act.key.clone(), act.told());
        send(outbox, &Message::Tap { key, label });
        self.sim.act(act);
        self.sim.advance(THEN_MS);
        send(outbox, &Message::Done);
        self.doubt()
    }

    /// Does one thing on the page that is open.
    pub(super) fn tap_one(&mut self, key: &str, outbox: &mut Outbox) -> Word {
        let acts = self.sim.acts(OF_SAME, ACTS_MAX);
        match acts.list.iter().find(|act| act.key == key) {
            Some(act) => self.tap(act, outbox),
            None => Word(0),
        }
    }
}

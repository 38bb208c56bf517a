//! What WeChat has to tell the servers of developers: pushed messages, payments, refunds.
//!
//! Official pages: "Message push"; of WeChat Pay: "Payment notification", "Refund notification". A delivery
//! waits until it is due, is out while somebody posts it, and is done when the server accepted it; else it waits
//! again, until its attempts are over. What it is told of stays for a while.
//!
//! Unverified: a push is repeated at once; a delivery that finds [`WAITING_MAX`] others pushes the one out that is
//! due first; the schedule of 2018 held until 2020.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::super::pay::notice;
use super::super::{Change, Millis, World, sealed::Sealed};
use crate::crypto::base64_text;
use crate::profile::Date;

/// Deliveries that wait or are out.
pub const WAITING_MAX: usize = 10_000;
/// Deliveries that are over and still remembered.
pub const OVER_KEPT_MAX: usize = 500;
/// How long a server has for its answer, in milliseconds.
pub const ANSWER_MS_MAX: u64 = 5_000;
/// Bytes of an answer that are remembered.
const ANSWER_BYTES_KEPT: usize = 2_000;

/// What is told, and by which rules it is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A pushed message or event: 200 with nothing, `success` or a reply.
    Push,
    /// A payment in XML: `return_code` `SUCCESS`.
    PayV2,
    /// A payment in JSON: 200 or 204.
    PayV3,
    /// A refund in XML.
    RefundV2,
    /// A refund in JSON.
    RefundV3,
}

/// What is posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its number, from 1.
    pub id: u64,
    /// What it is.
    pub kind: Kind,
    /// The appid or the number of the merchant whose server it is for.
    pub owner: String,
    /// Where it goes.
    pub url: String,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// Body.
    #[serde(with = "base64_text::in_json")]
    pub body: Vec<u8>,
    /// From when on it may be posted.
    pub due: Millis,
    /// Which attempt it is, from 1; 0 before the first.
    pub attempt: u32,
}

/// How it stands with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It waits until it is due.
    Waiting,
    /// Somebody posts it.
    Out,
    /// The server accepted it.
    Done,
    /// Its attempts are over, or too many others wait.
    GivenUp,
}

/// A delivery and how it stands with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The delivery.
    pub delivery: Delivery,
    /// How it stands with it.
    pub state: State,
    /// What the last attempt got, for the author; empty before the first.
    pub last_answer: String,
}

/// What an attempt got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// An HTTP answer.
    Answered {
        /// Its status.
        status: u16,
        /// Its body.
        #[serde(with = "base64_text::in_json")]
        body: Vec<u8>,
    },
    /// None: why.
    Failed(String),
}

/// What follows from an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The server accepted it and said nothing more.
    Accepted,
    /// The server accepted a push and replied with something.
    Replied(Vec<u8>),
    /// It is posted again from that moment on.
    Again(Millis),
    /// That was the last attempt.
    GivenUp,
    /// No such delivery is out.
    Unknown,
}

/// All deliveries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in super::super) struct Deliveries {
    made: u64,
    /// Those that wait or are out, by number.
    open: BTreeMap<u64, Told>,
    /// When those that wait are due, with their numbers.
    due: BTreeSet<(Millis, u64)>,
    /// Those that are over, the last one behind.
    over: VecDeque<Told>,
}

impl Deliveries {
    fn wait(&mut self, told: Told) {
        self.due.insert((told.delivery.due, told.delivery.id));
        self.open.insert(told.delivery.id, told);
    }

    fn end(&mut self, told: Told) {
        if self.over.len() >= OVER_KEPT_MAX {
            self.over.pop_front();
        }
        self.over.push_back(told);
    }

    /// One less waits: the one that is due first, else the first that is out.
    fn make_room(&mut self) {
        let first = self.due.pop_first().map(|(_, id)| id);
        let first = first.or_else(|| self.open.keys().next().copied());
        let Some(mut told) = first.and_then(|id| self.open.remove(&id)) else {
            return;
        };
        told.state = State::GivenUp;
        told.last_answer = format!("more than {WAITING_MAX} deliveries wait");
        self.end(told);
    }
}

/// Something is to be told; its number.
#[derive(Clone, Debug)]
pub struct QueueDelivery {
    /// What it is.
    pub kind: Kind,
    /// The appid or the number of the merchant.
    pub owner: String,
    /// Where it goes.
    pub url: String,
    /// Header lines.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// From when on it may be posted.
    pub due: Millis,
}

impl Sealed for QueueDelivery {}
impl Change for QueueDelivery {
    type Effect = u64;

    fn apply(self, world: &mut World) -> u64 {
        let deliveries = &mut world.open_api.deliveries;
        if deliveries.open.len() >= WAITING_MAX {
            deliveries.make_room();
        }
        deliveries.made += 1;
        let id = deliveries.made;
        let delivery = Delivery {
            id,
            kind: self.kind,
            owner: self.owner,
            url: self.url,
            headers: self.headers,
            body: self.body,
            due: self.due,
            attempt: 0,
        };
        deliveries.wait(Told {
            delivery,
            state: State::Waiting,
            last_answer: String::new(),
        });
        id
    }
}

/// Hands over what is due now, what is due first in front. It is out until [`FinishDelivery`].
#[derive(Clone, Copy, Debug)]
pub struct TakeDueDeliveries;

impl Sealed for TakeDueDeliveries {}
impl Change for TakeDueDeliveries {
    type Effect = Vec<Delivery>;

    fn apply(self, world: &mut World) -> Vec<Delivery> {
        let now = world.now;
        let deliveries = &mut world.open_api.deliveries;
        let later = deliveries.due.split_off(&(now.plus(1), 0));
        let due = std::mem::replace(&mut deliveries.due, later);
        let mut taken = Vec::new();
        for (_, id) in due {
            if let Some(told) = deliveries.open.get_mut(&id) {
                told.state = State::Out;
                told.delivery.attempt += 1;
                taken.push(told.delivery.clone());
            }
        }
        for delivery in &mut taken {
            if matches!(delivery.kind, Kind::PayV3 | Kind::RefundV3) {
                // The signature carries the moment, and servers refuse old ones.
                delivery.headers = notice::headers(world, &delivery.body);
            }
        }
        taken
    }
}

/// An attempt is over.
#[derive(Clone, Debug)]
pub struct FinishDelivery {
    /// The number of the delivery.
    pub id: u64,
    /// What it got.
    pub outcome: Outcome,
}

impl Sealed for FinishDelivery {}
impl Change for FinishDelivery {
    type Effect = Verdict;

    fn apply(self, world: &mut World) -> Verdict {
        let (now, day) = (world.now, world.profile.compat_date);
        let deliveries = &mut world.open_api.deliveries;
        let is_out = |told: &Told| told.state == State::Out;
        if !deliveries.open.get(&self.id).is_some_and(is_out) {
            return Verdict::Unknown;
        }
        let Some(mut told) = deliveries.open.remove(&self.id) else {
            return Verdict::Unknown;
        };
        told.last_answer = self.outcome.words();
        let kind = told.delivery.kind;
        if let Some(verdict) = kind.accepts(&self.outcome) {
            told.state = State::Done;
            deliveries.end(told);
            return verdict;
        }
        let attempts = usize::try_from(told.delivery.attempt).unwrap_or(usize::MAX);
        let pause = kind.pauses_ms(day).get(attempts.saturating_sub(1));
        let Some(pause) = pause else {
            told.state = State::GivenUp;
            deliveries.end(told);
            return Verdict::GivenUp;
        };
        let due = now.plus(*pause);
        told.state = State::Waiting;
        told.delivery.due = due;
        deliveries.wait(told);
        Verdict::Again(due)
    }
}

/// Who posted them is gone: what is out is due again, and the attempt does not count.
#[derive(Clone, Copy, Debug)]
pub struct TakeBackDeliveries;

impl Sealed for TakeBackDeliveries {}
impl Change for TakeBackDeliveries {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Deliveries { open, due, .. } = &mut world.open_api.deliveries;
        for told in open.values_mut().filter(|told| told.state == State::Out) {
            told.state = State::Waiting;
            told.delivery.attempt = told.delivery.attempt.saturating_sub(1);
            due.insert((told.delivery.due, told.delivery.id));
        }
    }
}

/// Pauses behind the attempts of a notification of a payment, in milliseconds.
const PAY_PAUSES_MS: [i64; 15] = [
    15_000, 15_000, 30_000, 180_000, 600_000, 1_200_000, 1_800_000, 1_800_000, 1_800_000,
    3_600_000, 10_800_000, 10_800_000, 10_800_000, 21_600_000, 21_600_000,
];
/// The same before [`PAY_PAUSES_SINCE`].
const PAY_PAUSES_2018_MS: [i64; 9] = [
    15_000, 15_000, 30_000, 180_000, 1_800_000, 1_800_000, 1_800_000, 1_800_000, 3_600_000,
];
/// From this day on payments are told of sixteen times.
const PAY_PAUSES_SINCE: Date = Date::new(2020, 1, 1);
/// Pauses behind the attempts of a push, in milliseconds.
const PUSH_PAUSES_MS: [i64; 3] = [0, 0, 0];

impl Kind {
    /// Pauses behind the attempts, in milliseconds; one attempt more than there are pauses.
    pub fn pauses_ms(self, day: Date) -> &'static [i64] {
        match self {
            Self::Push => &PUSH_PAUSES_MS,
            _ if day < PAY_PAUSES_SINCE => &PAY_PAUSES_2018_MS,
            _ => &PAY_PAUSES_MS,
        }
    }

    /// What follows when the outcome is one that the kind accepts.
    fn accepts(self, outcome: &Outcome) -> Option<Verdict> {
        let Outcome::Answered { status, body } = outcome else {
            return None;
        };
        match self {
            Self::Push if *status == 200 => {
                let text = body.trim_ascii();
                let is_silent = text.is_empty() || text == b"success";
                Some(if is_silent {
                    Verdict::Accepted
                } else {
                    Verdict::Replied(body.clone())
                })
            }
            Self::PayV2 | Self::RefundV2 if *status == 200 => {
                (return_code(body).as_deref() == Some("SUCCESS")).then_some(Verdict::Accepted)
            }
            Self::PayV3 | Self::RefundV3 if matches!(status, 200 | 204) => Some(Verdict::Accepted),
            _ => None,
        }
    }
}

/// The text of `return_code` in XML, with or without CDATA.
fn return_code(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("<return_code>")?;
    let (code, _) = rest.split_once("</return_code>")?;
    let code = code.trim();
    let inner = code.strip_prefix("<![CDATA[");
    let inner = inner.and_then(|rest| rest.strip_suffix("]]>"));
    Some(inner.unwrap_or(code).trim().to_owned())
}

impl Outcome {
    /// As the author reads it.
    fn words(&self) -> String {
        match self {
            Self::Answered { status, body } => {
                let some = body.get(..ANSWER_BYTES_KEPT).unwrap_or(body);
                let text = String::from_utf8_lossy(some);
                format!("{status} {text}").trim_end().to_owned()
            }
            Self::Failed(why) => why.clone(),
        }
    }
}

impl World {
    /// When the next delivery is due that waits.
    pub fn next_delivery_due(&self) -> Option<Millis> {
        let first = self.open_api.deliveries.due.first();
        first.map(|(due, _)| *due)
    }

    /// All deliveries that are remembered: those that are over in the order in which they ended, then those that
    /// wait or are out by number.
    pub fn deliveries(&self) -> impl Iterator<Item = &Told> {
        let Deliveries { over, open, .. } = &self.open_api.deliveries;
        over.iter().chain(open.values())
    }
}

#[cfg(test)]
#[path = "delivery_tests.rs"]
mod tests;

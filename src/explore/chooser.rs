//! The side of a copy: hears what happens, and chooses.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use serde_json::Value as Json;

use super::arrival::{Arrival, Choice, Chosen, Did, Kind, Point, Told};
use super::vary::Vary;
use crate::api::question::Question;
use crate::runtime::monitor::Words;
use crate::runtime::trace::{Entry, Event};
use crate::runtime::{Due, Failure, Fate, Person, Telling, Twist};
use crate::world::rng::number_of;

/// Hears the trace and keeps what an [`Arrival`] tells.
#[derive(Debug, Default)]
pub struct Ear {
    told: Told,
    /// Questions that were answered last with a refusal.
    pub(super) refused: BTreeSet<String>,
    /// Things that have gone otherwise in this action.
    twists: u32,
    /// Points at replies in this action.
    points: u32,
    /// Whether the user could have repeated the action at a reply already.
    was_again: bool,
    /// Entries, where somebody wants to read them.
    kept: Option<Vec<Entry>>,
}

impl Ear {
    /// An entry of the trace.
    pub fn hear(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Found(found) => self.told.found.push((**found).clone()),
            Event::Call { api, .. } => {
                self.told.calls.insert(api.clone());
            }
            Event::Answer { key, answer, .. } => {
                let word = answer.as_str().unwrap_or_default();
                match word {
                    "deny" | "dismiss" | "cancel" | "refuse" | "reject" => {
                        self.refused.insert(key.clone());
                    }
                    "ignore" => {}
                    _ => {
                        self.refused.remove(key);
                    }
                }
            }
            _ => {}
        }
        if let Some(kept) = &mut self.kept {
            kept.push(entry.clone());
        }
    }

    /// Keeps all entries from now on.
    pub fn keep(&mut self) {
        self.kept = Some(Vec::new());
    }

    /// What was kept.
    pub fn take_kept(&mut self) -> Vec<Entry> {
        self.kept.take().unwrap_or_default()
    }

    /// The program is started in another way than the usual.
    pub(super) fn started(&mut self, how: &str) {
        self.told.chosen.push(Chosen::Other(how.to_owned()));
    }

    /// A new action begins.
    pub(super) fn begin(&mut self) {
        self.told = Told::default();
        self.twists = 0;
        self.points = 0;
        self.was_again = false;
    }

    /// What happened since the action began; findings only once.
    pub(super) fn told(&mut self) -> Told {
        let told = self.told.clone();
        self.told.found.clear();
        told
    }
}

/// What comes when the way that was given is at its end.
pub enum Rest {
    /// The process tells what is here and stops, and goes on in all ways.
    #[cfg(unix)]
    Grow(crate::worker::grove::Sprout),
    /// What is here is kept for whoever asked; the rest does not matter.
    Stop(Option<Arrival>),
    /// The usual is chosen until the program rests; then it is over.
    Usual,
    /// So many more are chosen at random.
    Roam {
        /// Which random sequence.
        seed: u64,
        /// Choices at rest that are left.
        left: u32,
        /// How many were drawn.
        drawn: u64,
    },
}

/// The way that is given.
pub enum Script {
    /// Numbers of ways, one for each point.
    Ways(VecDeque<u32>),
    /// Keys of choices: at a point that does not have the next one the usual is chosen, or at rest the key is left out.
    Keys(VecDeque<String>),
}

/// Chooses at each point.
pub(super) struct Chooser {
    script: Script,
    rest: Rest,
    /// Ways that were taken.
    pub(super) taken: Vec<u32>,
    /// Keys of what was taken.
    pub(super) keys: Vec<String>,
    /// Words of what was taken, without what happens anyhow.
    pub(super) choices: Vec<Choice>,
    /// Whether a way of the script was not there.
    pub(super) is_lost: bool,
}

impl Chooser {
    /// Takes the ways of a script, then does what `rest` says.
    pub(super) fn new(script: Script, rest: Rest) -> Self {
        Self {
            script,
            rest,
            taken: Vec::new(),
            keys: Vec::new(),
            choices: Vec::new(),
            is_lost: false,
        }
    }

    /// Whether what was asked for is kept.
    pub(super) fn has_stopped(&self) -> bool {
        matches!(&self.rest, Rest::Stop(Some(_)))
    }

    /// Whether there is nothing more to do.
    pub(super) fn is_over(&self) -> bool {
        match &self.rest {
            Rest::Stop(kept) => kept.is_some(),
            Rest::Usual => match &self.script {
                Script::Ways(ways) => ways.is_empty(),
                Script::Keys(keys) => keys.is_empty(),
            },
            Rest::Roam { left, .. } => *left == 0,
            #[cfg(unix)]
            Rest::Grow(_) => false,
        }
    }

    /// What was here when the script was at its end.
    pub(super) fn stopped_at(&mut self) -> Option<Arrival> {
        match &mut self.rest {
            Rest::Stop(kept) => kept.take(),
            _ => None,
        }
    }

    /// The number of the way to go. `arrival` has no choices; they are added where it is told.
    pub(super) fn choose(&mut self, choices: &[Choice], arrival: impl FnOnce() -> Arrival) -> u32 {
        let way = match self.scripted(choices) {
            Some(way) => way,
            None => self.beyond(choices, arrival),
        };
        if let Some(choice) = usize::try_from(way).ok().and_then(|way| choices.get(way)) {
            self.taken.push(way);
            self.keys.push(choice.key.clone());
            if choice.cost > 0 {
                self.choices.push(choice.clone());
            }
        }
        way
    }

    fn scripted(&mut self, choices: &[Choice]) -> Option<u32> {
        let is_rest = are_of_rest(choices);
        match &mut self.script {
            Script::Ways(ways) => {
                let way = ways.pop_front()?;
                if usize::try_from(way).is_ok_and(|way| way < choices.len()) {
                    return Some(way);
                }
                self.is_lost = true;
                Some(0)
            }
            Script::Keys(keys) => {
                while let Some(key) = keys.front() {
                    let found = choices.iter().position(|choice| choice.key == *key);
                    if let Some(way) = found {
                        keys.pop_front();
                        return u32::try_from(way).ok();
                    }
                    if !is_rest {
                        return Some(0);
                    }
                    keys.pop_front();
                }
                None
            }
        }
    }

    fn beyond(&mut self, choices: &[Choice], arrival: impl FnOnce() -> Arrival) -> u32 {
        let whole = || Arrival {
            choices: choices.to_vec(),
            ..arrival()
        };
        let ways = u32::try_from(choices.len()).unwrap_or(u32::MAX);
        match &mut self.rest {
            #[cfg(unix)]
            Rest::Grow(sprout) => {
                let text = serde_json::to_string(&whole()).unwrap_or_default();
                if ways == 0 {
                    sprout.end(&text);
                }
                sprout.choose(&text, ways)
            }
            Rest::Stop(kept) => {
                if kept.is_none() {
                    *kept = Some(whole());
                }
                0
            }
            Rest::Usual if are_of_rest(choices) => u32::MAX,
            Rest::Usual => 0,
            Rest::Roam { seed, left, drawn } => {
                if ways == 0 {
                    *left = 0;
                    return 0;
                }
                *left = left.saturating_sub(1);
                *drawn += 1;
                // A dialog that stays open would end the walk.
                let open: Vec<u32> = (0..ways)
                    .zip(choices)
                    .filter(|(_, choice)| !choice.key.ends_with("=ignore"))
                    .map(|(way, _)| way)
                    .collect();
                let count = u64::try_from(open.len()).unwrap_or(1).max(1);
                let number = number_of(*seed, "roam", *drawn) % count;
                let number = usize::try_from(number).unwrap_or(0);
                open.get(number).copied().unwrap_or(0)
            }
        }
    }
}

/// Whether those are the choices of a program that rests.
fn are_of_rest(choices: &[Choice]) -> bool {
    choices
        .iter()
        .all(|choice| choice.kind != Kind::Usual && choice.kind != Kind::Answer)
}

/// What is shared by all who choose in a copy.
#[derive(Clone)]
pub(super) struct Desk {
    /// Chooses.
    pub(super) chooser: Rc<RefCell<Chooser>>,
    /// Hears.
    pub(super) ear: Rc<RefCell<Ear>>,
    /// What is varied.
    pub(super) vary: BTreeSet<Vary>,
    /// How many things may go otherwise in one action.
    pub(super) twists_max: u32,
}

impl Desk {
    fn choose(&self, point: Point, choices: &[Choice]) -> u32 {
        let arrival = || Arrival {
            point,
            choices: Vec::new(),
            told: self.ear.borrow_mut().told(),
        };
        self.chooser.borrow_mut().choose(choices, arrival)
    }

    fn chosen(&self, chosen: Chosen) {
        self.ear.borrow_mut().told.chosen.push(chosen);
    }
}

/// Answers that are tried of a question.
fn answers(question: &Question) -> Vec<String> {
    let mut answers = question.answers();
    if question.key == "settings" && !answers.iter().any(|answer| answer == "{}") {
        answers.insert(1, "{}".to_owned());
    }
    // Of a long list the first and the last entry stand for all.
    let entries = answers
        .iter()
        .filter(|answer| answer.parse::<u32>().is_ok())
        .count();
    if entries > 2 {
        let mut number = 0;
        answers.retain(|answer| {
            let is_entry = answer.parse::<u32>().is_ok();
            number += usize::from(is_entry);
            !is_entry || number == 1 || number == entries
        });
    }
    answers
}

impl Person for Desk {
    fn answer(&mut self, question: &Question) -> Option<Json> {
        let answers = answers(question);
        let choices = answers.iter().map(|answer| {
            let key = &question.key;
            Choice {
                key: format!("{key}={answer}"),
                says: Words::new(
                    format!("the user answers {key} with {answer}"),
                    format!("用户对 {key} 的回答：{answer}"),
                ),
                cost: 1,
                kind: Kind::Answer,
                did: Did::Answer(key.clone(), answer.clone()),
            }
        });
        let point = Point::Question(question.key.clone(), question.text.clone());
        let choices: Vec<Choice> = choices.collect();
        let way = self.choose(point, &choices);
        let answer = answers.get(usize::try_from(way).ok()?)?;
        self.chosen(Chosen::Answer(question.key.clone(), answer.clone()));
        let value = serde_json::from_str(answer);
        Some(value.unwrap_or_else(|_| Json::String(answer.clone())))
    }
}

/// Calls whose replies nobody waits for: in which order they come, and what the user does meanwhile, does not matter.
fn is_decoration(api: &str) -> bool {
    const BEGINNINGS: [&str; 6] = ["show", "hide", "setNavigation", "setTab", "page", "start"];
    const OTHERS: [&str; 7] = [
        "navigateTo",
        "redirectTo",
        "switchTab",
        "reLaunch",
        "navigateBack",
        "stopPullDownRefresh",
        "reportEvent",
    ];
    BEGINNINGS.iter().any(|own| api.starts_with(own)) || OTHERS.contains(&api)
}

impl Fate for Desk {
    fn due(&mut self, due: &Due) -> Twist {
        let again = {
            let mut ear = self.ear.borrow_mut();
            due.again && !std::mem::replace(&mut ear.was_again, true)
        };
        if !self.may_go_otherwise() {
            return Twist::Nothing;
        }
        let twists = self.twists(due, again);
        self.go(&due.api, twists).unwrap_or(Twist::Nothing)
    }

    fn called(&mut self, api: &str, failures: &[Failure]) -> Option<usize> {
        let varied = failures.iter().enumerate();
        let varied: Vec<(usize, &Failure)> = varied
            .filter(|(_, failure)| self.varies(failure.kind))
            .collect();
        if varied.is_empty() || !self.may_go_otherwise() {
            return None;
        }
        // Named otherwise than the usual reply: a story's keys stay the same when calls can fail, too.
        let (en, zh) = (format!("{api} goes on"), format!("{api} 正常执行"));
        let mut ways = vec![(
            way(format!("{api} goes on"), en, zh, Kind::Usual),
            None,
            None,
        )];
        for (at, failure) in varied {
            ways.push(failing(api, &failure.name, Some(at)));
        }
        self.go(api, ways).flatten()
    }

    fn paid(&mut self) -> Telling {
        if !self.vary.contains(&Vary::Notify) || !self.may_go_otherwise() {
            return Telling::Once;
        }
        let told = |key: &str, zh: &str, kind, telling| {
            let choice = way(key.to_owned(), key.to_owned(), zh.to_owned(), kind);
            let chosen = (kind == Kind::Twist).then(|| Chosen::Other(key.to_owned()));
            (choice, telling, chosen)
        };
        let server = "the server is told of the payment";
        let ways = vec![
            told(server, "支付通知送达", Kind::Usual, Telling::Once),
            told(
                &format!("{server} twice"),
                "支付通知重复送达",
                Kind::Twist,
                Telling::Twice,
            ),
            told(
                &format!("{server} late"),
                "支付通知延迟送达",
                Kind::Twist,
                Telling::Late,
            ),
            told(
                "the server is never told of the payment",
                "支付通知丢失",
                Kind::Twist,
                Telling::Never,
            ),
        ];
        self.go("notification", ways).unwrap_or(Telling::Once)
    }
}

/// One way on at a call or a reply: the choice, what it is for whoever asks, what is told of it.
type Way<T> = (Choice, T, Option<Chosen>);

/// A choice at a call or a reply.
fn way(key: String, en: String, zh: String, kind: Kind) -> Choice {
    Choice {
        key,
        says: Words::new(en, zh),
        cost: u32::from(kind == Kind::Twist),
        kind,
        did: match kind {
            Kind::Usual => Did::Nothing,
            _ => Did::Special,
        },
    }
}

/// The way on which a call fails.
fn failing<T>(api: &str, name: &str, what: T) -> Way<T> {
    let choice = way(
        format!("{api} fails: {name}"),
        format!("{api} fails ({name})"),
        format!("{api} 失败（{name}）"),
        Kind::Twist,
    );
    let chosen = Chosen::Fault(api.to_owned(), name.to_owned());
    (choice, what, Some(chosen))
}

impl Desk {
    /// Whether something may go otherwise at one more point of this action.
    fn may_go_otherwise(&self) -> bool {
        let mut ear = self.ear.borrow_mut();
        ear.points += 1;
        ear.twists < self.twists_max && ear.points <= POINTS_MAX
    }

    fn varies(&self, kind: &str) -> bool {
        self.vary.iter().any(|own| own.name() == kind)
    }

    /// Chooses one of the ways on, the usual one first; `None` when there is nothing to choose.
    fn go<T>(&self, api: &str, ways: Vec<Way<T>>) -> Option<T> {
        if ways.len() <= 1 {
            return None;
        }
        let choices: Vec<Choice> = ways.iter().map(|(choice, _, _)| choice.clone()).collect();
        let way = self.choose(Point::Reply(api.to_owned()), &choices);
        let way = usize::try_from(way).unwrap_or(0);
        let (_, what, chosen) = ways.into_iter().nth(way)?;
        if let Some(chosen) = chosen {
            self.ear.borrow_mut().twists += 1;
            self.chosen(chosen);
        }
        Some(what)
    }
}

impl Desk {
    fn twists(&self, due: &Due, again: bool) -> Vec<Way<Twist>> {
        let api = &due.api;
        let usual = way(
            "usual".to_owned(),
            format!("{api} is answered"),
            format!("{api} 正常返回"),
            Kind::Usual,
        );
        let mut twists = vec![(usual, Twist::Nothing, None)];
        for fault in due.faults.iter().filter(|own| self.varies(own.kind())) {
            twists.push(failing(api, fault.name(), Twist::Fails(*fault)));
        }
        if is_decoration(api) {
            return twists;
        }
        if self.vary.contains(&Vary::Order) {
            let others = due.others.iter().filter(|(_, other)| !is_decoration(other));
            for (call, other) in others.take(ORDERS_MAX) {
                let own = way(
                    format!("{other} before {api}"),
                    format!("the reply of {other} comes before that of {api}"),
                    format!("{other} 的返回先于 {api}"),
                    Kind::Twist,
                );
                let chosen = Chosen::Other(own.key.clone());
                twists.push((own, Twist::After(*call), Some(chosen)));
            }
        }
        if again && self.vary.contains(&Vary::Twice) {
            let own = way(
                "again".to_owned(),
                format!("the user does the same again before {api} is answered"),
                format!("{api} 返回之前，用户又操作了一次"),
                Kind::Twist,
            );
            twists.push((own, Twist::Again, Some(Chosen::Other("again".to_owned()))));
        }
        if self.vary.contains(&Vary::Interrupt) {
            let own = way(
                format!("leaves before {api}"),
                format!("the user leaves before {api} is answered"),
                format!("{api} 返回之前，用户离开小程序"),
                Kind::Twist,
            );
            let chosen = Chosen::Other(own.key.clone());
            twists.push((own, Twist::Leaves, Some(chosen)));
        }
        twists
    }
}

/// Replies of one action at which something may go otherwise: an action without end has no end of them.
const POINTS_MAX: u32 = 60;

/// Replies that are tried before another one.
const ORDERS_MAX: usize = 3;

/// Questions that stand refused, besides scopes.
pub(super) fn refused_sheets(ear: &Ear) -> BTreeSet<String> {
    let sheets = ["phone", "profile"];
    let refused = ear
        .refused
        .iter()
        .filter(|key| sheets.contains(&key.as_str()));
    refused.cloned().collect()
}

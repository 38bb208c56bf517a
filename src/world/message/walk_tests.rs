//! A seeded random walk over permissions and tickets: no message is sent without one, and none is used twice.

use std::collections::BTreeMap;

use super::permission::{AnswerSubscription, Choice};
use super::send::{Draft, SendSubscribed, SendTemplate};
use super::template::{DeclareTemplates, Kind, Template};
use super::ticket::{GivePrepayTicket, RequestFormId, TICKET_LIFE_MS};
use crate::profile::{Date, Profile};
use crate::world::rng::{Draw, Stream};
use crate::world::subscription::{MAIN_SWITCH, Subscribed, TurnSubscription};
use crate::world::{AdvanceTo, AppFacts, Caller, Millis, World};

/// What the walk knows from outside.
#[derive(Default)]
struct Books {
    /// Messages that the user still owes for each one-time template.
    owed: BTreeMap<String, u32>,
    /// Long-term templates that were accepted.
    long: Vec<String>,
    /// Tickets: id, when they were given, messages left.
    tickets: Vec<(String, Millis, u32)>,
    /// Templates whose answer is kept.
    kept: BTreeMap<String, Choice>,
    is_off: bool,
    sent: usize,
}

fn die(world: &mut World, sides: u64) -> u64 {
    world.apply(Draw(Stream::Math)) % sides
}

const TEMPLATES: [(&str, Kind); 3] = [
    ("a", Kind::OneTime),
    ("b", Kind::OneTime),
    ("c", Kind::LongTerm),
];

fn world(seed: u64) -> World {
    let mut world = World::new(
        Profile::on(Date::new(2019, 8, 30)),
        AppFacts::default(),
        seed,
    );
    let mut templates: Vec<Template> = TEMPLATES
        .iter()
        .map(|(id, kind)| Template {
            id: (*id).into(),
            kind: *kind,
            ..Template::default()
        })
        .collect();
    templates.push(Template {
        id: "t".into(),
        kind: Kind::TemplateMessage,
        ..Template::default()
    });
    world.apply(DeclareTemplates(templates));
    world
}

fn template(world: &mut World) -> (String, Kind) {
    let at = usize::try_from(die(world, 3)).expect("small");
    (TEMPLATES[at].0.to_owned(), TEMPLATES[at].1)
}

/// The user answers, or the kept answer does.
fn answer(world: &mut World, caller: &Caller, books: &mut Books) {
    let (id, kind) = template(world);
    let kept = books.kept.get(&id).copied();
    let chosen = [Choice::Accept, Choice::Reject][usize::from(die(world, 2) == 0)];
    let choice = kept.unwrap_or(chosen);
    let keep = kept.is_none() && die(world, 8) == 0;
    world.apply(AnswerSubscription {
        caller: caller.clone(),
        choices: vec![(id.clone(), choice)],
        keep,
    });
    if keep {
        books.kept.insert(id.clone(), choice);
    }
    match (choice, kind) {
        (Choice::Accept, Kind::OneTime) => *books.owed.entry(id).or_default() += 1,
        (Choice::Accept, _) => books.long.push(id),
        (Choice::Reject, _) => {}
    }
}

fn send_subscribed(world: &mut World, books: &mut Books) {
    let (id, kind) = template(world);
    let is_allowed = if kind == Kind::OneTime {
        books.owed.get(&id).is_some_and(|left| *left > 0)
    } else {
        books.long.contains(&id)
    };
    let is_refused = books.is_off || books.kept.get(&id) == Some(&Choice::Reject);
    let template_id = id.clone();
    let sent = world.apply(SendSubscribed(Draft {
        template_id,
        ..Draft::default()
    }));
    assert_eq!(sent.is_ok(), is_allowed && !is_refused, "{id} {sent:?}");
    if sent.is_ok() {
        books.sent += 1;
        if let Some(left) = books.owed.get_mut(&id) {
            *left -= 1;
        }
    }
}

fn send_template(world: &mut World, books: &mut Books) {
    if books.tickets.is_empty() {
        return;
    }
    let at = die(world, books.tickets.len() as u64);
    let now = world.now();
    let (id, given, left) = &mut books.tickets[usize::try_from(at).expect("small")];
    let is_good = *left > 0 && now.since(*given) < TICKET_LIFE_MS;
    let sent = world.apply(SendTemplate {
        draft: Draft {
            template_id: "t".into(),
            ..Draft::default()
        },
        form_id: Some(id.clone()),
        emphasis: None,
    });
    assert_eq!(sent.is_ok(), is_good, "{id} {sent:?}");
    if is_good {
        *left -= 1;
        books.sent += 1;
    }
}

fn step(world: &mut World, caller: &Caller, books: &mut Books) {
    match die(world, 8) {
        0 | 1 => answer(world, caller, books),
        2 | 3 => send_subscribed(world, books),
        4 => send_template(world, books),
        5 => {
            let request = RequestFormId {
                caller: caller.clone(),
                timeout_ms: 0,
            };
            let id = world.apply(request).text;
            books.tickets.push((id, world.now(), 1));
        }
        6 => {
            let prepay_id = format!("p{}", books.tickets.len());
            world.apply(GivePrepayTicket {
                caller: caller.clone(),
                prepay_id: prepay_id.clone(),
            });
            books.tickets.push((prepay_id, world.now(), 3));
        }
        _ if die(world, 3) == 0 => {
            let ms = [1, 3_600_000, 24 * 3_600_000];
            let ms = ms[usize::try_from(die(world, 3)).expect("small")];
            world.apply(AdvanceTo(world.now().plus(ms)));
        }
        _ => switch(world, caller, books),
    }
}

/// The user turns a switch of the settings page.
fn switch(world: &mut World, caller: &Caller, books: &mut Books) {
    let on = die(world, 3) > 0;
    let name = match die(world, 2) {
        0 => MAIN_SWITCH.to_owned(),
        _ => template(world).0,
    };
    let turned = world.apply(TurnSubscription {
        caller: caller.clone(),
        name: name.clone(),
        on,
    });
    let is_shown = world.was_asked_for_messages(caller)
        && (name == MAIN_SWITCH || books.kept.contains_key(&name));
    assert_eq!(turned.is_ok(), is_shown, "{name}");
    if turned.is_err() {
        return;
    }
    if name == MAIN_SWITCH {
        books.is_off = !on;
    } else {
        let choice = if on { Choice::Accept } else { Choice::Reject };
        books.kept.insert(name, choice);
    }
}

#[test]
fn no_message_is_sent_without_a_permission_that_is_left() {
    for seed in 1..=6 {
        let (mut world, mut books) = (world(seed), Books::default());
        let caller = world.caller();
        for _ in 0..3_000 {
            step(&mut world, &caller, &mut books);
        }
        let kept = world.messages(&caller).len();
        assert_eq!(kept + world.messages_gone(&caller), books.sent);
        assert!(books.sent > 100, "{}", books.sent);
        let kept = world.subscriptions(&caller).templates;
        let accepted = |choice: &Choice| match choice {
            Choice::Accept => Subscribed::Accept,
            Choice::Reject => Subscribed::Reject,
        };
        let expected = books.kept.iter().map(|(id, it)| (id.clone(), accepted(it)));
        assert_eq!(kept, expected.collect());
    }
}

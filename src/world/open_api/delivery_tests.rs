//! Deliveries.

use super::{
    FinishDelivery, Kind, OVER_KEPT_MAX, Outcome, QueueDelivery, State, TakeBackDeliveries,
    TakeDueDeliveries, Verdict, WAITING_MAX,
};
use crate::profile::{Date, Profile};
use crate::world::{AdvanceTo, AppFacts, World};

fn world_on(day: Date) -> World {
    World::new(Profile::on(day), AppFacts::default(), 1)
}

fn world() -> World {
    world_on(Date::new(2026, 7, 30))
}

fn queue(world: &mut World, kind: Kind, in_ms: i64) -> u64 {
    let due = world.now().plus(in_ms);
    world.apply(QueueDelivery {
        kind,
        owner: "1".into(),
        url: "http://127.0.0.1/".into(),
        headers: vec![("Content-Type".into(), "text/xml".into())],
        body: b"b".to_vec(),
        due,
    })
}

fn take(world: &mut World) -> Vec<u64> {
    let taken = world.apply(TakeDueDeliveries);
    taken.iter().map(|it| it.id).collect()
}

fn answered(status: u16, body: &str) -> Outcome {
    Outcome::Answered {
        status,
        body: body.as_bytes().to_vec(),
    }
}

fn finish(world: &mut World, id: u64, outcome: Outcome) -> Verdict {
    world.apply(FinishDelivery { id, outcome })
}

#[test]
fn what_is_due_is_taken_once_in_its_order() {
    let mut world = world();
    assert_eq!(world.next_delivery_due(), None);
    let late = queue(&mut world, Kind::Push, 10);
    let second = queue(&mut world, Kind::Push, 0);
    let first = queue(&mut world, Kind::Push, -1);
    assert_eq!(world.next_delivery_due(), Some(world.now().plus(-1)));
    assert_eq!(take(&mut world), [first, second]);
    assert_eq!(take(&mut world), [0; 0], "they are out");
    assert_eq!(world.next_delivery_due(), Some(world.now().plus(10)));
    world.apply(AdvanceTo(world.now().plus(9)));
    assert_eq!(take(&mut world), [0; 0]);
    world.apply(AdvanceTo(world.now().plus(1)));
    assert_eq!(take(&mut world), [late]);
    let states: Vec<State> = world.deliveries().map(|it| it.state).collect();
    assert_eq!(states, [State::Out; 3]);
}

#[test]
fn each_kind_has_its_own_idea_of_an_answer() {
    let good = "<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>";
    let plain = "<xml>\n<return_code> SUCCESS </return_code></xml>";
    let bad = "<xml><return_code><![CDATA[FAIL]]></return_code></xml>";
    let said = |kind, status, body: &str| {
        let mut world = world();
        let id = queue(&mut world, kind, 0);
        take(&mut world);
        finish(&mut world, id, answered(status, body))
    };
    for kind in [Kind::PayV2, Kind::RefundV2] {
        assert_eq!(said(kind, 200, good), Verdict::Accepted);
        assert_eq!(said(kind, 200, plain), Verdict::Accepted);
        for (status, body) in [
            (500, good),
            (204, ""),
            (200, bad),
            (200, "success"),
            (200, "<return_code>"),
        ] {
            assert!(
                matches!(said(kind, status, body), Verdict::Again(_)),
                "{status} {body}"
            );
        }
    }
    for kind in [Kind::PayV3, Kind::RefundV3] {
        assert_eq!(said(kind, 204, ""), Verdict::Accepted);
        assert_eq!(said(kind, 200, "{\"code\":\"SUCCESS\"}"), Verdict::Accepted);
        for status in [201, 302, 400, 500] {
            assert!(matches!(said(kind, status, ""), Verdict::Again(_)));
        }
    }
    assert_eq!(said(Kind::Push, 200, ""), Verdict::Accepted);
    assert_eq!(said(Kind::Push, 200, " success\n"), Verdict::Accepted);
    assert_eq!(
        said(Kind::Push, 200, "<xml/>"),
        Verdict::Replied(b"<xml/>".to_vec())
    );
    assert!(matches!(
        said(Kind::Push, 500, "success"),
        Verdict::Again(_)
    ));
}

/// Milliseconds between the attempts of a delivery that never succeeds.
fn pauses(day: Date, kind: Kind) -> Vec<i64> {
    let mut world = world_on(day);
    let id = queue(&mut world, kind, 0);
    let mut pauses = Vec::new();
    for attempt in 1.. {
        let taken = world.apply(TakeDueDeliveries);
        assert_eq!((taken[0].id, taken[0].attempt), (id, attempt));
        match finish(&mut world, id, Outcome::Failed("refused".into())) {
            Verdict::Again(due) => {
                pauses.push(due.since(world.now()));
                world.apply(AdvanceTo(due));
            }
            verdict => {
                assert_eq!(verdict, Verdict::GivenUp);
                break;
            }
        }
    }
    let told = world.deliveries().next().expect("it is remembered");
    assert_eq!(
        (told.state, &*told.last_answer),
        (State::GivenUp, "refused")
    );
    assert_eq!(world.next_delivery_due(), None);
    pauses
}

#[test]
fn the_attempts_follow_the_published_schedule() {
    let now = pauses(Date::new(2020, 1, 1), Kind::PayV3);
    assert_eq!(now.len(), 15);
    assert_eq!(
        now[..6],
        [15_000, 15_000, 30_000, 180_000, 600_000, 1_200_000]
    );
    assert_eq!(now.iter().sum::<i64>(), (24 * 60 + 4) * 60_000, "24h4m");
    let then = pauses(Date::new(2019, 12, 31), Kind::RefundV2);
    let seconds: Vec<i64> = then.iter().map(|ms| ms / 1_000).collect();
    assert_eq!(seconds, [15, 15, 30, 180, 1800, 1800, 1800, 1800, 3600]);
    assert_eq!(pauses(Date::new(2019, 12, 31), Kind::Push), [0, 0, 0]);
}

#[test]
fn only_what_is_out_is_finished() {
    let mut world = world();
    let id = queue(&mut world, Kind::PayV3, 0);
    assert_eq!(finish(&mut world, id, answered(204, "")), Verdict::Unknown);
    take(&mut world);
    assert_eq!(finish(&mut world, 9, answered(204, "")), Verdict::Unknown);
    assert_eq!(finish(&mut world, id, answered(204, "")), Verdict::Accepted);
    assert_eq!(finish(&mut world, id, answered(204, "")), Verdict::Unknown);
    let told = world.deliveries().next().expect("it is remembered");
    assert_eq!((told.state, &*told.last_answer), (State::Done, "204"));
}

#[test]
fn what_was_out_when_its_sender_ended_is_due_again() {
    let mut world = world();
    let id = queue(&mut world, Kind::PayV3, 0);
    take(&mut world);
    let text = serde_json::to_string(&world).expect("a JSON form");
    let mut world: World = serde_json::from_str(&text).expect("the same form");
    world.apply(TakeBackDeliveries);
    let again = world.apply(TakeDueDeliveries);
    assert_eq!((again[0].id, again[0].attempt), (id, 1));
}

#[test]
fn neither_what_waits_nor_what_is_over_grows_without_bound() {
    let mut world = world();
    let first = queue(&mut world, Kind::Push, 0);
    for _ in 0..WAITING_MAX {
        queue(&mut world, Kind::Push, 1);
    }
    let told = world.deliveries().next().expect("it is remembered");
    assert_eq!((told.delivery.id, told.state), (first, State::GivenUp));
    assert!(told.last_answer.contains("10000"));
    assert_eq!(world.deliveries().count(), WAITING_MAX + 1);
    world.apply(AdvanceTo(world.now().plus(1)));
    for id in take(&mut world) {
        finish(&mut world, id, answered(200, ""));
    }
    assert_eq!(world.deliveries().count(), OVER_KEPT_MAX);
    queue(&mut world, Kind::Push, 0);
    take(&mut world);
    for _ in 0..WAITING_MAX {
        queue(&mut world, Kind::Push, 0);
    }
    assert_eq!(
        world
            .deliveries()
            .filter(|it| it.state == State::Out)
            .count(),
        1,
        "what is out goes last"
    );
}

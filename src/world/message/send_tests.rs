use super::{Draft, SendOfAccount, SendSubscribed, SendTemplate, Sent, Unsent};
use crate::profile::{Date, Profile};
use crate::world::message::permission::{AnswerSubscription, Choice};
use crate::world::message::template::{DeclareTemplates, Kind, Template};
use crate::world::message::ticket::{GivePrepayTicket, RequestFormId, TICKET_LIFE_MS};
use crate::world::registry::{Kind as Registered, Register, Registered as App};
use crate::world::subscription::{SetSubscriptions, Subscriptions};
use crate::world::{AdvanceTo, AppFacts, Caller, World};

fn world_on(date: Date) -> World {
    let app = AppFacts {
        pages: vec!["pages/a/a".into()],
        ..AppFacts::default()
    };
    World::new(Profile::on(date), app, 1)
}

fn draft(id: &str) -> Draft {
    Draft {
        template_id: id.into(),
        page: Some("pages/a/a?x=1".into()),
        data: vec![("thing1".into(), "茶".into())],
        ..Draft::default()
    }
}

fn accept(world: &mut World, id: &str) {
    let caller = world.caller();
    world.apply(AnswerSubscription {
        caller,
        choices: vec![(id.into(), Choice::Accept)],
        keep: false,
    });
}

fn code(result: Result<Sent, Unsent>) -> i32 {
    result.map_or_else(|unsent| unsent.code, |_| 0)
}

#[test]
fn an_accepted_template_is_used_up_by_one_message() {
    let mut world = world_on(Date::new(2021, 12, 13));
    let send = |world: &mut World| code(world.apply(SendSubscribed(draft("a"))));
    assert_eq!(send(&mut world), 43101, "never asked");
    accept(&mut world, "a");
    let caller = world.caller();
    let off = Subscriptions {
        main_switch: false,
        ..Subscriptions::default()
    };
    world.apply(SetSubscriptions(caller.clone(), off));
    assert_eq!(send(&mut world), 43101, "switched off");
    world.apply(SetSubscriptions(caller.clone(), Subscriptions::default()));
    assert_eq!(send(&mut world), 0);
    assert_eq!(send(&mut world), 43101, "used up");
    let inbox = world.messages(&caller);
    let options = inbox[0].enter_options().expect("it has a page");
    assert_eq!((options.path.as_str(), options.scene), ("pages/a/a", 1014));
    assert_eq!(options.query, [("x".to_owned(), "1".to_owned())]);
}

#[test]
fn what_is_wrong_with_a_message_leaves_the_permission() {
    let mut world = world_on(Date::new(2021, 12, 13));
    world.apply(DeclareTemplates(vec![Template {
        id: "a".into(),
        title: "茶好了".into(),
        content: "饮品{{thing1.DATA}}\n时间{{time2.DATA}}".into(),
        kind: Kind::OneTime,
    }]));
    accept(&mut world, "a");
    let mut send = |change: fn(&mut Draft)| {
        let mut draft = draft("a");
        draft.data.push(("time2".into(), "15:01".into()));
        change(&mut draft);
        world.apply(SendSubscribed(draft))
    };
    assert_eq!(code(send(|it| it.to = Some("o".into()))), 40003);
    assert_eq!(code(send(|it| it.template_id = "b".into())), 40037);
    assert_eq!(code(send(|it| it.page = Some("pages/b/b".into()))), 41030);
    let empty = send(|it| it.data.truncate(1)).expect_err("no time");
    assert_eq!(
        empty.to_string(),
        "47003 argument invalid! data.time2.value is empty; the template wants a value for `time2`"
    );
    assert_eq!(code(send(|it| it.data[1].1 = "later".into())), 47003);
    let done = send(|_| {}).expect("all is right");
    let rows = [("饮品", "茶"), ("时间", "15:01")];
    assert_eq!(
        done.message.rows,
        rows.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert_eq!((done.number, done.left), (1, Some(0)));
}

#[test]
fn a_form_id_is_used_once_within_seven_days_by_who_got_it() {
    let mut world = world_on(Date::new(2018, 6, 4));
    let caller = world.caller();
    let form = |world: &mut World| {
        let caller = caller.clone();
        let request = RequestFormId {
            caller,
            timeout_ms: 0,
        };
        world.apply(request).text
    };
    let send = |world: &mut World, id: Option<&str>| {
        code(world.apply(SendTemplate {
            draft: draft("a"),
            form_id: id.map(str::to_owned),
            emphasis: Some("thing1.DATA".into()),
        }))
    };
    let one = form(&mut world);
    assert_eq!(send(&mut world, Some("the formId is a mock one")), 41028);
    assert_eq!(send(&mut world, Some(&one)), 0);
    assert_eq!(send(&mut world, Some(&one)), 41029);
    assert_eq!(send(&mut world, None), 41028, "nothing left");
    let two = form(&mut world);
    world.apply(AdvanceTo(world.now().plus(TICKET_LIFE_MS - 1)));
    assert_eq!(send(&mut world.clone(), Some(&two)), 0, "last good moment");
    world.apply(AdvanceTo(world.now().plus(1)));
    assert_eq!(send(&mut world, Some(&two)), 41028, "too old");
    let other = Caller::new(world.app().app_id.clone(), "other");
    world.apply(GivePrepayTicket {
        caller: other,
        prepay_id: "p1".into(),
    });
    assert_eq!(send(&mut world, Some("p1")), 41028, "another user's");
    let (caller, prepay_id) = (world.caller(), "p2".to_owned());
    world.apply(GivePrepayTicket { caller, prepay_id });
    let codes = [(); 4].map(|()| send(&mut world, Some("p2")));
    assert_eq!(codes, [0, 0, 0, 41029]);
    let mut late = world_on(Date::new(2020, 1, 10));
    assert_eq!(send(&mut late, None), 45103);
}

#[test]
fn a_message_of_an_official_account_tells_who_it_is() {
    let mut world = world_on(Date::new(2018, 6, 4));
    let send = |world: &mut World, page: &str| {
        let page = Some(page.to_owned());
        world.apply(SendOfAccount {
            draft: Draft { page, ..draft("t") },
            account: "wxmp".into(),
        })
    };
    assert_eq!(code(send(&mut world, "pages/a/a")), 40013);
    let account = App {
        app_id: "wxmp".into(),
        kind: Registered::OfficialAccount,
        ..App::default()
    };
    world.apply(Register(account)).expect("it is new");
    assert_eq!(code(send(&mut world, "pages/b/b")), 40165);
    let done = send(&mut world, "pages/a/a").expect("all is right");
    let options = done.message.enter_options().expect("it has a page");
    let referrer = options.referrer_info.map(|it| it.app_id);
    assert_eq!((options.scene, referrer.as_deref()), (1043, Some("wxmp")));
}

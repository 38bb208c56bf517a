use super::*;
use crate::profile::{Date, Profile};
use crate::world::foreground::{ColdStart, EnterBackground, EnterForeground, Kill};
use crate::world::group::{AddGroup, Group};
use crate::world::route::OpenFirstPage;
use crate::world::user::{SetUsers, SwitchUser, User};
use crate::world::{AdvanceTo, AppFacts};

fn world_of(profile: Profile) -> World {
    let app = AppFacts {
        pages: vec!["p".into()],
        ..AppFacts::default()
    };
    let mut world = World::new(profile, app, 1);
    let user = |id: &str| User {
        id: id.into(),
        ..User::default()
    };
    world.apply(SetUsers(["ann", "bob", "eve"].map(user).to_vec()));
    let members = ["ann", "bob"].map(str::to_owned).to_vec();
    world.apply(AddGroup(Group {
        id: "team".into(),
        name: "Team".into(),
        members,
    }));
    world
}

fn world() -> World {
    world_of(Profile::default())
}

fn content(kind: MessageKind) -> Content {
    Content {
        title: "Tea".into(),
        path: "p?a=1".into(),
        picture: Picture::Page(375, 300),
        kind,
    }
}

fn with_ticket() -> MessageKind {
    MessageKind {
        with_ticket: true,
        ..MessageKind::default()
    }
}

fn private() -> MessageKind {
    MessageKind {
        private: true,
        activity: Some("a1".into()),
        ..MessageKind::default()
    }
}

fn open(world: &mut World, card: u32) -> EnterOptions {
    let options = world.apply(OpenCard(card, Way::Card)).expect("in reach");
    world.apply(ColdStart(options.clone()));
    let first = OpenFirstPage {
        path: String::new(),
        query: Vec::new(),
    };
    world.apply(first).expect("a page");
    options
}

fn hand_over(world: &mut World, user: &str) {
    world.apply(SwitchUser(user.into())).expect("a user");
}

fn team() -> Place {
    Place::Group("team".into())
}

#[test]
fn the_scene_says_where_a_card_lay() {
    let to_do = MessageKind {
        to_do: Some("t".into()),
        ..MessageKind::default()
    };
    for (kind, place, scene, has_ticket, chat) in [
        (
            with_ticket(),
            Place::User("bob".into()),
            1007,
            false,
            Some(1),
        ),
        (private(), Place::User("bob".into()), 1007, true, Some(1)),
        (with_ticket(), team(), 1044, true, Some(3)),
        (MessageKind::default(), team(), 1008, false, Some(3)),
        (to_do.clone(), team(), 1008, false, Some(3)),
        (with_ticket(), Place::FileTransfer, 1007, false, Some(1)),
        (MessageKind::default(), Place::Timeline, 1154, false, None),
        (MessageKind::default(), Place::Favorites, 1010, false, None),
    ] {
        let mut world = world();
        let card = world.apply(SendCard(content(kind), place.clone()));
        let options = world.apply(OpenCard(card, Way::Card)).expect("own");
        assert_eq!(options.scene, scene, "{place:?}");
        assert_eq!(options.share_ticket.is_some(), has_ticket, "{place:?}");
        assert_eq!(options.chat_type, chat, "{place:?}");
        assert_eq!((options.path.as_str(), options.query.len()), ("p", 1));
    }
    for (day, has_ticket) in [
        (Date::new(2026, 7, 30), true),
        (Date::new(2020, 6, 1), false),
    ] {
        let mut world = world_of(Profile::on(day));
        let card = world.apply(SendCard(content(to_do.clone()), team()));
        let options = world.apply(OpenCard(card, Way::ToDo)).expect("a to-do");
        assert_eq!(
            (options.scene, options.share_ticket.is_some()),
            (1160, has_ticket)
        );
    }
}

#[test]
fn only_who_is_in_the_chat_sees_a_card() {
    let mut world = world();
    for (place, seen_by) in [
        (Place::User("bob".into()), &["ann", "bob"][..]),
        (team(), &["ann", "bob"]),
        (Place::FileTransfer, &["ann"]),
        (Place::Favorites, &["ann"]),
        (Place::Timeline, &["ann", "bob", "eve"]),
    ] {
        hand_over(&mut world, "ann");
        let card = world.apply(SendCard(content(MessageKind::default()), place.clone()));
        for user in ["ann", "bob", "eve"] {
            hand_over(&mut world, user);
            let opened = world.apply(OpenCard(card, Way::Card));
            assert_eq!(opened.is_ok(), seen_by.contains(&user), "{place:?} {user}");
            let sent_on = world.clone().apply(SendOn(card, Place::FileTransfer));
            assert_eq!(sent_on.is_ok(), opened.is_ok());
        }
    }
}

#[test]
fn what_cannot_be_opened_says_why() {
    let mut world = world();
    let why = |world: &mut World, card, way| {
        let opened = world.apply(OpenCard(card, way));
        opened.expect_err("no way").to_string()
    };
    assert!(why(&mut world, 1, Way::Card).starts_with("there is no card yet"));
    world.apply(SendCard(content(MessageKind::default()), team()));
    assert_eq!(
        why(&mut world, 2, Way::Card),
        "there is no card 2; the cards are 1 to 1"
    );
    assert!(why(&mut world, 1, Way::ToDo).contains("toDoActivityId"));
    hand_over(&mut world, "eve");
    assert_eq!(
        why(&mut world, 1, Way::Card),
        "eve does not see card 1, which lies to group team"
    );
    hand_over(&mut world, "bob");
    world.shared[0].app_id = "wx2".into();
    assert!(why(&mut world, 1, Way::Card).contains("wx2"));
}

#[test]
fn a_ticket_is_of_one_card_in_one_run() {
    let mut world = world();
    let first = world.apply(SendCard(content(with_ticket()), team()));
    let second = world.apply(SendCard(content(with_ticket()), team()));
    hand_over(&mut world, "bob");
    let ticket = |options: EnterOptions| options.share_ticket.expect("a ticket");
    let one = ticket(open(&mut world, first));
    assert_eq!(world.group_of_ticket(&one), Some("team"));
    world.apply(EnterBackground);
    let again = world.apply(OpenCard(first, Way::Card)).expect("a card");
    assert_eq!(
        again.share_ticket.as_ref(),
        Some(&one),
        "same card, same run"
    );
    let other = world.apply(OpenCard(second, Way::Card)).expect("a card");
    assert_ne!(other.share_ticket.as_ref(), Some(&one), "another card");
    world.apply(EnterForeground(Some(other.clone())));
    let other = ticket(other);
    assert_eq!(
        world.group_of_ticket(&one),
        Some("team"),
        "until the run ends"
    );
    assert_eq!(world.group_of_ticket(&other), Some("team"));
    world.apply(Kill);
    assert_eq!(world.group_of_ticket(&one), None);
    assert_ne!(ticket(open(&mut world, first)), one, "another run");
}

#[test]
fn a_ticket_does_not_outlive_a_program_that_was_destroyed_in_the_background() {
    let mut world = world();
    let card = world.apply(SendCard(content(with_ticket()), team()));
    let one = open(&mut world, card).share_ticket;
    world.apply(EnterBackground);
    world.apply(AdvanceTo(world.now().plus(3_600_000)));
    let options = world.apply(OpenCard(card, Way::Card)).expect("a card");
    assert_ne!(options.share_ticket, one);
}

#[test]
fn a_private_message_is_valid_for_whom_it_was_sent_to() {
    let mut world = world();
    let card = world.apply(SendCard(content(private()), Place::User("bob".into())));
    let valid = |world: &mut World, card| {
        let ticket = open(world, card).share_ticket.expect("a ticket");
        let found = world.private_message_of(&ticket);
        found.map(|(activity, valid)| (activity.to_owned(), valid))
    };
    assert_eq!(
        valid(&mut world, card),
        Some(("a1".into(), false)),
        "the sender"
    );
    hand_over(&mut world, "bob");
    assert_eq!(valid(&mut world, card), Some(("a1".into(), true)));
    let on = world
        .apply(SendOn(card, Place::User("eve".into())))
        .expect("seen");
    hand_over(&mut world, "eve");
    assert_eq!(valid(&mut world, on), Some(("a1".into(), false)), "sent on");
    hand_over(&mut world, "ann");
    let card = world.apply(SendCard(content(private()), team()));
    hand_over(&mut world, "bob");
    let ticket = open(&mut world, card).share_ticket.expect("a ticket");
    assert_eq!(world.private_message_of(&ticket), Some(("a1", true)));
    world.apply(AddGroup(Group {
        id: "team".into(),
        members: vec!["ann".into()],
        ..Group::default()
    }));
    assert_eq!(
        world.private_message_of(&ticket),
        Some(("a1", false)),
        "left"
    );
    let plain = world.apply(SendCard(content(with_ticket()), Place::FileTransfer));
    assert_eq!(open(&mut world, plain).share_ticket, None);
}

#[test]
fn a_ticket_of_a_flag_is_of_the_first_own_group() {
    let mut world = world();
    let options = EnterOptions {
        share_ticket: Some("t".into()),
        ..EnterOptions::new("p", 1044)
    };
    world.apply(ColdStart(options.clone()));
    assert_eq!(world.group_of_ticket("t"), Some("team"));
    assert_eq!(world.chat_of_entry(), Some(Chat::Group("team".into())));
    hand_over(&mut world, "eve");
    world.apply(ColdStart(options));
    assert_eq!(world.group_of_ticket("t"), None);
    assert_eq!(world.chat_of_entry(), None);
}

#[test]
fn a_chat_has_the_same_id_for_both_and_its_members_each_their_own() {
    let world = world();
    let chat = |one: &str, other: &str| Chat::Two(one.into(), other.into());
    let id = |chat: &Chat, app: &str| world.chat_id(chat, app);
    assert_eq!(
        id(&chat("ann", "bob"), "wx1"),
        id(&chat("bob", "ann"), "wx1")
    );
    assert_ne!(
        id(&chat("ann", "bob"), "wx1"),
        id(&chat("ann", "eve"), "wx1")
    );
    assert_ne!(
        id(&chat("ann", "bob"), "wx1"),
        id(&chat("ann", "bob"), "wx2")
    );
    let team = Chat::Group("team".into());
    assert_eq!(Some(id(&team, "wx1")), world.open_gid("team", "wx1"));
    let member = |user: &str| world.member_id(&team, &crate::world::Caller::new("wx1", user));
    assert_ne!(member("ann"), member("bob"));
    assert_eq!(member("ann").len(), 28);
}

#[test]
fn the_single_page_leads_to_the_whole_program() {
    let mut world = world();
    let card = world.apply(SendCard(content(MessageKind::default()), Place::Timeline));
    assert_eq!(world.leave_single_page(), None);
    open(&mut world, card);
    assert!(world.is_single_page());
    let options = world.leave_single_page().expect("a single page");
    assert_eq!((options.path.as_str(), options.scene), ("p", 1155));
    world.apply(ColdStart(options));
    assert!(!world.is_single_page());
}

use super::*;
use crate::profile::{Date, Profile};
use crate::world::AppFacts;
use crate::world::enter_options::EnterOptions;
use crate::world::foreground::ColdStart;
use crate::world::route::{OpenFirstPage, Route, RouteKind, RouteRequest};

const BOTH: Handlers = Handlers {
    message: true,
    timeline: true,
    web_view: false,
};
const NONE: Handlers = Handlers {
    message: false,
    timeline: false,
    web_view: false,
};

fn world(profile: Profile, scene: u32) -> World {
    let pages = vec!["a".to_owned(), "b".to_owned()];
    let app = AppFacts {
        pages,
        ..AppFacts::default()
    };
    let mut world = World::new(profile, app, 1);
    world.apply(ColdStart(EnterOptions::new("", scene)));
    let first = OpenFirstPage {
        path: String::new(),
        query: Vec::new(),
    };
    world.apply(first).expect("a page");
    world
}

fn today() -> World {
    world(Profile::default(), 1001)
}

fn offers(world: &World, item: ShareItem, has: Handlers) -> Result<(), NoItem> {
    let page = world.current_page().expect("a page").id;
    world.menu_offers(page, item, has)
}

use ShareItem::{Message, Timeline};

#[test]
fn handlers_decide_until_the_program_says_otherwise() {
    let mut world = today();
    assert_eq!(offers(&world, Message, BOTH), Ok(()));
    assert_eq!(offers(&world, Timeline, BOTH), Ok(()));
    let no_handler = Err(NoItem::NoHandler("onShareAppMessage"));
    assert_eq!(offers(&world, Message, NONE), no_handler);
    let only_timeline = Handlers {
        message: false,
        ..BOTH
    };
    assert_eq!(
        offers(&world, Timeline, only_timeline),
        Err(NoItem::NoMessage)
    );
    world.apply(EditShareMenu::Show(vec![Timeline], false));
    assert_eq!(offers(&world, Timeline, NONE), Err(NoItem::NoMessage));
    world.apply(EditShareMenu::Show(vec![Message], false));
    assert_eq!(offers(&world, Message, NONE), Ok(()));
    assert_eq!(offers(&world, Timeline, NONE), Ok(()));
    world.apply(EditShareMenu::Hide(vec![Timeline]));
    assert_eq!(offers(&world, Timeline, BOTH), Err(NoItem::Hidden));
    assert_eq!(offers(&world, Message, BOTH), Ok(()));
    world.apply(EditShareMenu::Show(vec![Message, Timeline], false));
    world.apply(EditShareMenu::Hide(vec![Message]));
    assert_eq!(
        offers(&world, Timeline, BOTH),
        Err(NoItem::Hidden),
        "both go"
    );
}

#[test]
fn each_page_has_a_menu_of_its_own() {
    let mut world = today();
    world.apply(EditShareMenu::Show(vec![Message], true));
    world.apply(EditShareMenu::Hide(vec![Message]));
    let first = world.current_page().expect("a page").id;
    let to = RouteRequest::to(RouteKind::NavigateTo, "/b");
    world.apply(Route(to)).expect("a page");
    assert_eq!(offers(&world, Message, BOTH), Ok(()));
    let page = world.current_page().expect("a page").id;
    assert!(!world.share_menu(page).kind.with_ticket);
    assert!(world.share_menu(first).kind.with_ticket, "hiding keeps it");
}

#[test]
fn the_timeline_came_later_and_takes_no_web_view() {
    let android = |day| Profile {
        platform: Platform::Android,
        ..Profile::on(day)
    };
    for (profile, has) in [
        (Profile::default(), true),
        (Profile::on(Date::new(2021, 1, 1)), false),
        (android(Date::new(2021, 1, 1)), true),
        (android(Date::new(2020, 1, 1)), false),
    ] {
        let world = world(profile.clone(), 1001);
        let offered = offers(&world, Timeline, BOTH);
        assert_eq!(offered.is_ok(), has, "{profile:?}");
    }
    let web_view = Handlers {
        web_view: true,
        ..BOTH
    };
    assert_eq!(offers(&today(), Timeline, web_view), Err(NoItem::WebView));
    assert_eq!(offers(&today(), Message, web_view), Ok(()));
    let single = world(Profile::default(), 1154);
    assert_eq!(offers(&single, Message, BOTH), Err(NoItem::SinglePage));
}

#[test]
fn an_update_changes_what_it_is_given_and_ios_loses_a_ticket() {
    for (platform, keeps) in [(Platform::Ios, false), (Platform::Android, true)] {
        let profile = Profile {
            platform,
            ..Profile::default()
        };
        let mut world = world(profile, 1001);
        let page = world.current_page().expect("a page").id;
        let edit = KindEdit {
            with_ticket: Some(true),
            activity: Some("a1".into()),
            for_chat_tool: Some(true),
            choose_type: Some(2),
            participants: Some(vec!["p".into()]),
            ..KindEdit::default()
        };
        world.apply(EditShareMenu::Update(edit.clone()));
        assert!(world.share_menu(page).kind.with_ticket);
        let edit = KindEdit {
            updatable: Some(false),
            activity: None,
            for_chat_tool: None,
            choose_type: None,
            participants: Some(Vec::new()),
            ..edit
        };
        world.apply(EditShareMenu::Update(edit));
        let kind = world.share_menu(page).kind;
        assert_eq!(
            (kind.with_ticket, kind.activity.as_deref()),
            (keeps, Some("a1"))
        );
        assert!(kind.for_chat_tool && kind.participants.is_empty());
        assert_eq!(kind.choose_type, Some(2));
    }
}

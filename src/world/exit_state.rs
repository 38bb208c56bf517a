//! What a page keeps for the next cold start: where the user was, and what `onSaveExitState` gave.
//!
//! Official pages: running mechanism, page configuration (`restartStrategy`). What the page gave must
//! have a JSON form; it lives for a day at most, once, and for the user whose page it was.
//!
//! Unverified: a page that a newer version of the program no longer has is not opened again;
//! deleting the mini program forgets the page too.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::enter_options::EnterOptions;
use super::route::PageId;
use super::{Change, Millis, World, sealed::Sealed};

/// How long a page is kept at most, and when it does not say, in milliseconds.
pub const EXIT_KEPT_MS: i64 = 86_400_000;

/// The page on top when the user left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Exit {
    route: String,
    query: Vec<(String, String)>,
    data: Option<Json>,
    expires: Millis,
}

/// The user leaves on a page that the next cold start opens again.
#[derive(Clone, Debug)]
pub struct KeepExit {
    /// The page.
    pub page: PageId,
    /// `data` of what its `onSaveExitState` gave.
    pub data: Option<Json>,
    /// `expireTimeStamp` of the same.
    pub expires: Option<Millis>,
}

impl Sealed for KeepExit {}
impl Change for KeepExit {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let Some(page) = world.page(self.page) else {
            return;
        };
        let latest = world.now.plus(EXIT_KEPT_MS);
        let exit = Exit {
            route: page.route.clone(),
            query: page.query.clone(),
            data: self.data,
            expires: self.expires.map_or(latest, |expires| expires.min(latest)),
        };
        let caller = world.caller();
        world.exits.set(&caller, exit);
    }
}

/// The user leaves on a page that the next cold start does not open again.
#[derive(Clone, Copy, Debug)]
pub struct ForgetExit;

impl Sealed for ForgetExit {}
impl Change for ForgetExit {
    type Effect = ();

    fn apply(self, world: &mut World) {
        let caller = world.caller();
        world.exits.forget(&caller);
    }
}

/// A cold start: its options, with the page that was left where they name none. A page that is not
/// opened again now is forgotten.
#[derive(Clone, Debug)]
pub struct ResumeExit(pub EnterOptions);

impl Sealed for ResumeExit {}
impl Change for ResumeExit {
    type Effect = EnterOptions;

    fn apply(self, world: &mut World) -> EnterOptions {
        let (caller, options) = (world.caller(), self.0);
        let opens = |exit: &&Exit| {
            options.path.is_empty() && world.now <= exit.expires && world.app.has_page(&exit.route)
        };
        if let Some(exit) = world.exits.get(&caller).filter(opens) {
            return EnterOptions {
                path: exit.route.clone(),
                query: exit.query.clone(),
                ..options
            };
        }
        world.exits.forget(&caller);
        options
    }
}

/// The first page is there: what was kept for it, handed out once.
#[derive(Clone, Copy, Debug)]
pub struct TakeExitData(pub PageId);

impl Sealed for TakeExitData {}
impl Change for TakeExitData {
    type Effect = Option<Json>;

    fn apply(self, world: &mut World) -> Option<Json> {
        let caller = world.caller();
        let exit = world.exits.get(&caller).cloned()?;
        world.exits.forget(&caller);
        let route = &world.page(self.0)?.route;
        exit.data.filter(|_| *route == exit.route)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{EXIT_KEPT_MS, ForgetExit, KeepExit, ResumeExit, TakeExitData};
    use crate::profile::Profile;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, Kill};
    use crate::world::recent_apps::DeleteApp;
    use crate::world::route::{OpenFirstPage, PageId};
    use crate::world::save::GoOnWith;
    use crate::world::user::{AddUser, SwitchUser, User};
    use crate::world::{AdvanceTo, AppFacts, Millis, World};

    fn program(pages: &[&str]) -> AppFacts {
        AppFacts {
            pages: pages.iter().map(|page| (*page).to_owned()).collect(),
            ..AppFacts::default()
        }
    }

    fn opened(world: &mut World, options: EnterOptions) -> PageId {
        world.apply(ColdStart(options.clone()));
        let EnterOptions { path, query, .. } = options;
        let plan = world.apply(OpenFirstPage { path, query });
        plan.expect("it exists");
        world.current_page().expect("it is open").id
    }

    /// A world whose user left on the page `b`, and the moment of it.
    fn left(expires: Option<i64>) -> (World, Millis) {
        let mut world = World::new(Profile::default(), program(&["a", "b"]), 1);
        let page = opened(&mut world, EnterOptions::at("b?id=7", 1001));
        let now = world.now();
        world.apply(KeepExit {
            page,
            data: Some(json!({ "n": 1 })),
            expires: expires.map(|ms| now.plus(ms)),
        });
        world.apply(Kill);
        (world, now)
    }

    /// Path of the next start, and what its page gets.
    fn next(world: &mut World) -> (String, Option<serde_json::Value>) {
        let options = world.apply(ResumeExit(EnterOptions::new("", 1001)));
        let page = opened(world, options.clone());
        let data = world.apply(TakeExitData(page));
        assert_eq!(world.apply(TakeExitData(page)), None, "handed out once");
        (options.path, data)
    }

    #[test]
    fn the_page_is_opened_again_with_its_query_and_what_it_gave() {
        let (mut world, _) = left(None);
        let options = world.apply(ResumeExit(EnterOptions::new("", 1001)));
        assert_eq!(options.query, [("id".to_owned(), "7".to_owned())]);
        let kept = Some(json!({ "n": 1 }));
        assert_eq!(next(&mut world), ("b".to_owned(), kept));
        assert_eq!(next(&mut world), (String::new(), None), "once");
    }

    #[test]
    fn it_lives_a_day_or_as_long_as_it_says() {
        for (said, lives) in [
            (None, EXIT_KEPT_MS),
            (Some(10), 10),
            (Some(2 * EXIT_KEPT_MS), EXIT_KEPT_MS),
        ] {
            let path_after = |ms| {
                let (mut world, now) = left(said);
                world.apply(AdvanceTo(now.plus(ms)));
                next(&mut world).0
            };
            assert_eq!(path_after(lives), "b", "{said:?}");
            assert_eq!(path_after(lives + 1), "", "{said:?}");
        }
    }

    #[test]
    fn a_start_with_a_path_and_what_ends_a_program_forget_it() {
        let (mut world, _) = left(None);
        let options = world.apply(ResumeExit(EnterOptions::at("a", 1001)));
        assert_eq!(options.path, "a");
        assert_eq!(next(&mut world).0, "");
        let (mut world, _) = left(None);
        world.apply(ForgetExit);
        assert_eq!(next(&mut world).0, "");
        let (mut world, _) = left(None);
        let caller = world.caller();
        world.apply(DeleteApp(caller));
        assert_eq!(next(&mut world).0, "");
        let (mut world, _) = left(None);
        world.apply(GoOnWith(program(&["a"])));
        assert_eq!(next(&mut world).0, "", "the page is gone");
    }

    #[test]
    fn it_is_the_users_own_and_outlives_a_save() {
        let (world, _) = left(None);
        let mut world = World::restore(&world.save()).expect("it was just saved");
        world.apply(AddUser(User {
            id: "b".into(),
            ..User::default()
        }));
        assert_eq!(world.apply(SwitchUser("b".into())), Ok(()));
        assert_eq!(next(&mut world), (String::new(), None), "of another user");
        assert_eq!(world.apply(SwitchUser("user".into())), Ok(()));
        let kept = Some(json!({ "n": 1 }));
        assert_eq!(next(&mut world), ("b".to_owned(), kept));
    }
}

//! A world as text, to go on from in a later run.
//!
//! The text is JSON with the version of its form. What belongs to a run of the mini program is not
//! kept: saving ends the run as closing it does.

use serde::Serialize;
use serde_json::Value as Json;

use super::cloud;
use super::foreground::Kill;
use super::program_run;
use super::registry::Registered;
use super::route::ResetPages;
use super::{AppFacts, Change, World, sealed::Sealed};

/// Version of the form; it changes when an older text would be misread.
const FORM: u64 = 2;
/// What the member that tells the version is called.
const FORM_KEY: &str = "wxsimWorld";

/// The text is no saved world.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSave {
    /// It is no JSON.
    #[error("it is no saved world: {0}")]
    NoJson(String),
    /// It is something else.
    #[error("it is no saved world: it has no `{FORM_KEY}`")]
    NoWorld,
    /// Another version of wxsim wrote it.
    #[error("it has version {0}, and this wxsim reads version {FORM}; save it again")]
    Version(u64),
    /// It was changed, or another wxsim wrote it.
    #[error("its facts cannot be read ({0}); save it again with this wxsim")]
    Facts(String),
}

#[derive(Serialize)]
struct Saved<'a> {
    #[serde(rename = "wxsimWorld")]
    form: u64,
    world: &'a World,
}

impl World {
    /// The world as text, without what belongs to a run.
    pub fn save(&self) -> String {
        let mut world = self.clone();
        world.apply(Kill);
        world.apply(ResetPages);
        program_run::end_parked(&mut world);
        world.save_whole()
    }

    /// The world as text, with everything: what is restored has the same fingerprint.
    #[expect(clippy::missing_panics_doc, reason = "facts always have a JSON form")]
    pub fn save_whole(&self) -> String {
        let saved = Saved {
            form: FORM,
            world: self,
        };
        serde_json::to_string(&saved).expect("facts always have a JSON form")
    }

    /// The world of a text that [`World::save`] or [`World::save_whole`] gave.
    ///
    /// # Errors
    /// The text is no such text, or not of this version.
    pub fn restore(text: &str) -> Result<Self, BadSave> {
        let mut json: Json =
            serde_json::from_str(text).map_err(|error| BadSave::NoJson(error.to_string()))?;
        let form = json.get(FORM_KEY).and_then(Json::as_u64);
        match form.ok_or(BadSave::NoWorld)? {
            FORM => {}
            other => return Err(BadSave::Version(other)),
        }
        let world: Self = serde_json::from_value(json["world"].take())
            .map_err(|error| BadSave::Facts(error.to_string()))?;
        world
            .is_whole()
            .then_some(world)
            .ok_or_else(|| BadSave::Facts("a number is out of range".to_owned()))
    }

    /// Whether what points into a list points at something.
    fn is_whole(&self) -> bool {
        self.users.is_whole() && self.devices.is_whole()
    }
}

/// The world goes on with this program: as its project describes it now, or one that did not run
/// before. What a run declares anew (rules of the network, open hosts, printed codes, cloud functions) is gone;
/// codes that the server made stay.
#[derive(Clone, Debug)]
pub struct GoOnWith(pub AppFacts);

impl Sealed for GoOnWith {}
impl Change for GoOnWith {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.apply(Kill);
        program_run::end_parked(world);
        if world.app.app_id != self.0.app_id {
            let former = world.registered(&world.app.app_id);
            world.registry.extend(former);
            let app_id = &self.0.app_id;
            let not_running = |other: &Registered| other.app_id != *app_id;
            world.registry.retain(not_running);
        }
        world.app = self.0;
        world.network = super::network::Network::default();
        world.open_hosts.clear();
        world.codes.forget_declared();
        cloud::forget_functions(world);
    }
}

#[cfg(test)]
mod tests {
    use super::{BadSave, GoOnWith};
    use crate::profile::Profile;
    use crate::world::enter_options::EnterOptions;
    use crate::world::foreground::{ColdStart, Kill, RunState};
    use crate::world::permission::{DecideScope, ScopeDecision, ScopeState};
    use crate::world::route::OpenFirstPage;
    use crate::world::scope::Scope;
    use crate::world::session::MintLoginCode;
    use crate::world::{AppFacts, World};

    fn program(app_id: &str) -> AppFacts {
        AppFacts {
            app_id: app_id.into(),
            pages: vec!["p/a".into()],
            ..AppFacts::default()
        }
    }

    /// A world in which the program runs and has a session and an answer.
    fn lived_in() -> World {
        let mut world = World::new(Profile::default(), program("wx1"), u64::MAX);
        world.apply(ColdStart(EnterOptions::new("", 1001)));
        let first = OpenFirstPage {
            path: "p/a".into(),
            query: Vec::new(),
        };
        world.apply(first).expect("it exists");
        let caller = world.caller();
        world.apply(MintLoginCode(caller.clone()));
        world.apply(DecideScope {
            caller,
            scope: Scope::Record,
            decision: ScopeDecision::Deny,
        });
        world
    }

    #[test]
    fn what_is_saved_is_the_world_after_the_program_was_closed() {
        let mut world = lived_in();
        let restored = World::restore(&world.save()).expect("it was just saved");
        assert_eq!(restored.run_state(), RunState::NotRunning);
        world.apply(Kill);
        assert_eq!(restored, world);
        assert_eq!(restored.fingerprint(), world.fingerprint());
        assert_eq!(restored.save(), world.save());
        let caller = restored.caller();
        assert!(restored.session_key(&caller).is_some(), "the session lives");
        let state = restored.scope_state(&caller, Scope::Record);
        assert_eq!(state, ScopeState::Denied);
    }

    #[test]
    fn a_text_that_is_no_saved_world_says_why() {
        let error = |text: &str| World::restore(text).expect_err(text);
        assert!(matches!(error("{"), BadSave::NoJson(_)));
        assert_eq!(error("{}"), BadSave::NoWorld);
        assert_eq!(error("[]"), BadSave::NoWorld);
        let old = r#"{"wxsimWorld": 0, "world": {}}"#;
        assert_eq!(error(old), BadSave::Version(0));
        assert!(matches!(error(r#"{"wxsimWorld": 2}"#), BadSave::Facts(_)));
        let text = lived_in().save();
        let cut = text.replacen("\"seed\":", "\"sed\":", 1);
        assert!(
            matches!(error(&cut), BadSave::Facts(_)),
            "a fact is missing"
        );
        for wrong in ["\"holder\":7", "\"held\":7"] {
            let right = wrong.replace('7', "0");
            assert!(text.contains(&right), "{right}");
            let text = text.replacen(&right, wrong, 1);
            assert!(matches!(error(&text), BadSave::Facts(_)), "{wrong}");
        }
    }

    #[test]
    fn another_program_can_go_on_in_the_world_of_the_first() {
        let mut world = lived_in();
        let first = world.caller();
        world.apply(GoOnWith(program("wx2")));
        assert_eq!(world.app().app_id, "wx2");
        assert_eq!(world.caller().app_id(), "wx2");
        let others = |world: &World| {
            let apps = world.other_apps().iter();
            apps.map(|app| app.app_id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(others(&world), ["wx1"]);
        assert!(world.session_key(&first).is_some(), "of the first");
        assert!(world.session_key(&world.caller()).is_none());
        world.apply(GoOnWith(program("wx1")));
        assert_eq!(others(&world), ["wx2"]);
        assert_eq!(world.caller(), first);
    }
}

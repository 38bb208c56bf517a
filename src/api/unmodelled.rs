//! Members of `wx` that are not simulated: they are there and answer softly.
//!
//! Every name of the official typings exists from its base library on. An asynchronous one fails
//! with [`Reason::NotSimulated`], a synchronous one gives `undefined`, one that gives an object gives
//! an object whose members do the same, a listener is taken and never called. What a program uses of
//! them is in the trace.

use std::collections::BTreeSet;

use super::names::NAMES;
use super::{APIS, Api, Behaviour};
use crate::errmsg::Reason;
use crate::spec::{ApiSpec, Group, Support};
use crate::version::Version;

/// How the typings declare a member of `wx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Options object with callbacks, or a promise.
    Async,
    /// The same, and the result is an object: a task, a socket.
    Task,
    /// Returns a plain result, or nothing.
    Sync,
    /// Returns an object with methods.
    Factory,
    /// Adds a listener.
    On,
    /// Removes a listener.
    Off,
    /// Not a function.
    Object,
}

/// A member of `wx`, or of an object in it: `cloud.init`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its name.
    pub name: &'static str,
    /// How it is declared.
    pub kind: Kind,
    /// Whether it gives a promise when no callback is given.
    pub promise: bool,
    /// Base library that introduced it.
    pub since: Version,
}

/// A row of the generated list.
pub const fn name(
    name: &'static str,
    kind: Kind,
    promise: bool,
    major: u16,
    minor: u16,
    patch: u16,
) -> Name {
    Name {
        name,
        kind,
        promise,
        since: Version(major, minor, patch),
    }
}

/// Members of `wx` that clients have and the typings of today no longer list.
pub const RETIRED: &[&str] = &[
    "createContext",
    "drawCanvas",
    "loadSubpackage",
    "getFileInfo",
    "getSavedFileInfo",
    "getSavedFileList",
    "removeSavedFile",
    "saveFile",
];

/// Members without simulation whose call alone nobody can see: what follows it is reported.
pub const QUIET: &[&str] = &["cloud.init"];

/// What every call of a member without simulation comes to; the call tells the name.
pub static UNMODELLED: Api = Api {
    spec: &ApiSpec {
        group: Group::Unmodelled,
        fails: &[Reason::NotSimulated],
        support: Support::Unsupported,
        ..ApiSpec::ASYNC
    },
    behaviour: Behaviour::Unsupported,
};

/// The names without simulation in a base library, in their order.
pub fn names(sdk: Version) -> impl Iterator<Item = &'static Name> {
    let modelled: BTreeSet<&str> = APIS.iter().map(|api| api.spec.name).collect();
    NAMES
        .iter()
        .filter(move |name| sdk >= name.since && !modelled.contains(name.name))
}

/// Whether the typings have a member of that name in a base library, simulated or not.
pub fn exists(name: &str, sdk: Version) -> bool {
    find(name).is_some_and(|known| sdk >= known.since)
}

fn find(name: &str) -> Option<&'static Name> {
    let at = NAMES.binary_search_by(|known| known.name.cmp(name)).ok()?;
    Some(&NAMES[at])
}

/// The name that results begin with: of `getFileSystemManager().readFile` the method's.
pub fn own_name(name: &str) -> &str {
    name.rsplit_once("().").map_or(name, |(_, method)| method)
}

#[cfg(test)]
mod tests {
    use super::{Kind, NAMES, RETIRED, Version, exists, find, names, own_name};
    use crate::api::APIS;
    use crate::spec::Form;

    #[test]
    fn the_names_are_sorted_and_begin_with_their_base_library() {
        assert!(NAMES.is_sorted_by(|one, next| one.name < next.name));
        assert!(NAMES.iter().all(|known| find(known.name) == Some(known)));
        let (old, new) = (Version(1, 1, 0), Version(3, 17, 0));
        assert!(!exists("getUpdateManager", old) && exists("getUpdateManager", new));
        assert!(!exists("", new) && !exists("nothing", new));
        let there = |sdk| names(sdk).map(|name| name.name).collect::<Vec<_>>();
        assert!(
            there(old).contains(&"jumpToOfflinePay")
                && !there(old).contains(&"cloud.callContainer")
        );
        assert!(there(new).contains(&"cloud.callContainer"));
        assert!(!there(new).contains(&"login"), "login is modelled");
    }

    #[test]
    fn a_result_begins_with_the_last_method() {
        assert_eq!(own_name("request"), "request");
        assert_eq!(own_name("cloud.callFunction"), "cloud.callFunction");
        assert_eq!(own_name("cloud.database().get"), "get");
    }

    #[test]
    fn a_modelled_api_has_the_form_and_the_base_library_of_the_typings() {
        let same = |form: Form, kind: Kind| match form {
            Form::On(_) | Form::Sets(_) => kind == Kind::On,
            Form::Off(_) => kind == Kind::Off,
            Form::Sync => kind == Kind::Sync,
            Form::Button { .. } => false,
            Form::Holder => kind == Kind::Object,
            Form::Script => matches!(kind, Kind::Sync | Kind::Factory | Kind::On),
            Form::Async => kind == Kind::Async,
            Form::Task(_) | Form::Opens(_) => kind == Kind::Task,
            Form::Object(_) => kind == Kind::Factory,
        };
        let listed = |name: &str| !crate::spec::is_of_view(name) && !RETIRED.contains(&name);
        let members = APIS.iter().filter(|api| listed(api.spec.name));
        let differing: Vec<_> = members
            .map(|api| (api.spec, find(api.spec.name)))
            .filter(|(row, known)| {
                !known.is_some_and(|known| same(row.form, known.kind) && row.since == known.since)
            })
            .map(|(row, known)| (row.name, row.form, row.since, known))
            .collect();
        assert!(differing.is_empty(), "{differing:#?}");
        assert!(RETIRED.iter().all(|name| find(name).is_none()));
        // The prelude has no shape for a task that is not simulated.
        assert!(names(Version(99, 0, 0)).all(|name| name.kind != Kind::Task));
    }
}

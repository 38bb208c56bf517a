//! Faults that somebody wants: an error code, a status, a delay, a connection that is cut.

use serde::{Deserialize, Serialize};

use super::super::{Change, World, sealed::Sealed};

/// What happens to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Effect {
    /// It is answered with this `errcode`.
    pub errcode: Option<i64>,
    /// The text of the code, or the body of a status; empty for the usual one.
    pub errmsg: String,
    /// It is answered with this HTTP status.
    pub status: Option<u16>,
    /// The answer is held back for so many milliseconds.
    pub delay_ms: u64,
    /// The connection ends without an answer.
    pub is_cut: bool,
}

/// A fault from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InjectFault {
    /// The path; one that ends with `*` is the beginning of paths.
    pub path: String,
    /// For so many requests; `None` until it is taken back.
    #[serde(default)]
    pub times: Option<u32>,
    /// What happens.
    #[serde(flatten)]
    pub effect: Effect,
}

/// The faults that wait, in the order in which they came.
pub(super) type Faults = Vec<InjectFault>;

impl Sealed for InjectFault {}
impl Change for InjectFault {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.open_api.faults.push(self);
    }
}

/// No fault waits any more.
#[derive(Clone, Copy, Debug)]
pub struct ClearFaults;

impl Sealed for ClearFaults {}
impl Change for ClearFaults {
    type Effect = ();

    fn apply(self, world: &mut World) {
        world.open_api.faults.clear();
    }
}

/// The fault of a request to a path: the first that waits for it.
#[derive(Clone, Copy, Debug)]
pub struct TakeFault<'a>(pub &'a str);

impl Sealed for TakeFault<'_> {}
impl Change for TakeFault<'_> {
    type Effect = Option<Effect>;

    fn apply(self, world: &mut World) -> Option<Effect> {
        let faults = &mut world.open_api.faults;
        let fits = |fault: &InjectFault| match fault.path.strip_suffix('*') {
            Some(beginning) => self.0.starts_with(beginning),
            None => self.0 == fault.path,
        };
        let at = faults.iter().position(fits)?;
        let fault = faults.get_mut(at)?;
        let effect = fault.effect.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                faults.remove(at);
            }
        }
        Some(effect)
    }
}

impl World {
    /// The faults that wait.
    pub fn faults(&self) -> &[InjectFault] {
        &self.open_api.faults
    }
}

#[cfg(test)]
mod tests {
    use super::{ClearFaults, Effect, InjectFault, TakeFault};
    use crate::profile::Profile;
    use crate::world::{AppFacts, World};

    #[test]
    fn a_fault_is_taken_by_its_paths_as_often_as_it_says() {
        let mut world = World::new(Profile::default(), AppFacts::default(), 1);
        let inject = |world: &mut World, path: &str, times, errcode| {
            let path = path.to_owned();
            let errcode = Some(errcode);
            let effect = Effect {
                errcode,
                ..Effect::default()
            };
            world.apply(InjectFault {
                path,
                times,
                effect,
            });
        };
        inject(&mut world, "/a/*", Some(1), 1);
        inject(&mut world, "/a/b", None, 2);
        let mut take = |path| world.apply(TakeFault(path)).and_then(|it| it.errcode);
        assert_eq!(take("/b"), None);
        assert_eq!(take("/a/b"), Some(1));
        assert_eq!(take("/a/b"), Some(2));
        assert_eq!(take("/a/b"), Some(2));
        assert_eq!(take("/a/c"), None);
        world.apply(ClearFaults);
        assert!(world.faults().is_empty());
    }
}

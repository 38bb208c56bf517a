//! Facts kept for each caller: a sorted list that, unlike a map with such keys, has a JSON form.

use serde::{Deserialize, Serialize};

use super::Caller;

/// One `T` for each caller that has any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct PerCaller<T>(Vec<(Caller, T)>);

impl<T> Default for PerCaller<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> PerCaller<T> {
    pub(super) fn get(&self, caller: &Caller) -> Option<&T> {
        let at = self.find(caller).ok()?;
        Some(&self.0[at].1)
    }

    /// Everybody's facts, in the order of callers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Caller, &T)> {
        self.0.iter().map(|(caller, facts)| (caller, facts))
    }

    pub(super) fn get_mut(&mut self, caller: &Caller) -> Option<&mut T> {
        let at = self.find(caller).ok()?;
        Some(&mut self.0[at].1)
    }

    /// The caller's facts, made when there are none yet.
    pub(super) fn of(&mut self, caller: &Caller) -> &mut T
    where
        T: Default,
    {
        let at = self.find(caller).unwrap_or_else(|at| {
            self.0.insert(at, (caller.clone(), T::default()));
            at
        });
        &mut self.0[at].1
    }

    pub(super) fn set(&mut self, caller: &Caller, facts: T) {
        match self.find(caller) {
            Ok(at) => self.0[at].1 = facts,
            Err(at) => self.0.insert(at, (caller.clone(), facts)),
        }
    }

    pub(super) fn forget(&mut self, caller: &Caller) {
        if let Ok(at) = self.find(caller) {
            self.0.remove(at);
        }
    }

    fn find(&self, caller: &Caller) -> Result<usize, usize> {
        self.0.binary_search_by(|(owner, _)| owner.cmp(caller))
    }
}

#[cfg(test)]
mod tests {
    use super::{Caller, PerCaller};

    #[test]
    fn each_caller_has_its_own_facts() {
        let (one, two) = (Caller::new("wx1", "b"), Caller::new("wx1", "a"));
        let mut facts: PerCaller<u8> = PerCaller::default();
        *facts.of(&one) = 1;
        facts.set(&two, 2);
        assert_eq!((facts.get(&one), facts.get(&two)), (Some(&1), Some(&2)));
        facts.forget(&one);
        assert_eq!((facts.get(&one), facts.get(&two)), (None, Some(&2)));
    }
}

//! Beyond the bound: random walks from states that were not gone on from, each with a seed.

use std::collections::BTreeSet;

use super::forest::{Forest, Lone};
use super::outcome::{Outcome, Violation};
use super::search::{key_of, written};
use super::shrink::shrink;
use super::walk::Walked;
use crate::runtime::monitor::{Found, Weight};
use crate::world::rng::number_of;

/// How it is roamed.
#[derive(Clone, Copy, Debug)]
pub struct Roaming {
    /// How many walks.
    pub walks: u64,
    /// Choices of a walk.
    pub steps: u32,
    /// Seed of the walks.
    pub seed: u64,
    /// Weight from which a finding is a violation.
    pub threshold: Weight,
}

/// How often a story is tried with something left out.
const TRIES: usize = 60;

/// Walks at random from the states whose ways were not gone, and adds what is found to the outcome, its stories without
/// what does not matter. `goes_on` tells whether there is time.
pub fn roam<F: Forest>(
    forest: &mut F,
    outcome: &mut Outcome,
    roaming: Roaming,
    goes_on: &mut dyn FnMut() -> bool,
) {
    let frontier: Vec<Vec<u32>> = outcome
        .graph
        .states
        .iter()
        .filter(|state| !state.is_expanded)
        .map(|state| state.choices.clone())
        .collect();
    let Some(last) = u64::try_from(frontier.len())
        .ok()
        .filter(|count| *count > 0)
    else {
        return;
    };
    let mut known: BTreeSet<String> = outcome
        .violations
        .iter()
        .map(|own| key_of(&own.property, own.at.as_ref(), &own.says))
        .collect();
    for walk in 0..roaming.walks {
        if !goes_on() {
            return;
        }
        outcome.walks += 1;
        let from = number_of(roaming.seed, "frontier", walk + 1) % last;
        let path = usize::try_from(from)
            .ok()
            .and_then(|from| frontier.get(from))
            .cloned();
        let lone = Lone::Roam {
            path: path.unwrap_or_default(),
            seed: roaming.seed.wrapping_add(walk),
            steps: roaming.steps,
        };
        let Ok(walked) = forest.alone(lone) else {
            continue;
        };
        for (ways, found) in &walked.found {
            if !found.counts(roaming.threshold) || !known.insert(key(found)) {
                continue;
            }
            let keys = walked.keys.get(..*ways).unwrap_or(&walked.keys).to_vec();
            outcome
                .violations
                .push(shortened(forest, keys, found, goes_on));
        }
    }
}

fn key(found: &Found) -> String {
    let property = format!("{} {}", found.rule, found.name);
    key_of(&property, found.at.as_ref(), &found.says)
}

/// A finding with a story from which nothing can be left out.
fn shortened<F: Forest>(
    forest: &mut F,
    keys: Vec<String>,
    found: &Found,
    goes_on: &mut dyn FnMut() -> bool,
) -> Violation {
    let wanted = key(found);
    let mut best: Option<Walked> = None;
    let keys = shrink(keys, TRIES, &mut |keys| {
        if !goes_on() {
            return false;
        }
        let Ok(walked) = forest.alone(Lone::Follow(keys.to_vec())) else {
            return false;
        };
        let shows = walked.found.iter().any(|(_, own)| key(own) == wanted);
        if shows {
            best = Some(walked);
        }
        shows
    });
    let walked = match best {
        Some(walked) => walked,
        None => forest.alone(Lone::Follow(keys.clone())).unwrap_or_default(),
    };
    let (says, did) = walked
        .choices
        .iter()
        .map(|choice| (choice.says.clone(), choice.did.clone()))
        .unzip();
    Violation {
        story: says,
        choices: written(&walked.ways),
        keys,
        did,
        ..Violation::of(found)
    }
}

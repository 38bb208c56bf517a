//! The tests that personas and axes make of one flow.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::format::{ANSWERS_AXIS, is_option_axis};
use super::{Flow, template};

/// Most tests of one flow.
pub(super) const RUNS_MAX: usize = 500;

/// One test: the value of each axis.
pub(super) type Run = Vec<(String, Json)>;

/// There are more than [`RUNS_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// The tests of a flow in a fixed order; one without axes.
pub(super) fn runs(flow: &Flow) -> Result<Vec<Run>, TooMany> {
    let mut axes = flow.matrix.axes.clone();
    if !flow.personas.is_empty() {
        let personas = flow.personas.iter().map(|name| name.as_str().into());
        axes.insert(0, ("persona".to_owned(), personas.collect()));
    }
    axes.retain(|(_, values)| !values.is_empty());
    let sizes: Vec<usize> = axes.iter().map(|(_, values)| values.len()).collect();
    let rows = if flow.matrix.is_pairwise {
        pairwise(&sizes)?
    } else {
        product(&sizes)?
    };
    let run = |row: &Vec<usize>| {
        let values = axes.iter().zip(row);
        values
            .map(|((name, values), at)| (name.clone(), values[*at].clone()))
            .collect()
    };
    Ok(rows.iter().map(run).collect())
}

/// The answers of a flow; what it does not say is said by its includes.
pub(super) fn answers(flow: &Flow) -> Map<String, Json> {
    let mut all = Map::new();
    for included in flow
        .includes
        .iter()
        .filter_map(|step| step.included.as_deref())
    {
        for (key, answer) in answers(included) {
            all.entry(key).or_insert(answer);
        }
    }
    all.extend(flow.answers.clone());
    all
}

/// The options of a run that are not those of the flow.
pub(super) fn options(flow: &Flow, run: &Run) -> Map<String, Json> {
    let mut options = Map::new();
    let given = answers(flow);
    let mut answers = given.clone();
    let variables: Map<String, Json> = variables(run).cloned().collect();
    for answer in answers.values_mut() {
        template::fill(answer, &variables);
    }
    for (axis, value) in run {
        if let Some(question) = axis.strip_prefix(ANSWERS_AXIS) {
            answers.insert(question.to_owned(), value.clone());
        } else if is_option_axis(axis) {
            options.insert(axis.clone(), value.clone());
        }
    }
    if answers != given {
        options.insert("answers".to_owned(), answers.into());
    }
    options
}

/// The variables of a run.
pub(super) fn variables(run: &Run) -> impl Iterator<Item = &(String, Json)> {
    run.iter()
        .filter(|(axis, _)| !axis.starts_with(ANSWERS_AXIS) && !is_option_axis(axis))
}

/// Every combination; the last axis changes fastest.
fn product(sizes: &[usize]) -> Result<Vec<Vec<usize>>, TooMany> {
    let mut rows = vec![Vec::new()];
    for size in sizes {
        if rows.len().saturating_mul(*size) > RUNS_MAX {
            return Err(TooMany);
        }
        rows = rows
            .iter()
            .flat_map(|row| (0..*size).map(|value| [&row[..], &[value]].concat()))
            .collect();
    }
    Ok(rows)
}

/// So few combinations that each two values of two axes meet in one of them.
///
/// Each row begins with the first pair that did not meet yet; every further axis takes the value that
/// meets most of what it did not meet, the first of several.
fn pairwise(sizes: &[usize]) -> Result<Vec<Vec<usize>>, TooMany> {
    if sizes.len() < 2 {
        return product(sizes);
    }
    // Two axes alone make as many tests as they have pairs.
    let mut largest = sizes.to_vec();
    largest.sort_unstable();
    if largest.iter().rev().take(2).product::<usize>() > RUNS_MAX {
        return Err(TooMany);
    }
    let mut open: BTreeSet<(usize, usize, usize, usize)> = BTreeSet::new();
    for (one, size) in sizes.iter().enumerate() {
        for (other, other_size) in sizes.iter().enumerate().skip(one + 1) {
            let values = (0..*size).flat_map(|a| (0..*other_size).map(move |b| (one, a, other, b)));
            open.extend(values);
        }
    }
    let mut rows = Vec::new();
    while let Some((one, a, other, b)) = open.first().copied() {
        if rows.len() == RUNS_MAX {
            return Err(TooMany);
        }
        let row = filled(sizes, &[(one, a), (other, b)], &open);
        open.retain(|(one, a, other, b)| row[*one] != *a || row[*other] != *b);
        rows.push(row);
    }
    Ok(rows)
}

fn filled(
    sizes: &[usize],
    begun: &[(usize, usize)],
    open: &BTreeSet<(usize, usize, usize, usize)>,
) -> Vec<usize> {
    let mut chosen: Vec<Option<usize>> = vec![None; sizes.len()];
    for (axis, value) in begun {
        chosen[*axis] = Some(*value);
    }
    for axis in 0..sizes.len() {
        if chosen[axis].is_some() {
            continue;
        }
        let meets = |value: usize| {
            let others = chosen.iter().enumerate();
            let others = others.filter_map(|(other, chosen)| Some((other, (*chosen)?)));
            let pairs = others.map(|(other, its)| {
                if other < axis {
                    (other, its, axis, value)
                } else {
                    (axis, value, other, its)
                }
            });
            pairs.filter(|pair| open.contains(pair)).count()
        };
        // The first of several that meet as many.
        let best = (0..sizes[axis]).rev().max_by_key(|value| meets(*value));
        chosen[axis] = best;
    }
    chosen.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Flow;
    use super::{RUNS_MAX, TooMany, options, pairwise, product, runs, variables};

    #[test]
    fn every_two_values_of_two_axes_meet() {
        for sizes in [
            &[3, 2][..],
            &[3, 3, 3, 3],
            &[2, 5, 1, 4, 3],
            &[2; 12],
            &[4, 4, 4, 4, 4, 4],
        ] {
            let rows = pairwise(sizes).expect("few");
            for one in 0..sizes.len() {
                for other in one + 1..sizes.len() {
                    for a in 0..sizes[one] {
                        for b in 0..sizes[other] {
                            let meet = rows.iter().any(|row| row[one] == a && row[other] == b);
                            assert!(meet, "{sizes:?}: {one}={a} {other}={b}");
                        }
                    }
                }
            }
            assert_eq!(pairwise(sizes), Ok(rows), "the order is fixed");
        }
        assert!(pairwise(&[3, 3, 3, 3]).expect("few").len() <= 12, "of 81");
        assert!(pairwise(&[2; 12]).expect("few").len() <= 12, "of 4096");
    }

    #[test]
    fn there_is_a_limit() {
        assert_eq!(product(&[RUNS_MAX]).map(|rows| rows.len()), Ok(RUNS_MAX));
        assert_eq!(product(&[RUNS_MAX, 2]), Err(TooMany));
        assert_eq!(product(&[usize::MAX, 2]), Err(TooMany));
        assert_eq!(pairwise(&[30, 30]), Err(TooMany));
        assert_eq!(product(&[]), Ok(vec![vec![]]));
    }

    #[test]
    fn axes_are_options_answers_or_variables() {
        let mut flow = Flow {
            personas: vec!["allow-all".to_owned(), "deny-all".to_owned()],
            ..Flow::default()
        };
        flow.answers.insert("pay".to_owned(), json!("pay"));
        flow.matrix.axes = vec![
            ("answers.modal".to_owned(), vec![json!("confirm")]),
            ("total".to_owned(), vec![json!(1), json!(2)]),
        ];
        let runs = runs(&flow).expect("four");
        assert_eq!(runs.len(), 4);
        assert_eq!(
            json!(options(&flow, &runs[1])),
            json!({"persona": "allow-all", "answers": {"pay": "pay", "modal": "confirm"}})
        );
        let variables: Vec<_> = variables(&runs[1]).collect();
        assert_eq!(variables, [&("total".to_owned(), json!(2))]);
    }
}

//! Two texts beside each other, line by line.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::report::Paint;

/// Most pairs of lines that are compared for the shortest difference; above that all lines differ.
const PAIRS_MAX: usize = 4_000_000;
/// Equal lines around different ones.
const CONTEXT: usize = 3;

/// Where a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Both,
    Before,
    After,
}

/// The difference: `- ` before what is gone, `+ ` before what is new, two blanks before some of what stays, `…`
/// for the rest.
pub(super) fn diff(before: &str, after: &str, paint: Paint) -> String {
    let lines = compare(before, after);
    let mut near = vec![false; lines.len()];
    for (at, (side, _)) in lines.iter().enumerate() {
        if *side != Side::Both {
            let end = (at + CONTEXT + 1).min(lines.len());
            near[at.saturating_sub(CONTEXT)..end].fill(true);
        }
    }
    let mut out = String::new();
    let mut is_cut = false;
    for ((side, line), near) in lines.iter().zip(near) {
        if !near {
            if !is_cut {
                out.push_str("  …\n");
            }
            is_cut = true;
            continue;
        }
        is_cut = false;
        let (sign, colour) = match side {
            Side::Both => ("  ", None),
            Side::Before => ("- ", Some(AnsiColor::Red)),
            Side::After => ("+ ", Some(AnsiColor::Green)),
        };
        let style = match (paint, colour) {
            (Paint::Coloured, Some(colour)) => colour.on_default(),
            _ => Style::new(),
        };
        let _ = writeln!(out, "{style}{sign}{}{style:#}", visible(line));
    }
    out
}

/// A line without what would steer the terminal.
fn visible(line: &str) -> String {
    let shown = |c: char| {
        if c.is_control() && c != '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    line.chars().map(shown).collect()
}

fn compare<'t>(before: &'t str, after: &'t str) -> Vec<(Side, &'t str)> {
    let old: Vec<&str> = before.split('\n').collect();
    let new: Vec<&str> = after.split('\n').collect();
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = old.iter().zip(&new).take_while(same).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = tail.take_while(same).count();
    let (old_part, new_part) = (
        &old_rest[..old_rest.len() - tail],
        &new_rest[..new_rest.len() - tail],
    );
    let mut lines: Vec<(Side, &str)> = old[..head].iter().map(|line| (Side::Both, *line)).collect();
    lines.extend(shortest(old_part, new_part));
    lines.extend(
        old[old.len() - tail..]
            .iter()
            .map(|line| (Side::Both, *line)),
    );
    lines
}

/// By the longest common part.
fn shortest<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(Side, &'t str)> {
    let gone = |lines: &[&'t str]| {
        lines
            .iter()
            .map(|line| (Side::Before, *line))
            .collect::<Vec<_>>()
    };
    let added = |lines: &[&'t str]| {
        lines
            .iter()
            .map(|line| (Side::After, *line))
            .collect::<Vec<_>>()
    };
    if old.len().saturating_mul(new.len()) > PAIRS_MAX {
        return [gone(old), added(new)].concat();
    }
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            lines.push((Side::Both, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            lines.push((Side::Before, old[i]));
            i += 1;
        } else {
            lines.push((Side::After, new[j]));
            j += 1;
        }
    }
    lines.extend(gone(&old[i..]));
    lines.extend(added(&new[j..]));
    lines
}

#[cfg(test)]
mod tests {
    use super::diff;
    use crate::report::Paint;

    #[test]
    fn only_lines_that_differ_are_marked_with_some_around() {
        let shown = |before, after| diff(before, after, Paint::Plain);
        assert_eq!(shown("a\nb\nc", "a\nx\nc"), "  a\n- b\n+ x\n  c\n");
        assert_eq!(
            shown("a\nb\nc\nd", "b\nc\nd\ne"),
            "- a\n  b\n  c\n  d\n+ e\n"
        );
        assert_eq!(
            shown("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\n7"),
            "  …\n  3\n  4\n  5\n- 6\n+ 7\n"
        );
        assert_eq!(shown("", "a\u{1b}[2J"), "- \n+ a\u{fffd}[2J\n");
        assert_eq!(
            diff("a", "b", Paint::Coloured),
            "\u{1b}[31m- a\u{1b}[0m\n\u{1b}[32m+ b\u{1b}[0m\n"
        );
    }

    #[test]
    fn the_two_sides_of_a_difference_are_the_two_texts() {
        let texts = [
            "",
            "a",
            "a\nb",
            "b\na",
            "a\nb\nc\na\nb",
            "c\n\nb\na\nc",
            "b\nb\nb",
        ];
        for before in texts {
            for after in texts {
                let lines = super::compare(before, after);
                let side = |own| {
                    let own = lines
                        .iter()
                        .filter(|(side, _)| *side == super::Side::Both || *side == own);
                    own.map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
                };
                assert_eq!(side(super::Side::Before), before);
                assert_eq!(side(super::Side::After), after);
            }
        }
    }
}

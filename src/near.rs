//! What somebody may have meant by a word that does not exist.

/// Up to five of the known words that look like one, the nearest first.
pub fn near<'w>(wanted: &str, known: impl Iterator<Item = &'w str>) -> Vec<&'w str> {
    let wanted = wanted.to_lowercase();
    let letters = wanted.chars().count();
    let mut words: Vec<(usize, &str)> = known
        .map(|word| (distance(&wanted, &word.to_lowercase()), word))
        .filter(|(far, word)| *far <= word.chars().count().max(letters) / 3)
        .collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().take(5).map(|(_, word)| word).collect()
}

/// Letters to insert, remove or replace, or neighbours to swap, to make one text the other.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    // Distances from the beginnings of `one` (two letters fewer, one fewer) to those of `other`.
    let mut two_above = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = above[j] + usize::from(a != b);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                let swapped: usize = two_above[j - 1];
                least = least.min(swapped + 1);
            }
            row.push(least);
        }
        two_above = std::mem::replace(&mut above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, near};

    #[test]
    fn letters_count_in_every_script() {
        assert_eq!(near("buton", ["button", "form"].into_iter()), ["button"]);
        assert_eq!(
            near("立刻购买", ["立即购买", "收藏", "3 件"].into_iter()),
            ["立即购买"]
        );
    }

    #[test]
    fn a_distance_counts_letters() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("tpa", "tap"), 1, "neighbours are swapped");
        assert_eq!(distance("abcd", "badc"), 2);
        assert_eq!(distance("same", "same"), 0);
    }
}

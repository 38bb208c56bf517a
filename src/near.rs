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

/// Letters to insert, remove or replace to make one text the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let above = row[j + 1];
            let replaced = diagonal + usize::from(a != *b);
            row[j + 1] = replaced.min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[other.len()]
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
        assert_eq!(distance("same", "same"), 0);
    }
}

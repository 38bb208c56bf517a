//! A story without what does not matter.

/// The shortest list that `shows` still accepts, found by leaving out pieces, large ones first. The whole list is
/// accepted. `tries` bounds how often it is asked.
pub fn shrink(
    keys: Vec<String>,
    tries: usize,
    shows: &mut dyn FnMut(&[String]) -> bool,
) -> Vec<String> {
    let (mut keys, mut left) = (keys, tries);
    let mut size = keys.len().div_ceil(2).max(1);
    loop {
        let (mut start, mut has_shrunk) = (0, false);
        while start < keys.len() && left > 0 {
            let end = (start + size).min(keys.len());
            let mut without = keys[..start].to_vec();
            without.extend_from_slice(&keys[end..]);
            left -= 1;
            if shows(&without) {
                keys = without;
                has_shrunk = true;
            } else {
                start = end;
            }
        }
        if left == 0 || size == 1 && !has_shrunk {
            return keys;
        }
        if !has_shrunk {
            size = size.div_ceil(2).max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shrink;

    fn keys(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn what_does_not_matter_is_left_out() {
        let mut asked = 0;
        let short = shrink(keys("a b c d e f g h i j"), 1_000, &mut |keys| {
            asked += 1;
            let at = |key: &str| keys.iter().position(|own| own == key);
            at("c").is_some_and(|c| at("h").is_some_and(|h| c < h))
        });
        assert_eq!(short, ["c", "h"]);
        assert!(asked < 60, "{asked}");
    }

    #[test]
    fn it_asks_no_more_often_than_it_may() {
        let mut asked = 0;
        let kept = shrink(keys("a b c d"), 3, &mut |_| {
            asked += 1;
            false
        });
        assert_eq!((kept.len(), asked), (4, 3));
        assert_eq!(shrink(Vec::new(), 9, &mut |_| true), Vec::<String>::new());
    }
}

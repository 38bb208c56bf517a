//! A text that differs from its snapshot and waits for a review, as an entry of a file of snapshots.

use crate::scenario::Kept;

/// Sign of the note that tells where the matcher is called: `pay.test.js:3:5`, from the folder of the test file.
const PLACE: char = '@';
/// Sign of the note that holds what the code says; only of texts that are kept in the code.
const INLINE: char = '-';

/// Such a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Pending {
    pub(in crate::cli) text: String,
    /// File from the folder of the test file, line, column.
    pub(in crate::cli) place: Option<(String, u32, u32)>,
    /// What the code says.
    pub(in crate::cli) inline: Option<String>,
}

/// As an entry.
pub(super) fn kept(pending: &Pending) -> Kept {
    let mut kept = Kept {
        text: pending.text.clone(),
        ..Kept::default()
    };
    if let Some((file, line, column)) = &pending.place {
        kept.notes.insert(PLACE, format!("{file}:{line}:{column}"));
    }
    if let Some(before) = &pending.inline {
        kept.notes.insert(INLINE, before.clone());
    }
    kept
}

/// From an entry.
pub(in crate::cli) fn read(kept: &Kept) -> Pending {
    let place = kept.notes.get(&PLACE).and_then(|place| {
        let mut parts = place.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        Some((parts.next()?.to_owned(), line, column))
    });
    Pending {
        text: kept.text.clone(),
        place,
        inline: kept.notes.get(&INLINE).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Pending, kept, read};
    use crate::scenario::Store;

    #[test]
    fn an_entry_tells_the_place_and_what_the_code_says() {
        for pending in [
            Pending::default(),
            Pending {
                text: "a\nb".to_owned(),
                place: Some(("../lib/c:d.js".to_owned(), 3, 15)),
                inline: Some("  one\n\\two".to_owned()),
            },
        ] {
            let store = Store([("k 1".to_owned(), kept(&pending))].into());
            let again = Store::parse(&store.render()).expect("it reads");
            assert_eq!(read(&again.0["k 1"]), pending);
        }
    }
}

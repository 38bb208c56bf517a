//! `--choices`: what was chosen in a test and, behind a stroke, in the exploration at its end.

use std::str::FromStr;

use crate::runtime::Choices;

/// What was chosen: answers by their numbers, then the choices of an exploration: `0,-,1/3,0,2`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Again {
    /// The answers of the test.
    pub(super) answers: Choices,
    /// The choices of the exploration.
    pub(super) story: Option<Vec<u32>>,
}

impl Again {
    /// How it is written.
    pub(super) fn text(answers: &Choices, story: &str) -> String {
        match story {
            "" => answers.to_string(),
            story => format!("{answers}/{story}"),
        }
    }
}

impl FromStr for Again {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((answers, story)) = text.split_once('/') else {
            return Ok(Self {
                answers: text.parse()?,
                story: None,
            });
        };
        let read = |part: &str| {
            part.trim().parse().map_err(|_| {
                format!("`{part}` is no choice of an exploration: behind `/` stand numbers from 0, as in 0,-/3,0,2")
            })
        };
        let story: Result<Vec<u32>, String> = story.split(',').map(read).collect();
        Ok(Self {
            answers: if answers.is_empty() {
                Choices::default()
            } else {
                answers.parse()?
            },
            story: Some(story?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Again;

    #[test]
    fn choices_of_a_test_and_of_its_exploration_are_kept_apart() {
        for (text, answers, story) in [
            ("0,-,1", "0,-,1", None),
            ("0,-/3,0", "0,-", Some(vec![3, 0])),
            ("/7", "", Some(vec![7])),
        ] {
            let again: Again = text.parse().expect(text);
            assert_eq!(
                (again.answers.to_string(), again.story),
                (answers.to_owned(), story)
            );
        }
        for text in ["", "0/", "0/-", "a/1"] {
            assert!(text.parse::<Again>().is_err(), "{text}");
        }
    }
}

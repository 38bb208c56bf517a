//! A person at the terminal who answers the questions that no rule answers: both ends of what a
//! worker asks its supervisor.

use std::io::{self, BufRead};

use anstyle::{AnsiColor, Style};
use serde_json::Value as Json;

use crate::api::question::Question;
use crate::runtime::Person;
use crate::worker::Outbox;

/// What a worker's question to a person begins with; others are for the network.
const MARK: &str = "person ";

/// The worker's end.
pub(super) struct Caller(pub(super) Outbox);

impl Person for Caller {
    fn answer(&mut self, question: &Question) -> Option<Json> {
        let question = serde_json::to_string(question).unwrap_or_default();
        // The time that a person takes is nobody's fault.
        let answer = self.0.ask(&format!("{MARK}{question}"));
        serde_json::from_str(&answer).ok()
    }
}

/// The question that a worker puts to a person, if it is one.
pub(super) fn question(asked: &str) -> Option<Question> {
    serde_json::from_str(asked.strip_prefix(MARK)?).ok()
}

/// The supervisor's end: numbered answers on standard error, a line of standard input for each
/// question.
pub(super) struct Terminal<R, W> {
    input: R,
    output: W,
    /// Whether the input has ended.
    is_gone: bool,
    /// What was answered, as `--answer` has it.
    given: Vec<String>,
}

impl Terminal<io::BufReader<io::Stdin>, anstream::Stderr> {
    pub(super) fn new() -> Self {
        Self::over(io::BufReader::new(io::stdin()), anstream::stderr())
    }
}

impl<R: BufRead, W: io::Write> Terminal<R, W> {
    fn over(input: R, output: W) -> Self {
        Self {
            input,
            output,
            is_gone: false,
            given: Vec::new(),
        }
    }

    /// The answer for a worker, if it asks a person; empty when there is none.
    pub(super) fn answer(&mut self, asked: &str) -> Option<String> {
        let answer = self.ask(&question(asked)?);
        Some(answer.map(|answer| answer.to_string()).unwrap_or_default())
    }

    /// How the same answers are given without a person; empty when none was given.
    pub(super) fn flags(&self) -> String {
        let quoted = self.given.iter().map(|rule| format!("--answer '{rule}'"));
        quoted.collect::<Vec<_>>().join(" ")
    }

    fn ask(&mut self, question: &Question) -> Option<Json> {
        let answers = question.answers();
        let style = Style::new().fg_color(Some(AnsiColor::Cyan.into()));
        let choices = choices(question, &answers);
        let mut line = String::new();
        while !self.is_gone {
            let key = &question.key;
            // What cannot be shown can still be answered.
            let _ = write!(
                self.output,
                "{style}{key}{style:#}: {choices}\nanswer [1]: "
            );
            let _ = self.output.flush();
            line.clear();
            if !matches!(self.input.read_line(&mut line), Ok(1..)) {
                self.is_gone = true;
                let _ = writeln!(self.output, "\nnobody is there to answer");
                return None;
            }
            let answer = read(line.trim(), &answers);
            match answer.and_then(|answer| question.accepts(&answer).map(|()| answer)) {
                Ok(answer) => {
                    let word = answer.as_str().map(str::to_owned);
                    let text = word.unwrap_or_else(|| answer.to_string());
                    self.given.push(format!("{}={text}", question.key));
                    return Some(answer);
                }
                Err(problem) => {
                    let _ = writeln!(self.output, "{problem}");
                }
            }
        }
        None
    }
}

/// The numbered answers; entries of a list by what they say.
fn choices(question: &Question, answers: &[String]) -> String {
    let is_list = question.key == "actionSheet";
    let numbered = answers.iter().enumerate().map(|(at, answer)| {
        let entry = question.entries.get(at).filter(|_| is_list);
        format!("{} {}", at + 1, entry.unwrap_or(answer))
    });
    numbered.collect::<Vec<_>>().join(" · ")
}

/// An answer by its number, as a word or as JSON; nothing is the first.
fn read(line: &str, answers: &[String]) -> Result<Json, String> {
    let value =
        |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()));
    if line.is_empty() {
        let first = answers.first().map(|answer| value(answer));
        return first.ok_or_else(|| "this question has no usual answer".to_owned());
    }
    match line.parse::<usize>() {
        Ok(number) => {
            let answer = number.checked_sub(1).and_then(|at| answers.get(at));
            let answer = answer.map(|answer| value(answer));
            answer.ok_or_else(|| format!("there are {} answers", answers.len()))
        }
        Err(_) => Ok(value(line)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Terminal;
    use crate::api::question::Question;

    /// What becomes of a question when that is typed, and what is printed.
    fn typed(question: &Question, lines: &str) -> (Option<serde_json::Value>, String, String) {
        let mut output = Vec::new();
        let mut terminal = Terminal::over(lines.as_bytes(), &mut output);
        let answer = terminal.ask(question);
        let flags = terminal.flags();
        (answer, String::from_utf8(output).expect("text"), flags)
    }

    #[test]
    fn an_answer_is_a_number_a_word_or_json() {
        let scope = Question::new("scope.record", "");
        for (line, answer) in [("2\n", "deny"), ("dismiss\n", "dismiss"), ("\n", "allow")] {
            let (given, shown, flags) = typed(&scope, line);
            assert_eq!(given, Some(json!(answer)));
            assert!(shown.contains("1 allow · 2 deny · 3 dismiss"), "{shown}");
            assert_eq!(flags, format!("--answer 'scope.record={answer}'"));
        }
        let settings = Question {
            entries: vec!["scope.record".into()],
            ..Question::new("settings", "")
        };
        let (given, _, flags) = typed(&settings, "{\"scope.record\":false}\n");
        assert_eq!(given, Some(json!({"scope.record": false})));
        assert_eq!(flags, "--answer 'settings={\"scope.record\":false}'");
    }

    #[test]
    fn an_entry_of_a_list_is_chosen_by_what_it_says() {
        let sheet = Question {
            entries: vec!["Camera".into(), "Album".into()],
            ..Question::new("actionSheet", "")
        };
        let (given, shown, _) = typed(&sheet, "2\n");
        assert_eq!(given, Some(json!(1)));
        assert!(shown.contains("1 Camera · 2 Album · 3 cancel"), "{shown}");
    }

    #[test]
    fn what_does_not_fit_is_asked_again_and_an_end_answers_nothing() {
        let modal = Question::new("modal", "Delete?");
        let (given, shown, _) = typed(&modal, "9\nperhaps\ncancel\n");
        assert_eq!(given, Some(json!("cancel")));
        assert!(shown.contains("there are 3 answers"), "{shown}");
        assert_eq!(shown.matches("answer [1]:").count(), 3);
        let (given, shown, flags) = typed(&modal, "perhaps");
        assert_eq!((given, flags.as_str()), (None, ""));
        assert!(shown.contains("nobody is there to answer"), "{shown}");
    }
}
